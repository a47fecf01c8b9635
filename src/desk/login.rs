//! Logins that several persons share (共用登录). A keeper sets the PINs of their accounts and says that a login is shared;
//! every attempt at one is written down, and after too many wrong ones the PIN is closed for the day.

use super::{Asked, Refused, State, Writes, scope};
use crate::law::rules;
use crate::model::{Account, Login, MOST_WRONG, Pin, PinTried, Post, Record, RecordKey, SetPin, ShareLogin, Write};
use crate::store::StoreError;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How the hash of a PIN begins: what does not is no hash, and is not stored.
const HASHED: &str = "$argon2id$";

/// What is known of an operating-system user.
pub fn login(state: &State<'_>, user: &str) -> Result<Login, StoreError> {
    Ok(match state.get(&RecordKey::Login(user.to_owned()))? {
        Some(Record::Login(of)) => *of,
        _ => Login::of(user),
    })
}

/// Whether several persons share an operating-system user.
pub(super) fn is_shared(state: &State<'_>, user: &str) -> Result<bool, StoreError> {
    Ok(login(state, user)?.shared)
}

fn keeper(asked: &Asked<'_>) -> Result<(), Refused> {
    if asked.actor.holds(Post::Keeper) {
        return Ok(());
    }
    let refusal = rules::R4_1.refuse(
        "PIN 和共用登录由系统管理岗设置，您没有这个岗位".to_owned(),
        "请联系本机构的系统管理岗",
        &[("needed", Post::Keeper.name().to_owned())],
    );
    Err(refusal.into())
}

/// Whether the keeper may set something about this account.
fn within(state: &State<'_>, asked: &Asked<'_>, account: &Account) -> Result<(), Refused> {
    if scope(asked.actor, state)?.covers(&account.office) {
        return Ok(());
    }
    let refusal = rules::R4_1.refuse(
        format!("账号 {} 所在机构不在您的管辖范围", account.id),
        "请由该机构或其上级的系统管理岗办理",
        &[("office", account.office.to_string())],
    );
    Err(refusal.into())
}

/// Sets the PIN of an account, of which the hash has come; wrong attempts are forgotten with it.
pub(super) fn set_pin(state: &State<'_>, asked: &Asked<'_>, of: &SetPin) -> Result<(Writes, Value), Refused> {
    keeper(asked)?;
    let id = &of.account;
    let account = state.account(id)?.ok_or_else(|| Refused::NotFound(format!("没有账号 {id}")))?;
    within(state, asked, &account)?;
    let Some(user) = account.os_user.filter(|_| account.active) else {
        return Err(Refused::Input(format!("账号 {id} 已停用，或者没有登记操作系统用户，PIN 无处可用；请先改好账号")));
    };
    if !of.pin.0.starts_with(HASHED) {
        return Err(Refused::Input("PIN 没有经过散列，没有保存；请重新设置".to_owned()));
    }
    let mut login = login(state, &user)?;
    login.pins.retain(|pin| pin.account != *id && belongs(state, pin, &user));
    let (set_by, set_at) = (asked.actor.account.clone(), asked.now);
    let hash = of.pin.0.clone();
    login.pins.push(Pin { account: id.clone(), hash, set_by, set_at, wrong: 0, wrong_on: None });
    login.pins.sort_by(|a, b| a.account.cmp(&b.account));
    let answer = json!({ "account": id, "os_user": user, "shared": login.shared });
    Ok((write(login), answer))
}

/// Whether a PIN's account is still one of this login: what is not falls away with the next change.
fn belongs(state: &State<'_>, pin: &Pin, user: &str) -> bool {
    let account = state.account(&pin.account).ok().flatten();
    account.is_some_and(|account| account.os_user.as_deref() == Some(user))
}

/// Says that a login is shared, or no longer.
pub(super) fn share(state: &State<'_>, asked: &Asked<'_>, of: &ShareLogin) -> Result<(Writes, Value), Refused> {
    keeper(asked)?;
    let user = of.os_user.trim();
    let accounts: Vec<_> = state
        .accounts()
        .into_iter()
        .filter(|account| account.active && account.os_user.as_deref() == Some(user))
        .collect();
    if accounts.is_empty() {
        return Err(Refused::NotFound(format!("没有在用的账号登记了操作系统用户 {user}；请先把账号登记到这个用户")));
    }
    for account in &accounts {
        within(state, asked, account)?;
    }
    let mut login = login(state, user)?;
    if login.shared == of.shared {
        let stands = if of.shared { "已经是" } else { "本来就不是" };
        return Err(Refused::Input(format!("操作系统用户 {user} {stands}共用登录，没有改动")));
    }
    if of.shared {
        // Whoever has none would be shut out with the next request, the keeper perhaps among them.
        let without: Vec<&str> =
            accounts.iter().filter(|one| login.pin(&one.id).is_none()).map(|one| one.id.as_str()).collect();
        if !without.is_empty() {
            return Err(Refused::Input(format!(
                "账号 {} 还没有 PIN；共用之后凭 PIN 进入，请先给每个账号设好 PIN",
                without.join("、")
            )));
        }
    } else {
        let persons: BTreeSet<_> = accounts.iter().map(|account| &account.person).collect();
        if persons.len() > 1 {
            let named: Vec<&str> = accounts.iter().map(|account| account.id.as_str()).collect();
            let refusal = rules::R5_12.refuse(
                format!(
                    "操作系统用户 {user} 的在用账号属于 {} 个人（{}），不能取消共用",
                    persons.len(),
                    named.join("、")
                ),
                "请先为每个人单独建立操作系统用户，或停用其余各人的账号",
                &[("os_user", user.to_owned()), ("persons", persons.len().to_string())],
            );
            return Err(refusal.into());
        }
    }
    login.shared = of.shared;
    let answer = json!({ "os_user": user, "shared": login.shared, "accounts": accounts.len() });
    Ok((write(login), answer))
}

/// Writes an attempt down; the count of wrong ones begins anew with a right one, and every day.
pub(super) fn tried(state: &State<'_>, asked: &Asked<'_>, of: &PinTried) -> Result<(Writes, Value), Refused> {
    let mut login = login(state, &of.os_user)?;
    let today = asked.now.day();
    let unknown = || Refused::NotFound(format!("账号 {} 没有 PIN", of.account));
    let pin = login.pins.iter_mut().find(|pin| pin.account == of.account).ok_or_else(unknown)?;
    if of.right {
        // A right one after none wrong changes nothing but the journal.
        let clean = pin.wrong == 0;
        (pin.wrong, pin.wrong_on) = (0, None);
        let answer = json!({ "account": of.account, "left": MOST_WRONG });
        return Ok((if clean { Vec::new() } else { write(login) }, answer));
    }
    let before = if pin.wrong_on == Some(today) { pin.wrong } else { 0 };
    (pin.wrong, pin.wrong_on) = (before.saturating_add(1), Some(today));
    let answer = json!({ "account": of.account, "left": pin.left(today) });
    Ok((write(login), answer))
}

fn write(mut login: Login) -> Writes {
    let based_on = login.revision;
    login.revision += 1;
    vec![Write { record: Record::Login(Box::new(login)), based_on }]
}
