//! Returns with reasons, and a school's day: start, evidence, submit, correct, submit again.

use crate::county::{CTRL_S, County, ENTER, ESC, Row, TAB, student_of};
use serde_json::{Value, json};

#[test]
fn a_return_with_itemised_reasons_is_written_by_keyboard() {
    let county = County::new();
    let at = county.here("xian1-jb", 4, 1);
    let case = county.row("xian1-jb", "mine", at);
    let mut desk = county.desk("xian1-jb");
    desk.select(at, &case.name);
    desk.send("t");
    desk.wait_text(&format!("退回补正：{} ", case.name));
    let (row, left) = (4, 1);
    desk.wait_cursor(row, left);

    // The caret stands where the next character would: an input method composes there.
    desk.send("13 缺诊断证明");
    desk.wait_cursor(row, left + 13);
    desk.send("\x1b[D\x1b[D");
    desk.wait_cursor(row, left + 9);
    desk.send("书𠮷");
    desk.wait_text("13 缺诊断书𠮷证明");
    desk.wait_cursor(row, left + 13);
    desk.send("\x7f\x7f\x1b[F");
    desk.wait_cursor(row, left + 13);
    desk.wait_text(" 13 缺诊断证明");

    // A second reason, pasted with what could steer a terminal; it arrives as text, not as keys.
    desk.send(ENTER);
    desk.wait_cursor(row + 1, left);
    desk.paste("第5条 申请书\x1b[31m\x07没有家长\u{9b}1m签字\x00");
    let screen = desk.wait_text("没有家长签字");
    assert!(screen.contains(" 第5条 申请书没有家长签字"), "{screen}");
    desk.wait_text("已去除不可见控制字符");
    desk.wait_cursor(row + 1, left + 24);

    // Esc keeps it; the same key goes on with it.
    desk.press(ESC);
    desk.wait_text("已填内容保留");
    desk.press(ESC);
    desk.wait_counter(at as u32 + 1, 204);
    desk.send("t");
    desk.wait_text(" 13 缺诊断证明");
    desk.wait_text(" 第5条 申请书没有家长签字");
    desk.wait_cursor(row + 1, left + 24);
    assert_eq!(county.case(&case.id)["standing"], "first");

    // An empty line is no reason.
    desk.send(ENTER);
    desk.send(CTRL_S);
    desk.wait_confirm(&[&case.name, "提出退回补正", "2 条理由"]);
    desk.send(ENTER);
    desk.wait_text("下一件");
    let reasons = json!([
        {"article": "13", "material": null, "text": "缺诊断证明"},
        {"article": "5", "material": null, "text": "申请书没有家长签字"},
    ]);
    let rounds = county.case(&case.id)["steps"][1]["rounds"].as_array().unwrap().clone();
    let proposal = &rounds.last().unwrap()["proposal"];
    assert_eq!((&proposal["outcome"], &proposal["reasons"]), (&json!("return"), &reasons));

    // The second post sees the reasons before agreeing to them.
    let mut second = county.desk("xian1-fh");
    let position = county.rows("xian1-fh", "mine").iter().position(|row| row.id == case.id).unwrap();
    second.select(position, &case.name);
    second.open(&case.id);
    second.send("G");
    second.wait_for(
        |screen| screen.contains("第13条 缺诊断证明") && screen.contains("第5条 申请书没有家长签字"),
        "reasons",
    );
    second.send("a");
    second.wait_confirm(&[&case.name, "结果为退回补正"]);
    second.send(ENTER);
    second.wait_text("下一件");
    assert_eq!(county.case(&case.id)["status"], "returned");
}

#[test]
fn nothing_is_handed_in_without_a_reason() {
    let county = County::new();
    let mut journal = county.journal();
    let mut desk = county.desk("xian1-jb");
    for key in ["t", "x"] {
        desk.send(key);
        desk.wait_text("每行一条理由");
        desk.send(&format!(" {ENTER} {CTRL_S}"));
        desk.wait_text("还没有写理由");
        desk.press(ESC);
        desk.wait_text("经手");
        desk.press(ESC);
        desk.wait_counter(1, 204);
    }
    assert_eq!(journal.verbs(), [""; 0]);
}

/// A student of this school who may be suspended: nothing open, in study, with a name nobody else has.
pub fn free_student(county: &County, school: &str) -> Row {
    let mut call = county.call(school);
    let own = call.welcome["me"]["office"]["name"].clone();
    for name in ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"] {
        let found = call.ok(json!({"do": "students.find", "text": name, "count": 100}));
        let rows = found.get("items").unwrap_or(&found).as_array().unwrap().clone();
        for row in &rows {
            let open = call.ok(json!({"do": "applications.list", "student": row["id"]}));
            let alone = rows.iter().filter(|other| other["name"] == row["name"]).count() == 1;
            if row["status"] == "在读" && row["school"] == own && alone && open["items"] == json!([]) {
                let text = |name: &str| row[name].as_str().unwrap().to_owned();
                return Row { id: String::new(), name: text("name"), student: text("id") };
            }
        }
    }
    panic!("every student of {own} is busy");
}

#[test]
fn a_schools_day_by_keyboard() {
    let county = County::new();
    let student = free_student(&county, "x1-lr");
    let papers = county.store.home().join("证明.txt");
    std::fs::write(&papers, "诊断证明：需休养").unwrap();
    let mut entry = county.desk("x1-lr");
    let mut handler = county.desk("xian1-jb");
    handler.send("j");
    handler.wait_counter(2, 204);
    let place = handler.selected();

    // 录入 starts it.
    entry.press("n");
    entry.wait_text("新办业务");
    entry.send(&student.name);
    entry.wait_text(&format!("学生  {}", student.name));
    entry.press(ENTER);
    entry.wait_text("Enter 选定");
    entry.press(ENTER);
    // What a student in study can apply for stands first; 休学 is the first of it.
    entry.wait_text(">休学");
    entry.press(ENTER);
    entry.wait_text("休学止");
    entry.send(&format!("{ENTER}20260228{ENTER}因病需休养"));
    entry.wait_text("因病需休养");
    entry.send(CTRL_S);
    entry.wait_confirm(&[&student.name, "休学", "新办申请"]);
    // What the rules say, the route and the papers stand there before it is confirmed.
    for seen in ["演练一县教育局", "10 个工作日", "所需材料", "在读 -> 休学"] {
        entry.wait_text(seen);
    }
    entry.send(ENTER);
    entry.wait_text("已建立申请");
    let started = entry.wait_text("休学 2025-");
    let id = started.split("休学 ").find_map(|part| part.get(..11).filter(|id| id.starts_with("2025-")));
    let id = id.unwrap_or_else(|| panic!("no number:\n{started}")).to_owned();

    // Without its papers it does not go off, and says which are missing.
    entry.rest();
    entry.send("s");
    let refused =
        entry.wait_for(|screen| screen.lines().nth(22).is_some_and(|row| row.starts_with("办法：")), "why not");
    let missing = county.case(&id)["missing"][0].as_str().unwrap().to_owned();
    assert!(refused.contains("条 R") && refused.contains(&missing), "{refused}");
    entry.press(ESC);
    for _ in 0..4 {
        let missing = county.case(&id)["missing"].as_array().unwrap().clone();
        let Some(material) = missing.first().and_then(Value::as_str) else { break };
        entry.press("e");
        entry.wait_for(
            |screen| screen.lines().any(|row| row.contains("材料名称") && row.contains(material)),
            "the material",
        );
        entry.send(papers.to_str().unwrap());
        entry.wait_text("证明.txt");
        entry.send(&format!("{ENTER}{TAB}学籍室"));
        entry.wait_text("学籍室");
        entry.send(CTRL_S);
        entry.wait_text("材料已上传：证明.txt");
        entry.wait_text("原件：学籍室");
    }
    assert_eq!(county.case(&id)["missing"], json!([]));
    // The case has just been drawn anew, with its paper: what follows at once decides nothing.
    entry.rest();
    entry.send("s");
    entry.wait_confirm(&[&student.name, "休学", "提交"]);
    entry.send(ENTER);
    entry.wait_gone("Enter 确认");

    // 审核 agrees; it arrives at the county, announced, and the cursor there stays.
    let mut review = county.desk("x1-sh");
    let submit = |review: &mut crate::county::Clerk| {
        let position = county.rows("x1-sh", "mine").iter().position(|row| row.id == id).unwrap();
        review.select(position, &student.name);
        review.rest();
        review.send("a");
        review.wait_confirm(&[&student.name, "休学"]);
        review.send(ENTER);
        review.wait_gone("Enter 确认");
    };
    submit(&mut review);
    handler.wait_text("新到 1");
    handler.wait_text("[我的待办 205]");
    assert_eq!(handler.selected().1, place.1);

    // The county returns it with a reason.
    let returned = |account: &str, request: Value| {
        county.call(account).ok(request);
    };
    let revision = || county.case(&id)["revision"].clone();
    returned(
        "xian1-jb",
        json!({"do": "applications.propose", "application": id, "revision": revision(),
        "outcome": "return", "reasons": [{"article": "13", "text": "诊断证明没有公章"}, {"material": "休学申请书", "text": "没有家长签字"}]}),
    );
    returned(
        "xian1-fh",
        json!({"do": "applications.decide", "application": id, "revision": revision(), "agree": true}),
    );

    // The school sees it come back, reads why, and submits again.
    let back =
        |screen: &str| screen.lines().any(|row| student_of(row) == Some(&student.name) && row.contains("学校 待补正"));
    while !entry.screen().contains("[我的待办") {
        entry.press(ESC);
    }
    entry.send("R");
    entry.rest();
    let position = county.rows("x1-lr", "mine").iter().position(|row| row.id == id).unwrap();
    entry.select(position, &student.name);
    entry.wait_for(back, "学校 待补正");
    entry.open(&id);
    entry.send("j".repeat(30).as_str());
    let case = entry.wait_for(|screen| screen.contains("诊断证明没有公章"), "the reasons");
    assert!(case.contains("没有家长签字"), "{case}");
    // No clerk is as quick as all this was.
    entry.rest();
    entry.send("s");
    entry.wait_confirm(&[&student.name, "提交"]);
    entry.send(ENTER);
    entry.wait_gone("Enter 确认");
    review.wait_for(|screen| screen.contains("新到") || screen.contains(&student.name), "it at 审核");
    while !review.screen().contains("[我的待办") {
        review.press(ESC);
    }
    submit(&mut review);
    let case = county.case(&id);
    let rounds = case["steps"][1]["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 2, "the earlier round is kept");
    assert_eq!(rounds[0]["ending"]["outcome"], "return");
    assert_eq!(rounds[1]["clock"]["left"], 10, "a new full clock");
    handler.wait_text("[我的待办 205]");
    assert_eq!(handler.selected().1, place.1);
    // Both rounds can be read on the county's desk.
    let position = county.rows("xian1-jb", "mine").iter().position(|row| row.id == id).unwrap();
    handler.select(position, &student.name);
    handler.open(&id);
    handler.send("G");
    handler.wait_for(|screen| screen.contains("第 2 轮"), "the second round");
}
