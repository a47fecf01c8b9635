//! What is done next to a student's file, by whom: mostly as it should go on, sometimes otherwise.

use super::chance::Chance;
use super::county::County;
use super::wishes;
use crate::cells::{cells, number};
use xueji::desk::alerts::SchoolReading;
use xueji::desk::{Asked, State, batch};
use xueji::law::negative::Nearness;
use xueji::law::outside::filed_with;
use xueji::model::{
    AbsenceEntry, Actor, Application, BatchAct, BatchId, BatchList, Command, FileCommand, Ground, Kind, NewEvidence,
    OfficeId, Outcome, Period, Phase, Reason, Status, Student, StudentId,
};
use xueji::store::Store;

/// A command and who gives it.
pub(crate) type Deed = (Actor, Command);

/// What somebody does about this student now; more than one where the first may be refused.
///
/// `wanted` names the kinds that no life has had granted yet from this student's status.
pub(crate) fn next(
    county: &County,
    state: &State<'_>,
    student: StudentId,
    wanted: &dyn Fn(&Student) -> Vec<Kind>,
    chance: &mut Chance,
) -> Vec<Deed> {
    let record = state.student(student).unwrap().unwrap();
    let open = state.others(student, None);
    if record.status == Status::Registered && open.is_empty() && chance.percent(40) {
        let actor = county.actor(&record.school, false).unwrap().clone();
        return vec![(actor, Command::SubmitFiling { students: vec![student] })];
    }
    // Now and then something is tried beside what is open, which is mostly refused.
    if open.is_empty() || chance.percent(6) {
        let wanted = wanted(&record);
        if record.status == Status::Enrolled && chance.percent(4) {
            return together(county, state, &record, chance).into_iter().collect();
        }
        let kind =
            if !wanted.is_empty() && chance.percent(30) { *chance.pick(&wanted) } else { some_kind(&record, chance) };
        return start(county, &record, kind, chance);
    }
    let (id, _) = *chance.pick(&open);
    let application = state.application(id).unwrap().unwrap();
    let complete = xueji::law::case::missing(&application).is_empty();
    if let Some(batch) = application.moves_with().filter(|_| complete && chance.percent(92)) {
        return batch_work(county, state, &application, batch, chance).into_iter().collect();
    }
    work(county, &application, chance)
}

/// Kinds whose other side is no office here, or whose file begins with them (`tests/service/joining.rs`).
pub(crate) const ELSEWHERE: [Kind; 3] = [Kind::Duplicate, Kind::ComingOver, Kind::Junior];

/// Parts of invented given names: a number in a name would be refused.
const GIVEN: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

/// What happens beside: a new student registers, one is away, an office opens a case on what the list finds.
pub(crate) fn beside(county: &County, chance: &mut Chance) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let school = chance.pick(&county.schools).clone();
    let today = county.now.day();
    let entry = county.actor(&school, false);
    if let Some(entry) = entry.filter(|_| chance.percent(50)) {
        let mut cells = cells(1);
        let major = *chance.pick(&super::county::MAJORS);
        let month = today.format("%Y%m").to_string();
        for (name, text) in [
            ("姓名", format!("演练{}{}", chance.pick(&GIVEN), chance.pick(&GIVEN))),
            ("出生日期", "20100305".to_owned()),
            ("身份证件号", number("2010-03-05", u32::try_from(chance.below(1000)).unwrap())),
            ("性别", String::new()),
            ("入学年月", month),
            ("专业简称", major.to_owned()),
            ("校区", "本部".to_owned()),
            ("录取依据", "演练录取1号".to_owned()),
        ] {
            cells.insert(name.to_owned(), text);
        }
        cells.remove("性别");
        deeds.push((entry.clone(), Command::SaveEntry { school: None, cells }));
    }
    let students = (&county.store as &dyn Store).students_of(&school);
    if let Some(entry) = entry.filter(|_| chance.percent(30) && !students.is_empty()) {
        let left = today - chrono::Days::new(1 + chance.below(140));
        let returned = chance.percent(30).then_some(today);
        let leave = if chance.percent(30) {
            vec![Period { from: left, until: left + chrono::Days::new(20) }]
        } else {
            Vec::new()
        };
        let document = "考勤簿".to_owned();
        let student = *chance.pick(&students);
        deeds.push((entry.clone(), Command::PutAbsence(AbsenceEntry { student, left, returned, leave, document })));
    }
    if chance.percent(20) {
        let found = SchoolReading::judge(&county.store, &school, today).unwrap();
        let met = found.readings.iter().find(|one| one.alert.is_none() && one.nearness >= Nearness::Met);
        let handler = county.actor(&"410000".into(), false);
        deeds.extend(met.zip(handler).map(|(one, handler)| {
            let ground = Ground::Computed { key: one.key.clone(), because: String::new() };
            let (item, document) = (one.item.code().to_owned(), "检1".to_owned());
            (
                handler.clone(),
                Command::RecordAlert { item, school: school.clone(), student: one.student, ground, document },
            )
        }));
    }
    deeds
}

fn some_kind(student: &Student, chance: &mut Chance) -> Kind {
    // Many starts are tried from the wrong status. An end comes seldom, or all lives would be short.
    let lived: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !ELSEWHERE.contains(kind)).collect();
    let mut kind = *chance.pick(&lived);
    if matches!(kind, Kind::MoveOut | Kind::MoveIn) && !chance.percent(40) {
        kind = Kind::Transfer;
    }
    if kind == Kind::Death && !chance.percent(8) {
        kind = Kind::Suspension;
    }
    if matches!(kind, Kind::Withdrawal | Kind::Annulment) && !chance.percent(50) {
        kind = Kind::Transfer;
    }
    match student.status {
        Status::Suspended if chance.percent(50) => Kind::Resumption,
        Status::Withdrawn | Status::Cancelled if chance.percent(50) => Kind::Restoration,
        _ => kind,
    }
}

fn start(county: &County, student: &Student, kind: Kind, chance: &mut Chance) -> Vec<Deed> {
    let details = wishes::details(kind, student, county.now.day(), &county.schools, chance);
    // One in twenty is tried by a school that is not the student's.
    let school = if chance.percent(5) { chance.pick(&county.schools) } else { &student.school };
    let actor = county.actor(school, false).unwrap().clone();
    // Who comes from another province has no file here yet.
    let student = if kind == Kind::MoveIn { StudentId(0) } else { student.id };
    vec![(actor, Command::Start { student, details })]
}

/// A list of students who leave this one's school together, most of the time a few, sometimes thirty and more.
fn together(county: &County, state: &State<'_>, student: &Student, chance: &mut Chance) -> Option<Deed> {
    let most = if chance.percent(15) { 34 } else { 3 };
    // At first every eighth student is of the same school.
    let ids = (0..60).map(|n| StudentId((student.id.0 + 8 * n - 1) % super::STUDENTS + 1));
    let free = ids.filter(|id| {
        let one = state.student(*id).unwrap().unwrap();
        one.school == student.school && one.status == Status::Enrolled && state.others(*id, None).is_empty()
    });
    let mut students: Vec<StudentId> = free.take(most).collect();
    students.dedup();
    let others: Vec<&OfficeId> = county.schools.iter().filter(|school| **school != student.school).collect();
    let list = BatchList {
        students,
        to: (*chance.pick(&others)).clone(),
        handed_in_on: county.now.day(),
        ground: "演练合作办学".to_owned(),
    };
    Some((county.actor(&student.school, false)?.clone(), Command::StartBatch { list }))
}

/// What is done next with all who move together.
fn batch_work(
    county: &County,
    state: &State<'_>,
    application: &Application,
    batch: BatchId,
    chance: &mut Chance,
) -> Option<Deed> {
    let hand = acting(county, application);
    let round = application.round()?;
    let second = round.proposal.is_some();
    let external = application.step().map(|step| &step.hand) != Some(hand);
    let outcome = if chance.percent(90) { Outcome::Approve } else { Outcome::Refuse };
    let reasons = match outcome {
        Outcome::Approve => Vec::new(),
        _ => vec![Reason { article: Some("12".into()), material: None, text: "演练理由".into() }],
    };
    let act = if second {
        let agree = chance.percent(94);
        BatchAct::Decide { agree, remark: if agree { String::new() } else { "演练意见".to_owned() } }
    } else if application.current == 0 {
        BatchAct::Submit {}
    } else if external {
        let document = "演〔2025〕1号".to_owned();
        BatchAct::StepExternal { outcome, decided_on: county.now.day(), document, reasons }
    } else {
        BatchAct::Propose { outcome, reasons }
    };
    let actor = county.actor(hand, second)?.clone();
    let asked = Asked { actor: &actor, now: county.now, command_id: None };
    let (record, members) = batch::with_members(state, &asked, batch).ok()?;
    let revision = batch::revision(&record, &members);
    // Now and then somebody is left out, and runs alone from there.
    let out = chance.percent(4).then(|| chance.pick(&members).id);
    Some((actor, Command::ActOnBatch { batch, revision, act, except: out.into_iter().collect() }))
}

/// The office that acts at the hand: itself, or for one that has nobody here the last that acted before.
fn acting<'a>(county: &County, application: &'a Application) -> &'a OfficeId {
    let before = &application.steps[..=application.current];
    let here = |office: &&OfficeId| county.actor(office, false).is_some();
    before.iter().rev().map(|step| &step.hand).find(here).unwrap_or(&application.school)
}

fn work(county: &County, application: &Application, chance: &mut Chance) -> Vec<Deed> {
    let (id, revision) = (application.id, application.revision);
    let hand = acting(county, application);
    let (first, second) = (county.actor(hand, false).unwrap(), county.actor(hand, true).unwrap());
    let school = county.actor(&application.school, false).unwrap();
    let round = application.round().unwrap();
    let external = application.step().map(|step| &step.hand) != Some(hand);
    let cancel = || (school.clone(), Command::Cancel { application: id, revision, reason: "演练撤销".into() });
    let propose = |outcome: Outcome, chance: &mut Chance| {
        let reasons = match outcome {
            Outcome::Approve => Vec::new(),
            _ => vec![Reason { article: Some("13".into()), material: None, text: "演练理由".into() }],
        };
        let command = if external {
            let decided_on = if chance.percent(50) { county.now.day() } else { round.arrived.day() };
            let document = "演〔2025〕1号".to_owned();
            Command::StepExternal(xueji::model::ExternalCommand {
                application: id,
                revision,
                outcome,
                decided_on,
                document,
                reasons,
            })
        } else {
            Command::Propose { application: id, revision, outcome, reasons }
        };
        (first.clone(), command)
    };
    if chance.percent(3) {
        return vec![cancel()];
    }
    let lacking = filed_with(&application.details)
        .into_iter()
        .find(|province| application.filings.iter().all(|filed| filed.province != *province));
    if let Some(province) = lacking.filter(|_| chance.percent(60)) {
        let document = "演〔2025〕备1号".to_owned();
        let province = province.to_owned();
        let file = FileCommand { application: id, revision, province, on: county.now.day(), document };
        return vec![(school.clone(), Command::File(file))];
    }
    if chance.percent(5) {
        // Whoever acted last may think again.
        let last = application.steps.iter().flat_map(|step| step.acts()).max_by_key(|act| act.at);
        let office = last.map_or(&application.school, |act| &act.by.office);
        let second = last.is_some_and(|act| matches!(act.verb, xueji::model::Verb::Agreed(_)));
        let actor = county.actor(office, second).unwrap().clone();
        return vec![(actor, Command::Withdraw { application: id, revision })];
    }
    if round.proposal.is_some() {
        let decide = |agree: bool| {
            let remark = if agree { String::new() } else { "演练意见".to_owned() };
            (second.clone(), Command::Decide { application: id, revision, agree, remark })
        };
        return if chance.percent(6) { vec![decide(false)] } else { vec![decide(true), decide(false)] };
    }
    if application.current == 0 {
        let brought = |kind: &str| application.evidence.iter().any(|piece| piece.kind == kind);
        let papers = wishes::papers(application.kind());
        if let Some(kind) = papers.iter().find(|kind| !brought(kind))
            && !chance.percent(5)
        {
            let evidence = NewEvidence {
                digest: county.brought[kind].clone(),
                kind: (*kind).to_owned(),
                name: format!("{kind}.txt"),
                size: kind.len() as u64,
                original_place: Some("演练校档案室".into()),
            };
            return vec![(school.clone(), Command::Attach { application: id, evidence })];
        }
        if application.phase == Phase::Returned && chance.percent(20) {
            let details = application.details.clone();
            return vec![(school.clone(), Command::Amend { application: id, revision, details })];
        }
        return vec![(school.clone(), Command::Submit { application: id, revision }), cancel()];
    }
    match chance.below(100) {
        0..84 => vec![propose(Outcome::Approve, chance), propose(Outcome::Refuse, chance)],
        84..93 => vec![propose(Outcome::Return, chance)],
        _ => vec![propose(Outcome::Refuse, chance)],
    }
}
