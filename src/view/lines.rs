//! Text that is read: wrapped by display width, with hanging indents, as a list of finished lines.

use crate::text;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Signs that do not begin a line.
const CLOSERS: &str = "，。；：、）！？》”’」』,.;:)!?";

/// A text in lines of at most `columns` cells. Latin words stay whole where a line has room for them, and a line does
/// not begin with a closing sign.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line: Vec<&str> = Vec::new();
        let mut used = 0;
        for grapheme in paragraph.graphemes(true) {
            let cells = text::width(grapheme);
            if used + cells > columns {
                let cut = cut_at(&line, grapheme);
                let rest = line.split_off(cut);
                lines.push(line.concat().trim_end().to_owned());
                line = rest;
                used = line.iter().map(|g| text::width(g)).sum();
                if grapheme == " " && line.is_empty() {
                    continue;
                }
            }
            line.push(grapheme);
            used += cells;
        }
        lines.push(line.concat());
    }
    lines
}

/// Where a full line is cut when `next` does not fit any more.
fn cut_at(line: &[&str], next: &str) -> usize {
    let latin = |g: &str| g.chars().all(|c| c.is_ascii_graphic());
    let whole = line.len();
    let mut cut = whole;
    if latin(next) && line.last().is_some_and(|g| latin(g)) {
        // Back to the beginning of the word, unless the word fills the line.
        let word = line.iter().rev().take_while(|g| latin(g)).count();
        if word < whole {
            cut = whole - word;
        }
    } else if CLOSERS.contains(next) && whole > 1 {
        cut = whole - 1;
    }
    // Whatever is carried over must leave room for what comes.
    if whole - cut > whole / 2 { whole } else { cut }
}

/// Lines as they are being set.
pub(super) struct Flow {
    columns: usize,
    pub(super) lines: Vec<Line<'static>>,
}

impl Flow {
    pub(super) fn new(columns: u16) -> Flow {
        Flow { columns: usize::from(columns), lines: Vec::new() }
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// A text under a label: the label in `head` cells, the text beside it, further lines under the text.
    pub(super) fn item(&mut self, label: &str, head: usize, label_style: Style, text: &str, style: Style) {
        let columns = self.columns.saturating_sub(head).max(2);
        for (n, part) in wrap(text, columns).into_iter().enumerate() {
            let label = if n == 0 { text::pad(label, head) } else { " ".repeat(head) };
            self.lines.push(Line::from(vec![Span::styled(label, label_style), Span::styled(part, style)]));
        }
    }

    /// A text indented by `head` cells.
    pub(super) fn text(&mut self, head: usize, text: &str, style: Style) {
        self.item("", head, Style::new(), text, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_where_people_would() {
        assert_eq!(wrap("同意休学申请", 6), ["同意休", "学申请"]);
        assert_eq!(wrap("同意休，学申请", 6), ["同意", "休，学", "申请"]);
        assert_eq!(wrap("the clerk decides", 9), ["the clerk", "decides"]);
        assert_eq!(wrap("一二三四R13.7五", 10), ["一二三四", "R13.7五"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("一\n二", 10), ["一", "二"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "[ -~一-龥，。（）]{0,80}", columns in 2usize..40) {
            let lines = wrap(&text, columns);
            prop_assert!(lines.iter().all(|line| text::width(line) <= columns), "{lines:?}");
            let solid = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(solid(&lines.concat()), solid(&text));
        }
    }
}
