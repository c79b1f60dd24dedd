//! Which of the persons of a sentence is a predicate about, and who only speaks or stands by?

use super::{Person, persons};
use crate::text::{
    Here, Reader,
    clause::{Verb, clause},
    found::Found,
    lexicon::{Form, Meaning, Tag},
    quantity::{self, Amount},
};
use habeas_model::{Kind, Modality, Predicate, Quantity, said::speaker::Role};
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
        let all = persons(page, &here.tokens, &self.discourse, &self.topic.people);
        let mut all = self.resolved(all, here);
        let home = self.home.as_deref();
        all.retain(|one| home.is_none_or(|home| one.pronoun || one.name != home));
        let mut groups = lists(self, &all);
        let told = |person: &Person| {
            !self.speaks(person, here)
                || self.told_aside(person, here)
                || self.apposed_to_some(person, here).is_some()
        };
        groups.retain(|group| group.iter().any(|nth| told(&all[*nth])));
        for group in groups {
            let people: Vec<&Person> = group.iter().map(|nth| &all[*nth]).collect();
            for (nth, said) in self.said_of(&people, &all, here).into_iter().enumerate() {
                let first = found.len();
                for person in &people {
                    found.push(self.about(person, said.clone(), people.len() > 1, here));
                }
                self.distribute(&people, &mut found[first..]);
                // "X was charged on Thursday and remains in prison": of the second only its verb.
                if let (true, Some(at), [one]) = (nth > 0, &said.1, &mut found[first..]) {
                    one.range = at.clone();
                    one.anchor = at.clone();
                }
                found.extend(self.with_kin(&people, &said, here));
            }
        }
        let named = all.iter().filter(|one| !one.pronoun && !self.speaks(one, here));
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
            if !all[at].pronoun {
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
            if speaks && !self.aside(verb, last, here) {
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
            && including
            && let Some(said) = self.topic.last()
        {
            return vec![(said.predicate, None, "person.including", 4)];
        }
        found
    }

    /// How unsure it is that a verb is said of these people; `None` if it is not.
    fn fits(
        &self,
        verb: &Verb,
        first: &Person,
        last: &Person,
        all: &[Person],
        here: &Here,
        including: bool,
    ) -> Option<usize> {
        let page = self.page;
        let counted = counted(self, verb, last, here);
        if verb.form == Form::Noun
            && !matches!(verb.predicate, Predicate::ChargesPending)
            && !self.possessed(verb, last, here)
        {
            let told = self.noun_of(verb, first, here) && !self.credited(first, here);
            let between = verb.range.end..first.range.start.max(verb.range.end);
            let free = told && !self.divided(&between, false, all);
            return free.then_some(3);
        }
        let after = verb.range.start >= last.range.end;
        let between = if after {
            last.range.end..verb.range.start
        } else if verb.range.end <= first.range.start {
            verb.range.end..first.range.start
        } else {
            return None;
        };
        if self.divided(&between, after, all) {
            return None;
        }
        let thing = after && between.clone().any(|at| page.tag(at, Tag::Thing).is_some());
        let colon = self.listed_by(verb, first, last, here);
        let apart = !after
            && !including
            && !colon
            && between.clone().any(|at| {
                page.tag(at, Tag::Preposition).is_some() && !page.lexicon.order.adjective_after
            });
        let passive = after && self.another(&between, here) || self.credited(first, here);
        if passive || thing || apart || counted && !including || between.len() > 16 {
            return None;
        }
        let active = verb.form == Form::Object || verb.form == Form::Participle && !verb.finite;
        if after {
            return self.follows(verb, last, &between, active, here);
        }
        let missing = verb.predicate == Predicate::Missing
            && verb.form == Form::Subject
            && between.len() <= 2
            && between.clone().all(|at| page.tokens[at].is_word());
        let allowed = active
            || self.perfect(verb, here)
            || including
            || colon
            || missing
            || verb.form == Form::Future
            || page.lexicon.order.subject_dropped
                && matches!(verb.form, Form::Subject | Form::Participle);
        let direct =
            between.len() <= 3 || including || colon || self.told_first(verb, &between, here);
        (allowed && direct).then_some(between.len() + 1)
    }

    /// How unsure it is that a verb is said of the people named before it.
    fn follows(
        &self,
        verb: &Verb,
        last: &Person,
        between: &Range<usize>,
        active: bool,
        here: &Here,
    ) -> Option<usize> {
        let page = self.page;
        // "X freed 12": X is no detainee. A glued participle after a comma is an apposition.
        let glued = self.apposed(between);
        // "released him"; in Spanish a "la" behind the verb is an article.
        let object = page.tag(verb.range.end, Tag::Object).is_some()
            && !page.lexicon.order.subject_dropped
            || here.mentions.iter().any(|one| {
                one.range.start <= verb.range.end + 1 && one.range.start >= verb.range.end
            });
        // "was detained again over a breach"; "had pardoned 6,134" has an object.
        let from = verb.range.start.saturating_sub(3).max(last.range.end);
        let be = (from..=verb.range.start).any(|at| page.tag(at, Tag::Be).is_some());
        let passive = verb.form == Form::Participle && verb.finite && be;
        let (object, active) = (object && !passive, active && !self.one_of(between));
        let glued = glued || self.headline(verb, between, here);
        if active && (!glued || verb.form == Form::Object) || object {
            return None;
        }
        let relative = between.clone().any(|at| page.tag(at, Tag::Relative).is_some());
        Some(between.len() / 2 + usize::from(relative) * 2)
    }

    /// Whether another person, a stop or a verb of saying stands between a person and a verb.
    fn divided(&self, between: &Range<usize>, after: bool, all: &[Person]) -> bool {
        let page = self.page;
        let other = all.iter().any(|person| between.contains(&person.name_range.start));
        let stops = between.clone().any(|at| {
            page.is(at, ';') || page.is(at, ':') && after || page.tag(at, Tag::Contrast).is_some()
        });
        let says = between.clone().any(|at| {
            page.find(at, |m| matches!(m, Meaning::Speech(_)).then_some(())).is_some()
                && page.tag(at, Tag::Have).is_none()
                || page.tag(at, Tag::RulesOut).is_some()
        });
        other || stops || says
    }

    /// Words between a person and a verb that give the verb another subject: "warned X until all
    /// the prisoners are released".
    fn another(&self, between: &Range<usize>, here: &Here) -> bool {
        let page = self.page;
        let relative = between.clone().any(|at| page.tag(at, Tag::Relative).is_some());
        !relative
            && between.clone().any(|at| {
                // "X, held since May, was moved": a date is no clause.
                let dated = here.dates.iter().any(|one| (at..=at + 1).contains(&one.range.start));
                let clause = page.tag(at, Tag::Subordinate).is_some()
                    && page.tag(at, Tag::Relative).is_none()
                    && !dated;
                let until = page.tag(at, Tag::Until).is_some_and(|end| {
                    page.tag(end, Tag::All).is_some() || page.tag(end, Tag::Relative).is_some()
                });
                clause && between.end > at + 2 || until
            })
    }

    /// "The families thanked X", "praised X for": who is thanked is not who was freed.
    fn credited(&self, person: &Person, here: &Here) -> bool {
        let page = self.page;
        let from = person.range.start.saturating_sub(4).max(here.tokens.start);
        (from..person.range.start).any(|at| page.tag(at, Tag::Credits).is_some())
    }

    /// "welcomed the release on Saturday of X", "la muerte de X": what is told, not asked for.
    fn noun_of(&self, verb: &Verb, person: &Person, here: &Here) -> bool {
        let page = self.page;
        let (from, to) = (verb.range.end, person.range.start);
        let of = (from..(from + 4).min(to)).any(|at| page.tag(at, Tag::Of).is_some());
        let event = !verb.predicate.is_state() || verb.predicate == Predicate::Missing;
        let plain = (from..to).all(|at| !page.tokens[at].is_stop() && !page.tokens[at].is_quote());
        of && event && plain && to - from < 14 && self.told(verb, person, here)
    }

    /// Nobody asks for what a noun says, promises or denies it. That nobody knows "the whereabouts
    /// of X" says that X is missing.
    fn told(&self, verb: &Verb, person: &Person, here: &Here) -> bool {
        let page = self.page;
        let missing = verb.predicate == Predicate::Missing;
        let start = clause(page, &here.tokens, verb.range.start).start;
        let unsaid = (start..verb.range.start.min(person.range.start.max(start))).any(|at| {
            let tags = [Tag::Deny, Tag::Asks, Tag::Negation, Tag::Future, Tag::Frees];
            let tags = if missing { &tags[..1] } else { &tags[..] };
            page.any(at, tags)
        });
        let demanded = here.cues.iter().any(|cue| {
            // "ordered the release of X" promises it.
            matches!(cue.modality, Modality::Demanded | Modality::Denied)
                || cue.modality == Modality::Promised && !verb.predicate.leaves_custody()
        });
        !unsaid && (missing || !verb.negated && !verb.future && !demanded)
    }

    /// "Guanipa's freedom", "X's arrest drew protests": what is told, not asked for.
    fn possessed(&self, verb: &Verb, person: &Person, here: &Here) -> bool {
        verb.range.start == person.range.end + 1
            && self.page.word(person.range.end).ends_with('s')
            && (!verb.predicate.is_state() || verb.predicate == Predicate::Missing)
            && self.told(verb, person, here)
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

/// Whether a number of people stands between a person and a verb: the verb is said of the number,
/// unless the person is one of them.
fn counted(reader: &Reader, verb: &Verb, last: &Person, here: &Here) -> bool {
    let between = last.range.end..verb.range.start.max(last.range.end);
    // "X and 11 others were freed": the verb is of X as well.
    let and = reader.page.tag(last.range.end, Tag::And);
    let one_of = reader.one_of(&between)
        || here
            .mentions
            .iter()
            .any(|one| Some(one.range.start) == and && one.end <= verb.range.start)
        || here.mentions.iter().any(|one| {
            one.amount.value() == Some(1)
                && one.range.start >= last.range.end
                && one.range.end <= verb.range.start
        });
    !one_of
        && here.mentions.iter().any(|one| {
            one.range.start.abs_diff(verb.range.start) < 8
                && one.range.start >= last.range.end
                && one.range.end <= verb.range.start
                || verb.range.start >= one.range.start
                    && verb.range.end <= one.end
                    && one.amount != Amount::Nobody
        })
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
