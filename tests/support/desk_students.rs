//! Invented students for the desk's tests, and a stand-in for the search.

use super::desk_county::{day, id, row};
use xueji::model::{
    Certificate, Day, Done, Leave, MajorCode, Outcome, Period, Phase, Post, SchoolStatement, Sex, Signature, Stamp,
    Status, StatusChange, Student, StudentId, StudyForm,
};
use xueji::text::initials;
use xueji::wire::{
    EndOfStudy, QueueRow, Revealed, StudentBrief, StudentCase, StudentLogBy, StudentLogPage, StudentLogRequest,
    StudentLogRow, StudentView,
};

const NAMES: [&str; 6] = ["单小雨", "孙晓燕", "司马光明", "阿依古丽·买买提江", "单雨", "尉迟𬭎"];
const STATUSES: [Status; 3] = [Status::Enrolled, Status::Suspended, Status::Registered];

fn number(n: u64) -> String {
    format!("41090120080101{n:03}X")
}

fn name(n: u64) -> String {
    let more = "文武斌杰伟强磊军洋勇艳敏静丽娟霞芳燕玲桂英华平刚辉健明";
    let given = |at: u64| more.chars().nth(at as usize % more.chars().count()).unwrap();
    match NAMES.get(n as usize - 1) {
        Some(name) => (*name).to_owned(),
        None => format!("孙{}{}", given(n), given(n / 7)),
    }
}

fn student(n: u64) -> Student {
    let status = STATUSES[(n % 3) as usize];
    Student {
        id: StudentId(n),
        revision: 2,
        student_no: format!("G{}", number(n)),
        name: name(n),
        sex: if n.is_multiple_of(2) { Sex::Male } else { Sex::Female },
        birth: day("2008-01-01"),
        id_kind: "1".into(),
        id_no: number(n),
        ethnic: if n == 4 { "维吾尔族" } else { "汉族" }.into(),
        school: "3641000001".into(),
        campus: "东校区".into(),
        class_name: format!("24计应{n}班"),
        major: MajorCode("710201".into()),
        study_form: StudyForm::FullTime,
        half_years: 6,
        entry: day("2024-09-01"),
        planned_grad: day("2027-07-01"),
        status,
        status_since: day("2025-03-01"),
        suspension: (status == Status::Suspended).then(|| Period { from: day("2025-03-01"), until: day("2026-02-28") }),
        repeated: 0,
        compulsory_until: None,
        entry_facts: Default::default(),
        history: vec![change(None, Status::Registered, "2024-09-01", None, "8"), {
            change(Some(Status::Registered), Status::Enrolled, "2024-11-20", Some(3), "10¶1")
        }],
        former: Vec::new(),
        joint: None,
    }
}

fn change(from: Option<Status>, to: Status, on: &str, application: Option<u32>, article: &str) -> StatusChange {
    let on: Day = on.parse().unwrap();
    StatusChange { from, to, on, application: application.map(id), article: article.into() }
}

fn brief(student: &Student) -> StudentBrief {
    StudentBrief {
        id: student.id,
        name: student.name.clone(),
        student_no: xueji::text::mask_id(&student.student_no),
        id_no: xueji::text::mask_id(&student.id_no),
        status: student.status,
        class_name: student.class_name.clone(),
        ..super::desk_county::student(&row(student.id.0 as u32))
    }
}

/// Whoever's name or initials hold the text; the ids from 1 to 60 are given out.
pub(crate) fn found(text: &str) -> Vec<StudentBrief> {
    let fits = |student: &Student| student.name.contains(text) || initials(&student.name).contains(text);
    (1..=60).map(student).filter(fits).map(|student| brief(&student)).collect()
}

/// The record with so many applications, the first of them open.
pub(crate) fn view(of: StudentId, cases: u32) -> StudentView {
    let mut student = student(of.0);
    let brief = brief(&student);
    student.student_no = brief.student_no.clone();
    student.id_no = brief.id_no.clone();
    let applications = (1..=cases).rev().map(|n| {
        let row = (n == 1).then(|| QueueRow { student: of, student_name: student.name.clone(), ..row(1) });
        let status = if n == 1 { Phase::Open } else { Phase::Granted };
        StudentCase {
            id: id(n),
            kind: row.as_ref().map_or(xueji::model::Kind::Suspension, |row| row.kind),
            status,
            started: stamp(),
            row,
        }
    });
    let applications: Vec<StudentCase> = applications.collect();
    let paper = |one: &StudentCase| {
        let piece = super::desk_county::case(&row(one.id.number())).evidence.swap_remove(0);
        xueji::wire::StudentPaper { application: one.id, kind: one.kind, piece }
    };
    let papers = applications.iter().map(paper).collect();
    StudentView {
        student: Box::new(student),
        brief,
        applications,
        papers,
        alerts: Vec::new(),
        attendance: None,
        end: Some(end()),
    }
}

/// A certificate on its way, after one that was misprinted.
fn end() -> EndOfStudy {
    let signed = |name: &str, post: Post| Signature {
        account: name.into(),
        person: name.into(),
        name: name.into(),
        office: "410000".into(),
        post,
        on_behalf: None,
    };
    let done =
        |day: &str, name: &str, post: Post| Done { on: day.parse().unwrap(), by: signed(name, post), at: stamp() };
    let printed = |number: &str| Certificate {
        leave: Leave::Graduation,
        year: 2027,
        proposed: done("2027-06-11", "宋省", Post::Handler),
        number: Some(number.into()),
        printed: Some(done("2027-06-12", "黎明", Post::Reviewer)),
        delivered: None,
        awarded: None,
        voided: None,
    };
    let voided = Some((done("2027-06-13", "宋省", Post::Handler), "姓名印错".to_owned()));
    let delivered = Some((done("2027-06-14", "宋省", Post::Handler), "校务处老师".to_owned()));
    EndOfStudy {
        year: 2027,
        statement: Some(SchoolStatement {
            photo: None,
            hours_done: true,
            exam_passed: true,
            plan: String::new(),
            study_file: String::new(),
        }),
        certificates: vec![
            Certificate { voided, ..printed("2027410782364100000100001") },
            Certificate { delivered, ..printed("2027410782364100000100002") },
        ],
        findings: Vec::new(),
        lost: "遗失证书的毕业生可以通过“河南政务服务网”申请学历证明书。".to_owned(),
    }
}

/// So many entries there are of every student.
const ENTRIES: u64 = 120;

/// A page of what was done: every tenth entry a reading, every third in the place of somebody.
pub(crate) fn log(asked: &StudentLogRequest) -> StudentLogPage {
    let before = asked.before.unwrap_or(ENTRIES + 1);
    let seqs: Vec<u64> = (1..before).rev().take(asked.count as usize).collect();
    let row = |seq: u64| {
        let (what, outcome, agree) = match seq % 5 {
            _ if seq.is_multiple_of(10) => ("students.reveal", None, None),
            0 => ("applications.submit", None, None),
            1 => ("applications.propose", Some(Outcome::Return), None),
            2 => ("applications.decide", None, Some(true)),
            3 => ("evidence.record", None, None),
            _ => ("something.new", None, None),
        };
        let reading = what == "students.reveal";
        StudentLogRow {
            seq,
            at: stamp(),
            by: Some(StudentLogBy {
                name: "单立".into(),
                office: "410782".into(),
                office_name: "辉县市教育体育局（演练）".into(),
                posts: vec![Post::Handler],
                on_behalf: seq.is_multiple_of(3).then(|| "尉迟恭".into()),
            }),
            what: what.into(),
            application: (!reading).then(|| id(1)),
            kind: (!reading).then_some(xueji::model::Kind::Suspension),
            outcome,
            agree,
            reading,
        }
    };
    let next = seqs.last().copied().filter(|seq| *seq > 1);
    StudentLogPage { total: ENTRIES, items: seqs.into_iter().map(row).collect(), next }
}

fn stamp() -> Stamp {
    "2025-09-25T09:00".parse().unwrap()
}

/// The numbers whole.
pub(crate) fn revealed(of: StudentId) -> Revealed {
    let student = student(of.0);
    Revealed {
        student: of,
        id_no: student.id_no,
        student_no: student.student_no,
        former: student.former,
        at: "2025-10-15T09:00".parse().unwrap(),
    }
}
