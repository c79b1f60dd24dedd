//! `count`: how many persons the register holds in each state, under the rule.

use crate::{Error, Scene};
use habeas_count::{By, Series, Tally};
use jiff::civil::Date;

/// The tally by an axis.
#[must_use]
pub fn tally(scene: &Scene, by: By) -> Tally {
    scene.index().tally(scene.as_of, by)
}

/// The tally on every day of a stretch.
pub fn series(scene: &Scene, first: Date, last: Date, by: By) -> Result<Series, Error> {
    Ok(scene.index().series(first, last, Some(by))?)
}
