//! The cursor belongs to the reader; nothing moves by itself; nothing typed is lost.

use super::desk_county::{self as county, id, row};
use super::desk_sim::Sim;
use xueji::app::{Effect, FileJob, Input};
use xueji::keymap::{Action, Keymap, Scope};
use xueji::model::{Command, Post, Stamp};
use xueji::wire::{Claim, Notice, Query, Request};

fn other() -> xueji::model::Signature {
    county::sign("xian-jb2", "演练李四", "410901", Post::Handler)
}

#[test]
fn arrivals_are_announced_and_do_not_move_the_cursor() {
    let mut sim = Sim::new(80, 24, 60);
    sim.rows = (10..=60).map(row).collect();
    sim.input(Input::Key("R".parse().unwrap()));
    sim.settle();
    sim.keys("j j j");
    let (before, line) = (sim.selected(), sim.selected_line());
    for n in [1, 2, 3] {
        sim.rows.insert(n as usize - 1, row(n));
        sim.changed(id(n), other());
    }
    sim.settle();
    assert_eq!((sim.selected(), sim.selected_line()), (before, line));
    assert!(sim.shows("新到 3"), "{:?}", sim.screen());
    sim.keys("g");
    assert!(!sim.shows("新到"), "{:?}", sim.screen());
    assert!(sim.selected().contains("演练甲"));
}

#[test]
fn a_change_elsewhere_in_the_list_is_no_arrival() {
    let mut sim = Sim::new(80, 24, 30);
    sim.keys("j j");
    sim.rows.remove(5);
    sim.changed(id(6), other());
    sim.settle();
    assert!(!sim.shows("新到"), "{:?}", sim.screen());
    assert!(sim.shows("3/29"), "{:?}", sim.screen());
}

#[test]
fn long_lists_are_read_in_windows_and_every_row_is_reached_once() {
    let mut sim = Sim::new(80, 24, 400);
    for n in 2..=400 {
        sim.burst("j");
        sim.settle();
        assert!(sim.shows(&format!("{n}/400")), "{n}: {:?}", sim.screen());
        assert!(!sim.selected().is_empty(), "{n}");
    }
    sim.keys("g G");
    assert!(sim.shows("400/400") && !sim.selected().is_empty());
    sim.keys("PgUp PgUp k");
    assert!(sim.shows("363/400"), "{:?}", sim.screen());
    let biggest = sim.sent.iter().filter_map(|line| match &line.request {
        Request::Query(Query::Page(page)) => Some(page.count),
        _ => None,
    });
    assert!(biggest.max().unwrap() <= 500);
}

#[test]
fn a_held_key_far_beyond_the_window_ends_where_it_should() {
    let mut sim = Sim::new(80, 24, 400);
    sim.burst(&["PgDn"; 12].join(" "));
    sim.settle();
    assert!(sim.shows("217/400"), "{:?}", sim.screen());
}

#[test]
fn nothing_is_drawn_when_nothing_changed() {
    let mut sim = Sim::new(120, 40, 30);
    let before = sim.drawings;
    sim.input(Input::Tick);
    sim.settle();
    sim.keys("k");
    sim.notice(Notice::Claimed { application: id(9000), claim: None });
    sim.settle();
    assert_eq!(sim.drawings, before);
    assert!(sim.unanswered.is_empty());
}

#[test]
fn claims_of_others_show_in_row_and_case_and_block_nobody() {
    let mut sim = Sim::new(120, 40, 10);
    let claim = Claim {
        account: "xian-jb2".into(),
        name: "演练李四".into(),
        since: "2025-10-15T09:12".parse::<Stamp>().unwrap(),
    };
    sim.notice(Notice::Claimed { application: id(1), claim: Some(claim) });
    sim.settle();
    assert!(sim.selected().contains("演练李四 09:12"), "{:?}", sim.screen());
    assert!(sim.shows("演练李四 09:12 起"), "{:?}", sim.screen());
    sim.keys("a Enter");
    assert_eq!(sim.commands().len(), 1);
}

#[test]
fn the_preview_waits_for_the_cursor_to_rest_and_claims_nothing() {
    let mut sim = Sim::new(120, 40, 10);
    let asked =
        |sim: &Sim| sim.sent.iter().filter(|line| matches!(line.request, Request::Query(Query::Case { .. }))).count();
    let before = asked(&sim);
    sim.burst("j j j");
    sim.settle();
    assert_eq!(asked(&sim), before);
    sim.rest();
    assert_eq!(asked(&sim), before + 1);
    assert!(sim.shows("休学 2025-000004"), "{:?}", sim.screen());
    assert!(!sim.sent.iter().any(|line| matches!(line.request, Request::Query(Query::Claim { .. }))));
}

#[test]
fn opening_claims_and_leaving_releases() {
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("Enter");
    let last = |sim: &Sim| sim.sent.last().unwrap().request.clone();
    assert_eq!(last(&sim), Request::Query(Query::Claim { application: id(1) }));
    sim.keys("Esc");
    assert_eq!(last(&sim), Request::Query(Query::Release { application: id(1) }));
}

#[test]
fn without_a_link_keys_say_so_and_what_is_typed_is_kept() {
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("t");
    sim.text("公章");
    sim.input(Input::LinkLost("服务器已退出".into()));
    sim.settle();
    sim.text("不清");
    sim.keys("Ctrl-S Enter");
    assert!(sim.commands().is_empty());
    assert!(sim.shows("公章不清"), "{:?}", sim.screen());
    let welcome = county::welcome(sim.me.clone());
    sim.input(Input::LinkBack(welcome));
    sim.settle();
    sim.keys("Enter");
    assert_eq!(sim.commands().len(), 1, "{:?}", sim.screen());
    assert!(sim.sent.iter().filter(|line| matches!(line.request, Request::Query(Query::Subscribe {}))).count() == 2);
}

#[test]
fn leaving_asks_only_when_something_typed_would_be_lost() {
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("Q");
    assert!(sim.effects.contains(&Effect::Quit));
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("t");
    sim.text("公章");
    sim.keys("Ctrl-C");
    assert!(!sim.effects.contains(&Effect::Quit) && sim.shows("Enter 退出"), "{:?}", sim.screen());
    sim.keys("Esc Esc Q");
    assert!(!sim.effects.contains(&Effect::Quit), "the draft counts too");
    sim.keys("Enter");
    assert!(sim.effects.contains(&Effect::Quit));
}

#[test]
fn the_program_can_be_left_while_an_answer_is_awaited() {
    let mut sim = Sim::new(80, 24, 10);
    sim.burst("Enter Ctrl-C");
    assert!(sim.effects.contains(&Effect::Quit));
}

#[test]
fn an_account_is_chosen_and_the_desk_becomes_its() {
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("F12 k Enter");
    assert!(sim.screen()[0].contains("演练第一中专") || sim.screen()[0].contains("演练王五"), "{:?}", sim.screen());
    assert!(sim.shows("[我的待办 10]"), "{:?}", sim.screen());
}

#[test]
fn tabs_turn_both_ways_and_keep_their_counts() {
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("Tab");
    assert!(sim.shows("[复核退回 5]"), "{:?}", sim.screen());
    sim.keys("[ [");
    assert!(sim.shows("[待同步 5]"), "{:?}", sim.screen());
    sim.keys("[");
    assert!(sim.shows("[搁置 5]"), "{:?}", sim.screen());
}

#[test]
fn a_suspension_is_started_from_the_keyboard_alone() {
    let me = county::me("xx-lr", "演练录入", &[Post::Entry], true);
    let mut sim = Sim::with(Default::default(), 80, 24, me, vec![]);
    sim.burst("n");
    sim.text("演练");
    sim.burst("Enter Enter Enter Enter");
    sim.text("20260831");
    sim.burst("Enter");
    sim.input(Input::Paste("因病\n长期治疗".into()));
    sim.burst("Enter Enter");
    sim.settle();
    match sim.commands()[..] {
        [Command::Start { student, details: xueji::model::Details::Suspension { period, ground } }] => {
            assert_eq!(student.0, 1);
            assert_eq!(
                (period.from.to_string().as_str(), period.until.to_string().as_str(), ground.as_str()),
                ("2025-10-15", "2026-08-31", "因病 长期治疗")
            );
        }
        ref other => panic!("{other:?}: {:?}", sim.screen()),
    }
    assert!(sim.shows("已建立申请 2025-000900"), "{:?}", sim.screen());
}

#[test]
fn a_file_that_failed_is_corrected_and_not_typed_again() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("e");
    sim.text("/tmp/a.pdf");
    sim.keys("Tab");
    sim.text("诊断证明");
    sim.keys("Enter Enter");
    let Some(Effect::AttachFile { path, kind, original_place, .. }) = sim.effects.last() else {
        panic!("{:?}", sim.screen())
    };
    assert_eq!((path.as_str(), kind.as_str(), original_place), ("/tmp/a.pdf", "诊断证明", &None));
    sim.input(Input::FileDone { job: FileJob::Attach, outcome: Err("没有这个文件".into()) });
    sim.settle();
    assert!(sim.shows("没有这个文件"));
    sim.keys("e");
    assert!(sim.shows("/tmp/a.pdf"), "{:?}", sim.screen());
}

#[test]
fn the_one_piece_of_evidence_is_fetched_without_asking() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("o");
    assert!(matches!(sim.effects.last(), Some(Effect::FetchEvidence { name, .. }) if name == "zhenduan.pdf"));
}

#[test]
fn the_caret_stands_behind_wide_text_and_is_hidden_elsewhere() {
    let mut sim = Sim::new(80, 24, 5);
    assert_eq!(sim.caret(), None);
    sim.keys("t");
    let empty = sim.caret().unwrap();
    sim.text("公章a");
    sim.settle();
    assert_eq!(sim.caret().unwrap().x, empty.x + 5);
    sim.text(&"长".repeat(60));
    sim.settle();
    assert!(sim.caret().unwrap().x < 80);
}

#[test]
fn no_key_of_a_footer_does_nothing() {
    let keymap = Keymap::built_in().unwrap();
    for action in Action::ALL {
        for scope in action.scopes() {
            let bound = keymap.bindings().iter().any(|row| row.run == *action && row.scope == *scope);
            let any = action.scopes().contains(&Scope::Any);
            assert!(bound || any, "{} can be run in {} but has no key there", action.name(), scope.name());
        }
    }
    // Every key shown for the list and the case, pressed there, changes the screen or does something outside.
    for open in [false, true] {
        let footer = {
            let mut sim = Sim::new(80, 24, 9);
            if open {
                sim.keys("Enter");
            }
            sim.screen().pop().unwrap()
        };
        let keys = footer.split("  ").filter_map(|item| item.split(' ').next()).filter(|key| !key.is_empty());
        for key in keys {
            let mut sim = Sim::new(80, 24, 9);
            if open {
                sim.keys("Enter");
            }
            let (before, effects) = (sim.screen(), sim.effects.len());
            sim.keys(key);
            assert!(sim.screen() != before || sim.effects.len() > effects, "{key} in {footer}");
        }
    }
}

#[test]
fn the_day_changes_everywhere_without_a_key() {
    let mut sim = Sim::new(80, 24, 5);
    sim.notice(Notice::Day { now: "2025-10-16T00:00".parse().unwrap() });
    sim.settle();
    assert!(sim.shows("演练 2025-10-16"), "{:?}", sim.screen());
}

#[test]
fn a_resize_keeps_the_selected_row_in_sight() {
    let mut sim = Sim::new(80, 40, 60);
    sim.keys("PgDn j j");
    let before = sim.selected();
    sim.resize(80, 24);
    assert_eq!(sim.selected(), before);
    sim.resize(130, 50);
    assert!(!sim.selected().is_empty());
}

#[test]
fn opening_a_case_changes_the_screen_once() {
    let mut sim = Sim::new(80, 24, 9);
    let before = sim.drawings;
    sim.keys("Enter");
    assert_eq!(sim.drawings, before + 1);
    // A server that takes its time does not leave the reader in the dark.
    sim.burst("Esc j Enter");
    sim.draw();
    let before = sim.drawings;
    sim.at += std::time::Duration::from_millis(119);
    sim.input(Input::Tick);
    sim.draw();
    assert_eq!(sim.drawings, before);
    sim.at += std::time::Duration::from_millis(1);
    sim.input(Input::Tick);
    sim.draw();
    assert_eq!(sim.drawings, before + 1);
    assert!(sim.shows("正在取数"), "{:?}", sim.screen());
}

#[test]
fn what_is_typed_survives_another_account() {
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("t");
    sim.text("公章不清");
    sim.keys("F12 k Enter F12 j Enter t");
    assert!(sim.screen()[0].contains("演练张三") && sim.shows("公章不清"), "{:?}", sim.screen());
}

#[test]
fn a_message_shows_above_a_confirmation() {
    let mut sim = Sim::new(80, 24, 10);
    sim.keys("a");
    sim.input(Input::LinkLost("服务器已退出".into()));
    sim.settle();
    sim.keys("Enter");
    assert!(sim.shows("此键需要服务器") && sim.shows("Enter 确认"), "{:?}", sim.screen());
}

/// The desk of a school's registrar.
fn registrar() -> Sim {
    let me = super::desk_county::me("xx-lr", "演练录入", &[xueji::model::Post::Entry], true);
    Sim::with(xueji::app::Look::default(), 80, 24, me, vec![])
}

/// A desk in which every key of a scope has something to do.
fn somewhere_in(scope: Scope) -> Sim {
    let mut sim = Sim::new(80, 24, 60);
    match scope {
        Scope::List | Scope::Any => sim.keys("PgDn j"),
        Scope::Case => {
            // More evidence than fits, and somewhere in the middle of it.
            sim = Sim::new(80, 24, 60);
            sim.evidence = 40;
            sim.keys("Enter PgDn");
        }
        // Somewhere in the middle of its members.
        Scope::Batch => {
            sim.rows[0] = super::desk_batches::batch_row(1, 29);
            sim.keys("R Enter PgDn j");
        }
        Scope::Confirm => sim.keys("a"),
        Scope::Write => sim.keys("t"),
        Scope::Form => sim.keys("e Tab"),
        Scope::Pick => sim.keys("F12"),
        Scope::Pane => sim.keys("? PgDn"),
        // Two commands used before, and the newer of them on the line.
        Scope::Command => sim.keys(": w Esc : q Esc : Up"),
        // Somewhere in the middle of who was found.
        Scope::Search => {
            sim.keys("2");
            sim.text("s");
            sim.keys("PgDn Down");
        }
        // On a day with something due, in the middle of the year.
        Scope::Calendar => sim.keys("9 l l"),
        // On a cell somewhere in the middle of the offices.
        Scope::Board => sim.keys("6 PgDn j l l"),
        // On the middle one of three rows.
        Scope::System => sim.keys("0 j"),
        // On a student with a mark and perhaps another side, somewhere in the middle.
        Scope::Reconcile => sim.keys("7 Enter PgDn j"),
        // Somewhere in the middle of the schools, and of the items.
        Scope::Alerts => sim.keys("5 Tab PgDn j"),
        // Somewhere in the middle of a school's graduates.
        Scope::Graduation => sim.keys("8 Enter j j j"),
        // In the middle of a new student.
        Scope::Entry => {
            sim = registrar();
            sim.keys("3");
            sim.text("演练新生");
            sim.keys("Enter");
            sim.text("410782201003");
            sim.rest();
        }
        // On a cell in the middle of what was pasted.
        Scope::Grid => {
            sim = registrar();
            sim.keys("3 F3");
            let rows: String = (1..=60).map(|n| format!("演练{n}\t男\t20100305\r\n")).collect();
            sim.input(Input::Paste(format!("姓名\t性别\t出生日期\r\n{rows}")));
            sim.settle();
            sim.keys("g PgDn l");
        }
        Scope::Unfiled => {
            sim = registrar();
            sim.keys(":");
            sim.text("dba");
            sim.keys("Enter j");
        }
        // The applications of one of two, somewhere in the middle.
        Scope::Record => {
            sim.cases = 60;
            sim.keys("2");
            sim.text("s");
            sim.keys("Down Enter v");
            // The search for the other one begins anew.
            sim.text("s");
            sim.settle();
            sim.keys("Down Down Enter Tab Tab PgDn j");
        }
    }
    sim
}

#[test]
fn every_key_of_every_scope_does_something_there() {
    let keymap = Keymap::built_in().unwrap();
    for row in keymap.bindings() {
        for key in &row.on {
            let mut sim = somewhere_in(row.scope);
            let before = (sim.screen(), sim.caret(), sim.effects.len(), sim.sent.len());
            sim.keys(&key.to_string());
            let after = (sim.screen(), sim.caret(), sim.effects.len(), sim.sent.len());
            assert!(before != after, "{key} in {}: {:?}", row.scope.name(), before.0);
        }
    }
}
