//! The word of an outside authority that something existed at a moment.

use super::Digest;
use serde::{Deserialize, Serialize};

/// What a time stamp is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamped {
    /// The entry at this position: the stamp is on its leaf, which covers the digest of a document.
    Entry(u64),
    /// The checkpoint of a tree of this size: the stamp is on the SHA-256 of its text.
    Checkpoint(u64),
}

/// A time stamp (RFC 3161) as the authority gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// What it is on.
    pub on: Stamped,
    /// The SHA-256 that the authority was shown.
    pub imprint: Digest,
    /// The authority's name in case.toml.
    pub authority: String,
    /// Its token, DER in base64.
    pub token: String,
}
