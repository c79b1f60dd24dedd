//! What a run puts aside when it would hold more than it may, and how it is read back in order.
//!
//! This crate touches no file: whoever runs it gives it a [`Disk`], or none, and then everything is
//! held. What is put aside are row numbers and weights, never a value of a row.
//!
//! # Invariants
//! 1. What is put aside, and when, changes no answer: lines come back sorted, each once, in blocks
//!    of the size that was asked for, as if they had all been held.

mod sort;

pub use sort::{Line, Sorted, Sorter};

use std::io;

/// Where files are made for what does not fit in memory.
pub trait Disk: Sync {
    /// A new and empty file, gone when it is dropped.
    fn file(&self) -> io::Result<Box<dyn Aside>>;
}

/// A file that is written at its end and read anywhere.
pub trait Aside: Send + Sync {
    /// Writes bytes at the end.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Fills `into` with the bytes from a place on, which have all been written.
    fn read(&self, from: u64, into: &mut [u8]) -> io::Result<()>;
}

/// Bytes that a run may hold besides its rows, and how its parts share them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room(u64);

/// No run is given less, in bytes: under it files would be many and tiny.
const LEAST: u64 = 1 << 15;
/// Nor less than this a row: keys are sorted in passes, and each pass makes the keys of all rows.
const LEAST_A_ROW: u64 = 8;

impl Room {
    /// What is left of the allowed bytes when so many are held for so many rows.
    #[must_use]
    pub fn new(allowed: u64, held: u64, rows: usize) -> Room {
        let least = LEAST.max(LEAST_A_ROW * rows as u64);
        Room(allowed.saturating_sub(held).max(least))
    }

    /// Room for everything.
    #[must_use]
    pub fn boundless() -> Room {
        Room(u64::MAX)
    }

    /// Keys that are sorted at once: half the room, 24 bytes a key while it is collected, sorted
    /// and cut into blocks.
    #[must_use]
    pub fn keys(self) -> usize {
        usize::try_from(self.0 / 2 / 24).unwrap_or(usize::MAX)
    }

    /// Lines that are held before they are put aside: half the room, twice their size while the
    /// list of them grows.
    #[must_use]
    pub fn lines(self) -> usize {
        usize::try_from(self.0 / 2 / 2 / size_of::<Line>() as u64).unwrap_or(usize::MAX)
    }
}
