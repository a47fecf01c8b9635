//! Who has no file here yet and gets one with an application (重复学籍 of who could not be registered, 普高/技工转入, 初中转入),
//! and what the law is told about these kinds.

use super::outside::stated;
use super::{Asked, CaseFacts, Refused, State, bounded, is_here};
use crate::law::entry::dates;
use crate::law::joining::{JoiningFacts, PublishedThen};
use crate::law::negative::school as negative;
use crate::law::route::Ground;
use crate::law::{authority, duplicates, identity};
use crate::model::{
    ComingOver, Day, Details, DuplicateAsk, DuplicateWith, Entrant, EntryFacts, Finding, FormerKind, Joiner, JuniorAsk,
    Level, Major, Office, OfficeId, Season, Status, Student, StudentId,
};
use chrono::Datelike;

/// The file as it would begin with this application: 未注册 until it is granted. Who was begun before and did not come
/// in is taken up again. None where the application is about a file that is here.
pub(super) fn begun(state: &State<'_>, asked: &Asked<'_>, details: &Details) -> Result<Option<Student>, Refused> {
    let Some(person) = details.joiner() else { return Ok(None) };
    let kind = details.kind().name();
    let school = state
        .office(&asked.actor.office)?
        .filter(|office| office.level == Level::School)
        .ok_or_else(|| Refused::Input(format!("{kind}由学校发起，您的机构不是学校")))?;
    let number = identity::normalise(&person.id_no);
    let mut same: Vec<Student> = state.having_number(&number)?;
    same.retain(|student| student.status == Status::Unregistered && student.school == school.id);
    if let Some((open, _)) = same.iter().flat_map(|student| state.others(student.id, None)).next() {
        return Err(Refused::Input(format!("这个证件号在本校已有在办的申请 {open}；请先办结或撤销")));
    }
    let (id, revision) = same.first().map_or((state.next_student(), 0), |student| (student.id, student.revision));
    let today = asked.now.day();
    laid_over(details, person, (id, revision), &school, (today, today)).map(Some)
}

/// The file after its application was amended.
pub(super) fn amended(
    state: &State<'_>,
    before: &Student,
    details: &Details,
    today: Day,
) -> Result<Option<Student>, Refused> {
    let Some(person) = details.joiner() else { return Ok(None) };
    let school =
        state.office(&before.school)?.ok_or_else(|| Refused::NotFound(format!("没有学校 {}", before.school)))?;
    laid_over(details, person, (before.id, before.revision), &school, (before.status_since, today)).map(Some)
}

fn laid_over(
    details: &Details,
    person: &Joiner,
    (id, revision): (StudentId, u64),
    school: &Office,
    (since, today): (Day, Day),
) -> Result<Student, Refused> {
    let id_no = identity::normalise(&person.id_no);
    let (sex, birth) = stated(&person.id_kind, (person.sex, person.birth), &id_no, today)?;
    let student_no = match person.student_no.trim() {
        "" if person.id_kind == identity::RESIDENT => format!("G{id_no}"),
        typed => typed.to_ascii_uppercase(),
    };
    // A school with one campus has no other to name.
    let campuses = school.school.as_ref().map(|facts| facts.campuses.as_slice()).unwrap_or_default();
    let campus = match (person.campus.trim(), campuses) {
        ("", [only]) => only.clone(),
        (typed, _) => typed.to_owned(),
    };
    let lower = if let Details::ComingOver(of) = details { of.lower_years } else { 0 };
    let planned = dates::graduation(person.entry, person.half_years)
        .and_then(|planned| planned.with_year(planned.year() + i32::from(lower)))
        .ok_or_else(|| Refused::Input("入学日期和学制算不出预计毕业时间，请核对".to_owned()))?;
    Ok(Student {
        id,
        revision,
        student_no,
        name: person.name.trim().to_owned(),
        sex,
        birth,
        id_kind: person.id_kind.clone(),
        id_no,
        ethnic: person.ethnic.trim().to_owned(),
        school: school.id.clone(),
        campus,
        class_name: person.class_name.trim().to_owned(),
        major: person.major.clone(),
        study_form: person.study_form,
        half_years: person.half_years,
        entry: person.entry,
        planned_grad: planned,
        status: Status::Unregistered,
        status_since: since,
        suspension: None,
        repeated: 0,
        compulsory_until: compulsory(details),
        history: Vec::new(),
        former: Vec::new(),
        joint: None,
        entry_facts: EntryFacts {
            cohort: Some(dates::cohort(person.entry)),
            enrolled_on: Some(person.entry),
            entrant: entrant(details),
            admission: person.admission.trim().to_owned(),
            ..EntryFacts::default()
        },
    })
}

/// Where the matrix of lengths has them come from; of a duplicate it is filled in when the new student is corrected.
fn entrant(details: &Details) -> Option<Entrant> {
    match details {
        Details::ComingOver(ComingOver { from: FormerKind::GeneralHigh, .. }) => Some(Entrant::GeneralHigh),
        Details::ComingOver(ComingOver { from: FormerKind::Technical, .. }) => Some(Entrant::Technical),
        Details::Junior(JuniorAsk { semester, .. }) => Some(Entrant::JuniorPupil(*semester)),
        _ => None,
    }
}

/// Until when compulsory education lasts: as it was said, else the end of the school year in which junior high ends.
fn compulsory(details: &Details) -> Option<Day> {
    let Details::Junior(asked) = details else { return None };
    asked.compulsory_until.or_else(|| {
        let entry = asked.person.entry;
        // The fifth semester is an autumn's and ends the next summer with the sixth.
        let year = if entry.month() >= 8 { entry.year() + 1 } else { entry.year() };
        Day::from_ymd_opt(year, 8, 31)
    })
}

/// What the law is told of these kinds; nothing for any other.
pub(super) fn facts(
    state: &State<'_>,
    student: &Student,
    (school, major): (&Office, Option<&Major>),
    details: &Details,
) -> Result<JoiningFacts, Refused> {
    let mut facts = JoiningFacts { major: major.cloned(), ..JoiningFacts::default() };
    let majors: Vec<&Major> = major.into_iter().collect();
    if details.joiner().is_some() && student.status == Status::Unregistered {
        facts.published = published(state, student, school, details);
        facts.limited = limited(state, student, school, details)?;
    }
    match details {
        Details::Junior(_) => {
            let approver = authority::competent(school, &majors)?.office;
            facts.approver = state.office(&approver)?;
            facts.mixed_class = mixed_class(state, student)?;
        }
        Details::Duplicate(asked) => {
            let Some(other) = asked.other_school.as_ref().map(|id| state.office(id)).transpose()?.flatten() else {
                return Ok(facts);
            };
            let offices = state.offices();
            let register =
                |id: &OfficeId| offices.iter().find(|office| office.id == *id).map(|office| Office::clone(office));
            let ground = Ground { from: school, to: None, majors: &majors, batch: 1, office: &register };
            if other.level == Level::School && other.id != school.id {
                let hands = duplicates::further(&other, &ground)?;
                facts.further = hands.iter().filter_map(|hand| register(&hand.office)).collect();
            }
            let theirs = state.having_number(&student.id_no)?;
            let theirs = theirs.iter().find(|one| one.school == other.id && one.status.is_live());
            facts.other_file = theirs.map(|one| one.id).filter(|id| *id != student.id);
            facts.other_here = is_here(state, &other.id);
            facts.other = Some(other);
        }
        _ => {}
    }
    Ok(facts)
}

/// What the province laid on the school for the year whose new student this one would be (R23.2).
fn limited(
    state: &State<'_>,
    student: &Student,
    school: &Office,
    details: &Details,
) -> Result<Option<Finding>, Refused> {
    let year = season(student, details).0;
    let Some(standing) = state.standing(&school.id)?.filter(|of| of.sanction(i32::from(year)).is_some()) else {
        return Ok(None);
    };
    let registered = super::entry::new_students(state, &school.id, year)?;
    Ok(negative::registration(&standing, i32::from(year), registered))
}

/// Year and season of recruitment: the autumn of the year of the application for who comes over.
fn season(student: &Student, details: &Details) -> (u16, Season) {
    match details {
        Details::ComingOver(_) => (u16::try_from(student.status_since.year()).unwrap_or_default(), Season::Autumn),
        _ => dates::cohort(student.entry),
    }
}

/// What the school may recruit for in the season the student comes in; always something, be it that nothing was
/// published.
fn published(state: &State<'_>, student: &Student, school: &Office, details: &Details) -> Option<PublishedThen> {
    let cohort = season(student, details);
    let all = state.qualifications(cohort.0, cohort.1);
    let own = all.iter().find(|of| of.school == school.id).map(|of| of.offers.clone()).unwrap_or_default();
    Some((cohort, (!all.is_empty()).then_some(own)))
}

/// Whether others than pupils of junior high are in the same class.
fn mixed_class(state: &State<'_>, student: &Student) -> Result<bool, Refused> {
    if student.class_name.is_empty() {
        return Ok(false);
    }
    for id in state.students_of(&student.school) {
        let Some(other) = state.student(id)?.filter(|other| other.id != student.id) else { continue };
        let same = other.class_name == student.class_name && other.status.is_live();
        if same && other.compulsory_until.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The details of these kinds within sane bounds. What is checked here is sense, not law.
pub(super) fn checked(facts: &CaseFacts, details: &Details, ground: String, today: Day) -> Result<Details, Refused> {
    let input = |message: String| Err(Refused::Input(message));
    let named = |what: &str, text: &str| -> Result<String, Refused> {
        let text = bounded(what, text)?;
        if text.is_empty() { Err(Refused::Input(format!("请填写{what}"))) } else { Ok(text) }
    };
    if details.joiner().is_some() {
        let what = &facts.student;
        for (field, text) in
            [("姓名", &what.name), ("证件号", &what.id_no), ("学籍号", &what.student_no), ("民族", &what.ethnic)]
        {
            named(field, text)?;
        }
        for (field, text) in
            [("校区", &what.campus), ("班级", &what.class_name), ("录取依据", &what.entry_facts.admission)]
        {
            bounded(field, text)?;
        }
        if what.birth >= what.entry || what.entry > today {
            return input(format!("入学日期 {} 应晚于出生日期，并且已经到了", what.entry));
        }
        if facts.major.is_none() {
            return input(format!("专业目录中没有 {}", what.major));
        }
    }
    let cleaned = |person: &Joiner| {
        let what = &facts.student;
        Box::new(Joiner {
            name: what.name.clone(),
            ethnic: what.ethnic.clone(),
            id_no: what.id_no.clone(),
            student_no: what.student_no.clone(),
            campus: what.campus.clone(),
            class_name: what.class_name.clone(),
            admission: what.entry_facts.admission.clone(),
            ..person.clone()
        })
    };
    Ok(match details.clone() {
        Details::Duplicate(asked) => {
            let other_name = bounded("对方学校", &asked.other_name)?;
            match (asked.with, &asked.other_school) {
                (DuplicateWith::Secondary, None) => {
                    return input("请填写对方学校：与中职学校重复的须指明是哪一所".into());
                }
                (DuplicateWith::Secondary, Some(other)) if *other == facts.school.id => {
                    return input("对方学校就是本校；本校重复登记的，请核对后注销其中一份".into());
                }
                (DuplicateWith::Secondary, Some(other))
                    if facts.joining.other.as_ref().is_none_or(|office| office.level != Level::School) =>
                {
                    return input(format!("{other} 不是学校"));
                }
                (DuplicateWith::Secondary, Some(_)) => {}
                (_, Some(_)) => return input("与技工学校、高校、省外重复的，对方学校请填写名称，不选中职学校".into()),
                (with, None) if other_name.is_empty() => {
                    return input(format!("请填写对方学校的名称（{}）", with.name()));
                }
                (_, None) => {}
            }
            let person = asked.person.as_deref().map(cleaned);
            Details::Duplicate(DuplicateAsk { other_name, person, ground, ..asked })
        }
        Details::ComingOver(asked) => {
            if asked.lower_years > 2 {
                return input("编入低年级最多低两个年级".to_owned());
            }
            let former_school = named("原就读学校", &asked.former_school)?;
            let person = cleaned(&asked.person);
            Details::ComingOver(ComingOver { former_school, person, ground, ..asked })
        }
        Details::Junior(asked) => {
            if asked.compulsory_until.is_some_and(|until| until < asked.person.entry) {
                return input("义务教育完成日期早于入学日期，请核对".to_owned());
            }
            Details::Junior(JuniorAsk {
                junior_school: named("原就读初中", &asked.junior_school)?,
                guardian: named("法定监护人", &asked.guardian)?,
                relation: named("与学生关系", &asked.relation)?,
                teacher: bounded("专门教师", &asked.teacher)?,
                person: cleaned(&asked.person),
                ground,
                ..asked
            })
        }
        other => other,
    })
}
