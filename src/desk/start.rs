//! Starting, previewing and amending an application.

use super::{Asked, CaseFacts, Refused, State, Writes, bounded, changed, fresh, joining, outside, roomy, scope};
use crate::law::case::{Action, why_not};
use crate::law::outside as law_outside;
use crate::law::route::{self as law_route, Ground};
use crate::law::{kinds, rules};
use crate::model::{
    Act, Application, ApplicationId, Day, Details, Finding, Level, Office, OfficeId, Outside, PersonalField, Phase,
    Post, Record, Round, Stamp, Step, Student, StudentId, Sync, Verb, Write,
};
use chrono::Datelike;
use serde_json::{Value, json};

/// Starts an application: it lies with the school, to be completed and submitted.
pub(super) fn start(
    state: &State<'_>,
    asked: &Asked<'_>,
    student: StudentId,
    details: &Details,
) -> Result<(Writes, Value), Refused> {
    let (application, newcomer) = begin(state, asked, student, details, 1)?;
    let answer = json!({
        "application": application.id, "revision": application.revision, "status": application.phase,
        "missing": crate::law::case::missing(&application),
    });
    let mut writes = vec![Write { record: Record::Application(Box::new(application)), based_on: 0 }];
    writes.extend(newcomer);
    Ok((writes, answer))
}

/// A new application, if the rules let it begin, and for who comes from another province the file that begins with it.
/// `batch` is the number of students who move in one operation.
pub(super) fn begin(
    state: &State<'_>,
    asked: &Asked<'_>,
    student: StudentId,
    details: &Details,
    batch: u32,
) -> Result<(Application, Option<Write>), Refused> {
    let (facts, based_on) = facts_before(state, asked, student, details)?;
    let details = checked(&facts, details, asked.now.day())?;
    if let Some(why) =
        why_not(&facts.case(None, state.calendar()), asked.actor, &Action::Start(&details), asked.now.day())
    {
        return Err(why.into());
    }
    let (steps, _) = route(state, &facts, &details, asked.now, batch)?;
    let year = u16::try_from(asked.now.day().year()).unwrap_or_default();
    let application = Application {
        id: state.next_application(year),
        revision: 1,
        phase: Phase::Preparing,
        student: facts.student.id,
        school: facts.school.id.clone(),
        started_at: asked.now,
        started_by: asked.actor.sign(Post::Entry),
        steps,
        current: 0,
        returning: None,
        evidence: Vec::new(),
        cancelled: None,
        filings: Vec::new(),
        sync: Sync::default(),
        asides: Vec::new(),
        parked: None,
        assigned: None,
        batch: None,
        details,
    };
    let newcomer = based_on.map(|based_on| {
        let begun = Student { revision: based_on + 1, ..facts.student };
        Write { record: Record::Student(Box::new(begun)), based_on }
    });
    Ok((application, newcomer))
}

/// Changes what a prepared or returned application asks for.
pub(super) fn amend(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    details: &Details,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    if let Some(why) =
        why_not(&facts.case(Some(&application), state.calendar()), asked.actor, &Action::Amend, asked.now.day())
    {
        return Err(why.into());
    }
    roomy(&application)?;
    if details.kind() != application.kind() {
        let kind = application.kind().name();
        let facts = [("kind", kind.to_owned()), ("asked", details.kind().name().to_owned())];
        let because = format!("申请 {id} 是{kind}，不能改成另一种业务");
        return Err(rules::R11_1.refuse(because, "请撤销后按实际种类另行申请", &facts).into());
    }
    same_route(&application.details, details)?;
    // The new details are judged on their own facts.
    let today = asked.now.day();
    let newcomer = match outside::amended(&facts.student, details, today)? {
        Some(arriving) => Some(arriving),
        None => joining::amended(state, &facts.student, details, today)?,
    };
    let before = facts.student.revision;
    let amended = newcomer.is_some();
    let facts = CaseFacts::before(state, newcomer.unwrap_or(facts.student), details)?;
    application.details = checked(&facts, details, asked.now.day())?;
    if let Some(round) = application.round_mut() {
        round.acts.push(Act { verb: Verb::Amended, by: asked.actor.sign(Post::Entry), at: asked.now });
    }
    let (write, answer) = changed(revision, application);
    let mut writes = vec![write];
    if amended {
        let after = Student { revision: before + 1, ..facts.student };
        writes.push(Write { record: Record::Student(Box::new(after)), based_on: before });
    }
    Ok((writes, answer))
}

/// What an application would meet, were it started and submitted now.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The facts it rests on.
    pub facts: CaseFacts,
    /// The details, cleaned.
    pub details: Details,
    /// Why it may not be started, if it may not.
    pub refused: Option<Finding>,
    /// What the rules find.
    pub findings: Vec<Finding>,
    /// The hands in order, with the working days each has.
    pub route: Vec<(Office, Option<u32>)>,
    /// The materials needed.
    pub materials: Vec<String>,
}

/// Looks ahead; writes nothing.
pub fn preview(
    state: &State<'_>,
    asked: &Asked<'_>,
    student: StudentId,
    details: &Details,
) -> Result<Preview, Refused> {
    let (facts, _) = facts_before(state, asked, student, details)?;
    let details = checked(&facts, details, asked.now.day())?;
    let today = asked.now.day();
    let refused = why_not(&facts.case(None, state.calendar()), asked.actor, &Action::Start(&details), today);
    let findings = crate::law::case::findings(&facts.case(None, state.calendar()), &details, today);
    let row = kinds::row(details.kind());
    let (steps, offices) = route(state, &facts, &details, asked.now, 1)?;
    let route = offices
        .into_iter()
        .zip(&steps)
        .map(|(office, step)| (office, step.time.as_ref().map(|time| time.budget)))
        .collect();
    let materials = row.materials.iter().map(|material| material.name.to_owned()).collect();
    Ok(Preview { facts, details, refused, findings, route, materials })
}

/// The facts before an application exists; for a newcomer of another province also the revision his file is based on,
/// which begins with the application.
fn facts_before(
    state: &State<'_>,
    asked: &Asked<'_>,
    student: StudentId,
    details: &Details,
) -> Result<(CaseFacts, Option<u64>), Refused> {
    if let Details::MoveIn { person, .. } = details {
        if student != StudentId(0) {
            return Err(Refused::Input("跨省转入的学生在本省还没有档案，请不要指定学生".to_owned()));
        }
        let begun = outside::newcomer(state, asked, person)?;
        let based_on = begun.revision;
        return Ok((CaseFacts::before(state, begun, details)?, Some(based_on)));
    }
    if details.joiner().is_some() && student != StudentId(0) {
        let kind = details.kind().name();
        return Err(rules::R13_7
            .refuse(
                format!("{kind}的学生在本校还没有档案，档案随申请建立，不能指定已有的学生"),
                "请从待办列表的“转入”发起，填写本人信息",
                &[("student", student.to_string())],
            )
            .into());
    }
    if let Some(begun) = joining::begun(state, asked, details)? {
        let based_on = begun.revision;
        return Ok((CaseFacts::before(state, begun, details)?, Some(based_on)));
    }
    let unknown = || match details {
        // The same is said whether there is such a file or not: only who has it is told whose it is.
        Details::Duplicate(_) => rules::R8_2
            .refuse(
                "该生的学籍不在本校；重复学籍由学生实际就读的学校发起".to_owned(),
                "学生确在本校就读、本校还没有学籍的，请不指定学生、填写本人信息后发起",
                &[("office", asked.actor.office.to_string())],
            )
            .into(),
        // The receiving school is told whose it is to start, and not whether there is such a student.
        details if details.receiving() == Some(&asked.actor.office) => rules::R12_1
            .refuse(
                "转入学校不能发起转学".to_owned(),
                rules::R12_1.remedy,
                &[("office", asked.actor.office.to_string())],
            )
            .into(),
        _ => Refused::NotFound(format!("没有学生 {student}，或者不在您的管辖范围")),
    };
    let student = state.student(student)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.sees_student(&student) {
        // The partner of joint schooling knows of him, and is told whose file it is; nothing else of it (Art. 15).
        let why = law_outside::of_partner(asked.actor, &student, details.kind());
        return Err(why.map_or_else(unknown, Refused::from));
    }
    Ok((CaseFacts::before(state, student, details)?, None))
}

/// What the route or its first clock rests on cannot be amended.
fn same_route(before: &Details, after: &Details) -> Result<(), Refused> {
    let target = |details: &Details| match details {
        Details::Transfer { to, .. } => Some(to.to_string()),
        Details::TransferMajor { to, new_major, .. } => Some(format!("{to} {new_major}")),
        Details::MajorChange { to, .. } => Some(to.to_string()),
        Details::MoveOut { to_province, to_school, to_office, .. } => {
            Some(format!("{to_province} {to_school} {to_office}"))
        }
        Details::MoveIn { from_province, from_school, from_office, person, .. } => {
            Some(format!("{from_province} {from_school} {from_office} {} {}", person.major, person.id_no))
        }
        Details::Duplicate(asked) => {
            let number = asked.person.as_ref().map(|person| format!("{} {}", person.major, person.id_no));
            Some(format!("{} {:?} {number:?}", asked.with.name(), asked.other_school))
        }
        Details::ComingOver(crate::model::ComingOver { person, .. })
        | Details::Junior(crate::model::JuniorAsk { person, .. }) => Some(format!("{} {}", person.major, person.id_no)),
        _ => None,
    };
    if target(before) != target(after) || before.handed_in_on() != after.handed_in_on() {
        return Err(Refused::Input(
            "双方学校、专业、证件号和交来材料的日期决定路径和时限，不能改动；请撤销后另行申请".to_owned(),
        ));
    }
    Ok(())
}

/// Details within sane bounds. What is checked here is sense, not law.
fn checked(facts: &CaseFacts, details: &Details, today: Day) -> Result<Details, Refused> {
    let student = &facts.student;
    let input = |message: String| Err(Refused::Input(message));
    let ground = bounded("事由", details.ground())?;
    // A certificate speaks for itself.
    if ground.is_empty() && !matches!(details, Details::Graduation { .. }) {
        return input(format!("请填写{}事由", details.kind().name()));
    }
    let given = |day: Day, what: &str| {
        if day > today {
            return Err(Refused::Input(format!("{what} {day} 还没有到")));
        }
        if day < student.entry {
            return Err(Refused::Input(format!("{what} {day} 早于入学日 {}", student.entry)));
        }
        Ok(())
    };
    Ok(match details.clone() {
        Details::Suspension { period, .. } => {
            if period.until < period.from {
                return input(format!("休学止日 {} 早于起日 {}", period.until, period.from));
            }
            if period.from < student.entry {
                return input(format!("休学起日 {} 早于入学日 {}", period.from, student.entry));
            }
            Details::Suspension { period, ground }
        }
        Details::Resumption { on, years, .. } => {
            if let Some(granted) = student.suspension.filter(|granted| on < granted.from) {
                return input(format!("复学日 {on} 早于休学起日 {}", granted.from));
            }
            if years > 10 {
                return input("推迟毕业的年数不对".to_owned());
            }
            Details::Resumption { on, years, ground }
        }
        Details::Repetition { years, .. } => {
            if years == 0 {
                return input("留级年数至少为1".to_owned());
            }
            Details::Repetition { years, ground }
        }
        Details::MajorChange { to, .. } => {
            if to == student.major {
                return input(format!("{}已在读专业 {to}", student.name));
            }
            Details::MajorChange { to, ground }
        }
        Details::Withdrawal { .. } => Details::Withdrawal { ground },
        Details::Restoration { .. } => Details::Restoration { ground },
        Details::Annulment { .. } => Details::Annulment { ground },
        Details::Death { on, .. } => {
            if on > today || on < student.birth {
                return input(format!("死亡日期 {on} 不对"));
            }
            Details::Death { on, ground }
        }
        Details::Other { title, .. } => {
            let title = bounded("业务名称", &title)?;
            if title.is_empty() {
                return input("请写明办理什么业务".to_owned());
            }
            Details::Other { title, ground }
        }
        Details::MoveOut { .. } | Details::MoveIn { .. } => outside::checked(facts, details, ground, today)?,
        Details::Duplicate(_) | Details::ComingOver(_) | Details::Junior(_) => {
            joining::checked(facts, details, ground, today)?
        }
        Details::Correction { handed_in_on, field, to, .. } => {
            given(handed_in_on, "交来材料的日期")?;
            let to = correct(student, field, &bounded(field.name(), &to)?)?;
            Details::Correction { handed_in_on, field, to, ground }
        }
        Details::Transfer { handed_in_on, to, .. } => {
            given(handed_in_on, "交来申请的日期")?;
            receiving(facts, &to)?;
            Details::Transfer { handed_in_on, to, ground }
        }
        Details::TransferMajor { handed_in_on, to, new_major, .. } => {
            given(handed_in_on, "交来申请的日期")?;
            receiving(facts, &to)?;
            if new_major == student.major {
                return input(format!("{}已在读专业 {new_major}；专业不变的，请不填转入专业", student.name));
            }
            Details::TransferMajor { handed_in_on, to, new_major, ground }
        }
        Details::FormChange { to, plan, .. } => {
            Details::FormChange { to, plan: bounded("培养方案", &plan)?, ground }
        }
        Details::GradeSkip { .. } => Details::GradeSkip { ground },
        Details::EarlyGraduation { half_years, credits_required, credits_earned, .. } => {
            Details::EarlyGraduation { half_years, credits_required, credits_earned, ground }
        }
        Details::Graduation { leave, received_on, .. } => Details::Graduation { leave, received_on, ground },
    })
}

/// Where a transfer leads must be another school.
fn receiving(facts: &CaseFacts, to: &OfficeId) -> Result<(), Refused> {
    if *to == facts.student.school {
        return Err(Refused::Input("转入学校就是现在的学校".to_owned()));
    }
    if facts.to.as_ref().is_none_or(|school| school.level != Level::School) {
        return Err(Refused::Input(format!("{to} 不是学校")));
    }
    Ok(())
}

/// The new value of a personal field, in the form the record keeps it.
fn correct(student: &Student, field: PersonalField, to: &str) -> Result<String, Refused> {
    let input = |message: &str| Err(Refused::Input(format!("{}：{message}", field.name())));
    let before = super::effect::personal(student, field);
    let to = match field {
        PersonalField::Sex if to != "男" && to != "女" => return input("填男或女"),
        PersonalField::Birth => match to.parse::<Day>() {
            Ok(day) => day.to_string(),
            Err(_) => return input("写作 2009-01-31"),
        },
        PersonalField::IdNumber => to.to_ascii_uppercase(),
        _ => to.to_owned(),
    };
    if to.is_empty() {
        return input("请填写新的内容");
    }
    if to == before {
        return input("与现在的内容相同");
    }
    Ok(to)
}

/// The route, fixed at the start (a batch's at its submission): every hand with the time it is given; the school's own turn begins now.
pub(super) fn route(
    state: &State<'_>,
    facts: &CaseFacts,
    details: &Details,
    now: Stamp,
    batch: u32,
) -> Result<(Vec<Step>, Vec<Office>), Refused> {
    let majors: Vec<_> = facts.major.iter().chain(&facts.new_major).collect();
    let offices = state.offices();
    let register = |id: &OfficeId| offices.iter().find(|office| office.id == *id).map(|office| Office::clone(office));
    let ground = Ground { from: &facts.school, to: facts.to.as_ref(), majors: &majors, batch, office: &register };
    let mut steps = Vec::new();
    let mut hands = Vec::new();
    for hand in law_route::route(details, &ground)? {
        let outside = hand.outside.as_ref().map(Outside::office);
        let office = outside.or_else(|| register(&hand.office)).ok_or_else(|| {
            Refused::NotFound(format!("经手机构 {} 不在机构名录中，请系统管理岗先载入机构", hand.office))
        })?;
        hands.push(office);
        steps.push(Step {
            hand: hand.office,
            role: hand.role,
            time: hand.time,
            rounds: Vec::new(),
            outside: hand.outside,
        });
    }
    if let Some(school) = steps.first_mut() {
        // Where the school has a clock it runs from the day the papers were handed in, not from the typing.
        let clock = school.time.as_ref().zip(details.handed_in_on()).map(|(time, day)| time.from_day(day));
        school.rounds.push(Round::begun(now, clock));
    }
    Ok((steps, hands))
}
