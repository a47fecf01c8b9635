//! What the columns of other people's files mean: saved for the school or office, used by whoever imports there.

use super::import::{is_column, may_import};
use super::{Asked, Refused, State, Writes, bounded};
use crate::model::{DropMapping, ImportKind, Mapping, Mappings, Post, Record, SaveMapping, Write};
use serde_json::{Value, json};

/// Most mappings of one school or office.
const MOST: usize = 50;
/// Most columns of one mapping.
const MOST_COLUMNS: usize = 120;
/// Longest name of a mapping, and of a header cell, in characters.
const LONGEST_NAME: usize = 30;

/// Saves a mapping under a name, or anew under the same one.
pub(super) fn save(state: &State<'_>, asked: &Asked<'_>, of: &SaveMapping) -> Result<(Writes, Value), Refused> {
    may(state, asked)?;
    let name = bounded("名称", &of.name)?;
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_whitespace) {
        return Err(Refused::Input(format!("列对应的名称须为1至{LONGEST_NAME}个字，中间没有空格")));
    }
    if of.columns.is_empty() || of.columns.len() > MOST_COLUMNS {
        return Err(Refused::Input(format!("列的对应须有1至{MOST_COLUMNS}条，现在是{}条", of.columns.len())));
    }
    let unknown: Vec<&str> = of.columns.values().map(String::as_str).filter(|ours| !is_column(ours)).collect();
    if !unknown.is_empty() {
        return Err(Refused::Input(format!("没有这些栏目：{}；新生的栏目名见 entry.fields", unknown.join("、"))));
    }
    let mut columns = std::collections::BTreeMap::new();
    for (theirs, ours) in &of.columns {
        let theirs: String = theirs.chars().filter(|c| !c.is_whitespace()).collect();
        if theirs.is_empty() || theirs.chars().count() > LONGEST_NAME {
            return Err(Refused::Input(format!("文件里的列名须为1至{LONGEST_NAME}个字")));
        }
        columns.insert(theirs, ours.clone());
    }
    let mut saved = saved(state, asked)?;
    saved.mappings.retain(|mapping| mapping.name != name);
    if saved.mappings.len() >= MOST {
        return Err(Refused::Input(format!("已存{MOST}份列的对应，请先删去不用的（mappings.drop）")));
    }
    saved.mappings.push(Mapping { name: name.clone(), columns });
    saved.mappings.sort_by(|a, b| a.name.cmp(&b.name));
    let total = saved.mappings.len();
    Ok((written(saved), json!({ "name": name, "total": total })))
}

/// Forgets a mapping.
pub(super) fn drop(state: &State<'_>, asked: &Asked<'_>, of: &DropMapping) -> Result<(Writes, Value), Refused> {
    may(state, asked)?;
    let name = of.name.trim();
    let mut saved = saved(state, asked)?;
    let before = saved.mappings.len();
    saved.mappings.retain(|mapping| mapping.name != name);
    if saved.mappings.len() == before {
        return Err(Refused::NotFound(format!("没有存过名为“{name}”的列对应")));
    }
    let total = saved.mappings.len();
    Ok((written(saved), json!({ "name": name, "total": total })))
}

/// Whoever imports there.
fn may(state: &State<'_>, asked: &Asked<'_>) -> Result<(), Refused> {
    let kind = if asked.actor.holds(Post::Keeper) { ImportKind::Offices } else { ImportKind::NewStudents };
    may_import(state, asked, kind)
}

fn saved(state: &State<'_>, asked: &Asked<'_>) -> Result<Mappings, Refused> {
    let office = asked.actor.office.clone();
    let none = Mappings { office: office.clone(), revision: 0, mappings: Vec::new() };
    Ok(state.mappings(&office)?.unwrap_or(none))
}

fn written(saved: Mappings) -> Writes {
    let based_on = saved.revision;
    let record = Record::Mappings(Mappings { revision: based_on + 1, ..saved });
    vec![Write { record, based_on }]
}
