//! `xueji report`: the supervisor's report as a spreadsheet or CSV, with every figure, the cases behind it, and how it is
//! counted; as text it is the page for printing.

use super::args::ReportOptions;
use super::failure::{CliError, Exit};
use super::files::Line;
use super::{Args, folder};
use crate::exchange::{Block, Figure, Form, blocks};
use crate::law::kinds;
use crate::model::{
    BoardCase, BoardCases, BoardSummary, Day, Ended, Forecast, InHand, Left, Light, Rate, Rates, Stamp,
};
use crate::server::BOARD_DEFINITIONS;
use crate::wire::{NoticeText, Query, ReportAsked, Request, WhoAmI};
use chrono::Datelike;
use serde::de::DeserializeOwned;
use std::io::Write;

/// Cases asked for at once.
const PAGE: u32 = 500;
/// Most cases of one list in a report.
const MOST_CASES: usize = 200_000;

/// Writes the report to a file; its form is that of the ending.
pub(super) fn run(args: &Args, options: &ReportOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let path = &options.out;
    let text = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
    let form = Form::of(path).filter(|form| *form != Form::Json);
    if form.is_none() && !text {
        return Err(CliError::usage(format!("{}：文件名须以 .xlsx、.csv 或 .txt 结尾", path.display())));
    }
    let account = args.as_account.as_deref().map(Into::into);
    let mut line = Line::open(&folder::store(args)?, account)?;
    let office = options.office.as_deref().map(Into::into);
    let asked = ReportAsked { office, from: options.from, until: options.until };
    let bytes = match form {
        Some(form) => bytes(&mut line, &asked, form, args.today)?.1,
        None => {
            let answer = line.ask_on(Request::Query(Query::BoardReport(asked)), args.today)?;
            let page: NoticeText = serde_json::from_value(answer).map_err(CliError::broken)?;
            page.text.into_bytes()
        }
    };
    std::fs::write(path, bytes).map_err(|error| CliError::unwritable(path, &error))?;
    writeln!(out, "已写出督办报告：{}", path.display()).map_err(CliError::io)
}

/// The report in this form, and a name for its file.
pub(super) fn bytes(
    line: &mut Line,
    asked: &ReportAsked,
    form: Form,
    on: Option<Stamp>,
) -> Result<(String, Vec<u8>), CliError> {
    let mut source = Source { line, on };
    let me: WhoAmI = source.ask(Query::WhoAmI {})?;
    let today = on.unwrap_or(me.now).day();
    let from = asked.from.or_else(|| Day::from_ymd_opt(today.year(), today.month(), 1)).unwrap_or(today);
    let until = asked.until.unwrap_or(today);
    let office = asked.office.clone();
    let summary: BoardSummary = source.ask(Query::BoardSummary { office: office.clone() })?;
    let rates: Rates = source.ask(Query::BoardRates { from, until, office: office.clone() })?;
    let forecast: Forecast = source.ask(Query::BoardForecast { office: office.clone() })?;
    let held = source
        .cases(|after| Query::BoardCases(InHand { office: office.clone(), after, count: PAGE, ..InHand::default() }))?;
    let ended = source.cases(|after| {
        Query::BoardEnded(Ended {
            from,
            until,
            office: office.clone(),
            alone: false,
            person: None,
            post: None,
            late: false,
            after,
            count: PAGE,
        })
    })?;
    let all = [
        about(&summary, (from, until), &me),
        offices(&summary),
        kinds_left(&summary),
        office_rates(&rates),
        clerk_rates(&rates),
        ahead(&forecast),
        cases("在手各件", &held),
        cases("办结各件", &ended),
        definitions(),
    ];
    let mark = if me.exercise { "演练-" } else { "" };
    let name = format!("{mark}{}-督办报告-{today}.{}", summary.office, form.ending());
    let title = format!("{}学籍业务督办报告", summary.name);
    let bytes = blocks(form, &title, &all, me.exercise).map_err(|e| CliError::new(Exit::Input, e.to_string()))?;
    Ok((name, bytes))
}

/// Where the figures come from.
struct Source<'l> {
    line: &'l mut Line,
    on: Option<Stamp>,
}

impl Source<'_> {
    fn ask<T: DeserializeOwned>(&mut self, query: Query) -> Result<T, CliError> {
        let answer = self.line.ask_on(Request::Query(query), self.on)?;
        serde_json::from_value(answer).map_err(CliError::broken)
    }

    /// All cases, window after window.
    fn cases(&mut self, query: impl Fn(u32) -> Query) -> Result<Vec<BoardCase>, CliError> {
        let mut all = Vec::new();
        let mut from = Some(0);
        while let Some(at) = from {
            let page: BoardCases = self.ask(query(at))?;
            all.extend(page.items);
            from = page.next.filter(|next| *next > at && all.len() < MOST_CASES);
        }
        Ok(all)
    }
}

fn block(title: &str, columns: &[&str], rows: Vec<Vec<Figure>>) -> Block {
    Block { title: title.to_owned(), columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows }
}

fn about(summary: &BoardSummary, (from, until): (Day, Day), me: &WhoAmI) -> Block {
    let pair = |name: &str, value: String| vec![Figure::from(name), Figure::from(value)];
    let mut rows = vec![
        pair("机构", format!("{} {}", summary.office, summary.name)),
        pair("截止", summary.day.to_string()),
        pair("时段", format!("{from} 至 {until}（办结、按时率、均用）")),
        pair("制表", format!("{}（{}）", me.account.name, me.account.id)),
    ];
    if me.exercise {
        rows.push(pair("演练", "本报告出自演练库，所列不是真实情况".to_owned()));
    }
    block("说明", &["项目", "内容"], rows)
}

fn offices(summary: &BoardSummary) -> Block {
    let rows = summary.offices.iter().map(|one| {
        let of = &one.lights;
        let counts = [of.total(), of.overdue, of.reference, of.today, of.near, of.green, of.none];
        let named = [Figure::from(one.office.as_str()), Figure::from(one.name.as_str())];
        named
            .into_iter()
            .chain(counts.into_iter().chain([one.longest, one.reminded, one.unfiled]).map(Figure::from))
            .collect()
    });
    let columns = [
        "机构代码",
        "经手方",
        "在手",
        "逾期",
        "参考逾期",
        "今日",
        "将到",
        "余",
        "无时限",
        "最长逾工作日",
        "已催办",
        "未备案新生",
    ];
    block("在手", &columns, rows.collect())
}

fn kinds_left(summary: &BoardSummary) -> Block {
    let rows = summary.kinds.iter().map(|one| {
        [Figure::from(kinds::row(one.kind).name_zh)].into_iter().chain(one.left.into_iter().map(Figure::from)).collect()
    });
    let columns = ["业务", "逾期", "今日", "1日", "2日", "3日", "4至5日", "6至10日", "更多", "无时限"];
    debug_assert_eq!(columns.len(), Left::ALL.len() + 1);
    block("业务与剩余工作日", &columns, rows.collect())
}

fn figures(rate: &Rate) -> [Figure; 7] {
    let tenths = |n: Option<u32>| n.map_or(Figure::Empty, |n| Figure::Number(f64::from(n) / 10.0));
    [
        rate.ended.into(),
        rate.in_time.into(),
        rate.late().into(),
        tenths(rate.per_mille()),
        tenths(rate.mean_tenths()),
        rate.returned.into(),
        rate.left_out.into(),
    ]
}

const RATE_COLUMNS: [&str; 7] = ["办结", "按时", "逾期办结", "按时率%", "均用工作日", "退回", "不计入"];

fn office_rates(rates: &Rates) -> Block {
    let rows = rates.offices.iter().map(|one| {
        let named = [Figure::from(one.office.as_str()), Figure::from(one.name.as_str())];
        named.into_iter().chain(figures(&one.rate)).chain([Figure::from(one.overdue_now)]).collect()
    });
    let columns: Vec<&str> = ["机构代码", "经手方"].into_iter().chain(RATE_COLUMNS).chain(["现逾"]).collect();
    block("办结率（机构）", &columns, rows.collect())
}

fn clerk_rates(rates: &Rates) -> Block {
    let rows = rates.clerks.iter().map(|one| {
        let named = [one.office_name.as_str(), one.name.as_str(), one.post.name()].map(Figure::from);
        named.into_iter().chain(figures(&one.rate)).collect()
    });
    let columns: Vec<&str> = ["机构", "人员", "岗位"].into_iter().chain(RATE_COLUMNS).collect();
    block("办结率（人员）", &columns, rows.collect())
}

fn ahead(forecast: &Forecast) -> Block {
    let day = |day: &crate::model::DueDay| {
        let said = if day.provisional { "暂定" } else { "" };
        vec![
            Figure::from(day.date.to_string()),
            day.due.into(),
            day.reference.into(),
            day.off_after.into(),
            Figure::from(said),
        ]
    };
    let mut rows: Vec<Vec<Figure>> = forecast.days.iter().map(day).collect();
    rows.push(vec![Figure::from("更晚"), forecast.later.into()]);
    rows.extend(forecast.unfiled.iter().map(|one| {
        let said = format!("未备案新生，须在此日前备案（第6条），余 {} 日", one.left);
        vec![
            Figure::from(one.cutoff.to_string()),
            one.students.into(),
            Figure::Empty,
            Figure::Empty,
            Figure::from(said),
        ]
    }));
    block("此后二十个工作日到期", &["日期", "到期", "参考时限", "其后休日", "说明"], rows)
}

fn cases(title: &str, all: &[BoardCase]) -> Block {
    let day = |day: Option<Day>| Figure::from(day.map(|day| day.to_string()));
    let rows = all.iter().map(|case| {
        let light = match case.light {
            Light::Overdue if case.reference => "参考逾期",
            Light::Overdue => "逾",
            Light::Today => "今",
            Light::Near => "近",
            Light::Green => "余",
            Light::None => "",
        };
        vec![
            Figure::from(case.id.to_string()),
            Figure::from(kinds::row(case.kind).name_zh),
            Figure::from(case.student.as_str()),
            Figure::from(case.school.as_str()),
            Figure::from(case.hand.as_str()),
            Figure::from(case.waits.map(crate::model::Post::name)),
            Figure::from(case.arrived.to_string()),
            day(case.due),
            Figure::from(light),
            if case.due.is_some() { Figure::Number(f64::from(case.left)) } else { Figure::Empty },
            day(case.ended),
            case.used.into(),
            case.round.into(),
            case.urged.ever.into(),
            Figure::from(if case.reference { "参考时限" } else { "" }),
        ]
    });
    let columns = [
        "申请",
        "业务",
        "学生",
        "学校",
        "经手方",
        "待",
        "到达",
        "到期",
        "灯",
        "剩余工作日",
        "办结",
        "用工作日",
        "轮次",
        "催办",
        "说明",
    ];
    block(title, &columns, rows.collect())
}

fn definitions() -> Block {
    let rows = BOARD_DEFINITIONS.iter().map(|(name, how)| vec![Figure::from(*name), Figure::from(*how)]);
    block("各数的算法", &["数", "算法和所依的时限"], rows.collect())
}
