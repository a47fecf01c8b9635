//! Lists of every length and names of every kind: nothing, one row, ten thousand; long names, names with a dot, characters
//! beyond the basic plane. Read at both sizes.

use super::desk_sim::Sim;
use super::{coloured, handler, look, row, snapshot};
use xueji::app::Depth;
use xueji::catalogue::Lang;
use xueji::text;
use xueji::wire::QueueRow;

/// Names that are hard to lay out; invented.
const HARD: [&str; 8] = [
    "阿卜杜热合曼·买买提江",
    "阿依古丽·吐尔逊江·买买提明",
    "𠮷演练",
    "㐂演练",
    "尉迟𬭎",
    "欧阳演练甲乙",
    "演·练",
    "A. Yanlian",
];

fn hard() -> Vec<QueueRow> {
    HARD.iter().zip(1..).map(|(name, n)| QueueRow { student_name: (*name).to_owned(), ..row(n) }).collect()
}

/// Cells before this text in a line of the screen.
fn cells_before(line: &str, what: &str) -> usize {
    text::width(line.split(what).next().unwrap())
}

#[test]
fn names_of_every_kind_leave_the_columns_where_they_are() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), width, height, handler(), hard());
        snapshot(&format!("queue-names-{width}x{height}"), &sim);
        let lines = sim.screen();
        let head = lines.iter().find(|line| line.contains("学生") && line.contains("学校")).unwrap();
        let (name, school) = (cells_before(head, "学生"), cells_before(head, "学校"));
        for (n, hard) in HARD.iter().enumerate() {
            let first: String = hard.chars().take(1).collect();
            let line = lines.iter().find(|line| cells_before(line, &first) == name && line.contains(&first));
            let line = line.unwrap_or_else(|| panic!("{hard} at {width}: {lines:#?}"));
            assert_eq!(
                cells_before(line, "演练第一中专")
                    .min(cells_before(line, "演练职专"))
                    .min(cells_before(line, "演练一县现代")),
                school,
                "row {n}: {line}"
            );
        }
        sim.keys("j j Enter");
        snapshot(&format!("case-rare-{width}x{height}"), &sim);
        assert!(sim.shows("𠮷演练"), "{:?}", sim.screen());
    }
}

#[test]
fn an_empty_list_and_one_of_one_row() {
    let sim = coloured(120, 40, 0);
    snapshot("queue-empty-120x40", &sim);
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = coloured(width, height, 1);
        snapshot(&format!("queue-one-{width}x{height}"), &sim);
        // Nowhere to go: every key leaves the bar where it is.
        for key in ["j", "k", "G", "g", "PgDn", "PgUp"] {
            sim.keys(key);
            assert!(sim.selected().contains("演练甲"), "{key}: {:?}", sim.screen());
            assert!(sim.shows(" 1/1"), "{key}: {:?}", sim.screen());
        }
    }
    // Keys that need a row say that there is none.
    let mut sim = coloured(80, 24, 0);
    for key in ["Enter", "a", "t", "L", "u"] {
        sim.keys(key);
        assert!(sim.shows("列表为空") || sim.shows("没有"), "{key}: {:?}", sim.screen());
    }
}

#[test]
fn ten_thousand_rows_are_walked_a_window_at_a_time() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = coloured(width, height, 10_000);
        let counter = |sim: &Sim, at: u32| {
            let tabs = sim.screen()[1].clone();
            // At the right end of the list, before what stands beside it.
            let list = tabs.split('│').next().unwrap().trim_end().to_owned();
            assert!(list.ends_with(&format!(" {at}/10000")), "{at}: {list:?}");
        };
        counter(&sim, 1);
        let asked = sim.sent.len();
        sim.keys("G");
        counter(&sim, 10_000);
        snapshot(&format!("queue-10000-{width}x{height}"), &sim);
        sim.keys("k PgUp");
        let page = if height == 24 { 18 } else { 34 };
        let at = 10_000 - 1 - page;
        let stands: u32 =
            sim.screen()[1].split('│').next().unwrap().trim_end().rsplit([' ', '/']).nth(1).unwrap().parse().unwrap();
        assert!(stands.abs_diff(at) <= 2, "{stands}, not about {at}");
        sim.keys("g");
        counter(&sim, 1);
        // Windows were asked for, never the whole list, and not one for every key.
        let pages: Vec<u32> = sim.sent[asked..]
            .iter()
            .filter_map(|envelope| match &envelope.request {
                xueji::wire::Request::Query(xueji::wire::Query::Page(page)) => Some(page.count),
                _ => None,
            })
            .collect();
        assert!(pages.len() <= 8 && pages.iter().all(|count| *count <= 500), "{pages:?}");
    }
}

#[test]
fn rare_names_are_found_and_their_records_read() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = coloured(width, height, 9);
        sim.keys("2");
        sim.text("尉");
        sim.settle();
        sim.rest();
        snapshot(&format!("students-rare-{width}x{height}"), &sim);
        assert!(sim.shows("尉迟𬭎"), "{:?}", sim.screen());
        sim.keys("Enter");
        snapshot(&format!("record-rare-{width}x{height}"), &sim);
    }
}
