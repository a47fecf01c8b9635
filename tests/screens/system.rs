//! Screen 0: who keeps changes accounts by form, who does not reads; the journal is narrowed, the store verified.

use super::desk_county as county;
use super::desk_sim::Sim;
use super::{look, rows};
use xueji::app::Depth;
use xueji::catalogue::Lang;
use xueji::model::{Command, Post};
use xueji::wire::{Query, Request};

fn keeper(width: u16, height: u16, lang: Lang) -> Sim {
    let me = county::me("xian-xt", "演练管理", &[Post::Keeper], false);
    Sim::with(look(lang, Depth::Mono, false), width, height, me, rows(3))
}

/// The last question about the journal.
fn asked(sim: &Sim) -> xueji::wire::JournalAsked {
    let found = sim.sent.iter().rev().find_map(|envelope| match &envelope.request {
        Request::Query(Query::FindJournal(asked)) => Some(asked.clone()),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn every_tab_opens_in_both_languages_and_sizes() {
    for (lang, width, height) in [(Lang::Zh, 80, 24), (Lang::En, 80, 24), (Lang::Zh, 120, 40)] {
        let mut sim = keeper(width, height, lang);
        sim.keys("0");
        assert!(sim.shows("演练县职业中等专业学校") && sim.shows("3641990001"), "{:?}", sim.screen());
        sim.keys("j Enter");
        assert!(sim.shows("东校区") && sim.shows("2025"), "{:?}", sim.screen());
        sim.keys("Esc Shift-Tab");
        assert!(sim.shows("xueji-1009.tar.zst") && sim.shows("8192 MiB"), "{:?}", sim.screen());
        sim.keys("v");
        assert!(sim.shows("640"), "{:?}", sim.screen());
        sim.keys("Shift-Tab");
        assert!(sim.shows("applications.propose") && sim.shows("812"), "{:?}", sim.screen());
        sim.keys("Enter");
        assert!(sim.shows("\"revision\": 3"), "{:?}", sim.screen());
        sim.keys("Esc Esc");
        assert!(!sim.shows("applications.propose"), "{:?}", sim.screen());
    }
}

#[test]
fn an_account_is_added_by_form_after_one_more_line() {
    let mut sim = keeper(80, 24, Lang::Zh);
    sim.keys("0 Tab Tab Tab n");
    sim.text("xian-db");
    sim.keys("Enter");
    sim.text("p-9");
    sim.keys("Enter");
    sim.text("演练督办");
    sim.keys("Enter Enter");
    sim.text("督办 局长");
    sim.keys("Enter Enter");
    assert!(sim.shows("没有岗位「局长」") && sim.commands().is_empty(), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("督办");
    sim.keys("Ctrl-S");
    assert!(sim.shows("xian-db") && sim.commands().is_empty(), "asked first: {:?}", sim.screen());
    sim.keys("Enter");
    let [Command::PutAccount { account }] = sim.commands()[..] else { panic!("{:?}", sim.commands()) };
    assert_eq!((account.id.as_str(), account.person.as_str(), account.revision), ("xian-db", "p-9", 0));
    assert_eq!((&account.posts[..], account.os_user.as_deref(), account.active), (&[Post::Supervisor][..], None, true));
    assert!(sim.shows("已办"), "{:?}", sim.screen());
}

#[test]
fn who_does_not_keep_accounts_reads_them() {
    let mut sim = Sim::new(80, 24, 3);
    for key in ["n", "e", "x"] {
        sim.keys(&format!("0 Tab Tab Tab {key}"));
        assert!(sim.shows("系统管理岗维护"), "{key}: {:?}", sim.screen());
        sim.keys("Esc");
    }
    assert_eq!(sim.commands().len(), 0);
    sim.keys("0 n");
    assert!(sim.shows("账号"), "{:?}", sim.screen());
}

#[test]
fn the_journal_is_narrowed_and_widened() {
    let mut sim = keeper(80, 24, Lang::Zh);
    sim.keys("0 Shift-Tab Shift-Tab f");
    sim.text("xian-jb");
    sim.keys("Enter Enter");
    sim.text("2025-000001");
    sim.keys("Enter Enter");
    sim.text("2025-10-32");
    sim.keys("Ctrl-S");
    assert!(sim.shows("2025-10-32 不是日期"), "{:?}", sim.screen());
    sim.keys("Ctrl-U");
    sim.text("2025-10-01");
    sim.keys("Ctrl-S");
    let narrowed = asked(&sim);
    assert_eq!(
        (narrowed.who.as_deref(), narrowed.from.map(|day| day.to_string()).as_deref()),
        (Some("xian-jb"), Some("2025-10-01"))
    );
    assert_eq!(narrowed.application.map(|id| id.to_string()).as_deref(), Some("2025-000001"));
    assert!(sim.shows("限定：") && !sim.shows("applications.remark"), "{:?}", sim.screen());
    sim.keys("F");
    assert!(sim.shows("applications.remark") && asked(&sim).who.is_none(), "{:?}", sim.screen());
}

#[test]
fn the_report_of_the_board_is_read_and_kept() {
    let mut sim = keeper(80, 24, Lang::Zh);
    sim.keys("6 P");
    let asks = |envelope: &xueji::wire::Envelope| matches!(&envelope.request, Request::Query(Query::BoardReport(asked)) if asked.from.is_some());
    assert!(sim.sent.iter().any(asks));
    sim.keys("p");
    assert!(
        sim.effects.iter().any(|effect| matches!(effect, xueji::app::Effect::WriteText { .. })),
        "{:?}",
        sim.effects
    );
}

#[test]
fn the_footer_of_a_tab_names_only_what_its_keys_do() {
    let footer = |sim: &Sim| sim.screen().last().cloned().unwrap_or_default();
    for (keys, lang) in [("default", Lang::Zh), ("default", Lang::En), ("numpad", Lang::Zh), ("numpad", Lang::En)] {
        let me = county::me("xian-xt", "演练管理", &[Post::Keeper], false);
        let mut sim = Sim::keyed(keys, look(lang, Depth::Mono, false), 80, 24, me, rows(3));
        sim.keys(if keys == "numpad" { "F11" } else { "0" });
        assert!(sim.shows("3641990001"), "{:?}", sim.screen());
        for _ in 0..7 {
            let words = if lang == Lang::Zh { ["返回", "帮助"] } else { ["Back", "Help"] };
            assert!(words.iter().all(|word| footer(&sim).contains(word)), "{keys} {lang:?}: {}", footer(&sim));
            sim.keys("Tab");
        }
    }
    let mut sim = keeper(80, 24, Lang::Zh);
    sim.keys("0 Tab Tab Tab");
    assert!(footer(&sim).contains("P 设 PIN") && footer(&sim).contains("n 新账号"), "{}", footer(&sim));
    sim.keys("Tab");
    assert!(footer(&sim).contains("n 设代办") && !footer(&sim).contains("新账号"), "{}", footer(&sim));
    // Who keeps no accounts is not shown what he may not do.
    let mut sim = Sim::new(80, 24, 3);
    sim.keys("0 Tab Tab Tab");
    assert!(!footer(&sim).contains("停用") && !footer(&sim).contains("载入"), "{}", footer(&sim));
    // A form whose text is not kept does not say that it is.
    let mut sim = keeper(80, 24, Lang::Zh);
    sim.keys("0 Tab Tab Tab n");
    assert!(footer(&sim).contains("Esc 离开并保留"), "{}", footer(&sim));
    sim.keys("Esc P");
    assert!(footer(&sim).contains("Esc 放弃"), "{}", footer(&sim));
}
