//! A screen as a picture: each cell placed by its column, wide cells two columns long.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

const CELL: usize = 8;
const LINE: usize = 20;
const PAPER: &str = "#10151c";
const INK: &str = "#d6dde6";

/// The picture of a buffer.
pub(crate) fn svg(buffer: &Buffer, title: &str) -> String {
    let area = buffer.area;
    let (w, h) = (usize::from(area.width) * CELL + 2 * CELL, usize::from(area.height) * LINE + LINE);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         font-family=\"'Sarasa Mono SC','Noto Sans Mono CJK SC','WenQuanYi Zen Hei Mono',monospace\" font-size=\"16\">"
    );
    let _ = writeln!(out, "<title>{}</title>", escaped(title));
    let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" rx=\"6\" fill=\"{PAPER}\"/>");
    for y in area.top()..area.bottom() {
        line(buffer, y, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

/// Runs of equal cells share an element; a wide character has its own, two columns long.
fn line(buffer: &Buffer, y: u16, out: &mut String) {
    let area = buffer.area;
    let top = usize::from(y) * LINE + LINE / 2;
    let mut x = area.left();
    while x < area.right() {
        let cell = &buffer[(x, y)];
        let mut text = String::new();
        let start = x;
        let wide = xueji::text::width(cell.symbol()) > 1;
        while x < area.right() {
            let next = &buffer[(x, y)];
            let next_wide = xueji::text::width(next.symbol()) > 1;
            if look(next) != look(cell) || next_wide != wide || (wide && x > start) {
                break;
            }
            text.push_str(next.symbol());
            x += if next_wide { 2 } else { 1 };
        }
        let (ink, paper, bold, underlined) = look(cell);
        let left = usize::from(start) * CELL + CELL;
        let cells = usize::from(x - start);
        if paper != PAPER {
            let _ = writeln!(
                out,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{LINE}\" fill=\"{paper}\"/>",
                cells * CELL
            );
        }
        if text.trim().is_empty() && !underlined {
            continue;
        }
        let _ = write!(out, "<text x=\"{left}\" y=\"{}\" textLength=\"{}\" ", top + 15, cells * CELL);
        let _ = write!(out, "lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{ink}\"");
        if bold {
            out.push_str(" font-weight=\"bold\"");
        }
        if underlined {
            out.push_str(" text-decoration=\"underline\"");
        }
        let _ = writeln!(out, ">{}</text>", escaped(&text));
    }
}

fn look(cell: &Cell) -> (String, String, bool, bool) {
    let has = |modifier| cell.modifier.contains(modifier);
    let (mut ink, mut paper) = (colour(cell.fg, INK), colour(cell.bg, PAPER));
    if has(Modifier::REVERSED) {
        std::mem::swap(&mut ink, &mut paper);
    }
    (ink, paper, has(Modifier::BOLD), has(Modifier::UNDERLINED))
}

fn colour(colour: Color, reset: &str) -> String {
    match colour {
        Color::Reset => reset.to_owned(),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Black => "#000000".into(),
        Color::Red | Color::LightRed => "#ff5f5f".into(),
        Color::Yellow | Color::LightYellow => "#ffd75f".into(),
        Color::Blue => "#005faf".into(),
        Color::Cyan | Color::LightCyan => "#5fd7d7".into(),
        // The cube of 216 and the greys behind it, as every terminal of 256 colours has them.
        Color::Indexed(n @ 232..) => {
            let grey = 8 + 10 * (u32::from(n) - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        Color::Indexed(n @ 16..232) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * u32::from(n) };
            let n = n - 16;
            format!("#{:02x}{:02x}{:02x}", level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        Color::DarkGray => "#8a8a8a".into(),
        Color::White => "#ffffff".into(),
        other => format!("{other:?}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
