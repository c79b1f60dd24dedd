//! `find`, `person`: persons of the register by a name that is typed, and one by their identifier.

use crate::{Error, Scene};
use habeas_count::{Story, story};
use habeas_model::{MentionId, Person, PersonId};
use habeas_person::Search;

/// The index over the names of a scene: made once, asked for each name.
#[must_use]
pub fn index(scene: &Scene) -> Search {
    Search::of(&scene.register)
}

/// Somebody of the register, with everything that is told of them: by their identifier, or by that
/// of any of their mentions, which was theirs before they were joined.
pub fn person(scene: &Scene, id: PersonId) -> Result<(&Person, Story<'_>), Error> {
    let persons = &scene.register.persons;
    let person = match persons.binary_search_by_key(&id, |person| person.id) {
        Ok(row) => Some(&persons[row]),
        Err(_) => persons.iter().find(|one| one.mention(MentionId::from_bits(id.bits())).is_some()),
    };
    let person = person.ok_or_else(|| Error::Unknown(id.to_string()))?;
    Ok((person, story(&scene.asked(), scene.index(), person)))
}
