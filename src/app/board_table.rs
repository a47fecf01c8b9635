//! What the supervisor's board shows, as tables: headings, rows of cells, and lines below.

use super::board::{BoardScreen, CasesScreen};
use super::words;
use crate::catalogue::{BoardText as Text, Lang};
use crate::model::{BoardCase, BoardCases, Light};

/// A table as it is drawn: headings, then rows of cells, the first of which is wide; lines below.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<(Vec<String>, Light)>,
    pub(crate) below: Vec<String>,
    /// Whether single cells are pointed at.
    pub(crate) cells: bool,
    /// Still on its way.
    pub(crate) loading: bool,
}

fn number(n: u32) -> String {
    if n == 0 { "-".to_owned() } else { n.to_string() }
}

fn tenths(n: Option<u32>, unit: &str) -> String {
    n.map_or_else(|| "-".to_owned(), |n| format!("{}.{}{unit}", n / 10, n % 10))
}

fn cases_table(cases: Option<&BoardCases>, lang: Lang) -> Table {
    let over = cases.is_some_and(|cases| cases.items.iter().any(|case| case.ended.is_some()));
    let waits = if over { Text::ColEnded } else { Text::ColWaits };
    let head = [Text::ColOffice, Text::ColDueDay, Text::ColLeft, waits, Text::ColRound, Text::ColUrged];
    let line = |case: &BoardCase| {
        let due = case.due.map_or_else(|| "-".to_owned(), |due| due.format("%m-%d").to_string());
        // Of a turn that has ended, the day it did stands where it would wait for somebody.
        let ended = case.ended.map(|day| day.format("%m-%d").to_string());
        let left = if case.due.is_some() { case.left.to_string() } else { "-".to_owned() };
        let name = format!("{} {} {}", case.student, words::kind_short(case.kind, lang), case.hand);
        let waits = ended.unwrap_or_else(|| case.waits.map_or("-", |post| words::post(post, lang)).to_owned());
        (vec![name, due, left, waits, case.round.to_string(), number(case.urged.ever)], case.light)
    };
    Table {
        head: head.map(|text| text.text(lang)).to_vec(),
        rows: cases.map(|cases| cases.items.iter().map(line).collect()).unwrap_or_default(),
        loading: cases.is_none(),
        ..Table::default()
    }
}

impl CasesScreen {
    pub(crate) fn table(&self, lang: Lang) -> Table {
        let n = self.cases.as_ref().map_or(0, |cases| cases.total).to_string();
        let title = Text::CasesTitle.fill(lang, &[("what", &self.what), ("n", &n)]);
        Table { title, ..cases_table(self.cases.as_deref(), lang) }
    }
}

impl BoardScreen {
    pub(crate) fn table(&self, lang: Lang) -> Table {
        match self.tab {
            0 => self.offices(lang),
            1 => self.kinds(lang),
            2 => cases_table(self.overdue.as_deref(), lang),
            3 => self.ahead(lang),
            _ => self.rates(lang),
        }
    }

    fn offices(&self, lang: Lang) -> Table {
        let head = [
            Text::ColOffice,
            Text::ColInHand,
            Text::ColOverdue,
            Text::ColToday,
            Text::ColNear,
            Text::ColGreen,
            Text::ColNone,
            Text::ColLongest,
            Text::ColUrged,
            Text::ColUnfiled,
        ];
        let mut table = Table {
            head: head.map(|text| text.text(lang)).to_vec(),
            cells: true,
            loading: self.summary.is_none(),
            ..Table::default()
        };
        for one in self.summary.iter().flat_map(|summary| &summary.offices) {
            let of = &one.lights;
            let name = if one.below { Text::Below.fill(lang, &[("name", &one.name)]) } else { one.name.clone() };
            let overdue = match (of.overdue, of.reference) {
                (n, 0) => number(n),
                (n, past) => format!("{n}+{past}"),
            };
            let light = match (of.overdue, of.today, of.near) {
                (1.., ..) => Light::Overdue,
                (0, 1.., _) => Light::Today,
                (0, 0, 1..) => Light::Near,
                _ => Light::None,
            };
            let counts = [of.today, of.near, of.green, of.none, one.longest, one.reminded, one.unfiled].map(number);
            table.rows.push(([name, number(of.total()), overdue].into_iter().chain(counts).collect(), light));
        }
        table
    }

    fn kinds(&self, lang: Lang) -> Table {
        let head = [
            Text::TabKinds,
            Text::ColOverdue,
            Text::ColToday,
            Text::ColOne,
            Text::ColTwo,
            Text::ColThree,
            Text::ColFive,
            Text::ColTen,
            Text::ColMore,
            Text::ColNone,
        ];
        let rows = self.summary.iter().flat_map(|summary| &summary.kinds).map(|row| {
            let cells = [words::kind(row.kind, lang).to_owned()].into_iter().chain(row.left.map(number)).collect();
            (cells, Light::None)
        });
        Table {
            head: head.map(|text| text.text(lang)).to_vec(),
            rows: rows.collect(),
            cells: true,
            loading: self.summary.is_none(),
            ..Table::default()
        }
    }

    fn ahead(&self, lang: Lang) -> Table {
        let head = [Text::ColDate, Text::ColDue, Text::ColReference].map(|text| text.text(lang)).to_vec();
        let Some(ahead) = &self.ahead else { return Table { head, loading: true, ..Table::default() } };
        let most = ahead.days.iter().map(|day| day.due).max().unwrap_or(0).max(1);
        let rows = ahead.days.iter().map(|day| {
            let date = day.date.format("%m-%d").to_string();
            let name = match day.off_after {
                0 => date,
                n => Text::OffAfter.fill(lang, &[("date", &date), ("n", &n.to_string())]),
            };
            let bar = "#".repeat((day.due * 24).div_ceil(most) as usize);
            (
                vec![format!("{} {bar}", crate::text::pad(&name, 22)), number(day.due), number(day.reference)],
                Light::None,
            )
        });
        let mut below = vec![Text::Later.fill(lang, &[("n", &ahead.later.to_string())])];
        below.extend(ahead.unfiled.iter().map(|one| {
            let (n, left, date) = (one.students.to_string(), one.left.to_string(), one.cutoff.to_string());
            let text = if one.left < 0 { Text::UnfiledOver } else { Text::UnfiledLine };
            text.fill(lang, &[("n", &n), ("date", &date), ("left", &left)])
        }));
        Table { head, rows: rows.collect(), below, ..Table::default() }
    }

    fn rates(&self, lang: Lang) -> Table {
        let head =
            [Text::ColOffice, Text::ColEnded, Text::ColInTime, Text::ColMean, Text::ColReturned, Text::ColOverNow];
        let head = head.map(|text| text.text(lang)).to_vec();
        let Some(rates) = &self.rates else { return Table { head, loading: true, ..Table::default() } };
        let figures = |rate: &crate::model::Rate| {
            [number(rate.ended), tenths(rate.per_mille(), "%"), tenths(rate.mean_tenths(), ""), number(rate.returned)]
        };
        let mut rows = Vec::new();
        for one in &rates.offices {
            let name = if one.below { Text::Below.fill(lang, &[("name", &one.name)]) } else { one.name.clone() };
            let cells = [name].into_iter().chain(figures(&one.rate)).chain([number(one.overdue_now)]).collect();
            rows.push((cells, Light::None));
        }
        for one in &rates.clerks {
            let name = Text::Clerk.fill(lang, &[("name", &one.name), ("post", words::post(one.post, lang))]);
            let cells = [format!("  {name}")].into_iter().chain(figures(&one.rate)).chain(["-".to_owned()]).collect();
            rows.push((cells, Light::None));
        }
        let (from, until, n) = (rates.from.to_string(), rates.until.to_string(), rates.total.left_out.to_string());
        let below = vec![Text::Period.fill(lang, &[("from", &from), ("until", &until), ("n", &n)])];
        Table { head, rows, below, ..Table::default() }
    }
}
