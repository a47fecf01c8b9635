//! Several tables in one file: sheets of a spreadsheet, or one CSV below the other. For reports, which are short enough
//! to lie in memory.

use super::write::{EXERCISE, LONGEST_TEXT, WIDEST, inert, sheet_name, short};
use super::{Form, WriteError};
use crate::text;
use rust_xlsxwriter::{DocProperties, Format, Workbook};
use std::io;

/// A cell of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// A text, whatever it looks like.
    Text(String),
    /// A number to calculate with.
    Number(f64),
    /// Nothing.
    Empty,
}

impl From<&str> for Figure {
    fn from(text: &str) -> Self {
        if text.is_empty() { Figure::Empty } else { Figure::Text(text.to_owned()) }
    }
}

impl From<String> for Figure {
    fn from(text: String) -> Self {
        if text.is_empty() { Figure::Empty } else { Figure::Text(text) }
    }
}

impl From<u32> for Figure {
    fn from(number: u32) -> Self {
        Figure::Number(f64::from(number))
    }
}

impl<T: Into<Figure>> From<Option<T>> for Figure {
    fn from(of: Option<T>) -> Self {
        of.map_or(Figure::Empty, Into::into)
    }
}

/// One table of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its heading: the sheet's name.
    pub title: String,
    /// Headers.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Figure>>,
}

/// The blocks as bytes: `.xlsx` with a sheet each, or `.csv` with a line that names each, its headers, its rows, and an
/// empty line after it. With `exercise` the title says 演练.
pub fn blocks(form: Form, title: &str, blocks: &[Block], exercise: bool) -> Result<Vec<u8>, WriteError> {
    let title = if exercise { format!("{EXERCISE} {title}") } else { title.to_owned() };
    match form {
        Form::Xlsx => workbook(&title, blocks, exercise),
        Form::Csv => csv(&title, blocks),
        Form::Json => Err(io::Error::other("a report is no JSON: its figures are answered by xueji call").into()),
    }
}

fn workbook(title: &str, blocks: &[Block], exercise: bool) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(title));
    let head = Format::new().set_bold();
    for block in blocks {
        let sheet = book.add_worksheet();
        let name = if exercise { format!("{EXERCISE} {}", block.title) } else { block.title.clone() };
        sheet.set_name(sheet_name(&name))?;
        for (column, name) in (0..).zip(&block.columns) {
            sheet.write_string_with_format(0, column, short(&text::clean(name).0), &head)?;
        }
        for (row, cells) in (1..).zip(&block.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Figure::Text(text) => {
                        sheet.write_string(row, column, short(&text::clean_multiline(text).0))?;
                    }
                    Figure::Number(number) => {
                        sheet.write_number(row, column, *number)?;
                    }
                    Figure::Empty => {}
                }
            }
        }
        for (at, column) in (0..).zip(0..block.columns.len()) {
            let cells = block.rows.iter().filter_map(|row| match row.get(column) {
                Some(Figure::Text(text)) => Some(text::width(text)),
                _ => None,
            });
            let widest = cells.chain([text::width(&block.columns[column])]).max().unwrap_or_default();
            sheet.set_column_width(at, u32::try_from((widest + 2).min(WIDEST)).unwrap_or_default())?;
        }
        sheet.set_freeze_panes(1, 0)?;
    }
    Ok(book.save_to_buffer()?)
}

fn csv(title: &str, blocks: &[Block]) -> Result<Vec<u8>, WriteError> {
    // Its mark, without which spreadsheets in China take UTF-8 for GBK.
    let mut csv = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    csv.write_record([inert(title)])?;
    for block in blocks {
        csv.write_record([""])?;
        csv.write_record([inert(&block.title)])?;
        csv.write_record(block.columns.iter().map(|name| inert(name)))?;
        for row in &block.rows {
            csv.write_record(row.iter().map(|cell| match cell {
                Figure::Text(text) => {
                    inert(&text::clean_multiline(text).0.chars().take(LONGEST_TEXT).collect::<String>())
                }
                Figure::Number(number) => number.to_string(),
                Figure::Empty => String::new(),
            }))?;
        }
    }
    Ok(csv.into_inner().map_err(|error| io::Error::other(error.to_string()))?)
}
