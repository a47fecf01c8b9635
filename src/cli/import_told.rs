//! What an import came to, for people and for programs.

use super::args::ImportOptions;
use super::failure::{CliError, Exit};
use super::import::Reports;
use crate::exchange::Content;
use crate::model::{ImportKind, ImportReport, RowProblem, Severity};
use serde_json::{Value, json};
use std::io::Write;

/// Problems shown to people; `--errors` has all.
const SHOWN: usize = 40;
/// Of these, hints.
const HINTS: usize = 5;

/// The short answer, and the file it is about.
pub(super) struct Told {
    report: ImportReport,
    content: Content,
    kind: ImportKind,
}

impl Told {
    /// Of the server's short answer.
    pub(super) fn of(short: &Value, content: Content, kind: ImportKind) -> Result<Told, CliError> {
        let mut fields = short.clone();
        fields["rows"] = Value::Array(Vec::new());
        let report = serde_json::from_value(fields).map_err(CliError::broken)?;
        Ok(Told { report, content, kind })
    }

    fn count(&self, word: &str) -> u32 {
        self.report.counts.get(word).copied().unwrap_or_default()
    }

    /// Whether something was taken in.
    pub(super) fn committed(&self) -> bool {
        self.report.committed
    }

    /// Rows that stay out.
    pub(super) fn rejected(&self) -> u32 {
        self.count("rejected")
    }

    /// One object on one line; the rows go out as they come in.
    pub(super) fn json(
        &self,
        out: &mut dyn Write,
        reports: &mut Reports<'_>,
        beside: [(&str, Option<Value>); 2],
    ) -> Result<(), CliError> {
        let report = &self.report;
        let mut head = json!({
            "digest": report.digest, "committed": report.committed, "counts": report.counts,
            "unknown_columns": report.unknown_columns,
            "file": { "form": self.content.word(), "encoding": self.content.encoding() },
        });
        for (name, value) in beside {
            if let Some(value) = value {
                head[name] = value;
            }
        }
        let head = head.to_string();
        // The rows come last: the brace that closes the object waits for them.
        write!(out, "{},\"rows\":[", head.strip_suffix('}').unwrap_or(&head)).map_err(CliError::io)?;
        let mut first = true;
        while let Some(row) = reports.next()? {
            if !first {
                out.write_all(b",").map_err(CliError::io)?;
            }
            first = false;
            let row = serde_json::to_string(&row).map_err(CliError::broken)?;
            out.write_all(row.as_bytes()).map_err(CliError::io)?;
        }
        out.write_all(b"]}\n").map_err(CliError::io)
    }

    /// Sentences.
    pub(super) fn people(
        &self,
        out: &mut dyn Write,
        options: &ImportOptions,
        reports: &mut Reports<'_>,
    ) -> Result<(), CliError> {
        let (shown, all) = hardest(reports)?;
        let mut lines = Vec::new();
        if let Some(encoding) = self.content.encoding() {
            lines.push(format!("文件编码 {encoding}"));
        }
        for (row, problem) in &shown {
            let word = match problem.severity {
                Severity::Block => "错误",
                Severity::Notice => "注意",
                Severity::Hint => "提示",
            };
            let rule = problem.rule.as_deref().map(|rule| format!("（{rule}）")).unwrap_or_default();
            let value = if problem.value.is_empty() { String::new() } else { format!("“{}”", problem.value) };
            lines.push(format!("第{row}行 {word} {} {value}：{}{rule}", problem.column, problem.message));
        }
        if all > shown.len() {
            let all_of_them =
                if options.errors.is_some() { "" } else { "；加 --errors 文件名 可取得不符的行" };
            lines.push(format!("……另有 {} 条{all_of_them}", all - shown.len()));
        }
        if !self.report.unknown_columns.is_empty() {
            let columns = self.report.unknown_columns.join("、");
            lines.push(format!("没有用到的列：{columns}；若其中有要用的，加 --map \"列名=我们的列名\""));
        }
        let (written, unchanged) = (self.count("written"), self.count("unchanged"));
        lines.push(match (self.rejected() > 0 && !self.report.committed, self.report.committed) {
            (true, _) if self.kind.is_partial() => {
                format!("有错误 {} 行；其余可写入 {written} 条，已在库中 {unchanged} 条", self.rejected())
            }
            (true, _) => format!("有错误 {} 行", self.rejected()),
            (false, true) if written == 0 && unchanged > 0 => {
                format!("没有新增：{unchanged} 条都已在库中，一条也没有重复写入")
            }
            (false, true) => {
                let empty = self.count("empty");
                format!("已导入：写入 {written} 条，已在库中未改动 {unchanged} 条，空行 {empty} 行")
            }
            (false, false) => {
                let empty = self.count("empty");
                format!("核对无误：将写入 {written} 条，已在库中未改动 {unchanged} 条，空行 {empty} 行；没有写入")
            }
        });
        lines.push(format!("文件摘要 {}", self.report.digest));
        writeln!(out, "{}", lines.join("\n")).map_err(CliError::io)
    }

    /// Whether all went in.
    pub(super) fn verdict(&self) -> Result<(), CliError> {
        if self.rejected() == 0 {
            return Ok(());
        }
        if self.kind == ImportKind::National {
            let done = if self.report.committed {
                "其余学校的名单已载入"
            } else {
                "其余学校的名单没有改动"
            };
            let message = match (self.count("lists"), self.count("lists_out")) {
                (0, _) => "文件有误，没有载入；请在全国系统重新导出后再载入".to_owned(),
                (lists, out) => {
                    format!("{lists} 所学校中有 {out} 所的名单有不符的行，整校没有载入；{done}；请更正后重新载入")
                }
            };
            return Err(CliError::new(Exit::Input, message));
        }
        if !self.kind.is_partial() {
            return Err(CliError::new(Exit::Input, "文件有误，一行也没有导入；请改正后重新导入整个文件"));
        }
        let done = if self.report.committed { "其余各行已登记" } else { "没有写入任何一行" };
        let stayed = self.rejected();
        let message = format!("有 {stayed} 行不符，{done}；请改正这些行后重新导入，已登记的不会重复");
        Err(CliError::new(Exit::Input, message))
    }
}

/// The problems that are shown, the hardest first, for they are what must be mended; and how many there are.
fn hardest(reports: &mut Reports<'_>) -> Result<(Vec<(u32, RowProblem)>, usize), CliError> {
    let (mut blocks, mut notices, mut hints) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(row) = reports.next()? {
        for problem in row.problems {
            let (kept, most) = match problem.severity {
                Severity::Block => (&mut blocks, SHOWN),
                Severity::Notice => (&mut notices, SHOWN),
                Severity::Hint => (&mut hints, HINTS),
            };
            if kept.len() < most {
                kept.push((row.row, problem));
            }
        }
        // With enough of the easier things seen, rows of which nothing harder is said need not come.
        if notices.len() == SHOWN {
            reports.worth(Severity::Block);
        } else if hints.len() == HINTS {
            reports.worth(Severity::Notice);
        }
        if blocks.len() == SHOWN {
            break;
        }
    }
    let mut shown = blocks;
    shown.append(&mut notices);
    shown.append(&mut hints);
    shown.truncate(SHOWN);
    Ok((shown, reports.said()))
}
