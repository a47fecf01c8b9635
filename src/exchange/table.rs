//! A CSV file as rows. UTF-8 with or without its mark, or GB18030 as spreadsheets in China save it.

use super::sheet;
use crate::model::ImportKind;
use crate::wire::{ImportRows, MAX_LINE};
use csv::StringRecord;
use std::borrow::Cow;

/// The longest file that is read, in bytes.
pub const LONGEST_FILE: u64 = 64 << 20;

/// Rows travel in lines of about so many bytes. A byte takes at most six on the wire, where it must be escaped: that is
/// still below what either end accepts.
const PIECE: usize = MAX_LINE / 8;
/// Most rows in one line.
const PIECE_ROWS: usize = 1000;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// No header.
    #[error("文件是空的；首行应为列名")]
    Empty,
    /// Neither encoding.
    #[error("文件既不是 UTF-8 也不是 GB18030 编码；请在表格软件中另存为“CSV UTF-8”")]
    Encoding,
    /// A title over the table.
    #[error("首行不是列名，像是合并单元格的标题；请删去标题行，让首行就是各列的名称")]
    MergedHeader,
    /// A password.
    #[error("文件有密码；请在表格软件中打开，取消密码后另存")]
    Password,
    /// A spreadsheet that does not read.
    #[error("表格文件损坏或不完整：{0}；请在表格软件中打开并另存后再试")]
    Damaged(String),
    /// More than is taken in at once.
    #[error("文件超过十万行；请分成几个文件")]
    TooManyRows,
    /// Quotes that do not end, and the like.
    #[error("CSV 读不下去：{0}；请检查引号")]
    Form(#[from] csv::Error),
    /// One row is longer than a line of the wire.
    #[error("第 {0} 行太长（超过 32 KiB）；请检查引号是否成对")]
    LongRow(usize),
}

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The header.
    pub columns: Vec<String>,
    rows: Vec<StringRecord>,
}

impl Table {
    /// Reads the bytes of a file: a spreadsheet or CSV, whatever its name says.
    pub fn read(bytes: Vec<u8>) -> Result<Table, TableError> {
        if sheet::is_sheet(&bytes) {
            let (columns, rows) = sheet::read(bytes)?;
            return Table { columns, rows }.checked();
        }
        let text = decode(&bytes)?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let columns: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        if columns.iter().all(|column| column.trim().is_empty()) {
            return Err(TableError::Empty);
        }
        let rows: Vec<StringRecord> = reader.into_records().collect::<Result<_, _>>()?;
        Table { columns, rows }.checked()
    }

    fn checked(self) -> Result<Table, TableError> {
        match self.rows.iter().position(|row| row.as_slice().len() + 4 * row.len() > PIECE) {
            Some(at) => Err(TableError::LongRow(at + 2)),
            None => Ok(self),
        }
    }

    /// Whether it is a list of new students in the national template's columns, not a roster: that has student numbers
    /// and statuses.
    pub fn is_new_students(&self) -> bool {
        let has = |names: &[&str]| {
            self.columns.iter().any(|column| {
                let name: String = column.chars().filter(|c| !c.is_whitespace()).collect();
                names.contains(&name.as_str())
            })
        };
        has(&["姓名"]) && has(&["身份证件号"]) && !has(&["学生当前状态", "学籍状态", "status", "预计毕业年月"])
    }

    /// Rows without the header.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing but the header.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines that bring the rows; at least one.
    pub fn pieces(&self, kind: ImportKind) -> impl Iterator<Item = ImportRows> + '_ {
        let mut from = 0;
        let mut begun = false;
        std::iter::from_fn(move || {
            if begun && from >= self.rows.len() {
                return None;
            }
            let mut piece = ImportRows {
                kind,
                columns: if begun { Vec::new() } else { self.columns.clone() },
                from: u32::try_from(from).unwrap_or(u32::MAX),
                rows: Vec::new(),
            };
            begun = true;
            let mut bytes = 0;
            for row in self.rows.iter().skip(from).take(PIECE_ROWS) {
                bytes += row.as_slice().len() + 4 * row.len();
                if bytes > PIECE && !piece.rows.is_empty() {
                    break;
                }
                piece.rows.push(row.iter().map(str::to_owned).collect());
            }
            from += piece.rows.len();
            Some(piece)
        })
    }
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, TableError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.ok_or(TableError::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.iter().collect()).collect()
    }

    #[test]
    fn three_encodings_say_the_same() {
        let text = "code,name\r\n1,\"甲，𠮷\n乙\"\r\n,\r\n";
        let plain = Table::read(text.as_bytes().to_vec()).unwrap();
        assert_eq!(plain.columns, ["code", "name"]);
        assert_eq!(cells(&plain), [["1", "甲，𠮷\n乙"], ["", ""]]);
        let marked = Table::read([b"\xEF\xBB\xBF", text.as_bytes()].concat()).unwrap();
        assert_eq!(marked, plain);
        let (gb, ..) = encoding_rs::GB18030.encode(text);
        assert!(std::str::from_utf8(&gb).is_err());
        assert_eq!(Table::read(gb.into_owned()).unwrap(), plain);
    }

    #[test]
    fn what_is_no_table_is_named() {
        let read = |bytes: &[u8]| Table::read(bytes.to_vec());
        assert!(matches!(read(b""), Err(TableError::Empty)));
        assert!(matches!(read(b",,\n1,2,3\n"), Err(TableError::Empty)));
        assert!(matches!(read(b"code\n\xFF\xFF\n"), Err(TableError::Encoding)));
        assert!(matches!(read(b"PK\x03\x04rest"), Err(TableError::Damaged(_))));
        assert!(matches!(read(b"\xD0\xCF\x11\xE0rest"), Err(TableError::Damaged(_))));
        let long = format!("code\nx\n{}\n", "甲".repeat(PIECE));
        assert!(matches!(read(long.as_bytes()), Err(TableError::LongRow(3))));
    }

    #[test]
    fn pieces_bring_every_row_once_and_fit_the_wire() {
        let mut text = "code,name\n".to_owned();
        // Nothing takes more room on a line than what must be escaped.
        (0..3500).for_each(|at| text += &format!("{at},{}\n", "\u{1}".repeat(40)));
        let table = Table::read(text.into_bytes()).unwrap();
        let pieces: Vec<ImportRows> = table.pieces(ImportKind::Majors).collect();
        assert!(pieces.len() >= 4 && pieces[0].columns == ["code", "name"] && pieces[1].columns.is_empty());
        let mut next = 0;
        for piece in pieces {
            assert_eq!(piece.from as usize, next);
            next += piece.rows.len();
            assert_eq!(piece.rows.last().unwrap()[0], (next - 1).to_string());
            let length = serde_json::to_string(&piece).unwrap().len();
            assert!(length < MAX_LINE, "{length}");
        }
        assert_eq!(next, 3500);
        let bare = Table::read(b"code\n".to_vec()).unwrap();
        assert_eq!(bare.pieces(ImportKind::Majors).count(), 1);
    }
}
