//! The numbers of one body over time: totals that fall, windows that move, stocks that do not
//! follow from their flows.

use super::{Finding, FindingKind, Row, Severity};
use crate::{asked::days_between, frame::backwards};
use habeas_model::{Frame, Predicate, Quantity, Role, Scope};
use jiff::civil::{Date, Time};
use std::collections::HashMap;
use std::hash::Hash;

/// One number for two windows is looked for within so many days, and not among small numbers, which
/// meet by chance.
const WITHIN: u32 = 31;
const NOT_BY_CHANCE: u32 = 30;

pub(super) fn grouped<'r, 'a, K: Hash + Eq>(
    rows: &'r [Row<'a>],
    key: impl Fn(&Row<'_>) -> Option<K>,
) -> Vec<Vec<&'r Row<'a>>> {
    let mut groups: HashMap<K, Vec<&Row<'_>>> = HashMap::new();
    for row in rows.iter().filter(|row| row.day.is_some()) {
        if let Some(key) = key(row) {
            groups.entry(key).or_default().push(row);
        }
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups
        .iter_mut()
        .for_each(|group| group.sort_by_key(|row| (row.day, row.hour(), row.claim.id)));
    groups
}

pub(super) fn running(row: &Row<'_>) -> bool {
    row.claim.scope == Some(Scope::Cumulative) && row.claim.part_of.is_none()
}

/// Running totals of one body, baseline and population that fall from one day to a later one.
pub(super) fn falling_totals(rows: &[Row<'_>]) -> Vec<Finding> {
    let key = |row: &Row<'_>| {
        let since = row.since()?;
        running(row).then(|| (row.body.clone(), row.claim.predicate, since, row.whom.clone()))
    };
    grouped(rows, key).iter().flat_map(|group| falls(group)).collect()
}

fn falls(group: &[&Row<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut highest: Option<&Row<'_>> = None; // Of the days before the one in hand.
    let mut today: Option<&Row<'_>> = None; // Of the day in hand.
    let least = |row: Option<&Row<'_>>| row.and_then(|row| row.bounds().0).unwrap_or(0);
    for row in group {
        let later = today.is_some_and(|known| {
            known.day < row.day || known.hour().zip(row.hour()).is_some_and(|(a, b)| a < b)
        });
        if later {
            if least(today) >= least(highest) {
                highest = today;
            }
            today = None;
        }
        if let (Some(before), (_, Some(most))) = (highest, row.bounds()) {
            let floor = least(highest);
            if most < floor {
                let finding = row.finding(
                    FindingKind::FallingTotal,
                    Severity::Minor,
                    &[before],
                    format!("{floor} > {most}"),
                );
                found.push(Finding { residue: i64::from(most) - i64::from(floor), ..finding });
                highest = None; // The lower total is the new baseline: one fall is told once.
            }
        }
        if least(Some(row)) >= least(today) {
            today = Some(row);
        }
    }
    found
}

type Since = Option<(Option<Date>, Option<Date>)>;
type Moment = ((String, Predicate, Scope, Since, String), Option<Date>, Option<Time>);

/// One body, frame and moment.
fn one_moment(row: &Row<'_>) -> Option<Moment> {
    let scope = row.claim.scope?;
    let whole = row.claim.part_of.is_none();
    let frame = (row.body.clone(), row.claim.predicate, scope, row.since(), row.whom.clone());
    whole.then(|| (frame, row.day, row.hour()))
}

/// Numbers of one body for one frame and one moment that cannot all be right.
pub(super) fn conflicts(rows: &[Row<'_>]) -> Vec<Finding> {
    let told = |group: &Vec<&Row<'_>>| {
        let most = group.iter().filter_map(|row| row.bounds().1).min()?;
        let least = group.iter().filter_map(|row| row.bounds().0).max()?;
        if least <= most {
            return None; // All of them can be right.
        }
        if group.len() == 2 && (rounds(least, most) || rounds(most, least)) {
            return None; // One is the other, rounded: told as such.
        }
        let grows = matches!(group[0].claim.scope, Some(Scope::Cumulative | Scope::Day));
        let severity =
            if grows && group[0].hour().is_none() { Severity::Note } else { Severity::Minor };
        let figures = group.iter().map(|row| figure(row)).collect::<Vec<_>>().join(" ≠ ");
        let finding = group[0].finding(FindingKind::Conflict, severity, &group[1..], figures);
        Some(Finding { residue: i64::from(least) - i64::from(most), ..finding })
    };
    grouped(rows, one_moment).iter().filter_map(told).collect()
}

fn figure(row: &Row<'_>) -> String {
    match row.bounds() {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}..{b}"),
        (Some(a), None) => format!("≥ {a}"),
        (None, Some(b)) => format!("≤ {b}"),
        (None, None) => "?".to_owned(),
    }
}

/// One number that a body (or a government, whichever of its officials speaks) gives for two
/// windows.
pub(super) fn two_windows(rows: &[Row<'_>]) -> Vec<Finding> {
    let key = |row: &Row<'_>| {
        row.since().filter(|_| running(row))?;
        let n = match row.claim.quantity {
            Some(Quantity::Exact(n) | Quantity::About(n)) => n,
            _ => return None,
        };
        let state = row.claim.speakers.origin().and_then(|s| s.role) == Some(Role::Government);
        let who = if state { "\u{0}government".to_owned() } else { row.body.clone() };
        (n >= NOT_BY_CHANCE).then_some((who, row.claim.predicate, n))
    };
    let pairs = |group: &Vec<&Row<'_>>| {
        let two = group.windows(2).filter(|pair| {
            let near =
                pair[0].day.zip(pair[1].day).is_some_and(|(a, b)| days_between(a, b) <= WITHIN);
            near && pair[0].since() != pair[1].since()
        });
        two.map(|pair| {
            pair[1].finding(FindingKind::TwoWindows, Severity::Minor, &[pair[0]], windows(pair))
        })
        .collect::<Vec<_>>()
    };
    grouped(rows, key).iter().flat_map(pairs).collect()
}

/// `383 [2025-12-01..2026-01-26], 383 [2026-01-08..2026-02-07]`.
fn windows(pair: &[&Row<'_>]) -> String {
    let n =
        |row: &Row<'_>| row.claim.quantity.as_ref().and_then(|said| said.bounds().1).unwrap_or(0);
    let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let one = |row: &Row<'_>| {
        let from = row.since().and_then(|(first, last)| first.or(last));
        format!("{} [{}..{}]", n(row), day(from), day(row.day))
    };
    format!("{}, {}", one(pair[0]), one(pair[1]))
}

/// A round number and the one beside it, of one body, frame and moment: whether it is the other
/// rounded. "About 700" against 687 is; "about 800" is not.
pub(super) fn roundings(rows: &[Row<'_>]) -> Vec<Finding> {
    let told = |group: &Vec<&Row<'_>>| {
        let exact = group.iter().copied().filter(|row| row.exact().is_some());
        let mut found = Vec::new();
        for row in exact {
            let n = row.exact().unwrap_or_default();
            for other in group {
                let (round, about) = match other.claim.quantity {
                    Some(Quantity::About(round)) => (round, true),
                    Some(Quantity::Exact(round)) if rounds(n, round) => (round, false),
                    _ => continue,
                };
                let holds = n == round || rounds(n, round);
                let severity = if holds { Severity::Note } else { Severity::Minor };
                let sign = if holds { "≈" } else { "≉" };
                let said = if about { format!("~{round}") } else { round.to_string() };
                let arithmetic = format!("{said} {sign} {n}");
                let finding = row.finding(FindingKind::Rounding, severity, &[other], arithmetic);
                let residue = i64::from(round) - i64::from(n);
                found.push(Finding { holds, residue, ..finding });
            }
        }
        found
    };
    grouped(rows, one_moment).iter().flat_map(told).collect()
}

/// Whether `round` is `n` rounded: to tens, or to as large a step as divides it and is at most a
/// quarter of it.
fn rounds(n: u32, round: u32) -> bool {
    let steps = [1000, 500, 100, 50, 10];
    let step = steps.into_iter().find(|step| round.is_multiple_of(*step) && step * 4 <= round);
    n != round && !n.is_multiple_of(10) && step.is_some_and(|step| n.abs_diff(round) * 2 <= step)
}

/// Windows that end before they start: nothing can be counted in them.
pub(super) fn impossible_windows(rows: &[Row<'_>]) -> Vec<Finding> {
    let told = |row: &Row<'_>| {
        let frame = Frame::of(row.claim);
        let first = frame.from.as_ref().and_then(|when| when.first())?;
        let last = frame.to.as_ref().and_then(|when| when.last())?;
        let arithmetic = format!("{first} > {last}");
        let kind = FindingKind::ImpossibleWindow;
        backwards(&frame).then(|| row.finding(kind, Severity::Serious, &[], arithmetic))
    };
    rows.iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Finding, FindingKind, audit, sample::*};
    use habeas_model::{AgeBand, Category, Gender, Quantity};

    fn audited(said: Vec<Said>) -> Vec<Finding> {
        let (present, register, rule) = (present(said), register(vec![]), rule("strict-monitor"));
        audit(&asked(&present, &register, &rule))
    }

    #[track_caller]
    fn check(said: Vec<Said>, expected: &[(FindingKind, bool, &str)]) {
        let findings = audited(said);
        let found: Vec<_> =
            findings.iter().map(|f| (f.kind, f.holds, f.arithmetic.as_str())).collect();
        assert_eq!(found, expected);
        assert!(findings.iter().all(|finding| !finding.rows.is_empty()));
    }

    #[test]
    fn parts_are_added_up() {
        use FindingKind::*;
        let whole = || political("Vigilia", 687).held("2026-02-02");
        let part = |n: u32| claim("Vigilia", n).held("2026-02-02").in_document(2).part_of(687);
        let age = |n, age| {
            part(n).in_document(3).as_of("2026-02-03").with(|c| c.population.age = Some(age))
        };
        let cat = |n, cat| part(n).with(|c| c.population.cat = Some(cat));
        let men = || part(600).gender(Gender::Male);
        let women = || part(87).gender(Gender::Female);
        check(vec![whole(), men(), women()], &[(Partition, true, "600 + 87 = 687")]);
        check(vec![whole(), men(), women().in_document(4)], &[(Partition, true, "600 + 87 = 687")]);
        check(vec![whole(), men()], &[]);
        check(
            vec![whole(), cat(505, Category::Civilian), cat(182, Category::Military)],
            &[(Partition, true, "505 + 182 = 687")],
        );
        check(
            vec![whole(), age(687, AgeBand::Adult), age(1, AgeBand::Adolescent)],
            &[(Partition, false, "687 + 1 = 688 ≠ 687")],
        );
        let mut unmarked = age(687, AgeBand::Adult);
        unmarked.claim.part_of = None;
        check(
            vec![whole(), unmarked, age(1, AgeBand::Adolescent)],
            &[(Partition, false, "687 + 1 = 688 ≠ 687")],
        );
        check(vec![whole(), part(700).in_document(2)], &[(PartOfWhole, false, "700 > 687")]);
    }

    #[test]
    fn a_series_is_looked_through() {
        use FindingKind::*;
        let total = |n, since: &str, day: &str| political("Vigilia", n).since(since).as_of(day);
        let january = |n, day: &str| total(n, "2026-01-08", day);
        check(
            vec![january(18, "2026-01-10"), january(17, "2026-01-11")],
            &[(FallingTotal, false, "18 > 17")],
        );
        check(vec![january(17, "2026-01-10"), january(18, "2026-01-11")], &[]);
        check(
            vec![january(41, "2026-01-12"), january(49, "2026-01-12")],
            &[(Conflict, false, "41 ≠ 49")],
        );
        let least = january(0, "2026-01-12").quantity(Quantity::AtLeast(30));
        check(vec![january(41, "2026-01-12"), least], &[]);
        check(
            vec![total(383, "2025-12-01", "2026-01-26"), january(383, "2026-02-07")],
            &[(TwoWindows, false, "383 [2025-12-01..2026-01-26], 383 [2026-01-08..2026-02-07]")],
        );
    }

    #[test]
    fn a_round_number_is_told_as_one() {
        use FindingKind::*;
        let total = |n| political("Vigilia", n).since("2026-01-08").as_of("2026-01-26");
        let about = |n| total(n).quantity(Quantity::About(n));
        check(vec![total(687), about(700)], &[(Rounding, true, "~700 ≈ 687")]);
        check(vec![total(687), about(800)], &[(Rounding, false, "~800 ≉ 687")]);
        check(vec![total(383), total(400)], &[(Rounding, true, "400 ≈ 383")]);
        check(vec![total(341), total(400)], &[(Conflict, false, "341 ≠ 400")]);
    }

    #[test]
    fn a_window_that_ends_before_it_starts_is_told() {
        let turned = political("Vigilia", 9).since("2026-02-01").as_of("2026-01-08");
        check(vec![turned], &[(FindingKind::ImpossibleWindow, false, "2026-02-01 > 2026-01-08")]);
    }
}
