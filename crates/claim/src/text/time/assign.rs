//! Which date belongs to which claim, and to which of its slots?

use super::{Dated, Sense};
use crate::text::{
    lexicon::{Form, Meaning, Tag},
    page::Page,
    quantity::{Head, Mention},
    token,
};
use habeas_model::{Kind, Scope, When, said::claim::Times};
use jiff::{ToSpan as _, civil::Date};
use std::ops::Range;

/// What is known of a claim when its dates are looked for.
pub struct Stated<'p> {
    /// Its tokens.
    pub range: Range<usize>,
    /// The number or the name alone.
    pub anchor: Range<usize>,
    /// Its clause.
    pub clause: Range<usize>,
    /// Tokens of the verb of saying, if in the sentence.
    pub cue: Option<Range<usize>>,
    /// Its kind.
    pub kind: Kind,
    /// Its scope.
    pub scope: Option<Scope>,
    /// The predicate tells a state.
    pub state: bool,
    /// It tells that somebody is missing.
    pub missing: bool,
    /// Dates that the claim before it had, if it goes on about the same.
    pub carried: Option<&'p Times>,
    /// Day of publication.
    pub published: Option<Date>,
    /// The numbers of the sentence: a baseline behind another number is that number's.
    pub others: &'p [Mention],
    /// The moment for which the same speaker gave a number before.
    pub said_before: Option<&'p When>,
    /// When the same was said of the same number before.
    pub told_before: Option<&'p When>,
    /// It tells that something began or was done, so that it has a day.
    pub begins: bool,
    /// It may have a baseline.
    pub baselines: bool,
}

impl Stated<'_> {
    /// Whether another number, or who says so in a clause of their own, stands between the claim
    /// and a date after it.
    fn parted(&self, page: &Page, one: &Dated) -> bool {
        let between = self.range.end..one.range.start.max(self.range.end);
        let number = self.others.iter().any(|other| {
            between.contains(&other.range.start)
                && other.head != Head::Nothing
                && other.of.is_none()
        });
        let said = self.cue.as_ref().is_some_and(|cue| between.contains(&cue.start));
        let relative = between.clone().any(|at| page.tag(at, Tag::Relative).is_some());
        number || said && relative
    }

    /// As [`Stated::parted`]; "arrested 14 women and 60 men since May" has one baseline for both.
    fn parted_from_baseline(&self, page: &Page, one: &Dated) -> bool {
        let joined = self.others.iter().any(|other| {
            let near = other.joins(page, self.range.end) && other.end == one.range.start;
            near && other.head.people().is_some()
        });
        !joined && self.parted(page, one)
    }
}

/// The dates of a claim.
#[must_use]
pub fn assign(page: &Page, dates: &[Dated], stated: &Stated) -> Times {
    let inside = |one: &&Dated| {
        one.range.start >= stated.clause.start && one.range.start < stated.clause.end
    };
    let days = |spoken: Option<bool>| {
        let days = dates.iter().filter(inside).filter(|one| {
            matches!(one.sense, Sense::On | Sense::Until)
                && spoken.is_none_or(|spoken| belongs_to_saying(page, one, stated) == spoken)
                && !foreign(page, one, stated)
        });
        nearest(page, stated, days)
    };
    // What happened has its own day; a state or a running total is of the moment it is told for.
    let tells = matches!(stated.scope, Some(Scope::Stock | Scope::Cumulative));
    let day = if tells { days(None) } else { days(Some(false)).or_else(|| days(Some(true))) };
    let on = day.or_else(|| only(page, dates, stated));
    let before =
        nearest(page, stated, dates.iter().filter(inside).filter(|one| one.sense == Sense::Before));
    let since = since(page, stated, dates.iter().filter(inside));
    let mut times = Times { since: since.map(|one| baseline(page, one)), ..Times::default() };
    let spoken = on.filter(|one| belongs_to_saying(page, one, stated));
    // "remanded until 2 June": how long, not when.
    let lasts = |one: &&Dated| !tells && one.sense == Sense::Until && one.when.single().is_some();
    let event = on.filter(|one| spoken.is_none() && !lasts(one));
    let event = event.map(|one| past(page, one, stated));
    let said = spoken.or_else(|| days(Some(true))).map(|one| one.when.clone());
    match (stated.kind, stated.scope) {
        (Kind::Promise, _) => {
            let due = on.filter(|_| spoken.is_none()).map(|one| ahead(page, one));
            let due = due.map(|when| to_come(when, stated, on.is_some_and(|one| one.relative)));
            times = Times { event: before.and_then(deadline).or(due), said, ..Times::default() };
        }
        (Kind::Count, Some(Scope::Cumulative)) => {
            cumulative(page, &mut times, event, said, on, stated)
        }
        (Kind::Count, Some(Scope::Stock)) => {
            let stood =
                event.or(said).filter(|when| when.single().is_some() || times.since.is_none());
            let stood = stood.map(|when| at_close(page, on, when));
            times.as_of =
                stood.or_else(|| carried(stated)).or_else(|| stated.published.map(When::day));
        }
        (Kind::Other, _) => {
            let event = event.filter(|_| stated.begins);
            times = Times { since: times.since, event, ..Times::default() };
        }
        (Kind::Denial, _) => {
            times = Times { event: None, said, ..Times::default() };
        }
        (Kind::Person, _) if stated.state => {
            times = in_a_state(times.since, event.or(said), stated);
        }
        _ => {
            times.event = event
                .or_else(|| stated.carried.and_then(|times| times.event.clone()))
                .or(said)
                .or_else(|| stated.told_before.cloned());
            times.since = None;
        }
    }
    times
}

/// The nearest baseline, where no other number stands between.
fn since<'d>(
    page: &Page,
    stated: &Stated,
    dates: impl Iterator<Item = &'d Dated>,
) -> Option<&'d Dated> {
    let dates = dates.filter(|one| matches!(one.sense, Sense::Since | Sense::SinceBefore));
    let own = dates.filter(|one| stated.baselines && !stated.parted_from_baseline(page, one));
    nearest(page, stated, own)
}

/// Whether a date is of a noun or of another verb.
fn foreign(page: &Page, one: &Dated, stated: &Stated) -> bool {
    match stated.state {
        true => of_another(page, one, stated),
        false => of_a_noun(page, one),
    }
}

/// Since when and on which day somebody is in a state; "has not been seen since Monday" tells when
/// it happened.
fn in_a_state(since: Option<When>, day: Option<When>, stated: &Stated) -> Times {
    if stated.missing && since.is_some() {
        return Times { event: since, ..Times::default() };
    }
    let as_of = day.or_else(|| stated.published.map(When::day));
    Times { as_of, since, ..Times::default() }
}

/// "on May Day", read in March: what happened did so a year ago, where no year is written.
fn past(page: &Page, one: &Dated, stated: &Stated) -> When {
    let year = |at: usize| matches!(page.tokens[at].kind, token::Kind::Number(1900..2100));
    let day = one.when.single().zip(stated.published).filter(|(day, now)| day > now);
    let day = day.filter(|_| !one.relative && !one.range.clone().any(year));
    let before = day.and_then(|(day, _)| day.checked_sub(1.year()).ok());
    before.map_or_else(|| one.when.clone(), When::day)
}

/// "Thirty-three prisoners, robbed of their nationality in the air, were expelled on Thursday": the
/// one day that a sentence names, in another clause than what happened.
fn only<'d>(page: &Page, dates: &'d [Dated], stated: &Stated) -> Option<&'d Dated> {
    let mut days = dates.iter().filter(|one| one.sense == Sense::On);
    let day = days.next().filter(|one| one.when.single().is_some())?;
    let happens = !stated.state
        && matches!(stated.kind, Kind::Count | Kind::Person)
        && !matches!(stated.scope, Some(Scope::Stock | Scope::Cumulative));
    let fits = happens && days.next().is_none() && !stated.parted(page, day);
    let fits = fits && !of_a_noun(page, day);
    fits.then_some(day)
}

fn carried(stated: &Stated) -> Option<When> {
    let before = stated.carried.and_then(|times| times.as_of.clone());
    before.or_else(|| stated.said_before.cloned())
}

/// A running total: within a closed stretch it has a window, else a moment.
fn cumulative(
    page: &Page,
    times: &mut Times,
    event: Option<When>,
    said: Option<When>,
    on: Option<&Dated>,
    stated: &Stated,
) {
    let until = on.is_some_and(|one| one.sense == Sense::Until);
    let closed =
        event.as_ref().filter(|when| when.single().is_none() && !until && times.since.is_none());
    if let Some(window) = closed {
        times.event = Some(window.clone());
        return;
    }
    if event.is_none()
        && said.is_none()
        && times.since.is_none()
        && let Some(window) = stated.carried.and_then(|times| times.event.clone())
    {
        times.event = Some(window);
        return;
    }
    let stood = event.or(said).map(|when| at_close(page, on, when));
    times.as_of = stood.or_else(|| carried(stated)).or_else(|| stated.published.map(When::day));
    if times.since.is_none() {
        times.since = stated.carried.and_then(|times| times.since.clone());
    }
}

/// "held over the protests of July 2021", "of the 52 arrested in January 17 remain": the date of a
/// noun or of another verb, not of the state.
fn of_another(page: &Page, one: &Dated, stated: &Stated) -> bool {
    let before = one.range.start.saturating_sub(3).max(stated.clause.start)..one.range.start;
    let of = before.clone().last().is_some_and(|at| page.tag(at, Tag::Of).is_some())
        && one.when.single().is_none();
    let verb = before.clone().any(|at| {
        page.find(at, |meaning| match meaning {
            Meaning::Predicate(predicate, Form::Participle | Form::Object | Form::Subject) => {
                (!predicate.is_state()).then_some(())
            }
            _ => None,
        })
        .is_some_and(|(end, ())| end <= one.range.start && end + 1 >= one.range.start)
    });
    of || verb
}

/// "the riots of 2022", "our report of 4 November", "la ley de enero": the date of a noun that tells
/// nothing that happens to people.
pub fn of_a_noun(page: &Page, one: &Dated) -> bool {
    let Some(of) = one.range.start.checked_sub(1) else { return false };
    let Some(noun) = of.checked_sub(1).filter(|_| page.tag(of, Tag::Of).is_some()) else {
        return false;
    };
    let other = page.find(noun, |meaning| {
        matches!(
            meaning,
            Meaning::Predicate(..)
                | Meaning::People(_)
                | Meaning::Month(_)
                | Meaning::Weekday(_)
                | Meaning::When(_)
                | Meaning::Number(..)
                | Meaning::Word(_)
        )
        .then_some(())
    });
    page.tokens[noun].is_word() && other.is_none()
}

/// "al cierre de noviembre", "by the end of June": its last day.
fn at_close(page: &Page, on: Option<&Dated>, when: When) -> When {
    let Some(one) = on else { return when };
    let from = one.range.start.saturating_sub(3);
    let closes = (from..one.range.end).any(|at| page.tag(at, Tag::Close).is_some());
    when.last().filter(|_| closes).map_or(when, When::day)
}

/// The nearest date; commas, other numbers and an "and" between count.
fn nearest<'d>(
    page: &Page,
    stated: &Stated,
    dates: impl Iterator<Item = &'d Dated>,
) -> Option<&'d Dated> {
    dates.min_by_key(|one| {
        let after = one.range.start >= stated.anchor.end;
        let between = if after {
            stated.anchor.end..one.range.start
        } else {
            one.range.end.min(stated.anchor.start)..stated.anchor.start
        };
        let commas = between.clone().filter(|at| page.is(*at, ',')).count();
        let numbers = stated.others.iter().filter(|other| {
            let count = !matches!(other.head, Head::Nothing) && other.of.is_none();
            count && between.contains(&other.range.start)
        });
        // "60 in January and 30 in February": what stands before "and" is of the other.
        let and = between.clone().filter(|at| !after && page.tag(*at, Tag::And).is_some());
        // Of two that are as near, the one behind.
        (between.len() + 3 * commas + 6 * numbers.count() + 2 * and.count(), !after)
    })
}

/// Whether a date stands by the verb of saying rather than by the claim: "said on Monday that ...",
/// "told reporters late on Monday that ...", "..., the ministry said in a statement on Monday".
fn belongs_to_saying(page: &Page, one: &Dated, stated: &Stated) -> bool {
    let Some(cue) = &stated.cue else { return false };
    let inside = one.range.start >= stated.range.start && one.range.end <= stated.range.end;
    if inside {
        return false;
    }
    let (date, claim) = (&one.range, &stated.range);
    let apart = match date.start >= claim.end {
        true => date.start - claim.end,
        false => claim.start.saturating_sub(date.end),
    };
    let that = (date.end..(date.end + 2).min(page.tokens.len()))
        .any(|at| page.tag(at, Tag::Relative).is_some());
    if date.start >= cue.end {
        let far = date.start - cue.end;
        let ends = cue.start >= claim.end && far <= 8;
        return ends || that && far <= 6 || far <= 2 && far + 1 < apart;
    }
    let near = cue.start.abs_diff(date.start).min(cue.start.abs_diff(date.end));
    near <= 2 && (near < apart || that)
}

fn baseline(page: &Page, one: &Dated) -> When {
    let starts = page.seek(one.range.clone(), Tag::Start).is_some();
    if let Some(first) = one.when.first().filter(|_| starts) {
        return When::day(first); // "since the start of December".
    }
    if one.sense != Sense::SinceBefore {
        return one.when.clone();
    }
    When::between(None, one.when.last()).unwrap_or_else(|_| one.when.clone())
}

/// "before 28 February": any day up to the 27th.
fn deadline(one: &Dated) -> Option<When> {
    let last = one.when.first()?.checked_sub(1.day()).ok()?;
    When::between(None, Some(last)).ok()
}

/// "home by Christmas", read in July: what is promised is to come, where no year is written.
/// A weekday of a promise is the next such day.
fn to_come(when: When, stated: &Stated, weekday: bool) -> When {
    let open = when.last().filter(|_| when.first().is_none());
    let day = when.single().or(open);
    let past = day.zip(stated.published).filter(|(day, now)| weekday && day < now);
    let next = past.and_then(|(day, now)| Some((day.checked_add(7.days()).ok()?, now)));
    if let Some((day, _)) = next.filter(|(day, now)| day > now) {
        let until = open.and_then(|_| When::between(None, Some(day)).ok());
        return until.unwrap_or_else(|| When::day(day));
    }
    let gone = when.last().zip(stated.published).filter(|(day, now)| (*now - *day).get_days() > 20);
    let next = gone.and_then(|(day, _)| day.checked_add(1.year()).ok());
    let next = next.filter(|day| stated.published.is_some_and(|now| *day > now));
    match (next, when.first()) {
        (Some(day), None) => When::between(None, Some(day)).unwrap_or(when),
        (Some(day), Some(_)) if when.single().is_some() => When::day(day),
        _ => when,
    }
}

/// "within 48 hours": until then.
fn ahead(page: &Page, one: &Dated) -> When {
    let until = one.sense == Sense::Until || page.tag(one.range.start, Tag::Within).is_some();
    let last = one.when.last().filter(|_| until);
    let until = last.and_then(|last| When::between(None, Some(last)).ok());
    until.unwrap_or_else(|| one.when.clone())
}
