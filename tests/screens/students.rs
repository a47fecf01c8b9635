//! Screen 2: finding students while one types, their records, two side by side, numbers shown whole.

use super::desk_county as county;
use super::desk_sim::Sim;
use super::{coloured, handler, look, rows, snapshot};
use std::time::Duration;
use xueji::app::{Depth, Input};
use xueji::catalogue::Lang;
use xueji::keymap::KeyPress;
use xueji::model::{Command, StudentId};
use xueji::wire::{Notice, Query, Request};

/// The texts of all questions so far.
fn asked(sim: &Sim) -> Vec<&str> {
    sim.sent
        .iter()
        .filter_map(|envelope| match &envelope.request {
            Request::Query(Query::FindStudents { text, .. }) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

fn after(sim: &mut Sim, ms: u64) {
    sim.at += Duration::from_millis(ms);
    sim.input(Input::Tick);
}

fn search(sim: &mut Sim, text: &str) {
    sim.keys("2");
    sim.text(text);
    sim.settle();
    sim.rest();
}

#[test]
fn the_search() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("2");
    snapshot("students-empty", &sim);
    sim.text("s");
    sim.rest();
    sim.keys("Down Down");
    snapshot("students-80x24", &sim);
    sim.text("qq");
    sim.rest();
    snapshot("students-none", &sim);
    let mut sim = coloured(120, 40, 9);
    search(&mut sim, "s");
    snapshot("students-120x40", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Mono, true), 80, 24, handler(), rows(9));
    search(&mut sim, "sxy");
    snapshot("students-en-mono", &sim);
}

#[test]
fn the_record() {
    let mut sim = coloured(80, 24, 9);
    search(&mut sim, "单");
    sim.keys("Enter");
    snapshot("record-80x24", &sim);
    sim.keys("r");
    snapshot("record-revealed", &sim);
    sim.keys("Tab");
    snapshot("record-timeline", &sim);
    sim.keys("Tab j");
    snapshot("record-cases", &sim);
    sim.keys("v");
    snapshot("students-beside", &sim);
    // Esc goes back to the one who was kept.
    sim.keys("Esc");
    assert!(sim.shows("[基本信息]") && sim.shows("单小雨"), "{:?}", sim.screen());
    sim.keys("v");
    sim.text("单");
    sim.settle();
    sim.keys("Down Enter");
    snapshot("records-80x24", &sim);
    sim.resize(120, 40);
    snapshot("records-120x40", &sim);
    sim.keys("Tab Tab");
    snapshot("records-120x40-cases", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Mono, true), 80, 24, handler(), rows(9));
    search(&mut sim, "sxy");
    sim.keys("Enter r");
    snapshot("record-en-mono", &sim);
}

#[test]
fn the_end_of_study_and_the_journal() {
    let mut sim = coloured(80, 24, 9);
    search(&mut sim, "单");
    sim.keys("Enter Shift-Tab Shift-Tab");
    snapshot("record-end-80x24", &sim);
    sim.keys("Tab");
    snapshot("record-log-80x24", &sim);
    // Fifty lines of two, and the one that says how many there are: the end of the page brings the next.
    assert!(sim.shows("[日志 120]"), "{:?}", sim.screen());
    sim.keys("G");
    assert!(sim.shows("已列 50 条，共 120 条"), "{:?}", sim.screen());
    sim.keys("j");
    sim.settle();
    sim.keys("G");
    assert!(sim.shows("已列 100 条，共 120 条"), "{:?}", sim.screen());
    sim.keys("j");
    sim.settle();
    sim.keys("G");
    assert!(sim.shows("共 120 条，从新到旧"), "{:?}", sim.screen());
    let pages: Vec<_> = logs(&sim);
    assert_eq!(pages, [None, Some(71), Some(21)]);
    // A reading makes the list grow: it begins anew.
    sim.keys("g r");
    sim.settle();
    assert_eq!(logs(&sim).last(), Some(&None));
    assert!(logs(&sim).len() == 4 && sim.shows("[日志 120]"), "{:?}", sim.screen());

    let mut sim = coloured(120, 40, 9);
    search(&mut sim, "单");
    sim.keys("Enter v");
    sim.text("单");
    sim.settle();
    sim.keys("Down Enter Shift-Tab");
    snapshot("records-log-120x40", &sim);
    sim.keys("Shift-Tab");
    snapshot("records-end-120x40", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Mono, true), 80, 24, handler(), rows(9));
    search(&mut sim, "sxy");
    sim.keys("Enter Shift-Tab");
    snapshot("record-log-en-mono", &sim);
    sim.keys("Shift-Tab");
    snapshot("record-end-en-mono", &sim);
}

/// Before which entry the pages of the journal were asked for.
fn logs(sim: &Sim) -> Vec<Option<u64>> {
    let asked = sim.sent.iter().filter_map(|envelope| match &envelope.request {
        Request::Query(Query::StudentLog(asked)) => Some(asked.before),
        _ => None,
    });
    asked.collect()
}

#[test]
fn questions_are_paced_and_late_answers_dropped() {
    let mut sim = Sim::new(80, 24, 9);
    sim.keys("2");
    sim.text("s");
    assert_eq!(asked(&sim), ["s"], "the first letter is asked for at once");
    sim.text("xy");
    assert_eq!(asked(&sim), ["s"]);
    after(&mut sim, 79);
    assert_eq!(asked(&sim), ["s"]);
    after(&mut sim, 1);
    assert_eq!(asked(&sim), ["s", "sxy"]);
    // The older answer says nothing any more, though it comes first.
    assert_eq!(sim.unanswered.len(), 2);
    assert!(sim.answer());
    sim.draw();
    assert!(!sim.shows("司马光明"), "{:?}", sim.screen());
    sim.settle();
    assert!(sim.shows("单小雨") && sim.shows("孙晓燕") && !sim.shows("司马光明"), "{:?}", sim.screen());
    // Nothing is asked while nothing is typed.
    after(&mut sim, 5000);
    sim.keys("Left Right");
    assert_eq!(asked(&sim).len(), 2);
    // Emptied, nobody is shown, and a late answer changes nothing of that.
    sim.text("z");
    after(&mut sim, 100);
    sim.input(Input::Key("Ctrl-U".parse::<KeyPress>().unwrap()));
    sim.settle();
    assert!(!sim.shows("单小雨") && sim.shows("可以输入"), "{:?}", sim.screen());
}

#[test]
fn enter_opens_nobody_who_was_not_seen() {
    let mut sim = Sim::new(80, 24, 9);
    sim.keys("2");
    // The whole burst before any answer: one fits, and opens.
    sim.text("尉");
    sim.burst("Enter");
    sim.settle();
    assert!(sim.screen()[1].starts_with("尉迟"), "{:?}", sim.screen());
    sim.keys("2");
    sim.input(Input::Key("Ctrl-U".parse::<KeyPress>().unwrap()));
    sim.text("单");
    sim.burst("Enter");
    sim.settle();
    assert!(sim.shows("查找学生") && sim.selected().starts_with(">单小雨"), "{:?}", sim.screen());
    // The one who is pointed at opens.
    sim.keys("Down Enter");
    assert!(sim.screen()[1].starts_with("单雨"), "{:?}", sim.screen());
}

#[test]
fn the_search_survives_a_broken_line() {
    let mut sim = Sim::new(80, 24, 9);
    search(&mut sim, "s");
    sim.input(Input::LinkLost("断".into()));
    sim.unanswered.clear();
    sim.text("x");
    sim.settle();
    let before = asked(&sim).len();
    sim.input(Input::LinkBack(county::welcome(handler())));
    sim.settle();
    sim.rest();
    assert_eq!(asked(&sim)[before..], ["sx"]);
    assert!(sim.shows("单小雨") && !sim.shows("司马光明"), "{:?}", sim.screen());
}

#[test]
fn digits_switch_screens_where_they_are_no_text() {
    let mut sim = Sim::new(80, 24, 9);
    search(&mut sim, "12");
    assert!(sim.shows("12") && sim.caret().is_some(), "{:?}", sim.screen());
    sim.keys("Esc");
    assert!(sim.shows("我的待办"), "{:?}", sim.screen());
    // What stood in it stands in it again.
    sim.keys("2");
    assert!(sim.shows("12"), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("单");
    sim.rest();
    sim.keys("Enter 2");
    assert!(sim.shows("查找学生") && sim.shows("单小雨"), "{:?}", sim.screen());
    sim.keys("Enter 1");
    assert!(sim.shows("我的待办"), "{:?}", sim.screen());
    // Full-width digits are meant as digits.
    sim.keys("２");
    assert!(sim.shows("查找学生"), "{:?}", sim.screen());
}

#[test]
fn whole_numbers_are_asked_for_once_and_hidden_when_the_record_is_left() {
    let mut sim = Sim::new(80, 24, 9);
    search(&mut sim, "单");
    sim.keys("Enter");
    assert!(sim.shows("410901********001X"), "{:?}", sim.screen());
    sim.keys("r r");
    assert_eq!(sim.commands(), [&Command::Reveal { student: StudentId(1) }]);
    assert!(sim.shows("41090120080101001X") && !sim.shows("410901********001X"), "{:?}", sim.screen());
    // A case opened from it does not leave it.
    sim.keys("Tab Tab Enter");
    assert!(sim.shows("2025-000001"), "{:?}", sim.screen());
    sim.keys("Esc");
    assert!(sim.shows("41090120080101001X"), "{:?}", sim.screen());
    sim.keys("Esc");
    assert!(sim.shows("410901********001X") && !sim.shows("41090120080101001X"), "{:?}", sim.screen());
    sim.keys("Enter");
    assert!(sim.shows("410901********001X") && !sim.shows("41090120080101001X"), "{:?}", sim.screen());
}

#[test]
fn a_case_decided_from_a_record_leads_back_to_the_record() {
    for width in [80, 120] {
        let mut sim = Sim::new(width, 40, 9);
        search(&mut sim, "单");
        sim.keys("Enter Tab Tab Enter a Enter");
        assert_eq!(sim.commands().len(), 1, "{:?}", sim.commands());
        assert!(sim.screen()[1].starts_with("单小雨"), "{:?}", sim.screen());
    }
}

#[test]
fn a_record_follows_what_happens_to_its_applications() {
    let mut sim = Sim::new(80, 24, 9);
    search(&mut sim, "单");
    sim.keys("Enter");
    sim.cases = 2;
    sim.notice(Notice::Changed { application: county::id(77), revision: 2, by: None });
    sim.settle();
    assert!(sim.shows("在办业务 1"), "{:?}", sim.screen());
    let shown =
        |sim: &Sim| sim.sent.iter().filter(|one| matches!(&one.request, Request::Query(Query::Student { .. }))).count();
    let before = shown(&sim);
    sim.notice(Notice::Changed { application: county::id(2), revision: 2, by: None });
    sim.settle();
    assert_eq!(shown(&sim), before + 1);
}

#[test]
fn no_size_breaks_the_search_or_the_records() {
    for lang in Lang::ALL {
        for (width, height) in [(80, 24), (81, 24), (109, 24), (110, 24), (111, 30), (119, 60), (200, 50)] {
            let mut sim = Sim::with(look(lang, Depth::True, false), width, height, handler(), rows(9));
            sim.cases = 60;
            search(&mut sim, "s");
            sim.keys("PgDn PgDn Down Enter r v Down Enter");
            for tab in ["Tab", "Tab", "G", "Left", "G", "Tab"] {
                sim.keys(tab);
                assert!(sim.shows("孙"), "{width}x{height} {tab}: {:?}", sim.screen());
            }
            sim.resize(80, 24);
            sim.resize(width, height);
        }
    }
}
