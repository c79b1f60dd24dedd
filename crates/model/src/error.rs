//! What can be wrong with a word, a date or a number before it becomes a value.

/// A value that could not be made. Never quotes a person's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A word outside the closed list of its kind.
    #[error("unknown {kind} `{word}`")]
    Word {
        /// The list that was asked.
        kind: &'static str,
        /// The word as given.
        word: String,
    },
    /// A date that no calendar has, or that is not in the form `YYYY[-MM[-DD[THH:MM]]]`.
    #[error("not a date `{0}`")]
    Date(String),
    /// A range whose end comes before its start.
    #[error("range runs backwards: `{0}` to `{1}`")]
    Backwards(u32, u32),
    /// A digest or identifier that is not lower-case hexadecimal of the right length.
    #[error("not an identifier `{0}`")]
    Identifier(String),
    /// The body of an entry is not what its kind says.
    #[error("entry of kind `{kind}` cannot be read: {reason}")]
    Body {
        /// Kind of entry.
        kind: String,
        /// What the parser says (positions, never contents).
        reason: String,
    },
}
