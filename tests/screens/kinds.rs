//! Starting an application of any kind: the form is what the server says it is.

use super::desk_county::{self as county, finding};
use super::desk_sim::{self, Sim};
use super::{look, snapshot};
use xueji::app::{Depth, Input};
use xueji::catalogue::Lang;
use xueji::model::{Command, Details, PersonalField, Post, Severity};
use xueji::wire::{Choices, ErrorKind, Failure, Query, Request};

fn entry() -> xueji::wire::WhoAmI {
    county::me("xx-lr", "演练录入", &[Post::Entry], true)
}

/// A school's desk on which a student in study was found and chosen.
fn at_the_kinds(lang: Lang, width: u16, height: u16) -> Sim {
    let mut sim = Sim::with(look(lang, Depth::True, false), width, height, entry(), vec![]);
    sim.keys("n");
    sim.text("演练");
    sim.keys("Enter Enter");
    sim
}

/// The kinds in the order in which the list shows them.
fn listed(sim: &Sim) -> Vec<String> {
    let screen = sim.screen();
    let from = screen.iter().position(|line| line.contains("Enter 选定")).unwrap();
    let rows = screen[from + 1..].iter().take_while(|line| !line.is_empty());
    rows.map(|line| line.trim_start_matches(['>', ' ']).split_whitespace().next().unwrap().to_owned()).collect()
}

/// Goes down to this kind.
fn go_to(sim: &mut Sim, kind: &str) {
    for _ in 0..listed(sim).iter().position(|name| name == kind).unwrap() {
        sim.keys("Down");
    }
}

fn started(sim: &Sim) -> Option<Details> {
    match sim.commands()[..] {
        [] => None,
        [Command::Start { details, .. }] => Some(details.clone()),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn the_kinds_the_status_allows_come_first_and_the_others_say_why_not() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    assert_eq!(listed(&sim), ["休学", "转学", "转专业", "留级", "信息变更", "复学", "恢复学籍"]);
    go_to(&mut sim, "复学");
    assert!(sim.shows("第13条  须为：休学"), "{:?}", sim.screen());
    sim.keys("Enter");
    snapshot("start-kind-refused", &sim);
    assert!(sim.shows("R13.7") && sim.shows("办法：请先核对学籍状态"), "{:?}", sim.screen());
    assert!(!sim.shows("复学日"), "its fields do not open");
    // Nothing but a question was sent, and the list still stands for another choice.
    assert!(sim.commands().is_empty());
    sim.keys("Esc Up Enter");
    assert!(sim.shows("变更项"), "{:?}", sim.screen());
}

#[test]
fn the_kinds_are_asked_for_again_when_the_form_was_opened_without_a_link() {
    let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, entry(), vec![]);
    sim.input(Input::LinkLost("服务器已退出".into()));
    sim.keys("n");
    sim.text("演练");
    let welcome = county::welcome(sim.me.clone());
    sim.input(Input::LinkBack(welcome));
    sim.settle();
    sim.keys("Enter Enter");
    assert_eq!(listed(&sim).len(), 7, "{:?}", sim.screen());
    // A list takes no characters, and says what it takes.
    sim.text("休");
    sim.settle();
    let last = sim.screen().into_iter().rev().nth(1).unwrap();
    assert_eq!(last, "上下键选，Enter 选定");
}

#[test]
fn where_the_rules_cannot_be_asked_the_form_does_not_stand_in_the_way() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    go_to(&mut sim, "复学");
    sim.asked_instead.push_back(desk_sim::failed(Failure::new(ErrorKind::Input, "复学日不对")));
    sim.keys("Enter");
    assert!(sim.shows("复学日") && sim.shows("推迟毕业"), "{:?}", sim.screen());
}

#[test]
fn a_change_of_information() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    go_to(&mut sim, "信息变更");
    sim.keys("Enter");
    snapshot("start-choice", &sim);
    // Space and the arrows go round; the last one stays.
    sim.keys("Space Space Down Left Left Left");
    assert!(sim.shows("变更项    民族"), "{:?}", sim.screen());
    // Tab and Shift-Tab leave the list both ways.
    sim.keys("Shift-Tab");
    assert!(sim.shows(">业务"), "{:?}", sim.screen());
    sim.keys("Tab Tab Shift-Tab Enter");
    sim.text("回族");
    sim.keys("Enter Enter");
    sim.text("迁户");
    sim.keys("Enter");
    snapshot("start-correction-confirm", &sim);
    for seen in ["民族: 汉族 -> 回族", "派出所户籍单、户口簿户主页、户口簿本人页"] {
        assert!(sim.shows(seen), "{seen}: {:?}", sim.screen());
    }
    assert_eq!(started(&sim), None);
    sim.keys("Enter");
    match started(&sim) {
        Some(Details::Correction { handed_in_on, field: PersonalField::Ethnic, to, ground }) => {
            assert_eq!((handed_in_on.to_string().as_str(), &*to, &*ground), ("2025-10-15", "回族", "迁户"));
        }
        other => panic!("{other:?}"),
    }
    assert!(sim.shows("已建立申请 2025-000900"), "{:?}", sim.screen());
}

#[test]
fn a_transfer_finds_its_school_and_shows_all_its_hands() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = at_the_kinds(Lang::Zh, width, height);
        go_to(&mut sim, "转学");
        sim.keys("Enter");
        // Enter on nothing says what to type; it does not go on.
        sim.keys("Enter");
        assert!(sim.shows("输代码开头或名称的一部分"), "{:?}", sim.screen());
        sim.text("演练");
        sim.keys("Enter Down Down");
        snapshot(&format!("start-schools-{width}x{height}"), &sim);
        let asked = |line: &xueji::wire::Envelope| matches!(&line.request, Request::Query(Query::Choices { what: Choices::School, text, .. }) if text == "演练");
        assert_eq!(sim.sent.iter().filter(|line| asked(line)).count(), 1);
        sim.keys("Enter");
        assert!(sim.shows("转入学校  3641000009  演练省属中专"), "{:?}", sim.screen());
        sim.keys("Enter");
        sim.text("随父母迁居");
        sim.keys("Enter");
        snapshot(&format!("start-transfer-confirm-{width}x{height}"), &sim);
        let whole: String = sim.screen().iter().map(|line| line.trim()).collect();
        for (n, (hand, _)) in super::desk_kinds::long_route().iter().enumerate() {
            let said = format!("{}{}10个工作日", n + 1, hand.name);
            assert!(whole.replace(' ', "").contains(&said), "{said}: {:?}", sim.screen());
        }
        assert!(whole.contains("转学申请（本人书写）"), "{:?}", sim.screen());
        sim.keys("Enter");
        match started(&sim) {
            Some(Details::Transfer { to, handed_in_on, ground }) => {
                assert_eq!(
                    (to.as_str(), handed_in_on.to_string().as_str(), &*ground),
                    ("3641000009", "2025-10-15", "随父母迁居")
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_long_route_beside_findings_is_set_closer_and_stays_whole() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    sim.keys("Enter Tab");
    sim.text("20260831");
    sim.keys("Enter");
    sim.text("因病");
    let notice = finding("R12.13", Severity::Notice, "未完成义务教育，休学期间学校仍须保留其学籍", "可以休学");
    let preview = xueji::wire::PreviewView {
        refused: None,
        findings: vec![notice.clone(), notice.clone(), notice],
        changes: vec![],
        route: super::desk_kinds::long_route(),
        evidence: vec!["休学事由证明材料".into()],
    };
    let answer = serde_json::to_value(preview).unwrap();
    sim.asked_instead.push_back(xueji::wire::ReplyBody::Ok(answer));
    sim.keys("Enter");
    snapshot("start-long-confirm", &sim);
    let whole: String = sim.screen().iter().map(|line| line.replace(' ', "")).collect();
    for (n, (hand, _)) in super::desk_kinds::long_route().iter().enumerate() {
        assert!(whole.contains(&format!("{}{}10个工作日", n + 1, hand.name)), "{}: {:?}", hand.name, sim.screen());
    }
    assert!(sim.shows("休学事由证明材料") && sim.shows("Enter 确认") && !sim.shows("还有"), "{:?}", sim.screen());
}

#[test]
fn a_change_of_major_in_the_graduating_year_is_refused_with_rule_article_and_way_out() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    go_to(&mut sim, "转专业");
    sim.keys("Enter");
    sim.text("7102");
    sim.keys("Enter Down Enter");
    sim.text("兴趣");
    sim.keys("Enter");
    snapshot("start-major-refused", &sim);
    for seen in ["不能办理", "第13条 R12.21", "毕业年级", "办法：没有例外"] {
        assert!(sim.shows(seen), "{seen}: {:?}", sim.screen());
    }
    assert!(!sim.shows("Enter 确认"));
    // Esc puts the refusal aside; what was typed is still there, and nothing was started.
    sim.keys("Esc");
    assert!(sim.shows("710202  计算机网络技术") && sim.shows("兴趣"), "{:?}", sim.screen());
    sim.keys("Ctrl-S Enter");
    assert_eq!(started(&sim), None);
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    sim.keys("Enter Tab");
    let marked = |sim: &Sim| sim.screen().into_iter().find(|line| line.starts_with('>')).unwrap();
    sim.text("31");
    sim.keys("Tab Ctrl-S");
    assert!(sim.shows("休学止：日期不对") && marked(&sim).starts_with(">休学止"), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("20260831");
    sim.keys("Ctrl-S");
    assert!(sim.shows("请填写事由") && marked(&sim).starts_with(">事由"), "{:?}", sim.screen());
    // A number at and beyond its bounds, of the kind that has one.
    sim.keys("Shift-Tab Shift-Tab Shift-Tab");
    go_to(&mut sim, "留级");
    sim.keys("Enter Backspace");
    sim.text("4");
    sim.keys("Ctrl-S");
    assert!(sim.shows("留级(年)：须为 1 到 3 的整数"), "{:?}", sim.screen());
    sim.keys("Backspace");
    sim.text("3");
    sim.keys("Ctrl-S");
    assert!(sim.shows("请填写事由"), "{:?}", sim.screen());
    // A school that was typed but not chosen is none.
    sim.keys("Shift-Tab Shift-Tab");
    go_to_again(&mut sim, "转学");
    sim.text("演练省属中专");
    sim.keys("Ctrl-S");
    assert!(sim.shows("请选定转入学校") && marked(&sim).starts_with(">转入学校"), "{:?}", sim.screen());
    assert!(!sim.sent.iter().any(|line| matches!(line.request, Request::Query(Query::Preview { .. }))));
}

/// From wherever the list stands.
fn go_to_again(sim: &mut Sim, kind: &str) {
    sim.keys("Up Up Up Up Up Up Up Up");
    go_to(sim, kind);
    sim.keys("Enter");
}

#[test]
fn the_form_survives_esc_and_a_school_is_one_thing() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    go_to(&mut sim, "转学");
    sim.keys("Enter");
    sim.text("3641000009");
    sim.keys("Enter Enter Enter");
    sim.text("随迁");
    sim.keys("Esc");
    assert!(sim.shows("已填内容保留"));
    sim.keys("n");
    for seen in ["演练甲", "3641000009  演练省属中专", "随迁"] {
        assert!(sim.shows(seen), "{seen}: {:?}", sim.screen());
    }
    // The first key into a chosen school begins another search.
    sim.keys("Shift-Tab Shift-Tab x");
    assert!(sim.shows(">转入学校  x") && !sim.shows("演练省属中专"), "{:?}", sim.screen());
    // Another kind and back: what was typed for this one is still there.
    sim.keys("Shift-Tab");
    go_to_again(&mut sim, "休学");
    assert!(sim.shows("休学止"));
    sim.keys("Shift-Tab");
    go_to_again(&mut sim, "转学");
    assert!(sim.shows("随迁"), "{:?}", sim.screen());
}

#[test]
fn the_caret_stands_behind_what_is_typed_and_the_whole_form_can_be_typed_ahead() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    go_to(&mut sim, "转学");
    sim.keys("Enter");
    let empty = sim.caret().unwrap();
    sim.text("演练");
    sim.settle();
    assert_eq!((sim.caret().unwrap().x, sim.caret().unwrap().y), (empty.x + 4, empty.y));

    let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, entry(), vec![]);
    sim.burst("n");
    sim.text("演练");
    sim.burst("Enter Enter Down Enter");
    sim.text("3641000009");
    sim.burst("Enter Enter Enter");
    sim.text("随迁");
    sim.burst("Enter Enter");
    assert!(sim.commands().is_empty(), "nothing was answered yet");
    sim.settle();
    assert!(matches!(started(&sim), Some(Details::Transfer { to, .. }) if to.as_str() == "3641000009"));
}

#[test]
fn in_english_and_without_colour() {
    let mut sim = at_the_kinds(Lang::En, 80, 24);
    snapshot("start-kinds-en", &sim);
    sim.keys("Down Enter");
    sim.text("3641000009");
    sim.keys("Enter Enter Enter");
    sim.text("moved");
    sim.keys("Enter");
    snapshot("start-transfer-en", &sim);
    let mut sim = Sim::with(look(Lang::Zh, Depth::Mono, true), 80, 24, entry(), vec![]);
    sim.keys("n");
    sim.text("演练");
    sim.keys("Enter Enter Down");
    let selected = sim.selected_line().unwrap() as u16;
    assert!(sim.screen()[usize::from(selected)].contains("业务"), "the line typed in is marked first");
    let row = sim.screen().iter().rposition(|line| line.starts_with('>')).unwrap() as u16;
    assert!(sim.buffer()[(0, row)].modifier.contains(ratatui::style::Modifier::REVERSED));
    assert!(sim.screen()[usize::from(row)].contains("转学"), "{:?}", sim.screen());
}

#[test]
fn a_start_that_is_refused_after_all_keeps_the_form() {
    let mut sim = at_the_kinds(Lang::Zh, 80, 24);
    sim.keys("Enter Tab");
    sim.text("20260831");
    sim.keys("Enter");
    sim.text("因病");
    sim.instead.push_back(desk_sim::refused(finding("R11.1", Severity::Block, "已有一项在办", "请等该项办结")));
    sim.keys("Enter Enter");
    assert!(sim.shows("R11.1") && sim.shows("请等该项办结") && sim.shows("因病"), "{:?}", sim.screen());
}
