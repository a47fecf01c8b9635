//! Screen 7 in all its states: the schools, one school's differences, both sides of a student, what is cured, what there
//! is to say where no list was loaded.

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
fn one_school_down_to_a_student() {
    let mut sim = registrar(80, 24, Lang::Zh, Depth::Mono, false);
    sim.keys("7 Enter");
    snapshot("reconcile-school-80x24", &sim);
    sim.keys("j Enter");
    snapshot("reconcile-student-80x24", &sim);
    sim.keys("Esc Tab");
    snapshot("reconcile-tab2-80x24", &sim);
    sim.keys("Tab");
    snapshot("reconcile-tab3-80x24", &sim);
    let mut sim = coloured(120, 40, 3);
    sim.keys("7 Enter j");
    snapshot("reconcile-school-120x40", &sim);
}

#[test]
fn in_english_and_in_plain_characters() {
    let mut sim = registrar(80, 24, Lang::En, Depth::Mono, true);
    sim.keys("7 Enter");
    snapshot("reconcile-school-en-ascii", &sim);
}
