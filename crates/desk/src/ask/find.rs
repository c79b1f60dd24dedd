//! `find`: persons of the register by a name that is typed.

use crate::Scene;
use habeas_person::Search;

/// The index over the names of a scene: made once, asked for each name.
#[must_use]
pub fn index(scene: &Scene) -> Search {
    Search::of(&scene.register)
}
