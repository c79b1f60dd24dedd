//! The register: mentions made into persons by decisions, each of which can be undone (invariant
//! 7).

use super::{Disclosure, Mention, MentionId, Name};
use crate::{
    Error, Review,
    said::{Category, Gender, Nationality, When},
};
use serde::{Deserialize, Serialize};

/// Identifier of a person: that of the smallest mention, so that it follows from the material and
/// the decisions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonId(u64);
identifier!(PersonId);

impl From<MentionId> for PersonId {
    fn from(mention: MentionId) -> PersonId {
        PersonId::from_bits(mention.bits())
    }
}

words! {
    /// What a reviewer should know about a person before trusting the merge.
    Warning {
        /// Shares both surnames and the arrest with another person: brothers, perhaps.
        Siblings = "siblings",
        /// Its mentions give different identity numbers.
        NumbersDiffer = "numbers_differ",
        /// Its identity number is also another person's.
        NumberShared = "number_shared",
        /// Its mentions give different birth dates.
        BirthDiffers = "birth_differs",
        /// Two rows of one list.
        TwoRowsOfOneList = "two_rows_of_one_list",
        /// Strong alone, and the other mentions that it would join speak against it.
        WeakLink = "weak_link",
    }
}

/// One mention as the register keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The mention, as read or as edited by a reviewer.
    pub mention: Mention,
    /// What a reviewer made of it.
    pub review: Review,
}

words! {
    /// What came of a decision on two mentions.
    Effect {
        /// It holds: "same" made one person of them, "not the same" keeps two, "unsure" leaves two.
        Followed = "followed",
        /// A "same" that would join, perhaps through others, what somebody said is not the same.
        Contradicted = "contradicted",
        /// Not a "same", and yet they are one person: others made them one.
        Overtaken = "overtaken",
        /// Only one of them stands: the other was refused or withdrawn, or is read no more.
        Unmet = "unmet",
    }
}

/// A decision as a person carries it. Who decided, when and why stands in its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Position of its entry.
    pub position: u64,
    /// The person of its other mention; this one, where there is none other.
    pub other: PersonId,
    /// What came of it.
    pub effect: Effect,
}

/// A person: some mentions that decisions have joined. Attributes are the agreed ones; where
/// mentions differ the
/// most frequent is taken, ties by the smaller value, and the difference is a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identifier.
    pub id: PersonId,
    /// The fullest name among the mentions.
    pub name: Name,
    /// The mentions, by identifier.
    pub mentions: Vec<Held>,
    /// Birth date.
    pub born: Option<When>,
    /// Sex.
    pub gender: Option<Gender>,
    /// Nationalities, all that any mention gives.
    pub nat: Vec<Nationality>,
    /// Words of the sources for them.
    pub cats: Vec<Category>,
    /// The strictest of its mentions.
    pub disclosure: Disclosure,
    /// What to know before trusting it.
    pub warnings: Vec<Warning>,
    /// Each decision on one of its mentions, by position: those that made it what it is, and those
    /// that could not be followed (invariant 7).
    pub decisions: Box<[Carried]>,
}

impl Person {
    /// The mention of this identifier, if it is one of theirs.
    #[must_use]
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.mentions.iter().map(|held| &held.mention).find(|mention| mention.id == id)
    }
}

/// Two decisions that cannot both hold: a chain of "same" that would join what somebody said is not
/// the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Position of the "same" decision that was not followed.
    pub same: u64,
    /// Position of the "not the same" decision that stands.
    pub not_same: u64,
}

/// Everybody, by identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The persons, by identifier.
    pub persons: Vec<Person>,
    /// Decisions that contradict each other, by the "same".
    pub conflicts: Vec<Conflict>,
}
