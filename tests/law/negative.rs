//! The negative list's thresholds, both sides of each, from `negative.toml`.

use super::{day, table};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use xueji::law::negative::{self, Nearness};
use xueji::law::rules;
use xueji::model::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
    ground: Vec<GroundRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    rule: String,
    why: String,
    today: String,
    student: Option<Pupil>,
    school: Option<School>,
    #[serde(default)]
    met: bool,
    near: Option<String>,
    /// Another rule that finds something in the same facts.
    also: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroundRow {
    rule: String,
    why: String,
    ground: Ground,
    today: Option<String>,
    #[serde(default)]
    refused: bool,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Pupil {
    entry: Option<String>,
    registered: Option<String>,
    filed: Option<String>,
    status: Option<Status>,
    part_time: bool,
    since: Option<String>,
    compulsory: Option<String>,
    left: Option<String>,
    returned: Option<String>,
    leave: Vec<(String, String)>,
    away: Vec<String>,
    on_leave: Vec<String>,
    present: Vec<String>,
    double: Option<u64>,
    dispute: bool,
    reminders: Vec<String>,
    explained: Option<String>,
    campus: Option<String>,
    major: Option<String>,
    offered: Option<Vec<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct School {
    filed: BTreeMap<String, u32>,
    in_school: BTreeMap<String, u32>,
    now: u32,
    qualified: Vec<i32>,
    unqualified: Vec<i32>,
    differing: Option<u64>,
    total: Option<u64>,
}

fn by() -> Signature {
    Signature {
        account: "a".into(),
        person: "p".into(),
        name: "演练检查员".into(),
        office: "410782".into(),
        post: Post::Handler,
        on_behalf: None,
    }
}

fn noon(text: &str) -> Stamp {
    Stamp::at(day(text), 12, 0)
}

fn student(of: &Pupil) -> WatchedStudent {
    let checks = [(&of.away, Presence::Away), (&of.on_leave, Presence::OnLeave), (&of.present, Presence::Present)];
    let checks = checks.into_iter().flat_map(|(days, found)| {
        days.iter().map(move |on| Check {
            school: "s".into(),
            on: day(on),
            found,
            document: "检1".into(),
            by: by(),
            at: noon(on),
        })
    });
    let checks: Vec<Check> = checks.collect();
    let absences: Vec<Absence> = of
        .left
        .iter()
        .map(|left| Absence {
            school: "s".into(),
            left: day(left),
            returned: of.returned.as_deref().map(day),
            leave: of.leave.iter().map(|(from, until)| Period { from: day(from), until: day(until) }).collect(),
            document: "考勤".into(),
            by: by(),
            at: noon(left),
        })
        .collect();
    let known = !absences.is_empty() || !checks.is_empty();
    let entry = day(of.entry.as_deref().unwrap_or("2024-09-01"));
    let status = of.status.unwrap_or(Status::Enrolled);
    let season = (2025, Season::Autumn);
    let offers = of
        .offered
        .as_ref()
        .map(|majors| Offers::from([(season, majors.iter().map(|code| code.as_str().into()).collect())]));
    WatchedStudent {
        id: StudentId(1),
        status,
        part_time: of.part_time,
        entry,
        registered: of.registered.as_deref().map(day),
        filed: of
            .filed
            .as_deref()
            .map(day)
            .or((status != Status::Registered && of.registered.is_none()).then_some(entry)),
        studying_since: Some(of.since.as_deref().map_or(entry, day)),
        compulsory_until: of.compulsory.as_deref().map(day),
        major: of.major.as_deref().unwrap_or("610101").into(),
        offers: Arc::new(offers.unwrap_or_default()),
        unfiled_campus: of.campus.clone(),
        doubles: of.double.map(StudentId).into_iter().collect(),
        in_dispute: of.dispute,
        attendance: known.then(|| Arc::new(Attendance { student: StudentId(1), revision: 1, absences, checks })),
    }
}

/// The case on the double, if the row has reminders or an explanation.
fn cases(of: &Pupil) -> Vec<Arc<Alert>> {
    let (Some(double), true) = (of.double, !of.reminders.is_empty() || of.explained.is_some()) else {
        return Vec::new();
    };
    let reminder =
        |on: &String| Reminder { at: noon(on), by: by(), channel: "电话".into(), content: "请处理".into() };
    vec![Arc::new(Alert {
        id: AlertId(1),
        revision: 1,
        item: Item::Duplicate,
        school: "s".into(),
        student: Some(StudentId(1)),
        ground: Ground::Computed { key: format!("double:{}", StudentId(double)), because: String::new() },
        document: "查重单".into(),
        opened: noon("2025-10-01"),
        by: by(),
        stage: Stage::Suspected,
        reminders: of.reminders.iter().map(reminder).collect(),
        explanations: of
            .explained
            .iter()
            .map(|on| Explanation { at: noon(on), by: by(), text: "在查".into() })
            .collect(),
        proposal: None,
        judged: Vec::new(),
    })]
}

fn facts(row: &Row) -> Watched {
    let years = |of: &BTreeMap<String, u32>| of.iter().map(|(year, n)| (year.parse().unwrap(), *n)).collect();
    let mut offers = Offers::new();
    let school = row.school.as_ref();
    for (list, majors) in [
        (school.map(|of| &of.qualified), BTreeSet::from(["610101".into()])),
        (school.map(|of| &of.unqualified), BTreeSet::new()),
    ] {
        offers.extend(list.into_iter().flatten().map(|year| ((*year, Season::Autumn), majors.clone())));
    }
    let enough = BTreeMap::from([(2023, 100), (2024, 100), (2025, 100)]);
    Watched {
        school: "s".into(),
        students: row.student.iter().map(student).collect(),
        filed: school.map_or(enough, |of| years(&of.filed)),
        in_school: school.map_or_else(|| BTreeMap::from([(2023, 300), (2024, 300)]), |of| years(&of.in_school)),
        now: school.map_or(300, |of| of.now),
        offers: Arc::new(offers),
        difference: school.and_then(|of| {
            Some(Difference {
                on: day(&row.today),
                differing: of.differing?,
                total: of.total?,
                ..Difference::default()
            })
        }),
        alerts: row.student.as_ref().map(cases).unwrap_or_default(),
        standing: None,
    }
}

#[test]
fn every_threshold_from_both_sides() {
    let table: Table = table("negative");
    for row in &table.row {
        let told = format!("{} {} ({})", row.rule, row.why, row.today);
        let item: Item = row.rule[..3].parse().unwrap();
        let facts = facts(row);
        let readings = negative::of_school(&facts, day(&row.today));
        let of_rule: Vec<_> = readings.iter().filter(|one| one.rule.id == row.rule).collect();
        if row.met || row.near.is_some() {
            let [one] = &of_rule[..] else { panic!("{told}: {readings:#?}") };
            let wanted = if row.met { Nearness::Met } else { Nearness::Near };
            assert_eq!(one.nearness, wanted, "{told}: {one:?}");
            assert_eq!(one.distance.is_empty(), row.met, "{told}: {one:?}");
            let distance = row.near.as_deref().unwrap_or_default();
            assert!(one.distance.contains(distance), "{told}: {}", one.distance);
            assert_eq!(one.item, item);
        } else {
            assert!(of_rule.is_empty(), "{told}: {of_rule:#?}");
        }
        let others: HashSet<&str> = readings.iter().map(|one| one.rule.id).filter(|id| *id != row.rule).collect();
        assert_eq!(others, row.also.iter().map(String::as_str).collect(), "{told}: what else is found");
        // Eight lines for a school, whatever is found.
        let lines = negative::summaries(&facts, &readings, day(&row.today));
        assert_eq!(lines.iter().map(|line| line.item).collect::<Vec<_>>(), Item::ALL);
        assert!(lines.iter().all(|line| !line.text.is_empty()), "{told}: {lines:#?}");
    }
}

#[test]
fn what_may_be_entered() {
    let table: Table = table("negative");
    let published = ["计算机应用".to_owned(), "旅游服务与管理".to_owned()];
    for row in &table.ground {
        let today = day(row.today.as_deref().unwrap_or("2025-10-15"));
        let why = negative::judge_ground(&row.ground, &published, today);
        assert_eq!(
            why.as_ref().map(|why| why.rule.as_ref()),
            row.refused.then_some(row.rule.as_str()),
            "{} {}",
            row.rule,
            row.why
        );
        assert_eq!(row.ground.item(), Some(row.rule[..3].parse().unwrap()), "{}", row.why);
    }
}

#[test]
fn every_condition_of_the_list_has_both_its_sides_in_the_table() {
    let table: Table = table("negative");
    let conditions = rules::ALL.iter().map(|rule| rule.id).filter(|id| id.starts_with("FM"));
    for id in conditions {
        let (mut hits, mut misses) = (0, 0);
        for row in table.row.iter().filter(|row| row.rule == id) {
            if row.met { hits += 1 } else { misses += 1 }
        }
        for row in table.ground.iter().filter(|row| row.rule == id) {
            if row.refused { misses += 1 } else { hits += 1 }
        }
        // FM3.1 turns into the count of FM3.2 on its other side.
        misses += usize::from(id == "FM3.1");
        assert!(hits > 0 && misses > 0, "{id}: {hits} met, {misses} not");
    }
}

#[test]
fn a_found_or_dismissed_case_is_laid_over_its_own_facts_only() {
    let pupil = Pupil { left: Some("2025-06-15".into()), ..Pupil::default() };
    let (watched, today) = (student(&pupil), day("2025-09-16"));
    let case = |stage: Stage, key: &str| {
        let alert = cases(&Pupil { double: Some(9), explained: Some("2025-10-01".into()), ..Pupil::default() });
        let ground = Ground::Computed { key: key.into(), because: "立案".into() };
        vec![Arc::new(Alert { item: Item::Absent, ground, stage, ..alert[0].as_ref().clone() })]
    };
    let read = |alerts: &[Arc<Alert>]| {
        negative::of_student(&watched, alerts, today).iter().map(|one| (one.nearness, one.stands)).collect::<Vec<_>>()
    };
    assert_eq!(read(&[]), [(Nearness::Met, true)]);
    assert_eq!(read(&case(Stage::Confirmed, "left:2025-06-15")), [(Nearness::Found, true)]);
    assert_eq!(read(&case(Stage::Dismissed, "left:2025-06-15")), []);
    assert_eq!(read(&case(Stage::Remedied, "left:2025-06-15")), []);
    // Another absence is another matter: it counts although the earlier one was dismissed.
    assert_eq!(read(&case(Stage::Dismissed, "left:2024-06-15")), [(Nearness::Met, true)]);
    // A case whose facts have gone waits for its judgement, and stops nothing.
    assert_eq!(read(&case(Stage::Suspected, "left:2024-06-15")), [(Nearness::Met, true), (Nearness::Near, false)]);
}

#[test]
fn the_matter_is_stopped_and_its_cures_are_not() {
    let pupil = Pupil { left: Some("2025-06-15".into()), ..Pupil::default() };
    let met = negative::of_student(&student(&pupil), &[], day("2025-09-16"));
    let near = negative::of_student(&student(&pupil), &[], day("2025-09-15"));
    for kind in Kind::ALL {
        let ends = [Kind::Suspension, Kind::Withdrawal, Kind::Annulment, Kind::Death];
        let cures = ends.contains(&kind) || [Kind::Correction, Kind::Duplicate].contains(&kind);
        assert_eq!(negative::stops(&met[0], kind), !cures, "{kind:?}");
        assert!(!negative::stops(&near[0], kind), "{kind:?}");
        let found = negative::findings(&met, kind);
        let wanted = if cures { ("FM4.1", Severity::Notice) } else { ("R21.1", Severity::Block) };
        assert_eq!((found[0].rule.as_ref(), found[0].severity), wanted, "{kind:?}");
    }
    assert_eq!(negative::findings(&near, Kind::Transfer)[0].severity, Severity::Hint);
}
