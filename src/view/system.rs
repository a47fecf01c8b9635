//! Screen 0 (系统): its tabs as tables, one thing of them in full, and its forms.

use super::lines::Flow;
use super::palette::Role;
use super::{bars, forms, put, read, style};
use crate::app::App;
use crate::app::screen::Screen;
use crate::app::system::{
    ACCOUNTS, MAJORS, OFFERS, OFFICES, PageOf, Rows, STATE, SUBSTITUTES, SystemPage, SystemScreen, TABS,
};
use crate::app::system_form::SystemForm;
use crate::app::words;
use crate::catalogue::{Lang, LoadText, Msg, SystemText as Text};
use crate::keymap::{Action, Scope};
use crate::model::{Level, PinState, Post, Sponsor};
use crate::text;
use crate::wire::{EntryView, SchoolRow, SchoolView};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of the label beside a text.
const LABEL: usize = 14;

/// A table: headings with the cells of their columns (0 takes what is left), rows, and a line below.
struct Table {
    head: Vec<(Text, u16)>,
    rows: Vec<Vec<String>>,
    below: String,
    loaded: bool,
}

/// The screen.
pub(super) fn draw(app: &App, screen: &SystemScreen, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let mut x = area.x;
    for (n, tab) in TABS.iter().enumerate() {
        let on = n == screen.tab;
        let name = if on { format!("[{}]", tab.text(lang)) } else { format!(" {} ", tab.text(lang)) };
        let cells = (text::width(&name) as u16).min(area.right().saturating_sub(x));
        put(buf, x, area.y, cells, &name, style(app, if on { Role::TabOn } else { Role::Text }));
        x += cells;
    }
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if screen.tab == STATE {
        return state(app, screen, body, buf);
    }
    table(app, &shown(screen, lang), screen.at[screen.tab], body, buf);
    0
}

/// What the keys do on the tab that is open; those that change accounts, for keepers only.
pub(super) fn footer(app: &App, columns: u16) -> Vec<(String, &'static str)> {
    use Action::{
        AddAccount, Back, Change, CheckStore, Disable, Help, Limit, LoadFile, NextTab, Open, SetPin, ShareLogin,
        Unlimit,
    };
    let lang = app.look.lang;
    let Some(Screen::System(screen)) = app.stack.last() else { return Vec::new() };
    let keeper = app.me.as_ref().is_some_and(|me| me.account.posts.contains(&Post::Keeper));
    let actions: &[Action] = match screen.tab {
        OFFICES => &[Open, NextTab, Limit, Unlimit, LoadFile, Back, Help],
        OFFERS => &[Open, NextTab, LoadFile, Back, Help],
        MAJORS => &[NextTab, Limit, Unlimit, LoadFile, Back, Help],
        ACCOUNTS => &[NextTab, AddAccount, Change, Disable, SetPin, ShareLogin, Back, Help],
        SUBSTITUTES => &[NextTab, AddAccount, Disable, Back, Help],
        STATE => &[NextTab, CheckStore, LoadFile, Back, Help],
        _ => &[Open, NextTab, Limit, Unlimit, Back, Help],
    };
    let of_keepers = [LoadFile, AddAccount, Change, Disable, SetPin, ShareLogin];
    // Everybody arranges a substitute for himself.
    let mut actions: Vec<Action> = actions.to_vec();
    actions.retain(|action| keeper || screen.tab == SUBSTITUTES || !of_keepers.contains(action));
    let named = |actions: &[Action]| {
        let mut items = Vec::new();
        for action in actions {
            let label = match action {
                AddAccount if screen.tab == SUBSTITUTES => Text::Arrange.text(lang),
                Disable if screen.tab == SUBSTITUTES => Text::EndIt.text(lang),
                action => action.label().text(lang),
            };
            items.extend(app.keymap.key_for(Scope::System, *action).map(|key| (key, label)));
        }
        items
    };
    let items = named(&actions);
    if bars::cells_of(&items) + items.len().saturating_sub(1) <= usize::from(columns) {
        return items;
    }
    // With longer keys the rarer ones are found by the help.
    actions.retain(|action| !matches!(action, SetPin | ShareLogin | Unlimit));
    named(&actions)
}

fn count<T>(rows: &Rows<T>, lang: Lang) -> String {
    let text = if rows.more { Text::More } else { Text::Whole };
    text.fill(lang, &[("total", &rows.total.to_string()), ("n", &rows.rows.len().to_string())])
}

fn shown(screen: &SystemScreen, lang: Lang) -> Table {
    let narrowed = |find: &str, counted: String| match find {
        "" => counted,
        find => format!("{counted}  {}", Text::Filtered.fill(lang, &[("what", find)])),
    };
    match screen.tab {
        OFFICES => Table {
            head: vec![
                (Text::ColName, 0),
                (Text::ColCode, 11),
                (Text::ColLevel, 9),
                (Text::ColSponsor, 9),
                (Text::ColGrade, 6),
                (Text::ColCustody, 8),
                (Text::ColAccounts, 8),
            ],
            rows: screen.offices.rows.iter().map(|row| office(row, lang)).collect(),
            below: narrowed(&screen.find[0], count(&screen.offices, lang)),
            loaded: screen.offices.loaded,
        },
        OFFERS => {
            let row = |row: &crate::wire::QualificationRow| {
                let of = &row.qualification;
                vec![
                    row.school_name.clone(),
                    of.year.to_string(),
                    of.season.name().to_owned(),
                    of.offers.len().to_string(),
                    of.offers.iter().map(|offer| u64::from(offer.plan)).sum::<u64>().to_string(),
                    of.published.to_string(),
                ]
            };
            Table {
                head: vec![
                    (Text::ColName, 0),
                    (Text::ColYear, 5),
                    (Text::ColSeason, 7),
                    (Text::ColLines, 7),
                    (Text::ColPlan, 7),
                    (Text::ColPublished, 11),
                ],
                rows: screen.offers.rows.iter().map(row).collect(),
                below: count(&screen.offers, lang),
                loaded: screen.offers.loaded,
            }
        }
        MAJORS => {
            let row = |row: &crate::model::Major| {
                let care = if row.provincial { Text::ProvincialCare.text(lang) } else { "" };
                vec![row.name.clone(), row.code.to_string(), row.category.clone(), care.to_owned()]
            };
            Table {
                head: vec![(Text::ColName, 0), (Text::ColCode, 8), (Text::ColCategory, 22), (Text::ColCare, 6)],
                rows: screen.majors.rows.iter().map(row).collect(),
                below: narrowed(&screen.find[1], count(&screen.majors, lang)),
                loaded: screen.majors.loaded,
            }
        }
        ACCOUNTS => {
            let row = |row: &crate::wire::AccountRow| {
                vec![
                    format!("{} {}", row.name, row.office_name),
                    row.id.to_string(),
                    words::posts(&row.posts, lang),
                    login(row, lang),
                    if row.active { pin(row.pin, lang) } else { Text::Disabled.text(lang) }.to_owned(),
                ]
            };
            Table {
                head: vec![
                    (Text::ColName, 0),
                    (Text::ColAccount, 13),
                    (Text::ColPosts, 14),
                    (Text::ColUser, 14),
                    (Text::ColActive, 8),
                ],
                rows: screen.accounts.rows.iter().map(row).collect(),
                below: count(&screen.accounts, lang),
                loaded: screen.accounts.loaded,
            }
        }
        SUBSTITUTES => {
            let row = |row: &crate::wire::SubstituteRow| {
                let today = if row.in_force { Text::Today.text(lang) } else { "" };
                vec![
                    format!("{} {}", row.name, Text::Behalf.fill(lang, &[("name", &row.on_behalf_name)])),
                    row.from.to_string(),
                    row.until.to_string(),
                    today.to_owned(),
                ]
            };
            Table {
                head: vec![(Text::ColName, 0), (Text::ColFrom, 11), (Text::ColUntil, 11), (Text::ColActive, 9)],
                rows: screen.substitutes.rows.iter().map(row).collect(),
                below: count(&screen.substitutes, lang),
                loaded: screen.substitutes.loaded,
            }
        }
        _ => journal(screen, lang),
    }
}

fn journal(screen: &SystemScreen, lang: Lang) -> Table {
    let row = |entry: &EntryView| {
        let who = entry.by.as_ref().map_or_else(|| "-".to_owned(), |by| by.name.clone());
        let when = entry.at.beijing().format("%m-%d %H:%M").to_string();
        let about = entry.records.first().cloned().unwrap_or_default();
        vec![format!("{}  {about}", entry.kind()), entry.seq.to_string(), when, who]
    };
    let rows = &screen.journal;
    let text = if rows.more { Text::JournalRead } else { Text::JournalWhole };
    let (total, n) = (rows.total.to_string(), rows.rows.len().to_string());
    let mut below = text.fill(lang, &[("total", &total), ("n", &n)]);
    let asked = &screen.narrowed;
    let narrowed: Vec<String> = [
        asked.who.clone(),
        asked.post.map(|post| words::post(post, lang).to_owned()),
        asked.student.map(|id| id.to_string()),
        asked.application.map(|id| id.to_string()),
        asked.kind.clone(),
        asked.from.map(|day| format!("{}{day}", Text::ColFrom.text(lang))),
        asked.until.map(|day| format!("{}{day}", Text::ColUntil.text(lang))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !narrowed.is_empty() {
        below = format!("{below}  {}", Text::Filtered.fill(lang, &[("what", &narrowed.join(" "))]));
    }
    Table {
        head: vec![(Text::ColWhat, 0), (Text::ColSeq, 8), (Text::ColWhen, 12), (Text::ColWho, 12)],
        rows: rows.rows.iter().map(row).collect(),
        below,
        loaded: rows.loaded,
    }
}

fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Province => Text::LevelProvince,
        Level::City => Text::LevelCity,
        Level::County => Text::LevelCounty,
        Level::School => Text::LevelSchool,
    }
    .text(lang)
}

fn sponsor(sponsor: Sponsor, lang: Lang) -> &'static str {
    match sponsor {
        Sponsor::Provincial => Text::RunProvince,
        Sponsor::Municipal => Text::RunCity,
        Sponsor::County => Text::RunCounty,
        Sponsor::University => Text::RunCollege,
    }
    .text(lang)
}

fn office(row: &SchoolRow, lang: Lang) -> Vec<String> {
    let facts = row.office.school.as_ref();
    let grade = row.grade.map_or("-", |grade| grade.name().split(' ').next().unwrap_or("-"));
    vec![
        row.office.name.clone(),
        row.office.id.to_string(),
        level(row.office.level, lang).to_owned(),
        facts.map_or("-", |facts| sponsor(facts.sponsor, lang)).to_owned(),
        grade.to_owned(),
        row.custody.clone().unwrap_or_else(|| "-".to_owned()),
        row.accounts.to_string(),
    ]
}

fn table(app: &App, table: &Table, row: usize, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let fixed: u16 = table.head.iter().map(|(_, cells)| cells).sum();
    let wide = area.width.saturating_sub(1 + fixed).max(8);
    let line = |buf: &mut Buffer, y: u16, cells: &[String], styled: Style| {
        let mut x = area.x + 1;
        for ((_, columns), content) in table.head.iter().zip(cells) {
            let columns = if *columns == 0 { wide } else { *columns };
            let room = columns.min(area.right().saturating_sub(x));
            // A blank at its end keeps a cut text from running into the next column.
            let cut = text::truncate(content, usize::from(room.saturating_sub(1)));
            put(buf, x, y, room, &cut, styled);
            x += room;
        }
    };
    let head: Vec<String> = table.head.iter().map(|(text, _)| text.text(lang).to_owned()).collect();
    line(buf, area.y, &head, style(app, Role::Dim));
    if table.rows.is_empty() {
        let said = if table.loaded { Text::Empty.text(lang) } else { Msg::Loading.text(lang) };
        put(buf, area.x + 1, area.y + 1, area.width.saturating_sub(1), said, style(app, Role::Dim));
    }
    let height = usize::from(area.height.saturating_sub(2)).max(1);
    let top = (row + 1).saturating_sub(height);
    for (n, cells) in table.rows.iter().enumerate().skip(top).take(height) {
        let y = area.y + 1 + (n - top) as u16;
        let base = style(app, if n == row { Role::Selected } else { Role::Text });
        put(buf, area.x, y, 1, if n == row { ">" } else { "" }, base);
        line(buf, y, cells, base);
    }
    let foot = area.bottom().saturating_sub(1);
    put(buf, area.x + 1, foot, area.width.saturating_sub(1), &table.below, style(app, Role::Dim));
}

/// The system user of an account, and whether several persons share it.
fn login(row: &crate::wire::AccountRow, lang: Lang) -> String {
    match &row.os_user {
        Some(user) if row.shared => LoadText::Shared.fill(lang, &[("user", user)]),
        Some(user) => user.clone(),
        None => "-".to_owned(),
    }
}

/// How the PIN of an account in use stands; that it is in use, where nobody says.
fn pin(state: Option<PinState>, lang: Lang) -> &'static str {
    match state {
        Some(PinState::Set) => LoadText::PinSet.text(lang),
        Some(PinState::Closed) => LoadText::PinClosed.text(lang),
        Some(PinState::None) | None => Text::Active.text(lang),
    }
}

/// How the store is; how far it can be scrolled.
fn state(app: &App, screen: &SystemScreen, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let Some(of) = screen.state.as_deref() else {
        put(buf, area.x + 1, area.y + 1, area.width.saturating_sub(1), Msg::Loading.text(lang), style(app, Role::Dim));
        return 0;
    };
    let mut flow = Flow::new(area.width.saturating_sub(1));
    let (head, plain) = (style(app, Role::Heading), style(app, Role::Text));
    let mut item = |label: Text, content: &str, role: Style| flow.item(label.text(lang), LABEL, head, content, role);
    let number = |n: u64| n.to_string();
    let entries = [("entries", &*number(of.entries)), ("applications", &*number(of.applications))];
    item(Text::StateEntries, &Text::StateEntriesOf.fill(lang, &entries), plain);
    let many = |level: Level| {
        let found = of.offices.iter().find(|(one, _)| *one == level);
        found.map_or(0, |(_, n)| *n).to_string()
    };
    let master = [
        ("province", &*many(Level::Province)),
        ("city", &*many(Level::City)),
        ("county", &*many(Level::County)),
        ("school", &*many(Level::School)),
        ("majors", &*of.majors.to_string()),
    ];
    item(Text::StateMaster, &Text::StateMasterOf.fill(lang, &master), plain);
    let accounts = [("n", &*of.accounts.to_string()), ("connected", &*of.connected.to_string())];
    item(Text::StateAccounts, &Text::StateAccountsOf.fill(lang, &accounts), plain);
    item(Text::StateCalendar, &Text::StateCalendarOf.fill(lang, &[("day", &of.calendar_until.to_string())]), plain);
    let disk = match of.free {
        Some(bytes) => Text::StateDiskOf.fill(lang, &[("n", &(bytes >> 20).to_string())]),
        None => Text::StateUnknown.text(lang).to_owned(),
    };
    item(Text::StateDisk, &disk, plain);
    match &of.backup {
        Some(backup) => {
            let days = (of.now.day() - backup.at.day()).num_days().max(0).to_string();
            let when = words::moment(backup.at);
            let values =
                [("when", &*when), ("days", &*days), ("entries", &*number(backup.entries)), ("file", &*backup.file)];
            item(Text::StateBackup, &Text::StateBackupOf.fill(lang, &values), plain);
        }
        None => item(Text::StateBackup, Text::StateNoBackup.text(lang), style(app, Role::Warn)),
    }
    match &screen.verified {
        None => {
            let key = app.keymap.key_for(Scope::System, Action::CheckStore).unwrap_or_default();
            item(Text::StateVerify, &Text::StateNotVerified.fill(lang, &[("key", &key)]), plain);
        }
        Some(view) if view.damage.is_empty() => {
            let values = [
                ("entries", &*number(view.entries)),
                ("records", &*number(view.records)),
                ("evidence", &*number(view.evidence)),
            ];
            item(Text::StateVerify, &Text::VerifiedGood.fill(lang, &values), plain);
        }
        Some(view) => {
            let n = view.damage.len().to_string();
            item(Text::StateVerify, &Text::VerifiedBad.fill(lang, &[("n", &n)]), style(app, Role::Danger));
            for place in &view.damage {
                flow.text(LABEL, place, style(app, Role::Danger));
            }
        }
    }
    read(app, &flow.lines, 0, Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area }, buf)
}

/// One thing in full; how far it can be scrolled.
pub(super) fn page(app: &App, page: &SystemPage, area: Rect, buf: &mut Buffer) -> u16 {
    let mut flow = Flow::new(area.width.saturating_sub(1));
    match &page.what {
        PageOf::School(None) => {
            put(buf, area.x, area.y, area.width, Msg::Loading.text(app.look.lang), style(app, Role::Dim));
            return 0;
        }
        PageOf::School(Some(view)) => school(app, view, &mut flow),
        PageOf::Entry(entry) => self::entry(app, entry, &mut flow),
        PageOf::Load(seen) => super::load::page(app, seen, &mut flow),
    }
    read(app, &flow.lines, page.scroll, Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area }, buf)
}

fn school(app: &App, view: &SchoolView, flow: &mut Flow) {
    let lang = app.look.lang;
    let (head, plain) = (style(app, Role::Heading), style(app, Role::Text));
    let (row, office) = (&view.school, &view.school.office);
    flow.text(0, &format!("{}  {}", office.name, office.id), head);
    flow.gap();
    flow.item(Text::ColLevel.text(lang), LABEL, head, level(office.level, lang), plain);
    if !row.above.is_empty() {
        flow.item(Text::Above.text(lang), LABEL, head, &row.above, plain);
    }
    if let Some(facts) = &office.school {
        flow.item(Text::ColSponsor.text(lang), LABEL, head, sponsor(facts.sponsor, lang), plain);
        if let Some(competent) = &row.competent {
            flow.item(Text::Competent.text(lang), LABEL, head, competent, plain);
        }
        let filed = if facts.credit_system { Text::Filed } else { Text::NotFiled };
        flow.item(Text::Credit.text(lang), LABEL, head, filed.text(lang), plain);
        flow.item(Text::Campuses.text(lang), LABEL, head, &facts.campuses.join("、"), plain);
    }
    flow.item(Text::ColAccounts.text(lang), LABEL, head, &row.accounts.to_string(), plain);
    if let Some(custody) = &row.custody {
        flow.item(Text::ColCustody.text(lang), LABEL, head, custody, style(app, Role::Warn));
    }
    if office.school.is_none() {
        return;
    }
    flow.gap();
    flow.text(0, Text::Ratings.text(lang), head);
    let standing = view.standing.as_ref();
    for rating in standing.iter().flat_map(|standing| standing.ratings.iter().rev()) {
        flow.item(
            &rating.on.to_string(),
            LABEL,
            plain,
            &format!("{}  {}", rating.grade.name(), rating.document),
            plain,
        );
    }
    if standing.is_none_or(|standing| standing.ratings.is_empty()) {
        flow.text(2, Text::NoRating.text(lang), style(app, Role::Dim));
    }
    for (n, ruled) in standing.iter().flat_map(|standing| standing.rulings.iter().rev()).enumerate() {
        if n == 0 {
            flow.text(0, Text::Rulings.text(lang), head);
        }
        let content = format!("{}  {}", ruled.prepared.ruling.name(), ruled.prepared.document);
        flow.item(&ruled.at.day().to_string(), LABEL, plain, &content, plain);
    }
    if !view.offers.is_empty() {
        flow.gap();
        flow.text(0, Text::Offers.text(lang), head);
    }
    for (year, season, lines) in &view.offers {
        let values = [("year", &*year.to_string()), ("season", season.name()), ("n", &*lines.to_string())];
        flow.text(2, &Text::OfferLine.fill(lang, &values), plain);
    }
}

fn entry(app: &App, entry: &EntryView, flow: &mut Flow) {
    let lang = app.look.lang;
    let (head, plain) = (style(app, Role::Heading), style(app, Role::Text));
    flow.text(0, &Text::Entry.fill(lang, &[("n", &entry.seq.to_string())]), head);
    flow.gap();
    flow.item(Text::ColWhen.text(lang), LABEL, head, &entry.at.to_string(), plain);
    if let Some(by) = &entry.by {
        let behalf: Vec<String> = by.on_behalf.iter().map(|name| Text::Behalf.fill(lang, &[("name", name)])).collect();
        let who = format!("{}  {}  {}  {}", by.name, by.account, by.office, behalf.join(" "));
        flow.item(Text::ColWho.text(lang), LABEL, head, who.trim_end(), plain);
    }
    flow.item(Text::ColWhat.text(lang), LABEL, head, entry.kind(), plain);
    let records = format!("{}  {}", entry.written, entry.records.join("、"));
    flow.item(Text::Records.text(lang), LABEL, head, &records, plain);
    flow.gap();
    flow.text(0, Text::Command.text(lang), head);
    let whole = serde_json::to_string_pretty(&entry.command).unwrap_or_default();
    for line in whole.lines() {
        let indent = line.len() - line.trim_start().len();
        flow.text(indent.min(20), line.trim_start(), plain);
    }
}

/// One of the forms; where the caret stands.
pub(super) fn form(app: &App, form: &SystemForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, &form.title(lang), style(app, Role::Heading));
    let hint = form.hint().map(|hint| text::wrap(hint.text(lang), usize::from(area.width))).unwrap_or_default();
    // Two lines are kept for it, so that the fields stay where they are.
    for (y, line) in (area.y + 1..area.y + 3).zip(&hint) {
        put(buf, area.x, y, area.width, line, style(app, Role::Dim));
    }
    forms::fields(app, &form.rows(lang), form.at, forms::below(area, 4), buf)
}
