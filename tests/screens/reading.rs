//! The server still reads its records: the desk says so and how far it is, and asks again when all are there.

use super::desk_sim::Sim;
use xueji::app::Look;
use xueji::catalogue::Lang;
use xueji::model::Post;
use xueji::wire::{ErrorKind, Failure, Notice, Query, Reading, ReplyBody, Request};

fn reading(done: u64, total: u64) -> Notice {
    Notice::Reading { reading: Some(Reading { done, total }) }
}

fn searches(sim: &Sim) -> usize {
    sim.sent.iter().filter(|line| matches!(line.request, Request::Query(Query::FindStudents { .. }))).count()
}

#[test]
fn the_header_says_how_far_it_is_and_the_list_is_there() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut sim = Sim::new(width, height, 30);
        for (done, total, said) in [
            (0, 1_300_000, "读入记录 0%"),
            (455_000, 1_300_000, "读入记录 35%"),
            (1_299_999, 1_300_000, "读入记录 99%"),
        ] {
            sim.notice(reading(done, total));
            sim.settle();
            let header = sim.screen().swap_remove(0);
            assert!(header.contains(said) && header.contains("今日到期"), "{header}");
        }
        let drawn = sim.drawings;
        sim.notice(reading(1_299_999, 1_300_000));
        sim.settle();
        assert_eq!(sim.drawings, drawn, "the same hundredth is not drawn again");
        sim.keys("j");
        assert!(sim.shows("2/30") && sim.selected().contains("演练"), "{:?}", sim.screen());
        sim.notice(Notice::Reading { reading: None });
        sim.settle();
        assert!(!sim.shows("读入记录") && sim.shows("记录已全部读入"), "{:?}", sim.screen());
        assert!(sim.shows("2/30"), "the cursor has moved: {:?}", sim.screen());
    }
    let me = super::desk_county::me("xian-jb", "演练张三", &[Post::Handler], false);
    let mut sim = Sim::with(Look { lang: Lang::En, ..Look::default() }, 80, 24, me, vec![super::row(1)]);
    sim.notice(reading(7, 10));
    sim.settle();
    assert!(sim.shows("reading records 70%"), "{:?}", sim.screen());
}

#[test]
fn a_search_made_too_early_says_why_and_is_made_again_by_itself() {
    let mut sim = Sim::new(80, 24, 30);
    sim.notice(reading(1, 2));
    sim.settle();
    sim.keys("2");
    let why = "服务刚启动，学生记录还在读入（50%）";
    sim.found_instead.push_back(ReplyBody::Error(Failure::new(ErrorKind::Busy, why)));
    sim.text("zs");
    sim.rest();
    assert!(sim.shows(why), "{:?}", sim.screen());
    let before = searches(&sim);
    sim.notice(Notice::Reading { reading: None });
    sim.rest();
    assert!(searches(&sim) > before, "it was not asked again");
    assert!(!sim.shows(why), "{:?}", sim.screen());
}

#[test]
fn a_new_link_knows_nothing_of_the_old_servers_reading() {
    let mut sim = Sim::new(80, 24, 30);
    sim.notice(reading(1, 2));
    sim.settle();
    assert!(sim.shows("读入记录 50%"));
    sim.input(xueji::app::Input::LinkLost("断了".into()));
    sim.settle();
    assert!(!sim.shows("读入记录"), "{:?}", sim.screen());
    sim.input(xueji::app::Input::LinkBack(super::desk_county::welcome(sim.me.clone())));
    sim.settle();
    assert!(!sim.shows("读入记录"), "{:?}", sim.screen());
}
