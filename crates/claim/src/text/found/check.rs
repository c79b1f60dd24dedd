//! Do the numbers of a text agree with each other, and which of them replaces which?

use habeas_model::{Claim, Kind, Place, Problem, Quantity, Scope, When};
use jiff::civil::Date;

/// Claims further apart than this are not compared.
const NEAR: usize = 60;

/// Flags the older of two figures for the same measure by the same body.
pub fn supersede(claims: &mut [Claim]) {
    for newer in 0..claims.len() {
        // Only figures near each other: a text of any length is read in linear time.
        for older in newer.saturating_sub(NEAR)..(newer + NEAR).min(claims.len()) {
            if newer != older && replaces(&claims[newer], newer, &claims[older], older) {
                claims[older].superseded = true;
            }
        }
    }
}

fn same_body(new: &Claim, old: &Claim) -> bool {
    let bodies = new.speakers.body().zip(old.speakers.body());
    bodies.is_some_and(|(new, old)| new == old || new.to_lowercase() == old.to_lowercase())
}

fn moment(claim: &Claim) -> Option<Date> {
    let last = |when: &Option<When>| when.as_ref().and_then(When::last);
    last(&claim.time.as_of).or_else(|| last(&claim.time.event))
}

/// The closed stretch of days that a count adds up, if it is of one.
fn stretch(claim: &Claim) -> Option<&When> {
    claim.time.event.as_ref().filter(|when| when.single().is_none())
}

/// "356, up from 340": said by the same words to be the figure before.
fn former(claim: &Claim) -> bool {
    claim.rules.first().is_some_and(|rule| rule.starts_with("count.former"))
}

fn replaces(new: &Claim, n: usize, old: &Claim, o: usize) -> bool {
    if former(new) || former(old) {
        let beside = n.abs_diff(o) == 1 && former(old) && !former(new);
        // "3,940, against 2,100 in the same months": two stretches of days, each with its own.
        let own = old.scope == Some(Scope::Cumulative)
            && [&old.time.event, &old.time.as_of]
                .into_iter()
                .flatten()
                .any(|when| when.single().is_none());
        return beside && !own && new.predicate == old.predicate && new.kind == old.kind;
    }
    // "It has since corrected the figure to ten": a figure put in the place of a batch.
    let put = new.rules.first().is_some_and(|rule| rule.starts_with("count.figure"));
    let put = put && new.time.event == old.time.event && n == o + 1;
    let measures = |claim: &Claim| {
        claim.kind == Kind::Count
            && claim.part_of.is_none()
            && (matches!(claim.scope, Some(Scope::Cumulative | Scope::Day | Scope::Stock)) || put)
    };
    if !measures(new) || !measures(old) || new.quantity == old.quantity {
        return false;
    }
    let same = new.predicate == old.predicate
        && new.scope == old.scope
        && new.population.gender == old.population.gender
        && new.population.age == old.population.age
        && new.population.nat == old.population.nat
        && new.population.place == old.population.place
        && same_body(new, old);
    let base = |claim: &Claim| claim.time.since.clone().map(|when| when.to_string());
    if !same || base(new) != base(old) && old.scope == Some(Scope::Cumulative) {
        return false;
    }
    // "36 in January, against 42 in December": of two closed stretches neither replaces the other.
    if new.scope == Some(Scope::Cumulative) && stretch(new) != stretch(old) {
        return false;
    }
    match (moment(new), moment(old)) {
        (Some(new), Some(old)) if new != old => new > old,
        _ => n > o,
    }
}

/// Smaller wholes are met by chance: 5 and 7 after a 12 are no parts of it for that alone.
const WHOLE: u32 = 20;
/// A whole is rarely told in more parts than this.
const PARTS: usize = 10;

/// "34 were freed, 21 from here and 13 from there": counts of one speaker that follow a count and
/// add up to it exactly are its parts.
pub fn partition(claims: &mut [Claim]) {
    let exact = |claim: &Claim| match claim.quantity {
        Some(Quantity::Exact(n)) if claim.kind == Kind::Count => Some(n),
        _ => None,
    };
    for at in 0..claims.len() {
        let Some(whole) = exact(&claims[at]).filter(|n| *n >= WHOLE) else { continue };
        let origin = claims[at].speakers.origin().cloned();
        let (mut sum, mut parts) = (0, Vec::new());
        for (next, claim) in claims.iter().enumerate().skip(at + 1).take(PARTS) {
            let nested = claim.part_of.is_some_and(|n| n != whole && n < whole);
            let same = claim.speakers.origin() == origin.as_ref();
            let Some(n) = exact(claim).filter(|n| *n > 0 && *n < whole && same) else { break };
            if nested {
                continue;
            }
            sum += n;
            parts.push(next);
            if sum >= whole {
                break;
            }
        }
        if sum == whole && parts.len() > 1 {
            for part in parts {
                if claims[part].of_total.is_none() {
                    claims[part].part_of = Some(whole);
                }
            }
        }
    }
}

/// Problems: parts that do not add up, a part larger than its whole, a running total that falls.
#[must_use]
pub fn check(claims: &[Claim]) -> Vec<Problem> {
    let mut problems = larger_parts(claims);
    problems.extend(partitions(claims));
    problems.extend(falling(claims));
    problems
}

fn place(claim: &Claim) -> String {
    match &claim.span.place {
        Place::Text { start, end, .. } => format!("characters {start}..{end}"),
        Place::Cells { .. } => String::new(),
    }
}

fn number(claim: &Claim) -> Option<u32> {
    let (low, high) = claim.quantity.as_ref()?.bounds();
    low.filter(|_| low == high)
}

fn larger_parts(claims: &[Claim]) -> Vec<Problem> {
    let larger = claims.iter().filter(|claim| {
        let whole = claim.part_of.or_else(|| claim.of_total.as_ref()?.bounds().1);
        number(claim).zip(whole).is_some_and(|(part, whole)| part > whole)
    });
    larger
        .map(|claim| Problem::new("part-larger", place(claim), claim.span.quote.clone()))
        .collect()
}

/// Parts by sex or by age that stand together must make their whole.
fn partitions(claims: &[Claim]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut at = 0;
    while at < claims.len() {
        let whole = claims[at].part_of;
        let kin = |claim: &Claim| claim.part_of == whole && claim.predicate == claims[at].predicate;
        let sex = claims[at].population.gender.is_some();
        let run: Vec<&Claim> = claims[at..]
            .iter()
            .take_while(|claim| kin(claim) && claim.population.gender.is_some() == sex)
            .collect();
        let sum: u64 = run.iter().filter_map(|claim| number(claim)).map(u64::from).sum();
        let exact = run.iter().all(|claim| number(claim).is_some() && divides(claim));
        let genders = run.len() == 2 && sex && run[0].population.gender != run[1].population.gender;
        if let Some(whole) = whole.filter(|whole| genders && exact && sum != u64::from(*whole)) {
            problems.push(Problem::new(
                "parts-do-not-add-up",
                place(run[0]),
                format!("{sum} / {whole}"),
            ));
        }
        at += run.len().max(1);
    }
    problems
}

/// Whether a part is given as a part ("of them", an item after its whole): "freed 14 women and
/// nine men" says of nobody else that they were not freed.
fn divides(claim: &Claim) -> bool {
    let given = |rule: &String| rule.starts_with("count.") || rule.starts_with("link.heading");
    claim.rules.first().is_some_and(given)
}

/// A running total of one body and baseline that is lower later.
fn falling(claims: &[Claim]) -> Vec<Problem> {
    let total = |claim: &&Claim| {
        claim.kind == Kind::Count
            && claim.scope == Some(Scope::Cumulative)
            && claim.time.since.is_some()
            && claim.part_of.is_none()
    };
    let totals: Vec<&Claim> = claims.iter().filter(total).collect();
    let mut problems = Vec::new();
    for (at, early) in totals.iter().enumerate() {
        let falls = totals.iter().enumerate().skip(at.saturating_sub(NEAR)).take(2 * NEAR).find(
            |(other, late)| {
                *other != at
                    && late.speakers.body() == early.speakers.body()
                    && late.predicate == early.predicate
                    && late.population == early.population
                    && late.time.since == early.time.since
                    && moment(late) > moment(early)
                    && number(late) < number(early)
            },
        );
        if let Some((_, late)) = falls {
            problems.push(Problem::new("total-falls", place(late), late.span.quote.clone()));
        }
    }
    problems
}
