//! What the simulated server knows of colleagues, substitutes and notices.

use super::desk_county::day;
use xueji::model::Post;
use xueji::wire::{Colleague, NoticeText, SubstituteRow};

pub(crate) fn colleagues() -> Vec<Colleague> {
    let one = |id: &str, name: &str| Colleague { id: id.into(), name: name.into(), posts: vec![Post::Handler] };
    vec![one("xian-jb2", "演练李四"), one("xian-jb3", "演练欧阳·买买提江")]
}

pub(crate) fn arranged() -> Vec<SubstituteRow> {
    vec![SubstituteRow {
        who: "xian-jb2".into(),
        name: "演练李四".into(),
        on_behalf: "xian-jb".into(),
        on_behalf_name: "演练张三".into(),
        from: day("2025-10-20"),
        until: day("2025-10-24"),
        in_force: false,
    }]
}

pub(crate) fn notice() -> NoticeText {
    NoticeText {
        name: "演练-2025-000001-退回补正通知.txt".into(),
        text: "                  休学退回补正通知书\n\n编号  2025-000001-退1\n理由：\n  1.  第13条 缺诊断证明\n".into(),
    }
}
