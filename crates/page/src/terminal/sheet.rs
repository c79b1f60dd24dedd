//! A table that fits the terminal; below 70 columns each row becomes a card.

use crate::{Reader, harmless};
use comfy_table::{
    Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets,
};

/// Below this width a table of several columns cannot be read.
const NARROW: usize = 70;
/// Rows that are laid out together.
const SHELF: usize = 1000;
/// A space on either side of a cell.
const PADDING: u16 = 2;

/// One cell: its words, and the colour that repeats what the words say.
#[derive(Clone, Debug)]
pub struct Shown {
    words: String,
    colour: Option<Color>,
}

impl Shown {
    /// Words without colour.
    pub fn plain(words: impl Into<String>) -> Shown {
        Shown { words: harmless(&words.into()).into_owned(), colour: None }
    }

    /// Words whose meaning a colour repeats.
    pub fn coloured(words: impl Into<String>, colour: Color) -> Shown {
        Shown { colour: Some(colour), ..Shown::plain(words) }
    }
}

/// A table under construction.
pub struct Sheet {
    headings: Vec<String>,
    rows: Vec<Vec<Shown>>,
    numbers: Vec<usize>,
}

impl Sheet {
    /// An empty table with these headings.
    pub fn new(headings: impl IntoIterator<Item = String>) -> Sheet {
        Sheet { headings: headings.into_iter().collect(), rows: Vec::new(), numbers: Vec::new() }
    }

    /// The same, with figures in these columns.
    pub fn numbers(mut self, columns: &[usize]) -> Sheet {
        self.numbers = columns.to_vec();
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Shown>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table as lines no wider than the reader's terminal.
    pub fn text(&self, reader: &Reader) -> String {
        match reader.width < NARROW && self.headings.len() > 2 {
            true => self.cards(reader),
            false => self.table(reader),
        }
    }

    /// The rows in shelves of a thousand, so that a long table is never laid out all at once.
    fn table(&self, reader: &Reader) -> String {
        let widths = self.widths(reader.width);
        let mut out = String::new();
        let shelves = self.rows.len().div_ceil(SHELF).max(1);
        for nth in 0..shelves {
            let rows = self.rows.iter().skip(nth * SHELF).take(SHELF);
            let shelf = self.shelf(rows, nth == 0, &widths, reader);
            let lines: Vec<&str> = shelf.lines().collect();
            // The lines above and below belong to the whole table.
            let (first, last) =
                (usize::from(nth > 0), lines.len() - usize::from(nth + 1 < shelves));
            for line in &lines[first..last] {
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }

    fn shelf<'a>(
        &self,
        rows: impl Iterator<Item = &'a Vec<Shown>>,
        headed: bool,
        widths: &[u16],
        reader: &Reader,
    ) -> String {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        table.style_mut().row_separator = Default::default();
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(reader.width).unwrap_or(u16::MAX));
        match reader.colour {
            true => table.enforce_styling(),
            false => table.force_no_tty(),
        };
        if headed {
            let bold = |words: &String| Cell::new(words).add_attribute(Attribute::Bold);
            table.set_header(self.headings.iter().map(bold));
        }
        for row in rows {
            table.add_row(row.iter().map(|shown| match shown.colour {
                Some(colour) => Cell::new(&shown.words).fg(colour),
                None => Cell::new(&shown.words),
            }));
        }
        for (at, width) in widths.iter().enumerate() {
            let Some(column) = table.column_mut(at) else { continue };
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + PADDING)));
            if self.numbers.contains(&at) {
                column.set_cell_alignment(comfy_table::CellAlignment::Right);
            }
        }
        table.trim_fmt()
    }

    /// How wide each column's words may be: as wide as they are, or else all wide ones alike, and
    /// none so narrow that a word of ordinary length is broken.
    fn widths(&self, width: usize) -> Vec<u16> {
        let columns = self.headings.len();
        let cells = |at: usize| {
            let words = self.rows.iter().filter_map(move |row| row.get(at));
            words.map(|shown| shown.words.as_str()).chain([self.headings[at].as_str()])
        };
        let chars = |words: &str| words.chars().count();
        let whole = |at| cells(at).flat_map(str::lines).map(chars).max().unwrap_or(0);
        let word = |at| cells(at).flat_map(str::split_whitespace).map(chars).max().unwrap_or(0);
        let wanted: Vec<usize> = (0..columns).map(|at| whole(at).max(1)).collect();
        // A space on either side of each cell, and one between columns.
        let room = width.saturating_sub(columns * usize::from(PADDING + 1) - 1).max(columns);
        let least: Vec<usize> = (0..columns).map(|at| word(at).min(room / columns)).collect();
        let level = |level: usize| -> Vec<usize> {
            let one = |(want, least): (&usize, &usize)| level.max(*least).min(*want);
            wanted.iter().zip(&least).map(one).collect()
        };
        let fits = |at: &usize| level(*at).iter().sum::<usize>() <= room;
        let highest = (1..=room).take_while(fits).last().unwrap_or(1);
        level(highest).into_iter().map(|wide| u16::try_from(wide).unwrap_or(u16::MAX)).collect()
    }

    fn cards(&self, reader: &Reader) -> String {
        let mut out = String::new();
        for row in &self.rows {
            for (at, shown) in row.iter().enumerate() {
                let heading = self.headings.get(at).map_or("", String::as_str);
                match (at, heading, shown.words.is_empty()) {
                    (_, _, true) => {}
                    (0, _, _) | (_, "", _) => out.push_str(&wrap(&shown.words, reader.width, "")),
                    _ => out.push_str(&wrap(
                        &format!("  {heading}: {}", shown.words.replace('\n', "\n    ")),
                        reader.width,
                        "    ",
                    )),
                }
            }
            out.push('\n');
        }
        out
    }
}

/// Lines of at most `width` columns; those after the first are indented. A word longer than a line
/// is broken.
pub fn wrap(words: &str, width: usize, indent: &str) -> String {
    let width = width.max(20);
    let mut out = String::new();
    for line in harmless(words).lines() {
        let lead = line.chars().take_while(|c| *c == ' ').count();
        let (mut current, mut empty) = (" ".repeat(lead), true);
        for word in
            line.split_whitespace().flat_map(|word| pieces(word, width - indent.len().max(lead)))
        {
            if !empty && current.chars().count() + 1 + word.chars().count() > width {
                out.push_str(&format!("{current}\n"));
                (current, empty) = (indent.to_owned(), true);
            }
            if !empty {
                current.push(' ');
            }
            current.push_str(&word);
            empty = false;
        }
        out.push_str(&format!("{}\n", current.trim_end()));
    }
    out
}

fn pieces(word: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(most.max(1)).map(|piece| piece.iter().collect()).collect()
}

/// A heading with a line under it.
pub fn heading(words: &str, reader: &Reader) -> String {
    let line = "─".repeat(words.chars().count().min(reader.width));
    format!("\n{}{line}\n", wrap(words, reader.width, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    fn sheet(width: usize) -> String {
        let mut sheet = Sheet::new(["Day", "Claimed", "Who says so"].map(str::to_owned));
        sheet.row(
            ["20 Jan 2026", "about 50", &"a body with a very long name ".repeat(6)]
                .map(Shown::plain),
        );
        sheet.text(&Reader { width, ..Reader::public(Lang::En) })
    }

    #[test]
    fn every_line_fits_the_width() {
        for width in [40, 60, 80, 120] {
            for line in sheet(width).lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_long_table_is_one_table() {
        let mut sheet = Sheet::new(["Day", "Claimed"].map(str::to_owned));
        for n in 0..2 * SHELF + 1 {
            sheet.row([Shown::plain(n.to_string()), Shown::plain("about 50 released")]);
        }
        let text = sheet.text(&Reader::public(Lang::En));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2 * SHELF + 1 + 4, "{}", &text[..400]);
        assert_eq!(text.matches("Claimed").count(), 1);
        assert_eq!(lines.iter().filter(|line| line.contains('─')).count(), 2);
    }

    #[test]
    fn a_long_word_is_broken() {
        let path = "x".repeat(90);
        let text = wrap(&format!("  wrote {path} here"), 40, "    ");
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
        assert_eq!(text.matches('x').count(), 90);
    }

    #[test]
    fn a_narrow_terminal_gets_cards() {
        assert!(sheet(40).contains("  Claimed: about 50\n"));
        assert!(!sheet(100).contains("Claimed: about 50"));
    }
}
