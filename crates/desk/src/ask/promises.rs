//! `promises`: what was promised, by when, and what is kept of it by whose count.

use crate::Scene;
use habeas_count::PromiseLine;

/// The promises of a scene with their standing.
#[must_use]
pub fn promises(scene: &Scene) -> Vec<PromiseLine> {
    habeas_count::promises_over(&scene.asked(), scene.index())
}
