//! The safe: where the holders' slots and the wrapped secrets of a sealed ledger lie, beside its
//! chain; two files in a folder, two tables on a server.
//!
//! # Invariants
//! 1. Numbers are given once, in turn, from 0; a record stays under its number.
//! 2. A destroyed record is zeros, and nothing brings it back.

use super::secrets::{RECORD, Wrapped};
use crate::Error;
use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

/// Makes the records of fresh secrets, of which the first has this number.
pub type Make<'a> = &'a mut dyn FnMut(u64) -> Vec<Wrapped>;

/// What is left of destroyed records outside of the ledger's own folder, so far as can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// Nothing: they were overwritten where they lay.
    #[default]
    Nothing,
    /// Nothing in the files of the server; its replicas, archived logs and backups have them.
    Copies,
    /// The server's write-ahead log has them until it is overwritten in the course of its work.
    Log,
    /// The pages of its tables, too.
    Pages,
}

/// Keeps the slots and the wrapped secrets of one sealed ledger.
pub trait Safe: Send + Sync {
    /// Where, for messages.
    fn place(&self) -> &Path;
    /// The slots as they were written, none where nobody holds a key yet.
    fn slots(&self) -> Result<Option<Vec<u8>>, Error>;
    /// Puts slots in the place of `old` ones, at once; refused where others are there by now.
    fn put_slots(&self, old: Option<&[u8]>, slots: &[u8]) -> Result<(), Error>;
    /// Begins an empty table, for a ledger that is not there yet.
    fn begin(&self) -> Result<(), Error>;
    /// The records from this number on, in turn.
    fn records(&self, first: u64) -> Result<Vec<Wrapped>, Error>;
    /// Adds what `make` makes; durable when this returns. Gives the number of the first.
    fn add(&self, make: Make<'_>) -> Result<u64, Error>;
    /// Overwrites these with zeros; durable when this returns. Twice is once.
    fn destroy(&self, ids: &[u64]) -> Result<(), Error>;
    /// Whether adding is dear, and others do it at the same time: secrets are then made ahead.
    fn is_far(&self) -> bool {
        false
    }
    /// Rids the medium of what was destroyed or replaced, as far as it lets us; does nothing where
    /// nothing is due.
    fn wash(&self) -> Result<Left, Error> {
        Ok(Left::Nothing)
    }
}

/// The safe of a ledger in a folder: `seal.json` and `secrets`.
///
/// `secrets` is sixteen bytes that say so, then the records. One is destroyed by zeros written over
/// it in its place: there is no page, journal or log that keeps it.
pub struct Files {
    slots: PathBuf,
    secrets: PathBuf,
}

const HEAD: &[u8; 16] = b"habeas secrets 2";

impl Files {
    /// That of the ledger in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Files {
        Files { slots: super::keyring::path(folder), secrets: super::secrets::path(folder) }
    }

    fn failed(&self, what: &'static str) -> impl Fn(std::io::Error) -> Error {
        move |why| Error::disk(what, &self.secrets, why)
    }
}

impl Safe for Files {
    fn place(&self) -> &Path {
        &self.slots
    }

    fn slots(&self) -> Result<Option<Vec<u8>>, Error> {
        match fs::read(&self.slots) {
            Ok(text) => Ok(Some(text)),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(Error::disk("read", &self.slots, why)),
        }
    }

    /// Who looks finds the old or the new, whole; then the old ones are overwritten. With the pen
    /// in hand: nobody else writes.
    fn put_slots(&self, _old: Option<&[u8]>, slots: &[u8]) -> Result<(), Error> {
        let fresh = self.slots.with_extension("json.new");
        let put = || -> std::io::Result<()> {
            let old = OpenOptions::new().write(true).open(&self.slots).ok();
            let mut file = File::create(&fresh)?;
            file.write_all(slots)?;
            file.sync_all()?;
            fs::rename(&fresh, &self.slots)?;
            File::open(self.slots.parent().expect("it lies in a folder"))?.sync_all()?;
            old.map_or(Ok(()), super::keyring::overwrite)
        };
        put().map_err(|why| Error::disk("write", &self.slots, why))
    }

    fn begin(&self) -> Result<(), Error> {
        let _ = fs::remove_file(&self.secrets); // Left by a making that was cut short.
        let make = || -> std::io::Result<()> {
            let mut file = File::create_new(&self.secrets)?;
            file.write_all(HEAD)?;
            file.sync_all()?;
            File::open(self.secrets.parent().expect("it lies in a folder"))?.sync_all()
        };
        make().map_err(self.failed("write"))
    }

    fn records(&self, first: u64) -> Result<Vec<Wrapped>, Error> {
        let failed = self.failed("read");
        let mut file = File::open(&self.secrets).map_err(&failed)?;
        let mut head = [0; HEAD.len()];
        if file.read_exact(&mut head).is_err() || head != *HEAD {
            let what = "it is no key table".to_owned();
            return Err(Error::Damaged { path: self.secrets.clone(), what });
        }
        file.seek(SeekFrom::Start(offset(first))).map_err(&failed)?;
        let mut more = Vec::new();
        file.read_to_end(&mut more).map_err(&failed)?;
        Ok(more.as_chunks::<RECORD>().0.to_vec())
    }

    /// With the pen in hand: nobody else adds.
    fn add(&self, make: Make<'_>) -> Result<u64, Error> {
        let mut write = || -> std::io::Result<u64> {
            let mut file = OpenOptions::new().write(true).open(&self.secrets)?;
            let length = file.metadata()?.len().saturating_sub(HEAD.len() as u64);
            let first = length / RECORD as u64;
            // Half a record is left by a write that was cut short: nothing is sealed under it.
            file.set_len(offset(first))?;
            file.seek(SeekFrom::Start(offset(first)))?;
            file.write_all(make(first).as_flattened())?;
            file.sync_all()?;
            Ok(first)
        };
        write().map_err(self.failed("write"))
    }

    fn destroy(&self, ids: &[u64]) -> Result<(), Error> {
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().write(true).open(&self.secrets)?;
            for &id in ids {
                file.seek(SeekFrom::Start(offset(id)))?;
                file.write_all(&[0; RECORD])?;
            }
            file.sync_all()
        };
        write().map_err(self.failed("write"))
    }
}

/// Where a record begins in the file.
fn offset(id: u64) -> u64 {
    HEAD.len() as u64 + id.saturating_mul(RECORD as u64)
}
