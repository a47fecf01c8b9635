//! The board's report as a plain page (督办报告): the figures, how each is counted, and the overdue cases behind them.

use super::board;
use super::hall::Hall;
use super::notice::Page;
use super::reads::value;
use super::refusal::Refusal;
use super::session::Asker;
use crate::law::kinds;
use crate::law::rules::REGULATION;
use crate::model::{BoardCases, BoardSummary, Day, Forecast, InHand, Left, Rate, Rates};
use crate::text::{pad, pad_left, width};
use crate::wire::{ErrorKind, Failure, NoticeText, Query, ReportAsked};
use chrono::Datelike;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Overdue cases on the page; how many more there are is said.
const MOST_CASES: u32 = 200;

/// How each figure is counted, with the clock it goes by. The figures of the screen are these.
pub const DEFINITIONS: &[(&str, &str)] = &[
    ("在手", "现在轮到该经手方的环节；学校未提交或被退回的，算在学校手上，没有时限"),
    ("逾期", "法定时限的最后一个工作日已过（第12、13条等所给的工作日，止于当日24时，休假日不计）；参考时限不算逾期"),
    ("今日、将到", "法定时限今日截止；剩1至3个工作日"),
    ("最长逾", "在手逾期各件中，时限届满之后已过的工作日的最大数"),
    ("办结", "时段内以同意、退回或不予办理结束的环节，每轮计一次；退回后重新提交的另计一轮"),
    ("按时率", "办结的环节中，不迟于最后一个工作日办结的比例；只计法定时限、本地经手，参考时限和外部经手不计"),
    ("均用", "办结的环节平均用去的工作日：收到的次日为第1日，办结之日计入"),
    ("未备案", "已注册未备案的新生，须在12月20日（春季5月20日）前备案（第6条），按日历日计，遇休假不顺延"),
];

/// The page.
pub(super) fn page(hall: &Hall, asker: &Asker, asked: &ReportAsked) -> Result<Value, Refusal> {
    let today = asker.now.day();
    let from = asked.from.or_else(|| Day::from_ymd_opt(today.year(), today.month(), 1)).unwrap_or(today);
    let until = asked.until.unwrap_or(today);
    let office = asked.office.clone();
    let summary: BoardSummary = read(hall, asker, Query::BoardSummary { office: office.clone() })?;
    let rates: Rates = read(hall, asker, Query::BoardRates { from, until, office: office.clone() })?;
    let forecast: Forecast = read(hall, asker, Query::BoardForecast { office: office.clone() })?;
    let meant = InHand { office, count: MOST_CASES, ..InHand::default() };
    let overdue: BoardCases = read(hall, asker, Query::BoardOverdue(meant))?;
    let exercise = hall.store().facts()?.is_some_and(|facts| facts.exercise.is_some());

    let mut page = Page::default();
    if exercise {
        page.centred("【演练】本报告出自演练库，所列不是真实情况");
    }
    page.centred(&format!("{}学籍业务督办报告", summary.name));
    page.gap();
    page.item("截止", &format!("{today}  打印：{}", asker.actor.name));
    page.item("时段", &format!("{from} 至 {until}（办结、按时率、均用）"));
    page.gap();
    page.line("一、在手");
    row(&mut page, "经手方", &["在手", "逾期", "今日", "将到", "余", "无时限", "未备案"].map(str::to_owned));
    for one in &summary.offices {
        let of = &one.lights;
        let cells = [of.total(), of.overdue, of.today, of.near, of.green, of.none, one.unfiled];
        row(&mut page, &one.name, &cells.map(|n| n.to_string()));
    }
    page.gap();
    page.line("二、业务与剩余工作日");
    // As many as there are: another column does not compile without its head.
    let heads: [&str; Left::ALL.len()] = ["逾期", "今日", "1日", "2日", "3日", "5日内", "10日内", "更多", "无时限"];
    kind(&mut page, "业务", &heads.map(str::to_owned));
    for one in &summary.kinds {
        kind(&mut page, kinds::row(one.kind).name_zh, &one.left.map(|n| n.to_string()));
    }
    page.gap();
    page.line("三、办结");
    row(&mut page, "经手方", &["办结", "按时率", "均用", "退回", "现逾"].map(str::to_owned));
    for one in &rates.offices {
        row(&mut page, &one.name, &rate(&one.rate, &one.overdue_now.to_string()));
    }
    for one in &rates.clerks {
        row(&mut page, &format!("  {} {}", one.name, one.post.name()), &rate(&one.rate, ""));
    }
    if rates.total.left_out > 0 {
        page.item("", &format!("另有 {} 轮不计入：没有时限、参考时限或外部经手", rates.total.left_out));
    }
    page.gap();
    page.line("四、此后二十个工作日到期");
    for day in forecast.days.iter().filter(|day| day.due + day.reference > 0) {
        let off = if day.off_after > 0 { format!("（其后休 {} 日）", day.off_after) } else { String::new() };
        let provisional = if day.provisional { "（暂定）" } else { "" };
        page.item("", &format!("{}{off}{provisional}  {} 件，参考时限 {} 件", day.date, day.due, day.reference));
    }
    page.item("", &format!("更晚到期 {} 件", forecast.later));
    for one in &forecast.unfiled {
        page.item("", &format!("未备案新生 {} 人，须在 {} 前备案，余 {} 日", one.students, one.cutoff, one.left));
    }
    page.gap();
    page.line(&format!("五、逾期各件（{} 件）", overdue.total));
    for case in &overdue.items {
        let due = case.due.map(|due| due.to_string()).unwrap_or_default();
        let kind = kinds::row(case.kind).name_zh;
        let urged = if case.urged.ever > 0 { format!("，已催 {} 次", case.urged.ever) } else { String::new() };
        let late = case.left.unsigned_abs();
        page.item("", &format!("{}  {}  {kind}  {}", case.id, case.student, case.school));
        page.item("", &format!("  在{}，{due} 到期，已逾 {late} 个工作日，第 {} 轮{urged}", case.hand, case.round));
    }
    let more = overdue.total.saturating_sub(u32::try_from(overdue.items.len()).unwrap_or(u32::MAX));
    if more > 0 {
        page.item("", &format!("另有 {more} 件，见 xueji call 的 board.overdue"));
    }
    page.gap();
    page.line("各数的算法：");
    for (name, how) in DEFINITIONS {
        page.item("", &format!("{name}：{how}"));
    }
    page.gap();
    page.item("依据", REGULATION);
    if exercise {
        page.line("【演练】");
    }
    let mark = if exercise { "演练-" } else { "" };
    value(NoticeText { name: format!("{mark}{}-督办报告-{today}.txt", summary.office), text: page.text })
}

fn read<T: DeserializeOwned>(hall: &Hall, asker: &Asker, query: Query) -> Result<T, Refusal> {
    let answer = board::read(hall, asker, &query)?;
    serde_json::from_value(answer).map_err(|e| Failure::new(ErrorKind::Damaged, e.to_string()).into())
}

/// A name and figures in columns. A name that is longer than its column has a line of its own: on paper it is whole.
fn row(page: &mut Page, name: &str, cells: &[String]) {
    const NAME: usize = 22;
    let cells: String = cells.iter().map(|cell| pad_left(cell, 7)).collect();
    let long = width(name) > NAME;
    if long {
        page.line(name);
    }
    page.line(format!("{}{cells}", pad(if long { "" } else { name }, NAME)).trim_end());
}

/// A kind of business and its figures by days left: all of them, so that a line adds up.
fn kind(page: &mut Page, name: &str, cells: &[String]) {
    let widths = [6, 6, 6, 6, 6, 7, 8, 6, 8];
    let cells: String = cells.iter().zip(widths).map(|(cell, width)| pad_left(cell, width)).collect();
    page.line(&format!("{}{cells}", pad(name, 12)));
}

fn rate(rate: &Rate, now: &str) -> [String; 5] {
    let tenths =
        |n: Option<u32>, unit: &str| n.map_or_else(|| "-".to_owned(), |n| format!("{}.{}{unit}", n / 10, n % 10));
    [
        rate.ended.to_string(),
        tenths(rate.per_mille(), "%"),
        tenths(rate.mean_tenths(), ""),
        rate.returned.to_string(),
        now.to_owned(),
    ]
}
