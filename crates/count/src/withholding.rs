//! Which figures may be told, so that nobody who is not named can be counted out of them.
//!
//! A figure counts people who are named in public, whom everybody can subtract, and people who are
//! not. What is protected is the second number. It is kept back where it is small (*primary*
//! suppression under a threshold), and so is whatever would give it back by adding and subtracting
//! (*secondary*, or complementary, suppression): Willenborg & de Waal, "Elements of Statistical
//! Disclosure Control" (2001), chapters 1.4 and 9; Hundepool et al., "Statistical Disclosure
//! Control" (2012), chapter 4. Two figures of which one lies within the other, and which differ by
//! a few, are not both told (*differencing*, the same, chapter 5).
//!
//! # Invariants
//! 1. A figure of one to `least - 1` people who are not named is not told.
//! 2. No linear combination of what is told gives back a figure that is not.
//! 3. Figures that are not told add up to `least` or more wherever their sum can be had.
//! 4. Two figures are not both told where one has all of the other and fewer than `least` more.
//!
//! What it does not protect: a guess by who knows the people otherwise, and the difference between
//! what was told on one day and on another.

use habeas_model::PersonId;
use std::collections::{BTreeSet, HashMap};

/// A figure that is the sum of others; all by their place among the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The figure of all.
    pub whole: usize,
    /// The figures of its parts, in which everybody stands once.
    pub parts: Vec<usize>,
}

/// Which figures may be told. `figures` has, for each, those who are not named, in order of their
/// identifiers; a figure that stands earlier is rather told than one that stands later. `least` is
/// the smallest number of them that may be told; 0 or 1 hides nothing.
#[must_use]
pub fn told(figures: &[Vec<PersonId>], sums: &[Sum], least: u32) -> Vec<bool> {
    let mut places: HashMap<&[PersonId], usize> = HashMap::new();
    let mut sets: Vec<&[PersonId]> = Vec::new();
    // The same people under two headings are one number.
    let of: Vec<usize> = figures
        .iter()
        .map(|people| {
            *places.entry(people).or_insert_with(|| {
                sets.push(people);
                sets.len() - 1
            })
        })
        .collect();
    let sums = sums.iter().map(|sum| Row::of(sum, &of)).collect();
    let sizes = sets.iter().map(|people| crate::board::count(people.len())).collect();
    let cells = Cells { sizes, sums, least };
    let told = cells.told(&near(&sets, least));
    of.into_iter().map(|cell| told[cell]).collect()
}

/// Pairs of which one has all of the other and a few more, the one that is rather told first.
fn near(sets: &[&[PersonId]], least: u32) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by_key(|&cell| sets[cell].len());
    let mut pairs = Vec::new();
    for (at, &small) in order.iter().enumerate() {
        let most = sets[small].len() + least.saturating_sub(1) as usize;
        for &large in order[at + 1..].iter().take_while(|&&large| sets[large].len() <= most) {
            let within = sets[small].iter().all(|one| sets[large].binary_search(one).is_ok());
            if sets[small].len() < sets[large].len() && within {
                pairs.push((small.min(large), small.max(large)));
            }
        }
    }
    pairs
}

/// A sum as an equation over cells: how often each stands in it; together they are nothing.
#[derive(Clone, Debug)]
struct Row(Vec<(usize, i128)>);

impl Row {
    fn of(sum: &Sum, of: &[usize]) -> Row {
        let mut terms: HashMap<usize, i128> = HashMap::new();
        *terms.entry(of[sum.whole]).or_default() -= 1;
        for part in &sum.parts {
            *terms.entry(of[*part]).or_default() += 1;
        }
        let mut terms: Vec<_> = terms.into_iter().filter(|(_, n)| *n != 0).collect();
        terms.sort_unstable();
        Row(terms)
    }

    fn has(&self, cell: usize) -> i128 {
        self.0.iter().find(|(at, _)| *at == cell).map_or(0, |(_, n)| *n)
    }

    /// This row without `cell`, which it is freed of by `other`, in the smallest whole numbers.
    fn without(&self, cell: usize, other: &Row) -> Row {
        let (own, theirs) = (self.has(cell), other.has(cell));
        let cells: BTreeSet<usize> = self.0.iter().chain(&other.0).map(|(at, _)| *at).collect();
        let terms = cells.into_iter().map(|at| (at, theirs * self.has(at) - own * other.has(at)));
        let terms: Vec<_> = terms.filter(|(_, n)| *n != 0).collect();
        let shared = terms.iter().fold(0, |all, (_, n)| divisor(all, *n));
        Row(terms.into_iter().map(|(at, n)| (at, n / shared)).collect())
    }
}

/// Greatest common divisor (Euclid), never negative.
fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

/// The different figures, with the equations between them.
struct Cells {
    sizes: Vec<u32>,
    sums: Vec<Row>,
    least: u32,
}

impl Cells {
    fn told(&self, near: &[(usize, usize)]) -> Vec<bool> {
        let small = |n: &u32| (1..self.least).contains(n); // Invariant 1.
        let mut told: Vec<bool> = self.sizes.iter().map(|n| !small(n)).collect();
        for &(dear, other) in near {
            if told[dear] && told[other] {
                told[other] = false; // Invariant 4.
            }
        }
        while let Some(next) = self.weak(&told).and_then(|open| self.complement(&open, &told)) {
            told[next] = false;
        }
        told
    }

    /// Cells that are not told and whose sum can be had although it should not: a whole that is
    /// one of them, or fewer than `least` people in several (invariants 2 and 3).
    fn weak(&self, told: &[bool]) -> Option<Vec<usize>> {
        let hidden = |row: &Row| Row(row.0.iter().filter(|(at, _)| !told[*at]).copied().collect());
        let rows: Vec<Row> = self.sums.iter().map(hidden).filter(|row| !row.0.is_empty()).collect();
        let reduced = reduced(rows.clone());
        let found = rows.into_iter().chain(reduced).find(|row| {
            let one_way = row.0.iter().all(|(_, n)| n.signum() == row.0[0].1.signum());
            let people: u32 = row.0.iter().map(|(at, _)| self.sizes[*at]).sum();
            row.0.len() == 1 || (one_way && people < self.least)
        });
        found.map(|row| row.0.into_iter().map(|(at, _)| at).collect())
    }

    /// What is kept back beside them: of the sums that they stand in the smallest part that is
    /// told, since it takes least away; else anything that is told.
    fn complement(&self, open: &[usize], told: &[bool]) -> Option<usize> {
        let may = |cell: &usize| told[*cell] && self.sizes[*cell] > 0;
        let smallest = |cells: &mut dyn Iterator<Item = usize>| {
            cells.filter(may).min_by_key(|&cell| (self.sizes[cell], usize::MAX - cell))
        };
        let beside = self.sums.iter().filter(|row| open.iter().any(|cell| row.has(*cell) != 0));
        let mut beside = beside.flat_map(|row| row.0.iter().map(|(at, _)| *at));
        let anything = || smallest(&mut self.sums.iter().flat_map(|row| row.0.iter().map(|t| t.0)));
        smallest(&mut beside).or_else(anything)
    }
}

/// The same equations in reduced echelon form: each has a cell that stands in no other, so that an
/// equation over one cell alone follows from them only if it is one of them.
fn reduced(mut rows: Vec<Row>) -> Vec<Row> {
    let mut done: Vec<Row> = Vec::new();
    while let Some(row) = rows.pop() {
        let Some(&(pivot, _)) = row.0.first() else { continue };
        for other in rows.iter_mut().chain(&mut done).filter(|other| other.has(pivot) != 0) {
            *other = other.without(pivot, &row);
        }
        done.push(row);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    fn people(of: impl IntoIterator<Item = u64>) -> Vec<PersonId> {
        of.into_iter().map(PersonId::from_bits).collect()
    }

    /// A whole of these parts, in which nobody stands twice.
    #[track_caller]
    fn check(parts: &[u64], expected: &[bool]) {
        let mut first = 0;
        let mut figures = vec![people(0..parts.iter().sum())];
        for n in parts {
            figures.push(people(first..first + n));
            first += n;
        }
        let sum = Sum { whole: 0, parts: (1..figures.len()).collect() };
        assert_eq!(told(&figures, &[sum], 5), expected, "{parts:?}");
    }

    #[test]
    fn what_is_small_is_kept_back_and_what_would_give_it_away() {
        check(&[8, 9], &[true, true, true]);
        check(&[0, 9], &[true, true, true]); // Nobody is nobody's secret; the whole is the part.
        check(&[3, 9, 20], &[true, false, false, true]);
        check(&[1, 1, 7, 20], &[true, false, false, false, true]);
        check(&[2, 2, 2, 20], &[true, false, false, false, true]);
        check(&[3], &[false, false]);
        check(&[1, 2], &[false, false, false]);
        check(&[4, 30], &[true, false, false]);
        check(&[], &[true]);
    }

    #[test]
    fn two_figures_that_differ_by_a_few_are_not_both_told() {
        let figures = [people(0..20), people(0..17), people(0..30), people(40..60)];
        assert_eq!(told(&figures, &[], 5), [true, false, true, true]);
        assert_eq!(told(&figures, &[], 3), [true; 4]);
    }

    /// The rank of some rows over the field of a large prime: written apart from what it tests.
    fn rank(mut rows: Vec<Vec<i64>>) -> usize {
        const P: i128 = (1 << 61) - 1;
        let power = |base: i128, mut e: i128| {
            let (mut base, mut all) = (base.rem_euclid(P), 1);
            while e > 0 {
                if e & 1 == 1 {
                    all = all * base % P;
                }
                base = base * base % P;
                e >>= 1;
            }
            all
        };
        let mut rank = 0;
        for column in 0..rows.first().map_or(0, Vec::len) {
            let Some(at) = (rank..rows.len()).find(|&at| rows[at][column] != 0) else { continue };
            rows.swap(rank, at);
            let inverse = power(rows[rank][column].into(), P - 2);
            for other in rank + 1..rows.len() {
                let times = i128::from(rows[other][column]) * inverse % P;
                for at in 0..rows[other].len() {
                    let left = i128::from(rows[other][at]) - times * i128::from(rows[rank][at]);
                    rows[other][at] = left.rem_euclid(P) as i64;
                }
            }
            rank += 1;
        }
        rank
    }

    /// Their row of each of three tables, and whether they are held.
    type One = (u8, u8, u8, bool);

    /// Some people, each in one row of each of three tables, some of them held: figures of all, of
    /// those held, and of both by each table.
    fn tables(people: &[One]) -> (Vec<Vec<PersonId>>, Vec<Sum>) {
        let who = |such: &dyn Fn(&One) -> bool| -> Vec<PersonId> {
            let of = people.iter().zip(1..).filter(|(one, _)| such(one));
            of.map(|(_, id)| PersonId::from_bits(id)).collect()
        };
        let mut figures = vec![who(&|_| true), who(&|one| one.3)];
        let mut sums = Vec::new();
        for (table, whole) in [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)] {
            let first = figures.len();
            for value in 0..5 {
                let row = |one: &One| [one.0, one.1, one.2][table] == value;
                figures.push(who(&|one| row(one) && (whole == 0 || one.3)));
            }
            sums.push(Sum { whole, parts: (first..figures.len()).collect() });
        }
        (figures, sums)
    }

    proptest! {
        #[test]
        fn nothing_small_is_given_back(
            people in vec((0..5u8, 0..3u8, 0..2u8, any::<bool>()), 0..60), least in 2..7u32,
        ) {
            let (figures, sums) = tables(&people);
            let told = told(&figures, &sums, least);
            let row = |sum: &Sum| {
                let mut row = vec![0; figures.len()];
                row[sum.whole] = -1;
                sum.parts.iter().for_each(|part| row[*part] = 1);
                row
            };
            let unit = |at: usize| (0..figures.len()).map(|i| i64::from(i == at)).collect();
            let known = (0..figures.len()).filter(|&at| told[at]).map(unit);
            let known: Vec<Vec<i64>> = sums.iter().map(row).chain(known).collect();
            let all = rank(known.clone());
            for at in (0..figures.len()).filter(|&at| !told[at]) {
                prop_assert!(!figures[at].is_empty(), "nobody is hidden");
                let with = rank(known.iter().cloned().chain([unit(at)]).collect());
                prop_assert_eq!(with, all + 1, "figure {} can be had", at); // Invariant 2.
            }
            for (at, people) in figures.iter().enumerate() {
                prop_assert!(!told[at] || !(1..least as usize).contains(&people.len()));
            }
            for sum in sums.iter().filter(|sum| told[sum.whole]) {
                let hidden = sum.parts.iter().filter(|part| !told[**part]);
                let rest: usize = hidden.map(|part| figures[*part].len()).sum();
                prop_assert!(rest == 0 || rest >= least as usize, "{} are left", rest);
            }
            for (a, b) in (0..figures.len()).flat_map(|a| (0..figures.len()).map(move |b| (a, b))) {
                let within = figures[a].iter().all(|one| figures[b].contains(one));
                let more = figures[b].len().saturating_sub(figures[a].len());
                let both = told[a] && told[b] && within && !figures[a].is_empty();
                prop_assert!(!both || !(1..least as usize).contains(&more), "{} and {}", a, b);
            }
        }
    }
}
