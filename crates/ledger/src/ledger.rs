//! A ledger: made once, opened by whoever wants to read, written by whoever takes the pen.

use crate::{
    Error, Head, KnownBy, Report, Row, Writer,
    blobs::{self, Folder},
    fold,
    proof::{Note, VerifierKey},
    store::{Shelf, Sqlite, Store},
    verify,
};
use habeas_model::{Digest, Entry, Present};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// A ledger, open for reading.
pub struct Ledger {
    folder: PathBuf,
    pub(crate) store: Box<dyn Store>,
    pub(crate) shelf: Arc<dyn Shelf>,
}

impl Ledger {
    /// Makes an empty ledger in `folder`: there is a whole one or there is none.
    pub fn create(folder: &Path) -> Result<Ledger, Error> {
        Folder::create(folder)?;
        Sqlite::create(folder)?;
        Ledger::open(folder)
    }

    /// Whether there is one in `folder`.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        Sqlite::exists(folder)
    }

    /// Opens the ledger in `folder`.
    pub fn open(folder: &Path) -> Result<Ledger, Error> {
        let store = Box::new(Sqlite::open(folder)?);
        Ok(Ledger::over(folder, store, Arc::new(Folder::new(folder))))
    }

    /// A ledger over any store and shelf; `folder` is where its keys and other files lie.
    #[must_use]
    pub fn over(folder: &Path, store: Box<dyn Store>, shelf: Arc<dyn Shelf>) -> Ledger {
        Ledger { folder: folder.to_owned(), store, shelf }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes the pen: one writer at a time, across processes.
    pub fn writer(&self) -> Result<Writer, Error> {
        Ok(Writer::new(self.store.pen()?, self.shelf.clone()))
    }

    /// The last entry.
    pub fn head(&self) -> Result<Head, Error> {
        self.store.head()
    }

    /// One entry.
    pub fn row(&self, position: u64) -> Result<Option<Row>, Error> {
        let mut found = None;
        self.rows(position, Some(position), |row| {
            found = Some(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// Hands over the entries `from..=to` in order.
    pub fn rows(
        &self,
        from: u64,
        to: Option<u64>,
        mut each: impl FnMut(Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.store.rows(from, to, &mut each)
    }

    /// Hands over the entries of these kinds, in the order of the ledger.
    pub fn rows_of(&self, kinds: &[&str], mut each: impl FnMut(&Row, Entry)) -> Result<(), Error> {
        let mut positions = Vec::new();
        for kind in kinds {
            positions.extend(self.store.positions(kind, None)?);
        }
        positions.sort_unstable();
        for position in positions {
            if let Some(row) = self.row(position)? {
                let entry = Entry::read(&row.kind, &row.body);
                each(&row, entry.map_err(|why| Error::Entry { position, why })?);
            }
        }
        Ok(())
    }

    /// The bytes of a document, checked against their digest.
    pub fn blob(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        blobs::checked(&*self.shelf, digest)
    }

    /// Whether the bytes of a document are there.
    #[must_use]
    pub fn has_blob(&self, digest: &Digest) -> bool {
        self.shelf.has(digest)
    }

    /// Checks every entry and every blob.
    pub fn verify(&self) -> Result<Report, Error> {
        verify::verify(self)
    }

    /// Checks everything, and holds the ledger against a checkpoint that was kept elsewhere. `key`
    /// is the log's verifier key, where that was kept as well.
    pub fn verify_against(&self, kept: &Note, key: Option<&VerifierKey>) -> Result<Report, Error> {
        let mut report = verify::verify(self)?;
        verify::against(self, kept, key, &mut report);
        Ok(report)
    }

    /// The present at a known-by point.
    pub fn present(&self, known_by: KnownBy) -> Result<Present, Error> {
        fold::present(self, known_by)
    }
}
