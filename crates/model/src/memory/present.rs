//! The present: what the entries up to a known-by point come to, before persons are made of
//! mentions.

use super::{LinkDecision, Read, Received, Review};
use crate::{
    people::Mention,
    said::{Claim, Rejected},
};
use serde::Serialize;

/// Something with the position of the entry that brought it and of the last decision on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing<T> {
    /// The thing, as read or as edited.
    pub it: T,
    /// Position of the entry that brought it.
    pub position: u64,
    /// When it became known: that entry's recorded-at, microseconds since 1970 UTC.
    pub known: i64,
    /// What a reviewer made of it.
    pub review: Review,
    /// Position of the deciding entry, if any.
    pub decided: Option<u64>,
}

/// A decision with the entry that took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken<T> {
    /// The decision.
    pub it: T,
    /// Position of the entry.
    pub position: u64,
    /// When, microseconds since 1970 UTC.
    pub known: i64,
    /// By whom.
    pub author: String,
}

/// What is known up to a position: nothing later than it is in here (invariant 8). What was undone
/// is absent; what
/// was refused or withdrawn is present with that review. Everything is in the order of its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Present {
    /// Number of entries folded: the known-by position.
    pub position: u64,
    /// Recorded-at of the last of them, microseconds since 1970 UTC.
    pub known: i64,
    /// Title of the case.
    pub title: String,
    /// Documents received.
    pub documents: Vec<Taken<Received>>,
    /// Documents whose reception was undone: nothing that was read in them counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<Taken<Received>>,
    /// The last reading of each document, by the order of the documents' first reading.
    pub readings: Vec<Taken<Read>>,
    /// Claims of the last reading of each document, and those that a decision stands on.
    pub claims: Vec<Standing<Claim>>,
    /// What second readers proposed in the last reading of each document, and checks refused.
    pub rejected: Vec<Rejected>,
    /// Mentions likewise.
    pub mentions: Vec<Standing<Mention>>,
    /// Link decisions that stand; a later one on the same pair replaces an earlier one.
    pub links: Vec<Taken<LinkDecision>>,
    /// Settings and rules, the last text under each name.
    pub kept: Vec<(String, String)>,
}
