//! A file of rows, read from its beginning to its end without ever lying in memory: a spreadsheet or CSV, whatever its
//! name says.

use super::decode::{Decoding, Encoding};
use super::sheet;
use super::write::FORMULA;
use crate::wire::MAX_LINE;
use csv::StringRecord;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// The longest CSV or .xlsx that is read, in bytes: a hundred thousand rows of the national template are 50 MiB.
pub const LONGEST_FILE: u64 = 256 << 20;
/// The longest .xls, which is read whole: its form ends at 65,536 rows.
const LONGEST_XLS: u64 = 24 << 20;
/// Most rows below the header.
const MOST_ROWS: usize = 100_000;

/// A row travels in a line of the wire. A byte takes at most six there, where it must be escaped: that is still below
/// what either end accepts.
pub(super) const LONGEST_ROW: usize = MAX_LINE / 8;

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
    /// Columns without a name and something in them.
    #[error("首行第 {0} 列没有列名而下面有内容，像是合并的单元格；请取消合并，让每一列都有自己的列名")]
    MergedCells(String),
    /// A password.
    #[error("文件有密码；请在表格软件中打开，取消密码后另存")]
    Password,
    /// A spreadsheet that does not read.
    #[error("表格文件损坏或不完整：{0}；请在表格软件中打开并另存后再试")]
    Damaged(String),
    /// More than is taken in at once.
    #[error("文件超过十万行；请分成几个文件")]
    TooManyRows,
    /// A file that is too long, in MiB, and the limit.
    #[error("文件有 {0} MiB，超过 {1} MiB；请删去多余的工作表和图片，或者分成几个文件")]
    TooLong(u64, u64),
    /// Quotes that do not end, and the like.
    #[error("CSV 读不下去：{0}；请检查引号")]
    Form(#[from] csv::Error),
    /// One row is longer than a line of the wire.
    #[error("第 {0} 行太长（超过 32 KiB）；请检查引号是否成对")]
    LongRow(usize),
    /// Not a file, or one that does not read.
    #[error("文件读不出：{}", in_words(.0))]
    Io(#[from] io::Error),
}

/// What the bytes of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A spreadsheet since 2007.
    Xlsx,
    /// An older one.
    Xls,
    /// CSV in this encoding.
    Csv(Encoding),
}

impl Content {
    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Content::Xlsx => "xlsx",
            Content::Xls => "xls",
            Content::Csv(_) => "csv",
        }
    }

    /// Its encoding, where it has one to be detected.
    pub fn encoding(self) -> Option<&'static str> {
        match self {
            Content::Xlsx | Content::Xls => None,
            Content::Csv(encoding) => Some(encoding.name()),
        }
    }
}

/// Who takes the rows, one by one.
pub trait Taker {
    /// Why it takes no more, or why there are no more.
    type Error: From<TableError>;
    /// The header, once, before all rows.
    fn header(&mut self, columns: &[String]) -> Result<(), Self::Error>;
    /// A row, and how much of the file has been read by now, from 0 to 1.
    fn row(&mut self, row: &StringRecord, read: f64) -> Result<(), Self::Error>;
}

/// A file that is there and may be read.
#[derive(Debug)]
pub struct Source {
    file: File,
    size: u64,
    content: Content,
}

impl Source {
    /// Opens a file and finds out what it is. A file that is too long is refused before any of it is read.
    pub fn open(path: &Path) -> Result<Source, TableError> {
        let mut file = File::open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "不是文件").into());
        }
        let size = meta.len();
        let mut head = [0; 8];
        let begun = read_up_to(&mut file, &mut head)?;
        let head = &head[..begun];
        let limit = if head.starts_with(sheet::XLS) { LONGEST_XLS } else { LONGEST_FILE };
        if size > limit {
            return Err(TableError::TooLong(size >> 20, limit >> 20));
        }
        file.seek(SeekFrom::Start(0))?;
        let content = match () {
            () if head.starts_with(sheet::XLSX) => Content::Xlsx,
            () if head.starts_with(sheet::XLS) => Content::Xls,
            () => Content::Csv(Encoding::of(&mut BufReader::new(&file))?.ok_or(TableError::Encoding)?),
        };
        Ok(Source { file, size, content })
    }

    /// What it is.
    pub fn content(&self) -> Content {
        self.content
    }

    /// Reads it from its beginning. May be done again: what is read then is the file as it is then.
    pub fn read<T: Taker>(&self, taker: &mut T) -> Result<(), T::Error> {
        let from = |error: io::Error| T::Error::from(TableError::from(error));
        let mut file = self.file.try_clone().map_err(from)?;
        file.seek(SeekFrom::Start(0)).map_err(from)?;
        let mut rows = Rows { taker, pending: 0, taken: 0, begun: None };
        match self.content {
            Content::Xlsx => sheet::xlsx(BufReader::new(file), &mut rows)?,
            Content::Xls => sheet::xls(BufReader::new(file), &mut rows)?,
            Content::Csv(encoding) => self.csv(file, encoding, &mut rows)?,
        }
        match rows.begun {
            None => Err(TableError::Empty.into()),
            // A header alone: nothing came after it that could have let it out.
            Some(Begun::Header(columns)) => taker.header(&columns),
            Some(Begun::Rows(_)) => Ok(()),
        }
    }

    fn csv<T: Taker>(&self, file: File, encoding: Encoding, rows: &mut Rows<'_, T>) -> Result<(), T::Error> {
        let text = Decoding::new(file, encoding);
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text);
        let mut record = StringRecord::new();
        let form = |error: csv::Error| {
            // What stops the decoder comes through the reader's hands.
            let encoding = matches!(error.kind(), csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::InvalidData);
            T::Error::from(if encoding { TableError::Encoding } else { TableError::Form(error) })
        };
        while reader.read_record(&mut record).map_err(form)? {
            let read = reader.get_ref().taken() as f64 / self.size.max(1) as f64;
            let marked = |cell: &str| cell.strip_prefix('\'').is_some_and(|rest| rest.starts_with(FORMULA));
            if record.iter().any(marked) {
                // The mark of a text that looks like a formula: it was put there for spreadsheets.
                record = record.iter().map(|cell| if marked(cell) { &cell[1..] } else { cell }).collect();
            }
            rows.csv_row(&record, read)?;
        }
        Ok(())
    }
}

/// Why a file does not read, where there is a word for it.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件，请核对路径".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读取的权限".to_owned(),
        _ => error.to_string(),
    }
}

/// As much as there is of so many bytes.
fn read_up_to(file: &mut File, into: &mut [u8]) -> io::Result<usize> {
    let mut begun = 0;
    while begun < into.len() {
        match file.read(&mut into[begun..])? {
            0 => break,
            n => begun += n,
        }
    }
    Ok(begun)
}

/// Rows on their way to who takes them: the header is looked at, and empty rows of a sheet wait until one comes that
/// is not.
pub(super) struct Rows<'t, T> {
    taker: &'t mut T,
    /// Empty rows that have not been given on: those at the end are none.
    pending: usize,
    taken: usize,
    begun: Option<Begun>,
}

enum Begun {
    /// The header, not given on yet: the row under it may show that it is a title.
    Header(Vec<String>),
    /// Rows, as wide as the header.
    Rows(usize),
}

impl<T: Taker> Rows<'_, T> {
    /// A row of a sheet. Rows are counted as people see them: those that are empty in the middle stay.
    pub(super) fn sheet_row(&mut self, row: &mut StringRecord, read: f64) -> Result<(), T::Error> {
        let Some(width) = self.width(row)? else { return Ok(()) };
        if filled(row) == 0 {
            self.pending += 1;
            return Ok(());
        }
        for _ in 0..std::mem::take(&mut self.pending) {
            let mut empty = StringRecord::new();
            level(&mut empty, width);
            self.hand_on(&empty, read)?;
        }
        level(row, width);
        self.hand_on(row, read)
    }

    /// A row of CSV. As wide as it is: what is missing or too much is told row by row.
    fn csv_row(&mut self, row: &StringRecord, read: f64) -> Result<(), T::Error> {
        match self.width(row)? {
            Some(_) => self.hand_on(row, read),
            None => Ok(()),
        }
    }

    /// The width of the header; none for the header itself.
    fn width(&mut self, row: &StringRecord) -> Result<Option<usize>, T::Error> {
        match self.begun.take() {
            None => {
                let width = filled(row);
                if width == 0 {
                    return Err(TableError::Empty.into());
                }
                self.begun = Some(Begun::Header(row.iter().take(width).map(str::to_owned).collect()));
                Ok(None)
            }
            Some(Begun::Header(columns)) => {
                whole_header(&columns, row)?;
                self.begun = Some(Begun::Rows(columns.len()));
                self.taker.header(&columns)?;
                Ok(Some(columns.len()))
            }
            Some(Begun::Rows(width)) => {
                self.begun = Some(Begun::Rows(width));
                Ok(Some(width))
            }
        }
    }

    fn hand_on(&mut self, row: &StringRecord, read: f64) -> Result<(), T::Error> {
        self.taken += 1;
        if self.taken > MOST_ROWS {
            return Err(TableError::TooManyRows.into());
        }
        if row.as_slice().len() + 4 * row.len() > LONGEST_ROW {
            return Err(TableError::LongRow(self.taken + 1).into());
        }
        self.taker.row(row, read)
    }
}

/// Looks at a header and the row under it: what stands under a title or under merged cells are no rows.
fn whole_header(columns: &[String], below: &StringRecord) -> Result<(), TableError> {
    let filled = |cell: &str| !cell.trim().is_empty();
    let named = columns.iter().filter(|cell| filled(cell)).count();
    if named <= 2 && below.iter().filter(|cell| filled(cell)).count() >= named + 3 {
        return Err(TableError::MergedHeader);
    }
    let nameless: Vec<String> = columns
        .iter()
        .zip(below)
        .enumerate()
        .filter(|(_, (name, cell))| !filled(name) && filled(cell))
        .map(|(at, _)| letters(at))
        .collect();
    if nameless.is_empty() { Ok(()) } else { Err(TableError::MergedCells(nameless.join("、"))) }
}

/// A column as spreadsheets call it: A, B … Z, AA.
fn letters(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    if at < 26 { last.to_string() } else { format!("{}{last}", letters(at / 26 - 1)) }
}

/// Cells up to the last one in which something stands.
fn filled(row: &StringRecord) -> usize {
    (0..row.len()).rev().find(|at| row.get(*at).is_some_and(|cell| !cell.trim().is_empty())).map_or(0, |at| at + 1)
}

/// Makes a row as wide as the header, unless something stands beyond it.
fn level(row: &mut StringRecord, width: usize) {
    let wanted = width.max(filled(row));
    row.truncate(wanted);
    for _ in row.len()..wanted {
        row.push_field("");
    }
}
