//! Records of the reconciliation, for the frozen bytes.

use crate::support::{SCHOOL, at, day};
use xueji::model::*;

fn by() -> Signature {
    Signature {
        account: "keeper".into(),
        person: "p9".into(),
        name: "演练系统管理".into(),
        office: "410782".into(),
        post: Post::Keeper,
        on_behalf: None,
    }
}

fn line(number: &str, student_no: &str) -> NationalLine {
    NationalLine {
        id_no: number.into(),
        id_kind: "1".into(),
        student_no: student_no.into(),
        name: "演练甲".into(),
        sex: Some(Sex::Female),
        birth: Some(day("2009-03-01")),
        entry: Some(day("2025-09-01")),
        major: "610101".into(),
        study_form: StudyForm::FullTime,
        half_years: Some(6),
        status: Status::Suspended,
        class_name: "25农1班".into(),
    }
}

pub(crate) fn page() -> Record {
    let empty = NationalLine { sex: None, birth: None, entry: None, half_years: None, ..line("H1", "别的号") };
    let lines = [line("410782200903010001", "G410782200903010001"), empty];
    Record::NationalPage(Box::new(NationalPage::of(SCHOOL.into(), 2, 3, &lines)))
}

pub(crate) fn list() -> Record {
    Record::NationalList(Box::new(NationalList {
        school: SCHOOL.into(),
        revision: 4,
        load: 2,
        at: at("2025-10-15T09:00"),
        by: by(),
        digest: Digest("ab".into()),
        lines: 162,
        pages: 3,
        past: [Some(NationalPast { at: at("2025-10-15T09:00"), pages: 1, students: 1 }), None],
        pairs: vec![NationalPair {
            student: StudentId(12),
            number: "H1".into(),
            same: true,
            by: by(),
            at: at("2025-10-15T10:00"),
        }],
    }))
}

pub(crate) fn mark() -> Record {
    Record::NationalMark(NationalMark {
        school: SCHOOL.into(),
        number: "410782200903010001".into(),
        revision: 2,
        keyed: vec![
            Keyed {
                differing: Differing::fields(&[NationalField::Name, NationalField::Status]),
                system: Some(KeySystem::National),
                load: 1,
                by: by(),
                at: at("2025-10-15T10:00"),
            },
            Keyed { differing: Differing::ONLY_THERE, system: None, load: 2, by: by(), at: at("2025-10-15T11:00") },
        ],
    })
}

pub(crate) fn before() -> Record {
    Record::NationalBefore(NationalBefore {
        school: SCHOOL.into(),
        place: 1,
        page: 0,
        revision: 1,
        students: vec![DifferedThen {
            number: "410782200903010001".into(),
            name: "演练甲".into(),
            differing: Differing::ONLY_HERE,
        }],
    })
}
