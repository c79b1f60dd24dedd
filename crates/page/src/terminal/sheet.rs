//! A table that fits the terminal; below 70 columns each row becomes a card.

use crate::Reader;
use comfy_table::{
    Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets,
};

/// Below this width a table of several columns cannot be read.
const NARROW: usize = 70;

/// One cell: its words, and the colour that repeats what the words say.
#[derive(Clone, Debug)]
pub struct Shown {
    words: String,
    colour: Option<Color>,
}

impl Shown {
    /// Words without colour.
    pub fn plain(words: impl Into<String>) -> Shown {
        Shown { words: words.into(), colour: None }
    }

    /// Words whose meaning a colour repeats.
    pub fn coloured(words: impl Into<String>, colour: Color) -> Shown {
        Shown { words: words.into(), colour: Some(colour) }
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

    fn table(&self, reader: &Reader) -> String {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        table.style_mut().row_separator = Default::default();
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(reader.width).unwrap_or(u16::MAX));
        match reader.colour {
            true => table.enforce_styling(),
            false => table.force_no_tty(),
        };
        let bold = |words: &String| Cell::new(words).add_attribute(Attribute::Bold);
        table.set_header(self.headings.iter().map(bold));
        for row in &self.rows {
            table.add_row(row.iter().map(|shown| match shown.colour {
                Some(colour) => Cell::new(&shown.words).fg(colour),
                None => Cell::new(&shown.words),
            }));
        }
        for &column in &self.numbers {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(comfy_table::CellAlignment::Right);
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(6)));
            }
        }
        format!("{}\n", table.trim_fmt())
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
                        &format!("  {heading}: {}", shown.words),
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
    for line in words.lines() {
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
