//! A sheaf of paragraphs and tables in the making: what is said in cells becomes a sheet where it
//! is a table, and words where a table only lays out a page.

use crate::{Body, Cell, Row, Sheet, Text, Zone, ZoneKind};
use std::ops::Range;

/// Words and tables in the order of the document.
#[derive(Default)]
pub(crate) struct Sheaf {
    /// Words outside of tables.
    pub text: Text,
    sheets: Vec<Sheet>,
    /// Tables that are open, the innermost last.
    tables: Vec<Table>,
    cells: u64,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Text>>,
    in_cell: bool,
}

/// Columns of a row that are kept.
const COLUMNS: usize = 1000;

impl Sheaf {
    /// Where words go now: into the open cell, or the text.
    fn words(&mut self) -> &mut Text {
        let cell = match self.tables.iter_mut().rev().find(|table| table.in_cell) {
            Some(table) => table.rows.last_mut().and_then(|row| row.last_mut()),
            None => None,
        };
        cell.unwrap_or(&mut self.text)
    }

    /// Adds words that stand in the source at `range`; white space is one space.
    pub fn push(&mut self, words: &str, source: &Text, range: Range<usize>) {
        let even = words.len() == range.len();
        let text = self.words();
        for (at, letter) in words.char_indices() {
            let there = match even {
                true => range.start + at..range.start + at + letter.len_utf8(),
                false => range.clone(),
            };
            let origin = source.origin(there);
            if !letter.is_whitespace() {
                text.push(letter.encode_utf8(&mut [0; 4]), origin.start, origin.end);
            } else if !text.content.is_empty() && !text.content.ends_with([' ', '\n']) {
                text.push(" ", origin.start, origin.end);
            }
        }
    }

    /// Adds words with addresses of their own; white space is one space.
    pub fn push_text(&mut self, more: &Text) {
        let text = self.words();
        for run in &more.runs {
            let words = &more.content[run.at..run.at + run.len];
            if !words.chars().all(char::is_whitespace) {
                text.push(words, run.from, run.to);
            } else if !text.content.is_empty() && !text.content.ends_with([' ', '\n']) {
                text.push(" ", run.from, run.to);
            }
        }
    }

    /// Takes back a cell that was opened and got no words: the end of a row had opened it.
    pub fn drop_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        table.in_cell = false;
        if let Some(row) = table.rows.last_mut() {
            row.pop_if(|cell| cell.content.trim().is_empty());
        }
    }

    /// Adds a mark that stands for an element (a line break, a tab) at byte `at` of the blob.
    pub fn mark(&mut self, mark: &str, at: u64) {
        let text = self.words();
        if !text.content.is_empty() && !text.content.ends_with([' ', '\n']) {
            text.push(mark, at, at);
        }
    }

    /// Where the words are up to now.
    pub fn here(&mut self) -> usize {
        self.words().content.len()
    }

    /// Ends a paragraph that began at `start`; in a cell it ends a line.
    pub fn paragraph(&mut self, start: usize, kind: Option<ZoneKind>, at: u64) {
        let in_cell = self.tables.iter().any(|table| table.in_cell);
        let text = self.words();
        let range = start.min(text.content.len())..text.content.len();
        if let Some(kind) = kind.filter(|_| !range.is_empty() && !in_cell) {
            text.zones.push(Zone { kind, range });
        }
        if in_cell { text.line(at) } else { text.paragraph(at) }
    }

    pub fn open_table(&mut self) {
        if self.tables.len() < 64 {
            self.tables.push(Table::default());
        }
    }

    pub fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Vec::new());
        }
    }

    /// Opens a cell that stands for `columns` columns.
    pub fn open_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            if table.rows.is_empty() {
                table.rows.push(Vec::new());
            }
            if let Some(row) = table.rows.last_mut().filter(|row| row.len() < COLUMNS) {
                row.push(Text::default());
                self.cells += 1;
            }
            table.in_cell = true;
        }
    }

    /// Closes the cell; what it says stands in `columns` columns.
    pub fn close_cell(&mut self, columns: usize) {
        let Some(table) = self.tables.last_mut() else { return };
        table.in_cell = false;
        let Some(row) = table.rows.last_mut() else { return };
        let Some(cell) = row.last().cloned() else { return };
        for _ in 1..columns.min(COLUMNS.saturating_sub(row.len())) {
            row.push(cell.clone());
        }
    }

    /// Cells so far.
    pub fn cells(&self) -> u64 {
        self.cells
    }

    /// Closes a table: two rows and two columns make a sheet, anything less was layout.
    pub fn close_table(&mut self, at: u64) {
        let Some(table) = self.tables.pop() else { return };
        let wide = table.rows.iter().filter(|row| row.len() > 1).count() > 1;
        if self.tables.is_empty() && wide {
            let name = format!("table {}", self.sheets.len() + 1);
            self.sheets.push(sheet(name, &table.rows));
            return;
        }
        let words = self.words();
        for cell in table.rows.iter().flatten().filter(|cell| !cell.content.trim().is_empty()) {
            words.append(cell);
            words.paragraph(at);
        }
    }

    /// The words, if there are any, and the tables.
    pub fn finish(mut self, part: &str) -> Vec<(String, Body)> {
        while !self.tables.is_empty() {
            self.close_table(0);
        }
        let mut bodies = Vec::new();
        if !self.text.content.trim().is_empty() {
            bodies.push((part.to_owned(), Body::Text(self.text.composed())));
        }
        if !self.sheets.is_empty() {
            bodies.push((part.to_owned(), Body::Table(self.sheets)));
        }
        bodies
    }
}

fn sheet(name: String, rows: &[Vec<Text>]) -> Sheet {
    let cell = |text: &Text| {
        let text = text.clone().composed();
        let words = text.content.trim();
        let start = text.content.len() - text.content.trim_start().len();
        Cell {
            text: words.split_whitespace().collect::<Vec<_>>().join(" "),
            date: None,
            bytes: Some(text.origin(start..start + words.len())),
        }
    };
    let row = |(nth, cells): (usize, &Vec<Text>)| Row {
        number: nth as u32 + 1,
        cells: cells.iter().map(cell).collect(),
    };
    let said = |row: &Row| row.cells.iter().any(|cell| !cell.text.is_empty());
    Sheet { name, rows: rows.iter().enumerate().map(row).filter(said).collect() }
}
