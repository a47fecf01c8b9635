//! What the columns of other people's files mean: named on the command line, saved under a name, applied again, listed
//! and dropped.

use super::args::ImportOptions;
use super::failure::{CliError, Exit};
use super::files::Line;
use super::{Args, folder};
use crate::exchange::bare;
use crate::model::{Command, DropMapping, Mapping, SaveMapping};
use crate::wire::{Query, Request};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// The mapping an import is made with: the saved one, and over it what the command line names.
pub(super) fn of(line: &mut Line, options: &ImportOptions) -> Result<BTreeMap<String, String>, CliError> {
    let mut mapping = BTreeMap::new();
    if let Some(name) = &options.mapping {
        let saved = saved(line)?.into_iter().find(|mapping| mapping.name == *name);
        let missing = || CliError::new(Exit::Input, format!("没有存过名为“{name}”的列对应；xueji mappings 列出已存的"));
        mapping = saved.ok_or_else(missing)?.columns;
    }
    for pair in &options.map {
        let parts = pair.split_once('=').map(|(theirs, ours)| (bare(theirs), ours.trim()));
        match parts.filter(|(theirs, ours)| !theirs.is_empty() && !ours.is_empty()) {
            Some((theirs, ours)) => mapping.insert(theirs, ours.to_owned()),
            None => return Err(CliError::usage(format!("--map {pair:?} 应写作 \"文件里的列名=我们的列名\""))),
        };
    }
    if options.save_mapping.is_some() && mapping.is_empty() {
        return Err(CliError::usage("没有可存的列对应；请用 --map 写明"));
    }
    Ok(mapping)
}

/// Saves it where the command line says so.
pub(super) fn keep(
    line: &mut Line,
    options: &ImportOptions,
    mapping: &BTreeMap<String, String>,
) -> Result<(), CliError> {
    let Some(name) = &options.save_mapping else { return Ok(()) };
    let save = SaveMapping { name: name.clone(), columns: mapping.clone() };
    line.ask(Request::Write(Command::SaveMapping(save))).map(drop)
}

fn saved(line: &mut Line) -> Result<Vec<Mapping>, CliError> {
    let answer = line.ask(Request::Query(Query::Mappings {}))?;
    serde_json::from_value(answer["items"].clone()).map_err(CliError::broken)
}

/// `xueji mappings`: what is saved; or forgets one of them.
pub(super) fn run(args: &Args, dropped: Option<&str>, out: &mut dyn Write) -> Result<(), CliError> {
    let account = args.as_account.as_deref().map(Into::into);
    let mut line = Line::open(&folder::store(args)?, account)?;
    if let Some(name) = dropped {
        line.ask(Request::Write(Command::DropMapping(DropMapping { name: name.to_owned() })))?;
        return writeln!(out, "已删去列对应“{name}”").map_err(CliError::io);
    }
    let saved = saved(&mut line)?;
    if args.json {
        let items = serde_json::to_value(&saved).map_err(CliError::broken)?;
        let whole: Value = json!({ "total": saved.len(), "items": items, "next": null });
        return writeln!(out, "{whole}").map_err(CliError::io);
    }
    if saved.is_empty() {
        writeln!(out, "没有存过列的对应；导入时加 --map \"列名=我们的列名\" --save-mapping 名称 可以存下")
            .map_err(CliError::io)?;
    }
    for mapping in saved {
        let columns: Vec<String> = mapping.columns.iter().map(|(theirs, ours)| format!("{theirs}={ours}")).collect();
        writeln!(out, "{}  {}", mapping.name, columns.join("，")).map_err(CliError::io)?;
    }
    Ok(())
}
