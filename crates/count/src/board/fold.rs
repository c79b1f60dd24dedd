//! One number told by several documents is one line: nothing is counted twice through a bulletin.
//!
//! Claims fold when one body says the same quantity of the same predicate and nothing that either
//! of them states
//! differs. A claim that leaves its window unsaid folds into a fuller one of the same day or the
//! day beside it,
//! and only if there is one such: between two it stays a line of its own.

use super::Bodies;
use crate::{
    asked::{Spoken, days_between},
    frame::{definition, plain},
};
use habeas_model::{
    AgeBand, Claim, Gender, Nationality, Population, Predicate, Quantity, Scope, When,
};
use jiff::civil::Date;
use std::collections::HashMap;

/// The claims of one line: the fullest first.
#[derive(Clone, Debug)]
pub(crate) struct Fold<'a> {
    pub body: String,
    pub claims: Vec<Spoken<'a>>,
}

/// What claims must share before anything else is looked at.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key<'a> {
    body: u32,
    predicate: Predicate,
    quantity: Option<&'a Quantity>,
    // A part is told from another part by these alone, so silence on them is not agreement.
    nat: &'a [Nationality],
    gender: Option<Gender>,
    age: Option<AgeBand>,
}

/// Folds claims into lines.
pub(crate) fn fold<'a>(claims: &[Spoken<'a>], bodies: &Bodies) -> Vec<Fold<'a>> {
    let mut order: Vec<(Spoken<'a>, String)> =
        claims.iter().map(|one| (*one, bodies.key(one.claim()))).collect();
    order.sort_by_cached_key(|(one, _)| {
        (std::cmp::Reverse(stated(one.claim())), one.standing.position, one.claim().id)
    });
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut folds: Vec<Fold<'a>> = Vec::new();
    let mut heads: HashMap<(Key<'a>, Option<Date>), Vec<usize>> = HashMap::new();
    for (one, body) in order {
        let next = super::count(numbers.len());
        let number = *numbers.entry(body.clone()).or_insert(next);
        let key = Key::of(one.claim(), number);
        match home(&one, &key, &folds, &heads) {
            Some(index) => folds[index].claims.push(one),
            None => {
                heads.entry((key, one.day)).or_default().push(folds.len());
                folds.push(Fold { body, claims: vec![one] });
            }
        }
    }
    folds
}

impl<'a> Key<'a> {
    fn of(claim: &'a Claim, body: u32) -> Key<'a> {
        let Population { nat, gender, age, .. } = &claim.population;
        Key {
            body,
            predicate: claim.predicate,
            quantity: claim.quantity.as_ref(),
            nat,
            gender: *gender,
            age: *age,
        }
    }
}

/// The one line that the claim belongs to, if there is exactly one nearest.
fn home<'a>(
    one: &Spoken<'a>,
    key: &Key<'a>,
    folds: &[Fold<'a>],
    heads: &HashMap<(Key<'a>, Option<Date>), Vec<usize>>,
) -> Option<usize> {
    let near = |day: Option<Date>| heads.get(&(key.clone(), day)).into_iter().flatten().copied();
    let fits = |index: &usize| agrees(one, &folds[*index].claims[0]);
    let same: Vec<usize> = near(one.day).filter(fits).collect();
    if let [only] = same[..] {
        return Some(only);
    }
    let exact = same.iter().find(|&&index| same_frame(one.claim(), folds[index].claims[0].claim()));
    if !same.is_empty() {
        return exact.copied();
    }
    let beside =
        one.day.into_iter().flat_map(|day| [day.yesterday().ok(), day.tomorrow().ok()]).flatten();
    let beside: Vec<usize> = beside.flat_map(|day| near(Some(day))).filter(fits).collect();
    match beside[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Nothing that either states differs. Claims of one document are told apart unless their frames
/// are one.
fn agrees(a: &Spoken<'_>, b: &Spoken<'_>) -> bool {
    let (x, y) = (a.claim(), b.claim());
    let same = same_frame(x, y);
    if x.span.blob == y.span.blob && x.span.part == y.span.part && !same {
        return false;
    }
    let days = a.day.zip(b.day).map_or(0, |(a, b)| days_between(a, b));
    // A day's difference is forgiven only to a claim that leaves something unsaid.
    let full = |claim: &Claim| {
        claim.scope.is_some()
            && (claim.time.since.is_some() || claim.scope != Some(Scope::Cumulative))
    };
    if days > 1 || (days == 1 && full(x) && full(y)) {
        return false;
    }
    scopes(x.scope, y.scope)
        && silent_or(x.time.since.as_ref(), y.time.since.as_ref(), When::same_dates)
        && silent_or(x.population.cat.as_ref(), y.population.cat.as_ref(), PartialEq::eq)
        && silent_or(x.population.place.as_ref(), y.population.place.as_ref(), |p, q| {
            plain(p) == plain(q)
        })
        && silent_or(
            definition(&x.population).as_ref(),
            definition(&y.population).as_ref(),
            PartialEq::eq,
        )
        && (x.population.place == y.population.place || x.part_of.is_none() == y.part_of.is_none())
}

fn silent_or<T: ?Sized>(a: Option<&T>, b: Option<&T>, same: impl Fn(&T, &T) -> bool) -> bool {
    a.zip(b).is_none_or(|(a, b)| same(a, b))
}

/// One batch of a day and the tally of that day are one thing when their number is.
fn scopes(a: Option<Scope>, b: Option<Scope>) -> bool {
    let daily = |scope| matches!(scope, Scope::Day | Scope::Event);
    silent_or(a.as_ref(), b.as_ref(), |a, b| a == b || (daily(*a) && daily(*b)))
}

fn same_frame(a: &Claim, b: &Claim) -> bool {
    let times = |claim: &Claim| {
        (claim.time.event.clone(), claim.time.as_of.clone(), claim.time.since.clone())
    };
    (a.scope, times(a), &a.population) == (b.scope, times(b), &b.population)
}

/// How many parts of its frame a claim states.
fn stated(claim: &Claim) -> usize {
    let Population { cat, place, words, .. } = &claim.population;
    let dates =
        [claim.time.since.is_some(), claim.time.as_of.is_some(), claim.time.event.is_some()];
    let whom = [cat.is_some(), place.is_some(), words.is_some(), claim.scope.is_some()];
    dates.iter().chain(&whom).filter(|said| **said).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;

    #[track_caller]
    fn check(said: Vec<Said>, lines: usize) {
        let (present, register, rule) = (present(said), register(vec![]), rule("strict-monitor"));
        let asked = asked(&present, &register, &rule);
        assert_eq!(fold(&asked.claims(), &Bodies::of(&present)).len(), lines);
    }

    #[test]
    fn one_number_is_one_line() {
        let total = || political("Vigilia", 383).since("2025-12-01").as_of("2026-01-26");
        let bulletin = || political("Vigilia", 383).as_of("2026-01-26").in_document(2);
        check(vec![total(), bulletin().cumulative()], 1);
        check(vec![total(), bulletin()], 1);
        check(vec![total(), bulletin().as_of("2026-01-27")], 1);
        check(vec![total(), bulletin().as_of("2026-01-29")], 2);
        check(vec![total(), bulletin().since("2026-01-08")], 2);
        check(vec![total(), total().since("2026-01-08").as_of("2026-02-07")], 2);
        check(vec![total(), political("Ministry", 383).as_of("2026-01-26").in_document(2)], 2);
        check(vec![total(), bulletin().words("house arrest excluded")], 1);
        check(vec![total(), bulletin().gender(Gender::Female)], 2);
        // Between two windows of one day the silent one stays itself.
        check(vec![total(), total().since("2026-01-08"), bulletin()], 3);
        // Two fully framed days are two claims.
        check(vec![total(), total().as_of("2026-01-27").in_document(2)], 2);
        // Two parts of one document with one number are two parts.
        let part = |place: &str| {
            political("Vigilia", 1)
                .on("2026-02-04")
                .with(|c| c.population.place = Some(place.into()))
        };
        check(vec![part("Norte"), part("Sur")], 2);
    }
}
