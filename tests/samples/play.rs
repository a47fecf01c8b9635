//! One application, from the student's paper to the first hand that has a clock.

use super::area::{Area, first, second};
use super::{entries, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// What it came to, in the words of the key.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) verdict: &'static str,
    /// Rule and severity.
    pub(crate) findings: Vec<(String, String)>,
    pub(crate) route: Value,
    pub(crate) first_due: Value,
    pub(crate) filings: Value,
    /// For a duplicate: the authorities after the own one, if both schools claim the student.
    pub(crate) if_both: Value,
}

impl Played {
    /// Not taken, and not for a rule of the regulation.
    pub(crate) fn error(answer: &Value) -> Played {
        let said = (answer["error"]["kind"].to_string(), answer["error"]["message"].to_string());
        Played { verdict: "error", findings: vec![said], ..Played::blocked(&json!({"rule": "", "severity": ""})) }
    }

    /// Refused by a rule.
    pub(crate) fn blocked(finding: &Value) -> Played {
        Played {
            verdict: "block",
            findings: vec![rule_of(finding)],
            route: Value::Null,
            first_due: Value::Null,
            filings: json!([]),
            if_both: Value::Null,
        }
    }
}

fn rule_of(finding: &Value) -> (String, String) {
    (text(finding, "rule").to_owned(), text(finding, "severity").to_owned())
}

/// The details as the desk takes them.
fn details(application: &Value) -> Value {
    let kind = text(application, "kind");
    let ground = text(application, "reason");
    if let Some(new_major) = application.get("new_major") {
        return json!({"转学并转专业": {"handed_in_on": application["applied_on"], "to": application["to_school"],
            "new_major": new_major, "ground": ground}});
    }
    let asked = match kind {
        "转学" => {
            json!({"handed_in_on": application["applied_on"], "to": application["to_school"], "ground": ground})
        }
        "跨省转学" => {
            let school = text(application, "to_school");
            json!({"handed_in_on": application["applied_on"], "to_province": application["to_province"],
                "to_school": school, "ground": ground})
        }
        "转专业" => json!({"to": application["to_major"], "ground": ground}),
        "休学" => {
            let day = |field: &str, otherwise: &str| match application[field].as_str() {
                Some(day) => day.to_owned(),
                None => otherwise.to_owned(),
            };
            let from = day("leave_from", text(application, "submitted_on"));
            json!({"period": {"from": from, "until": day("leave_to", "2026-12-31")}, "ground": ground})
        }
        "复学" => json!({"on": application["submitted_on"], "years": 0, "ground": ground}),
        "留级" => json!({"years": 1, "ground": ground}),
        "死亡" => json!({"on": application["submitted_on"], "ground": ground}),
        "信息变更" => {
            let (field, to) = match text(&application["change"], "field") {
                "name" => ("姓名", "演练改名"),
                "id_no" => ("身份证件号", "410782200803120117"),
                "birth_date" => ("出生日期", "2008-03-12"),
                "nation" => ("民族", "回族"),
                other => panic!("{other}: no such field"),
            };
            json!({"handed_in_on": application["proof_received_on"], "field": field, "to": to, "ground": ground})
        }
        "转学习形式" => json!({
            "to": application["to_form"], "plan": application["plan_ref"].as_str().unwrap_or(""), "ground": ground,
        }),
        "提前毕业" => json!({
            "half_years": (application["early_by_years"].as_f64().unwrap() * 2.0) as u64,
            "credits_required": application["credits_required"], "credits_earned": application["credits_earned"],
            "ground": ground,
        }),
        "毕业" => {
            let received = application["diploma_received_on"].as_str().filter(|day| !day.is_empty());
            json!({"leave": "毕业", "received_on": received, "ground": ground})
        }
        "退学" | "恢复学籍" | "注销" | "跳级" => json!({"ground": ground}),
        "重复学籍" => json!({"with": "中职", "other_school": application["other_school"], "ground": ground}),
        "普高/技工转入" => json!({
            "from": application["from_kind"], "former_school": format!("演练{}", text(application, "from_kind")),
            "person": joiner(application, &format!("{}-01", text(application, "original_entry"))), "ground": ground,
        }),
        "初中转入" => json!({
            "junior_school": "演练初级中学", "semester": application["junior_semester"], "guardian": "演练监护人",
            "relation": "母亲", "ground": ground,
            // They enter on the first of the month in which the case is started.
            "person": joiner(application, &format!("{}-01", &text(application, "submitted_on")[..7])),
        }),
        other => panic!("{other} cannot be played: list it in waiting.toml, or play it"),
    };
    // The program has a kind for each direction.
    json!({if kind == "跨省转学" { "跨省转出" } else { kind }: asked})
}

/// Somebody who has no file here yet.
fn joiner(application: &Value, entry: &str) -> Value {
    let person = &application["person"];
    let form = application["study_form"].as_str().unwrap_or("全日制");
    json!({"name": person["name"], "sex": person["sex"], "birth": person["birth_date"], "id_no": person["id_no"],
        "ethnic": "汉族", "major": application["to_major"], "study_form": form, "entry": entry,
        "half_years": (application["duration_years"].as_f64().unwrap() * 2.0) as u64})
}

/// Plays it; where nothing later rests on it, it is taken back at the end.
pub(crate) fn play(area: &mut Area, application: &Value) -> Played {
    if application["students"].is_array() {
        return play_batch(area, application);
    }
    match text(application, "kind") {
        "新生注册" => return entries::register(area, application),
        "学籍备案" => return entries::file(area, application),
        _ => {}
    }
    let known = application["student_no"].as_str();
    let student = known.map(|number| area.student(number)).unwrap_or_default();
    if let Some(years) = application["earlier_repeat_years"].as_u64() {
        area.set(&student, "repeated", years.into());
    }
    area.today(text(application, "submitted_on"));
    let school = application["initiated_by"].as_str().unwrap_or_else(|| text(application, "school"));
    let (entry, review) = (first(school), second(school));

    let mut asked = json!({"do": "applications.start", "details": details(application)});
    if known.is_some() {
        asked["student"] = student.as_str().into();
    }
    let started = area.ask(&entry, asked.clone());
    if let Some(refused) = started.get("refused") {
        return Played::blocked(refused);
    }
    let Some(id) = started["ok"]["application"].as_str().map(str::to_owned) else { return Played::error(&started) };
    for kind in application["evidence"].as_array().unwrap() {
        let kind = kind.as_str().unwrap();
        area.ok(&entry, paper(&id, kind));
    }
    for (account, verb) in [(&entry, "applications.submit"), (&review, "applications.decide")] {
        let revision = area.ok(&entry, json!({"do": "applications.show", "application": id}))["revision"].clone();
        let mut request = json!({"do": verb, "application": id, "revision": revision});
        if verb == "applications.decide" {
            request["agree"] = true.into();
        }
        let answer = area.ask(account, request);
        if let Some(refused) = answer.get("refused") {
            let played = Played::blocked(refused);
            cancel(area, &entry, &id);
            return played;
        }
        assert!(answer.get("ok").is_some(), "{}: {verb}: {answer}", text(application, "id"));
    }
    let case = area.ok(&entry, json!({"do": "applications.show", "application": id}));
    let played = read(&case);
    // What comes `after` another finds it open; the others do not touch one another.
    if text(application, "id") != "A146" && case["status"] != "granted" {
        cancel(area, &entry, &id);
    }
    played
}

/// A batch: the list, every student's own paper, both posts of the school. Batches between the same schools see one
/// another, so none is taken back.
fn play_batch(area: &mut Area, application: &Value) -> Played {
    let numbers = application["students"].as_array().unwrap();
    let students: Vec<String> = numbers.iter().map(|number| area.student(number.as_str().unwrap())).collect();
    area.today(text(application, "submitted_on"));
    let school = text(application, "initiated_by");
    let (entry, review) = (first(school), second(school));
    let list = json!({"students": students, "to": application["to_school"], "handed_in_on": application["applied_on"],
        "ground": application["reason"]});
    let started = area.ask(&entry, json!({"do": "batches.start", "list": list}));
    if let Some(refused) = started.get("refused") {
        return Played::blocked(refused);
    }
    let Some(batch) = started["ok"]["batch"].as_str().map(str::to_owned) else { return Played::error(&started) };
    let view = area.ok(&entry, json!({"do": "batches.show", "batch": batch}));
    let members: Vec<String> =
        view["members"].as_array().unwrap().iter().map(|each| text(each, "application").to_owned()).collect();
    assert_eq!(members.len(), students.len());
    for member in &members {
        for kind in application["evidence"].as_array().unwrap() {
            area.ok(&entry, paper(member, kind.as_str().unwrap()));
        }
    }
    for (account, act) in [(&entry, json!({"submit": {}})), (&review, json!({"decide": {"agree": true}}))] {
        let revision = area.ok(account, json!({"do": "batches.show", "batch": batch}))["revision"].clone();
        let request = json!({"do": "batches.act", "batch": batch, "revision": revision, "act": act, "except": []});
        let report = area.ok(account, request);
        assert_eq!((&report["done"], &report["refused"]), (&json!(students.len()), &json!(0)), "{report}");
    }
    let read_one = |area: &mut Area, member: &String| {
        read(&area.ok(&entry, json!({"do": "applications.show", "application": member})))
    };
    let played = read_one(area, &members[0]);
    for member in &members {
        let other = read_one(area, member);
        assert_eq!((&other.route, &other.first_due), (&played.route, &played.first_due), "not one batch: {member}");
    }
    played
}

/// Route, first clock and findings of a case that has left its school.
fn read(case: &Value) -> Played {
    let findings: Vec<_> = case["findings"].as_array().unwrap().iter().map(rule_of).collect();
    let worst = |severity: &str| findings.iter().any(|(_, of)| of == severity);
    let verdict = if worst("block") {
        "block"
    } else if worst("notice") {
        "notice"
    } else {
        "pass"
    };
    let steps = case["steps"].as_array().unwrap();
    // The key names the hands of Henan; those of another province are told by their province and a stroke.
    let here = |office: &&Value| !office.as_str().unwrap().contains('/');
    let route: Vec<&Value> = steps.iter().map(|step| &step["hand"]["office"]).filter(here).collect();
    let filings: Vec<&Value> =
        case["beyond"]["filings"].as_array().unwrap().iter().map(|filing| &filing["province"]).collect();
    let timed = steps.iter().find(|step| !step["clock"].is_null());
    let first_due = timed.map_or(Value::Null, |step| {
        let clock = &step["clock"];
        json!({"party": step["hand"]["office"], "counted_from": clock["started"], "working_days": clock["budget"],
            "due": clock["due"], "rule": clock["rule"]})
    });
    let chain = case["findings"].as_array().unwrap().iter().find_map(|found| {
        let offices = found["facts"]["if_both_approve"].as_str()?;
        (!offices.is_empty()).then(|| json!(offices.split(' ').collect::<Vec<_>>()))
    });
    let if_both = chain.unwrap_or_default();
    Played { verdict, findings, route: json!(route), first_due, filings: json!(filings), if_both }
}

fn cancel(area: &mut Area, account: &str, id: &str) {
    let revision = area.ok(account, json!({"do": "applications.show", "application": id}))["revision"].clone();
    area.ok(
        account,
        json!({"do": "applications.cancel", "application": id, "revision": revision, "reason": "演练结束"}),
    );
}

/// A paper in one piece.
fn paper(application: &str, kind: &str) -> Value {
    let bytes = kind.as_bytes();
    json!({"do": "evidence.attach", "application": application, "digest": blake3::hash(bytes).to_hex().as_str(),
        "size": bytes.len(), "kind": kind, "name": format!("{kind}.txt"), "original_place": "演练校档案室", "offset": 0,
        "data": STANDARD.encode(bytes)})
}
