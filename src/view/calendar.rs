//! Screen 9: the months as far as they fit, and below them the day under the cursor and what binds today.

use super::palette::Role;
use super::{put, style};
use crate::app::App;
use crate::app::calendar::CalendarScreen;
use crate::catalogue::{CalendarText as Text, Lang, Msg};
use crate::model::{Day, Light};
use crate::text;
use crate::wire::{CalendarView, WindowRow, WindowSort};
use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of a month: seven days of two digits and a mark.
const MONTH: u16 = 21;
/// Blanks between two months.
const GAP: u16 = 4;
/// Lines of a month: its name, the weekdays, six weeks.
const WEEKS: u16 = 8;
/// Lines the day under the cursor needs at least.
const BELOW: u16 = 5;

/// The calendar.
pub(super) fn draw(app: &App, screen: &CalendarScreen, area: Rect, buf: &mut Buffer) {
    let (Some(view), Some(day)) = (screen.view.as_deref(), screen.day) else {
        put(buf, area.x, area.y, area.width, Msg::Loading.text(app.look.lang), style(app, Role::Dim));
        return;
    };
    let across = ((area.width + GAP) / (MONTH + GAP)).clamp(1, 4);
    let rows = (area.height.saturating_sub(BELOW) / WEEKS).clamp(1, 12_u16.div_ceil(across));
    let page = u32::from(across * rows);
    let first = day.month0() / page * page;
    for n in 0..page {
        let month = first + n + 1;
        let (column, row) = (n as u16 % across, n as u16 / across);
        if month <= 12 {
            let place =
                Rect { x: area.x + column * (MONTH + GAP), y: area.y + row * WEEKS, width: MONTH, height: WEEKS };
            draw_month(app, screen, view, month, place, buf);
        }
    }
    let used = rows * WEEKS;
    below(app, screen, view, day, Rect { y: area.y + used, height: area.height - used, ..area }, buf);
}

fn draw_month(app: &App, screen: &CalendarScreen, view: &CalendarView, month: u32, place: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let values = [("year", &*view.year.to_string()), ("month", &*format!("{month:02}"))];
    put(buf, place.x, place.y, place.width, &Text::Month.fill(lang, &values), style(app, Role::Heading));
    put(buf, place.x, place.y + 1, place.width, Text::Weekdays.text(lang), style(app, Role::Dim));
    let Some(first) = Day::from_ymd_opt(view.year, month, 1) else { return };
    let lead = first.weekday().num_days_from_monday();
    for day in first.iter_days().take_while(|day| day.month() == month) {
        let at = lead + day.day0();
        let (x, y) = (place.x + (at % 7) as u16 * 3, place.y + 2 + (at / 7) as u16);
        let (mark, role) = mark(screen, view, day);
        let selected = screen.day == Some(day);
        let role = if selected { Role::Selected } else { role };
        let content = format!("{:>2}{mark}", day.day());
        // The blank after the number is part of the cursor only when it carries a mark.
        let cells = if selected && mark == ' ' { 2 } else { 3 };
        put(buf, x, y, cells, &content, style(app, role));
    }
}

/// The sign beside a day and how it is drawn; what is due comes before what closes, and that before holidays.
fn mark(screen: &CalendarScreen, view: &CalendarView, day: Day) -> (char, Role) {
    if let Some(due) = screen.due_on(day) {
        return match due.light {
            Light::Overdue => ('!', Role::Danger),
            Light::Today => ('!', Role::Today),
            Light::Near => ('!', Role::Warn),
            Light::Green | Light::None => ('!', Role::Text),
        };
    }
    let ends = view.windows.iter().any(|window| day == window.until || day == window.from);
    let departs = view.days.iter().find(|row| row.date == day);
    let weekend = day.weekday().num_days_from_monday() >= 5;
    match departs {
        _ if ends => ('#', Role::Warn),
        _ if day == view.today => ('*', Role::Today),
        Some(row) if row.working => ('+', Role::Text),
        Some(_) => ('-', Role::Dim),
        None if weekend => (' ', Role::Dim),
        None => (' ', Role::Text),
    }
}

/// What the day under the cursor is, and what binds today.
fn below(app: &App, screen: &CalendarScreen, view: &CalendarView, day: Day, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let mut lines: Vec<(String, Role)> = Vec::new();
    let legend = Text::Legend.text(lang);
    let weekday = Text::Weekdays.text(lang).split(' ').nth(day.weekday().num_days_from_monday() as usize).unwrap_or("");
    lines.push((format!("{day} {}  {}", week_word(weekday, lang), what_day(view, day, lang)), Role::Heading));
    match screen.due_on(day) {
        Some(due) => {
            let count = Text::Due.fill(lang, &[("n", &due.count.to_string())]);
            lines.push((format!("!{count}  {}", Text::Open.text(lang)), Role::Warn));
        }
        None => lines.push((format!(" {}", Text::NothingDue.text(lang)), Role::Dim)),
    }
    lines.extend(screen.windows_of(day).map(|window| (format!("#{}", window_line(window, lang)), Role::Text)));
    let today = view.today.to_string();
    let mut binding: Vec<(String, Role)> = Vec::new();
    if view.binding.is_empty() {
        binding.push((Text::BindingNone.text(lang).to_owned(), Role::Dim));
    } else {
        binding.push((Text::Binding.fill(lang, &[("day", &today)]), Role::Heading));
        binding.extend(view.binding.iter().map(|window| (format!(" {}", binding_line(window, lang)), Role::Text)));
    }
    lines.extend(binding);
    lines.push((Text::Loaded.fill(lang, &[("day", &view.last_known.to_string())]), Role::Dim));
    for (y, (line, role)) in (area.top()..area.bottom()).zip(&lines) {
        put(buf, area.x, y, area.width, line, style(app, *role));
    }
    let cells = text::width(legend) as u16;
    let head = text::width(&lines[0].0) as u16;
    if head + 2 + cells <= area.width {
        put(buf, area.right() - cells, area.y, cells, legend, style(app, Role::Dim));
    }
}

fn week_word(day: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("周{day}"),
        Lang::En => day.to_owned(),
    }
}

fn what_day(view: &CalendarView, day: Day, lang: Lang) -> String {
    let row = view.days.iter().find(|row| row.date == day);
    let plain = match row {
        Some(row) if row.working => Text::MakeUp.fill(lang, &[("name", &row.name)]),
        Some(row) => Text::Off.fill(lang, &[("name", &row.name)]),
        None if day.weekday().num_days_from_monday() >= 5 => Text::Weekend.text(lang).to_owned(),
        None => Text::Working.text(lang).to_owned(),
    };
    if day > view.last_known {
        format!("{plain}  {}", Text::Provisional.text(lang))
    } else if day < view.first_known {
        format!("{plain}  {}", Text::Before.text(lang))
    } else {
        plain
    }
}

fn sort_word(sort: WindowSort, lang: Lang) -> &'static str {
    match sort {
        WindowSort::Closes => Text::Closes,
        WindowSort::Between => Text::Between,
        WindowSort::Opens => Text::Opens,
        WindowSort::Reference => Text::Reference,
    }
    .text(lang)
}

fn dates(window: &WindowRow) -> String {
    if window.from == window.until {
        window.until.format("%m-%d").to_string()
    } else {
        format!("{} - {}", window.from.format("%m-%d"), window.until.format("%m-%d"))
    }
}

fn window_line(window: &WindowRow, lang: Lang) -> String {
    let article = Text::Article.fill(lang, &[("article", &window.article)]);
    format!("{} {} {} ({article} {})", window.name, sort_word(window.kind, lang), dates(window), window.rule)
}

fn binding_line(window: &WindowRow, lang: Lang) -> String {
    let mut line = window_line(window, lang);
    if matches!(window.kind, WindowSort::Closes | WindowSort::Between) {
        let left = match window.days_left {
            0 => Text::LastDay.text(lang).to_owned(),
            n => Text::DaysLeft.fill(lang, &[("n", &n.to_string())]),
        };
        line = format!("{line}  {left}");
        if window.last_working_day != window.until {
            let day = window.last_working_day.format("%m-%d").to_string();
            line = format!("{line}  {}", Text::WorkBefore.fill(lang, &[("day", &day)]));
        }
    }
    line
}
