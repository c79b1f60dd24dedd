//! A column of a table: each different value once, and for each row the number of its value.

use std::hash::{Hash as _, Hasher as _};

/// Value 0 of every column: nothing was given.
pub const EMPTY: u32 = 0;

/// Values by number, each kept once. Values hold names: there is no `Debug`.
#[derive(Clone)]
pub struct Values {
    text: String,
    ends: Vec<usize>,
    slots: Vec<u32>,
}

/// A column: its heading, and the number of each row's value.
#[derive(Clone)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// One number a row.
    pub rows: Vec<u32>,
    /// What the numbers stand for.
    pub values: Values,
}

impl Default for Values {
    fn default() -> Values {
        Values { text: String::new(), ends: vec![0], slots: vec![u32::MAX; 64] }
    }
}

/// A fast hash that is the same on every machine and in every run (Fx, as in rustc).
#[derive(Clone, Copy, Default)]
pub struct Fx(u64);

impl std::hash::Hasher for Fx {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0_u8; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }
}

/// Mixes numbers into one key.
#[must_use]
pub fn mix(parts: &[u64]) -> u64 {
    let mut hasher = Fx::default();
    for part in parts {
        hasher.write_u64(*part);
    }
    // A last multiplication spreads the high bits, by which keys are sorted.
    hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A key of a text by its letters, the same in every table; 0 for an empty one.
#[must_use]
pub fn letters(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let mut hasher = Fx::default();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}

impl Values {
    /// The number of a value, new or known.
    pub fn number(&mut self, value: &str) -> u32 {
        if value.is_empty() {
            return EMPTY;
        }
        let mut hasher = Fx::default();
        value.hash(&mut hasher);
        let mask = self.slots.len() - 1;
        let mut at = (hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) as usize & mask;
        loop {
            match self.slots[at] {
                u32::MAX => break,
                found if self.get(found) == value => return found,
                _ => at = (at + 1) & mask,
            }
        }
        let number = self.ends.len() as u32;
        self.text.push_str(value);
        self.ends.push(self.text.len());
        self.slots[at] = number;
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let mut slots = vec![u32::MAX; size];
        for number in 1..self.ends.len() as u32 {
            let mut hasher = Fx::default();
            self.get(number).hash(&mut hasher);
            let hash = hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
            let mut at = hash as usize & (size - 1);
            while slots[at] != u32::MAX {
                at = (at + 1) & (size - 1);
            }
            slots[at] = number;
        }
        self.slots = slots;
    }

    /// The value of a number; nothing for [`EMPTY`].
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        if at == 0 { "" } else { &self.text[self.ends[at - 1]..self.ends[at]] }
    }

    /// How many numbers there are, [`EMPTY`] included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no value at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.len() == 1
    }

    /// Bytes of memory.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let (text, ends, slots) =
            (self.text.capacity(), self.ends.capacity(), self.slots.capacity());
        (text + ends * size_of::<usize>() + slots * size_of::<u32>()) as u64
    }

    /// Makes room for new values again, after [`Values::close`].
    pub fn open(&mut self) {
        if self.slots.is_empty() {
            self.slots = vec![u32::MAX; (self.ends.len() * 2).next_power_of_two().max(64) / 2];
            self.grow();
        }
    }

    /// Lets go of what only new values need.
    pub fn close(&mut self) {
        self.slots = Vec::new();
        self.text.shrink_to_fit();
    }
}

impl Column {
    /// An empty column.
    #[must_use]
    pub fn new(heading: &str) -> Column {
        Column { heading: heading.to_owned(), rows: Vec::new(), values: Values::default() }
    }

    /// Appends a row.
    pub fn push(&mut self, value: &str) {
        let number = self.values.number(value.trim());
        self.rows.push(number);
    }

    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        self.values.get(self.rows[row])
    }

    /// How many rows bear each number.
    #[must_use]
    pub fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.values.len()];
        for &number in &self.rows {
            counts[number as usize] += 1;
        }
        counts
    }
}

/// A table: its columns, of which the one of record ids is kept apart, and where one list ends and
/// the next begins.
#[derive(Clone, Default)]
pub struct Table {
    /// Columns, all of one length.
    pub columns: Vec<Column>,
    /// First row of each list, in order; one list if empty.
    pub lists: Vec<u32>,
    /// Rows that had more cells than there are headings, the cells beyond left out.
    pub wide: usize,
}

impl Table {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.iter().map(|column| column.rows.len()).max().unwrap_or(0)
    }

    /// Lets go of what is told not to be needed of each column: its numbers, its texts. The place
    /// and the heading of a column stay.
    pub fn let_go(&mut self, needed: impl Fn(usize) -> (bool, bool)) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            let (rows, texts) = needed(at);
            if !rows {
                column.rows = Vec::new();
            }
            if !texts {
                column.values = Values::default();
            }
        }
    }

    /// Bytes of memory.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let of =
            |one: &Column| one.values.bytes() + (one.rows.capacity() * size_of::<u32>()) as u64;
        self.columns.iter().map(of).sum()
    }

    /// A column by its heading.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.heading == heading)
    }

    /// The first rows, and the others as a table of their own.
    #[must_use]
    pub fn split(mut self, first: usize) -> (Table, Table) {
        let cut = |column: &mut Column| {
            let mut rest = Column::new(&column.heading);
            for row in first..column.rows.len() {
                rest.push(column.get(row));
            }
            column.rows.truncate(first);
            rest
        };
        let columns = self.columns.iter_mut().map(cut).collect();
        self.lists = Vec::new();
        (self, Table { columns, ..Table::default() })
    }

    /// Which list a row is of.
    #[must_use]
    pub fn list(&self, row: u32) -> u16 {
        self.lists.iter().skip(1).take_while(|&&first| first <= row).count() as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_once() {
        let mut column = Column::new("x");
        for value in ["a", "", "b", " a ", "b"] {
            column.push(value);
        }
        assert_eq!(column.rows, [1, 0, 2, 1, 2]);
        assert_eq!((column.get(3), column.counts()), ("a", vec![1, 2, 2]));
        for n in 0..10_000 {
            column.push(&n.to_string());
        }
        column.push("77");
        assert_eq!(column.get(10_005), "77");
        assert_eq!(column.values.len(), 10_003);
    }
}
