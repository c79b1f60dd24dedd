//! What must not be read any more: erased for ever, or kept and shown to nobody.

use super::Digest;
use crate::{people::MentionId, said::ClaimId};
use serde::{Deserialize, Serialize};

words! {
    /// What was asked to be forgotten.
    Forgotten {
        /// Somebody in the register.
        Person = "person",
        /// A body, an outlet or somebody who speaks.
        Source = "source",
        /// A document and all that was read from it.
        Document = "document",
    }
}

words! {
    /// Why it must be forgotten: a code, never a story.
    Reason {
        /// Who had agreed does not any more.
        ConsentWithdrawn = "consent_withdrawn",
        /// The person asks for it.
        Request = "request",
        /// A court says so.
        CourtOrder = "court_order",
        /// A law says so.
        Law = "law",
        /// Keeping it puts somebody in danger.
        Risk = "risk",
        /// It should never have been received.
        Mistake = "mistake",
        /// The time for which it was to be kept is over.
        Retention = "retention",
    }
}

/// A tombstone: these entries cannot be read any more, and why. It is kept in the open, so that the
/// ledger verifies without a key; it says neither who nor what (invariant 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// What was asked.
    pub what: Forgotten,
    /// Why.
    pub reason: Reason,
    /// The legal basis, in words without a name.
    pub basis: String,
    /// Positions of the entries whose secrets are destroyed: first and last of each run.
    pub entries: Vec<(u64, u64)>,
    /// Evidence that is destroyed or masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blobs: Vec<ErasedBlob>,
    /// Entries among them that came from another ledger, by opaque names of their chain hashes, so
    /// that a later merge does not bring them back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Digest>,
}

/// Evidence that is not what was received any more. The names are opaque: a digest that could be
/// guessed is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedBlob {
    /// Under what the bytes as received lay.
    pub name: Digest,
    /// Under what the masked bytes lie; none where nothing is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked: Option<Digest>,
}

impl Erased {
    /// Whether the entry at this position is erased.
    #[must_use]
    pub fn covers(&self, position: u64) -> bool {
        self.entries.iter().any(|&(first, last)| (first..=last).contains(&position))
    }
}

words! {
    /// What somebody asks about what is both evidence and demanded to be erased.
    Wish {
        /// Keep it and show it to nobody.
        Restrict = "restrict",
        /// Show it again.
        Lift = "lift",
    }
}

/// One person's voice for a restriction, or for lifting it. It takes two different authors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restricted {
    /// Restrict or lift.
    pub wish: Wish,
    /// What it is about.
    pub what: Forgotten,
    /// Its identifier, or the source's name.
    pub about: String,
    /// Why.
    pub reason: Reason,
    /// The legal basis.
    pub basis: String,
    /// The claims that are not to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimId>,
    /// The mentions that are not to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<MentionId>,
    /// The documents that are not to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Digest>,
}
