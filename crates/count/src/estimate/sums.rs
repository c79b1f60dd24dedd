//! Strata added up draw by draw, and the linkage's own uncertainty carried into the estimate.
//!
//! Ends of intervals are never added: the sum of two 95 % intervals is no 95 % interval.

use super::{
    Settings, Table,
    answer::{Answer, Method, Refusal, Why},
    chance::Stream,
    loglinear::quantile,
    methods::answer,
};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;

/// A stratum with what each method answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stratum {
    /// Its value; empty: not known.
    pub key: String,
    /// Its documented count.
    pub n: u64,
    /// What each method answers.
    pub methods: Vec<Answer>,
}

/// A sum over strata by one method.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sum {
    /// The method.
    pub name: Method,
    /// Its median over the draws; strata without an estimate add their documented count.
    pub median: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Its upper end.
    pub upper: Option<f64>,
    /// Strata that the method refused: the sum is then "at least".
    pub not_estimable: Vec<String>,
}

/// A second interval of one method, over draws of the undecided pairs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Linked {
    /// The method.
    pub name: Method,
    /// Draws of the pairs that had an estimate, of how many.
    pub draws: (usize, usize),
    /// Median over all of them.
    pub median: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Its upper end.
    pub upper: Option<f64>,
}

/// The key of strata that were taken as one.
pub const POOLED: &str = "*";

/// Gate 9: no stratum of fewer than `least` documented people is told by itself. They are taken as
/// one before anything is estimated, with the next smallest where they are too few together or
/// only one (its people would be the total less the rest). How many were taken as one is told.
#[must_use]
pub fn anonymous(strata: Vec<(String, Table)>, least: u64) -> (Vec<(String, Table)>, usize) {
    let mut order: Vec<usize> = (0..strata.len()).collect();
    order.sort_by_key(|at| strata[*at].1.people());
    let (mut pooled, mut people) = (BTreeSet::new(), 0);
    for at in order {
        let n = strata[at].1.people();
        let lone = pooled.len() == 1 || (people > 0 && people < least);
        if n >= least && !lone {
            break;
        }
        people += n;
        pooled.insert(at);
    }
    if pooled.is_empty() {
        return (strata, 0);
    }
    let cells = |at: &usize| strata[*at].1.cells().iter().map(|cell| (cell.history, cell.count));
    let one = Table::new(strata[0].1.lists().to_vec(), pooled.iter().flat_map(cells));
    let kept = strata.iter().enumerate().filter(|(at, _)| !pooled.contains(at));
    let mut told: Vec<(String, Table)> = kept.map(|(_, stratum)| stratum.clone()).collect();
    told.push((POOLED.to_owned(), one));
    (told, pooled.len())
}

/// Methods whose draws can be added or pooled.
pub const DRAWN: [Method; 4] = [Method::LoglinearBic, Method::Stepwise, Method::Dga, Method::Lcmcr];

/// A stratum must be known of nearly everybody. What only one list writes down puts its people into
/// the strata and all others beside them: the overlaps then tell who writes it, not how many there
/// are.
#[must_use]
pub fn unknown(strata: &[(String, Table)], settings: &Settings) -> Option<Refusal> {
    let people = |known: bool| -> u64 {
        let of = strata.iter().filter(|(key, _)| key.is_empty() != known);
        of.map(|(_, table)| table.people()).sum()
    };
    let (unknown, all) = (people(false), people(false) + people(true));
    let with = || [("n", unknown.to_string()), ("all", all.to_string())];
    (unknown as f64 > settings.most_unknown * all as f64)
        .then(|| Refusal::new(Why::StrataUnknown, with()))
}

/// Estimates each stratum and adds the draws up; nothing of it where a gate before them refuses.
#[must_use]
pub fn strata(
    strata: &[(String, Table)],
    gate: Option<&Refusal>,
    settings: &Settings,
) -> (Vec<Stratum>, Vec<Sum>) {
    let one = |method: Method, table: &Table| match gate {
        Some(refusal) => Answer::refused(method, refusal.clone()),
        None => answer(method, table, None, settings),
    };
    let of = |(key, table): &(String, Table)| Stratum {
        key: key.clone(),
        n: table.people(),
        methods: DRAWN.iter().map(|method| one(*method, table)).collect(),
    };
    let strata: Vec<Stratum> = strata.iter().map(of).collect();
    let sums = (0..DRAWN.len()).map(|at| sum(at, &strata, settings.seed)).collect();
    (strata, sums)
}

/// Draw by draw: each stratum gives one of its draws, chosen anew each time.
fn sum(at: usize, strata: &[Stratum], seed: u64) -> Sum {
    const TIMES: usize = 4_000;
    let mut stream = Stream::new(seed, (4 << 40) + at as u64);
    let mut totals = vec![0.0; TIMES];
    let (mut not_estimable, mut any) = (Vec::new(), false);
    for stratum in strata {
        let one = &stratum.methods[at];
        let able = !one.draws.is_empty();
        any |= able;
        if !able {
            not_estimable.push(stratum.key.clone());
        }
        for total in &mut totals {
            let pick = (stream.uniform() * one.draws.len() as f64) as usize;
            *total += if able { one.draws[pick] } else { stratum.n as f64 };
        }
    }
    totals.sort_by(f64::total_cmp);
    let end = |p: f64| any.then(|| quantile(&totals, p));
    let (median, lower, upper) = (end(0.5), end(0.025), end(0.975));
    Sum { name: DRAWN[at], median, lower, upper, not_estimable }
}

/// The second interval: the draws of a method pooled over the tables that draws of the undecided
/// pairs give (the law of total probability, by Monte Carlo).
#[must_use]
pub fn linked(tables: &[Table], settings: &Settings) -> Vec<Linked> {
    let quick = settings.quick();
    let of = |method: &Method| {
        let each: Vec<Vec<f64>> = tables
            .par_iter()
            .map(|table| answer(*method, table, None, &quick))
            .map(|one| one.draws)
            .collect();
        let able = each.iter().filter(|draws| !draws.is_empty()).count();
        // Each table weighs alike, whatever the number of its draws.
        let mut pooled: Vec<f64> = Vec::new();
        for draws in each.iter().filter(|draws| !draws.is_empty()) {
            pooled.extend((0..500).map(|at| draws[at * draws.len() / 500]));
        }
        pooled.sort_by(f64::total_cmp);
        let end = |p: f64| (able * 2 > tables.len()).then(|| quantile(&pooled, p));
        let (median, lower, upper) = (end(0.5), end(0.025), end(0.975));
        Linked { name: *method, draws: (able, tables.len()), median, lower, upper }
    };
    [Method::LoglinearBic, Method::Dga, Method::Lcmcr].iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(scale: u64) -> Table {
        let names = ["A", "B", "C"].map(str::to_owned).to_vec();
        let cells = [(7, 4), (3, 12), (5, 9), (6, 10), (1, 40), (2, 30), (4, 25)];
        Table::new(names, cells.map(|(history, count)| (history, count * scale)))
    }

    /// Strata of these sizes; what is told apart, and how many were taken as one.
    #[track_caller]
    fn check(sizes: &[u64], expected: &[u64], taken: usize) {
        let lists = table(1).lists().to_vec();
        let one = |(at, n): (usize, &u64)| (format!("s{at}"), Table::new(lists.clone(), [(1, *n)]));
        let strata: Vec<(String, Table)> = sizes.iter().enumerate().map(one).collect();
        let (told, pooled) = anonymous(strata, 10);
        let people: Vec<u64> = told.iter().map(|(_, table)| table.people()).collect();
        assert_eq!((people.as_slice(), pooled), (expected, taken), "{sizes:?}");
        assert_eq!(people.iter().sum::<u64>(), sizes.iter().sum::<u64>());
        assert!(people.len() == 1 || people.iter().all(|n| *n >= 10), "{people:?}");
    }

    #[test]
    fn few_people_are_not_a_stratum_by_themselves() {
        check(&[40, 12, 30], &[40, 12, 30], 0);
        check(&[40, 6, 30, 7], &[40, 30, 13], 2);
        check(&[40, 6, 30], &[40, 36], 2); // One alone is the total less the others.
        check(&[40, 2, 3, 30], &[40, 35], 3); // Two are too few together.
        check(&[4, 5], &[9], 2);
        check(&[3], &[3], 1);
        check(&[], &[], 0);
    }

    #[test]
    fn a_sum_is_narrower_than_the_sum_of_its_ends() {
        let settings = Settings::default().quick();
        let parts = [("north".to_owned(), table(1)), ("south".to_owned(), table(2))];
        let (strata, sums) = strata(&parts, None, &settings);
        let dga = sums.iter().find(|sum| sum.name == Method::Dga).unwrap();
        let at = DRAWN.iter().position(|method| *method == Method::Dga).unwrap();
        let ends = |end: fn(&Answer) -> Option<f64>| {
            strata.iter().map(|one| end(&one.methods[at]).unwrap()).sum::<f64>()
        };
        assert!(dga.lower.unwrap() > ends(|one| one.lower));
        assert!(dga.upper.unwrap() < ends(|one| one.upper));
        assert!(dga.not_estimable.is_empty());
    }

    #[test]
    fn a_stratum_without_an_estimate_adds_whom_it_documents() {
        let apart = Table::new(table(1).lists().to_vec(), [(1, 5), (2, 5)]);
        let parts = [("north".to_owned(), table(1)), ("islands".to_owned(), apart)];
        let (strata, sums) = strata(&parts, None, &Settings::default().quick());
        let dga = sums.iter().find(|sum| sum.name == Method::Dga).unwrap();
        assert_eq!(dga.not_estimable, ["islands"]);
        let alone = strata[0].methods[2].median.unwrap();
        assert!((dga.median.unwrap() - alone - 10.0).abs() < 0.05 * alone);
    }

    #[test]
    fn strata_that_few_write_down_are_refused() {
        let settings = Settings::default().quick();
        let apart = |n: u64| Table::new(table(1).lists().to_vec(), [(1, n)]);
        let known = ("north".to_owned(), apart(95));
        let refused = |n| unknown(&[known.clone(), (String::new(), apart(n))], &settings);
        assert_eq!(refused(5), None);
        let gate = refused(6).unwrap();
        assert_eq!(gate.why, Why::StrataUnknown);
        let (strata, sums) = strata(&[("north".to_owned(), table(1))], Some(&gate), &settings);
        assert!(strata[0].methods.iter().all(|one| one.refusal.as_ref() == Some(&gate)));
        assert!(sums.iter().all(|sum| sum.median.is_none() && sum.not_estimable == ["north"]));
    }

    #[test]
    fn uncertain_links_widen_the_interval() {
        let settings = Settings::default().quick();
        let width = |tables: &[Table]| {
            let dga = linked(tables, &settings).into_iter().find(|one| one.name == Method::Dga);
            dga.map(|one| one.upper.unwrap() - one.lower.unwrap()).unwrap()
        };
        let looser = Table::new(
            table(1).lists().to_vec(),
            [(7, 1), (3, 5), (5, 4), (6, 4), (1, 55), (2, 45), (4, 37)],
        );
        assert!(width(&[table(1), looser]) > width(&[table(1), table(1)]));
    }
}
