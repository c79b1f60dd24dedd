//! Rows that come later, in the numbers of those that were there.

use super::Known;
use crate::{
    link::{
        names::{Named, PARTED, WHOLE},
        rows::{self, Field, NAME_CELLS, Rows},
        vocabulary::{NONE, Vocabulary},
    },
    name::words,
    table::{
        Kind, Table,
        column::{Column, Values, letters},
        date,
    },
};
use std::collections::HashMap;

impl Rows {
    /// Makes room for values that come later; the first words of each comparison's values.
    pub(super) fn open(&mut self) -> Vec<Values> {
        let opened = self.fields.iter_mut().map(|field| {
            field.values.open();
            let mut firsts = Values::default();
            for value in 0..field.values.len() as u32 {
                firsts.number(field.values.get(value).split(' ').next().unwrap_or_default());
            }
            firsts
        });
        opened.collect()
    }
}

impl Known {
    /// Puts the rows of a list behind the known ones.
    pub(super) fn append(&mut self, list: &Table) {
        let count = list.rows();
        let (width, from) = (self.rows.width, self.rows.cells.len());
        self.rows.cells.resize(from + width * count, 0);
        let words_known = self.rows.vocabulary.len();
        let settings = &self.settings;
        let columns = |kinds: &[Kind]| -> Vec<&Column> {
            let of = settings.compare.iter().filter(|one| kinds.contains(&one.kind));
            of.filter_map(|one| list.column(&one.column)).map(|at| &list.columns[at]).collect()
        };
        let ranges = match self.rows.named {
            Some(Named::Whole) => vec![(columns(&[Kind::Name, Kind::Given, Kind::Surname]), WHOLE)],
            Some(Named::Parted) => {
                vec![(columns(&[Kind::Surname]), PARTED[0]), (columns(&[Kind::Given]), PARTED[1])]
            }
            None => Vec::new(),
        };
        let Rows { cells, vocabulary, fields, .. } = &mut self.rows;
        let row = |cells: &mut [u32], nth: usize| {
            from + nth * width..(from + (nth + 1) * width).min(cells.len())
        };
        for (columns, (first, last)) in ranges {
            for nth in 0..count {
                let at = row(cells, nth);
                put(&columns, nth, &mut cells[at][first..last], vocabulary);
            }
        }
        if vocabulary.len() > words_known {
            vocabulary.weigh();
        }
        let mut nth_number = 0;
        for (nth, field) in fields.iter_mut().enumerate() {
            let one = settings.compare.iter().find(|one| one.column == field.heading);
            let crossed = one.and_then(|one| one.crossed_with.as_ref());
            let column = |heading| list.column(heading).map(|at| &list.columns[at]);
            let (own, crossed) =
                (column(&field.heading), crossed.and_then(|heading| column(heading)));
            let known = (field.kind == Kind::Number).then(|| {
                nth_number += 1;
                &self.numbers[nth_number - 1]
            });
            let mut late =
                Late { known, width, new: HashMap::new(), firsts: &mut self.firsts[nth] };
            for row in 0..count {
                let at = from + row * width + field.at;
                for (place, column) in [own, crossed].into_iter().enumerate() {
                    if let Some(column) = column {
                        late.put(field, column.get(row), cells, at + place);
                    }
                }
            }
        }
    }
}

/// The words of some columns of a row.
fn put(columns: &[&Column], row: usize, cells: &mut [u32], vocabulary: &mut Vocabulary) {
    for column in columns {
        for word in words(column.get(row)).iter().take(NAME_CELLS) {
            let number = vocabulary.number(word);
            if let Some(free) = cells.iter_mut().find(|cell| **cell == NONE) {
                *free = number;
            }
        }
    }
}

/// Values of one comparison that come later.
struct Late<'a> {
    /// Known numbers: key and row.
    known: Option<&'a Vec<(u64, u32)>>,
    width: usize,
    /// Numbers that nobody known bears.
    new: HashMap<u64, u32>,
    firsts: &'a mut Values,
}

impl Late<'_> {
    fn put(&mut self, field: &mut Field, text: &str, cells: &mut [u32], at: usize) {
        match field.kind {
            Kind::Number => {
                if let Some(plain) = rows::plain(text) {
                    cells[at] = self.number(&plain, field.at, cells);
                    cells[at + 1..at + 3].copy_from_slice(&rows::signs(&plain));
                }
            }
            Kind::Born => cells[at] = date::read(text).map_or(0, date::Day::packed),
            Kind::Event => {
                let day = date::read(text).map_or(0, date::Day::number);
                if day as usize >= field.classes.len() {
                    field.classes.resize(day as usize + 1, RARE);
                }
                cells[at] = day;
            }
            _ => {
                let value = field.values.number(&rows::fold(text));
                while field.classes.len() < field.values.len() {
                    field.classes.push(RARE);
                }
                while field.firsts.len() < field.values.len() {
                    let text = field.values.get(field.firsts.len() as u32);
                    let first = text.split(' ').next().unwrap_or_default();
                    field.firsts.push(self.firsts.number(first));
                }
                cells[at] = value;
            }
        }
    }

    /// The number of a numeral: that of the known row that bears it, or one of its own.
    fn number(&mut self, plain: &str, at: usize, cells: &[u32]) -> u32 {
        let key = letters(plain);
        let known = self.known.map_or(&[][..], Vec::as_slice);
        let first = known.partition_point(|one| one.0 < key);
        match known.get(first) {
            Some(&(found, row)) if found == key => cells[row as usize * self.width + at],
            _ => {
                let next = u32::MAX - self.new.len() as u32;
                *self.new.entry(key).or_insert(next)
            }
        }
    }
}

/// The class of a value that nobody known has.
const RARE: u8 = 1;
