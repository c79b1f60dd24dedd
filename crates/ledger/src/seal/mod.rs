//! Sealing: what a ledger says of people is kept so that only the holders of the case can read it,
//! and so that any one entry can be made unreadable for ever.
//!
//! What comes in: bodies of entries and bytes of evidence. What goes out: sealed bytes, each under
//! a *secret* of its own, and the same bytes opened again while that secret exists. What never
//! happens here: a secret is never written unwrapped, and a destroyed one never comes back.
//!
//! Three layers, so that each can be lost without the others:
//! 1. `seal.json`: the **case key**, wrapped once for each holder ([`keyring`]).
//! 2. `secrets`: one secret for each entry and each blob, wrapped by the case key ([`secrets`]).
//!    It lies beside the chain, not in it, so that it can be overwritten in its place. On a server
//!    both are tables ([`safe`]).
//! 3. The sealed bytes themselves ([`cipher`]), which are what leaves and proofs are made over.
//!
//! # Invariants
//! 1. A leaf covers sealed bytes only: with the secret gone it says nothing that could be guessed
//!    (invariant 11 of ARCHITECTURE.md).
//! 2. Sealed bytes commit to their secret: nobody can make one text open as two.
//! 3. A secret opens the bytes it was made for, at its own number and kind, and no others.

pub mod cipher;
pub mod convert;
pub mod keyring;
pub mod safe;
pub mod secrets;
pub mod shelf;

pub use keyring::{Cost, Credential, Keyring, Slot};
pub use safe::{Left, Safe};
pub use shelf::SealedShelf;

use crate::Error;
use cipher::{COMMITMENT, Key};
use habeas_model::Digest;
use rayon::prelude::*;
use secrets::{Record, Secrets};
use sha2::{Digest as _, Sha256};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// The first byte of a sealed body; a plain one begins with the `{` of JSON.
pub const MARK: u8 = 2;
/// Mark, number of the secret, commitment.
const HEADER: usize = 1 + 8 + COMMITMENT;
/// Lengths are rounded up to so many bytes, so that they tell little.
const STEP: usize = 64;

/// What an unlocked case can do. Dropped, the keys are wiped from memory.
pub struct Keys {
    case: Key,
    names: Key,
    secrets: Secrets,
    /// Tombstones that were there when the secrets were read.
    erasures: AtomicUsize,
}

/// A sealed body, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// What it says.
    Said(Vec<u8>),
    /// Its secret was destroyed.
    Destroyed,
}

impl Keys {
    /// The keys of the ledger with this safe, from what a slot gave.
    pub(crate) fn new(safe: Arc<dyn Safe>, case: Key, names: Key) -> Result<Keys, Error> {
        let erasures = AtomicUsize::new(0);
        Ok(Keys { case, names, secrets: Secrets::open(safe)?, erasures })
    }

    /// Learns that so many erasures are told of: another process may have destroyed secrets that
    /// this one read before.
    pub(crate) fn learn(&self, erasures: usize) -> Result<(), Error> {
        if self.erasures.swap(erasures, Ordering::Relaxed) < erasures {
            self.secrets.reread()?;
        }
        Ok(())
    }

    /// Seals bodies, each of its kind, under fresh secrets. The secrets are on disk when this
    /// returns; if the bodies never are, nothing is lost by that. Call it with the pen in hand.
    pub fn seal(&self, bodies: &[(&str, &[u8])]) -> Result<Vec<Vec<u8>>, Error> {
        let fresh = self.secrets.add(&self.case, bodies.len())?;
        let sealed = bodies.par_iter().zip(fresh.par_iter()).map(|((kind, body), (id, secret))| {
            let (key, commitment) = cipher::split(secret);
            let mut header = Vec::with_capacity(HEADER + body.len() + 2 * STEP);
            header.push(MARK);
            header.extend_from_slice(&id.to_be_bytes());
            header.extend_from_slice(&commitment);
            let context = [&header[..], kind.as_bytes()].concat();
            header.extend_from_slice(&cipher::lock(&key, &context, &pad(body)));
            header
        });
        Ok(sealed.collect())
    }

    /// Opens a sealed body of this kind; `place` is for messages.
    pub fn open(&self, place: &str, kind: &str, sealed: &[u8]) -> Result<Opened, Error> {
        let wrong = |what: &str| Error::Secret { place: place.to_owned(), what: what.to_owned() };
        let id = number(sealed).ok_or_else(|| wrong("cannot be told: its head is cut"))?;
        let (header, boxed) = sealed.split_at(HEADER);
        let wrapped = match self.secrets.record(id)? {
            Record::Kept(wrapped) => wrapped,
            Record::Destroyed => return Ok(Opened::Destroyed),
            Record::Missing => return Err(wrong("is missing: the key table ends before it")),
        };
        let secret = secrets::unwrap(&self.case, id, &wrapped);
        let secret = secret.ok_or_else(|| wrong("was changed in the key table"))?;
        let (key, commitment) = cipher::split(&secret);
        if commitment != header[9..] {
            return Err(wrong("is another's")); // Invariants 2 and 3.
        }
        let context = [header, kind.as_bytes()].concat();
        let padded = cipher::unlock(&key, &context, boxed);
        let said = padded.and_then(unpad).ok_or_else(|| wrong("does not open what is kept"))?;
        Ok(Opened::Said(said))
    }

    /// Destroys the secrets of these sealed bytes: overwritten in place and synced. Twice is once.
    pub(crate) fn destroy<'a>(
        &self,
        sealed: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), Error> {
        let ids: Vec<u64> = sealed.into_iter().filter_map(number).collect();
        self.secrets.destroy(&ids)
    }

    /// Rids the medium of what was destroyed, as far as it lets us.
    pub(crate) fn wash(&self) -> Result<Left, Error> {
        self.secrets.wash()
    }

    /// The name under which a digest may be seen without telling it: only who has the case key can
    /// find it again from a guess.
    #[must_use]
    pub fn opaque(&self, digest: &Digest) -> Digest {
        opaque(&self.names, digest)
    }

    /// The key that makes opaque names, for an export that must keep them.
    pub(crate) fn names(&self) -> &Key {
        &self.names
    }

    /// The case key and the key of names, for another slot.
    pub(crate) fn both(&self) -> (&Key, &Key) {
        (&self.case, &self.names)
    }

    /// The secret of sealed bytes, for an export that must give the same bytes again.
    pub(crate) fn secret(&self, sealed: &[u8]) -> Result<Option<Key>, Error> {
        let Some(id) = number(sealed) else { return Ok(None) };
        Ok(match self.secrets.record(id)? {
            Record::Kept(wrapped) => secrets::unwrap(&self.case, id, &wrapped),
            Record::Destroyed | Record::Missing => None,
        })
    }

    /// Puts a secret file of the case into a box; `context` says which file it is.
    pub(crate) fn box_up(&self, context: &[u8], plain: &[u8]) -> Vec<u8> {
        cipher::lock(&self.case, context, plain)
    }

    /// What is in such a box.
    pub(crate) fn unbox(&self, context: &[u8], boxed: &[u8]) -> Option<Vec<u8>> {
        cipher::unlock(&self.case, context, boxed)
    }

    /// Whether anything of the secret of sealed bytes is still there, be it half of it: the
    /// overwriting may have been cut short.
    pub(crate) fn is_kept(&self, sealed: &[u8]) -> Result<bool, Error> {
        let Some(id) = number(sealed) else { return Ok(false) };
        Ok(matches!(self.secrets.record(id)?, Record::Kept(_)))
    }

    /// Puts secrets under the numbers that they had in another ledger, `None` for destroyed ones.
    pub(crate) fn adopt(&self, secrets: &[Option<Key>]) -> Result<(), Error> {
        self.secrets.adopt(&self.case, secrets)
    }
}

/// The opaque name of a digest under a key of names.
pub(crate) fn opaque(names: &Key, digest: &Digest) -> Digest {
    let mut hash = Sha256::new();
    hash.update(b"habeas name 2");
    hash.update(names.as_slice());
    hash.update(digest.0);
    Digest(hash.finalize().into())
}

/// Whether a body is sealed.
#[must_use]
pub fn is_sealed(body: &[u8]) -> bool {
    body.first() == Some(&MARK)
}

/// The number of the secret of sealed bytes.
pub(crate) fn number(sealed: &[u8]) -> Option<u64> {
    let whole = is_sealed(sealed) && sealed.len() > HEADER + cipher::OVERHEAD;
    whole.then(|| u64::from_be_bytes(sealed[1..9].try_into().expect("eight bytes")))
}

/// What sealed bytes say, by their own secret.
pub(crate) fn open_with(secret: &Key, kind: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    number(sealed)?;
    let (header, boxed) = sealed.split_at(HEADER);
    let (key, commitment) = cipher::split(secret);
    if commitment != header[9..] {
        return None;
    }
    let context = [header, kind.as_bytes()].concat();
    cipher::unlock(&key, &context, boxed).and_then(unpad)
}

/// ISO/IEC 7816-4 padding: one byte 0x80, then zeros to a whole step.
fn pad(plain: &[u8]) -> zeroize::Zeroizing<Vec<u8>> {
    let mut padded = zeroize::Zeroizing::new(Vec::with_capacity(plain.len() + STEP));
    padded.extend_from_slice(plain);
    padded.push(0x80);
    let whole = padded.len().next_multiple_of(STEP);
    padded.resize(whole, 0);
    padded
}

fn unpad(mut padded: Vec<u8>) -> Option<Vec<u8>> {
    let end = padded.iter().rposition(|&byte| byte != 0)?;
    (padded[end] == 0x80).then(|| padded.truncate(end))?;
    Some(padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_comes_off_again() {
        for length in 0..200 {
            let plain: Vec<u8> = (0..length).map(|n| if n % 3 == 0 { 0x80 } else { 0 }).collect();
            let padded = pad(&plain).to_vec();
            assert_eq!(padded.len() % STEP, 0);
            assert_eq!(unpad(padded), Some(plain));
        }
        assert_eq!(unpad(vec![0; 64]), None);
        assert_eq!(unpad(vec![1; 64]), None);
    }
}
