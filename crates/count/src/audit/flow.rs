//! Each stock against the one before it, what was let out between, and what was taken in.
//!
//! What is left over is people taken, cases found, or a slip: the numbers alone do not tell.

use super::{
    Finding, FindingKind, Row, Severity,
    series::{grouped, running},
};
use habeas_model::{Predicate, Scope};
use jiff::civil::Date;
use std::collections::HashMap;

/// Successive stocks of one body, where its own running totals give the releases between. Arrests
/// that it counts on days between are taken in.
pub(super) fn stock_flow(rows: &[Row<'_>]) -> Vec<Finding> {
    let mut totals: HashMap<(String, Date), Vec<&Row<'_>>> = HashMap::new();
    let mut taken: HashMap<String, Vec<&Row<'_>>> = HashMap::new();
    for row in rows.iter().filter(|row| row.exact().is_some()) {
        let Some(day) = row.day else { continue };
        if running(row) && row.claim.predicate == Predicate::Released {
            totals.entry((row.body.clone(), day)).or_default().push(row);
        } else if takes(row) {
            taken.entry(row.body.clone()).or_default().push(row);
        }
    }
    let key = |row: &Row<'_>| {
        let stock = row.claim.predicate == Predicate::Held && row.claim.scope == Some(Scope::Stock);
        (stock && row.exact().is_some() && row.claim.part_of.is_none())
            .then(|| (row.body.clone(), row.whom.clone()))
    };
    let between = |before: &Row<'_>, after: &Row<'_>| {
        let own = taken.get(&before.body).into_iter().flatten().copied();
        let within = |row: &&Row<'_>| row.day > before.day && row.day <= after.day;
        own.filter(within).filter(|row| row.whom == before.whom).collect::<Vec<_>>()
    };
    let told = |pair: &[&Row<'_>]| {
        let (before, after) = (pair[0], pair[1]);
        let at = |row: &Row<'_>| totals.get(&(row.body.clone(), row.day?));
        let (first, last) = (at(before)?, at(after)?);
        let same = |a: &&&Row<'_>| {
            last.iter().rev().find(|b| b.since() == a.since() && b.whom == a.whom).copied()
        };
        let (from, to) = first.iter().rev().find_map(|a| Some((*a, same(&a)?)))?;
        step(before, after, [from, to], &between(before, after))
    };
    let pairs = grouped(rows, key);
    pairs.iter().flat_map(|group| group.windows(2).filter_map(told).collect::<Vec<_>>()).collect()
}

/// Arrests of a day or a raid, told as a whole.
fn takes(row: &Row<'_>) -> bool {
    use Predicate::*;
    let flow = matches!(row.claim.scope, Some(Scope::Day | Scope::Event));
    let arrest = matches!(row.claim.predicate, Arrested | Rearrested | NewlyReported);
    flow && arrest && row.claim.part_of.is_none()
}

fn step(
    before: &Row<'_>,
    after: &Row<'_>,
    [from, to]: [&Row<'_>; 2],
    taken: &[&Row<'_>],
) -> Option<Finding> {
    let (h1, h2) = (i64::from(before.exact()?), i64::from(after.exact()?));
    let out = i64::from(to.exact()?) - i64::from(from.exact()?);
    if before.day == after.day || out < 0 {
        return None;
    }
    let came: i64 = taken.iter().filter_map(|row| row.exact()).map(i64::from).sum();
    let expected = h1 - out + came;
    let residue = h2 - expected;
    let said = if residue == 0 { String::new() } else { format!(" ≠ {h2} ({residue:+})") };
    let more = if came == 0 { String::new() } else { format!(" + {came}") };
    let arithmetic = format!("{h1} - {out}{more} = {expected}{said}");
    let others: Vec<&Row<'_>> =
        [before, from, to].into_iter().chain(taken.iter().copied()).collect();
    let finding = after.finding(FindingKind::StockFlow, Severity::Note, &others, arithmetic);
    Some(Finding { holds: residue == 0, residue, ..finding })
}

#[cfg(test)]
mod tests {
    use crate::{audit, sample::*};
    use habeas_model::Predicate;

    #[track_caller]
    fn check(said: Vec<Said>, expected: &[(bool, &str, usize)]) {
        let (present, register, rule) = (present(said), register(vec![]), rule("strict-monitor"));
        let findings = audit(&asked(&present, &register, &rule));
        let found: Vec<_> =
            findings.iter().map(|f| (f.holds, f.arithmetic.as_str(), f.rows.len())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_stock_follows_from_its_flows_or_leaves_a_residue() {
        let total = |n, day: &str| political("Vigilia", n).since("2026-01-08").as_of(day);
        let stock = |n, day: &str| political("Vigilia", n).held(day);
        let taken = |n, day: &str| {
            political("Vigilia", n).on(day).with(|claim| claim.predicate = Predicate::Arrested)
        };
        let said = |n| {
            vec![
                stock(777, "2026-01-19"),
                total(143, "2026-01-19"),
                stock(n, "2026-01-30"),
                total(302, "2026-01-30"),
            ]
        };
        check(said(618), &[(true, "777 - 159 = 618", 4)]);
        check(said(711), &[(false, "777 - 159 = 618 ≠ 711 (+93)", 4)]);
        let mut with = said(711);
        with.extend([taken(60, "2026-01-20"), taken(33, "2026-01-30"), taken(9, "2026-01-19")]);
        check(with, &[(true, "777 - 159 + 93 = 711", 6)]);
    }
}
