//! New students (新生) in the columns of the national template: every row is judged by the very function that the entry
//! form asks. Good rows are registered, bad ones stay out and are told why; the same file brought again adds nothing.

use super::cells::{Column, Layout, Row};
use super::here::differences;
use super::{count, documented, may_import, sealed, summary};
use crate::desk::entry::{Looker, tables};
use crate::desk::{Asked, Refused, State, clock_went_back, scope};
use crate::law::entry::fields::{FIELDS, Form, Need, at};
use crate::law::entry::{Cells, Checked, Reading, Same};
use crate::law::identity;
use crate::model::{
    CELL_END, Change, Day, Digest, Import, ImportReport, Level, Office, Post, Record, RowOutcome, Severity, Sheet,
    Student, StudentId, Write,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::thread;

/// Header of the document number.
const NUMBER: &str = FIELDS[at("id_no")].name;

/// The columns that are understood, in the order of the fields.
pub(super) fn columns() -> Vec<Column> {
    FIELDS
        .iter()
        .map(|row| Column {
            name: row.name,
            needed: row.need == Need::Always && row.form != Form::Pinyin,
            others: row.others,
        })
        .collect()
}

/// An import of new students as far as it has come. It goes on some rows at a time: what has been taken in stays, and
/// the same file brought again takes up where an interrupted one ended.
#[derive(Debug)]
pub struct Run {
    dry: bool,
    next: usize,
    report: ImportReport,
    seen: Seen,
    refused: bool,
}

impl Run {
    /// Nothing of the file has been looked at.
    pub fn begin(digest: &Digest, dry: bool) -> Run {
        let report = ImportReport {
            digest: digest.clone(),
            committed: false,
            counts: [("written", 0), ("unchanged", 0)].map(|(word, of)| (Cow::Borrowed(word), of)).into(),
            unknown_columns: Vec::new(),
            rows: Vec::new(),
        };
        Run { dry, next: 0, report, seen: Seen::default(), refused: false }
    }

    /// The same under the digest of the whole file, which nobody knows before its last row.
    pub fn named(mut self: Box<Self>, digest: &Digest) -> Box<Self> {
        self.report.digest.clone_from(digest);
        self
    }

    /// Whether it only judges.
    pub fn is_dry(&self) -> bool {
        self.dry
    }

    /// Rows looked at so far.
    pub fn done(&self) -> usize {
        self.next
    }

    /// Whether nothing is left of the sheet.
    pub fn is_done(&self, sheet: &Sheet) -> bool {
        self.refused || self.next >= sheet.rows.len()
    }

    /// What was said so far.
    pub fn report(&self) -> &ImportReport {
        &self.report
    }

    /// What was said, at the end.
    pub fn ended(self) -> ImportReport {
        ImportReport { committed: !self.dry, ..self.report }
    }
}

/// Judges so many rows more; what is to be written of them, unless it only judges. A command id goes into the change of
/// the last rows: a command is answered when all of it is there.
pub fn go_on(
    state: &State<'_>,
    asked: &Asked<'_>,
    import: &Import,
    sheet: &Sheet,
    run: &mut Run,
    rows: usize,
) -> Result<Option<Change>, Refused> {
    may_import(state, asked, import.kind)?;
    clock_went_back(state, asked, false)?;
    documented(state, import.kind, import.document.as_deref())?;
    let school = school(state, asked, import)?;
    let layout = match Layout::of(&sheet.columns, &columns(), None) {
        Ok(layout) => layout,
        Err(header) => {
            run.report.rows.push(header);
            run.report.counts.insert(Cow::Borrowed(RowOutcome::Rejected.word()), 1);
            run.refused = true;
            return Ok(None);
        }
    };
    if run.next == 0 {
        run.report.unknown_columns.clone_from(&layout.unknown);
    }
    let until = run.next.saturating_add(rows.max(1)).min(sheet.rows.len());
    // The file itself is the roster of admission, unless its rows or the request name another.
    let digest: String = import.digest.0.chars().take(12).collect();
    let roster = import.document.clone().unwrap_or_else(|| format!("录取名册文件 {digest}"));
    let numbers = numbers(&layout, sheet, run.next..until);
    let mut taking = Taking {
        asked,
        school,
        looker: Looker::new(state, scope(asked.actor, state)?).ahead(&numbers),
        state,
        seen: std::mem::take(&mut run.seen),
    };
    let (mut writes, mut written, mut unchanged) = (Vec::new(), 0, 0);
    let mut next = state.next_student().0;
    let mut reports = Vec::with_capacity(until - run.next);
    for from in (run.next..until).step_by(READ_AT_ONCE) {
        for (mut row, reading) in read(&layout, sheet, from..until.min(from + READ_AT_ONCE), &roster, asked.now.day())?
        {
            let outcome = match reading {
                _ if row.refuse_steering(sheet) => Outcome::Nothing,
                Some(reading) => taking.row(&mut row, reading)?,
                None => Outcome::Nothing,
            };
            match outcome {
                Outcome::Nothing => {}
                Outcome::Here => unchanged += 1,
                Outcome::New(mut student) => {
                    student.id = StudentId(next);
                    next += 1;
                    written += 1;
                    if !run.dry {
                        writes.push(Write { record: Record::Student(student), based_on: 0 });
                    }
                }
            }
            reports.push(row.report());
        }
    }
    run.seen = taking.seen;
    run.next = until;
    for row in &reports {
        *run.report.counts.entry(Cow::Borrowed(row.outcome.word())).or_default() += 1;
    }
    *run.report.counts.entry(Cow::Borrowed("written")).or_default() += count(written);
    *run.report.counts.entry(Cow::Borrowed("unchanged")).or_default() += count(unchanged);
    run.report.rows.append(&mut reports);
    let last = until == sheet.rows.len();
    let asked = Asked { command_id: asked.command_id.filter(|_| last), ..*asked };
    let any = run.report.counts.get("written").is_some_and(|written| *written > 0);
    // An answer is kept with the last rows even where nothing of these is written.
    if run.dry || writes.is_empty() && !(any && asked.command_id.is_some()) {
        return Ok(None);
    }
    Ok(sealed(&asked, import, writes, summary(&run.report, true)).pop())
}

/// Most threads that read rows.
const LANES: usize = 4;
/// Rows that are read before they are judged: a row that is read takes many times the room of its text.
const READ_AT_ONCE: usize = 250;

/// The document numbers of these rows, as they will be read.
fn numbers(layout: &Layout, sheet: &Sheet, rows: Range<usize>) -> HashSet<String> {
    let Some(column) = layout.column(NUMBER) else { return HashSet::new() };
    let cells = sheet.rows.get(rows).into_iter().flatten().filter_map(|row| row.split(CELL_END).nth(column));
    cells.map(|cell| identity::normalise(cell.trim())).filter(|number| !number.is_empty()).collect()
}

/// These rows with what their cells say, which rests on nothing but themselves: on as many threads as there are
/// processors. No reading where there is nothing in a row.
fn read<'r>(
    layout: &'r Layout,
    sheet: &'r Sheet,
    rows: Range<usize>,
    roster: &'r str,
    today: Day,
) -> Result<Vec<(Row<'r>, Option<Reading<'r>>)>, Refused> {
    let tables = tables()?;
    let columns = FIELDS.each_ref().map(|field| layout.column(field.name));
    let one = |at: usize| {
        let row = Row::of(layout, sheet, at);
        let mut cells = Cells(columns.map(|cell| cell.map_or("", |cell| row.cell(cell))));
        if cells.0[self::at("admission")].trim().is_empty() {
            cells.0[self::at("admission")] = roster;
        }
        let reading = (!row.is_empty()).then(|| Reading::of(cells, tables, today));
        (row, reading)
    };
    let lanes = thread::available_parallelism().map_or(1, usize::from).min(LANES);
    let piece = rows.len().div_ceil(lanes).max(1);
    let read = thread::scope(|scope| {
        let pieces = rows.clone().step_by(piece).map(|from| from..rows.end.min(from + piece));
        let lanes: Vec<_> = pieces.map(|piece| scope.spawn(|| piece.map(one).collect::<Vec<_>>())).collect();
        lanes.into_iter().map(|lane| lane.join().ok()).collect::<Option<Vec<_>>>()
    });
    let failed = || Refused::Input("读取各行时出错，没有登记；请重新导入".to_owned());
    Ok(read.ok_or_else(failed)?.into_iter().flatten().collect())
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
    looker: Looker<'s, 'a>,
    seen: Seen,
}

impl Taking<'_, '_> {
    fn row(&mut self, row: &mut Row<'_>, reading: Reading<'_>) -> Result<Outcome, Refused> {
        let today = self.asked.now.day();
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
#[derive(Debug, Default)]
struct Seen {
    numbers: HashMap<Box<str>, u32>,
    /// Resident numbers without their check digit: neighbours may be twins, or one number typed for another.
    neighbours: BTreeMap<u64, u32>,
    persons: HashMap<(Box<str>, Day), u32>,
}

/// How far apart two resident numbers may be to be neighbours.
const NEAR: u64 = 2;
/// Sequence numbers of one place and day.
const OF_A_DAY: u64 = 1000;

impl Seen {
    /// Refuses a row whose number a row before had.
    fn before(&self, row: &mut Row<'_>, number: &str) {
        if let Some(first) = self.numbers.get(number).filter(|_| !number.is_empty()) {
            let message = format!("与第{first}行是同一证件号，已取前一行；请核对这两行，删去或改正一行");
            row.reject(NUMBER, "id_duplicate_in_file", message);
        }
    }

    /// Keeps a good row, and says what it is like.
    fn note(&mut self, row: &mut Row<'_>, student: &Student) {
        let at = row.number();
        self.numbers.insert(student.id_no.as_str().into(), at);
        if student.id_kind == identity::RESIDENT
            && let Some(Ok(number)) = student.id_no.get(..17).map(str::parse::<u64>)
        {
            let near = self.neighbours.range(number.saturating_sub(NEAR)..=number.saturating_add(NEAR));
            let same_day = near.filter(|(other, _)| **other / OF_A_DAY == number / OF_A_DAY);
            if let Some(first) = same_day.map(|(_, row)| *row).min() {
                let message = format!("与第{first}行同地同日出生、号码相邻；是双胞胎的无须处理，否则请核对号码");
                row.note(NUMBER, "neighbouring_number", Severity::Hint, message);
            }
            self.neighbours.insert(number, at);
        }
        if let Some(first) = self.persons.insert((student.name.as_str().into(), student.birth), at) {
            let message = format!("与第{first}行同名且同日出生，证件号不同；请核对是否同一人");
            row.note("姓名", "same_name_and_birth", Severity::Notice, message);
        }
    }
}
