//! Text that is read: wrapped by display width, with hanging indents, as a list of finished lines.

use crate::text;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

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
    pub(super) fn item(&mut self, label: &str, head: usize, label_style: Style, content: &str, style: Style) {
        let columns = self.columns.saturating_sub(head).max(2);
        for (n, part) in text::wrap(content, columns).into_iter().enumerate() {
            let label = if n == 0 { text::pad(label, head) } else { " ".repeat(head) };
            self.lines.push(Line::from(vec![Span::styled(label, label_style), Span::styled(part, style)]));
        }
    }

    /// A text indented by `head` cells.
    pub(super) fn text(&mut self, head: usize, content: &str, style: Style) {
        self.item("", head, Style::new(), content, style);
    }
}
