//! What lies beyond this program, by keyboard: the word of a hand that is not here (`w`), a filing with a province (`i`),
//! and a student who comes from another province (`N`).

use crate::county::{CTRL_S, Clerk, County, ENTER};
use serde_json::{Value, json};

/// The account in this post of an office.
fn account(county: &County, office: &str, post: &str) -> String {
    let accounts = county.call("sheng-gl").ok(json!({"do": "accounts.list"}));
    let of = |row: &&Value| row["office"] == office && row["posts"].as_array().unwrap().contains(&json!(post));
    accounts["items"].as_array().unwrap().iter().find(of).unwrap()["id"].as_str().unwrap().to_owned()
}

/// An application of the county that is as `wanted` says.
fn case_where(county: &County, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut call = county.call("sheng-jb");
    let mut after = Value::Null;
    loop {
        let page = call.ok(json!({"do": "applications.list", "after": after, "count": 200}));
        if let Some(found) = page["items"].as_array().unwrap().iter().find(|one| wanted(one)) {
            return found.clone();
        }
        after = page["next"].clone();
        assert!(!after.is_null(), "the county has none");
    }
}

/// One that leaves the province and stands at this step, with so many filings.
fn leaving(county: &County, current: u64, filings: usize) -> Value {
    case_where(county, |one| {
        one["details"].get("跨省转出").is_some()
            && one["phase"] == "open"
            && one["current"] == current
            && one["filings"].as_array().unwrap().len() == filings
            && one["steps"][current as usize]["rounds"][0]["proposal"].is_null()
    })
}

/// Opens a case by its number, and waits until all of it is there.
fn open(desk: &mut Clerk, id: &str) {
    desk.send(&format!(":a {id}\r"));
    desk.wait_for(|screen| screen.contains(id) && screen.contains("时限"), id);
    desk.rest();
}

#[test]
fn the_word_of_a_school_in_another_province_is_recorded_by_both_posts() {
    let county = County::new();
    let case = leaving(&county, 1, 2);
    let (id, school) = (case["id"].as_str().unwrap().to_owned(), case["school"].as_str().unwrap().to_owned());
    let mut desk = county.desk_on(&account(&county, &school, "entry"));
    open(&mut desk, &id);
    desk.send("w");
    desk.wait_text("武汉演练职业学校的意见");
    // Outcome and day stand in it already.
    desk.wait_for(|screen| screen.lines().any(|row| row.starts_with(">结果") && row.contains("同意")), "the outcome");
    desk.send(&format!("{ENTER}{ENTER}"));
    desk.wait_for(|screen| screen.lines().any(|row| row.starts_with(">文号")), "the document's line");
    // Nothing is sent without a document.
    desk.send(CTRL_S);
    desk.wait_text("文号");
    assert!(!desk.screen().contains("Enter 确认"), "{}", desk.screen());
    desk.send("鄂转函〔2025〕7号");
    desk.wait_text("鄂转函〔2025〕7号");
    desk.send(CTRL_S);
    desk.wait_confirm(&["登记意见：同意", "2025-10-15", "鄂转函〔2025〕7号"]);
    desk.send(ENTER);
    desk.wait_gone("Enter 确认");
    let proposal = county.case(&id)["steps"][1]["rounds"][0]["proposal"].clone();
    assert_eq!(proposal["external"], json!({"on": "2025-10-15", "document": "鄂转函〔2025〕7号"}));

    let mut second = county.desk_on(&account(&county, &school, "review"));
    open(&mut second, &id);
    second.send("a");
    second.wait_confirm(&["跨省转出"]);
    second.send(ENTER);
    second.wait_gone("Enter 确认");
    let case = county.case(&id);
    assert_eq!((&case["current"], &case["steps"][1]["outcome"]), (&json!(2), &json!("approve")));
}

#[test]
fn a_filing_with_the_other_province_is_recorded_and_the_case_says_so() {
    let county = County::new();
    let case = leaving(&county, 2, 1);
    let (id, school) = (case["id"].as_str().unwrap().to_owned(), case["school"].as_str().unwrap().to_owned());
    let mut desk = county.desk_on(&account(&county, &school, "entry"));
    open(&mut desk, &id);
    desk.send("i");
    desk.wait_text("登记备案");
    // The province that is lacking is offered.
    desk.wait_for(
        |screen| screen.lines().any(|row| row.starts_with(">备案机关") && row.contains("420000 湖北省")),
        "Hubei",
    );
    desk.send(&format!("{ENTER}{ENTER}"));
    desk.send("鄂备〔2025〕3号");
    desk.wait_text("鄂备〔2025〕3号");
    desk.send(ENTER);
    desk.wait_confirm(&["登记向湖北省备案：2025-10-15，鄂备〔2025〕3号"]);
    desk.send(ENTER);
    desk.wait_gone("Enter 确认");
    let filings = county.case(&id)["beyond"]["filings"].clone();
    let hubei = filings.as_array().unwrap().iter().find(|one| one["province"] == "420000").unwrap();
    assert_eq!((&hubei["on"], &hubei["document"]), (&json!("2025-10-15"), &json!("鄂备〔2025〕3号")));
    // A case that leads nowhere outside says why there is nothing to file.
    let inside = county.row(&account(&county, &school, "entry"), "under_way", 0);
    if county.case(&inside.id)["kind"] != "跨省转出" {
        open(&mut desk, &inside.id);
        desk.send("i");
        desk.wait_text("只有跨省转学须向两省备案");
    }
}

#[test]
fn both_milestones_are_typed_where_the_change_waits_and_one_is_taken_back() {
    let county = County::new();
    let all = county.rows("sheng-jb", "unsynced");
    let row = all.into_iter().find(|row| county.case(&row.id)["beyond"]["national"].is_null()).unwrap();
    let school = county.case(&row.id)["steps"][0]["hand"]["office"].as_str().unwrap().to_owned();
    let clerk = account(&county, &school, "entry");
    let place = |county: &County| county.rows(&clerk, "unsynced").iter().position(|other| other.id == row.id);
    let mut desk = county.desk_on(&clerk);
    desk.go_to_tab("待同步");
    let total = u32::try_from(county.rows(&clerk, "unsynced").len()).unwrap();
    let at = place(&county).unwrap();
    desk.send(&format!("g{}", "j".repeat(at)));
    desk.wait_counter(at as u32 + 1, total);
    // The footer shows the keys that work in this tab, and none of those that decide.
    let footer = desk.screen().lines().last().unwrap().to_owned();
    assert!(footer.contains("y 同步") && footer.contains("Y 撤同步") && !footer.contains("s 提交"), "{footer}");

    // What is granted has no clock any more; it is opened anew after each act.
    let again = |desk: &mut Clerk| {
        desk.send(&format!(":a {}\r", row.id));
        desk.wait_for(|screen| screen.contains(&row.id) && screen.contains("经手"), &row.id);
        desk.rest();
    };
    // The national system first: the other date is left empty.
    let line = |desk: &Clerk, label: &str| {
        let begins = format!(">{label}");
        desk.wait_for(|screen| screen.lines().any(|row| row.starts_with(&begins)), label);
    };
    desk.send("y");
    line(&desk, "全国系统办结日");
    desk.send(ENTER);
    line(&desk, "模块更新日");
    desk.send("\x15");
    desk.send(CTRL_S);
    desk.wait_confirm(&["登记同步：全国系统 2025-10-15，模块 -"]);
    desk.send(ENTER);
    desk.wait_gone("Enter 确认");
    let beyond = || county.case(&row.id)["beyond"].clone();
    crate::support::until("the national system", || (!beyond()["national"].is_null()).then_some(()));
    assert!(beyond()["module"].is_null() && place(&county).is_some(), "the module lacks it still");

    // Then the module: only its date is asked for any more, and the row leaves the list.
    again(&mut desk);
    desk.send("y");
    line(&desk, "模块更新日");
    assert!(!desk.screen().contains("全国系统办结日"), "{}", desk.screen());
    desk.send(CTRL_S);
    desk.wait_confirm(&["登记同步：全国系统 -，模块 2025-10-15"]);
    desk.send(ENTER);
    desk.wait_gone("Enter 确认");
    crate::support::until("both systems", || place(&county).is_none().then_some(()));

    // Taken back with its reason, it waits again.
    again(&mut desk);
    desk.send("Y");
    line(&desk, "撤回哪一项");
    desk.send(ENTER);
    line(&desk, "原因");
    desk.send("模块实际没有更新");
    desk.wait_text("模块实际没有更新");
    desk.send(CTRL_S);
    desk.wait_confirm(&["撤回同步登记"]);
    desk.send(ENTER);
    desk.wait_gone("Enter 确认");
    crate::support::until("it to wait again", || place(&county).map(|_| ()));
    assert!(beyond()["module"].is_null() && !beyond()["national"].is_null(), "{}", beyond());
}

/// A resident number with its check digit (GB 11643).
fn resident(first: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
    format!("{first}{}", "10X98765432".chars().nth(sum as usize % 11).unwrap())
}

#[test]
fn a_student_of_another_province_is_started_field_by_field() {
    let county = County::new();
    let number = resident("42010620080315123");
    let mut desk = county.desk_on("x1-lr");
    desk.send("N");
    desk.wait_text(">跨省转入");
    desk.send(ENTER);
    let line = |desk: &Clerk, label: &str| {
        let begins = format!(">{label}");
        desk.wait_for(|screen| screen.lines().any(|row| row.starts_with(&begins)), label);
    };
    let fill = |desk: &mut Clerk, label: &str, text: &str| {
        line(desk, label);
        desk.send(text);
        if !text.is_empty() {
            desk.wait_text(text);
        }
        desk.send(ENTER);
    };
    fill(&mut desk, "姓名", "演练来");
    fill(&mut desk, "身份证件号", &number);
    fill(&mut desk, "学籍号", &format!("G{number}"));
    fill(&mut desk, "民族", "");
    line(&desk, "转出省份");
    desk.send("湖北");
    desk.send(ENTER);
    desk.wait_text(">420000");
    desk.send(ENTER);
    fill(&mut desk, "转出学校", "武汉演练职业学校");
    fill(&mut desk, "对方主管部门", "");
    fill(&mut desk, "全国系统业务号", "QG2025-77");
    fill(&mut desk, "到达本校", "");
    line(&desk, "转入专业");
    desk.send("7102");
    desk.send(ENTER);
    desk.wait_text(">7102");
    desk.send(ENTER);
    fill(&mut desk, "班级", "25转1班");
    fill(&mut desk, "学习形式", "");
    fill(&mut desk, "学制", "");
    fill(&mut desk, "入学日期", "2024-09-01");
    fill(&mut desk, "预计毕业", "2027-07-01");
    line(&desk, "事由");
    desk.send("随父母迁居");
    desk.wait_text("随父母迁居");
    desk.send(CTRL_S);
    desk.wait_confirm(&["演练来", "跨省转入", "新办申请"]);
    desk.send(ENTER);
    let started = desk.wait_text("已建立申请");
    let id = started.split("跨省转入 ").find_map(|part| part.get(..11).filter(|id| id.starts_with("2025-")));
    let id = id.unwrap_or_else(|| panic!("no number:\n{started}")).to_owned();
    let case = county.case(&id);
    assert_eq!((&case["kind"], &case["status"]), (&json!("跨省转入"), &json!("preparing")));
    assert_eq!(case["students"][0]["name"], "演练来");
    let hands: Vec<&str> =
        case["steps"].as_array().unwrap().iter().map(|step| step["hand"]["name"].as_str().unwrap()).collect();
    assert_eq!(hands[1], "湖北省学籍主管部门");
}
