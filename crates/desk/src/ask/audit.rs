//! `audit`: do the sums that bodies publish hold?

use crate::Scene;
use habeas_count::Finding;

/// The findings of a scene, those that hold among them.
#[must_use]
pub fn audit(scene: &Scene) -> Vec<Finding> {
    habeas_count::audit(&scene.asked())
}
