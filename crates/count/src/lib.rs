//! Claims and register -> tallies, gaps, promises, audits, changes: what is claimed, set against
//! who is named.

mod asked;
pub mod audit;
pub mod board;
pub mod bulletin;
mod comparable;
mod error;
pub mod estimate;
pub mod everybody;
mod frame;
pub mod people;
pub mod revision;
mod rule;
#[cfg(test)]
mod sample;
pub mod story;
pub mod withholding;
pub mod worth;

pub use asked::{Asked, day_of_a_case};
pub use audit::{Axis, Finding, FindingKind, Severity, audit};
pub use board::promises::{
    KeptCount, PromiseLine, PromiseReason, PromiseStanding, PromiseStep, promises, promises_over,
};
pub use board::{
    Board, Bound, Comparison, Difference, Line, Link, ReviewCounts, Source, Window, board,
    board_over, compare,
};
pub use bulletin::{Bulletin, Week, bulletin};
pub use comparable::{Comparable, Framed, Nesting, comparable};
pub use error::Error;
pub use everybody::{Everybody, Mark, Somebody};
pub use frame::{Part, differences};
pub use people::axis::{By, LegalState, may_be_child};
pub use people::change::{Cause, Change, ChangePart, Shift, Side, change};
pub use people::dispute::{Because, Dispute, Meant, disputes};
pub use people::index::Index;
pub use people::named::{Named, PopulationNote, named};
pub use people::persons::Persons;
pub use people::series::{Course, Series, series};
pub use people::source::{Sourcing, Verification, sourced};
pub use people::tally::{Figure, Tally, TallyRow, tally};
pub use revision::{Revision, revisions};
pub use rule::{HouseArrest, Moment, Rule, Verified};
pub use story::{Ruling, Spell, Story, rulings, story};
