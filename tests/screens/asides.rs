//! 批注, 搁置, 转交, 代办, saved limits and notices at the desk.

use super::{handler, rows, snapshot};
use crate::desk_county::{self as county, at, row};
use crate::desk_sim::Sim;
use serde_json::json;
use xueji::app::{Effect, FileJob, Input};
use xueji::model::{AccountId, Aside, Beside, Command, Limit, Post, StandIn};
use xueji::wire::{Notice, ParkedView, ViewRow};

#[test]
fn a_remark_is_written_confirmed_and_the_case_stays_open() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("Enter r");
    sim.text("已电话联系");
    snapshot("aside-remark", &sim);
    sim.keys("Ctrl-S");
    assert!(sim.shows("批注。Enter 确认"), "{:?}", sim.screen());
    assert!(sim.commands().is_empty());
    sim.keys("Enter");
    assert!(
        matches!(sim.commands()[..], [Command::Remark { text, .. }] if text == "已电话联系"),
        "{:?}",
        sim.commands()
    );
    assert!(sim.shows("已批注") && sim.shows("经手"), "{:?}", sim.screen());
}

#[test]
fn parking_asks_for_day_and_reason_and_opens_the_next() {
    let mut sim = Sim::new(80, 24, 5);
    let next = county::row(2).student_name;
    sim.keys("Enter z");
    snapshot("aside-park", &sim);
    sim.keys("Ctrl-S");
    assert!(sim.shows("请填写搁置到"), "{:?}", sim.screen());
    sim.text("2025-13-01");
    sim.keys("Enter");
    sim.text("等原件");
    sim.keys("Enter");
    assert!(sim.shows("搁置到：日期不对"), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("２０２５１０２０");
    // Left and taken up again, nothing typed is lost.
    sim.keys("Esc z Ctrl-S");
    assert!(sim.shows("搁置到 2025-10-20。Enter 确认"), "{:?}", sim.screen());
    sim.keys("Enter");
    let parked = sim.commands();
    assert!(
        matches!(parked[..], [Command::Park(xueji::model::ParkCommand { until, remark, .. })] if until.to_string() == "2025-10-20" && remark == "等原件"),
        "{parked:?}"
    );
    assert!(sim.shows("下一件") && sim.shows(&next), "{:?}", sim.screen());
}

#[test]
fn a_colleague_is_chosen_not_typed() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("Enter H");
    sim.text("乱写");
    sim.keys("Down");
    snapshot("aside-hand-over", &sim);
    sim.keys("Tab");
    sim.text("你熟");
    sim.keys("Ctrl-S Enter");
    let done = sim.commands();
    let to: AccountId = "xian-jb3".into();
    assert!(
        matches!(done[..], [Command::HandOver { to: one, remark, .. }] if *one == to && remark == "你熟"),
        "{done:?}"
    );
}

#[test]
fn who_stands_in_is_arranged_and_ended() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("S");
    snapshot("aside-substitute", &sim);
    sim.keys("Tab Tab");
    sim.text("2025-10-24");
    sim.keys("Enter");
    assert!(sim.shows("已设代办：演练李四，2025-10-15 至 2025-10-24"), "{:?}", sim.screen());
    sim.keys("S Tab Ctrl-U Ctrl-S");
    assert!(sim.shows("已取消演练李四的代办"), "{:?}", sim.screen());
    assert!(matches!(sim.commands()[..], [Command::Substitute(_), Command::DropSubstitute(_)]));
}

#[test]
fn who_stands_in_sees_it_in_the_header_and_has_the_keys_of_the_post() {
    let mut sim = Sim::with(Default::default(), 120, 40, handler(), rows(3));
    let standing_in = vec![StandIn {
        account: "xian-fh".into(),
        person: "p-fh".into(),
        name: "演练王五".into(),
        posts: vec![Post::Reviewer],
        until: county::day("2025-10-20"),
    }];
    sim.notice(Notice::Account { posts: vec![Post::Handler], standing_in });
    sim.settle();
    let screen = sim.screen();
    assert!(screen[0].contains("经办/复核（代演练王五）"), "{screen:?}");
    assert!(screen.last().unwrap().contains("打回"), "the second post's key: {screen:?}");
}

#[test]
fn a_limit_is_saved_applied_and_forgotten() {
    let mut sim = Sim::new(80, 24, 60);
    sim.keys("f W");
    assert!(sim.shows("现在没有限定可存"), "{:?}", sim.screen());
    sim.keys("Enter");
    sim.keys("f W");
    snapshot("aside-save-limit", &sim);
    sim.text("急件");
    sim.keys("Enter");
    assert!(
        matches!(sim.commands()[..], [Command::SaveView { name, limit }] if name == "急件" && limit.light.is_some())
    );
    assert!(sim.shows("限定已存为 急件"), "{:?}", sim.screen());
    sim.keys("Esc F");
    let limit: Limit = serde_json::from_value(json!({"light": "near"})).unwrap();
    sim.views = vec![ViewRow { name: "急件".into(), limit, school: None }];
    sim.keys("f");
    snapshot("aside-limits", &sim);
    sim.keys("Enter");
    assert!(sim.shows("限：近"), "{:?}", sim.screen());
    sim.keys("f j D");
    assert!(sim.shows("只有已存的限定可以删去"), "{:?}", sim.screen());
    sim.keys("k D");
    assert!(matches!(sim.commands()[..], [_, Command::DropView { name }] if name == "急件"));
}

#[test]
fn a_notice_is_read_and_written_to_a_file() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("Enter p");
    snapshot("aside-notice", &sim);
    sim.keys("p");
    let name = "演练-2025-000001-退回补正通知.txt";
    let Some(Effect::WriteText { name: asked, text }) = sim.effects.last() else { panic!("{:?}", sim.effects) };
    assert!(asked == name && text.contains("第13条 缺诊断证明"));
    sim.input(Input::FileDone { job: FileJob::Notice, outcome: Ok(format!("/home/clerk/{name}")) });
    sim.settle();
    assert!(sim.shows("通知已存到"), "{:?}", sim.screen());
    sim.keys("q L p");
    assert!(sim.shows("这里没有可打印的内容"), "{:?}", sim.screen());
}

#[test]
fn the_case_shows_what_was_set_beside_it() {
    let mut sim = Sim::new(80, 24, 5);
    let by = county::sign("xian-jb2", "演练李四", "410782", Post::Handler);
    let aside = |what| Aside { step: 1, what, by: by.clone(), at: at("2025-10-14T10:00") };
    sim.asides = vec![
        aside(Beside::Remarked("先等一等".into())),
        aside(Beside::Parked { until: county::day("2025-10-20"), remark: "等原件".into() }),
        aside(Beside::HandedOver { to: "xian-jb".into(), name: "演练张三".into(), remark: "你熟".into() }),
        aside(Beside::Remarked("学校说明天寄到".into())),
    ];
    sim.keys("Enter");
    snapshot("aside-case", &sim);
    sim.keys("G");
    snapshot("aside-case-end", &sim);
}

#[test]
fn parked_rows_say_until_when_and_why() {
    let parked = |n: u32| ParkedView {
        until: county::day("2025-10-28"),
        remark: if n == 2 { "等学校把休学证明原件寄到".into() } else { "等".into() },
        name: "演练李四".into(),
    };
    let all = (1..=6).map(|n| xueji::wire::QueueRow {
        parked: Some(parked(n)),
        assigned: (n == 4).then(|| "演练欧阳·买买提江".into()),
        ..row(n)
    });
    let mut sim = Sim::with(Default::default(), 80, 24, handler(), all.collect());
    snapshot("aside-assigned", &sim);
    sim.keys("[");
    snapshot("aside-parked", &sim);
    sim.resize(120, 40);
    snapshot("aside-parked-120x40", &sim);
}

#[test]
fn the_papers_of_all_applications_are_listed_and_fetched() {
    let mut sim = Sim::new(80, 24, 5);
    sim.keys("2");
    sim.text("单");
    sim.settle();
    sim.rest();
    sim.keys("Enter Tab Tab Tab Tab j");
    snapshot("record-papers", &sim);
    sim.keys("o");
    let Some(Effect::FetchEvidence { name, .. }) = sim.effects.last() else { panic!("{:?}", sim.effects) };
    assert_eq!(name, "zhenduan.pdf");
    sim.cases = 0;
    sim.keys("R");
    assert!(sim.shows("名下的申请没有材料"), "{:?}", sim.screen());
    sim.keys("Enter");
    assert!(sim.shows("没有材料可取"), "{:?}", sim.screen());
}
