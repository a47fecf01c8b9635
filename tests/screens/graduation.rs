//! Screen 8: the schools of a year, one school's graduates, the forms; narrow and wide, and without colour.

use super::desk_sim::Sim;
use super::{coloured, desk_county, look, rows, snapshot};
use xueji::app::Depth;
use xueji::catalogue::Lang;
use xueji::model::{Command, Item, Leave, Post, StudentId};
use xueji::wire::Request;

fn school() -> Sim {
    let entry = desk_county::me("x1-lr", "演练录入", &[Post::Entry], true);
    Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, entry, rows(3))
}

fn writes(sim: &Sim) -> Vec<Command> {
    let commands = sim.sent.iter().filter_map(|line| match &line.request {
        Request::Write(command) => Some(command.clone()),
        Request::Query(_) => None,
    });
    commands.collect()
}

#[test]
fn the_schools_and_the_graduates_of_one() {
    let mut sim = coloured(80, 24, 3);
    sim.keys("8");
    snapshot("graduation-schools", &sim);
    sim.keys("Enter");
    snapshot("graduation-80x24", &sim);
    sim.keys("Tab Tab");
    assert!(sim.shows("[可提请 1]") && sim.shows("演练丙丁") && !sim.shows("演练乙"), "{:?}", sim.screen());
    sim.keys("h");
    assert!(sim.shows("h l 换年份") || sim.shows("没有应届毕业生"), "{:?}", sim.screen());
    sim.keys("Esc");
    assert!(sim.shows("3 所学校"), "{:?}", sim.screen());
    let mut sim = coloured(120, 40, 3);
    sim.keys("8 Enter j j j j j");
    snapshot("graduation-120x40", &sim);
    let mut sim = Sim::with(look(Lang::En, Depth::Mono, true), 80, 24, super::handler(), rows(3));
    sim.keys("8 Enter j");
    snapshot("graduation-en-mono", &sim);
}

#[test]
fn a_school_opens_its_own_list_and_states() {
    let mut sim = school();
    sim.keys("8");
    snapshot("graduation-school", &sim);
    sim.keys("j j e");
    snapshot("graduation-state", &sim);
    // A flag turns with the blank and takes no text.
    sim.keys("Space x");
    assert!(sim.shows("完成国家规定学时") && sim.shows("否"), "{:?}", sim.screen());
    sim.keys("Enter Enter Enter Enter Enter");
    assert!(sim.shows("填报 演练丙丁？"), "{:?}", sim.screen());
    assert!(writes(&sim).is_empty());
    sim.keys("Enter");
    let [Command::StateLeaving(of)] = &writes(&sim)[..] else { panic!("{:?}", writes(&sim)) };
    let stated = &of.statement;
    assert_eq!((of.student, stated.hours_done, stated.exam_passed), (StudentId(3), false, true));
    // What was not touched stays as it was.
    assert_eq!((stated.plan.as_str(), stated.study_file.as_str()), ("FQR-2024", "XD-2"));
    assert_eq!(stated.photo.as_ref().map(|photo| photo.as_str().len()), Some(64));
}

#[test]
fn the_marked_ones_are_proposed_together_and_one_line_asks() {
    let mut sim = coloured(80, 24, 3);
    sim.keys("8 Enter m j m n");
    assert!(sim.shows("提请印制 演练甲 等 2 人 的毕业证书？"), "{:?}", sim.screen());
    sim.keys("Esc");
    assert!(writes(&sim).is_empty());
    sim.keys("n Enter");
    let [Command::IssueCertificates(of)] = &writes(&sim)[..] else { panic!("{:?}", writes(&sim)) };
    assert_eq!((&of.students[..], of.leave), (&[StudentId(1), StudentId(3)][..], Leave::Graduation));
}

#[test]
fn a_day_that_is_none_is_told_and_nothing_is_sent() {
    let mut sim = school();
    sim.keys("8 j j j j j w");
    snapshot("graduation-award", &sim);
    sim.keys("Ctrl-U");
    sim.text("2027-6-31");
    sim.keys("Ctrl-S");
    assert!(sim.shows("日期看不懂"), "{:?}", sim.screen());
    assert!(writes(&sim).is_empty());
}

/// The item's number stands before who has the row in hand, and fits.
#[test]
fn what_the_negative_list_finds_stands_on_the_row() {
    let mut with = rows(9);
    with[2].alerts = vec![Item::Absent, Item::Duplicate];
    with[4].alerts = vec![Item::Absent];
    let sim = Sim::with(look(Lang::Zh, Depth::Mono, false), 80, 24, super::handler(), with);
    snapshot("queue-alerts-80x24", &sim);
    assert!(sim.shows("FM4+ 演") && sim.shows("FM4 "), "{:?}", sim.screen());
    assert!(sim.screen().iter().all(|line| xueji::text::width(line) <= 80));
}
