//! `xueji id NUMBER`: what the number of an identity document says, and whether it holds.

use super::CliError;
use crate::data;
use crate::law::document::{self, DocumentRead};
use crate::law::regions::{Regions, Standing};
use crate::model::{Day, Severity, Sex};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Reads a number and writes what it says, for people or as JSON. The answer is the same whether it holds or not.
pub fn run(out: &mut dyn Write, number: &str, today: Day, json: bool) -> Result<(), CliError> {
    let regions = Regions::new(data::region_history().map_err(CliError::broken)?);
    let read = document::read(number, today, &regions);
    let written = if json { writeln!(out, "{}", as_json(&read)) } else { people(out, &read) };
    written.map_err(CliError::io)
}

/// The form that scripts read. A remark is a notice: there are two severities here.
fn as_json(read: &DocumentRead) -> Value {
    let problems: Vec<Value> = read
        .problems
        .iter()
        .map(|problem| {
            let severity = if problem.severity == Severity::Block { "block" } else { "notice" };
            json!({ "code": problem.code, "message": problem.message, "severity": severity })
        })
        .collect();
    let region = read.region.as_ref().map(|region| {
        json!({
            "code": region.code, "name": region.name, "current": region.standing == Standing::Current,
            "within": region.within, "until": region.until,
        })
    });
    json!({
        "number": read.number, "kind": read.kind.word(), "valid": read.valid(), "problems": problems,
        "birth": read.birth, "sex": read.sex, "region": region, "suggestion": read.suggestion,
    })
}

fn people(out: &mut dyn Write, read: &DocumentRead) -> io::Result<()> {
    let verdict = if read.valid() { "号码成立" } else { "号码不成立" };
    writeln!(out, "{}  {}  {verdict}", read.number, read.kind.name())?;
    if let Some(birth) = read.birth {
        writeln!(out, "出生日期  {birth}")?;
    }
    if let Some(sex) = read.sex {
        writeln!(out, "性别      {}", if sex == Sex::Male { "男" } else { "女" })?;
    }
    if let Some(region) = &read.region {
        let now = if region.standing == Standing::Current { "" } else { "（已撤销）" };
        writeln!(out, "行政区划  {} {}{}{now}", region.code, region.within, region.name)?;
    }
    for problem in &read.problems {
        let word = if problem.severity == Severity::Block { "错误" } else { "注意" };
        writeln!(out, "{word}  {}", problem.message)?;
    }
    Ok(())
}
