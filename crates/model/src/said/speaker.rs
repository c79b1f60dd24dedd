//! Who says so: a chain from the outlet that prints it to the origin that knows it.

use serde::{Deserialize, Serialize};

words! {
    /// What a speaker is to the people spoken of, or what body they are.
    Role {
        /// Not named by the outlet.
        Anonymous = "anonymous",
        /// Next of kin.
        Relative = "relative",
        /// Lawyer of the person.
        Lawyer = "lawyer",
        /// A detaining government.
        Government = "government",
        /// Another state.
        ForeignGovernment = "foreign_government",
        /// A monitoring or rights body.
        Ngo = "ngo",
        /// United Nations.
        Un = "un",
        /// Relatives organised.
        Families = "families",
        /// A party or coalition.
        Opposition = "opposition",
        /// A union.
        Union = "union",
        /// An outlet or agency counting by itself.
        Press = "press",
        /// The person concerned.
        Detainee = "detainee",
    }
}

/// One link of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speaker {
    /// Person or body, in the fullest form that the document has.
    pub name: String,
    /// The body a person speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// What they are to the people spoken of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Post or broadcast: `Telegram`, `radio`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
}

impl Speaker {
    /// A speaker of this name and nothing else known.
    pub fn named(name: impl Into<String>) -> Speaker {
        Speaker { name: name.into(), of: None, role: None, channel: None }
    }
}

/// The links after the outlet, outer to inner. Empty: the outlet itself says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpeakerChain(pub Vec<Speaker>);

impl SpeakerChain {
    /// The innermost speaker: who knows. `None` means the outlet.
    #[must_use]
    pub fn origin(&self) -> Option<&Speaker> {
        self.0.last()
    }

    /// The body that answers for the claim: the origin's body if it speaks for one, else the
    /// origin.
    /// Independence of sources is judged by it (invariant 5).
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.origin().map(|speaker| speaker.of.as_deref().unwrap_or(&speaker.name))
    }
}
