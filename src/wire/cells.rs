//! The cells of a row on its way in. A file has millions of them, and most are empty: on the wire they are a list of
//! texts, in memory one text and where each cell ends in it.

use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// One row, cell by cell.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Cells {
    text: String,
    /// Where each cell ends in the text, in bytes.
    ends: Vec<usize>,
    touched: Vec<Touched>,
}

/// A cell from which something was taken when it was read from a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Touched {
    /// Its place in the row.
    pub(super) at: usize,
    /// Whether an escape sequence stood in it.
    pub(super) steering: bool,
}

impl Cells {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at this place.
    pub fn get(&self, at: usize) -> Option<&str> {
        let begin = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(begin..*self.ends.get(at)?)
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at).unwrap_or_default())
    }

    /// One more, at the end.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Writes another text into the cell at this place, if there is one.
    pub fn set(&mut self, at: usize, cell: &str) {
        if at < self.len() {
            *self = self.iter().enumerate().map(|(here, old)| if here == at { cell } else { old }).collect();
        }
    }

    /// All cells in one text, with this between two of them.
    pub fn joined(&self, between: char) -> Box<str> {
        let mut all = String::with_capacity(self.text.len() + self.len().saturating_sub(1) * between.len_utf8());
        for (at, cell) in self.iter().enumerate() {
            if at > 0 {
                all.push(between);
            }
            all.push_str(cell);
        }
        all.into()
    }

    /// From which cells something was taken when the row was read; asked for once.
    pub(super) fn touched(&mut self) -> Vec<Touched> {
        std::mem::take(&mut self.touched)
    }
}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: AsRef<str>> FromIterator<T> for Cells {
    fn from_iter<I: IntoIterator<Item = T>>(cells: I) -> Self {
        let mut row = Cells::default();
        cells.into_iter().for_each(|cell| row.push(cell.as_ref()));
        row
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Cells {
    /// Takes control characters and escape sequences out of every cell, as they are taken out of every text of a request.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Row;
        impl<'de> Visitor<'de> for Row {
            type Value = Cells;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut cells: A) -> Result<Cells, A::Error> {
                let mut row = Cells::default();
                while cells.next_element_seed(Next(&mut row))?.is_some() {}
                Ok(row)
            }
        }
        from.deserialize_seq(Row)
    }
}

/// Reads a cell to the end of a row.
struct Next<'r>(&'r mut Cells);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Next<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, cell: &str) -> Result<(), E> {
        let row = self.0;
        if crate::text::is_clean(cell) {
            row.push(cell);
            return Ok(());
        }
        let (cleaned, changed) = crate::text::clean(cell);
        if changed {
            row.touched.push(Touched { at: row.len(), steering: cell.contains('\u{1B}') });
        }
        row.push(&cleaned);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_goes_out_and_comes_in_as_a_list_of_texts() {
        let row: Cells = ["", "甲\u{1F}乙", "", "丙"].into_iter().collect();
        let line = serde_json::to_string(&row).unwrap();
        assert_eq!(line, r#"["","甲\u001f乙","","丙"]"#);
        let mut read: Cells = serde_json::from_str(&line).unwrap();
        assert_eq!(read.iter().collect::<Vec<_>>(), ["", "甲乙", "", "丙"]);
        assert_eq!(read.touched(), [Touched { at: 1, steering: false }]);
        assert_eq!(read.touched(), []);
        assert_eq!((read.get(3), read.get(4), read.len()), (Some("丙"), None, 4));
        for bad in ["[1]", "{}", "\"a\"", "[null]"] {
            assert!(serde_json::from_str::<Cells>(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<Cells>("[]").unwrap().is_empty());
    }

    #[test]
    fn a_cell_is_put_right_where_it_stands() {
        let mut row: Cells = ["一", "二", "三"].into_iter().collect();
        row.set(1, "贰贰");
        row.set(3, "四");
        assert_eq!(&*row.joined('|'), "一|贰贰|三");
        assert_eq!(&*Cells::default().joined('|'), "");
    }
}
