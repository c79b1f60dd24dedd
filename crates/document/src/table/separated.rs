//! CSV and TSV (RFC 4180, and what people make of it): every cell keeps its bytes.

use crate::{Cell, Error, Row, Sheet, Text};
use habeas_model::Problem;

/// Reads the rows of separated text.
pub fn read(
    text: &Text,
    separator: Option<u8>,
    name: &str,
    cells: u64,
) -> Result<(Sheet, Vec<Problem>), Error> {
    let mark = separator.unwrap_or_else(|| guess(&text.content));
    let mut sheet = Sheet { name: String::new(), rows: Vec::new() };
    let mut kept = 0_u64;
    let mut number = 0;
    let mut rest = 0;
    while rest < text.content.len() {
        let (row, end) = row(text, rest, mark);
        rest = end;
        number += 1;
        kept += row.len() as u64;
        if kept > cells {
            return Err(Error::TooManyCells { name: name.to_owned(), limit: cells });
        }
        if row.iter().any(|cell| !cell.text.is_empty()) {
            sheet.rows.push(Row { number, cells: row });
        }
    }
    let problems = ragged(&sheet);
    Ok((sheet, problems))
}

/// The mark that parts the first lines into most cells, alike in each.
fn guess(content: &str) -> u8 {
    let lines: Vec<&str> =
        content.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let worth = |mark: &u8| {
        let counts: Vec<usize> =
            lines.iter().map(|line| line.bytes().filter(|b| b == mark).count()).collect();
        let first = counts.first().copied().unwrap_or(0);
        let alike = counts.iter().filter(|count| **count == first).count();
        (first.min(1), alike * first.min(3), first)
    };
    *[b',', b';', b'\t', b'|'].iter().max_by_key(|mark| worth(mark)).unwrap_or(&b',')
}

/// The cells of the row that begins at `start`, and where the next row begins.
fn row(text: &Text, start: usize, mark: u8) -> (Vec<Cell>, usize) {
    let bytes = text.content.as_bytes();
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        let (value, from, to) = cell(&text.content, at, mark);
        cells.push(Cell {
            text: value.trim().to_owned(),
            date: None,
            bytes: Some(text.origin(from..to)),
        });
        match bytes.get(to) {
            Some(&byte) if byte == mark => at = to + 1,
            Some(b'\r') if bytes.get(to + 1) == Some(&b'\n') => return (cells, to + 2),
            Some(_) => return (cells, to + 1),
            None => return (cells, to),
        }
    }
}

/// One cell from `start`: its value, where it begins, and where it ends (at a mark, a line end, or
/// the end of it all).
fn cell(content: &str, start: usize, mark: u8) -> (String, usize, usize) {
    let bytes = content.as_bytes();
    let ends = |byte: u8| byte == mark || byte == b'\n' || byte == b'\r';
    let plain = |from: usize| {
        bytes[from..].iter().position(|byte| ends(*byte)).map_or(bytes.len(), |n| from + n)
    };
    if bytes.get(start) != Some(&b'"') {
        let end = plain(start);
        return (content[start..end].to_owned(), start, end);
    }
    let mut value = String::new();
    let mut at = start + 1;
    while let Some(next) = content[at..].find('"') {
        value.push_str(&content[at..at + next]);
        at += next + 1;
        if bytes.get(at) != Some(&b'"') {
            let end = plain(at);
            // Words after the closing quote: kept, not guessed at.
            value.push_str(&content[at..end]);
            return (value, start, end);
        }
        value.push('"');
        at += 1;
    }
    // A quote that never closes is no quote: only this cell is wrong, not the rest of the file.
    let end = plain(start);
    (content[start..end].to_owned(), start, end)
}

/// Rows with more or fewer cells than the widest run of rows has.
fn ragged(sheet: &Sheet) -> Vec<Problem> {
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    sheet.rows.iter().for_each(|row| *widths.entry(row.cells.len()).or_default() += 1);
    let Some(usual) = sheet.rows.first().map(|row| row.cells.len()) else { return Vec::new() };
    let usual = widths
        .iter()
        .max_by_key(|(width, rows)| (**rows, **width == usual))
        .map_or(usual, |(width, _)| *width);
    let odd = sheet.rows.iter().filter(|row| row.cells.len() != usual);
    odd.map(|row| {
        Problem::new("row-ragged", format!("row {}", row.number), row.cells.len().to_string())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, expected: &[&[&str]]) {
        let text = Text::plain(content);
        let (sheet, _) = read(&text, None, "x.csv", 1000).unwrap();
        let found: Vec<Vec<&str>> = sheet
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(found, expected, "{content:?}");
    }

    #[test]
    fn rows_and_cells() {
        check("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]);
        check("a;b;c\r\n1;\"2;x\";3", &[&["a", "b", "c"], &["1", "2;x", "3"]]);
        check("a\tb\n\n1\t2\n", &[&["a", "b"], &["1", "2"]]);
        check("a,b\n\"say \"\"no\"\"\",2\n", &[&["a", "b"], &["say \"no\"", "2"]]);
        check("a,b\n\"two\nlines\",2\n", &[&["a", "b"], &["two\nlines", "2"]]);
        check(
            "a,b\n\"never closed,2\n3,4\n",
            &[&["a", "b"], &["\"never closed", "2"], &["3", "4"]],
        );
    }

    #[test]
    fn a_cell_knows_its_bytes() {
        let text = Text::plain("a,b\nñ,dos\n");
        let (sheet, _) = read(&text, None, "x.csv", 1000).unwrap();
        assert_eq!(sheet.rows[1].cells[1].bytes, Some(7..10));
    }

    #[test]
    fn a_ragged_row_is_told_and_kept() {
        let (sheet, problems) =
            read(&Text::plain("a,b\n1,2\n1,2,3\n1,2\n"), None, "x.csv", 1000).unwrap();
        assert_eq!(
            (sheet.rows.len(), problems),
            (4, vec![Problem::new("row-ragged", "row 3", "3")])
        );
    }
}
