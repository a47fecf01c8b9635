//! A file of the province as it was checked: what is said about its rows, and what it changes, line by line.

use super::lines::Flow;
use super::palette::Role;
use super::style;
use crate::app::load::{LoadSeen, called, closed};
use crate::app::{App, words};
use crate::catalogue::{Lang, LoadText as Text};
use crate::keymap::{Action, Scope};
use crate::model::{ImportKind, Severity, StudyForm};
use crate::wire::{MovesView, OfferChange, OfferChanged, QualificationChanges};

/// Columns of what stands in front.
const FRONT: usize = 14;
/// Digits of a digest that are shown.
const DIGITS: usize = 12;

/// The page.
pub(super) fn page(app: &App, seen: &LoadSeen, flow: &mut Flow) {
    let lang = app.look.lang;
    let (head, plain, dim) = (style(app, Role::Heading), style(app, Role::Text), style(app, Role::Dim));
    let name = if seen.form.is_empty() { seen.name.clone() } else { format!("{}  {}", seen.name, seen.form) };
    flow.text(0, &Text::Title.fill(lang, &[("what", called(seen.kind, lang)), ("name", &name)]), head);
    let of = |word: &str| seen.count(word).to_string();
    let short: String = seen.digest.as_str().chars().take(DIGITS).collect();
    let (written, unchanged, rejected) = (of("written"), of("unchanged"), of("rejected"));
    let counts =
        [("written", &*written), ("unchanged", &*unchanged), ("rejected", &*rejected), ("digest", short.as_str())];
    flow.text(0, &Text::Counts.fill(lang, &counts), plain);
    if seen.kind == ImportKind::National {
        national(app, seen, flow);
    }
    if !seen.unknown.is_empty() {
        flow.text(0, &Text::Unused.fill(lang, &[("names", &seen.unknown.join("、"))]), style(app, Role::Warn));
    }
    let (said, role) = match closed(seen) {
        Some(why) => (why.text(lang).to_owned(), if seen.refused { Role::Danger } else { Role::Text }),
        None => {
            let key = app.keymap.key_for(Scope::Pane, Action::Open).unwrap_or_default();
            (Text::PressEnter.fill(lang, &[("key", &key)]), Role::Warn)
        }
    };
    flow.text(0, &said, style(app, role));
    let mut row = None;
    for problem in &seen.problems {
        let role = match problem.severity {
            Severity::Block => Role::Danger,
            Severity::Notice => Role::Warn,
            Severity::Hint => Role::Dim,
        };
        let values = [("n", &*problem.row.to_string()), ("column", &*problem.column)];
        // What is said of one row stands together.
        if row.replace(problem.row) != Some(problem.row) {
            flow.gap();
        }
        flow.text(0, &Text::Row.fill(lang, &values), style(app, role));
        flow.text(2, &problem.message, plain);
    }
    if seen.more > 0 {
        flow.text(0, &Text::MoreRows.fill(lang, &[("n", &seen.more.to_string())]), dim);
    }
    if let Some(moves) = &seen.moves {
        self::moves(app, moves, flow);
    }
    if let Some(changes) = &seen.changes {
        compared(app, changes, flow);
    }
}

/// Schools and rows of a list of the national system.
fn national(app: &App, seen: &LoadSeen, flow: &mut Flow) {
    let (lang, out) = (app.look.lang, seen.count("lists_out"));
    let of = |word: &str| seen.count(word).to_string();
    let lists = Text::NationalLists.fill(lang, &[("lists", &of("lists")), ("out", &out.to_string())]);
    flow.text(0, &lists, style(app, if out > 0 { Role::Warn } else { Role::Text }));
    let [accepted, normalised, warning, rejected, empty] =
        ["accepted", "accepted-normalised", "warning", "rejected", "empty"].map(of);
    let values = [
        ("accepted", &*accepted),
        ("normalised", &*normalised),
        ("warning", &*warning),
        ("rejected", &*rejected),
        ("empty", &*empty),
    ];
    flow.text(0, &Text::NationalRows.fill(lang, &values), style(app, Role::Text));
}

fn moves(app: &App, moves: &MovesView, flow: &mut Flow) {
    let lang = app.look.lang;
    let (head, plain) = (style(app, Role::Heading), style(app, Role::Text));
    flow.gap();
    if moves.total == 0 {
        return flow.text(0, Text::NoMoves.text(lang), head);
    }
    flow.text(0, &Text::Moves.fill(lang, &[("n", &moves.total.to_string())]), head);
    for row in &moves.items {
        let values = [("hand", &*row.hand), ("before", &*row.before.to_string()), ("after", &*row.after.to_string())];
        let said = format!("{}  {}  {}", words::kind(row.kind, lang), row.student, Text::MoveLine.fill(lang, &values));
        flow.item(&row.application.to_string(), FRONT, plain, &said, plain);
    }
    more(app, moves.total, moves.items.len(), flow);
}

fn compared(app: &App, changes: &QualificationChanges, flow: &mut Flow) {
    let lang = app.look.lang;
    let (head, plain) = (style(app, Role::Heading), style(app, Role::Text));
    let numbers = [changes.added, changes.withdrawn, changes.changed, changes.unchanged, changes.schools_withdrawn];
    let [added, withdrawn, changed, unchanged, gone] = numbers.map(|n| n.to_string());
    let values = [
        ("added", &*added),
        ("withdrawn", &*withdrawn),
        ("changed", &*changed),
        ("unchanged", &*unchanged),
        ("gone", &*gone),
    ];
    flow.gap();
    flow.text(0, &Text::Compared.fill(lang, &values), head);
    let mut school = None;
    for row in &changes.items {
        if school != Some(&row.school) {
            school = Some(&row.school);
            flow.text(0, &format!("{}  {}", row.school_name, row.school), head);
        }
        let (word, role) = match row.change {
            OfferChange::Added => (Text::Added, Role::Text),
            OfferChange::Withdrawn => (Text::Withdrawn, Role::Danger),
            OfferChange::Changed => (Text::Changed, Role::Warn),
        };
        flow.item(&format!("  {}", word.text(lang)), FRONT / 2, style(app, role), &offer(row, lang), plain);
    }
    more(app, changes.total, changes.items.len(), flow);
}

fn offer(row: &OfferChanged, lang: Lang) -> String {
    let plan = match (row.before, row.after) {
        (Some(before), Some(after)) => format!("{before} -> {after}"),
        (before, after) => after.or(before).unwrap_or_default().to_string(),
    };
    let form = if row.form == StudyForm::FullTime { Text::FullTime } else { Text::PartTime };
    let half = if row.half_years % 2 == 1 { ".5" } else { "" };
    let values = [
        ("year", &*row.year.to_string()),
        ("season", row.season.name()),
        ("major", &*format!("{} {}", row.major, row.major_name)),
        ("campus", &*row.campus),
        ("form", form.text(lang)),
        ("years", &*format!("{}{half}", row.half_years / 2)),
        ("plan", &*plan),
    ];
    Text::OfferLine.fill(lang, &values)
}

fn more(app: &App, total: u32, shown: usize, flow: &mut Flow) {
    let rest = (total as usize).saturating_sub(shown);
    if rest > 0 {
        let said = Text::MoreLines.fill(app.look.lang, &[("n", &rest.to_string())]);
        flow.text(0, &said, style(app, Role::Dim));
    }
}
