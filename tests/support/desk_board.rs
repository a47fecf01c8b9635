//! A board for tests of the desk: sixty offices, and two cases behind every cell.

use serde_json::{Value, json};

pub(crate) fn summary() -> Value {
    let lights = |n: u32| json!({"overdue": n % 3, "reference": u32::from(n == 2), "today": n % 4, "near": n % 5, "green": n, "none": 1});
    let line = |n: u32| {
        json!({"office": format!("4107{n:02}"), "name": format!("演练第{n}县教育局"), "level": "county", "here": true,
            "below": n > 0, "lights": lights(n), "longest": n % 3 * 4, "reminded": n % 2, "unfiled": n * 10})
    };
    let offices: Vec<Value> = (0..60).map(line).collect();
    json!({"office": "410700", "name": "演练市教育局", "above": null, "day": "2025-10-15", "total": lights(60),
        "reminded": 30, "offices": offices, "kinds": [{"kind": "休学", "left": [1, 2, 3, 4, 5, 6, 7, 8, 9]}]})
}

pub(crate) fn cases() -> Value {
    let case = |id: &str, open: bool, student: &str| {
        json!({"id": id, "kind": "休学", "phase": "open", "student": student, "open": open, "school": "演练第一中专",
            "office": "410782", "hand": "演练一县教育局", "level": "county", "waits": "handler", "claimed": null,
            "arrived": "2025-09-20", "due": "2025-10-10", "light": "overdue", "left": -3, "used": null, "ended": null,
            "reference": false, "round": 1, "urged": {"now": 1, "ever": 2}})
    };
    json!({"total": 2, "items": [case("2025-000001", true, "演练甲"), case("2025-000002", false, "演**")], "next": null})
}

/// Cases whose turn is over.
pub(crate) fn ended() -> Value {
    let mut cases = cases();
    for (case, (day, used)) in
        cases["items"].as_array_mut().unwrap().iter_mut().zip([("2025-10-13", 11), ("2025-10-09", 4)])
    {
        case["ended"] = json!(day);
        case["used"] = json!(used);
        case["waits"] = Value::Null;
    }
    cases
}

/// Twenty working days, a peak before a week off.
pub(crate) fn forecast() -> Value {
    let day = |n: u32| {
        let month = if n < 13 { format!("2025-10-{:02}", 15 + n) } else { format!("2025-11-{:02}", n - 12) };
        json!({"date": month, "due": if n == 7 { 24 } else { n % 5 }, "reference": n % 2, "off_after": if n == 7 { 8 } else { 0 },
            "provisional": false})
    };
    let days: Vec<Value> = (0..20).map(day).collect();
    json!({"days": days, "later": 7, "unfiled": [{"cutoff": "2025-12-20", "students": 120, "left": 66}]})
}

/// Rates of an office with one below it, and of two clerks.
pub(crate) fn rates(from: xueji::model::Day, until: xueji::model::Day) -> Value {
    let rate = |ended: u32, in_time: u32| {
        json!({"ended": ended, "in_time": in_time, "used": ended * 5, "late_days": ended - in_time, "returned": 2,
            "left_out": 3})
    };
    let office = |id: &str, name: &str, below: bool, ended: u32, in_time: u32| json!({"office": id, "name": name, "level": "county", "below": below, "rate": rate(ended, in_time), "overdue_now": 1});
    let clerk = |name: &str, post: &str, ended: u32| {
        json!({"person": name, "name": name, "office": "410782", "office_name": "演练一县教育局", "post": post,
            "rate": rate(ended, ended - 1)})
    };
    json!({"from": from, "until": until, "total": rate(50, 48),
        "offices": [office("410700", "演练市教育局", false, 10, 10), office("410782", "演练一县教育局", true, 40, 38)],
        "clerks": [clerk("演练张三", "handler", 30), clerk("演练王五", "reviewer", 10)], "clerks_total": 2})
}
