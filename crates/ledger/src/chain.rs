//! The hash chain: each entry bears the hash of everything before it, so that no earlier entry can
//! be changed unseen.
//!
//! `leaf = SHA-256(0x00 || position || recorded-at || len(author) || author || len(kind) || kind ||
//! len(body) || body)`
//! and `chain = SHA-256(0x01 || chain of the entry before || leaf)`, with all numbers as 64-bit
//! big-endian and the
//! chain before entry 1 being 32 zero bytes. The leaf is what a Merkle tree (RFC 6962, section 2.1,
//! the same `0x00`
//! prefix) will be built over; the `0x01` keeps a chain hash from ever being taken for a leaf.

use habeas_model::Digest;
use sha2::{Digest as _, Sha256};

/// The chain before the first entry.
pub const BEGINNING: Digest = Digest([0; 32]);

/// The hash of one entry by itself.
#[must_use]
pub fn leaf(position: u64, recorded_at: i64, author: &str, kind: &str, body: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(position.to_be_bytes());
    hash.update(recorded_at.to_be_bytes());
    for field in [author.as_bytes(), kind.as_bytes(), body] {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    Digest(hash.finalize().into())
}

/// The hash of an entry and of everything before it.
#[must_use]
pub fn link(before: &Digest, leaf: &Digest) -> Digest {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(before.0);
    hash.update(leaf.0);
    Digest(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_bears_on_the_leaf() {
        let plain = leaf(1, 2, "a", "b", b"c");
        for other in [
            leaf(2, 2, "a", "b", b"c"),
            leaf(1, 3, "a", "b", b"c"),
            leaf(1, 2, "ab", "", b"c"), // The same letters under other fields.
            leaf(1, 2, "a", "bc", b""),
            leaf(1, 2, "a", "b", b"C"),
        ] {
            assert_ne!(plain, other);
        }
        assert_ne!(link(&BEGINNING, &plain), link(&plain, &BEGINNING));
    }
}
