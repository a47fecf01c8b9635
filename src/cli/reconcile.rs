//! `xueji export reconcile`: the comparison with the national system as a file, and what `xueji import national` says
//! when a list was taken in.

use super::failure::{CliError, Exit};
use super::files::Line;
use super::table;
use crate::app::NationalTold;
use crate::exchange::{Form, fixed_shape, key_in_list};
use crate::model::{Command, ExportReconcile, OfficeId, Stamp};
use crate::wire::{NationalAsked, NationalDiff, NationalSchool, NationalSchools, Query, Request, WhoAmI};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Rows asked for at once.
const PAGE: u32 = 300;

/// All schools of the asker, a page after the other.
pub(super) fn schools(line: &mut Line, today: Option<Stamp>) -> Result<Vec<NationalSchool>, CliError> {
    let mut all = Vec::new();
    let mut from = Some(0);
    while let Some(at) = from {
        let asked = NationalAsked { from: at, count: PAGE, ..NationalAsked::default() };
        let page = ask(line, asked, today)?;
        let page: NationalSchools = serde_json::from_value(page).map_err(CliError::broken)?;
        from = page.next.filter(|next| *next > at);
        all.extend(page.items);
    }
    Ok(all)
}

/// What lists have changed that were loaded since schools stood like this.
pub(super) fn told(line: &mut Line, before: &[NationalSchool]) -> Result<NationalTold, CliError> {
    let loads: BTreeMap<&OfficeId, u32> = before.iter().map(|of| (&of.school, of.load)).collect();
    let mut told = NationalTold::default();
    for of in schools(line, None)? {
        let load = loads.get(&of.school).copied().unwrap_or_default();
        if of.load <= load {
            continue;
        }
        told.schools += 1;
        told.differing += of.differing_students;
        told.over += u32::from(of.fm5);
        if load > 0 {
            let asked = NationalAsked { school: Some(of.school), count: 1, ..NationalAsked::default() };
            let diff: NationalDiff = serde_json::from_value(ask(line, asked, None)?).map_err(CliError::broken)?;
            told.again += 1;
            told.cured += diff.cured;
            told.new += diff.new;
        }
    }
    Ok(told)
}

fn ask(line: &mut Line, asked: NationalAsked, today: Option<Stamp>) -> Result<Value, CliError> {
    line.ask_on(Request::Query(Query::NationalDiff(asked)), today)
}

/// One school with everybody who differs, numbers whole.
fn whole(line: &mut Line, school: &OfficeId, today: Option<Stamp>) -> Result<NationalDiff, CliError> {
    let mut all: Option<NationalDiff> = None;
    let mut from = Some(0);
    while let Some(at) = from {
        let school = Some(school.clone());
        let asked = NationalAsked { school, whole: true, from: at, count: PAGE, ..NationalAsked::default() };
        let page: NationalDiff = serde_json::from_value(ask(line, asked, today)?).map_err(CliError::broken)?;
        from = page.next.filter(|next| *next > at);
        match &mut all {
            Some(all) if all.school != page.school => {
                let message = "两边的数据在取回时变了，没有写出；请再做一次";
                return Err(CliError::new(Exit::Input, message));
            }
            Some(all) => all.items.extend(page.items),
            None => all = Some(page),
        }
    }
    all.ok_or_else(|| CliError::new(Exit::Input, "没有取回对账结果；请再做一次"))
}

/// The comparison as bytes in this form; journalled as a reading of whole numbers.
pub(super) fn bytes(
    line: &mut Line,
    school: Option<OfficeId>,
    form: Form,
    today: Option<Stamp>,
) -> Result<(Vec<u8>, usize), CliError> {
    let command = Command::ExportReconcile(ExportReconcile { school: school.clone() });
    line.ask_on(Request::Write(command), today)?;
    let me: WhoAmI = serde_json::from_value(line.ask(Request::Query(Query::WhoAmI {}))?).map_err(CliError::broken)?;
    let wanted: Vec<OfficeId> = match school {
        Some(school) => vec![school],
        None => {
            let loaded = schools(line, today)?.into_iter().filter(|school| school.loaded.is_some());
            let mut codes: Vec<OfficeId> = loaded.map(|school| school.school).collect();
            codes.sort();
            codes
        }
    };
    if wanted.is_empty() {
        let message = "还没有载入全国系统名单，没有可以导出的；请先载入（在对账屏，或用 xueji import national 文件）";
        return Err(CliError::new(Exit::Input, message));
    }
    let mut all = Vec::with_capacity(wanted.len());
    for school in &wanted {
        all.push(whole(line, school, today)?);
    }
    let bytes = match form {
        Form::Json => {
            let mut text = serde_json::to_vec_pretty(&fixed_shape(&all)).map_err(CliError::broken)?;
            text.push(b'\n');
            text
        }
        form => key_in_list(form, &all, me.exercise, Vec::new())
            .map_err(|error| CliError::new(Exit::Input, error.to_string()))?,
    };
    Ok((bytes, all.len()))
}

/// Writes the comparison to a file; the form is that of its ending.
pub(super) fn export(
    line: &mut Line,
    school: Option<OfficeId>,
    path: &Path,
    today: Option<Stamp>,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let form = Form::of(path)
        .ok_or_else(|| CliError::usage(format!("{}：文件名须以 .json、.xlsx 或 .csv 结尾", path.display())))?;
    let (bytes, schools) = bytes(line, school, form, today)?;
    std::fs::write(path, bytes).map_err(|error| CliError::unwritable(path, &error))?;
    writeln!(out, "已写出 {schools} 所学校的对账结果：{}", path.display()).map_err(CliError::io)
}

/// How the schools stand, for whoever has just loaded a list.
pub(super) fn people(out: &mut dyn Write, schools: &[NationalSchool]) -> io::Result<()> {
    let mut rows = vec![["学校", "本库", "全国", "不一致", "百分比", "负面清单FM5"].map(str::to_owned)];
    for of in schools.iter().filter(|of| of.loaded.is_some()) {
        let line = if of.fm5 {
            format!("超过2%，须减少{}人", -of.left)
        } else {
            format!("未超过，还可有{}人", of.left)
        };
        rows.push([
            format!("{} {}", of.school, of.name),
            of.students_here.to_string(),
            of.students_national.to_string(),
            of.differing_students.to_string(),
            format!("{}%", of.percent),
            line,
        ]);
    }
    table::write(out, &rows)
}
