//! Accounts, offices, the exercise clock, and how a store begins.

use super::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::rules;
use crate::model::{
    Account, AccountId, Founding, Level, Office, Post, Record, Seed, Stamp, StoreFacts, Student, Write,
};
use serde_json::{Value, json};

fn keeper(asked: &Asked<'_>) -> Result<(), Refused> {
    if asked.actor.holds(Post::Keeper) {
        return Ok(());
    }
    Err(rules::R4_1
        .refuse(
            "账号和机构由系统管理岗维护，您没有这个岗位".to_owned(),
            "请联系本机构的系统管理岗",
            &[("needed", Post::Keeper.name().to_owned())],
        )
        .into())
}

fn exercise_only(state: &State<'_>, what: &str) -> Result<(), Refused> {
    match state.exercise()? {
        Some(_) => Ok(()),
        None => Err(rules::R2_2
            .refuse(
                format!("{what}只能在演练库中进行，这是正式库"),
                "正式库的每项变更须经申请办理；练习请用 xueji demo 另建演练库",
                &[("refused", what.to_owned())],
            )
            .into()),
    }
}

/// Adds an account or changes one.
pub(super) fn put_account(state: &State<'_>, asked: &Asked<'_>, account: &Account) -> Result<(Writes, Value), Refused> {
    keeper(asked)?;
    let stored = state.account(&account.id)?;
    let within = scope(asked.actor, state)?;
    let home = stored.as_ref().map(|stored| &stored.office);
    if !within.covers(&account.office) || home.is_some_and(|home| !within.covers(home)) {
        return Err(rules::R4_1
            .refuse(
                format!("账号 {} 所在机构不在您的管辖范围", account.id),
                "请由该机构或其上级的系统管理岗办理",
                &[("office", account.office.to_string())],
            )
            .into());
    }
    let office =
        state.office(&account.office)?.ok_or_else(|| Refused::NotFound(format!("没有机构 {}", account.office)))?;
    let school = office.level == Level::School;
    for post in &account.posts {
        let fits = match post {
            Post::Entry | Post::Review => school,
            Post::Handler | Post::Reviewer | Post::Supervisor => !school,
            Post::Keeper => true,
        };
        if !fits {
            return Err(Refused::Input(format!("{}没有{}岗", office.name, post.name())));
        }
    }
    let named = |text: &str| !text.is_empty() && text.len() <= 32 && text.bytes().all(|b| b.is_ascii_graphic());
    if !named(account.id.as_str()) || !named(account.person.as_str()) {
        return Err(Refused::Input("账号和人员编号须为1至32个可见的英文字母、数字或符号".to_owned()));
    }
    if bounded("姓名", &account.name)?.is_empty() {
        return Err(Refused::Input("请填写姓名".to_owned()));
    }
    one_person(state, stored.as_ref(), account)?;
    let before = stored.as_ref().map_or(0, |stored| stored.revision);
    if account.revision != before {
        return Err(Refused::Input(format!(
            "账号 {} 现为第{before}版，您改的是第{}版，请重新取出再改",
            account.id, account.revision
        )));
    }
    if let Some(stored) = &stored {
        last_keeper(state, stored, account.active && account.posts.contains(&Post::Keeper))?;
    }
    let after = Account { revision: before + 1, ..account.clone() };
    let answer = json!({ "account": after.id, "revision": after.revision });
    Ok((vec![Write { record: Record::Account(after), based_on: before }], answer))
}

/// The two posts of a step are compared by person: an account keeps its person for good, and one login is one person.
fn one_person(state: &State<'_>, stored: Option<&Account>, account: &Account) -> Result<(), Refused> {
    let fail = |because: String, remedy: &str| {
        let facts = [("account", account.id.to_string()), ("person", account.person.to_string())];
        Err(rules::R5_12.refuse(because, remedy, &facts).into())
    };
    if let Some(stored) = stored.filter(|stored| stored.person != account.person) {
        return fail(
            format!("账号 {} 属于人员 {}，不能改为另一人", account.id, stored.person),
            "人员变动的，请停用此账号，为新人另设账号",
        );
    }
    let Some(user) = account.os_user.as_ref().filter(|_| account.active) else { return Ok(()) };
    if super::login::is_shared(state, user)? {
        return Ok(());
    }
    let other = state.accounts().into_iter().find(|other| {
        other.active && other.id != account.id && other.os_user.as_ref() == Some(user) && other.person != account.person
    });
    match other {
        Some(other) => fail(
            format!("操作系统用户 {user} 已是人员 {} 的登录（账号 {}），不能同时属于另一人", other.person, other.id),
            "请为每个人单独建立操作系统用户；确须共用一台机器的登录的，先设为共用登录（accounts.share），各人凭 PIN 进入",
        ),
        None => Ok(()),
    }
}

/// Disables an account.
pub(super) fn disable_account(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: &AccountId,
) -> Result<(Writes, Value), Refused> {
    let account = state.account(id)?.ok_or_else(|| Refused::NotFound(format!("没有账号 {id}")))?;
    put_account(state, asked, &Account { active: false, ..account })
}

/// The store must keep a keeper, or nobody could ever add one again.
fn last_keeper(state: &State<'_>, account: &Account, stays: bool) -> Result<(), Refused> {
    let keeps = |account: &Account| account.active && account.posts.contains(&Post::Keeper);
    let others = state.accounts().iter().any(|other| other.id != account.id && keeps(other));
    if !keeps(account) || stays || others {
        return Ok(());
    }
    Err(Refused::Input(format!("{}是最后一个系统管理账号，停用后无人能再管理账号；请先设另一个", account.id)))
}

/// Adds an office or changes one: exercise stores only until master data are loaded whole.
pub(super) fn put_office(state: &State<'_>, asked: &Asked<'_>, office: &Office) -> Result<(Writes, Value), Refused> {
    keeper(asked)?;
    if state.exercise()?.is_none() {
        return Err(rules::R25_2
            .refuse(
                "机构是省级主数据，不能在本地逐条改动".to_owned(),
                "请载入省教育厅发布的机构文件",
                &[("office", office.id.to_string())],
            )
            .into());
    }
    if (office.level == Level::School) != office.school.is_some() {
        return Err(Refused::Input("学校须有学校信息，教育行政部门不得有".to_owned()));
    }
    if let Some(parent) = &office.parent
        && state.office(parent)?.is_none()
    {
        return Err(Refused::NotFound(format!("没有上级机构 {parent}")));
    }
    let before = state.office(&office.id)?.map_or(0, |stored| stored.revision);
    let after = Office { revision: before + 1, ..office.clone() };
    let answer = json!({ "office": after.id, "revision": after.revision });
    Ok((vec![Write { record: Record::Office(after), based_on: before }], answer))
}

/// Puts a student in any state, for building situations.
pub(super) fn put_student(state: &State<'_>, asked: &Asked<'_>, student: &Student) -> Result<(Writes, Value), Refused> {
    exercise_only(state, "直接写入学生")?;
    if state.office(&student.school)?.is_none_or(|school| school.level != Level::School) {
        return Err(Refused::NotFound(format!("没有学校 {}", student.school)));
    }
    if !scope(asked.actor, state)?.covers(&student.school) {
        return Err(Refused::NotFound(format!("学校 {} 不在您的管辖范围", student.school)));
    }
    let id = if student.id.0 == 0 { state.next_student() } else { student.id };
    let before = state.student(id)?.map_or(0, |stored| stored.revision);
    let after = Student { id, revision: before + 1, ..student.clone() };
    let answer = json!({ "student": after.id, "revision": after.revision });
    Ok((vec![Write { record: Record::Student(Box::new(after)), based_on: before }], answer))
}

/// The keeper's word that the machine's clock is right: from this entry on time counts from here.
pub(super) fn confirm_clock(state: &State<'_>, asked: &Asked<'_>) -> Result<(Writes, Value), Refused> {
    keeper(asked)?;
    let newest = state.newest();
    Ok((Vec::new(), json!({ "now": asked.now, "newest": newest })))
}

/// Moves the exercise clock, backwards too.
pub(super) fn exercise_today(state: &State<'_>, at: Stamp) -> Result<(Writes, Value), Refused> {
    exercise_only(state, "改变日期")?;
    let facts = state.facts()?.ok_or_else(|| Refused::NotFound("数据库尚未建立".to_owned()))?;
    let before = facts.revision;
    let after = StoreFacts { revision: before + 1, exercise: Some(at), ..facts };
    Ok((vec![Write { record: Record::Facts(after), based_on: before }], json!({ "now": at })))
}

/// A piece of the exercise county.
pub(super) fn seed(state: &State<'_>, seed: &Seed) -> Result<(Writes, Value), Refused> {
    exercise_only(state, "写入演练数据")?;
    let new = |record: Record| Write { record, based_on: 0 };
    let mut writes: Writes = Vec::new();
    writes.extend(seed.offices.iter().cloned().map(|office| new(Record::Office(office))));
    writes.extend(seed.majors.iter().cloned().map(|major| new(Record::Major(major))));
    writes.extend(seed.accounts.iter().cloned().map(|account| new(Record::Account(account))));
    writes.extend(seed.students.iter().cloned().map(|student| new(Record::Student(Box::new(student)))));
    writes.extend(seed.applications.iter().cloned().map(|each| new(Record::Application(Box::new(each)))));
    writes.extend(seed.batches.iter().cloned().map(|each| new(Record::Batch(Box::new(each)))));
    writes.extend(seed.alerts.iter().cloned().map(|each| new(Record::Alert(Box::new(each)))));
    writes.extend(seed.attendance.iter().cloned().map(|each| new(Record::Attendance(Box::new(each)))));
    writes.extend(seed.standings.iter().cloned().map(|each| new(Record::Standing(Box::new(each)))));
    writes.extend(seed.qualifications.iter().cloned().map(|each| new(Record::Qualification(Box::new(each)))));
    let answer = json!({ "records": writes.len() });
    Ok((writes, answer))
}

/// Founds the store: its facts, the offices and majors it begins with, and its first keeper.
pub(super) fn found(state: &State<'_>, asked: &Asked<'_>, founding: &Founding) -> Result<(Writes, Value), Refused> {
    if state.facts()?.is_some() {
        return Err(Refused::Input("数据库已经建立".to_owned()));
    }
    let facts =
        StoreFacts { revision: 1, made: asked.now, office: founding.office.clone(), exercise: founding.exercise };
    let new = |record: Record| Write { record, based_on: 0 };
    let mut writes = vec![new(Record::Facts(facts))];
    writes.extend(founding.master.offices.iter().cloned().map(|office| new(Record::Office(office))));
    writes.extend(founding.master.majors.iter().cloned().map(|major| new(Record::Major(major))));
    writes.extend(founding.master.accounts.iter().cloned().map(|account| new(Record::Account(account))));
    Ok((writes, json!({ "office": founding.office, "exercise": founding.exercise })))
}
