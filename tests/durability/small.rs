//! A store with hardly anything in it, so that opening and verifying it take no time: two schools of one county, their
//! people, one student.

use super::ground::{ALL_SEEING, call, pages};
use crate::support::TempStore;
use serde_json::{Value, json};
use xueji::model::{
    Account, Day, Level, Office, Post, SchoolFacts, Sex, Sponsor, Status, Student, StudentId, StudyForm,
};

/// What there is.
pub(crate) struct Small {
    /// A student of each school to model new ones on.
    pub(crate) templates: Vec<Value>,
    /// The one student there is.
    pub(crate) student: String,
    /// The last entry of the journal.
    pub(crate) last: u64,
}

/// Puts the people in, through `call`. The store was made for the province.
pub(crate) fn people(store: &TempStore) -> Small {
    let mut found = Vec::new();
    for (id, level, parent, short) in [
        ("410700", Level::City, "410000", "shi"),
        ("410782", Level::County, "410700", "xian1"),
        ("3641910001", Level::School, "410782", "x1"),
        ("3641910002", Level::School, "410782", "x2"),
    ] {
        let school = (level == Level::School).then(|| SchoolFacts {
            region_code: "410782".into(),
            sponsor: Sponsor::County,
            competent_office: Some("410782".into()),
            credit_system: false,
            campuses: vec!["本部".into()],
        });
        let name = format!("演练{short}");
        let parent = Some(parent.into());
        let office = Office { id: id.into(), revision: 0, name, level, parent, school };
        found.push(json!({ "do": "offices.put", "office": office }));
        let posts: &[(&str, Post)] = match level {
            Level::School => &[("lr", Post::Entry), ("sh", Post::Review)],
            _ => &[("jb", Post::Handler), ("fh", Post::Reviewer), ("gl", Post::Keeper)],
        };
        for (suffix, post) in posts {
            found.push(account(&format!("{short}-{suffix}"), id, *post));
        }
    }
    found.push(account(ALL_SEEING, "410000", Post::Keeper));
    let major = xueji::data::majors().unwrap().into_iter().find(|major| !major.provincial).unwrap();
    let day = |text: &str| text.parse::<Day>().unwrap();
    let templates: Vec<Value> = ["3641910001", "3641910002"]
        .iter()
        .map(|school| {
            let student = Student {
                id: StudentId(0),
                revision: 0,
                student_no: "G410782200801010011".into(),
                name: "演练生".into(),
                sex: Sex::Female,
                birth: day("2008-01-01"),
                id_kind: "1".into(),
                id_no: "410782200801010011".into(),
                ethnic: "汉族".into(),
                school: (*school).into(),
                campus: "本部".into(),
                class_name: "1班".into(),
                major: major.code.clone(),
                study_form: StudyForm::FullTime,
                half_years: 6,
                entry: day("2024-09-01"),
                planned_grad: day("2027-07-01"),
                status: Status::Enrolled,
                status_since: day("2024-10-20"),
                suspension: None,
                repeated: 0,
                compulsory_until: None,
                entry_facts: Default::default(),
                history: Vec::new(),
                former: Vec::new(),
                joint: None,
            };
            serde_json::to_value(student).unwrap()
        })
        .collect();
    found.push(json!({ "do": "students.put", "student": templates[0] }));
    let answers = call(store, "keeper", &found);
    assert!(answers.iter().all(|answer| answer.get("ok").is_some()), "{answers:?}");
    let student = answers.last().unwrap()["ok"]["student"].as_str().unwrap().to_owned();
    let last = pages(store, "journal.page", 200, Value::Null).last().unwrap()["seq"].as_u64().unwrap();
    Small { templates, student, last }
}

fn account(id: &str, office: &str, post: Post) -> Value {
    let account = Account {
        id: id.into(),
        revision: 0,
        person: id.into(),
        name: id.to_owned(),
        office: office.into(),
        posts: vec![post],
        os_user: None,
        active: true,
    };
    json!({ "do": "accounts.put", "account": account })
}
