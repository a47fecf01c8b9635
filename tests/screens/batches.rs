//! Rows marked and approved at once, and batches acted on as a whole.

use super::desk_batches::{self, batch_id, batch_row};
use super::desk_county::{finding, id};
use super::desk_sim::{self, Sim};
use super::{look, snapshot};
use std::collections::BTreeMap;
use std::time::Duration;
use xueji::app::{Depth, Input};
use xueji::catalogue::Lang;
use xueji::model::{BatchAct, BulkAct, Command, Outcome, Post, Severity};
use xueji::wire::{Query, Request, Standing};

fn bulks(sim: &Sim) -> Vec<(BulkAct, Vec<(u32, u64)>)> {
    let bulk = |command: &Command| match command {
        Command::Bulk { items, act } => {
            Some((*act, items.iter().map(|item| (item.application.number(), item.revision)).collect()))
        }
        _ => None,
    };
    sim.commands().into_iter().filter_map(bulk).collect()
}

#[test]
fn marked_rows_are_approved_with_one_confirmation_and_reported_one_by_one() {
    let mut sim = Sim::new(80, 24, 20);
    sim.keys("Space Space j Space");
    assert!(sim.shows("标记 3"), "{:?}", sim.screen());
    snapshot("queue-marked", &sim);
    sim.keys("a");
    assert!(sim.shows("标记的 3 件休学（演练甲等）：逐件提出同意意见"), "{:?}", sim.screen());
    snapshot("bulk-confirm", &sim);
    sim.keys("Enter");
    assert_eq!(bulks(&sim), [(BulkAct::Propose, vec![(1, 3), (2, 3), (4, 3)])]);
    assert!(sim.shows("办妥 2 件，未办 1 件"), "{:?}", sim.screen());
    snapshot("bulk-report", &sim);
    // The refused one stays marked.
    sim.keys("Esc Esc");
    assert!(sim.shows("标记 1"), "{:?}", sim.screen());
}

#[test]
fn marks_come_off_by_the_same_key_and_all_at_once() {
    let mut sim = Sim::new(80, 24, 20);
    sim.keys("Space k Space");
    assert!(!sim.shows("标记 1"));
    sim.keys("Ctrl-A");
    assert!(sim.shows("标记 20"), "all of the kind that wait for the same word: {:?}", sim.screen());
    sim.keys("Ctrl-A");
    assert!(!sim.shows("标记 20"));
    // Leaving the confirmation decides nothing and keeps the marks.
    sim.keys("Space a Esc");
    assert!(bulks(&sim).is_empty() && sim.shows("标记 1"));
    // With nothing marked the key is about the one row again.
    sim.keys("k Space a");
    assert!(sim.shows("：提出同意意见"), "{:?}", sim.screen());
}

#[test]
fn what_waits_for_different_words_is_not_approved_together() {
    let mut sim = Sim::new(80, 24, 6);
    sim.rows[1].standing = Standing::Second;
    sim.rows[1].proposed = Some(Outcome::Approve);
    sim.keys("R Space Space a");
    assert!(bulks(&sim).is_empty());
    assert!(sim.shows("请分开标记"), "{:?}", sim.screen());
}

#[test]
fn a_batch_is_one_row_and_is_not_marked() {
    for (name, width, lang) in [("queue-batch-80x24", 80, Lang::Zh), ("queue-batch-en", 80, Lang::En)] {
        let me = super::handler();
        let mut rows: Vec<_> = (1..=4).map(super::row).collect();
        rows[1] = batch_row(2, 30);
        let mut sim = Sim::with(look(lang, Depth::Sixteen, false), width, 24, me, rows);
        snapshot(name, &sim);
        sim.keys("j Space");
        assert!(!sim.shows("标记 1") && !sim.shows("1 marked"), "{:?}", sim.screen());
    }
}

fn open(width: u16) -> Sim {
    let rows = vec![batch_row(1, 29), super::row(2)];
    Sim::with(look(Lang::Zh, Depth::Sixteen, false), width, 24, super::handler(), rows)
}

fn acts(sim: &Sim) -> Vec<BatchAct> {
    let act = |command: &Command| match command {
        Command::ActOnBatch { batch, revision: 122, act, except } if *batch == batch_id() && except.is_empty() => {
            Some(act.clone())
        }
        _ => None,
    };
    sim.commands().into_iter().filter_map(act).collect()
}

#[test]
fn a_batch_opens_with_its_members_and_is_proposed_as_a_whole() {
    let mut sim = open(80);
    sim.keys("Enter");
    snapshot("batch-80x24", &sim);
    sim.keys("G");
    snapshot("batch-80x24-end", &sim);
    sim.keys("a");
    assert!(sim.shows("演练甲等29人 转学：提出同意意见"), "{:?}", sim.screen());
    sim.keys("Enter");
    assert_eq!(acts(&sim), [BatchAct::Propose { outcome: Outcome::Approve, reasons: vec![] }]);
    let mut wide = open(120);
    wide.keys("Enter");
    snapshot("batch-120x24", &wide);
}

#[test]
fn a_deciding_key_on_the_row_of_a_batch_is_about_the_whole_batch() {
    let mut sim = open(80);
    sim.burst("a");
    sim.settle();
    assert!(sim.shows("演练甲等29人"), "{:?}", sim.screen());
    sim.keys("Esc t");
    sim.text("12 不是本人笔迹");
    sim.keys("Ctrl-S");
    assert!(sim.shows("演练甲等29人"), "{:?}", sim.screen());
    sim.keys("Enter");
    let acts = acts(&sim);
    let [BatchAct::Propose { outcome: Outcome::Return, reasons }] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!((reasons[0].article.as_deref(), &*reasons[0].text), (Some("12"), "不是本人笔迹"));
}

#[test]
fn a_member_opened_by_himself_is_decided_alone() {
    let mut sim = open(80);
    sim.keys("Enter j Enter a Enter");
    let alone: Vec<_> = sim
        .commands()
        .into_iter()
        .filter_map(|command| match command {
            Command::Propose { application, .. } => Some(*application),
            _ => None,
        })
        .collect();
    assert_eq!(alone, [id(102)]);
    assert!(acts(&sim).is_empty());
}

#[test]
fn what_was_refused_of_a_batch_is_said_student_by_student() {
    let mut sim = open(80);
    let some = desk_batches::report(&[id(101), id(102)]);
    sim.instead.push_back(xueji::wire::ReplyBody::Ok(some));
    sim.keys("a Enter");
    assert!(sim.shows("办妥 1 件，未办 1 件"), "{:?}", sim.screen());
    let mut none = open(80);
    none.instead.push_back(desk_sim::refused(finding("R13.7", Severity::Block, "学籍状态不符", "请核对")));
    none.keys("a Enter");
    assert!(none.shows("R13.7"), "{:?}", none.screen());
}

#[test]
fn marked_students_become_a_list() {
    let me = super::desk_county::me("x1-lr", "演练黄录入", &[Post::Entry], true);
    let mut sim = Sim::with(look(Lang::Zh, Depth::Sixteen, false), 80, 24, me, vec![]);
    sim.keys("2");
    sim.text("s");
    sim.rest();
    sim.keys("Tab Ctrl-T");
    assert!(sim.shows("请先标记两名以上学生"), "{:?}", sim.screen());
    sim.keys("Tab");
    snapshot("students-marked", &sim);
    sim.keys("Ctrl-T");
    assert!(sim.shows("等2人"), "{:?}", sim.screen());
    snapshot("batch-form", &sim);
}

#[test]
fn a_list_left_half_filled_is_a_draft_with_its_students() {
    let school = || super::desk_county::me("x1-lr", "演练黄录入", &[Post::Entry], true);
    let desk = || Sim::with(look(Lang::Zh, Depth::Sixteen, false), 80, 24, school(), vec![]);
    let mut sim = desk();
    sim.kept = Some(BTreeMap::new());
    sim.keys("2");
    sim.text("s");
    sim.rest();
    sim.keys("Tab Tab Ctrl-T");
    sim.at += Duration::from_secs(5);
    sim.input(Input::Tick);
    sim.settle();
    assert!(sim.kept.as_ref().unwrap().is_empty(), "nothing typed is no draft");
    sim.keys("Tab Tab");
    sim.text("家庭迁居");
    sim.keys("Esc");
    let kept = sim.kept.take().unwrap();
    assert_eq!(kept.keys().map(String::as_str).collect::<Vec<_>>(), ["batch"]);
    assert_eq!(kept["batch"].title, "新办 转学 单小雨等2人");

    // Another desk, which knows nothing of it.
    let mut sim = desk();
    sim.kept = Some(kept);
    sim.keys(":");
    sim.text("草稿");
    sim.keys("Enter Enter");
    sim.rest();
    assert!(sim.shows("单小雨等2人") && sim.shows("家庭迁居"), "{:#?}", sim.screen());
    let caret = sim.screen().into_iter().find(|line| line.starts_with('>')).unwrap();
    assert!(caret.starts_with(">事由"), "in the field where it was left: {caret}");
    // Dropped, it is gone, and another list begins without it.
    sim.keys("Esc :");
    sim.text("草稿");
    sim.keys("Enter D D");
    let dropped = |envelope: &xueji::wire::Envelope| matches!(&envelope.request, Request::Query(Query::DropDraft { slot }) if slot == "batch");
    assert!(sim.sent.iter().any(dropped), "{:#?}", sim.screen());
}

#[test]
fn students_marked_anew_take_the_place_of_the_drafts() {
    let me = super::desk_county::me("x1-lr", "演练黄录入", &[Post::Entry], true);
    let mut sim = Sim::with(look(Lang::Zh, Depth::Sixteen, false), 80, 24, me, vec![]);
    sim.kept = Some(BTreeMap::new());
    sim.keys("2");
    sim.text("s");
    sim.rest();
    sim.keys("Tab Tab Ctrl-T Tab Tab");
    sim.text("家庭迁居");
    sim.keys("Esc Down Tab Ctrl-T");
    assert!(sim.shows("等3人") && sim.shows("家庭迁居"), "{:#?}", sim.screen());
}
