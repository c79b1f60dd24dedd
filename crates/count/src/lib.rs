//! Claims and register -> tallies, gaps, promises, audits, changes: what is claimed, set against
//! who is named.

mod asked;
pub mod audit;
pub mod board;
mod error;
pub mod estimate;
mod frame;
pub mod people;
mod rule;
#[cfg(test)]
mod sample;

pub use asked::Asked;
pub use audit::{Axis, Finding, FindingKind, Severity, audit};
pub use board::promises::{KeptCount, PromiseLine, PromiseReason, PromiseStanding, promises};
pub use board::{
    Board, Comparison, Difference, Line, Link, ReviewCounts, Source, Window, board, compare,
};
pub use error::Error;
pub use frame::{Part, differences};
pub use people::change::{Cause, Change, ChangePart, Shift, Side, change};
pub use people::named::{Named, PopulationNote, named};
pub use people::tally::{By, Figure, Tally, TallyRow, tally};
pub use rule::{HouseArrest, Moment, Rule, Verified};
