//! Tables: rows of words that stand under each other in columns, also over pages.

use super::{Page, Segment, lines::Kept};
use crate::{Cell, Row, Sheet};
use unicode_normalization::UnicodeNormalization as _;

/// A table in the making.
struct Table {
    first: u32,
    last: u32,
    /// Left edges of its columns.
    columns: Vec<f32>,
    rows: Vec<Vec<String>>,
}

/// A line of a page: its segments from left to right.
struct Line {
    segments: Vec<usize>,
    base: f32,
    size: f32,
}

/// Rows that make a table on a page of its own; two go on with the table of the page before.
const ROWS: usize = 3;

/// Takes the tables out; what is left stays with its page.
pub fn tables(pages: Vec<Kept<'_>>) -> (Vec<Sheet>, Vec<Kept<'_>>) {
    let mut found: Vec<Table> = Vec::new();
    let mut rest = Vec::new();
    for Kept { page, segments } in pages {
        let lines = lines(page, &segments);
        let mut taken: Vec<usize> = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let before = found.last().filter(|table| table.last + 1 == page.number);
            let Some((columns, end)) = run(page, &lines, at, before) else {
                at += 1;
                continue;
            };
            let rows = rows(page, &lines[at..end], &columns);
            taken.extend(lines[at..end].iter().flat_map(|line| line.segments.iter().copied()));
            match found.last_mut().filter(|table| goes_on(table, page.number, &columns)) {
                Some(table) => go_on(table, page.number, rows),
                None => found.push(Table { first: page.number, last: page.number, columns, rows }),
            }
            at = end;
        }
        let segments = segments.into_iter().filter(|nth| !taken.contains(nth)).collect();
        rest.push(Kept { page, segments });
    }
    let sheets = found.iter().enumerate().map(|(nth, table)| sheet(nth + 1, table));
    (sheets.collect(), rest)
}

/// The lines of a page from top to bottom.
fn lines(page: &Page, kept: &[usize]) -> Vec<Line> {
    let mut order: Vec<usize> = kept.to_vec();
    let of = |nth: usize| &page.segments[nth];
    order.sort_by(|a, b| of(*b).base().total_cmp(&of(*a).base()));
    let mut lines: Vec<Line> = Vec::new();
    for nth in order {
        let (base, size) = (of(nth).base(), of(nth).size);
        match lines.last_mut() {
            Some(line) if (line.base - base).abs() < 0.4 * size => line.segments.push(nth),
            _ => lines.push(Line { segments: vec![nth], base, size }),
        }
    }
    for line in &mut lines {
        line.segments.sort_by(|a, b| of(*a).left().total_cmp(&of(*b).left()));
    }
    lines
}

/// The table that begins at line `at`: its columns, and the line after its last.
fn run(
    page: &Page,
    lines: &[Line],
    at: usize,
    before: Option<&Table>,
) -> Option<(Vec<f32>, usize)> {
    let own: Vec<f32> = lines[at].segments.iter().map(|nth| page.segments[*nth].left()).collect();
    let columns = match before {
        // At the head of a page a table may go on whose row has fewer cells than columns.
        Some(table) if fits(page, &lines[at], &table.columns) => table.columns.clone(),
        _ => own,
    };
    if columns.len() < 2 {
        return None;
    }
    let mut end = at;
    let mut whole = 0;
    for pair in at..lines.len() {
        let line = &lines[pair];
        let gap = if pair > at { lines[pair - 1].base - line.base } else { 0.0 };
        if gap > 3.5 * line.size || !fits(page, line, &columns) {
            break;
        }
        whole += usize::from(line.segments.len() > 1);
        end = pair + 1;
    }
    // Words after the last whole row, under its first column, are no row of it.
    while end > at
        && lines[end - 1].segments.len() < 2
        && !continues(page, &lines[end - 1], &columns)
    {
        end -= 1;
    }
    let cells: Vec<&Segment> = lines[at..end]
        .iter()
        .flat_map(|line| line.segments.iter().map(|nth| &page.segments[*nth]))
        .collect();
    let words: usize = cells.iter().map(|cell| cell.words.len()).sum();
    // Columns of prose have whole lines in them; cells are short.
    let short = words as f32 <= 3.5 * cells.len() as f32;
    let goes_on = before.is_some_and(|table| same(&table.columns, &columns));
    (short && whole >= if goes_on { 1 } else { ROWS }).then_some((columns, end))
}

/// Whether each segment of a line begins at a column, and no two at one.
fn fits(page: &Page, line: &Line, columns: &[f32]) -> bool {
    let places: Vec<Option<usize>> =
        line.segments.iter().map(|nth| column(&page.segments[*nth], columns)).collect();
    places.iter().all(Option::is_some) && places.windows(2).all(|pair| pair[0] < pair[1])
}

/// The column that a segment begins at: half a letter off is still at it.
fn column(segment: &Segment, columns: &[f32]) -> Option<usize> {
    columns.iter().position(|left| (left - segment.left()).abs() <= segment.size.max(4.0) * 0.6)
}

/// A line without a first cell goes on with the row above it.
fn continues(page: &Page, line: &Line, columns: &[f32]) -> bool {
    line.segments.first().is_some_and(|nth| column(&page.segments[*nth], columns) != Some(0))
}

fn rows(page: &Page, lines: &[Line], columns: &[f32]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines {
        let wraps = continues(page, line, columns);
        if !wraps || rows.is_empty() {
            rows.push(vec![String::new(); columns.len()]);
        }
        let Some(row) = rows.last_mut() else { continue };
        for segment in line.segments.iter().map(|nth| &page.segments[*nth]) {
            let Some(cell) = column(segment, columns).and_then(|nth| row.get_mut(nth)) else {
                continue;
            };
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&segment.text());
        }
    }
    rows
}

fn same(left: &[f32], right: &[f32]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(l, r)| (l - r).abs() < 4.0)
}

fn goes_on(table: &Table, page: u32, columns: &[f32]) -> bool {
    table.last + 1 == page && same(&table.columns, columns)
}

/// Adds the rows of the next page; headings that are repeated there are left out.
fn go_on(table: &mut Table, page: u32, rows: Vec<Vec<String>>) {
    table.last = page;
    let repeated = usize::from(rows.first() == table.rows.first());
    table.rows.extend(rows.into_iter().skip(repeated));
}

fn sheet(nth: usize, table: &Table) -> Sheet {
    let name = match table.first == table.last {
        true => format!("table {nth}, page {}", table.first),
        false => format!("table {nth}, pages {}-{}", table.first, table.last),
    };
    let cell = |text: &String| Cell { text: text.trim().nfc().collect(), date: None, bytes: None };
    let row = |(nth, cells): (usize, &Vec<String>)| Row {
        number: nth as u32 + 1,
        cells: cells.iter().map(cell).collect(),
    };
    Sheet { name, rows: table.rows.iter().enumerate().map(row).collect() }
}
