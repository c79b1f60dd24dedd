//! The published log of a ledger: which leaf of the tree stands for which entry, and what was
//! signed.
//!
//! Each checkpoint covers the entries since the one before as one *segment* of the tree: their
//! leaves, then padding up to a whole bin. A leaf is the RFC 6962 hash of a record of 64 bytes,
//! `salt || leaf of the entry`, where `salt = HMAC-SHA-256(seed of the segment, index)`. Without
//! the salt, which only the ledger has, a leaf tells nothing: an entry of few possible words cannot
//! be found by trying. A padding leaf is the same over 32 zero bytes, and looks the same.

use super::{Hash, LogKey, Note, Tree, VerifierKey};
use crate::{Error, Ledger, Writer};
use habeas_model::{Checkpoint, Digest, Entry};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use tlog_tiles::tlog::record_hash;

/// The smallest bin: a segment of up to 4,096 entries looks like one of a single entry. Larger ones
/// fill a power of two, so that the size tells the volume to a factor of two and no closer.
const BIN: u64 = 4096;

/// The entries that one checkpoint covered first.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Position of the first entry.
    pub first: u64,
    /// Position of the last.
    pub last: u64,
    /// Index of the first leaf.
    pub start: u64,
    /// Size of the tree with this segment.
    pub size: u64,
    /// Position of the entry that holds the checkpoint, in its newest form.
    pub position: u64,
    /// The checkpoint as kept.
    pub checkpoint: Checkpoint,
}

impl Segment {
    /// The 32 bytes that blind the leaf at `index`.
    #[must_use]
    pub fn salt(&self, index: u64) -> [u8; 32] {
        hmac(&self.checkpoint.seed, &index.to_be_bytes())
    }

    fn leaves(&self, entries: &[Digest]) -> Vec<Hash> {
        let padding = (self.size - self.start) as usize - entries.len();
        let all =
            entries.par_iter().copied().chain(rayon::iter::repeat_n(Digest([0; 32]), padding));
        let blind = |(n, leaf)| blinded(&self.salt(self.start + n as u64), &leaf);
        all.enumerate().map(blind).collect()
    }
}

/// The leaf that stands for an entry in the tree.
pub(super) fn blinded(salt: &[u8; 32], leaf: &Digest) -> Hash {
    record_hash(&[salt.as_slice(), &leaf.0].concat())
}

/// HMAC-SHA-256 (RFC 2104) under a key of 32 bytes.
fn hmac(key: &[u8; 32], said: &[u8]) -> [u8; 32] {
    let pad = |byte: u8| {
        let mut block = [byte; 64];
        block.iter_mut().zip(key).for_each(|(to, key)| *to ^= key);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(said).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

/// All checkpoints of a ledger and the tree that they sign.
#[derive(Clone, Debug, Default)]
pub struct Log {
    segments: Vec<Segment>,
    tree: Tree,
}

impl Log {
    /// The log of a ledger, as its checkpoints have it. That the tree has the roots that were
    /// signed is not asked here: see [`Log::faults`].
    pub fn of(ledger: &Ledger) -> Result<Log, Error> {
        let mut log = Log::default();
        for (position, checkpoint) in kept(ledger)? {
            log.take(ledger, position, checkpoint)?;
        }
        Ok(log)
    }

    /// The checkpoints of a ledger in their newest form, oldest first, without their tree.
    pub fn headings(ledger: &Ledger) -> Result<Vec<Note>, Error> {
        let mut notes: Vec<Note> = Vec::new();
        for kept in kept(ledger)? {
            let note: Note = kept.1.note.parse()?;
            notes.pop_if(|last| last.size() == note.size());
            notes.push(note);
        }
        Ok(notes)
    }

    /// The segments, oldest first.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The newest checkpoint.
    pub fn last(&self) -> Option<Result<Note, Error>> {
        self.segments.last().map(|segment| segment.checkpoint.note.parse())
    }

    /// The segment and index of the entry at `position`; none where no checkpoint covers it yet.
    #[must_use]
    pub fn place(&self, position: u64) -> Option<(&Segment, u64)> {
        let at = self.segments.partition_point(|segment| segment.last < position);
        let segment = self.segments.get(at).filter(|segment| segment.first <= position)?;
        Some((segment, segment.start + (position - segment.first)))
    }

    /// What is wrong with the signed checkpoints: position of the entry, and what.
    #[must_use]
    pub fn faults(&self) -> Vec<(u64, &'static str)> {
        let fault = |segment: &Segment| match segment.checkpoint.note.parse::<Note>() {
            Err(_) => Some("it is no checkpoint"),
            Ok(note) if self.tree.root(note.size()) != Some(note.root()) => {
                Some("the entries before it are not those that were signed")
            }
            Ok(note) => match segment.checkpoint.key.parse::<VerifierKey>() {
                Ok(key) if note.is_of(&key) => None,
                _ => Some("its signature is not good"),
            },
        };
        self.segments.iter().filter_map(|one| Some((one.position, fault(one)?))).collect()
    }

    /// Signs a checkpoint over all entries and appends it. Where nothing but checkpoints and stamps
    /// came after the last one, that one is still good and is answered.
    pub fn sign(
        ledger: &Ledger,
        writer: &mut Writer,
        author: &str,
        at_micros: i64,
    ) -> Result<Note, Error> {
        let mut log = Log::of(ledger)?;
        let head = ledger.head()?.position;
        if let Some(last) = log.segments.last()
            && !news(ledger, last.last + 1)?
        {
            return last.checkpoint.note.parse();
        }
        let key = LogKey::of(ledger)?;
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| Error::NoRandomness)?;
        let covered = log.segments.last().map_or(0, |last| last.last);
        let size = log.tree.size() + bin(head - covered);
        let unsigned =
            Checkpoint { note: String::new(), key: key.public().to_owned(), covers: head, seed };
        log.extend(ledger, 0, unsigned.clone(), size)?;
        let root = log.tree.root(size).ok_or(Error::Note)?;
        let note = Note::sign(&key, size, root)?;
        let signed = Checkpoint { note: note.to_string(), ..unsigned };
        let _ = writer.append(author, at_micros, &[Entry::Checkpoint(signed)])?; // Invariant 3.
        Ok(note)
    }

    /// Keeps what witnesses signed on the newest checkpoint. Only signatures of known witnesses
    /// that are good are kept; without one, nothing is.
    pub fn cosign(
        &self,
        writer: &mut Writer,
        author: &str,
        at_micros: i64,
        lines: &str,
        witnesses: &[VerifierKey],
    ) -> Result<Note, Error> {
        let last = self.segments.last().ok_or(Error::NoCheckpoint)?;
        let note: Note = last.checkpoint.note.parse()?;
        let before = note.signed(witnesses)?;
        let note = note.with(lines)?;
        let after = note.signed(witnesses)?;
        if after == before {
            return Err(Error::NoWitness);
        }
        let kept = Checkpoint { note: note.to_string(), ..last.checkpoint.clone() };
        let _ = writer.append(author, at_micros, &[Entry::Checkpoint(kept)])?;
        Ok(note)
    }

    /// Takes a checkpoint as kept: a new segment, or more signatures on the last one.
    fn take(&mut self, ledger: &Ledger, position: u64, kept: Checkpoint) -> Result<(), Error> {
        let size = kept.note.parse::<Note>()?.size();
        match self.segments.last_mut() {
            Some(last) if last.checkpoint.covers == kept.covers && last.size == size => {
                (last.position, last.checkpoint) = (position, kept);
                Ok(())
            }
            _ => self.extend(ledger, position, kept, size),
        }
    }

    fn extend(
        &mut self,
        ledger: &Ledger,
        position: u64,
        checkpoint: Checkpoint,
        size: u64,
    ) -> Result<(), Error> {
        let first = self.segments.last().map_or(0, |last| last.last) + 1;
        let last = checkpoint.covers;
        let start = self.tree.size();
        let room = size.checked_sub(start).filter(|room| *room >= last.saturating_sub(first - 1));
        if last < first || room.is_none_or(|room| room > bin(last - first + 1)) {
            return Err(Error::Note);
        }
        let mut entries = Vec::with_capacity((last - first) as usize + 1);
        ledger.store.leaves(first, last, &mut |leaf| entries.push(leaf))?;
        if entries.len() as u64 != last - first + 1 {
            return Err(Error::Note);
        }
        let segment = Segment { first, last, start, size, position, checkpoint };
        self.tree.grow(segment.leaves(&entries));
        self.segments.push(segment);
        Ok(())
    }
}

/// The checkpoints as they are kept, each with the position of its entry.
fn kept(ledger: &Ledger) -> Result<Vec<(u64, Checkpoint)>, Error> {
    let mut all = Vec::new();
    ledger.rows_of(&["checkpoint"], |row, entry| {
        if let Entry::Checkpoint(checkpoint) = entry {
            all.push((row.position, checkpoint));
        }
    })?;
    Ok(all)
}

/// How many leaves a segment of so many entries takes.
fn bin(entries: u64) -> u64 {
    entries.next_power_of_two().max(BIN)
}

/// Whether anything but checkpoints and stamps was appended from `first` on.
fn news(ledger: &Ledger, first: u64) -> Result<bool, Error> {
    let mut news = false;
    ledger.rows(first, None, |row| {
        news |= !matches!(row.kind.as_str(), "checkpoint" | "stamped");
        Ok(())
    })?;
    Ok(news)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 1 (a key of 20 bytes is one of 32 with zeros behind).
    #[test]
    fn hmac_is_that_of_the_standard() {
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(hex::encode(hmac(&key, b"Hi There")), expected);
    }

    #[test]
    fn a_bin_tells_little() {
        assert_eq!([0, 1, 4095, 4096, 4097, 9000].map(bin), [4096, 4096, 4096, 4096, 8192, 16384]);
    }
}
