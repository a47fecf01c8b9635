//! `xueji verify`: by the server if one runs, else on the folder itself. Changes nothing.

use super::call::greet;
use super::failure::{CliError, Exit};
use super::{Args, folder};
use crate::server::Place;
use crate::store::verify_folder;
use crate::wire::{Envelope, Query, Reply, ReplyBody, Request, VerifyView, write_line};
use std::io::Write;
use std::os::unix::net::UnixStream;

/// Verifies and prints; damage gives exit status 5.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<(), CliError> {
    let data = folder::store(args)?;
    let report = match Place::of(&data).connect() {
        Ok(stream) => by_server(&stream, args)?,
        Err(_) => {
            if !folder::holds_store(&data) {
                return Err(CliError::new(Exit::NoServer, format!("数据目录 {} 里没有数据库", data.display())));
            }
            let report = verify_folder(&data)?;
            VerifyView {
                entries: report.entries,
                records: report.records,
                evidence: report.evidence,
                damage: report.damage,
            }
        }
    };
    if args.json {
        let text = serde_json::to_string(&report).map_err(CliError::broken)?;
        writeln!(out, "{text}").map_err(CliError::io)?;
    } else {
        writeln!(out, "日志 {} 条，记录 {} 条，材料 {} 份", report.entries, report.records, report.evidence)
            .map_err(CliError::io)?;
        for place in &report.damage {
            writeln!(out, "损坏：{place}").map_err(CliError::io)?;
        }
        if report.damage.is_empty() {
            writeln!(out, "核验无误").map_err(CliError::io)?;
        }
    }
    if report.damage.is_empty() {
        return Ok(());
    }
    Err(CliError::new(
        Exit::Damaged,
        format!("发现 {} 处损坏；请先复制保存数据目录，再从备份恢复", report.damage.len()),
    ))
}

fn by_server(stream: &UnixStream, args: &Args) -> Result<VerifyView, CliError> {
    let (mut reader, _) = greet(stream, args.as_account.as_deref())?;
    let line = Envelope::new(1, Request::Query(Query::Verify {})).to_line().map_err(CliError::broken)?;
    let mut to = stream;
    write_line(&mut to, &line).map_err(CliError::io)?;
    let lost = |e: String| CliError::new(Exit::NoServer, format!("服务没有应答：{e}"));
    let line = reader.next_line().map_err(|e| lost(e.to_string()))?;
    let reply: Reply = serde_json::from_slice(line).map_err(|e| lost(e.to_string()))?;
    match reply.body {
        ReplyBody::Ok(value) => serde_json::from_value(value).map_err(|e| lost(e.to_string())),
        ReplyBody::Refused(finding) => {
            Err(CliError::new(Exit::Refused, format!("{}（{}）。{}", finding.because, finding.rule, finding.remedy)))
        }
        ReplyBody::Error(failure) => Err(super::failure::named(&failure)),
    }
}
