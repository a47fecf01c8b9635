//! Spreadsheets (.xlsx, .xls) as rows of texts, the way a person sees them. The first sheet that holds anything is read;
//! an .xlsx is read cell by cell, so that a long one need not lie in memory.

use super::source::{Rows, TableError, Taker};
use calamine::{Data, DataRef, ExcelDateTime, Reader, Style, Xls, XlsError, Xlsx, XlsxError};
use csv::StringRecord;
use std::borrow::Cow;
use std::io::{Cursor, Read, Seek};

/// How an .xlsx begins.
pub(super) const XLSX: &[u8] = b"PK\x03\x04";
/// How an .xls begins, and an .xlsx with a password.
pub(super) const XLS: &[u8] = b"\xD0\xCF\x11\xE0";
/// Most columns that are read.
const MOST_COLUMNS: usize = 200;
/// Most empty rows between two that are not: more are no table.
const MOST_EMPTY: u32 = 100_000;
/// From here on a number cell has lost digits: spreadsheets keep fifteen.
const LOSSY: f64 = 1e15;

/// Reads an .xlsx row by row.
pub(super) fn xlsx<T: Taker>(from: impl Read + Seek, rows: &mut Rows<'_, T>) -> Result<(), T::Error> {
    let mut book: Xlsx<_> = Xlsx::new(from).map_err(|error| match error {
        XlsxError::Password => TableError::Password,
        other => TableError::Damaged(other.to_string()),
    })?;
    let damaged = |error: XlsxError| TableError::Damaged(error.to_string());
    for name in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&name).map_err(damaged)?;
        let last = reader.dimensions().end.0.max(1);
        let mut line = Line::default();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
            let (at, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::Float(number) if number.abs() >= LOSSY => lossy(*number, reader.styles().get(style)).into(),
                value => text_of(value),
            };
            // A sheet begins where something stands in it: cells that are only coloured are none.
            if column as usize >= MOST_COLUMNS || text.is_empty() || line.is_new() && text.trim().is_empty() {
                continue;
            }
            if at.saturating_sub(line.at) > MOST_EMPTY {
                return Err(TableError::TooManyRows.into());
            }
            while line.at < at {
                rows.sheet_row(&mut line.record, f64::from(line.at + 1) / f64::from(last))?;
                line.next();
            }
            line.put(column as usize, &text);
        }
        if !line.is_new() {
            return rows.sheet_row(&mut line.record, 1.0);
        }
    }
    Ok(())
}

/// A number that lost digits, as the sheet shows it: in one format it looks whole, in others like 4.1E+17.
fn lossy(number: f64, style: Option<&Style>) -> String {
    let format = style.and_then(|style| style.number_format.as_ref());
    let code = format.map_or("General", |format| format.format_code.as_str());
    let whole = code.starts_with('0') && !code.contains('E') || code == "@";
    if whole { fifteen(number) } else { exponent(number) }
}

/// `4.19001E+17`, as spreadsheets show it.
fn exponent(number: f64) -> String {
    let text = format!("{number:.5e}");
    text.split_once('e').map_or(text.clone(), |(mantissa, power)| format!("{mantissa}E+{power}"))
}

/// Reads an .xls, which the library holds whole.
pub(super) fn xls<T: Taker>(mut from: impl Read, rows: &mut Rows<'_, T>) -> Result<(), T::Error> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).map_err(TableError::from)?;
    // An encrypted .xlsx lies in a container of the older kind.
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(encrypted.len()).any(|part| part == encrypted) {
        return Err(TableError::Password.into());
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => TableError::Password,
        other => TableError::Damaged(other.to_string()),
    })?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| TableError::Damaged(error.to_string()))?;
        let texts = range.used_cells().any(|(.., cell)| !text_of(&borrowed(cell)).trim().is_empty());
        let Some((last_row, last_column)) = range.end().filter(|_| texts) else { continue };
        for at in 0..=last_row {
            let cells = (0..=last_column).take(MOST_COLUMNS);
            let mut row = StringRecord::new();
            for cell in cells.map(|column| range.get_value((at, column)).map(borrowed)) {
                row.push_field(&cell.as_ref().map(text_of).unwrap_or_default());
            }
            rows.sheet_row(&mut row, f64::from(at) / f64::from(last_row.max(1)))?;
        }
        return Ok(());
    }
    Ok(())
}

fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(value) => DataRef::DateTime(*value),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// A cell as text, the way a person reads it.
fn text_of<'c>(cell: &'c DataRef<'_>) -> Cow<'c, str> {
    let made = match cell {
        DataRef::SharedString(text) => return unescaped(text),
        DataRef::String(text) => return unescaped(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.abs() >= LOSSY => fifteen(*number),
        DataRef::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(value) => date(value),
        DataRef::DateTimeIso(text) => return text.trim_end_matches("T00:00:00").into(),
        DataRef::DurationIso(text) => return text.into(),
        // `#N/A` and the like: shown as they are, and found wrong where something else is expected.
        DataRef::Error(error) => error.to_string(),
        _ => String::new(),
    };
    made.into()
}

/// A number as far as a spreadsheet keeps it: fifteen digits, then zeros.
fn fifteen(number: f64) -> String {
    let text = format!("{number:.14e}");
    let Some((mantissa, power)) = text.split_once('e') else { return text };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let width = power.parse::<usize>().map_or(digits.len(), |power| power + 1);
    format!("{digits:0<width$}")
}

fn date(value: &ExcelDateTime) -> String {
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// `_x001b_` is how an .xlsx writes a control character.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('_') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32).filter(|_| rest.get(at + 6..at + 7) == Some("_")) {
            Some(c) => {
                out.push_str(&rest[..at]);
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// A row that grows cell by cell, in the room of the row before.
#[derive(Default)]
struct Line {
    record: StringRecord,
    at: u32,
    begun: bool,
}

impl Line {
    /// Whether nothing was put into any row yet.
    fn is_new(&self) -> bool {
        !self.begun
    }

    /// Ends the row; the next one begins.
    fn next(&mut self) {
        self.at += 1;
        self.record.clear();
    }

    fn put(&mut self, column: usize, text: &str) {
        self.begun = true;
        while self.record.len() < column {
            self.record.push_field("");
        }
        self.record.push_field(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_read_as_they_were_meant() {
        assert_eq!(unescaped("a_x001b_]0;x_x0007_"), "a\u{1b}]0;x\u{7}");
        for plain in ["a_b", "_x12_", "_xZZZZ_", "_x001b", "演练_x"] {
            assert_eq!(unescaped(plain), plain);
        }
    }

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        assert_eq!(exponent(4.190_012_010_040_54e17), "4.19001E+17");
        assert_eq!(text_of(&DataRef::Float(410_727_201_008_010_000.0)), "410727201008010000");
        assert_eq!(text_of(&DataRef::Float(419_001_201_004_054_016.0)), "419001201004054000");
        assert_eq!(text_of(&DataRef::Float(3.0)), "3");
        assert_eq!(text_of(&DataRef::Float(2.5)), "2.5");
    }
}
