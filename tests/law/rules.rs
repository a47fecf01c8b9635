use std::collections::HashSet;
use xueji::law::kinds;
use xueji::law::rules::{self, R5_12, R13_2, R13_7, RuleKind, Source};
use xueji::model::{Kind, Severity, Status};

/// What a rule may say it acts in: commands of the wire, subcommands, screens.
const PLACES: &[&str] = &[
    "applications.start",
    "applications.amend",
    "applications.submit",
    "applications.propose",
    "applications.decide",
    "applications.withdraw",
    "applications.cancel",
    "applications.remark",
    "applications.park",
    "applications.hand_over",
    "substitutes.put",
    "applications.preview",
    "applications.basis",
    "applications.file",
    "applications.sync",
    "applications.unsync",
    "batches.start",
    "batches.act",
    "batches.preview",
    "applications.show",
    "evidence.attach",
    "queue.page",
    "accounts.put",
    "exercise.today",
    "entry.check",
    "entry.save",
    "entry.amend",
    "entry.todo",
    "filing.submit",
    "junior.admit",
    "duplicates.dispute",
    "students.end_stage",
    "students.complete_compulsory",
    "calendar.put",
    "qualifications.publish",
    "workdays",
    "alerts.record",
    "alerts.define",
    "alerts.remind",
    "alerts.explain",
    "alerts.confirm",
    "alerts.dismiss",
    "alerts.decide",
    "alerts.list",
    "alerts.show",
    "absences.put",
    "inspections.put",
    "ratings.put",
    "ratings.decide",
    "custody.put",
    "students.put",
    "alerts",
    "import",
    "queue",
    "case",
    "basis",
    "windows.list",
    "calendar.show",
    "calendar",
    "graduation.list",
    "graduation.state",
    "graduation.issue",
    "graduation.print",
    "graduation.void",
    "graduation.deliver",
    "graduation.award",
    "graduation.check",
    "graduation.archive",
    "certificates.verify",
    "students.inquire",
    "schools.merge",
    "schools.close",
    "national.diff",
    "papers.put",
    "papers.check",
    "papers.list",
    "headcounts.show",
    "applications.demand",
    "applications.meet",
    "absences.draft",
    "checks.open",
    "checks.clear",
    "checks.list",
];

#[test]
fn every_rule_written_is_in_the_table() {
    let folder = format!("{}/src/law/rules", env!("CARGO_MANIFEST_DIR"));
    let mut written = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        written += text.lines().filter(|line| line.starts_with("pub static") && line.contains(": Rule = ")).count();
    }
    assert_eq!(written, rules::ALL.len());
    let ids: HashSet<_> = rules::ALL.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules::ALL.len());
}

#[test]
fn every_rule_is_whole() {
    for rule in rules::ALL {
        let id = rule.id;
        for text in [rule.title, rule.summary, rule.because, rule.remedy] {
            assert!(!text.is_empty(), "{id}");
        }
        for text in [rule.summary, rule.because, rule.remedy] {
            assert!(text.ends_with('。'), "{id}: {text}");
        }
        assert!(!rule.acts.is_empty(), "{id} acts nowhere");
        for place in rule.acts {
            assert!(PLACES.contains(place), "{id} acts in {place}, which there is not");
        }
        if rule.nothing_to_compute.is_some() {
            let quiet = matches!(rule.kind, RuleKind::Record | RuleKind::Display | RuleKind::Limit | RuleKind::Access);
            assert!(quiet, "{id} has something to compute");
        }
        assert_eq!(rule.in_force, "2021-04-12", "{id}");
        let by_id = match rule.article {
            "通知" => "R0.".to_owned(),
            "-" => "X.".to_owned(),
            item if item.starts_with("FM") => format!("{item}."),
            article => format!("R{article}."),
        };
        assert!(id.starts_with(&by_id), "{id} stands under {}", rule.article);
        if rule.article == "-" {
            assert_eq!(rule.source, Source::Derived, "{id}: general law is not the regulation's text");
        }
    }
}

#[test]
fn rules_stand_in_the_order_of_the_regulation() {
    let place = |id: &str| -> (u32, u32) {
        if let Some(item) = id.strip_prefix("FM") {
            // The list follows the article that speaks of what touches it.
            let (item, number) = item.split_once('.').unwrap();
            return (23, 100 + item.parse::<u32>().unwrap() * 10 + number.parse::<u32>().unwrap());
        }
        let (article, number) = id.trim_start_matches(['R', 'X']).split_once('.').unwrap();
        (article.parse().unwrap_or(u32::MAX), number.parse().unwrap())
    };
    // R5.12 stands with the rest of its article by number.
    assert!(rules::ALL.windows(2).all(|pair| place(pair[0].id) < place(pair[1].id)));
}

#[test]
fn findings_carry_the_rule() {
    let finding = R13_2.finding("逾期", "办理", &[("left", "-1".to_owned())]);
    assert_eq!((finding.rule.as_ref(), finding.article.as_ref()), ("R13.2", "13"));
    assert_eq!((finding.severity, finding.derived), (Severity::Notice, false));
    assert_eq!(finding.facts["left"], "-1");
    assert_eq!(R13_2.refuse("", "", &[]).severity, Severity::Block);
    assert_eq!(R13_7.finding_as(Severity::Hint, "", "", &[]).severity, Severity::Hint);
    assert!(R5_12.refuse("", "", &[]).derived);
}

#[test]
fn rules_are_found_by_id_and_by_article() {
    assert_eq!(rules::find("R13.7").unwrap().id, "R13.7");
    assert_eq!(rules::find("r13.7").unwrap().id, "R13.7");
    assert!(rules::find("R13").is_none() && rules::find("R99.1").is_none());
    let of_13: Vec<_> = rules::by_article("13").map(|rule| rule.id).collect();
    let all_13 = ["R13.1", "R13.2", "R13.3", "R13.4", "R13.5", "R13.6", "R13.7", "R13.8", "R13.9", "R13.10"];
    assert_eq!(of_13, all_13);
    assert_eq!(rules::by_article("1").count(), 3);
}

#[test]
fn a_suspension_is_as_the_regulation_has_it() {
    let row = kinds::row(Kind::Suspension);
    assert_eq!((row.name_zh, row.article), ("休学", "13"));
    assert_eq!((row.from, row.to), ([Status::Enrolled].as_slice(), Some(Status::Suspended)));
    assert_eq!(row.school_time, None);
    assert_eq!(row.authority_time.map(|time| (time.rule.id, time.budget)), Some(("R13.2", 10)));
    // One proof of any form; anything more would be an added condition (R13.3, R25.2).
    assert_eq!(row.materials.len(), 1);
    assert!(!row.materials[0].exact);
    assert_eq!(row.counter, Some("复学"));
    assert!(!row.beside_others);
    assert_eq!(row.from_words(), "在读");
}

#[test]
fn every_kind_has_its_row_and_names_rules_of_the_table_in_order() {
    for row in kinds::ALL {
        assert_eq!(kinds::row(row.kind), *row);
        let places: Vec<_> =
            row.rules.iter().map(|rule| rules::ALL.iter().position(|other| other.id == rule.id).unwrap()).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{}", row.name_zh);
    }
}

#[test]
fn statuses_are_written_as_json_writes_them() {
    for status in [
        Status::Registered,
        Status::Enrolled,
        Status::Suspended,
        Status::Withdrawn,
        Status::Cancelled,
        Status::Deceased,
        Status::Graduated,
        Status::Completed,
        Status::StageEnded,
        Status::Unregistered,
        Status::Departed,
    ] {
        assert_eq!(serde_json::to_value(status).unwrap(), status.name());
    }
}
