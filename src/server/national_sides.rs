//! One student of a comparison with both sides, field by field.

use super::hall::Hall;
use super::national::{here, item, named, number, of_school, there};
use super::reads::not_found;
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::State;
use crate::desk::national::suggested;
use crate::law::identity::DOCUMENTS;
use crate::model::{MajorCode, NationalField, NationalWho, OfficeId, Student};
use crate::wire::{NationalSides, SideRow};

/// What both sides say, masked numbers included; also what is not compared.
pub(super) fn sides(hall: &Hall, asker: &Asker, id: &OfficeId, who: NationalWho) -> Result<NationalSides, Refusal> {
    let (_, list, all) = of_school(hall, asker, id)?;
    let one = named(&all, who).ok_or_else(|| not_found("这名学生的两边已经一致，或者不在这份名单里；请刷新"))?;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let mark = state.national_mark(id, one.number())?;
    let standing = mark.as_ref().and_then(|mark| mark.standing()).and_then(|keyed| keyed.system);
    let system = standing.unwrap_or_else(|| suggested(one, false));
    let line = one.line.as_ref().map(|(_, line)| &**line);
    let student = one.student.as_deref();
    let mut rows = Vec::new();
    let mut row = |field: &str, of_here: Option<String>, of_there: Option<String>, differs: bool| {
        rows.push(SideRow { field: field.to_owned(), here: of_here, there: of_there, differs });
    };
    let no = |no: &str| number(no, false);
    row("student_no", student.map(|one| no(&one.student_no)), line.map(|one| no(&one.student_no)), false);
    row("id_kind", student.map(|one| kind(&one.id_kind)), line.map(|one| kind(&one.id_kind)), false);
    let compared = [
        NationalField::IdNo,
        NationalField::Name,
        NationalField::Sex,
        NationalField::BirthDate,
        NationalField::EntryMonth,
        NationalField::MajorCode,
        NationalField::StudyForm,
        NationalField::DurationYears,
        NationalField::Status,
    ];
    for field in compared {
        let major = field == NationalField::MajorCode;
        let of_here = student.map(|one| match major {
            true => with_name(hall, one.major.as_str()),
            false if field == NationalField::Status => status_here(one),
            false => here(field, one, false),
        });
        let of_there = line.map(|one| if major { with_name(hall, &one.major) } else { there(field, one, false) });
        row(field.word(), of_here, of_there, one.fields.contains(&field));
    }
    row("class_name", student.map(|one| one.class_name.clone()), line.map(|one| one.class_name.clone()), false);
    let marks = mark.into_iter().flat_map(|mark| mark.keyed);
    Ok(NationalSides {
        item: item(&state, &list, one, system, false)?,
        rows,
        marks: marks.map(|keyed| (keyed.system, keyed.at, keyed.by.name)).collect(),
    })
}

/// The status here; where the national system has another word for it, with that.
fn status_here(student: &Student) -> String {
    let (own, there) = (student.status.name(), here(NationalField::Status, student, false));
    if own == there { there } else { format!("{there}（{own}）") }
}

fn kind(code: &str) -> String {
    DOCUMENTS.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name).to_owned()
}

/// A major's code with its name, where the catalogue has it.
fn with_name(hall: &Hall, code: &str) -> String {
    let major = hall.store().major(&MajorCode::from(code)).ok().flatten();
    major.map_or_else(|| code.to_owned(), |major| format!("{code} {}", major.name))
}
