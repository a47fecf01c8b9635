//! 退回补正 and 撤回: rounds, their clocks, and what may be taken back until when.

use super::world::{Case, World, agree, amend, approve, give_back, on, refuse, send_back, submit, withdraw};
use serde_json::{Value, json};

/// A case that the county has returned on 10 October.
fn returned(w: &mut World) -> Case {
    w.today("2025-09-26");
    let mut case = w.at_county();
    w.today("2025-10-10T10:00");
    w.act("xian1-jb", &mut case, give_back());
    w.act("xian1-fh", &mut case, agree());
    case
}

/// Everything of a step but the acts, which only grow.
fn round_without_acts(w: &mut World, case: &Case, step: usize) -> Value {
    let mut round = w.show("xian1-jb", case)["steps"][step]["rounds"].as_array().unwrap().last().unwrap().clone();
    round.as_object_mut().unwrap().remove("acts");
    round
}

#[test]
fn a_resubmission_goes_straight_back_with_a_full_clock_and_the_old_rounds_stay() {
    let mut w = World::new();
    let mut case = returned(&mut w);
    let view = w.show("x1-lr", &case);
    assert_eq!((&view["status"], &view["current"]), (&json!("returned"), &json!(0)));
    assert_eq!(view["steps"][0]["clock"], Value::Null, "no legal clock runs at the school");
    let first = view["steps"][1]["rounds"][0].clone();
    assert_eq!(first["ending"]["outcome"], "return");
    assert_eq!((&first["ending"]["used"], &first["ending"]["late"]), (&json!(5), &json!(0)));
    let reasons = &first["acts"][0]["verb"]["Proposed"][1];
    assert_eq!(reasons[0]["material"], "休学事由证明材料");
    assert_eq!(reasons[1], json!({"article": "13", "material": null, "text": "起止日期与证明不一致"}));

    w.today("2025-10-13");
    w.act("x1-lr", &mut case, amend());
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    let view = w.show("xian1-jb", &case);
    assert_eq!((&view["status"], &view["current"]), (&json!("open"), &json!(1)));
    let rounds = view["steps"][1]["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 2);
    assert_eq!(rounds[0], first, "the earlier round stays as it ended");
    let clock = &rounds[1]["clock"];
    assert_eq!(
        (&clock["started"], &clock["due"], &clock["left"]),
        (&json!("2025-10-13"), &json!("2025-10-27"), &json!(10))
    );
    // The school's approval of the first round is kept.
    assert_eq!(view["steps"][0]["rounds"][0]["ending"]["outcome"], "approve");
    assert_eq!(view["steps"][0]["rounds"].as_array().unwrap().len(), 2);

    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    assert_eq!(w.record(&case.student)["student"]["suspension"]["from"], "2025-11-01");
}

#[test]
fn a_proposal_is_taken_back_by_its_own_hand_until_decided() {
    let mut w = World::new();
    let mut case = w.submitted();
    w.act("x1-lr", &mut case, withdraw());
    let view = w.show("x1-lr", &case);
    assert_eq!((&view["status"], &view["standing"]), (&json!("preparing"), &json!("first")));
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    let before = round_without_acts(&mut w, &case, 1);
    w.today("2025-09-29");
    w.act("xian1-jb", &mut case, refuse());
    w.act("xian1-jb", &mut case, withdraw());
    let mut after = round_without_acts(&mut w, &case, 1);
    // What is left of the time goes on; nothing else has changed.
    assert_eq!(after["clock"]["left"], 8);
    after["clock"]["left"] = 10.into();
    assert_eq!(after, before);
    let acts = w.show("xian1-jb", &case)["steps"][1]["rounds"][0]["acts"].as_array().unwrap().len();
    assert_eq!(acts, 2, "what was done stays");
    w.act("xian1-jb", &mut case, approve());
}

#[test]
fn the_schools_agreement_is_taken_back_until_the_county_has_acted() {
    let mut w = World::new();
    let mut case = w.submitted();
    w.show("x1-sh", &case);
    let before = round_without_acts(&mut w, &case, 0);
    w.act("x1-sh", &mut case, agree());
    // Reading and claiming are no acts.
    w.ok("xian1-jb", json!({"do": "applications.claim", "application": case.id}));
    w.act("x1-sh", &mut case, withdraw());
    let view = w.show("x1-sh", &case);
    assert_eq!((&view["current"], &view["standing"]), (&json!(0), &json!("second")));
    assert_eq!(view["steps"][1]["state"], "ahead");
    assert_eq!(round_without_acts(&mut w, &case, 0), before);

    w.today("2025-10-09");
    w.act("x1-sh", &mut case, agree());
    assert_eq!(w.show("xian1-jb", &case)["steps"][1]["clock"]["started"], "2025-10-09");
    w.act("xian1-jb", &mut case, approve());
    let finding = w.refused("x1-sh", on(&case, withdraw()));
    assert_eq!(finding["rule"], "R4.3");
    // Even when the county takes its proposal back: it has acted.
    w.act("xian1-jb", &mut case, withdraw());
    assert_eq!(w.refused("x1-sh", on(&case, withdraw()))["rule"], "R4.3");
}

#[test]
fn a_return_is_taken_back_until_it_is_resubmitted() {
    let mut w = World::new();
    let mut case = w.at_county();
    let arrived = round_without_acts(&mut w, &case, 1)["arrived"].clone();
    w.today("2025-10-10T10:00");
    w.act("xian1-jb", &mut case, give_back());
    w.act("xian1-fh", &mut case, agree());
    w.today("2025-10-11");
    w.act("xian1-fh", &mut case, withdraw());
    let view = w.show("xian1-fh", &case);
    assert_eq!((&view["status"], &view["current"], &view["standing"]), (&json!("open"), &json!(1), &json!("second")));
    let round = &view["steps"][1]["rounds"][0];
    assert_eq!(round["arrived"], arrived);
    assert_eq!((&round["clock"]["started"], &round["clock"]["due"]), (&json!("2025-09-26"), &json!("2025-10-16")));
    assert_eq!(round["ending"], Value::Null);
    assert_eq!(view["steps"][0]["rounds"].as_array().unwrap().len(), 1);
    w.act("xian1-fh", &mut case, send_back("可以同意"));
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    assert_eq!(w.show("x1-lr", &case)["status"], "granted");

    // The school may have begun to correct it; the word is resubmitted.
    let mut case = returned(&mut w);
    w.act("x1-lr", &mut case, amend());
    w.act("xian1-fh", &mut case, withdraw());
    let view = w.show("xian1-fh", &case);
    assert_eq!((&view["status"], &view["standing"]), (&json!("open"), &json!("second")));
    let acts = serde_json::to_string(&view["steps"]).unwrap();
    assert!(acts.contains("Amended"), "what was done stays: {acts}");

    let mut case = returned(&mut w);
    w.act("x1-lr", &mut case, submit());
    assert_eq!(w.refused("xian1-fh", on(&case, withdraw()))["rule"], "R4.3");
    // Resubmitted and agreed: 审核 takes that back, and it is a returned case again.
    w.act("x1-sh", &mut case, agree());
    w.act("x1-sh", &mut case, withdraw());
    let view = w.show("x1-sh", &case);
    assert_eq!(
        (&view["status"], &view["current"], &view["standing"]),
        (&json!("returned"), &json!(0), &json!("second"))
    );
    assert_eq!(view["steps"][1]["rounds"].as_array().unwrap().len(), 1);
    w.act("x1-sh", &mut case, agree());
    assert_eq!(w.show("xian1-jb", &case)["current"], 1);
}

#[test]
fn a_sending_back_is_taken_back_until_the_first_post_has_acted() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, send_back("请再看证明"));
    let view = w.show("xian1-jb", &case);
    assert_eq!(view["standing"], "sent_back");
    w.act("xian1-fh", &mut case, withdraw());
    let view = w.show("xian1-jb", &case);
    assert_eq!(
        (&view["standing"], &view["steps"][1]["proposed_by"]["account"]),
        (&json!("second"), &json!("xian1-jb"))
    );
    w.act("xian1-fh", &mut case, send_back("请再看证明"));
    w.act("xian1-jb", &mut case, approve());
    assert_eq!(w.refused("xian1-fh", on(&case, withdraw()))["rule"], "R4.3");
    w.act("xian1-fh", &mut case, agree());
}

#[test]
fn the_last_hands_agreement_stands_and_the_way_out_is_named() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    let finding = w.refused("xian1-fh", on(&case, withdraw()));
    assert_eq!((&finding["rule"], &finding["facts"]["counter"]), (&json!("R13.7"), &json!("复学")));
    assert!(finding["remedy"].as_str().unwrap().contains("复学"), "{finding}");
    let why = &w.show("xian1-fh", &case)["withdraw"];
    assert_eq!((&why["state"], &why["why"]["facts"]["counter"]), (&json!("closed"), &json!("复学")));
    assert_eq!(w.record(&case.student)["student"]["status"], "休学");
}

#[test]
fn who_has_acted_in_an_earlier_round_does_not_change_sides() {
    let mut w = World::new();
    let mut case = w.submitted();
    w.act("x1-both", &mut case, agree());
    w.act("xian1-both", &mut case, give_back());
    w.act("xian1-fh", &mut case, agree());
    let finding = w.refused("x1-both", on(&case, submit()));
    assert_eq!((&finding["rule"], &finding["facts"]["person"]), (&json!("R5.12"), &json!("p-both")));
    w.act("x1-lrb", &mut case, submit());
    w.act("x1-both", &mut case, agree());
    w.act("xian1-jb", &mut case, approve());
    assert_eq!(w.refused("xian1-both", on(&case, agree()))["rule"], "R5.12");
    w.act("xian1-fhb", &mut case, agree());
    assert_eq!(w.show("x1-lr", &case)["status"], "granted");
}
