//! A document as it was received, and the record that it was read.

use super::Digest;
use crate::{Problem, people::Disclosure, said::When};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

words! {
    /// Why we believe a publication date, in order of trust.
    Evidence {
        /// Somebody said so on receiving it (`--published`, case.toml).
        Stated = "stated",
        /// The dateline of the text.
        Dateline = "dateline",
        /// The path of the URL.
        Url = "url",
        /// Metadata of the file.
        Metadata = "metadata",
    }
}

/// A publication date with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The date.
    pub when: When,
    /// Where it was found.
    pub evidence: Evidence,
    /// The words or the metadata key that gave it.
    pub words: String,
}

/// How it came to us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Capture {
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Tool and version that took it in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tool: String,
    /// When the capture began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub began: Option<Timestamp>,
    /// When its last byte was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// Pseudonym of who captured it; none: who appended the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// Addresses that were passed on the way, the asked one first; empty when there was no way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<String>,
    /// What the server said with it: status line as `:status`, then its headers in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
}

/// A document received: its bytes are the blob.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// SHA-256 of the bytes.
    pub blob: Digest,
    /// Path under the case's inbox, or file name.
    pub name: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Format of its first document, as recognised from the bytes: `text`, `html`, `csv`, ...
    pub format: String,
    /// How it came to us.
    pub capture: Capture,
    /// Publication date with its evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Dated>,
    /// The document that was received before under the same name or URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Digest>,
    /// Who may see what comes of it.
    pub disclosure: Disclosure,
}

/// A document inside a file (an archive of the web, a feed) that has an address of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// Which part of the file.
    pub part: String,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was captured, as the archive says (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// A second reader was asked: what went out, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondReader {
    /// Where it was asked.
    pub url: String,
    /// Which model.
    pub model: String,
    /// Bytes of text that were sent, in all.
    pub sent: u64,
    /// Proposals that the first reader had, too.
    pub agreed: u32,
    /// Proposals that failed a check.
    pub rejected: u32,
}

/// A document was read: what a reader of this version made of it stands in the entries just before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Which document.
    pub blob: Digest,
    /// Reader and version, such as `habeas/0.1.0`.
    pub reader: String,
    /// SHA-256 of the settings it was read under (so that changed settings read it again).
    pub settings: Digest,
    /// How many claims were proposed.
    pub claims: u32,
    /// How many mentions of people were proposed.
    pub mentions: u32,
    /// The second reader that was asked, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<SecondReader>,
    /// The documents inside the file that have an address of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captured: Vec<Captured>,
    /// What could not be read, with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}
