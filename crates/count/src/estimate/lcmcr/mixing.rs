//! Whether chains tell of one law: R-hat and effective sample size.
//!
//! Vehtari, Gelman, Simpson, Carpenter and Burkner 2021 (Rank-normalization, folding, and
//! localization, Bayesian Analysis 16:667): chains are split in half, values are replaced by normal
//! scores of their ranks (equation 14), R-hat is equation 4 and the greater of plain and folded,
//! the effective size is equation 10 with Geyer's initial monotone sequence.

use statrs::distribution::{ContinuousCDF as _, Normal};

/// Split, rank-normalised R-hat: the greater of location and spread.
#[must_use]
pub fn rhat(chains: &[Vec<f64>]) -> f64 {
    let halves = split(chains);
    let mut all = halves.concat();
    all.sort_by(f64::total_cmp);
    let median = all[all.len() / 2];
    let folded: Vec<Vec<f64>> =
        halves.iter().map(|half| half.iter().map(|x| (x - median).abs()).collect()).collect();
    plain_rhat(&scores(&halves)).max(plain_rhat(&scores(&folded)))
}

/// Effective sample size of the bulk.
#[must_use]
pub fn ess(chains: &[Vec<f64>]) -> f64 {
    plain_ess(&scores(&split(chains)))
}

/// Effective sample size of the 5 % and 95 % quantiles, the smaller.
#[must_use]
pub fn tail_ess(chains: &[Vec<f64>]) -> f64 {
    let halves = split(chains);
    let mut all = halves.concat();
    all.sort_by(f64::total_cmp);
    let below = |share: f64| {
        let cut = all[((all.len() - 1) as f64 * share) as usize];
        let side = |half: &Vec<f64>| half.iter().map(|x| f64::from(u8::from(*x <= cut))).collect();
        plain_ess(&halves.iter().map(side).collect::<Vec<_>>())
    };
    below(0.05).min(below(0.95))
}

fn split(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let half = |chain: &Vec<f64>| {
        let middle = chain.len() / 2;
        [chain[..middle].to_vec(), chain[chain.len() - middle..].to_vec()]
    };
    chains.iter().flat_map(half).collect()
}

/// Normal scores of the ranks, ties by their middle rank: (r - 3/8) / (S + 1/4).
fn scores(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut order: Vec<(f64, usize, usize)> = Vec::new();
    for (c, chain) in chains.iter().enumerate() {
        order.extend(chain.iter().enumerate().map(|(at, x)| (*x, c, at)));
    }
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut scores: Vec<Vec<f64>> = chains.iter().map(|chain| vec![0.0; chain.len()]).collect();
    let (normal, n) = (Normal::standard(), order.len() as f64);
    let mut start = 0;
    while start < order.len() {
        let ties = order[start..].iter().take_while(|one| one.0 == order[start].0).count();
        let rank = start as f64 + (ties as f64 + 1.0) / 2.0;
        let score = normal.inverse_cdf((rank - 0.375) / (n + 0.25));
        order[start..start + ties].iter().for_each(|&(_, c, at)| scores[c][at] = score);
        start += ties;
    }
    scores
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let middle = mean(values);
    values.iter().map(|x| (x - middle).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// Within-chain variance W and the estimate of the whole, var+ (equations 1 to 3).
fn variances(chains: &[Vec<f64>]) -> (f64, f64) {
    let n = chains[0].len() as f64;
    let within = mean(&chains.iter().map(|chain| variance(chain)).collect::<Vec<_>>());
    let between = variance(&chains.iter().map(|chain| mean(chain)).collect::<Vec<_>>());
    (within, within * (n - 1.0) / n + between)
}

fn plain_rhat(chains: &[Vec<f64>]) -> f64 {
    let (within, whole) = variances(chains);
    match (within, whole) {
        (0.0, 0.0) => 1.0, // Every value is the same.
        (within, whole) => (whole / within).sqrt(),
    }
}

fn plain_ess(chains: &[Vec<f64>]) -> f64 {
    let (n, m) = (chains[0].len(), chains.len());
    let (within, whole) = variances(chains);
    if whole == 0.0 || n < 4 {
        return (n * m) as f64;
    }
    let centred: Vec<Vec<f64>> = chains
        .iter()
        .map(|chain| {
            let middle = mean(chain);
            chain.iter().map(|x| x - middle).collect()
        })
        .collect();
    // Autocorrelation at a lag, over all chains (equation 9).
    let rho = |lag: usize| {
        let covariance = |chain: &Vec<f64>| {
            chain[lag..].iter().zip(chain).map(|(a, b)| a * b).sum::<f64>() / n as f64
        };
        let mean = centred.iter().map(covariance).sum::<f64>() / m as f64;
        1.0 - (within * (n as f64 - 1.0) / n as f64 - mean) / whole
    };
    let (mut sum, mut lag, mut least) = (0.0, 1, f64::INFINITY);
    let mut even = 1.0;
    while lag + 1 < n {
        let pair = even + rho(lag);
        if pair < 0.0 {
            break;
        }
        least = least.min(pair);
        sum += least;
        even = rho(lag + 1);
        lag += 2;
    }
    let time = (-1.0 + 2.0 * sum).max(1.0 / ((n * m) as f64).log10());
    (n * m) as f64 / time
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::chance::Stream;

    /// Four chains of 1,000 values, each `keep` of the one before, chain `c` moved by `apart`.
    fn chains(keep: f64, apart: f64) -> Vec<Vec<f64>> {
        let chain = |c: u64| {
            let (mut stream, mut x) = (Stream::new(5, c), 0.0);
            let next = |_| {
                x = keep * x + (1.0_f64 - keep * keep).sqrt() * stream.normal();
                x + apart * c as f64
            };
            (0..1000).map(next).collect()
        };
        (0..4).map(chain).collect()
    }

    #[test]
    fn independent_values_count_once_each() {
        let all = chains(0.0, 0.0);
        assert!(rhat(&all) < 1.01 && (3_500.0..4_500.0).contains(&ess(&all)), "{}", ess(&all));
        assert!((3_000.0..5_000.0).contains(&tail_ess(&all)), "{}", tail_ess(&all));
    }

    #[test]
    fn values_that_hang_together_count_for_less() {
        // Of a first-order process: n (1 - r) / (1 + r) = 4000 / 19.
        let found = ess(&chains(0.9, 0.0));
        assert!((150.0..290.0).contains(&found), "{found}");
    }

    #[test]
    fn chains_apart_are_told() {
        assert!(rhat(&chains(0.0, 1.0)) > 1.2);
        assert!(ess(&chains(0.0, 1.0)) < 40.0);
        let still = vec![vec![7.0; 100]; 4];
        assert_eq!((rhat(&still), ess(&still)), (1.0, 400.0));
    }
}
