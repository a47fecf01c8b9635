//! The windows of a year that no other rule carries: the province's checks, the list of graduates, the certificates
//! (Articles 16 and 17). [`crate::law::windows`] gives them dates.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Art. 16¶2 · the province checks the semester's changes of status.
pub static R16_4: Rule = Rule {
    id: "R16.4",
    article: "16",
    kind: RuleKind::Window,
    source: Source::Text,
    severity: Severity::Hint,
    title: "省厅学期异动核查",
    summary: "每年5月20日至30日、12月20日至30日，省教育厅核查本学期的异动，首尾两日都算在内，遇周末、节假日不改期。",
    because: "省厅正在核查本学期的异动。",
    remedy: "请在核查开始前把本学期已办结的异动在两个系统中处理一致。",
    acts: &["windows.list", "calendar.show", "calendar"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 16¶2 · the list of this year's graduates may be downloaded and checked.
pub static R16_6: Rule = Rule {
    id: "R16.6",
    article: "16",
    kind: RuleKind::Window,
    source: Source::Text,
    severity: Severity::Hint,
    title: "应届毕业生名单的下载核对",
    summary: "每年6月1日至10日，市级主管部门和学校可以下载当年毕业生名单进行核对，首尾两日都算在内。",
    because: "现在不在名单下载核对的时间内。",
    remedy: "请在6月1日至10日之间下载并核对名单。",
    acts: &["windows.list", "calendar.show", "calendar"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 17¶1 · certificates are issued from 11 June on.
pub static R17_1: Rule = Rule {
    id: "R17.1",
    article: "17",
    kind: RuleKind::Window,
    source: Source::Text,
    severity: Severity::Hint,
    title: "毕业证书的办理时间",
    summary: "毕业证书每年自6月11日起由省里办理，没有规定截止日；冬季完成学业的，自下一个6月11日起办理。",
    because: "当年的毕业证书尚未开始办理。",
    remedy: "请在6月11日以后办理，此前先核对毕业生名单和学籍信息。",
    acts: &["windows.list", "calendar.show", "calendar"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
