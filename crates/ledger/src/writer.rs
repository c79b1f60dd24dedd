//! The pen: whoever holds it is the only one who appends.

use crate::{Error, Ledger, blobs, chain, store};
use habeas_model::{Digest, Entry};
use rusqlite::{Connection, OpenFlags, params};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read as _, Write as _},
    path::PathBuf,
    time::Duration,
};

/// Appends to one ledger; dropped, it lets the next writer in.
pub struct Writer {
    folder: PathBuf,
    database: Connection,
    head: store::Head,
    _lock: File,
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
    pub(crate) fn take(ledger: &Ledger) -> Result<Writer, Error> {
        let folder = ledger.folder().to_owned();
        let lock = lock(&folder)?;
        let path = ledger.path();
        let failed = ledger.failed();
        let known = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Connection::open_with_flags(&path, known).map_err(&failed)?;
        database.busy_timeout(Duration::from_secs(5)).map_err(&failed)?;
        database
            .execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
            .map_err(&failed)?;
        let head = store::head(&database).map_err(&failed)?;
        Ok(Writer { folder, database, head, _lock: lock })
    }

    /// Appends a batch: all of it or none. When this returns the batch is acknowledged. Recorded-at
    /// never runs
    /// backwards, whatever the clock does.
    pub fn append(
        &mut self,
        author: &str,
        at_micros: i64,
        entries: &[Entry],
    ) -> Result<Receipt, Error> {
        let head = self.insert(author, at_micros, entries);
        let first = self.head.position + 1;
        self.head = head.map_err(|e| Error::sqlite(&self.folder.join("ledger.sqlite"), &e))?;
        Ok(Receipt { first, last: self.head.position, head: self.head.hash })
    }

    fn insert(
        &mut self,
        author: &str,
        at_micros: i64,
        entries: &[Entry],
    ) -> rusqlite::Result<store::Head> {
        let mut head = self.head;
        head.recorded_at = head.recorded_at.max(at_micros);
        let batch = self.database.transaction()?;
        let sql = "INSERT INTO entry (position, recorded_at, author, kind, body, leaf, chain)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let mut insert = batch.prepare_cached(sql)?;
        for entry in entries {
            let (kind, body) = (entry.kind(), entry.body());
            head.position += 1;
            let leaf = chain::leaf(head.position, head.recorded_at, author, kind, &body);
            head.hash = chain::link(&head.hash, &leaf);
            insert.execute(params![
                head.position,
                head.recorded_at,
                author,
                kind,
                body,
                leaf.0,
                head.hash.0
            ])?;
        }
        drop(insert);
        batch.commit()?;
        Ok(head)
    }

    /// Puts the bytes of a document into the ledger folder.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<Digest, Error> {
        blobs::put(&self.folder, bytes)
    }

    /// For tests: lets the database grow to so many pages and no further.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) {
        let _ = self.database.pragma_update(None, "max_page_count", pages);
    }
}

/// An exclusive lock of the operating system: it goes with the process, however that ends.
fn lock(folder: &std::path::Path) -> Result<File, Error> {
    let path = folder.join("writer.lock");
    let failed = |why| Error::disk("write", &path, why);
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = open.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {
            let sign = format!("process {}", std::process::id());
            // The sign only serves the other's message: that it cannot be written is no reason not
            // to write entries.
            let _ = file.set_len(0).and_then(|()| file.write_all(sign.as_bytes()));
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            let _ = file.read_to_string(&mut by);
            Err(Error::Busy { path: folder.to_owned(), by })
        }
        Err(TryLockError::Error(why)) => Err(failed(why)),
    }
}
