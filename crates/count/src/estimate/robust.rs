//! Two lists and what is known of each person: a doubly robust estimate.
//!
//! Das, Kennedy and Jewell 2021 (Doubly robust capture-recapture methods for estimating population
//! size, arXiv:2104.14091): equation 3 for psi, equation 5 for the influence function, section 4.2
//! for the variance. It supposes that the two lists are independent among people alike in the
//! covariates, and nothing else about their shape.

use super::{
    Covariates,
    chance::Stream,
    regression::{self, Design},
};
use serde::Serialize;

/// Least chance of being on both lists that is divided by, as the authors take it.
const LEAST: f64 = 0.005;

/// A doubly robust estimate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Robust {
    /// N = n / psi.
    pub estimate: f64,
    /// Standard deviation of N.
    pub se: f64,
    /// Without the correction: n times the mean of q1 q2 / q12.
    pub plug_in: f64,
    /// Parts of the sample that were fitted on the others; 1: all on all.
    pub folds: usize,
    /// People whose chance of being on both lists was below 0.005 and was held there.
    pub clipped: usize,
}

/// The estimate from lists `first` and `second`; people on neither are left out. None where the
/// covariates tell apart who is on which list without exception, or a fold has too few people.
#[must_use]
pub fn robust(
    people: &Covariates,
    (first, second): (usize, usize),
    folds: usize,
    seed: u64,
) -> Option<Robust> {
    let on = |history: u64, list: usize| history >> list & 1 == 1;
    let row = |(history, x): (&u64, &Vec<f64>)| {
        let y = [on(*history, first), on(*history, second)];
        (y[0] || y[1])
            .then(|| (y, [1.0].into_iter().chain(x.iter().copied()).collect::<Vec<f64>>()))
    };
    let rows: Vec<([bool; 2], Vec<f64>)> =
        people.histories.iter().zip(&people.values).filter_map(row).collect();
    let fold = fold_of(rows.len(), folds, seed);
    let mut chances = vec![[0.0; 3]; rows.len()];
    for part in 0..folds {
        let train = |at: usize| folds == 1 || fold[at] != part;
        let beta = fit(&rows, train)?;
        for at in (0..rows.len()).filter(|at| fold[*at] == part) {
            chances[at] = beta.each_ref().map(|beta| expit(&rows[at].1, beta));
        }
    }
    let mut sums = [0.0; 4];
    let mut clipped = 0;
    for ((y, _), chance) in rows.iter().zip(&chances) {
        let (q12, q1, q2) = bounded(chance, &mut clipped);
        let g = q1 * q2 / q12;
        let [y1, y2] = y.map(f64::from);
        let phi = g * (y1 / q1 + y2 / q2 - y1 * y2 / q12);
        [g, phi, phi * phi, 1.0].iter().zip(&mut sums).for_each(|(x, sum)| *sum += x);
    }
    let [g, phi, square, n] = sums;
    let inverse = (phi / n).max(1.0);
    let spread = (square - phi * phi / n) / (n - 1.0);
    let variance = n * spread + n * inverse * (inverse - 1.0);
    Some(Robust { estimate: n * inverse, se: variance.sqrt(), plug_in: g, folds, clipped })
}

/// Which fold each person is in: shuffled, of equal sizes.
fn fold_of(n: usize, folds: usize, seed: u64) -> Vec<usize> {
    let mut fold: Vec<usize> = (0..n).map(|at| at % folds).collect();
    let mut stream = Stream::new(seed, 0);
    for at in (1..n).rev() {
        fold.swap(at, (stream.uniform() * (at + 1) as f64) as usize);
    }
    fold
}

/// Logistic fits of being on both lists, on the first only, on the second only.
fn fit(rows: &[([bool; 2], Vec<f64>)], train: impl Fn(usize) -> bool) -> Option<[Vec<f64>; 3]> {
    let kept: Vec<&([bool; 2], Vec<f64>)> =
        rows.iter().enumerate().filter(|(at, _)| train(*at)).map(|(_, row)| row).collect();
    let design = Design::of(&kept.iter().map(|(_, x)| x.clone()).collect::<Vec<_>>());
    let of = |wanted: [bool; 2]| {
        let y: Vec<f64> = kept.iter().map(|(y, _)| f64::from(u8::from(*y == wanted))).collect();
        regression::logistic(&design, &y)
    };
    Some([of([true, true])?, of([true, false])?, of([false, true])?])
}

fn expit(x: &[f64], beta: &[f64]) -> f64 {
    1.0 / (1.0 + (-x.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>()).exp())
}

/// q12, q1 and q2 within what chances can be (section 4.2): q12 at least 0.005, q1 from q12 to 1,
/// q2 from q12 / q1 to 1 + q12 - q1.
fn bounded([both, first, second]: &[f64; 3], clipped: &mut usize) -> (f64, f64, f64) {
    *clipped += usize::from(*both < LEAST);
    let q12 = both.max(LEAST);
    let q1 = (q12 + first).clamp(q12, 1.0);
    let low = (q12 / q1).min(1.0);
    (q12, q1, (q12 + second).clamp(low, (1.0 + q12 - q1).max(low)))
}
