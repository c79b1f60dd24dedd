//! Pairs of lists are let depend on each other one at a time, the most surprising overlap first.
//!
//! Chan, Silverman and Vincent 2021 (Multiple systems estimation for sparse capture data, section
//! 2.4).

use super::{
    exists::Standing,
    model::{Fitted, Model, fit, ln_tail},
};

/// What the search came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Stepwise {
    /// The last model.
    pub fitted: Fitted,
    /// The pairs in the order in which they entered.
    pub entered: Vec<u64>,
}

/// Selects and fits. An error: the lists alone have no estimate already.
pub fn stepwise(full: &[f64], lists: usize, entry: f64) -> Result<Stepwise, Standing> {
    let pairs = pairs(lists);
    let together = |y: &[f64], pair: u64| {
        (1..=y.len() as u64).filter(|h| h & pair == pair).map(|h| y[h as usize - 1]).sum::<f64>()
    };
    let mut now = Stepwise { fitted: fit(full, lists, Model::INDEPENDENT)?, entered: Vec::new() };
    loop {
        let chance = |pair: u64| ln_tail(together(full, pair), together(&now.fitted.mu, pair));
        let absent = pairs.iter().copied().filter(|pair| !now.fitted.model.has(*pair));
        let mut surprising: Vec<(f64, u64)> = absent
            .map(|pair| (chance(pair), pair))
            .filter(|(chance, _)| *chance < entry.ln())
            .collect();
        surprising.sort_by(|a, b| a.0.total_cmp(&b.0)); // Stable: ties by the first pair.
        let next = surprising.iter().find_map(|(_, pair)| {
            Some((fit(full, lists, now.fitted.model.with(*pair)).ok()?, *pair))
        });
        let Some((fitted, pair)) = next else { return Ok(now) };
        now.fitted = fitted;
        now.entered.push(pair);
    }
}

/// The pairs of lists: 12, 13, .., 23, ..
pub(super) fn pairs(lists: usize) -> Vec<u64> {
    let with = |first: usize| (first + 1..lists).map(move |second| 1 << first | 1 << second);
    (0..lists).flat_map(with).collect()
}
