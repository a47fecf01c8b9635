//! Rows: what is the matter with each, and what is made right without a word.

use crate::world::*;
use serde_json::{Value, json};

/// Kinds of the problems of a row that keep it out.
fn faults(report: &Value, number: usize) -> Vec<String> {
    let problems = row(report, number)["problems"].as_array().unwrap();
    let hard = problems.iter().filter(|problem| problem["severity"] == "block");
    let name =
        |problem: &Value| format!("{} {}", problem["column"].as_str().unwrap(), problem["kind"].as_str().unwrap());
    hard.map(name).collect()
}

#[test]
fn every_fault_of_a_student_is_named_with_its_column() {
    let world = World::new();
    for (number, column, value, fault) in [
        (2, "school_code", "3641988009", "school_code school_unknown"),
        (2, "school_code", "410782", "school_code school_unknown"),
        (2, "school_code", "", "school_code missing_required"),
        (2, "student_no", "", "student_no missing_required"),
        (2, "student_no", "G-1", "student_no number"),
        (2, "name", "", "name missing_required"),
        (2, "name", "演练2", "name name_digits"),
        (2, "sex", "不详", "sex not_in_code_set"),
        (2, "sex", "女", "sex sex_mismatch"),
        (2, "birth_date", "20080313", "birth_date birth_mismatch"),
        (2, "birth_date", "20080230", "birth_date date"),
        (2, "id_kind", "学生证", "id_kind not_in_code_set"),
        (2, "id_no", "410782200803120118", "id_no id_check_digit"),
        (2, "id_no", "41078220080312011", "id_no id_length"),
        (2, "id_no", "410782080312011", "id_no id_15_digits"),
        (2, "id_no", "4.10782E+17", "id_no id_scientific"),
        (2, "id_no", "410782200803120000", "id_no id_tail_zeroed"),
        (2, "id_no", "410782200813120117", "id_no impossible_date"),
        (2, "nation", "", "nation missing_required"),
        (2, "entry_month", "202413", "entry_month date"),
        (2, "entry_month", "202511", "entry_month date"),
        (2, "major_code", "机电", "major_code major_unknown"),
        (2, "study_form", "函授", "study_form not_in_code_set"),
        (2, "duration_years", "7", "duration_years study_length"),
        (2, "planned_grad", "2023-07", "planned_grad date_order"),
        (2, "status", "在校", "status not_in_code_set"),
        (2, "registered_on", "2025-10-16", "registered_on date"),
        (2, "filed_on", "2024-09-13", "filed_on date_order"),
        (3, "student_no", "G410782200803120117", "student_no duplicate_in_file"),
    ] {
        let ran = world.import("students", with(number, column, value).as_bytes(), &["--dry-run", "--json"]);
        let report = ran.json();
        assert!(faults(&report, number).contains(&fault.to_owned()), "{column} {value:?}: {report}");
        assert_eq!((ran.exit, &report["counts"]["rejected"]), (4, &json!(1)), "{column} {value:?}: {report}");
    }
    assert_eq!(world.found("演练"), [""; 0]);
}

/// The other side of each bound, and what a careful clerk would let pass.
#[test]
fn what_is_right_or_can_be_made_right_is_taken_in() {
    let world = World::new();
    for (number, column, value, outcome) in [
        (2, "registered_on", "2025-10-15", "rejected"), // filed before it
        (2, "filed_on", "2025-10-15", "accepted"),
        (2, "filed_on", "2024-09-14", "accepted"),
        (2, "filed_on", "", "accepted"),
        (2, "entry_month", "2024/9", "accepted"),
        (2, "birth_date", "2008-03-12", "accepted"),
        (2, "duration_years", "三年制", "accepted"),
        (2, "duration_years", "6", "accepted"),
        (2, "status", "已注册未备案", "accepted"),
        (2, "major_code", "990199", "accepted"), // with a hint: catalogues change
        (2, "major_name", "机电", "accepted"),
        (2, "campus", "", "accepted"),
        (2, "campus", "西校区", "warning"),
        (2, "name", "甲", "warning"),
        (2, "name", " 演练甲\u{3000}", "accepted-normalised"),
        (4, "name", "阿依古丽•演练", "accepted-normalised"),
        (2, "name", "演\u{200B}练甲", "accepted-normalised"),
        (2, "id_no", "４１０７８２200803120117", "accepted-normalised"),
        (2, "id_kind", "1", "accepted"),
    ] {
        let report = world.import("students", with(number, column, value).as_bytes(), &["--dry-run", "--json"]).json();
        assert_eq!(row(&report, number)["outcome"], outcome, "{column} {value:?}: {report}");
    }
    let report = world.roster(&with(4, "name", "阿依古丽•演练"), 0);
    assert_eq!(row(&report, 4)["normalised"]["name"], "阿依古丽·演练");
    assert_eq!(world.found("阿依古丽·演练").len(), 1);
}

#[test]
fn a_document_other_than_the_identity_card_has_no_check_digit() {
    let world = World::new();
    // As a resident's number it would fail three checks.
    let passport = with(2, "id_kind", "护照").replace("410782200803120117,汉族", "E1234567,汉族");
    let report = world.roster(&passport, 0);
    assert_eq!(row(&report, 2)["outcome"], "accepted");
}

#[test]
fn one_person_has_one_living_file() {
    let world = World::new();
    let second = |status: &str| {
        let line = STUDENTS.lines().nth(1).unwrap().replacen("3641988001,G", "3641988002,L", 1).replace("在读", status);
        format!("{STUDENTS}{}\n", line.replace("24机电1班", ""))
    };
    let report = world.roster(&second("在读"), 4);
    assert_eq!(faults(&report, 8), ["id_no id_duplicate_in_file"]);
    // An ended file beside the living one is history, not a duplicate.
    world.roster(&second("退学"), 0);
    let header = STUDENTS.lines().next().unwrap();
    let other = second("在读").replace(",L4", ",K4");
    let alone = format!("{header}\n{}\n", other.lines().last().unwrap());
    let report = world.roster(&alone, 4);
    assert_eq!(faults(&report, 2), ["id_no id_already_registered"]);
    assert_eq!(row(&report, 2)["problems"][0]["rule"], "R8.5");
    let taken = alone.replace(",K4", ",G4").replace("410782200803120117,汉族", "410782200807050224,汉族");
    let taken = taken.replace("20080312,", "20080705,").replace(",男,", ",女,");
    let report = world.roster(&taken, 4);
    assert!(faults(&report, 2).contains(&"student_no student_no_taken".to_owned()), "{report}");
}

#[test]
fn empty_and_ragged_rows_are_told_by_their_numbers() {
    let world = World::new();
    let commas = ",".repeat(20);
    let text = STUDENTS.replacen("\n3641988001,G410782200807", &format!("\n{commas}\n3641988001,G410782200807"), 1);
    let report = world.roster(&text, 0);
    assert_eq!(row(&report, 3)["outcome"], "empty");
    assert_eq!((&report["counts"]["empty"], &report["counts"]["written"]), (&json!(1), &json!(6)));
    let ragged = format!("{STUDENTS}3641988001,G1\n");
    assert!(faults(&world.roster(&ragged, 4), 8).contains(&" cell_count".to_owned()));
}

#[test]
fn the_school_may_be_named_once_for_the_whole_file() {
    let world = World::new();
    let cut = |line: &str| line.split_once(',').unwrap().1.to_owned();
    let lines: Vec<String> = STUDENTS.lines().take(3).map(cut).collect();
    let text = lines.join("\n");
    assert_eq!(world.import("students", text.as_bytes(), &[]).exit, 4);
    let ran = world.import("students", text.as_bytes(), &["--school", "3641988001", "--json"]);
    assert_eq!((ran.exit, &ran.json()["counts"]["written"]), (0, &json!(2)), "{}", ran.out);
    let ran = world.import("students", STUDENTS.as_bytes(), &["--school", "3641988001", "--json"]);
    assert_eq!(faults(&ran.json(), 5), ["school_code school"]);
}

#[test]
fn the_register_of_offices_is_a_tree_of_three_levels() {
    let world = World::bare();
    for (line, fault) in [
        ("410721,新乡县教育局,county,410000", "parent parent"),
        ("410721,新乡县教育局,county,", "parent parent"),
        ("410721,新乡县教育局,county,410799", "parent parent_unknown"),
        ("410721,新乡县教育局,city,410700", "parent parent"),
        ("410721,新乡县教育局,province,", "level level"),
        ("410000,河南省教育厅,city,410700", "level level"),
        ("410721,新乡县教育局,town,410700", "level level"),
        ("41072,新乡县教育局,county,410700", "code code"),
        ("410721,,county,410700", "name missing_required"),
    ] {
        let ran = world.import("offices", format!("code,name,level,parent\n{line}\n").as_bytes(), &["--json"]);
        assert_eq!(ran.exit, 4, "{line}: {}", ran.out);
        assert!(faults(&ran.json(), 2).contains(&fault.to_owned()), "{line}: {}", ran.out);
    }
    let twice = "code,name,level,parent\n410721,甲,county,410700\n410721,乙,county,410700\n";
    assert_eq!(faults(&world.import("offices", twice.as_bytes(), &["--json"]).json(), 3), ["code duplicate_in_file"]);
    assert_eq!(world.import("offices", b"code,name,level,parent\n410721,\xE7\x94\xB2,county,410700\n", &[]).exit, 0);
}

#[test]
fn a_school_belongs_to_an_office_of_its_sponsors_level() {
    let world = World::new();
    let header = "code,name,region_code,sponsor_level,competent_office,credit_system,campuses";
    for (line, fault) in [
        ("3641988009,演练校,410782,县属,410700,0,", Some("competent_office competent_office")),
        ("3641988009,演练校,410782,市属,410782,0,", Some("competent_office competent_office")),
        ("3641988009,演练校,410782,省属,410700,0,", Some("competent_office competent_office")),
        ("3641988009,演练校,410782,县属,,0,", Some("competent_office missing_required")),
        ("3641988009,演练校,410782,县属,410799,0,", Some("competent_office office_unknown")),
        ("3641988009,演练校,410782,民办,410782,0,", Some("sponsor_level not_in_code_set")),
        ("3641988009,演练校,4107,县属,410782,0,", Some("region_code region_code")),
        ("3641988009,演练校,410782,县属,410782,2,", Some("credit_system not_in_code_set")),
        ("364198800,演练校,410782,县属,410782,0,", Some("code code")),
        ("3641988009,演练校,410782,县属,410782,0,", None),
        ("3641988009,演练校,410702,市属,410783,1,本部；东区", None),
        ("3641988009,演练校,410100,省属,,0,本部", None),
        ("3641988009,演练校,410100,高校,,0,本部", None),
        ("3641988009,演练校,410100,高校,410700,0,本部", None),
    ] {
        let ran = world.import("schools", format!("{header}\n{line}\n").as_bytes(), &["--dry-run", "--json"]);
        let expected: Vec<&str> = fault.into_iter().collect();
        assert_eq!(faults(&ran.json(), 2), expected, "{line}: {}", ran.out);
        assert_eq!(ran.exit, if fault.is_some() { 4 } else { 0 }, "{line}");
    }
}
