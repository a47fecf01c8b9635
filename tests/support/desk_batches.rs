//! An invented batch for the desk's tests: thirty students, of whom one was returned and runs alone.

use super::desk_county::{self as county, at, day, id, row};
use serde_json::{Value, json};
use xueji::model::{BatchId, Level, Outcome, Phase, Severity, StudentId};
use xueji::wire::{BatchMember, BatchRow, BatchView, QueueRow, Standing};

pub(crate) fn batch_id() -> BatchId {
    BatchId::new(2025, 3)
}

/// The row of the queue that stands for `students` of it.
#[allow(dead_code, reason = "shared with tests that draw no batch")]
pub(crate) fn batch_row(n: u32, students: u32) -> QueueRow {
    let batch = Some(BatchRow { id: batch_id(), students });
    QueueRow { kind: xueji::model::Kind::Transfer, batch, ..row(n) }
}

/// The batch as the county sees it.
pub(crate) fn view(row: &QueueRow) -> BatchView {
    let members = (1..=30)
        .map(|n| {
            let apart = n == 3;
            BatchMember {
                application: id(100 + n),
                revision: 4,
                student: StudentId(u64::from(n)),
                name: county::row(n).student_name,
                id_no: format!("410782********{n:04}"),
                class_name: "23汽修1班".into(),
                status: if apart { Phase::Returned } else { Phase::Open },
                apart,
                hand: "演练一县教育局".into(),
                hand_level: if apart { Level::School } else { Level::County },
                standing: Standing::First,
                proposed: None::<Outcome>,
                clock: None,
                finding: (n == 5).then_some(Severity::Block),
                missing: if n == 5 { vec!["转学申请（本人书写）".into()] } else { vec![] },
            }
        })
        .collect();
    BatchView {
        id: batch_id(),
        revision: 122,
        size: 30,
        school: "演练第一中专".into(),
        to: "演练第二中专".into(),
        handed_in_on: day("2025-10-10"),
        submitted_at: Some(at("2025-10-13T09:30")),
        members,
        together: 29,
        case: Box::new(county::case(row)),
    }
}

/// What came of an act: the second of the items was refused.
pub(crate) fn report(items: &[xueji::model::ApplicationId]) -> Value {
    let lines: Vec<Value> = items
        .iter()
        .enumerate()
        .map(|(n, id)| {
            let student = row(n as u32 + 1).student_name;
            match n {
                1 => json!({"application": id, "student": student, "done": false,
                    "refused": county::finding("R13.7", Severity::Block, "学籍状态为“退学”，不能办理", "请核对学籍状态")}),
                _ => json!({"application": id, "student": student, "done": true, "revision": 4, "status": "open"}),
            }
        })
        .collect();
    let refused = usize::from(items.len() > 1);
    json!({"done": items.len() - refused, "refused": refused, "items": lines})
}
