//! When? Dates of a sentence as intervals, reckoned from the day of publication.

mod assign;
mod expression;

pub use assign::{Stated, assign};
pub use expression::{Dated, Sense, dates};
