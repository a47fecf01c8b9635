//! The grid as a draft: what is pasted and not saved outlives the desk.

use super::App;
use super::drafts::Content;
use super::entry_grid::{GridRow, GridScreen, SLOT};
use crate::catalogue::EntryMsg;
use serde::{Deserialize, Serialize};

/// The grid as a draft keeps it: what is the same in all rows of a column is kept once.
#[derive(Serialize, Deserialize)]
struct GridDraft {
    columns: Vec<String>,
    by_header: bool,
    numbers: Vec<u32>,
    cells: Vec<Vec<String>>,
    at: usize,
    column: usize,
}

impl App {
    /// The grid as a draft.
    pub(super) fn grid_draft(&self, screen: &GridScreen) -> (String, Content) {
        let lang = self.look.lang;
        let n = screen.rows.len().to_string();
        let cells = (0..screen.columns.len()).map(|column| {
            let all: Vec<String> =
                screen.rows.iter().map(|row| row.cells.get(column).cloned().unwrap_or_default()).collect();
            let same = all.windows(2).all(|pair| pair[0] == pair[1]);
            if same { all.into_iter().take(1).collect() } else { all }
        });
        let draft = GridDraft {
            columns: screen.columns.clone(),
            by_header: screen.by_header,
            numbers: screen.rows.iter().map(|row| row.number).collect(),
            cells: cells.collect(),
            at: screen.at,
            column: screen.column,
        };
        let text = if screen.rows.is_empty() { None } else { serde_json::to_string(&draft).ok() };
        let field = screen.columns.get(screen.column).cloned().unwrap_or_default();
        let title = EntryMsg::DraftGrid.fill(lang, &[("n", &n)]);
        (SLOT.to_owned(), Content { title, field, text })
    }

    /// The grid from its draft, unless something was pasted meanwhile. Whether it could be read.
    pub(super) fn grid_from_draft(&mut self, text: &str) -> bool {
        let Ok(draft) = serde_json::from_str::<GridDraft>(text) else { return false };
        let Some(screen) = self.grid() else { return false };
        if !screen.rows.is_empty() {
            return true;
        }
        let cell = |column: &Vec<String>, n: usize| column.get(n).or(column.first()).cloned().unwrap_or_default();
        screen.rows = draft
            .numbers
            .iter()
            .enumerate()
            .map(|(n, number)| GridRow {
                number: *number,
                cells: draft.cells.iter().map(|column| cell(column, n)).collect(),
                ..GridRow::default()
            })
            .collect();
        (screen.columns, screen.by_header) = (draft.columns, draft.by_header);
        screen.at = draft.at.min(screen.rows.len().saturating_sub(1));
        screen.column = draft.column.min(screen.columns.len().saturating_sub(1));
        self.grid_judge();
        true
    }
}
