//! A date as somebody gave it: as exact as they were, no more.
//!
//! # Invariants
//! 1. The last day is never before the first.
//! 2. A month stays a month: its days are known only as bounds.

use crate::Error;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A stretch of days, closed (`2026-01-05..2026-01-11`), open (`..2026-02-27`, `2024-07-28..`), or
/// named whole
/// (`2026-01`, `2026`), with the hour where said (`2026-02-04T18:10`) and the speaker's words where
/// they matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct When {
    first: Option<Date>,
    last: Option<Date>,
    /// Seldom there, and there are four dates in each of a million claims.
    rest: Option<Box<Rest>>,
}

/// What few dates have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Rest {
    hour: Option<Time>,
    words: Option<Box<str>>,
}

impl When {
    /// One day.
    #[must_use]
    pub fn day(day: Date) -> When {
        When { first: Some(day), last: Some(day), rest: None }
    }

    /// From `first` to `last`, both included; `None` where open.
    pub fn between(first: Option<Date>, last: Option<Date>) -> Result<When, Error> {
        match (first, last) {
            (Some(a), Some(b)) if b < a => Err(Error::Date(format!("{a}..{b}"))), // Invariant 1.
            (None, None) => Err(Error::Date("..".to_owned())),
            _ => Ok(When { first, last, rest: None }),
        }
    }

    /// A whole month.
    pub fn month(year: i16, month: i8) -> Result<When, Error> {
        let first =
            Date::new(year, month, 1).map_err(|_| Error::Date(format!("{year}-{month}")))?;
        When::between(Some(first), Some(first.last_of_month()))
    }

    /// A whole year.
    pub fn year(year: i16) -> Result<When, Error> {
        let first = Date::new(year, 1, 1).map_err(|_| Error::Date(year.to_string()))?;
        When::between(Some(first), Some(first.last_of_year()))
    }

    /// The same at an hour of its (single) day.
    #[must_use]
    pub fn at(mut self, hour: Time) -> When {
        self.rest.get_or_insert_default().hour = Some(hour);
        self
    }

    /// The same with the words it was given in.
    #[must_use]
    pub fn said(mut self, words: &str) -> When {
        self.rest.get_or_insert_default().words = Some(words.into());
        self
    }

    /// First day it can be.
    #[must_use]
    pub fn first(&self) -> Option<Date> {
        self.first
    }

    /// Last day it can be.
    #[must_use]
    pub fn last(&self) -> Option<Date> {
        self.last
    }

    /// Hour of the day, where said.
    #[must_use]
    pub fn hour(&self) -> Option<Time> {
        self.rest.as_ref()?.hour
    }

    /// The words it was given in, where kept.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.rest.as_ref()?.words.as_deref()
    }

    /// The day, if it is one single day.
    #[must_use]
    pub fn single(&self) -> Option<Date> {
        self.first.filter(|first| self.last == Some(*first))
    }

    /// Whether every day it can be lies within `first..=last` (`None`: open).
    #[must_use]
    pub fn within(&self, first: Option<Date>, last: Option<Date>) -> bool {
        let after = first.is_none_or(|bound| self.first.is_some_and(|day| bound <= day));
        let before = last.is_none_or(|bound| self.last.is_some_and(|day| day <= bound));
        after && before
    }

    /// The same dates, whatever the words.
    #[must_use]
    pub fn same_dates(&self, other: &When) -> bool {
        (self.first, self.last, self.hour()) == (other.first, other.last, other.hour())
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(day), Some(last)) if day == last => {
                write!(f, "{day}")?;
                self.hour()
                    .map_or(Ok(()), |hour| write!(f, "T{:02}:{:02}", hour.hour(), hour.minute()))
            }
            (Some(a), Some(b)) if a == a.first_of_year() && b == a.last_of_year() => {
                write!(f, "{:04}", a.year())
            }
            (Some(a), Some(b)) if a == a.first_of_month() && b == a.last_of_month() => {
                write!(f, "{:04}-{:02}", a.year(), a.month())
            }
            (first, last) => {
                let side = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
                write!(f, "{}..{}", side(first), side(last))
            }
        }
    }
}

impl std::str::FromStr for When {
    type Err = Error;
    fn from_str(text: &str) -> Result<When, Error> {
        let bad = || Error::Date(text.to_owned());
        if let Some((first, last)) = text.split_once("..") {
            let side = |part: &str, end: fn(&When) -> Option<Date>| match part {
                "" => Ok(None),
                part => part.parse::<When>().map(|when| end(&when)),
            };
            return When::between(side(first, When::first)?, side(last, When::last)?);
        }
        let (date, hour) =
            text.split_once('T').map_or((text, None), |(date, hour)| (date, Some(hour)));
        let numbers: Vec<i16> =
            date.split('-').map(|n| n.parse().map_err(|_| bad())).collect::<Result<_, _>>()?;
        let small = |n: i16| i8::try_from(n).map_err(|_| bad());
        let when = match numbers[..] {
            [year] => When::year(year)?,
            [year, month] => When::month(year, small(month)?)?,
            [year, month, day] => {
                When::day(Date::new(year, small(month)?, small(day)?).map_err(|_| bad())?)
            }
            _ => return Err(bad()),
        };
        match hour {
            Some(hour) if numbers.len() == 3 => Ok(when.at(hour.parse().map_err(|_| bad())?)),
            Some(_) => Err(bad()),
            None => Ok(when),
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Wire {
    Plain(String),
    Said { when: String, words: String },
}

impl From<When> for Wire {
    fn from(when: When) -> Wire {
        let plain = when.to_string();
        match when.rest.and_then(|rest| rest.words) {
            Some(words) => Wire::Said { when: plain, words: words.into() },
            None => Wire::Plain(plain),
        }
    }
}

impl TryFrom<Wire> for When {
    type Error = Error;
    fn try_from(wire: Wire) -> Result<When, Error> {
        match wire {
            Wire::Plain(when) => when.parse(),
            Wire::Said { when, words } => Ok(when.parse::<When>()?.said(&words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, first: &str, last: &str) {
        let when: When = text.parse().unwrap();
        let side = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        assert_eq!((side(when.first()), side(when.last())), (first.to_owned(), last.to_owned()));
        assert_eq!(when.to_string(), text);
    }

    #[test]
    fn a_date_keeps_its_precision() {
        check("2026", "2026-01-01", "2026-12-31");
        check("2026-02", "2026-02-01", "2026-02-28");
        check("2026-02-04", "2026-02-04", "2026-02-04");
        check("2026-02-04T18:10", "2026-02-04", "2026-02-04");
        check("2026-01-05..2026-01-11", "2026-01-05", "2026-01-11");
        check("..2026-02-27", "", "2026-02-27");
        check("2024-07-28..", "2024-07-28", "");
    }

    #[test]
    fn no_calendar_has_these() {
        for text in [
            "2026-02-31",
            "31/02/2026",
            "",
            "..",
            "2026-13",
            "2026-01-02..2026-01-01",
            "2026-01T10:00",
        ] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }

    #[test]
    fn words_stay_with_the_date() {
        let when = "..2025-11-30".parse::<When>().unwrap().said("antes de diciembre");
        let wire = serde_json::to_string(&when).unwrap();
        assert_eq!(serde_json::from_str::<When>(&wire).unwrap(), when);
    }
}
