//! The key table: one wrapped secret for each sealed entry and blob, in the order they were made.
//!
//! The file `secrets` is sixteen bytes that say so, then records of 72 bytes: nonce, secret and
//! tag under the case key, bound to the record's number. A destroyed secret is a record of zeros,
//! written over the old one in its place: there is no page, journal or log that keeps it. Records
//! are never moved and their numbers never given again.

use super::cipher::{self, Key};
use crate::Error;
use rayon::prelude::*;
use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::RwLock,
};

const HEAD: &[u8; 16] = b"habeas secrets 2";
const RECORD: usize = 32 + cipher::OVERHEAD;

/// A wrapped secret.
pub type Wrapped = [u8; RECORD];

/// What the table has under a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A wrapped secret.
    Kept(Wrapped),
    /// It was destroyed.
    Destroyed,
    /// The table ends before it.
    Missing,
}

/// The key table of one ledger.
pub struct Secrets {
    path: PathBuf,
    /// The records as read so far: others may have added more since.
    table: RwLock<Vec<Wrapped>>,
}

/// Where it lies.
#[must_use]
pub fn path(folder: &Path) -> PathBuf {
    folder.join("secrets")
}

impl Secrets {
    /// Makes an empty one in `folder`.
    pub fn create(folder: &Path) -> Result<(), Error> {
        let path = path(folder);
        let make = || -> std::io::Result<()> {
            let mut file = File::create_new(&path)?;
            file.write_all(HEAD)?;
            file.sync_all()?;
            File::open(folder)?.sync_all()
        };
        make().map_err(|why| Error::disk("write", &path, why))
    }

    /// Opens that in `folder`.
    pub fn open(folder: &Path) -> Result<Secrets, Error> {
        let secrets = Secrets { path: path(folder), table: RwLock::default() };
        secrets.refresh()?;
        Ok(secrets)
    }

    /// What is under this number.
    pub fn record(&self, id: u64) -> Result<Record, Error> {
        let at = usize::try_from(id).unwrap_or(usize::MAX);
        let found = self.table.read().expect("no panic holds it").get(at).copied();
        let found = match found {
            None => {
                self.refresh()?; // Another process may have appended.
                self.table.read().expect("no panic holds it").get(at).copied()
            }
            found => found,
        };
        Ok(match found {
            None => Record::Missing,
            Some(zeros) if zeros == [0; RECORD] => Record::Destroyed,
            Some(wrapped) => Record::Kept(wrapped),
        })
    }

    /// How many there are.
    pub fn count(&self) -> Result<u64, Error> {
        self.refresh()?;
        Ok(self.table.read().expect("no panic holds it").len() as u64)
    }

    /// Makes `n` fresh secrets; they are on disk when this returns. With the pen in hand.
    pub fn add(&self, case: &Key, n: usize) -> Result<Vec<(u64, Key)>, Error> {
        let first = self.count()?;
        let fresh: Vec<(u64, Key)> = (first..).take(n).map(|id| (id, cipher::fresh())).collect();
        let wrapped: Vec<Wrapped> =
            fresh.par_iter().map(|(id, secret)| wrap(case, *id, secret)).collect();
        self.write(first, &wrapped)?;
        self.table.write().expect("no panic holds it").extend_from_slice(&wrapped);
        Ok(fresh)
    }

    /// Makes a table out of secrets that another ledger had under these numbers.
    pub fn adopt(&self, case: &Key, secrets: &[Option<Key>]) -> Result<(), Error> {
        let numbered = secrets.iter().zip(0_u64..);
        let wrapped: Vec<Wrapped> = numbered
            .map(|(secret, id)| {
                secret.as_ref().map_or([0; RECORD], |secret| wrap(case, id, secret))
            })
            .collect();
        self.write(0, &wrapped)?;
        *self.table.write().expect("no panic holds it") = wrapped;
        Ok(())
    }

    /// Overwrites these with zeros.
    pub fn destroy(&self, ids: &[u64]) -> Result<(), Error> {
        self.refresh()?;
        let mut table = self.table.write().expect("no panic holds it");
        let failed = |why| Error::disk("write", &self.path, why);
        let mut file = OpenOptions::new().write(true).open(&self.path).map_err(failed)?;
        for &id in ids {
            let at = usize::try_from(id).unwrap_or(usize::MAX);
            if let Some(record) = table.get_mut(at).filter(|record| **record != [0; RECORD]) {
                file.seek(SeekFrom::Start(offset(id))).map_err(failed)?;
                file.write_all(&[0; RECORD]).map_err(failed)?;
                *record = [0; RECORD];
            }
        }
        file.sync_all().map_err(failed)
    }

    fn write(&self, first: u64, wrapped: &[Wrapped]) -> Result<(), Error> {
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().write(true).open(&self.path)?;
            // Half a record is left by a write that was cut short: nothing is sealed under it.
            file.set_len(offset(first))?;
            file.seek(SeekFrom::Start(offset(first)))?;
            file.write_all(wrapped.as_flattened())?;
            file.sync_all()
        };
        write().map_err(|why| Error::disk("write", &self.path, why))
    }

    /// Reads what was added since.
    fn refresh(&self) -> Result<(), Error> {
        let mut table = self.table.write().expect("no panic holds it");
        let failed = |why| Error::disk("read", &self.path, why);
        let mut file = File::open(&self.path).map_err(failed)?;
        let mut head = [0; HEAD.len()];
        let read = file.read_exact(&mut head);
        if read.is_err() || head != *HEAD {
            let what = "it is no key table".to_owned();
            return Err(Error::Damaged { path: self.path.clone(), what });
        }
        file.seek(SeekFrom::Start(offset(table.len() as u64))).map_err(failed)?;
        let mut more = Vec::new();
        file.read_to_end(&mut more).map_err(failed)?;
        table.extend_from_slice(more.as_chunks::<RECORD>().0);
        Ok(())
    }
}

/// Where a record begins in the file.
fn offset(id: u64) -> u64 {
    HEAD.len() as u64 + id.saturating_mul(RECORD as u64)
}

fn context(id: u64) -> [u8; 24] {
    let mut context = *b"habeas wrapped 2--------";
    context[16..].copy_from_slice(&id.to_be_bytes());
    context
}

fn wrap(case: &Key, id: u64, secret: &Key) -> Wrapped {
    let boxed = cipher::lock(case, &context(id), secret.as_slice());
    boxed.try_into().expect("a wrapped secret has one length")
}

/// The secret in a record; none where the key, the number or a byte is another.
#[must_use]
pub fn unwrap(case: &Key, id: u64, wrapped: &Wrapped) -> Option<Key> {
    let plain = zeroize::Zeroizing::new(cipher::unlock(case, &context(id), wrapped)?);
    let mut secret = Key::default();
    secret.copy_from_slice(plain.get(..32)?);
    Some(secret)
}
