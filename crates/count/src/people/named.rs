//! Who of the register falls in a frame: the names behind which a number can be believed.
//!
//! Names are a floor. Where the register cannot speak to a frame (applications, a population that
//! no field of a
//! person tells, a window that nobody stated) the answer is a refusal with the parts, never a
//! guess.

use super::{
    index::{Dated, Index},
    persons::{Bits, Persons},
    timeline::days,
};
use crate::{
    Asked, Part,
    frame::{backwards, definition, moment, plain},
};
use habeas_model::{
    AgeBand, Category, Custody, Frame, Nationality, Population, Predicate, Scope, Unit, words,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;

words! {
    /// What of a population could not be asked of the register, which then answers for everybody it
    /// has.
    PopulationNote {
        /// "Political prisoner" is the speaker's category, not a field of a person.
        SpeakersCategory = "speakers_category",
        /// The speaker's own words add a condition that was not applied.
        WordsNotApplied = "words_not_applied",
        /// The speaker did not say of whom.
        NotSaid = "not_said",
    }
}

/// The persons who fall in a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// How many.
    pub count: u32,
    /// Who, by identifier; only `page` makes names of them.
    pub persons: Persons,
    /// How many of them may not be named in public (invariant 10).
    pub withheld: u32,
    /// How many rest on nothing that anybody has reviewed.
    pub unreviewed: u32,
    /// How many meet the rule's demand on sources.
    pub verified: u32,
    /// How many have two independent origins or more (invariant 5).
    pub corroborated: u32,
    /// How many were seen by somebody who speaks: the person, next of kin, their lawyer.
    pub first_hand: u32,
    /// How many another origin denies, or has otherwise later.
    pub contested: u32,
    /// There are more, and how many may not be told: this is a floor of those named in public.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// What of the population was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population_note: Option<PopulationNote>,
}

/// The persons of the register who fall in `frame` under the rule, or the parts to which the
/// register cannot speak.
pub fn named(asked: &Asked<'_>, frame: &Frame) -> Result<Named, Vec<Part>> {
    Names::of(&Index::of(asked)).named(frame)
}

/// An index with the answers that it has given: boards ask for one frame many times.
pub(crate) struct Names<'i> {
    index: &'i Index,
    known: HashMap<Frame, Result<Named, Vec<Part>>>,
    ages: HashMap<(AgeBand, Date), Bits>,
    places: HashMap<(String, Date), Bits>,
    traits: HashMap<Trait, Bits>,
}

/// A field of a population that never changes for a person.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Trait {
    Nat(Nationality),
    Cat(Category),
    Gender(habeas_model::Gender),
}

/// The days and the people that a frame comes to for the register.
struct Reach {
    from: Date,
    to: Date,
    note: Option<PopulationNote>,
}

impl<'i> Names<'i> {
    pub fn of(index: &'i Index) -> Names<'i> {
        let (known, ages, places) = (HashMap::new(), HashMap::new(), HashMap::new());
        Names { index, known, ages, places, traits: HashMap::new() }
    }

    pub fn named(&mut self, frame: &Frame) -> Result<Named, Vec<Part>> {
        let mut key = frame.clone();
        key.metric.verified = false; // It is the speaker's, and selects nobody.
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let answer = reach(frame, self.index).map(|reach| self.select(frame, &reach));
        self.known.insert(key, answer.clone());
        answer
    }

    fn select(&mut self, frame: &Frame, reach: &Reach) -> Named {
        let (mut who, unreviewed) = self.index.falls(frame, reach);
        self.narrow(&mut who, &frame.population, reach.to);
        let index = self.index;
        Named {
            count: who.count(),
            withheld: who.shared(&index.withheld),
            unreviewed: who.shared(&unreviewed),
            verified: who.shared(&index.verified),
            corroborated: who.shared(&index.corroborated),
            first_hand: who.shared(&index.first_hand),
            contested: who.shared(&index.contested),
            more: false,
            population_note: reach.note,
            persons: Persons::of(&index.ids, who),
        }
    }

    /// Keeps those who are of the population, as far as fields of a person tell.
    fn narrow(&mut self, who: &mut Bits, population: &Population, day: Date) {
        let cat = population.cat.filter(|cat| *cat != Category::PoliticalPrisoner);
        let traits = population.nat.iter().map(|nat| Trait::Nat(*nat));
        let traits = traits.chain(cat.map(Trait::Cat)).chain(population.gender.map(Trait::Gender));
        let index = self.index;
        for one in traits {
            who.keep(self.traits.entry(one).or_insert_with(|| index.having(one)));
        }
        if let Some(band) = population.age {
            let aged = self.ages.entry((band, day));
            let belongs = |row: u32| index.born[row as usize].belongs(band, days(day));
            who.keep(aged.or_insert_with(|| index.such(belongs)));
        }
        if let Some(place) = population.place.as_deref().filter(|place| !is_country(place)) {
            let at = self.places.entry((plain(place), day));
            who.keep(at.or_insert_with_key(|(place, day)| index.seen_at(place, days(*day))));
        }
    }
}

impl Index {
    /// The rows of which something holds.
    fn such(&self, holds: impl Fn(u32) -> bool) -> Bits {
        let rows = crate::board::count(self.ids.len());
        let mut bits = Bits::none(self.ids.len());
        (0..rows).filter(|row| holds(*row)).for_each(|row| bits.set(row));
        bits
    }

    fn having(&self, one: Trait) -> Bits {
        let is = |code: &u16, nat: Nationality| self.nationalities[usize::from(*code)] == nat;
        self.such(|row| match one {
            Trait::Gender(gender) => self.gender[row as usize] == Some(gender),
            Trait::Cat(cat) => self.cats[row as usize] >> (cat as u32) & 1 == 1,
            Trait::Nat(Nationality::Foreign) => {
                let own = self.country;
                self.nats.of(row).iter().any(|code| own.is_none_or(|own| !is(code, own)))
            }
            Trait::Nat(nat) => self.nats.of(row).iter().any(|code| is(code, nat)),
        })
    }

    /// Who was at a place until a day; a part of a name is that name.
    fn seen_at(&self, place: &str, day: i32) -> Bits {
        let meant: Vec<bool> = (self.places.iter().map(|known| plain(known)))
            .map(|known| known.contains(place) || place.contains(&known))
            .collect();
        let there = |place: u32| meant.get(place as usize).copied().unwrap_or(false);
        self.such(|row| self.events.of(row).iter().any(|one| one.last <= day && there(one.place)))
    }

    /// Who falls in the frame, and who of them rests on nothing reviewed.
    fn falls(&self, frame: &Frame, reach: &Reach) -> (Bits, Bits) {
        use Predicate::*;
        let (from, to) = (days(reach.from), days(reach.to));
        match (frame.metric.predicate, frame.scope) {
            (Released, _) => self.within(&self.releases, from, to),
            (Held, _) => (self.held.at(to), self.held_unreviewed.at(to)),
            (state @ (HouseArrest | Missing), Some(Scope::Stock)) => {
                let asked = match state {
                    HouseArrest => Custody::HouseArrest,
                    _ => Custody::Disappeared,
                };
                let now = |row: u32| {
                    self.counted_from[row as usize] <= to && self.custody(row, to) == asked
                };
                let unseen = |row: u32| now(row) && !self.reviewed.has(row);
                (self.such(now), self.such(unseen))
            }
            (predicate, _) => {
                let dated = self.happened.get(&predicate).map_or(&[][..], Vec::as_slice);
                self.within(dated, from, to)
            }
        }
    }

    /// To whom it happened for certain within these days. What ends within them is looked at only:
    /// nothing ends before it begins.
    fn within(&self, dated: &[Dated], from: i32, to: i32) -> (Bits, Bits) {
        let (mut who, mut reviewed) = (Bits::none(self.ids.len()), Bits::none(self.ids.len()));
        let first = dated.partition_point(|one| one.last < from);
        let ended = dated[first..].iter().take_while(|one| one.last <= to);
        for one in ended.filter(|one| one.first >= from) {
            if self.counted_from[one.row as usize] <= to {
                who.set(one.row);
                if one.reviewed {
                    reviewed.set(one.row);
                }
            }
        }
        let mut unreviewed = who.clone();
        unreviewed.drop(&reviewed);
        (who, unreviewed)
    }
}

/// What a frame comes to for a register of persons, or the parts that it cannot speak to.
fn reach(frame: &Frame, index: &Index) -> Result<Reach, Vec<Part>> {
    let mut parts = Vec::new();
    if frame.unit != Unit::Person || index.rule.unit != Unit::Person {
        parts.push(Part::Unit);
    }
    if !speaks_of(frame.metric.predicate) {
        parts.push(Part::Metric);
    }
    let population = &frame.population;
    let note = note(population);
    let field = population.cat.is_some() || population.gender.is_some() || population.age.is_some();
    if note == Some(PopulationNote::WordsNotApplied) && !field && population.nat.is_empty() {
        parts.push(Part::Population);
    }
    let last = index.last_day;
    let state = frame.scope == Some(Scope::Stock) || frame.metric.predicate == Predicate::Held;
    let end = if state { moment(frame) } else { frame.to.as_ref().or(frame.as_of.as_ref()) };
    let to = end.and_then(|when| when.last()).map(|day| day.min(last)); // Invariant 8.
    let from =
        if state { Some(Date::MIN) } else { frame.from.as_ref().and_then(|when| when.first()) };
    if from.is_none() {
        parts.push(Part::Window);
    }
    if to.is_none() {
        parts.push(if state { Part::AsOf } else { Part::Window });
    }
    if end.is_none() || (!state && frame.from.is_none()) {
        parts.push(Part::NotSaid);
    }
    if backwards(frame) {
        parts.push(Part::Backwards);
    }
    parts.dedup();
    match (from, to) {
        (Some(from), Some(to)) if parts.is_empty() => Ok(Reach { from, to, note }),
        _ => Err(parts),
    }
}

/// Whether the register of persons can tell of it.
fn speaks_of(predicate: Predicate) -> bool {
    use Predicate::*;
    let others = [
        AppliedAmnesty,
        Excluded,
        NewlyReported,
        DisputedReleased,
        DisputedCommonCrime,
        Restricted,
        RestrictionsLifted,
        ChargesPending,
    ];
    predicate.counts_people() && !others.contains(&predicate)
}

fn note(population: &Population) -> Option<PopulationNote> {
    if definition(population).is_some() {
        Some(PopulationNote::WordsNotApplied)
    } else if population.cat == Some(Category::PoliticalPrisoner) {
        Some(PopulationNote::SpeakersCategory)
    } else if *population == Population::default() {
        Some(PopulationNote::NotSaid)
    } else {
        None
    }
}

/// A place that is a country code narrows nothing within one case.
fn is_country(place: &str) -> bool {
    place.len() == 2 && place.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Said, asked, at, claim, political, present, register, rule, somebody};
    use habeas_model::{Disclosure, Gender};

    fn people() -> Vec<habeas_model::Person> {
        let mut people = vec![
            somebody(1, &["arrested 2025-05-02", "released 2026-01-10"]),
            somebody(2, &["arrested 2025-05-02", "released 2025-12-24"]),
            somebody(3, &["held 2026-01-15"]),
            somebody(4, &["arrested 2025-05-02", "released 2026-01"]),
            somebody(5, &["arrested 2025-05-02", "house_arrest 2026-01-12"]),
            somebody(6, &["arrested 2026-01-09", "released 2026-01-10"]),
        ];
        people[0].gender = Some(Gender::Female);
        people[0].disclosure = Disclosure::Counted;
        people[2].mentions[0].review = habeas_model::Review::Unreviewed;
        people
    }

    #[track_caller]
    fn check(said: Said, rule_name: &str, expected: Result<&[u64], &[Part]>) {
        let (present, register, rule) = (present([]), register(people()), rule(rule_name));
        let answer = named(&asked(&present, &register, &rule), &said.frame());
        let ids = answer.map(|n| n.persons.ids().iter().map(|id| id.bits()).collect::<Vec<_>>());
        assert_eq!(ids, expected.map(<[u64]>::to_vec).map_err(<[Part]>::to_vec));
    }

    #[test]
    fn a_frame_selects_persons() {
        let total = || political("Vigilia", 9).since("2026-01-08").as_of("2026-01-20");
        check(total(), "strict-monitor", Ok(&[1])); // Person 4 was freed some day of January, perhaps before the 8th.
        check(total().since("2025-12-01"), "strict-monitor", Ok(&[1, 2]));
        check(total(), "official-count", Ok(&[1, 5, 6]));
        check(total().gender(Gender::Female), "official-count", Ok(&[1]));
        check(claim("Vigilia", 3).held("2026-01-20"), "strict-monitor", Ok(&[3, 4, 5]));
        check(claim("Vigilia", 3).held("2026-01-20"), "official-count", Ok(&[3, 4]));
    }

    #[test]
    fn the_register_says_to_what_it_cannot_speak() {
        let total = || claim("Ministry", 9).since("2026-01-08").as_of("2026-01-20");
        let silent = claim("Ministry", 9).cumulative().as_of("2026-01-20");
        check(silent, "strict-monitor", Err(&[Part::Window, Part::NotSaid]));
        check(
            total().words("held after the July vote"),
            "strict-monitor",
            Err(&[Part::Population]),
        );
        let applied = total().with(|c| c.predicate = Predicate::AppliedAmnesty);
        check(applied, "strict-monitor", Err(&[Part::Unit, Part::Metric]));
        let turned = claim("Ministry", 9).since("2026-01-20").as_of("2026-01-08");
        check(turned, "strict-monitor", Err(&[Part::Backwards]));
        check(
            total().with(|c| c.predicate = Predicate::NewlyReported),
            "strict-monitor",
            Err(&[Part::Metric]),
        );
    }

    #[test]
    fn names_say_what_they_rest_on() {
        let (present, register, rule) = (present([]), register(people()), rule("official-count"));
        let asked = asked(&present, &register, &rule);
        let total = political("Vigilia", 9).since("2026-01-08").as_of("2026-01-20").frame();
        let named = super::named(&asked, &total).unwrap();
        assert_eq!((named.count, named.withheld, named.unreviewed), (3, 1, 0));
        assert_eq!(named.population_note, Some(PopulationNote::SpeakersCategory));
        let held = super::named(&asked, &claim("Vigilia", 3).held("2026-01-20").frame()).unwrap();
        assert_eq!((held.count, held.unreviewed), (2, 1));
        let early = super::named(&at(asked, "2026-01-11"), &total).unwrap();
        assert_eq!(early.count, 2); // Invariant 8.
    }
}
