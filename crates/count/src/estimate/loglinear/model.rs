//! One hierarchical model and its fit, with empty overlaps taken to their limit.

use super::exists::{Standing, standing};
use crate::estimate::regression::{self, Design, ln_factorial};
use std::fmt::Write as _;

/// Log-linear models are fitted for so many lists at most: a term is a bit of 64.
pub const MOST_LISTS: usize = 6;

/// A hierarchical model with every list in it: bit `t` is set where the term over the lists of `t`
/// (two lists or more) is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Model(pub u64);

impl Model {
    /// The lists alone: independence.
    pub const INDEPENDENT: Model = Model(0);

    /// The same with one more term.
    #[must_use]
    pub fn with(self, term: u64) -> Model {
        Model(self.0 | 1 << term)
    }

    /// Whether a term is in.
    #[must_use]
    pub fn has(self, term: u64) -> bool {
        self.0 >> term & 1 == 1
    }

    /// Its terms of two lists or more, ascending.
    pub fn terms(self) -> impl Iterator<Item = u64> {
        (0..64).filter(move |term| self.has(*term))
    }

    /// Parameters: 1, the lists, the terms.
    #[must_use]
    pub fn parameters(self, lists: usize) -> usize {
        1 + lists + self.0.count_ones() as usize
    }

    /// As Bishop, Fienberg and Holland write it, by the terms that no other has: `[123,14,34]`.
    #[must_use]
    pub fn words(self, lists: usize) -> String {
        let all: Vec<u64> = (0..lists).map(|list| 1 << list).chain(self.terms()).collect();
        let mut top: Vec<u64> = all
            .iter()
            .copied()
            .filter(|term| !all.iter().any(|other| other != term && other & term == *term))
            .collect();
        let digits =
            |term: &u64| (0..lists).filter(|list| term >> list & 1 == 1).collect::<Vec<_>>();
        top.sort_by_key(|term| (std::cmp::Reverse(term.count_ones()), digits(term)));
        let mut words = String::new();
        for term in &top {
            words.push(if words.is_empty() { '[' } else { ',' });
            digits(term).iter().for_each(|list| {
                let _ = write!(words, "{}", list + 1);
            });
        }
        words + "]"
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The model.
    pub model: Model,
    /// n + exp(b0).
    pub estimate: f64,
    /// How many are hidden.
    pub hidden: f64,
    /// Variance of ln hidden.
    pub v00: f64,
    /// sqrt(hidden + hidden^2 V00).
    pub se: f64,
    /// -2 l + p ln n; p counts the terms at minus infinity too, n counts people.
    pub bic: f64,
    /// -2 l + 2 p.
    pub aic: f64,
    /// Terms whose overlap is empty: their parameter is minus infinity.
    pub boundary: Vec<u64>,
    /// Fitted means, element `h - 1` for history `h`; 0 where the model forbids it.
    pub mu: Vec<f64>,
}

impl Fitted {
    /// The 95 % interval of Wald on the logarithm of the hidden count.
    #[must_use]
    pub fn wald(&self) -> (f64, f64) {
        let (n, spread) = (self.estimate - self.hidden, 1.959_963_984_540_054 * self.v00.sqrt());
        (n + self.hidden * (-spread).exp(), n + self.hidden * spread.exp())
    }
}

/// Which rows and terms of a model are left on these counts: where nobody stands on the lists of a
/// term together its parameter goes to minus infinity, and every cell that has it to zero
/// (Chan, Silverman and Vincent 2021, section 2.3; Fienberg and Rinaldo 2012, section 3).
pub(super) struct Left {
    pub boundary: Vec<u64>,
    pub terms: Vec<u64>,
    pub rows: Vec<u64>,
}

impl Left {
    pub fn of(full: &[f64], lists: usize, model: Model) -> Left {
        let together = |term: u64| {
            let has = |(at, _): &(usize, &f64)| (*at as u64 + 1) & term == term;
            full.iter().enumerate().filter(has).map(|(_, y)| y).sum::<f64>()
        };
        let boundary: Vec<u64> = model.terms().filter(|term| together(*term) == 0.0).collect();
        let forbidden = |set: u64| boundary.iter().any(|term| set & term == *term);
        let terms = model.terms().filter(|term| !forbidden(*term)).collect();
        let rows = (1..1 << lists).filter(|h| !forbidden(*h)).collect();
        Left { boundary, terms, rows }
    }

    /// Ones where a row has a column's term: 1, the lists, the terms.
    pub fn columns(&self, lists: usize) -> Vec<u64> {
        let mains = (0..lists).map(|list| 1 << list);
        [0].into_iter().chain(mains).chain(self.terms.iter().copied()).collect()
    }
}

/// Fits a model to the full table of `lists` lists (element `h - 1` counts history `h`), or tells
/// why it has no estimate.
pub fn fit(full: &[f64], lists: usize, model: Model) -> Result<Fitted, Standing> {
    let left = Left::of(full, lists, model);
    match standing(full, &left.rows, &left.columns(lists)) {
        Standing::Sound => {}
        unsound => return Err(unsound),
    }
    fit_sound(full, lists, model, &left).ok_or(Standing::NoMaximum)
}

/// Fits a model that is known to have a maximum.
pub(super) fn fit_sound(full: &[f64], lists: usize, model: Model, left: &Left) -> Option<Fitted> {
    let columns = left.columns(lists);
    let has = |row: u64, column: u64| f64::from(u8::from(row & column == column));
    let cells = left.rows.iter().flat_map(|&row| columns.iter().map(move |&c| has(row, c)));
    let design = Design { columns: columns.len(), cells: cells.collect() };
    let y: Vec<f64> = left.rows.iter().map(|&row| full[row as usize - 1]).collect();
    let fit = regression::poisson(&design, &y)?;
    let n: f64 = full.iter().sum();
    let hidden = fit.beta[0].exp();
    let p = model.parameters(lists) as f64;
    let mut mu = vec![0.0; full.len()];
    left.rows.iter().zip(&fit.mu).for_each(|(&row, fitted)| mu[row as usize - 1] = *fitted);
    Some(Fitted {
        model,
        estimate: n + hidden,
        hidden,
        v00: fit.v00,
        se: (hidden + hidden * hidden * fit.v00).sqrt(),
        bic: -2.0 * fit.likelihood + p * n.ln(),
        aic: -2.0 * fit.likelihood + 2.0 * p,
        boundary: left.boundary.clone(),
        mu,
    })
}

/// ln of the chance of a Poisson count being as far out as `seen`, on its side of the mean.
pub(super) fn ln_tail(seen: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let top = seen * mean.ln() - mean - ln_factorial(seen);
    let (mut sum, mut term, mut k) = (1.0, 1.0, seen);
    while term > sum * 1e-16 {
        // Away from the mean each chance is a smaller part of the one before.
        term *= if seen <= mean { k / mean } else { mean / (k + 1.0) };
        k += if seen <= mean { -1.0 } else { 1.0 };
        sum += term;
        if k < 0.0 {
            break;
        }
    }
    (top + sum.ln()).min(0.0)
}
