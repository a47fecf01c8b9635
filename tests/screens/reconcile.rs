//! Screen 7 in all its states: the schools, every tab of one school, both sides of a student, what there is to say where
//! nobody differs and where no list was loaded.

use super::desk_county as county;
use super::desk_sim::Sim;
use super::{coloured, look, rows, snapshot};
use xueji::app::Depth;
use xueji::catalogue::Lang;
use xueji::model::Post;

fn registrar(width: u16, height: u16, lang: Lang, depth: Depth, ascii: bool) -> Sim {
    let me = county::me("x1-lr", "演练王录入", &[Post::Entry], false);
    Sim::with(look(lang, depth, ascii), width, height, me, rows(3))
}

#[test]
fn the_schools() {
    let mut sim = coloured(80, 24, 3);
    sim.keys("7");
    snapshot("reconcile-80x24", &sim);
    // The last ones stand at the line exactly, or have no list yet.
    sim.keys("G");
    snapshot("reconcile-end-80x24", &sim);
    let mut sim = coloured(120, 40, 3);
    sim.keys("7 j j");
    snapshot("reconcile-120x40", &sim);
}

#[test]
fn every_tab_of_one_school() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = registrar(width, height, Lang::Zh, Depth::Mono, false);
        sim.keys("7 Enter");
        for tab in 1..=7 {
            snapshot(&format!("reconcile-tab{tab}-{width}x{height}"), &sim);
            sim.keys("Tab");
        }
        assert!(sim.shows("[录入清单 53]"), "round once: {:?}", sim.screen());
    }
}

#[test]
fn one_student_with_both_sides() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = registrar(width, height, Lang::Zh, Depth::Mono, false);
        sim.keys("7 Enter j Enter");
        snapshot(&format!("reconcile-student-{width}x{height}"), &sim);
        // Who stands on one side only.
        sim.keys("j j j j");
        snapshot(&format!("reconcile-alone-{width}x{height}"), &sim);
    }
}

#[test]
fn where_nobody_differs_and_where_there_is_no_list() {
    let mut sim = coloured(80, 24, 3);
    sim.keys("7 G k k k k k k k k k k Enter");
    assert!(sim.shows("0.000%") && sim.shows("这一类没有差异"), "{:?}", sim.screen());
    sim.keys("Shift-Tab");
    snapshot("reconcile-equal-80x24", &sim);
    sim.keys("Esc G Enter");
    assert!(sim.shows("请联系主管部门的系统管理岗，在对账屏按 I 载入"), "{:?}", sim.screen());
}

#[test]
fn in_english_and_in_plain_characters() {
    let mut sim = registrar(80, 24, Lang::En, Depth::Mono, true);
    sim.keys("7 Enter");
    snapshot("reconcile-school-en-ascii", &sim);
    sim.keys("Shift-Tab");
    snapshot("reconcile-cured-en-ascii", &sim);
}

#[test]
fn the_footer_names_only_what_means_something_here() {
    let footer = |sim: &Sim| sim.screen().last().cloned().unwrap_or_default();
    let mut sim = registrar(80, 24, Lang::Zh, Depth::Mono, false);
    sim.keys("7");
    assert!(!footer(&sim).contains("已录") && !footer(&sim).contains("载入名单"), "{}", footer(&sim));
    sim.keys("Enter");
    assert!(footer(&sim).contains("m 已录") && footer(&sim).contains("Tab 页签"), "{}", footer(&sim));
    sim.keys("Enter");
    assert!(footer(&sim).contains("m 已录") && !footer(&sim).contains("Tab 页签"), "{}", footer(&sim));
    sim.keys("Esc Shift-Tab");
    assert!(!footer(&sim).contains("m 已录") && footer(&sim).contains("Tab 页签"), "{}", footer(&sim));
    let me = county::me("xian-xt", "演练管理", &[Post::Keeper], false);
    let mut sim = Sim::with(look(Lang::Zh, Depth::Mono, false), 80, 24, me, rows(3));
    sim.keys("7");
    assert!(footer(&sim).contains("I 载入名单"), "{}", footer(&sim));
}
