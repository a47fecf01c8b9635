//! New students one by one, as the entry form asks: checked while half filled, registered, corrected, filed.

use crate::newcomer::*;
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ADMITTED: (&str, &str) = ("录取依据", "演练录取〔2025〕1号");

fn check(world: &World, cells: &BTreeMap<String, String>) -> Value {
    world.store.call_as(LR).ok(json!({"do": "entry.check", "cells": cells}))
}

fn kinds(checked: &Value, severity: &str) -> Vec<String> {
    let problems = checked["problems"].as_array().unwrap().iter();
    let of = |p: &Value| format!("{} {}", p["column"].as_str().unwrap(), p["kind"].as_str().unwrap());
    problems.filter(|p| p["severity"] == severity).map(of).collect()
}

/// A line as an account, on a day.
fn on(world: &World, account: &str, day: &str, mut request: Value) -> Value {
    request["as"] = account.into();
    request["today"] = day.into();
    world.keeper().ask(request)
}

fn save(world: &World, day: &str, cells: &BTreeMap<String, String>) -> Value {
    on(world, LR, day, json!({"do": "entry.save", "cells": cells}))
}

#[test]
fn a_half_filled_student_is_told_what_is_known_so_far() {
    let world = world();
    let mut few = BTreeMap::from([("身份证件号".to_owned(), number("2010-03-05", 101))]);
    few.insert("入学年月".to_owned(), "2025-09".to_owned());
    let checked = check(&world, &few);
    assert_eq!((&checked["savable"], &checked["normalised"]["出生日期"]), (&json!(false), &json!("20100305")));
    assert_eq!((&checked["normalised"]["性别"], &checked["region"][0]), (&json!("男"), &json!("410782")));
    assert_eq!((&checked["cohort"], &checked["cutoff"]), (&json!([2025, "秋"]), &json!("2025-11-20")));
    assert_eq!(checked["filing_until"], "2025-12-20");
    assert_eq!(checked["study"]["missing"], json!(["招生对象", "学习形式"]));
    // With the last two the length is known, and how it came about.
    few.insert("entrant".to_owned(), "应届初中毕业生".to_owned());
    few.insert("study_form".to_owned(), "全日制".to_owned());
    let checked = check(&world, &few);
    assert_eq!((&checked["study"]["words"], &checked["study"]["rule"]), (&json!("三年"), &json!("R10.2")));
    assert!(checked["study"]["trace"].as_array().unwrap().iter().any(|line| line["rule"] == "R10.4"), "{checked}");
    let unknown = world.store.call_as(LR).error(json!({"do": "entry.check", "cells": {"班主任": "演练"}}));
    assert!(unknown["message"].as_str().unwrap().contains("班主任"), "{unknown}");
}

#[test]
fn every_field_has_its_answer() {
    let world = world();
    let whole = with_cells(1, &[ADMITTED]);
    let checked = check(&world, &whole);
    assert_eq!((&checked["savable"], kinds(&checked, "block")), (&json!(true), vec![]), "{checked}");
    assert_eq!((&checked["planned_grad"], &checked["due"]), (&json!("2028-07-01"), &json!("2025-11-20")));
    let born = number("2010-03-05", 111);
    let wrong = format!("{}{}", &born[..17], if born.ends_with('5') { '6' } else { '5' });
    for (field, text, block) in [
        ("姓名", "", "姓名 missing_required"),
        ("姓名", "演练2", "姓名 name_digits"),
        ("性别", "女", "性别 sex_mismatch"),
        ("出生日期", "20100306", "出生日期 birth_mismatch"),
        ("出生日期", "40242", "出生日期 excel_date_serial"),
        ("身份证件号", &wrong, "身份证件号 id_check_digit"),
        ("民族", "汗族", "民族 not_in_code_set"),
        ("户口性质", "居民户口", "户口性质 not_in_code_set"),
        ("联系电话", "1380000", "联系电话 phone"),
        ("入学年月", "202511", "入学年月 date"),
        ("专业简称", "空乘与高铁服务", "专业简称 major_unknown"),
        ("专业简称", "畜禽生产技术", "学制 length_not_qualified"),
        ("专业简称", "护理", "专业简称 major_not_qualified"),
        ("校区", "东校区", "校区 campus_not_qualified"),
        ("学制", "两年制", "学制 study_length"),
        ("学制", "三年半制", "学制 study_length"),
        ("招生季节", "春", "招生季节 season"),
        ("录取依据", "", "录取依据 admission_missing"),
        ("联招合作类型", "城乡联合办学", "联招合作学校代码 missing_required"),
        ("户口所在地行政区划码", "4107", "户口所在地行政区划码 region_code"),
    ] {
        let checked = check(&world, &with_cells(1, &[ADMITTED, (field, text)]));
        assert!(kinds(&checked, "block").contains(&block.to_owned()), "{field} {text}: {}", checked["problems"]);
        assert_eq!(checked["savable"], false, "{field} {text}");
    }
    for (field, text, notice) in
        [("姓名", "甲", "姓名 name_one_character"), ("家庭现地址", "=HYPERLINK(\"x\")", "家庭现地址 formula_text")]
    {
        let checked = check(&world, &with_cells(1, &[ADMITTED, (field, text)]));
        assert_eq!((kinds(&checked, "notice"), &checked["savable"]), (vec![notice.to_owned()], &json!(true)));
    }
    // Another document, without a number of eighteen digits: nobody is refused for it.
    let passport = [ADMITTED, ("身份证件类型", "护照"), ("身份证件号", "AB7164691")];
    assert_eq!(check(&world, &with_cells(1, &passport))["savable"], true);
    // An adult in the length that only adults have.
    let adult = number("2007-09-01", 101);
    let adult = [
        ADMITTED,
        ("身份证件号", &adult),
        ("出生日期", "20070901"),
        ("招生对象", "退役军人"),
        ("专业简称", "610301"),
        ("学制", "两年制"),
    ];
    assert_eq!(
        check(&world, &with_cells(1, &adult))["savable"],
        true,
        "610301 is 畜禽生产技术 or the like, for two years"
    );
}

/// 20 working days from 2025-09-01 end on 2025-09-28, a Sunday that is worked; the cutoff at 24:00 of 20 November.
#[test]
fn both_limits_of_registration_bind_to_the_day() {
    let world = world();
    let enrolled = |n, on: &'static str| with_cells(n, &[ADMITTED, ("入学手续办结日期", on)]);
    let checked = check(&world, &enrolled(1, "2025-09-01"));
    let due = (&checked["twenty_working_days"], &checked["cutoff"], &checked["due"]);
    assert_eq!(due, (&json!("2025-09-28"), &json!("2025-11-20"), &json!("2025-09-28")));
    for (n, on, day, rule, notices) in [
        (1, "2025-09-01", "2025-09-28T23:59", None, 0),
        (2, "2025-09-01", "2025-09-29T00:00", None, 1),
        (3, "2025-11-03", "2025-11-20T23:59", None, 0),
        (4, "2025-11-03", "2025-11-21T00:00", Some("R6.2"), 0),
    ] {
        let mut cells = enrolled(n, on);
        cells.insert("入学年月".into(), on[..7].replace('-', ""));
        let answer = save(&world, day, &cells);
        match rule {
            Some(rule) => assert_eq!(answer["refused"]["rule"], rule, "{on} {day}: {answer}"),
            None => assert_eq!(answer["ok"]["notices"].as_array().map(Vec::len), Some(notices), "{day}: {answer}"),
        }
    }
    // Spring closes on 20 April, a Sunday in 2025, and does not move.
    let spring = |n| {
        let mut cells = enrolled(n, "2025-04-08");
        cells.insert("入学年月".into(), "202504".into());
        cells
    };
    assert_eq!(save(&world, "2025-04-20T23:59", &spring(5))["ok"]["status"], "已注册未备案");
    assert_eq!(save(&world, "2025-04-21T00:00", &spring(6))["refused"]["rule"], "R6.3");
}

#[test]
fn registration_is_the_schools_own_act_and_a_duplicate_is_told_masked() {
    let world = world();
    let cells = with_cells(1, &[ADMITTED]);
    for (account, rule) in [("sh", "R4.1"), ("keeper", "R5.7")] {
        let request = json!({"do": "entry.save", "school": SCHOOL, "cells": cells});
        assert_eq!(on(&world, account, "2025-10-15", request)["refused"]["rule"], rule, "{account}");
    }
    let saved = save(&world, "2025-10-15", &cells);
    assert_eq!(saved["ok"]["revision"], 1, "{saved}");
    let shown = world.keeper().ok(json!({"do": "students.show", "student": saved["ok"]["student"]}));
    let facts = &shown["student"]["entry_facts"];
    assert_eq!((&facts["registered_on"], &facts["length_rule"]), (&json!("2025-10-15"), &json!("R10.2")), "{facts}");
    assert_eq!((&shown["student"]["campus"], &shown["student"]["status"]), (&json!("本部"), &json!("已注册未备案")));
    // At the same school, and at another that sees nothing of the record.
    let again = save(&world, "2025-10-15", &cells);
    assert_eq!(
        (&again["refused"]["rule"], &again["refused"]["facts"]["kind"]),
        (&json!("R8.5"), &json!("id_already_registered"))
    );
    let elsewhere = on(&world, "lr2", "2025-10-15", json!({"do": "entry.save", "cells": cells}));
    let because = elsewhere["refused"]["because"].as_str().unwrap();
    assert!(
        because.contains("演练甲校") && !because.contains("S0000001") && !because.contains("演练新乙"),
        "{because}"
    );
    let journal = world.entries().last().unwrap().to_string();
    assert!(journal.contains("entry.save") && !journal.contains(&cells["身份证件号"]), "{journal}");
    world.store.run_ok(&["verify"]);
}

#[test]
fn filing_is_decided_at_once_and_corrected_until_the_cutoff() {
    let world = world();
    let id = save(&world, "2025-10-15", &with_cells(1, &[ADMITTED]))["ok"]["student"].clone();
    let file = |day: &str| on(&world, LR, day, json!({"do": "filing.submit", "students": [id]}));
    // The list is published anew without this campus: what is wrong is said field by field, and kept.
    let fewer = OFFERS.replace("660301,本部,全日制,3,50\n3641988001", "660301,东校区,全日制,3,50\n3641988001");
    assert_eq!(world.import("qualifications", fewer.as_bytes(), &[]).exit, 0);
    let failed = file("2025-10-15");
    let item = &failed["ok"]["items"][0];
    assert_eq!((&item["filed"], &item["class"]), (&json!(false), &json!("信息错误")), "{failed}");
    let problem = &item["problems"][0];
    assert_eq!((&problem["column"], &problem["rule"]), (&json!("校区"), &json!("R7.3")));
    let amend = |day: &str, revision: u32, cells: Value| {
        on(&world, LR, day, json!({"do": "entry.amend", "student": id, "revision": revision, "cells": cells}))
    };
    let stale = amend("2025-10-16", 1, json!({"校区": "东校区"}));
    assert!(stale["error"]["message"].as_str().unwrap().contains("第2版"), "{stale}");
    assert_eq!(amend("2025-12-20T23:59", 2, json!({"校区": "东校区"}))["ok"]["revision"], 3);
    let todo = on(&world, LR, "2025-12-20", json!({"do": "entry.todo"}));
    assert_eq!((&todo["ok"]["total"], &todo["ok"]["items"][0]["days_left"]), (&json!(1), &json!(0)), "{todo}");
    assert_eq!(todo["ok"]["items"][0]["failure"]["fault"], "信息错误");
    // One second after the last day nobody files any more; the failure before does not help.
    let late = file("2025-12-21T00:00");
    assert_eq!((&late["refused"]["rule"], &late["refused"]["severity"]), (&json!("R6.8"), &json!("block")), "{late}");
    assert_eq!(amend("2025-12-21", 3, json!({"校区": "本部"}))["refused"]["rule"], "R6.8");
    let todo = on(&world, LR, "2025-12-21", json!({"do": "entry.todo"}));
    assert_eq!((&todo["ok"]["to_withdraw"], &todo["ok"]["items"][0]["rule"]), (&json!(1), &json!("R7.6")));
    let filed = file("2025-12-20T23:59");
    assert_eq!((&filed["ok"]["filed"], &filed["ok"]["items"][0]["status"]), (&json!(1), &json!("在读")), "{filed}");
    assert_eq!(file("2025-12-20T23:59")["ok"]["items"][0]["already"], true);
    assert_eq!(on(&world, LR, "2025-12-20", json!({"do": "entry.todo"}))["ok"]["total"], 0);
    let shown = world.keeper().ok(json!({"do": "students.show", "student": id}));
    assert_eq!(
        (&shown["student"]["status"], &shown["student"]["entry_facts"]["filed_on"]),
        (&json!("在读"), &json!("2025-12-20"))
    );
    // A later list does not undo it.
    assert_eq!(world.import("qualifications", OFFERS.as_bytes(), &[]).exit, 0);
    world.store.run_ok(&["verify"]);
}

#[test]
fn who_has_no_number_no_list_or_no_right_is_not_filed() {
    let world = world();
    let passport = [ADMITTED, ("身份证件类型", "护照"), ("身份证件号", "AB7164691")];
    let id = save(&world, "2025-10-15", &with_cells(1, &passport))["ok"]["student"].clone();
    let file =
        |account: &str, id: &Value| on(&world, account, "2025-10-15", json!({"do": "filing.submit", "students": [id]}));
    assert_eq!(file(LR, &id)["refused"]["rule"], "R6.5", "no number of the national system yet");
    let amend = json!({"do": "entry.amend", "student": id, "revision": 1, "cells": {"学籍号": "L410782201003051234"}});
    assert_eq!(on(&world, LR, "2025-10-15", amend)["ok"]["revision"], 2);
    assert_eq!(file("keeper", &id)["refused"]["rule"], "R5.7");
    assert_eq!(file("lr2", &id)["error"]["kind"], "not_found");
    assert_eq!(file("sh", &id)["ok"]["filed"], 1);
    // Nothing was published for the next spring.
    let next = with_cells(2, &[ADMITTED, ("入学年月", "202512")]);
    let saved = on(&world, LR, "2025-12-02", json!({"do": "entry.save", "cells": next}));
    let request = json!({"do": "filing.submit", "students": [saved["ok"]["student"]]});
    assert_eq!(on(&world, LR, "2025-12-02", request)["refused"]["rule"], "R7.1", "{saved}");
}

#[test]
fn joint_schooling_is_registered_with_the_number_it_was_filed_under() {
    let world = world();
    let joint =
        [("联招合作类型", "城乡联合办学"), ("联招合作办学形式", "演练联合招生"), ("联招合作学校代码", "3641988002")];
    let bare = with_cells(3, &[&[ADMITTED], &joint[..]].concat());
    let rule_of = |checked: &Value, rule: &str| {
        let problems = checked["problems"].as_array().unwrap();
        problems.iter().find(|of| of["rule"] == *rule).map(|of| of["severity"].clone())
    };
    let checked = check(&world, &bare);
    assert_eq!(rule_of(&checked, "R15.3"), Some(json!("notice")), "{checked}");
    assert_eq!(checked["savable"], true, "it is noticed and stops nobody: {checked}");
    let filed = with_cells(3, &[&[ADMITTED, ("联办备案编号", "演教备〔2025〕1号")], &joint[..]].concat());
    assert_eq!(rule_of(&check(&world, &filed), "R15.3"), None);
    assert_eq!(rule_of(&check(&world, &with_cells(3, &[ADMITTED])), "R15.3"), None, "no joint schooling");
}
