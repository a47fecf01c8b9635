//! Screen 7: what its keys send.

use super::coloured;
use super::desk_sim::Sim;
use xueji::app::Effect;
use xueji::model::{Command, KeySystem};
use xueji::wire::Request;

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
