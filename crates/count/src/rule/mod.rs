//! What counts as held and what counts as freed, as a file that each body can write for itself.
//!
//! One register gives a strict monitor, a ministry and a press-freedom body three totals, and each
//! is right by its
//! own rule (invariant 6). A rule that contradicts itself is refused before anything is counted by
//! it.

mod file;

use habeas_model::{Category, Custody, Predicate, ReleaseMode, Unit, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What a rule takes house arrest for.
    HouseArrest {
        /// Still deprived of liberty.
        Held = "held",
        /// Out of prison, so released.
        Released = "released",
        /// Neither held nor released.
        Neither = "neither",
    }
}

words! {
    /// The moment of a day that a count of that day stands for.
    Moment {
        /// The day's own events have happened.
        EndOfDay = "end-of-day",
        /// As the day begins: its own events have not happened yet.
        Midnight = "midnight",
    }
}

/// What makes a person verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Verified {
    /// So many independent origins are enough (invariant 5).
    pub origins: u32,
    /// One source that saw it (the person, next of kin, their lawyer) is enough.
    pub first_hand: bool,
    /// One document is enough: a case that its speaker checked, or an authority's own list. Rules
    /// written before this key stay readable.
    #[serde(default)]
    pub document: bool,
}

/// A counting rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its name, that of its file.
    pub name: String,
    /// Its title by language, `en` and `es`.
    pub title: BTreeMap<String, String>,
    /// What it counts.
    pub unit: Unit,
    /// The moment of a day.
    pub moment: Moment,
    /// Predicates by which somebody is released.
    pub released: Vec<Predicate>,
    /// Ways of release that count; empty: all of them.
    pub release_modes: Vec<ReleaseMode>,
    /// States in which somebody is held.
    pub held: Vec<Custody>,
    /// What house arrest is.
    pub house_arrest: HouseArrest,
    /// A stay shorter than so many hours is no detention.
    pub short_detention_hours: u32,
    /// Whether people under age count.
    pub minors: bool,
    /// Whether people count whose own name is not given ("(father of ..)").
    pub unnamed: bool,
    /// Only people to whom a source gives one of these words; empty: everybody.
    pub categories: Vec<Category>,
    /// The body whose word on who belongs is taken; none: any source's.
    pub definition: Option<String>,
    /// The column of lists in which court cases are numbered, where cases are counted.
    pub case_column: Option<String>,
    /// What makes a person verified.
    pub verified: Verified,
}

impl Rule {
    /// Its title in `lang`, else in English.
    #[must_use]
    pub fn title_in(&self, lang: &str) -> &str {
        self.title.get(lang).or_else(|| self.title.get("en")).map_or(&self.name, String::as_str)
    }

    /// Whether this state is one of the held ones.
    #[must_use]
    pub fn holds(&self, custody: Custody) -> bool {
        match custody {
            Custody::HouseArrest => self.house_arrest == HouseArrest::Held,
            other => self.held.contains(&other),
        }
    }

    /// Whether what happened is a release: by its predicate, and by the way in which it came about.
    #[must_use]
    pub fn releases(&self, predicate: Predicate, mode: Option<ReleaseMode>) -> bool {
        if predicate == Predicate::HouseArrest {
            return self.house_arrest == HouseArrest::Released;
        }
        let mode = mode.or_else(|| implied(predicate)).unwrap_or(ReleaseMode::Unknown);
        let such = self.release_modes.is_empty() || self.release_modes.contains(&mode);
        self.released.contains(&predicate) && such
    }

    /// Whether the two count alike, whatever they are called.
    #[must_use]
    pub fn counts_as(&self, other: &Rule) -> bool {
        let renamed = Rule { name: self.name.clone(), title: self.title.clone(), ..other.clone() };
        *self == renamed
    }
}

/// The way of release that a predicate says by itself.
fn implied(predicate: Predicate) -> Option<ReleaseMode> {
    match predicate {
        Predicate::Pardoned => Some(ReleaseMode::Pardon),
        Predicate::Exchanged => Some(ReleaseMode::Exchange),
        Predicate::Deported => Some(ReleaseMode::Exile),
        Predicate::FullFreedom => Some(ReleaseMode::Unconditional),
        _ => None,
    }
}
