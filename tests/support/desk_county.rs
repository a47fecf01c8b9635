//! A fixed county for tests of the desk: one day, one office, invented people.

use std::collections::BTreeMap;
use xueji::model::{
    Account, Act, ApplicationId, Attachment, ClockReading, Day, Details, Finding, Kind, Level, Light, Office, Outcome,
    Period, Phase, Post, Proposal, Reason, Severity, Signature, Stamp, Status, StepRole, StudentId, Verb,
};
use xueji::wire::{
    AccountRow, AskedRow, BasisView, Beyond, CaseView, ChangeRow, Claim, DayRow, Doable, Hand, QueueRow, RoundView,
    RuleText, Standing, StepState, StepView, StudentBrief, Welcome, WhoAmI,
};

pub(crate) const COUNTY: &str = "演练一县教育局";
pub(crate) const SCHOOL: &str = "演练第一中专";

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> Stamp {
    text.parse().unwrap()
}

pub(crate) fn id(n: u32) -> ApplicationId {
    ApplicationId::new(2025, n)
}

pub(crate) fn sign(account: &str, name: &str, office: &str, post: Post) -> Signature {
    Signature {
        account: account.into(),
        person: account.into(),
        name: name.into(),
        office: office.into(),
        post,
        on_behalf: None,
    }
}

pub(crate) fn me(account: &str, name: &str, posts: &[Post], school: bool) -> WhoAmI {
    let office = if school {
        Office {
            id: "3641000001".into(),
            revision: 1,
            name: SCHOOL.into(),
            level: Level::School,
            parent: Some("410901".into()),
            school: None,
        }
    } else {
        Office {
            id: "410901".into(),
            revision: 1,
            name: COUNTY.into(),
            level: Level::County,
            parent: Some("410900".into()),
            school: None,
        }
    };
    WhoAmI {
        account: Account {
            id: account.into(),
            revision: 1,
            person: account.into(),
            name: name.into(),
            office: office.id.clone(),
            posts: posts.to_vec(),
            os_user: None,
            active: true,
        },
        office,
        os_user: "clerk".into(),
        exercise: true,
        now: at("2025-10-15T09:00"),
        calendar_until: day("2026-12-31"),
        warnings: Vec::new(),
        standing_in: Vec::new(),
    }
}

pub(crate) fn welcome(me: WhoAmI) -> Box<Welcome> {
    Box::new(Welcome { protocol: xueji::wire::PROTOCOL, version: "0.1.0".into(), me })
}

/// A clock with so many days left, read on 15 October 2025.
pub(crate) fn clock(left: i32) -> ClockReading {
    let light = match left {
        ..0 => Light::Overdue,
        0 => Light::Today,
        1..=3 => Light::Near,
        _ => Light::Green,
    };
    let today = day("2025-10-15");
    ClockReading {
        article: "13".into(),
        rule: "R13.2".into(),
        budget: 10,
        started: day("2025-09-26"),
        due: today + chrono::Duration::days(i64::from(left)),
        provisional: false,
        reference: false,
        left,
        light,
    }
}

const NAMES: [&str; 12] = [
    "演练甲",
    "演练乙",
    "甲乙",
    "演练欧阳",
    "阿卜杜热合曼·买买提江",
    "演练丙",
    "演练丁",
    "演练戊",
    "演练己",
    "演练庚",
    "演练辛",
    "演练壬",
];

const SCHOOLS: [&str; 3] = [SCHOOL, "演练职专", "演练一县现代农业与装备制造中等职业技术学校"];

pub(crate) fn row(n: u32) -> QueueRow {
    let left = [-12, -2, 0, 1, 3, 4, 5, 6, 7, 8, 9, 9][(n as usize - 1).min(11)];
    let mut clock = clock(left);
    if n == 7 {
        clock.provisional = true;
    }
    QueueRow {
        id: id(n),
        revision: 3,
        kind: Kind::Suspension,
        phase: Phase::Open,
        student: StudentId(u64::from(n)),
        student_name: NAMES[(n as usize - 1) % NAMES.len()].into(),
        school: SCHOOLS[(n as usize - 1) % 3].into(),
        hand: COUNTY.into(),
        hand_level: Level::County,
        standing: if n == 4 { Standing::SentBack } else { Standing::First },
        proposed: None,
        arrived: at("2025-09-26T10:20"),
        clock: Some(clock),
        claim: (n == 3).then(|| Claim {
            account: "xian-jb2".into(),
            name: "演练李四".into(),
            since: at("2025-10-15T08:41"),
        }),
        finding: (n == 2).then_some(Severity::Notice),
        waiting: None,
        urged: 0,
        parked: None,
        assigned: None,
        batch: None,
        alerts: Vec::new(),
    }
}

/// Nothing of a county's own case reaches beyond.
pub(crate) fn beyond() -> Beyond {
    let closed = |rule, because: &str| Doable::Closed(finding(rule, Severity::Block, because, "请等待该机构办理"));
    Beyond {
        external: closed("R4.1", "演练一县教育局在本系统有账号，由其自行办理"),
        file: closed("R12.6", "只有跨省转学须向两省备案"),
        sync: closed("R16.2", "本业务还没有办结，没有需要同步的"),
        unsync: closed("R16.2", "本业务还没有办结，没有需要同步的"),
        dispute: closed("R8.3", "只有重复学籍可以提出争议"),
        filings: vec![],
        waiting: None,
        national: None,
        module: None,
        taken_back: vec![],
    }
}

/// This colleague has it in hand.
#[allow(dead_code, reason = "shared with other tests")]
pub(crate) fn claim_by(name: &str) -> Claim {
    Claim { account: "xian-jb2".into(), name: name.into(), since: at("2025-10-15T08:41") }
}

pub(crate) fn finding(rule: &'static str, severity: Severity, because: &str, remedy: &str) -> Finding {
    Finding {
        rule: rule.into(),
        article: "13".into(),
        severity,
        derived: rule == "R13.7",
        because: because.into(),
        remedy: remedy.into(),
        facts: BTreeMap::new(),
    }
}

pub(crate) fn student(row: &QueueRow) -> StudentBrief {
    StudentBrief {
        id: row.student,
        revision: 1,
        name: row.student_name.clone(),
        student_no: format!("G4109********{:03}", row.student.0),
        id_no: "410901********803X".into(),
        school: row.school.clone(),
        major: "计算机应用".into(),
        provincial: false,
        class_name: "2024级1班".into(),
        status: Status::Enrolled,
        entry: day("2024-09-01"),
        planned_grad: day("2027-07-01"),
        half_years: 6,
    }
}

fn act(verb: Verb, by: &Signature, when: &str) -> Act {
    Act { verb, by: by.clone(), at: at(when) }
}

/// The case of a row, as its first post at the county sees it.
pub(crate) fn case(row: &QueueRow) -> CaseView {
    let entry = sign("xx-lr", "演练录入", "3641000001", Post::Entry);
    let review = sign("xx-sh", "演练审核", "3641000001", Post::Review);
    let school_hand = Hand { office: "3641000001".into(), name: row.school.clone(), level: Level::School, here: true };
    let county_hand = Hand { office: "410901".into(), name: COUNTY.into(), level: Level::County, here: true };
    let closed = |because: &str| Doable::Closed(finding("R5.2", Severity::Block, because, "请由规定岗位办理"));
    let proposal = row.proposed.map(|outcome| Proposal {
        outcome,
        reasons: vec![],
        by: sign("xian-jb2", "演练李四", "410901", Post::Handler),
        at: at("2025-10-14T16:02"),
        external: None,
    });
    let acts = match (row.standing, &proposal) {
        (Standing::SentBack, _) => vec![
            act(
                Verb::Proposed(
                    Outcome::Return,
                    vec![Reason {
                        article: Some("13".into()),
                        material: Some("证明材料".into()),
                        text: "公章不清".into(),
                    }],
                ),
                &sign("xian-jb", "演练张三", "410901", Post::Handler),
                "2025-10-13T15:00",
            ),
            act(
                Verb::SentBack("公章可辨认，请再核".into()),
                &sign("xian-fh", "演练王五", "410901", Post::Reviewer),
                "2025-10-14T09:10",
            ),
        ],
        (_, Some(p)) => vec![Act { verb: Verb::Proposed(p.outcome, vec![]), by: p.by.clone(), at: p.at }],
        _ => vec![],
    };
    let second = row.standing == Standing::Second;
    CaseView {
        id: row.id,
        revision: row.revision,
        kind: row.kind,
        status: row.phase,
        details: Details::Suspension {
            period: Period { from: day("2025-10-20"), until: day("2026-08-31") },
            ground: "因病需要长期治疗".into(),
        },
        asked: vec![
            AskedRow { field: "起止".into(), value: "2025-10-20 至 2026-08-31".into() },
            AskedRow { field: "事由".into(), value: "因病需要长期治疗".into() },
        ],
        students: vec![student(row)],
        batch: None,
        beyond: Some(Box::new(beyond())),
        changes: vec![
            ChangeRow { field: "学籍状态".into(), before: "在读".into(), after: "休学".into() },
            ChangeRow { field: "预计毕业".into(), before: "2027-07".into(), after: "2028-07".into() },
        ],
        steps: vec![
            StepView {
                hand: school_hand,
                state: StepState::Done,
                role: StepRole::StartingSchool,
                arrived: Some(at("2025-09-25T09:00")),
                clock: None,
                proposed_by: Some(entry.clone()),
                decided_by: Some(review.clone()),
                outcome: Some(Outcome::Approve),
                at: Some(at("2025-09-26T10:20")),
                rounds: vec![RoundView {
                    arrived: at("2025-09-25T09:00"),
                    clock: None,
                    proposal: None,
                    acts: vec![
                        act(Verb::Proposed(Outcome::Approve, vec![]), &entry, "2025-09-25T11:05"),
                        act(Verb::Agreed(Outcome::Approve), &review, "2025-09-26T10:20"),
                    ],
                    ending: None,
                }],
            },
            StepView {
                hand: county_hand,
                state: StepState::Current,
                role: StepRole::Authority,
                arrived: Some(row.arrived),
                clock: row.clock.clone(),
                proposed_by: None,
                decided_by: None,
                outcome: None,
                at: None,
                rounds: vec![RoundView {
                    arrived: row.arrived,
                    clock: row.clock.clone(),
                    proposal,
                    acts,
                    ending: None,
                }],
            },
        ],
        current: 1,
        standing: row.standing,
        findings: if row.finding.is_some() {
            vec![finding("R11.3", Severity::Notice, "材料《诊断证明》未登记原件存放处", "请学校登记原件存放处")]
        } else {
            vec![]
        },
        evidence: vec![Attachment {
            digest: xueji::model::Digest("ab".repeat(32)),
            kind: "诊断证明".into(),
            name: "zhenduan.pdf".into(),
            size: 123_456,
            original_place: Some("学校档案室".into()),
            by: entry.clone(),
            at: at("2025-09-25T10:00"),
        }],
        missing: vec![],
        claim: row.claim.clone(),
        started_at: at("2025-09-25T09:00"),
        started_by: entry,
        cancelled: None,
        submit: closed("本件已提交"),
        propose: if second { closed("经办意见已提出，现待复核") } else { Doable::Open },
        decide: if second { Doable::Open } else { closed("经办尚未提出意见，复核不能先行决定") },
        asides: vec![],
        parked: None,
        assigned: None,
        remark: Doable::Open,
        aside: Doable::Open,
        withdraw: closed("您在本环节尚未提出意见，没有可撤回的"),
        cancel: closed("撤销申请由发起学校办理"),
    }
}

/// Seven hands, five of them behind.
pub(crate) fn lengthen(case: &mut CaseView) {
    let (behind, now) = (case.steps[0].clone(), case.steps[1].clone());
    case.steps = super::desk_kinds::long_route()
        .into_iter()
        .enumerate()
        .map(|(n, (hand, _))| match n {
            0 => StepView { hand, ..behind.clone() },
            1 => StepView { hand, role: StepRole::ReceivingSchool, ..behind.clone() },
            2..5 => StepView { hand, role: StepRole::Authority, ..behind.clone() },
            5 => StepView { hand, ..now.clone() },
            _ => StepView { hand, state: StepState::Ahead, rounds: vec![], arrived: None, clock: None, ..now.clone() },
        })
        .collect();
    case.current = 5;
}

pub(crate) fn basis(row: &QueueRow) -> BasisView {
    let mut days = Vec::new();
    let mut n = 0;
    for (date, note, counts) in [
        ("2025-09-27", "周六", false),
        ("2025-09-28", "调休上班", true),
        ("2025-09-29", "", true),
        ("2025-09-30", "", true),
        ("2025-10-01", "国庆节、中秋节", false),
        ("2025-10-02", "国庆节、中秋节", false),
        ("2025-10-03", "国庆节、中秋节", false),
        ("2025-10-04", "国庆节、中秋节", false),
        ("2025-10-05", "国庆节、中秋节", false),
        ("2025-10-06", "国庆节、中秋节", false),
        ("2025-10-07", "国庆节、中秋节", false),
        ("2025-10-08", "国庆节、中秋节", false),
        ("2025-10-09", "", true),
        ("2025-10-10", "", true),
        ("2025-10-11", "调休上班", true),
        ("2025-10-12", "周日", false),
        ("2025-10-13", "", true),
        ("2025-10-14", "", true),
        ("2025-10-15", "", true),
        ("2025-10-16", "", true),
    ] {
        n += u32::from(counts);
        days.push(DayRow { date: day(date), n: counts.then_some(n), note: note.into() });
    }
    let reading = ClockReading { due: day("2025-10-16"), left: 1, light: Light::Near, ..clock(1) };
    BasisView {
        application: row.id,
        clock: Some(reading),
        days,
        calendar: "2025-2".into(),
        rules: vec![
            RuleText {
                id: "R13.2".into(),
                article: "13".into(),
                title: "主管部门办理时限".into(),
                summary: "主管部门自学校报来之日的次日起算，十个工作日内办完，经办与复核共用这一时限。".into(),
                derived: false,
                readings: Vec::new(),
            },
            RuleText {
                id: "R13.7".into(),
                article: "13".into(),
                title: "办理休学的学籍状态".into(),
                summary: "只有在读学生可以办理休学，同一学生同时只办一项学籍异动。".into(),
                derived: true,
                readings: vec!["AMB-1：当天算不算——当天不算（2021-04-12 起）".into()],
            },
        ],
    }
}

pub(crate) fn accounts() -> Vec<AccountRow> {
    let row = |id: &str, name: &str, office: &str, office_name: &str, level, posts: &[Post]| AccountRow {
        id: id.into(),
        person: id.into(),
        name: name.into(),
        office: office.into(),
        office_name: office_name.into(),
        level,
        posts: posts.to_vec(),
        os_user: Some("desk1".into()),
        shared: false,
        pin: Some(xueji::model::PinState::None),
        active: true,
        revision: 1,
    };
    vec![
        row("xian-fh", "演练王五", "410901", COUNTY, Level::County, &[Post::Reviewer]),
        row("xian-jb", "演练张三", "410901", COUNTY, Level::County, &[Post::Handler]),
        row("xx-lr", "演练录入", "3641000001", SCHOOL, Level::School, &[Post::Entry]),
        row("xx-sh", "演练审核", "3641000001", SCHOOL, Level::School, &[Post::Review]),
    ]
}
