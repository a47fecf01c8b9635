//! What was said about the rows of a file, as CSV that a spreadsheet opens with the right characters.

use crate::model::{RowReport, Severity};
use std::io::{self, Write};

/// Writes one line per problem.
pub fn write_errors(out: impl Write, rows: &[RowReport]) -> io::Result<()> {
    let mut out = out;
    // Without the mark spreadsheets in China read UTF-8 as GBK.
    out.write_all(b"\xEF\xBB\xBF")?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["row", "outcome", "column", "kind", "severity", "rule", "message", "value"])?;
    for row in rows {
        let number = row.row.to_string();
        for problem in &row.problems {
            let severity = match problem.severity {
                Severity::Hint => "hint",
                Severity::Notice => "notice",
                Severity::Block => "block",
            };
            let rule = problem.rule.as_deref().unwrap_or_default();
            csv.write_record([
                number.as_str(),
                row.outcome.word(),
                &problem.column,
                &problem.kind,
                severity,
                rule,
                &problem.message,
                &inert(&problem.value),
            ])?;
        }
    }
    csv.flush()
}

/// A cell that a spreadsheet would take for a formula is marked as text.
fn inert(value: &str) -> String {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{value}") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RowOutcome, RowProblem};

    #[test]
    fn formulas_do_not_come_to_life() {
        let problem = RowProblem {
            column: "name".into(),
            kind: "name_digits".into(),
            severity: Severity::Block,
            rule: None,
            message: "数字".into(),
            value: "=1+1".into(),
        };
        let row = RowReport {
            row: 7,
            outcome: RowOutcome::Rejected,
            problems: vec![problem],
            normalised: Default::default(),
        };
        let mut bytes = Vec::new();
        write_errors(&mut bytes, &[row]).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("\n7,rejected,name,name_digits,block,,数字,'=1+1\n"), "{text}");
    }
}
