//! Draws the state; changes nothing.
use crate::app::{App, Drawn};
/// Draws the desk.
pub fn draw(_app: &App, _frame: &mut ratatui::Frame<'_>) -> Drawn {
    Drawn::default()
}
