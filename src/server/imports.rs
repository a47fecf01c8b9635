//! Files of others: the rows are staged on the connection that brings them, judged here, and taken in by the writer.
//! What is staged falls with the line.

use super::compare;
use super::hall::Hall;
use super::lists::fitting;
use super::moves;
use super::refusal::Refusal;
use super::session::{Asker, Session};
use super::writer::Job;
use crate::desk::import::{self, Run};
use crate::desk::{Asked, State};
use crate::model::{
    AccountId, CELL_END, CommandId, Day, Digest, Import, ImportKind, ImportReport, RowReport, Severity, Sheet,
};
use crate::wire::{CalendarMoves, CompareOffers, ErrorKind, Failure, ImportCheck, ImportCommit, ImportRows};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;

/// Most bytes of rows on one connection.
const MOST_BYTES: usize = 96 << 20;
/// Most bytes of rows on all connections together.
const MOST_STAGED: usize = 256 << 20;
/// Most columns of a file.
const MOST_COLUMNS: usize = 120;
/// Most rows of one page of a report.
const LONGEST_PAGE: u32 = 5000;
/// Rows that are taken in at once, where only good ones are: one entry of the journal, and one turn of the writer.
const AT_ONCE: u32 = 5000;
/// Rows that have to be there before they are judged while others arrive: who is here already is looked up for all of
/// them at once.
const CHECKED_AT_ONCE: usize = 2000;

/// What one connection has brought.
pub(super) struct Imports<'a> {
    hall: &'a Hall,
    staged: Option<Staged>,
    report: Option<ImportReport>,
    bytes: usize,
}

struct Staged {
    kind: ImportKind,
    /// Shared with the writer while it takes rows in.
    sheet: Arc<Sheet>,
    digest: blake3::Hasher,
    /// How far a file has come that is gone through some rows at a time.
    run: Option<(Arc<Import>, Box<Run>)>,
    /// What was judged while the rows arrived.
    check: Option<Check>,
}

/// New students that are judged as they arrive: for whom, on which day, and with which words.
struct Check {
    by: AccountId,
    on: Day,
    with: ImportCheck,
    run: Box<Run>,
}

impl Check {
    /// Whether it answers what this one asks now.
    fn is_of(&self, asker: &Asker) -> bool {
        self.by == asker.actor.account && self.on == asker.now.day()
    }
}

impl<'a> Imports<'a> {
    /// Nothing yet.
    pub(super) fn of(hall: &'a Hall) -> Self {
        Imports { hall, staged: None, report: None, bytes: 0 }
    }

    fn drop_staged(&mut self) {
        self.staged = None;
        self.hall.staged.fetch_sub(self.bytes, Ordering::AcqRel);
        self.bytes = 0;
    }

    /// Room for so many bytes more.
    fn grow(&mut self, bytes: usize) -> Result<(), Failure> {
        let all = self.hall.staged.fetch_add(bytes, Ordering::AcqRel) + bytes;
        self.bytes += bytes;
        if self.bytes > MOST_BYTES {
            self.drop_staged();
            let message = format!("文件超过 {} MiB，没有导入；请分成几个文件", MOST_BYTES >> 20);
            return Err(Failure::new(ErrorKind::Input, message));
        }
        if all > MOST_STAGED {
            self.drop_staged();
            return Err(Failure::new(ErrorKind::Busy, "同时导入的文件太多，没有导入；请稍后再试"));
        }
        Ok(())
    }

    /// A page of what was said about the rows, or about those of which something at least so hard is said; and how many
    /// things are said in all.
    pub(super) fn report(&self, after: u32, count: u32, worth: Option<Severity>) -> Result<Value, Refusal> {
        let report = self.report.as_ref();
        let report = report.ok_or_else(|| Failure::new(ErrorKind::NotFound, "本连接还没有导入过文件"))?;
        let from = report.rows.partition_point(|row| row.row <= after);
        let count = count.clamp(1, LONGEST_PAGE) as usize;
        let asked = |row: &&RowReport| worth.is_none_or(|worth| row.problems.iter().any(|of| of.severity >= worth));
        let mut rest = report.rows.iter().skip(from).filter(asked);
        let page: Vec<&RowReport> = rest.by_ref().take(count).collect();
        let items = fitting(&page)?;
        let more = items.len() < page.len() || rest.next().is_some();
        let next = items.last().filter(|_| more).map(|last| last["row"].clone());
        let said: usize = report.rows.iter().map(|row| row.problems.len()).sum();
        Ok(json!({ "total": report.rows.len(), "said": said, "items": items, "next": next }))
    }
}

impl Drop for Imports<'_> {
    fn drop(&mut self) {
        self.drop_staged();
    }
}

/// Takes rows on. `stripped` names the cells from which something was taken at the door, `steering` those of them in which
/// an escape sequence stood.
pub(super) fn stage(
    session: &mut Session<'_>,
    asker: &Asker,
    rows: ImportRows,
    (stripped, steering): (&[String], &[String]),
) -> Result<Value, Refusal> {
    let hall = session.hall;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    import::may_import(&state, &asked(asker, None), rows.kind)?;
    let imports = &mut session.imports;
    if rows.from == 0 {
        imports.drop_staged();
        if rows.columns.is_empty() || rows.columns.len() > MOST_COLUMNS {
            let message = format!("首行应有1至{MOST_COLUMNS}个列名，现在是{}个", rows.columns.len());
            return Err(Failure::new(ErrorKind::Input, message).into());
        }
        let mut digest = blake3::Hasher::new();
        digest.update(rows.kind.word().as_bytes()).update(b"\n");
        digest_row(&mut digest, &rows.columns.join(&CELL_END.to_string()));
        let sheet = Arc::new(Sheet { columns: rows.columns, ..Sheet::default() });
        let (by, on) = (asker.actor.account.clone(), asker.now.day());
        let begin = |with| Check { by, on, with, run: Box::new(Run::begin(&Digest(String::new()), true)) };
        let check = rows.check.filter(|_| rows.kind == ImportKind::NewStudents).map(begin);
        imports.staged = Some(Staged { kind: rows.kind, sheet, digest, run: None, check });
    }
    let arrived = imports.staged.as_ref().map_or(0, |staged| staged.sheet.rows.len());
    let fits = |staged: &Staged| staged.kind == rows.kind && arrived == rows.from as usize;
    if !imports.staged.as_ref().is_some_and(fits) {
        let message = format!("已收到 {arrived} 行，而这一段从第 {} 行接起；请从 0 重新开始", rows.from);
        return Err(Failure::new(ErrorKind::Input, message).into());
    }
    if arrived + rows.rows.len() > import::MOST_ROWS {
        imports.drop_staged();
        let whole = if rows.kind == ImportKind::National {
            "，每所学校的名单须整校放在同一个文件里"
        } else {
            ""
        };
        let message = format!("文件超过 {} 行，没有导入；请分成几个文件{whole}", import::MOST_ROWS);
        return Err(Failure::new(ErrorKind::Input, message).into());
    }
    let lines: Vec<Box<str>> = rows.rows.iter().map(|cells| cells.joined(CELL_END)).collect();
    imports.grow(lines.iter().map(|line| line.len() + size_of::<Box<str>>()).sum())?;
    let begin = || Failure::new(ErrorKind::Input, "没有收到首行；请从 0 重新开始");
    let staged = imports.staged.as_mut().ok_or_else(begin)?;
    let sheet = Arc::get_mut(&mut staged.sheet).ok_or_else(begin)?;
    staged.run = None;
    for line in lines {
        digest_row(&mut staged.digest, &line);
        sheet.rows.push(line);
    }
    let cells = |paths: &[String]| -> Vec<(u32, u32)> {
        paths.iter().filter_map(|path| cell_of(path)).map(|(row, cell)| (row + rows.from, cell)).collect()
    };
    sheet.stripped.extend(cells(stripped));
    sheet.steering.extend(cells(steering));
    let checked = check_on(&state, asker, staged);
    Ok(json!({ "rows": staged.sheet.rows.len(), "digest": digest(staged), "checked": checked }))
}

/// Judges what has arrived, where that is wanted and enough is there; how many rows are judged. What refuses the file as
/// a whole is left for the dry run to say.
fn check_on(state: &State<'_>, asker: &Asker, staged: &mut Staged) -> Option<usize> {
    let Check { by, on, with, mut run } = staged.check.take().filter(|check| check.is_of(asker))?;
    let waiting = staged.sheet.rows.len().saturating_sub(run.done());
    if waiting >= CHECKED_AT_ONCE {
        let import = Import {
            kind: staged.kind,
            // So far: its only use is the name of the roster, which no dry run keeps.
            digest: digest(staged),
            rows: u32::try_from(staged.sheet.rows.len()).unwrap_or(u32::MAX),
            school: with.school.clone(),
            document: with.document.clone(),
            moves: None,
        };
        import::go_on(state, &asked(asker, None), &import, &staged.sheet, &mut run, waiting).ok()?;
    }
    let done = run.done();
    // A header that is wrong stops it before the first row.
    staged.check = (waiting < CHECKED_AT_ONCE || done > 0).then_some(Check { by, on, with, run });
    Some(done)
}

/// The running deadlines that the staged calendar would move.
pub(super) fn moves(session: &Session<'_>, asker: &Asker, wanted: &CalendarMoves) -> Result<Value, Refusal> {
    let hall = session.hall;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = asked(asker, None);
    import::may_import(&state, &asked, ImportKind::Calendar)?;
    let staged = session.imports.staged.as_ref().filter(|staged| staged.kind == ImportKind::Calendar);
    let Some(staged) = staged.filter(|staged| digest(staged) == wanted.digest) else {
        let message = "本连接没有送出这份日历的各行；请先送出（import.stage），再按摘要查询";
        return Err(Failure::new(ErrorKind::Input, message).into());
    };
    let rows = u32::try_from(staged.sheet.rows.len()).unwrap_or(u32::MAX);
    let kind = ImportKind::Calendar;
    // The list needs no document's number: it is looked at again when the calendar is taken in.
    let document = Some("-".to_owned());
    let import = Import { kind, digest: wanted.digest.clone(), rows, school: None, document, moves: None };
    let taken = import::take_in(&state, &asked, &import, &staged.sheet, true)?;
    if taken.report.refuses() {
        let message = "日历文件有误，算不出到期日的变动；请先试导并改正";
        return Err(Failure::new(ErrorKind::Input, message).into());
    }
    moves::page(hall, asker, &taken.changes, wanted)
}

/// In what the staged qualifications differ from the last publication, line by line.
pub(super) fn compare(session: &Session<'_>, asker: &Asker, wanted: &CompareOffers) -> Result<Value, Refusal> {
    let hall = session.hall;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = asked(asker, None);
    let kind = ImportKind::Qualifications;
    import::may_import(&state, &asked, kind)?;
    let staged = session.imports.staged.as_ref().filter(|staged| staged.kind == kind);
    let Some(staged) = staged.filter(|staged| digest(staged) == wanted.digest) else {
        let message = "本连接没有送出这份招生资质的各行；请先送出（import.stage），再按摘要查询";
        return Err(Failure::new(ErrorKind::Input, message).into());
    };
    let rows = u32::try_from(staged.sheet.rows.len()).unwrap_or(u32::MAX);
    // The list needs no document's number: it is looked at again when the publication is taken in.
    let document = Some("-".to_owned());
    let import = Import { kind, digest: wanted.digest.clone(), rows, school: None, document, moves: None };
    let taken = import::take_in(&state, &asked, &import, &staged.sheet, true)?;
    if taken.report.refuses() {
        let message = "招生资质文件有误，无法与上次发布比较；请先试导并改正";
        return Err(Failure::new(ErrorKind::Input, message).into());
    }
    let unchanged = taken.report.counts.get("unchanged").copied().unwrap_or_default();
    compare::page(&state, &taken.changes, unchanged, wanted)
}

/// Judges what is staged, and takes it in unless it is a dry run or a row is refused.
pub(super) fn commit(
    session: &mut Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    commit: ImportCommit,
) -> Result<Value, Refusal> {
    let hall = session.hall;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = asked(asker, command_id);
    let staged = session.imports.staged.as_ref().filter(|staged| staged.kind == commit.kind);
    let rows = staged.map_or(0, |staged| staged.sheet.rows.len());
    let import = Import {
        kind: commit.kind,
        digest: commit.digest,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        school: commit.school,
        document: commit.document,
        moves: commit.moves,
    };
    if !commit.dry_run
        && let Some(first) = import::answered(&state, &asked, &import)?
    {
        return Ok(first);
    }
    let Some(staged) = staged else {
        let message = "本连接没有待导入的行；请先送出文件的各行（import.stage）";
        return Err(Failure::new(ErrorKind::Input, message).into());
    };
    if digest(staged) != import.digest {
        let message = format!("文件与核对过的不是同一份（现为 {}），没有导入；请重新试导核对", digest(staged));
        return Err(Failure::new(ErrorKind::Input, message).into());
    }
    if import.kind == ImportKind::NewStudents {
        return by_rows(session, asker, command_id, &Arc::new(import), (commit.dry_run, commit.count));
    }
    // Judged here first: a file with errors, and a dry run, cost the writer nothing.
    let mut report = import::take_in(&state, &asked, &import, &staged.sheet, false)?.report;
    if !commit.dry_run && (import.kind.is_partial() || !report.refuses()) {
        let sheet = session.imports.staged.take().map(|staged| staged.sheet).unwrap_or_default();
        let (answer, word) = sync_channel(1);
        let (actor, import) = (asker.actor.clone(), Box::new(import));
        let job = Job::Import { actor, today: asker.today, command_id, import, sheet, answer };
        let word = session.hand_over(job, &word);
        session.imports.drop_staged();
        report = word?;
    }
    let answer = import::summary(&report, report.committed);
    session.imports.report = Some(report);
    Ok(answer)
}

/// Goes through a file of which the good rows are taken in: all of it, or so many rows more.
fn by_rows(
    session: &mut Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    import: &Arc<Import>,
    (dry, rows): (bool, Option<u32>),
) -> Result<Value, Refusal> {
    let hall = session.hall;
    import::may_import(&State::new(hall.store(), &hall.calendar()), &asked(asker, command_id), import.kind)?;
    let at_once = rows.unwrap_or(AT_ONCE).clamp(1, AT_ONCE) as usize;
    loop {
        let Some(staged) = &mut session.imports.staged else {
            return Err(Failure::new(ErrorKind::Input, "本连接没有待导入的行；请重新送出").into());
        };
        let sheet = Arc::clone(&staged.sheet);
        let begun = staged.run.take().filter(|(of, run)| of == import && run.is_dry() == dry).map(|(_, run)| run);
        let wanted = ImportCheck { school: import.school.clone(), document: import.document.clone() };
        let same = |check: &mut Check| check.with == wanted && check.is_of(asker);
        let checked = || staged.check.take_if(same).filter(|_| dry).map(|check| check.run.named(&import.digest));
        let mut run = begun.or_else(checked).unwrap_or_else(|| Box::new(Run::begin(&import.digest, dry)));
        if run.done() > 0 && run.is_done(&sheet) {
            // All of it was judged while it arrived.
        } else if dry {
            let calendar = hall.calendar();
            let state = State::new(hall.store(), &calendar);
            import::go_on(&state, &asked(asker, command_id), import, &sheet, &mut run, at_once)?;
        } else {
            let (answer, word) = sync_channel(1);
            let (actor, sheet, import) = (asker.actor.clone(), Arc::clone(&sheet), Arc::clone(import));
            let (today, rows) = (asker.today, at_once);
            let job = Job::Rows { actor, today, command_id, import, sheet, run, rows, answer };
            run = session.hand_over(job, &word)?;
        }
        if run.is_done(&sheet) {
            let report = run.ended();
            if !dry {
                session.imports.drop_staged();
            }
            let answer = import::summary(&report, report.committed);
            session.imports.report = Some(report);
            return Ok(answer);
        }
        let so_far = json!({
            "digest": import.digest, "committed": false, "done": run.done(), "of": sheet.rows.len(),
            "counts": run.report().counts,
        });
        if let Some(staged) = &mut session.imports.staged {
            staged.run = Some((Arc::clone(import), run));
        }
        if rows.is_some() {
            return Ok(so_far);
        }
    }
}

fn asked(asker: &Asker, command_id: Option<CommandId>) -> Asked<'_> {
    Asked { actor: &asker.actor, now: asker.now, command_id }
}

fn digest_row(digest: &mut blake3::Hasher, row: &str) {
    // No cell holds a line break: it was cleaned at the door.
    digest.update(row.as_bytes()).update(b"\n");
}

fn digest(staged: &Staged) -> Digest {
    Digest(staged.digest.finalize().to_hex().to_string())
}

/// Row and cell of a path such as `rows[3][5]`.
fn cell_of(path: &str) -> Option<(u32, u32)> {
    let (row, cell) = path.strip_prefix("rows[")?.strip_suffix(']')?.split_once("][")?;
    Some((row.parse().ok()?, cell.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_paths() {
        assert_eq!(cell_of("rows[3][15]"), Some((3, 15)));
        for path in ["rows[3]", "columns[1]", "rows[3][15][1]", "rows[x][1]", "kind", ""] {
            assert_eq!(cell_of(path), None, "{path}");
        }
    }
}
