//! Who had a document in hand, gave it away or got it back: the chain of custody.

use super::Digest;
use serde::{Deserialize, Serialize};

words! {
    /// What was done with a document.
    Act {
        /// Its bytes were looked at or copied out.
        Opened = "opened",
        /// It was handed to somebody.
        Given = "given",
        /// It was had from somebody, or came back.
        Taken = "taken",
    }
}

/// A document was handled. By whom and when, the entry itself says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handling {
    /// SHA-256 of its bytes; none: of every document that the case had then (a copy of all).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blob: Option<Digest>,
    /// What was done.
    pub act: Act,
    /// To or from whom: a pseudonym or an office.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub with: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
