//! Who of the register falls in a frame: the names behind which a number can be believed.
//!
//! Names are a floor. Where the register cannot speak to a frame (applications, a population that
//! no field of a
//! person tells, a window that nobody stated) the answer is a refusal with the parts, never a
//! guess.

use super::history::{History, age_on, histories};
use crate::{
    Asked, Part,
    frame::{definition, moment, plain},
};
use habeas_model::{
    AgeBand, Category, Frame, Nationality, PersonId, Population, Predicate, Scope, Unit, words,
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
    pub persons: Vec<PersonId>,
    /// How many of them may not be named in public (invariant 10).
    pub withheld: u32,
    /// How many rest on nothing that anybody has reviewed.
    pub unreviewed: u32,
    /// How many meet the rule's demand on sources.
    pub verified: u32,
    /// What of the population was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population_note: Option<PopulationNote>,
}

/// The persons of the register who fall in `frame` under the rule, or the parts to which the
/// register cannot speak.
pub fn named(asked: &Asked<'_>, frame: &Frame) -> Result<Named, Vec<Part>> {
    People::of(*asked).named(frame)
}

/// Everybody, ready to be asked about many frames.
pub(crate) struct People<'a> {
    asked: Asked<'a>,
    histories: Vec<History<'a>>,
    country: Option<Nationality>,
    known: HashMap<Frame, Result<Named, Vec<Part>>>,
}

/// The days and the people that a frame comes to for the register.
struct Reach {
    from: Date,
    to: Date,
    note: Option<PopulationNote>,
}

impl<'a> People<'a> {
    pub fn of(asked: Asked<'a>) -> People<'a> {
        let histories = histories(&asked);
        People { asked, histories, country: country(&asked), known: HashMap::new() }
    }

    pub fn named(&mut self, frame: &Frame) -> Result<Named, Vec<Part>> {
        let mut key = frame.clone();
        key.metric.verified = false; // It is the speaker's, and selects nobody.
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let answer = reach(frame, &self.asked).map(|reach| self.select(frame, &reach));
        self.known.insert(key, answer.clone());
        answer
    }

    fn select(&self, frame: &Frame, reach: &Reach) -> Named {
        let mut named = Named { population_note: reach.note, ..Named::default() };
        for history in &self.histories {
            let Some(reviewed) = self.falls(history, frame, reach) else { continue };
            if !self.is_of(history, &frame.population, reach.to) {
                continue;
            }
            named.count += 1;
            named.persons.push(history.person.id);
            named.withheld += u32::from(history.withheld());
            named.unreviewed += u32::from(!reviewed);
            named.verified += u32::from(history.verified(self.asked.rule));
        }
        named
    }

    fn falls(&self, history: &History<'_>, frame: &Frame, reach: &Reach) -> Option<bool> {
        use Predicate::*;
        let rule = self.asked.rule;
        match (frame.metric.predicate, frame.scope) {
            (Released, _) => history.released(reach.from, reach.to, rule),
            (Held, _) => history.held(reach.to, rule),
            (HouseArrest | Missing, Some(Scope::Stock)) => {
                let now = history.on(reach.to, rule.moment);
                let asked = match frame.metric.predicate {
                    HouseArrest => habeas_model::Custody::HouseArrest,
                    _ => habeas_model::Custody::Disappeared,
                };
                (now.custody == asked).then_some(now.reviewed)
            }
            (predicate, _) => {
                history.happened(reach.from, reach.to, |event| event.predicate == predicate)
            }
        }
    }

    fn is_of(&self, history: &History<'_>, population: &Population, day: Date) -> bool {
        let person = history.person;
        let nat = population.nat.iter().all(|nat| match nat {
            Nationality::Foreign => person.nat.iter().any(|own| Some(*own) != self.country),
            of => person.nat.contains(of),
        });
        let cat = match population.cat {
            None | Some(Category::PoliticalPrisoner) => true,
            Some(cat) => person.cats.contains(&cat),
        };
        let gender = population.gender.is_none() || person.gender == population.gender;
        let age = population.age.is_none_or(|band| {
            age_on(person, day).is_some_and(|age| match band {
                AgeBand::Minor => age < 18,
                AgeBand::Adolescent => (12..18).contains(&age),
                AgeBand::Adult => age >= 18,
                AgeBand::Elderly => age >= 60,
            })
        });
        nat && cat && gender && age && self.is_at(history, population, day)
    }

    fn is_at(&self, history: &History<'_>, population: &Population, day: Date) -> bool {
        let Some(place) = population.place.as_deref().filter(|place| !is_country(place)) else {
            return true;
        };
        let place = plain(place);
        let known =
            history.events.iter().filter(|event| event.last <= day).filter_map(|event| event.place);
        known.map(plain).any(|known| known.contains(&place) || place.contains(&known))
    }
}

/// What a frame comes to for a register of persons, or the parts that it cannot speak to.
fn reach(frame: &Frame, asked: &Asked<'_>) -> Result<Reach, Vec<Part>> {
    let mut parts = Vec::new();
    if frame.unit != Unit::Person {
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
    let last = asked.last_day();
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

/// The country of the case, as its settings say.
fn country(asked: &Asked<'_>) -> Option<Nationality> {
    let (_, text) = asked.present.kept.iter().find(|(name, _)| name == "case.toml")?;
    let settings: toml::Table = text.parse().ok()?;
    settings.get("country")?.as_str()?.parse().ok()
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
        let ids = answer.map(|n| n.persons.iter().map(|id| id.bits()).collect::<Vec<_>>());
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
