//! Screen 7 for tests of the desk: forty schools, and the fifty-three students of one who differ.

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
    // Two in a hundred of twelve hundred are twenty-four: the thirtieth stands at the line exactly.
    let differing = 54 - n;
    let thousandths = (differing * 100_000 + 600) / 1200;
    NationalSchool {
        loaded: Some(at("2025-10-14T09:00")),
        loaded_by: "演练系统管理".into(),
        load: 2,
        students_here: 1201,
        students_national: 1200,
        differing_students: differing,
        percent: format!("{}.{:03}", thousandths / 1000, thousandths % 1000),
        fm5: n < 30,
        left: i64::from(n) - 30,
        fields_differ: differing - 17,
        missing_here: 8,
        missing_there: 9,
        ..none
    }
}

/// The line there of the student that is perhaps the same one.
fn line(n: u32) -> u32 {
    if n.is_multiple_of(6) { n + 97 } else { n + 100 }
}

fn item(n: u32) -> NationalItem {
    let kind = match n % 6 {
        0 => NationalKind::MissingHere,
        3 => NationalKind::MissingThere,
        _ => NationalKind::FieldsDiffer,
    };
    let field =
        |field: &str, here: &str, there: &str| TwoSides { field: field.into(), here: here.into(), there: there.into() };
    NationalItem {
        kind,
        student_no: "G410782********803X".into(),
        name: match n {
            4 => "阿卜杜热合曼·买买提江".into(),
            5 => "𠮷演练".into(),
            _ => format!("演练学生{n}"),
        },
        fields: match n % 3 {
            0 => Vec::new(),
            1 => vec![field("status", "在读", "休学")],
            _ => vec![field("name", "演练甲", "演练乙"), field("major_code", "610101", "720301")],
        },
        note: match n {
            6 => Some("in the module at 3641990002".into()),
            9 => Some("in the national system at a school outside your jurisdiction".into()),
            _ => None,
        },
        who: match kind {
            NationalKind::MissingHere => NationalWho { student: None, line: Some(line(n)) },
            NationalKind::MissingThere => NationalWho { student: Some(StudentId(u64::from(n))), line: None },
            NationalKind::FieldsDiffer => NationalWho { student: Some(StudentId(u64::from(n))), line: Some(n) },
        },
        class_name: if n == 7 {
            "25现代农艺技术与装备班".into()
        } else {
            format!("25机电{}班", n / 10 + 1)
        },
        by: (kind == NationalKind::FieldsDiffer).then(|| if n == 8 { "former" } else { "number" }.into()),
        system: if n < 50 { KeySystem::National } else { KeySystem::Module },
        keyed: n.is_multiple_of(4).then(|| KeyedView {
            system: KeySystem::National,
            at: at("2025-10-13T10:00"),
            by: "演练王录入".into(),
            in_vain: n.is_multiple_of(8),
        }),
        new: n.is_multiple_of(5),
        application: (n == 10).then(|| "2025-000010".parse().unwrap()),
        perhaps: (n < 10 && n.is_multiple_of(3)).then(|| line(n)),
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
    let items: Vec<NationalItem> = (1..=53).map(item).collect();
    let count = |wanted: &dyn Fn(&NationalItem) -> bool| items.iter().filter(|item| wanted(item)).count() as u32;
    NationalDiff {
        school: school(1),
        by_kind: [("missing_there".to_owned(), 9)].into(),
        total: 53,
        next: None,
        keyed: count(&|item| item.keyed.is_some()),
        in_vain: count(&|item| item.keyed.as_ref().is_some_and(|keyed| keyed.in_vain)),
        since: Some(at("2025-10-01T09:00")),
        again: true,
        new: count(&|item| item.new),
        items,
        cured: 3,
        cured_items: (91..94).map(cured).collect(),
        mark: Doable::Open,
    }
}

/// A school in which nobody differs.
fn equal() -> NationalDiff {
    let school = NationalSchool {
        differing_students: 0,
        percent: "0.000".into(),
        fm5: false,
        left: 24,
        fields_differ: 0,
        missing_here: 0,
        missing_there: 0,
        ..school(30)
    };
    let diff = diff();
    NationalDiff {
        school,
        total: 0,
        items: Vec::new(),
        keyed: 0,
        in_vain: 0,
        new: 0,
        cured: 0,
        cured_items: Vec::new(),
        ..diff
    }
}

/// The answer to whatever is asked.
pub(crate) fn answer(asked: &NationalAsked) -> NationalAnswer {
    match (&asked.school, asked.who) {
        (None, _) => {
            let items = (1..=40).map(school).collect();
            NationalAnswer::Schools(NationalSchools { total: 40, items, next: None })
        }
        (Some(id), None) if id.as_str().ends_with("30") => NationalAnswer::School(Box::new(equal())),
        (Some(_), None) => NationalAnswer::School(Box::new(diff())),
        (Some(_), Some(who)) => {
            let of = item(who.student.map_or_else(|| who.line.unwrap() - 97, |id| id.0 as u32));
            let row = |field: &str, here: &str, there: Option<&str>| SideRow {
                field: field.into(),
                here: who.student.map(|_| here.to_owned()),
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
                marks: vec![
                    (None, at("2025-10-12T10:00"), "演练王录入".into()),
                    (Some(KeySystem::National), at("2025-10-13T10:00"), "演练王录入".into()),
                ],
                item: of,
            }))
        }
    }
}
