//! What is sent to which terminal: only what its name allows, and more once it answers, however late.

use crate::county::County;
use crate::slow::Asked;
use crate::support::pty::Desk;
use std::collections::BTreeSet;
use std::num::NonZeroU16;

/// The control sequences of what a program sent: `H` for a move whatever its numbers, `?25l` for a mode with its number,
/// `m31` for a colour.
fn sequences(sent: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(sent);
    let mut found = BTreeSet::new();
    for piece in text.split('\u{1b}').skip(1) {
        let Some(body) = piece.strip_prefix('[') else {
            found.insert(format!("ESC {}", piece.chars().next().unwrap_or(' ')));
            continue;
        };
        let end = body.find(|c: char| ('@'..='~').contains(&c)).expect("a sequence that ends");
        let (params, last) = (&body[..end], &body[end..=end]);
        match last {
            "h" | "l" | "p" => drop(found.insert(format!("{params}{last}"))),
            "m" => found.extend(params.split(';').map(|one| format!("m{one}"))),
            _ => drop(found.insert(last.to_owned())),
        }
    }
    found
}

/// A desk on which every sort of frame was drawn: rows down, a page, a case, its reasons, back.
fn used(county: &County, term: &str) -> BTreeSet<String> {
    let mut desk = county.desk_with("xian1-jb", &[], &[("TERM", term)], 80, 24);
    for key in ["j", "j", "G", "g", "\x1b[6~", "j", "\x1b[5~"] {
        desk.press(key);
    }
    desk.press("u");
    desk.wait_text("办法：");
    desk.press("\x1b");
    desk.send("Q");
    assert!(desk.wait_exit().success());
    sequences(&desk.sent())
}

/// Moves, erasing to the end, margins, and being asked for the place of the cursor and for readiness: all have these.
const EVERYBODY: [&str; 11] = ["H", "J", "K", "A", "B", "C", "D", "r", "n", "?25h", "?25l"];
/// The screen beside the shell's, pastes marked, no mouse.
const MODES: [&str; 9] = ["?1049h", "?1049l", "?2004h", "?2004l", "?1000l", "?1002l", "?1003l", "?1006l", "?1015l"];

#[test]
fn every_terminal_is_sent_only_what_its_name_allows() {
    let county = County::new();
    let table: [(&str, &[&str], bool, bool); 7] = [
        ("xterm-256color", &["G", "d", "X", "S", "T", "?2026$p", "b"], true, true),
        ("putty-256color", &["G", "d", "X", "S", "T", "?2026$p", "b"], true, true),
        ("tmux-256color", &["G", "d", "X", "S", "T", "?2026$p", "b"], true, true),
        ("screen-256color", &["G", "d", "ESC M"], true, true),
        ("linux", &["G", "d", "X", "ESC M"], false, true),
        ("vt220", &["X", "ESC M"], false, false),
        ("vt100", &["ESC M"], false, false),
    ];
    for (term, own, modes, colours) in table {
        let modes = if modes { &MODES[..] } else { &[] };
        let allowed: BTreeSet<&str> = EVERYBODY.iter().chain(own).chain(modes).copied().collect();
        for one in used(&county, term) {
            let attribute = one.strip_prefix('m');
            let fine = match attribute.map(|n| n.parse::<u16>().unwrap_or(0)) {
                // Plain, bold, underlined, reversed, and the ends of these; unseen, while it is asked for its widths.
                Some(0 | 1 | 4 | 7 | 8 | 22 | 24 | 27) => true,
                Some(n) => colours && (n != 38 && n != 48 || term != "linux"),
                None => allowed.contains(one.as_str()),
            };
            assert!(fine, "{term} is sent {one}");
        }
    }
}

/// Characters of two cells that are written right behind one another, without a word about the cursor between.
fn runs(sent: &[u8]) -> usize {
    let text = String::from_utf8_lossy(sent);
    let wide = |c: char| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF60}');
    text.chars().zip(text.chars().skip(1)).filter(|(one, next)| wide(*one) && wide(*next)).count()
}

#[test]
fn the_plain_link_places_every_wide_character_and_shows_the_same() {
    let county = County::new();
    let mut usual = county.desk("xian1-jb");
    let mut plain = county.desk_with("xian1-jb", &["--link", "plain"], &[], 80, 24);
    let same = |usual: &Desk, plain: &Desk, what: &str| {
        let wanted = usual.screen();
        plain.wait_for(|screen| screen == wanted, &format!("the same screen, {what}:\n{wanted}"));
    };
    usual.wait_counter(1, 204);
    plain.wait_counter(1, 204);
    same(&usual, &plain, "at the start");
    for (key, counter) in [("j", 2), ("j", 3), ("G", 204), ("g", 1)] {
        for desk in [&mut usual, &mut plain] {
            desk.send(key);
            desk.wait_counter(counter, 204);
        }
        same(&usual, &plain, key);
    }
    for desk in [&mut usual, &mut plain] {
        desk.send("u");
        desk.wait_text("办法：");
    }
    same(&usual, &plain, "with a refusal");
    // What asks for the terminal's widths is written once, before any screen.
    assert!(runs(&usual.sent()) > 200, "the usual link does not write runs");
    assert!(runs(&plain.sent()) <= 1, "{} characters were not placed", runs(&plain.sent()));
}

/// A terminal whose widths differ from ours: in it another character, of the width it gives, stands for each.
struct Other {
    terminal: vt100::Parser<Asked>,
    stands_for: fn(char) -> char,
}

impl Other {
    /// What it shows of all that the program has sent.
    fn fed(sent: &[u8], (cols, rows): (u16, u16), stands_for: fn(char) -> char) -> Other {
        let size = |n| NonZeroU16::new(n).unwrap();
        let mut terminal = vt100::Parser::new_with_callbacks(size(rows), size(cols), 0, Asked::default());
        let text: String = std::str::from_utf8(sent).unwrap().chars().map(stands_for).collect();
        terminal.process(text.as_bytes());
        Other { terminal, stands_for }
    }

    /// Its answers to all it was asked.
    fn answers(&self) -> Vec<String> {
        self.terminal.callbacks().0.clone()
    }

    /// Characters of the usual screen that do not stand in the same place here. Where the width of one is in question,
    /// what it covers is left out.
    fn displaced(&self, usual: &vt100::Screen) -> Vec<(u16, u16, String)> {
        let (rows, cols) = usual.size();
        let places = (0..rows.get()).flat_map(|row| (0..cols.get()).map(move |col| (row, col)));
        let here = self.terminal.screen();
        let wrong = places.filter_map(|(row, col)| {
            let wanted = usual.cell(row, col)?.contents();
            let stands: String = wanted.chars().map(self.stands_for).collect();
            let same = wanted.trim().is_empty()
                || wanted.chars().any(is_ambiguous)
                || here.cell(row, col)?.contents() == stands;
            (!same).then(|| (row, col, wanted.to_owned()))
        });
        wrong.collect()
    }
}

fn is_line(c: char) -> bool {
    matches!(c, '─'..='╿')
}

/// Lines, and the dot that stands in names.
fn is_ambiguous(c: char) -> bool {
    is_line(c) || c == '·'
}

/// Lines and dots two cells wide.
fn lines_wide(c: char) -> char {
    if is_ambiguous(c) { '一' } else { c }
}

/// Chinese one cell wide: each character another letter of one cell.
fn chinese_narrow(c: char) -> char {
    match c {
        '\u{2E80}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF60}' => char::from_u32(0x3B1 + u32::from(c) % 25).unwrap(),
        c => c,
    }
}

#[test]
fn a_width_that_is_told_late_is_used_late() {
    let county = County::new();
    let size = (120, 40);
    let mut desk = county.desk_with("xian1-jb", &[], &[], size.0, size.1);
    let before = desk.wait_for(|screen| screen.contains('│') && screen.contains("经手"), "a border of lines");
    let said = "把制表符等字符画成两格宽";
    assert!(!before.contains(said), "{before}");
    // Beside the case the counter is not the last of its row.
    let row_of = |desk: &Desk, at: u32| desk.wait_text(&format!(" {at}/204"));
    desk.send("j");
    row_of(&desk, 2);
    let other = Other::fed(&desk.sent(), size, lines_wide);
    let answers = other.answers();
    assert!(answers.contains(&"\x1b[2;5R".to_owned()) && answers.contains(&"\x1b[3;5R".to_owned()), "{answers:?}");
    assert!(!desk.look(|screen| other.displaced(screen)).is_empty(), "no width mattered");
    // Long after they were asked for, and in one piece with a key.
    desk.send(&format!("j{}", answers.concat()));
    desk.wait_text(said);
    let after = row_of(&desk, 3);
    assert!(!after.chars().any(is_line) && after.contains('|'), "{after}");
    let other = Other::fed(&desk.sent(), size, lines_wide);
    assert_eq!(desk.look(|screen| other.displaced(screen)), [], "{after}");
    desk.send("j");
    let later = row_of(&desk, 4);
    assert!(!later.contains(said) && !later.chars().any(is_line), "{later}");
    let other = Other::fed(&desk.sent(), size, lines_wide);
    assert_eq!(desk.look(|screen| other.displaced(screen)), [], "{later}");
}

#[test]
fn wide_characters_that_are_not_wide_are_placed_one_by_one_from_then_on() {
    let county = County::new();
    let size = (80, 24);
    let mut desk = county.desk("xian1-jb");
    desk.wait_counter(1, 204);
    let other = Other::fed(&desk.sent(), size, chinese_narrow);
    assert!(other.answers().contains(&"\x1b[3;3R".to_owned()), "{:?}", other.answers());
    assert!(!desk.look(|screen| other.displaced(screen)).is_empty(), "no width mattered");
    desk.send(&other.answers().concat());
    desk.wait_text("已逐字定位光标");
    let before = desk.sent().len();
    for (key, counter) in [("j", 2), ("j", 3), ("G", 204), ("g", 1)] {
        desk.send(key);
        desk.wait_counter(counter, 204);
        let other = Other::fed(&desk.sent(), size, chinese_narrow);
        assert_eq!(desk.look(|screen| other.displaced(screen)), [], "{key}\n{}", desk.screen());
    }
    assert_eq!(runs(&desk.sent()[before..]), 0, "a character was not placed");
}

#[test]
fn frames_are_bracketed_only_once_the_terminal_says_that_it_can() {
    let county = County::new();
    let mut desk = county.desk("xian1-jb");
    desk.wait_counter(1, 204);
    desk.send("G");
    desk.wait_counter(204, 204);
    assert!(!sequences(&desk.sent()).contains("?2026h"), "it never said so");
    desk.send("\x1b[?2026;2$y");
    desk.send("g");
    desk.wait_counter(1, 204);
    let seen = sequences(&desk.sent());
    assert!(seen.contains("?2026h") && seen.contains("?2026l"), "{seen:?}");
    let before = desk.sent().len();
    desk.send("j");
    desk.wait_counter(2, 204);
    assert!(!sequences(&desk.sent()[before..]).contains("?2026h"), "a row is not worth it");
}

#[test]
fn a_window_that_is_too_small_from_the_first_says_so() {
    let county = County::new();
    let mut desk = Desk::start(&["--data", county.store.data_arg(), "--as", "xian1-jb"], &[], 60, 20);
    let said = desk.wait_text("窗口太小");
    assert!(said.contains("80 列 24 行") && said.contains("60 列 20 行"), "{said}");
    desk.resize(80, 24);
    desk.wait_text("[我的待办 204]");
    desk.wait_gone("窗口太小");
}
