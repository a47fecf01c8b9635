//! 依据: how the figure was reached, day by day, and the rules in our own words.

use super::case::{clock_words, lead_words};
use super::lines::Flow;
use super::palette::{self, Role};
use super::{put, read, style};
use crate::app::screen::BasisScreen;
use crate::app::{App, BasisView, RuleText, words};
use crate::catalogue::{GradMsg, Msg};
use crate::model::Day;
use crate::text;
use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The pane. How far it can be scrolled.
pub(super) fn draw(app: &App, screen: &BasisScreen, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let mut title = Msg::BasisTitle.fill(lang, &[("id", &screen.id.to_string())]);
    if let Some(row) = app.queue.rows.iter().find(|row| row.id == screen.id) {
        title = format!("{title}  {} {}", row.student_name, words::kind(row.kind, lang));
    }
    put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
    let inner = Rect { y: area.y + 1, height: area.height - 1, ..area };
    match &screen.basis {
        Some(basis) => read(app, &lines(app, basis, inner.width).lines, screen.scroll, inner, buf),
        None => {
            put(buf, inner.x, inner.y, inner.width, Msg::Loading.text(lang), style(app, Role::Dim));
            0
        }
    }
}

fn lines(app: &App, basis: &BasisView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let role = |role| style(app, role);
    let mut flow = Flow::new(columns);
    let today = app.me.as_ref().map(|me| me.now.day());
    match &basis.clock {
        Some(clock) => {
            let lead = lead_words(clock, lang);
            let due = Msg::BasisDue.fill(lang, &[("due", &clock.due.to_string())]);
            flow.text(0, &format!("{lead}  {due}"), role(palette::light(clock.light)));
            flow.text(0, &clock_words(clock, lang), role(Role::Text));
            flow.text(0, &Msg::BasisCalendar.fill(lang, &[("edition", &basis.calendar)]), role(Role::Dim));
            flow.gap();
            flow.text(0, Msg::BasisCount.text(lang), role(Role::Heading));
            row(app, &mut flow, clock.started, "-", Msg::BasisStart.text(lang), Role::Dim);
            for day in &basis.days {
                let (count, kind) = match day.n {
                    Some(n) => (Msg::BasisDay.fill(lang, &[("n", &n.to_string())]), Role::Text),
                    None => (Msg::BasisNotCounted.text(lang).to_owned(), Role::Dim),
                };
                let mut note = vec![day.note.as_str()];
                if Some(day.date) == today {
                    note.push(Msg::BasisToday.text(lang));
                }
                if day.date == clock.due {
                    note.push(Msg::BasisDueDay.text(lang));
                }
                note.retain(|part| !part.is_empty());
                let kind = if Some(day.date) == today || day.date == clock.due { Role::Warn } else { kind };
                row(app, &mut flow, day.date, &count, &note.join("  "), kind);
            }
        }
        None => flow.text(0, Msg::ClockNone.text(lang), role(Role::Dim)),
    }
    if !basis.rules.is_empty() {
        flow.gap();
        flow.text(0, Msg::BasisRules.text(lang), role(Role::Heading));
    }
    rule_lines(app, &mut flow, &basis.rules);
    flow
}

/// Rules, each under its article, id and heading.
pub(super) fn rule_lines(app: &App, flow: &mut Flow, rules: &[RuleText]) {
    let lang = app.look.lang;
    for rule in rules {
        let mut title = format!("{} {}  {}", words::article(&rule.article, lang), rule.id, rule.title);
        if rule.derived {
            title = format!("{title} ({})", Msg::Derived.text(lang));
        }
        flow.text(0, &title, style(app, Role::Key));
        flow.text(2, &rule.summary, style(app, Role::Text));
        for reading in &rule.readings {
            flow.text(2, &GradMsg::OurReading.fill(lang, &[("reading", reading)]), style(app, Role::Dim));
        }
    }
}

/// One day: date, weekday, its number in the count, what is special about it.
fn row(app: &App, flow: &mut Flow, day: Day, count: &str, note: &str, role: Role) {
    let names = Msg::Weekdays.text(app.look.lang);
    let weekday = names.split(' ').nth(day.weekday().num_days_from_monday() as usize).unwrap_or_default();
    let head = format!("{day} {} {}", text::pad(weekday, 4), text::pad(count, 11));
    let style = style(app, role);
    flow.item(&head, text::width(&head) + 1, style, note, style);
}
