//! Words become proposed claims: sentence by sentence, each with its speaker, its dates and its
//! reasons.

mod attribution;
mod date;
mod lexicon;
mod number;
mod person;
mod sentence;
mod whom;

use crate::{Context, Reading};
use attribution::{Discourse, Source};
use habeas_document::{Document, Text};
use habeas_model::{
    Claim, ClaimId, Happening, Kind, Mention, MentionId, Modality, Name, Population, Predicate,
    Problem, Quantity, Scope,
    said::claim::{Confidence, Detail},
};
use lexicon::Lexicon;
use std::ops::Range;

/// Reads a text.
#[must_use]
pub fn read(document: &Document, text: &Text, context: &Context) -> Reading {
    let lang = context.lang.as_deref().filter(|lang| ["en", "es"].contains(lang));
    let lang = lang.unwrap_or_else(|| lexicon::detect(&text.content));
    let mut reader = Reader {
        document,
        text,
        context,
        lexicon: Lexicon::of(lang),
        reading: Reading { lang: lang.to_owned(), ..Reading::default() },
        discourse: Discourse::default(),
        country: whom::country(&text.content),
        last: None,
    };
    for sentence in sentence::sentences(text) {
        reader.sentence(&sentence);
    }
    reader.finish()
}

/// A claim in the making: what a clause says before speaker and dates are known.
struct Found {
    range: Range<usize>,
    kind: Kind,
    predicate: Predicate,
    quantity: Option<Quantity>,
    population: Population,
    person: Option<String>,
    of_total: Option<Quantity>,
    rules: Vec<String>,
    guessed: bool,
}

struct Reader<'a> {
    document: &'a Document,
    text: &'a Text,
    context: &'a Context,
    lexicon: &'static Lexicon,
    reading: Reading,
    discourse: Discourse,
    /// The country that the text is about: the place of claims that name none.
    country: Option<String>,
    /// Predicate and population of the last count, for "of them" and bare items.
    last: Option<(Predicate, Population, Option<u32>)>,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: &sentence::Sentence) {
        let words = &self.text.content[sentence.range.clone()];
        if sentence.new_paragraph {
            self.discourse.paragraph();
        }
        let source = self.discourse.source(words, self.lexicon);
        let mut found = self.counts(sentence.range.start, words);
        found.extend(person::find(words, self.lexicon).into_iter().map(|one| Found {
            range: sentence.range.start + one.range.start..sentence.range.start + one.range.end,
            kind: Kind::Person,
            predicate: one.predicate,
            quantity: Some(Quantity::Exact(1)),
            population: Population { place: whom::place(words), ..Population::default() },
            person: Some(one.name),
            of_total: None,
            rules: vec![one.rule.to_owned()],
            guessed: false,
        }));
        found.extend(self.others(sentence.range.start, words));
        self.deny(sentence.range.start, words, &mut found);
        for one in found {
            let claim = self.claim(one, words, &source);
            self.reading.claims.push(claim);
        }
    }

    /// Every number of people with what is said of them; a number about people that nothing is said
    /// of is a problem.
    fn counts(&mut self, start: usize, words: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let numbers = number::find(words, self.lexicon);
        let mut skip = 0;
        for (nth, number) in numbers.iter().enumerate() {
            if number.range.start < skip {
                continue;
            }
            let after = numbers.get(nth + 1).map_or(words.len(), |next| next.range.start);
            let noun =
                whom::noun(&words[number.range.end..after.max(number.range.end)], self.lexicon);
            let clause = sentence::clause(words, number.range.clone());
            let predicate =
                self.lexicon.nearest(&words[clause.clone()], number.range.start - clause.start);
            let anaphoric = self.lexicon.of_them(&words[number.range.end..])
                || self.lexicon.of_them(&words[..number.range.start]);
            let carried = self.last.clone();
            let (predicate, rule) = match (predicate, &noun, &carried) {
                (Some(predicate), ..) if noun.is_some() || number.is_strong => {
                    (predicate, "clause")
                }
                (_, Some(_), Some((predicate, ..))) if number.is_strong => (*predicate, "carried"),
                (_, None, Some((predicate, ..))) if anaphoric => (*predicate, "of-them"),
                (_, None, Some((predicate, ..))) if number.is_strong && !found.is_empty() => {
                    (*predicate, "item")
                }
                (None, Some(noun), None) if noun.implies_custody => (Predicate::Held, "noun"),
                _ => {
                    self.unread(start, number, words);
                    continue;
                }
            };
            let mut population = whom::population(words, number, noun.as_ref(), self.lexicon);
            if let (Some((_, before, _)), None) = (&carried, &noun) {
                // A part with its own noun takes nothing from the whole.
                whom::inherit(&mut population, before);
            }
            let end = noun.as_ref().map_or(number.range.end, |noun| number.range.end + noun.end);
            let total = numbers.get(nth + 1).filter(|next| {
                self.lexicon.is_of(&words[end.min(next.range.start)..next.range.start])
            });
            let mut range = span(&clause, words, number.range.start..end, predicate, self.lexicon);
            if let Some(total) = total {
                let noun = whom::noun(&words[total.range.end..], self.lexicon);
                let until =
                    noun.as_ref().map_or(total.range.end, |noun| total.range.end + noun.end);
                let whole = whom::population(words, total, noun.as_ref(), self.lexicon);
                whom::inherit(&mut population, &whole);
                range.end = range.end.max(until);
                skip = total.range.end;
                found.push(self.found(
                    start,
                    total.range.start..until,
                    Predicate::Held,
                    total.quantity.clone(),
                    whole,
                    "of-total",
                ));
            }
            let exact = number.quantity.bounds().1;
            if population.gender.is_none() && population.age.is_none() {
                self.last = Some((predicate, population.clone(), exact));
            }
            let mut one =
                self.found(start, range, predicate, number.quantity.clone(), population, rule);
            one.of_total = total.map(|total| total.quantity.clone());
            one.guessed = rule != "clause";
            found.push(one);
        }
        found
    }

    /// A number that nothing was made of is told of, never dropped.
    fn unread(&mut self, start: usize, number: &number::Number, words: &str) {
        if number.is_strong {
            let at = self.text.points(start + number.range.start);
            let value = words[number.range.clone()].to_owned();
            let place = format!("characters {at}..{}", at + value.chars().count() as u32);
            self.reading.problems.push(Problem::new("number-unread", place, value));
        }
    }

    fn found(
        &self,
        start: usize,
        range: Range<usize>,
        predicate: Predicate,
        quantity: Quantity,
        population: Population,
        rule: &str,
    ) -> Found {
        Found {
            range: start + range.start..start + range.end,
            kind: Kind::Count,
            predicate,
            quantity: Some(quantity),
            population,
            person: None,
            of_total: None,
            rules: vec![format!("count.{rule}")],
            guessed: false,
        }
    }

    /// Silence, demands and judgements.
    fn others(&self, start: usize, words: &str) -> Vec<Found> {
        let fired = self
            .lexicon
            .others
            .iter()
            .filter_map(|(predicate, pattern)| Some((*predicate, pattern.find(words)?)));
        fired
            .map(|(predicate, found)| Found {
                range: start + found.start()..start + found.end(),
                kind: Kind::Other,
                predicate,
                quantity: None,
                population: Population::default(),
                person: None,
                of_total: None,
                rules: vec![format!("other.{predicate}")],
                guessed: false,
            })
            .collect()
    }

    /// A sentence that denies: of a category if it denies that there are such people at all, else
    /// of what it counts.
    fn deny(&self, start: usize, words: &str, found: &mut Vec<Found>) {
        let Some(denial) = self.lexicon.denial.find(words) else { return };
        let mut turned = false;
        for one in found.iter_mut().filter(|one| matches!(one.kind, Kind::Count | Kind::Person)) {
            if one.range.start >= start + denial.start() {
                one.kind = Kind::Denial;
                turned = true;
            }
        }
        let noun = whom::noun_anywhere(&words[denial.start()..], self.lexicon);
        if let (Some(noun), false) = (noun, turned) {
            let range = denial.start()..denial.start() + noun.end;
            let population = Population {
                cat: noun.category,
                place: whom::place(words),
                ..Population::default()
            };
            let mut one =
                self.found(start, range, Predicate::Held, Quantity::Exact(0), population, "denial");
            one.kind = Kind::Denial;
            found.push(one);
        }
    }

    fn claim(&mut self, mut found: Found, words: &str, source: &Source) -> Claim {
        // The country of the case goes without saying there: a place that only repeats it would set
        // frames apart.
        let place = found.population.place.take().or_else(|| self.country.clone());
        found.population.place = place.filter(|place| {
            found.kind != Kind::Other && self.context.country.as_ref() != Some(place)
        });
        let promise = found.kind == Kind::Count && self.lexicon.promises(words, found.predicate);
        let kind = if promise { Kind::Promise } else { found.kind };
        let modality = attribution::modality(kind, words, source, self.lexicon);
        let scope =
            (kind == Kind::Count).then(|| scope(found.predicate, words, modality, self.lexicon));
        let time = date::times(words, kind, scope, self.context.published, self.lexicon);
        let confidence = match (found.guessed, source.carried) {
            (true, _) => Confidence::Low,
            (false, true) => Confidence::Middle,
            (false, false) => Confidence::High,
        };
        let part_of = self.part_of(&found);
        Claim {
            id: ClaimId::NONE,
            span: self.document.span(self.text, found.range.clone()),
            kind,
            detail: detail(kind, &found),
            predicate: found.predicate,
            quantity: found.quantity,
            population: found.population,
            person: found.person.map(Name::new),
            part_of,
            of_total: found.of_total,
            speakers: source.chain.clone(),
            outlet: self.context.outlet.clone(),
            url: self.context.url.clone(),
            modality,
            scope,
            time,
            superseded: false,
            by: None,
            note: None,
            rules: found.rules,
            confidence,
            attribution: None,
        }
    }

    /// The number that an earlier count of this document gives for the whole of which this is a
    /// part: said by "of
    /// them", or followed at once by its parts.
    fn part_of(&self, found: &Found) -> Option<u32> {
        if found.kind != Kind::Count {
            return None;
        }
        let part = found.quantity.as_ref()?.bounds().0?;
        let split = found.population.gender.is_some()
            || found.population.age.is_some()
            || !found.population.nat.is_empty()
            || matches!(
                found.population.cat,
                Some(habeas_model::Category::Military | habeas_model::Category::Civilian)
            );
        let whole = self.reading.claims.iter().rev().find(|claim| {
            claim.kind == Kind::Count
                && claim.predicate == found.predicate
                && claim.part_of.is_none()
                && claim
                    .quantity
                    .as_ref()
                    .and_then(|said| said.bounds().0)
                    .is_some_and(|n| n >= part)
                && claim.population.gender.is_none()
                && claim.population.age.is_none()
        })?;
        (split).then(|| whole.quantity.as_ref()?.bounds().0).flatten()
    }

    fn finish(mut self) -> Reading {
        self.reading.claims.sort_by_key(|claim| match claim.span.place {
            habeas_model::Place::Text { start, end, .. } => (start, end),
            habeas_model::Place::Cells { .. } => (0, 0),
        });
        Claim::identify_all(&mut self.reading.claims);
        let mentions = self.reading.claims.iter().filter(|claim| claim.kind == Kind::Person);
        self.reading.mentions = mentions.filter_map(|claim| mention(claim, self.context)).collect();
        self.reading
    }
}

/// The words of a claim: the number with its noun, stretched to the predicate where that is near.
fn span(
    clause: &Range<usize>,
    words: &str,
    core: Range<usize>,
    predicate: Predicate,
    lexicon: &Lexicon,
) -> Range<usize> {
    let Some(at) = lexicon.place_of(&words[clause.clone()], predicate, core.start - clause.start)
    else {
        return core;
    };
    let at = clause.start + at.start..clause.start + at.end;
    let far = at.start.abs_diff(core.end).min(core.start.abs_diff(at.end)) > 60;
    if far { core } else { core.start.min(at.start)..core.end.max(at.end) }
}

fn scope(predicate: Predicate, words: &str, modality: Modality, lexicon: &Lexicon) -> Scope {
    if predicate.is_state() {
        return Scope::Stock;
    }
    let running = lexicon.total.is_match(words)
        || date::has_baseline(words, lexicon)
        || modality == Modality::Verified;
    if running { Scope::Cumulative } else { Scope::Event }
}

fn detail(kind: Kind, found: &Found) -> Option<Detail> {
    Some(match (kind, found.predicate) {
        (Kind::Count, _) => Detail::Count,
        (Kind::Promise, _) => Detail::Promise,
        (Kind::Person, predicate) if predicate.is_state() => Detail::State,
        (Kind::Person, _) => Detail::Event,
        (Kind::Denial, Predicate::Held) if found.person.is_none() => Detail::DenialOfCategory,
        (Kind::Denial, _) => Detail::DenialOfFact,
        (Kind::Other, Predicate::NumberWithheld | Predicate::IdentityWithheld) => {
            Detail::Withholding
        }
        (Kind::Other, Predicate::ListUnpublished) => Detail::Absence,
        (Kind::Other, Predicate::Demand) => Detail::Demand,
        (Kind::Other, _) => Detail::Assessment,
    })
}

/// Somebody named in a text, for the register.
fn mention(claim: &Claim, context: &Context) -> Option<Mention> {
    let when = claim.time.event.clone().or_else(|| claim.time.as_of.clone());
    let place = claim.population.place.clone();
    let mut mention = Mention {
        id: MentionId::NONE,
        span: claim.span.clone(),
        claim: Some(claim.id),
        name: claim.person.clone()?,
        given: None,
        surnames: None,
        number: None,
        born: None,
        age: None,
        gender: claim.population.gender,
        nat: claim.population.nat.clone(),
        cat: claim.population.cat,
        happened: vec![Happening { predicate: claim.predicate, when, place, mode: None }],
        speakers: claim.speakers.clone(),
        outlet: claim.outlet.clone(),
        modality: claim.modality,
        disclosure: context.disclosure,
        rest: Vec::new(),
    };
    mention.id = mention.identify(0);
    Some(mention)
}
