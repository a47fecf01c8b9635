//! Draws an [`App`] into a frame and changes nothing. What only the drawing can find out (how far a text can be
//! scrolled) is handed back, for the next `Input::Drawn`.
//!
//! ```text
//! header            who, where, which day, what is due
//! tabs              │ from 110 columns: the open case,
//! headings          │ or the preview of the selected row
//! rows              │
//! message or confirmation (grows upwards when it needs more lines)
//! footer            constant per screen
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `palette` | colours by meaning |
//! | `bars` | header, tabs, footer |
//! | `queue` | the rows |
//! | `batch` | a batch with its members, what came of an act on several |
//! | `case` | one case in full |
//! | `basis` | 依据: the count day by day, the rules |
//! | `aside` | the short forms beside the decisions, a notice |
//! | `picks` | help, accounts, evidence |
//! | `command` | the command line, and the rules it shows |
//! | `students`, `student` | screen 2: the search, the record |
//! | `board` | screen 6: the supervisor's board |
//! | `alerts` | screen 5: the negative list |
//! | `reconcile` | screen 7: reconciliation with the national system |
//! | `inquiry` | the two queries of Art. 20 |
//! | `graduation` | screen 8: graduates of a year |
//! | `calendar` | screen 9: the year |
//! | `import` | the import: files, rows, cells of a row |
//! | `system` | screen 0: offices, accounts, journal, store |
//! | `entry`, `entry_grid` | screen 3: new students, pasted rows, who is not filed, drafts |
//! | `forms` | fields and texts, and the caret |
//! | `message` | the message line, the confirmation |
//! | `lines` | wrapped text |

mod alerts;
mod aside;
mod bars;
mod basis;
mod batch;
mod beyond;
mod board;
mod calendar;
mod case;
mod command;
mod entry;
mod entry_grid;
mod forms;
mod graduation;
mod import;
mod inquiry;
mod lines;
mod load;
mod message;
pub mod palette;
mod picks;
mod queue;
mod reconcile;
mod student;
mod student_log;
mod students;
mod system;

use crate::app::screen::Screen;
use crate::app::{App, Drawn, SMALLEST};
use crate::catalogue::Msg;
use crate::text;
use palette::Role;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Draws the desk.
pub fn draw(app: &App, frame: &mut Frame<'_>) -> Drawn {
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(app, area, frame.buffer_mut());
        return Drawn::default();
    }
    let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    let body = Rect { y: area.y + 1, height: area.height - 3, ..area };
    let mut drawn = Drawn::default();
    let mut caret = None;
    let buf = frame.buffer_mut();
    bars::header(app, line(0), buf);
    match app.stack.last() {
        top if app.wide() && top.is_none_or(beside_the_list) && !on_students(app) => {
            let left = queue::width_beside(area.width);
            queue::draw(app, Rect { width: left, ..body }, buf);
            divide(app, Rect { x: body.x + left + 1, width: 1, ..body }, buf);
            let right = Rect { x: body.x + left + 3, width: body.width - left - 3, ..body };
            match top {
                Some(screen) => (drawn.scroll_max, caret) = draw_screen(app, screen, right, buf),
                None => case::preview(app, right, buf),
            }
        }
        Some(screen) => (drawn.scroll_max, caret) = draw_screen(app, screen, body, buf),
        None => queue::draw(app, body, buf),
    }
    bars::footer(app, line(area.height - 1), buf);
    let between = Rect { y: area.y + 1, height: area.height - 2, ..area };
    caret = command::draw(app, between, buf).or(caret);
    message::draw(app, between, buf);
    // One caret, set once: where the input method composes. Elsewhere the terminal's cursor is hidden.
    if let (Some(position), None) = (caret, &app.confirm) {
        frame.set_cursor_position(position);
    }
    drawn
}

/// Whether what is open was reached from a student: then it is not about the selected row of the list.
fn on_students(app: &App) -> bool {
    app.stack.iter().any(|screen| {
        matches!(
            screen,
            Screen::Students(_)
                | Screen::Record(_)
                | Screen::Calendar(_)
                | Screen::Board(_)
                | Screen::Alerts(_)
                | Screen::Reconcile(_)
                | Screen::Graduation(_)
                | Screen::System(_)
                | Screen::Entry(_)
                | Screen::Unfiled(_)
        )
    })
}

/// What concerns the selected row stands beside the list; what does not takes the whole screen.
fn beside_the_list(screen: &Screen) -> bool {
    match screen {
        Screen::Case(_)
        | Screen::Basis(_)
        | Screen::Evidence(_)
        | Screen::Write(_)
        | Screen::Attach(_)
        | Screen::Fact(_) => true,
        Screen::Aside(form) => form.on_case(),
        Screen::Notice(_) => false,
        Screen::Help(_) | Screen::Accounts(_) | Screen::Limits(_) | Screen::Start(_) | Screen::Rules(_) => false,
        Screen::Periods(_) => false,
        Screen::Students(_) | Screen::Record(_) | Screen::Calendar(_) => false,
        Screen::Board(_) | Screen::BoardCases(_) => false,
        Screen::Import(_) | Screen::ImportFix(_) | Screen::Files(_) => false,
        Screen::System(_) | Screen::SystemPage(_) | Screen::SystemForm(_) => false,
        Screen::Entry(_) | Screen::Grid(_) | Screen::Unfiled(_) | Screen::Drafts(_) => false,
        // Their tables need the whole width.
        Screen::Batch(_) | Screen::Report(_) => false,
        Screen::Alerts(_) | Screen::AlertForm(_) => false,
        Screen::Reconcile(_) | Screen::Inquiry(_) => false,
        Screen::Graduation(_) | Screen::GradForm(_) => false,
    }
}

fn draw_screen(app: &App, screen: &Screen, area: Rect, buf: &mut Buffer) -> (u16, Option<Position>) {
    match screen {
        Screen::Case(screen) => (case::draw(app, screen, area, buf), None),
        Screen::Basis(screen) => (basis::draw(app, screen, area, buf), None),
        Screen::Rules(screen) => (command::rules(app, screen, area, buf), None),
        Screen::Batch(screen) => {
            batch::draw(app, screen, area, buf);
            (0, None)
        }
        Screen::Report(screen) => (batch::report(app, screen, area, buf), None),
        Screen::Help(scroll) => (picks::help(app, *scroll, area, buf), None),
        Screen::Accounts(pick) => {
            picks::accounts(app, pick, area, buf);
            (0, None)
        }
        Screen::Periods(pick) => {
            picks::periods(app, pick, area, buf);
            (0, None)
        }
        Screen::Limits(pick) => {
            picks::limits(app, pick, area, buf);
            (0, None)
        }
        Screen::Evidence(pick) => {
            picks::evidence(app, pick, area, buf);
            (0, None)
        }
        Screen::Write(write) => (0, Some(forms::write(app, write, area, buf))),
        Screen::Attach(form) => (0, Some(forms::attach(app, form, area, buf))),
        Screen::Fact(form) => (0, Some(forms::fact(app, form, area, buf))),
        Screen::Aside(form) => (0, Some(aside::form(app, form, area, buf))),
        Screen::AlertForm(form) => (0, Some(alerts::form(app, form, area, buf))),
        Screen::Alerts(screen) => {
            alerts::draw(app, screen, area, buf);
            (0, None)
        }
        Screen::Reconcile(screen) => {
            reconcile::draw(app, screen, area, buf);
            (0, None)
        }
        Screen::Inquiry(form) => (0, Some(inquiry::draw(app, form, area, buf))),
        Screen::GradForm(form) => (0, Some(graduation::form(app, form, area, buf))),
        Screen::Graduation(screen) => {
            graduation::draw(app, screen, area, buf);
            (0, None)
        }
        Screen::Notice(screen) => (aside::notice(app, screen, area, buf), None),
        Screen::Start(form) => (0, Some(forms::start(app, form, area, buf))),
        Screen::Entry(screen) => (0, entry::draw(app, screen, area, buf)),
        Screen::Grid(screen) => (0, entry_grid::draw(app, screen, area, buf)),
        Screen::Unfiled(screen) => {
            entry_grid::unfiled(app, screen, area, buf);
            (0, None)
        }
        Screen::Drafts(pick) => {
            entry_grid::drafts(app, pick, area, buf);
            (0, None)
        }
        Screen::Students(search) => (0, Some(students::draw(app, search, area, buf))),
        Screen::Record(screen) => (student::draw(app, screen, area, buf), None),
        Screen::Import(screen) => {
            import::draw(app, screen, area, buf);
            (0, None)
        }
        Screen::Files(pick) => {
            import::files(app, pick.uploads.as_ref(), pick.picked, area, buf);
            (0, None)
        }
        Screen::ImportFix(fix) => (0, Some(import::fix(app, fix, area, buf))),
        Screen::Board(screen) => {
            board::draw(app, screen, area, buf);
            (0, None)
        }
        Screen::BoardCases(screen) => {
            board::cases(app, screen, area, buf);
            (0, None)
        }
        Screen::System(screen) => (system::draw(app, screen, area, buf), None),
        Screen::SystemPage(page) => (system::page(app, page, area, buf), None),
        Screen::SystemForm(form) => (0, Some(system::form(app, form, area, buf))),
        Screen::Calendar(screen) => {
            calendar::draw(app, screen, area, buf);
            (0, None)
        }
    }
}

fn style(app: &App, role: Role) -> Style {
    palette::style(app.look.depth, role)
}

/// Puts a text into exactly `columns` cells; a cut is marked, the rest is blank.
fn put(buf: &mut Buffer, x: u16, y: u16, columns: u16, content: &str, style: Style) {
    match text::plain_width(content) {
        Some(cells) => put_plain(buf, (x, y), columns, content, cells > usize::from(columns), style),
        None => {
            buf.set_stringn(x, y, text::pad(content, usize::from(columns)), usize::from(columns), style);
        }
    }
}

/// The same for a text of plain characters, which is nearly every one: `cut` where it is longer than the columns.
fn put_plain(buf: &mut Buffer, (x, y): (u16, u16), columns: u16, content: &str, cut: bool, style: Style) {
    // The mark of the cut takes the last column; what follows the text is blank.
    let room = columns.saturating_sub(u16::from(cut));
    let end = x.saturating_add(columns).min(buf.area.right());
    let mut at = x;
    let mut one = |at: &mut u16, c: char, cells: u16| {
        let Some(cell) = buf.cell_mut((*at, y)).filter(|_| *at + cells <= end) else { return false };
        cell.set_char(c).set_style(style);
        if cells == 2
            && let Some(hidden) = buf.cell_mut((*at + 1, y))
        {
            hidden.reset();
        }
        *at += cells;
        true
    };
    for c in content.chars() {
        let cells = text::plain_cells(c).unwrap_or_default() as u16;
        if at + cells > x.saturating_add(room) || !one(&mut at, c, cells) {
            break;
        }
    }
    if cut && columns > 0 {
        one(&mut at, text::CUT, 1);
    }
    while at < end && one(&mut at, ' ', 1) {}
}

/// A text that is read: from `scroll` on, with a word in the last line on how much lies below it. How far it can be
/// scrolled.
fn read(app: &App, lines: &[ratatui::text::Line<'_>], scroll: u16, area: Rect, buf: &mut Buffer) -> u16 {
    let max = put_lines(buf, area, lines, scroll);
    let below = max.saturating_sub(scroll);
    if below > 0 {
        let text = Msg::More.fill(app.look.lang, &[("n", &(below + 1).to_string())]);
        put(buf, area.x, area.bottom() - 1, area.width, &text, style(app, Role::Dim));
    }
    max
}

/// Lines from `scroll` on, and how far they can be scrolled.
fn put_lines(buf: &mut Buffer, area: Rect, lines: &[ratatui::text::Line<'_>], scroll: u16) -> u16 {
    let max = (lines.len() as u16).saturating_sub(area.height);
    let from = usize::from(scroll.min(max));
    for (y, line) in lines.iter().skip(from).take(usize::from(area.height)).enumerate() {
        buf.set_line(area.x, area.y + y as u16, line, area.width);
    }
    max
}

fn divide(app: &App, area: Rect, buf: &mut Buffer) {
    let sign = if app.look.ascii { "|" } else { "│" };
    for y in area.top()..area.bottom() {
        buf.set_string(area.x, y, sign, style(app, Role::Border));
    }
}

fn too_small(app: &App, area: Rect, buf: &mut Buffer) {
    let (w, h) = (area.width.to_string(), area.height.to_string());
    let said = Msg::TooSmall.fill(app.look.lang, &[("w", &w), ("h", &h)]);
    for (y, line) in (area.top()..area.bottom()).zip(text::wrap(&said, usize::from(area.width))) {
        buf.set_stringn(area.x, y, line, usize::from(area.width), Style::new());
    }
}
