//! What a keeper does on screen 0 beside reading: PINs, shared logins, files of the province; and the periods of screen 6.

use super::desk_county as county;
use super::desk_sim::Sim;
use super::{look, rows, snapshot};
use serde_json::{Value, json};
use xueji::app::{Depth, Effect, FileJob, Input, LoadWish};
use xueji::catalogue::Lang;
use xueji::model::{Command, ImportKind, Post};
use xueji::wire::{Query, Request};

fn keeper() -> Sim {
    let me = county::me("xian-xt", "演练管理", &[Post::Keeper], false);
    Sim::with(look(Lang::Zh, Depth::Mono, false), 80, 24, me, rows(3))
}

fn wishes(sim: &Sim) -> Vec<LoadWish> {
    let wish = |effect: &Effect| match effect {
        Effect::LoadFile(wish) => Some(LoadWish::clone(wish)),
        _ => None,
    };
    sim.effects.iter().filter_map(wish).collect()
}

fn seen(kind: &str, change: impl FnOnce(&mut Value)) -> Input {
    let mut seen = json!({"kind": kind, "path": "~/2026.csv", "name": "2026.csv", "form": "UTF-8", "digest": "abcdef0123456789", "committed": false,
        "refused": false, "counts": {"written": 2, "unchanged": 4}, "unknown": [], "problems": [], "more": 0,
        "moves": null, "changes": null, "national": null});
    change(&mut seen);
    Input::FileDone { job: FileJob::Load, outcome: Ok(seen.to_string()) }
}

/// The form filled in on the tab of qualifications.
fn asked() -> Sim {
    let mut sim = keeper();
    sim.keys("0 Tab o");
    assert!(sim.shows("招生资质") && sim.shows("文号"), "{:?}", sim.screen());
    sim.text("~/2026.csv");
    sim.keys("Enter");
    sim.text("演练〔2026〕1号");
    sim.keys("Ctrl-S");
    sim
}

#[test]
fn a_publication_is_read_line_by_line_and_taken_in_after_one_more_line() {
    let mut sim = asked();
    let [wish] = &wishes(&sim)[..] else { panic!("{:?}", sim.effects) };
    assert_eq!((wish.kind, wish.path.as_str(), &wish.digest), (ImportKind::Qualifications, "~/2026.csv", &None));
    assert_eq!(wish.document.as_deref(), Some("演练〔2026〕1号"));
    let line = |change: &str, major: &str, before: Value, after: Value| {
        json!({"change": change, "school": "3641990001", "school_name": "演练县职业中等专业学校", "year": 2026,
            "season": "秋", "major": major, "major_name": "演练专业", "campus": "东校区", "form": "全日制",
            "half_years": 5, "before": before, "after": after})
    };
    sim.input(seen("qualifications", |seen| {
        seen["changes"] = json!({"total": 3, "added": 1, "withdrawn": 1, "changed": 1, "unchanged": 4,
        "schools_withdrawn": 0, "next": null, "items": [
            line("added", "610301", Value::Null, json!(40)),
            line("withdrawn", "660301", json!(50), Value::Null),
            line("changed", "710201", json!(30), json!(35)),
        ]});
    }));
    sim.settle();
    snapshot("load-qualifications-80x24", &sim);
    sim.keys("Enter");
    assert!(sim.shows("载入招生资质，写入 2 条") && wishes(&sim).len() == 1, "asked first: {:?}", sim.screen());
    sim.keys("Enter");
    let all = wishes(&sim);
    assert_eq!(all[1].digest.as_ref().map(|digest| digest.as_str()), Some("abcdef0123456789"));
    sim.input(seen("qualifications", |seen| seen["committed"] = json!(true)));
    sim.settle();
    assert!(sim.shows("已载入招生资质") && sim.shows("[招生资质]"), "back on the tab: {:?}", sim.screen());
}

#[test]
fn a_calendar_names_every_deadline_it_moves_before_it_is_confirmed() {
    let mut sim = keeper();
    sim.keys("0 Shift-Tab o");
    sim.text("~/2026.csv");
    sim.keys("Ctrl-S");
    assert_eq!(wishes(&sim)[0].kind, ImportKind::Calendar);
    sim.input(seen("calendar", |seen| {
        seen["moves"] = json!({"total": 1, "next": null, "last_known": "2026-12-31", "items": [
            {"application": "2025-000001", "kind": "休学", "student": "演练甲", "hand": "演练县教育局",
                "reference": false, "before": "2026-01-05", "after": "2026-01-06"}]});
    }));
    sim.settle();
    snapshot("load-calendar-80x24", &sim);
    sim.keys("Enter");
    assert!(sim.shows("1 件在办业务的到期日随之变动"), "{:?}", sim.screen());
    // Left with Esc, nothing is taken in.
    sim.keys("Esc");
    assert_eq!(wishes(&sim).len(), 1);
    sim.keys("Enter Enter");
    assert_eq!(wishes(&sim)[1].moves, Some(1), "as many as were listed");
}

#[test]
fn a_wrong_file_says_what_is_wrong_and_cannot_be_taken_in() {
    let mut sim = asked();
    sim.input(Input::FileDone {
        job: FileJob::Load, outcome: Err("文件 ~/2026.csv 不能用：没有那个文件".into())
    });
    sim.settle();
    assert!(sim.shows("没有载入") && sim.shows("没有那个文件") && sim.shows("文号"), "{:?}", sim.screen());
    sim.keys("Esc Ctrl-S");
    sim.input(seen("qualifications", |seen| {
        seen["refused"] = json!(true);
        seen["counts"] = json!({"written": 0, "rejected": 1});
        seen["unknown"] = json!(["备注"]);
        seen["problems"] = json!([{"row": 3, "column": "season", "severity": "block",
            "message": "须为春或秋"}]);
    }));
    sim.settle();
    snapshot("load-refused-80x24", &sim);
    sim.keys("Enter");
    assert!(sim.shows("文件有误") && sim.commands().is_empty(), "{:?}", sim.screen());
    assert_eq!(wishes(&sim).len(), 2, "looked at twice, taken in never");
    // What it holds must be one of the five.
    sim.keys("Esc Shift-Tab Shift-Tab Ctrl-U");
    sim.text("学生");
    sim.keys("Ctrl-S");
    assert!(sim.shows("不能载入「学生」"), "{:?}", sim.screen());
}

#[test]
fn a_pin_is_typed_twice_and_never_shown() {
    let mut sim = keeper();
    sim.keys("0 Tab Tab Tab P");
    sim.text("802613");
    sim.keys("Enter");
    sim.text("802614");
    sim.settle();
    assert!(!sim.screen().join("").contains("8026"), "{:?}", sim.screen());
    snapshot("pin-80x24", &sim);
    sim.keys("Ctrl-S");
    assert!(sim.shows("两次输入的 PIN 不同") && sim.commands().is_empty(), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("802613");
    sim.keys("Ctrl-S Enter");
    let [Command::SetPin(of)] = sim.commands()[..] else { panic!("{:?}", sim.commands()) };
    assert_eq!(of.pin.0, "802613");
    sim.keys("S");
    assert!(sim.shows("由数人共用"), "{:?}", sim.screen());
    sim.keys("Enter");
    assert!(matches!(sim.commands()[..], [_, Command::ShareLogin(of)] if of.shared), "{:?}", sim.commands());
    // Who keeps no accounts does none of it.
    let mut sim = Sim::new(80, 24, 3);
    sim.keys("0 Tab Tab Tab P S o");
    assert!(sim.commands().is_empty() && wishes(&sim).is_empty());
    assert!(sim.shows("系统管理岗维护"), "{:?}", sim.screen());
}

#[test]
fn a_period_is_chosen_given_saved_and_forgotten() {
    let asked = |sim: &Sim| {
        let rates = sim.sent.iter().rev().find_map(|envelope| match &envelope.request {
            Request::Query(Query::BoardRates { from, until, .. }) => Some(format!("{from} {until}")),
            _ => None,
        });
        rates.unwrap_or_default()
    };
    let me = county::me("xian-db", "演练督办", &[Post::Supervisor], false);
    let mut sim = Sim::with(look(Lang::Zh, Depth::Mono, false), 80, 24, me, rows(3));
    sim.keys("6 p");
    snapshot("periods-80x24", &sim);
    sim.keys("j Enter");
    assert_eq!(asked(&sim), "2025-09-01 2025-09-30");
    // The saved one stands behind the four usual ones.
    sim.keys("p G k Enter");
    assert_eq!(asked(&sim), "2025-09-01 2026-01-31");
    sim.keys("p G Enter Ctrl-U");
    sim.text("2025-10-01");
    sim.keys("Enter Ctrl-U");
    sim.text("2025-09-30");
    sim.keys("Ctrl-S");
    assert!(sim.shows("早于起日"), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("2025-10-10");
    sim.keys("Ctrl-S");
    assert_eq!(asked(&sim), "2025-10-01 2025-10-10");
    assert!(sim.commands().is_empty(), "without a name it is for this once");
    sim.keys("p W");
    sim.text("国庆");
    sim.keys("Ctrl-S");
    assert!(matches!(sim.commands()[..], [Command::SavePeriod(of)] if of.name == "国庆"), "{:?}", sim.commands());
    sim.keys("p D");
    assert!(sim.shows("只有存过的时段"), "{:?}", sim.screen());
    sim.keys("G k D");
    assert!(
        matches!(sim.commands()[..], [_, Command::DropPeriod(of)] if of.name == "秋季学期"),
        "{:?}",
        sim.commands()
    );
    sim.keys("Esc x");
    assert!(sim.effects.iter().any(|effect| matches!(effect, Effect::WriteReport(asked) if asked.from.is_some())));
}

#[test]
fn a_substitute_is_arranged_and_ended_on_its_tab() {
    let mut sim = keeper();
    sim.keys("0 Tab Tab Tab Tab n");
    sim.text("xian-jb2");
    sim.keys("Enter Ctrl-U");
    sim.text("xian-jb");
    sim.keys("Enter");
    sim.text("2025-10-20");
    sim.keys("Enter");
    sim.text("2025-10-19");
    sim.keys("Ctrl-S");
    assert!(sim.shows("早于起日") && sim.commands().is_empty(), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("2025-10-24");
    sim.keys("Ctrl-S");
    assert!(sim.shows("xian-jb2 自 2025-10-20 至 2025-10-24 代 xian-jb 办理"), "{:?}", sim.screen());
    sim.keys("Enter x");
    assert!(sim.shows("演练李四 不再代 演练张三 办理"), "{:?}", sim.screen());
    sim.keys("Enter");
    let [Command::Substitute(put), Command::DropSubstitute(of)] = sim.commands()[..] else {
        panic!("{:?}", sim.commands())
    };
    let away = put.on_behalf.as_ref().map(|id| id.as_str());
    assert_eq!((put.who.as_str(), away, of.who.as_str()), ("xian-jb2", Some("xian-jb"), "xian-jb2"));
}
