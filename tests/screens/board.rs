//! Screen 6: the supervisor's board, the cases behind a cell and back.

use super::desk_county as county;
use super::desk_sim::Sim;
use super::{coloured, look, rows, snapshot};
use xueji::app::Depth;
use xueji::catalogue::Lang;
use xueji::model::{Command, Post};

fn supervisor(width: u16, height: u16, lang: Lang, depth: Depth) -> Sim {
    let me = county::me("xian-db", "演练督办", &[Post::Supervisor], false);
    Sim::with(look(lang, depth, false), width, height, me, rows(3))
}

#[test]
fn the_board() {
    let mut sim = supervisor(80, 24, Lang::Zh, Depth::Mono);
    sim.keys("6 j j l l");
    snapshot("board-80x24", &sim);
    sim.keys("Enter");
    snapshot("board-cases-80x24", &sim);
    let mut sim = coloured(120, 40, 3);
    sim.keys("6 Tab");
    snapshot("board-kinds-120x40", &sim);
    let mut sim = supervisor(80, 24, Lang::En, Depth::Mono);
    sim.keys("6 j j l l");
    snapshot("board-en", &sim);
}

#[test]
fn down_to_the_case_and_back_the_cursor_is_where_it_was() {
    let mut sim = supervisor(80, 24, Lang::Zh, Depth::Mono);
    sim.keys("6 j j l l");
    let before = sim.screen();
    sim.keys("Enter Enter");
    assert!(sim.shows("2025-000001") || sim.shows("演练甲"), "{:?}", sim.screen());
    sim.keys("Esc Esc");
    assert_eq!(sim.screen(), before);
    // What lies outside of the jurisdiction is counted, and not opened.
    sim.keys("Enter j Enter");
    assert!(sim.shows("不在您的管辖范围"), "{:?}", sim.screen());
}

#[test]
fn a_reminder_takes_two_presses_and_another_key_between_them_ends_it() {
    let mut sim = supervisor(80, 24, Lang::Zh, Depth::Mono);
    sim.keys("6 Enter c");
    assert!(sim.shows("再按一次 c 催办 演练甲"), "{:?}", sim.screen());
    sim.keys("j k c");
    assert_eq!(sim.commands().len(), 0);
    sim.keys("c");
    assert!(matches!(sim.commands()[..], [Command::Remind { .. }]), "{:?}", sim.commands());
    // A clerk of another post reminds nobody.
    let mut sim = Sim::new(80, 24, 3);
    sim.keys("6 Enter c c");
    assert_eq!(sim.commands().len(), 0);
}

#[test]
fn rates_lead_to_the_turns_they_rest_on() {
    let mut sim = supervisor(80, 24, Lang::Zh, Depth::Mono);
    sim.keys("6 Tab Tab Tab");
    snapshot("board-ahead-80x24", &sim);
    sim.keys("Tab j");
    snapshot("board-rates-80x24", &sim);
    sim.keys("Enter");
    snapshot("board-ended-80x24", &sim);
    sim.keys("Esc j Enter");
    assert!(sim.shows("演练张三 办结"), "{:?}", sim.screen());
}
