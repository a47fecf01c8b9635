//! `xueji keys`: the key table, the user's own files included.

use super::desk::language;
use super::failure::CliError;
use super::{Args, table};
use crate::keymap::{Keymap, chosen, rows};
use directories::ProjectDirs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The keys chosen with `--keymap`, else in the user's `config.toml`, else the usual ones; with the user's own files on
/// top, in the order of their names.
pub(super) fn keymap(args: &Args) -> Result<Keymap, CliError> {
    let dirs = ProjectDirs::from("", "", "xueji");
    let folder = dirs.as_ref().map(ProjectDirs::config_dir);
    let mut name = args.keymap.clone();
    if let (None, Some(folder)) = (&name, folder) {
        let file = folder.join("config.toml");
        name = match std::fs::read_to_string(&file) {
            Ok(text) => chosen(&file.display().to_string(), &text).map_err(CliError::wrong)?,
            Err(e) if e.kind() == ErrorKind::NotFound => None,
            Err(e) => return Err(unreadable(&file, &e)),
        };
    }
    let mut found: Vec<PathBuf> = Vec::new();
    if let Some(folder) = folder {
        let entries = std::fs::read_dir(folder.join("keymaps"));
        found.extend(entries.into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    found.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    found.sort();
    let mut read = Vec::new();
    for path in found {
        let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, &e))?;
        read.push((path.display().to_string(), text));
    }
    Keymap::named(name.as_deref().unwrap_or("default"), &read).map_err(CliError::wrong)
}

fn unreadable(file: &Path, error: &std::io::Error) -> CliError {
    CliError::usage(format!("按键文件 {} 读不出：{error}", file.display()))
}

/// Prints the table, or JSON.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<(), CliError> {
    let lang = language(args);
    let rows = rows(&keymap(args)?, lang);
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
