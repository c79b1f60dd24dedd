//! Blocks of a page: which are its words, which lead to other pages, and which are tables.

use super::element::{Element, Part};
use crate::{Cell, Row, Sheet, Text, Zone, ZoneKind};
use std::ops::Range;

/// Words between two ends of a line.
struct Block {
    range: Range<usize>,
    part: Part,
    /// Bytes of it that are links.
    linked: usize,
    /// Which story (`<article>`, `<main>`) it stands in.
    story: Option<usize>,
    /// It is in a table that became a sheet.
    tabled: bool,
}

/// The blocks of a page in the making.
#[derive(Default)]
pub struct Blocks {
    /// All words, boilerplate aside.
    pub text: Text,
    blocks: Vec<Block>,
    /// Where the open block began.
    start: usize,
    linked: usize,
    part: Option<Part>,
    /// Stories that are open.
    stories: Vec<usize>,
    story_count: usize,
    tables: Vec<Table>,
    sheets: Vec<Sheet>,
}

/// A table that is open: its rows of cells, as ranges of the text.
struct Table {
    first_block: usize,
    rows: Vec<Vec<Range<usize>>>,
    in_cell: bool,
}

/// Bytes of words that make a story the story of the page.
const STORY: usize = 250;
/// Words of a cell that is a cell, on average: more is a layout of columns.
const CELL: usize = 8;

impl Blocks {
    /// Ends a line within a block.
    pub fn line(&mut self, at: u64) {
        self.text.line(at);
    }

    /// Words were added from byte `before` on.
    pub fn said(&mut self, before: usize, linked: bool, part: Part) {
        let more = self.text.content.len() - before;
        if linked {
            self.linked += more;
        }
        if self.part.is_none() && !self.text.content[before..].trim().is_empty() {
            self.part = Some(part);
        }
    }

    /// Ends the open block, if it has words.
    pub fn end(&mut self, at: u64) {
        let end = self.text.content.trim_end().len();
        if end > self.start {
            self.blocks.push(Block {
                range: self.start..end,
                part: self.part.unwrap_or(Part::Page),
                linked: self.linked.min(end - self.start),
                story: self.stories.last().copied(),
                tabled: false,
            });
            self.text.paragraph(at);
        }
        self.start = self.text.content.len();
        (self.linked, self.part) = (0, None);
    }

    /// An element begins.
    pub fn begin(&mut self, element: Element, part: Part, _: u64) {
        match element {
            Element::Article | Element::Main => {
                self.stories.push(self.story_count);
                self.story_count += 1;
            }
            _ if part == Part::Silent => {}
            Element::Table if self.tables.len() < 64 => self.tables.push(Table {
                first_block: self.blocks.len(),
                rows: Vec::new(),
                in_cell: false,
            }),
            Element::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Element::Cell => {
                let start = self.text.content.len();
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = true;
                    if let Some(row) = table.rows.last_mut().filter(|row| row.len() < 1000) {
                        row.push(start..start);
                    }
                }
            }
            _ => {}
        }
    }

    /// An element ends.
    pub fn finish_element(&mut self, element: Element, outer: Part, _: u64) {
        match element {
            Element::Article | Element::Main => {
                self.stories.pop();
            }
            _ if outer == Part::Silent => {}
            Element::Cell => {
                let end = self.text.content.len();
                if let Some(table) = self.tables.last_mut().filter(|table| table.in_cell) {
                    table.in_cell = false;
                    if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
                        cell.end = end;
                    }
                }
            }
            Element::Table => self.close_table(),
            _ => {}
        }
    }

    /// Two rows and two columns of short cells are a table; anything else lays out a page.
    fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let wide = table.rows.iter().filter(|row| row.len() > 1).count();
        let words =
            |range: &Range<usize>| self.text.content[range.clone()].split_whitespace().count();
        let cells = table.rows.iter().flatten().count();
        let said: usize = table.rows.iter().flatten().map(words).sum();
        let nested = !self.tables.is_empty();
        if nested || wide < 2 || wide * 2 < table.rows.len() || said > CELL * cells {
            return;
        }
        for block in &mut self.blocks[table.first_block..] {
            block.tabled = true;
        }
        let cell = |range: &Range<usize>| {
            let words = &self.text.content[range.clone()];
            let start = range.start + (words.len() - words.trim_start().len());
            let origin = self.text.origin(start..(start + words.trim().len()));
            let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = Text::plain(&text).content;
            Cell { text, date: None, bytes: Some(origin) }
        };
        let row = |(nth, cells): (usize, &Vec<Range<usize>>)| Row {
            number: nth as u32 + 1,
            cells: cells.iter().map(cell).collect(),
        };
        let rows = table.rows.iter().enumerate().map(row);
        let rows = rows.filter(|row| row.cells.iter().any(|cell| !cell.text.is_empty())).collect();
        self.sheets.push(Sheet { name: format!("table {}", self.sheets.len() + 1), rows });
    }

    /// The story of the page: the one with by far the most words that are no links; none on a page
    /// that lists many.
    fn story(&self) -> Option<usize> {
        let mut sizes = vec![0; self.story_count];
        for block in self.blocks.iter().filter(|block| block.part != Part::Related) {
            if let Some(story) = block.story {
                sizes[story] += block.range.len() - block.linked;
            }
        }
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by_key(|story| std::cmp::Reverse(sizes[*story]));
        let first = *order.first()?;
        let second = order.get(1).map_or(0, |story| sizes[*story]);
        (sizes[first] >= STORY && sizes[first] >= 3 * second).then_some(first)
    }

    /// The words with their zones, and the tables.
    pub fn finish(mut self) -> (Text, Vec<Sheet>) {
        let end = self.text.runs.last().map_or(0, |run| run.to);
        self.end(end);
        while !self.tables.is_empty() {
            self.close_table();
        }
        let story = self.story();
        let mut text = Text::default();
        for block in self.blocks.iter().filter(|block| !block.tabled) {
            let kind = self.kind(block, story);
            let start = text.content.len();
            self.text.copy(block.range.clone(), &mut text);
            let range = start..text.content.len();
            match (kind, text.zones.last_mut()) {
                (None, _) => {}
                (Some(kind), Some(last)) if last.kind == kind && start <= last.range.end + 2 => {
                    last.range.end = range.end;
                }
                (Some(kind), _) => text.zones.push(Zone { kind, range }),
            }
            let at = self.text.origin(block.range.end..block.range.end).end;
            text.paragraph(at);
        }
        (text.composed(), self.sheets)
    }

    /// The zone of a block; none for words of the story.
    fn kind(&self, block: &Block, story: Option<usize>) -> Option<ZoneKind> {
        let words = &self.text.content[block.range.clone()];
        match block.part {
            Part::Title => return Some(ZoneKind::Title),
            Part::Dateline if words.len() <= 200 => return Some(ZoneKind::Dateline),
            Part::Caption => return Some(ZoneKind::Caption),
            Part::Related => return Some(ZoneKind::Related),
            _ => {}
        }
        let outside = story.is_some() && block.story != story;
        // A paragraph that is nothing but a link leads away; a story has words around its links.
        let leads = block.linked * 10 >= words.len() * 8 && !words.ends_with(['.', '»', '”', '"']);
        let lower: String = words.chars().take(40).collect::<String>().to_lowercase();
        let calls = [
            "lea también",
            "lea tambien",
            "le puede interesar",
            "te puede interesar",
            "read more",
            "also read",
            "see also",
            "ver también",
            "más información:",
            "relacionado",
        ];
        let calls = block.linked > 0 && calls.iter().any(|call| lower.starts_with(call));
        (outside || leads || calls).then_some(ZoneKind::Related)
    }
}
