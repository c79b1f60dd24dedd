//! Where a ledger is kept: what every keeper of rows and of evidence must be able to do.
//!
//! A [`Store`] keeps rows, its [`Pen`] appends them, a [`Shelf`] keeps bytes under a digest. What
//! the rows say, how they are chained and who may see them is decided above; a store keeps what it
//! is given.
//!
//! # Invariants
//! 1. Append, never overwrite (invariant 1 of ARCHITECTURE.md): there is no way to change a row.
//! 2. Positions run from 1 without a gap.
//! 3. A batch is kept whole or not at all, and survives a power cut once [`Pen::append`] returns.

#[cfg(feature = "s3")]
pub mod bucket;
mod fault;
mod seldom;
#[cfg(feature = "postgres")]
pub mod server;
mod sqlite;

pub use fault::Fault;
pub(crate) use fault::Next;
pub(crate) use seldom::Seldom;
pub use sqlite::{FORMAT, PLAIN, Sqlite};

use crate::{Error, chain, seal::Safe};
use habeas_model::Digest;
use std::{path::Path, sync::Arc};

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// From 1.
    pub position: u64,
    /// Microseconds since 1970 UTC.
    pub recorded_at: i64,
    /// Who appended it: a pseudonym, a rule, a reader.
    pub author: String,
    /// Kind of entry.
    pub kind: String,
    /// The exact bytes that were hashed.
    pub body: Vec<u8>,
    /// Hash of the entry by itself.
    pub leaf: Digest,
    /// Hash of the entry and everything before it.
    pub hash: Digest,
}

impl Row {
    /// The same, lent.
    #[must_use]
    pub fn lend(&self) -> Lent<'_> {
        let Row { position, recorded_at, leaf, hash, .. } = *self;
        let (author, kind, body) = (&*self.author, &*self.kind, &*self.body);
        Lent { position, recorded_at, author, kind, body, leaf, hash }
    }

    /// Sets leaf and hash as they follow from the entry before; gives the head after it.
    pub(crate) fn follow(&mut self, before: &Head) -> Head {
        let Row { position, recorded_at, .. } = *self;
        self.leaf = chain::leaf(position, recorded_at, &self.author, &self.kind, &self.body);
        self.hash = chain::link(&before.hash, &self.leaf);
        Head { position, recorded_at, hash: self.hash }
    }
}

/// An entry as it lies in the store, lent for a moment.
#[derive(Clone, Copy, Debug)]
pub struct Lent<'a> {
    /// From 1.
    pub position: u64,
    /// Microseconds since 1970 UTC.
    pub recorded_at: i64,
    /// Who appended it.
    pub author: &'a str,
    /// Kind of entry.
    pub kind: &'a str,
    /// The exact bytes that were hashed.
    pub body: &'a [u8],
    /// Hash of the entry by itself.
    pub leaf: Digest,
    /// Hash of the entry and everything before it.
    pub hash: Digest,
}

impl Lent<'_> {
    /// A copy to keep.
    #[must_use]
    pub fn keep(&self) -> Row {
        let Lent { position, recorded_at, leaf, hash, .. } = *self;
        let (author, kind) = (self.author.to_owned(), self.kind.to_owned());
        Row { position, recorded_at, author, kind, body: self.body.to_vec(), leaf, hash }
    }

    /// The head when this row is the last.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { position: self.position, recorded_at: self.recorded_at, hash: self.hash }
    }
}

/// The last entry; position 0 and zero bytes when there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Head {
    /// Number of entries.
    pub position: u64,
    /// Recorded-at of the last, microseconds since 1970 UTC.
    pub recorded_at: i64,
    /// Chain hash of the last.
    pub hash: Digest,
}

impl Head {
    /// Before the first entry.
    pub const BEGINNING: Head = Head { position: 0, recorded_at: 0, hash: chain::BEGINNING };

    /// When this row is the last.
    #[must_use]
    pub fn of(row: &Row) -> Head {
        Head { position: row.position, recorded_at: row.recorded_at, hash: row.hash }
    }
}

/// Called with each row; an error ends the walk.
pub type EachRow<'a> = &'a mut dyn FnMut(Lent<'_>) -> Result<(), Error>;

/// Makes the rows of a batch, which follow the head that it is given.
pub type Batch<'a> = &'a mut dyn FnMut(Head) -> Vec<Row>;

/// Kinds of which there are as many as there are rows in lists: nearly all entries.
pub const COMMON: [&str; 2] = ["claim", "mention"];

/// The question for [`Store::seldom`] as SQL, with the name of its one parameter.
pub(crate) fn sql_of_seldom(after: &str) -> String {
    let common = COMMON.map(|kind| format!("'{kind}'")).join(", ");
    format!(
        "SELECT position, kind FROM entry
         WHERE position > {after} AND kind NOT IN ({common}) ORDER BY position"
    )
}

/// Keeps the rows of one ledger; open for reading.
pub trait Store: Send {
    /// Where, for messages.
    fn place(&self) -> &Path;
    /// The last entry.
    fn head(&self) -> Result<Head, Error>;
    /// Lends the rows `from..=to` in order.
    fn rows(&self, from: u64, to: Option<u64>, each: EachRow<'_>) -> Result<(), Error>;
    /// Position and kind of the rows after `after` that are not of a [`COMMON`] kind, in order.
    fn seldom(&self, after: u64, each: &mut dyn FnMut(u64, &str)) -> Result<(), Error>;
    /// Another reader of the same rows, for another thread.
    fn another(&self) -> Result<Box<dyn Store>, Error>;
    /// Hands over the leaves of the rows `from..=to` in order.
    fn leaves(&self, from: u64, to: u64, each: &mut dyn FnMut(Digest)) -> Result<(), Error>;
    /// Positions of the rows of one kind up to `to`, ascending.
    fn positions(&self, kind: &str, to: Option<u64>) -> Result<Vec<u64>, Error>;
    /// Whether the bodies of its rows are sealed; told by the store's format, so that it cannot be
    /// told otherwise by a missing file.
    fn sealed(&self) -> bool {
        false
    }
    /// Where its slots and secrets lie, if it is sealed.
    fn safe(&self) -> Result<Arc<dyn Safe>, Error>;
    /// Writes one moment of it, whoever appends meanwhile, into a fresh SQLite file in `folder`.
    fn snapshot(&self, folder: &Path) -> Result<Head, Error>;
    /// The store's own check of itself; says what is wrong.
    fn check(&self) -> Option<String>;
    /// Takes the pen. A store with one writer refuses a second one.
    fn pen(&self) -> Result<Box<dyn Pen>, Error>;
}

/// Rows that are copied at once.
const AT_ONCE: usize = 10_000;

/// Copies the rows of a store as they are into an empty one; gives the last.
pub(crate) fn copy_rows(from: &dyn Store, pen: &mut dyn Pen) -> Result<Head, Error> {
    let head = from.head()?;
    let mut batch: Vec<Row> = Vec::new();
    from.rows(1, Some(head.position), &mut |row| {
        batch.push(row.keep());
        if batch.len() == AT_ONCE {
            pen.append(&mut |_| std::mem::take(&mut batch))?;
        }
        Ok(())
    })?;
    pen.append(&mut |_| std::mem::take(&mut batch))?;
    Ok(head)
}

/// Appends rows to one store.
pub trait Pen: Send {
    /// Appends the rows that `batch` makes after the head: all of them or none. Where another
    /// writer was faster, `batch` may be asked again with another head.
    fn append(&mut self, batch: Batch<'_>) -> Result<Head, Error>;
    /// For tests: the next append goes wrong in this way.
    #[doc(hidden)]
    fn fault(&mut self, _fault: Fault) {}
}

/// Keeps bytes, each under a digest that it does not question.
pub trait Shelf: Send + Sync {
    /// Puts bytes there; once it returns they survive a power cut. What is there already, whole, is
    /// left alone; what differs is replaced.
    fn put(&self, digest: &Digest, bytes: &[u8]) -> Result<(), Error>;
    /// The bytes as they lie there, none where there are none.
    fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error>;
    /// The digest of what lies there, and its length; none where nothing does.
    fn measure(&self, digest: &Digest) -> Result<Option<(Digest, u64)>, Error> {
        Ok(self.get(digest)?.map(|bytes| (Digest::of(&bytes), bytes.len() as u64)))
    }
    /// Whether there are any.
    fn has(&self, digest: &Digest) -> bool;
    /// Overwrites them, where the medium allows that, and takes them away. Twice is once.
    fn remove(&self, digest: &Digest) -> Result<(), Error>;
    /// For tests: the next putting goes wrong in this way.
    #[doc(hidden)]
    fn fault(&self, _fault: Fault) {}
}
