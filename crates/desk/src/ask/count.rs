//! `count`: how many persons the register holds in each state, under the rule.

use crate::Scene;
use habeas_count::{By, Tally};

/// The tally by an axis.
#[must_use]
pub fn tally(scene: &Scene, by: By) -> Tally {
    scene.index().tally(scene.as_of, by)
}
