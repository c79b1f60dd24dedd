//! Where the names that go out come from: the documents in whose custody an export stands.

use habeas_model::{Claim, Digest, Person, memory::present::Standing};
use habeas_page::{Lang, Reader, redact};
use std::collections::BTreeSet;

/// Documents from which this reader is told somebody's name.
#[must_use]
pub fn of_persons<'a>(
    persons: impl IntoIterator<Item = &'a Person>,
    reader: &Reader,
) -> BTreeSet<Digest> {
    let named = |person: &&Person| matches!(redact::person(person, reader), redact::Shown::Name(_));
    let mentions = persons.into_iter().filter(named).flat_map(|person| &person.mentions);
    let standing = mentions.filter(|held| held.review.stands());
    standing.map(|held| held.mention.span.blob).collect()
}

/// Documents of which this reader is told words about one person, which the public is not.
#[must_use]
pub fn of_words(claims: &[Standing<Claim>], reader: &Reader) -> BTreeSet<Digest> {
    let public = Reader::public(Lang::En);
    let told = claims.iter().map(|standing| &standing.it);
    told.filter(|claim| redact::quotable(claim, reader) && !redact::quotable(claim, &public))
        .map(|claim| claim.span.blob)
        .collect()
}
