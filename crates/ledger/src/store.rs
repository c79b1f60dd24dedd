//! A ledger on disk: made once, opened by whoever wants to read.
//!
//! # Invariants
//! 1. Append, never overwrite: the table refuses UPDATE and DELETE (invariant 1 of
//!    ARCHITECTURE.md).
//! 2. Positions run from 1 without a gap.
//! 3. A ledger of a newer format is not touched.

use crate::{Error, KnownBy, Report, Writer, blobs, chain, fold, verify};
use habeas_model::{Digest, Present};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// The format that this program writes, kept as SQLite's `user_version`.
pub const FORMAT: u32 = 1;
/// "hbea": marks the file as ours (SQLite's `application_id`).
const APPLICATION: u32 = 0x6862_6561;

const SCHEMA: &str = "
CREATE TABLE entry (
    position    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    author      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    leaf        BLOB    NOT NULL,
    chain       BLOB    NOT NULL
) STRICT;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append, never overwrite'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append, never overwrite'); END;
";

/// A ledger, open for reading.
pub struct Ledger {
    folder: PathBuf,
    pub(crate) database: Connection,
}

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

impl Ledger {
    /// Makes an empty ledger in `folder`. Made aside and put in place whole: there is a ledger or
    /// there is none.
    pub fn create(folder: &Path) -> Result<Ledger, Error> {
        fs::create_dir_all(folder.join("blobs"))
            .map_err(|why| Error::disk("write", folder, why))?;
        let path = folder.join("ledger.sqlite");
        let fresh = folder.join("ledger.sqlite.new");
        let _ = fs::remove_file(&fresh); // Left by a making that was cut short.
        let made = Connection::open(&fresh).and_then(|database| {
            database.execute_batch(&format!(
                "PRAGMA application_id={APPLICATION}; PRAGMA user_version={FORMAT}; BEGIN; {SCHEMA} COMMIT;"
            ))?;
            database.close().map_err(|(_, e)| e)
        });
        made.map_err(|e| Error::sqlite(&path, &e))?;
        let place = || fs::File::open(&fresh)?.sync_all().and_then(|()| fs::rename(&fresh, &path));
        place().map_err(|why| Error::disk("write", &path, why))?;
        Ledger::open(folder)
    }

    /// Whether there is one in `folder`.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        folder.join("ledger.sqlite").exists()
    }

    /// Opens the ledger in `folder`.
    pub fn open(folder: &Path) -> Result<Ledger, Error> {
        let path = folder.join("ledger.sqlite");
        if !path.exists() {
            return Err(Error::Missing(folder.to_owned()));
        }
        let database = connect(&path).map_err(|e| Error::sqlite(&path, &e))?;
        let pragma = |name| database.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
        let application = pragma("application_id").map_err(|e| Error::sqlite(&path, &e))?;
        let found = pragma("user_version").map_err(|e| Error::sqlite(&path, &e))?;
        match (application, found) {
            (APPLICATION, FORMAT) => Ok(Ledger { folder: folder.to_owned(), database }),
            (APPLICATION, newer) if newer > FORMAT => {
                Err(Error::NewerFormat { path, found: newer, known: FORMAT })
            } // 3.
            _ => Err(Error::NotALedger(path)),
        }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The database file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join("ledger.sqlite")
    }

    /// What a failure of SQLite on this ledger means.
    pub(crate) fn failed(&self) -> impl Fn(rusqlite::Error) -> Error {
        let path = self.path();
        move |e| Error::sqlite(&path, &e)
    }

    /// Takes the pen: one writer at a time, across processes.
    pub fn writer(&self) -> Result<Writer, Error> {
        Writer::take(self)
    }

    /// The last entry.
    pub fn head(&self) -> Result<Head, Error> {
        head(&self.database).map_err(self.failed())
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
        let failed = self.failed();
        let to = to.map_or(i64::MAX, |to| i64::try_from(to).unwrap_or(i64::MAX));
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let sql = "SELECT position, recorded_at, author, kind, body, leaf, chain FROM entry
                   WHERE position BETWEEN ?1 AND ?2 ORDER BY position";
        let mut asked = self.database.prepare_cached(sql).map_err(&failed)?;
        let mut rows = asked.query([from, to]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            each(read(row).map_err(&failed)?)?;
        }
        Ok(())
    }

    /// The bytes of a document, checked against their digest.
    pub fn blob(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        blobs::get(&self.folder, digest)
    }

    /// Whether the bytes of a document are there.
    #[must_use]
    pub fn has_blob(&self, digest: &Digest) -> bool {
        blobs::path(&self.folder, digest).is_file()
    }

    /// Checks every entry and every blob.
    pub fn verify(&self) -> Result<Report, Error> {
        verify::verify(self)
    }

    /// The present at a known-by point.
    pub fn present(&self, known_by: KnownBy) -> Result<Present, Error> {
        fold::present(self, known_by)
    }
}

/// Opens a database file without making one. On a medium that cannot be written, as it lies there.
fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let known = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let database = Connection::open_with_flags(path, known | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    database.busy_timeout(Duration::from_secs(5))?;
    let asked =
        database.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    match asked {
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen) => {
            let address = format!("file:{}?immutable=1", path.display());
            Connection::open_with_flags(address, known | OpenFlags::SQLITE_OPEN_READ_ONLY)
        }
        Err(e) => Err(e),
        Ok(_) => Ok(database),
    }
}

/// The last entry of a database.
pub(crate) fn head(database: &Connection) -> rusqlite::Result<Head> {
    let sql = "SELECT position, recorded_at, chain FROM entry ORDER BY position DESC LIMIT 1";
    let head = database
        .query_row(sql, [], |row| {
            Ok(Head { position: row.get(0)?, recorded_at: row.get(1)?, hash: digest(row.get(2)?) })
        })
        .optional()?;
    Ok(head.unwrap_or(Head { position: 0, recorded_at: 0, hash: chain::BEGINNING }))
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        position: row.get(0)?,
        recorded_at: row.get(1)?,
        author: row.get(2)?,
        kind: row.get(3)?,
        body: row.get(4)?,
        leaf: digest(row.get(5)?),
        hash: digest(row.get(6)?),
    })
}

/// A hash of the wrong length is no hash: it compares unequal to every computed one.
fn digest(bytes: Vec<u8>) -> Digest {
    bytes.try_into().map_or(chain::BEGINNING, Digest)
}
