//! `xueji keys`: the key table, the user's own files included.

use super::desk::{keymap, language};
use super::failure::CliError;
use super::{Args, table};
use crate::keymap::rows;
use std::io::Write;

/// Prints the table, or JSON.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<(), CliError> {
    let lang = language(args);
    let rows = rows(&keymap()?, lang);
    if args.json {
        let list: Vec<_> = rows
            .iter()
            .map(|row| {
                let (scope, action) = (row.scope.name(), row.action.name());
                serde_json::json!({ "scope": scope, "keys": row.keys, "action": action, "help": row.help })
            })
            .collect();
        return writeln!(out, "{}", serde_json::Value::from(list)).map_err(CliError::io);
    }
    let cells: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let scope = row.scope.label().text(lang).to_owned();
            [scope, row.keys.clone(), row.help.to_owned(), row.action.name().to_owned()]
        })
        .collect();
    table::write(out, &cells).map_err(CliError::io)
}
