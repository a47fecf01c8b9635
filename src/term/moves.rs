//! Where the cursor is, and the fewest bytes that bring it somewhere else.

use super::kind::Kind;
use super::push_number;

/// Where the terminal's cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// Not known.
    Unknown,
    /// In this column and row, counted from 0.
    Known(u16, u16),
    /// In this row behind its last column. Terminals differ in where that is; the left edge is where it was.
    Edge(u16),
    /// In this row, after a character whose width terminals disagree on.
    Somewhere(u16),
}

/// Writes the shortest way from where the cursor is to a place.
pub(super) fn go(kind: &Kind, from: At, x: u16, y: u16, out: &mut Vec<u8>) {
    if from == At::Known(x, y) {
        return;
    }
    let mut best = Vec::with_capacity(8);
    absolute(x, y, &mut best);
    let mut consider = |way: Vec<u8>| {
        if way.len() < best.len() {
            best = way;
        }
    };
    let start = match from {
        At::Unknown => None,
        At::Known(at, row) => {
            let mut way = Vec::new();
            if down_or_up(kind, row, y, &mut way) && sideways(kind, at, x, &mut way) {
                consider(way);
            }
            Some(row)
        }
        At::Edge(row) | At::Somewhere(row) => Some(row),
    };
    // By the left edge, which is the left edge wherever the cursor was in its row.
    if let Some(row) = start {
        let mut way = vec![b'\r'];
        if down_or_up(kind, row, y, &mut way) && sideways(kind, 0, x, &mut way) {
            consider(way);
        }
        if kind.columns && row == y && !matches!(from, At::Edge(_)) {
            let mut way = Vec::new();
            one(b'G', x + 1, &mut way);
            consider(way);
        }
    }
    out.extend_from_slice(&best);
}

fn absolute(x: u16, y: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if y > 0 {
        push_number(out, u32::from(y) + 1);
    }
    if x > 0 {
        out.push(b';');
        push_number(out, u32::from(x) + 1);
    }
    out.push(b'H');
}

/// One sequence with one number, which is left out where it is 1.
pub(super) fn one(letter: u8, n: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if n != 1 {
        push_number(out, u32::from(n));
    }
    out.push(letter);
}

/// Writes the shortest way to another row; the column stays. Line feeds never reach beyond the last row, so they
/// never scroll.
fn down_or_up(kind: &Kind, from: u16, to: u16, out: &mut Vec<u8>) -> bool {
    if from == to {
        return true;
    }
    let mut best = Vec::new();
    let (letter, by) = if to > from { (b'B', to - from) } else { (b'A', from - to) };
    one(letter, by, &mut best);
    if to > from && usize::from(by) < best.len() {
        best = vec![b'\n'; usize::from(by)];
    }
    if kind.columns {
        let mut row = Vec::new();
        one(b'd', to + 1, &mut row);
        if row.len() < best.len() {
            best = row;
        }
    }
    out.extend_from_slice(&best);
    true
}

/// Writes the shortest way to another column of the same row.
fn sideways(kind: &Kind, from: u16, to: u16, out: &mut Vec<u8>) -> bool {
    if from == to {
        return true;
    }
    if to == 0 {
        out.push(b'\r');
        return true;
    }
    let mut best = Vec::new();
    let (letter, by) = if to > from { (b'C', to - from) } else { (b'D', from - to) };
    one(letter, by, &mut best);
    if to < from && usize::from(by) < best.len() {
        best = vec![0x08; usize::from(by)];
    }
    if kind.columns {
        let mut column = Vec::new();
        one(b'G', to + 1, &mut column);
        if column.len() < best.len() {
            best = column;
        }
    }
    out.extend_from_slice(&best);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(kind: &Kind, from: At, x: u16, y: u16) -> String {
        let mut out = Vec::new();
        go(kind, from, x, y, &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn the_shortest_of_all_ways() {
        let xterm = Kind::named("xterm");
        for (from, x, y, want) in [
            (At::Known(3, 4), 3, 4, ""),
            (At::Unknown, 0, 0, "^[H"),
            (At::Unknown, 0, 9, "^[10H"),
            (At::Unknown, 9, 0, "^[;10H"),
            (At::Unknown, 9, 9, "^[10;10H"),
            (At::Known(70, 4), 0, 5, "\n\r"),
            (At::Edge(4), 0, 5, "\r\n"),
            (At::Edge(4), 0, 4, "\r"),
            (At::Known(7, 4), 7, 6, "\n\n"),
            (At::Known(7, 4), 5, 4, "\x08\x08"),
            (At::Known(7, 4), 8, 4, "^[C"),
            (At::Known(7, 4), 19, 4, "^[12C"),
            (At::Known(7, 4), 7, 3, "^[A"),
            (At::Known(7, 8), 7, 3, "^[5A"),
            (At::Known(7, 18), 7, 3, "^[4d"),
            (At::Edge(4), 40, 4, "\r^[40C"),
            (At::Somewhere(4), 40, 4, "^[41G"),
            (At::Somewhere(4), 1, 5, "\r\n^[C"),
        ] {
            assert_eq!(way(&xterm, from, x, y), want, "{from:?} to {x},{y}");
        }
        let vt = Kind::named("vt220");
        assert_eq!(way(&vt, At::Known(7, 4), 19, 4), "^[12C");
        assert_eq!(way(&vt, At::Known(7, 8), 7, 3), "^[5A");
        assert_eq!(way(&vt, At::Somewhere(4), 40, 4), "\r^[40C");
    }
}
