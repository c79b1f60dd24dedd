//! A tally on every day of a stretch, from the days on which something changed.

use super::{
    axis::{By, UNKNOWN},
    index::Index,
    timeline::days,
};
use crate::{Asked, Error};
use habeas_model::Unit;
use jiff::civil::Date;
use serde::Serialize;
use std::ops::Range;

/// One value of the axis over time; the figures are of one day after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Course {
    /// The value as a word of the model, a country code or a place; empty: not known.
    pub key: String,
    /// Held under the rule, day by day.
    pub held: Vec<u32>,
    /// Released under the rule by each day, since ever.
    pub released: Vec<u32>,
}

/// A tally over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Series {
    /// The axis, if there is one.
    pub by: Option<By>,
    /// The rule's name.
    pub rule: String,
    /// What is counted.
    pub unit: Unit,
    /// The known-by position.
    pub position: u64,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Everybody.
    pub total: Course,
    /// By value, not known last.
    pub rows: Vec<Course>,
}

/// The longest stretch of a series, in days: a century.
const LONGEST: i32 = 36_525;

/// The tally on every day from `first` to `last`, both included.
pub fn series(asked: &Asked<'_>, first: Date, last: Date, by: Option<By>) -> Result<Series, Error> {
    Index::of(asked).series(first, last, by)
}

impl Index {
    /// The tally on every day from `first` to `last`, both included. Nothing after the last day
    /// that may be seen is in it (invariant 8): a stretch that ends later ends there.
    pub fn series(&self, first: Date, last: Date, by: Option<By>) -> Result<Series, Error> {
        let (wished, last) = (last, last.min(self.last_day));
        let (start, end) = (days(first), days(last) + 1);
        if !(1..=LONGEST).contains(&(end - start)) {
            return Err(Error::Stretch { first, last: wished });
        }
        let mut courses = Courses::new(start, end);
        let mut marks: Vec<i32> = Vec::new();
        for class in 0..self.classes.numbered() {
            let rows = self.classes.rows(&class);
            marks.clear();
            rows.iter().for_each(|row| self.marks(by, *row, &mut marks));
            marks.retain(|day| (start + 1..end).contains(day));
            marks.push(start);
            marks.sort_unstable();
            marks.dedup();
            for (at, &from) in marks.iter().enumerate() {
                let until = marks.get(at + 1).copied().unwrap_or(end);
                courses.span(self, by, rows, from..until);
            }
        }
        let course = |(code, gains): (u32, Gains)| {
            gains.course(by.map_or(String::new(), |by| self.word(by, code)))
        };
        let mut rows: Vec<Course> = courses.rows.into_iter().map(course).collect();
        rows.sort_by(|a, b| (a.key.is_empty(), &a.key).cmp(&(b.key.is_empty(), &b.key)));
        Ok(Series {
            by,
            rule: self.rule.name.clone(),
            unit: self.rule.unit,
            position: self.position,
            first,
            last,
            total: courses.total.course(String::new()),
            rows,
        })
    }

    /// The days on which something about somebody may change.
    fn marks(&self, by: Option<By>, row: u32, into: &mut Vec<i32>) {
        into.push(self.counted_from[row as usize]);
        into.extend(self.points.of(row).iter().map(|point| point.from));
        into.extend(self.exits.of(row));
        if let Some(by) = by {
            self.turns(by, row, into);
        }
    }
}

/// What a figure gains on each day over the day before: its course is their running sum.
#[derive(Clone)]
struct Gains {
    held: Vec<i32>,
    released: Vec<i32>,
}

impl Gains {
    fn none(length: usize) -> Gains {
        Gains { held: vec![0; length + 1], released: vec![0; length + 1] }
    }

    fn add(&mut self, from: usize, until: usize, held: i32, released: i32) {
        for (gains, n) in [(&mut self.held, held), (&mut self.released, released)] {
            gains[from] += n;
            gains[until] -= n;
        }
    }

    fn course(self, key: String) -> Course {
        let sums = |mut gains: Vec<i32>| {
            gains.pop();
            let running = gains.into_iter().scan(0, |sum, gain| {
                *sum += gain;
                Some(*sum)
            });
            running.map(|n| u32::try_from(n).expect("as many leave as came")).collect()
        };
        Course { key, held: sums(self.held), released: sums(self.released) }
    }
}

struct Courses {
    start: i32,
    length: usize,
    total: Gains,
    rows: Vec<(u32, Gains)>,
    slots: Vec<u32>,
    keys: Vec<u32>,
}

impl Courses {
    fn new(start: i32, end: i32) -> Courses {
        let length = usize::try_from(end - start).unwrap_or_default();
        let total = Gains::none(length);
        Courses { start, length, total, rows: Vec::new(), slots: Vec::new(), keys: Vec::new() }
    }

    /// Enters the rows of one class for days on which nothing about them changes.
    fn span(&mut self, index: &Index, by: Option<By>, rows: &[u32], days: Range<i32>) {
        let at = |day: i32| usize::try_from(day - self.start).unwrap_or_default();
        let (from, until, day) = (at(days.start), at(days.end), days.start);
        let of = |row: u32| (i32::from(index.holds(row, day)), index.exits_by(row, day) as i32);
        let both = rows.iter().map(|row| of(*row)).fold((0, 0), |(a, b), (c, d)| {
            (a.max(c), b.max(d)) // Of several rows of one case one is enough.
        });
        if both == (0, 0) {
            return;
        }
        self.total.add(from, until, both.0, both.1);
        let Some(by) = by else { return };
        let mut entered: Vec<(u32, i32, i32)> = Vec::new();
        let mut keys = std::mem::take(&mut self.keys);
        for &row in rows {
            let (held, released) = of(row);
            index.keys(by, row, day, &mut keys);
            entered.extend(keys.iter().map(|key| (*key, held, released)));
        }
        self.keys = keys;
        entered.sort_unstable();
        for same in entered.chunk_by(|a, b| a.0 == b.0) {
            let most = |of: fn(&(u32, i32, i32)) -> i32| same.iter().map(of).max().unwrap_or(0);
            let (held, released) = (most(|one| one.1), most(|one| one.2));
            self.gains(same[0].0).add(from, until, held, released);
        }
    }

    fn gains(&mut self, code: u32) -> &mut Gains {
        let at = if code == UNKNOWN { 0 } else { code as usize + 1 };
        if self.slots.len() <= at {
            self.slots.resize(at + 1, UNKNOWN);
        }
        if self.slots[at] == UNKNOWN {
            self.slots[at] = crate::board::count(self.rows.len());
            self.rows.push((code, Gains::none(self.length)));
        }
        &mut self.rows[self.slots[at] as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rule, sample::*};
    use jiff::{ToSpan as _, civil::date};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_day_is_the_tally_of_that_day(
            register in registers(),
            rule in 0..3usize,
            unit in 0..3usize,
            by in 0..By::ALL.len(),
        ) {
            let mut rule = Rule::shipped().remove(rule);
            rule.unit = [Unit::Person, Unit::Detention, Unit::Case][unit];
            rule.case_column = (unit == 2).then(|| "Expediente".to_owned());
            rule.minors = by % 2 == 0;
            let (present, by) = (present([]), By::ALL[by]);
            let index = Index::of(&at(asked(&present, &register, &rule), "2026-02-10"));
            let first = date(2025, 12, 28);
            let series = index.series(first, date(2026, 2, 10), Some(by)).unwrap();
            for after in 0..series.total.held.len() {
                let day = first.checked_add((after as i64).days()).unwrap();
                let tally = index.tally(Some(day), by);
                let total = (series.total.held[after], series.total.released[after]);
                prop_assert_eq!(total, (tally.total.held.count, tally.total.released.count));
                for row in &tally.rows {
                    let course = series.rows.iter().find(|course| course.key == row.key);
                    let found = course.map_or((0, 0), |c| (c.held[after], c.released[after]));
                    prop_assert_eq!(found, (row.held.count, row.released.count), "{}", day);
                }
            }
        }
    }

    #[test]
    fn a_stretch_has_an_end_after_its_start() {
        let (present, register, rule) = (present([]), register(vec![]), rule("official-count"));
        let asked = at(asked(&present, &register, &rule), "2026-02-10");
        let refused = |first: &str, last: &str| {
            let (first, last) = (first.parse().unwrap(), last.parse().unwrap());
            series(&asked, first, last, None).unwrap_err().to_string()
        };
        assert!(refused("2026-02-02", "2026-02-01").contains("\nhint: "));
        assert!(refused("0000-01-01", "2026-02-01").contains("`0000-01-01`"));
        assert!(refused("2026-03-01", "9999-12-31").contains("`9999-12-31`"));
    }
}
