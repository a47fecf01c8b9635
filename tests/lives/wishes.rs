//! What a school may ask for on a student's file: for every kind, details as a clerk could type them, right or wrong.

use super::chance::Chance;
use super::county::MAJORS;
use chrono::Days;
use xueji::model::{Day, Details, Kind, Leave, Newcomer, OfficeId, Period, PersonalField, Sex, Student, StudyForm};

/// Details of this kind for this student on this day. Whether the law lets it is not asked here.
pub(crate) fn details(kind: Kind, student: &Student, today: Day, schools: &[OfficeId], chance: &mut Chance) -> Details {
    let ground = "演练事由".to_owned();
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap().max(student.entry);
    match kind {
        Kind::Suspension => {
            let from = today + Days::new(chance.below(30));
            let period = Period { from, until: from + Days::new(30 + chance.below(400)) };
            Details::Suspension { period, ground }
        }
        Kind::Resumption => {
            let first = student.suspension.map_or(today, |granted| granted.from.max(today));
            Details::Resumption { on: first + Days::new(chance.below(20)), years: chance.below(3) as u8, ground }
        }
        Kind::Repetition => Details::Repetition { years: 1 + chance.below(2) as u8, ground },
        Kind::MajorChange => {
            let others: Vec<&str> = MAJORS.iter().copied().filter(|code| *code != student.major.as_str()).collect();
            Details::MajorChange { to: (*chance.pick(&others)).into(), ground }
        }
        Kind::Withdrawal => Details::Withdrawal { ground },
        Kind::Restoration => Details::Restoration { ground },
        Kind::Annulment => Details::Annulment { ground },
        Kind::Death => Details::Death { on: ago(chance.below(5)), ground },
        Kind::Other => Details::Other { title: "演练业务".to_owned(), ground },
        Kind::Correction => {
            let handed_in_on = ago(chance.below(25));
            let (field, to) = match chance.below(5) {
                0 => (PersonalField::Name, format!("演练改名{}", chance.below(1000))),
                1 => (PersonalField::Sex, if chance.percent(50) { "男" } else { "女" }.to_owned()),
                2 => (PersonalField::Birth, format!("2008-0{}-1{}", 1 + chance.below(9), chance.below(10))),
                3 => (PersonalField::IdNumber, format!("41078220080305{:04}", chance.below(10_000))),
                _ => (PersonalField::Ethnic, (*chance.pick(&["汉族", "回族", "满族"])).to_owned()),
            };
            Details::Correction { handed_in_on, field, to, ground }
        }
        Kind::Transfer => {
            let others: Vec<&OfficeId> = schools.iter().filter(|school| **school != student.school).collect();
            let to = (*chance.pick(&others)).clone();
            Details::Transfer { handed_in_on: ago(chance.below(8)), to, ground }
        }
        // `some_kind` and the table keep these out (`tests/service/joining.rs`).
        Kind::Duplicate | Kind::ComingOver | Kind::Junior => unreachable!("{kind:?} is not lived here"),
        Kind::MoveOut => Details::MoveOut {
            handed_in_on: ago(chance.below(8)),
            to_province: (*chance.pick(&["420000", "320000"])).to_owned(),
            to_school: "外省演练学校".to_owned(),
            to_office: String::new(),
            ground,
        },
        Kind::MoveIn => Details::MoveIn {
            reached_on: today.checked_sub_days(Days::new(chance.below(8))).unwrap(),
            reference: format!("YL{}", chance.below(1_000_000)),
            from_province: "420000".to_owned(),
            from_school: "外省演练学校".to_owned(),
            from_office: String::new(),
            person: Box::new(newcomer(chance)),
            ground,
        },
        Kind::FormChange => {
            let to = *chance.pick(&[StudyForm::FullTime, StudyForm::PartTime]);
            Details::FormChange { to, plan: (*chance.pick(&["", "PY-1"])).to_owned(), ground }
        }
        Kind::GradeSkip => Details::GradeSkip { ground },
        Kind::EarlyGraduation => Details::EarlyGraduation {
            half_years: 1 + chance.below(3) as u8,
            credits_required: 170,
            credits_earned: *chance.pick(&[170, 169, 180]),
            ground,
        },
        Kind::Graduation => {
            let leave = *chance.pick(&[Leave::Graduation, Leave::Completion]);
            Details::Graduation { leave, received_on: Some(ago(chance.below(30))), ground }
        }
    }
}

/// Somebody from another province, with a passport: nobody here has its number.
fn newcomer(chance: &mut Chance) -> Newcomer {
    let number = chance.below(1_000_000_000);
    Newcomer {
        name: format!("演练外{}", number % 1000),
        sex: Some(Sex::Female),
        birth: "2008-03-04".parse().ok(),
        id_kind: "A".to_owned(),
        id_no: format!("YL{number:09}"),
        ethnic: "汉族".to_owned(),
        student_no: format!("WS{number:09}"),
        class_name: String::new(),
        major: (*chance.pick(&MAJORS)).into(),
        study_form: StudyForm::FullTime,
        half_years: 6,
        entry: "2024-09-01".parse().unwrap(),
        planned_grad: "2027-07-01".parse().unwrap(),
        joint: None,
    }
}

/// The papers a school brings for it, by the names the text has for them.
pub(crate) fn papers(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Correction => &["派出所户籍单", "户口簿户主页", "户口簿本人页"],
        Kind::Transfer | Kind::MoveOut => &["转学申请（本人书写）"],
        _ => &["演练证明"],
    }
}
