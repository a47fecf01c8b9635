//! The command line: names, pinyin initials, jump codes; what it runs is what the keys run.

use super::desk_county::{self as county, id};
use super::desk_sim::Sim;
use xueji::app::{Effect, Input};
use xueji::model::{Command, Outcome, Post};
use xueji::wire::{Query, Request, Tab};

/// Opens the line, types, and presses Enter.
fn run(sim: &mut Sim, command: &str) {
    sim.keys(":");
    sim.text(command);
    sim.keys("Enter");
}

fn last_query(sim: &Sim) -> Query {
    let queries = sim.sent.iter().rev().filter_map(|line| match &line.request {
        Request::Query(query) => Some(query.clone()),
        Request::Write(_) => None,
    });
    // What goes with every change of the list.
    queries.into_iter().find(|query| !matches!(query, Query::Counts {})).unwrap()
}

/// What stands on the line, if it is open.
fn line(sim: &Sim) -> Option<String> {
    let screen = sim.screen();
    let line = &screen[screen.len() - 2];
    line.strip_prefix(':').map(|text| text.trim_end().to_owned())
}

#[test]
fn tabs_by_chinese_name_initials_and_english_name() {
    for typed in ["在途", "zt", "ZT", "ｚｔ", "under-way"] {
        let mut sim = Sim::new(80, 24, 60);
        run(&mut sim, typed);
        assert!(matches!(last_query(&sim), Query::Page(page) if page.tab == Tab::UnderWay), "{typed}");
        assert!(sim.shows("[在途"), "{typed}: {:?}", sim.screen());
        assert_eq!(line(&sim), None);
    }
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "zt");
    run(&mut sim, "dcl");
    assert!(sim.shows("[我的待办"), "{:?}", sim.screen());
}

#[test]
fn a_tab_from_within_a_case_leaves_the_case() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys("Enter");
    run(&mut sim, "bjg");
    assert!(sim.shows("[本机构"), "{:?}", sim.screen());
    let released = Request::Query(Query::Release { application: id(1) });
    assert!(sim.sent.iter().any(|line| line.request == released));
}

#[test]
fn what_it_decides_asks_for_the_same_confirmation() {
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "ty");
    assert!(sim.commands().is_empty());
    assert!(sim.shows("Enter 确认"), "{:?}", sim.screen());
    sim.keys("Enter");
    assert!(
        matches!(sim.commands()[..], [Command::Propose { application, outcome: Outcome::Approve, .. }] if *application == id(1))
    );
}

#[test]
fn a_command_decides_nothing_on_a_case_that_was_not_seen() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys("a");
    // All in one burst: the confirmation, and a decision on the item that opens after it, by name.
    sim.burst("Enter : t y Enter Enter");
    sim.settle();
    assert_eq!(sim.commands().len(), 1, "{:?}", sim.screen());
    assert!(sim.shows("未执行") && !sim.shows("Enter 确认"), "{:?}", sim.screen());
    sim.rest();
    run(&mut sim, "ty");
    sim.keys("Enter");
    assert_eq!(sim.commands().len(), 2);
}

#[test]
fn an_application_by_its_number() {
    for typed in ["a 2025-000007", "2025-000007", "ａ　２０２５-000007", "sq 2025-000007"] {
        let mut sim = Sim::new(80, 24, 60);
        run(&mut sim, typed);
        let asked = Request::Query(Query::Case { application: id(7) });
        assert!(sim.sent.iter().any(|line| line.request == asked), "{typed}");
        assert!(sim.shows("2025-000007"), "{typed}: {:?}", sim.screen());
        sim.keys("Esc");
        assert!(sim.shows("[我的待办"), "{typed}: {:?}", sim.screen());
    }
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "a 2025");
    assert!(sim.shows("申请编号") && line(&sim).is_some(), "{:?}", sim.screen());
}

#[test]
fn one_that_may_not_be_seen_is_said_and_the_list_stays() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys(":");
    sim.text("a 2025-000999");
    sim.burst("Enter");
    let token = sim.unanswered.pop_front().unwrap().id;
    let failure = xueji::wire::Failure::new(xueji::wire::ErrorKind::NotFound, "没有申请 2025-000999");
    let body = super::desk_sim::failed(failure);
    let reply = xueji::wire::Reply { id: token, body, stripped: vec![] };
    sim.input(Input::Server(Box::new(xueji::wire::FromServer::Reply(reply))));
    sim.settle();
    assert!(sim.shows("没有申请 2025-000999") && sim.shows("[我的待办"), "{:?}", sim.screen());
}

#[test]
fn rules_by_article_and_by_id() {
    for (typed, asked) in [("art13", "13"), ("art 13", "13"), ("r13.7", "R13.7"), ("tk 13", "13"), ("x.3", "X.3")] {
        let mut sim = Sim::new(80, 24, 60);
        run(&mut sim, typed);
        assert_eq!(last_query(&sim), Query::Rules { rule: asked.into() }, "{typed}");
        assert!(sim.shows("条款摘要"), "{typed}: {:?}", sim.screen());
        sim.keys("Esc");
        assert!(sim.shows("[我的待办"), "{typed}: {:?}", sim.screen());
    }
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "art99");
    assert!(sim.shows("没有规则或条款") && sim.shows("[我的待办"), "{:?}", sim.screen());
}

#[test]
fn the_exercise_clock_is_moved_on_exercise_stores_only() {
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "today 2025-10-20");
    let at = county::at("2025-10-20T09:00");
    assert_eq!(sim.commands(), [&Command::ExerciseToday { at }]);
    run(&mut sim, "today 2025-10-20T16:30");
    assert_eq!(sim.commands()[1], &Command::ExerciseToday { at: county::at("2025-10-20T16:30") });
    run(&mut sim, "today tomorrow");
    assert_eq!(sim.commands().len(), 2);
    assert!(sim.shows("请写日期"), "{:?}", sim.screen());

    let mut me = county::me("xian-jb", "演练张三", &[Post::Handler], false);
    me.exercise = false;
    let mut sim = Sim::with(Default::default(), 80, 24, me, vec![]);
    for command in ["today 2025-10-20", "as xian-fh"] {
        run(&mut sim, command);
        assert!(sim.shows("正式库"), "{:?}", sim.screen());
        sim.keys("Esc");
    }
    assert!(sim.commands().is_empty());
    assert!(!sim.sent.iter().any(|line| matches!(line.request, Request::Query(Query::SwitchAccount { .. }))));
}

#[test]
fn another_account_by_its_name_or_from_the_list() {
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "as xian-fh");
    assert!(sim.sent.iter().any(
        |line| matches!(&line.request, Request::Query(Query::SwitchAccount { account }) if account.as_str() == "xian-fh")
    ));
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "as");
    assert!(sim.shows("xian-fh") && line(&sim).is_none(), "{:?}", sim.screen());
}

#[test]
fn q_leaves() {
    let mut sim = Sim::new(80, 24, 60);
    run(&mut sim, "q");
    assert_eq!(sim.effects.last(), Some(&Effect::Quit));
}

#[test]
fn candidates_come_as_one_types_and_tab_completes() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys(": t h");
    assert!(sim.shows("退回"), "{:?}", sim.screen());
    sim.keys("Tab");
    assert_eq!(line(&sim).as_deref(), Some("退回"));
    // Where several begin alike, Tab goes round them.
    let mut sim = Sim::new(80, 24, 60);
    sim.keys(": 退 Tab");
    let mut round = vec![line(&sim).unwrap()];
    for _ in 0..3 {
        sim.keys("Tab");
        round.push(line(&sim).unwrap());
    }
    assert_eq!(round, ["退回补正", "退回", "退出", "退回补正"]);
    // What wants something after it gets its blank.
    let mut sim = Sim::new(80, 24, 60);
    sim.keys(": y l r q Tab");
    let before = sim.caret().unwrap();
    sim.keys("2");
    assert_eq!(line(&sim).as_deref(), Some("演练日期 2"));
    assert_eq!(sim.caret().unwrap().x, before.x + 1);
}

#[test]
fn what_is_none_or_may_be_several_runs_nothing_and_says_what_is_near() {
    let mut sim = Sim::new(80, 24, 60);
    let sent = sim.sent.len();
    for (typed, near) in [("tyy", "同意"), ("aprove", "同意"), ("退", "退回"), ("复核退", "复核退回")] {
        sim.keys(":");
        sim.text(typed);
        if typed != "复核退" {
            sim.keys("Enter");
            assert!(sim.shows(near) && line(&sim).is_some(), "{typed}: {:?}", sim.screen());
            assert!(sim.sent.len() == sent && !sim.effects.contains(&Effect::Quit), "{typed}");
        }
        sim.keys("Esc");
    }
}

#[test]
fn what_means_nothing_on_this_screen_says_so() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys("? :");
    sim.text("ty");
    sim.keys("Enter");
    assert!(sim.shows("在这里不能用"), "{:?}", sim.screen());
    assert!(sim.commands().is_empty());
}

#[test]
fn esc_leaves_and_what_was_typed_is_found_again() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys(": z t Esc");
    assert_eq!(line(&sim), None);
    sim.keys(": b j g Esc : x");
    for (key, wanted) in [("Up", "bjg"), ("Up", "zt"), ("Up", "zt"), ("Down", "bjg"), ("Down", "x"), ("Down", "x")] {
        sim.keys(key);
        assert_eq!(line(&sim).as_deref(), Some(wanted), "{key}");
    }
    // Taking back the colon leaves too.
    sim.keys("Backspace");
    assert_eq!(line(&sim).as_deref(), Some(""));
    sim.keys("Backspace");
    assert_eq!(line(&sim), None);
}

#[test]
fn the_caret_stands_where_one_types_wide_characters_included() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = Sim::new(width, height, 60);
        assert_eq!(sim.caret(), None);
        sim.keys(":");
        let at = |sim: &Sim| sim.caret().map(|caret| (caret.x, caret.y));
        assert_eq!(at(&sim), Some((1, height - 2)));
        sim.text("我的x");
        sim.settle();
        assert_eq!(at(&sim), Some((6, height - 2)));
        sim.keys("Left Left");
        assert_eq!(at(&sim), Some((3, height - 2)));
        sim.keys("Esc");
        assert_eq!(sim.caret(), None);
    }
}

#[test]
fn a_pasted_text_is_cleaned_and_stays_on_its_line() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys(":");
    sim.input(Input::Paste("\u{1b}[31ma\t2025-000007\u{7}\r\nq\n".into()));
    sim.settle();
    assert_eq!(line(&sim).as_deref(), Some("a 2025-000007 q"));
    assert!(!sim.effects.contains(&Effect::Quit), "a line break in it is no Enter");
    // In a field of several lines the breaks stay.
    let mut sim = Sim::new(80, 24, 60);
    sim.keys("t");
    sim.input(Input::Paste("13 缺\u{1b}]0;x\u{7}证明\r\n公章\u{202e}不清".into()));
    sim.keys("Ctrl-S Enter");
    let Command::Propose { reasons, .. } = sim.commands()[0] else { panic!("{:?}", sim.commands()) };
    let texts: Vec<_> = reasons.iter().map(|reason| reason.text.as_str()).collect();
    assert_eq!(texts, ["缺证明", "公章不清"]);
    // Elsewhere nothing is pasted.
    sim.rest();
    let sent = sim.sent.len();
    sim.input(Input::Paste("a\n\n".into()));
    sim.settle();
    assert!(sim.shows("不接受粘贴") && sim.sent.len() == sent, "{:?}", sim.screen());
}

#[test]
fn the_numeric_pad_alone_decides_and_finds() {
    let me = county::me("xian-jb", "演练张三", &[Post::Handler], false);
    let rows = (1..=60).map(county::row).collect();
    let mut sim = Sim::keyed("numpad", Default::default(), 80, 24, me, rows);
    let footer = sim.screen().pop().unwrap();
    assert!(footer.starts_with("+ 同意") && footer.contains("/ 命令"), "{footer}");
    sim.keys("2 5 + Enter");
    assert!(
        matches!(sim.commands()[..], [Command::Propose { application, outcome: Outcome::Approve, .. }] if *application == id(2))
    );
    sim.rest();
    sim.keys("/");
    sim.text("2025-000007");
    sim.keys("Enter");
    assert!(sim.sent.iter().any(|line| line.request == Request::Query(Query::Case { application: id(7) })));
    sim.keys("4 a");
    assert!(sim.shows("此处没有这个键的功能"), "letters decide nothing: {:?}", sim.screen());
    assert_eq!(sim.commands().len(), 1);
}
