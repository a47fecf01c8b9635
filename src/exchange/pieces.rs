//! The rows of a file in lines that fit the wire.

use super::source::{LONGEST_ROW, Source, TableError, Taker};
use crate::model::ImportKind;
use crate::wire::ImportRows;
use csv::StringRecord;
use std::collections::BTreeMap;

/// Rows travel in lines of about so many bytes.
const PIECE: usize = LONGEST_ROW;
/// Most rows in one line.
const PIECE_ROWS: usize = 1000;

/// Reads a file and gives its rows on, piece by piece, at least one, with how much has been read, from 0 to 1. `heading`
/// looks at the header: it says what the file holds, and under which names its columns go on.
pub fn pieces<E: From<TableError>>(
    source: &Source,
    heading: impl FnMut(&[String]) -> Result<(ImportKind, Vec<String>), E>,
    give: impl FnMut(ImportRows, f64) -> Result<(), E>,
) -> Result<(), E> {
    let mut pieces = Pieces { heading, give, piece: None, bytes: 0 };
    source.read(&mut pieces)?;
    match pieces.piece.take() {
        Some(piece) => (pieces.give)(piece, 1.0),
        None => Ok(()),
    }
}

struct Pieces<H, G> {
    heading: H,
    give: G,
    piece: Option<ImportRows>,
    bytes: usize,
}

impl<E, H, G> Taker for Pieces<H, G>
where
    E: From<TableError>,
    H: FnMut(&[String]) -> Result<(ImportKind, Vec<String>), E>,
    G: FnMut(ImportRows, f64) -> Result<(), E>,
{
    type Error = E;

    fn header(&mut self, columns: &[String]) -> Result<(), E> {
        let (kind, columns) = (self.heading)(columns)?;
        self.piece = Some(ImportRows { kind, columns, from: 0, rows: Vec::new(), check: None });
        Ok(())
    }

    fn row(&mut self, row: &StringRecord, read: f64) -> Result<(), E> {
        let Some(piece) = &mut self.piece else { return Ok(()) };
        let length = row.as_slice().len() + 4 * row.len();
        if !piece.rows.is_empty() && (self.bytes + length > PIECE || piece.rows.len() == PIECE_ROWS) {
            let from = piece.from + u32::try_from(piece.rows.len()).unwrap_or(u32::MAX);
            let next = ImportRows { kind: piece.kind, columns: Vec::new(), from, rows: Vec::new(), check: None };
            let full = std::mem::replace(piece, next);
            self.bytes = 0;
            (self.give)(full, read)?;
        }
        if let Some(piece) = &mut self.piece {
            self.bytes += length;
            piece.rows.push(row.iter().collect());
        }
        Ok(())
    }
}

/// Whether these are the columns of new students in the national template, not of a roster: that has student numbers
/// and statuses.
pub fn is_new_students(columns: &[String]) -> bool {
    let has = |names: &[&str]| columns.iter().any(|column| names.contains(&bare(column).as_str()));
    has(&["姓名"]) && has(&["身份证件号"]) && !has(&["学生当前状态", "学籍状态", "status", "预计毕业年月"])
}

/// A header cell without blanks and breaks, which spreadsheets put there for the eye.
pub fn bare(column: &str) -> String {
    column.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Columns under the names that a mapping gives them, theirs to ours; and those of the mapping that are not there.
pub fn mapped(columns: &[String], mapping: &BTreeMap<String, String>) -> (Vec<String>, Vec<String>) {
    let named = columns.iter().map(|column| mapping.get(&bare(column)).unwrap_or(column).clone()).collect();
    let there = |theirs: &&String| !columns.iter().any(|column| bare(column) == **theirs);
    (named, mapping.keys().filter(there).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Content, Encoding};
    use crate::wire::MAX_LINE;
    use std::io::Write;

    fn source(bytes: &[u8]) -> Result<Source, TableError> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        Source::open(file.path())
    }

    fn read(bytes: &[u8]) -> Result<(Vec<String>, Vec<Vec<String>>), TableError> {
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        pieces(
            &source(bytes)?,
            |header| Ok::<_, TableError>((ImportKind::Majors, header.to_vec())),
            |piece, _| {
                columns.extend(piece.columns);
                rows.extend(piece.rows.iter().map(|row| row.iter().map(str::to_owned).collect()));
                Ok(())
            },
        )?;
        Ok((columns, rows))
    }

    #[test]
    fn three_encodings_say_the_same() {
        let text = "code,name\r\n1,\"甲，𠮷\n乙\"\r\n,\r\n";
        let (columns, rows) = read(text.as_bytes()).unwrap();
        assert_eq!(columns, ["code", "name"]);
        assert_eq!(rows, [["1", "甲，𠮷\n乙"], ["", ""]]);
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let (gb, ..) = encoding_rs::GB18030.encode(text);
        assert_eq!(read(&marked).unwrap(), (columns.clone(), rows.clone()));
        assert_eq!(read(&gb).unwrap(), (columns, rows));
        for (bytes, encoding) in
            [(text.as_bytes(), Encoding::Utf8), (&marked, Encoding::Utf8Mark), (&gb, Encoding::Gb18030)]
        {
            assert_eq!(source(bytes).unwrap().content(), Content::Csv(encoding));
        }
    }

    #[test]
    fn the_mark_of_a_text_goes_and_every_other_apostrophe_stays() {
        let (_, rows) = read("a,b\n'=1+1,'甲\n'+86,''x\n".as_bytes()).unwrap();
        assert_eq!(rows, [["=1+1", "'甲"], ["+86", "''x"]]);
    }

    #[test]
    fn what_is_no_table_is_named() {
        assert!(matches!(read(b""), Err(TableError::Empty)));
        assert!(matches!(read(b",,\n1,2,3\n"), Err(TableError::Empty)));
        assert!(matches!(read(b"code\n\xFF\xFF\n"), Err(TableError::Encoding)));
        assert!(matches!(read(b"PK\x03\x04rest"), Err(TableError::Damaged(_))));
        assert!(matches!(read(b"\xD0\xCF\x11\xE0rest"), Err(TableError::Damaged(_))));
        let long = format!("code\nx\n{}\n", "甲".repeat(PIECE));
        assert!(matches!(read(long.as_bytes()), Err(TableError::LongRow(3))));
        let merged = "a,b,,c,\n1,2,3,4,5\n";
        assert!(matches!(read(merged.as_bytes()), Err(TableError::MergedCells(at)) if at == "C"));
        let rows = |n: usize| format!("code\n{}", "x\n".repeat(n));
        assert_eq!(read(rows(100_000).as_bytes()).unwrap().1.len(), 100_000);
        assert!(matches!(read(rows(100_001).as_bytes()), Err(TableError::TooManyRows)));
    }

    #[test]
    fn pieces_bring_every_row_once_and_fit_the_wire() {
        let mut text = "code,name\n".to_owned();
        // Nothing takes more room on a line than what must be escaped.
        (0..3500).for_each(|at| text += &format!("{at},{}\n", "\u{1}".repeat(40)));
        let mut all: Vec<ImportRows> = Vec::new();
        let heading = |header: &[String]| Ok::<_, TableError>((ImportKind::Majors, header.to_vec()));
        pieces(&source(text.as_bytes()).unwrap(), heading, |piece, _| {
            all.push(piece);
            Ok(())
        })
        .unwrap();
        assert!(all.len() >= 4 && all[0].columns == ["code", "name"] && all[1].columns.is_empty());
        let mut next = 0;
        for piece in all {
            assert_eq!(piece.from as usize, next);
            next += piece.rows.len();
            assert_eq!(piece.rows.last().unwrap().get(0), Some(&*(next - 1).to_string()));
            let length = serde_json::to_string(&piece).unwrap().len();
            assert!(length < MAX_LINE, "{length}");
        }
        assert_eq!(next, 3500);
        let (columns, rows) = read(b"code\n").unwrap();
        assert_eq!((columns.len(), rows.len()), (1, 0), "a header alone is a piece");
    }

    #[test]
    fn a_mapping_names_columns_and_what_is_not_there() {
        let columns = ["姓 名".to_owned(), "证件".to_owned()];
        let mapping = [("证件", "身份证件号"), ("别的", "民族")].map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        assert_eq!(mapped(&columns, &mapping), (vec!["姓 名".into(), "身份证件号".into()], vec!["别的".to_owned()]));
    }
}
