//! Erasure: the secrets of what must be forgotten are destroyed, and a tombstone says so.
//!
//! The tombstone is appended first; then each secret is overwritten in its place and each blob
//! taken away. Whoever takes the pen next does what a cut-off erasure left undone, from the
//! tombstones alone: so there is a moment before and a moment after, and none between.
//!
//! # Invariants
//! 1. A secret without a tombstone is never destroyed: `verify` tells an erasure from a loss.
//! 2. What the chain hashed stays, unreadable: the proofs of before the erasure hold after it.
//! 3. An erased entry is erased at every known-by: the past does not bring it back.

use crate::{
    Error, Ledger, Receipt, Row, Said, Writer,
    seal::{Left, SealedShelf},
};
use habeas_model::{
    Digest, Entry,
    memory::{self, ErasedBlob, Forgotten, Reason},
};
use std::sync::Arc;

/// What is to be erased, as the desk found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// What was asked.
    pub what: Forgotten,
    /// Why.
    pub reason: Reason,
    /// The legal basis.
    pub basis: String,
    /// Positions of the entries.
    pub entries: Vec<u64>,
    /// Evidence, with the masked bytes that take its place, none where nothing is to be left.
    pub blobs: Vec<(Digest, Option<Vec<u8>>)>,
    /// Chain hashes of entries among them that came from another ledger.
    pub carried: Vec<Digest>,
    /// What is said again without the words, in the place of entries that are erased.
    pub again: Vec<Said>,
}

/// All tombstones of a ledger.
#[derive(Clone, Debug, Default)]
pub struct Tombstones(pub Vec<memory::Erased>);

impl Tombstones {
    /// Those of this ledger; they can be read without a key.
    pub fn of(ledger: &Ledger) -> Result<Tombstones, Error> {
        let mut all = Vec::new();
        for position in ledger.positions("erased", None)? {
            if let Some(row) = ledger.row(position)? {
                match Entry::read(&row.kind, &row.body) {
                    Ok(Entry::Erased(erased)) => all.push(erased),
                    Ok(_) => {}
                    Err(why) => return Err(Error::Entry { position, why }),
                }
            }
        }
        if let Some(keys) = &ledger.keys {
            keys.learn(all.len())?;
        }
        Ok(Tombstones(all))
    }

    /// Whether the entry at this position is erased.
    #[must_use]
    pub fn cover(&self, position: u64) -> bool {
        self.0.iter().any(|erased| erased.covers(position))
    }

    /// What became of the evidence under an opaque name.
    #[must_use]
    pub fn blob(&self, name: &Digest) -> Option<&ErasedBlob> {
        self.0.iter().rev().flat_map(|erased| &erased.blobs).find(|blob| blob.name == *name)
    }

    /// Whether an entry of another ledger was erased here.
    #[must_use]
    pub fn carried(&self, opaque: &Digest) -> bool {
        self.0.iter().any(|erased| erased.carried.contains(opaque))
    }
}

/// An erasure that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Erased {
    /// Where the tombstone is: the last entry of the batch.
    pub receipt: Receipt,
    /// What is left of the secrets outside of the ledger's folder.
    pub left: Left,
}

impl Writer {
    /// Erases. When this returns nothing of it can be read any more from the ledger's folder.
    pub fn erase(
        &mut self,
        ledger: &Ledger,
        author: &str,
        at_micros: i64,
        erasure: &Erasure,
    ) -> Result<Erased, Error> {
        let keys = ledger.keys()?.ok_or_else(|| Error::NotSealed(ledger.folder().to_owned()))?;
        let before = Tombstones::of(ledger)?;
        let mut blobs = Vec::new();
        for (digest, masked) in &erasure.blobs {
            let named = |bytes: &Vec<u8>| -> Result<Digest, Error> {
                let digest = self.put_blob(bytes)?;
                Ok(keys.opaque(&digest))
            };
            let masked = masked.as_ref().map(named).transpose()?;
            let name = keys.opaque(digest);
            // What was masked before is masked once more: the older mask goes, too.
            let older = before.blob(&name).and_then(|blob| blob.masked);
            if let Some(older) = older.filter(|_| older != masked) {
                blobs.push(ErasedBlob { name: older, masked: None });
            }
            blobs.push(ErasedBlob { name, masked });
        }
        let erased = memory::Erased {
            what: erasure.what,
            reason: erasure.reason,
            basis: erasure.basis.clone(),
            entries: runs(&erasure.entries),
            blobs,
            carried: erasure.carried.iter().map(|chain| keys.opaque(chain)).collect(),
        };
        let tombstone = Entry::Erased(erased);
        let (author, kind) = (author.to_owned(), tombstone.kind().to_owned());
        let mut batch = erasure.again.clone();
        batch.push(Said { author, kind, body: tombstone.body() });
        let receipt = self.append_said(at_micros, batch)?;
        Ok(Erased { receipt, left: finish(ledger)? })
    }
}

/// Does what the tombstones say and is not done yet. With the pen in hand.
pub(crate) fn finish(ledger: &Ledger) -> Result<Left, Error> {
    let Some(keys) = ledger.keys()? else { return Ok(Left::Nothing) };
    let tombstones = Tombstones::of(ledger)?;
    let shelf = SealedShelf::over(ledger.raw.clone(), Arc::clone(keys));
    for erased in &tombstones.0 {
        for &(first, last) in &erased.entries {
            let mut sealed = Vec::new();
            ledger.rows(first, Some(last), |row: Row| {
                if keys.is_kept(&row.body)? {
                    sealed.push(row.body);
                }
                Ok(())
            })?;
            if !sealed.is_empty() {
                keys.destroy(sealed.iter().map(Vec::as_slice))?;
            }
        }
        for blob in &erased.blobs {
            shelf.destroy(&blob.name)?;
        }
    }
    keys.wash()
}

/// The masked bytes of a document of which something was erased.
pub(crate) fn masked(ledger: &Ledger, digest: &Digest) -> Result<Vec<u8>, Error> {
    let wrong = |what| Error::Blob { digest: digest.to_string(), what };
    let keys = ledger.keys()?.ok_or_else(|| wrong("missing"))?;
    let tombstones = Tombstones::of(ledger)?;
    let blob = tombstones.blob(&keys.opaque(digest)).ok_or_else(|| wrong("missing"))?;
    let name = blob.masked.ok_or_else(|| wrong("erased"))?;
    let shelf = SealedShelf::over(ledger.raw.clone(), Arc::clone(keys));
    let (own, bytes) = shelf.named(&name)?.ok_or_else(|| wrong("missing"))?;
    // The tombstone is in the chain: it says which bytes took the place.
    let same = keys.opaque(&own) == name && Digest::of(&bytes) == own;
    if same { Ok(bytes) } else { Err(wrong("changed")) }
}

impl Ledger {
    /// Whether evidence was erased, wholly or in part: it is not received and not read again.
    pub fn is_erased(&self, digest: &Digest) -> Result<bool, Error> {
        Ok(match self.keys()? {
            Some(keys) => Tombstones::of(self)?.blob(&keys.opaque(digest)).is_some(),
            None => false,
        })
    }
}

/// First and last of each run of positions.
fn runs(positions: &[u64]) -> Vec<(u64, u64)> {
    let mut sorted = positions.to_vec();
    sorted.sort_unstable();
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for position in sorted {
        match runs.last_mut() {
            Some((_, last)) if position <= *last + 1 => *last = position,
            _ => runs.push((position, position)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_become_runs() {
        assert_eq!(runs(&[7, 3, 4, 4, 9, 5]), [(3, 5), (7, 7), (9, 9)]);
        assert_eq!(runs(&[]), []);
    }
}
