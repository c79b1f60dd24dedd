//! Where it is written: an address into archived bytes that anyone can follow back.

use crate::memory::Digest;
use serde::{Deserialize, Serialize};

/// Address of a claim or a mention in a document (invariant 2).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// SHA-256 of the archived bytes.
    pub blob: Digest,
    /// Which one of several documents in one file (`id` of a JSON line, sheet name); empty if there
    /// is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// Name and version of the extractor whose offsets these are, such as `text/1`.
    pub extractor: String,
    /// Where in what the extractor made of it.
    pub place: Place,
    /// The words themselves; in a table the cells joined by ` | `.
    pub quote: String,
    /// Up to 32 characters before the words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// Up to 32 characters after the words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

/// A stretch of text or of cells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Characters `start..end` of the extracted text (Unicode code points), found in bytes
    /// `from..to` of the blob.
    Text {
        /// First code point.
        start: u32,
        /// One past the last code point.
        end: u32,
        /// First byte in the archived blob.
        from: u64,
        /// One past the last byte in the archived blob.
        to: u64,
    },
    /// Columns `first..=last` of a row; row and column numbers as a person counts them, from 1.
    Cells {
        /// Sheet name; empty for CSV and TSV.
        sheet: String,
        /// Row in the file.
        row: u32,
        /// First column.
        first: u32,
        /// Last column.
        last: u32,
    },
}
