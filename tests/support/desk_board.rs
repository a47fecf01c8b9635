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
