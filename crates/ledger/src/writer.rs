//! The pen in somebody's hand: entries become rows, chained to what is there.

use crate::{
    Error, Head, Row, chain,
    store::{Fault, Pen, Shelf},
};
use habeas_model::{Digest, Entry};
use std::sync::Arc;

/// Appends to one ledger; dropped, it lets the next writer in.
pub struct Writer {
    pen: Box<dyn Pen>,
    shelf: Arc<dyn Shelf>,
}

/// An acknowledgement: these entries are on disk and survive a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Receipt {
    /// Position of the first entry of the batch.
    pub first: u64,
    /// Position of the last.
    pub last: u64,
    /// Chain hash of the last.
    pub head: Digest,
}

impl Writer {
    pub(crate) fn new(pen: Box<dyn Pen>, shelf: Arc<dyn Shelf>) -> Writer {
        Writer { pen, shelf }
    }

    /// Appends a batch: all of it or none. When this returns the batch is acknowledged. Recorded-at
    /// never runs backwards, whatever the clock does.
    pub fn append(
        &mut self,
        author: &str,
        at_micros: i64,
        entries: &[Entry],
    ) -> Result<Receipt, Error> {
        let mut first = 0;
        let head = self.pen.append(&mut |head| {
            first = head.position + 1;
            rows(head, author, at_micros, entries)
        })?;
        Ok(Receipt { first, last: head.position, head: head.hash })
    }

    /// Puts the bytes of a document beside the ledger.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::of(bytes);
        self.shelf.put(&digest, bytes)?;
        Ok(digest)
    }

    /// For tests: the next append goes wrong in this way.
    #[doc(hidden)]
    pub fn break_append(&mut self, fault: Fault) {
        self.pen.fault(fault);
    }

    /// For tests: the next blob goes wrong in this way.
    #[doc(hidden)]
    pub fn break_blob(&mut self, fault: Fault) {
        self.shelf.fault(fault);
    }
}

/// The rows of these entries, which follow `head`.
fn rows(mut head: Head, author: &str, at_micros: i64, entries: &[Entry]) -> Vec<Row> {
    head.recorded_at = head.recorded_at.max(at_micros);
    let mut row = |entry: &Entry| {
        let (kind, body) = (entry.kind(), entry.body());
        head.position += 1;
        let leaf = chain::leaf(head.position, head.recorded_at, author, kind, &body);
        head.hash = chain::link(&head.hash, &leaf);
        Row {
            position: head.position,
            recorded_at: head.recorded_at,
            author: author.to_owned(),
            kind: kind.to_owned(),
            body,
            leaf,
            hash: head.hash,
        }
    };
    entries.iter().map(&mut row).collect()
}
