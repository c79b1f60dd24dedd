//! A question: of what was known, under which rule, true on which day.

use crate::{Error, Rule};
use habeas_model::{
    Claim, Digest, Present, Register, When,
    memory::present::{Standing, Taken},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::collections::HashMap;

/// What every question of this crate is asked of.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What was known.
    pub present: &'a Present,
    /// The persons that the decisions of that present make.
    pub register: &'a Register,
    /// The counting rule.
    pub rule: &'a Rule,
    /// The day that the answer is about; none: the day of the present's last entry.
    pub true_at: Option<Date>,
}

impl Asked<'_> {
    /// The last day that may be seen (invariant 8): the day asked for, else that of the last entry.
    /// A present that
    /// bears no time at all (built by hand) has no limit.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.true_at.unwrap_or_else(|| match self.present.known {
            0 => Date::MAX,
            known => day_of(known).unwrap_or(Date::MAX),
        })
    }

    /// The day by which a document had been written: its publication, else its receipt.
    pub(crate) fn written(&self) -> HashMap<Digest, Date> {
        let day = |taken: &Taken<habeas_model::Received>| {
            let published = taken.it.published.as_ref().and_then(|dated| dated.when.last());
            published.or_else(|| day_of(taken.known)).map(|day| (taken.it.blob, day))
        };
        self.present.documents.iter().filter_map(day).collect()
    }

    /// The first and the last day on which a document had been written, whatever day is asked.
    #[must_use]
    pub fn reach(&self) -> Option<[Date; 2]> {
        let days = self.written();
        Some([*days.values().min()?, *days.values().max()?])
    }

    /// The claims that stand and had been said by the last day, with the day that each speaks of.
    pub(crate) fn claims(&self) -> Vec<Spoken<'_>> {
        let (written, limit) = (self.written(), self.last_day());
        let spoken = |standing| Spoken::new(standing, &written);
        let standing = self.present.claims.iter().filter(|one| one.review.stands());
        standing.map(spoken).filter(|one| !one.after(limit)).collect() // Invariant 8.
    }
}

/// A claim that stands, with the days by which it is ordered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoken<'a> {
    pub standing: &'a Standing<Claim>,
    /// The day that its number stands for: as-of, else event, else when it was said.
    pub day: Option<Date>,
    /// When it was said, else the day of its document.
    pub said: Option<Date>,
}

impl<'a> Spoken<'a> {
    fn new(standing: &'a Standing<Claim>, written: &HashMap<Digest, Date>) -> Spoken<'a> {
        let (time, end) = (&standing.it.time, |when: &Option<When>| when.as_ref()?.last());
        let written = written.get(&standing.it.span.blob).copied();
        let said = end(&time.said).or(written);
        let promise = standing.it.kind == habeas_model::Kind::Promise;
        let event = if promise { None } else { end(&time.event) };
        let day = end(&time.as_of).or(event).or(said);
        Spoken { standing, day, said: said.or(day) }
    }

    pub fn claim(&self) -> &'a Claim {
        &self.standing.it
    }

    /// Whether it was said, or speaks of something, after `limit`.
    fn after(&self, limit: Date) -> bool {
        let time = &self.standing.it.time;
        let begins =
            |when: &Option<When>| when.as_ref().and_then(|when| when.first().or(when.last()));
        let promise = self.standing.it.kind == habeas_model::Kind::Promise;
        let event = if promise { None } else { begins(&time.event) };
        let said = begins(&time.said).or(self.said);
        [said, begins(&time.as_of), event].into_iter().flatten().any(|day| limit < day)
    }
}

/// A day that a case can be asked about.
pub fn day_of_a_case(day: Date) -> Result<Date, Error> {
    match day.year() {
        1900..=2199 => Ok(day),
        _ => Err(Error::Day(day)),
    }
}

/// The day, in UTC, of microseconds since 1970.
pub(crate) fn day_of(known: i64) -> Option<Date> {
    let stamp = Timestamp::from_microsecond(known).ok()?;
    Some(TimeZone::UTC.to_datetime(stamp).date())
}

/// Days from `a` to `b`, whichever comes first.
pub(crate) fn days_between(a: Date, b: Date) -> u32 {
    let days = a.until(b).map_or(i32::MAX, |span| span.get_days());
    days.unsigned_abs()
}
