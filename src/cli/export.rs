//! `xueji export`: a list as a file, within what the account may see and masked as its screens are. The journal has it
//! before the first row is given.

use super::args::ExportOptions;
use super::failure::{CliError, Exit};
use super::files::Line;
use super::{Args, folder};
use crate::exchange::{Cell, Column, Form, TableWriter, WriteError};
use crate::law::entry::fields::{FIELDS, NATIONAL};
use crate::model::{BoardSummary, Command, Export, ExportKind, Light, OfficeId, Status};
use crate::wire::{AlertsPage, AlertsRequest, Nearness, Page, PageRequest, Query, Request, Tab};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Rows asked for at once.
const PAGE: u32 = 200;

/// What is taken out, beyond what the journal is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// What.
    pub(super) export: Export,
    /// Which tab of the queue.
    pub(super) tab: Tab,
    /// Which year's certificates; this year's when absent.
    pub(super) year: Option<i32>,
    /// Only the columns of the national template.
    pub(super) national: bool,
}

/// Writes a list to a file.
pub(super) fn run(args: &Args, options: &ExportOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let path = &options.out;
    let wrong = || CliError::usage(format!("{} 应以 .xlsx、.csv 或 .json 结尾", path.display()));
    let form = Form::of(path).ok_or_else(wrong)?;
    let what = serde_json::from_value(Value::String(options.what.clone())).map_err(CliError::wrong)?;
    let tab: Tab = serde_json::from_value(Value::String(options.tab.clone())).map_err(CliError::wrong)?;
    let status = match &options.status {
        None => None,
        Some(word) => Some(serde_json::from_value::<Status>(Value::String(word.clone())).map_err(CliError::wrong)?),
    };
    let school = options.school.as_deref().map(Into::into);
    let export = Export { what, school, status, reveal: options.reveal };
    let wanted = Wanted { export, tab, year: options.year, national: options.national };
    let account = args.as_account.as_deref().map(Into::into);
    let mut line = Line::open(&folder::store(args)?, account)?;
    let mut done = (0, true);
    replace(path, |file| {
        done = write(&mut line, &wanted, form, file)?;
        Ok(())
    })?;
    let (rows, whole) = done;
    let mut said = format!("已导出{} {rows} 行：{}", wanted.export.what.name(), path.display());
    if what == ExportKind::Students && !whole {
        said += "\n证件号码已遮盖；确需完整号码的加 --reveal（记入日志）";
    }
    if form == Form::Csv && what == ExportKind::Students {
        said += "\n表格软件打开 CSV 时会改写长号码；要在表格里看或改的，请导出 .xlsx";
    }
    writeln!(out, "{said}").map_err(CliError::io)
}

/// Has the taking journalled, then writes the list; its rows, and whether numbers stand whole.
pub(super) fn write(
    line: &mut Line,
    wanted: &Wanted,
    form: Form,
    out: impl Write + Send,
) -> Result<(u32, bool), CliError> {
    let begun = line.ask(Request::Write(Command::Export(wanted.export.clone())))?;
    let exercise = begun["exercise"].as_bool().unwrap_or_default();
    let mut list = List { line, form, exercise, title: wanted.export.what.name() };
    let rows = match wanted.export.what {
        ExportKind::Students => list.students(wanted, out)?,
        ExportKind::Queue => list.queue(wanted, out)?,
        ExportKind::Alerts => list.alerts(wanted, out)?,
        ExportKind::Board => list.board(out)?,
        ExportKind::Certificates => list.certificates(wanted, out)?,
    };
    Ok((rows, begun["whole"].as_bool().unwrap_or_default()))
}

struct List<'l> {
    line: &'l mut Line,
    form: Form,
    exercise: bool,
    title: &'static str,
}

impl List<'_> {
    fn begin<W: Write + Send>(&self, columns: &[&str], out: W) -> Result<TableWriter<W>, CliError> {
        let columns: Vec<Column<'_>> = columns.iter().copied().map(Column::from).collect();
        TableWriter::begin(self.form, self.title, &columns, self.exercise, out).map_err(broken)
    }

    fn ask<T: DeserializeOwned>(&mut self, query: Query) -> Result<T, CliError> {
        let answer = self.line.ask(Request::Query(query))?;
        serde_json::from_value(answer).map_err(CliError::broken)
    }

    /// Students in the columns of the national template, then in ours.
    fn students(&mut self, wanted: &Wanted, out: impl Write + Send) -> Result<u32, CliError> {
        let fields = if wanted.national { &FIELDS[..NATIONAL] } else { &FIELDS[..] };
        let columns: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let mut table = self.begin(&columns, out)?;
        let mut after = None;
        loop {
            let page: Value = self.ask(Query::ExportedStudents { after, count: PAGE })?;
            for item in page["items"].as_array().into_iter().flatten() {
                let cells = item["cells"].as_array().into_iter().flatten();
                let cells: Vec<Cell<'_>> =
                    cells.take(fields.len()).map(|cell| Cell::from(cell.as_str().unwrap_or_default())).collect();
                table.row(&cells).map_err(broken)?;
            }
            let next: Option<crate::model::StudentId> =
                serde_json::from_value(page["next"].clone()).map_err(CliError::broken)?;
            if next.is_none() || next == after {
                break;
            }
            after = next;
        }
        end(table)
    }

    fn queue(&mut self, wanted: &Wanted, out: impl Write + Send) -> Result<u32, CliError> {
        let columns = [
            "业务号",
            "业务",
            "学生",
            "人数",
            "学校",
            "环节",
            "灯",
            "到期",
            "剩余工作日",
            "依据",
            "到达",
            "已取",
            "催办",
            "预警",
        ];
        let mut table = self.begin(&columns, out)?;
        let mut anchor = None;
        loop {
            let mut limit = crate::model::Limit::default();
            limit.school.clone_from(&wanted.export.school);
            let page: Page = self.ask(Query::Page(PageRequest {
                tab: wanted.tab,
                anchor,
                before: 0,
                count: PAGE,
                end: false,
                limit,
            }))?;
            for row in &page.items {
                let (id, arrived) = (row.id.to_string(), row.arrived.day().to_string());
                let due = row.clock.as_ref().map(|clock| clock.due.to_string()).unwrap_or_default();
                let article = row.clock.as_ref().map(|clock| format!("第{}条", clock.article)).unwrap_or_default();
                let claim = row.claim.as_ref().map(|claim| claim.name.clone()).unwrap_or_default();
                let alerts: Vec<&str> = row.alerts.iter().map(|item| item.code()).collect();
                let alerts = alerts.join("、");
                table
                    .row(&[
                        Cell::Text(&id),
                        Cell::Text(row.kind.name()),
                        Cell::Text(&row.student_name),
                        Cell::Number(f64::from(row.batch.as_ref().map_or(1, |batch| batch.students))),
                        Cell::Text(&row.school),
                        Cell::Text(&row.hand),
                        row.clock.as_ref().map_or(Cell::Empty, |clock| Cell::from(light(clock.light))),
                        Cell::from(due.as_str()),
                        row.clock.as_ref().map_or(Cell::Empty, |clock| Cell::Number(f64::from(clock.left))),
                        Cell::from(article.as_str()),
                        Cell::Text(&arrived),
                        Cell::from(claim.as_str()),
                        Cell::Number(f64::from(row.urged)),
                        Cell::from(alerts.as_str()),
                    ])
                    .map_err(broken)?;
            }
            if page.next.is_none() || page.next == anchor {
                break;
            }
            anchor = page.next;
        }
        end(table)
    }

    /// A row for every item of a school that is not clear.
    fn alerts(&mut self, wanted: &Wanted, out: impl Write + Send) -> Result<u32, CliError> {
        let mut table = self.begin(&["学校代码", "学校", "评级", "项目", "名称", "状态", "数", "说明"], out)?;
        let mut after = None;
        loop {
            let school = wanted.export.school.clone();
            let page: AlertsPage = self.ask(Query::Alerts(AlertsRequest {
                school,
                after: after.clone(),
                count: PAGE,
                ..Default::default()
            }))?;
            for school in &page.items {
                let rating = school.rating.map(|grade| format!("{grade:?}")).unwrap_or_default();
                for line in school.items.iter().filter(|line| line.state != Nearness::Clear) {
                    let state = match line.state {
                        Nearness::Clear => "",
                        Nearness::Near => "临近",
                        Nearness::Met => "疑似",
                        Nearness::Found => "查实",
                    };
                    table
                        .row(&[
                            Cell::Text(school.school.as_str()),
                            Cell::Text(&school.name),
                            Cell::from(rating.as_str()),
                            Cell::Text(line.item.code()),
                            Cell::Text(line.item.name()),
                            Cell::Text(state),
                            Cell::Number(f64::from(line.count)),
                            Cell::from(line.text.as_str()),
                        ])
                        .map_err(broken)?;
                }
            }
            if page.next.is_none() || page.next == after {
                break;
            }
            after = page.next;
        }
        end(table)
    }

    /// The board's counts by office and light.
    fn board(&mut self, out: impl Write + Send) -> Result<u32, CliError> {
        let columns = [
            "机构代码",
            "机构",
            "逾",
            "参考逾",
            "今",
            "近",
            "余",
            "无时限",
            "合计",
            "最长逾期工作日",
            "催办",
            "未备案新生",
        ];
        let summary: BoardSummary = self.ask(Query::BoardSummary { office: None })?;
        let mut table = self.begin(&columns, out)?;
        for office in &summary.offices {
            let lights = &office.lights;
            let counts = [
                lights.overdue,
                lights.reference,
                lights.today,
                lights.near,
                lights.green,
                lights.none,
                lights.total(),
                office.longest,
                office.reminded,
                office.unfiled,
            ];
            let counts = counts.map(|count| Cell::Number(f64::from(count)));
            let names = [Cell::Text(office.office.as_str()), Cell::Text(&office.name)];
            table.row(&[&names[..], &counts[..]].concat()).map_err(broken)?;
        }
        end(table)
    }

    /// The graduates of a year, school by school.
    fn certificates(&mut self, wanted: &Wanted, out: impl Write + Send) -> Result<u32, CliError> {
        let columns = ["学校代码", "姓名", "学籍状态", "预计毕业", "证书编号", "阶段", "发放日期", "尚缺"];
        let schools = match &wanted.export.school {
            Some(school) => vec![school.clone()],
            None => self.schools()?,
        };
        let mut table = self.begin(&columns, out)?;
        for school in schools {
            let mut after = None;
            loop {
                let query = Query::Graduates { school: school.clone(), year: wanted.year, after, count: PAGE };
                let page: Value = self.ask(query)?;
                for item in page["items"].as_array().into_iter().flatten() {
                    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                    let certificate = &item["certificate"];
                    let holds = item["findings"].as_array().into_iter().flatten();
                    let holds = holds.filter_map(|finding| finding["because"].as_str()).collect::<Vec<_>>().join("；");
                    let number = text(&certificate["number"]);
                    let (name, status) = (text(&item["name"]), text(&item["status"]));
                    let (planned, stage) = (text(&item["planned_grad"]), text(&certificate["stage"]));
                    let delivered = text(&certificate["delivered_on"]);
                    let texts = [&name, &status, &planned, &number, &stage, &delivered, &holds];
                    let cells = texts.map(|text| Cell::from(text.as_str()));
                    table.row(&[&[Cell::Text(school.as_str())], &cells[..]].concat()).map_err(broken)?;
                }
                let next: Option<crate::model::StudentId> =
                    serde_json::from_value(page["next"].clone()).map_err(CliError::broken)?;
                if next.is_none() || next == after {
                    break;
                }
                after = next;
            }
        }
        end(table)
    }

    /// The schools within reach, by code.
    fn schools(&mut self) -> Result<Vec<OfficeId>, CliError> {
        let page: AlertsPage = self.ask(Query::Alerts(AlertsRequest { count: PAGE, ..Default::default() }))?;
        let mut schools: Vec<OfficeId> = page.items.into_iter().map(|school| school.school).collect();
        let mut after = page.next;
        while let Some(last) = after {
            let request = AlertsRequest { after: Some(last.clone()), count: PAGE, ..Default::default() };
            let page: AlertsPage = self.ask(Query::Alerts(request))?;
            schools.extend(page.items.into_iter().map(|school| school.school));
            after = page.next.filter(|next| *next != last);
        }
        schools.sort();
        Ok(schools)
    }
}

fn light(light: Light) -> &'static str {
    match light {
        Light::Overdue => "逾",
        Light::Today => "今",
        Light::Near => "近",
        Light::Green => "余",
        Light::None => "",
    }
}

fn end<W: Write + Send>(table: TableWriter<W>) -> Result<u32, CliError> {
    let rows = table.len();
    table.finish().map_err(broken)?;
    Ok(rows)
}

fn broken(error: WriteError) -> CliError {
    CliError::new(Exit::Input, error.to_string())
}

/// Writes a file beside its place and puts it there when it is whole: what was there before stays until then. Only its
/// owner may read it.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<fs::File>) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let unusable = |e: io::Error| CliError::new(Exit::Input, format!("文件 {} 写不了：{e}", path.display()));
    let mut beside = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    beside.push(format!(".{}.part", std::process::id()));
    let beside: PathBuf = path.with_file_name(beside);
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside).map_err(unusable)?;
    let mut file = BufWriter::new(file);
    let written = write(&mut file).and_then(|()| {
        let file = file.into_inner().map_err(|e| unusable(e.into_error()))?;
        file.sync_all().and_then(|()| fs::rename(&beside, path)).map_err(unusable)
    });
    if written.is_err() {
        // Half a list is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written
}
