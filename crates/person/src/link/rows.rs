//! Rows made comparable: each becomes a few numbers.

use super::{
    compare::Mark,
    names::{Named, PARTED, WHOLE},
    vocabulary::{NONE, Place, Vocabulary},
};
use crate::{
    name::{Word, words},
    table::{
        Kind, LinkSettings, Table,
        column::{Column, EMPTY, Values},
        date,
    },
};
use rayon::prelude::*;

/// Numbers that names take: surnames first and second, then three given names; or six words.
pub const NAME_CELLS: usize = 6;

/// A comparison that is no name: what, and where its numbers stand in a row.
#[derive(Clone)]
pub struct Field {
    /// As what.
    pub kind: Kind,
    /// Heading of its column.
    pub heading: String,
    /// Place of its first number.
    pub at: usize,
    /// For text with a crossed column: the place of that one's number.
    pub crossed: Option<usize>,
    /// Folded values of category and text.
    pub values: Values,
    /// First word of each value of text.
    pub firsts: Vec<u32>,
    /// What of each value of text bounds its likeness to others.
    pub marks: Vec<Mark>,
    /// How common each value of category, event or text is: 1 rare, 2 middling, 3 common.
    pub classes: Vec<u8>,
    /// How likely two random rows have one value of each class (index 1 to 3).
    pub repeat: [f64; 4],
}

/// All rows as numbers.
#[derive(Clone)]
pub struct Rows {
    /// Numbers a row.
    pub width: usize,
    /// The numbers, row after row.
    pub cells: Vec<u32>,
    /// How names are kept, if any are compared.
    pub named: Option<Named>,
    /// The words of names.
    pub vocabulary: Vocabulary,
    /// The other comparisons.
    pub fields: Vec<Field>,
    /// Which list each row is of; empty for one list.
    pub lists: Vec<u16>,
}

impl Rows {
    /// Makes the rows of a table comparable.
    #[must_use]
    pub fn new(table: &Table, settings: &LinkSettings) -> Rows {
        let named = named(settings);
        let mut width = if named.is_some() { NAME_CELLS } else { 0 };
        let mut fields = Vec::new();
        for one in &settings.compare {
            if matches!(one.kind, Kind::Name | Kind::Given | Kind::Surname) {
                continue;
            }
            let crossed = one.crossed_with.is_some().then_some(width + 1);
            fields.push(Field {
                kind: one.kind,
                heading: one.column.clone(),
                at: width,
                crossed,
                values: Values::default(),
                firsts: Vec::new(),
                marks: Vec::new(),
                classes: Vec::new(),
                repeat: [0.0; 4],
            });
            width += if one.kind == Kind::Number { 3 } else { 1 + usize::from(crossed.is_some()) };
        }
        let lists = if table.lists.len() > 1 {
            (0..table.rows() as u32).map(|row| table.list(row)).collect()
        } else {
            Vec::new()
        };
        let cells = vec![0; width * table.rows()];
        let mut rows =
            Rows { width, cells, named, vocabulary: Vocabulary::default(), fields, lists };
        rows.names(table, settings);
        for nth in 0..rows.fields.len() {
            let heading = rows.fields[nth].heading.clone();
            let column = table.column(&heading).map(|at| &table.columns[at]);
            let one = settings.compare.iter().find(|one| one.column == heading);
            let crossed = one.and_then(|one| one.crossed_with.as_ref());
            let crossed = crossed.and_then(|heading| table.column(heading));
            if let Some(column) = column {
                rows.fill(nth, column, crossed.map(|at| &table.columns[at]));
            }
        }
        rows
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// Bytes of memory: the numbers of rows, and the words and values that they stand for.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let numbers = self.cells.capacity() * size_of::<u32>() + self.lists.capacity() * 2;
        let values: u64 = self.fields.iter().map(|field| field.values.bytes()).sum();
        numbers as u64 + self.vocabulary.bytes() + values
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The numbers of a row.
    #[must_use]
    pub fn row(&self, row: u32) -> &[u32] {
        &self.cells[row as usize * self.width..][..self.width]
    }

    fn names(&mut self, table: &Table, settings: &LinkSettings) {
        let Some(named) = self.named else { return };
        let columns = |kinds: &[Kind]| -> Vec<&Column> {
            let of = settings.compare.iter().filter(|one| kinds.contains(&one.kind));
            of.filter_map(|one| table.column(&one.column)).map(|at| &table.columns[at]).collect()
        };
        match named {
            Named::Whole => {
                let all = columns(&[Kind::Name, Kind::Given, Kind::Surname]);
                self.words(&all, WHOLE, Place::Surname);
            }
            Named::Parted => {
                self.words(&columns(&[Kind::Surname]), PARTED[0], Place::Surname);
                self.words(&columns(&[Kind::Given]), PARTED[1], Place::Given);
            }
        }
        self.vocabulary.weigh();
    }

    /// Puts the words of some columns, in their order, into a range of each row.
    fn words(&mut self, columns: &[&Column], range: (usize, usize), place: Place) {
        let (from, to) = range;
        for column in columns {
            let numbers = self.numbers(&column.values);
            for (row, &value) in column.rows.iter().enumerate() {
                let cells = &mut self.cells[row * self.width..][..self.width][from..to];
                for &word in &numbers[value as usize] {
                    if let Some(free) = cells.iter_mut().find(|cell| **cell == NONE)
                        && word != NONE
                    {
                        *free = word;
                        self.vocabulary.count(word, place);
                    }
                }
            }
        }
    }

    /// The numbers of the words of each value.
    fn numbers(&mut self, values: &Values) -> Vec<[u32; NAME_CELLS]> {
        let mut numbers = Vec::with_capacity(values.len());
        let all: Vec<u32> = (0..values.len() as u32).collect();
        for some in all.chunks(1 << 15) {
            let read: Vec<Vec<Word>> =
                some.par_iter().map(|&value| words(values.get(value))).collect();
            for name in read {
                let mut of = [NONE; NAME_CELLS];
                for (cell, word) in of.iter_mut().zip(&name) {
                    *cell = self.vocabulary.number(word);
                }
                numbers.push(of);
            }
        }
        numbers
    }

    fn fill(&mut self, nth: usize, column: &Column, crossed: Option<&Column>) {
        match self.fields[nth].kind {
            Kind::Born => {
                self.map(nth, column, |text| date::read(text).map_or(0, date::Day::packed))
            }
            Kind::Event => {
                self.map(nth, column, |text| date::read(text).map_or(0, date::Day::number));
                self.class_days(nth);
            }
            Kind::Number => self.numerals(nth, column),
            _ => self.folded(nth, column, crossed),
        }
    }

    fn map(&mut self, nth: usize, column: &Column, read: impl Fn(&str) -> u32) {
        let at = self.fields[nth].at;
        let of: Vec<u32> =
            (0..column.values.len() as u32).map(|n| read(column.values.get(n))).collect();
        for (row, &value) in column.rows.iter().enumerate() {
            self.cells[row * self.width + at] = of[value as usize];
        }
    }

    /// A number, and up to 16 of its last signs, four bits each, so that slips are seen in it.
    fn numerals(&mut self, nth: usize, column: &Column) {
        let at = self.fields[nth].at;
        let mut seen = Values::default();
        let of: Vec<[u32; 3]> = (0..column.values.len() as u32)
            .map(|value| numeral(column.values.get(value), &mut seen))
            .collect();
        for (row, &value) in column.rows.iter().enumerate() {
            self.cells[row * self.width + at..][..3].copy_from_slice(&of[value as usize]);
        }
        let counts = counts(&self.cells, self.width, at, seen.len());
        self.fields[nth].repeat[1] = repeat(&counts, |_| true);
    }

    fn folded(&mut self, nth: usize, column: &Column, crossed: Option<&Column>) {
        let at = self.fields[nth].at;
        let mut values = Values::default();
        for (place, column) in [Some(column), crossed].into_iter().flatten().enumerate() {
            let of: Vec<u32> = (0..column.values.len() as u32)
                .map(|value| values.number(&fold(column.values.get(value))))
                .collect();
            for (row, &value) in column.rows.iter().enumerate() {
                self.cells[row * self.width + at + place] = of[value as usize];
            }
        }
        let counts = counts(&self.cells, self.width, at, values.len());
        let mut firsts = Values::default();
        self.fields[nth].firsts = (0..values.len() as u32)
            .map(|value| firsts.number(values.get(value).split(' ').next().unwrap_or_default()))
            .collect();
        self.fields[nth].marks =
            (0..values.len() as u32).map(|value| Mark::of(values.get(value))).collect();
        values.close();
        self.fields[nth].values = values;
        let limits = if self.fields[nth].kind == Kind::Text { [0.001, 0.01] } else { [0.02, 0.1] };
        self.classes(nth, &counts, limits);
    }

    fn class_days(&mut self, nth: usize) {
        let at = self.fields[nth].at;
        let last = self.cells.iter().skip(at).step_by(self.width).max().copied().unwrap_or(0);
        let counts = counts(&self.cells, self.width, at, last as usize + 1);
        self.classes(nth, &counts, [0.0005, 0.005]);
    }

    fn classes(&mut self, nth: usize, counts: &[u32], limits: [f64; 2]) {
        let all: f64 = counts.iter().skip(1).map(|&count| f64::from(count)).sum();
        let class = |&count: &u32| {
            let share = f64::from(count) / all.max(1.0);
            1 + u8::from(share > limits[0]) + u8::from(share > limits[1])
        };
        let classes: Vec<u8> = counts.iter().map(class).collect();
        for one in 1..=3 {
            self.fields[nth].repeat[usize::from(one)] =
                repeat(counts, |value| classes[value] == one);
        }
        self.fields[nth].classes = classes;
    }
}

fn named(settings: &LinkSettings) -> Option<Named> {
    let has = |kind| settings.of(kind).next().is_some();
    if has(Kind::Given) && has(Kind::Surname) && !has(Kind::Name) {
        return Some(Named::Parted);
    }
    settings.names_somebody().then_some(Named::Whole)
}

fn counts(cells: &[u32], width: usize, at: usize, values: usize) -> Vec<u32> {
    let mut counts = vec![0; values];
    for &value in cells.iter().skip(at).step_by(width) {
        counts[value as usize] += 1;
    }
    counts
}

/// How likely two random rows that say something have one value among those that fit.
fn repeat(counts: &[u32], fits: impl Fn(usize) -> bool) -> f64 {
    let all: f64 = counts.iter().skip(1).map(|&count| f64::from(count)).sum();
    let squares = counts.iter().enumerate().skip(1).filter(|(value, _)| fits(*value));
    let squares: f64 = squares.map(|(_, &n)| f64::from(n) * f64::from(n.saturating_sub(1))).sum();
    squares / (all * (all - 1.0)).max(1.0)
}

/// Lower case, ASCII, one space between words.
pub(super) fn fold(text: &str) -> String {
    let plain = any_ascii::any_ascii(text).to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A numeral without marks; nothing where it stands for none.
pub(super) fn plain(text: &str) -> Option<String> {
    let plain: String =
        fold(text).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    // "V-12345678" and "12345678" are one number: a single letter before digits is its series.
    let digits = plain.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let plain = if digits.len() + 1 >= plain.len() { digits } else { &plain };
    let zeros = plain.bytes().all(|sign| sign == plain.as_bytes()[0]);
    // "0", "-", "00000000", "99999999": placeholders.
    (plain.len() >= 3 && !zeros).then(|| plain.to_owned())
}

/// The number of a numeral, and its last signs.
pub(super) fn numeral(text: &str, seen: &mut Values) -> [u32; 3] {
    plain(text).map_or([EMPTY, 0, 0], |plain| {
        let [low, high] = signs(&plain);
        [seen.number(&plain), low, high]
    })
}

/// The last 16 signs of a plain numeral, four bits each.
pub(super) fn signs(plain: &str) -> [u32; 2] {
    let sign = |sign: u8| match sign {
        b'0'..=b'9' => u64::from(sign - b'0') + 1,
        other => 11 + u64::from(other % 5),
    };
    let packed = plain.bytes().rev().take(16).enumerate();
    let packed = packed.fold(0_u64, |packed, (nth, one)| packed | sign(one) << (4 * nth));
    [packed as u32, (packed >> 32) as u32]
}
