//! Rows as a spreadsheet copies them: a line each, tabs between the cells, and quotes around a cell that holds a tab, a
//! line break or a quote.

/// The cells of a pasted text, row by row. Empty lines at the end are none; others are rows, so that numbers agree with
/// the spreadsheet's.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let text = unbroken(text);
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text.as_str();
    loop {
        let (cell, after) = cell(rest);
        row.push(cell);
        match after.chars().next() {
            Some('\t') => rest = &after[1..],
            Some(_) => {
                rows.push(std::mem::take(&mut row));
                rest = &after[1..];
            }
            None => {
                rows.push(row);
                break;
            }
        }
    }
    while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
        rows.pop();
    }
    rows
}

/// The text with one kind of line break. Terminals send a carriage return for a line feed, so that the two with which
/// some spreadsheets end a row arrive as two carriage returns, and a break inside a cell as one.
fn unbroken(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let runs = || text.split(|c| c != '\r').map(str::len).filter(|run| *run > 0);
    let (even, odd) = (runs().filter(|run| run % 2 == 0).count(), runs().filter(|run| run % 2 == 1).count());
    let doubled = !text.contains('\n') && even > odd;
    let text = if doubled { text.replace("\r\r", "\n") } else { text };
    text.replace('\r', "\n")
}

/// The first cell, and what follows it, beginning with what ended it.
fn cell(text: &str) -> (String, &str) {
    if let Some((quoted, after)) = quoted(text) {
        return (quoted, after);
    }
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// A cell in quotes; none when the quote is one of the cell's own, that is when no quote closes it before a cell's end.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None if after.is_empty() || after.starts_with(['\t', '\n']) => return Some((cell, after)),
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_a_spreadsheet_copies_them() {
        assert_eq!(rows("甲\t乙\r\n1\t2\r\n"), [["甲", "乙"], ["1", "2"]]);
        assert_eq!(rows("甲\t\n\n丙\t丁\n\n"), [vec!["甲", ""], vec![""], vec!["丙", "丁"]]);
        assert_eq!(rows("a\t\"一\n二\"\t\"说\"\"话\"\"\"\nb"), [vec!["a", "一\n二", "说\"话\""], vec!["b"]]);
        assert_eq!(rows("\"没关\t乙\n1\t2"), [vec!["\"没关", "乙"], vec!["1", "2"]], "a quote of the cell's own");
        assert_eq!(rows("\"甲\"乙\t丙"), [["\"甲\"乙", "丙"]]);
        assert_eq!(rows("甲\t乙\r\r1\t\"一\r二\"\r\r3\t4\r\r"), [["甲", "乙"], ["1", "一\n二"], ["3", "4"]]);
        assert_eq!(rows("甲\r1\r2\r"), [["甲"], ["1"], ["2"]]);
        assert_eq!(rows("一"), [["一"]]);
        assert_eq!(rows(""), Vec::<Vec<String>>::new());
    }
}
