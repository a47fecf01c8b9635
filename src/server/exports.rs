//! Lists that leave the house as files (导出). The other lists are read as the screens read them; students come in the
//! columns of the national template, on a connection that has had the taking journalled.

use super::hall::Hall;
use super::lists::{fitting, list};
use super::refusal::Refusal;
use super::session::{Asker, Session};
use crate::desk::{State, export, is_whole};
use crate::law::entry::fields::{FIELDS, Form};
use crate::law::entry::record;
use crate::model::{AccountId, Command, CommandId, Export, ExportKind, Mapping, Status, Student, StudentId};
use crate::text::mask_id;
use crate::wire::{ErrorKind, Failure};
use serde_json::{Value, json};

/// Most students of one page.
const LONGEST_PAGE: u32 = 500;

/// The list that a connection takes out, and the students in it.
pub(super) struct Taken {
    by: AccountId,
    whole: bool,
    status: Option<Status>,
    /// By school and number; what changes while it is taken out shows as it is then.
    students: Vec<StudentId>,
}

/// Begins a list, after the journal has it on disk.
pub(super) fn begin(
    session: &mut Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    export: Export,
) -> Result<Value, Refusal> {
    session.exported = None;
    let answer = session.write(asker, command_id, Command::Export(export.clone()))?;
    if export.what == ExportKind::Students {
        let calendar = session.hall.calendar();
        let state = State::new(session.hall.store(), &calendar);
        let schools = export::schools(&state, &asker.actor, &export)?;
        let students = schools.iter().flat_map(|school| state.students_of(school)).collect();
        let whole = is_whole(&asker.actor, &export);
        session.exported = Some(Taken { by: asker.actor.account.clone(), whole, status: export.status, students });
    }
    Ok(answer)
}

/// Some students of the list, cell by cell in the order of the fields.
pub(super) fn students(
    session: &Session<'_>,
    asker: &Asker,
    after: Option<StudentId>,
    count: u32,
) -> Result<Value, Refusal> {
    let begun = session.exported.as_ref().filter(|taken| taken.by == asker.actor.account);
    let Some(taken) = begun else {
        let message = "本连接没有开始导出；请先用 lists.export 说明导出什么";
        return Err(Failure::new(ErrorKind::Input, message).into());
    };
    let from = match after {
        None => 0,
        Some(after) => taken.students.iter().position(|id| *id == after).map_or(taken.students.len(), |at| at + 1),
    };
    let store = session.hall.store();
    let (mut rows, mut last) = (Vec::new(), from);
    for id in &taken.students[from..] {
        if rows.len() == count.clamp(1, LONGEST_PAGE) as usize {
            break;
        }
        last += 1;
        let Some(student) = store.student(*id)? else { continue };
        let wanted = match taken.status {
            Some(status) => student.status == status,
            None => student.status.is_live(),
        };
        // Who has left for a school out of sight is seen no longer.
        if wanted && asker.scope.sees_student(&student) {
            rows.push(json!({ "student": id, "cells": cells(session.hall, &student, taken.whole)? }));
        }
    }
    let items = fitting(&rows)?;
    let cut = items.len() < rows.len();
    let next = if cut { items.last().map(|item| item["student"].clone()) } else { None };
    let next = next.or_else(|| taken.students[last..].first().and(taken.students[..last].last()).map(|id| json!(id)));
    Ok(json!({ "total": taken.students.len(), "items": items, "next": next }))
}

/// A student's cells; numbers of documents masked unless they are wanted whole.
fn cells(hall: &Hall, student: &Student, whole: bool) -> Result<Vec<String>, Refusal> {
    let major = hall.store().major(&student.major)?.map(|major| major.name).unwrap_or_default();
    let mut cells = record::texts(student, &major).to_vec();
    if !whole {
        for (field, cell) in FIELDS.iter().zip(&mut cells) {
            if field.form == Form::Document || field.name.ends_with("身份证件号") || field.id == "student_no" {
                *cell = mask_id(cell);
            }
        }
    }
    Ok(cells)
}

/// What the asker's school or office has saved of other people's columns.
pub(super) fn mappings(hall: &Hall, asker: &Asker) -> Result<Value, Refusal> {
    let calendar = hall.calendar();
    let saved = State::new(hall.store(), &calendar).mappings(&asker.actor.office)?;
    let items: Vec<Mapping> = saved.map(|of| of.mappings).unwrap_or_default();
    Ok(list(items))
}
