//! `disputes`: what one body says against another's list, and the names that could be meant.

use crate::Scene;
use habeas_count::Dispute;

/// The disputes of a scene.
#[must_use]
pub fn disputes(scene: &Scene) -> Vec<Dispute> {
    habeas_count::disputes(&scene.asked())
}
