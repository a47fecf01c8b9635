//! What a server would say of schools, the journal and the store.

use serde_json::{Value, json};
use xueji::wire::JournalAsked;

fn row(code: &str, name: &str, level: &str, school: Value) -> Value {
    json!({"id": code, "revision": 1, "name": name, "level": level, "parent": "410782", "school": school,
        "above": "演练县教育局", "here": true, "accounts": 4, "grade": "B"})
}

fn facts() -> Value {
    json!({"region_code": "410782", "sponsor": "县属", "competent_office": null, "credit_system": false,
        "campuses": ["本部", "东校区"]})
}

/// An office and two schools; the second has a long name.
pub(crate) fn schools() -> Value {
    json!({"total": 3, "next": null, "items": [
        row("410782", "演练县教育局", "county", Value::Null),
        row("3641990001", "演练县职业中等专业学校", "school", facts()),
        row("3641990002", "演练县第二职业技术教育中心（演练县农业广播学校）", "school", facts()),
    ]})
}

/// The first school.
pub(crate) fn school() -> Value {
    json!({"school": row("3641990001", "演练县职业中等专业学校", "school", facts()), "standing": null,
        "offers": [[2025, "秋", 12], [2025, "春", 3]]})
}

/// Entries by one clerk; narrowed by anything, one of them.
pub(crate) fn journal(asked: &JournalAsked) -> Value {
    let entry = |seq: u64, what: &str| {
        json!({"seq": seq, "at": "2025-10-15T09:30:00+08:00", "written": 1, "records": ["application 2025-000001"],
            "by": {"account": "xian-jb", "name": "演练经办", "office": "410782", "on_behalf": []},
            "command": {"do": what, "application": "2025-000001", "revision": 3}})
    };
    let all = [entry(812, "applications.propose"), entry(811, "applications.remark")];
    let narrowed = *asked != JournalAsked { count: asked.count, ..JournalAsked::default() };
    let items = if narrowed { &all[..1] } else { &all[..] };
    json!({"total": 812, "items": items, "next": null})
}

/// The store, backed up six days ago.
pub(crate) fn state() -> Value {
    json!({"now": "2025-10-15T09:00:00+08:00", "entries": 812, "applications": 151,
        "offices": [["province", 1], ["city", 1], ["county", 3], ["school", 9]], "majors": 340, "accounts": 31,
        "connected": 2, "calendar_until": "2026-12-31", "calendar": "演练", "free": 8_589_934_592_u64,
        "backup": {"at": "2025-10-09T02:00:00+08:00", "entries": 790, "file": "xueji-1009.tar.zst", "digest": "0"}})
}
