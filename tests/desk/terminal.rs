//! Taking the terminal and giving it back, sizes, colours, languages.

use crate::county::{Clerk, County, ENTER, ESC, TAB};
use crate::support::pty::Desk;
use crate::support::store::temp_exercise;
use crate::support::{program, until};
use rustix::process::{Pid, Signal, kill_process};
use std::time::Duration;

/// Variables of the environment.
type Env<'a> = &'a [(&'a str, &'a str)];

/// A desk inside a shell that tells how it found the terminal afterwards.
struct InShell {
    desk: Desk,
}

impl InShell {
    fn start(county: &County) -> InShell {
        let script = r#"echo "what stood there"; "$@"; echo "ended $?"; stty -a; echo "that is all"; read line"#;
        let program = program().to_str().unwrap();
        let command = ["sh", "-c", script, "sh", program, "--data", county.store.data_arg(), "--as", "xian1-jb"];
        let desk = Desk::start_program(&command, &[], 80, 24);
        desk.wait_text("[我的待办");
        desk.wait_look(|screen| screen.alternate_screen() && screen.bracketed_paste(), "the terminal taken");
        desk.wait_look(|screen| screen.hide_cursor(), "no cursor where nothing is typed");
        InShell { desk }
    }

    /// The desk's process.
    fn pid(&self) -> Pid {
        let shell = self.desk.pid();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
        Pid::from_raw(children.split_whitespace().next().unwrap().parse().unwrap()).unwrap()
    }

    fn wait_given_back(&self, status: &str) {
        let screen = self.desk.wait_text("that is all");
        assert!(screen.contains("what stood there") && !screen.contains("我的待办"), "{screen}");
        assert!(screen.contains(status), "{screen}");
        for (on, off) in [("icanon", "-icanon"), ("echo", "-echo"), ("isig", "-isig"), ("opost", "-opost")] {
            let settings: Vec<&str> = screen.split_whitespace().collect();
            assert!(settings.contains(&on) && !settings.contains(&off), "{on}: {screen}");
        }
        self.desk.look(|screen| {
            assert!(!screen.alternate_screen(), "still on the other screen");
            assert!(!screen.hide_cursor(), "the cursor is hidden");
            assert!(!screen.bracketed_paste(), "pastes are still marked");
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert!(!screen.bold() && !screen.inverse() && screen.fgcolor() == vt100::Color::Default);
        });
    }
}

#[test]
fn leaving_gives_the_terminal_back_as_it_was() {
    let county = County::new();
    let mut shell = InShell::start(&county);
    shell.desk.send("Q");
    shell.wait_given_back("ended 0");
    // In the middle of writing too, after it was asked.
    let mut shell = InShell::start(&county);
    shell.desk.send("t");
    shell.desk.wait_text("每行一条理由");
    shell.desk.look(|screen| assert!(!screen.hide_cursor(), "a caret where something is typed"));
    shell.desk.send("缺");
    shell.desk.wait_text(" 缺");
    shell.desk.send("\x03");
    shell.desk.wait_text("退出后不再保留");
    shell.desk.send(ENTER);
    shell.wait_given_back("ended 0");
}

#[test]
fn a_signal_gives_the_terminal_back_too() {
    let county = County::new();
    for signal in [Signal::TERM, Signal::HUP] {
        let shell = InShell::start(&county);
        kill_process(shell.pid(), signal).unwrap();
        shell.wait_given_back("ended 0");
    }
}

#[test]
fn a_closed_window_ends_the_program_and_its_claim() {
    let county = County::new();
    let case = county.row("xian1-jb", "mine", 0);
    let mut desk = county.desk("xian1-jb");
    desk.open(&case.id);
    until("the claim", || county.case(&case.id)["claim"].is_object().then_some(()));
    desk.hang_up();
    desk.wait_exit();
    until("the claim to fall", || county.case(&case.id)["claim"].is_null().then_some(()));
}

#[test]
fn every_size_from_80_by_24_is_drawn_and_a_smaller_one_says_so() {
    let county = County::new();
    let mut journal = county.journal();
    let case = county.row("xian1-jb", "mine", 2);
    let mut desk = county.desk("xian1-jb");
    desk.select(2, &case.name);
    let small = desk.wait_counter(3, 204);
    assert_eq!(small.lines().count(), 24);

    desk.resize(120, 40);
    let wide = desk.wait_for(|screen| screen.contains('│') && screen.contains("经手"), "list and detail side by side");
    assert!(wide.contains(&case.id), "the detail is not the selected row's:\n{wide}");
    assert_eq!(desk.selected().1, case.name);
    assert_eq!(wide.lines().count(), 40);
    assert!(wide.lines().last().unwrap().starts_with("a 同意"), "the footer is the last line:\n{wide}");

    desk.resize(60, 20);
    let said = desk.wait_text("窗口太小");
    assert!(said.contains("80 列 24 行") && said.contains("60 列 20 行"), "{said}");
    // Nothing is decided on a screen that shows nothing, however long it has stood there.
    desk.rest();
    desk.send("a\r");
    desk.rest();
    desk.resize(80, 24);
    desk.wait_gone("窗口太小");
    desk.rest();
    assert_eq!(journal.verbs(), [""; 0], "a case was decided that nobody saw:\n{}", desk.screen());
    // Only the line that tells of the dropped keys is new, until the next key.
    desk.send("k");
    desk.wait_counter(2, 204);
    desk.send("j");
    desk.wait_for(|screen| screen == small, "the same screen as before");

    // A window pulled to almost nothing ends nothing.
    for (cols, rows) in [(79, 24), (80, 23), (10, 3), (2, 1), (1, 1), (200, 60), (80, 24)] {
        desk.resize(cols, rows);
        desk.settle(Duration::from_millis(30));
    }
    desk.wait_for(|screen| screen == small, "the same screen after all sizes");
}

#[test]
fn without_colour_the_lights_are_words_and_the_selection_is_seen() {
    let county = County::new();
    for env in [&[("NO_COLOR", "1")][..], &[("TERM", "vt100")], &[("TERM", "vt220"), ("COLORTERM", "truecolor")]] {
        let mut desk = county.desk_with("xian1-jb", &[], env, 80, 40);
        assert!(desk.wait_counter(1, 204).contains(" 逾 逾期"), "{env:?}");
        for light in [" 今 今日 ", " 近 剩 "] {
            // Each lies some pages down; the list is sorted by its light.
            let seen = (0..4).any(|_| desk.press("\x1b[6~").contains(light));
            assert!(seen, "{env:?}: {light}\n{}", desk.screen());
        }
        let (line, _) = desk.selected();
        desk.look(|screen| {
            no_colour(screen);
            assert!(screen.cell(line as u16, 18).unwrap().inverse(), "the selection cannot be seen");
            let tab = screen.cell(1, 1).unwrap();
            assert!(tab.inverse() || tab.bold(), "the open tab cannot be seen");
        });
        desk.send("u");
        desk.wait_text("办法：");
        desk.look(no_colour);
        desk.send(ESC);
        desk.wait_gone("办法：");
        desk.send("a");
        desk.wait_text("Enter 确认");
        desk.look(no_colour);
    }
}

fn no_colour(screen: &vt100::Screen) {
    each_cell(screen, |row, col, cell| {
        let colours = (cell.fgcolor(), cell.bgcolor());
        assert_eq!(colours, (vt100::Color::Default, vt100::Color::Default), "at {row},{col}: {:?}", cell.contents());
    });
}

fn each_cell(screen: &vt100::Screen, mut look: impl FnMut(u16, u16, &vt100::Cell)) {
    let (rows, cols) = screen.size();
    for row in 0..rows.get() {
        for col in 0..cols.get() {
            look(row, col, screen.cell(row, col).unwrap());
        }
    }
}

#[test]
fn colours_are_those_the_terminal_has_and_overdue_is_red() {
    let county = County::new();
    let few = |colour| matches!(colour, vt100::Color::Default | vt100::Color::Idx(0..16));
    let many = |colour| matches!(colour, vt100::Color::Default | vt100::Color::Idx(_));
    let all = |_| true;
    type Has = fn(vt100::Color) -> bool;
    let depths: [(Env<'_>, Has); 3] = [
        (&[("TERM", "linux")], few),
        (&[("TERM", "xterm-256color")], many),
        (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], all),
    ];
    for (env, has) in depths {
        let desk = county.desk_with("xian1-jb", &[], env, 80, 24);
        desk.wait_counter(1, 204);
        desk.look(|screen| {
            each_cell(screen, |row, col, cell| {
                assert!(has(cell.fgcolor()) && has(cell.bgcolor()), "{env:?} at {row},{col}");
            });
            // The row below the selected one is overdue as well.
            let light = screen.cell(4, 1).unwrap();
            assert_eq!(light.contents(), "逾");
            let red = match light.fgcolor() {
                vt100::Color::Idx(n) => [1, 9, 160, 196, 203].contains(&n),
                vt100::Color::Rgb(r, g, b) => r > 150 && g < 130 && b < 130,
                vt100::Color::Default => false,
            };
            assert!(red, "{env:?}: {:?}", light.fgcolor());
        });
    }
}

#[test]
fn with_ascii_no_line_is_drawn_but_with_ascii() {
    let county = County::new();
    let mut desk = county.desk_with("xian1-jb", &["--ascii"], &[], 120, 40);
    let drawn =
        |c: char| matches!(c, '\u{2190}'..='\u{21FF}' | '\u{2500}'..='\u{25FF}' | '\u{2026}' | '\u{2014}' | '\u{2713}');
    let plain = |screen: &str| {
        let found: String = screen.chars().filter(|c| drawn(*c)).collect();
        assert_eq!(found, "", "\n{screen}");
    };
    plain(&desk.wait_text("经手"));
    assert!(desk.screen().contains('|'), "list and detail are not divided");
    let back = "[我的待办 ";
    for (key, seen) in [
        ("u", "办法："),
        (ESC, "经手"),
        ("L", "依据 2025"),
        (ESC, "经手"),
        ("?", "按键说明"),
        (ESC, "经手"),
        (ESC, back),
        ("t", "每行一条"),
    ] {
        desk.press(key);
        plain(&desk.wait_text(seen));
    }
    desk.resize(80, 24);
    plain(&desk.wait_for(|screen| screen.lines().count() == 24, "the smaller screen"));
}

fn chinese(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')).collect()
}

/// Header, tabs, headings and footer, without what is data: the office and the person.
fn fixed_text(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    let fixed = [&lines[..3], &lines[lines.len() - 1..]].concat().join("\n");
    fixed.replace("演练一县教育局", "").replace("徐经办", "")
}

#[test]
fn in_english_the_fixed_texts_are_english() {
    let county = County::new();
    let desks: [(&[&str], Env<'_>); 3] = [
        (&["--lang", "en"], &[]),
        (&[], &[("LANG", "en_US.UTF-8")]),
        (&[], &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_GB.UTF-8")]),
    ];
    for (args, env) in desks {
        let mut desk = county.desk_with("xian1-jb", args, env, 80, 24);
        let screen = desk.wait_counter(1, 204);
        assert_eq!(chinese(&fixed_text(&screen)), "", "{args:?} {env:?}\n{screen}");
        desk.send(TAB);
        assert_eq!(chinese(&fixed_text(&desk.wait_counter(1, 14))), "");
    }
    let mut desk = county.desk_with("xian1-jb", &["--lang", "en"], &[], 80, 24);
    let footer = |screen: &str| screen.lines().last().unwrap().to_owned();
    let case = "L Why";
    for (key, seen) in
        [("a", "Enter confirms"), (ESC, case), ("L", "Beijing time"), (ESC, case), ("t", "One reason a line")]
    {
        desk.press(key);
        let screen = desk.wait_text(seen);
        assert_eq!(chinese(&footer(&screen)), "", "{key:?}\n{screen}");
        assert!(footer(&screen).len() > 10, "{key:?}: no footer\n{screen}");
    }
    desk.send("\x1bOP");
    desk.wait_text("Keys");
    let help: Vec<String> = desk.screen().lines().skip(1).map(str::to_owned).collect();
    assert_eq!(chinese(&help.join("\n")), "");
    // And Chinese where nothing says otherwise.
    let desk = county.desk_with("xian1-jb", &[], &[("LANG", "C.UTF-8")], 80, 24);
    desk.wait_text("[我的待办 204]");
    let desk = county.desk_with("xian1-jb", &["--lang", "zh"], &[("LANG", "en_US.UTF-8")], 80, 24);
    desk.wait_text("[我的待办 204]");
}

#[test]
fn where_no_screen_can_be_drawn_a_sentence_says_so() {
    let county = County::new();
    let args = ["--data", county.store.data_arg(), "--as", "xian1-jb"];
    let desk = Desk::start(&args, &[("TERM", "dumb")], 80, 24);
    let (exit, words) = desk.wait_last_words();
    assert_eq!(exit.exit_code(), 2, "{words}");
    assert!(words.contains("TERM=dumb 的终端不能绘制屏幕"), "{words}");
    desk.look(|screen| assert!(!screen.alternate_screen() && !screen.bracketed_paste()));
    let desk = Desk::start(&args, &[("TERM", "dumb"), ("LANG", "en_US.UTF-8")], 80, 24);
    let (exit, words) = desk.wait_last_words();
    assert_eq!((exit.exit_code(), chinese(&words)), (2, String::new()), "{words}");
    // No terminal at all.
    let piped = county.store.run(&["--as", "xian1-jb"]);
    assert_eq!(piped.status.code(), Some(2));
    let said = String::from_utf8(piped.stderr).unwrap();
    assert!(said.contains("不是终端") && said.contains("xueji call"), "{said}");
    assert!(piped.stdout.is_empty());
}

#[test]
fn whoever_cannot_get_in_is_told_before_any_screen() {
    let county = County::new();
    let desk = Desk::start(&["--data", county.store.data_arg(), "--as", "nobody"], &[], 80, 24);
    let (exit, words) = desk.wait_last_words();
    assert_eq!(exit.exit_code(), 3, "{words}");
    assert!(words.contains("nobody"), "{words}");
    desk.look(|screen| assert!(!screen.alternate_screen()));
}

#[test]
fn an_empty_queue_and_a_queue_of_one() {
    let store = temp_exercise("410782");
    let mut desk = Clerk { desk: Desk::start(&["--data", store.data_arg()], &[], 80, 24) };
    desk.wait_text("这里没有待办的业务");
    desk.wait_counter(0, 0);
    for key in ["j", "k", "G", "g", "\x1b[6~", TAB, ENTER, "a", "L", "u", "o"] {
        desk.send(key);
    }
    desk.wait_text("没有选中的业务");
    desk.wait_text("[复核退回 0]");
    desk.send("Q");
    assert!(desk.wait_exit().success());

    let county = County::new();
    let case = county.row("shi-jb", "sent_back", 0);
    let mut desk = county.desk("shi-jb");
    desk.go_to_tab("复核退回");
    desk.wait_counter(1, 1);
    for key in ["j", "jj", "k", "G", "g", "\x1b[6~", "\x1b[5~"] {
        desk.send(key);
    }
    desk.rest();
    desk.wait_counter(1, 1);
    assert_eq!(desk.selected().1, case.name);
    desk.send("a");
    desk.wait_confirm(&[&case.name, "提出同意"]);
    desk.send(ENTER);
    desk.wait_text("后面没有了");
    desk.wait_counter(0, 0);
    desk.wait_text("这里没有待办的业务");
    assert_eq!(county.case(&case.id)["standing"], "second");
}
