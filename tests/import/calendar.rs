//! A new year of the calendar. The one in `calendar.csv` is invented: nothing of it but the days fixed by law was ever
//! announced.

use crate::world::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

const YEAR: &str = include_str!("calendar.csv");

fn until(world: &World) -> Value {
    world.keeper().welcome["me"]["calendar_until"].clone()
}

/// A roster, and the two posts of its first school.
fn school(world: &World) {
    world.roster(STUDENTS, 0);
    world.account("lr", "3641988001", &["entry"]);
    world.account("sh", "3641988001", &["review"]);
}

/// An application that the county has had since this day.
fn at_county(world: &World, student: &str, day: &str) -> String {
    world.keeper().ok(json!({"do": "exercise.today", "at": format!("{day}T09:00")}));
    let mut entry = world.store.call_as("lr");
    let details = json!({"休学": {"period": {"from": "2027-01-18", "until": "2027-06-30"}, "ground": "因病"}});
    let started = entry.ok(json!({"do": "applications.start", "student": student, "details": details}));
    let id = started["application"].as_str().unwrap().to_owned();
    let paper = b"a diagnosis";
    entry.ok(json!({"do": "evidence.attach", "application": id, "digest": blake3::hash(paper).to_hex().as_str(),
        "size": paper.len(), "kind": "休学事由证明材料", "name": "证明.txt", "original_place": "学校档案室",
        "offset": 0, "data": STANDARD.encode(paper)}));
    let revision = |call: &mut crate::support::call::Call| {
        call.ok(json!({"do": "applications.show", "application": id}))["revision"].clone()
    };
    let seen = revision(&mut entry);
    entry.ok(json!({"do": "applications.submit", "application": id, "revision": seen}));
    let mut review = world.store.call_as("sh");
    let seen = revision(&mut review);
    review.ok(json!({"do": "applications.decide", "application": id, "revision": seen, "agree": true}));
    id
}

/// An application that the county has had since 28 December 2026.
fn with_the_county(world: &World) -> String {
    school(world);
    at_county(world, "S0000001", "2026-12-28")
}

#[test]
fn open_clocks_run_by_a_loaded_year_at_once_and_after_a_restart() {
    let world = World::new();
    let id = with_the_county(&world);
    let clock = || {
        let shown = world.keeper().ok(json!({"do": "applications.show", "application": id}));
        let clock = shown["steps"][1]["clock"].clone();
        (clock["due"].clone(), clock["provisional"].clone())
    };
    assert_eq!((until(&world), clock()), (json!("2026-12-31"), (json!("2027-01-12"), json!(true))));

    let mut desk = world.keeper();
    desk.ok(json!({"do": "notices.subscribe"}));
    let ran = world.confirmed(YEAR);
    assert_eq!((ran.exit, &ran.json()["counts"]["written"]), (0, &json!(1)), "{}{}", ran.out, ran.err);
    desk.notice_of("day");
    // Saturday the ninth is worked: one day earlier, and no longer provisional.
    let loaded = (json!("2027-12-31"), (json!("2027-01-11"), json!(false)));
    assert_eq!((until(&world), clock()), loaded);
    let basis = world.keeper().ok(json!({"do": "applications.basis", "application": id}));
    assert!(basis["calendar"].as_str().unwrap().contains("2027年"), "{basis}");

    world.store.run_ok(&["stop"]);
    assert_eq!((until(world_running(&world)), clock()), loaded);
    let again = world.import("calendar", YEAR.as_bytes(), &["--json"]).json();
    assert_eq!((&again["counts"]["written"], &again["counts"]["unchanged"]), (&json!(0), &json!(1)));
    // A corrected notice takes the place of the year.
    let corrected = YEAR.replace("2027-01-09,workday,元旦\n", "");
    let report = world.confirmed(&corrected).json();
    assert_eq!(report["counts"]["written"], 1);
    assert_eq!(clock(), (json!("2027-01-12"), json!(false)));
    world.store.run_ok(&["verify"]);
}

/// Any command of a desk starts the server again.
fn world_running(world: &World) -> &World {
    world.import("calendar", YEAR.as_bytes(), &["--dry-run"]);
    world
}

#[test]
fn a_year_comes_whole_and_next_to_those_known() {
    let world = World::bare();
    for (content, number, fault) in [
        (YEAR.replace("2027-10-01,holiday", "2027-10-04,holiday"), 2, "incomplete_year"),
        (YEAR.replace("2027-", "2028-").replace("2028-01-09", "2028-01-08"), 2, "missing_year"),
        (YEAR.replace("2027-", "2019-").replace("2019-01-09", "2019-01-06"), 2, "missing_year"),
        (YEAR.replace("2027-01-09", "2027-01-08"), 5, "not_a_weekend"),
        (YEAR.replace("2027-01-02", "2027-01-01"), 3, "duplicate_in_file"),
        (YEAR.replace("2027-01-02", "2027-02-30"), 3, "date"),
        (YEAR.replace("2027-01-02,holiday", "2027-01-02,free"), 3, "not_in_code_set"),
        (YEAR.replace("2027-01-02,holiday,元旦", "2027-01-02,holiday,"), 3, "missing_required"),
    ] {
        let ran = world.import("calendar", content.as_bytes(), &["--json"]);
        let report = ran.json();
        let problems = row(&report, number)["problems"].to_string();
        assert!(ran.exit == 4 && problems.contains(fault), "{fault}: {report}");
    }
    assert_eq!(until(&world), "2026-12-31");
    // Two years in one file touch each other.
    let next = YEAR.replace("2027-", "2028-").replace("2028-01-09", "2028-01-08");
    let both = format!("{YEAR}{}", next.split_once('\n').unwrap().1);
    assert_eq!(world.import("calendar", both.as_bytes(), &[]).exit, 0);
    assert_eq!(until(&world), "2028-12-31");
}

#[test]
fn a_real_store_loads_a_year_only_with_the_number_of_its_notice() {
    let store = crate::support::temp_store();
    store.run_ok(&["init", "--office", "410700"]);
    let world = World { store };
    assert_eq!(world.import("calendar", YEAR.as_bytes(), &[]).exit, 1);
    assert_eq!(world.import("calendar", YEAR.as_bytes(), &["--document", "国办发明电演练"]).exit, 0);
    assert_eq!(world.store.call().welcome["me"]["calendar_until"], "2027-12-31");
}

/// Ten working days after 14 December end on the 28th, whatever the next year brings. Ten after the 28th end on 12
/// January by the week alone, and on the 11th once Saturday the ninth is worked.
#[test]
fn a_year_is_taken_in_only_after_every_deadline_it_moves_was_listed() {
    let world = World::new();
    school(&world);
    let stays = at_county(&world, "S0000001", "2026-12-14");
    let moves = at_county(&world, "S0000002", "2026-12-28");
    let before = world.entries().len();
    let expected = |id: &str| json!([id, "2027-01-12", "2027-01-11"]);
    let listed = |rows: &Value| -> Vec<Value> {
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| json!([row["application"], row["before"], row["after"]])).collect()
    };

    let tried = world.import("calendar", YEAR.as_bytes(), &["--dry-run", "--json"]).json();
    assert_eq!(listed(&tried["moves"]), [expected(&moves)]);
    let said = world.import("calendar", YEAR.as_bytes(), &[]);
    assert_eq!(said.exit, 4, "{}{}", said.out, said.err);
    assert!(said.out.contains(&moves) && !said.out.contains(&stays), "{}", said.out);
    assert!(said.out.contains("2027-01-12") && said.out.contains("2027-01-11"), "{}", said.out);
    assert!(said.err.contains(tried["digest"].as_str().unwrap()), "{}", said.err);
    assert_eq!((until(&world), world.entries().len()), (json!("2026-12-31"), before), "something was written");

    // The same by hand, and while it is being read a third case comes in.
    let mut desk = world.keeper();
    let rows: Vec<Vec<&str>> = YEAR.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let staged = desk.ok(json!({"do": "import.stage", "kind": "calendar", "columns": ["date", "kind", "name"],
        "from": 0, "rows": rows}));
    let wanted = json!({"do": "calendar.moves", "digest": staged["digest"]});
    assert_eq!(listed(&desk.ok(wanted.clone())["items"]), [expected(&moves)]);
    let commit =
        |moves: Value| json!({"do": "import.commit", "kind": "calendar", "digest": staged["digest"], "moves": moves});
    for known in [Value::Null, json!(0), json!(2)] {
        let mut unlisted = desk.ok(json!({"do": "whoami"}));
        assert_eq!(unlisted["calendar_until"].take(), "2026-12-31");
        // What was refused is no longer staged: it is brought again.
        let error = desk.error(commit(known));
        assert!(error["message"].as_str().unwrap().contains("1 件"), "{error}");
        desk.ok(json!({"do": "import.stage", "kind": "calendar", "columns": ["date", "kind", "name"],
            "from": 0, "rows": rows}));
    }
    let third = at_county(&world, "S0000003", "2026-12-28");
    assert!(desk.error(commit(json!(1)))["message"].as_str().unwrap().contains("2 件"));
    assert_eq!(until(&world), "2026-12-31");
    desk.ok(json!({"do": "import.stage", "kind": "calendar", "columns": ["date", "kind", "name"],
        "from": 0, "rows": rows}));
    assert_eq!(listed(&desk.ok(wanted)["items"]), [expected(&moves), expected(&third)]);
    assert_eq!(desk.ok(commit(json!(2)))["committed"], true);
    assert_eq!(until(&world), "2027-12-31");
    let last = world.entries().pop().unwrap();
    assert_eq!((&last["command"]["kind"], &last["command"]["moves"]), (&json!("calendar"), &json!(2)), "{last}");
}

/// Who only reads, and who is no keeper, does not load a calendar nor list what one would move.
#[test]
fn only_a_keeper_lists_what_a_calendar_moves() {
    let world = World::new();
    world.account("jb", "410700", &["handler"]);
    let mut handler = world.store.call_as("jb");
    let digest = "0".repeat(64);
    assert_eq!(handler.refused(json!({"do": "calendar.moves", "digest": digest}))["rule"], "R4.1");
    let error = world.keeper().error(json!({"do": "calendar.moves", "digest": digest}));
    assert!(error["message"].as_str().unwrap().contains("import.stage"), "{error}");
}
