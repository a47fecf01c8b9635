//! What keeps files right between applications.
//!
//! | file | verb |
//! |---|---|
//! | `papers` | the paper file beside the electronic one (Art. 3) |
//! | `demands` | paper materials or a check on the spot, asked for from above (Art. 13) |
//! | `checks` | problems of the province's check of a semester (Art. 16) |

mod checks;
mod demands;
mod papers;

pub(super) use checks::{clear_problem, open_problem};
pub(super) use demands::{demand, meet};
pub(super) use papers::{check_paper_file, put_paper_file};

use super::{Asked, Refused, bounded};
use crate::model::Day;

/// A short text that must be there.
fn needed(field: &str, text: &str) -> Result<String, Refused> {
    let text = bounded(field, text)?;
    if text.is_empty() { Err(Refused::Input(format!("请填写{field}"))) } else { Ok(text) }
}

/// Nothing is recorded as done on a day to come.
fn not_ahead(asked: &Asked<'_>, on: Day) -> Result<(), Refused> {
    if on <= asked.now.day() { Ok(()) } else { Err(Refused::Input(format!("日期 {on} 还没有到"))) }
}
