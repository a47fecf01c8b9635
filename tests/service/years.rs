//! One life from 2024 to 2027 through `xueji call`, each line with its own day and its own account: registered, filed,
//! changed, graduated. Every refusal on the way comes as JSON with rule, article, facts and remedy, and leaves the store
//! as it was.

use super::world::{ORDINARY, World, X1};
use crate::support::cells::cells;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

/// The life as it is lived.
struct Life {
    w: World,
    student: Value,
    refusals: u32,
    /// Refusals that were not as they should be: all are told at the end.
    wrong: Vec<String>,
}

impl Life {
    /// One line through the program.
    fn call(&mut self, account: &str, today: &str, mut request: Value) -> Value {
        request["id"] = 1.into();
        request["as"] = account.into();
        request["today"] = today.into();
        let mut child = self.w.store.command(&["call"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{request}\n").as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        // Refusals are replies: every line was answered.
        assert!(output.status.success(), "{request}: {}", output.status);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said.lines().count(), 1, "{request}: {said}");
        serde_json::from_str(&said).unwrap()
    }

    fn ok(&mut self, account: &str, today: &str, request: Value) -> Value {
        let mut answer = self.call(account, today, request.clone());
        match answer.get_mut("ok") {
            Some(ok) => ok.take(),
            None => panic!("{account} on {today} → {request}\n← {answer}"),
        }
    }

    /// Everything the store has to say: how much was ever written, and of the student all of it.
    fn stored(&mut self) -> Value {
        let written = self.w.journal_length();
        let student = if self.student.is_null() { Value::Null } else { self.w.dump(&self.id()) };
        json!([written, student])
    }

    fn id(&self) -> String {
        self.student.as_str().unwrap().to_owned()
    }

    /// A refusal: whole, and without a trace.
    fn refused(&mut self, rule: &str, account: &str, today: &str, request: Value) {
        let before = self.stored();
        let answer = self.call(account, today, request.clone());
        let told = format!("{account} on {today} → {request}\n← {answer}");
        let refused = &answer["refused"];
        let mut wrong = |what: &str| self.wrong.push(format!("{what}: {told}"));
        let article = rule.trim_start_matches(['R', 'F', 'M']).split('.').next().unwrap();
        if refused["rule"] != rule || refused["article"] != article {
            wrong(&format!("not {rule} of article {article}"));
        }
        if ["because", "remedy", "severity"].iter().any(|of| refused[of].as_str().is_none_or(str::is_empty)) {
            wrong("not whole");
        }
        if refused["facts"].as_object().is_none_or(serde_json::Map::is_empty) {
            wrong("without facts");
        }
        assert_eq!(self.stored(), before, "{told}: a refusal leaves the store as it was");
        self.refusals += 1;
    }

    /// One application from its start to the county's word, a day for all of it; its id.
    fn granted(&mut self, today: &str, details: &Value) -> Value {
        let start = json!({"do": "applications.start", "student": self.student, "details": details});
        let started = self.ok("x1-lr", today, start);
        let id = started["application"].clone();
        let paper = b"proof";
        let mut seen = self.ok(
            "x1-lr",
            today,
            json!({"do": "evidence.attach", "application": id, "digest": blake3::hash(paper).to_hex().as_str(),
                "size": paper.len(), "kind": "事由证明", "name": "证明.txt", "original_place": "学校档案室",
                "offset": 0, "data": STANDARD.encode(paper)}),
        )["revision"]
            .clone();
        let early = json!({"do": "applications.decide", "application": id, "revision": seen, "agree": true});
        self.refused("R4.1", "xian1-fh", today, early);
        for (account, act) in [
            ("x1-lr", json!({"do": "applications.submit"})),
            ("x1-sh", json!({"do": "applications.decide", "agree": true})),
            ("xian1-jb", json!({"do": "applications.propose", "outcome": "approve"})),
            ("xian1-fh", json!({"do": "applications.decide", "agree": true})),
        ] {
            let mut act = act;
            (act["application"], act["revision"]) = (id.clone(), seen.clone());
            seen = self.ok(account, today, act)["revision"].clone();
        }
        id
    }

    fn record(&mut self) -> Value {
        self.w.record(&self.id())["student"].clone()
    }
}

#[test]
fn a_life_from_registration_to_the_certificate_with_every_refusal_on_the_way() {
    let mut w = World::new();
    let mut lines = Vec::new();
    for season in ["春", "秋"] {
        lines.push(json!({"school": X1, "year": 2024, "season": season, "major": ORDINARY, "campus": "本部",
            "form": "全日制", "half_years": 6, "plan": 50}));
    }
    w.keeper.ok(json!({"do": "qualifications.publish", "lines": lines}));
    let mut life = Life { w, student: Value::Null, refusals: 0, wrong: Vec::new() };

    // 2024: registered, and filed. What is missing or too late is told.
    let mut cells = cells(1);
    for (name, text) in
        [("入学年月", "202409"), ("专业简称", ORDINARY), ("校区", "本部"), ("录取依据", ""), ("学籍号", "")]
    {
        cells.insert(name.into(), text.into());
    }
    let save = |cells: &std::collections::BTreeMap<String, String>| json!({"do": "entry.save", "cells": cells});
    life.refused("R5.8", "x1-lr", "2024-09-10", save(&cells));
    cells.insert("录取依据".into(), "演练录取〔2024〕1号".into());
    let mut elsewhere = save(&cells);
    elsewhere["school"] = X1.into();
    life.refused("R5.7", "xian1-jb", "2024-09-10", elsewhere);
    life.refused("R4.1", "x1-sh", "2024-09-10", save(&cells));
    life.refused("R6.2", "x1-lr", "2024-11-21", save(&cells));
    cells.insert("学制".into(), "两年制".into());
    life.refused("R10.2", "x1-lr", "2024-09-10", save(&cells));
    cells.insert("学制".into(), "三年制".into());
    let saved = life.ok("x1-lr", "2024-09-10", save(&cells));
    assert_eq!((&saved["status"], &saved["planned_grad"]), (&json!("已注册未备案"), &json!("2027-07-01")));
    life.student = saved["student"].clone();
    let student = life.student.clone();
    life.refused("R8.5", "x1-lr", "2024-09-11", save(&cells));
    let file = json!({"do": "filing.submit", "students": [student]});
    // A number that the national system has not given yet: a resident's stands in for it.
    life.refused("R5.7", "keeper", "2024-09-20", file.clone());
    life.refused("R6.6", "x1-lr", "2024-12-21", file.clone());
    let filed = life.ok("x1-lr", "2024-12-20T23:59", file);
    assert_eq!(filed["items"][0]["status"], "在读", "{filed}");
    let amend = json!({"do": "entry.amend", "student": student, "revision": 2, "cells": {"班级名称": "24机电2班"}});
    life.refused("R2.2", "x1-lr", "2024-12-20", amend);

    // 2025: ill, away, back a year later; then too late for another major.
    let start = |details: Value| json!({"do": "applications.start", "student": student, "details": details});
    let back = json!({"复学": {"on": "2026-03-02", "years": 1, "ground": "病愈"}});
    life.refused("R13.7", "x1-lr", "2025-03-10", start(back.clone()));
    let away = json!({"休学": {"period": {"from": "2025-03-17", "until": "2026-03-01"}, "ground": "因病"}});
    life.granted("2025-03-10", &away);
    assert_eq!(life.record()["status"], "休学");
    life.refused("R13.7", "x1-lr", "2025-06-10", start(json!({"转专业": {"to": "710201", "ground": "兴趣"}})));
    life.granted("2026-03-02", &back);
    assert_eq!((&life.record()["status"], &life.record()["planned_grad"]), (&json!("在读"), &json!("2028-07-01")));
    life.refused("R17.7", "x1-lr", "2026-04-07", start(json!({"留级": {"years": 4, "ground": "学业"}})));
    // 跳级 brings back the year that was lost, so that 2027 is the year of the certificate after all.
    life.granted("2026-06-08", &json!({"跳级": {"ground": "成绩优异"}}));
    assert_eq!(life.record()["planned_grad"], "2027-07-01");
    life.refused("R12.21", "x1-lr", "2026-09-01", start(json!({"转专业": {"to": "710201", "ground": "兴趣"}})));

    // 2027: the list, what the school states, the certificate, and only then the national system.
    let check = json!({"do": "graduation.check", "school": X1, "year": 2027});
    life.refused("R16.6", "x1-lr", "2027-05-31", check.clone());
    life.ok("x1-lr", "2027-06-01", check);
    let issue = json!({"do": "graduation.issue", "students": [student], "leave": "毕业"});
    life.refused("R17.1", "sheng-jb", "2027-06-10", issue.clone());
    life.refused("R17.2", "xian1-jb", "2027-06-11", issue.clone());
    // The changes were granted here and never brought into the other systems.
    life.refused("R17.3", "sheng-jb", "2027-06-11", issue.clone());
    let photo = "aa".repeat(32);
    let stated = json!({"do": "graduation.state", "student": student, "statement":
        {"photo": photo, "hours_done": true, "exam_passed": true, "study_file": "XD-001"}});
    life.ok("x1-lr", "2027-06-02", stated);
    life.refused("R17.8", "sheng-jb", "2027-06-11", issue.clone());
    let open = life.ok("x1-lr", "2027-06-02", json!({"do": "applications.list", "student": student, "count": 50}));
    for application in open["items"].as_array().unwrap() {
        let (id, revision) = (application["id"].clone(), application["revision"].clone());
        let sync = json!({"do": "applications.sync", "application": id, "revision": revision,
            "national_on": "2027-06-02", "module_on": "2027-06-02"});
        life.ok("x1-lr", "2027-06-02", sync);
    }
    let begin = start(json!({"毕业": {"leave": "毕业"}}));
    life.refused("R18.1", "x1-lr", "2027-06-11", begin.clone());
    life.ok("sheng-jb", "2027-06-11", issue.clone());
    let print = json!({"do": "graduation.print", "students": [student]});
    life.refused("R5.12", "sheng-jb", "2027-06-11", print.clone());
    let printed = life.ok("sheng-fh", "2027-06-11", print);
    assert!(printed["items"][0]["number"].as_str().unwrap().starts_with("2027410782"), "{printed}");
    life.refused("R19.1", "sheng-jb", "2027-06-12", issue);
    let award = json!({"do": "graduation.award", "student": student, "on": "2027-06-15", "receiver": "本人",
        "photo_pasted": true, "sealed": true});
    life.refused("R17.5", "x1-lr", "2027-06-15", award.clone());
    let deliver =
        json!({"do": "graduation.deliver", "students": [student], "on": "2027-06-14", "receiver": "演练签收人"});
    life.ok("sheng-jb", "2027-06-14", deliver);
    life.granted("2027-06-15", &json!({"毕业": {"leave": "毕业"}}));
    life.ok("x1-lr", "2027-06-15", award);
    let keep =
        json!({"do": "graduation.archive", "school": X1, "year": 2027, "on": "2027-06-30", "place": "档案室甲柜"});
    assert_eq!(life.ok("x1-lr", "2027-06-30", keep.clone())["graduates"], 1);
    life.refused("R18.5", "x1-lr", "2027-06-30", keep);
    life.refused("R13.7", "x1-lr", "2027-07-01", start(json!({"退学": {"ground": "演练"}})));
    let void = json!({"do": "graduation.void", "student": student, "reason": "遗失"});
    life.refused("R19.1", "sheng-fh", "2027-07-01", void);

    let record = life.record();
    assert_eq!((&record["status"], &record["half_years"]), (&json!("毕业"), &json!(6)));
    let told: Vec<&str> =
        record["history"].as_array().unwrap().iter().map(|line| line["to"].as_str().unwrap()).collect();
    // 跳级 changes no status and has a line all the same.
    assert_eq!(told, ["已注册未备案", "在读", "休学", "在读", "在读", "毕业"]);
    assert!(life.wrong.is_empty(), "{} wrong:\n{}", life.wrong.len(), life.wrong.join("\n"));
    assert!(life.refusals > 25, "{} refusals", life.refusals);
    life.w.store.run_ok(&["stop"]);
    life.w.store.run_ok(&["verify"]);
}
