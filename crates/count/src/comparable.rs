//! Whether two numbers may be set against each other: yes, in one direction only, or not at all.
//!
//! # Laws, each a test
//! * It does not matter which is asked about which; what lies inside seen from one side lies around
//!   seen from the other.
//! * A frame that says all of itself is comparable with itself; one that leaves a part unsaid is
//!   not: silence agrees with nothing.
//! * No two frames lie inside each other, and what lies inside what lies inside lies inside.
//! * Whoever the register names for the inner frame, it names for the outer one.

use crate::{
    Part, Rule, differences,
    frame::{backwards, definition, moment, plain, same_population, same_when, says_anybody},
};
use habeas_model::{AgeBand, Frame, Population, Scope, When, words};
use serde::Serialize;

words! {
    /// In which part one frame lies within another.
    Nesting {
        /// Its people are some of the other's people.
        Population = "population",
        /// Its days are some of the other's days.
        Window = "window",
        /// One batch of what the other counts by the day or in all.
        Scope = "scope",
    }
}

/// A frame, and the rule that its number was counted by, where it is one of ours. What a body says
/// was counted by the body's own rule, which its words tell.
#[derive(Clone, Copy, Debug)]
pub struct Framed<'a> {
    /// What is counted.
    pub frame: &'a Frame,
    /// By which of our rules.
    pub rule: Option<&'a Rule>,
}

/// Whether and how two numbers may be set against each other (invariant 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparable {
    /// They may be subtracted, divided and drawn on one axis.
    Yes,
    /// The first counts some of what the second counts, for these reasons: the second is at least
    /// as large.
    Inside(Vec<Nesting>),
    /// The second counts some of what the first counts: the first is at least as large.
    Around(Vec<Nesting>),
    /// These parts differ.
    No(Vec<Part>),
}

/// Whether the first may be set against the second.
#[must_use]
pub fn comparable(a: &Framed<'_>, b: &Framed<'_>) -> Comparable {
    let mut parts = differences(a.frame, b.frame);
    let ruled = match (a.rule, b.rule) {
        (Some(x), Some(y)) => x.counts_as(y),
        _ => true,
    };
    if !ruled {
        parts.push(Part::Rule);
    }
    if parts.is_empty() {
        return Comparable::Yes;
    }
    if ruled && let Some(why) = inside(a.frame, b.frame) {
        return Comparable::Inside(why);
    }
    if ruled && let Some(why) = inside(b.frame, a.frame) {
        return Comparable::Around(why);
    }
    Comparable::No(parts)
}

/// In which parts `a` lies within `b`, if it does and they are not the same.
fn inside(a: &Frame, b: &Frame) -> Option<Vec<Nesting>> {
    let metric = a.metric.predicate == b.metric.predicate && a.unit == b.unit;
    if !metric || backwards(a) || backwards(b) || !among(&a.population, &b.population) {
        return None;
    }
    let fewer = !same_population(&a.population, &b.population);
    let mut why = Vec::from_iter(fewer.then_some(Nesting::Population));
    match (rank(a.scope?), rank(b.scope?)) {
        (None, None) => same_when(moment(a), moment(b)).then_some(())?,
        (Some(part), Some(whole @ 1..)) if part <= whole => {
            let (from, to) = (a.from.as_ref()?, a.to.as_ref().or(a.as_of.as_ref())?);
            let (since, until) = (b.from.as_ref()?, b.to.as_ref().or(b.as_of.as_ref())?);
            let begins = same_when(Some(from), Some(since)) || from.first()? >= since.last()?;
            let ends = same_when(Some(to), Some(until)) || not_after(to, until)?;
            (begins && ends).then_some(())?;
            let ending = same_when(Some(to), Some(until));
            if b.population.age.is_some() && !ending {
                return None; // Who was under age by the earlier day may be of age by the later one.
            }
            let same = same_when(Some(from), Some(since)) && ending;
            why.extend((!same).then_some(Nesting::Window));
            why.extend((part < whole).then_some(Nesting::Scope));
        }
        _ => return None,
    }
    (!why.is_empty()).then_some(why)
}

/// A batch is part of a day, a day of a running total. A stock is part of no flow, and a batch is
/// no part of another batch.
fn rank(scope: Scope) -> Option<u8> {
    match scope {
        Scope::Stock => None,
        Scope::Event => Some(0),
        Scope::Day => Some(1),
        Scope::Cumulative => Some(2),
    }
}

/// Whether the one surely ends by the time of the other.
fn not_after(a: &When, b: &When) -> Option<bool> {
    let (last, first) = (a.last()?, b.first()?);
    let hours = a.hour().zip(b.hour()).is_none_or(|(x, y)| x <= y);
    Some(last < first || (last == first && hours))
}

/// Whether whoever is of `a` is of `b`, by every field and by the speakers' own words. Of a
/// population that was not said nobody knows who is in it.
fn among(a: &Population, b: &Population) -> bool {
    if same_population(a, b) {
        return true;
    }
    let said =
        *b != Population::default() && (definition(b).is_some() || has_field(b)) || says_anybody(b);
    // A country holds the places that are named; who is counted nowhere in particular is not of it.
    let place = |p: &Population| p.place.as_deref().map(plain);
    let country = |p: &Option<String>| p.as_ref().is_some_and(|code| code.len() == 2);
    let placed = b.place.is_none()
        || place(a) == place(b)
        || (country(&b.place) && a.place.is_some() && !country(&a.place));
    let age = match (a.age, b.age) {
        (Some(AgeBand::Adolescent), Some(AgeBand::Minor)) => true,
        (Some(AgeBand::Elderly), Some(AgeBand::Adult)) => true,
        (own, of) => of.is_none() || own == of,
    };
    said && b.nat.iter().all(|nat| a.nat.contains(nat))
        && (b.cat.is_none() || a.cat == b.cat)
        && (b.gender.is_none() || a.gender == b.gender)
        && age
        && placed
        && (definition(b).is_none() || definition(a) == definition(b))
}

fn has_field(of: &Population) -> bool {
    of.cat.is_some() || of.gender.is_some() || of.age.is_some() || !of.nat.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{Comparable::*, *};
    use crate::{named, sample::*};
    use habeas_model::{Category, Gender, Metric, Predicate, Unit};
    use proptest::prelude::*;

    fn compared(a: &Frame, b: &Frame) -> Comparable {
        comparable(&Framed { frame: a, rule: None }, &Framed { frame: b, rule: None })
    }

    #[track_caller]
    fn check(a: &Said, b: &Said, expected: Comparable) {
        let (a, b) = (a.frame(), b.frame());
        assert_eq!(compared(&b, &a), flipped(&expected));
        assert_eq!(compared(&a, &b), expected);
    }

    fn flipped(of: &Comparable) -> Comparable {
        match of {
            Inside(why) => Around(why.clone()),
            Around(why) => Inside(why.clone()),
            other => other.clone(),
        }
    }

    #[test]
    fn frames_nest_or_differ() {
        let state =
            || claim("Ministry", 626).words("detainees").since("2025-12-01").as_of("2026-01-23");
        let monitor = || political("Vigilia", 151).since("2026-01-08").as_of("2026-01-20");
        check(&monitor(), &monitor(), Yes);
        check(&monitor(), &state(), Inside(vec![Nesting::Population, Nesting::Window]));
        let women = monitor().gender(Gender::Female);
        check(&women, &monitor(), Inside(vec![Nesting::Population]));
        let batch = political("Vigilia", 9).on("2026-01-12");
        check(&batch, &monitor(), Inside(vec![Nesting::Window, Nesting::Scope]));
        // Who is counted was not said: nobody knows whether the others are among them.
        let silent = claim("Ministry", 626).since("2025-12-01").as_of("2026-01-23");
        let differ = vec![Part::Population, Part::Window, Part::AsOf];
        check(&monitor(), &silent, No(differ));
        // The window of one begins in the other's, and ends after it.
        let later = monitor().since("2026-01-10").as_of("2026-01-30");
        check(&later, &monitor(), No(vec![Part::Window, Part::AsOf]));
        let held = |n: u32, day: &str| political("Vigilia", n).held(day);
        let men = held(600, "2026-02-02").gender(Gender::Male);
        check(&men, &held(687, "2026-02-02"), Inside(vec![Nesting::Population]));
        check(&men, &held(687, "2026-02-03"), No(vec![Part::Population, Part::AsOf]));
        let at = |place: &str| monitor().place(place);
        check(&at("Norte"), &at("XA"), Inside(vec![Nesting::Population]));
        check(&at("XA"), &monitor(), Inside(vec![Nesting::Population]));
        check(&at("XA"), &at("XB"), No(vec![Part::Population]));
        let turned = monitor().since("2026-03-01");
        check(&turned, &monitor(), No(vec![Part::Window, Part::Backwards]));
    }

    #[test]
    fn one_frame_under_two_rules_is_two_measures() {
        let frame = political("Vigilia", 9).held("2026-02-02").frame();
        let (strict, official) = (rule("strict-monitor"), rule("official-count"));
        let by = |rule| Framed { frame: &frame, rule: Some(rule) };
        assert_eq!(comparable(&by(&strict), &by(&official)), No(vec![Part::Rule]));
        assert_eq!(comparable(&by(&strict), &by(&strict)), Yes);
    }

    fn populations() -> impl Strategy<Value = Population> {
        let (cats, genders, ages) = (0..3usize, 0..3usize, 0..4usize);
        (cats, genders, ages, 0..3usize, 0..3usize).prop_map(|(cat, gender, age, place, words)| {
            Population {
                cat: [None, Some(Category::PoliticalPrisoner), Some(Category::Journalist)][cat],
                gender: [None, Some(Gender::Female), Some(Gender::Male)][gender],
                age: [None, Some(AgeBand::Minor), Some(AgeBand::Adult), Some(AgeBand::Elderly)]
                    [age],
                place: [None, Some("XA".to_owned()), Some("Norte".to_owned())][place].clone(),
                words: [None, Some("detainees".to_owned()), Some("by July".to_owned())][words]
                    .clone(),
                nat: Vec::new(),
            }
        })
    }

    fn frames() -> impl Strategy<Value = Frame> {
        let day = || proptest::option::of((1..28u8).prop_map(|d| when(&format!("2026-01-{d:02}"))));
        let parts = (0..2usize, 0..5usize, populations(), day(), day(), day());
        parts.prop_map(|(predicate, scope, population, from, to, as_of)| {
            let scopes = [Scope::Event, Scope::Day, Scope::Cumulative, Scope::Stock];
            let scope = scopes.get(scope).copied();
            let stock = scope == Some(Scope::Stock);
            let predicate = [Predicate::Released, Predicate::Held][predicate];
            Frame {
                metric: Metric { predicate, verified: false },
                unit: Unit::Person,
                population,
                scope,
                from: from.filter(|_| !stock),
                to: to.filter(|_| !stock),
                as_of,
            }
        })
    }

    /// Frames that often nest: a frame, and the same with some of its parts widened or narrowed.
    fn families() -> impl Strategy<Value = [Frame; 3]> {
        let change = || (0..6usize, populations(), 1..28u8, 1..28u8);
        let varied = |of: &Frame, (part, population, from, to): (usize, Population, u8, u8)| {
            let mut frame = of.clone();
            let day = |d: u8| Some(when(&format!("2026-01-{d:02}")));
            match part {
                0 => frame.population = population,
                1 => frame.population.gender = population.gender,
                2 if frame.scope != Some(Scope::Stock) => frame.from = day(from),
                3 if frame.scope != Some(Scope::Stock) => {
                    (frame.to, frame.as_of) = (day(to), day(to))
                }
                4 => frame.population.words = population.words,
                _ => frame.population.age = population.age,
            }
            frame
        };
        (frames(), change(), change()).prop_map(move |(first, one, two)| {
            let second = varied(&first, one);
            let third = varied(&second, two);
            [first, second, third]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn the_laws_hold([a, b, c] in families(), register in registers()) {
            let (ab, bc) = (compared(&a, &b), compared(&b, &c));
            prop_assert_eq!(compared(&b, &a), flipped(&ab));
            match differences(&a, &a).is_empty() {
                true => prop_assert_eq!(compared(&a, &a), Yes),
                false => prop_assert!(matches!(compared(&a, &a), No(_))),
            }
            prop_assert!(!(inside(&a, &b).is_some() && inside(&b, &a).is_some()));
            if matches!((&ab, &bc), (Inside(_), Inside(_))) {
                prop_assert!(matches!(compared(&a, &c), Inside(_)), "{a:?}\n{b:?}\n{c:?}");
            }
            let (present, rule) = (present([]), rule("official-count"));
            let asked = asked(&present, &register, &rule);
            if let (Inside(_), Ok(few), Ok(many)) = (&ab, named(&asked, &a), named(&asked, &b)) {
                let many = many.persons.ids();
                prop_assert!(few.persons.ids().iter().all(|one| many.contains(one)));
            }
        }
    }
}
