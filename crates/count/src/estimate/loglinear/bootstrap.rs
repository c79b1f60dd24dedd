//! Intervals that know of the choice of model: people are drawn anew and the whole selection is
//! done again.
//!
//! Efron 1987 (Better bootstrap confidence intervals); Chan, Silverman and Vincent 2021, section 3;
//! Silverman, Chan and Vincent 2024 for the choice by BIC.

use crate::estimate::{Table, chance::Stream};
use rayon::prelude::*;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF as _, Normal};

/// A bootstrap with its bias-corrected and accelerated intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bootstrap {
    /// The 95 % interval.
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
    /// The 80 % interval.
    pub lower_80: f64,
    /// Its upper end.
    pub upper_80: f64,
    /// Acceleration, from the jackknife.
    pub acceleration: f64,
    /// Bias correction, in deviations.
    pub bias: f64,
    /// Replicates for which nothing could be estimated: dropped.
    pub dropped: usize,
    /// The estimates of the others, in the order of the replicates.
    #[serde(skip)]
    pub draws: Vec<f64>,
}

/// Bootstraps `estimate` (from a full table to N) `replicates` times; none where fewer than half of
/// the replicates, or a jackknife table, had no estimate.
pub fn bootstrap(
    table: &Table,
    point: f64,
    (seed, replicates): (u64, usize),
    estimate: impl Fn(&[f64]) -> Option<f64> + Sync,
) -> Option<Bootstrap> {
    let n = table.people();
    let weights: Vec<f64> = table.cells().iter().map(|cell| cell.count as f64).collect();
    let places: Vec<usize> = table.cells().iter().map(|cell| cell.history as usize - 1).collect();
    let cells = table.full().len();
    // One stream a replicate: the same bytes at any number of threads.
    let replicate = |number: usize| {
        let mut drawn = vec![0.0; weights.len()];
        Stream::new(seed, number as u64).multinomial(n, &weights, &mut drawn);
        let mut full = vec![0.0; cells];
        places.iter().zip(&drawn).for_each(|(&at, &count)| full[at] = count);
        estimate(&full)
    };
    let all: Vec<Option<f64>> = (0..replicates).into_par_iter().map(replicate).collect();
    let draws: Vec<f64> = all.into_iter().flatten().filter(|draw| draw.is_finite()).collect();
    if draws.len() * 2 < replicates || draws.is_empty() {
        return None;
    }
    let acceleration = acceleration(table, &weights, &places, &estimate)?;
    let mut sorted = draws.clone();
    sorted.sort_by(f64::total_cmp);
    let below = sorted.iter().filter(|draw| **draw < point).count() as f64 / sorted.len() as f64;
    let half = 0.5 / sorted.len() as f64; // A share of 0 or 1 has no quantile of its own.
    let normal = Normal::standard();
    let bias = normal.inverse_cdf(below.clamp(half, 1.0 - half));
    let end = |level: f64| {
        let z = bias + normal.inverse_cdf(level);
        quantile(&sorted, normal.cdf(bias + z / (1.0 - acceleration * z)))
    };
    Some(Bootstrap {
        lower: end(0.025),
        upper: end(0.975),
        lower_80: end(0.1),
        upper_80: end(0.9),
        acceleration,
        bias,
        dropped: replicates - draws.len(),
        draws,
    })
}

/// a = sum w d^3 / (6 (sum w d^2)^1.5), d = mean - estimate without one person of a cell, w = the
/// people of that cell (Efron 1987, equation 6.6).
fn acceleration(
    table: &Table,
    weights: &[f64],
    places: &[usize],
    estimate: &(impl Fn(&[f64]) -> Option<f64> + Sync),
) -> Option<f64> {
    let full = table.full();
    let without = |&at: &usize| {
        let mut less = full.clone();
        less[at] -= 1.0;
        estimate(&less)
    };
    let left: Option<Vec<f64>> = places.par_iter().map(without).collect();
    let left = left?;
    let mean = left.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() / table.people() as f64;
    let moment =
        |power: i32| left.iter().zip(weights).map(|(x, w)| w * (mean - x).powi(power)).sum::<f64>();
    let spread = moment(2).powf(1.5);
    Some(if spread > 0.0 { moment(3) / (6.0 * spread) } else { 0.0 })
}

/// A quantile of sorted values, median-unbiased (Hyndman and Fan 1996, type 8).
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let n = sorted.len() as f64;
    let at = (p * (n + 1.0 / 3.0) + 1.0 / 3.0).clamp(1.0, n);
    let low = at.floor() as usize;
    let (below, above) = (sorted[low - 1], sorted[low.min(sorted.len() - 1)]);
    below + (at - at.floor()) * (above - below)
}
