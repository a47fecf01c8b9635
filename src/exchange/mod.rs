//! Files of other programs, in and out. They are read by the client, because the service's user cannot read a clerk's
//! home; what they say is checked by the server, row by row.
//!
//! | file | holds |
//! |---|---|
//! | `table` | a CSV file as rows, whatever its encoding; the rows in pieces that fit a line of the wire |
//! | `sheet` | a spreadsheet as rows, the way a person sees them |
//! | `errors` | what was said about the rows, as CSV for a spreadsheet |
//! | `reconcile` | the comparison with the national system, for programs and for keying in |
//! | `blocks` | several tables in one file: a report |
//! | `write` | a table on its way out: spreadsheet, CSV or JSON |

mod blocks;
mod errors;
mod reconcile;
mod sheet;
mod table;
mod write;

pub use blocks::{Block, Figure, blocks};
pub use errors::write_errors;
pub use reconcile::{field_name, fixed_shape, key_in_list};
pub use table::{LONGEST_FILE, Table, TableError};
pub use write::{Cell, Column, Form, TableWriter, WriteError};
