//! The key table: one wrapped secret for each sealed entry and blob, in the order they were made.
//!
//! A record of 72 bytes is nonce, secret and tag under the case key, bound to the record's number;
//! it lies in the [`Safe`]. A destroyed secret is a record of zeros. Records are never moved and
//! their numbers never given again.

use super::{
    cipher::{self, Key},
    safe::{Left, Safe},
};
use crate::Error;
use rayon::prelude::*;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, RwLock},
};

/// Length of a record.
pub const RECORD: usize = 32 + cipher::OVERHEAD;

/// A wrapped secret.
pub type Wrapped = [u8; RECORD];

/// So many secrets are made ahead at most: those that are never used are wasted.
const AHEAD: usize = 1 << 12;

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
    safe: Arc<dyn Safe>,
    /// The records as read so far: others may have added more since.
    table: RwLock<Vec<Wrapped>>,
    /// Secrets that were made ahead, and how many were ever asked for.
    ahead: Mutex<(Vec<(u64, Key)>, usize)>,
}

/// Where it lies in a folder.
#[must_use]
pub fn path(folder: &Path) -> PathBuf {
    folder.join("secrets")
}

impl Secrets {
    /// Opens that in `safe`.
    pub fn open(safe: Arc<dyn Safe>) -> Result<Secrets, Error> {
        let secrets = Secrets { safe, table: RwLock::default(), ahead: Mutex::default() };
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

    /// Makes `n` fresh secrets; they are on disk when this returns. With the pen in hand.
    pub fn add(&self, case: &Key, n: usize) -> Result<Vec<(u64, Key)>, Error> {
        if n == 0 || !self.safe.is_far() {
            return self.make(case, n);
        }
        let mut ahead = self.ahead.lock().expect("no panic holds it");
        if ahead.0.len() < n {
            let more = ahead.1.min(AHEAD).max(n - ahead.0.len());
            let fresh = self.make(case, more)?;
            ahead.0.extend(fresh);
        }
        ahead.1 += n;
        Ok(ahead.0.drain(..n).collect())
    }

    fn make(&self, case: &Key, n: usize) -> Result<Vec<(u64, Key)>, Error> {
        let (mut fresh, mut wrapped) = (Vec::new(), Vec::new());
        let first = self.safe.add(&mut |first| {
            fresh = (first..).take(n).map(|id| (id, cipher::fresh())).collect();
            wrapped = fresh.par_iter().map(|(id, secret)| wrap(case, *id, secret)).collect();
            wrapped.clone()
        })?;
        let mut table = self.table.write().expect("no panic holds it");
        if table.len() as u64 == first {
            table.append(&mut wrapped); // Else others added before: it is read when asked for.
        }
        Ok(fresh)
    }

    /// Makes a table out of secrets that another ledger had under these numbers.
    pub fn adopt(&self, case: &Key, secrets: &[Option<Key>]) -> Result<(), Error> {
        self.safe.add(&mut |first| {
            let numbered = secrets.iter().zip(first..);
            let wrapped = numbered.map(|(secret, id)| {
                secret.as_ref().map_or([0; RECORD], |secret| wrap(case, id, secret))
            });
            wrapped.collect()
        })?;
        Ok(())
    }

    /// Overwrites these with zeros.
    pub fn destroy(&self, ids: &[u64]) -> Result<(), Error> {
        self.refresh()?;
        let mut table = self.table.write().expect("no panic holds it");
        let at = |id: u64| usize::try_from(id).unwrap_or(usize::MAX);
        let known: Vec<u64> = ids.iter().copied().filter(|id| at(*id) < table.len()).collect();
        self.safe.destroy(&known)?;
        known.iter().for_each(|id| table[at(*id)] = [0; RECORD]);
        Ok(())
    }

    /// See [`Safe::wash`].
    pub fn wash(&self) -> Result<Left, Error> {
        self.safe.wash()
    }

    /// Reads all of it again: somebody else may have destroyed some.
    pub fn reread(&self) -> Result<(), Error> {
        let all = self.safe.records(0)?;
        *self.table.write().expect("no panic holds it") = all;
        Ok(())
    }

    /// Reads what was added since.
    fn refresh(&self) -> Result<(), Error> {
        let mut table = self.table.write().expect("no panic holds it");
        let more = self.safe.records(table.len() as u64)?;
        table.extend(more);
        Ok(())
    }
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
