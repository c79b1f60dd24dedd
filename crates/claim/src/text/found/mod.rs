//! What does a sentence say, and what is carried over from the one before?

mod check;
mod count;
mod denial;
mod dress;
mod mention;
mod noted;
mod other;
mod place;
mod population;
mod reason;
mod topic;

pub use check::{check, partition, supersede};
pub use mention::mention;
pub use place::{Named, dateline, home, item, places};
pub use reason::Fired;
pub use topic::Topic;

use habeas_model::{Kind, Population, Predicate, Quantity, When};
use std::ops::Range;

/// A claim in the making: what the words say before speaker and dates are known.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its tokens.
    pub range: Range<usize>,
    /// Kind on the wire.
    pub kind: Kind,
    /// What is said.
    pub predicate: Predicate,
    /// Of how many.
    pub quantity: Option<Quantity>,
    /// Of whom.
    pub population: Population,
    /// The one person.
    pub person: Option<String>,
    /// The number of the whole.
    pub part_of: Option<u32>,
    /// The whole inside the span.
    pub of_total: Option<Quantity>,
    /// Rules that fired, with the words that fired them.
    pub rules: Vec<Fired>,
    /// How unsure the link was: 0 is sure.
    pub doubt: usize,
    /// Part of it comes from an earlier sentence.
    pub carried: bool,
    /// The number or the name alone, from which the way to a date is measured.
    pub anchor: Range<usize>,
    /// Words that are looked at for dates and scope besides the claim's own.
    pub clause: Range<usize>,
    /// It is a fraction or all but some of a whole.
    pub share: bool,
    /// The day that a heading above it tells.
    pub dated: Option<When>,
    /// "another": it excludes the number before.
    pub additional: bool,
}

impl Found {
    /// A claim of a kind at some tokens, nothing else known.
    #[must_use]
    pub fn new(range: Range<usize>, kind: Kind, predicate: Predicate, rule: &str) -> Found {
        Found {
            anchor: range.clone(),
            clause: range.clone(),
            rules: vec![Fired::new(rule, range.clone())],
            range,
            kind,
            predicate,
            quantity: None,
            population: Population::default(),
            person: None,
            part_of: None,
            of_total: None,
            doubt: 0,
            carried: false,
            share: false,
            dated: None,
            additional: false,
        }
    }

    /// Whether what this claim says leaves nothing of another: what is denied is not alleged, and
    /// what is promised of a number is not promised of some.
    #[must_use]
    pub fn settles(&self, other: &Found) -> bool {
        let reaches = self.range.start <= other.range.start
            && other.range.start < self.range.end + REACH
            || other.range.contains(&self.range.start);
        let alleged = other.predicate == Predicate::Allegation;
        let denied = self.kind == Kind::Denial && other.kind == Kind::Other && alleged;
        let bare = other.kind == Kind::Promise && self.quantity.is_some();
        reaches && (denied || bare && self.kind != Kind::Person)
    }
}

/// So many tokens after its words a denial may still be about what follows.
const REACH: usize = 6;
