//! Header, tabs and footer.

use super::palette::Role;
use super::{put, style};
use crate::app::{App, Link, Tab, words};
use crate::catalogue::{AsideMsg, BatchText, BoardText, Msg, ReadingText};
use crate::keymap::{Action, Scope, Who};
use crate::model::Post;
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The tab's name.
fn tab_label(tab: Tab) -> Msg {
    match tab {
        Tab::Mine => Msg::TabMine,
        Tab::SentBack => Msg::TabSentBack,
        Tab::Office => Msg::TabOffice,
        Tab::DueSoon => Msg::TabDueSoon,
        Tab::Late => Msg::TabLate,
        Tab::Returned => Msg::TabReturned,
        Tab::UnderWay => Msg::TabUnderWay,
        Tab::Unsynced => Msg::TabUnsynced,
        Tab::Acted => Msg::TabActed,
        Tab::Parked => Msg::TabParked,
    }
}

/// Who, where, which day; what is new, what is due, how the link is.
pub(super) fn header(app: &App, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let mut right: Vec<(String, Role)> = Vec::new();
    let counts = &app.queue.counts;
    if app.queue.fresh() > 0 {
        right.push((Msg::Fresh.fill(lang, &[("n", &app.queue.fresh().to_string())]), Role::Warn));
    }
    if app.queue.marked() > 0 {
        right.push((BatchText::Marked.fill(lang, &[("n", &app.queue.marked().to_string())]), Role::Warn));
    }
    if counts.urged > 0 {
        right.push((Msg::UrgedHeader.fill(lang, &[("n", &counts.urged.to_string())]), Role::Danger));
    }
    if let Some(reading) = app.reading.filter(|_| app.link == Link::Up) {
        right.push((ReadingText::Header.fill(lang, &[("n", &reading.percent().to_string())]), Role::Warn));
    }
    match app.link {
        Link::Up => {
            let digest = Msg::Digest
                .fill(lang, &[("today", &counts.today.to_string()), ("overdue", &counts.overdue.to_string())]);
            let role = match (counts.overdue, counts.today) {
                (1.., _) => Role::Danger,
                (0, 1..) => Role::Warn,
                _ => Role::Text,
            };
            right.push((digest, role));
            if counts.alerts > 0 {
                let n = counts.alerts.to_string();
                right.push((BoardText::DigestAlerts.fill(lang, &[("n", &n)]), Role::Warn));
            }
        }
        Link::Connecting => right.push((Msg::Connecting.text(lang).to_owned(), Role::Warn)),
        Link::Lost => right.push((Msg::LinkDown.text(lang).to_owned(), Role::Danger)),
    }
    let mut end = area.right();
    for (content, role) in right.iter().rev() {
        let cells = text::width(content) as u16;
        end = end.saturating_sub(cells);
        put(buf, end, area.y, cells, content, style(app, *role));
        end = end.saturating_sub(2);
    }
    let Some(me) = &app.me else { return };
    let day = me.now.day().to_string();
    let away: Vec<&str> = me.standing_in.iter().map(|one| one.name.as_str()).collect();
    let mut who = format!("{} {}", me.account.name, words::posts(&me.posts(), lang));
    if !away.is_empty() {
        who += &AsideMsg::OnBehalf.fill(lang, &[("name", &away.join(" "))]);
    }
    let (day, role) =
        if me.exercise { (Msg::Exercise.fill(lang, &[("day", &day)]), Role::Warn) } else { (day, Role::Text) };
    // The office gives way first, then the person: the day and the word 演练 are always whole.
    let room = end.saturating_sub(area.x);
    let day_cells = text::width(&day) as u16;
    let who_cells = (text::width(&who) as u16).min(room.saturating_sub(day_cells + 2 + 6));
    let office_cells = (text::width(&me.office.name) as u16).min(room.saturating_sub(day_cells + who_cells + 4));
    let mut x = area.x;
    for (content, cells, role) in
        [(&me.office.name, office_cells, Role::Heading), (&who, who_cells, Role::Text), (&day, day_cells, role)]
    {
        if x + cells <= area.x + room {
            put(buf, x, area.y, cells, content, style(app, role));
        }
        x += cells + 2;
    }
}

/// The tabs with their counts, what narrows them, and where the cursor is. Where not all tabs fit, those around the one
/// that is open are shown, and `<` and `>` say that there are more.
pub(super) fn tabs(app: &App, area: Rect, buf: &mut Buffer) {
    let (queue, lang) = (&app.queue, app.look.lang);
    let counter = if queue.total == 0 { "0/0".to_owned() } else { format!("{}/{}", queue.selected + 1, queue.total) };
    let counter_cells = text::width(&counter) as u16;
    let mut right = area.right().saturating_sub(counter_cells);
    // It changes with every step: over a slow line it takes no colour.
    let counted = if app.look.slow { Role::Text } else { Role::Dim };
    put(buf, right, area.y, counter_cells, &counter, style(app, counted));
    if let Some(limit) = queue.narrow.words(lang) {
        let cells = (text::width(&limit) as u16).min(area.width / 3);
        right = right.saturating_sub(cells + 1);
        put(buf, right, area.y, cells, &limit, style(app, Role::Warn));
    }
    // A mark, and a blank before the counter: a number must be read at once.
    let room = usize::from(right.saturating_sub(area.x + 2));
    let names: Vec<String> = Tab::ALL
        .iter()
        .map(|tab| {
            let on = *tab == queue.tab;
            // Under a limit the rows shown are not all there are.
            let whole = on && queue.loaded && !queue.narrow.is_on();
            let count = if whole { queue.total } else { queue.count(*tab) };
            format!("{} {count}", tab_label(*tab).text(lang))
        })
        .collect();
    let open = Tab::ALL.iter().position(|tab| *tab == queue.tab).unwrap_or(0);
    let shown = fitting(&names, open, room);
    let mut x = area.x;
    for (n, name) in names.iter().enumerate().take(shown.to).skip(shown.from) {
        let on = n == open;
        let content = match (on, shown.close) {
            (true, _) => format!("[{name}]"),
            (false, false) => format!(" {name} "),
            (false, true) => name.clone(),
        };
        let mark = if n == shown.from && n > 0 { "<" } else { "" };
        put(buf, x, area.y, mark.len() as u16, mark, style(app, Role::Dim));
        x += mark.len() as u16;
        let cells = (text::width(&content) as u16).min((area.x + room as u16).saturating_sub(x));
        put(buf, x, area.y, cells, &content, style(app, if on { Role::TabOn } else { Role::Text }));
        x += cells + u16::from(shown.close);
    }
    if shown.to < names.len() && x < right {
        put(buf, x, area.y, 1, ">", style(app, Role::Dim));
    }
}

/// Which tabs are shown, and whether one blank only stands between two.
struct Shown {
    from: usize,
    to: usize,
    close: bool,
}

/// As many tabs as fit into so many cells, the open one among them, from as far left as can be.
fn fitting(names: &[String], open: usize, room: usize) -> Shown {
    let cells = |from: usize, to: usize| -> usize {
        let marks = usize::from(from > 0) + usize::from(to < names.len());
        // The open tab has its brackets; one blank stands between two.
        names[from..to].iter().map(|name| text::width(name) + 1).sum::<usize>() + 1 + marks
    };
    if names.iter().map(|name| text::width(name) + 2).sum::<usize>() <= room {
        return Shown { from: 0, to: names.len(), close: false };
    }
    let from = (0..=open).find(|from| cells(*from, open + 1) <= room).unwrap_or(open);
    let to = (open + 1..=names.len()).rev().find(|to| cells(from, *to) <= room).unwrap_or(open + 1);
    Shown { from, to, close: true }
}

/// What a school does where changes wait for the other systems: the keys that decide do nothing there.
const TO_SYNC: [Action; 7] =
    [Action::Sync, Action::File, Action::Unsync, Action::Open, Action::Basis, Action::Help, Action::Quit];

/// The same on a case that was opened there.
const SYNCED_CASE: [Action; 6] =
    [Action::Sync, Action::File, Action::Unsync, Action::Basis, Action::Back, Action::Help];

/// Which keys do what here; the same for every row of a screen, and of a tab.
pub(super) fn footer(app: &App, area: Rect, buf: &mut Buffer) {
    let posts = app.me.as_ref().map(|me| me.posts()).unwrap_or_default();
    let posts: Vec<_> = posts.iter().filter_map(|post| who(*post)).collect();
    let (scope, lang) = (app.scope(), app.look.lang);
    let school = posts.iter().any(|post| matches!(post, Who::Entry | Who::Review));
    let mut items = match (scope, app.queue.tab) {
        (Scope::List, Tab::Unsynced) if school => app.keymap.footer_of(scope, &TO_SYNC, lang),
        (Scope::Case, Tab::Unsynced) if school => app.keymap.footer_of(scope, &SYNCED_CASE, lang),
        (Scope::List, Tab::Unsynced) => app.keymap.footer_of(scope, &TO_SYNC[3..], lang),
        (Scope::Reconcile, _) => {
            app.keymap.footer_where(scope, &posts, lang, |action| super::reconcile::means(app, action))
        }
        (Scope::System, _) => super::system::footer(app, area.width),
        _ => app.keymap.footer(scope, &posts, lang),
    };
    if app.stack.last().is_some_and(|screen| !screen.keeps_typed()) {
        // Nothing typed here is kept when it is left, and nobody is told so.
        for (_, label) in items.iter_mut().filter(|(_, label)| *label == Msg::ActKeep.text(lang)) {
            *label = Msg::ActLeave.text(lang);
        }
    }
    let cells = cells_of(&items);
    // Two blanks between the items where there is room for them.
    let gap = if cells + 2 * items.len().saturating_sub(1) <= usize::from(area.width) { 2 } else { 1 };
    let mut x = area.x;
    for (key, label) in &items {
        let (key_cells, label_cells) = (text::width(key) as u16, text::width(label) as u16);
        if x + key_cells + 1 + label_cells > area.right() {
            break;
        }
        put(buf, x, area.y, key_cells, key, style(app, Role::Key));
        put(buf, x + key_cells + 1, area.y, label_cells, label, Style::new());
        x += key_cells + 1 + label_cells + gap;
    }
}

/// Cells of a footer without what stands between its items.
pub(super) fn cells_of(items: &[(String, &str)]) -> usize {
    items.iter().map(|(key, label)| text::width(key) + 1 + text::width(label)).sum()
}

/// The post as key files name it; supervisors decide nothing here.
fn who(post: Post) -> Option<Who> {
    Some(match post {
        Post::Entry => Who::Entry,
        Post::Review => Who::Review,
        Post::Handler => Who::Handler,
        Post::Reviewer => Who::Reviewer,
        Post::Keeper => Who::Keeper,
        Post::Supervisor => return None,
    })
}
