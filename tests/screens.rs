//! The desk's screens: drawn from a fixed county on a fixed day, and compared with what is committed under
//! `tests/screens/` and `screenshots/`. `XUEJI_BLESS=1 cargo test --test screens` rewrites both; read what it wrote.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
#[path = "support/bless.rs"]
mod bless;
#[path = "support/desk_alerts.rs"]
mod desk_alerts;
#[path = "support/desk_aside.rs"]
mod desk_aside;
#[path = "support/desk_batches.rs"]
mod desk_batches;
#[path = "support/desk_board.rs"]
mod desk_board;
#[path = "support/desk_calendar.rs"]
mod desk_calendar;
#[path = "support/desk_county.rs"]
mod desk_county;
#[path = "support/desk_entry.rs"]
mod desk_entry;
#[path = "support/desk_kinds.rs"]
mod desk_kinds;
#[path = "support/desk_national.rs"]
mod desk_national;
#[path = "support/desk_sim.rs"]
mod desk_sim;
#[path = "support/desk_students.rs"]
mod desk_students;
#[path = "support/desk_system.rs"]
mod desk_system;
#[path = "support/svg.rs"]
mod svg;

#[path = "screens/alerts.rs"]
mod alerts;
#[path = "screens/asides.rs"]
mod asides;
#[path = "screens/batches.rs"]
mod batches;
#[path = "screens/behaviour.rs"]
mod behaviour;
#[path = "screens/board.rs"]
mod board;
#[path = "screens/calendar.rs"]
mod calendar;
#[path = "screens/command.rs"]
mod command;
#[path = "screens/decisions.rs"]
mod decisions;
#[path = "screens/entry.rs"]
mod entry;
#[path = "screens/graduation.rs"]
mod graduation;
#[path = "screens/hands.rs"]
mod hands;
#[path = "screens/kinds.rs"]
mod kinds;
#[path = "screens/limits.rs"]
mod limits;
#[path = "screens/loads.rs"]
mod loads;
#[path = "screens/national.rs"]
mod national;
#[path = "screens/reading.rs"]
mod reading;
#[path = "screens/reconcile.rs"]
mod reconcile;
#[path = "screens/short_drafts.rs"]
mod short_drafts;
#[path = "screens/sizes.rs"]
mod sizes;
#[path = "screens/students.rs"]
mod students;
#[path = "screens/system.rs"]
mod system;

use bless::compare as same;
use desk_county::row;
use desk_sim::Sim;
use ratatui::style::{Color, Modifier};
use xueji::app::{Depth, Look};
use xueji::catalogue::Lang;
use xueji::model::{Outcome, Post};
use xueji::wire::Standing;

fn snapshot(name: &str, sim: &Sim) {
    let mut text = sim.screen().join("\n") + "\n";
    if let Some(caret) = sim.caret() {
        text.push_str(&format!("caret {},{}\n", caret.x, caret.y));
    }
    same(&format!("tests/screens/{name}.txt"), &text);
}

fn look(lang: Lang, depth: Depth, ascii: bool) -> Look {
    Look { lang, depth, ascii, ..Look::default() }
}

fn handler() -> xueji::wire::WhoAmI {
    desk_county::me("xian-jb", "演练张三", &[Post::Handler], false)
}

fn rows(n: u32) -> Vec<xueji::wire::QueueRow> {
    (1..=n).map(row).collect()
}

fn coloured(width: u16, height: u16, n: u32) -> Sim {
    Sim::with(look(Lang::Zh, Depth::True, false), width, height, handler(), rows(n))
}

#[test]
fn queue_80x24() {
    let sim = coloured(80, 24, 151);
    snapshot("queue-80x24", &sim);
    same("screenshots/queue-80x24.svg", &svg::svg(sim.buffer(), "学籍: 我的待办 80x24"));
}

#[test]
fn queue_120x40() {
    let mut sim = coloured(120, 40, 151);
    sim.keys("j");
    sim.rest();
    snapshot("queue-120x40", &sim);
    same("screenshots/queue-120x40.svg", &svg::svg(sim.buffer(), "学籍: 我的待办 120x40"));
}

#[test]
fn basis() {
    let mut sim = coloured(80, 24, 151);
    sim.keys("j j j L");
    snapshot("basis-80x24", &sim);
    let mut sim = coloured(120, 40, 151);
    sim.keys("j j j L");
    snapshot("basis-120x40", &sim);
    same("screenshots/basis.svg", &svg::svg(sim.buffer(), "学籍: 依据"));
}

#[test]
fn without_colour_the_lights_and_the_selection_are_still_there() {
    let sim = Sim::with(look(Lang::Zh, Depth::Mono, true), 80, 24, handler(), rows(151));
    snapshot("queue-mono", &sim);
    let buffer = sim.buffer();
    for cell in &buffer.content {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
    let selected = sim.selected_line().unwrap() as u16;
    // The bar spans the row from the business on; the mark is the outermost column's.
    assert_eq!((buffer[(0, selected)].symbol(), buffer[(0, selected + 1)].symbol()), (">", " "));
    assert!(buffer[(18, selected)].modifier.contains(Modifier::REVERSED));
    assert!(!buffer[(18, selected + 1)].modifier.contains(Modifier::REVERSED));
    let screen = sim.screen();
    for word in ["逾", "今", "近"] {
        assert!(screen.iter().any(|line| line.get(1..).is_some_and(|rest| rest.starts_with(word))), "{word}");
    }
    // ASCII borders: nothing on the screen but Chinese and ASCII.
    assert!(!screen.concat().contains(['│', '─']));
}

#[test]
fn in_english() {
    let mut sim = Sim::with(look(Lang::En, Depth::Sixteen, true), 80, 24, handler(), rows(151));
    snapshot("queue-en", &sim);
    sim.keys("Enter");
    snapshot("case-en", &sim);
    sim.keys("?");
    snapshot("help-en", &sim);
}

#[test]
fn the_case() {
    let mut sim = coloured(80, 24, 151);
    sim.keys("j j j Enter");
    snapshot("case-80x24", &sim);
    sim.keys("G");
    snapshot("case-80x24-end", &sim);
    sim.keys("g a");
    snapshot("confirm-80x24", &sim);
    let mut sim = coloured(120, 40, 151);
    sim.keys("j Enter a");
    snapshot("confirm-120x40", &sim);
}

#[test]
fn the_second_post_sees_what_is_proposed() {
    let mut list = rows(30);
    for (row, outcome) in list.iter_mut().zip([Outcome::Approve, Outcome::Return, Outcome::Refuse]) {
        row.standing = Standing::Second;
        row.proposed = Some(outcome);
    }
    let me = desk_county::me("xian-fh", "演练王五", &[Post::Reviewer], false);
    let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, me, list);
    snapshot("queue-reviewer", &sim);
    sim.keys("j a");
    snapshot("confirm-reviewer", &sim);
}

#[test]
fn forms() {
    let mut sim = coloured(80, 24, 151);
    sim.keys("t");
    sim.text("13 缺证明");
    sim.settle();
    snapshot("write-return", &sim);
    sim.keys("Ctrl-S");
    snapshot("write-return-confirm", &sim);
    let me = desk_county::me("xx-lr", "演练录入", &[Post::Entry], true);
    let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, me, rows(3));
    sim.keys("n");
    sim.text("演练");
    sim.keys("Enter Down");
    snapshot("start-found", &sim);
    sim.keys("Enter");
    snapshot("start-kinds", &sim);
    sim.keys("Enter Tab");
    sim.text("20260831");
    sim.keys("Enter");
    sim.text("因病");
    sim.keys("Enter");
    snapshot("start-confirm", &sim);
    sim.keys("Esc Esc Enter e");
    sim.text("/home/clerk/a.pdf");
    sim.settle();
    snapshot("attach", &sim);
}

#[test]
fn help_and_accounts() {
    let mut sim = coloured(80, 24, 151);
    sim.keys("?");
    snapshot("help", &sim);
    sim.keys("Esc F12");
    snapshot("accounts", &sim);
    // On a wide screen what does not concern the selected row has the whole of it.
    let mut sim = coloured(120, 40, 151);
    sim.keys("F12");
    assert!(!sim.shows("│") && sim.shows("xian-fh"), "{:?}", sim.screen());
    sim.keys("Esc t");
    assert!(sim.shows("│"), "{:?}", sim.screen());
}

#[test]
fn the_command_line() {
    let mut sim = coloured(80, 24, 151);
    sim.keys(": t");
    snapshot("command-several", &sim);
    sim.keys("Enter");
    snapshot("command-said", &sim);
    sim.keys("Backspace w d");
    snapshot("command-clear", &sim);
    sim.keys("Esc");
    sim.text(":art13");
    sim.keys("Enter");
    snapshot("rules", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Sixteen, true), 80, 24, handler(), rows(151));
    sim.keys(": a");
    snapshot("command-en", &sim);
}

#[test]
fn limits_and_tabs() {
    let mut sim = coloured(80, 24, 151);
    sim.keys("f");
    snapshot("limit-pick", &sim);
    sim.keys("j j Enter f j j j Enter");
    snapshot("queue-limited", &sim);
    sim.keys("Tab Tab Tab Tab Tab");
    snapshot("queue-limited-returned", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Sixteen, true), 80, 24, handler(), rows(151));
    sim.keys("Shift-Tab Shift-Tab Shift-Tab");
    snapshot("queue-elsewhere-en", &sim);
}

#[test]
fn a_refusal_says_rule_article_and_way_out() {
    let mut sim = coloured(80, 24, 151);
    sim.keys("u");
    snapshot("refusal", &sim);
}

#[test]
fn nothing_to_do_and_no_server() {
    let sim = coloured(80, 24, 0);
    snapshot("queue-empty", &sim);
    let mut sim = coloured(80, 24, 12);
    sim.input(xueji::app::Input::LinkLost("服务器已退出".into()));
    sim.settle();
    snapshot("link-lost", &sim);
}

#[test]
fn a_window_too_small_says_so() {
    for (width, height) in [(79, 24), (80, 23), (20, 4), (2, 1), (1, 1)] {
        let sim = coloured(width, height, 151);
        if width > 20 {
            assert!(sim.shows("80 列 24 行"), "{:?}", sim.screen());
        }
    }
    assert!(!coloured(80, 24, 3).shows("窗口太小"));
}

#[test]
fn no_size_or_language_breaks_a_screen() {
    for lang in Lang::ALL {
        for (width, height) in [(80, 24), (81, 25), (109, 24), (110, 24), (119, 60), (140, 30), (220, 50)] {
            let mut sim = Sim::with(look(lang, Depth::Indexed256, false), width, height, handler(), rows(151));
            for keys in ["G", "g", "L", "Esc", "Enter", "PgDn", "G", "a", "Esc", "t", "Esc", "Esc", "F12", "Esc", "?"] {
                sim.keys(keys);
                // The footer is there and whole on every screen.
                let footer = sim.screen().pop().unwrap();
                assert!(!footer.is_empty(), "{keys} at {width}x{height}");
            }
        }
    }
}
