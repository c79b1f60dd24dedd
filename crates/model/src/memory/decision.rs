//! What a person, or a rule that a person wrote down, decided: never an overwrite, always an entry.

use crate::{
    people::{Mention, MentionId},
    said::{Claim, ClaimId},
};
use serde::{Deserialize, Serialize};

words! {
    /// What a reviewer made of a proposal.
    Review {
        /// Nobody has looked.
        Unreviewed = "unreviewed",
        /// Accepted as read.
        Accepted = "accepted",
        /// Accepted with changes.
        Edited = "edited",
        /// Refused: it does not say so.
        Refused = "refused",
        /// Withdrawn later by its source.
        Withdrawn = "withdrawn",
    }
}

impl Review {
    /// Whether it still counts for anything.
    #[must_use]
    pub fn stands(self) -> bool {
        !matches!(self, Review::Refused | Review::Withdrawn)
    }
}

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A claim, and the mention that stands in it.
    Claim(ClaimId),
    /// A mention in a list.
    Mention(MentionId),
}

/// A decision on a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What it is about.
    pub subject: Subject,
    /// Accepted, edited, refused or withdrawn.
    pub review: Review,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The claim as edited; it keeps its identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Box<Claim>>,
    /// The mention as edited; it keeps its identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<Box<Mention>>,
}

words! {
    /// Whether two mentions are one person.
    Verdict {
        /// One person.
        Same = "same",
        /// Two persons. It sticks: no later run joins them.
        NotSame = "not_same",
        /// Cannot be told from what we have.
        Unsure = "unsure",
    }
}

/// A decision on two mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDecision {
    /// The smaller identifier.
    pub left: MentionId,
    /// The larger identifier.
    pub right: MentionId,
    /// One person, two, or unsure.
    pub verdict: Verdict,
    /// Why, in a person's words or a rule's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An entry is undone: the present is as if it had not been appended. Undoing an undo restores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// Position of the entry that is undone.
    pub position: u64,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
