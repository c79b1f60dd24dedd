//! Who is known only by a relation: "X and his wife", "X, whose father is still imprisoned".

use super::{Person, link::Said, persons};
use crate::text::{
    Here, Reader,
    found::Found,
    lexicon::{Meaning, Tag},
    page::Page,
};
use habeas_model::{Kind, Quantity};
use std::ops::Range;

impl Reader<'_> {
    /// "X and his wife were seized": the second is known only by a relation.
    pub(super) fn with_kin(&self, people: &[&Person], said: &Said, here: &Here) -> Option<Found> {
        let page = self.page;
        let last = people.last().filter(|last| !last.pronoun)?;
        let and = page.tag(last.range.end, Tag::And)?;
        let whose = page.tag(and, Tag::Possessive)?;
        let kin = |meaning: &Meaning| matches!(meaning, Meaning::Kin).then_some(());
        let (end, ()) = page.find(whose, kin).filter(|(end, ())| *end <= here.tokens.end)?;
        let mut one = self.about(last, said.clone(), people.len() > 1, here);
        let place = one.population.place.take();
        one.person = Some(related(page, whose..end, last));
        one.range = one.range.start..end.max(one.range.end);
        one.population = habeas_model::Population { place, ..Default::default() };
        Some(one)
    }

    /// "X, whose father is still imprisoned": a person known only by a relation.
    pub(super) fn relations(&self, here: &Here) -> Vec<Found> {
        let page = self.page;
        let mut found = Vec::new();
        let whose =
            |at: usize| page.tag(at, Tag::Possessive).and(page.tag(at, Tag::Relative)).is_some();
        if !here.tokens.clone().any(whose) {
            return found;
        }
        let all = persons(page, &here.tokens, &self.discourse, &[]);
        for at in here.tokens.start + 1..here.tokens.end {
            let kin = page.find(at, |meaning| matches!(meaning, Meaning::Kin).then_some(()));
            let Some((end, ())) = kin.filter(|_| whose(at - 1)) else { continue };
            let Some(person) = all.iter().rev().find(|one| one.range.end < at && !one.pronoun)
            else {
                continue;
            };
            let Some(verb) = here
                .verbs
                .iter()
                .find(|verb| verb.range.start >= end && verb.range.start <= end + 9)
            else {
                continue;
            };
            let mut one = Found::new(
                person.range.start..verb.range.end,
                Kind::Person,
                verb.predicate,
                "person.relation",
            );
            one.quantity = Some(Quantity::Exact(1));
            // "whose family lost contact with him": it is he who is missing.
            let him = (verb.range.end..(verb.range.end + 3).min(here.tokens.end))
                .any(|at| page.tag(at, Tag::Object).is_some());
            let own = him && verb.predicate == habeas_model::Predicate::Missing;
            let name = if own { person.name.clone() } else { related(page, at..end, person) };
            one.person = Some(name);
            one.clause = here.tokens.clone();
            found.push(one);
        }
        found
    }
}

/// "(father of Iván Sol)": who is known only by a relation.
fn related(page: &Page, kin: Range<usize>, person: &Person) -> String {
    let of = if page.lexicon.order.adjective_after { "de" } else { "of" };
    format!("({} {of} {})", page.words(kin), person.name)
}
