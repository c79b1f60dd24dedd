//! Something wrong in the material: collected beside the results, never a reason to stop or to
//! drop.

use serde::{Deserialize, Serialize};

/// A problem in the material. `page` has the sentence for each `code` in both languages
/// (`problem-CODE` and
/// `problem-CODE-hint`), so a problem itself carries only what and where. Never a person's name
/// (invariant 12).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// Kebab-case kind of problem, such as `date-impossible`.
    pub code: String,
    /// Where: `row 41, column 3`, `characters 120..140`, a file name.
    pub place: String,
    /// The value that is wrong, or a number; empty if it would be a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

impl Problem {
    /// A problem of kind `code` at `place` about `value`.
    pub fn new(code: &str, place: impl Into<String>, value: impl Into<String>) -> Problem {
        Problem { code: code.to_owned(), place: place.into(), value: value.into() }
    }
}
