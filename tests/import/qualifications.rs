//! Recruitment qualifications (招生资质): published whole, compared with the last publication.

use crate::world::*;
use serde_json::{Value, json};

const HEADER: &str = "school_code,year,season,major_code,campus,study_form,duration_years,plan\n";
const FIRST: &str = "\
3641988001,2025,秋,660301,本部,全日制,3,50
3641988001,2025,秋,660301,东校区,全日制,3,40
3641988001,2025,秋,610301,本部,非全日制,2.5,30
3641988002,2025,秋,660301,本部,全日制,3,50
";

fn publish(world: &World, rows: &str, exit: i32) -> Value {
    let ran = world.import("qualifications", format!("{HEADER}{rows}").as_bytes(), &["--json"]);
    assert_eq!(ran.exit, exit, "{}{}", ran.out, ran.err);
    ran.json()
}

fn listed(world: &World, filter: Value) -> Vec<String> {
    let mut ask = json!({"do": "qualifications.list"});
    ask.as_object_mut().unwrap().extend(filter.as_object().unwrap().clone());
    let list = world.keeper().ok(ask);
    let items = list["items"].as_array().unwrap();
    let one = |of: &Value| {
        let offers = of["offers"].as_array().unwrap().len();
        format!("{} {}{} {offers}", of["school"].as_str().unwrap(), of["year"], of["season"].as_str().unwrap())
    };
    items.iter().map(one).collect()
}

#[test]
fn a_publication_is_taken_in_and_listed() {
    let world = World::new();
    let report = publish(&world, FIRST, 0);
    assert_eq!((&report["committed"], &report["counts"]["written"]), (&json!(true), &json!(2)), "two schools");
    assert_eq!((&report["counts"]["added"], &report["counts"]["withdrawn"]), (&json!(4), &json!(0)));
    assert_eq!(listed(&world, json!({})), ["3641988001 2025秋 3", "3641988002 2025秋 1"]);
    assert_eq!(listed(&world, json!({"school": "3641988002"})), ["3641988002 2025秋 1"]);
    assert_eq!(listed(&world, json!({"season": "春"})), [""; 0]);
    assert_eq!(listed(&world, json!({"year": 2026})), [""; 0]);
    let page = world.keeper().ok(json!({"do": "qualifications.list", "count": 1}));
    assert_eq!((&page["total"], &page["next"]), (&json!(2), &json!(1)));
    let offer = &page["items"][0]["offers"][0];
    assert_eq!((&page["items"][0]["school_name"], &offer["half_years"]), (&json!("演练甲校"), &json!(5)), "{offer}");
    let again = publish(&world, FIRST, 0);
    assert_eq!((&again["counts"]["written"], &again["counts"]["unchanged"]), (&json!(0), &json!(4)));
    world.store.run_ok(&["verify"]);
}

/// What the next publication of the same season leaves out is withdrawn; other seasons stay.
#[test]
fn a_later_publication_takes_the_place_of_the_one_before() {
    let world = World::new();
    publish(&world, FIRST, 0);
    publish(&world, "3641988001,2025,春,660301,本部,全日制,3,20\n", 0);
    let second = "\
3641988001,2025,秋,660301,本部,全日制,3,60
3641988001,2025,秋,610301,本部,非全日制,2.5,30
3641988001,2025,秋,610301,本部,非全日制,3,30
";
    let report = publish(&world, second, 0);
    let counts = &report["counts"];
    let told: Vec<&Value> = ["added", "changed", "withdrawn", "schools_withdrawn"].map(|of| &counts[of]).into();
    assert_eq!(told, [1, 1, 2, 1], "{counts}");
    let notice = &row(&report, 1)["problems"][0];
    assert_eq!((&notice["kind"], &notice["severity"]), (&json!("school_withdrawn"), &json!("notice")));
    assert!(notice["message"].as_str().unwrap().contains("3641988002（2025年秋季）"), "{notice}");
    assert_eq!(listed(&world, json!({})), ["3641988001 2025春 1", "3641988001 2025秋 3", "3641988002 2025秋 0"]);
}

#[test]
fn one_bad_line_keeps_the_publication_out() {
    let world = World::new();
    for (bad, fault) in [
        ("3641988009,2025,秋,660301,本部,全日制,3,50", "school_unknown"),
        ("410782,2025,秋,660301,本部,全日制,3,50", "school_unknown"),
        ("3641988001,2020,秋,660301,本部,全日制,3,50", "year"),
        ("3641988001,2025,夏,660301,本部,全日制,3,50", "not_in_code_set"),
        ("3641988001,2025,秋,机电,本部,全日制,3,50", "major_unknown"),
        ("3641988001,2025,秋,660301,,全日制,3,50", "missing_required"),
        ("3641988001,2025,秋,660301,本部,函授,3,50", "not_in_code_set"),
        ("3641988001,2025,秋,660301,本部,全日制,2.7,50", "study_length"),
        ("3641988001,2025,秋,660301,本部,全日制,3,很多", "plan"),
        ("3641988001,2025,秋季,660301,本部,全日制,三年制,70", "duplicate_in_file"),
    ] {
        let report = publish(&world, &format!("{FIRST}{bad}\n"), 4);
        let problems = row(&report, 6)["problems"].as_array().unwrap();
        assert!(problems.iter().any(|of| of["kind"] == fault && of["severity"] == "block"), "{bad}: {report}");
        assert_eq!(listed(&world, json!({})), [""; 0], "{bad}");
    }
    // Beyond the catalogue, or at a campus nobody filed: said, and taken in.
    let report = publish(&world, "3641988001,2025,秋,990199,南校区,全日制,3,50\n", 0);
    let kinds: Vec<_> = row(&report, 2)["problems"].as_array().unwrap().iter().map(|of| of["kind"].clone()).collect();
    assert_eq!(kinds, ["campus_unknown", "major_unknown"]);
}

#[test]
fn a_request_publishes_as_a_file_does_and_only_the_keeper_may() {
    let world = World::new();
    world.account("lr", "3641988001", &["entry"]);
    let line = json!({"school": "3641988001", "year": 2025, "season": "秋", "major": "660301", "campus": "本部",
        "form": "全日制", "half_years": 6, "plan": 50});
    let ask = |lines: Value| json!({"do": "qualifications.publish", "lines": lines});
    let refused = world.store.call_as("lr").refused(ask(json!([line])));
    assert_eq!((&refused["rule"], &refused["severity"]), (&json!("R4.1"), &json!("block")));
    let done = world.keeper().ok(ask(json!([line])));
    assert_eq!((&done["added"], &done["schools"]), (&json!(1), &json!(1)), "{done}");
    assert_eq!(listed(&world, json!({})), ["3641988001 2025秋 1"]);
    let mut other = line.clone();
    other["school"] = "3641988002".into();
    let twice = world.keeper().error(ask(json!([other, other])));
    assert!(twice["message"].as_str().unwrap().contains("第2行"), "{twice}");
    let done = world.keeper().ok(ask(json!([other])));
    assert_eq!((&done["withdrawn"], &done["schools_gone"][0]["school"]), (&json!(1), &json!("3641988001")), "{done}");
}

/// What a publication would change is listed line by line before anything is written, by the program and through `call`.
#[test]
fn a_publication_is_compared_line_by_line_with_the_last_one() {
    let world = World::new();
    publish(&world, FIRST, 0);
    let second = "\
3641988001,2025,秋,660301,本部,全日制,3,60
3641988001,2025,秋,610301,本部,非全日制,2.5,30
3641988001,2025,秋,610301,本部,全日制,3,25
";
    let before = world.entries().len();
    let tried = world.import("qualifications", format!("{HEADER}{second}").as_bytes(), &["--dry-run", "--json"]).json();
    let changes = &tried["changes"];
    let counts = ["added", "withdrawn", "changed", "unchanged", "schools_withdrawn"].map(|of| changes[of].clone());
    assert_eq!(counts, [1, 2, 1, 1, 1].map(Value::from), "{changes}");
    let lines: Vec<String> = changes["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| {
            format!(
                "{} {} {} {} {}→{}",
                of["change"], of["school"], of["major"], of["campus"], of["before"], of["after"]
            )
            .replace('"', "")
        })
        .collect();
    assert_eq!(
        lines,
        [
            "added 3641988001 610301 本部 null→25",
            "withdrawn 3641988001 660301 东校区 40→null",
            "changed 3641988001 660301 本部 50→60",
            "withdrawn 3641988002 660301 本部 50→null",
        ]
    );
    let people = world.import("qualifications", format!("{HEADER}{second}").as_bytes(), &["--dry-run"]);
    assert!(people.out.contains("新增 1 行，取消 2 行，计划数变 1 行"), "{}", people.out);
    assert_eq!(world.entries().len(), before, "nothing was written");

    // Through `call`, a page at a time; without the staged rows there is nothing to compare.
    let mut keeper = world.keeper();
    let columns: Vec<&str> = HEADER.trim().split(',').collect();
    let rows: Vec<Vec<&str>> = second.lines().map(|line| line.split(',').collect()).collect();
    let compare = |digest: &Value, after: u32| json!({"do": "qualifications.compare", "digest": digest, "after": after, "count": 3});
    assert_eq!(keeper.error(compare(&json!("00"), 0))["kind"], "input");
    let staged =
        keeper.ok(json!({"do": "import.stage", "kind": "qualifications", "columns": columns, "from": 0, "rows": rows}));
    let page = keeper.ok(compare(&staged["digest"], 0));
    assert_eq!((&page["total"], page["items"].as_array().unwrap().len(), &page["next"]), (&json!(4), 3, &json!(3)));
    let rest = keeper.ok(compare(&staged["digest"], 3));
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    world.account("jb", "410782", &["handler"]);
    assert_eq!(world.store.call_as("jb").refused(compare(&staged["digest"], 0))["rule"], "R4.1");
    assert_eq!(listed(&world, json!({})), ["3641988001 2025秋 3", "3641988002 2025秋 1"], "as it was");
}
