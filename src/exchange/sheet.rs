//! Spreadsheets (.xlsx, .xls) as rows of texts, the way a person sees them. The first sheet that holds anything is read;
//! an .xlsx is read cell by cell, so that a long one need not lie in memory as cells.

use super::table::TableError;
use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, XlsError, Xlsx, XlsxError};
use csv::StringRecord;
use std::io::Cursor;

/// Most rows that are read: one more than is ever taken in, so that it can be said that there are too many.
const MOST_ROWS: usize = 100_002;
/// Most columns that are read.
const MOST_COLUMNS: usize = 200;
/// From here on a number cell has lost digits: spreadsheets keep fifteen.
const LOSSY: f64 = 1e15;

/// Whether the bytes are of a spreadsheet at all.
pub(super) fn is_sheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// The header and the rows under it. Lines that are empty in the middle stay, for rows are counted as people see them.
pub(super) fn read(bytes: Vec<u8>) -> Result<(Vec<String>, Vec<StringRecord>), TableError> {
    let mut rows = if bytes.starts_with(b"PK") { xlsx(bytes)? } else { xls(bytes)? };
    while rows.last().is_some_and(|row| row.iter().all(|cell| cell.trim().is_empty())) {
        rows.pop();
    }
    if rows.is_empty() {
        return Err(TableError::Empty);
    }
    let header: Vec<String> = rows.remove(0).iter().map(str::to_owned).collect();
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let below = rows.first().map_or(0, |row| row.iter().filter(|cell| !cell.trim().is_empty()).count());
    if filled(&header) == 0 {
        return Err(TableError::Empty);
    }
    // A title over the table, mostly in merged cells: what stands under it are the names of the columns.
    if filled(&header) <= 2 && below >= filled(&header) + 3 {
        return Err(TableError::MergedHeader);
    }
    let width = header.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    let rows = rows.into_iter().map(|row| level(row, width)).collect();
    Ok((header.into_iter().take(width).collect(), rows))
}

/// As wide as the header, unless something stands beyond it.
fn level(row: StringRecord, width: usize) -> StringRecord {
    let last = row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last().map_or(0, |(at, _)| at + 1);
    let wanted = width.max(last);
    if row.len() == wanted {
        return row;
    }
    row.iter().chain(std::iter::repeat("")).take(wanted).collect()
}

fn xlsx(bytes: Vec<u8>) -> Result<Vec<StringRecord>, TableError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => TableError::Password,
        other => TableError::Damaged(other.to_string()),
    })?;
    let damaged = |error: XlsxError| TableError::Damaged(error.to_string());
    for name in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&name).map_err(damaged)?;
        let (mut rows, mut row, mut lossy) = (Vec::new(), Line::default(), Vec::new());
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (at, column) = cell.get_position();
            if column as usize >= MOST_COLUMNS || matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            row.until(at as usize, &mut rows);
            if rows.len() > MOST_ROWS {
                return Err(TableError::TooManyRows);
            }
            if let DataRef::Float(number) = cell.get_value()
                && number.abs() >= LOSSY
            {
                lossy.push((at, column, *number));
            }
            row.put(column as usize, &text_of(cell.get_value()));
        }
        row.end(&mut rows);
        drop(reader);
        if rows.iter().any(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
            shown_as_exponents(&mut book, &name, &mut rows, &lossy);
            return Ok(rows);
        }
    }
    Err(TableError::Empty)
}

/// Numbers that lost digits are written as the sheet shows them: in one format they look whole, in others like 4.1E+17.
fn shown_as_exponents(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    rows: &mut [StringRecord],
    lossy: &[(u32, u32, f64)],
) {
    if lossy.is_empty() {
        return;
    }
    let Ok(styles) = book.worksheet_style(name) else { return };
    for (at, column, number) in lossy {
        let format = styles.get((*at, *column)).and_then(|style| style.number_format.as_ref());
        let code = format.map_or("General", |format| format.format_code.as_str());
        let whole = code.starts_with('0') && !code.contains('E') || code == "@";
        if let Some(row) = rows.get_mut(*at as usize).filter(|_| !whole) {
            let shown = exponent(*number);
            let cells = row.iter().enumerate();
            *row = cells.map(|(index, cell)| if index == *column as usize { &shown } else { cell }).collect();
        }
    }
}

/// `4.19001E+17`, as spreadsheets show it.
fn exponent(number: f64) -> String {
    let text = format!("{number:.5e}");
    text.split_once('e').map_or(text.clone(), |(mantissa, power)| format!("{mantissa}E+{power}"))
}

fn xls(bytes: Vec<u8>) -> Result<Vec<StringRecord>, TableError> {
    // An encrypted .xlsx lies in a container of the older kind.
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(encrypted.len()).any(|part| part == encrypted) {
        return Err(TableError::Password);
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => TableError::Password,
        other => TableError::Damaged(other.to_string()),
    })?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| TableError::Damaged(error.to_string()))?;
        let Some((last_row, last_column)) = range.end().filter(|_| range.cells().next().is_some()) else { continue };
        let mut rows = Vec::new();
        for at in 0..=last_row {
            let cells = (0..=last_column).take(MOST_COLUMNS);
            let row: StringRecord = cells
                .map(|column| range.get_value((at, column)).map(|cell| text_of(&borrowed(cell))).unwrap_or_default())
                .collect::<Vec<String>>()
                .into();
            rows.push(row);
        }
        if rows.iter().any(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
            return Ok(rows);
        }
    }
    Err(TableError::Empty)
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
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(text) => unescaped(text),
        DataRef::String(text) => unescaped(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.abs() >= LOSSY => fifteen(*number),
        DataRef::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(value) => date(value),
        DataRef::DateTimeIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        // `#N/A` and the like: shown as they are, and found wrong where something else is expected.
        DataRef::Error(error) => error.to_string(),
        _ => String::new(),
    }
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
fn unescaped(text: &str) -> String {
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
    out
}

/// A row that grows cell by cell.
#[derive(Default)]
struct Line {
    record: StringRecord,
    at: usize,
}

impl Line {
    /// Ends the rows before this one.
    fn until(&mut self, row: usize, rows: &mut Vec<StringRecord>) {
        while self.at < row && rows.len() <= MOST_ROWS {
            rows.push(std::mem::take(&mut self.record));
            self.at += 1;
        }
    }

    fn put(&mut self, column: usize, text: &str) {
        while self.record.len() < column {
            self.record.push_field("");
        }
        self.record.push_field(text);
    }

    fn end(&mut self, rows: &mut Vec<StringRecord>) {
        rows.push(std::mem::take(&mut self.record));
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
