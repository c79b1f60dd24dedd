//! Everybody in the register on one day: where each is, and what a reviewer should look at.

use crate::{Asked, Index, frame::plain, people::timeline::days};
use habeas_model::{Custody, words};
use std::collections::BTreeMap;

words! {
    /// Why a reviewer should look at somebody.
    Mark {
        /// Sources contradict each other.
        Contested = "contested",
        /// There is a warning about the merge.
        Warned = "warned",
        /// Nobody has reviewed anything that it rests on.
        Unreviewed = "unreviewed",
        /// May not be named in public.
        Withheld = "withheld",
    }
}

/// Somebody, by their row of the register.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// Row of the register, from 0.
    pub row: u32,
    /// Where they are on the day.
    pub custody: Custody,
    /// What to look at.
    pub marks: Vec<Mark>,
}

/// Everybody, by name.
#[derive(Clone, Debug, Default)]
pub struct Everybody {
    all: Vec<Somebody>,
    /// Where in `all` each row of the register is.
    places: Vec<u32>,
}

impl Everybody {
    /// Everybody on the question's day.
    #[must_use]
    pub fn of(asked: &Asked<'_>, index: &Index) -> Everybody {
        let day = days(asked.last_day());
        let persons = (0_u32..).zip(&asked.register.persons);
        let mut all: Vec<(String, Somebody)> = persons
            .map(|(row, person)| {
                let marks = [
                    (Mark::Contested, index.contested.has(row)),
                    (Mark::Warned, !person.warnings.is_empty()),
                    (Mark::Unreviewed, !index.reviewed.has(row)),
                    (Mark::Withheld, index.withheld.has(row)),
                ];
                let marks = marks.into_iter().filter(|(_, on)| *on).map(|(mark, _)| mark);
                let custody = index.custody(row, day);
                let one = Somebody { row, custody, marks: marks.collect() };
                (plain(person.name.reveal()), one)
            })
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.row.cmp(&b.1.row)));
        let all: Vec<Somebody> = all.into_iter().map(|(_, one)| one).collect();
        let mut places = vec![0; all.len()];
        (0..).zip(&all).for_each(|(place, one)| places[one.row as usize] = place);
        Everybody { all, places }
    }

    /// Whoever is in this row of the register.
    #[must_use]
    pub fn at(&self, row: u32) -> Option<&Somebody> {
        self.all.get(*self.places.get(row as usize)? as usize)
    }

    /// Those in one state and of one mark, or whatever they are.
    pub fn only(
        &self,
        custody: Option<Custody>,
        mark: Option<Mark>,
    ) -> impl Iterator<Item = &Somebody> {
        self.all.iter().filter(move |one| {
            custody.is_none_or(|custody| one.custody == custody)
                && mark.is_none_or(|mark| one.marks.contains(&mark))
        })
    }

    /// How many there are in each state, among those of a mark; the most first.
    #[must_use]
    pub fn by_custody(&self, mark: Option<Mark>) -> Vec<(Custody, usize)> {
        tallied(self.only(None, mark).map(|one| one.custody))
    }

    /// How many there are of each mark, among those in a state; the most first.
    #[must_use]
    pub fn by_mark(&self, custody: Option<Custody>) -> Vec<(Mark, usize)> {
        tallied(self.only(custody, None).flat_map(|one| one.marks.iter().copied()))
    }
}

fn tallied<K: Ord + Copy>(all: impl Iterator<Item = K>) -> Vec<(K, usize)> {
    let mut tally: BTreeMap<K, usize> = BTreeMap::new();
    all.for_each(|key| *tally.entry(key).or_default() += 1);
    let mut tally: Vec<(K, usize)> = tally.into_iter().collect();
    tally.sort_by_key(|(key, n)| (std::cmp::Reverse(*n), *key));
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;
    use habeas_model::{Present, Review};

    #[test]
    fn everybody_has_a_state_and_marks() {
        let mut people = vec![
            somebody(1, &["arrested 2026-01-03"]),
            somebody(2, &["arrested 2026-01-03", "released 2026-01-20"]),
            somebody(3, &["arrested 2026-03-03"]),
        ];
        people[1].mentions[0].review = Review::Unreviewed;
        let (register, present, rule) =
            (register(people), Present::default(), rule("strict-monitor"));
        let asked = at(asked(&present, &register, &rule), "2026-02-01");
        let all = Everybody::of(&asked, &Index::of(&asked));
        let states = [(Custody::Held, 1), (Custody::AtLiberty, 1), (Custody::Unknown, 1)];
        assert_eq!(all.by_custody(None), states);
        assert_eq!(all.by_mark(None), [(Mark::Unreviewed, 1)]);
        assert_eq!(all.by_mark(Some(Custody::Held)), []);
        let rows = |custody, mark| all.only(custody, mark).map(|one| one.row).collect::<Vec<_>>();
        assert_eq!(rows(None, Some(Mark::Unreviewed)), [1]);
        assert_eq!(rows(Some(Custody::Held), None), [0]);
        assert_eq!(rows(Some(Custody::Held), Some(Mark::Unreviewed)), [0_u32; 0]);
        assert!((0..3).all(|row| all.at(row).is_some_and(|one| one.row == row)));
        assert!(all.at(3).is_none());
    }
}
