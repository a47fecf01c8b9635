//! The subcommands: arguments in, text or JSON out.
//!
//! | file | holds |
//! |---|---|
//! | `workdays` | `xueji workdays`: a count of working days, day by day |
//! | `rules` | `xueji rules`: the rules as built |
//! | `table` | columns of text in which wide characters line up |

pub mod rules;
mod table;
pub mod workdays;
