//! Something was given to the public: of which moment, what, and who answered for the people in it.

use super::Digest;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// What whoever publishes answers to a question of the harm checklist. There is no word for
    /// "no": then nothing is published.
    Assurance {
        /// It is so.
        Yes = "yes",
        /// There is nobody of whom it could be asked.
        Nobody = "nobody",
    }
}

/// The harm checklist, answered before anything is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Everybody who is named agreed to it, or somebody did who may for them.
    pub consent: Assurance,
    /// Nobody who is named is under age.
    pub minors: Assurance,
    /// Nobody who told us can be known by what is told.
    pub sources: Assurance,
    /// The families of those who are named were told before.
    pub families: Assurance,
}

/// A file that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFile {
    /// Its path in the publication.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// How many they are.
    pub bytes: u64,
}

/// A publication was made. By whom and when, the entry itself says; no name stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The position of the ledger that it was made of.
    pub covers: u64,
    /// The day that it tells of.
    pub day: Date,
    /// The counting rule.
    pub rule: String,
    /// The smallest number of people without a name that was told.
    pub least: u32,
    /// How many were named.
    pub named: u32,
    /// The checklist.
    pub answers: Answers,
    /// A remark of whoever published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The identifier of the feed of changes, the same for every publication of the case.
    pub feed: String,
    /// Its files.
    pub files: Vec<PublishedFile>,
}
