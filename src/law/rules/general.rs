//! How time is counted. The regulation says only how many working days; the rest is general law (civil code on
//! periods) and our reading of it, so every rule here is derived and none is shown as the regulation's own.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// General law · the day of the event does not count; the last day ends at 24:00.
pub static X_1: Rule = Rule {
    id: "X.1",
    article: "-",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "期限从次日起算",
    summary: "事情发生的当天不算，其后第一个工作日为第一日，最后一日到北京时间二十四时为止。",
    because: "期限按工作日逐日计算。",
    remedy: "按 L 键查看逐日计算。",
    acts: &[
        "workdays",
        "queue",
        "basis",
        "applications.basis",
        "applications.submit",
        "applications.decide",
        "applications.park",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// General law · what a working day (工作日) is.
pub static X_2: Rule = Rule {
    id: "X.2",
    article: "-",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "工作日的含义",
    summary: "周一至周五扣除国务院办公厅公布的放假日，加上调休上班的周六周日；寒暑假照常计算。",
    because: "期限只计工作日。",
    remedy: "按 L 键查看哪些日子不计。",
    acts: &["workdays", "queue", "basis", "applications.basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// General law · a year whose calendar is not loaded is counted provisionally (暂定).
pub static X_3: Rule = Rule {
    id: "X.3",
    article: "-",
    kind: RuleKind::Warn,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "未公布年份暂定",
    summary: "放假安排尚未载入的年份，先按周一至周五扣除元旦一天、劳动节两天、国庆节三天计算，注明暂定，载入后重算。",
    because: "到期日落在放假安排尚未载入的年份，为暂定。",
    remedy: "放假安排公布并载入后会自动重算；请尽量提前办理。",
    acts: &["workdays", "queue", "basis", "applications.basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// General law · days are those of Beijing.
pub static X_4: Rule = Rule {
    id: "X.4",
    article: "-",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "一律北京时间",
    summary: "日期和时刻都按北京时间，与机器和登录终端所设的时区无关。",
    because: "时间按北京时间计算。",
    remedy: "无须处理。",
    acts: &["queue", "case", "applications.submit", "applications.decide", "exercise.today"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// General law · how what is left is shown.
pub static X_5: Rule = Rule {
    id: "X.5",
    article: "-",
    kind: RuleKind::Display,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "剩余工作日的显示",
    summary: "到达当天剩余数等于全部时限，最后一日显示今日到期，其后显示逾期的工作日数；待办按到期日排序。",
    because: "剩余工作日按当天计算。",
    remedy: "请先办理到期在前的业务。",
    acts: &["queue.page", "queue", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// General law · being late decides nothing, and is kept.
pub static X_6: Rule = Rule {
    id: "X.6",
    article: "-",
    kind: RuleKind::Limit,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "逾期不视为同意或不同意",
    summary: "逾期的业务不会自动通过或被拒，仍可办理；办结时逾期的天数永久留存。",
    because: "该业务已经逾期。",
    remedy: "请尽快办理。",
    acts: &["applications.propose", "applications.decide", "queue", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// General law · periods include both their ends.
pub static X_7: Rule = Rule {
    id: "X.7",
    article: "-",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "起止日期首尾都算",
    summary: "写明起止的一段日期，首日零时起、末日二十四时止，首尾都算，其中的周末和假日照算；休学起止亦同。",
    because: "起止日期首尾都算。",
    remedy: "请按首尾都算核对起止日期。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
