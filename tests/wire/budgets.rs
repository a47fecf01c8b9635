//! Bytes per operation, against the budgets. Bytes do not vary, so they are asserted: at 80×24, with rows that Chinese
//! fills, at every depth of colour.

use crate::desk_sim::Sim;
use crate::line::{Cost, Line, desk};
use xueji::app::{Depth, Look};
use xueji::term::Kind;

const DEPTHS: [Depth; 4] = [Depth::Mono, Depth::Sixteen, Depth::Indexed256, Depth::True];

fn opened(depth: Depth, term: &str) -> (Sim, Line, Cost) {
    let sim = desk(Look { depth, ..Look::default() }, 80, 24);
    let mut line = Line::new(Kind::named(term), 80, 24);
    let first = line.draw(&sim);
    (sim, line, first)
}

/// Presses a key, lets everything be answered, and draws.
fn press(sim: &mut Sim, line: &mut Line, key: &str) -> Cost {
    sim.keys(key);
    line.draw(sim)
}

#[track_caller]
fn within(what: &str, depth: Depth, line: &Line, cost: Cost, budget: usize) {
    let sent = String::from_utf8_lossy(&line.last).replace('\x1b', "␛");
    assert!(cost.bytes <= budget, "{what}, {depth:?}: {} B of {budget}\n{sent}\n{}", cost.bytes, line.screen());
    assert!(cost.bytes > 0, "{what}, {depth:?}: nothing was sent\n{}", line.screen());
}

#[test]
fn the_first_screen() {
    for depth in DEPTHS {
        let (_, line, first) = opened(depth, "xterm-256color");
        within("first paint", depth, &line, first, 2500);
        assert!(line.screen().contains("演练钱敏"), "{}", line.screen());
    }
}

#[test]
fn the_bar_one_row_down_and_up() {
    for depth in DEPTHS {
        for term in ["xterm-256color", "screen", "vt220"] {
            let (mut sim, mut line, _) = opened(depth, term);
            for key in ["j", "j", "j", "k", "j", "j", "j", "j", "j", "j", "j", "k", "k"] {
                let cost = press(&mut sim, &mut line, key);
                within("one row", depth, &line, cost, 225);
            }
        }
    }
}

#[test]
fn the_bar_at_the_edge() {
    for depth in DEPTHS {
        for term in ["xterm-256color", "linux", "vt220"] {
            let (mut sim, mut line, _) = opened(depth, term);
            for _ in 0..18 {
                press(&mut sim, &mut line, "j");
            }
            for _ in 0..12 {
                let cost = press(&mut sim, &mut line, "j");
                within("down at the edge", depth, &line, cost, 270);
            }
            for _ in 0..18 {
                press(&mut sim, &mut line, "k");
            }
            for _ in 0..6 {
                let cost = press(&mut sim, &mut line, "k");
                within("up at the edge", depth, &line, cost, 270);
            }
        }
    }
}

/// The question with which a frame asks whether it was carried.
const QUESTION: usize = 4;

#[test]
fn over_a_slow_line_the_bar_is_a_mark_and_one_field() {
    for depth in DEPTHS {
        for term in ["xterm-256color", "linux", "vt220"] {
            let mut sim = desk(Look { depth, slow: true, ..Look::default() }, 80, 24);
            let mut line = Line::new(Kind::named(term), 80, 24);
            line.draw(&sim);
            for key in ["j", "j", "j", "k", "j", "j", "j", "j", "j", "j", "j", "j", "k"] {
                let cost = press(&mut sim, &mut line, key);
                within("one row, slow", depth, &line, cost, 60 - QUESTION);
            }
        }
    }
}

/// A character at a time, as it is typed.
fn typed(sim: &mut Sim, line: &mut Line, depth: Depth, text: &str) {
    for c in text.chars() {
        sim.text(&c.to_string());
        sim.settle();
        let cost = line.draw(sim);
        within(&format!("typing {c}"), depth, line, cost, 40);
    }
}

#[test]
fn a_character_typed_into_a_form() {
    for depth in DEPTHS {
        // Reasons for a return.
        let (mut sim, mut line, _) = opened(depth, "xterm-256color");
        press(&mut sim, &mut line, "t");
        typed(&mut sim, &mut line, depth, "缺诊断证明12 ok");
        // The fields of a new application.
        let me = crate::desk_county::me("xx-lr", "演练录入", &[xueji::model::Post::Entry], true);
        let mut sim = Sim::with(Look { depth, ..Look::default() }, 80, 24, me, vec![]);
        sim.keys("n");
        sim.text("演练");
        sim.keys("Enter Enter Enter");
        let mut line = Line::new(Kind::named("xterm-256color"), 80, 24);
        line.draw(&sim);
        typed(&mut sim, &mut line, depth, "2025-10-20");
        // The fields of a new student, what is said about it beside them.
        let me = crate::desk_county::me("xx-lr", "演练录入", &[xueji::model::Post::Entry], true);
        for (width, height) in [(80, 24), (120, 40)] {
            let mut sim = Sim::with(Look { depth, ..Look::default() }, width, height, me.clone(), vec![]);
            sim.keys("3");
            let mut line = Line::new(Kind::named("xterm-256color"), width, height);
            line.draw(&sim);
            typed(&mut sim, &mut line, depth, "演练新生·𠮷");
            sim.keys("Enter");
            sim.rest();
            line.draw(&sim);
            typed(&mut sim, &mut line, depth, "41078220100305100");
        }
    }
}

#[test]
fn the_students_found_and_one_row_down() {
    for depth in DEPTHS {
        let (mut sim, mut line, _) = opened(depth, "xterm-256color");
        press(&mut sim, &mut line, "2");
        for c in "s".chars() {
            sim.text(&c.to_string());
            sim.rest();
        }
        line.draw(&sim);
        for key in ["Down", "Down", "Up", "Down"] {
            let cost = press(&mut sim, &mut line, key);
            within("one student down", depth, &line, cost, 225);
        }
    }
}

#[test]
fn a_page() {
    for depth in DEPTHS {
        let (mut sim, mut line, _) = opened(depth, "xterm-256color");
        for key in ["PgDn", "PgDn", "PgDn", "PgUp", "G", "g"] {
            let cost = press(&mut sim, &mut line, key);
            within("a page", depth, &line, cost, 2250);
        }
    }
}

#[test]
fn opening_a_case_costs_what_changes() {
    for depth in DEPTHS {
        let (mut sim, mut line, _) = opened(depth, "xterm-256color");
        for key in ["Enter", "Esc", "j", "j", "Enter"] {
            let cost = press(&mut sim, &mut line, key);
            if key == "Enter" {
                within("opening a case", depth, &line, cost, cost.least * 115 / 100);
            }
        }
    }
}

#[test]
fn what_does_not_change_is_not_sent() {
    let (sim, mut line, _) = opened(Depth::Indexed256, "xterm-256color");
    assert_eq!(line.draw(&sim).bytes, 0);
}
