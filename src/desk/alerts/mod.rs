//! 负面清单: entering a case, reminding, explaining; what the facts say of a student or a school.
//!
//! | file | holds |
//! |---|---|
//! | `judge` | 查实, 排除, 整改 by two posts, and what a finding brings |
//! | `presence` | absences and inspections |
//! | `rulings` | ratings, sanctions, custody by two posts |
//! | `facts` | a student's facts with the undecided changes of the group |
//! | `board` | every school's readings, judged anew only where facts have changed |

mod board;
mod facts;
mod judge;
mod presence;
mod rulings;

pub use board::{Board, SchoolReading};
pub use facts::{alert_case, entitled, published, reading_of, watched_student};
pub(super) use judge::{decide, judge};
pub(super) use presence::{absence, inspection};
pub(super) use rulings::{decide as decide_ruling, prepare};

use super::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::negative::cases::{AlertAct, AlertCase, why_not};
use crate::law::negative::judge_ground;
use crate::law::rules::{R21_3, R25_2};
use crate::model::{
    Alert, AlertId, Explanation, Finding, Ground, Item, Level, Office, OfficeId, Post, Record, Reminder, Stage,
    StudentId, Write,
};
use serde_json::{Value, json};

/// Most reminders or explanations of one case.
const MOST_ENTRIES: usize = 60;

/// An attempt to add an item or move a threshold (Art. 25).
pub(super) fn define(item: &str) -> Refused {
    let facts = [("item", item.to_owned())];
    let because = format!("负面清单只有FM1至FM8八项，条件由规程规定；不能增加或改动“{item}”");
    R25_2.refuse(because, "对规程的修改由省教育厅发布；本地可以更早提醒，不能另设事项、门槛或环节", &facts).into()
}

/// An attempt to set up a level, a step, a paper or a condition of one's own (Art. 25).
pub fn define_locally(what: &str) -> Finding {
    R25_2.refuse(
        format!("{what}由规程和省教育厅的基础数据规定，各级都不能在本地增设或改动"),
        "对规程的修改由省教育厅发布；本地可以更早提醒，不能另设层级、环节、材料、条件或负面清单事项",
        &[("what", what.to_owned())],
    )
}

/// The school of a case, if the asker sees it.
fn school(state: &State<'_>, asked: &Asked<'_>, id: &OfficeId) -> Result<Office, Refused> {
    let unknown = || Refused::NotFound(format!("没有学校 {id}，或者不在您的管辖范围"));
    let office = state.office(id)?.filter(|office| office.level == Level::School).ok_or_else(unknown)?;
    if scope(asked.actor, state)?.covers(id) { Ok(office) } else { Err(unknown()) }
}

/// The case, if the asker sees it and saw its newest revision.
fn fresh(state: &State<'_>, asked: &Asked<'_>, id: AlertId, revision: u64) -> Result<Alert, Refused> {
    let unknown = || Refused::NotFound(format!("没有负面清单事项 {id}，或者不在您的管辖范围"));
    let alert = state.alert(id)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.covers(&alert.school) {
        return Err(unknown());
    }
    if alert.revision != revision {
        return Err(Refused::Input(format!(
            "{id} 现为第{}版，您看到的是第{revision}版，已有他人办理；请重新打开再办",
            alert.revision
        )));
    }
    Ok(alert)
}

/// The write of a case's next revision, and the answer that names it.
fn changed(alert: Alert) -> (Write, Value) {
    let based_on = alert.revision;
    let alert = Alert { revision: based_on + 1, ..alert };
    let answer = json!({
        "alert": alert.id, "revision": alert.revision, "item": alert.item, "stage": alert.stage,
        "unanswered": alert.unanswered(), "proposed": alert.proposal.as_ref().map(|proposal| proposal.to),
    });
    (Write { record: Record::Alert(Box::new(alert)), based_on }, answer)
}

/// What is asked for when a case is entered.
pub(super) struct Entered<'a> {
    /// The item, as typed.
    pub item: &'a str,
    /// Whose matter it is.
    pub school: &'a OfficeId,
    /// About whom.
    pub student: Option<StudentId>,
    /// What it is about.
    pub ground: &'a Ground,
    /// What shows it.
    pub document: &'a str,
}

/// Enters a case.
pub(super) fn record(state: &State<'_>, asked: &Asked<'_>, entered: &Entered<'_>) -> Result<(Writes, Value), Refused> {
    let Ok(item) = entered.item.parse::<Item>() else { return Err(define(entered.item)) };
    if entered.ground.item().is_some_and(|of| of != item) {
        return Err(Refused::Input(format!("登记内容不属于 {item}，请核对项目号")));
    }
    let school = school(state, asked, entered.school)?;
    let student = match entered.student {
        None => None,
        Some(id) => {
            let found = state.student(id)?.filter(|student| student.school == school.id);
            Some(found.ok_or_else(|| Refused::NotFound(format!("{}没有学生 {id}", school.name)))?)
        }
    };
    let by_student =
        matches!(entered.ground, Ground::Mismatch { .. } | Ground::Believed { .. } | Ground::Double { .. });
    if by_student && student.is_none() {
        return Err(Refused::Input("这一事项须指明学生".to_owned()));
    }
    let document = bounded("证据", entered.document)?;
    let mut ground = trimmed(entered.ground)?;
    let reading = match &ground {
        Ground::Computed { key, .. } => {
            let found = reading_of(state, &school, student.as_ref(), item, key, asked.now.day())?;
            Some(found.ok_or_else(|| {
                Refused::NotFound(format!("{}没有这样的 {item} 事项：{key}；事实可能已有变化，请刷新", school.name))
            })?)
        }
        _ => None,
    };
    let case = alert_case(state, asked, None, &school, student.as_ref(), reading.as_ref())?;
    if let Some(why) = why_not(&case.lend(), asked.actor, &AlertAct::Record { document: &document }) {
        return Err(why.into());
    }
    if let Some(why) = judge_ground(&ground, &published(state), asked.now.day()) {
        return Err(why.into());
    }
    if let Some(standing) = reading.as_ref().and_then(|reading| reading.alert) {
        return Err(R21_3
            .refuse(
                format!("同一事实已经立案：{standing}"),
                "请在该事项上提醒、核查",
                &[("alert", standing.to_string())],
            )
            .into());
    }
    if let (Ground::Computed { because, .. }, Some(reading)) = (&mut ground, &reading) {
        *because = reading.because.clone();
    }
    let (write, answer) = changed(Alert {
        id: state.next_alert(),
        revision: 0,
        item,
        school: school.id,
        student: entered.student,
        ground,
        document,
        opened: asked.now,
        by: asked.actor.sign(Post::Handler),
        stage: Stage::Suspected,
        reminders: Vec::new(),
        explanations: Vec::new(),
        proposal: None,
        judged: Vec::new(),
    });
    Ok((vec![write], answer))
}

/// Texts within bounds; lists too.
fn trimmed(ground: &Ground) -> Result<Ground, Refused> {
    let text = |text: &str| bounded("登记内容", text);
    let few = |n: usize| {
        if n <= 20 { Ok(()) } else { Err(Refused::Input(format!("一次最多登记20项，现在是{n}项"))) }
    };
    Ok(match ground {
        Ground::Computed { key, .. } => Ground::Computed { key: text(key)?, because: String::new() },
        Ground::Mismatch { field, filed, papers } => {
            few(papers.len())?;
            papers.iter().try_for_each(|paper| text(&paper.says).map(drop))?;
            Ground::Mismatch { field: text(field)?, filed: text(filed)?, papers: papers.clone() }
        }
        Ground::Advertised { place, names } => {
            few(names.len())?;
            let names = names.iter().map(|name| text(name)).collect::<Result<_, _>>()?;
            Ground::Advertised { place: text(place)?, names }
        }
        Ground::Believed { major } => Ground::Believed { major: text(major)? },
        Ground::Attached { institution } => Ground::Attached { institution: text(institution)? },
        Ground::Double { with, place, at_school } => {
            Ground::Double { with: *with, place: text(place)?, at_school: *at_school }
        }
        Ground::Place { kind, name } => Ground::Place { kind: *kind, name: text(name)? },
        Ground::InClass { seen, entered, who } => Ground::InClass { seen: *seen, entered: *entered, who: text(who)? },
    })
}

fn full(alert: &Alert) -> Result<(), Refused> {
    if alert.reminders.len() + alert.explanations.len() < MOST_ENTRIES {
        return Ok(());
    }
    Err(Refused::Input(format!("{} 的提醒和说明已达{MOST_ENTRIES}条，请作出核查结论", alert.id)))
}

/// Reminds the school.
pub(super) fn remind(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (AlertId, u64),
    channel: &str,
    content: &str,
) -> Result<(Writes, Value), Refused> {
    let mut alert = fresh(state, asked, id, revision)?;
    allowed(state, asked, &alert, &AlertAct::Remind)?;
    full(&alert)?;
    let (channel, content) = (bounded("提醒方式", channel)?, bounded("提醒内容", content)?);
    if channel.is_empty() || content.is_empty() {
        return Err(Refused::Input("请写明提醒的方式和内容".to_owned()));
    }
    let before = alert.unanswered();
    alert.reminders.push(Reminder { at: asked.now, by: asked.actor.sign(Post::Handler), channel, content });
    let counted = alert.unanswered() > before;
    let (write, mut answer) = changed(alert);
    // A second one on the same day is kept and does not count.
    answer["counted"] = counted.into();
    Ok((vec![write], answer))
}

/// The school explains, or the authority writes down the word of a school that is not here.
pub(super) fn explain(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (AlertId, u64),
    text: &str,
) -> Result<(Writes, Value), Refused> {
    let mut alert = fresh(state, asked, id, revision)?;
    allowed(state, asked, &alert, &AlertAct::Explain)?;
    full(&alert)?;
    let text = bounded("说明", text)?;
    if text.is_empty() {
        return Err(Refused::Input("请写明原因和处理情况".to_owned()));
    }
    let own = asked.actor.office == alert.school;
    let post = match (own, asked.actor.holds(Post::Entry)) {
        (true, true) => Post::Entry,
        (true, false) => Post::Review,
        (false, _) => Post::Handler,
    };
    alert.explanations.push(Explanation { at: asked.now, by: asked.actor.sign(post), text });
    let (write, answer) = changed(alert);
    Ok((vec![write], answer))
}

/// Refuses what `law` does not allow on this case.
fn allowed(state: &State<'_>, asked: &Asked<'_>, alert: &Alert, act: &AlertAct<'_>) -> Result<(), Refused> {
    let school = state.office(&alert.school)?;
    let school = school.ok_or_else(|| Refused::NotFound(format!("没有学校 {}", alert.school)))?;
    let student = alert.student.map(|id| state.student(id)).transpose()?.flatten();
    let reading = facts::reading_on(state, &school, student.as_ref(), alert, asked.now.day())?;
    let case = alert_case(state, asked, Some(alert), &school, student.as_ref(), reading.as_ref())?;
    match why_not(&case.lend(), asked.actor, act) {
        Some(why) => Err(why.into()),
        None => Ok(()),
    }
}

/// Owned facts of a verdict on a case; [`OwnedCase::lend`] lends them to `law`.
pub struct OwnedCase<'a> {
    alert: Option<&'a Alert>,
    school: &'a Office,
    school_is_here: bool,
    office: Office,
    covers: bool,
    entitled: Vec<OfficeId>,
    reading: Option<&'a crate::law::negative::Reading>,
}

impl OwnedCase<'_> {
    /// Lends the facts.
    pub fn lend(&self) -> AlertCase<'_> {
        AlertCase {
            alert: self.alert,
            school: self.school,
            school_is_here: self.school_is_here,
            office: &self.office,
            covers: self.covers,
            entitled: &self.entitled,
            reading: self.reading,
        }
    }
}
