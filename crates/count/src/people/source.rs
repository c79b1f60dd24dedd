//! How a person is sourced: who knows of it independently, who saw it, who says otherwise.
//!
//! Ten outlets that quote one office are one source (invariant 5); so are two outlets that print
//! one text.

use super::history::stands;
use crate::{Asked, Persons, Rule, board::Bodies, frame::plain};
use habeas_model::{
    Digest, Mention, Modality, Person, PersonId, Place, Predicate, Review, Role, Span,
    people::register::Held, words,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

words! {
    /// How far a person's record may be relied on, under a rule.
    Verification {
        /// Nobody has looked at anything that it rests on.
        Unreviewed = "unreviewed",
        /// Some source says so.
        Reported = "reported",
        /// Independent origins say so, not as many as the rule asks.
        Corroborated = "corroborated",
        /// What the rule asks is there.
        Verified = "verified",
        /// Another origin denies it, or says that it was otherwise later.
        Contested = "contested",
    }
}

/// How one person is sourced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sourcing {
    /// Bodies that know of it independently, by the spelling that stands for each.
    pub origins: Vec<String>,
    /// Everywhere it is written, copies and quotes too.
    pub mentions: u32,
    /// Somebody who saw it says so: the person, next of kin, their lawyer.
    pub first_hand: bool,
    /// A case that its speaker checked, or an authority's own list.
    pub document: bool,
    /// Another origin denies it, or says that it was otherwise later.
    pub contested: bool,
    /// What it comes to under the rule.
    pub verification: Verification,
}

/// How each of these persons is sourced, in the register's order.
#[must_use]
pub fn sourced(asked: &Asked<'_>, persons: &Persons) -> Vec<(PersonId, Sourcing)> {
    let bodies = Bodies::of(asked.present);
    let (mut origins, limit) = (Origins::of(&bodies), asked.last_day());
    let meant: HashSet<PersonId> = persons.ids().into_iter().collect();
    let those = asked.register.persons.iter().filter(|person| meant.contains(&person.id));
    those.map(|person| (person.id, origins.sourcing(person, asked.rule, limit))).collect()
}

/// The origins of a case, each known by one number.
pub(crate) struct Origins<'a> {
    bodies: &'a Bodies,
    numbers: HashMap<String, u32>,
    spelled: HashMap<(&'a str, &'a str, &'a str, Option<Digest>), u32>,
}

impl<'a> Origins<'a> {
    pub fn of(bodies: &'a Bodies) -> Origins<'a> {
        Origins { bodies, numbers: HashMap::new(), spelled: HashMap::new() }
    }

    /// The origin of a mention.
    pub fn number(&mut self, mention: &'a Mention) -> u32 {
        let origin = mention.speakers.origin();
        let name = origin.map_or("", |speaker| speaker.name.as_str());
        let of = origin.and_then(|speaker| speaker.of.as_deref()).unwrap_or("");
        let outlet = mention.outlet.as_deref().unwrap_or("");
        let (bodies, numbers) = (self.bodies, &mut self.numbers);
        let nobody = (name.is_empty() && outlet.is_empty()).then_some(mention.span.blob);
        *self.spelled.entry((name, of, outlet, nobody)).or_insert_with(|| {
            let next = crate::board::count(numbers.len());
            let (outlet, blob) = (mention.outlet.as_deref(), mention.span.blob);
            let key = bodies.key_of(&mention.speakers, outlet, blob);
            *numbers.entry(key).or_insert(next)
        })
    }

    fn shown(&self, number: u32) -> String {
        let key = self.numbers.iter().find(|(_, known)| **known == number);
        key.map_or(String::new(), |(key, _)| self.bodies.shown(key).to_owned())
    }

    /// How a person is sourced under a rule, by what happened until `limit`.
    pub fn sourcing(&mut self, person: &'a Person, rule: &Rule, limit: Date) -> Sourcing {
        let known = self.known(person, limit);
        let origins = known.independent.iter().map(|&number| self.shown(number)).collect();
        Sourcing {
            origins,
            mentions: crate::board::count(standing(person).count()),
            first_hand: known.first_hand,
            document: known.document,
            contested: known.contested,
            verification: known.verification(rule),
        }
    }

    /// The same without words.
    pub fn known(&mut self, person: &'a Person, limit: Date) -> Known {
        let mut known = Known::default();
        let mut texts: Vec<(String, u32)> = Vec::new();
        let mut own: Vec<(u32, &Mention)> = Vec::new();
        for Held { mention, review } in standing(person) {
            let mut origin = self.number(mention);
            if let Some(text) = printed(&mention.span) {
                match texts.iter().find(|(known, _)| *known == text) {
                    Some((_, first)) => origin = *first, // A copy knows no more than its first.
                    None => texts.push((text, origin)),
                }
            }
            if !known.independent.contains(&origin) {
                known.independent.push(origin);
            }
            known.reviewed |= *review != Review::Unreviewed;
            known.first_hand |= saw(mention);
            known.document |= documents(mention);
            own.push((origin, mention));
        }
        let denied = person
            .mentions
            .iter()
            .any(|held| held.review.stands() && held.mention.modality == Modality::Denied);
        known.contested = denied || otherwise_later(&own, limit);
        known
    }
}

/// What is known of how a person is sourced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub independent: Vec<u32>,
    pub first_hand: bool,
    pub document: bool,
    pub contested: bool,
    pub reviewed: bool,
}

impl Known {
    /// Whether the rule's demand on sources is met.
    pub fn meets(&self, rule: &Rule) -> bool {
        let asked = rule.verified;
        self.independent.len() >= asked.origins as usize
            || (asked.first_hand && self.first_hand)
            || (asked.document && self.document)
    }

    pub fn verification(&self, rule: &Rule) -> Verification {
        match () {
            () if self.contested => Verification::Contested,
            () if !self.reviewed => Verification::Unreviewed,
            () if self.meets(rule) => Verification::Verified,
            () if self.independent.len() > 1 => Verification::Corroborated,
            () => Verification::Reported,
        }
    }
}

fn standing(person: &Person) -> impl Iterator<Item = &Held> {
    person.mentions.iter().filter(|held| stands(held))
}

/// Somebody who was there: the person, next of kin, their lawyer.
fn saw(mention: &Mention) -> bool {
    let role = mention.speakers.origin().and_then(|speaker| speaker.role);
    let kin = matches!(role, Some(Role::Relative | Role::Lawyer | Role::Detainee));
    kin || mention.modality == Modality::Confirmed
}

/// A case that its speaker checked, or an authority's own list.
fn documents(mention: &Mention) -> bool {
    let role = mention.speakers.origin().and_then(|speaker| speaker.role);
    let listed = matches!(mention.span.place, Place::Cells { .. });
    mention.modality == Modality::Verified || (listed && role == Some(Role::Government))
}

/// The words of a text that two outlets may have copied; a short passage meets another by chance,
/// and a row of a list is no text.
fn printed(span: &Span) -> Option<String> {
    const BY_CHANCE: usize = 40;
    if !matches!(span.place, Place::Text { .. }) {
        return None;
    }
    let text = plain(&format!("{}{}{}", span.prefix, span.quote, span.suffix));
    (text.chars().count() >= BY_CHANCE).then_some(text)
}

/// One origin has them out on a day, and another has them still inside later, with no arrest
/// between.
fn otherwise_later(own: &[(u32, &Mention)], limit: Date) -> bool {
    let mut days: Vec<(u32, Predicate, Date)> = Vec::new();
    for (origin, mention) in own {
        let dated = mention.happened.iter().filter_map(|one| {
            let day = one.when.as_ref()?.single()?;
            (day <= limit).then_some((*origin, one.predicate, day)) // Invariant 8.
        });
        days.extend(dated);
    }
    let mut out = days.iter().filter(|(_, what, _)| what.leaves_custody());
    let inside = |what: Predicate| matches!(what, Predicate::Held | Predicate::Missing);
    let taken = |what: Predicate| matches!(what, Predicate::Arrested | Predicate::Rearrested);
    out.any(|&(freer, _, freed)| {
        days.iter().any(|&(holder, what, held)| {
            let again = |&&(_, what, day): &&(u32, Predicate, Date)| {
                taken(what) && freed <= day && day <= held
            };
            inside(what) && holder != freer && freed < held && !days.iter().any(|one| again(&one))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;
    use habeas_model::Speaker;

    #[track_caller]
    fn check(mentions: Vec<Held>, origins: usize, expected: Verification) {
        let (bodies, person) = (Bodies::default(), person(mentions));
        let rule = rule("strict-monitor");
        let sourcing = Origins::of(&bodies).sourcing(&person, &rule, Date::MAX);
        assert_eq!((sourcing.origins.len(), sourcing.verification), (origins, expected));
    }

    fn said(id: u64, body: &str, happened: &[&str]) -> Held {
        let mut held = mention(id, id as u8, happened);
        held.mention.speakers.0[0].name = body.to_owned();
        held
    }

    /// In an outlet's text, where all of it was printed so.
    fn printed_in(id: u64, outlet: &str, text: &str) -> Held {
        let mut held = said(id, "", &["released 2026-01-20"]);
        held.mention.speakers.0.clear();
        held.mention.outlet = Some(outlet.to_owned());
        held.mention.span.place = Place::Text { start: 0, end: 9, from: 0, to: 9 };
        held.mention.span.quote = text.to_owned();
        held
    }

    #[test]
    fn one_office_is_one_origin() {
        use Verification::*;
        let freed = ["released 2026-01-20"];
        let quoted = |id, outlet: &str| {
            let mut held = said(id, "Press office", &freed);
            held.mention.speakers.0.insert(0, Speaker::named("A wire agency"));
            held.mention.outlet = Some(outlet.to_owned());
            held
        };
        check(vec![quoted(1, "Lamp"), quoted(2, "Herald"), quoted(3, "Kite")], 1, Reported);
        check(vec![said(1, "OLSA", &freed), said(2, "Vigilia", &freed)], 2, Verified);
        let copied = "the carpenter walked out of the Anexo gate on Tuesday at noon";
        check(vec![printed_in(1, "Lamp", copied), printed_in(2, "Herald", copied)], 1, Reported);
        let other = "neighbours say that the carpenter came home late on Tuesday night";
        check(vec![printed_in(1, "Lamp", copied), printed_in(2, "Herald", other)], 2, Verified);
    }

    #[test]
    fn one_who_saw_it_or_a_document_is_enough() {
        use Verification::*;
        let freed = ["released 2026-01-20"];
        let mut kin = said(1, "a sister", &freed);
        kin.mention.speakers.0[0].role = Some(Role::Relative);
        check(vec![kin], 1, Verified);
        let mut listed = said(1, "Ministry", &freed);
        listed.mention.speakers.0[0].role = Some(Role::Government);
        check(vec![listed], 1, Verified);
        let mut unread = said(1, "OLSA", &freed);
        unread.review = Review::Unreviewed;
        check(vec![unread], 1, Unreviewed);
    }

    #[test]
    fn who_is_said_to_be_inside_later_is_contested() {
        use Verification::*;
        let ministry = || said(1, "Ministry", &["released 2026-01-20"]);
        check(vec![ministry(), said(2, "OLSA", &["held 2026-02-14"])], 2, Contested);
        check(vec![ministry(), said(2, "OLSA", &["held 2026-01-14"])], 2, Verified);
        let again = said(2, "OLSA", &["rearrested 2026-02-01", "held 2026-02-14"]);
        check(vec![ministry(), again], 2, Verified);
        let mut denied = said(2, "Families", &["released 2026-01-20"]);
        denied.mention.modality = Modality::Denied;
        check(vec![ministry(), denied], 1, Contested);
    }
}
