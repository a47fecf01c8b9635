//! Any sequence of frames leaves the screen that a full repaint leaves, and takes no more bytes than ratatui's own back
//! end does.

use proptest::prelude::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZeroU16;
use xueji::term::{Kind, Lean, Surface};

/// What a frame changes.
#[derive(Debug, Clone)]
enum Change {
    /// Writes a text.
    Text { x: u16, y: u16, text: String, style: Style },
    /// Gives a stretch another style, as a selection bar does.
    Restyle { y: u16, from: u16, to: u16, style: Style },
    /// Moves rows, as a list does.
    Scroll { top: u16, bottom: u16, by: i16 },
    /// Empties a rectangle.
    Empty { x: u16, y: u16, width: u16, height: u16 },
    /// Another size; only ever between frames.
    Resize { cols: u16, rows: u16 },
    /// Where the cursor is shown.
    Cursor(Option<(u16, u16)>),
}

fn symbols() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[休学转专业演练一县教育局逾期日]{1,12}",
        3 => "[ a-z0-9:-]{1,16}",
        2 => " {1,30}",
        1 => "[─│·—…]{1,12}",
        1 => "=={4,20}",
        1 => "(é|ñ|e\u{301}|休|葛\u{E0100}|𬭎|𠮷){1,5}",
    ]
}

fn styles() -> impl Strategy<Value = Style> {
    let colour = || {
        prop_oneof![
            4 => Just(None),
            1 => Just(Some(Color::Reset)),
            1 => Just(Some(Color::Red)),
            1 => Just(Some(Color::White)),
            1 => (0u8..=255).prop_map(|n| Some(Color::Indexed(n))),
            1 => Just(Some(Color::Rgb(0, 95, 175))),
        ]
    };
    let bits = prop_oneof![
        4 => Just(Modifier::empty()),
        1 => Just(Modifier::BOLD),
        1 => Just(Modifier::REVERSED),
        1 => Just(Modifier::UNDERLINED),
        1 => Just(Modifier::BOLD | Modifier::DIM | Modifier::ITALIC),
    ];
    (colour(), colour(), bits).prop_map(|(fg, bg, bits)| Style { fg, bg, ..Style::new().add_modifier(bits) })
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => (0u16..40, 0u16..12, symbols(), styles())
            .prop_map(|(x, y, text, style)| Change::Text { x, y, text, style }),
        3 => (0u16..12, 0u16..40, 0u16..40, styles())
            .prop_map(|(y, from, to, style)| Change::Restyle { y, from, to, style }),
        3 => (0u16..12, 0u16..12, -5i16..5).prop_map(|(top, bottom, by)| Change::Scroll { top, bottom, by }),
        2 => (0u16..40, 0u16..12, 1u16..40, 1u16..6)
            .prop_map(|(x, y, width, height)| Change::Empty { x, y, width, height }),
        1 => (2u16..40, 2u16..12).prop_map(|(cols, rows)| Change::Resize { cols, rows }),
        1 => proptest::option::of((0u16..40, 0u16..12)).prop_map(Change::Cursor),
    ]
}

/// What the application draws.
struct Picture {
    buffer: Buffer,
    cursor: Option<(u16, u16)>,
}

impl Picture {
    fn apply(&mut self, change: &Change) {
        let area = self.buffer.area;
        let inside = |n: u16, size: u16| n.min(size - 1);
        match change {
            Change::Text { x, y, text, style } => {
                let (x, y) = (inside(*x, area.width), inside(*y, area.height));
                // A buffer is to be well formed: no half of a wide character stays.
                self.whole(x, y);
                let (end, _) = self.buffer.set_stringn(x, y, text, usize::MAX, *style);
                if end < area.width {
                    self.whole(end, y);
                }
            }
            Change::Restyle { y, from, to, style } => {
                let (from, to) = (inside(*from.min(to), area.width), inside(*from.max(to), area.width));
                self.buffer.set_style(Rect::new(from, inside(*y, area.height), to - from + 1, 1), *style);
            }
            Change::Scroll { top, bottom, by } => {
                let (top, bottom) = (inside(*top.min(bottom), area.height), inside(*top.max(bottom), area.height));
                let old = self.buffer.clone();
                for y in top..=bottom {
                    let from = i32::from(y) + i32::from(*by);
                    for x in 0..area.width {
                        self.buffer[(x, y)] = if (i32::from(top)..=i32::from(bottom)).contains(&from) {
                            old[(x, from as u16)].clone()
                        } else {
                            Default::default()
                        };
                    }
                }
            }
            Change::Empty { x, y, width, height } => {
                for y in *y..(y + height).min(area.height) {
                    for x in *x..(x + width).min(area.width) {
                        self.whole(x, y);
                        self.buffer[(x, y)].reset();
                    }
                }
            }
            Change::Resize { cols, rows } => {
                self.buffer = Buffer::empty(Rect::new(0, 0, *cols, *rows));
                self.cursor = None;
            }
            Change::Cursor(at) => {
                self.cursor = at.map(|(x, y)| (inside(x, area.width), inside(y, area.height)));
            }
        }
    }

    /// Takes the wide character away whose second half stands here.
    fn whole(&mut self, x: u16, y: u16) {
        use unicode_width::UnicodeWidthStr;
        if x > 0 && self.buffer[(x - 1, y)].symbol().width() == 2 {
            self.buffer[(x - 1, y)].set_symbol(" ");
        }
    }
}

fn terminal(cols: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap(), 0)
}

/// Bytes for one frame as ratatui's terminal drives a back end.
fn frame<B: Backend>(backend: &mut B, old: &Buffer, picture: &Picture)
where
    B::Error: std::fmt::Debug,
{
    backend.draw(old.diff(&picture.buffer).into_iter()).unwrap();
    match picture.cursor {
        Some((x, y)) => {
            backend.show_cursor().unwrap();
            backend.set_cursor_position(Position::new(x, y)).unwrap();
        }
        None => backend.hide_cursor().unwrap(),
    }
    backend.flush().unwrap();
}

/// What can be seen of a place: on a blank, neither the colour of a text nor its weight.
fn seen(screen: &vt100::Screen, row: u16, col: u16) -> (String, Vec<String>) {
    let cell = screen.cell(row, col).unwrap();
    if cell.is_wide_continuation() {
        return (String::new(), vec![]);
    }
    let text = if cell.contents().is_empty() { " ".to_owned() } else { cell.contents().to_owned() };
    let mut look = vec![format!("{:?} {:?} {:?}", cell.bgcolor(), cell.inverse(), cell.underline())];
    if text != " " || cell.inverse() || cell.underline() {
        look.push(format!("{:?}", cell.fgcolor()));
    }
    if text != " " || cell.inverse() {
        look.push(format!("{:?} {:?} {:?}", cell.bold(), cell.dim(), cell.italic()));
    }
    (text, look)
}

fn same(ours: &vt100::Screen, whole: &vt100::Screen) -> Result<(), TestCaseError> {
    prop_assert_eq!(ours.size(), whole.size());
    let (rows, cols) = ours.size();
    for row in 0..rows.get() {
        for col in 0..cols.get() {
            prop_assert_eq!(seen(ours, row, col), seen(whole, row, col), "at {},{}", row, col);
        }
    }
    prop_assert_eq!(ours.hide_cursor(), whole.hide_cursor());
    if !whole.hide_cursor() {
        prop_assert_eq!(ours.cursor_position(), whole.cursor_position());
    }
    Ok(())
}

fn play(kind: &Kind, frames: &[Vec<Change>], bounded: bool) -> Result<(), TestCaseError> {
    play_spoiled(kind, frames, bounded, &|sent| sent)
}

/// The same with every frame spoiled on its way, so that it can be seen that what is wrong is found.
fn play_spoiled(
    kind: &Kind,
    frames: &[Vec<Change>],
    bounded: bool,
    spoil: &dyn Fn(String) -> String,
) -> Result<(), TestCaseError> {
    let (mut cols, mut rows) = (40, 12);
    let mut picture = Picture { buffer: Buffer::empty(Rect::new(0, 0, cols, rows)), cursor: None };
    let mut lean = Surface::new(Lean::of_size(Vec::new(), kind.clone(), cols, rows)).unwrap();
    // The stock back end keeps no state between frames.
    let mut stock = Vec::new();
    let mut ours = terminal(cols, rows);
    let mut theirs = terminal(cols, rows);
    theirs.process(b"\x1b[?25l");
    ours.process(b"\x1b[?25l");
    for changes in frames {
        let mut old = picture.buffer.clone();
        for change in changes {
            picture.apply(change);
        }
        if picture.buffer.area != old.area {
            (cols, rows) = (picture.buffer.area.width, picture.buffer.area.height);
            old = Buffer::empty(picture.buffer.area);
            for screen in [&mut ours, &mut theirs] {
                screen.screen_mut().set_size(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap());
            }
            lean.lean().resize(cols, rows);
            CrosstermBackend::new(&mut stock).clear().unwrap();
            theirs.process(&stock);
        }
        lean.lean().out().clear();
        lean.draw(|frame| {
            frame.buffer_mut().content.clone_from_slice(&picture.buffer.content);
            if let Some(cursor) = picture.cursor {
                frame.set_cursor_position(cursor);
            }
        })
        .unwrap();
        let sent = spoil(String::from_utf8(lean.lean().out().clone()).unwrap()).into_bytes();
        stock.clear();
        frame(&mut CrosstermBackend::new(&mut stock), &old, &picture);
        ours.process(&sent);
        theirs.process(&stock);
        let mut whole = terminal(cols, rows);
        let mut full = Vec::new();
        frame(&mut CrosstermBackend::new(&mut full), &Buffer::empty(picture.buffer.area), &picture);
        whole.process(&full);
        same(ours.screen(), whole.screen())?;
        // Under halves of wide characters the stock back end leaves colours standing. What is wrong is no measure.
        let right = same(theirs.screen(), whole.screen()).is_ok();
        prop_assert!(
            !(bounded && right) || sent.len() <= stock.len(),
            "{:?}\n{:?}",
            String::from_utf8_lossy(&sent),
            String::from_utf8_lossy(&stock)
        );
    }
    Ok(())
}

fn stories() -> impl Strategy<Value = Vec<Vec<Change>>> {
    proptest::collection::vec(proptest::collection::vec(changes(), 1..6), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_an_xterm(frames in stories()) {
        play(&Kind::named("xterm-256color"), &frames, true)?;
        // And where it says that it repeats characters.
        play(&Kind::named("xterm-256color").repeating(), &frames, true)?;
    }

    #[test]
    fn on_a_vt220_and_on_nothing_known(frames in stories(), term in prop_oneof![Just("vt220"), Just("what"), Just("linux"), Just("screen"), Just("tmux")]) {
        play(&Kind::named(term), &frames, true)?;
    }

    #[test]
    fn with_care_on_terminals_whose_widths_differ(frames in stories()) {
        play(&Kind::named("xterm").careful(), &frames, false)?;
    }
}

/// A list that scrolls, a bar that moves over it, a row that ends early, another size, a cursor.
fn a_day() -> Vec<Vec<Change>> {
    let plain = Style::new();
    let bar = Style::new().add_modifier(Modifier::REVERSED);
    let row = |y: u16, n: u16| Change::Text {
        x: 0,
        y,
        text: format!("{n:03} 演练第{n}中等专业学校 é e\u{301} 休学 10-{n:02}"),
        style: plain,
    };
    let list = |from: u16| (0..12).map(move |y| row(y, from + y)).collect::<Vec<_>>();
    let mut scrolled = vec![Change::Scroll { top: 2, bottom: 11, by: 1 }];
    scrolled.push(row(11, 40));
    let over = |y| vec![Change::Restyle { y, from: 0, to: 39, style: bar }, Change::Cursor(Some((4, y)))];
    let short = vec![Change::Empty { x: 6, y: 3, width: 34, height: 2 }];
    let smaller = [vec![Change::Resize { cols: 32, rows: 10 }], list(50)].concat();
    vec![list(1), over(5), scrolled, short, over(7), smaller, over(2)]
}

/// What is wrong, and how a frame comes to be so.
type Spoiler = (&'static str, fn(String) -> String);

#[test]
fn what_is_wrong_in_a_frame_is_found() {
    let kind = Kind::named("xterm-256color");
    play(&kind, &a_day(), true).unwrap();
    let spoilers: [Spoiler; 9] = [
        ("a scroll that goes one row too far", |sent| sent.replace("\x1b[S", "\x1b[2S").replace("\x1b[M", "\x1b[2M")),
        ("margins that are not set", |sent| sent.replace("\x1b[3;12r", "")),
        ("an erasing that is left out", |sent| sent.replace("\x1b[K", "").replace("\x1b[J", "")),
        ("a bar that is not drawn", |sent| sent.replace("\x1b[7m", "")),
        ("a bar that does not end", |sent| sent.replace("\x1b[27m", "").replace("\x1b[m", "")),
        ("a character that is another", |sent| sent.replacen('校', "校校", 1)),
        ("an accent that is lost", |sent| sent.replace('\u{301}', "")),
        ("a cursor that stays hidden", |sent| sent.replace("\x1b[?25h", "")),
        ("bytes for nothing", |sent| sent + &"\x1b[0m".repeat(400)),
    ];
    for (what, spoil) in spoilers {
        assert!(play_spoiled(&kind, &a_day(), true, &spoil).is_err(), "{what}: nobody noticed");
    }
}
