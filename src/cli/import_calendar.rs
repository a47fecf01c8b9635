//! What a year of the calendar would move, listed before it is taken in.

use super::failure::{CliError, Exit};
use super::files::Line;
use super::table;
use crate::law::kinds;
use crate::model::{Digest, Stamp};
use crate::wire::{CalendarMoves, MovesView, Query, Request};
use std::io::{self, Write};

/// Rows asked for at once.
const PAGE: u32 = 500;

/// All running deadlines that the staged calendar would move; none of them when the file itself is wrong, which the
/// report says row by row.
pub(super) fn moves(line: &mut Line, digest: &Digest, today: Option<Stamp>) -> Result<Option<MovesView>, CliError> {
    let mut all: Option<MovesView> = None;
    loop {
        let after = all.as_ref().map_or(0, |all| u32::try_from(all.items.len()).unwrap_or(u32::MAX));
        let wanted = CalendarMoves { digest: digest.clone(), after, count: Some(PAGE) };
        let answer = match line.ask_on(Request::Query(Query::CalendarMoves(wanted)), today) {
            Ok(answer) => answer,
            Err(error) if error.exit == Exit::Input => return Ok(None),
            Err(error) => return Err(error),
        };
        let page: MovesView = serde_json::from_value(answer).map_err(CliError::broken)?;
        let more = page.next.is_some();
        match &mut all {
            None => all = Some(page),
            Some(all) => all.items.extend(page.items),
        }
        if !more {
            return Ok(all);
        }
    }
}

/// The list, or that there is nothing on it.
pub(super) fn people(out: &mut dyn Write, moves: &MovesView) -> io::Result<()> {
    if moves.total == 0 {
        return writeln!(out, "在办业务的到期日都不变动");
    }
    writeln!(out, "在办业务有 {} 件的到期日变动：", moves.total)?;
    let head = ["申请", "业务", "学生", "经手方", "现到期日", "载入后"].map(str::to_owned);
    let rows = moves.items.iter().map(|row| {
        let reference = if row.reference { "（参考）" } else { "" };
        [
            row.application.to_string(),
            kinds::row(row.kind).name_zh.to_owned(),
            row.student.clone(),
            row.hand.clone(),
            row.before.to_string(),
            format!("{}{reference}", row.after),
        ]
    });
    let rows: Vec<[String; 6]> = [head].into_iter().chain(rows).collect();
    table::write(out, &rows)
}

/// It was listed and not confirmed.
pub(super) fn unconfirmed(moves: &MovesView, digest: &Digest) -> CliError {
    let message =
        format!("以上 {} 件的到期日会变动，日历没有载入；核对后加 --digest {digest} 再运行一次，即为确认", moves.total);
    CliError::new(Exit::Input, message)
}
