//! New students (新生) in the columns of the national template: every row is judged by the very function that the entry
//! form asks. Good rows are registered, bad ones stay out and are told why; the same file brought again adds nothing.

use super::cells::{Column, Layout, Row};
use super::here::differences;
use super::{Judged, TakenIn, count, sealed, summary};
use crate::desk::entry::{Looker, tables};
use crate::desk::{Asked, Refused, State, scope};
use crate::law::entry::fields::{COUNT, FIELDS, Form, Need, at};
use crate::law::entry::{Cells, Checked, Reading, Same};
use crate::law::identity;
use crate::model::{
    Import, ImportReport, Level, Office, Post, Record, RowOutcome, Severity, Sheet, Student, StudentId, Write,
};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Students of one change: a journal entry has its limits, and so has memory.
const PER_CHANGE: usize = 5000;

/// The columns that are understood, in the order of the fields.
fn columns() -> Vec<Column> {
    FIELDS
        .iter()
        .map(|row| Column {
            name: row.name,
            needed: row.need == Need::Always && row.form != Form::Pinyin,
            others: row.others,
        })
        .collect()
}

/// Judges all rows, and takes the good ones in.
pub(super) fn take_in(
    state: &State<'_>,
    asked: &Asked<'_>,
    import: &Import,
    sheet: &Sheet,
    keep: bool,
    mut report: ImportReport,
) -> Result<TakenIn, Refused> {
    let school = school(state, asked, import)?;
    let layout = match Layout::of(&sheet.columns, &columns(), None) {
        Ok(layout) => layout,
        Err(header) => {
            report.rows.push(header);
            report.counts.insert(Cow::Borrowed(RowOutcome::Rejected.word()), 1);
            return Ok(TakenIn { report, changes: Vec::new() });
        }
    };
    report.unknown_columns = layout.unknown.clone();
    let rows = || (0..sheet.rows.len()).map(|at| Row::of(&layout, sheet, at));
    let numbers: HashSet<String> = rows().map(|row| identity::normalise(row.raw(FIELDS[at("id_no")].name))).collect();
    // The file itself is the roster of admission, unless its rows or the request name another.
    let digest: String = import.digest.0.chars().take(12).collect();
    let roster = import.document.clone().unwrap_or_else(|| format!("录取名册文件 {digest}"));
    let mut taking = Taking {
        asked,
        school,
        roster,
        looker: Looker::new(state, scope(asked.actor, state)?).ahead(&numbers),
        state,
        seen: Seen::default(),
    };
    let mut judged = Judged::default();
    let mut next = state.next_student().0;
    for mut row in rows() {
        if row.refuse_steering(sheet) {
            judged.rows.push(row.report());
            continue;
        }
        let outcome = if row.is_empty() { Outcome::Nothing } else { taking.row(&mut row)? };
        match outcome {
            Outcome::Nothing => {}
            Outcome::Here => judged.unchanged += 1,
            Outcome::New(mut student) => {
                student.id = StudentId(next);
                next += 1;
                judged.written += 1;
                if keep {
                    judged.writes.push(Write { record: Record::Student(student), based_on: 0 });
                }
            }
        }
        judged.rows.push(row.report());
    }
    for row in &judged.rows {
        *report.counts.entry(Cow::Borrowed(row.outcome.word())).or_default() += 1;
    }
    report.counts.insert(Cow::Borrowed("written"), count(judged.written));
    report.counts.insert(Cow::Borrowed("unchanged"), count(judged.unchanged));
    report.rows = judged.rows;
    let mut changes = Vec::new();
    let mut writes = judged.writes;
    while writes.len() > PER_CHANGE {
        let rest = writes.split_off(PER_CHANGE);
        let part = std::mem::replace(&mut writes, rest);
        // Only the last one carries the answer: a command is answered when all of it is there.
        let unanswered = Asked { command_id: None, ..*asked };
        changes.extend(sealed(&unanswered, import, part, summary(&report, true)));
    }
    if !writes.is_empty() {
        changes.extend(sealed(asked, import, writes, summary(&report, true)));
    }
    Ok(TakenIn { report, changes })
}

/// The school of all rows: named with the request, or the own one.
fn school(state: &State<'_>, asked: &Asked<'_>, import: &Import) -> Result<Office, Refused> {
    let id = import.school.as_ref().unwrap_or(&asked.actor.office);
    let office = state.office(id)?.filter(|office| office.level == Level::School);
    let within = scope(asked.actor, state)?;
    let own = asked.actor.office == *id || asked.actor.holds(Post::Keeper);
    office.filter(|office| own && within.covers(&office.id)).ok_or_else(|| {
        let message = match &import.school {
            Some(id) => format!("没有学校 {id}，或者不在您的管辖范围；请核对学校代码"),
            None => "文件里没有学校一栏；请用 --school 指定学校代码".to_owned(),
        };
        Refused::Input(message)
    })
}

/// What a row comes to.
enum Outcome {
    /// Nothing to take in.
    Nothing,
    /// The student is here already.
    Here,
    /// A new student.
    New(Box<Student>),
}

struct Taking<'s, 'a> {
    state: &'s State<'a>,
    asked: &'s Asked<'s>,
    school: Office,
    roster: String,
    looker: Looker<'s, 'a>,
    seen: Seen,
}

impl Taking<'_, '_> {
    fn row(&mut self, row: &mut Row<'_>) -> Result<Outcome, Refused> {
        let raw: [&str; COUNT] = std::array::from_fn(|index| row.raw(FIELDS[index].name));
        let mut cells = Cells(raw);
        if cells.0[at("admission")].trim().is_empty() {
            cells.0[at("admission")] = &self.roster;
        }
        let today = self.asked.now.day();
        let reading = Reading::of(cells, tables()?, today);
        let number = reading.id_no().unwrap_or_default().to_owned();
        let same = self.looker.same_number(reading.id_no(), None)?;
        // Who is at this very school already was brought by this file before, or typed in by a colleague.
        let (here, elsewhere): (Vec<Same>, Vec<Same>) =
            same.into_iter().partition(|same| same.school == self.school.id);
        let checked = self.looker.judge_with(reading, &self.school, today, (&elsewhere, &[]), here.is_empty())?;
        let Checked { problems, normalised, student, .. } = checked;
        row.take(problems, normalised);
        self.seen.before(row, &number);
        if row.is_rejected() {
            return Ok(Outcome::Nothing);
        }
        let Some(student) = student else { return Ok(Outcome::Nothing) };
        self.seen.note(row, &student);
        match here.first() {
            None => {
                self.looker.took(&student);
                Ok(Outcome::New(student))
            }
            Some(same) => self.already(row, same.student, &student),
        }
    }

    /// Says that a student is here; what differs stays as it is here.
    fn already(&self, row: &mut Row<'_>, id: StudentId, student: &Student) -> Result<Outcome, Refused> {
        const NUMBER: &str = "身份证件号";
        let Some(stored) = self.state.student(id)? else { return Ok(Outcome::Nothing) };
        let differing: Vec<&str> = differences(&stored, student)
            .into_iter()
            .filter(|what| !["学籍状态", "预计毕业", "义务教育截止日期"].contains(what))
            .collect();
        if differing.is_empty() {
            row.note(NUMBER, "already_here", Severity::Hint, format!("学生 {id} 已登记，没有重复登记"));
        } else {
            let message = format!(
                "学生 {id} 已登记，没有改动；文件与库中的{}不同。备案之前可以更正，备案以后请办理相应业务",
                differing.join("、")
            );
            row.note(NUMBER, "already_here_differs", Severity::Notice, message);
        }
        Ok(Outcome::Here)
    }
}

/// Rows before, by what makes two of them the same or alike.
#[derive(Default)]
struct Seen {
    numbers: HashMap<String, u32>,
    /// Sequence numbers by region and birth: neighbours may be twins, or one number typed for another.
    neighbours: HashMap<String, Vec<(u16, u32)>>,
    persons: HashMap<(String, crate::model::Day), u32>,
}

impl Seen {
    /// Refuses a row whose number a row before had.
    fn before(&self, row: &mut Row<'_>, number: &str) {
        if let Some(first) = self.numbers.get(number).filter(|_| !number.is_empty()) {
            let message = format!("与第{first}行是同一证件号，已取前一行；请核对这两行，删去或改正一行");
            row.reject("身份证件号", "id_duplicate_in_file", message);
        }
    }

    /// Keeps a good row, and says what it is like.
    fn note(&mut self, row: &mut Row<'_>, student: &Student) {
        let at = row.number();
        self.numbers.insert(student.id_no.clone(), at);
        if student.id_kind == identity::RESIDENT
            && let (Some(front), Some(Ok(sequence))) =
                (student.id_no.get(..14), student.id_no.get(14..17).map(str::parse::<u16>))
        {
            let alike = self.neighbours.entry(front.to_owned()).or_default();
            if let Some((_, first)) = alike.iter().find(|(other, _)| other.abs_diff(sequence) <= 2) {
                let message = format!("与第{first}行同地同日出生、号码相邻；是双胞胎的无须处理，否则请核对号码");
                row.note("身份证件号", "neighbouring_number", Severity::Hint, message);
            }
            alike.push((sequence, at));
        }
        if let Some(first) = self.persons.insert((student.name.clone(), student.birth), at) {
            let message = format!("与第{first}行同名且同日出生，证件号不同；请核对是否同一人");
            row.note("姓名", "same_name_and_birth", Severity::Notice, message);
        }
    }
}
