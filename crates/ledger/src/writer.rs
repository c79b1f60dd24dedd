//! The pen in somebody's hand: entries become rows, chained to what is there.

use crate::{
    Error, Head, Row, chain,
    seal::Keys,
    store::{Fault, Pen, Shelf},
};
use habeas_model::{Digest, Entry};
use std::sync::Arc;

/// Appends to one ledger; dropped, it lets the next writer in.
pub struct Writer {
    pen: Box<dyn Pen>,
    shelf: Arc<dyn Shelf>,
    keys: Option<Arc<Keys>>,
}

/// An entry on its way into the ledger: whose it is, its kind, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// A pseudonym, a rule, a reader.
    pub author: String,
    /// Kind of entry.
    pub kind: String,
    /// Its JSON.
    pub body: Vec<u8>,
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
    pub(crate) fn new(pen: Box<dyn Pen>, shelf: Arc<dyn Shelf>, keys: Option<Arc<Keys>>) -> Writer {
        Writer { pen, shelf, keys }
    }

    /// Appends a batch: all of it or none. When this returns the batch is acknowledged. Recorded-at
    /// never runs backwards, whatever the clock does.
    pub fn append(
        &mut self,
        author: &str,
        at_micros: i64,
        entries: &[Entry],
    ) -> Result<Receipt, Error> {
        let said = |entry: &Entry| Said {
            author: author.to_owned(),
            kind: entry.kind().to_owned(),
            body: entry.body(),
        };
        self.append_said(at_micros, entries.iter().map(said).collect())
    }

    /// Appends a batch of several authors: all of it or none.
    pub fn append_said(&mut self, at_micros: i64, mut batch: Vec<Said>) -> Result<Receipt, Error> {
        if let Some(keys) = &self.keys {
            seal(keys, &mut batch)?;
        }
        let mut first = 0;
        let head = self.pen.append(&mut |head| {
            first = head.position + 1;
            rows(head, at_micros, &batch)
        })?;
        Ok(Receipt { first, last: head.position, head: head.hash })
    }

    /// Appends rows as they are: those of another ledger, whose chain they continue.
    pub(crate) fn append_rows(&mut self, rows: &[Row]) -> Result<Head, Error> {
        self.pen.append(&mut |_| rows.to_vec())
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

/// Kinds that stay in the open, so that the ledger can be verified, and what it proves be shown,
/// without a key. They say nothing of people.
pub(crate) const OPEN: [&str; 3] = ["erased", "checkpoint", "stamped"];

/// Seals the bodies of a batch.
fn seal(keys: &Keys, batch: &mut [Said]) -> Result<(), Error> {
    let closed = |said: &&mut Said| !OPEN.contains(&said.kind.as_str());
    let bodies: Vec<&mut Said> = batch.iter_mut().filter(closed).collect();
    let plain: Vec<(&str, &[u8])> =
        bodies.iter().map(|said| (said.kind.as_str(), said.body.as_slice())).collect();
    let sealed = keys.seal(&plain)?;
    for (said, sealed) in bodies.into_iter().zip(sealed) {
        zeroize::Zeroize::zeroize(&mut said.body);
        said.body = sealed;
    }
    Ok(())
}

/// The rows of this batch, which follow `head`.
fn rows(mut head: Head, at_micros: i64, batch: &[Said]) -> Vec<Row> {
    head.recorded_at = head.recorded_at.max(at_micros);
    let mut row = |said: &Said| {
        let Said { author, kind, body } = said.clone();
        head.position += 1;
        let leaf = chain::leaf(head.position, head.recorded_at, &author, &kind, &body);
        head.hash = chain::link(&head.hash, &leaf);
        Row {
            position: head.position,
            recorded_at: head.recorded_at,
            author,
            kind,
            body,
            leaf,
            hash: head.hash,
        }
    };
    batch.iter().map(&mut row).collect()
}
