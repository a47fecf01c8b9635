//! Files of other programs, in and out. They are read by the client, because the service's user cannot read a clerk's
//! home; what they say is checked by the server, row by row.
//!
//! | file | holds |
//! |---|---|
//! | `source` | a file as rows, from its beginning to its end, never whole in memory |
//! | `decode` | the encodings of CSV, detected by their bytes |
//! | `sheet` | a spreadsheet as rows, the way a person sees them |
//! | `pieces` | the rows in pieces that fit a line of the wire, under the names a mapping gives their columns |
//! | `errors` | the rows that stay out with the reason, to be put right and brought again |
//! | `reconcile` | the comparison with the national system, for programs and for keying in |
//! | `blocks` | several tables in one file: a report |
//! | `write` | a table on its way out: spreadsheet, CSV or JSON |

mod blocks;
mod decode;
mod errors;
mod pieces;
mod reconcile;
mod sheet;
mod source;
mod write;

pub use blocks::{Block, Figure, blocks};
pub use decode::Encoding;
pub use errors::{ErrorList, ErrorListError, write_errors};
pub use pieces::{bare, is_new_students, mapped, pieces};
pub use reconcile::{field_name, fixed_shape, key_in_list};
pub use source::{Content, LONGEST_FILE, Source, TableError, Taker};
pub use write::{Cell, Column, Form, TableWriter, WriteError};
