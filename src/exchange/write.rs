//! A table on its way out: a spreadsheet, CSV or JSON, by the ending of the file's name. Rows are written one by one, so
//! that a long table need not lie in memory. Whatever a cell holds stays a text: nothing is calculated, and nothing
//! steers a terminal.

use crate::text;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, XlsxError};
use serde_json::{Map, Number, Value, json};
use std::io::{self, Write};
use std::path::Path;

/// Widest column of a spreadsheet, in columns of a terminal.
const WIDEST: usize = 48;
/// Longest text of one cell that spreadsheets take, in UTF-16 units; longer ones are cut there.
const LONGEST_TEXT: usize = 32_767;
/// Most rows below the header that a sheet takes.
const MOST_ROWS: u32 = 1_048_575;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `.xlsx`: every text is a text cell, document numbers keep all their digits.
    Xlsx,
    /// `.csv`: UTF-8 with its mark, without which spreadsheets in China take it for GBK.
    Csv,
    /// `.json`: `{"title", "exercise", "columns", "items"}`, each item by the names of the columns.
    Json,
}

impl Form {
    /// The form that the ending of a name asks for; none for another ending.
    pub fn of(path: &Path) -> Option<Form> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "xlsx" => Some(Form::Xlsx),
            "csv" => Some(Form::Csv),
            "json" => Some(Form::Json),
            _ => None,
        }
    }

    /// The ending that asks for it, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Xlsx => "xlsx",
            Form::Csv => "csv",
            Form::Json => "json",
        }
    }
}

/// A column: its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// What stands in the first row.
    pub name: &'a str,
}

impl<'a> From<&'a str> for Column<'a> {
    fn from(name: &'a str) -> Self {
        Column { name }
    }
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A text, whatever it looks like.
    Text(&'a str),
    /// A number to calculate with: a count, days, a share.
    Number(f64),
    /// Nothing.
    Empty,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// More rows than a sheet has.
    #[error("一张工作表最多 {MOST_ROWS} 行；请改存为 .csv，或者缩小范围")]
    TooManyRows,
    /// The disk.
    #[error("写不下去：{0}")]
    Io(#[from] io::Error),
    /// The spreadsheet.
    #[error("写不出表格：{0}")]
    Sheet(#[from] XlsxError),
    /// CSV.
    #[error("写不出 CSV：{0}")]
    Csv(#[from] csv::Error),
    /// JSON.
    #[error("写不出 JSON：{0}")]
    Json(#[from] serde_json::Error),
}

/// A table that is being written to `W`.
pub struct TableWriter<W: Write + Send> {
    kind: Kind<W>,
    columns: Vec<String>,
    /// Widest cell so far, column by column.
    widths: Vec<usize>,
    rows: u32,
    exercise: bool,
}

enum Kind<W: Write + Send> {
    Xlsx(Box<Workbook>, W),
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

/// The column that says of a CSV file that its rows are no real ones.
pub(super) const EXERCISE: &str = "演练";

impl<W: Write + Send> TableWriter<W> {
    /// Begins a table: `title` names the sheet; with `exercise` every form of it says that it is 演练.
    pub fn begin(form: Form, title: &str, columns: &[Column<'_>], exercise: bool, out: W) -> Result<Self, WriteError> {
        let mut columns: Vec<String> = columns.iter().map(|column| column.name.to_owned()).collect();
        if exercise && form == Form::Csv {
            columns.push(EXERCISE.to_owned());
        }
        let widths = columns.iter().map(|name| text::width(name) + 2).collect();
        let kind = match form {
            Form::Xlsx => Kind::Xlsx(Box::new(book(title, &columns, exercise)?), out),
            Form::Csv => {
                let mut out = out;
                out.write_all(b"\xEF\xBB\xBF")?;
                let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                csv.write_record(columns.iter().map(|name| inert(name)))?;
                Kind::Csv(Box::new(csv))
            }
            Form::Json => {
                let mut out = out;
                let head = json!({ "title": title, "exercise": exercise, "columns": columns }).to_string();
                // The items come after what is known now: the closing brace waits.
                write!(out, "{},\"items\":[", head.strip_suffix('}').unwrap_or(&head))?;
                Kind::Json(out)
            }
        };
        Ok(TableWriter { kind, columns, widths, rows: 0, exercise })
    }

    /// Writes a row; cells that are missing at its end are empty.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        let at = self.rows + 1;
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            if let Cell::Text(text) = cell {
                *width = (*width).max(text::width(text) + 2);
            }
        }
        match &mut self.kind {
            Kind::Xlsx(book, _) => {
                if at > MOST_ROWS {
                    return Err(WriteError::TooManyRows);
                }
                let sheet = book.worksheet_from_index(0)?;
                for (column, cell) in (0..).zip(cells) {
                    match cell {
                        Cell::Text(text) => {
                            sheet.write_string(at, column, short(&text::clean_multiline(text).0))?;
                        }
                        Cell::Number(number) => {
                            sheet.write_number(at, column, *number)?;
                        }
                        Cell::Empty => {}
                    }
                }
            }
            Kind::Csv(csv) => {
                let said = self.exercise.then(|| "是".to_owned());
                let wanted = self.columns.len() - usize::from(self.exercise);
                let texts = cells.iter().map(|cell| match cell {
                    Cell::Text(text) => inert(&text::clean_multiline(text).0),
                    Cell::Number(number) => number.to_string(),
                    Cell::Empty => String::new(),
                });
                let texts = texts.chain(std::iter::repeat_with(String::new)).take(wanted);
                csv.write_record(texts.chain(said))?;
            }
            Kind::Json(out) => {
                let fields = self.columns.iter().zip(cells).map(|(name, cell)| {
                    let value = match cell {
                        Cell::Text(text) => Value::String(text::clean_multiline(text).0),
                        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                            format!("{number:.0}").parse().map_or(Value::Null, |whole: i64| Value::Number(whole.into()))
                        }
                        Cell::Number(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
                        Cell::Empty => Value::Null,
                    };
                    (name.clone(), value)
                });
                let item: Map<String, Value> = fields.collect();
                if at > 1 {
                    out.write_all(b",")?;
                }
                out.write_all(b"\n")?;
                serde_json::to_writer(out, &item)?;
            }
        }
        self.rows = at;
        Ok(())
    }

    /// Rows written so far.
    pub fn len(&self) -> u32 {
        self.rows
    }

    /// Whether none was written yet.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Ends the table; where it was written to, flushed.
    pub fn finish(self) -> Result<W, WriteError> {
        let mut out = match self.kind {
            Kind::Xlsx(mut book, mut out) => {
                let sheet = book.worksheet_from_index(0)?;
                for (column, width) in (0..).zip(&self.widths) {
                    let width = u32::try_from((*width).min(WIDEST)).unwrap_or_default();
                    sheet.set_column_width(column, width)?;
                }
                book.save_to_writer(&mut out)?;
                out
            }
            Kind::Csv(csv) => csv.into_inner().map_err(|error| io::Error::other(error.to_string()))?,
            Kind::Json(mut out) => {
                out.write_all(b"\n]}\n")?;
                out
            }
        };
        out.flush()?;
        Ok(out)
    }
}

/// A workbook of one sheet with its header.
fn book(title: &str, columns: &[String], exercise: bool) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let name = if exercise { format!("{EXERCISE} {title}") } else { title.to_owned() };
    book.set_properties(&DocProperties::new().set_title(&name));
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(sheet_name(&name))?;
    // Text all the way down: a number typed into a cell later keeps its digits too.
    let text = Format::new().set_num_format("@");
    for column in (0..).take(columns.len()) {
        sheet.set_column_format(column, &text)?;
    }
    let header = Format::new().set_bold().set_num_format("@").set_align(FormatAlign::VerticalCenter);
    for (column, name) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, short(&text::clean(name).0), &header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(book)
}

/// As much of a title as a sheet may be called: 31 characters without those that formulas use.
fn sheet_name(title: &str) -> String {
    let name: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    if name.is_empty() { "表".to_owned() } else { name }
}

fn short(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST_TEXT
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// A text that a spreadsheet would take for a formula is marked as text, as a person does it; the mark goes again when
/// the file is read here.
fn inert(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// What begins a formula.
pub(super) const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    const CELLS: [&str; 6] =
        ["410782201003051013", "=HYPERLINK(\"http://x\",\"y\")", "甲\u{1b}]0;x\u{7}乙", "一\n二", "+86 0000", "0012"];

    fn written(form: Form, exercise: bool) -> Vec<u8> {
        let columns = ["证件号", "甲", "乙", "丙", "丁", "戊", "数"].map(Column::from);
        let mut table = TableWriter::begin(form, "学生/名单", &columns, exercise, Vec::new()).unwrap();
        let mut cells = CELLS.map(Cell::Text).to_vec();
        cells.push(Cell::Number(-3.0));
        table.row(&cells).unwrap();
        table.row(&[Cell::Text("短")]).unwrap();
        assert_eq!(table.len(), 2);
        table.finish().unwrap()
    }

    #[test]
    fn the_ending_asks_for_the_form() {
        for (name, form) in
            [("a.xlsx", Some(Form::Xlsx)), ("a.CSV", Some(Form::Csv)), ("a.b.json", Some(Form::Json)), ("a.xls", None)]
        {
            assert_eq!(Form::of(Path::new(name)), form, "{name}");
        }
        assert_eq!(Form::of(Path::new("xlsx")), None);
    }

    #[test]
    fn a_spreadsheet_keeps_texts_as_texts() {
        let mut book = Xlsx::new(Cursor::new(written(Form::Xlsx, true))).unwrap();
        assert_eq!(book.sheet_names(), ["演练 学生名单"]);
        let range = book.worksheet_range("演练 学生名单").unwrap();
        let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows.len(), 3);
        let texts: Vec<Data> = [CELLS[0], CELLS[1], "甲乙", CELLS[3], CELLS[4], CELLS[5]]
            .into_iter()
            .map(|text| Data::String(text.to_owned()))
            .collect();
        assert_eq!(rows[1][..6], texts);
        assert_eq!(rows[1][6], Data::Float(-3.0));
        assert_eq!(rows[2][0], Data::String("短".to_owned()));
        assert!(book.worksheet_formula("演练 学生名单").unwrap().cells().next().is_none(), "nothing is calculated");
    }

    #[test]
    fn csv_is_marked_and_says_that_it_is_an_exercise() {
        let text = String::from_utf8(written(Form::Csv, true)).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], "\u{FEFF}证件号,甲,乙,丙,丁,戊,数,演练");
        assert_eq!(
            lines[1],
            "410782201003051013,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",甲乙,\"一\n二\",'+86 0000,0012,-3,是"
        );
        assert_eq!(lines[2], "短,,,,,,,是");
        let real = String::from_utf8(written(Form::Csv, false)).unwrap();
        assert!(!real.contains("演练") && real.contains("\r\n短,,,,,,\r\n"), "{real}");
    }

    #[test]
    fn json_is_whole_and_by_column() {
        let value: Value = serde_json::from_slice(&written(Form::Json, true)).unwrap();
        assert_eq!((&value["title"], &value["exercise"]), (&json!("学生/名单"), &json!(true)));
        assert_eq!((&value["items"][0]["证件号"], &value["items"][0]["数"]), (&json!(CELLS[0]), &json!(-3)));
        assert_eq!(value["items"][1], json!({ "证件号": "短" }));
        let columns = [Column::from("甲")];
        let bare = TableWriter::begin(Form::Json, "空", &columns, false, Vec::new()).unwrap().finish().unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&bare).unwrap()["items"], json!([]));
    }
}
