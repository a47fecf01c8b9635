//! Files as a whole: taken in or not, by whom, and what is left of it.

use crate::world::*;
use serde_json::{Value, json};

#[test]
fn a_city_is_taken_in_and_an_application_started_on_one_of_its_students() {
    let world = World::bare();
    let said = |what, content: &str| {
        let ran = world.import(what, content.as_bytes(), &[]);
        assert_eq!((ran.exit, ran.err.as_str()), (0, ""), "{}", ran.out);
        ran.out
    };
    assert!(said("offices", OFFICES).contains("写入 3 条，已在库中未改动 2 条"));
    assert!(said("schools", SCHOOLS).contains("写入 3 条"));
    // One major is in the built-in catalogue already.
    assert!(said("majors", MAJORS).contains("写入 1 条，已在库中未改动 1 条"));
    assert!(said("students", STUDENTS).contains("写入 6 条"));

    world.account("lr", "3641988001", &["entry"]);
    let mut entry = world.store.call_as("lr");
    let found = entry.ok(json!({"do": "students.find", "text": "演练"}));
    assert_eq!(found["items"].as_array().unwrap().len(), 3, "those of the own school: {found}");
    let id = entry.ok(json!({"do": "students.find", "text": "演练乙"}))["items"][0]["id"].clone();
    assert_eq!(id, "S0000002", "in the order of the file");
    let details = json!({"休学": {"period": {"from": "2025-10-20", "until": "2026-08-31"}, "ground": "因病"}});
    let started = entry.ok(json!({"do": "applications.start", "student": id, "details": details}));
    assert!(started["application"].is_string(), "{started}");
    // Who is suspended already cannot be suspended.
    let refused = entry.refused(json!({"do": "applications.start", "student": "S0000003", "details": details}));
    assert_eq!(refused["severity"], "block");

    let shown = world.keeper().ok(json!({"do": "students.show", "student": "S0000003"}));
    let text = shown.to_string();
    assert!(text.contains("阿依古丽·演练") && text.contains("休学") && !text.contains("410782200711300444"), "{text}");
    world.store.run_ok(&["verify"]);
}

#[test]
fn the_timeline_begins_with_what_the_roster_says() {
    let world = World::new();
    world.roster(STUDENTS, 0);
    let history = |id: &str| {
        let shown = world.keeper().ok(json!({"do": "students.show", "student": id}));
        let lines = shown["student"]["history"].as_array().unwrap_or_else(|| panic!("{shown}"));
        lines.iter().map(|line| format!("{} {}", line["to"].as_str().unwrap(), line["on"].as_str().unwrap())).collect()
    };
    let of_first: Vec<String> = history("S0000001");
    assert_eq!(of_first, ["已注册未备案 2024-09-14", "在读 2024-11-10"]);
    // Nobody wrote down since when: the day of the taking over stands for it.
    let of_third: Vec<String> = history("S0000003");
    assert_eq!(of_third, ["已注册未备案 2023-09-19", "在读 2023-11-25", "休学 2025-10-15"]);
}

#[test]
fn a_dry_run_writes_nothing_and_its_digest_holds_the_file() {
    let world = World::new();
    let before = world.entries().len();
    let tried = world.import("students", STUDENTS.as_bytes(), &["--dry-run", "--json"]);
    let report = tried.json();
    assert_eq!((tried.exit, &report["committed"], &report["counts"]["written"]), (0, &json!(false), &json!(6)));
    assert_eq!(world.entries().len(), before);
    assert_eq!(world.found("演练"), [""; 0]);

    let digest = report["digest"].as_str().unwrap();
    let other = world.import("students", with(2, "class_name", "24机电9班").as_bytes(), &["--digest", digest]);
    assert_eq!(other.exit, 4);
    assert!(other.err.contains("没有导入"), "{}", other.err);
    assert_eq!(world.entries().len(), before);
    let same = world.import("students", STUDENTS.as_bytes(), &["--digest", digest, "--json"]);
    assert_eq!((same.exit, &same.json()["committed"]), (0, &json!(true)));
    assert_eq!(same.json()["digest"], digest);
}

#[test]
fn one_bad_row_keeps_the_whole_file_out_and_is_written_down() {
    let world = World::new();
    let before = world.entries().len();
    let errors = world.store.home().join("errors.csv");
    let bad = with(6, "id_no", "410782200902200156");
    let ran = world.import("students", bad.as_bytes(), &["--json", "--errors", errors.to_str().unwrap()]);
    assert_eq!(ran.exit, 4);
    let report = ran.json();
    assert_eq!((&report["committed"], &report["counts"]["rejected"]), (&json!(false), &json!(1)));
    assert_eq!(report["rows"].as_array().unwrap().len(), 6);
    let problem = &row(&report, 6)["problems"][0];
    assert_eq!((&problem["column"], &problem["kind"]), (&json!("id_no"), &json!("id_check_digit")));
    assert_eq!((&problem["severity"], &problem["value"]), (&json!("block"), &json!("410782200902200156")));
    assert_eq!(row(&report, 2)["outcome"], "accepted");
    assert_eq!(world.entries().len(), before);
    assert_eq!(world.found("演练"), [""; 0]);
    let written = std::fs::read_to_string(errors).unwrap();
    // A file that is taken in whole is put right as a whole: all rows are in the list, the reason beside the bad one.
    let lines: Vec<&str> = written.lines().collect();
    let header = STUDENTS.lines().next().unwrap();
    assert_eq!((lines.len(), lines[0]), (7, &*format!("\u{FEFF}{header},原行号,不符原因,演练")), "{written}");
    assert!(
        lines[1].ends_with(",2,,是") && lines[5].contains(",6,id_no：") && lines[5].contains("校验位"),
        "{written}"
    );
    // For people, in a sentence with its row.
    let told = world.import("students", bad.as_bytes(), &[]);
    assert!(told.out.contains("第6行 错误 id_no") && told.err.contains("一行也没有导入"), "{}{}", told.out, told.err);
}

#[test]
fn a_file_is_one_entry_of_the_journal_with_its_digest() {
    let world = World::new();
    let before = world.entries().len();
    let report = world.roster(STUDENTS, 0);
    let entries = world.entries();
    assert_eq!(entries.len(), before + 1, "a power cut leaves it whole or not there");
    let entry = entries.last().unwrap().to_string();
    assert!(entry.contains("import.commit") && entry.contains(report["digest"].as_str().unwrap()), "{entry}");
    assert!(!entry.contains("410782200807050224"), "{entry}");
}

#[test]
fn a_second_import_changes_nothing_and_says_so() {
    let world = World::new();
    world.roster(STUDENTS, 0);
    let before = world.entries().len();
    let again = world.roster(STUDENTS, 0);
    assert_eq!((&again["counts"]["written"], &again["counts"]["unchanged"]), (&json!(0), &json!(6)));
    assert_eq!(row(&again, 4)["problems"][0]["kind"], "already_here");
    // What differs stays as it is here: changes go through applications.
    let moved = world.roster(&with(2, "class_name", "24机电9班"), 0);
    assert_eq!(moved["counts"]["unchanged"], 6);
    assert_eq!(row(&moved, 2)["outcome"], "warning");
    assert!(row(&moved, 2)["problems"][0]["message"].as_str().unwrap().contains("班级"), "{moved}");
    assert_eq!(world.entries().len(), before);
    let more = STUDENTS.to_owned()
        + "3641988002,G410782200803120117A,演练己,男,20080312,护照,E1234567,汉族,202409,,740201,,全日制,3,2027-07,,,在读,,,\n";
    assert_eq!(world.roster(&more, 0)["counts"]["written"], 1);
    assert_eq!(world.found("演练").len(), 7);
    // Master data are changed where they differ, and only there.
    let renamed = SCHOOLS.replace("演练丙校", "演练丙中等专业学校");
    let report = world.import("schools", renamed.as_bytes(), &["--json"]).json();
    assert_eq!((&report["counts"]["written"], &report["counts"]["unchanged"]), (&json!(1), &json!(2)));
}

#[test]
fn the_same_rows_are_read_from_any_encoding_and_any_order_of_columns() {
    let crlf = STUDENTS.replace('\n', "\r\n");
    let (gb, ..) = encoding_rs::GB18030.encode(&crlf);
    let marked = format!("\u{FEFF}{crlf}");
    // Columns the other way round, two that nobody knows, and header cells as spreadsheets break them.
    let turned: String = STUDENTS
        .lines()
        .enumerate()
        .map(|(line, text)| {
            let mut cells: Vec<String> = text.split(',').rev().map(|cell| format!("\"{cell}\"")).collect();
            if line == 0 {
                cells[0] = "\"filed\u{3000}\n_on \"".to_owned();
            }
            let more = if line == 0 { ["\"班主任\"", "\"序号\""] } else { ["\"王老师\"", "\"7\""] };
            format!("{},{}\r\n", cells.join(","), more.join(","))
        })
        .collect();
    let forms: [(&str, &[u8], Value); 4] = [
        ("plain", STUDENTS.as_bytes(), json!([])),
        ("marked", marked.as_bytes(), json!([])),
        ("gb18030", &gb, json!([])),
        ("turned", turned.as_bytes(), json!(["班主任", "序号"])),
    ];
    let world = World::new();
    let mut rows = None;
    for (form, bytes, unknown) in forms {
        let ran = world.import("students", bytes, &["--dry-run", "--json"]);
        assert_eq!(ran.exit, 0, "{form}: {}{}", ran.out, ran.err);
        let report = ran.json();
        assert_eq!(report["counts"]["written"], 6, "{form}");
        assert_eq!(report["unknown_columns"], unknown, "{form}");
        assert_eq!(*rows.get_or_insert(report["rows"].clone()), report["rows"], "{form}");
    }
}

#[test]
fn a_file_that_is_no_table_is_refused_before_anything_is_sent() {
    let world = World::new();
    let ran = world.import("students", b"PK\x03\x04", &[]);
    assert_eq!((ran.exit, ran.err.contains("损坏或不完整")), (4, true), "{}", ran.err);
    assert_eq!(world.import("students", b"", &[]).exit, 4);
    let missing = world.store.run(&["import", "students", "nowhere.csv"]);
    assert_eq!(missing.status.code(), Some(4));
    assert_eq!(world.store.run(&["import", "everything", "x.csv"]).status.code(), Some(2));
    // A header without the needed columns is an error on row 1.
    let report = world.roster("student_no,name,name\nG1,甲,乙\n", 4);
    let kinds: Vec<&Value> = row(&report, 1)["problems"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert!(kinds.contains(&&json!("duplicate_column")) && kinds.contains(&&json!("missing_column")), "{report}");
}

#[test]
fn only_an_offices_keeper_imports_and_only_for_schools_in_his_care() {
    let world = World::new();
    world.account("jb", "410782", &["handler"]);
    world.account("k2", "410782", &["keeper"]);
    world.account("k3", "3641988001", &["keeper"]);
    let before = world.entries().len();
    for account in ["jb", "k3"] {
        for (what, content) in [("students", STUDENTS), ("schools", SCHOOLS)] {
            let ran = world.import(what, content.as_bytes(), &["--as", account]);
            assert_eq!(ran.exit, 1, "{account} {what}: {}{}", ran.out, ran.err);
        }
    }
    let ran = world.import("students", STUDENTS.as_bytes(), &["--as", "k2", "--json"]);
    assert_eq!(ran.exit, 4);
    let report = ran.json();
    assert_eq!(row(&report, 2)["outcome"], "accepted");
    let problem = &row(&report, 5)["problems"][0];
    assert_eq!((&problem["kind"], &problem["rule"]), (&json!("school_unknown"), &json!("R4.1")));
    assert_eq!(world.entries().len(), before);
    let own: Vec<&str> = STUDENTS.lines().filter(|line| !line.starts_with("3641988002")).collect();
    assert_eq!(world.import("students", own.join("\n").as_bytes(), &["--as", "k2"]).exit, 0);
}

#[test]
fn a_real_store_takes_provincial_data_only_with_the_number_of_a_document() {
    let store = crate::support::temp_store();
    store.run_ok(&["init", "--office", "410700"]);
    let world = World { store };
    let ran = world.import("offices", OFFICES.as_bytes(), &[]);
    assert_eq!(ran.exit, 1, "{}", ran.out);
    assert!(ran.err.contains("文号"), "{}", ran.err);
    assert_eq!(world.import("offices", OFFICES.as_bytes(), &["--document", "  "]).exit, 1);
    for (what, content) in [("offices", OFFICES), ("schools", SCHOOLS), ("majors", MAJORS)] {
        let ran = world.import(what, content.as_bytes(), &["--document", "教职成〔2021〕115号附件1"]);
        assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
    }
    // A roster is the school's, not the province's.
    assert_eq!(world.import("students", STUDENTS.as_bytes(), &[]).exit, 0);
    let mut keeper = world.store.call();
    let journal = keeper.ok(json!({"do": "journal.page", "count": 200})).to_string();
    assert!(journal.contains("教职成〔2021〕115号附件1"), "{journal}");
}

#[test]
fn lines_of_call_stage_rows_in_order_and_a_repeated_command_is_done_once() {
    let world = World::new();
    let mut keeper = world.keeper();
    let majors = |from: u32, rows: Value| json!({"do": "import.stage", "kind": "majors", "from": from, "rows": rows});
    let first = |rows: Value| {
        let mut request = majors(0, rows);
        request["columns"] = json!(["code", "name", "category", "provincial_managed"]);
        request
    };
    let commit = |digest: &Value| json!({"do": "import.commit", "kind": "majors", "digest": digest});
    let nothing = "0".repeat(64);
    assert_eq!(keeper.error(commit(&json!(nothing)))["kind"], "input");
    assert_eq!(keeper.error(majors(0, json!([])))["kind"], "input", "the first line names the columns");
    let one = keeper.ok(first(json!([["990101", "演练专业一", "演练大类", "0"]])));
    assert_eq!(keeper.error(majors(2, json!([])))["kind"], "input", "one row has arrived, not two");
    let two = keeper.ok(majors(1, json!([["990102", "演练专\u{1b}[31m业二", "演练大类", "1"]])));
    assert_eq!(two["rows"], 2);
    assert_ne!(one["digest"], two["digest"]);
    assert_eq!(keeper.error(commit(&one["digest"]))["kind"], "input", "not the file that was looked at");
    let id = "6f3b8a52-0a68-4c5b-9a0e-2d1c5a8f0001";
    let mut request = commit(&two["digest"]);
    request["command"] = json!(id);
    let done = keeper.ok(request.clone());
    assert_eq!((&done["committed"], &done["counts"]["written"]), (&json!(true), &json!(2)));
    let rows = keeper.ok(json!({"do": "import.report", "count": 10}));
    let stripped = &rows["items"][1];
    assert_eq!((&stripped["row"], &stripped["outcome"]), (&json!(3), &json!("accepted-normalised")), "{rows}");
    assert_eq!(stripped["normalised"]["name"], "演练专业二");
    let before = world.entries().len();
    // The line dropped, the answer was lost: another connection asks again and brings the rows once more.
    let mut other = world.keeper();
    other.ok(first(json!([["990101", "演练专业一", "演练大类", "0"]])));
    other.ok(majors(1, json!([["990102", "演练专业二", "演练大类", "1"]])));
    let again = other.ok(request);
    assert_eq!(again["counts"]["written"], 2, "the first answer: {again}");
    assert_eq!(world.entries().len(), before);
    // What was taken in is there for a server that reads it from the disk.
    world.store.run_ok(&["stop"]);
    world.store.run_ok(&["verify"]);
    let ran = world.import("majors", MAJORS.as_bytes(), &["--json"]);
    assert_eq!(ran.json()["counts"]["written"], 1);
}

#[test]
fn a_report_gives_only_the_rows_that_something_so_hard_is_said_about() {
    let world = World::new();
    let mut keeper = world.keeper();
    // Row 2 is good, 3 is rewritten, 4 and 6 are wrong, 5 is good.
    let rows = json!([
        ["990101", "演练专业一", "演练大类", "0"],
        ["990102", "演练专\u{1b}[31m业二", "演练大类", "1"],
        ["990103", "演练专业三", "演练大类", "也许"],
        ["990104", "演练专业四", "演练大类", "0"],
        ["", "演练专业五", "演练大类", "0"]
    ]);
    let columns = json!(["code", "name", "category", "provincial_managed"]);
    let staged =
        keeper.ok(json!({"do": "import.stage", "kind": "majors", "from": 0, "columns": columns, "rows": rows}));
    keeper.ok(json!({"do": "import.commit", "kind": "majors", "digest": staged["digest"], "dry_run": true}));
    let mut page = |more: Value| {
        let mut request = json!({"do": "import.report"});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        keeper.ok(request)
    };
    let numbers = |page: &Value| -> Vec<u64> {
        page["items"].as_array().unwrap().iter().map(|row| row["row"].as_u64().unwrap()).collect()
    };
    let all = page(json!({"count": 10}));
    assert_eq!((numbers(&all), &all["next"], &all["total"]), (vec![2, 3, 4, 5, 6], &Value::Null, &json!(5)));
    let said: usize =
        all["items"].as_array().unwrap().iter().map(|row| row["problems"].as_array().unwrap().len()).sum();
    assert!(said >= 3);
    let hard = page(json!({"count": 1, "worth": "block"}));
    assert_eq!((numbers(&hard), &hard["next"], &hard["said"]), (vec![4], &json!(4), &json!(said)), "{hard}");
    let rest = page(json!({"after": 4, "count": 1, "worth": "block"}));
    assert_eq!((numbers(&rest), &rest["next"], &rest["total"]), (vec![6], &Value::Null, &json!(5)), "{rest}");
    assert_eq!(numbers(&page(json!({"count": 10, "worth": "hint"}))), [3, 4, 6]);
}
