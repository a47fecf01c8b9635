//! Screen 7 for tests of the desk: forty schools, and sixty students of one who differ.

use super::desk_county::at;
use xueji::model::{KeySystem, NationalWho, StudentId};
use xueji::wire::{
    CuredRow, Doable, KeyedView, NationalAnswer, NationalAsked, NationalDiff, NationalItem, NationalKind,
    NationalSchool, NationalSchools, NationalSides, SideRow, TwoSides,
};

fn school(n: u32) -> NationalSchool {
    let name = if n == 3 {
        "演练一县现代农业与装备制造中等职业技术学校".into()
    } else {
        format!("演练第{n}中专")
    };
    let none = NationalSchool::unloaded(format!("36419900{n:02}").as_str().into(), name);
    if n > 30 {
        return none;
    }
    NationalSchool {
        loaded: Some(at("2025-10-14T09:00")),
        loaded_by: "演练系统管理".into(),
        load: 2,
        students_here: 1200,
        students_national: 1198,
        differing_students: 60 - n,
        percent: if n < 30 { "4.925" } else { "2.000" }.into(),
        fm5: n < 30,
        left: i64::from(n) - 30,
        fields_differ: 40,
        missing_here: 12,
        missing_there: 8,
        ..none
    }
}

fn item(n: u32) -> NationalItem {
    let alone = n.is_multiple_of(3);
    let field =
        |field: &str, here: &str, there: &str| TwoSides { field: field.into(), here: here.into(), there: there.into() };
    NationalItem {
        kind: if alone { NationalKind::MissingThere } else { NationalKind::FieldsDiffer },
        student_no: "G410782********803X".into(),
        name: format!("演练学生{n}"),
        fields: match n % 3 {
            0 => Vec::new(),
            1 => vec![field("status", "在读", "休学")],
            _ => vec![field("name", "演练甲", "演练乙"), field("major_code", "610101", "720301")],
        },
        note: (n == 6).then(|| "in the national system at 3641990002".into()),
        who: NationalWho { student: Some(StudentId(u64::from(n))), line: (!alone).then_some(n) },
        class_name: format!("25机电{}班", n / 10 + 1),
        by: (!alone).then(|| "number".into()),
        system: if n < 50 { KeySystem::National } else { KeySystem::Module },
        keyed: n.is_multiple_of(3).then(|| KeyedView {
            system: KeySystem::National,
            at: at("2025-10-13T10:00"),
            by: "演练王录入".into(),
            in_vain: n.is_multiple_of(6),
        }),
        new: n.is_multiple_of(5),
        application: None,
        perhaps: alone.then_some(n + 100),
    }
}

fn diff() -> NationalDiff {
    let cured = |n: u32| CuredRow {
        name: format!("演练学生{n}"),
        id_no: "410782********803X".into(),
        what: vec!["differs:status".into(), "missing_here".into()],
        whole: n != 92,
        keyed: true,
    };
    NationalDiff {
        school: school(1),
        by_kind: [("missing_there".to_owned(), 20)].into(),
        total: 60,
        items: (1..=60).map(item).collect(),
        next: None,
        keyed: 20,
        in_vain: 10,
        since: Some(at("2025-10-01T09:00")),
        again: true,
        new: 12,
        cured: 3,
        cured_items: (91..94).map(cured).collect(),
        mark: Doable::Open,
    }
}

/// The answer to whatever is asked.
pub(crate) fn answer(asked: &NationalAsked) -> NationalAnswer {
    match (&asked.school, asked.who) {
        (None, _) => {
            let items = (1..=40).map(school).collect();
            NationalAnswer::Schools(NationalSchools { total: 40, items, next: None })
        }
        (Some(_), None) => NationalAnswer::School(Box::new(diff())),
        (Some(_), Some(who)) => {
            let of = item(who.student.map_or(1, |id| id.0 as u32));
            let row = |field: &str, here: &str, there: Option<&str>| SideRow {
                field: field.into(),
                here: Some(here.into()),
                there: there.map(str::to_owned),
                differs: of.fields.iter().any(|one| one.field == field),
            };
            let there = |text: &'static str| of.who.line.map(|_| text);
            NationalAnswer::Student(Box::new(NationalSides {
                rows: vec![
                    row("student_no", "G410782********803X", there("G410782********803X")),
                    row("id_no", "410782********803X", there("410782********803X")),
                    row("name", "演练甲", there("演练乙")),
                    row("major_code", "610101 作物生产技术", there("720301 药剂")),
                    row("status", "在读（已注册未备案）", there("休学")),
                ],
                marks: vec![(Some(KeySystem::National), at("2025-10-13T10:00"), "演练王录入".into())],
                item: of,
            }))
        }
    }
}
