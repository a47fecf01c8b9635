//! Bytes per operation, against the budgets. Bytes do not vary, so they are asserted.

use crate::line::{Cost, Line, desk};
use xueji::app::{Depth, Look};
use xueji::term::Kind;

fn look(depth: Depth) -> Look {
    Look { depth, ..Look::default() }
}

#[test]
fn measure() {
    for depth in [Depth::Sixteen, Depth::Indexed256, Depth::Mono] {
        let mut sim = desk(look(depth), 80, 24);
        let mut line = Line::new(Kind::named("xterm-256color"), 80, 24);
        let say = |what: &str, cost: Cost| println!("{depth:?} {what}: {} (least {})", cost.bytes, cost.least);
        say("first", line.draw(&sim));
        for _ in 0..3 {
            sim.keys("j");
            say("bar", line.draw(&sim));
            println!("{:?}", String::from_utf8_lossy(&line.last));
        }
        sim.keys("j j j j j j j j j j j j j j j");
        line.draw(&sim);
        sim.keys("j");
        say("edge", line.draw(&sim));
        println!("{:?}", String::from_utf8_lossy(&line.last));
        sim.keys("PgDn");
        say("page", line.draw(&sim));
        sim.keys("Enter");
        say("open", line.draw(&sim));
        sim.keys("j");
        say("next", line.draw(&sim));
    }
}
