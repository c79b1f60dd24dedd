//! What a second reader proposed and our checks refused: kept, so that a person sees it.

use super::Quantity;
use crate::{memory::Digest, people::Name};
use serde::{Deserialize, Serialize};

words! {
    /// The check that failed first.
    Failed {
        /// It is no claim of our vocabulary.
        Form = "form",
        /// Its quote does not stand in the text.
        Quote = "quote",
        /// Our grammar reads another number there, or none.
        Quantity = "quantity",
        /// The person's name does not stand there.
        Person = "person",
        /// The speaker's name does not stand in the text.
        Speaker = "speaker",
        /// The sentence says something else of them.
        Predicate = "predicate",
        /// The sentence denies or promises what is proposed as so, or the other way round.
        Stance = "stance",
    }
}

/// A proposal of a second reader that failed a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// SHA-256 of the document's bytes.
    pub blob: Digest,
    /// Which part of the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// The second reader's model.
    pub reader: String,
    /// The words that it quotes, as it quotes them.
    pub quote: String,
    /// Code points of the quote in the text, where it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<(u32, u32)>,
    /// Kind of claim, as proposed.
    pub kind: String,
    /// Predicate, as proposed.
    pub predicate: String,
    /// How many, as proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Who, as proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Name>,
    /// Who says so, as proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Name>,
    /// Which check failed.
    pub failed: Failed,
}
