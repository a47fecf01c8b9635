//! Screen 7: what its keys send, and the national system's list loaded on it.

use super::desk_county as county;
use super::desk_sim::Sim;
use super::{coloured, look, rows, snapshot};
use serde_json::{Value, json};
use xueji::app::{Depth, Effect, FileJob, Input, LoadWish};
use xueji::catalogue::Lang;
use xueji::model::{Command, ImportKind, KeySystem, Level, Post};
use xueji::wire::{Query, Request};

#[test]
fn a_mark_goes_into_the_system_shown_and_a_pair_needs_two_presses() {
    let mut sim = coloured(80, 24, 9);
    sim.keys("7 Enter m");
    let sent = |sim: &Sim| -> Vec<Command> {
        let writes = sim.sent.iter().filter_map(|line| match &line.request {
            Request::Write(command) => Some(command.clone()),
            Request::Query(_) => None,
        });
        writes.collect()
    };
    let marked = sent(&sim);
    assert!(
        matches!(&marked[..], [Command::MarkKeyed(of)] if of.system == Some(KeySystem::National) && of.load == 2),
        "{marked:?}"
    );
    // Only the third row has perhaps another side.
    sim.keys("y");
    assert!(sim.shows("没有疑似同一人"), "{:?}", sim.screen());
    sim.keys("j j y");
    assert!(sim.shows("再按一次 y"), "{:?}", sim.screen());
    assert_eq!(sent(&sim).len(), 1);
    sim.keys("x");
    assert_eq!(sent(&sim).len(), 1, "another key is another question");
    sim.keys("x");
    let said = sent(&sim);
    assert!(matches!(&said[..], [_, Command::ConfirmPair(of)] if !of.same && of.line == 103), "{said:?}");
    sim.keys("o");
    assert!(sim.effects.iter().any(|effect| matches!(effect, Effect::WriteKeyIn { .. })));
}

const FILE: &str = "/home/演练/xueji-upload/全国名单.csv";

fn wishes(sim: &Sim) -> Vec<LoadWish> {
    let wish = |effect: &Effect| match effect {
        Effect::LoadFile(wish) => Some(LoadWish::clone(wish)),
        _ => None,
    };
    sim.effects.iter().filter_map(wish).collect()
}

fn done(sim: &mut Sim, job: FileJob, outcome: Result<String, String>) {
    sim.input(Input::FileDone { job, outcome });
    sim.settle();
}

/// What a checked file came to.
fn seen(change: impl FnOnce(&mut Value)) -> Result<String, String> {
    let mut seen = json!({"kind": "national", "path": FILE, "name": "全国名单.csv", "form": "GB18030",
        "digest": "abcdef0123456789", "committed": false, "refused": false,
        "counts": {"written": 1198, "unchanged": 0, "lists": 2, "lists_out": 0, "accepted": 1100,
            "accepted-normalised": 97, "warning": 1, "empty": 2},
        "unknown": [], "problems": [], "more": 0, "moves": null, "changes": null, "national": null});
    change(&mut seen);
    Ok(seen.to_string())
}

/// A keeper among the files of the upload folder.
fn among_files(width: u16, height: u16) -> Sim {
    let me = county::me("xian-xt", "演练管理", &[Post::Keeper], false);
    let mut sim = Sim::with(look(Lang::Zh, Depth::Mono, false), width, height, me, rows(3));
    sim.keys("7 I");
    assert!(sim.effects.contains(&Effect::ListUploads { tables: true }), "{:?}", sim.effects);
    let file =
        |name: &str, path: &str| json!({"name": name, "path": path, "size": 230_400, "modified": "2025-10-15 08:40"});
    let files =
        json!({"folder": "~/xueji-upload", "files": [file("全国名单.csv", FILE), file("新生.xlsx", "/x/新生.xlsx")]});
    done(&mut sim, FileJob::Uploads, Ok(files.to_string()));
    sim
}

/// How often the schools were asked for.
fn asked(sim: &Sim) -> usize {
    let schools = |line: &&xueji::wire::Envelope| matches!(&line.request, Request::Query(Query::NationalDiff(of)) if of.school.is_none());
    sim.sent.iter().filter(schools).count()
}

#[test]
fn a_list_is_chosen_read_confirmed_and_then_shown() {
    let mut sim = among_files(80, 24);
    snapshot("national-files-80x24", &sim);
    sim.keys("Enter");
    let [wish] = &wishes(&sim)[..] else { panic!("{:?}", sim.effects) };
    assert_eq!((wish.kind, wish.path.as_str(), &wish.digest), (ImportKind::National, FILE, &None));
    assert!(sim.shows("正在核对文件，没有写入"), "{:?}", sim.screen());
    done(
        &mut sim,
        FileJob::Load,
        seen(|seen| {
            seen["unknown"] = json!(["备注"]);
            seen["problems"] = json!([{"row": 2, "column": "school_code", "severity": "notice",
                "message": "学校 3641990001 上次的名单有1198人，这次只有400人；名单须是整校的，请核对是否导出不全"}]);
        }),
    );
    snapshot("national-checked-80x24", &sim);
    sim.keys("Enter");
    assert!(sim.shows("载入 2 所学校的全国系统名单 1198 人") && wishes(&sim).len() == 1, "{:?}", sim.screen());
    sim.keys("Esc");
    assert_eq!(wishes(&sim).len(), 1, "left with Esc, nothing is taken in");
    let before = asked(&sim);
    sim.keys("Enter Enter");
    let all = wishes(&sim);
    assert_eq!(all[1].digest.as_ref().map(|digest| digest.as_str()), Some("abcdef0123456789"));
    assert!(sim.shows("正在载入") && !sim.shows("没有写入，"), "{:?}", sim.screen());
    done(
        &mut sim,
        FileJob::Load,
        seen(|seen| {
            seen["committed"] = json!(true);
            seen["national"] = json!({"schools": 2, "differing": 25, "over": 1, "again": 1, "cured": 7, "new": 3});
        }),
    );
    snapshot("national-loaded-80x24", &sim);
    assert!(asked(&sim) > before, "the schools are asked for again");
    sim.keys("j");
    assert!(sim.shows("对账（FM5）：40 所学校"), "{:?}", sim.screen());
}

#[test]
fn schools_with_a_wrong_row_stay_out_and_the_others_go_in() {
    let mut sim = among_files(120, 40);
    sim.keys("Enter");
    let partly = |seen: &mut Value| {
        seen["counts"]["lists_out"] = json!(1);
        seen["counts"]["rejected"] = json!(1);
        seen["problems"] = json!([{"row": 37, "column": "id_no", "severity": "block",
            "message": "证件号成了科学计数法，后几位已丢失；请在全国系统重新导出为文本格式"}]);
    };
    done(&mut sim, FileJob::Load, seen(partly));
    snapshot("national-partly-120x40", &sim);
    sim.keys("Enter");
    assert!(sim.shows("载入 1 所学校的全国系统名单 1198 人"), "{:?}", sim.screen());
    sim.keys("Enter");
    done(
        &mut sim,
        FileJob::Load,
        seen(|seen| {
            partly(seen);
            seen["committed"] = json!(true);
        }),
    );
    // The figures could not be asked for: what was written is said all the same.
    assert!(sim.shows("写入 1198 条") && sim.shows("1 所学校的名单有不符的行"), "{:?}", sim.screen());
}

#[test]
fn a_wrong_file_says_what_is_wrong_and_nothing_is_taken_in() {
    let mut sim = among_files(80, 24);
    sim.keys("Enter");
    done(&mut sim, FileJob::Load, Err("全国名单.csv：不是表格文件".into()));
    assert!(sim.shows("没有载入") && sim.shows("不是表格文件") && sim.shows("新生.xlsx"), "{:?}", sim.screen());
    sim.keys("Esc Enter");
    let refused = |seen: &mut Value| {
        seen["refused"] = json!(true);
        seen["counts"] = json!({"rejected": 1});
        seen["problems"] = json!([{"row": 1, "column": "学校代码", "severity": "block",
            "message": "缺少这一列"}]);
    };
    done(&mut sim, FileJob::Load, seen(refused));
    snapshot("national-refused-80x24", &sim);
    sim.keys("Enter Enter");
    assert!(sim.shows("一所学校的名单也不会载入") && sim.commands().is_empty(), "{:?}", sim.screen());
    assert_eq!(wishes(&sim).len(), 2, "looked at twice, taken in never");
    // Another file is asked for meanwhile: the late word about the first is not taken for one about it.
    sim.keys("Esc j Enter");
    done(&mut sim, FileJob::Load, seen(|_| ()));
    assert!(!sim.shows("还没有写入"), "{:?}", sim.screen());
    // The same list once more is nothing new.
    sim.keys("k Enter");
    done(&mut sim, FileJob::Load, seen(|seen| seen["counts"]["written"] = json!(0)));
    sim.keys("Enter");
    assert!(sim.shows("完全相同，不用载入"), "{:?}", sim.screen());
    sim.keys("Esc Esc");
    assert!(sim.shows("对账（FM5）"), "back on the screen: {:?}", sim.screen());
}

#[test]
fn who_may_not_load_is_told_who_may() {
    let mut sim = coloured(80, 24, 3);
    sim.keys("7 I");
    assert!(sim.shows("全国系统名单由系统管理岗载入，您是经办"), "{:?}", sim.screen());
    assert!(!sim.effects.iter().any(|effect| matches!(effect, Effect::ListUploads { .. })));
    let mut me = county::me("x1-gl", "演练管理", &[Post::Keeper], false);
    me.office.level = Level::School;
    let mut sim = Sim::with(look(Lang::Zh, Depth::Mono, false), 80, 24, me, rows(3));
    sim.keys("7 I");
    assert!(sim.shows("请联系学校主管部门的系统管理岗"), "{:?}", sim.screen());
    // By its name as by its key.
    let mut sim = among_files(80, 24);
    sim.keys("Esc :");
    sim.text("zrqgmd");
    sim.keys("Enter");
    assert!(sim.shows("正在取数"), "{:?}", sim.screen());
    assert_eq!(sim.effects.iter().filter(|effect| matches!(effect, Effect::ListUploads { .. })).count(), 2);
}
