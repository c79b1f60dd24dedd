//! The register in a browser: everybody, and each person with what is told of them.

mod list;
mod person;
mod ruling;

pub use list::{Facets, Row, Rows, people, preview};
pub use person::{Portrait, person};
pub(super) use ruling::rulings;

use super::Asking;
use habeas_model::PersonId;

/// Where the page of a person is.
fn address(id: PersonId, asking: &Asking<'_>) -> String {
    format!("/people/{id}{}", asking.after())
}
