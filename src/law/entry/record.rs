//! The record of a new student who was found right, and the cells of a record back again: for corrections, and for an
//! export that need not be typed a second time.

use super::fields::{COUNT, FIELDS, at};
use super::{Reading, dates};
use crate::law::identity::{DOCUMENTS, RESIDENT};
use crate::law::study_length::{StudyLength, years};
use crate::model::{
    Day, EntryFacts, Major, Office, Programme, Season, Sex, Status, StatusChange, Student, StudentId, TemplateCells,
};

/// Fields that the record keeps in places of their own; all others are kept as they were typed.
const OWN: [&str; 19] = [
    "name",
    "sex",
    "birth_date",
    "id_kind",
    "id_no",
    "class_name",
    "study_form",
    "entry_month",
    "major",
    "duration",
    "nation",
    "campus",
    "season",
    "enrolled_on",
    "admission",
    "student_no",
    "approval",
    "length_reason",
    "training_plan",
];

/// Of each field, whether it is one of these.
const IS_OWN: [bool; COUNT] = {
    let mut own = [false; COUNT];
    let mut next = 0;
    while next < OWN.len() {
        own[at(OWN[next])] = true;
        next += 1;
    }
    own
};

/// The record; none when something is missing after all.
pub(super) fn student(
    reading: &Reading<'_>,
    school: &Office,
    major: &Major,
    campus: String,
    cohort: Option<(u16, Season)>,
    study: &StudyLength,
    today: Day,
) -> Option<Student> {
    let text = |id: &str| reading.text(id).to_owned();
    let id_kind = reading.id_kind.clone()?;
    let entry = reading.entry()?;
    let half_years = reading.half_years?;
    // Whoever has a number goes on under it (R8.1); a new one of a resident is G and the document number.
    let student_no = match (reading.text("student_no"), id_kind == RESIDENT) {
        ("", true) => format!("G{}", reading.text("id_no")),
        (typed, _) => typed.to_owned(),
    };
    let kept = FIELDS.iter().enumerate().filter(|(index, _)| !IS_OWN[*index]);
    Some(Student {
        id: StudentId(0),
        revision: 1,
        student_no,
        name: text("name"),
        sex: reading.sex?,
        birth: reading.birth?,
        id_kind,
        id_no: text("id_no"),
        ethnic: text("nation"),
        school: school.id.clone(),
        campus,
        class_name: text("class_name"),
        major: major.code.clone(),
        study_form: reading.form?,
        half_years,
        entry,
        planned_grad: dates::graduation(entry, half_years)?,
        status: Status::Registered,
        status_since: today,
        suspension: None,
        repeated: 0,
        compulsory_until: None,
        former: Vec::new(),
        joint: None,
        history: vec![StatusChange {
            from: None,
            to: Status::Registered,
            on: today,
            application: None,
            article: "6".to_owned(),
        }],
        entry_facts: EntryFacts {
            cohort,
            enrolled_on: reading.enrolled_on,
            registered_on: Some(today),
            filed_on: None,
            entrant: reading.entrant,
            programme: reading.programme,
            approval: text("approval"),
            length_rule: study.rule.unwrap_or_default().to_owned(),
            length_reason: text("length_reason"),
            admission: text("admission"),
            training_plan: text("training_plan"),
            failures: Vec::new(),
            cells: TemplateCells::pack(kept.map(|(index, row)| (row.place, &*reading.texts[index]))),
        },
    })
}

/// The cells of a record, in the order of [`FIELDS`]. `major` is the name of its major.
pub fn texts(student: &Student, major: &str) -> [String; COUNT] {
    let mut texts: [String; COUNT] = std::array::from_fn(|_| String::new());
    let facts = &student.entry_facts;
    for (place, text) in facts.cells.iter() {
        if let Some(index) = FIELDS.iter().position(|row| row.place == place) {
            texts[index] = text.to_owned();
        }
    }
    let document = DOCUMENTS.iter().find(|(code, _)| *code == student.id_kind).map_or("其他", |(_, name)| name);
    let day = |day: Option<Day>| day.map(|day| day.format("%Y%m%d").to_string()).unwrap_or_default();
    let own = [
        ("name", student.name.clone()),
        ("sex", if student.sex == Sex::Male { "男" } else { "女" }.to_owned()),
        ("birth_date", day(Some(student.birth))),
        ("id_kind", document.to_owned()),
        ("id_no", student.id_no.clone()),
        ("class_name", student.class_name.clone()),
        ("study_form", student.study_form.name().to_owned()),
        ("entry_month", student.entry.format("%Y%m").to_string()),
        ("major", if major.is_empty() { student.major.to_string() } else { major.to_owned() }),
        ("duration", format!("{}制", years(student.half_years))),
        ("nation", student.ethnic.clone()),
        ("campus", student.campus.clone()),
        ("enrolled_on", day(facts.enrolled_on)),
        ("admission", facts.admission.clone()),
        ("student_no", student.student_no.clone()),
        ("approval", facts.approval.clone()),
        ("length_reason", facts.length_reason.clone()),
        ("training_plan", facts.training_plan.clone()),
    ];
    for (id, text) in own {
        texts[at(id)] = text;
    }
    let segment = at("segment");
    if texts[segment].is_empty() && facts.programme == Programme::ThreePlusTwo {
        texts[segment] = "中高职3+2".to_owned();
    }
    texts
}
