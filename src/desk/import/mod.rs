//! Taking in the files of others: master data the province issues, and a school's roster as it stands when the store
//! begins. A file is taken in whole or not at all, but for new students, of whom the good ones go in, some rows at a
//! time; every row is judged and told what is the matter with it.
//!
//! | file | holds |
//! |---|---|
//! | `cells` | one row by the names of its columns, and what is noted about it |
//! | `calendar` | years of the calendar |
//! | `master` | offices, schools, majors |
//! | `national` | the national system's list, whole or not at all for each school |
//! | `new_students` | the national template of new students: good rows go in, bad ones stay out |
//! | `qualifications` | recruitment qualifications, a publication whole |
//! | `students` | a roster |
//! | `words` | what people write in a roster's cells |
//! | `here` | who is here already, and who stands in a file twice |
//!
//! All records of a file that is taken in whole are one change: one journal entry, which a power cut leaves whole or not
//! there.

mod calendar;
mod cells;
mod here;
mod master;
mod national;
mod new_students;
mod qualifications;
mod students;
mod words;

use super::{Asked, Decided, Refused, State, fingerprint, seal};
use crate::law::rules;
use crate::model::{
    CELL_END, CalendarDay, CalendarKind, Change, Import, ImportKind, ImportReport, Level, Office, Post, RowOutcome,
    RowReport, Sheet, Write,
};
pub use calendar::in_force;
use cells::{Layout, Row};
pub use new_students::{Run, go_on};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Most rows of one file.
pub const MOST_ROWS: usize = 100_000;
/// Longest number of a document.
const LONGEST_DOCUMENT: usize = 100;

/// What a file comes to: a report, and the change when all of it can be taken in.
#[derive(Debug)]
pub struct TakenIn {
    /// Row by row.
    pub report: ImportReport,
    /// What is written; nothing when the file is refused, or when nothing would change.
    pub changes: Vec<Change>,
}

/// Who may import what, before any row is looked at.
pub fn may_import(state: &State<'_>, asked: &Asked<'_>, kind: ImportKind) -> Result<(), Refused> {
    if kind == ImportKind::NewStudents && asked.actor.holds(Post::Entry) {
        // A school registers its own students; which school is meant is looked at with the rows.
        return Ok(());
    }
    let refuse = |because: String, remedy: &str| {
        let facts = [("needed", Post::Keeper.name().to_owned()), ("kind", kind.word().to_owned())];
        Err(rules::R4_1.refuse(because, remedy, &facts).into())
    };
    if !asked.actor.holds(Post::Keeper) {
        return refuse("批量导入由系统管理岗办理，您没有这个岗位".to_owned(), "请联系本机构的系统管理岗");
    }
    let own = state.office(&asked.actor.office)?;
    if own.is_none_or(|office: Office| office.level == Level::School) {
        return refuse("批量导入由教育行政部门的系统管理岗办理".to_owned(), "请联系学校主管部门的系统管理岗");
    }
    Ok(())
}

/// Whether a column of any kind of file is called so.
pub fn is_column(name: &str) -> bool {
    let whole = [students::COLUMNS, calendar::COLUMNS, qualifications::COLUMNS].into_iter();
    let masters = [ImportKind::Offices, ImportKind::Schools, ImportKind::Majors].into_iter().map(master::columns);
    let named = |column: &cells::Column| column.name == name || column.others.contains(&name);
    new_students::columns().iter().any(named) || whole.chain(masters).flatten().any(named)
}

/// What people call a column of a kind of file; itself where it is none of ours.
pub fn column_said(kind: ImportKind, name: &str) -> &str {
    let columns = match kind {
        ImportKind::National => national::COLUMNS,
        ImportKind::Students => students::COLUMNS,
        ImportKind::Calendar => calendar::COLUMNS,
        ImportKind::Qualifications => qualifications::COLUMNS,
        ImportKind::NewStudents => return name,
        kind => master::columns(kind),
    };
    columns.iter().find(|column| column.name == name).map_or(name, |column| column.said())
}

/// The answer an import was given before under the same command id.
pub fn answered(state: &State<'_>, asked: &Asked<'_>, import: &Import) -> Result<Option<Value>, Refused> {
    let Some(id) = asked.command_id else { return Ok(None) };
    let Some(first) = state.answer(id)? else { return Ok(None) };
    if first.request != fingerprint(asked, &text_of(import)) {
        return Err(Refused::CommandReused(id));
    }
    Ok(Some(serde_json::from_str(&first.answer).unwrap_or(Value::Null)))
}

/// What a report says in short; the answer that is kept with the command.
pub fn summary(report: &ImportReport, committed: bool) -> Value {
    json!({
        "digest": report.digest, "committed": committed, "counts": report.counts,
        "unknown_columns": report.unknown_columns, "rows": report.rows.len(),
    })
}

/// Judges a file that is taken in whole, on the state as it stands. With nothing refused there is a change, unless all
/// of it is here already, or nobody wants to `keep` it.
pub fn take_in(
    state: &State<'_>,
    asked: &Asked<'_>,
    import: &Import,
    sheet: &Sheet,
    keep: bool,
) -> Result<TakenIn, Refused> {
    may_import(state, asked, import.kind)?;
    super::clock_went_back(state, asked, false)?;
    documented(state, import.kind, import.document.as_deref())?;
    let mut report = ImportReport {
        digest: import.digest.clone(),
        committed: false,
        counts: BTreeMap::new(),
        unknown_columns: Vec::new(),
        rows: Vec::new(),
    };
    if import.kind == ImportKind::National {
        return national::take_in(state, asked, import, sheet, keep, report);
    }
    let spec = match import.kind {
        ImportKind::Students | ImportKind::NewStudents => students::COLUMNS,
        ImportKind::Calendar => calendar::COLUMNS,
        ImportKind::Qualifications => qualifications::COLUMNS,
        kind => master::columns(kind),
    };
    let given = import.school.is_some().then_some("school_code");
    let layout = match Layout::of(&sheet.columns, spec, given) {
        Ok(layout) => layout,
        Err(header) => {
            report.rows.push(header);
            report.counts.insert(Cow::Borrowed(RowOutcome::Rejected.word()), 1);
            return Ok(TakenIn { report, changes: Vec::new() });
        }
    };
    report.unknown_columns = layout.unknown.clone();
    let rows = (0..sheet.rows.len()).map(|at| Row::of(&layout, sheet, at));
    let judged = match import.kind {
        ImportKind::Students | ImportKind::NewStudents => {
            students::judge(state, asked, import.school.as_ref(), rows, keep)?
        }
        ImportKind::Qualifications => qualifications::judge(state, asked, import.document.as_deref(), rows)?,
        ImportKind::Calendar => calendar::judge(state, asked, import.document.as_deref(), rows)?,
        kind => master::judge(state, kind, rows)?,
    };
    let Judged { rows, written, writes, unchanged, counts } = judged;
    for row in &rows {
        *report.counts.entry(Cow::Borrowed(row.outcome.word())).or_default() += 1;
    }
    let refused = rows.iter().any(|row| row.outcome == RowOutcome::Rejected);
    report.rows = rows;
    let written = if refused { 0 } else { written };
    report.counts.insert(Cow::Borrowed("written"), count(written));
    report.counts.insert(Cow::Borrowed("unchanged"), count(unchanged));
    report.counts.extend(counts.into_iter().map(|(word, of)| (Cow::Borrowed(word), count(of))));
    if refused || !keep || writes.is_empty() {
        return Ok(TakenIn { report, changes: Vec::new() });
    }
    let answer = summary(&report, true);
    Ok(TakenIn { report, changes: sealed(asked, import, writes, answer) })
}

/// One change of these writes.
fn sealed(asked: &Asked<'_>, import: &Import, writes: Vec<Write>, answer: Value) -> Vec<Change> {
    match seal(asked, text_of(import), writes, answer) {
        Decided::Do { change, .. } => vec![change],
        Decided::Again(_) => Vec::new(),
    }
}

/// What is known of a file's rows.
#[derive(Default)]
struct Judged {
    rows: Vec<RowReport>,
    /// Records that would be written.
    written: usize,
    /// These, when they will be.
    writes: Vec<Write>,
    /// Rows whose record is here already and stays as it is.
    unchanged: usize,
    /// What else is counted, by name.
    counts: BTreeMap<&'static str, usize>,
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// The journal's text: who looks later finds the file by its digest and the document by its number.
fn text_of(import: &Import) -> String {
    let mut text = json!({
        "do": "import.commit", "kind": import.kind, "digest": import.digest, "rows": import.rows,
        "school": import.school, "document": import.document,
    });
    if let Some(moves) = import.moves {
        text["moves"] = moves.into();
    }
    text.to_string()
}

/// Whole years of the calendar that came as a request.
pub(super) fn calendar_days(
    state: &State<'_>,
    asked: &Asked<'_>,
    document: &str,
    days: &[CalendarDay],
) -> Result<Vec<Write>, Refused> {
    let row = |day: &CalendarDay| {
        let kind = if day.kind == CalendarKind::Holiday { "holiday" } else { "workday" };
        [day.date.to_string(), kind.to_owned(), day.name.clone()].join(&CELL_END.to_string()).into_boxed_str()
    };
    let columns = calendar::COLUMNS.iter().map(|column| column.name.to_owned()).collect();
    let sheet =
        Sheet { columns, rows: days.iter().map(row).collect(), stripped: BTreeSet::new(), steering: BTreeSet::new() };
    let layout =
        Layout::of(&sheet.columns, calendar::COLUMNS, None).map_err(|_| Refused::Input("日历的栏目不对".to_owned()))?;
    let rows = (0..sheet.rows.len()).map(|at| Row::of(&layout, &sheet, at));
    let judged = calendar::judge(state, asked, Some(document), rows)?;
    let wrong = judged.rows.iter().filter(|row| row.outcome == RowOutcome::Rejected);
    let said: Vec<String> = wrong.flat_map(|row| &row.problems).map(|of| of.message.clone()).take(3).collect();
    if said.is_empty() { Ok(judged.writes) } else { Err(Refused::Input(said.join("；"))) }
}

/// Provincial data come from a document of the province; on an exercise store nobody issues any.
pub(super) fn documented(state: &State<'_>, kind: ImportKind, document: Option<&str>) -> Result<(), Refused> {
    let number = document.map(str::trim).unwrap_or_default();
    if number.chars().count() > LONGEST_DOCUMENT {
        return Err(Refused::Input(format!("文号不得超过{LONGEST_DOCUMENT}字")));
    }
    if !kind.is_provincial() || !number.is_empty() || state.exercise()?.is_some() {
        return Ok(());
    }
    Err(rules::R4_2
        .refuse(
            "机构、学校、专业、工作日历和招生资质是省教育厅发布的基础数据，正式库只能照发布的文件整批载入，而这次没有写明文号"
                .to_owned(),
            "请写明发布文件的文号（--document），日志将一并留存",
            &[("kind", kind.word().to_owned())],
        )
        .into())
}
