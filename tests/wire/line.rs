//! A desk whose frames go over a counted line to a terminal model.

use crate::desk_county::{self, claim_by};
use crate::desk_sim::Sim;
use std::num::NonZeroU16;
use xueji::app::Look;
use xueji::model::Post;
use xueji::term::{Kind, Lean, Surface};
use xueji::wire::QueueRow;

/// The line.
pub(crate) struct Line {
    surface: Surface<Vec<u8>>,
    model: vt100::Parser,
    /// What the last frame was.
    pub(crate) last: Vec<u8>,
}

/// The second half of a wide character, which takes no bytes.
const TAIL: &str = "<";

/// What a frame took, and what its changed places alone take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) bytes: usize,
    pub(crate) least: usize,
}

impl Line {
    pub(crate) fn new(kind: Kind, cols: u16, rows: u16) -> Line {
        let size = |n| NonZeroU16::new(n).unwrap();
        Line {
            surface: Surface::new(Lean::of_size(Vec::new(), kind, cols, rows)).unwrap(),
            model: vt100::Parser::new(size(rows), size(cols), 0),
            last: Vec::new(),
        }
    }

    /// Draws the desk as it is.
    pub(crate) fn draw(&mut self, sim: &Sim) -> Cost {
        let before = self.places();
        self.surface
            .draw(|frame| {
                xueji::view::draw(&sim.app, frame);
            })
            .unwrap();
        self.last = std::mem::take(self.surface.lean().out());
        self.model.process(&self.last);
        let changed = self.places().into_iter().zip(before).filter(|(now, before)| now != before);
        let bytes = |text: &str| if text == TAIL { 0 } else { text.len().max(1) };
        Cost { bytes: self.last.len(), least: changed.map(|((text, _), _)| bytes(&text)).sum() }
    }

    /// What stands in every place, and how.
    fn places(&self) -> Vec<(String, String)> {
        let screen = self.model.screen();
        let (rows, cols) = screen.size();
        let cell = |row, col| {
            let cell = screen.cell(row, col).unwrap();
            if cell.is_wide_continuation() {
                return (TAIL.to_owned(), String::new());
            }
            let look = format!("{:?}{:?}{}{}", cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.inverse());
            let blank = cell.contents().trim().is_empty();
            let seen = format!("{:?}{}", cell.bgcolor(), cell.inverse());
            (cell.contents().trim().to_owned(), if blank { seen } else { look })
        };
        let place = |row| (0..cols.get()).map(move |col| (row, col));
        (0..rows.get()).flat_map(place).map(|(row, col)| cell(row, col)).collect()
    }

    pub(crate) fn screen(&self) -> String {
        let (_, cols) = self.model.screen().size();
        self.model.screen().rows(0, cols.get()).collect::<Vec<_>>().join("\n")
    }
}

/// A row in which every column is as full as Chinese makes it, and no two are alike: a name of four characters, a
/// school that has to be cut, a step; one row in four is in a colleague's hands.
pub(crate) fn full(n: u32) -> QueueRow {
    let mut row = desk_county::row(n);
    let nth = |from: &str, by: u32| from.chars().nth((n * by) as usize % from.chars().count()).unwrap();
    row.student_name = format!("演练{}{}", nth("赵钱孙李周吴郑王冯陈褚卫蒋", 1), nth("芳伟娜敏静丽强磊军洋勇", 3));
    row.school = format!("演练{}市{}业职业技术学校", nth("东西南北中新", 1), nth("工农商林渔", 1));
    row.arrived = desk_county::at(&format!("2025-09-{:02}T10:20", 10 + n % 20));
    row.claim = n.is_multiple_of(4).then(|| claim_by(["演练李四", "演练王五"][n as usize / 4 % 2]));
    row
}

/// A desk on 300 full rows.
pub(crate) fn desk(look: Look, cols: u16, rows: u16) -> Sim {
    let me = desk_county::me("xian-jb", "演练张三", &[Post::Handler], false);
    Sim::with(look, cols, rows, me, (1..=300).map(full).collect())
}
