//! A row of a list as a reviewer edits it: who is meant, who may know, what happened.

use super::reading::when;
use crate::gate::form::Form;
use habeas_model::{Happening, Mention, Name};

/// The row with what the form says of it; none where the form makes no sense. Parts of a name that
/// stood in columns of their own are had from the whole of it again where it changed.
pub fn edited(mut row: Mention, form: &Form) -> Option<Mention> {
    let said = |name: &str| form.field(name).filter(|said| !said.is_empty());
    let name = Name::new(said("name")?);
    if name != row.name {
        (row.given, row.surnames) = (None, None);
    }
    row.name = name;
    row.number = said("number").map(Name::new);
    row.born = when(form, "born")?;
    row.age = said("age").map(str::parse).transpose().ok()?;
    row.gender = said("gender").map(str::parse).transpose().ok()?;
    row.disclosure = said("disclosure")?.parse().ok()?;
    let before = std::mem::take(&mut row.happened);
    for nth in 0..=before.len() {
        let Some(predicate) = said(&format!("predicate-{nth}")) else { continue };
        row.happened.push(Happening {
            predicate: predicate.parse().ok()?,
            when: when(form, &format!("when-{nth}"))?,
            place: said(&format!("place-{nth}")).map(str::to_owned),
            mode: before.get(nth).and_then(|one| one.mode),
        });
    }
    Some(row)
}
