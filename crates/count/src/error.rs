//! What can be wrong with a counting rule.

/// A rule that cannot be counted by. The messages name the file, the key and the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not TOML, an unknown key, or a key that is missing.
    #[error(
        "rule `{file}` cannot be read: {reason}\nhint: compare it with rules/strict-monitor.toml, which has every key"
    )]
    Unreadable {
        /// The file.
        file: String,
        /// What the parser says, with line and column.
        reason: String,
    },
    /// A word that its key does not know.
    #[error("rule `{file}`: `{key}` does not know the word `{word}`\nhint: it can be {known}")]
    UnknownWord {
        /// The file.
        file: String,
        /// The key.
        key: &'static str,
        /// The word as given.
        word: String,
        /// The words that it can be.
        known: String,
    },
    /// Two keys that cannot both hold.
    #[error("rule `{file}` contradicts itself: {reason}, at `{key}`\nhint: {hint}")]
    Contradiction {
        /// The file.
        file: String,
        /// The key.
        key: &'static str,
        /// How.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
}
