//! Records, changes and folders for the tests of the store.

use std::path::{Path, PathBuf};
use xueji::model::*;
use xueji::store::{OpenReport, Options, SledStore, Store, StoreError};

pub(crate) const SCHOOL: &str = "3641990001";
pub(crate) const COUNTY: &str = "410782";

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> Stamp {
    text.parse().unwrap()
}

pub(crate) fn facts(revision: u64) -> Record {
    Record::Facts(StoreFacts {
        revision,
        made: at("2025-09-01T08:00"),
        office: COUNTY.into(),
        exercise: Some(at("2025-10-15T09:00")),
    })
}

pub(crate) fn office(code: &str, revision: u64) -> Record {
    Record::Office(Office {
        id: code.into(),
        revision,
        name: "演练一县教育局".into(),
        level: Level::County,
        parent: Some("410700".into()),
        school: None,
    })
}

pub(crate) fn school(code: &str, revision: u64) -> Record {
    Record::Office(Office {
        id: code.into(),
        revision,
        name: "演练第一中专".into(),
        level: Level::School,
        parent: Some(COUNTY.into()),
        school: Some(SchoolFacts {
            region_code: COUNTY.into(),
            sponsor: Sponsor::County,
            competent_office: None,
            credit_system: true,
            campuses: vec!["东校区".into()],
        }),
    })
}

pub(crate) fn major() -> Record {
    Record::Major(Major {
        code: "710205".into(),
        revision: 1,
        name: "大数据技术应用".into(),
        category: "电子与信息大类".into(),
        provincial: false,
    })
}

pub(crate) fn account(name: &str, revision: u64) -> Record {
    Record::Account(Account {
        id: name.into(),
        revision,
        person: format!("p-{name}").as_str().into(),
        name: "张经办".into(),
        office: COUNTY.into(),
        posts: vec![Post::Handler, Post::Keeper],
        os_user: Some("zhang".into()),
        active: true,
    })
}

pub(crate) fn student(number: u64, revision: u64) -> Record {
    Record::Student(Box::new(Student {
        id: StudentId(number),
        revision,
        student_no: format!("G41078220240{number:07}"),
        name: "演练甲".into(),
        sex: Sex::Female,
        birth: day("2008-03-04"),
        id_kind: "1".into(),
        id_no: format!("41078220080304{number:03}X"),
        ethnic: "汉族".into(),
        school: SCHOOL.into(),
        campus: "东校区".into(),
        class_name: "24大数据1班".into(),
        major: "710205".into(),
        study_form: StudyForm::FullTime,
        half_years: 6,
        entry: day("2024-09-01"),
        planned_grad: day("2027-07-01"),
        status: Status::Enrolled,
        status_since: day("2024-11-01"),
        suspension: Some(Period { from: day("2025-03-01"), until: day("2025-08-31") }),
        repeated: 0,
        compulsory_until: None,
        history: vec![StatusChange {
            from: Some(Status::Registered),
            to: Status::Enrolled,
            on: day("2024-11-01"),
            application: Some(ApplicationId::new(2024, 3)),
            article: "8".into(),
        }],
        former: vec![FormerValue {
            field: PersonalField::IdNumber,
            value: format!("41078220080304{number:03}1"),
            until: day("2025-03-01"),
            application: Some(ApplicationId::new(2025, 3)),
        }],
        joint: Some(Joint { study_school: SCHOOL.into(), partner_school: "3641000099".into() }),
        entry_facts: EntryFacts {
            cohort: Some((2024, Season::Autumn)),
            enrolled_on: Some(day("2024-09-01")),
            registered_on: Some(day("2024-09-20")),
            filed_on: Some(day("2024-11-01")),
            entrant: Some(Entrant::JuniorPupil(5)),
            programme: Programme::ThreePlusTwo,
            approval: "豫教〔2024〕0号".into(),
            length_rule: "R10.2".into(),
            length_reason: "本人要求".into(),
            admission: "2024-0001".into(),
            training_plan: "方案一".into(),
            failures: vec![FilingFailure {
                on: day("2024-10-20"),
                fault: FilingFault::WrongInformation,
                reasons: "校区".into(),
            }],
            cells: TemplateCells::pack([(12, "住校"), (34, "13900000000")]),
        },
    }))
}

pub(crate) fn signature(person: &str, post: Post) -> Signature {
    Signature {
        account: person.into(),
        person: person.into(),
        name: "李某".into(),
        office: COUNTY.into(),
        post,
        on_behalf: None,
    }
}

pub(crate) fn act(verb: Verb, person: &str) -> Act {
    Act { verb, by: signature(person, Post::Handler), at: at("2025-10-14T10:00") }
}

pub(crate) fn clock() -> Clock {
    Clock { rule: "R13.2".into(), article: "13".into(), budget: 10, started: day("2025-10-10"), reference: false }
}

/// At the county, a round begun.
pub(crate) fn application(id: ApplicationId, student: u64, revision: u64) -> Application {
    let mut begun = Round::begun(at("2025-10-09T09:00"), None);
    begun.acts.push(act(Verb::Proposed(Outcome::Approve, vec![]), "e1"));
    begun.acts.push(act(Verb::Agreed(Outcome::Approve), "r1"));
    begun.ending = Some(Ending {
        outcome: Outcome::Approve,
        by: signature("r1", Post::Review),
        at: at("2025-10-10T09:00"),
        due: None,
        calendar: "2025".into(),
        provisional: false,
        used: 1,
        late: 0,
    });
    Application {
        id,
        revision,
        details: Details::Suspension {
            period: Period { from: day("2025-11-01"), until: day("2026-10-31") },
            ground: "因病".into(),
        },
        phase: Phase::Open,
        student: StudentId(student),
        school: SCHOOL.into(),
        started_at: at("2025-10-09T08:00"),
        started_by: signature("e1", Post::Entry),
        steps: vec![
            Step {
                hand: SCHOOL.into(),
                role: StepRole::StartingSchool,
                time: None,
                rounds: vec![begun],
                outside: None,
            },
            Step {
                hand: COUNTY.into(),
                role: StepRole::Authority,
                time: None,
                rounds: vec![Round::begun(at("2025-10-10T09:00"), Some(clock()))],
                outside: None,
            },
        ],
        current: 1,
        returning: None,
        evidence: vec![],
        cancelled: None,
        filings: vec![],
        sync: xueji::model::Sync::default(),
        asides: vec![],
        parked: None,
        assigned: None,
        batch: None,
    }
}

/// Everything an application can hold.
pub(crate) fn full_application() -> Application {
    let mut full = application(ApplicationId::new(2025, 77), 12, 9);
    full.batch = Some(Membership { batch: BatchId::new(2025, 7), apart: true });
    let reason = Reason { article: Some("13".into()), material: None, text: "缺诊断证明".into() };
    full.steps[1].rounds[0].proposal = Some(Proposal {
        outcome: Outcome::Return,
        reasons: vec![reason.clone()],
        by: signature("h1", Post::Handler),
        at: at("2025-10-14T10:00"),
        external: None,
    });
    full.steps[1].rounds[0].acts = vec![
        act(Verb::Proposed(Outcome::Refuse, vec![reason.clone()]), "h1"),
        act(Verb::SentBack("再核".into()), "v1"),
        act(Verb::Proposed(Outcome::Return, vec![reason]), "h1"),
        act(Verb::ProposalWithdrawn, "h1"),
        act(Verb::AgreementWithdrawn, "v1"),
    ];
    full.returning = Some(1);
    full.evidence = vec![Attachment {
        digest: Digest("ab".repeat(32)),
        kind: "诊断证明".into(),
        name: "诊断.pdf".into(),
        size: 12345,
        original_place: Some("校档案室".into()),
        by: signature("e1", Post::Entry),
        at: at("2025-10-09T08:30"),
    }];
    full.cancelled = Some(Cancellation {
        reason: "误报".into(),
        by: signature("e1", Post::Entry),
        at: at("2025-10-15T08:30"),
        clock: None,
    });
    full.steps[1].outside =
        Some(Outside { name: "演练省外学校".into(), province: "130000".into(), school: true });
    full.filings = vec![ProvinceFiling {
        province: "130000".into(),
        on: day("2025-10-13"),
        document: "演教备〔2025〕1号".into(),
        by: signature("e1", Post::Entry),
        at: at("2025-10-14T08:30"),
    }];
    let reached = || Reached { on: day("2025-10-14"), by: signature("e1", Post::Entry), at: at("2025-10-15T08:30") };
    full.sync = xueji::model::Sync {
        national: Some(reached()),
        module: None,
        taken_back: vec![TakenBack {
            milestone: Milestone::Module,
            was: reached(),
            reason: "填错".into(),
            by: signature("e1", Post::Entry),
            at: at("2025-10-15T09:30"),
        }],
    };
    let away = OnBehalf { account: "li".into(), person: "p2".into(), name: "李".into() };
    let by = Signature { on_behalf: Some(away), ..signature("h1", Post::Handler) };
    let aside = |what| Aside { step: 1, what, by: by.clone(), at: at("2025-10-14T11:00") };
    let until = day("2025-10-20");
    full.asides = vec![
        aside(Beside::Remarked("已电话联系".into())),
        aside(Beside::Parked { until, remark: "等原件".into() }),
        aside(Beside::Resumed),
        aside(Beside::HandedOver { to: "wang".into(), name: "王".into(), remark: String::new() }),
    ];
    full.parked = Some(Parked { until, remark: "等原件".into(), by: by.clone(), at: at("2025-10-14T11:00") });
    full.assigned = Some(Assigned { account: "wang".into(), person: "p3".into(), name: "王".into() });
    full
}

pub(crate) fn answer(number: u128) -> Record {
    let command = CommandId::from_u128(number);
    Record::Answer(Answer { command, request: [7; 16], seq: 0, answer: "{\"ok\":{}}".into() })
}

/// What belongs to one account.
pub(crate) fn desk() -> Record {
    Record::Desk(DeskRecord {
        account: "zhang".into(),
        revision: 2,
        substitutions: vec![Substitution {
            on_behalf: "li".into(),
            from: day("2025-10-15"),
            until: day("2025-10-20"),
            by: "li".into(),
            at: at("2025-10-14T11:00"),
        }],
        views: vec![SavedView { name: "急".into(), limit: "{\"light\":\"near\"}".into() }],
    })
}

pub(crate) fn calendar_year() -> Record {
    let day = |date: &str, kind, name: &str| CalendarDay { date: date.parse().unwrap(), kind, name: name.into() };
    Record::CalendarYear(CalendarYear {
        year: 2027,
        revision: 1,
        document: "国办发明电〔2026〕0号".into(),
        loaded: "2026-11-23".parse().unwrap(),
        days: vec![day("2027-01-01", CalendarKind::Holiday, "元旦"), day("2027-01-03", CalendarKind::Workday, "元旦")],
    })
}

pub(crate) fn reminders() -> Record {
    Record::Reminders(Reminders {
        application: ApplicationId::new(2025, 77),
        revision: 1,
        list: vec![Urge {
            what: Urging::Remind,
            text: "请于本周内办结".into(),
            by: signature("s1", Post::Supervisor),
            at: at("2025-10-15T08:45"),
            step: 1,
            round: 0,
        }],
    })
}

pub(crate) fn qualification() -> Record {
    let offer = |campus: &str, form, half_years| Offer {
        major: "660301".into(),
        campus: campus.into(),
        form,
        half_years,
        plan: 300,
    };
    Record::Qualification(Box::new(Qualification {
        school: SCHOOL.into(),
        year: 2025,
        season: Season::Autumn,
        revision: 2,
        document: "教职成〔2025〕0号".into(),
        published: "2025-05-20".parse().unwrap(),
        offers: vec![offer("本部", StudyForm::FullTime, 6), offer("东校区", StudyForm::PartTime, 12)],
    }))
}

pub(crate) fn put(record: Record, based_on: u64) -> Write {
    Write { record, based_on }
}

pub(crate) fn new(record: Record) -> Write {
    put(record, 0)
}

pub(crate) fn change(writes: Vec<Write>) -> Change {
    Change { writes, actor: None, at: at("2025-10-15T09:00"), command_id: None, command: "{\"do\":\"test\"}".into() }
}

/// Three entries, small.
pub(crate) fn fill(store: &dyn Store) {
    store.commit(&[change(vec![new(facts(1))])]).unwrap();
    store.commit(&[change(vec![new(school(SCHOOL, 1)), new(student(1, 1))])]).unwrap();
    let id = ApplicationId::new(2025, 1);
    let started = Record::Application(Box::new(application(id, 1, 1)));
    store.commit(&[change(vec![new(started), new(answer(1))])]).unwrap();
}

pub(crate) fn open_with(folder: &Path, options: Options) -> Result<(SledStore, OpenReport), StoreError> {
    SledStore::open(folder, options, &mut |_| {})
}

pub(crate) fn open(folder: &Path) -> Result<(SledStore, OpenReport), StoreError> {
    open_with(folder, Options { cache_bytes: 1 << 20, ..Options::default() })
}

/// A closed store of three entries.
pub(crate) fn small_store() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    SledStore::create(folder.path()).unwrap();
    let (store, _) = open(folder.path()).unwrap();
    fill(&store);
    store.close().unwrap();
    folder
}

pub(crate) fn segment(folder: &Path, first: u64) -> PathBuf {
    folder.join("journal").join(format!("{first:020}.xj"))
}

/// A copy of a whole folder, as a crash or a backup leaves one.
pub(crate) fn copy(from: &Path) -> tempfile::TempDir {
    fn tree(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for item in std::fs::read_dir(from).unwrap() {
            let item = item.unwrap();
            let target = to.join(item.file_name());
            if item.file_type().unwrap().is_dir() {
                tree(&item.path(), &target);
            } else {
                std::fs::copy(item.path(), target).unwrap();
            }
        }
    }
    let to = tempfile::tempdir().unwrap();
    tree(from, to.path());
    to
}

/// Forgets how far the journal was: what a machine looks like that lost power before anything was noted.
pub(crate) fn forget_markers(folder: &Path) {
    for name in ["clean", "known"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
}

/// A submitted batch of three.
pub(crate) fn batch() -> Record {
    Record::Batch(Box::new(Batch {
        id: BatchId::new(2025, 7),
        revision: 2,
        school: SCHOOL.into(),
        to: "3641000002".into(),
        handed_in_on: day("2025-10-10"),
        members: (1..=3).map(|number| ApplicationId::new(2025, number)).collect(),
        size: 3,
        submitted_at: Some(at("2025-10-13T10:00")),
        started_at: at("2025-10-13T09:00"),
        started_by: signature("e1", Post::Entry),
    }))
}

fn done(on: &str) -> Done {
    let by = Signature {
        account: "zhang".into(),
        person: "p1".into(),
        name: "张".into(),
        office: COUNTY.into(),
        post: Post::Handler,
        on_behalf: None,
    };
    Done { on: on.parse().unwrap(), by, at: at("2027-06-11T09:00") }
}

pub(crate) fn leaving() -> Record {
    let certificate = Certificate {
        leave: Leave::Completion,
        year: 2027,
        proposed: done("2027-06-11"),
        number: Some("20274107823641000001000042".into()),
        printed: Some(done("2027-06-12")),
        delivered: Some((done("2027-06-13"), "演练签收人".into())),
        awarded: Some((done("2027-06-14"), "本人".into())),
        voided: Some((done("2027-06-12"), "印错".into())),
    };
    Record::Leaving(Box::new(Leaving {
        student: StudentId(7),
        revision: 5,
        statement: SchoolStatement {
            photo: Some("aa".into()),
            hours_done: true,
            exam_passed: false,
            plan: "PY-1".into(),
            study_file: "XD-1".into(),
        },
        certificates: vec![certificate],
    }))
}

pub(crate) fn graduates() -> Record {
    Record::GraduateList(Box::new(GraduateList {
        school: SCHOOL.into(),
        year: 2027,
        revision: 2,
        checked: vec![done("2027-06-01")],
        kept: Some((done("2027-06-30"), "甲柜".into())),
        names: vec![(StudentId(7), "演练甲".into(), "20274107823641000001000042".into())],
    }))
}

pub(crate) fn succession() -> Record {
    let Done { on, by, at } = done("2027-07-01");
    Record::Succession(Succession {
        school: SCHOOL.into(),
        revision: 1,
        merged: true,
        keeper: "3641000002".into(),
        decision: "演练〔2027〕1号".into(),
        on,
        by,
        at,
    })
}
