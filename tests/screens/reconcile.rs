//! Screen 7: the schools, who of one differs, one student with both sides; narrow and wide, and without colour.

use super::desk_sim::Sim;
use super::{coloured, handler, look, rows, snapshot};
use xueji::app::{Depth, Effect};
use xueji::catalogue::Lang;
use xueji::model::{Command, KeySystem};
use xueji::wire::Request;

#[test]
fn the_schools_and_one_of_them() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("7");
    snapshot("reconcile-80x24", &sim);
    sim.keys("Enter j");
    snapshot("reconcile-school-80x24", &sim);
    sim.keys("Enter");
    snapshot("reconcile-student-80x24", &sim);
    let mut sim = coloured(120, 40, 9);
    sim.keys("7 j j");
    snapshot("reconcile-120x40", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Mono, true), 80, 24, handler(), rows(9));
    sim.keys("7 Enter G");
    snapshot("reconcile-en-mono", &sim);
}

#[test]
fn a_mark_goes_into_the_system_shown_and_a_pair_needs_two_presses() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("7 Enter m");
    let sent = |sim: &Sim| -> Vec<Command> {
        let writes = sim.sent.iter().filter_map(|line| match &line.request {
            Request::Write(command) => Some(command.clone()),
            Request::Query(_) => None,
        });
        writes.collect()
    };
    let marked = sent(&sim);
    assert!(
        matches!(&marked[..], [Command::MarkKeyed(of)] if of.system == Some(KeySystem::National) && of.load == 2),
        "{marked:?}"
    );
    // Only the third row has perhaps another side.
    sim.keys("y");
    assert!(sim.shows("没有疑似同一人"), "{:?}", sim.screen());
    sim.keys("j j y");
    assert!(sim.shows("再按一次 y"), "{:?}", sim.screen());
    assert_eq!(sent(&sim).len(), 1);
    sim.keys("x");
    assert_eq!(sent(&sim).len(), 1, "another key is another question");
    sim.keys("x");
    let said = sent(&sim);
    assert!(matches!(&said[..], [_, Command::ConfirmPair(of)] if !of.same && of.line == 103), "{said:?}");
    sim.keys("o");
    assert!(sim.effects.iter().any(|effect| matches!(effect, Effect::WriteKeyIn { .. })));
}
