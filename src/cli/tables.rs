//! `xueji queue`, `student`, `alerts`: what the screens show, as a table or as JSON, a page after the other.

use super::args::{AlertsOptions, QueueOptions};
use super::failure::CliError;
use super::files::Line;
use super::{Args, folder, table};
use crate::app::words;
use crate::catalogue::Lang;
use crate::law::kinds;
use crate::model::Light;
use crate::wire::{
    AlertsPage, AlertsRequest, Nearness, Page, PageRequest, Query, QueueRow, Request, SchoolAlerts, StudentBrief, Tab,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io::Write;

/// Rows asked for at once.
const PAGE: u32 = 200;

fn line(args: &Args) -> Result<Line, CliError> {
    Line::open(&folder::store(args)?, args.as_account.as_deref().map(Into::into))
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, CliError> {
    serde_json::from_value(value).map_err(CliError::broken)
}

fn print<const N: usize>(
    out: &mut dyn Write,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<(), CliError> {
    let all: Vec<[String; N]> = [head.map(str::to_owned)].into_iter().chain(rows).collect();
    table::write(out, &all).map_err(CliError::io)
}

/// A tab of the queue, the nearest deadline first.
pub(super) fn queue(args: &Args, options: &QueueOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let mut line = line(args)?;
    let unknown =
        |_| CliError::usage(format!("没有 {:?} 这一页；有 mine、office、late 等，见 xueji schema", options.tab));
    let tab: Tab = serde_json::from_value(Value::String(options.tab.clone())).map_err(unknown)?;
    let mut rows: Vec<QueueRow> = Vec::new();
    let mut total = 0;
    let mut anchor = None;
    while rows.len() < options.count as usize {
        let left = options.count.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        let (count, limit) = (left.min(PAGE), crate::model::Limit::default());
        // The row a page ends with stands on the next one again.
        let request =
            PageRequest { tab, anchor, before: 0, count: count + u32::from(anchor.is_some()), end: false, limit };
        let page: Page = read(line.ask_on(Request::Query(Query::Page(request)), args.today)?)?;
        total = page.total;
        let known = rows.last().map(|row| row.id);
        rows.extend(page.items.into_iter().filter(|row| Some(row.id) != known));
        if page.next.is_none() || page.next == anchor {
            break;
        }
        anchor = page.next;
    }
    if args.json {
        let all = json!({ "total": total, "items": rows, "next": anchor });
        return writeln!(out, "{all}").map_err(CliError::io);
    }
    let row = |row: &QueueRow| {
        let clock = row.clock.as_ref();
        let light = match clock.map(|clock| clock.light) {
            Some(Light::Overdue) => "逾",
            Some(Light::Today) => "今",
            Some(Light::Near) => "近",
            Some(Light::Green) => "余",
            Some(Light::None) | None => "-",
        };
        [
            light.to_owned(),
            clock.map_or_else(|| "-".to_owned(), |clock| format!("{}（第{}条）", clock.due, clock.article)),
            clock.map_or_else(|| "-".to_owned(), |clock| clock.left.to_string()),
            row.id.to_string(),
            kinds::row(row.kind).name_zh.to_owned(),
            row.student_name.clone(),
            row.school.clone(),
            row.hand.clone(),
            row.arrived.day().to_string(),
        ]
    };
    let head = ["灯", "到期", "余日", "申请", "业务", "学生", "学校", "环节", "到达"];
    print(out, head, rows.iter().map(row))?;
    writeln!(out, "共 {total} 件，列出 {} 件", rows.len()).map_err(CliError::io)
}

/// Students by name, initials or number, as the search box finds them; numbers masked.
pub(super) fn student(args: &Args, text: &str, out: &mut dyn Write) -> Result<(), CliError> {
    let mut line = line(args)?;
    let query = Query::FindStudents { text: text.to_owned(), count: 100 };
    let mut found = line.ask_on(Request::Query(query), args.today)?;
    if args.json {
        return writeln!(out, "{found}").map_err(CliError::io);
    }
    let total = found["total"].as_u64().unwrap_or_default();
    let rows: Vec<StudentBrief> = read(found["items"].take())?;
    let row = |row: &StudentBrief| {
        [
            row.id.to_string(),
            row.name.clone(),
            row.student_no.clone(),
            row.id_no.clone(),
            row.school.clone(),
            row.major.clone(),
            row.class_name.clone(),
            words::status(row.status, Lang::Zh).to_owned(),
            row.planned_grad.to_string(),
        ]
    };
    let head = ["学生", "姓名", "学号", "证件号", "学校", "专业", "班级", "状态", "预计毕业"];
    print(out, head, rows.iter().map(row))?;
    writeln!(out, "共 {total} 人，列出 {} 人", rows.len()).map_err(CliError::io)
}

/// Schools with the items of the negative list that are near, met or found, the nearest first.
pub(super) fn alerts(args: &Args, options: &AlertsOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let mut line = line(args)?;
    let mut schools: Vec<SchoolAlerts> = Vec::new();
    let mut after = None;
    let total = loop {
        let school = options.school.as_deref().map(Into::into);
        let request = AlertsRequest { school, after: after.clone(), count: PAGE, ..AlertsRequest::default() };
        let page: AlertsPage = read(line.ask_on(Request::Query(Query::Alerts(request)), args.today)?)?;
        schools.extend(page.items);
        if page.next.is_none() || page.next == after {
            break page.total;
        }
        after = page.next;
    };
    if args.json {
        let all = json!({ "total": total, "items": schools, "next": null });
        return writeln!(out, "{all}").map_err(CliError::io);
    }
    let mut rows = Vec::new();
    for school in &schools {
        for item in school.items.iter().filter(|item| item.state != Nearness::Clear) {
            let state = match item.state {
                Nearness::Clear => "未触及",
                Nearness::Near => "临近",
                Nearness::Met => "疑似",
                Nearness::Found => "查实",
            };
            rows.push([
                school.school.to_string(),
                school.name.clone(),
                school.rating.map_or_else(|| "-".to_owned(), |grade| grade.name().to_owned()),
                format!("{} {}", item.item.code(), item.item.name()),
                state.to_owned(),
                item.count.to_string(),
                item.text.clone(),
            ]);
        }
    }
    let listed = rows.len();
    print(out, ["代码", "学校", "评级", "项目", "状态", "数", "说明"], rows.into_iter())?;
    writeln!(out, "学校 {total} 所，须注意的 {listed} 项").map_err(CliError::io)
}
