//! Screen 9: the year, a day under the cursor.

use super::desk_sim::Sim;
use super::{coloured, handler, look, rows, snapshot};
use xueji::app::Depth;
use xueji::catalogue::Lang;
use xueji::wire::{Query, Request, Tab};

fn asked_years(sim: &Sim) -> Vec<Option<i32>> {
    let queries = sim.sent.iter().filter_map(|envelope| match &envelope.request {
        Request::Query(Query::Calendar { year }) => Some(*year),
        _ => None,
    });
    queries.collect()
}

#[test]
fn the_year() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("9");
    snapshot("calendar-80x24", &sim);
    sim.keys("Tab");
    snapshot("calendar-next-mark", &sim);
    let mut sim = coloured(120, 40, 9);
    sim.keys("9");
    snapshot("calendar-120x40", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Mono, true), 80, 24, handler(), rows(9));
    sim.keys("9");
    snapshot("calendar-en-mono", &sim);
}

#[test]
fn the_cursor_goes_by_days_weeks_months_and_years() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("9");
    assert_eq!(asked_years(&sim), [None]);
    let below = |sim: &Sim| sim.screen()[17].clone();
    assert!(below(&sim).contains("2025-10-15"), "{}", below(&sim));
    for (keys, day) in [
        ("l", "2025-10-16"),
        ("h h", "2025-10-14"),
        ("j", "2025-10-21"),
        ("k", "2025-10-14"),
        ("PgDn", "2025-11-14"),
        ("Tab", "2025-11-20"),
        ("Shift-Tab", "2025-10-31"),
        ("G", "2025-12-31"),
    ] {
        sim.keys(keys);
        assert!(below(&sim).contains(day), "{keys}: {}", below(&sim));
    }
    // Beyond the year the next one is asked for, and shown with the cursor on its first day.
    sim.keys("l");
    assert_eq!(asked_years(&sim), [None, Some(2026)]);
    assert!(below(&sim).contains("2026-01-01"), "{}", below(&sim));
    sim.keys("t");
    assert!(below(&sim).contains("2025-10-15"), "{}", below(&sim));
}

#[test]
fn enter_leads_to_what_falls_due_and_a_free_day_says_so() {
    let mut sim = coloured(80, 24, 40);
    sim.keys("9 l Enter");
    assert!(sim.screen()[22].contains("没有到期业务"), "{:?}", sim.screen()[22]);
    sim.keys("L");
    assert!(sim.screen()[22].contains("没有办理窗口"), "{:?}", sim.screen()[22]);
    sim.keys("l Enter");
    let page = sim.sent.iter().rev().find_map(|envelope| match &envelope.request {
        Request::Query(Query::Page(page)) => Some(page.clone()),
        _ => None,
    });
    let page = page.expect("the list is asked for");
    assert_eq!((page.tab, page.anchor), (Tab::Office, Some(super::desk_county::id(8))));
}
