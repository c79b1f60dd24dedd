//! Somebody as one source writes them: a row of a list, or words in a text.

use super::{Disclosure, Name, ReleaseMode};
use crate::{
    Error,
    said::{
        Category, ClaimId, Gender, Modality, Nationality, Predicate, Span, SpeakerChain, When,
        claim::leading_bits,
    },
};
use serde::{Deserialize, Serialize};

/// Identifier of a mention: made from where it is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MentionId(u64);
identifier!(MentionId);

/// Something that a source says happened to the person, or was so, with the date it gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Happening {
    /// What.
    pub predicate: Predicate,
    /// When it happened; for a state, a day on which it was so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Where: prison, barracks, city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How a release came about, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ReleaseMode>,
}

/// A mention. An empty field was not given; nothing is filled in by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Identifier; see [`Mention::identify`].
    pub id: MentionId,
    /// Where it is written.
    pub span: Span,
    /// The claim it stands in, for words in a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimId>,
    /// The name as written, given names first where columns tell them apart; `(father of ..)` where
    /// only a relation is given.
    pub name: Name,
    /// Given names, where a column tells them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Name>,
    /// Surnames, where a column tells them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surnames: Option<Name>,
    /// Identity number, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Name>,
    /// Birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<When>,
    /// Age in years as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// Sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Nationalities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nat: Vec<Nationality>,
    /// Civilian, military, journalist, ...: the source's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cat: Option<Category>,
    /// What the source says happened, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub happened: Vec<Happening>,
    /// Who says so, after the outlet.
    pub speakers: SpeakerChain,
    /// Name of the outlet or of the list's publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// How far they stand behind it.
    pub modality: Modality,
    /// Who may see it.
    pub disclosure: Disclosure,
    /// Everything else the row gives, heading and value, kept verbatim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rest: Vec<(String, Name)>,
}

impl Mention {
    /// The identifier that follows from where the mention is written and, within one span, from
    /// `nth`.
    #[must_use]
    pub fn identify(&self, nth: u32) -> MentionId {
        MentionId(leading_bits(&(
            &self.span.blob,
            &self.span.part,
            &self.span.place,
            self.claim,
            nth,
        )))
    }

    /// The origin by which independence is judged: the body at the end of the chain, else the
    /// outlet (invariant 5).
    #[must_use]
    pub fn origin(&self) -> &str {
        self.speakers.body().or(self.outlet.as_deref()).unwrap_or("")
    }
}
