//! Screen 5: schools by items, one school's matters, the form; narrow and wide, and without colour.

use super::desk_sim::Sim;
use super::{coloured, handler, look, rows, snapshot};
use xueji::app::Depth;
use xueji::catalogue::Lang;
use xueji::model::Command;
use xueji::wire::Request;

#[test]
fn the_schools_and_one_of_them() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("5");
    snapshot("alerts-80x24", &sim);
    sim.keys("Tab Tab Tab");
    assert!(sim.shows("只列FM3 学籍重复"), "{:?}", sim.screen());
    sim.keys("Enter");
    snapshot("alerts-school-80x24", &sim);
    sim.keys("t");
    snapshot("alerts-form", &sim);
    let mut sim = coloured(120, 40, 9);
    sim.keys("5");
    snapshot("alerts-120x40", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Mono, true), 80, 24, handler(), rows(9));
    sim.keys("5 Enter");
    snapshot("alerts-en-mono", &sim);
}

#[test]
fn what_is_confirmed_is_sent_and_no_more() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("5 Enter t");
    sim.keys("Enter");
    sim.keys("Enter");
    assert!(sim.shows("请填写"), "{:?}", sim.screen());
    let writes = |sim: &Sim| sim.sent.iter().filter(|line| matches!(line.request, Request::Write(_))).count();
    assert_eq!(writes(&sim), 0);
    sim.keys("Shift-Tab Tab");
    sim.keys("Esc");
    assert!(sim.shows("演练技工学校"), "{:?}", sim.screen());
    sim.keys("x");
    sim.text("有假条");
    sim.keys("Enter");
    sim.text("核查一号");
    sim.keys("Enter");
    assert!(sim.shows("提出排除 FM3 演练学生1？"), "{:?}", sim.screen());
    assert_eq!(writes(&sim), 0);
    sim.keys("Enter");
    let sent = sim.sent.iter().find_map(|line| match &line.request {
        Request::Write(Command::DismissAlert { revision, text, document, .. }) => Some((*revision, text, document)),
        _ => None,
    });
    assert_eq!(sent, Some((3, &"有假条".to_owned(), &"核查一号".to_owned())));
}
