//! Parts against their whole: women and men, civilians and military, adults and the one adolescent.

use super::{Axis, Finding, FindingKind, Row, Severity};
use crate::asked::days_between;
use habeas_model::{AgeBand, Category, Digest, Gender, Predicate, Scope};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a part is of: the axis, and its value there.
fn axis(row: &Row<'_>) -> Option<(Axis, String)> {
    let of = &row.claim.population;
    let side = of.cat.filter(|cat| matches!(cat, Category::Civilian | Category::Military));
    let closed = [
        of.gender.map(|g| (Axis::Gender, g.to_string())),
        of.age.map(|a| {
            (Axis::Age, if a == AgeBand::Elderly { AgeBand::Adult } else { a }.to_string())
        }),
        side.map(|cat| (Axis::CivilMilitary, cat.to_string())),
    ];
    let mut closed = closed.into_iter().flatten();
    match (closed.next(), closed.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None, // A part of a part.
        _ if row.parts_of.is_empty() => None,
        _ => match (&of.nat[..], &of.place) {
            ([nat], _) => Some((Axis::Nationality, nat.to_string())),
            (_, Some(place)) => Some((Axis::Place, place.clone())),
            _ => None,
        },
    }
}

/// Whether these values are all that the axis has.
fn complete(axis: Axis, values: &BTreeSet<&str>) -> bool {
    let has = |value: &str| values.contains(value);
    match axis {
        Axis::Gender => has(Gender::Female.word()) && has(Gender::Male.word()),
        Axis::Age => has("adult") && (has("minor") || has("adolescent")),
        Axis::CivilMilitary => has("civilian") && has("military"),
        Axis::Nationality | Axis::Place => false,
    }
}

type Shelf<'r, 'a> = BTreeMap<String, &'r Row<'a>>;
type Series = (String, Predicate, Option<Scope>);

/// Rows of one body, predicate and scope.
#[derive(Default)]
struct Bench<'r, 'a> {
    wholes: HashMap<Date, Vec<&'r Row<'a>>>,
    parts: BTreeMap<(Axis, Date, Digest), Shelf<'r, 'a>>,
    beside: HashMap<(Axis, Date), Shelf<'r, 'a>>,
}

/// Every partition that can be added up.
pub(super) fn partitions(rows: &[Row<'_>]) -> Vec<Finding> {
    let mut benches: HashMap<Series, Bench<'_, '_>> = HashMap::new();
    for row in rows {
        let Some(day) = row.day.filter(|_| row.exact().is_some()) else { continue };
        let bench =
            benches.entry((row.body.clone(), row.claim.predicate, row.claim.scope)).or_default();
        match axis(row) {
            None => bench.wholes.entry(day).or_default().push(row),
            Some((axis, value)) => {
                bench.beside.entry((axis, day)).or_default().entry(value.clone()).or_insert(row);
                for document in &row.documents {
                    bench
                        .parts
                        .entry((axis, day, *document))
                        .or_default()
                        .insert(value.clone(), row);
                }
            }
        }
    }
    benches.values().flat_map(Bench::findings).collect()
}

impl<'r, 'a> Bench<'r, 'a> {
    fn findings(&self) -> Vec<Finding> {
        let found = self.parts.iter().filter_map(|((axis, day, document), shelf)| {
            self.finding(*axis, *day, *document, shelf)
        });
        found.collect()
    }

    fn finding(
        &self,
        axis: Axis,
        day: Date,
        document: Digest,
        shelf: &Shelf<'r, 'a>,
    ) -> Option<Finding> {
        let mut shelf = shelf.clone();
        if !complete(axis, &shelf.keys().map(String::as_str).collect()) {
            self.fill(axis, day, &mut shelf);
        }
        let closed = complete(axis, &shelf.keys().map(String::as_str).collect());
        let parts: Vec<&Row<'_>> = sorted(shelf.into_values());
        let sum: u64 = parts.iter().filter_map(|row| row.exact()).map(u64::from).sum();
        let said: BTreeSet<u32> =
            parts.iter().flat_map(|row| row.parts_of.iter().copied()).collect();
        let (whole, sure) = self.whole(day, document, sum, &said, parts[0])?;
        let (n, residue) = (whole.exact()?, i64::from(whole.exact()?) - i64::try_from(sum).ok()?);
        let holds = residue == 0;
        let told = if closed { sure || holds } else { holds || (residue < 0 && said.len() == 1) };
        if !told || parts.len() < 2 {
            return None;
        }
        let figures: Vec<String> =
            parts.iter().filter_map(|row| row.exact()).map(|n| n.to_string()).collect();
        let against = if holds { String::new() } else { format!(" ≠ {n}") };
        let arithmetic = format!("{} = {sum}{against}", figures.join(" + "));
        let severity = match residue {
            0 => Severity::Note,
            -2..=2 => Severity::Minor,
            _ => Severity::Serious,
        };
        let found = whole.finding(FindingKind::Partition, severity, &parts, arithmetic);
        Some(Finding { holds, axis: Some(axis), residue, ..found })
    }

    /// Adds the values that another document of the body gives for the day or the days beside it.
    fn fill(&self, axis: Axis, day: Date, shelf: &mut Shelf<'r, 'a>) {
        for near in around(day) {
            for (value, row) in self.beside.get(&(axis, near)).into_iter().flatten() {
                shelf.entry(value.clone()).or_insert(row);
            }
        }
    }

    /// The whole that the parts are of: the one they name, else that of their document, else the
    /// nearest. Whether
    /// it is surely theirs.
    fn whole(
        &self,
        day: Date,
        document: Digest,
        sum: u64,
        said: &BTreeSet<u32>,
        part: &Row<'_>,
    ) -> Option<(&'r Row<'a>, bool)> {
        let of = |row: &&&Row<'_>| {
            let (whole, part) = (row.claim.population.cat, part.claim.population.cat);
            let side = matches!(part, Some(Category::Civilian | Category::Military));
            let cat = side || whole.is_none() || part.is_none() || whole == part;
            cat && (said.is_empty() || row.exact().is_some_and(|n| said.contains(&n)))
        };
        let near =
            around(day).into_iter().flat_map(|day| self.wholes.get(&day).into_iter().flatten());
        let rank = |row: &&&Row<'_>| {
            let apart = row.day.map_or(u32::MAX, |there| days_between(day, there));
            let off = u64::from(row.exact().unwrap_or(0)).abs_diff(sum);
            (!row.documents.contains(&document), off, apart)
        };
        let candidates: Vec<&&Row<'_>> = near.filter(of).collect();
        let best = candidates.iter().copied().min_by_key(rank)?;
        let close = u64::from(best.exact()?).abs_diff(sum) * 10 <= sum;
        Some((
            best,
            close
                && (!said.is_empty()
                    || best.documents.contains(&document)
                    || candidates.len() == 1),
        ))
    }
}

fn sorted<'r, 'a>(rows: impl Iterator<Item = &'r Row<'a>>) -> Vec<&'r Row<'a>> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.exact()), row.claim.id));
    rows
}

fn around(day: Date) -> Vec<Date> {
    [Some(day), day.yesterday().ok(), day.tomorrow().ok()].into_iter().flatten().collect()
}

/// Parts that are larger than the whole that they are said to be of.
pub(super) fn larger_than_whole(rows: &[Row<'_>]) -> Vec<Finding> {
    let beyond = |row: &Row<'_>| {
        let least = row.bounds().0?;
        let stated = row.claim.of_total.as_ref().and_then(|whole| whole.bounds().1);
        let whole = row.parts_of.iter().copied().chain(stated).find(|whole| *whole < least)?;
        let found = row.finding(
            FindingKind::PartOfWhole,
            Severity::Serious,
            &[],
            format!("{least} > {whole}"),
        );
        Some(Finding { residue: i64::from(whole) - i64::from(least), ..found })
    };
    rows.iter().filter_map(beyond).collect()
}
