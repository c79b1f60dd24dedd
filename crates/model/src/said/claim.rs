//! One thing that one speaker says about one group of people or about one person.

use super::{Population, Predicate, Quantity, Span, SpeakerChain, When};
use crate::{Error, people::Name};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Identifier of a claim: made from where it is written, so a second reading of the same bytes
/// gives it again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClaimId(u64);
identifier!(ClaimId);

words! {
    /// Kind of claim on the wire.
    Kind {
        /// A number of people x a predicate.
        Count = "count",
        /// One named or resolvable person x a predicate.
        Person = "person",
        /// A future act announced or ordered.
        Promise = "promise",
        /// Rejection of a proposition.
        Denial = "denial",
        /// Gaps, demands, judgements.
        Other = "other",
    }
}

words! {
    /// How far the speaker stands behind it.
    Modality {
        /// Says so.
        Asserted = "asserted",
        /// Checked case by case, documented, saw.
        Verified = "verified",
        /// Confirms, vouches, admits.
        Confirmed = "confirmed",
        /// Estimates.
        Estimated = "estimated",
        /// Promises.
        Promised = "promised",
        /// Expects.
        Expected = "expected",
        /// Rumour, hearsay, could not be confirmed.
        Unconfirmed = "unconfirmed",
        /// Demands.
        Demanded = "demanded",
        /// Denies.
        Denied = "denied",
    }
}

words! {
    /// What a count runs over.
    Scope {
        /// One batch, raid, decree, swap.
        Event = "event",
        /// One calendar day, which may still grow.
        Day = "day",
        /// A running total.
        Cumulative = "cum",
        /// The state at a moment.
        Stock = "stock",
    }
}

words! {
    /// The finer kind of our vocabulary (GLOSSARY.md); the wire kind is coarser.
    Detail {
        /// Something happened.
        Event = "event",
        /// A state at a moment.
        State = "state",
        /// A number.
        Count = "count",
        /// A list of persons.
        Enumeration = "enumeration",
        /// Somebody is on a list or in a group.
        Membership = "membership",
        /// Two descriptions are one person.
        Identity = "identity",
        /// A promise.
        Promise = "promise",
        /// Denial of a fact.
        DenialOfFact = "denial_of_fact",
        /// "There are no political prisoners."
        DenialOfCategory = "denial_of_category",
        /// "X was not freed."
        Negative = "negative",
        /// Names or number not given.
        Withholding = "withholding",
        /// "No official list."
        Absence = "absence",
        /// A counting rule.
        Definition = "definition",
        /// An estimate.
        Estimate = "estimate",
        /// A demand.
        Demand = "demand",
        /// A judgement.
        Assessment = "assessment",
        /// A correction.
        Correction = "correction",
        /// A retraction.
        Retraction = "retraction",
    }
}

words! {
    /// How sure the reader is; the share of right proposals in each class is measured, not assumed.
    Confidence {
        /// Every part was stated.
        High = "high",
        /// Some part was carried over from another sentence.
        Middle = "middle",
        /// Some part was guessed.
        Low = "low",
    }
}

/// The dates of a claim, each only if said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Times {
    /// When it happened, or the deadline of a promise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<When>,
    /// The moment a stock or running total stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<When>,
    /// The baseline of a running total; never defaulted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<When>,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<When>,
}

/// A claim as it was read; what a reviewer makes of it is a [`crate::Decision`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Identifier; see [`Claim::identify`].
    pub id: ClaimId,
    /// Where it is written.
    pub span: Span,
    /// Kind on the wire.
    pub kind: Kind,
    /// Finer kind, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// What is said to have happened or to be so.
    pub predicate: Predicate,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Of whom.
    #[serde(default)]
    pub population: Population,
    /// The one person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Name>,
    /// It is a part of another count of the document with this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u32>,
    /// The whole stands inside the span ("50 out of roughly 800").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_total: Option<Quantity>,
    /// Who says so, after the outlet.
    pub speakers: SpeakerChain,
    /// Name of the outlet, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Where it was published, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How far the speaker stands behind it.
    pub modality: Modality,
    /// What a count runs over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Its dates.
    #[serde(default)]
    pub time: Times,
    /// A newer figure of the same speaker and measure stands in the same document.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub superseded: bool,
    /// Who seized, if not the State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// A remark (arithmetic, conditions).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Rules of the reader that fired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// How sure the reader is.
    pub confidence: Confidence,
    /// Code points of the words that name the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<(u32, u32)>,
}

impl Claim {
    /// The identifier that follows from span, kind, predicate, quantity and person. `nth` tells
    /// claims apart that
    /// agree in all of these ("Ambos fueron apresados" gives two).
    #[must_use]
    pub fn identify(&self, nth: u32) -> ClaimId {
        let person = self.person.as_ref().map(Name::reveal);
        let quantity = self.quantity.as_ref().map(|said| (said.mode(), said.bounds()));
        let parts = (
            &self.span.blob,
            &self.span.part,
            &self.span.place,
            self.kind,
            self.predicate,
            quantity,
            person,
            nth,
        );
        ClaimId(leading_bits(&parts))
    }

    /// Sets identifiers over a whole reading; equal claims get different ones in text order.
    pub fn identify_all(claims: &mut [Claim]) {
        let mut seen = std::collections::HashMap::new();
        for claim in claims {
            let first = claim.identify(0);
            let nth: &mut u32 = seen.entry(first).or_default();
            claim.id = if *nth == 0 { first } else { claim.identify(*nth) };
            *nth += 1;
        }
    }
}

/// The first 64 bits of the SHA-256 of the JSON of `parts`.
pub(crate) fn leading_bits(parts: &impl Serialize) -> u64 {
    let json = serde_json::to_vec(parts).expect("plain values have a JSON form");
    let hash = Sha256::digest(json);
    u64::from_be_bytes(hash[..8].try_into().expect("eight bytes"))
}
