//! The national system's list (全国学生系统名单), for reconciliation: whole or not at all for each school. A list replaces
//! the one before it; what differed when it came is kept, so that the next one shows what was cured. The lines are the
//! other system's: they are cleaned and never corrected.

use super::cells::{Column, Layout, Row, needed, optional};
use super::words::{clean_name, day, document, half_years, month, sex, status, study_form};
use super::{TakenIn, count, sealed, summary};
use crate::desk::national::differing;
use crate::desk::{Asked, Refused, Scope, State, scope};
use crate::law::identity::{self, Fault, RESIDENT};
use crate::model::{
    DifferedThen, Import, ImportReport, Level, NATIONAL_PAGE, NationalBefore, NationalLine, NationalList, NationalPage,
    NationalPast, OfficeId, Post, Record, RecordKey, RowOutcome, Severity, Sheet, Write,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Students of one page of those who differed: its record stays under 4 KB.
const BEFORE_PAGE: usize = 80;

/// The columns, under the national form's names and our own. All that is compared must be there.
pub(super) const COLUMNS: &[Column] = &[
    needed("school_code", &["学校代码", "学校标识码"]),
    optional("student_no", &["学籍号"]),
    needed("name", &["姓名"]),
    needed("sex", &["性别"]),
    needed("birth_date", &["出生日期"]),
    optional("id_kind", &["身份证件类型"]),
    needed("id_no", &["身份证件号"]),
    needed("entry_month", &["入学年月"]),
    needed("major_code", &["专业代码"]),
    optional("major_name", &["专业名称", "专业简称"]),
    needed("study_form", &["学习形式"]),
    needed("duration_years", &["学制"]),
    needed("status", &["学生当前状态", "学籍状态"]),
    optional("class_name", &["班级名称"]),
];

/// What is read of one school.
#[derive(Default)]
struct Read {
    lines: Vec<NationalLine>,
    /// Document numbers so far, and whether one of their lines lives.
    numbers: HashMap<String, bool>,
    /// Whether a line was refused: then the list stays out.
    out: bool,
}

/// Judges all rows, and takes the lists without a bad one in.
pub(super) fn take_in(
    state: &State<'_>,
    asked: &Asked<'_>,
    import: &Import,
    sheet: &Sheet,
    keep: bool,
    mut report: ImportReport,
) -> Result<TakenIn, Refused> {
    let given = import.school.is_some().then_some("school_code");
    let layout = match Layout::of(&sheet.columns, COLUMNS, given) {
        Ok(layout) => layout,
        Err(header) => {
            report.rows.push(header);
            report.counts.insert(Cow::Borrowed(RowOutcome::Rejected.word()), 1);
            return Ok(TakenIn { report, changes: Vec::new() });
        }
    };
    report.unknown_columns = layout.unknown.clone();
    let mut reader =
        Reader { state, scope: scope(asked.actor, state)?, given: import.school.as_ref(), known: BTreeMap::new() };
    let mut schools: BTreeMap<OfficeId, Read> = BTreeMap::new();
    for at in 0..sheet.rows.len() {
        let mut row = Row::of(&layout, sheet, at);
        if !row.is_empty() {
            let school = reader.school(&mut row)?;
            let line = line(&mut row);
            if let Some(school) = school {
                let read = schools.entry(school).or_default();
                if let Some(line) = &line {
                    let lives = line.status.is_live();
                    let before = read.numbers.entry(line.id_no.clone()).or_default();
                    if *before && lives {
                        let message = "这所学校的名单里另有一行是同一证件号；请在全国系统核对后重新导出";
                        row.reject("id_no", "id_duplicate_in_file", message);
                    }
                    *before |= lives;
                }
                read.out |= row.is_rejected();
                read.lines.extend(line);
            }
        }
        report.rows.push(row.report());
    }
    let lists = schools.len();
    let (mut written, mut unchanged, mut out, mut writes) = (0, 0, 0, Vec::new());
    for (school, read) in schools {
        if read.out {
            out += 1;
            continue;
        }
        let stored = Stored::of(state, &school)?;
        shrunk(&mut report, &school, &stored, read.lines.len());
        if stored.lines == read.lines && stored.list.is_some() {
            unchanged += read.lines.len();
            continue;
        }
        written += read.lines.len();
        if keep {
            replace(state, asked, import, &school, &read.lines, stored, &mut writes)?;
        }
    }
    for row in &report.rows {
        *report.counts.entry(Cow::Borrowed(row.outcome.word())).or_default() += 1;
    }
    for (word, of) in [
        ("written", written),
        ("unchanged", unchanged),
        ("lists", lists),
        // Of these, the ones with a bad row.
        ("lists_out", out),
    ] {
        report.counts.insert(Cow::Borrowed(word), count(of));
    }
    let changes = if writes.is_empty() { Vec::new() } else { sealed(asked, import, writes, summary(&report, true)) };
    Ok(TakenIn { report, changes })
}

/// A list that is less than half as long as the one before is perhaps a part of one: it is taken, and said.
fn shrunk(report: &mut ImportReport, school: &OfficeId, stored: &Stored, lines: usize) {
    let before = stored.lines.len();
    if lines * 2 < before
        && let Some(first) = report.rows.iter_mut().find(|row| row.outcome != RowOutcome::Empty)
    {
        let message =
            format!("学校 {school} 上次的名单有{before}人，这次只有{lines}人；名单须是整校的，请核对是否导出不全");
        first.outcome = first.outcome.max(RowOutcome::Warning);
        first.problems.push(super::cells::problem(
            "school_code",
            "list_shrunk",
            Severity::Notice,
            message,
            school.as_str(),
        ));
    }
}

struct Reader<'s, 'a> {
    state: &'s State<'a>,
    scope: Scope,
    given: Option<&'s OfficeId>,
    /// Which codes are schools of the asker's.
    known: BTreeMap<OfficeId, bool>,
}

impl Reader<'_, '_> {
    /// The school of a row; none for one that is no school of the asker's.
    fn school(&mut self, row: &mut Row<'_>) -> Result<Option<OfficeId>, Refused> {
        let written = row.text("school_code");
        let id = match (written.is_empty(), self.given) {
            (false, Some(given)) if given.as_str() != written => {
                row.reject("school_code", "school", format!("与 --school 指定的 {given} 不是同一所学校"));
                return Ok(None);
            }
            (false, _) => OfficeId::from(written),
            (true, Some(given)) => given.clone(),
            (true, None) => {
                row.reject(
                    "school_code",
                    "missing_required",
                    "没有写明学校代码；请在表中填写，整个文件只有一所学校的也可用命令行的 --school 指定",
                );
                return Ok(None);
            }
        };
        if !self.known.contains_key(&id) {
            let school = self.state.office(&id)?.filter(|office| office.level == Level::School);
            self.known.insert(id.clone(), school.is_some_and(|school| self.scope.covers(&school.id)));
        }
        if !self.known.get(&id).copied().unwrap_or_default() {
            let message = format!("没有学校 {id}，或者不在您的管辖范围；这些行没有载入，其他学校不受影响");
            row.reject_by("school_code", "school_unknown", "R4.1", message);
            return Ok(None);
        }
        Ok(Some(id))
    }
}

/// A line of the list; none when the row cannot be read.
fn line(row: &mut Row<'_>) -> Option<NationalLine> {
    let id_kind = row.parse("id_kind", "not_in_code_set", "身份证件类型的名称或代码", document).unwrap_or_default();
    let id_no = number(row, id_kind);
    let student_no = identity::normalise(row.text("student_no"));
    let written = row.needed("name").unwrap_or_default();
    let name = clean_name(written);
    if name != written {
        row.normalise("name", &name);
    }
    let sex = row.parse("sex", "not_in_code_set", "男或女", sex);
    let birth = row.parse("birth_date", "date", "日期，如 20080918 或 2008-09-18", day);
    let entry = row.parse("entry_month", "date", "年月，如 202409", month);
    let major = row.text("major_code").to_owned();
    let study_form = row.parse_needed("study_form", "not_in_code_set", "全日制或非全日制", study_form);
    let half_years = row.parse("duration_years", "study_length", "年数，如 3", half_years);
    let status = row.parse_needed("status", "not_in_code_set", "学籍状态，如 在读、休学、毕业", status);
    let class_name = row.text("class_name").to_owned();
    if row.is_rejected() {
        return None;
    }
    Some(NationalLine {
        student_no: if student_no.is_empty() { format!("G{}", id_no.as_deref()?) } else { student_no },
        id_no: id_no?,
        id_kind: id_kind.to_owned(),
        name,
        sex,
        birth,
        entry,
        major,
        study_form: study_form?,
        half_years,
        status: status?,
        class_name,
    })
}

/// The document number as it is compared. Only what a spreadsheet has destroyed is refused: everything else is the
/// other system's word.
fn number(row: &mut Row<'_>, id_kind: &str) -> Option<String> {
    let text = row.needed("id_no")?;
    let number = identity::normalise(text);
    if number != text {
        row.normalise("id_no", &number);
    }
    let destroyed =
        |fault: &&Fault| matches!(fault, Fault::Scientific) || **fault == Fault::TailZeroed && id_kind == RESIDENT;
    let faults = identity::faults(&number, crate::model::Day::MAX);
    if let Some(fault) = faults.iter().find(destroyed) {
        row.reject("id_no", fault.code(), fault.message());
        return None;
    }
    if number.chars().count() > 32 || !number.chars().all(|c| c.is_alphanumeric() || "()-/.".contains(c)) {
        row.reject("id_no", "number", "应为32个以内的字母和数字");
        return None;
    }
    Some(number)
}

/// A school's list as it is stored.
struct Stored {
    list: Option<NationalList>,
    lines: Vec<NationalLine>,
    revisions: Vec<u64>,
}

impl Stored {
    fn of(state: &State<'_>, school: &OfficeId) -> Result<Stored, Refused> {
        let list = state.national_list(school)?;
        let (mut lines, mut revisions) = (Vec::new(), Vec::new());
        for page in 0..list.as_ref().map_or(0, |list| list.pages) {
            let page = state.national_page(school, page)?;
            revisions.push(page.as_ref().map_or(0, |page| page.revision));
            lines.extend(page.iter().flat_map(NationalPage::lines));
        }
        Ok(Stored { list, lines, revisions })
    }
}

/// The writes that put these lines in the place of the school's list.
fn replace(
    state: &State<'_>,
    asked: &Asked<'_>,
    import: &Import,
    school: &OfficeId,
    lines: &[NationalLine],
    stored: Stored,
    writes: &mut Vec<Write>,
) -> Result<(), Refused> {
    let chunks: Vec<&[NationalLine]> = lines.chunks(NATIONAL_PAGE).collect();
    let pages = chunks.len().max(stored.revisions.len());
    for page in 0..pages {
        let based_on = stored.revisions.get(page).copied().unwrap_or(0);
        let of = chunks.get(page).copied().unwrap_or_default();
        let record = NationalPage::of(school.clone(), count(page), based_on + 1, of);
        writes.push(Write { record: Record::NationalPage(Box::new(record)), based_on });
    }
    // Who differs from now on, for the load after this one.
    let compared = state.national_would_be(school, lines);
    let get = |at: u32| Ok(lines.get(at as usize).cloned());
    let then: Vec<DifferedThen> = differing(state, &compared, &get)?
        .into_iter()
        .map(|one| DifferedThen {
            number: one.number().to_owned(),
            name: one.name().to_owned(),
            differing: one.differing,
        })
        .collect();
    let load = stored.list.as_ref().map_or(1, |list| list.load + 1);
    let place = u8::from(load % 2 == 1);
    let before: Vec<&[DifferedThen]> = then.chunks(BEFORE_PAGE).collect();
    for (page, students) in before.iter().enumerate() {
        let page = count(page);
        let based_on = match state.get(&RecordKey::NationalBefore(school.clone(), place, page))? {
            Some(Record::NationalBefore(of)) => of.revision,
            _ => 0,
        };
        let record =
            NationalBefore { school: school.clone(), place, page, revision: based_on + 1, students: students.to_vec() };
        writes.push(Write { record: Record::NationalBefore(record), based_on });
    }
    let mut past = stored.list.as_ref().map_or([None; 2], |list| list.past);
    past[usize::from(place)] =
        Some(NationalPast { at: asked.now, pages: count(before.len()), students: count(then.len()) });
    // What was said of a pair holds as long as somebody with that number is in the list.
    let numbers: BTreeSet<&str> = lines.iter().map(|line| line.id_no.as_str()).collect();
    let mut pairs = stored.list.as_ref().map(|list| list.pairs.clone()).unwrap_or_default();
    pairs.retain(|pair| numbers.contains(pair.number.as_str()));
    let based_on = stored.list.as_ref().map_or(0, |list| list.revision);
    let list = NationalList {
        school: school.clone(),
        revision: based_on + 1,
        load,
        at: asked.now,
        by: asked.actor.sign(Post::Keeper),
        digest: import.digest.clone(),
        lines: count(lines.len()),
        pages: count(pages),
        past,
        pairs,
    };
    writes.push(Write { record: Record::NationalList(Box::new(list)), based_on });
    Ok(())
}
