//! `cargo bench --bench wire`: what goes over the line to the terminal, in bytes, for each thing a clerk does. Beside
//! our bytes stand those of the changed places alone (no back end can send fewer), those of ratatui's own back end for
//! the same frames, and ours behind the compression of `ssh -C`. Rows are full of Chinese. Bytes do not vary; the
//! budgets are asserted by `cargo test --test wire`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench talks and dies"
)]

#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_alerts.rs"]
mod desk_alerts;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_aside.rs"]
mod desk_aside;
#[path = "../support/desk_batches.rs"]
mod desk_batches;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_board.rs"]
mod desk_board;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_calendar.rs"]
mod desk_calendar;
#[path = "../support/desk_county.rs"]
mod desk_county;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_entry.rs"]
mod desk_entry;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_kinds.rs"]
mod desk_kinds;
#[path = "../support/desk_national.rs"]
mod desk_national;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_sim.rs"]
mod desk_sim;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../support/desk_students.rs"]
mod desk_students;
#[path = "../support/desk_system.rs"]
mod desk_system;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../wire/line.rs"]
mod line;

use desk_sim::Sim;
use flate2::{Compress, Compression, FlushCompress};
use line::Line;
use ratatui::Terminal;
use ratatui::TerminalOptions;
use ratatui::Viewport;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use xueji::app::{Depth, Look};
use xueji::model::Post;
use xueji::term::Kind;
use xueji::wire::WhoAmI;

/// Bytes of one thing done, in four counts.
#[derive(Default, Clone, Copy)]
struct Count {
    ours: usize,
    least: usize,
    stock: usize,
    packed: usize,
}

/// Where the stock back end writes.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A desk whose frames are counted.
struct Counted {
    sim: Sim,
    line: Line,
    stock: Terminal<CrosstermBackend<Shared>>,
    stock_out: Shared,
    packer: Compress,
}

impl Counted {
    fn new(sim: Sim, cols: u16, rows: u16) -> Counted {
        let stock_out = Shared::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, cols, rows));
        let backend = CrosstermBackend::new(stock_out.clone());
        let mut counted = Counted {
            sim,
            line: Line::new(Kind::named("xterm-256color"), cols, rows),
            stock: Terminal::with_options(backend, TerminalOptions { viewport }).unwrap(),
            stock_out,
            packer: Compress::new(Compression::new(6), true),
        };
        // As sshd does: the window of what was sent before stands from the first byte on.
        counted.pack(&[]);
        counted
    }

    /// One packet of `ssh -C`.
    fn pack(&mut self, bytes: &[u8]) -> usize {
        if bytes.is_empty() {
            return 0;
        }
        let before = self.packer.total_out();
        let mut out = Vec::with_capacity(bytes.len() * 2 + 256);
        self.packer.compress_vec(bytes, &mut out, FlushCompress::Partial).unwrap();
        (self.packer.total_out() - before) as usize
    }

    fn draw(&mut self) -> Count {
        let cost = self.line.draw(&self.sim);
        self.stock_out.0.borrow_mut().clear();
        self.stock
            .draw(|frame| {
                xueji::view::draw(&self.sim.app, frame);
            })
            .unwrap();
        let frame = self.line.last.clone();
        let stock = self.stock_out.0.borrow().len();
        Count { ours: cost.bytes, least: cost.least, stock, packed: self.pack(&frame) }
    }

    /// Does each in turn and prints the mean.
    fn each(&mut self, name: &str, budget: &str, done: &[&str], mut does: impl FnMut(&mut Sim, &str)) {
        let counts: Vec<Count> = done
            .iter()
            .map(|one| {
                does(&mut self.sim, one);
                self.draw()
            })
            .collect();
        print(name, budget, &counts);
    }

    fn keys(&mut self, name: &str, budget: &str, keys: &[&str]) {
        self.each(name, budget, keys, Sim::keys);
    }

    fn typed(&mut self, name: &str, budget: &str, text: &[&str]) {
        self.each(name, budget, text, |sim, text| {
            sim.text(text);
            sim.rest();
        });
    }

    fn idle(&mut self, name: &str) {
        let drawings = self.sim.drawings;
        self.sim.rest();
        let count = self.draw();
        assert_eq!((count.ours, self.sim.drawings), (0, drawings), "something moved by itself");
        print(name, "0", &[count]);
    }
}

fn print(name: &str, budget: &str, counts: &[Count]) {
    let mean = |of: fn(&Count) -> usize| counts.iter().map(of).sum::<usize>() / counts.len();
    let most = counts.iter().map(|count| count.ours).max().unwrap_or_default();
    let (ours, least, stock, packed) =
        (mean(|count| count.ours), mean(|count| count.least), mean(|count| count.stock), mean(|count| count.packed));
    println!("  {name:<34} {ours:>6} {most:>6} {least:>7} {stock:>6} {packed:>7}  {budget}");
}

fn main() {
    for (cols, rows) in [(80, 24), (120, 40)] {
        let budget = |bytes: &'static str| if cols == 80 { bytes } else { "-" };
        let look = |slow| Look { depth: Depth::Indexed256, slow, ..Look::default() };
        println!("{cols}x{rows}, TERM=xterm-256color: bytes of one operation, mean over several");
        println!("  {:<34} {:>6} {:>6} {:>7} {:>6} {:>7}  budget", "", "bytes", "most", "changed", "stock", "ssh -C");

        let mut queue = Counted::new(line::desk(look(false), cols, rows), cols, rows);
        queue.each("queue: first paint", budget("2500"), &[""], |_, _| {});
        queue.keys("queue: one row down", budget("225"), &["j"; 8]);
        let edge = usize::from(rows) - 5;
        for _ in 8..edge {
            queue.sim.keys("j");
        }
        queue.draw();
        queue.keys("queue: one row down at the edge", budget("270"), &["j"; 8]);
        queue.keys("queue: page down", budget("2250"), &["PgDn"; 4]);
        queue.keys("queue: open the case", budget("1.15 x changed"), &["Enter"]);
        queue.keys("queue: back to the list", "-", &["Esc"]);
        queue.idle("queue: idle");
        let mut slow = Counted::new(line::desk(look(true), cols, rows), cols, rows);
        slow.draw();
        slow.keys("queue: one row down, --link slow", budget("56 + 4 asked"), &["j"; 8]);

        let mut students = Counted::new(line::desk(look(false), cols, rows), cols, rows);
        students.draw();
        students.keys("students: the empty search", "-", &["2"]);
        students.typed("students: a letter, and who fits", "-", &["s"]);
        students.keys("students: one row down", budget("225"), &["Down"; 2]);
        students.keys("students: page down, to the end", budget("2250"), &["PgDn"]);
        students.keys("students: page up, to the start", budget("2250"), &["PgUp"]);
        students.keys("students: open the record", budget("1.15 x changed"), &["Enter"]);
        students.keys("students: back to the list", "-", &["Esc"]);
        students.idle("students: idle");

        let mut form = Counted::new(Sim::with(look(false), cols, rows, school(), vec![]), cols, rows);
        form.draw();
        form.keys("application: open the form", "-", &["n"]);
        form.typed("application: a character searched", "-", &["演", "练"]);
        form.keys("application: choosing", "-", &["Enter", "Enter", "Enter"]);
        form.typed("application: a character typed", budget("40"), &["2", "0", "2", "5"]);
        form.keys("application: next field", "-", &["Tab"; 2]);
        form.idle("application: idle");

        let mut entry = Counted::new(Sim::with(look(false), cols, rows, school(), vec![]), cols, rows);
        entry.draw();
        entry.keys("entry: first paint", budget("2500"), &["3"]);
        entry.each("entry: a character typed", budget("40"), &["演", "练", "新", "生"], Sim::text);
        entry.sim.keys("Enter");
        entry.draw();
        let number: Vec<String> = "41078220100305100".chars().map(String::from).collect();
        let number: Vec<&str> = number.iter().map(String::as_str).collect();
        entry.each("entry: a digit typed", budget("40"), &number, Sim::text);
        entry.typed("entry: the last, and what it says", "-", &["X"]);
        entry.keys("entry: next field (bar)", "-", &["Enter"; 4]);
        entry.keys("entry: the choices of a field", "-", &["F4"]);
        entry.keys("entry: back from the choices", "-", &["Esc"]);
        // As many fields as the screen has rows for, and over their edge.
        let fields = usize::from(rows) - 5;
        entry.keys("entry: next field, over the edge", "-", &vec!["Enter"; fields]);
        entry.keys("entry: all that is wrong", "-", &["Ctrl-S"]);
        entry.idle("entry: idle");
    }
}

/// A clerk who enters students.
fn school() -> WhoAmI {
    desk_county::me("xx-lr", "演练录入", &[Post::Entry], true)
}
