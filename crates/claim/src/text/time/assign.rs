//! Which date belongs to which claim, and to which of its slots?

use super::{Dated, Sense};
use crate::text::{
    lexicon::Tag,
    page::Page,
    quantity::{Head, Mention},
};
use habeas_model::{Kind, Scope, When, said::claim::Times};
use jiff::{ToSpan as _, civil::Date};
use std::ops::Range;

/// What is known of a claim when its dates are looked for.
pub struct Stated<'p> {
    /// Its tokens.
    pub range: Range<usize>,
    /// Its clause.
    pub clause: Range<usize>,
    /// Tokens of the verb of saying, if in the sentence.
    pub cue: Option<usize>,
    /// Its kind.
    pub kind: Kind,
    /// Its scope.
    pub scope: Option<Scope>,
    /// The predicate tells a state.
    pub state: bool,
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
        let said = self.cue.is_some_and(|cue| between.contains(&cue));
        let relative = between.clone().any(|at| page.tag(at, Tag::Relative).is_some());
        number || said && relative
    }
}

/// The dates of a claim.
#[must_use]
pub fn assign(page: &Page, dates: &[Dated], stated: &Stated) -> Times {
    let inside = |one: &&Dated| {
        one.range.start >= stated.clause.start && one.range.start < stated.clause.end
    };
    let since = nearest(
        page,
        stated,
        dates
            .iter()
            .filter(inside)
            .filter(|one| matches!(one.sense, Sense::Since | Sense::SinceBefore))
            .filter(|one| stated.baselines && !stated.parted(page, one)),
    );
    let on = nearest(
        page,
        stated,
        dates.iter().filter(inside).filter(|one| matches!(one.sense, Sense::On | Sense::Until)),
    )
    .or_else(|| only(page, dates, stated));
    let before =
        nearest(page, stated, dates.iter().filter(inside).filter(|one| one.sense == Sense::Before));
    let mut times = Times { since: since.map(|one| baseline(page, one)), ..Times::default() };
    let spoken = on.filter(|one| belongs_to_saying(page, one, stated));
    let said = spoken.map(|one| one.when.clone());
    let event = on.filter(|_| spoken.is_none()).map(|one| one.when.clone());
    match (stated.kind, stated.scope) {
        (Kind::Promise, _) => {
            times.since = None;
            let until = on.is_some_and(|one| {
                let words = page.words(one.range.clone()).to_lowercase();
                one.sense == Sense::Until
                    || ["within", "dentro de", "en un plazo"].iter().any(|w| words.starts_with(w))
            });
            times.event =
                before.and_then(deadline).or_else(|| event.map(|when| ahead(when, until)));
            times.said = said;
        }
        (Kind::Count, Some(Scope::Cumulative)) => cumulative(&mut times, event, said, on, stated),
        (Kind::Count, Some(Scope::Stock)) => {
            let stood =
                event.or(said).filter(|when| when.single().is_some() || times.since.is_none());
            times.as_of =
                stood.or_else(|| carried(stated)).or_else(|| stated.published.map(When::day));
        }
        (Kind::Other, _) => {
            times = Times { since: times.since, ..Times::default() };
        }
        (Kind::Denial, _) => {
            times = Times { event: None, said, ..Times::default() };
        }
        (Kind::Person, _) if stated.state => {
            times.as_of = event.or(said).or_else(|| stated.published.map(When::day));
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

/// "Thirty-three prisoners, robbed of their nationality in the air, were expelled on Thursday": the
/// one day that a sentence names, in another clause than what happened.
fn only<'d>(page: &Page, dates: &'d [Dated], stated: &Stated) -> Option<&'d Dated> {
    let mut days = dates.iter().filter(|one| one.sense == Sense::On);
    let day = days.next().filter(|one| one.when.single().is_some())?;
    let happens = !stated.state
        && matches!(stated.kind, Kind::Count | Kind::Person)
        && !matches!(stated.scope, Some(Scope::Stock | Scope::Cumulative));
    let fits = happens && days.next().is_none() && !stated.parted(page, day);
    fits.then_some(day)
}

fn carried(stated: &Stated) -> Option<When> {
    let before = stated.carried.and_then(|times| times.as_of.clone());
    before.or_else(|| stated.said_before.cloned())
}

/// A running total: within a closed stretch it has a window, else a moment.
fn cumulative(
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
    times.as_of =
        event.or(said).or_else(|| carried(stated)).or_else(|| stated.published.map(When::day));
    if times.since.is_none() {
        times.since = stated.carried.and_then(|times| times.since.clone());
    }
}

/// The nearest date, commas between counting.
fn nearest<'d>(
    page: &Page,
    stated: &Stated,
    dates: impl Iterator<Item = &'d Dated>,
) -> Option<&'d Dated> {
    dates.min_by_key(|one| {
        let between = if one.range.start >= stated.range.end {
            stated.range.end..one.range.start
        } else {
            one.range.end.min(stated.range.start)..stated.range.start
        };
        let commas = between.clone().filter(|at| page.is(*at, ',')).count();
        between.len() + 3 * commas
    })
}

/// Whether a date stands by the verb of saying rather than by the claim: "said on Monday that ...".
fn belongs_to_saying(page: &Page, one: &Dated, stated: &Stated) -> bool {
    let Some(cue) = stated.cue else { return false };
    let near = one.range.start.abs_diff(cue).min(one.range.end.abs_diff(cue));
    let claim = if one.range.start >= stated.range.end {
        one.range.start - stated.range.end
    } else {
        stated.range.start.saturating_sub(one.range.end)
    };
    let inside = one.range.start >= stated.range.start && one.range.end <= stated.range.end;
    let that = (one.range.end..(one.range.end + 2).min(page.tokens.len()))
        .any(|at| page.tag(at, Tag::Relative).is_some());
    !inside && near <= 2 && (near < claim || that)
}

fn baseline(page: &Page, one: &Dated) -> When {
    let words = page.words(one.range.clone()).to_lowercase();
    let starts = ["start of", "beginning of", "principios de", "comienzos de", "inicios de"];
    if let Some(first) = one.when.first().filter(|_| starts.iter().any(|word| words.contains(word)))
    {
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

/// "within 48 hours": until then.
fn ahead(when: When, until: bool) -> When {
    match when.last().filter(|_| until) {
        Some(last) => When::between(None, Some(last)).unwrap_or(when),
        None => when,
    }
}
