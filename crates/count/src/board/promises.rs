//! What was promised, by when, and what is kept of it by whose count.
//!
//! A vague promise ("a significant number") can never be shown to be kept: what others counted
//! since is set beside
//! it. A promisor's own count keeps no promise by itself, and one body's word is always told as
//! that body's.

use super::{Bodies, Link, Source, line::Places};
use crate::{
    Asked, Named,
    asked::{Spoken, days_between},
    frame::{plain, same_population},
    people::{index::Index, named::Names},
};
use habeas_model::{
    Claim, ClaimId, Frame, Kind, Metric, Population, Predicate, Quantity, Role, Scope, Unit, When,
    words,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

words! {
    /// The standing of a promise.
    PromiseStanding {
        /// Not due, and nobody counts anything yet.
        Pending = "pending",
        /// Some of it, by somebody's count.
        Partly = "partly",
        /// By the count of a body other than the promisor.
        Kept = "kept",
        /// Due, and a count made since then falls short.
        Broken = "broken",
        /// It cannot be told.
        Unverifiable = "unverifiable",
        /// The promisor replaced it by another.
        Superseded = "superseded",
    }
}

impl PromiseStanding {
    /// Whether something of it may still come.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, PromiseStanding::Pending | PromiseStanding::Partly)
    }
}

words! {
    /// Why a promise stands as it does.
    PromiseReason {
        /// The quantity is too vague to be met.
        VagueQuantity = "vague_quantity",
        /// No date was given by which to judge.
        NoDeadline = "no_deadline",
        /// The date has not come.
        NotDue = "not_due",
        /// Nobody has counted since.
        NobodyCounted = "nobody_counted",
        /// Only the promisor's own count reaches it.
        OwnCountOnly = "own_count_only",
        /// Another body's count reaches it.
        CountedByAnother = "counted_by_another",
        /// Counts fall short of it.
        CountsFallShort = "counts_fall_short",
        /// A newer promise of the same body took its place.
        Replaced = "replaced",
        /// Nobody is named who promised it.
        NoPromisor = "no_promisor",
    }
}

/// What a body has counted since a promise, in its own frame.
#[derive(Clone, Debug, Serialize)]
pub struct KeptCount {
    /// The claim.
    pub claim: ClaimId,
    /// The body.
    pub body: String,
    /// Whether it is the promisor, or another voice of the same government.
    pub own: bool,
    /// How many it says.
    pub quantity: Option<Quantity>,
    /// In which frame.
    pub frame: Frame,
    /// The day it stands for.
    pub day: Option<Date>,
}

/// How a promise stood from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseStep {
    /// From this day.
    pub from: Date,
    /// Its standing.
    pub standing: PromiseStanding,
}

/// A promise with its standing.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseLine {
    /// The fullest of its claims.
    pub id: ClaimId,
    /// The body that promised.
    pub body: String,
    /// Outlet first, then speakers.
    pub speaker_chain: Vec<Link>,
    /// What was promised.
    pub predicate: Predicate,
    /// How many.
    pub quantity: Option<Quantity>,
    /// Of whom.
    pub population: Population,
    /// When it was promised.
    pub said: Option<When>,
    /// The day by which it is ordered.
    pub day: Option<Date>,
    /// When it is due.
    pub due: Option<When>,
    /// Its standing.
    pub standing: PromiseStanding,
    /// Why.
    pub reasons: Vec<PromiseReason>,
    /// How it stood from each day on which that changed.
    pub course: Vec<PromiseStep>,
    /// What each body has counted since.
    pub counts: Vec<KeptCount>,
    /// Whom the register names since, under the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<Named>,
    /// Everywhere it is written.
    pub sources: Vec<Source>,
}

/// The promises with their standing, in the order in which they were made.
#[must_use]
pub fn promises(asked: &Asked<'_>) -> Vec<PromiseLine> {
    promises_over(asked, &Index::of(asked))
}

/// The same, where the index of the question is at hand.
#[must_use]
pub fn promises_over(asked: &Asked<'_>, index: &Index) -> Vec<PromiseLine> {
    let (claims, bodies, places) =
        (asked.claims(), Bodies::of(asked.present), Places::of(asked.present));
    let mut names = Names::of(index);
    let folds = folded(&claims, &bodies);
    let counted = since(&folds, &claims, &bodies);
    let every = Every::of(&claims, &bodies);
    let mut lines: Vec<PromiseLine> = Vec::new();
    for (fold, since) in folds.iter().zip(counted) {
        let newer = folds.iter().filter(|other| replaces(other[0], fold[0], &bodies));
        let newer = newer.filter_map(|other| other[0].said).min();
        let replaced = fold.iter().any(|one| one.claim().superseded).then_some(fold[0].said);
        let replaced = replaced.unwrap_or(newer);
        let today = asked.last_day();
        let weighed: Vec<Weighed> =
            since.iter().map(|(count, own)| Weighed::of(count, *own)).collect();
        let (standing, reasons) = judge(fold[0], &weighed, today, replaced.is_some());
        let course = course(fold[0], &every.since(fold[0], &bodies), today, replaced);
        let claim = fold[0].claim();
        let outlet = claim.outlet.iter().cloned().map(Link::Outlet);
        lines.push(PromiseLine {
            id: claim.id,
            body: bodies.shown(&bodies.key(claim)).to_owned(),
            speaker_chain: outlet
                .chain(claim.speakers.0.iter().cloned().map(Link::Speaker))
                .collect(),
            predicate: claim.predicate,
            quantity: claim.quantity.clone(),
            population: claim.population.clone(),
            said: claim.time.said.clone(),
            day: fold[0].said,
            due: claim.time.event.clone(),
            standing,
            reasons,
            course,
            counts: since.iter().map(|(one, own)| KeptCount::of(one, &bodies, *own)).collect(),
            named: names.named(&frame_since(fold[0], today)).ok(),
            sources: fold.iter().map(|one| places.source(one)).collect(),
        });
    }
    lines.sort_by(|a, b| (a.day, &a.body, a.id).cmp(&(b.day, &b.body, b.id)));
    lines
}

/// Promises of one body, predicate and quantity within two days are one promise.
fn folded<'c, 'a>(claims: &'c [Spoken<'a>], bodies: &Bodies) -> Vec<Vec<&'c Spoken<'a>>> {
    let mut promises: Vec<(&Spoken<'_>, String)> = claims
        .iter()
        .filter(|one| one.claim().kind == Kind::Promise)
        .map(|one| (one, bodies.key(one.claim())))
        .collect();
    promises.sort_by_key(|(one, _)| (one.said, one.claim().time.event.is_none(), one.claim().id));
    let mut folds: Vec<(Vec<&Spoken<'_>>, String)> = Vec::new();
    for (one, body) in promises {
        let home = folds.iter_mut().rev().find(|(fold, whose)| {
            (*whose == body || same_promisor(fold[0], one)) && same_promise(fold[0], one)
        });
        match home {
            Some((fold, _)) => fold.push(one),
            None => folds.push((vec![one], body)),
        }
    }
    folds.into_iter().map(|(fold, _)| fold).collect()
}

/// One person who promised no number to two outlets, of which one writes the body in another
/// language: "a significant number" and "un número" are one promise.
fn same_promisor(a: &Spoken<'_>, b: &Spoken<'_>) -> bool {
    let person = |one: &Spoken<'_>| {
        let speaker = one.claim().speakers.origin().filter(|speaker| speaker.of.is_some())?;
        Some(plain(&speaker.name))
    };
    let vague =
        |one: &Spoken<'_>| matches!(one.claim().quantity, Some(Quantity::Vague { .. }) | None);
    vague(a) && vague(b) && person(a).is_some() && person(a) == person(b)
}

fn same_promise(a: &Spoken<'_>, b: &Spoken<'_>) -> bool {
    let (x, y) = (a.claim(), b.claim());
    let near = a.said.zip(b.said).is_none_or(|(a, b)| days_between(a, b) <= 2);
    let due = x.time.event.as_ref().zip(y.time.event.as_ref()).is_none_or(|(a, b)| a.same_dates(b));
    let quantity = match (&x.quantity, &y.quantity) {
        (Some(Quantity::Vague { .. }) | None, Some(Quantity::Vague { .. }) | None) => true,
        (a, b) => a == b,
    };
    let person = x.person == y.person;
    x.predicate == y.predicate && near && due && quantity && person
}

/// Whether `new` took the place of `old`: the same body on the same people, later, with another
/// date.
fn replaces(new: &Spoken<'_>, old: &Spoken<'_>, bodies: &Bodies) -> bool {
    let (n, o) = (new.claim(), old.claim());
    let other_date =
        n.time.event.as_ref().zip(o.time.event.as_ref()).is_some_and(|(a, b)| !a.same_dates(b));
    old.said.zip(new.said).is_some_and(|(o, n)| o < n)
        && other_date
        && n.predicate == o.predicate
        && n.quantity == o.quantity
        && n.person == o.person
        && same_population(&n.population, &o.population)
        && bodies.key(n) == bodies.key(o)
}

/// A count that may keep a promise: who counts, and the first day that counts.
struct Candidate<'c, 'a> {
    begins: Date,
    body: String,
    spoken: &'c Spoken<'a>,
}

/// For each promise the largest, then latest, count of each body whose window begins no earlier
/// than the promise.
/// Promises are gone through from the last one back, so that each count is looked at once.
fn since<'c, 'a>(
    folds: &[Vec<&'c Spoken<'a>>],
    claims: &'c [Spoken<'a>],
    bodies: &Bodies,
) -> Vec<Vec<(&'c Spoken<'a>, bool)>> {
    let mut waiting = candidates(claims, bodies);
    let mut best: HashMap<Predicate, BTreeMap<String, &Spoken<'_>>> = HashMap::new();
    let mut order: Vec<usize> =
        (0..folds.len()).filter(|&at| folds[at][0].said.is_some()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(folds[at][0].said));
    let mut found: Vec<Vec<(&Spoken<'_>, bool)>> = folds.iter().map(|_| Vec::new()).collect();
    for at in order {
        let promise = folds[at][0];
        let predicate = promise.claim().predicate;
        let (left, known) =
            (waiting.entry(predicate).or_default(), best.entry(predicate).or_default());
        while let Some(next) =
            left.pop_if(|next| promise.said.is_some_and(|made| next.begins >= made))
        {
            match known.get(&next.body) {
                Some(other) if weight(other) >= weight(next.spoken) => {}
                _ => _ = known.insert(next.body, next.spoken),
            }
        }
        let promisor = bodies.key(promise.claim());
        let kept = known.iter().map(|(body, one)| (*one, owned(body, &promisor, one, promise)));
        found[at] = kept.collect();
    }
    found
}

/// Whole counts with a stated first day, by predicate, in the order of that day.
fn candidates<'c, 'a>(
    claims: &'c [Spoken<'a>],
    bodies: &Bodies,
) -> HashMap<Predicate, Vec<Candidate<'c, 'a>>> {
    let mut waiting: HashMap<Predicate, Vec<Candidate<'_, '_>>> = HashMap::new();
    for spoken in claims {
        let claim = spoken.claim();
        let counts = claim.kind == Kind::Count
            && claim.part_of.is_none()
            && claim.scope != Some(Scope::Stock);
        let begins = Frame::of(claim).from.and_then(|when| when.first()).filter(|_| counts);
        if let Some(begins) = begins {
            let body = bodies.key(claim);
            waiting.entry(claim.predicate).or_default().push(Candidate { begins, body, spoken });
        }
    }
    waiting.values_mut().for_each(|counts| counts.sort_by_key(|one| one.begins));
    waiting
}

/// Whether the count is the promisor's, or another voice of the same government.
fn owned(body: &str, promisor: &str, count: &Spoken<'_>, promise: &Spoken<'_>) -> bool {
    body == promisor || (state(count.claim()) && state(promise.claim()))
}

/// Every count that may keep a promise, for telling how promises stood over time.
struct Every<'c, 'a> {
    counts: HashMap<Predicate, Vec<Candidate<'c, 'a>>>,
}

impl<'c, 'a> Every<'c, 'a> {
    fn of(claims: &'c [Spoken<'a>], bodies: &Bodies) -> Every<'c, 'a> {
        Every { counts: candidates(claims, bodies) }
    }

    /// What was counted since a promise, in the order in which it was said, with a number for each
    /// body.
    fn since(&self, promise: &Spoken<'_>, bodies: &Bodies) -> Vec<(Weighed, u32, Date)> {
        let (Some(made), counts) = (promise.said, self.counts.get(&promise.claim().predicate))
        else {
            return Vec::new();
        };
        let counts = counts.map_or(&[][..], Vec::as_slice);
        let (promisor, mut numbers) = (bodies.key(promise.claim()), HashMap::new());
        let first = counts.partition_point(|one| one.begins < made);
        let mut found: Vec<(Weighed, u32, Date)> = Vec::new();
        for one in &counts[first..] {
            let Some(said) = one.spoken.said else { continue };
            let next = super::count(numbers.len());
            let number = *numbers.entry(one.body.as_str()).or_insert(next);
            let own = owned(&one.body, &promisor, one.spoken, promise);
            found.push((Weighed::of(one.spoken, own), number, said));
        }
        found.sort_by_key(|(.., said)| *said);
        found
    }
}

fn weight(spoken: &Spoken<'_>) -> (u32, Option<Date>, ClaimId) {
    let claim = spoken.claim();
    let least = claim.quantity.as_ref().and_then(|said| said.bounds().0).unwrap_or(0);
    (least, spoken.day, claim.id)
}

impl KeptCount {
    fn of(spoken: &Spoken<'_>, bodies: &Bodies, own: bool) -> KeptCount {
        let claim = spoken.claim();
        KeptCount {
            claim: claim.id,
            body: bodies.shown(&bodies.key(claim)).to_owned(),
            own,
            quantity: claim.quantity.clone(),
            frame: Frame::of(claim),
            day: spoken.day,
        }
    }
}

/// Whether the detaining government speaks.
fn state(claim: &Claim) -> bool {
    claim.speakers.origin().and_then(|speaker| speaker.role) == Some(Role::Government)
}

/// What a count weighs for a promise.
#[derive(Clone, Copy)]
struct Weighed {
    own: bool,
    least: u32,
    most: Option<u32>,
    day: Option<Date>,
}

impl Weighed {
    fn of(spoken: &Spoken<'_>, own: bool) -> Weighed {
        let bounds = spoken.claim().quantity.as_ref().map(|said| said.bounds());
        let (least, most) = bounds.unwrap_or_default();
        Weighed { own, least: least.unwrap_or(0), most, day: spoken.day }
    }
}

fn judge(
    promise: &Spoken<'_>,
    counts: &[Weighed],
    today: Date,
    replaced: bool,
) -> (PromiseStanding, Vec<PromiseReason>) {
    use PromiseReason as Why;
    use PromiseStanding::*;
    let claim = promise.claim();
    if claim.speakers.0.is_empty() {
        return (Unverifiable, vec![Why::NoPromisor]);
    }
    if replaced {
        return (Superseded, vec![Why::Replaced]);
    }
    let due = claim.time.event.as_ref().and_then(|when| when.last());
    let (open, some) =
        (due.is_none_or(|day| today <= day), counts.iter().any(|count| count.least > 0));
    let when = match due {
        None => Some(Why::NoDeadline),
        Some(_) if open => Some(Why::NotDue),
        Some(_) => None,
    };
    let because = |standing, why: &[Why]| (standing, why.iter().copied().chain(when).collect());
    let promised = match &claim.quantity {
        None | Some(Quantity::Vague { .. } | Quantity::About(_)) => None,
        Some(said) => said.bounds().0.filter(|n| *n > 0),
    };
    let Some(n) = promised else {
        return match (some, open && due.is_some()) {
            (true, _) => because(Partly, &[Why::VagueQuantity]),
            (false, true) => because(Pending, &[Why::VagueQuantity]),
            (false, false) => because(Unverifiable, &[Why::VagueQuantity, Why::NobodyCounted]),
        };
    };
    let after = |count: &&Weighed| due.is_some_and(|due| count.day.is_some_and(|day| day >= due));
    let short = |count: &Weighed| count.most.is_some_and(|most| most < n);
    match () {
        () if counts.iter().any(|count| !count.own && count.least >= n) => {
            because(Kept, &[Why::CountedByAnother])
        }
        () if counts.iter().any(|count| count.least >= n) => because(Partly, &[Why::OwnCountOnly]),
        () if !open && counts.iter().filter(after).any(short) => {
            because(Broken, &[Why::CountsFallShort])
        }
        () if some => because(Partly, &[Why::CountsFallShort]),
        () if open => because(Pending, &[Why::NobodyCounted]),
        () => because(Unverifiable, &[Why::NobodyCounted]),
    }
}

/// How a promise stood from day to day, by what had been said by each: from the day on which it was
/// made, on each day on which something was counted, and after it was due.
fn course(
    promise: &Spoken<'_>,
    counts: &[(Weighed, u32, Date)],
    today: Date,
    replaced: Option<Date>,
) -> Vec<PromiseStep> {
    let Some(made) = promise.said else { return Vec::new() };
    let due = promise.claim().time.event.as_ref().and_then(|when| when.last());
    let lapsed = due.and_then(|day| day.tomorrow().ok());
    let said = counts.iter().map(|(.., said)| *said);
    let days: BTreeSet<Date> = said
        .chain([made])
        .chain(lapsed)
        .chain(replaced)
        .filter(|day| (made..=today).contains(day))
        .collect();
    let mut best: BTreeMap<u32, Weighed> = BTreeMap::new();
    let mut told = counts.iter().peekable();
    let mut steps: Vec<PromiseStep> = Vec::new();
    for day in days {
        while let Some((count, body, _)) = told.next_if(|(.., said)| *said <= day) {
            let better = best
                .get(body)
                .is_none_or(|known| (known.least, known.day) <= (count.least, count.day));
            if better {
                best.insert(*body, *count);
            }
        }
        let known: Vec<Weighed> = best.values().copied().collect();
        let gone = replaced.is_some_and(|since| since <= day);
        let (standing, _) = judge(promise, &known, day, gone);
        if steps.last().is_none_or(|step| step.standing != standing) {
            steps.push(PromiseStep { from: day, standing });
        }
    }
    steps
}

/// The frame in which the register is asked whom it names since the promise.
fn frame_since(promise: &Spoken<'_>, today: Date) -> Frame {
    let claim = promise.claim();
    let end = if today == Date::MAX { None } else { Some(When::day(today)) };
    let mut population = claim.population.clone();
    population.words = population.words.filter(|words| !plain(words).is_empty());
    Frame {
        metric: Metric { predicate: claim.predicate, verified: false },
        unit: Unit::Person,
        population,
        scope: Some(Scope::Cumulative),
        from: promise.said.map(When::day),
        to: end.clone(),
        as_of: end,
    }
}

#[cfg(test)]
mod tests;
