//! Invented graduates of a year for the desk's tests: one of every stage.

use serde_json::{Value, json};
use xueji::model::StudentId;

const NAMES: [&str; 8] = ["演练甲", "演练乙", "演练丙丁", "演练买买提·阿不都", "演练戊", "演练己", "演练庚", "演练辛"];

fn finding(rule: &str, article: &str, because: &str, remedy: &str, severity: &str) -> Value {
    json!({"rule": rule, "article": article, "severity": severity, "derived": rule == "R17.8", "because": because,
        "remedy": remedy, "facts": {}})
}

fn row(n: usize) -> Value {
    let name = NAMES[n];
    let stage = |number: Value, printed: Value, delivered: Value, awarded: Value| {
        json!({"stage": "在途", "number": number, "leave": "毕业", "year": 2027, "proposed_by": "演练王经办",
            "printed_on": printed, "delivered_on": delivered, "awarded_on": awarded})
    };
    let number = json!(format!("2027410782364199000100042{n}"));
    let certificate = match n {
        3 => stage(Value::Null, Value::Null, Value::Null, Value::Null),
        4 => stage(number, json!("2027-06-11"), Value::Null, Value::Null),
        5 => stage(number, json!("2027-06-11"), json!("2027-06-15"), Value::Null),
        6 => stage(number, json!("2027-06-11"), json!("2027-06-15"), json!("2027-06-18")),
        _ => Value::Null,
    };
    let findings = match n {
        0 => vec![
            finding("R17.3", "17", &format!("{name}的证书缺：照片"), "请学校补齐所列各项后再提请印制", "block"),
            finding("R9.2", "9", &format!("{name}没有登记考核合格，不能办理毕业"), "请学校核实并登记", "block"),
            finding("R18.2", "18", "该生没有登记学习档案。", "请学校制作学习档案并登记编号。", "notice"),
        ],
        1 => vec![finding(
            "R17.8",
            "17",
            &format!("{name}有在办业务：退学（2027-000012）"),
            "请先办结或撤销该业务",
            "block",
        )],
        7 => vec![finding("R17.2", "17", &format!("{name}的学籍没有备案，不能办理毕业证书"), "请先备案", "block")],
        _ => Vec::new(),
    };
    let stated = json!({"photo": if n == 0 { Value::Null } else { json!("aa".repeat(32)) }, "hours_done": true,
        "exam_passed": n != 0, "plan": if n == 2 { "FQR-2024" } else { "" },
        "study_file": if n == 0 { String::new() } else { format!("XD-{n}") }});
    json!({"student": StudentId(n as u64 + 1), "name": name, "status": if n == 7 { "已注册未备案" } else { "在读" },
        "planned_grad": "2027-07-01", "study_form": if n == 2 { "非全日制" } else { "全日制" }, "statement": stated,
        "certificate": certificate, "ready": n == 2, "findings": findings})
}

/// Eight graduates of a school.
pub(crate) fn page(school: &str, year: i32) -> Value {
    let items: Vec<Value> = if year == 2026 { Vec::new() } else { (0..NAMES.len()).map(row).collect() };
    json!({"school": school, "name": "演练第一中专", "year": year, "total": items.len(), "items": items,
        "next": null, "issued_from": format!("{year}-06-11"), "check": [format!("{year}-06-01"), format!("{year}-06-10")],
        "checked": 2, "archived": null, "lost": "请通过“河南政务服务网”申请。"})
}

/// Three schools of a year.
pub(crate) fn schools(year: i32) -> Value {
    let school = |n: u32, name: &str, archived: Value| {
        json!({"school": format!("36419900{n:02}"), "name": name, "students": 400 * n, "checked": n - 1,
            "archived": archived})
    };
    let items = [
        school(1, "演练第一中专", Value::Null),
        school(2, "演练职专", json!(format!("{year}-06-30"))),
        school(3, "演练一县现代农业与装备制造中等职业技术学校", Value::Null),
    ];
    json!({"year": year, "total": 3, "items": items, "next": null})
}
