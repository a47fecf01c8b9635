//! What a matter of the negative list stops (Art. 21): the matter itself, never the school. What puts it right stays
//! open: 退学, 休学, 注销, 死亡, settling a duplicate, and correcting the record (the reading that a correction is no
//! matter of the list).

use super::{Nearness, Reading};
use crate::law::rules::R21_1;
use crate::model::{Finding, Item, Kind, Severity};

/// Kinds that put a matter right, or end it, and so are never stopped.
fn cures(kind: Kind) -> bool {
    let ends = matches!(kind, Kind::Suspension | Kind::Withdrawal | Kind::Annulment | Kind::Death);
    ends || matches!(kind, Kind::Correction | Kind::Duplicate)
}

/// Whether this reading stops an application of that kind on the student it is about. Suspected or found true, it makes
/// no difference to Art. 21; what is only near stops nothing, nor does what concerns the school as a whole.
pub fn stops(reading: &Reading, kind: Kind) -> bool {
    reading.student.is_some() && reading.stands && reading.nearness >= Nearness::Met && !cures(kind)
}

/// The refusal of a matter that the list forbids.
pub fn refusal(reading: &Reading) -> Finding {
    let item = reading.item;
    let stage = if reading.nearness == Nearness::Found { "查实" } else { "疑似" };
    let mut facts =
        vec![("fm", item.code().to_owned()), ("rule", reading.rule.id.to_owned()), ("stage", stage.to_owned())];
    facts.extend(reading.student.map(|student| ("student", student.to_string())));
    facts.extend(reading.alert.map(|alert| ("alert", alert.to_string())));
    R21_1.refuse(
        format!("触及负面清单{item}（{}，{stage}）：{}；该事项不予办理", item.name(), reading.because),
        format!("可以办理退学、休学、注销或信息变更予以纠正；有异议的请主管部门核查排除（预警页 {item}）"),
        &facts,
    )
}

/// What the list says to an application of that kind: a refusal where it stops it, else a word on what is so.
pub fn findings(readings: &[Reading], kind: Kind) -> Vec<Finding> {
    let one = |reading: &Reading| {
        if stops(reading, kind) {
            return refusal(reading);
        }
        let severity = if reading.nearness >= Nearness::Met { Severity::Notice } else { Severity::Hint };
        let distance = if reading.distance.is_empty() { String::new() } else { format!("；{}", reading.distance) };
        reading.rule.finding_as(
            severity,
            format!("负面清单{}（{}）：{}{distance}", reading.item, reading.item.name(), reading.because),
            reading.rule.remedy,
            &[
                ("fm", reading.item.code().to_owned()),
                ("student", reading.student.map(|id| id.to_string()).unwrap_or_default()),
            ],
        )
    };
    readings.iter().map(one).collect()
}

/// What an item stops, for people.
pub fn blocked_words(item: Item) -> &'static str {
    match item {
        Item::FalseData => "该生的备案、转学、转专业等事项；退学、休学、注销、信息变更照办",
        Item::Unqualified => "未备案专业的注册和备案（由招生资质校验自动拦截）；其他事项照办",
        Item::Duplicate => "该生的转学、转专业、留级等事项；查重、退学、休学、注销、信息变更照办",
        Item::Absent => "该生的转学、转专业、留级等事项；退学、休学、注销、信息变更、转非全日制照办",
        Item::Differing => "不阻止单项业务；查实后按第二十三条处理",
        Item::UnfiledPlace => "在该校区的注册和备案；其他校区照办",
        Item::Unfiled => "该生的备案和其他异动；退学并注销照办",
        Item::TooSmall => "不阻止单项业务；查实后按第二十三条处理",
    }
}
