//! Somebody named before, to whom something is done: "armed men abducted him", "no lo liberaron",
//! "was never a political prisoner".

use crate::text::{
    Here, Reader,
    clause::clause,
    found::Found,
    lexicon::{Form, Tag},
    quantity,
};
use habeas_model::{Category, Kind, Predicate, Quantity};
use std::ops::Range;

impl Reader<'_> {
    /// "abducted him", "lo detuvieron": the person named last.
    pub(super) fn objects(&self, here: &Here) -> Vec<Found> {
        let page = self.page;
        let single = |at: usize| {
            ["him", "her", "lo", "la"].contains(&page.word(at).to_lowercase().as_str())
                && page.tag(at, Tag::Object).is_some()
        };
        let mut found = Vec::new();
        for verb in here.verbs {
            let event = !verb.predicate.is_state() && verb.form != Form::Noun && !verb.finite;
            let clitic = page.lexicon.order.subject_dropped;
            let at = if clitic { verb.range.start.checked_sub(1) } else { Some(verb.range.end) };
            // "her flat": the pronoun has a noun of its own.
            let alone = |at: &usize| {
                clitic && verb.form == Form::Object
                    || page.token(at + 1).is_none_or(|next| !next.is_word())
                    || page.tag(at + 1, Tag::Preposition).is_some()
            };
            let Some(at) = at.filter(|at| event && single(*at)).filter(alone) else { continue };
            let named = self.moved_front(at, here);
            let Some(name) = named.or_else(|| self.topic.people.last().cloned()) else { continue };
            let range = verb.range.start.min(at)..verb.range.end.max(at + 1);
            found.push(self.of_person(
                range,
                Kind::Person,
                verb.predicate,
                "person.object",
                &name,
                here,
            ));
        }
        found
    }

    /// "A Ada Brix la detuvieron": the person whom the clitic repeats.
    fn moved_front(&self, clitic: usize, here: &Here) -> Option<String> {
        let page = self.page;
        let before = here.tokens.start..clitic;
        let to = page.tag(before.start, Tag::Toward)?;
        let named = super::persons(page, &before, &self.discourse, &self.topic.people);
        let first = named.into_iter().find(|one| one.range.start <= to + 2 && !one.pronoun);
        first.filter(|_| page.lexicon.order.subject_dropped).map(|one| one.name)
    }

    /// "X was never a political prisoner": somebody denies what X is called.
    pub(super) fn labels(&self, here: &Here) -> Vec<Found> {
        let page = self.page;
        let mut found = Vec::new();
        for at in here.tokens.clone() {
            let Some(noun) = self.denied_label(at, here.tokens.end) else { continue };
            let named =
                super::persons(page, &(here.tokens.start..at), &self.discourse, &self.topic.people);
            let named = named.into_iter().rev().find(|one| !one.pronoun).map(|one| one.name);
            let Some(name) = named.or_else(|| self.topic.people.last().cloned()) else { continue };
            let range = at..noun;
            found.push(self.of_person(
                range,
                Kind::Denial,
                Predicate::Held,
                "denial.label",
                &name,
                here,
            ));
        }
        found
    }

    /// One past "was never a political prisoner", "no es un preso político".
    fn denied_label(&self, at: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let (first, second) = match page.tag(at, Tag::Be) {
            Some(next) => (next, page.tag(next, Tag::Negation)),
            None => {
                let next = page.tag(at, Tag::Negation)?;
                (next, page.tag(next, Tag::Be))
            }
        };
        let article = page.tag(second.filter(|next| *next > first)?, Tag::A)?;
        let noun = quantity::people(page, article, (article + 3).min(end))?;
        (noun.population.cat == Some(Category::PoliticalPrisoner)).then_some(noun.end)
    }

    fn of_person(
        &self,
        range: Range<usize>,
        kind: Kind,
        predicate: Predicate,
        rule: &str,
        name: &str,
        here: &Here,
    ) -> Found {
        let start = range.start;
        let mut one = Found::new(range, kind, predicate, rule);
        one.quantity = Some(Quantity::Exact(1));
        one.person = Some(name.to_owned());
        one.carried = true;
        one.clause = clause(self.page, &here.tokens, start);
        one
    }
}
