//! Limits narrow a tab, stay from tab to tab, are always shown, and are taken off with one key. Tabs fit the screen.

use super::desk_county::{self as county, row};
use super::desk_sim::Sim;
use xueji::model::{Light, Post};
use xueji::wire::{Limit, PageRequest, Query, QueueRow, Request, Tab};

fn last_page(sim: &Sim) -> PageRequest {
    let pages = sim.sent.iter().rev().filter_map(|line| match &line.request {
        Request::Query(Query::Page(page)) => Some(page.clone()),
        _ => None,
    });
    pages.into_iter().next().unwrap()
}

fn lit(rows: &[QueueRow], light: Light) -> usize {
    rows.iter().filter(|row| row.clock.as_ref().is_some_and(|clock| clock.light == light)).count()
}

/// Opens the choice and takes the line that shows this.
fn choose(sim: &mut Sim, what: &str) {
    sim.keys("f");
    for _ in 0..20 {
        if sim.selected().contains(what) {
            sim.keys("Enter");
            return;
        }
        sim.keys("j");
    }
    panic!("{what}: {:?}", sim.screen());
}

#[test]
fn a_light_and_a_school_narrow_together_and_the_tab_line_says_so() {
    let mut sim = Sim::new(80, 24, 151);
    choose(&mut sim, "逾");
    let late = lit(&sim.rows, Light::Overdue);
    assert!(late > 0);
    assert!(
        sim.screen()[1].contains("限：逾") && sim.screen()[1].ends_with(&format!("1/{late}")),
        "{:?}",
        sim.screen()
    );
    // The tab's own count is of all its rows.
    assert!(sim.screen()[1].contains("我的待办 151"), "{:?}", sim.screen());
    choose(&mut sim, "演练第一中专");
    let limit = last_page(&sim).limit;
    assert_eq!(limit, Limit { light: Some(Light::Overdue), school: Some("演练第一中专".into()), ..Limit::default() });
    assert!(sim.screen()[1].contains("限：逾 演练第一中专"), "{:?}", sim.screen());
    assert!(sim.screen()[3..].iter().all(|line| !line.contains("演练职专")), "{:?}", sim.screen());
    // It stays from tab to tab, and when more is loaded or asked for again.
    for keys in ["Tab", "G", "R", "Shift-Tab"] {
        sim.keys(keys);
        assert_eq!(last_page(&sim).limit, limit, "{keys}");
        assert!(sim.screen()[1].contains("限："), "{keys}: {:?}", sim.screen());
    }
    sim.keys("F");
    assert_eq!(last_page(&sim).limit, Limit::default());
    assert!(!sim.screen()[1].contains("限：") && sim.screen()[1].ends_with("1/151"), "{:?}", sim.screen());
    sim.keys("F");
    assert!(sim.shows("没有限定"), "{:?}", sim.screen());
}

#[test]
fn the_same_again_takes_it_off_and_another_of_its_like_takes_its_place() {
    let mut sim = Sim::new(80, 24, 60);
    choose(&mut sim, "逾");
    choose(&mut sim, "近");
    assert_eq!(last_page(&sim).limit, Limit { light: Some(Light::Near), ..Limit::default() });
    sim.keys("f");
    assert_eq!(sim.screen().iter().filter(|line| line.contains("* ")).count(), 1, "{:?}", sim.screen());
    sim.keys("Esc");
    choose(&mut sim, "近");
    assert_eq!(last_page(&sim).limit, Limit::default());
}

#[test]
fn where_nothing_is_left_the_way_out_is_named() {
    let mut sim = Sim::new(80, 24, 60);
    choose(&mut sim, "今");
    sim.rows.retain(|row| row.clock.as_ref().is_none_or(|clock| clock.light != Light::Today));
    sim.keys("R");
    assert!(sim.shows("限定之下没有业务；F 去掉限定"), "{:?}", sim.screen());
    let mut sim = Sim::new(80, 24, 0);
    sim.keys("f");
    assert!(sim.shows("没有业务可以限定") && sim.shows("[我的待办 0]"), "{:?}", sim.screen());
}

#[test]
fn another_account_begins_without_a_limit() {
    let mut sim = Sim::new(80, 24, 60);
    choose(&mut sim, "逾");
    sim.keys("F12 j Enter");
    assert_eq!(last_page(&sim).limit, Limit::default());
    assert!(!sim.screen()[1].contains("限："), "{:?}", sim.screen());
}

#[test]
fn the_open_tab_is_always_in_sight_with_its_count_and_more_are_hinted_at() {
    let names =
        ["我的待办", "复核退回", "本机构", "将到期", "已逾期", "退回补正", "在途", "我办过的", "搁置", "待同步"];
    for (width, rows, limited) in
        [(80, 9, false), (80, 151, false), (80, 9000, true), (120, 151, true), (200, 151, false)]
    {
        let me = county::me("xian-jb", "演练张三", &[Post::Handler], false);
        let mut sim = Sim::with(Default::default(), width, 24, me, (1..=rows).map(row).collect());
        if limited {
            choose(&mut sim, "演练一县现代农业");
        }
        for n in (0..names.len()).chain([0]) {
            let line = sim.screen()[1].clone();
            // Beside a pane the list is narrower than the screen.
            let line = line.split('│').next().unwrap();
            assert!(line.contains(&format!("[{} ", names[n])), "{width} {rows} {n}: {line}");
            assert!(xueji::text::width(line) <= usize::from(width), "{line}");
            let shown = |name: &str| line.contains(name);
            let (first, last) = (shown("我的待办"), shown("待同步"));
            assert_eq!((line.starts_with('<'), line.contains('>')), (!first, !last), "{width} {rows} {n}: {line}");
            sim.keys("Tab");
        }
    }
    assert_eq!(names.len(), Tab::ALL.len());
}
