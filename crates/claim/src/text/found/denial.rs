//! What does somebody reject? A category ("there are no political prisoners"), a number, a fact.

use super::Found;
use crate::text::{
    Here, Reader,
    clause::Verb,
    lexicon::{Form, Meaning, Tag},
    person::persons,
    quantity,
};
use habeas_model::{Category, Kind, Population, Predicate, Quantity};
use std::ops::Range;

impl Reader<'_> {
    /// The denials of a sentence, told by a word that denies.
    pub(in crate::text) fn denials(&mut self, here: &Here, made: &mut Vec<Found>) -> Vec<Found> {
        let page = self.page;
        let mut at = here.tokens.start;
        while at < here.tokens.end {
            let denies = page.tag(at, Tag::Deny).filter(|end| *end <= here.tokens.end);
            let exists = page.tag(at, Tag::Exist).filter(|end| self.negates(at, *end));
            let Some(end) = denies.or(exists) else {
                at += 1;
                continue;
            };
            // "what is wrong with him".
            let idle = denies.is_some()
                && page.tag(at, Tag::Be).is_some()
                && page.tag(end, Tag::Preposition).is_some();
            if idle {
                at = end;
                continue;
            }
            // "the disputed election": an adjective denies nothing.
            let attributive = denies.is_some()
                && at > here.tokens.start
                && [Tag::The, Tag::A, Tag::Possessive]
                    .into_iter()
                    .any(|tag| page.tag(at - 1, tag).is_some());
            if attributive || denies.is_some_and(|end| self.refuses(at, end)) {
                at = end;
                continue;
            }
            if let Some(found) = self.denial(here, at..end) {
                let stop = found.range.end;
                made.push(found);
                at = stop.max(end);
            } else {
                at = end;
            }
        }
        std::mem::take(made)
    }

    /// "denied medical care", "niegan visitas", "se niega a": what is refused is not denied.
    fn refuses(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        let care = (end..end + 2).any(|near| page.tag(near, Tag::Care).is_some());
        let refused = |from: usize| page.tag(from, Tag::Negation).is_some_and(|to| to >= end);
        care || (at.saturating_sub(2)..at).any(refused)
    }

    /// "there are no", "no hay": the phrase itself negates.
    fn negates(&self, at: usize, end: usize) -> bool {
        (at..end).any(|inner| {
            self.page.tag(inner, Tag::Negation).is_some()
                || self.page.find(inner, |m| matches!(m, Meaning::Nobody).then_some(())).is_some()
        })
    }

    fn denial(&mut self, here: &Here, word: Range<usize>) -> Option<Found> {
        let page = self.page;
        let upto = (word.end + 14).min(here.tokens.end);
        let stop = (word.end..upto)
            .find(|at| page.tokens[*at].is_stop() || page.is(*at, ','))
            .unwrap_or(upto);
        // A number that is rejected: the one spoken of last.
        let demonstrative = (word.start..(word.end + 3).min(stop)).any(|at| {
            // "the claims that 12 had died" are no figure told before.
            let end = page.tag(at, Tag::Demonstrative);
            end.is_some_and(|end| page.tag(end, Tag::Relative).is_none())
        });
        let exists = page.seek(word.start..stop, Tag::Exist).is_some();
        let noun = (word.end..stop).find_map(|at| quantity::people(page, at, (at + 1).min(stop)));
        if exists && let Some(noun) = noun.as_ref() {
            let category = noun.population.cat;
            let missing =
                noun.predicate.is_some_and(|(predicate, _)| predicate == Predicate::Missing);
            let held = noun.predicate.is_some_and(|(predicate, _)| predicate == Predicate::Held);
            if missing || held || category.is_some_and(in_custody) {
                let predicate = if missing { Predicate::Missing } else { Predicate::Held };
                return Some(self.none_exist(
                    word.start..noun.end,
                    predicate,
                    noun.population.clone(),
                ));
            }
        }
        if exists
            && noun.is_none()
            && page
                .seek(word.start..stop, Tag::Exist)
                .is_some_and(|(at, end)| self.holds_none(at, end))
        {
            let population =
                Population { cat: Some(Category::PoliticalPrisoner), ..Population::default() };
            return Some(self.none_exist(word.start..stop, Predicate::Held, population));
        }
        let denies = page.tag(word.start, Tag::Deny).is_some();
        if demonstrative || stop <= word.end + 1 && denies {
            let told = here.mentions.iter().any(|one| {
                let near = one.end <= word.start && one.end + 8 > word.start;
                near && self.claimed_before(one.range.clone(), here).is_some()
            });
            if told {
                return None; // "Reports that 12 had died are false": of that number.
            }
            return self.of_figure(word, stop);
        }
        if page.tag(word.start, Tag::Deny).is_none() || self.negates(word.start, word.end) {
            return None;
        }
        self.of_fact(here, word, stop)
    }

    /// "denies holding any": what it holds was said before.
    fn holds_none(&self, at: usize, end: usize) -> bool {
        let words = self.page.words(at..end).to_lowercase();
        words.ends_with("any") || words.ends_with("none")
    }

    fn none_exist(
        &self,
        range: Range<usize>,
        predicate: Predicate,
        population: Population,
    ) -> Found {
        let mut one = Found::new(range, Kind::Denial, predicate, "denial.category");
        one.quantity = Some(Quantity::Exact(0));
        one.population = Population {
            cat: population.cat.filter(|_| predicate == Predicate::Held),
            ..population
        };
        one
    }

    /// "rejected that count", "that is too low", "False."
    fn of_figure(&mut self, word: Range<usize>, stop: usize) -> Option<Found> {
        let last = self
            .claims
            .iter()
            .rev()
            .find(|claim| claim.kind == Kind::Count && claim.quantity.is_some())?;
        let (predicate, quantity, population) =
            (last.predicate, last.quantity.clone()?, last.population.clone());
        let mut one = Found::new(
            word.start..stop.min(word.end + 4).max(word.end),
            Kind::Denial,
            predicate,
            "denial.figure",
        );
        one.quantity = Some(quantity);
        one.population = population;
        one.carried = true;
        Some(one)
    }

    /// "denied that anyone had been beaten", "niega que se trate de un destierro".
    fn of_fact(&mut self, here: &Here, word: Range<usize>, stop: usize) -> Option<Found> {
        let page = self.page;
        let verb =
            here.verbs.iter().find(|verb| verb.range.start >= word.end && verb.range.end <= stop);
        let counted =
            here.mentions.iter().any(|one| one.range.start >= word.end && one.range.end <= stop);
        if counted {
            return None; // The number's own claim becomes the denial.
        }
        if let Some(named) = verb.and_then(|verb| self.of_named(here, verb, word.start)) {
            return Some(named);
        }
        // "that anyone had been left without treatment", "the existence of detention centres".
        let told = |verb: &&Verb| {
            let place = verb.form == Form::Noun && page.seek(word.end..stop, Tag::Exist).is_some();
            verb.predicate != Predicate::Held && verb.predicate != Predicate::Released && !place
        };
        let predicate = verb.filter(told).map(|verb| verb.predicate);
        let end = verb.map_or(stop, |verb| verb.range.end.max((word.end + 6).min(stop)));
        let range = word.start..end;
        if predicate.is_none() && self.elsewhere(&range) {
            return None;
        }
        let told = predicate.unwrap_or(Predicate::Allegation);
        let mut one = Found::new(range, Kind::Denial, told, "denial.fact");
        // "denied that any soldier had died": nobody did.
        let any = word.end..verb.map_or(word.end, |verb| verb.range.start);
        if predicate.is_some() && self.page.seek(any, Tag::Any).is_some() {
            one.quantity = Some(Quantity::Exact(0));
        }
        Some(one)
    }

    /// "denied that taxes would rise", "demanded the accounts": of no matter of ours.
    pub(super) fn elsewhere(&self, range: &Range<usize>) -> bool {
        let near = range.start..(range.end + 3).min(self.page.tokens.len());
        near.clone().any(|at| self.page.tag(at, Tag::Elsewhere).is_some())
            && near.clone().all(|at| quantity::people(self.page, at, at + 1).is_none())
    }

    /// "denied the arrest of Ada Brix": the noun and whom it is said of.
    fn of_named(&self, here: &Here, verb: &Verb, start: usize) -> Option<Found> {
        let of = self.page.tag(verb.range.end, Tag::Of).filter(|_| verb.form == Form::Noun)?;
        let rest = of..here.tokens.end;
        let named = persons(self.page, &rest, &self.discourse, &self.topic.people);
        let person = named.into_iter().find(|one| one.range.start == of && !one.pronoun)?;
        let range = start..person.range.end;
        let mut one = Found::new(range, Kind::Denial, verb.predicate, "denial.fact");
        one.anchor = person.range;
        one.quantity = Some(Quantity::Exact(1));
        one.person = Some(person.name);
        Some(one)
    }

    /// "denied that a ransom had been paid": it tells what the denial is about, and is no claim of its
    /// own.
    pub(in crate::text) fn undenied(mut others: Vec<Found>, told: &mut [Found]) -> Vec<Found> {
        others.retain(|other| {
            let denial = told.iter_mut().find(|one| {
                other.predicate == Predicate::QuidProQuo
                    && one.kind == Kind::Denial
                    && one.predicate == Predicate::Allegation
                    && one.range.contains(&other.range.start)
            });
            denial.map(|one| one.predicate = Predicate::QuidProQuo).is_none()
        });
        others
    }

    /// "The workers were not deported": people without number and a negated predicate.
    pub(in crate::text) fn plural_denials(&self, here: &Here) -> Vec<Found> {
        let page = self.page;
        let mut found = Vec::new();
        for verb in here.verbs.iter().filter(|verb| verb.negated && verb.finite) {
            let event = matches!(
                verb.predicate,
                Predicate::Deported
                    | Predicate::Arrested
                    | Predicate::Transferred
                    | Predicate::Exchanged
            );
            let participle = matches!(verb.form, Form::Participle);
            let from = verb.range.start.saturating_sub(6).max(here.tokens.start);
            let noun = (from..verb.range.start)
                .find_map(|at| quantity::people(page, at, (at + 1).min(verb.range.start)));
            let numbered = here.mentions.iter().any(|one| {
                one.range.start + 8 > verb.range.start && one.range.end <= verb.range.start
            });
            let Some(noun) = noun.filter(|_| event && participle && !numbered) else { continue };
            let mut one = Found::new(
                noun.start..verb.range.end,
                Kind::Denial,
                verb.predicate,
                "denial.plural",
            );
            one.quantity = Some(Quantity::vague("plural", Some(2)));
            one.population = noun.population;
            found.push(one);
        }
        found
    }
}

fn in_custody(category: Category) -> bool {
    matches!(
        category,
        Category::PoliticalPrisoner | Category::CommonPrisoner | Category::Hostage | Category::Pow
    )
}
