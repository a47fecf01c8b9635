//! The short forms of screens 5, 8 and 0: what was typed and left is a draft, found again by whoever opens the same form or
//! chooses it in the list, and gone once it was handed in.

use super::desk_sim::Sim;
use super::{desk_county as county, handler, look, rows};
use std::collections::BTreeMap;
use xueji::app::{Depth, Input};
use xueji::catalogue::Lang;
use xueji::model::{Command, Post};
use xueji::wire::{DraftSave, Request, WhoAmI};

type Kept = BTreeMap<String, DraftSave>;

/// A desk whose server keeps drafts, with these in it.
fn desk(me: WhoAmI, kept: Kept, lang: Lang) -> Sim {
    let mut sim = Sim::with(look(lang, Depth::Mono, false), 80, 24, me, rows(9));
    sim.kept = Some(kept);
    sim
}

fn school() -> WhoAmI {
    county::me("x1-lr", "演练录入", &[Post::Entry], true)
}

/// What was kept when a desk is gone.
fn kept(mut sim: Sim) -> Kept {
    sim.kept.take().unwrap()
}

fn slots(kept: &Kept) -> Vec<&str> {
    kept.keys().map(String::as_str).collect()
}

/// Chooses the first draft of the list.
fn take_up(sim: &mut Sim) {
    sim.keys(":");
    sim.text("草稿");
    sim.keys("Enter Enter");
    sim.rest();
}

fn caret(sim: &Sim) -> String {
    sim.screen().into_iter().find(|line| line.starts_with('>')).unwrap_or_default()
}

#[test]
fn an_explanation_of_a_matter_waits_where_it_was_left() {
    let mut sim = desk(handler(), Kept::new(), Lang::Zh);
    sim.keys("5 Enter x");
    sim.text("有假条");
    sim.keys("Enter");
    sim.text("核查");
    assert!(sim.shows("Esc 离开并保留"), "{:?}", sim.screen());
    sim.keys("Esc");
    let left = kept(sim);
    assert_eq!(left.len(), 1, "{:?}", slots(&left));
    let draft = left.values().next().unwrap();
    assert_eq!((draft.title.as_str(), draft.field.as_str()), ("提出排除或整改 FM3 演练学生1", "证据或记录编号"));

    // The same form, opened at its place.
    let mut sim = desk(handler(), left.clone(), Lang::Zh);
    sim.keys("5 Enter t");
    assert!(!sim.shows("有假条"), "another errand has another draft: {:?}", sim.screen());
    sim.keys("Esc x");
    assert!(sim.shows("有假条") && caret(&sim).contains("核查"), "{:?}", sim.screen());
    // Left and opened once more at the same desk.
    sim.text("一号");
    sim.keys("Esc x");
    assert!(caret(&sim).contains("核查一号"), "{:?}", sim.screen());

    // From the list, by another desk: the school's matters lie under it.
    let mut sim = desk(handler(), left, Lang::Zh);
    take_up(&mut sim);
    assert!(sim.shows("有假条") && caret(&sim).contains("核查"), "{:?}", sim.screen());
    sim.keys("Enter Enter");
    let sent = sim.sent.iter().any(|line| matches!(line.request, Request::Write(Command::DismissAlert { .. })));
    assert!(sent && sim.shows("演练技工学校"), "{:?}", sim.screen());
    assert_eq!(slots(&kept(sim)), Vec::<&str>::new(), "what was handed in is no draft");
}

#[test]
fn a_form_of_screen_8_keeps_its_flags_in_either_language() {
    let mut sim = desk(school(), Kept::new(), Lang::Zh);
    sim.keys("8 j j j j j w");
    assert_eq!(slots(sim.kept.as_ref().unwrap()), Vec::<&str>::new());
    sim.keys("Enter");
    sim.text("演练家长");
    sim.keys("Enter Space Esc");
    let left = kept(sim);
    assert_eq!(left.len(), 1, "{:?}", slots(&left));
    let mut sim = desk(school(), left, Lang::En);
    sim.keys(":");
    sim.text("draft");
    sim.keys("Enter Enter");
    assert!(sim.shows("演练家长") && caret(&sim).ends_with("yes"), "{:?}", sim.screen());
    sim.keys("Ctrl-S Enter");
    let sent = sim.commands();
    let [Command::AwardCertificate(of)] = &sent[..] else { panic!("{sent:?} {:?}", sim.screen()) };
    assert_eq!((of.receiver.as_str(), of.photo_pasted, of.sealed), ("演练家长", true, false));
    assert!(slots(&kept(sim)).is_empty());
}

#[test]
fn what_is_left_while_the_line_is_down_is_still_at_the_desk() {
    let mut sim = desk(handler(), Kept::new(), Lang::Zh);
    sim.keys("5 Enter x");
    sim.input(Input::LinkLost("服务器已退出".into()));
    sim.settle();
    sim.text("有假条");
    sim.keys("Esc");
    assert!(slots(sim.kept.as_ref().unwrap()).is_empty(), "nothing could be sent");
    let welcome = county::welcome(sim.me.clone());
    sim.input(Input::LinkBack(welcome));
    sim.settle();
    sim.rest();
    sim.keys("x");
    assert!(sim.shows("有假条"), "{:?}", sim.screen());
    // Help over the form does not keep its text from the server.
    sim.keys("Enter");
    sim.text("核查");
    let saved = |sim: &Sim| sim.kept.iter().flatten().any(|(_, draft)| draft.content.contains("核查"));
    assert!(!saved(&sim));
    sim.keys("F1");
    assert!(saved(&sim), "{:?}", sim.screen());
    sim.keys("Esc Esc");
    // What is emptied is no draft any more.
    sim.keys("x");
    assert!(sim.shows("核查"), "{:?}", sim.screen());
    sim.keys("Ctrl-U Shift-Tab Ctrl-U Esc");
    assert!(slots(&kept(sim)).is_empty());
}

#[test]
fn a_statement_from_the_list_has_the_photo_that_is_recorded_now() {
    let mut sim = desk(school(), Kept::new(), Lang::Zh);
    sim.keys("8 j j e Enter Enter");
    sim.text("甲");
    sim.keys("Esc");
    let mut left = kept(sim);
    let draft = left.values_mut().next().unwrap();
    let photo = draft.content.find("\"photo\":\"").unwrap();
    // Nobody had recorded one when it was left.
    draft.content.replace_range(photo + 8..photo + 8 + 66, "null");
    let mut sim = desk(school(), left, Lang::Zh);
    take_up(&mut sim);
    assert!(caret(&sim).contains("XD-2甲"), "{:?}", sim.screen());
    sim.keys("Ctrl-S Enter");
    let sent = sim.commands();
    let [Command::StateLeaving(of)] = &sent[..] else { panic!("{sent:?} {:?}", sim.screen()) };
    assert_eq!(of.statement.photo.as_ref().map(|photo| photo.as_str().len()), Some(64));
}

#[test]
fn who_only_asks_leaves_no_draft() {
    let mut sim = desk(school(), Kept::new(), Lang::Zh);
    sim.keys("8 v");
    sim.text("123456");
    assert!(sim.shows("Esc 放弃"), "{:?}", sim.screen());
    sim.keys("Enter");
    sim.rest();
    sim.keys("Esc");
    assert!(slots(&kept(sim)).is_empty());
}

#[test]
fn an_account_half_typed_waits_and_a_pin_is_kept_nowhere() {
    let keeper = || county::me("xian-xt", "演练管理", &[Post::Keeper], false);
    let mut sim = desk(keeper(), Kept::new(), Lang::Zh);
    sim.keys("0 Tab Tab Tab n");
    sim.text("xian-db");
    sim.keys("Enter");
    sim.text("p-9");
    sim.keys("Esc");
    let left = kept(sim);
    assert_eq!(slots(&left), ["keeper:account:"]);
    let mut sim = desk(keeper(), left, Lang::Zh);
    take_up(&mut sim);
    assert!(sim.shows("xian-db") && caret(&sim).contains("p-9"), "{:?}", sim.screen());
    sim.keys("Esc P");
    sim.text("314159");
    assert!(sim.shows("Esc 放弃"), "{:?}", sim.screen());
    sim.keys("Enter");
    sim.rest();
    sim.keys("Esc");
    let all = kept(sim);
    assert!(slots(&all).iter().all(|slot| *slot == "keeper:account:"), "{:?}", slots(&all));
    assert!(all.values().all(|draft| !draft.content.contains("314159")));
}
