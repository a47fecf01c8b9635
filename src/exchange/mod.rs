//! Files of other programs, in and out. They are read by the client, because the service's user cannot read a clerk's
//! home; what they say is checked by the server, row by row.
//!
//! | file | holds |
//! |---|---|
//! | `table` | a CSV file as rows, whatever its encoding; the rows in pieces that fit a line of the wire |
//! | `sheet` | a spreadsheet as rows, the way a person sees them |
//! | `errors` | what was said about the rows, as CSV for a spreadsheet |
//! | `write` | a table on its way out: spreadsheet, CSV or JSON |

mod errors;
mod sheet;
mod table;
mod write;

pub use errors::write_errors;
pub use table::{LONGEST_FILE, Table, TableError};
pub use write::{Cell, Column, Form, TableWriter, WriteError};
