//! Across provinces: the file of who comes from outside, begun with the application, and filings with two provinces
//! (Art. 12¶1).

use super::{Asked, CaseFacts, Refused, State, Writes, bounded, changed, fresh};
use crate::law::case::{Action, why_not};
use crate::law::identity;
use crate::law::outside::NewFiling;
use crate::model::{
    ApplicationId, Day, Details, EntryFacts, HENAN, Level, Newcomer, OfficeId, Post, ProvinceFiling, Sex, Status,
    Student, StudentId, province_name,
};
use serde_json::Value;

/// Records a filing with a province; recorded again, it replaces the earlier one.
pub(super) fn file(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    filing: NewFiling<'_>,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let document = bounded("备案文号", filing.document)?;
    let filing = NewFiling { document: &document, ..filing };
    let case = facts.case(Some(&application), state.calendar());
    if let Some(why) = why_not(&case, asked.actor, &Action::File(Some(filing)), asked.now.day()) {
        return Err(why.into());
    }
    let posts = [Post::Entry, Post::Review, Post::Handler, Post::Reviewer];
    let post = posts.into_iter().find(|post| asked.actor.holds(*post)).unwrap_or(Post::Entry);
    let (province, on) = (filing.province.to_owned(), filing.on);
    application.filings.retain(|filed| filed.province != province);
    application.filings.push(ProvinceFiling { province, on, document, by: asked.actor.sign(post), at: asked.now });
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// The file of a newcomer as it would begin: 未注册 until the transfer is granted. Who was begun before and did not
/// come in is taken up again.
pub(super) fn newcomer(state: &State<'_>, asked: &Asked<'_>, person: &Newcomer) -> Result<Student, Refused> {
    let school = state
        .office(&asked.actor.office)?
        .filter(|office| office.level == Level::School)
        .ok_or_else(|| Refused::Input("跨省转入由转入学校登记，您的机构不是学校".to_owned()))?;
    let number = identity::normalise(&person.id_no);
    let idle = |student: &Student| student.status == Status::Unregistered && state.others(student.id, None).is_empty();
    let begun = state.having_number(&number)?.into_iter().find(idle);
    let (id, revision) = begun.map_or((state.next_student(), 0), |student| (student.id, student.revision));
    laid_over(person, id, revision, school.id, asked.now.day(), asked.now.day())
}

/// The file of a newcomer with these facts.
fn laid_over(
    person: &Newcomer,
    id: StudentId,
    revision: u64,
    school: OfficeId,
    since: Day,
    today: Day,
) -> Result<Student, Refused> {
    let id_no = identity::normalise(&person.id_no);
    let (sex, birth) = stated(&person.id_kind, (person.sex, person.birth), &id_no, today)?;
    Ok(Student {
        id,
        revision,
        student_no: person.student_no.trim().to_ascii_uppercase(),
        name: person.name.trim().to_owned(),
        sex,
        birth,
        id_kind: person.id_kind.clone(),
        id_no,
        ethnic: person.ethnic.trim().to_owned(),
        school,
        campus: String::new(),
        class_name: person.class_name.trim().to_owned(),
        major: person.major.clone(),
        study_form: person.study_form,
        half_years: person.half_years,
        entry: person.entry,
        planned_grad: person.planned_grad,
        status: Status::Unregistered,
        status_since: since,
        suspension: None,
        repeated: 0,
        compulsory_until: None,
        history: Vec::new(),
        former: Vec::new(),
        joint: person.joint.clone(),
        entry_facts: EntryFacts::default(),
    })
}

/// Sex and birth date, as given or as the number of a resident identity card says; the two must agree.
pub(super) fn stated(
    id_kind: &str,
    (sex, birth): (Option<Sex>, Option<Day>),
    id_no: &str,
    today: Day,
) -> Result<(Sex, Day), Refused> {
    let input = |message: String| Err(Refused::Input(message));
    if id_kind != identity::RESIDENT {
        return match (sex, birth) {
            (Some(sex), Some(birth)) => Ok((sex, birth)),
            _ => input("证件不是居民身份证的，请填写性别和出生日期".to_owned()),
        };
    }
    let says = identity::resident(id_no, today).map_err(|fault| Refused::Input(fault.message().to_owned()))?;
    if birth.is_some_and(|birth| birth != says.birth) {
        return input(format!("出生日期与身份证号不符：号码中是 {}", says.birth));
    }
    if sex.is_some_and(|sex| sex != says.sex) {
        return input("性别与身份证号不符；请按身份证核对".to_owned());
    }
    Ok((says.sex, says.birth))
}

/// A newcomer's file after his application was amended.
pub(super) fn amended(before: &Student, details: &Details, today: Day) -> Result<Option<Student>, Refused> {
    let Details::MoveIn { person, .. } = details else { return Ok(None) };
    let school = before.school.clone();
    laid_over(person, before.id, before.revision, school, before.status_since, today).map(Some)
}

/// The details of a transfer across provinces within sane bounds.
pub(super) fn checked(facts: &CaseFacts, details: &Details, ground: String, today: Day) -> Result<Details, Refused> {
    let input = |message: String| Err(Refused::Input(message));
    let province = |code: &str| match province_name(code) {
        Some(_) if code == HENAN => {
            Err(Refused::Input("省内学校之间请办理转学，跨省转学的另一方不能是河南省".to_owned()))
        }
        Some(_) => Ok(code.to_owned()),
        None => Err(Refused::Input(format!("{code} 不是省、自治区、直辖市的代码，例如 130000"))),
    };
    let given = |day: Day, what: &str| {
        if day > today || day < facts.student.entry {
            return Err(Refused::Input(format!("{what} {day} 应在入学日 {} 至今天之间", facts.student.entry)));
        }
        Ok(day)
    };
    let named = |what: &str, text: &str| -> Result<String, Refused> {
        let text = bounded(what, text)?;
        if text.is_empty() { Err(Refused::Input(format!("请填写{what}"))) } else { Ok(text) }
    };
    match details.clone() {
        Details::MoveOut { handed_in_on, to_province, to_school, to_office, .. } => Ok(Details::MoveOut {
            handed_in_on: given(handed_in_on, "交来申请的日期")?,
            to_province: province(&to_province)?,
            to_school: named("转入学校名称", &to_school)?,
            to_office: bounded("转入方主管部门", &to_office)?,
            ground,
        }),
        Details::MoveIn { reached_on, reference, from_province, from_school, from_office, mut person, .. } => {
            let what = &facts.student;
            for (field, text) in
                [("姓名", &what.name), ("证件号", &what.id_no), ("学籍号", &what.student_no), ("民族", &what.ethnic)]
            {
                named(field, text)?;
            }
            if what.birth >= what.entry || what.planned_grad <= what.entry {
                return input("出生日期须早于入学日，预计毕业须晚于入学日".to_owned());
            }
            if !(2..=12).contains(&what.half_years) {
                return input("学制以半年计，一年至六年，即 2 至 12".to_owned());
            }
            if facts.major.is_none() {
                return input(format!("专业目录中没有 {}", what.major));
            }
            (person.name, person.ethnic) = (what.name.clone(), what.ethnic.clone());
            (person.id_no, person.student_no) = (what.id_no.clone(), what.student_no.clone());
            Ok(Details::MoveIn {
                reached_on: given(reached_on, "业务到达本校的日期")?,
                reference: bounded("全国系统业务号", &reference)?,
                from_province: province(&from_province)?,
                from_school: named("转出学校名称", &from_school)?,
                from_office: bounded("转出方主管部门", &from_office)?,
                person,
                ground,
            })
        }
        other => Ok(other),
    }
}
