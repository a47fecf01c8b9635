//! Notices of returns and refusals as text.

use super::world::{World, agree, approve, give_back, refuse, submit, withdraw};
use serde_json::json;

#[test]
fn a_notice_names_reasons_articles_hands_and_the_way_out() {
    let mut w = World::new();
    let mut case = w.at_county();
    let ask = json!({"do": "applications.notice", "application": case.id});
    assert_eq!(w.error("xian1-jb", ask.clone())["kind"], "not_found", "nothing was decided yet");
    w.act("xian1-jb", &mut case, give_back());
    assert_eq!(w.error("xian1-jb", ask.clone())["kind"], "not_found", "what is proposed only is no decision");
    w.ok("xian1-fh", json!({"do": "substitutes.put", "who": "xian1-fhb", "from": "2025-09-26", "until": "2025-09-26"}));
    w.act("xian1-fh", &mut case, agree());
    for account in ["xian1-jb", "x1-lr"] {
        let notice = w.ok(account, ask.clone());
        let text = notice["text"].as_str().unwrap();
        for part in [
            "休学退回补正通知书",
            &format!("{}-退1", case.id),
            "送达  一校",
            "一县教育局",
            "经办  名p-jb",
            "复核  名p-fh",
            "1.  材料《休学事由证明材料》：看不清，请重新拍照",
            "2.  第13条 起止日期与证明不一致",
            "时限10个工作日重新起算（第13条）",
            "教职成〔2021〕115号 第13条",
            "【演练】",
        ] {
            assert!(text.contains(part), "{part}:\n{text}");
        }
        assert!(!text.contains("410782200801010001"), "the number is masked:\n{text}");
        assert!(text.lines().all(|line| xueji::text::width(line) <= 72), "{text}");
        assert!(notice["name"].as_str().unwrap().starts_with("演练-"), "{notice}");
    }
    assert_eq!(w.error("xian2-jb", ask.clone())["kind"], "not_found", "outside of the scope");
    // The second round is refused: that is the notice then.
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    w.act("xian1-jb", &mut case, refuse());
    w.act("xian1-fh", &mut case, agree());
    let text = w.ok("x1-lr", ask)["text"].as_str().unwrap().to_owned();
    assert!(text.contains("休学不予办理通知书") && text.contains("-不1") && text.contains("另行申请"), "{text}");
}

#[test]
fn a_notice_says_in_whose_place_it_was_signed_and_none_is_left_of_what_was_withdrawn() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.ok("xian1-fh", json!({"do": "substitutes.put", "who": "xian1-jbb", "from": "2025-09-26", "until": "2025-09-26"}));
    w.act("xian1-jb", &mut case, give_back());
    w.act("xian1-jbb", &mut case, agree());
    let ask = json!({"do": "applications.notice", "application": case.id});
    let text = w.ok("x1-lr", ask.clone())["text"].as_str().unwrap().to_owned();
    assert!(text.contains("复核  名p-jbb（代名p-fh）"), "{text}");
    w.act("xian1-jbb", &mut case, withdraw());
    assert_eq!(w.error("x1-lr", ask.clone())["kind"], "not_found");
    w.act("xian1-jb", &mut case, json!({"do": "applications.withdraw"}));
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    assert_eq!(w.error("x1-lr", ask)["kind"], "not_found");
}
