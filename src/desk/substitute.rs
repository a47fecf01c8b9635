//! What belongs to one account: for whom it stands in (代办), and the limits it has saved.

use super::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::rules;
use crate::model::{
    Account, AccountId, DeskRecord, DropSubstitute, Limit, Post, Record, SavedView, Substitute, Substitution, Write,
};
use serde_json::{Value, json};

/// Longest substitution, in calendar days: whoever is away for longer is replaced, not stood in for.
const LONGEST: i64 = 366;
/// Most substitutions of one account.
const MOST_SUBSTITUTIONS: usize = 20;
/// Most saved limits of one account.
const MOST_VIEWS: usize = 20;
/// Longest name of a saved limit, in characters.
const LONGEST_NAME: usize = 20;

/// Both accounts of a substitution, if the asker may arrange it: for himself, or as a keeper for an office below.
fn both(
    state: &State<'_>,
    asked: &Asked<'_>,
    who: &AccountId,
    away: Option<&AccountId>,
) -> Result<(Account, Account), Refused> {
    let away = away.unwrap_or(&asked.actor.account);
    let known = |id: &AccountId| -> Result<Account, Refused> {
        let unknown = || Refused::NotFound(format!("没有账号 {id}，或者不在您的管辖范围"));
        let account = state.account(id)?.ok_or_else(unknown)?;
        let own = account.office == asked.actor.office;
        if own || scope(asked.actor, state)?.covers(&account.office) { Ok(account) } else { Err(unknown()) }
    };
    let (who, away) = (known(who)?, known(away)?);
    if away.person != asked.actor.person && !asked.actor.holds(Post::Keeper) {
        return Err(rules::R4_1
            .refuse(
                format!("{}的代办由其本人或系统管理岗设定", away.name),
                "请由其本人设定；本人不在岗的，请系统管理岗设定",
                &[("account", away.id.to_string())],
            )
            .into());
    }
    Ok((who, away))
}

fn desk_of(state: &State<'_>, id: &AccountId) -> Result<DeskRecord, Refused> {
    Ok(state.desk(id)?.unwrap_or_else(|| DeskRecord::of(id.clone())))
}

fn write(mut desk: DeskRecord) -> Writes {
    let based_on = desk.revision;
    desk.revision += 1;
    vec![Write { record: Record::Desk(desk), based_on }]
}

/// Arranges that somebody stands in, or anew.
pub(super) fn substitute(state: &State<'_>, asked: &Asked<'_>, of: &Substitute) -> Result<(Writes, Value), Refused> {
    let (from, until) = (of.from, of.until);
    let (who, away) = both(state, asked, &of.who, of.on_behalf.as_ref())?;
    if who.office != away.office {
        return Err(rules::R4_1
            .refuse(
                format!("{}和{}不在同一机构，不能代办", who.name, away.name),
                "请选本机构的同事代办",
                &[("who", who.office.to_string()), ("for", away.office.to_string())],
            )
            .into());
    }
    if who.person == away.person {
        let facts = [("person", who.person.to_string())];
        return Err(rules::R5_12.refuse("代办人和被代办人是同一人".to_owned(), "请选另一位同事代办", &facts).into());
    }
    if !who.active || !away.active {
        let stopped = if who.active { &away } else { &who };
        return Err(Refused::Input(format!("账号 {} 已停用，不能设代办；请选在用的账号", stopped.id)));
    }
    if !away.acts() {
        return Err(Refused::Input(format!("{}没有办件的岗位（录入、审核、经办、复核），不需要代办", away.name)));
    }
    let today = asked.now.day();
    if until < from || until < today || (until - from).num_days() > LONGEST {
        return Err(Refused::Input(format!(
            "代办期间 {from} 至 {until} 不行：止日不得早于起日和今天（{today}），最长{LONGEST}天"
        )));
    }
    let mut desk = desk_of(state, &who.id)?;
    // What is past and over makes room.
    desk.substitutions.retain(|one| one.on_behalf != away.id && one.until >= today);
    if desk.substitutions.len() >= MOST_SUBSTITUTIONS {
        return Err(Refused::Input(format!("{}已有{MOST_SUBSTITUTIONS}项代办；请另选同事", who.name)));
    }
    let by = asked.actor.account.clone();
    desk.substitutions.push(Substitution { on_behalf: away.id.clone(), from, until, by, at: asked.now });
    let answer = json!({ "who": who.id, "on_behalf": away.id, "from": from, "until": until });
    Ok((write(desk), answer))
}

/// Ends a substitution at once.
pub(super) fn drop_substitute(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &DropSubstitute,
) -> Result<(Writes, Value), Refused> {
    let (who, away) = both(state, asked, &of.who, of.on_behalf.as_ref())?;
    let mut desk = desk_of(state, &who.id)?;
    let before = desk.substitutions.len();
    desk.substitutions.retain(|one| one.on_behalf != away.id);
    if desk.substitutions.len() == before {
        return Err(Refused::NotFound(format!("{}没有为{}代办", who.name, away.name)));
    }
    let answer = json!({ "who": who.id, "on_behalf": away.id, "dropped": true });
    Ok((write(desk), answer))
}

/// Saves a limit under a name, or anew under the same one.
pub(super) fn save_view(
    state: &State<'_>,
    asked: &Asked<'_>,
    name: &str,
    limit: &Limit,
) -> Result<(Writes, Value), Refused> {
    let name = bounded("名称", name)?;
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_whitespace) {
        return Err(Refused::Input(format!("限定的名称须为1至{LONGEST_NAME}个字，中间没有空格")));
    }
    if limit.is_none() {
        return Err(Refused::Input("现在没有限定，没有可存的；请先限定再存".to_owned()));
    }
    let text = serde_json::to_string(limit).map_err(|e| Refused::Input(e.to_string()))?;
    let mut desk = desk_of(state, &asked.actor.account)?;
    desk.views.retain(|view| view.name != name);
    if desk.views.len() >= MOST_VIEWS {
        return Err(Refused::Input(format!("已存{MOST_VIEWS}个限定，请先删去不用的")));
    }
    desk.views.push(SavedView { name: name.clone(), limit: text });
    desk.views.sort_by(|a, b| a.name.cmp(&b.name));
    let total = desk.views.len();
    Ok((write(desk), json!({ "name": name, "total": total })))
}

/// Forgets a saved limit.
pub(super) fn drop_view(state: &State<'_>, asked: &Asked<'_>, name: &str) -> Result<(Writes, Value), Refused> {
    let mut desk = desk_of(state, &asked.actor.account)?;
    let before = desk.views.len();
    desk.views.retain(|view| view.name != name.trim());
    if desk.views.len() == before {
        return Err(Refused::NotFound(format!("没有存过名为“{}”的限定", name.trim())));
    }
    let total = desk.views.len();
    Ok((write(desk), json!({ "name": name.trim(), "total": total })))
}
