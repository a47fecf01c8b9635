//! Cases of several hands: materials still missing, long routes, a receiving school.

use super::desk_county as county;
use super::desk_sim::Sim;
use super::{look, snapshot};
use xueji::app::{Depth, Effect, Input};
use xueji::catalogue::Lang;
use xueji::model::{Level, Outcome, Post};
use xueji::wire::Standing;

fn entry() -> xueji::wire::WhoAmI {
    county::me("xx-lr", "演练录入", &[Post::Entry], true)
}

#[test]
fn the_materials_still_missing_are_offered_by_name() {
    let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, entry(), vec![county::row(1)]);
    sim.missing = ["派出所户籍单", "户口簿户主页", "户口簿本人页"].map(str::to_owned).to_vec();
    sim.keys("Enter e");
    sim.text("/tmp/a.pdf");
    sim.keys("Enter Down");
    snapshot("attach-missing", &sim);
    sim.keys("Ctrl-S");
    let attached = |sim: &Sim| match sim.effects.last() {
        Some(Effect::AttachFile { kind, .. }) => kind.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(attached(&sim), "户口簿户主页");
    // What came is no longer offered; the next one stands there already.
    sim.missing.remove(1);
    sim.input(Input::FileDone { job: xueji::app::FileJob::Attach, outcome: Ok("a.pdf".into()) });
    sim.settle();
    sim.keys("e");
    assert!(sim.shows("材料名称    派出所户籍单") && !sim.shows("户口簿户主页"), "{:?}", sim.screen());
    // Another name can be written all the same.
    sim.text("/tmp/b.pdf");
    sim.keys("Tab Ctrl-U");
    sim.text("其他证明");
    sim.keys("Ctrl-S");
    assert_eq!(attached(&sim), "其他证明");
}

#[test]
fn the_current_hand_of_a_long_route_is_seen_at_once_and_all_hands_by_scrolling() {
    let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, super::handler(), vec![county::row(1)]);
    sim.long = true;
    sim.keys("Enter");
    snapshot("case-long-80x24", &sim);
    assert!(sim.shows("第 6/7 手：演练二市教育局"), "{:?}", sim.screen());
    let mut seen = sim.screen();
    for _ in 0..40 {
        sim.keys("j");
        seen.extend(sim.screen());
    }
    for (n, (hand, _)) in super::desk_kinds::long_route().iter().enumerate() {
        let level = |line: &String| line.contains(&format!("{} ", n + 1)) && line.contains(&hand.name);
        assert!(seen.iter().any(level), "{} {}", n + 1, hand.name);
    }
    snapshot("case-long-80x24-end", &sim);
    // Only the starting school submits; the receiving one gives its word as an office does.
    let said_at = |hand: &str| {
        let at = seen.iter().position(|line| line.contains(hand) && line.contains("已办")).unwrap();
        seen[at + 2].trim_start().to_owned()
    };
    assert_eq!(said_at("1 演练第一中专"), "录入 演练录入 09-25 11:05 提交");
    assert_eq!(said_at("2 演练二县现代"), "录入 演练录入 09-25 11:05 提出同意意见");
}

#[test]
fn a_receiving_school_decides_as_an_office_does() {
    let hand = |outcome| {
        let mut row = county::row(1);
        row.hand = county::SCHOOL.into();
        row.hand_level = Level::School;
        (row.standing, row.proposed) = (Standing::Second, Some(outcome));
        let me = county::me("xx-sh", "演练审核", &[Post::Review], true);
        let mut sim = Sim::with(look(Lang::Zh, Depth::True, false), 80, 24, me, vec![row]);
        sim.receiving = true;
        sim.keys("Enter a");
        sim
    };
    // What becomes of it stands in the question, whatever the first post proposed.
    assert!(hand(Outcome::Approve).shows("同意录入意见，报送主管部门"));
    for (outcome, word) in [(Outcome::Return, "结果为退回补正"), (Outcome::Refuse, "结果为不予办理")] {
        let sim = hand(outcome);
        assert!(sim.shows(word), "{:?}", sim.screen());
    }
    // The footer of its first post names the key to agree with, and is whole in both languages.
    for (lang, words) in [(Lang::Zh, ["a 同意", "s 提交", "? 帮助"]), (Lang::En, ["a Agree", "s Submit", "? Help"])]
    {
        let mut sim = Sim::with(look(lang, Depth::True, false), 80, 24, entry(), vec![county::row(1)]);
        sim.keys("Enter");
        let footer = sim.screen().pop().unwrap();
        assert!(words.iter().all(|word| footer.contains(word)), "{footer}");
    }
}
