//! Records of what keeps files right between applications, for the golden bytes.

use crate::support::*;
use xueji::model::*;

pub(crate) fn paper_file() -> Record {
    let (by, at) = (signature("e1", Post::Entry), at("2025-10-15T09:00"));
    let check = PaperCheck { on: day("2025-10-15"), difference: "住址".into(), by: by.clone(), at };
    Record::PaperFile(Box::new(PaperFile {
        student: StudentId(12),
        revision: 2,
        number: "2025-0012".into(),
        place: "档案室".into(),
        built_on: day("2025-09-15"),
        checks: vec![check],
        by,
        at,
    }))
}

pub(crate) fn demands() -> Record {
    let at = at("2025-10-15T09:00");
    let met = (day("2025-10-16"), "纸质证明".into(), signature("e1", Post::Entry), at);
    let (by, reason) = (signature("p1", Post::Handler), "存疑".into());
    Record::Demands(Box::new(Demands {
        application: ApplicationId::new(2025, 77),
        revision: 2,
        items: vec![Demand { what: Demanded::OnSite, reason, by, at, met: Some(met) }],
    }))
}

pub(crate) fn semester_check() -> Record {
    let (at, by) = (at("2025-12-22T09:00"), signature("p1", Post::Handler));
    let cleared = (day("2025-12-24"), "已更正".into(), signature("e1", Post::Entry), at);
    let (student, owner) = (Some(StudentId(12)), SCHOOL.into());
    Record::SemesterCheck(Box::new(SemesterCheck {
        school: SCHOOL.into(),
        year: 2025,
        season: Season::Autumn,
        revision: 2,
        problems: vec![Problem { student, text: "专业不符".into(), owner, by, at, cleared: Some(cleared) }],
    }))
}

/// A login that two persons share; the first has been guessed at twice.
pub(crate) fn login() -> Record {
    let hash = "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$0000000000000000000000000000000000000000000";
    let pin = |account: &str, wrong: u32, wrong_on: Option<Day>| Pin {
        account: account.into(),
        hash: hash.to_owned(),
        set_by: "keeper".into(),
        set_at: at("2025-10-15T09:00"),
        wrong,
        wrong_on,
    };
    let pins = vec![pin("zhang", 2, Some(day("2025-10-15"))), pin("li", 0, None)];
    Record::Login(Box::new(Login { user: "desk1".into(), revision: 3, shared: true, pins }))
}

pub(crate) fn periods() -> Record {
    let period = SavedPeriod { name: "秋季".into(), from: day("2025-09-01"), until: day("2026-01-31") };
    Record::BoardPeriods(BoardPeriods { account: "zhang".into(), revision: 2, periods: vec![period] })
}

pub(crate) fn compulsory_done() -> Record {
    Record::CompulsoryDone(Box::new(CompulsoryDone {
        student: StudentId(12),
        revision: 1,
        on: day("2025-09-25"),
        document: "演练义教证1号".into(),
        until: Some(day("2026-07-10")),
        by: signature("e1", Post::Entry),
        at: at("2025-10-15T09:00"),
    }))
}
