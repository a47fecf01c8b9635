//! Queries that are journalled (Art. 20): the counter's look-up for a student or guardian, and the verification of a
//! graduation for whoever asks from outside. Nothing changes but the journal.

use super::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::rules;
use crate::model::{Inquire, VerifyCertificate};
use serde_json::{Value, json};

/// Journals that somebody was shown his own registration. The answer does not hold it: answers are stored.
pub(super) fn inquire(state: &State<'_>, asked: &Asked<'_>, who: &Inquire) -> Result<(Writes, Value), Refused> {
    let id = who.student;
    let unknown = || Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"));
    let student = state.student(id)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.sees_student(&student) {
        return Err(unknown());
    }
    let fields = [
        ("查询人", &who.requester),
        ("与学生的关系", &who.relation),
        ("身份或监护证明", &who.proof),
        ("用途", &who.purpose),
    ];
    let mut missing = Vec::new();
    for (field, text) in fields {
        if bounded(field, text)?.is_empty() {
            missing.push(field);
        }
    }
    if !missing.is_empty() {
        let list = missing.join("、");
        let because = format!("只能查询本人的学籍信息，还没有登记：{list}");
        let facts = [("missing", list)];
        return Err(rules::R20_2.refuse(because, "请核对身份或监护关系，逐项登记后查询", &facts).into());
    }
    Ok((Vec::new(), json!({ "student": id, "at": asked.now })))
}

/// Answers whether a certificate with this number was given to somebody of this name, and nothing else. The whole
/// province is looked through, whoever asks here.
pub(super) fn verify(state: &State<'_>, asked: &Asked<'_>, of: &VerifyCertificate) -> Result<(Writes, Value), Refused> {
    let (number, name) = (bounded("证书编号", &of.number)?, bounded("姓名", &of.name)?);
    if number.is_empty() || name.is_empty() || bounded("用途", &of.purpose)?.is_empty() {
        let because = "验证毕业信息须有姓名、证书编号和用途";
        return Err(rules::R20_3.refuse(because, "请凭毕业生提供的姓名和证书编号验证", &[]).into());
    }
    let answer = |matches: bool| json!({ "match": matches, "number": number, "at": asked.now });
    // The number names its school: year, region, school, serial.
    let school = number.get(10..20).map(crate::model::OfficeId::from);
    let Some(school) = school else { return Ok((Vec::new(), answer(false))) };
    // After a merger the file lies with the school that took it over.
    let mut schools = vec![school.clone()];
    while let Some(next) = schools.last().cloned()
        && let Some(gone) = state.succession(&next)?.filter(|gone| gone.merged && !schools.contains(&gone.keeper))
    {
        schools.push(gone.keeper);
    }
    for school in schools {
        for id in state.students_of(&school) {
            let Some(papers) = state.leaving(id)? else { continue };
            let fits = papers.certificate().is_some_and(|one| one.number.as_deref() == Some(&number));
            if fits {
                let same = state.student(id)?.is_some_and(|student| student.name == name);
                return Ok((Vec::new(), answer(same)));
            }
        }
    }
    Ok((Vec::new(), answer(false)))
}
