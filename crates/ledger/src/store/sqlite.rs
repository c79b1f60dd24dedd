//! A ledger in one SQLite file: WAL, `synchronous=FULL`, one writer at a time by a lock of the
//! operating system.
//!
//! A ledger of a newer format is not touched.

use super::{Batch, EachRow, Fault, Head, Lent, Next, Pen, Store, sql_of_seldom};
use crate::{
    Error, chain,
    seal::{Safe, safe::Files},
};
use habeas_model::Digest;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, Transaction, params};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// The newest format that this program knows, kept as SQLite's `user_version`: one whose bodies
/// are sealed.
pub const FORMAT: u32 = 2;
/// The format of a ledger whose bodies can be read by whoever has the file.
pub const PLAIN: u32 = 1;
/// "hbea": marks the file as ours (SQLite's `application_id`).
const APPLICATION: u32 = 0x6862_6561;

// Invariant 1: the table itself refuses UPDATE and DELETE.
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
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'append, never overwrite'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'append, never overwrite'); END;
";

/// The SQLite file of a ledger, open for reading.
pub struct Sqlite {
    path: PathBuf,
    database: Connection,
    format: u32,
}

impl Sqlite {
    /// Makes an empty one in `folder`, aside, and puts it in place whole.
    pub fn create(folder: &Path, format: u32) -> Result<(), Error> {
        let path = place(folder);
        let fresh = folder.join("ledger.sqlite.new");
        let _ = fs::remove_file(&fresh); // Left by a making that was cut short.
        let made = Connection::open(&fresh).and_then(|database| {
            database.execute_batch(&format!(
                "PRAGMA application_id={APPLICATION}; PRAGMA user_version={format};
                 BEGIN; {SCHEMA} COMMIT;"
            ))?;
            database.close().map_err(|(_, e)| e)
        });
        made.map_err(|e| Error::sqlite(&path, &e))?;
        let put = || File::open(&fresh)?.sync_all().and_then(|()| fs::rename(&fresh, &path));
        put().map_err(|why| Error::disk("write", &path, why))
    }

    /// Whether there is one in `folder`.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        place(folder).exists()
    }

    /// Opens that in `folder`.
    pub fn open(folder: &Path) -> Result<Sqlite, Error> {
        let path = place(folder);
        if !path.exists() {
            return Err(Error::Missing(folder.to_owned()));
        }
        let database = connect(&path).map_err(|e| Error::sqlite(&path, &e))?;
        let pragma = |name| database.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
        let application = pragma("application_id").map_err(|e| Error::sqlite(&path, &e))?;
        let found = pragma("user_version").map_err(|e| Error::sqlite(&path, &e))?;
        match (application, found) {
            (APPLICATION, PLAIN..=FORMAT) => Ok(Sqlite { path, database, format: found }),
            (APPLICATION, newer) if newer > FORMAT => {
                Err(Error::NewerFormat { path, found: newer, known: FORMAT })
            }
            _ => Err(Error::NotALedger(path)),
        }
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> Error {
        let path = self.path.clone();
        move |e| Error::sqlite(&path, &e)
    }
}

impl Store for Sqlite {
    fn place(&self) -> &Path {
        &self.path
    }

    fn head(&self) -> Result<Head, Error> {
        head(&self.database).map_err(self.failed())
    }

    fn rows(&self, from: u64, to: Option<u64>, each: EachRow<'_>) -> Result<(), Error> {
        let failed = self.failed();
        let sql = "SELECT position, recorded_at, author, kind, body, leaf, chain FROM entry
                   WHERE position BETWEEN ?1 AND ?2 ORDER BY position";
        let mut asked = self.database.prepare_cached(sql).map_err(&failed)?;
        let mut rows = asked.query([limit(Some(from)), limit(to)]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            each(lent(row).map_err(&failed)?)?;
        }
        Ok(())
    }

    fn another(&self) -> Result<Box<dyn Store>, Error> {
        Ok(Box::new(Sqlite::open(self.path.parent().expect("a ledger lies in a folder"))?))
    }

    fn leaves(&self, from: u64, to: u64, each: &mut dyn FnMut(Digest)) -> Result<(), Error> {
        let sql = "SELECT leaf FROM entry WHERE position BETWEEN ?1 AND ?2 ORDER BY position";
        let mut walk = || -> rusqlite::Result<()> {
            let mut asked = self.database.prepare_cached(sql)?;
            let mut rows = asked.query([limit(Some(from)), limit(Some(to))])?;
            while let Some(row) = rows.next()? {
                each(hash(row, 0)?);
            }
            Ok(())
        };
        walk().map_err(self.failed())
    }

    fn positions(&self, kind: &str, to: Option<u64>) -> Result<Vec<u64>, Error> {
        let sql = "SELECT position FROM entry WHERE kind = ?1 AND position <= ?2 ORDER BY position";
        let found = || -> rusqlite::Result<Vec<u64>> {
            let mut asked = self.database.prepare_cached(sql)?;
            asked.query_map(params![kind, limit(to)], |row| row.get(0))?.collect()
        };
        found().map_err(self.failed())
    }

    fn seldom(&self, after: u64, each: &mut dyn FnMut(u64, &str)) -> Result<(), Error> {
        let sql = sql_of_seldom("?1");
        let mut walk = || -> rusqlite::Result<()> {
            let mut asked = self.database.prepare_cached(&sql)?;
            let mut rows = asked.query([limit(Some(after))])?;
            while let Some(row) = rows.next()? {
                each(row.get(0)?, row.get_ref(1)?.as_str()?);
            }
            Ok(())
        };
        walk().map_err(self.failed())
    }

    fn sealed(&self) -> bool {
        self.format > PLAIN
    }

    fn snapshot(&self, folder: &Path) -> Result<Head, Error> {
        let to = place(folder);
        let known = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Connection::open_with_flags(&self.path, known).map_err(self.failed())?;
        let copy = || -> rusqlite::Result<Head> {
            database.busy_timeout(Duration::from_secs(30))?;
            database.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
            head(&Connection::open_with_flags(&to, known)?)
        };
        copy().map_err(self.failed())
    }

    fn safe(&self) -> Result<Arc<dyn Safe>, Error> {
        Ok(Arc::new(Files::new(self.path.parent().expect("a ledger lies in a folder"))))
    }

    fn check(&self) -> Option<String> {
        let asked =
            self.database.pragma_query_value(None, "quick_check", |row| row.get::<_, String>(0));
        match asked {
            Ok(answer) if answer == "ok" => None,
            Ok(answer) => Some(answer.lines().next().unwrap_or_default().to_owned()),
            Err(e) => Some(e.to_string()),
        }
    }

    fn pen(&self) -> Result<Box<dyn Pen>, Error> {
        Ok(Box::new(SqlitePen::take(self.path.clone())?))
    }
}

fn place(folder: &Path) -> PathBuf {
    folder.join("ledger.sqlite")
}

/// SQLite counts with signs.
fn limit(position: Option<u64>) -> i64 {
    position.map_or(i64::MAX, |position| i64::try_from(position).unwrap_or(i64::MAX))
}

/// Opens a database file without making one. On a medium that cannot be written, as it lies there;
/// but not where a write-ahead log lies beside it, without which it would be an older ledger.
fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let known = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let database = Connection::open_with_flags(path, known | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    database.busy_timeout(Duration::from_secs(5))?;
    let asked =
        database.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    let log = fs::metadata(path.with_extension("sqlite-wal")).is_ok_and(|log| log.len() > 0);
    match asked {
        Err(e)
            if !log
                && matches!(
                    e.sqlite_error_code(),
                    Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
                ) =>
        {
            let name = path.display().to_string();
            let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let address = format!("file:{name}?immutable=1");
            Connection::open_with_flags(address, known | OpenFlags::SQLITE_OPEN_READ_ONLY)
        }
        Err(e) => Err(e),
        Ok(_) => Ok(database),
    }
}

/// The last entry of a database.
fn head(database: &Connection) -> rusqlite::Result<Head> {
    let sql = "SELECT position, recorded_at, chain FROM entry ORDER BY position DESC LIMIT 1";
    let head = database
        .query_row(sql, [], |row| {
            Ok(Head { position: row.get(0)?, recorded_at: row.get(1)?, hash: hash(row, 2)? })
        })
        .optional()?;
    Ok(head.unwrap_or(Head::BEGINNING))
}

fn lent<'a>(row: &'a rusqlite::Row<'_>) -> rusqlite::Result<Lent<'a>> {
    Ok(Lent {
        position: row.get(0)?,
        recorded_at: row.get(1)?,
        author: row.get_ref(2)?.as_str()?,
        kind: row.get_ref(3)?.as_str()?,
        body: row.get_ref(4)?.as_blob()?,
        leaf: hash(row, 5)?,
        hash: hash(row, 6)?,
    })
}

/// A hash of the wrong length is no hash: it compares unequal to every computed one.
fn hash(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    let bytes = row.get_ref(column)?.as_blob()?;
    Ok(bytes.try_into().map_or(chain::BEGINNING, Digest))
}

/// The pen of a SQLite ledger.
struct SqlitePen {
    path: PathBuf,
    database: Connection,
    /// The last entry, while it is known: after a failed commit it must be asked for again.
    head: Option<Head>,
    next: Next,
    _lock: File,
}

impl SqlitePen {
    fn take(path: PathBuf) -> Result<SqlitePen, Error> {
        let lock = lock(path.parent().expect("a ledger lies in a folder"))?;
        let open = || {
            let known = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let database = Connection::open_with_flags(&path, known)?;
            database.busy_timeout(Duration::from_secs(5))?;
            database.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")?;
            Ok(database)
        };
        let database = open().map_err(|e| Error::sqlite(&path, &e))?;
        Ok(SqlitePen { path, database, head: None, next: Next::default(), _lock: lock })
    }

    fn insert(&mut self, make: Batch<'_>) -> rusqlite::Result<Head> {
        let known = self.head.take();
        let batch = self.database.transaction()?;
        let mut last = known.map_or_else(|| head(&batch), Ok)?;
        let sql = "INSERT INTO entry (position, recorded_at, author, kind, body, leaf, chain)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let mut insert = batch.prepare_cached(sql)?;
        for row in make(last) {
            last = Head::of(&row);
            insert.execute(params![
                row.position,
                row.recorded_at,
                row.author,
                row.kind,
                row.body,
                row.leaf.0,
                row.hash.0
            ])?;
        }
        drop(insert);
        match self.next.take() {
            None => batch.commit()?,
            Some(fault) => break_commit(batch, fault, &self.path)?,
        }
        Ok(last)
    }
}

/// For tests: a commit that goes wrong.
fn break_commit(batch: Transaction<'_>, fault: Fault, path: &Path) -> rusqlite::Result<()> {
    match fault {
        Fault::Persisted => batch.commit()?,
        Fault::Torn => {
            drop(batch);
            // What a write that was cut short leaves: a frame that begins behind the last good one.
            let log = path.with_extension("sqlite-wal");
            let half = fs::read(&log).map(|frames| frames[frames.len().min(32)..].to_vec());
            if let (Ok(half), Ok(mut log)) = (half, OpenOptions::new().append(true).open(&log)) {
                let _ = log.write_all(&half[..half.len().min(2000)]);
            }
        }
        Fault::Failed | Fault::Full(_) => drop(batch),
    }
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
    Err(rusqlite::Error::SqliteFailure(code, Some(fault.says().to_string())))
}

impl Pen for SqlitePen {
    fn append(&mut self, batch: Batch<'_>) -> Result<Head, Error> {
        let head = self.insert(batch).map_err(|e| Error::sqlite(&self.path, &e))?;
        self.head = Some(head);
        Ok(head)
    }

    fn fault(&mut self, fault: Fault) {
        match fault {
            Fault::Full(pages) => {
                let _ = self.database.pragma_update(None, "max_page_count", pages);
            }
            other => self.next.set(other),
        }
    }
}

/// An exclusive lock of the operating system: it goes with the process, however that ends.
fn lock(folder: &Path) -> Result<File, Error> {
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
