//! A ledger: made once, opened by whoever wants to read, written by whoever takes the pen.

use crate::{
    Error, Head, KnownBy, Report, Row, Writer,
    blobs::{self, Folder},
    fold,
    proof::{Note, VerifierKey},
    seal::{self, Cost, Credential, Keyring, Keys, Opened, SealedShelf},
    site::{Here, Site},
    store::{Lent, PLAIN, Seldom, Shelf, Sqlite, Store},
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
    /// The shelf as it lies there, sealed or not.
    pub(crate) raw: Arc<dyn Shelf>,
    pub(crate) keys: Option<Arc<Keys>>,
    pub(crate) seldom: Seldom,
}

impl Ledger {
    /// Makes an empty ledger in `folder`: there is a whole one or there is none.
    pub fn create(folder: &Path) -> Result<Ledger, Error> {
        Here::new(folder).make(PLAIN)
    }

    /// Makes an empty sealed ledger in `folder` with its first holder, and unlocks it.
    pub fn create_sealed(
        folder: &Path,
        holder: &str,
        credential: &Credential,
        cost: Cost,
    ) -> Result<Ledger, Error> {
        <dyn Site>::sealed(&Here::new(folder), holder, credential, cost)
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
        Ledger {
            folder: folder.to_owned(),
            store,
            raw: shelf.clone(),
            shelf,
            keys: None,
            seldom: Seldom::default(),
        }
    }

    /// Whether its bodies and evidence are sealed.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.store.sealed()
    }

    /// Whether it is sealed and was not unlocked.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.is_sealed() && self.keys.is_none()
    }

    /// Unlocks a sealed ledger for as long as this value lives.
    pub fn unlock(&mut self, credential: &Credential) -> Result<(), Error> {
        let safe = self.store.safe()?;
        let (case, names) = Keyring::open(safe.clone())?.unlock(credential)?;
        let keys = Arc::new(Keys::new(safe, case, names)?);
        self.shelf = Arc::new(SealedShelf::over(self.raw.clone(), keys.clone()));
        self.keys = Some(keys);
        Ok(())
    }

    /// Drops the keys; they are wiped once nobody writes any more.
    pub fn lock(&mut self) {
        self.keys = None;
        self.shelf = self.raw.clone();
    }

    /// Another reader of the same ledger, unlocked as this one is: for another thread.
    pub fn another(&self) -> Result<Ledger, Error> {
        Ok(Ledger {
            folder: self.folder.clone(),
            store: self.store.another()?,
            shelf: self.shelf.clone(),
            raw: self.raw.clone(),
            keys: self.keys.clone(),
            seldom: Seldom::default(),
        })
    }

    /// The keys of an unlocked ledger; none where it is not sealed.
    pub(crate) fn keys(&self) -> Result<Option<&Arc<Keys>>, Error> {
        match (&self.keys, self.is_sealed()) {
            (None, true) => Err(Error::Locked(self.folder.clone())),
            (keys, _) => Ok(keys.as_ref()),
        }
    }

    /// What a row says, none where it was erased.
    pub fn opened(&self, row: &Row) -> Result<Option<Vec<u8>>, Error> {
        if !seal::is_sealed(&row.body) {
            return Ok(Some(row.body.clone()));
        }
        let keys = self.keys()?.ok_or_else(|| Error::Locked(self.folder.clone()))?;
        match keys.open(&format!("entry {}", row.position), &row.kind, &row.body)? {
            Opened::Said(said) => Ok(Some(said)),
            Opened::Destroyed => Ok(None),
        }
    }

    /// The entry in a row, none where it was erased.
    pub fn entry(&self, row: &Row) -> Result<Option<Entry>, Error> {
        read(self.keys()?.map(Arc::as_ref), row)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes the pen: one writer at a time, across processes; on a server several.
    pub fn writer(&self) -> Result<Writer, Error> {
        let keys = self.keys()?.cloned();
        let pen = self.store.pen()?;
        crate::erase::finish(self)?;
        Ok(Writer::new(pen, self.shelf.clone(), keys))
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
        self.store.rows(from, to, &mut |row| each(row.keep()))
    }

    /// Positions of the entries of one kind up to `to`, ascending.
    pub(crate) fn positions(&self, kind: &str, to: Option<u64>) -> Result<Vec<u64>, Error> {
        self.seldom.of(&*self.store, kind, to)
    }

    /// Hands over the entries of these kinds, in the order of the ledger.
    pub fn rows_of(&self, kinds: &[&str], mut each: impl FnMut(&Row, Entry)) -> Result<(), Error> {
        let mut positions = Vec::new();
        for kind in kinds {
            positions.extend(self.positions(kind, None)?);
        }
        positions.sort_unstable();
        for position in positions {
            if let Some(row) = self.row(position)?
                && let Some(entry) = self.entry(&row)?
            {
                each(&row, entry);
            }
        }
        Ok(())
    }

    /// The bytes of a document, checked against their digest.
    pub fn blob(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        match self.keys()? {
            Some(_) if !self.shelf.has(digest) => crate::erase::masked(self, digest),
            _ => blobs::checked(&*self.shelf, digest),
        }
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

/// The entry in a row, none where it was erased. Free of the store, so that many rows can be read
/// at once.
pub(crate) fn read(keys: Option<&Keys>, row: &Row) -> Result<Option<Entry>, Error> {
    read_lent(keys, &row.lend())
}

/// The same for a row that is only lent.
pub(crate) fn read_lent(keys: Option<&Keys>, row: &Lent<'_>) -> Result<Option<Entry>, Error> {
    let wrong = |why| Error::Entry { position: row.position, why };
    match keys {
        Some(keys) if seal::is_sealed(row.body) => {
            match keys.open(&format!("entry {}", row.position), row.kind, row.body)? {
                Opened::Said(said) => Entry::read(row.kind, &said).map(Some).map_err(wrong),
                Opened::Destroyed => Ok(None),
            }
        }
        _ => Entry::read(row.kind, row.body).map(Some).map_err(wrong),
    }
}
