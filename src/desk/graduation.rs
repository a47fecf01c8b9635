//! The end of study (Art. 16–19): what the school states, certificates from proposal to graduate, the year's list.
//! Acts on several students are judged one by one: who is refused stops nobody else.

use super::alerts::watched_student;
use super::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::negative::{Reading, of_student};
use crate::law::windows::{self, WindowState};
use crate::law::{graduation as law, rules};
use crate::model::{
    ApplicationId, ArchiveGraduates, AwardCertificate, Certificate, CheckGraduates, Day, DeliverCertificates, Done,
    GraduateList, IssueCertificates, Kind, Leave, Leaving, Level, Office, OfficeId, Post, PrintCertificates, Record,
    SchoolStatement, StateLeaving, Student, StudentId, VoidCertificate, Write,
};
use crate::store::StoreError;
use chrono::Datelike;
use serde_json::{Value, json};
use std::collections::HashSet;

/// Most students of one request.
const MOST: usize = 1000;

/// A student with all that graduation rests on.
#[derive(Debug, Clone)]
pub struct LeavingFacts {
    /// The record.
    pub student: Student,
    /// The school the file is at.
    pub school: Office,
    major: Option<String>,
    /// The papers, if there are any yet.
    pub leaving: Option<Leaving>,
    open: Vec<(ApplicationId, Kind)>,
    readings: Vec<Reading>,
    unsynced: Vec<(ApplicationId, Kind)>,
}

impl LeavingFacts {
    /// Gathers them; none for a student there is not.
    pub fn of(state: &State<'_>, id: StudentId, today: Day) -> Result<Option<Self>, StoreError> {
        let Some(student) = state.student(id)? else { return Ok(None) };
        let Some(school) = state.office(&student.school)? else { return Ok(None) };
        let major = state.major(&student.major)?.map(|major| major.name);
        let (leaving, open) = (state.leaving(id)?, state.others(id, None));
        let readings = of_student(&watched_student(state, &student)?, &state.alerts_of(id), today);
        let unsynced = state.unsynced(id)?;
        Ok(Some(LeavingFacts { student, school, major, leaving, open, readings, unsynced }))
    }

    /// What holds the certificate back.
    pub fn holds(&self, leave: Leave) -> Vec<crate::model::Finding> {
        law::holds(&self.lend(), leave)
    }

    fn lend(&self) -> law::Facts<'_> {
        law::Facts {
            student: &self.student,
            school: &self.school,
            major: self.major.as_deref(),
            leaving: self.leaving.as_ref(),
            open: &self.open,
            readings: &self.readings,
            unsynced: &self.unsynced,
        }
    }

    /// The papers as they are, or blank ones.
    fn papers(&self) -> Leaving {
        self.leaving.clone().unwrap_or_else(|| Leaving {
            student: self.student.id,
            revision: 0,
            statement: SchoolStatement::default(),
            certificates: Vec::new(),
        })
    }
}

fn unknown(id: StudentId) -> Refused {
    Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"))
}

/// The student with all facts, if the actor may see the file.
fn seen(state: &State<'_>, asked: &Asked<'_>, id: StudentId) -> Result<LeavingFacts, Refused> {
    let facts = LeavingFacts::of(state, id, asked.now.day())?.ok_or_else(|| unknown(id))?;
    if scope(asked.actor, state)?.sees_student(&facts.student) { Ok(facts) } else { Err(unknown(id)) }
}

fn write(papers: Leaving) -> Write {
    let based_on = papers.revision;
    let record = Record::Leaving(Box::new(Leaving { revision: based_on + 1, ..papers }));
    Write { record, based_on }
}

fn done(asked: &Asked<'_>, on: Day, post: Post) -> Done {
    Done { on, by: asked.actor.sign(post), at: asked.now }
}

/// Certificates are the province's (R17.2).
fn province(state: &State<'_>, asked: &Asked<'_>, post: Post) -> Result<(), Refused> {
    let level = state.office(&asked.actor.office)?.map(|office| office.level);
    if level != Some(Level::Province) {
        let facts = [("office", asked.actor.office.to_string())];
        return Err(rules::R17_2
            .refuse("毕业证书由省里统一印制，本机构没有印制权限", "请报省学籍管理与服务中心办理", &facts)
            .into());
    }
    holding(asked, post)
}

fn holding(asked: &Asked<'_>, post: Post) -> Result<(), Refused> {
    if asked.actor.holds(post) {
        return Ok(());
    }
    let facts = [("needed", post.name().to_owned())];
    Err(rules::R5_12.refuse(format!("此事由{}岗办理，您没有这个岗位", post.name()), "请由该岗人员办理", &facts).into())
}

/// The school's own act: by one of its two posts.
fn school_of(asked: &Asked<'_>, school: &OfficeId) -> Result<Post, Refused> {
    if asked.actor.office != *school {
        let facts = [("school", school.to_string())];
        return Err(rules::R5_7.refuse("此事由学生所在学校办理", "请通知该校录入岗办理", &facts).into());
    }
    [Post::Entry, Post::Review]
        .into_iter()
        .find(|post| asked.actor.holds(*post))
        .map_or_else(|| holding(asked, Post::Entry).map(|()| Post::Entry), Ok)
}

/// Who, receiving what: a short text that must be there.
fn named(field: &str, text: &str) -> Result<String, Refused> {
    let text = bounded(field, text)?;
    if text.is_empty() { Err(Refused::Input(format!("请填写{field}"))) } else { Ok(text) }
}

fn not_ahead(asked: &Asked<'_>, on: Day) -> Result<(), Refused> {
    if on <= asked.now.day() { Ok(()) } else { Err(Refused::Input(format!("日期 {on} 还没有到"))) }
}

/// Judges each student for himself. Refused as a whole only when nobody is left.
fn each(
    students: &[StudentId],
    mut judge: impl FnMut(StudentId) -> Result<(Leaving, Value), Refused>,
) -> Result<(Writes, Value), Refused> {
    if students.is_empty() || students.len() > MOST {
        return Err(Refused::Input(format!("一次可办1至{MOST}名学生，现有{}名", students.len())));
    }
    let (mut writes, mut items, mut first) = (Vec::new(), Vec::new(), None);
    let mut before = HashSet::new();
    for id in students {
        if !before.insert(*id) {
            items.push(json!({ "student": id, "done": false, "because": "同一名学生列了两次" }));
            continue;
        }
        match judge(*id) {
            Ok((papers, mut item)) => {
                writes.push(write(papers));
                item["student"] = json!(id);
                item["done"] = json!(true);
                items.push(item);
            }
            Err(Refused::Rule(finding)) => {
                items.push(json!({ "student": id, "done": false, "refused": finding }));
                first.get_or_insert(Refused::Rule(finding));
            }
            Err(Refused::NotFound(because)) => {
                items.push(json!({ "student": id, "done": false, "because": because }));
                first.get_or_insert(Refused::NotFound(because));
            }
            Err(other) => return Err(other),
        }
    }
    match first {
        Some(refused) if writes.is_empty() => Err(refused),
        _ => Ok((writes.clone(), json!({ "done": writes.len(), "items": items }))),
    }
}

/// What the school states.
pub(super) fn state_leaving(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &StateLeaving,
) -> Result<(Writes, Value), Refused> {
    let (id, statement) = (of.student, &of.statement);
    let facts = seen(state, asked, id)?;
    school_of(asked, &facts.student.school)?;
    let statement = SchoolStatement {
        plan: bounded("培养方案", &statement.plan)?,
        study_file: bounded("学习档案", &statement.study_file)?,
        ..statement.clone()
    };
    let papers = Leaving { statement, ..facts.papers() };
    let revision = papers.revision + 1;
    Ok((vec![write(papers)], json!({ "student": id, "revision": revision })))
}

/// The province's first post.
pub(super) fn issue(state: &State<'_>, asked: &Asked<'_>, of: &IssueCertificates) -> Result<(Writes, Value), Refused> {
    let leave = of.leave;
    province(state, asked, Post::Handler)?;
    let today = asked.now.day();
    each(&of.students, |id| {
        let facts = seen(state, asked, id)?;
        let year = law::year_of(&facts.student);
        let held = law::too_early(year, today).into_iter().chain(facts.holds(leave)).next();
        if let Some(finding) = held {
            return Err(finding.into());
        }
        let proposed = done(asked, today, Post::Handler);
        let certificate = Certificate {
            leave,
            year: year.max(today.year()),
            proposed,
            number: None,
            printed: None,
            delivered: None,
            awarded: None,
            voided: None,
        };
        let mut papers = facts.papers();
        papers.certificates.push(certificate);
        Ok((papers, json!({ "year": year })))
    })
}

/// The province's second post: another person than the first.
pub(super) fn print(state: &State<'_>, asked: &Asked<'_>, of: &PrintCertificates) -> Result<(Writes, Value), Refused> {
    province(state, asked, Post::Reviewer)?;
    let mut taken: HashSet<String> = HashSet::new();
    let mut counted: HashSet<OfficeId> = HashSet::new();
    each(&of.students, |id| {
        let facts = seen(state, asked, id)?;
        let mut papers = facts.papers();
        let Some(certificate) = papers.certificates.last_mut().filter(|one| one.is_live() && one.printed.is_none())
        else {
            return Err(not_there(&facts, "没有待复核的证书", "请先由省里经办岗提请印制"));
        };
        if certificate.proposed.by.person == asked.actor.person {
            let because = format!("{}的证书由您提请印制，不能再由您复核", facts.student.name);
            let person = [("person", asked.actor.person.to_string())];
            return Err(rules::R5_12.refuse(because, "请由另一人复核", &person).into());
        }
        // What was met when it was proposed must still be.
        let year = certificate.year;
        certificate.printed = Some(done(asked, asked.now.day(), Post::Reviewer));
        let bare = Leaving { certificates: Vec::new(), ..facts.papers() };
        let now = LeavingFacts { leaving: Some(bare), ..facts.clone() };
        if let Some(finding) = now.holds(certificate.leave).into_iter().next() {
            return Err(finding.into());
        }
        if counted.insert(facts.school.id.clone()) {
            taken.extend(numbers_of(state, &facts.school.id)?);
        }
        let number = draw(&law::number_prefix(year, &facts.school), &mut taken)?;
        certificate.number = Some(number.clone());
        Ok((papers, json!({ "number": number })))
    })
}

/// Every number ever given to students of a school, void ones included.
fn numbers_of(state: &State<'_>, school: &OfficeId) -> Result<Vec<String>, Refused> {
    let mut numbers = Vec::new();
    for id in state.students_of(school) {
        let papers = state.leaving(id)?;
        numbers.extend(papers.into_iter().flat_map(|papers| papers.certificates).filter_map(|one| one.number));
    }
    Ok(numbers)
}

/// A serial nobody can guess and nobody has (AMB-25: composed in front, drawn behind).
fn draw(prefix: &str, taken: &mut HashSet<String>) -> Result<String, Refused> {
    for _ in 0..1000 {
        let chance = uuid::Uuid::new_v4().as_u128() % u128::from(law::SERIALS);
        let number = format!("{prefix}{chance:06}");
        if taken.insert(number.clone()) {
            return Ok(number);
        }
    }
    Err(Refused::Input(format!("{prefix} 下的证书序列号已近用尽，请报省学籍管理与服务中心")))
}

fn not_there(facts: &LeavingFacts, what: &str, remedy: &str) -> Refused {
    let stage = facts.leaving.as_ref().and_then(Leaving::certificate).map_or("无证书", Certificate::stage);
    let because = format!("{}{what}（现在：{stage}）", facts.student.name);
    rules::R17_5.refuse(because, remedy, &[("stage", stage.to_owned())]).into()
}

/// The province's misprint (R19.1): only before it left.
pub(super) fn void(state: &State<'_>, asked: &Asked<'_>, of: &VoidCertificate) -> Result<(Writes, Value), Refused> {
    let (id, reason) = (of.student, &*of.reason);
    province(state, asked, Post::Reviewer)?;
    let facts = seen(state, asked, id)?;
    let reason = named("作废原因", reason)?;
    let mut papers = facts.papers();
    let Some(certificate) = papers.certificates.last_mut().filter(|one| one.is_live()) else {
        return Err(not_there(&facts, "没有可以作废的证书", "请核对学生"));
    };
    if certificate.delivered.is_some() {
        let because = format!("{}的证书{}，不能作废重印", facts.student.name, certificate.stage());
        let remedy = "遗失或损坏的，请毕业生通过“河南政务服务网”申请学历证明书";
        return Err(rules::R19_1.refuse(because, remedy, &[("stage", certificate.stage().to_owned())]).into());
    }
    certificate.voided = Some((done(asked, asked.now.day(), Post::Reviewer), reason));
    let number = certificate.number.clone();
    Ok((vec![write(papers)], json!({ "student": id, "voided": number })))
}

/// From the province to the school.
pub(super) fn deliver(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &DeliverCertificates,
) -> Result<(Writes, Value), Refused> {
    let (on, receiver) = (of.on, &*of.receiver);
    province(state, asked, Post::Handler)?;
    let receiver = named("签收人", receiver)?;
    not_ahead(asked, on)?;
    each(&of.students, |id| {
        let facts = seen(state, asked, id)?;
        let mut papers = facts.papers();
        let certificate = papers.certificates.last_mut().filter(|one| one.is_live() && one.delivered.is_none());
        let printed = certificate.as_ref().and_then(|one| one.printed.as_ref()).map(|printed| printed.on);
        let (Some(certificate), Some(printed)) = (certificate, printed) else {
            return Err(not_there(&facts, "没有已印制、待交校的证书", "请先印制"));
        };
        if on < printed {
            return Err(not_there(&facts, &format!("的证书 {printed} 才印制，不能在 {on} 交校"), "请改正交接日期"));
        }
        certificate.delivered = Some((done(asked, on, Post::Handler), receiver.clone()));
        Ok((papers, json!({})))
    })
}

/// From the school to the graduate.
pub(super) fn award(state: &State<'_>, asked: &Asked<'_>, how: &AwardCertificate) -> Result<(Writes, Value), Refused> {
    let id = how.student;
    let facts = seen(state, asked, id)?;
    let post = school_of(asked, &facts.student.school)?;
    let receiver = named("签收人", &how.receiver)?;
    not_ahead(asked, how.on)?;
    let mut papers = facts.papers();
    let certificate = papers.certificates.last_mut().filter(|one| one.is_live() && one.awarded.is_none());
    let delivered = certificate.as_ref().and_then(|one| one.delivered.as_ref()).map(|(delivered, _)| delivered.on);
    let (Some(certificate), Some(delivered)) = (certificate, delivered) else {
        return Err(not_there(&facts, "没有已交校、待颁发的证书", "请等证书交到学校"));
    };
    if !how.photo_pasted || !how.sealed {
        return Err(not_there(&facts, "的证书还没有贴好照片、盖好钢印", "请贴照片、加盖钢印后再发"));
    }
    if how.on < delivered {
        return Err(not_there(&facts, &format!("的证书 {delivered} 才交校，不能在 {} 颁发", how.on), "请改正颁发日期"));
    }
    certificate.awarded = Some((done(asked, how.on, post), receiver));
    Ok((vec![write(papers)], json!({ "student": id, "stage": "已颁发" })))
}

/// The list of a school and year, as it is or blank; refused to whoever neither runs nor watches the school.
fn list_of(state: &State<'_>, asked: &Asked<'_>, school: &OfficeId, year: i32) -> Result<GraduateList, Refused> {
    let known = state.office(school)?.is_some_and(|office| office.level == Level::School);
    if !known || !scope(asked.actor, state)?.covers(school) {
        return Err(Refused::NotFound(format!("没有学校 {school}，或者不在您的管辖范围")));
    }
    let blank = || GraduateList {
        school: school.clone(),
        year,
        revision: 0,
        checked: Vec::new(),
        kept: None,
        names: Vec::new(),
    };
    Ok(state.graduates(school, year)?.unwrap_or_else(blank))
}

fn write_list(list: GraduateList) -> Write {
    let based_on = list.revision;
    let record = Record::GraduateList(Box::new(GraduateList { revision: based_on + 1, ..list }));
    Write { record, based_on }
}

/// The school's or the city's check in June (R16.6).
pub(super) fn check(state: &State<'_>, asked: &Asked<'_>, of: &CheckGraduates) -> Result<(Writes, Value), Refused> {
    let (school, year) = (&of.school, of.year);
    let mut list = list_of(state, asked, school, year)?;
    let level = state.office(&asked.actor.office)?.map(|office| office.level);
    let post = match level {
        Some(Level::School) => school_of(asked, school)?,
        Some(Level::City) => holding(asked, Post::Handler).map(|()| Post::Handler)?,
        _ => {
            let facts = [("office", asked.actor.office.to_string())];
            let because = "应届毕业生名单由学校和市级主管部门下载核对，本机构只能查看";
            return Err(rules::R16_6.refuse(because, "请由学校或市级主管部门核对", &facts).into());
        }
    };
    let today = asked.now.day();
    let window = windows::of_year(year, state.calendar()).into_iter().find(|window| window.rule == rules::R16_6.id);
    if let Some(window) = window.filter(|window| window.state(today) != WindowState::Now) {
        let because = format!("{year}年名单的下载核对时间为 {} 至 {}，今天是 {today}", window.from, window.until);
        let facts = [("from", window.from.to_string()), ("until", window.until.to_string())];
        return Err(rules::R16_6.refuse(because, "请在该时间内下载并核对名单", &facts).into());
    }
    list.checked.push(done(asked, today, post));
    let times = list.checked.len();
    Ok((vec![write_list(list)], json!({ "school": school, "year": year, "checked": times })))
}

/// Put away for ever (R18.5): once, and never changed.
pub(super) fn archive(state: &State<'_>, asked: &Asked<'_>, of: &ArchiveGraduates) -> Result<(Writes, Value), Refused> {
    let (school, year, on, place) = (&of.school, of.year, of.on, &*of.place);
    let mut list = list_of(state, asked, school, year)?;
    let post = school_of(asked, school)?;
    let place = named("存放处", place)?;
    not_ahead(asked, on)?;
    if let Some((kept, place)) = &list.kept {
        let because = format!("{year}年毕业生名单已于 {} 盖章归档（{place}），不能改动", kept.on);
        let remedy = "归档后的更正请另附说明存档";
        return Err(rules::R18_5.refuse(because, remedy, &[("kept_on", kept.on.to_string())]).into());
    }
    for id in state.students_of(school) {
        let Some(papers) = state.leaving(id)? else { continue };
        let Some(one) = papers.certificate().filter(|one| one.year == year && one.delivered.is_some()) else {
            continue;
        };
        let name = state.student(id)?.map_or_else(String::new, |student| student.name);
        list.names.push((id, name, one.number.clone().unwrap_or_default()));
    }
    if list.names.is_empty() {
        return Err(Refused::Input(format!("{year}年没有证书已交校的毕业生，无从归档")));
    }
    let count = list.names.len();
    list.kept = Some((done(asked, on, post), place));
    Ok((vec![write_list(list)], json!({ "school": school, "year": year, "graduates": count })))
}
