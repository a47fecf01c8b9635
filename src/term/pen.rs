//! Colours and attributes of what is written next (SGR), and the shortest way from one set to another.

use super::push_number;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Attributes that can be seen on a blank.
const ON_BLANK: Modifier = Modifier::UNDERLINED.union(Modifier::CROSSED_OUT).union(Modifier::REVERSED);

/// How something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    bits: Modifier,
}

/// Attribute, code that turns it on, code that turns it off. Bold and dim are turned off together.
const CODES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// As the terminal writes by itself.
    pub(super) const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, bits: Modifier::empty() };

    pub(super) fn of(cell: &Cell) -> Pen {
        Pen { fg: cell.fg, bg: cell.bg, bits: cell.modifier }
    }

    /// Of this pen, what can be seen on a blank. Under reverse video everything can: the foreground is what shows.
    pub(super) fn on_blank(self) -> Pen {
        if self.bits.contains(Modifier::REVERSED) {
            return self;
        }
        let bits = self.bits & ON_BLANK;
        // A line through a blank has the colour of the text.
        let fg = if bits.is_empty() { Color::Reset } else { self.fg };
        Pen { fg, bg: self.bg, bits }
    }

    /// Whether blanks written with this pen look like blanks written with the other.
    pub(super) fn blanks_like(self, other: Pen) -> bool {
        self.on_blank() == other.on_blank()
    }

    /// With what to write a blank that is to look like one of this pen, where the terminal writes with `from`: what cannot
    /// be seen on a blank may stay as it is, if that is shorter.
    pub(super) fn for_blank(self, from: Pen) -> Pen {
        let bare = self.on_blank();
        if !bare.bits.is_empty() {
            return bare;
        }
        let kept = Pen { fg: from.fg, bg: bare.bg, bits: from.bits - ON_BLANK };
        let cost = |pen: Pen| {
            let mut out = Vec::new();
            pen.write(Some(from), &mut out);
            out.len()
        };
        if cost(kept) < cost(bare) { kept } else { bare }
    }

    /// Whether erasing leaves what writing blanks leaves: nothing that only a written blank has, and a background only
    /// where the terminal erases with it (`bce`).
    pub(super) fn erases(self, with_background: bool) -> bool {
        (self.bits & ON_BLANK).is_empty() && (with_background || self.bg == Color::Reset)
    }

    /// The pen that a terminal is to have before it scrolls or erases: no background of its own.
    pub(super) fn has_background(self) -> bool {
        self.bg != Color::Reset
    }

    /// Writes the shortest sequence that makes a terminal with the pen `from` write with this one; `None` is a
    /// terminal of which nothing is known.
    pub(super) fn write(self, from: Option<Pen>, out: &mut Vec<u8>) {
        if from == Some(self) {
            return;
        }
        // No parameter at all is a reset, which is all that the plain pen needs.
        let mut anew = Codes::default();
        if self != Pen::PLAIN {
            anew.push(&[0]);
            anew.attributes(self.bits);
            anew.colours(self, Pen::PLAIN);
        }
        let best = match from {
            Some(from) => {
                let step = Codes::step(from, self);
                if step.0.len() < anew.0.len() { step } else { anew }
            }
            None => anew,
        };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(&best.0);
        out.push(b'm');
    }
}

/// The parameters of one sequence.
#[derive(Default)]
struct Codes(Vec<u8>);

impl Codes {
    fn push(&mut self, codes: &[u8]) {
        for code in codes {
            if !self.0.is_empty() {
                self.0.push(b';');
            }
            push_number(&mut self.0, u32::from(*code));
        }
    }

    /// Only what differs.
    fn step(from: Pen, to: Pen) -> Codes {
        let mut codes = Codes::default();
        let mut gone = from.bits - to.bits;
        let mut new = to.bits - from.bits;
        for (bit, _, off) in CODES {
            if gone.contains(bit) {
                codes.push(&[off]);
                // What the same code turns off with it is turned on again.
                for (other, _, same) in CODES {
                    if same == off {
                        gone -= other;
                        new |= to.bits & other;
                    }
                }
            }
        }
        codes.attributes(new);
        codes.colours(to, from);
        codes
    }

    fn attributes(&mut self, bits: Modifier) {
        for (bit, on, _) in CODES {
            if bits.contains(bit) {
                self.push(&[on]);
            }
        }
    }

    fn colours(&mut self, to: Pen, from: Pen) {
        if to.fg != from.fg {
            self.colour(to.fg, 30);
        }
        if to.bg != from.bg {
            self.colour(to.bg, 40);
        }
    }

    /// `base` is 30 for what is written, 40 for what it is written on.
    fn colour(&mut self, colour: Color, base: u8) {
        let bright = base + 60;
        match colour {
            Color::Reset => self.push(&[base + 9]),
            Color::Black => self.push(&[base]),
            Color::Red => self.push(&[base + 1]),
            Color::Green => self.push(&[base + 2]),
            Color::Yellow => self.push(&[base + 3]),
            Color::Blue => self.push(&[base + 4]),
            Color::Magenta => self.push(&[base + 5]),
            Color::Cyan => self.push(&[base + 6]),
            Color::Gray => self.push(&[base + 7]),
            Color::DarkGray => self.push(&[bright]),
            Color::LightRed => self.push(&[bright + 1]),
            Color::LightGreen => self.push(&[bright + 2]),
            Color::LightYellow => self.push(&[bright + 3]),
            Color::LightBlue => self.push(&[bright + 4]),
            Color::LightMagenta => self.push(&[bright + 5]),
            Color::LightCyan => self.push(&[bright + 6]),
            Color::White => self.push(&[bright + 7]),
            Color::Indexed(n) => self.push(&[base + 8, 5, n]),
            Color::Rgb(r, g, b) => self.push(&[base + 8, 2, r, g, b]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(fg: Color, bg: Color, bits: Modifier) -> Pen {
        Pen { fg, bg, bits }
    }

    fn sent(from: Option<Pen>, to: Pen) -> String {
        let mut out = Vec::new();
        to.write(from, &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "")
    }

    #[test]
    fn the_shortest_way() {
        let red = pen(Color::Red, Color::Reset, Modifier::BOLD);
        let bar = pen(Color::White, Color::Blue, Modifier::BOLD);
        let none = Modifier::empty();
        for (from, to, want) in [
            (Some(Pen::PLAIN), Pen::PLAIN, ""),
            (Some(red), Pen::PLAIN, "[m"),
            (None, Pen::PLAIN, "[m"),
            (Some(Pen::PLAIN), red, "[1;31m"),
            (None, red, "[0;1;31m"),
            (Some(red), bar, "[97;44m"),
            (Some(bar), red, "[31;49m"),
            (Some(red), pen(Color::Red, Color::Reset, none), "[22m"),
            (Some(pen(Color::Red, Color::Reset, Modifier::BOLD | Modifier::DIM)), red, "[22;1m"),
            (Some(red), pen(Color::Indexed(245), Color::Reset, none), "[0;38;5;245m"),
            (Some(Pen::PLAIN), pen(Color::Rgb(1, 22, 255), Color::Reset, none), "[38;2;1;22;255m"),
            (Some(pen(Color::Reset, Color::Reset, Modifier::REVERSED)), red, "[0;1;31m"),
        ] {
            assert_eq!(sent(from, to), want, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn what_is_not_seen_on_a_blank_stays_where_that_is_shorter() {
        let none = Modifier::empty();
        let bar = pen(Color::Indexed(0), Color::Red, Modifier::REVERSED);
        let red = pen(Color::Reset, Color::Red, none);
        let kept = red.for_blank(bar);
        assert_eq!((kept, sent(Some(bar), kept).as_str()), (pen(Color::Indexed(0), Color::Red, none), "[27m"));
        assert!(kept.blanks_like(red));
        // A reset is shorter than anything that keeps something.
        assert_eq!(Pen::PLAIN.for_blank(pen(Color::White, Color::Blue, Modifier::BOLD)), Pen::PLAIN);
        // Under a line the colour is seen.
        let line = pen(Color::Green, Color::Red, Modifier::UNDERLINED);
        assert_eq!(line.for_blank(bar), line);
    }

    #[test]
    fn erasing_is_writing_blanks_only_where_nothing_shows() {
        let blue = pen(Color::Red, Color::Blue, Modifier::BOLD);
        assert!(Pen::PLAIN.erases(false) && !blue.erases(false) && blue.erases(true));
        let reversed = pen(Color::Reset, Color::Reset, Modifier::REVERSED);
        assert!(!reversed.erases(true));
        assert!(blue.blanks_like(pen(Color::Green, Color::Blue, Modifier::empty())));
        assert!(!blue.blanks_like(Pen::PLAIN));
    }
}
