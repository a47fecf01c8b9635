//! Type-ahead is kept, but never onto an unseen case.

use super::desk_county::{self as county, finding, id};
use super::desk_sim::{self, Sim};
use std::time::Duration;
use xueji::app::{Effect, Input};
use xueji::model::{Command, Outcome, Post, Severity};
use xueji::wire::{ErrorKind, Failure, Query, Request, Standing};

fn proposals(sim: &Sim) -> Vec<(u32, Outcome)> {
    sim.commands()
        .into_iter()
        .filter_map(|command| match command {
            Command::Propose { application, outcome, .. } => Some((application.number(), *outcome)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_and_enter_in_one_burst_is_a_decision() {
    for width in [80, 120] {
        let mut sim = Sim::new(width, 40, 20);
        sim.burst("a Enter");
        sim.settle();
        assert_eq!(proposals(&sim), [(1, Outcome::Approve)]);
        assert!(sim.shows("下一件：演练乙"), "{:?}", sim.screen());
    }
}

#[test]
fn aaa_in_one_burst_proposes_nothing() {
    let mut sim = Sim::new(80, 24, 20);
    sim.burst("a a a");
    sim.settle();
    assert!(proposals(&sim).is_empty());
    assert!(sim.shows("演练甲 休学：提出同意意见。Enter 确认，Esc 放弃"), "{:?}", sim.screen());
}

#[test]
fn three_pairs_in_one_burst_propose_exactly_one() {
    let mut sim = Sim::new(80, 24, 20);
    sim.burst("a Enter a Enter a Enter");
    sim.settle();
    assert_eq!(proposals(&sim), [(1, Outcome::Approve)]);
    assert!(sim.shows("未执行"), "{:?}", sim.screen());
    // Looked at, the next one can be decided at once.
    sim.at += Duration::from_millis(250);
    sim.burst("a Enter");
    sim.settle();
    assert_eq!(proposals(&sim).len(), 2);
}

#[test]
fn the_same_when_the_answers_come_while_the_keys_are_typed() {
    let mut sim = Sim::new(80, 24, 20);
    for _ in 0..4 {
        sim.burst("a Enter");
        sim.settle();
    }
    assert_eq!(proposals(&sim).len(), 1);
}

#[test]
fn the_quarter_second_counts_from_the_drawing_of_the_next_case() {
    for (late, decided) in [(249, 1), (250, 2)] {
        let mut sim = Sim::new(80, 24, 20);
        sim.burst("a Enter");
        while sim.answer() {
            // The answers take long, and nothing is drawn meanwhile.
            sim.at += Duration::from_secs(2);
        }
        sim.burst("a Enter");
        sim.draw();
        sim.at += Duration::from_millis(late);
        sim.burst("a Enter");
        sim.settle();
        assert_eq!(proposals(&sim).len(), decided, "{late} ms");
    }
}

#[test]
fn keys_typed_while_a_screen_loads_are_applied_in_order() {
    let mut sim = Sim::new(80, 24, 20);
    sim.burst("j j Enter");
    sim.settle();
    assert!(sim.shows("休学 2025-000003"), "{:?}", sim.screen());
    let mut sim = Sim::new(80, 24, 20);
    sim.burst("t");
    sim.text("13 缺证明");
    sim.burst("Ctrl-S Enter");
    sim.settle();
    let [Command::Propose { outcome: Outcome::Return, reasons, .. }] = sim.commands()[..] else { panic!() };
    assert_eq!((reasons[0].article.as_deref(), reasons[0].text.as_str()), (Some("13"), "缺证明"));
}

#[test]
fn a_row_that_leaves_under_the_cursor_is_not_decided_by_what_was_typed_for_it() {
    let mut sim = Sim::new(80, 24, 20);
    sim.keys("j");
    sim.rows.retain(|row| row.id != id(2));
    sim.changed(id(2), county::sign("xian-jb2", "演练李四", "410901", Post::Handler));
    while sim.answer() {}
    sim.burst("a Enter");
    sim.settle();
    assert!(proposals(&sim).is_empty(), "{:?}", proposals(&sim));
    assert!(sim.shows("演练乙 已由经办 演练李四办理"), "{:?}", sim.screen());
    assert!(sim.selected().contains("甲乙"), "{}", sim.selected());
}

#[test]
fn the_next_case_opens_and_after_the_last_the_list() {
    let mut sim = Sim::new(80, 24, 2);
    sim.keys("a Enter");
    assert!(sim.shows("2025-000002") && sim.shows("下一件：演练乙"), "{:?}", sim.screen());
    sim.keys("a Enter");
    assert_eq!(proposals(&sim).len(), 2);
    assert!(sim.shows("后面没有了") && sim.shows("这里没有待办的业务"), "{:?}", sim.screen());
}

#[test]
fn leaving_the_confirmation_decides_nothing() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("a Esc Enter");
    assert!(proposals(&sim).is_empty());
    sim.keys("a j x Q");
    assert!(proposals(&sim).is_empty());
}

#[test]
fn what_is_written_survives_esc_and_a_refusal() {
    let mut sim = Sim::new(80, 24, 5);
    sim.burst("t");
    sim.settle();
    sim.text("公章不清");
    sim.keys("Esc");
    assert!(sim.shows("已填内容保留"));
    sim.keys("t");
    assert!(sim.shows("公章不清"));
    sim.instead.push_back(desk_sim::refused(finding("R13.9", Severity::Block, "理由不足", "请写明条款")));
    sim.keys("Ctrl-S Enter");
    assert!(sim.shows("R13.9") && sim.shows("请写明条款") && sim.shows("公章不清"), "{:?}", sim.screen());
    sim.keys("Ctrl-S Enter");
    sim.keys("Esc");
    assert!(!sim.effects.contains(&Effect::Quit));
}

#[test]
fn a_stale_decision_shows_what_changed_and_the_case_anew() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("a");
    let mut failure = Failure::new(ErrorKind::Stale, "已变");
    failure.details = vec!["材料：增加 1 份".into()];
    sim.instead.push_back(desk_sim::failed(failure));
    sim.burst("Enter a Enter");
    sim.settle();
    assert_eq!(proposals(&sim).len(), 1);
    assert!(sim.shows("已被他人改动") && sim.shows("材料：增加 1 份"), "{:?}", sim.screen());
    let asked = sim.sent.iter().filter(|line| matches!(line.request, Request::Query(Query::Case { .. })));
    assert_eq!(asked.count(), 2, "asked again");
}

#[test]
fn the_second_post_agrees_with_what_was_proposed_or_sends_it_back() {
    let list = (1..=3)
        .map(|n| {
            let mut row = county::row(n);
            row.standing = Standing::Second;
            row.proposed = Some(Outcome::Return);
            row
        })
        .collect();
    let me = county::me("xian-fh", "演练王五", &[Post::Reviewer], false);
    let mut sim = Sim::with(Default::default(), 80, 24, me, list);
    sim.keys("a");
    assert!(sim.shows("同意经办意见，结果为退回补正"), "{:?}", sim.screen());
    sim.keys("Enter t");
    sim.text("再核");
    sim.keys("Ctrl-S Enter");
    match sim.commands()[..] {
        [
            Command::Decide { application: one, agree: true, .. },
            Command::Decide { application: two, agree: false, remark, .. },
        ] => assert_eq!((one.number(), two.number(), remark.as_str()), (1, 2, "再核")),
        ref other => panic!("{other:?}"),
    }
    // Refusing on one's own is not the second post's: the key says why.
    sim.keys("x");
    assert!(sim.shows("经办意见已提出"), "{:?}", sim.screen());
}

#[test]
fn an_unanswered_command_is_sent_again_under_its_own_id() {
    let mut sim = Sim::new(80, 24, 5);
    sim.burst("a");
    sim.settle();
    sim.burst("Enter");
    let first = sim.unanswered.pop_back().unwrap();
    assert!(matches!(first.request, Request::Write(_)) && first.command_id.is_some());
    sim.unanswered.clear();
    sim.input(Input::LinkLost("服务器已退出".into()));
    sim.settle();
    assert!(sim.shows("断线") && sim.shows("1 项"), "{:?}", sim.screen());
    let welcome = county::welcome(sim.me.clone());
    sim.input(Input::LinkBack(welcome));
    let again: Vec<_> = sim.unanswered.iter().filter(|line| line.command_id.is_some()).cloned().collect();
    assert_eq!(again, [first]);
    sim.settle();
    assert!(sim.shows("下一件：演练乙"), "{:?}", sim.screen());
}

#[test]
fn two_commands_never_share_an_id() {
    let mut sim = Sim::new(80, 24, 9);
    sim.keys("a Enter a Enter a Enter");
    let mut ids: Vec<_> = sim.sent.iter().filter_map(|line| line.command_id).collect();
    assert_eq!(ids.len(), 3);
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_case_that_changes_while_it_is_read_is_not_decided_by_what_was_typed_before() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("Enter a");
    sim.rows[0].revision = 4;
    sim.changed(id(1), county::sign("xx-lr", "演练录入", "3641000001", Post::Entry));
    while sim.answer() {}
    sim.burst("Enter a Enter");
    sim.settle();
    assert!(proposals(&sim).is_empty());
    assert!(sim.shows("本件刚有变动") && !sim.shows("Enter 确认"), "{:?}", sim.screen());
}

#[test]
fn a_row_older_than_its_case_is_looked_at_first() {
    let mut sim = Sim::new(80, 24, 5);
    sim.rows[0].revision = 9;
    sim.burst("a Enter");
    sim.settle();
    assert!(proposals(&sim).is_empty());
    assert!(sim.shows("本件刚有变动"), "{:?}", sim.screen());
}
