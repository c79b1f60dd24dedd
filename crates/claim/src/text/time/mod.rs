//! When? Dates of a sentence as intervals, reckoned from the day of publication.

mod assign;
mod expression;
mod stated;

pub use assign::of_a_noun;
pub use expression::{Dated, Sense, dates, report};
