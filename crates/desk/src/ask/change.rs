//! `change`: why one answer became another, to the last person.

use crate::{Case, Error, Question, Scene};
use habeas_count::Change;

/// The change from one question to the other.
pub fn change(case: &Case, before: &Question, after: &Question) -> Result<Change, Error> {
    let (before, after) = (case.scene(before)?, case.scene(after)?);
    Ok(between(&before, &after))
}

/// The same between two scenes.
#[must_use]
pub fn between(before: &Scene, after: &Scene) -> Change {
    habeas_count::change(&before.asked(), &after.asked())
}
