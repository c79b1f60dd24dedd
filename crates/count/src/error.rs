//! What can be wrong with a counting rule, a question, or a capture table.

use jiff::civil::Date;

/// A rule that cannot be counted by, a table that cannot be estimated from. The messages name the
/// file, the place and the next step.
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
    /// A capture table that cannot be right.
    #[error("capture table `{file}`, {place}: {reason}\nhint: {hint}")]
    Table {
        /// The file.
        file: String,
        /// Line and column.
        place: String,
        /// What is wrong there.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// No list of that name.
    #[error("no list is called `{name}`\nhint: there are {known}")]
    NoList {
        /// Asked for.
        name: String,
        /// Those there are.
        known: String,
    },
    /// A stretch of days that is none.
    #[error(
        "no days from `{first}` to `{last}`\nhint: give a first day and a last one after it, not later than the day of the question and not more than a century apart"
    )]
    Stretch {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// No week.
    #[error("`{0}` is not a week\nhint: write the year and the week of ISO 8601, such as 2026-W06")]
    Week(String),
    /// A week of which nothing can be known.
    #[error(
        "the week `{week}` begins after `{last}`, the last day that this question may see\nhint: ask for an earlier week, or give a later --as-of"
    )]
    WeekToCome {
        /// The week.
        week: String,
        /// The last day that may be seen.
        last: Date,
    },
    /// A sum of a bulletin that does not hold: a fault of ours, and no bulletin.
    #[error(
        "the bulletin does not add up at `{figure}`: {said} is said and {computed} is computed; nothing was written\nhint: this is a fault of the program; report it with the output of `habeas verify`"
    )]
    Sum {
        /// Which figure.
        figure: String,
        /// As it is told.
        said: i64,
        /// As it is summed.
        computed: i64,
    },
    /// A day that no case can speak of.
    #[error(
        "`{0}` is not a day that a case can be asked about\nhint: give a day between 1900-01-01 and 2199-12-31"
    )]
    Day(Date),
}
