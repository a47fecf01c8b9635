//! Invented schools of the negative list for the desk's tests.

use super::desk_county::at;
use xueji::model::{
    Alert, AlertId, Grade, Ground, Item, Measure, OtherKind, Post, Reminder, Signature, Stage, Standing, Status,
    StudentId,
};
use xueji::wire::{
    AlertDoable, AlertRequest, AlertRow, AlertStudent, AlertView, AlertsPage, AlertsRequest, Doable, ItemLine,
    Nearness, SchoolAlerts,
};

const NAMES: [&str; 3] = ["演练第一中专", "演练职专", "演练一县现代农业与装备制造中等职业技术学校"];

fn line(item: Item, n: u32) -> ItemLine {
    let (state, count, text) = match (n, item) {
        (1, Item::UnfiledPlace) => (Nearness::Found, 1, "在未备案的教学点“演练乡教学点”招生或教学"),
        (1..=2, Item::Absent) => (Nearness::Met, 12, "12人/项，其中：2025-06-15 起未请假离校，至今122天"),
        (1..=4, Item::TooSmall) => (Nearness::Near, 1, "备案新生2024年58人，不足60人；2025年目前40人，还差20人"),
        _ => (Nearness::Clear, 0, "未发现"),
    };
    ItemLine { item, state, count, text: text.into() }
}

fn school(n: u32) -> SchoolAlerts {
    SchoolAlerts {
        school: format!("36419900{n:02}").as_str().into(),
        name: if n < 4 { NAMES[n as usize - 1].into() } else { format!("演练第{n}中专") },
        rating: (n < 4).then_some(if n == 1 { Grade::D } else { Grade::B }),
        sanction: (n == 1).then_some((Measure::Reduce, Some(100))),
        custody: (n == 1).then(|| "演练一县教育局".into()),
        items: Item::ALL.into_iter().map(|item| line(item, n)).collect(),
    }
}

/// Sixty schools, whatever item is asked for.
pub(crate) fn page(_: &AlertsRequest) -> AlertsPage {
    AlertsPage { total: 60, states: [56, 2, 1, 1], items: (1..=60).map(school).collect(), next: None }
}

fn by() -> Signature {
    Signature {
        account: "xian-jb".into(),
        person: "p-jb".into(),
        name: "演练王经办".into(),
        office: "410782".into(),
        post: Post::Handler,
        on_behalf: None,
    }
}

fn row(n: u64) -> AlertRow {
    let case = Alert {
        id: AlertId(7),
        revision: 3,
        item: Item::Duplicate,
        school: "3641990001".into(),
        student: Some(StudentId(n)),
        ground: Ground::Double {
            with: OtherKind::Technical, place: "演练技工学校".into(), at_school: Some(true)
        },
        document: "查重单".into(),
        opened: at("2025-10-09T09:00"),
        by: by(),
        stage: Stage::Suspected,
        reminders: ["2025-10-10T09:00", "2025-10-13T09:00"]
            .map(|when| Reminder {
                at: at(when), by: by(), channel: "函".into(), content: "请申报学籍重复".into()
            })
            .to_vec(),
        explanations: Vec::new(),
        proposal: None,
        judged: Vec::new(),
    };
    let open = AlertDoable {
        record: Doable::Open,
        remind: Doable::Open,
        explain: Doable::Open,
        confirm: Doable::Open,
        dismiss: Doable::Open,
        decide: Doable::Open,
    };
    AlertRow {
        item: if n == 1 { Item::Duplicate } else { Item::Absent },
        rule: if n == 1 { "FM3.2" } else { "FM4.1" }.into(),
        state: if n == 1 { Nearness::Near } else { Nearness::Met },
        student: Some(AlertStudent {
            id: StudentId(n),
            name: format!("演练学生{n}"),
            class_name: "24旅游1班".into(),
            status: Status::Enrolled,
        }),
        because: if n == 1 {
            "与演练技工学校（技工）学籍重复"
        } else {
            "2025-06-15 起未请假离校，至今122天"
        }
        .into(),
        distance: if n == 1 { "未答复的提醒2次，到3次即触发，还差1次" } else { "" }.into(),
        key: format!("k{n}"),
        blocks: n != 1,
        case: (n == 1).then(|| Box::new(case)),
        unanswered: if n == 1 { 2 } else { 0 },
        can: open,
    }
}

/// One school with sixty matters.
pub(crate) fn view(request: &AlertRequest) -> AlertView {
    AlertView {
        school: request.school.clone().unwrap(),
        name: NAMES[0].into(),
        item: request.item,
        lines: Item::ALL.into_iter().map(|item| line(item, 1)).collect(),
        blocked: "该生的转学、转专业、留级等事项；退学、休学、注销、信息变更照办".into(),
        total: 60,
        rows: (1..=60).map(row).collect(),
        closed: Vec::new(),
        rules: Vec::new(),
        filed: [(2024, 58), (2025, 40)].into(),
        in_school: [(2024, 300)].into(),
        now: 300,
        standing: Standing::new("3641990001".into()),
        attendance: None,
    }
}
