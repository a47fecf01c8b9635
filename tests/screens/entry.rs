//! Screen 3: the form of a new student with what is said beside it, the list of those not filed, the grid, drafts.

use super::desk_sim::Sim;
use super::{look, snapshot};
use std::time::Duration;
use xueji::app::{Depth, Input};
use xueji::catalogue::Lang;
use xueji::model::{Command, Post};
use xueji::wire::{Query, Request};

fn registrar(lang: Lang, depth: Depth, width: u16, height: u16) -> Sim {
    let me = super::desk_county::me("xx-lr", "演练录入", &[Post::Entry], true);
    Sim::with(look(lang, depth, depth == Depth::Mono), width, height, me, vec![])
}

/// Types into the field the caret is in, and lets it rest until the server has looked.
fn typed(sim: &mut Sim, text: &str) {
    sim.text(text);
    sim.rest();
}

fn half_filled(sim: &mut Sim) {
    sim.keys("3");
    typed(sim, "演练新生");
    sim.keys("Enter");
    typed(sim, "41078220100305100X");
}

#[test]
fn the_form_with_what_is_said() {
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    sim.keys("3");
    snapshot("entry-80x24", &sim);
    typed(&mut sim, "演练新生");
    sim.keys("Enter");
    typed(&mut sim, "41078220100305100X");
    snapshot("entry-duplicate", &sim);
    let mut sim = registrar(Lang::Zh, Depth::True, 120, 40);
    half_filled(&mut sim);
    snapshot("entry-120x40", &sim);
    let mut sim = registrar(Lang::En, Depth::Mono, 80, 24);
    half_filled(&mut sim);
    snapshot("entry-en-mono", &sim);
}

#[test]
fn everything_wrong_is_listed_and_reached_by_one_key() {
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    half_filled(&mut sim);
    sim.keys("Ctrl-S");
    snapshot("entry-errors", &sim);
    // The letter of one that is simply not filled in.
    let line = sim.screen().into_iter().find(|line| line.contains("班级名称") && line.contains("学号")).unwrap();
    let letter = line.rsplit_once(" 班级名称").unwrap().0.chars().next_back().unwrap();
    sim.keys(&letter.to_string());
    assert!(sim.screen().iter().any(|line| line.starts_with(">班级名称")), "{letter}: {:#?}", sim.screen());
    assert!(sim.commands().is_empty());
}

#[test]
fn codes_are_prompted_for() {
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    half_filled(&mut sim);
    for _ in 0..4 {
        sim.keys("Enter");
    }
    sim.keys("F4");
    snapshot("entry-prompt", &sim);
    assert!(sim.caret().is_some_and(|caret| caret.x > 44), "an input method composes where it narrows");
}

#[test]
fn whoever_is_not_filed() {
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    sim.keys(":");
    sim.text("dba");
    sim.keys("Enter j");
    snapshot("unfiled-80x24", &sim);
    sim.keys("Ctrl-A i");
    assert!(sim.shows("为标记的 2 名学生备案？"), "whoever is too late is not marked: {:#?}", sim.screen());
    sim.keys("Enter");
    let filed: Vec<_> = sim.commands().into_iter().filter(|of| matches!(of, Command::SubmitFiling { .. })).collect();
    assert_eq!(filed.len(), 1);
    assert!(sim.shows("已备案 2 名"));
}

#[test]
fn the_grid() {
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    sim.keys("3 F3");
    snapshot("grid-empty", &sim);
    sim.input(Input::Paste(
        "姓名\t身份证件号\t民族\r\n演练甲\t41078220100305100X\t汉族\r\n演练乙\t4107\t汗族\r\n".to_owned(),
    ));
    sim.settle();
    snapshot("grid-80x24", &sim);
    let staged = sim.sent.iter().find_map(|envelope| match &envelope.request {
        Request::Query(Query::Stage(rows)) => Some(rows.clone()),
        _ => None,
    });
    let staged = staged.unwrap();
    assert_eq!((staged.columns.len(), staged.rows.len(), staged.rows[1].get(2)), (3, 2, Some("汗族")));
}

#[test]
fn drafts_are_told_listed_and_saved_as_fields_are_left() {
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    let saved = |sim: &Sim| {
        let all = sim.sent.iter().filter_map(|envelope| match &envelope.request {
            Request::Query(Query::SaveDraft(save)) => Some((save.slot.clone(), save.field.clone())),
            _ => None,
        });
        all.collect::<Vec<_>>()
    };
    sim.keys("3");
    sim.rest();
    assert_eq!(saved(&sim), [], "nothing typed is no draft");
    typed(&mut sim, "演练新生");
    assert_eq!(saved(&sim), [], "typing rests: not yet");
    sim.at += Duration::from_secs(4);
    sim.input(Input::Tick);
    sim.settle();
    assert_eq!(saved(&sim), [("entry".into(), "姓名".into())]);
    sim.keys("Enter");
    assert_eq!(saved(&sim).last(), Some(&("entry".into(), "身份证件号".into())), "the field was left");
    let many = saved(&sim).len();
    sim.at += Duration::from_secs(60);
    sim.input(Input::Tick);
    sim.settle();
    assert_eq!(saved(&sim).len(), many, "nothing changed, nothing is sent");

    sim.drafts = true;
    sim.keys("F10");
    snapshot("drafts-80x24", &sim);
    sim.keys("D D");
    let dropped = sim
        .sent
        .iter()
        .any(|envelope| matches!(&envelope.request, Request::Query(Query::DropDraft { slot }) if slot == "entry"));
    assert!(dropped);
}

#[test]
fn saving_is_not_lost_to_an_earlier_answer_that_fills_something_in() {
    let checks = |sim: &Sim| {
        let check = |of: &&xueji::wire::Envelope| matches!(of.request, Request::Query(Query::EntryCheck(_)));
        sim.sent.iter().filter(check).count()
    };
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    sim.keys("3");
    typed(&mut sim, "演练新生");
    sim.keys("Enter");
    let before = checks(&sim);
    // The whole number is looked at; saved before the answer is there, which fills in the regions.
    sim.text("410782201003051011");
    sim.burst("Enter Ctrl-S");
    assert_eq!(checks(&sim), before + 2, "the second asks for the saving");
    assert!(!sim.shows("没有保存"));
    sim.settle();
    assert_eq!(checks(&sim), before + 3, "what was filled in is looked at before it is saved");
    assert!(sim.shows("没有保存；按编号到该栏"), "{:#?}", sim.screen());

    // Whoever types on meanwhile does not want it saved as it was.
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    sim.keys("3");
    typed(&mut sim, "演练新生");
    sim.keys("Enter");
    sim.text("410782201003051011");
    sim.burst("Enter Ctrl-S");
    sim.text("1");
    sim.settle();
    sim.rest();
    assert!(!sim.shows("没有保存"), "{:#?}", sim.screen());
}

#[test]
fn rare_characters_are_named_while_they_are_typed() {
    let mut sim = registrar(Lang::Zh, Depth::True, 80, 24);
    sim.keys("3");
    typed(&mut sim, "演练\u{20BB7}㐂\u{E863}");
    let screen = sim.screen();
    for code in ["\u{20BB7} U+20BB7", "㐂 U+3402", "U+E863"] {
        assert!(screen.iter().any(|line| line.contains(code)), "{code}: {screen:#?}");
    }
    // Left, the field shows by its code point what cannot be drawn.
    sim.keys("Enter");
    assert!(sim.shows("<U+E863>") && !sim.shows("U+20BB7"), "{:#?}", sim.screen());
}
