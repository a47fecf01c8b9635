//! 第十六条: a granted change is brought into the national system and, at the same time, into the module; by the school
//! that started it, which after a transfer is the old one (R16.3).

use super::calendar::Calendar;
use super::case::Case;
use super::checks::wrong_post;
use super::rules;
use crate::model::{Actor, Application, Day, Finding, Milestone, Phase, Post};

/// How long a change has been waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// What it waits for.
    pub milestone: Milestone,
    /// Since which day: of the grant, or of the day it was done in the national system.
    pub since: Day,
    /// Calendar days since; 0 on the day itself.
    pub days: u32,
    /// Done in the national system, not in the module, and the next working day has come (R16.2).
    pub late: bool,
}

/// How a change stands that was granted on one day and done in the national system on another.
pub fn waiting(granted: Day, national: Option<Day>, calendar: &Calendar, today: Day) -> Waiting {
    let since = national.unwrap_or(granted);
    let milestone = if national.is_some() { Milestone::Module } else { Milestone::National };
    let days = u32::try_from((today - since).num_days()).unwrap_or_default();
    // The text gives the module no grace, the national system no figure: only the module is ever late.
    let late = national.is_some() && calendar.due(since, 1).date <= today;
    Waiting { milestone, since, days, late }
}

/// How a pupil's admission stands whose papers nobody was told of yet (R12.11); the text gives no figure.
pub fn to_be_filed(granted: Day, today: Day) -> Waiting {
    let days = u32::try_from((today - granted).num_days()).unwrap_or_default();
    Waiting { milestone: Milestone::Filing, since: granted, days, late: false }
}

/// How an application stands; none when it is not granted, or everywhere already.
pub fn of(application: &Application, calendar: &Calendar, today: Day) -> Option<Waiting> {
    let granted = application.granted_on()?;
    if application.lacks_filing() {
        return Some(to_be_filed(granted, today));
    }
    if application.sync.is_done() {
        return None;
    }
    Some(waiting(granted, application.sync.national.as_ref().map(|reached| reached.on), calendar, today))
}

/// What a sync would record.
#[derive(Debug, Clone, Copy)]
pub struct NewSync {
    /// Done in the national system.
    pub national_on: Option<Day>,
    /// The module updated.
    pub module_on: Option<Day>,
}

/// Recording a milestone; `None` asks whether anything may be recorded at all.
pub(super) fn record(case: &Case<'_>, actor: &Actor, what: Option<NewSync>, today: Day) -> Option<Finding> {
    let application = case.application?;
    who(case, application, actor)
        .or_else(|| {
            application
                .sync
                .is_done()
                .then(|| refuse(application, "全国系统和模块都已登记".to_owned(), "登记有误的，请先撤回那一项再登记"))
        })
        .or_else(|| fits(application, what?, today))
}

fn refuse(application: &Application, because: String, remedy: &str) -> Finding {
    rules::R16_2.refuse(because, remedy, &[("application", application.id.to_string())])
}

/// Whether the days fit each other: neither to come, the module not before the national system, and that not before
/// the application was begun.
fn fits(application: &Application, what: NewSync, today: Day) -> Option<Finding> {
    let begun = application.started_at.day();
    let known = application.sync.national.as_ref().map(|reached| reached.on);
    let again = |milestone: Milestone| {
        let reached = application.sync.reached(milestone)?;
        Some(refuse(
            application,
            format!("{}已登记为 {}", milestone.name(), reached.on),
            "登记有误的，请先撤回那一项再登记",
        ))
    };
    let to_come = |milestone: Milestone, on: Day| {
        (on > today).then(|| {
            refuse(application, format!("{}日期 {on} 还没有到", milestone.name()), "请填写实际办结、更新的日期")
        })
    };
    if what.national_on.is_none() && what.module_on.is_none() {
        return Some(refuse(application, "没有填写要登记的日期".to_owned(), "请填写全国系统办结日或模块更新日"));
    }
    if let Some(on) = what.national_on {
        let early = (on < begun).then(|| {
            refuse(application, format!("全国系统办结日 {on} 早于本申请发起日 {begun}"), "请核对全国系统里的办结日期")
        });
        if let Some(why) = again(Milestone::National).or_else(|| to_come(Milestone::National, on)).or(early) {
            return Some(why);
        }
    }
    let on = what.module_on?;
    again(Milestone::Module).or_else(|| to_come(Milestone::Module, on)).or_else(|| {
        let Some(national) = what.national_on.or(known) else {
            return Some(refuse(
                application,
                "全国系统还没有登记办结，不能登记模块更新".to_owned(),
                "请先登记全国系统办结日，可以一并填写",
            ));
        };
        (on < national).then(|| {
            refuse(
                application,
                format!("模块更新日 {on} 早于全国系统办结日 {national}"),
                "模块在全国系统办结时同步更新，请核对日期",
            )
        })
    })
}

/// Taking a milestone back that was recorded wrongly; `None` asks whether there is one.
pub(super) fn take_back(case: &Case<'_>, actor: &Actor, what: Option<(Milestone, &str)>) -> Option<Finding> {
    let application = case.application?;
    who(case, application, actor)
        .or_else(|| {
            application.sync.national.is_none().then(|| {
                refuse(application, "还没有登记过同步，没有可以撤回的".to_owned(), "请先登记全国系统办结日和模块更新日")
            })
        })
        .or_else(|| {
            let (milestone, reason) = what?;
            if application.sync.reached(milestone).is_none() {
                let said = format!("{}还没有登记，不能撤回", milestone.name());
                return Some(refuse(application, said, "请选择已经登记的一项"));
            }
            reason
                .trim()
                .is_empty()
                .then(|| refuse(application, "撤回同步登记须写明原因".to_owned(), "请写明原登记哪里有误"))
        })
}

/// The school that started the application, once it is granted.
fn who(case: &Case<'_>, application: &Application, actor: &Actor) -> Option<Finding> {
    if application.phase != Phase::Granted {
        let said = "本业务还没有办结，没有需要同步的".to_owned();
        return Some(refuse(application, said, "办结以后再登记同步；不予办理和撤销的不用同步"));
    }
    if actor.office != application.school {
        if application.details.receiving() == Some(&actor.office) {
            return Some(rules::R16_3.refuse(
                format!("转学信息由转出学校更新，{}不能代为登记", actor_school(case, actor)),
                format!("请催{}更新", case.school.name),
                &[("school", application.school.to_string())],
            ));
        }
        return Some(rules::R16_2.refuse(
            format!("同步由发起学校{}登记，您的机构只能查看", case.school.name),
            "请催该校登记",
            &[("school", application.school.to_string())],
        ));
    }
    (!actor.holds(Post::Entry) && !actor.holds(Post::Review)).then(|| wrong_post(actor, Post::Entry))
}

fn actor_school(case: &Case<'_>, actor: &Actor) -> String {
    let last = case.application.into_iter().flat_map(|application| &application.steps);
    let named = last.filter(|step| step.hand == actor.office).map(|_| "转入学校").next();
    named.unwrap_or("该校").to_owned()
}
