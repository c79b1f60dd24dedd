//! Which of the persons of a sentence is a predicate about, and who only speaks or stands by?

use super::{Person, persons};
use crate::text::{
    Here, Reader,
    clause::{Verb, clause},
    found::Found,
    lexicon::{Form, Meaning, Tag},
    quantity,
};
use habeas_model::{Kind, Predicate, Quantity, said::speaker::Role};
use std::ops::Range;

/// A predicate said of people: what, its tokens, the rule, and how unsure.
pub(super) type Said = (Predicate, Option<Range<usize>>, &'static str, usize);

impl Reader<'_> {
    /// The claims about single persons of a sentence.
    pub(in crate::text) fn persons(&mut self, here: &Here) -> Vec<Found> {
        let page = self.page;
        let mut found: Vec<Found> = self.relations(here);
        found.extend(self.both(here));
        found.extend(self.objects(here));
        found.extend(self.labels(here));
        let mut all = persons(page, &here.tokens, &self.discourse, &self.topic.people);
        self.meant_again(here, &mut all);
        let mut all = self.resolved(all, here);
        let home = self.home.as_deref();
        all.retain(|one| home.is_none_or(|home| one.pronoun || one.name != home));
        for group in lists(self, &all) {
            let people: Vec<&Person> = group.iter().map(|nth| &all[*nth]).collect();
            let all_said = self.said_of(&people, &all, here);
            let main = self.main(&all_said, &people);
            for (nth, said) in all_said.into_iter().enumerate() {
                let first = found.len();
                for person in &people {
                    found.push(self.about(person, said.clone(), people.len() > 1, here));
                }
                self.distribute(&people, &mut found[first..]);
                // "X was charged on Thursday and remains in prison": of the second only its verb.
                if let (true, Some(at), [one]) = (nth > 0, &said.1, &mut found[first..]) {
                    one.anchor = at.clone();
                    if nth != main {
                        one.range = at.clone();
                    }
                }
                found.extend(self.with_kin(&people, &said, here));
            }
        }
        let told = |name: &str| found.iter().any(|one| one.person.as_deref() == Some(name));
        let named =
            all.iter().filter(|one| !one.pronoun && (!self.speaks(one, here) || told(&one.name)));
        let named: Vec<String> = named.map(|one| one.name.clone()).collect();
        for name in named {
            self.topic.name(&name);
        }
        found
    }

    pub(super) fn about(&self, person: &Person, said: Said, listed: bool, here: &Here) -> Found {
        let (predicate, at, rule, doubt) = said;
        let span = match (&at, listed) {
            (Some(at), false)
                if at.start.abs_diff(person.range.end) < 14
                    || at.end.abs_diff(person.range.start) < 14 =>
            {
                person.range.start.min(at.start)..person.range.end.max(at.end)
            }
            _ => person.range.clone(),
        };
        let mut one = Found::new(span, Kind::Person, predicate, rule);
        one.quantity = Some(Quantity::Exact(1));
        one.person = Some(person.name.clone());
        one.anchor = person.range.clone();
        one.doubt = doubt;
        one.carried = person.pronoun;
        one.clause = clause(self.page, &here.tokens, one.range.start);
        self.describe(&mut one, person, here);
        one
    }

    /// "he" is the last person named who does not speak in this sentence, else the last before it.
    fn resolved(&self, mut all: Vec<Person>, here: &Here) -> Vec<Person> {
        for at in 0..all.len() {
            if !all[at].pronoun || !all[at].name.is_empty() {
                continue;
            }
            let own = all[..at]
                .iter()
                .rev()
                .find(|one| !one.pronoun && (self.is_kin_of(one, here) || !self.speaks(one, here)));
            let name =
                own.map(|one| one.name.clone()).or_else(|| self.topic.people.last().cloned());
            all[at].name = name.unwrap_or_default();
        }
        all.retain(|one| !one.name.is_empty());
        all
    }

    /// "The family of X says that she": X, who does not speak.
    fn is_kin_of(&self, person: &Person, here: &Here) -> bool {
        let of = person.name_range.start.checked_sub(1);
        let of = of.is_some_and(|at| self.page.tag(at, Tag::Of).is_some());
        of && here.sources.iter().any(|source| {
            let kin = matches!(source.role, Some(Role::Relative | Role::Lawyer));
            let within = source.range.start < person.name_range.start
                && person.name_range.end <= source.range.end;
            kin && within
        })
    }

    /// What an apposition says of a person: category, nationality.
    pub(super) fn describe(&self, one: &mut Found, person: &Person, here: &Here) {
        let page = self.page;
        let before = person.name_range.start.saturating_sub(3).max(here.tokens.start);
        // "his lawyer said, he": the words before a pronoun are of others.
        for at in before..person.name_range.start {
            if person.pronoun || page.is(at, ',') {
                continue;
            }
            quantity::attributes(page, at, person.name_range.start, &mut one.population);
            one.population.nat.extend(quantity::nations(page, at));
        }
        if page.is(person.range.end, ',') && !person.pronoun {
            let end = (person.range.end + 6).min(here.tokens.end);
            let close = (person.range.end + 1..end)
                .find(|at| {
                    page.is(*at, ',')
                        || page.tokens[*at].is_stop()
                        || page.tag(*at, Tag::And).is_some()
                })
                .unwrap_or(end);
            for at in person.range.end + 1..close {
                quantity::attributes(page, at, close, &mut one.population);
                one.population.nat.extend(quantity::nations(page, at));
            }
        }
        one.population.gender = None;
        one.population.age = None;
        one.population.nat.dedup();
        let places = crate::text::found::places(
            page,
            one.range.start..one.clause.end.min(one.range.end + 14).max(one.range.end),
        );
        let toward = matches!(
            one.predicate,
            Predicate::Transferred
                | Predicate::Deported
                | Predicate::HouseArrest
                | Predicate::Rearrested
        );
        // "la muerte de Ada Brix": a name behind "de" is no place.
        let elsewhere = |place: &&crate::text::found::Named| {
            place.range.end <= person.range.start || place.range.start >= person.range.end
        };
        let places: Vec<_> = places.iter().filter(elsewhere).collect();
        one.population.place = places
            .iter()
            .find(|place| place.toward == toward)
            .or_else(|| places.first().filter(|_| toward))
            .map(|place| place.name.clone());
    }

    /// "los italianos A y B", "the journalists A and B": a plural before the first is of all.
    fn distribute(&self, people: &[&Person], found: &mut [Found]) {
        let Some((first, rest)) = found.split_first_mut() else { return };
        let Some(at) = people[0].name_range.start.checked_sub(1) else { return };
        let said = quantity::people(self.page, at, at + 1);
        if said.is_none() || !self.page.word(at).ends_with('s') {
            return;
        }
        for other in rest.iter_mut().filter(|one| one.population.nat.is_empty()) {
            other.population.nat.clone_from(&first.population.nat);
            other.population.cat = other.population.cat.or(first.population.cat);
        }
    }

    /// Of whom a noun tells, or a participle before the name, it is told although they speak: "the
    /// release of X was announced".
    fn named_in(&self, verb: &Verb, people: &[&Person], here: &Here) -> bool {
        let before = verb.range.end <= people[0].range.start;
        before && (verb.form == Form::Noun || self.fronted(verb, people[0], here))
    }

    /// Which of several predicates takes the name: the one of the sentence itself, not of a
    /// relative clause or an apposition before it.
    fn main(&self, said: &[Said], people: &[&Person]) -> usize {
        let page = self.page;
        let last = people.last().map_or(0, |one| one.range.end);
        let aside = |one: &Said| {
            one.1.as_ref().is_none_or(|at| {
                let between = last..at.start.max(last);
                let relative = between.clone().any(|at| page.tag(at, Tag::Relative).is_some());
                let closed = between.clone().skip(1).any(|at| page.is(at, ','));
                let first = people[0].range.start;
                let fronted = (at.end..first).any(|at| page.is(at, ','));
                fronted || relative && !closed || self.apposed(&between)
            })
        };
        said.iter().position(|one| !aside(one)).unwrap_or(0)
    }

    /// Predicates that a sentence says of a person or a list of them.
    fn said_of(&self, people: &[&Person], all: &[Person], here: &Here) -> Vec<Said> {
        let page = self.page;
        let (Some(first), Some(last)) = (people.first(), people.last()) else { return Vec::new() };
        let so = page.tag(here.tokens.start, Tag::SoWere).is_some()
            || page.tag(first.range.start.saturating_sub(2), Tag::SoWere).is_some()
            || page.tag(first.range.start.saturating_sub(3), Tag::SoWere).is_some();
        if so
            && let Some(claim) = self
                .claims
                .iter()
                .rev()
                .find(|claim| matches!(claim.kind, Kind::Count | Kind::Person))
        {
            return vec![(claim.predicate, None, "person.so-were", 3)];
        }
        let including = (first.range.start.saturating_sub(4).max(here.tokens.start)
            ..first.range.start)
            .any(|at| page.tag(at, Tag::Including).is_some());
        let mut found = Vec::new();
        let speaks = people.iter().all(|one| self.speaks(one, here));
        for verb in here.verbs {
            if speaks && !self.aside(verb, last, here) && !self.named_in(verb, people, here) {
                continue;
            }
            if let Some(doubt) = self.fits(verb, first, last, all, here, including) {
                found.push((verb.predicate, Some(verb.range.clone()), "person.verb", doubt));
            }
        }
        found.dedup_by_key(|(predicate, ..)| *predicate);
        // "does not know where he is being kept": that he is missing is all that is said.
        let lost = |one: &Said| {
            one.0 == Predicate::Missing
                && one.1.as_ref().is_some_and(|at| at.end == last.range.start)
        };
        if first.pronoun && found.iter().any(lost) {
            found.retain(lost);
        }
        let among = page.tag(last.range.end, Tag::Be).is_some()
            && here.mentions.iter().any(|one| {
                one.range.start <= last.range.end + 2
                    && one.range.start > last.range.end
                    && one.of_them
            });
        if found.is_empty()
            && among
            && let Some(said) = self.claims.iter().rev().find(|claim| claim.kind == Kind::Count)
        {
            return vec![(said.predicate, None, "person.among", 3)];
        }
        if found.is_empty()
            && let Some(said) =
                self.apposed_to_some(first, here).or_else(|| self.among_those(first, here))
        {
            return vec![said];
        }
        if found.is_empty()
            && !speaks
            && including
            && let Some(said) = self.topic.last()
        {
            return vec![(said.predicate, None, "person.including", 4)];
        }
        if found.is_empty() && !speaks {
            found.extend(self.witnessed(first, here));
        }
        found
    }

    /// "Reporters saw X and Y at the gate": where those let out are told of, X and Y are seen to
    /// leave.
    fn witnessed(&self, first: &Person, here: &Here) -> Option<Said> {
        let page = self.page;
        let start = first.range.start;
        let before = start.saturating_sub(3).max(here.tokens.start)..start;
        let seen = before.clone().find(|at| {
            page.find(*at, |m| matches!(m, Meaning::Word(Tag::Sees)).then_some(())).is_some_and(
                |(end, ())| (end..start).all(|at| page.any(at, &[Tag::The, Tag::A, Tag::Toward])),
            )
        });
        seen?;
        let topic = self.topic.recent().then(|| self.topic.last()).flatten()?;
        topic.predicate.leaves_custody().then_some((topic.predicate, None, "person.witnessed", 4))
    }

    /// "Ambos fueron apresados": the last two people named.
    fn both(&self, here: &Here) -> Vec<Found> {
        let Some(end) = self.page.tag(here.tokens.start, Tag::Both) else { return Vec::new() };
        let verb =
            here.verbs.iter().find(|verb| verb.range.start <= end + 4 && verb.form != Form::Noun);
        let Some(verb) = verb.filter(|_| self.topic.people.len() >= 2) else { return Vec::new() };
        let last = self.topic.people.iter().rev().take(2).rev();
        last.map(|name| {
            let mut one = Found::new(
                here.tokens.start..verb.range.end,
                Kind::Person,
                verb.predicate,
                "person.both",
            );
            one.quantity = Some(Quantity::Exact(1));
            one.person = Some(name.clone());
            one.carried = true;
            one.clause = clause(self.page, &here.tokens, here.tokens.start);
            one
        })
        .collect()
    }
}

/// Persons in lists: "A, B and C" are one group.
fn lists(reader: &Reader, all: &[Person]) -> Vec<Vec<usize>> {
    let page = reader.page;
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (nth, person) in all.iter().enumerate() {
        let joins = nth > 0 && {
            let between = all[nth - 1].range.end..person.range.start;
            let marks =
                between.clone().any(|at| page.is(at, ',') || page.tag(at, Tag::And).is_some());
            let verbs = between.clone().any(|at| {
                page.find(at, |meaning| {
                    matches!(meaning, Meaning::Predicate(..) | Meaning::Speech(_)).then_some(())
                })
                .is_some()
                    || page.tag(at, Tag::Relative).is_some()
                    || page.tokens[at].is_stop()
            });
            marks && !verbs && between.len() <= 20 && !person.pronoun
        };
        match groups.last_mut() {
            Some(group) if joins => group.push(nth),
            _ => groups.push(vec![nth]),
        }
    }
    groups
}
