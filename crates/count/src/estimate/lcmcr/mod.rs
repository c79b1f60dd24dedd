//! Latent classes: some people are found by everybody, some by nobody, and we do not say which.
//!
//! Manrique-Vallier 2016 (Bayesian population size estimation using Dirichlet process mixtures,
//! Biometrics 72:1246). Several chains are run, because one is not enough: on a published table of
//! five lists one chain stood at 12,800 with an effective sample of 8 where the others said 21,500.

mod chain;
mod mixing;

pub use chain::{CAP, Chain};
pub use mixing::{ess, rhat, tail_ess};

use super::Table;
use rayon::prelude::*;
use serde::Serialize;

/// How long the chains run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Run {
    /// Latent classes at most (K*).
    pub classes: usize,
    /// Chains.
    pub chains: usize,
    /// Sweeps that are thrown away.
    pub burn: usize,
    /// Values that each chain keeps in the first round.
    pub samples: usize,
    /// Sweeps for each value that is kept.
    pub thin: usize,
    /// Rounds at most, each twice as long as the one before, until the chains agree.
    pub rounds: usize,
    /// Rounds end at this R-hat or less ...
    pub enough_rhat: f64,
    /// ... with so many independent values in all.
    pub enough_ess: f64,
    /// Seed; chain `c` draws from its stream `c`.
    pub seed: u64,
}

/// What the chains came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// N, the values of each chain in order.
    pub chains: Vec<Vec<f64>>,
    /// Split, rank-normalised R-hat.
    pub rhat: f64,
    /// Effective sample size of the bulk.
    pub ess: f64,
    /// Effective sample size of the ends.
    pub tail_ess: f64,
    /// Share of values within 5 % of the cap.
    pub at_cap: f64,
    /// Sweeps that each chain made.
    pub sweeps: usize,
}

impl Posterior {
    /// All values, sorted.
    #[must_use]
    pub fn sorted(&self) -> Vec<f64> {
        let mut all = self.chains.concat();
        all.sort_by(f64::total_cmp);
        all
    }
}

/// Runs the chains side by side until they agree, or the rounds are over.
#[must_use]
pub fn lcmcr(table: &Table, run: &Run) -> Posterior {
    let start = |number| Chain::new(table, run.classes, run.seed, number as u64);
    let mut chains: Vec<Chain> = (0..run.chains).map(start).collect();
    chains.par_iter_mut().for_each(|chain| chain.sweep(run.burn));
    let mut kept: Vec<Vec<f64>> = vec![Vec::new(); run.chains];
    let (mut round, mut sweeps) = (0, run.burn);
    loop {
        // Each round is as long as all before it and takes their place: half of the run is warm-up.
        let values = run.samples << round;
        chains.par_iter_mut().zip(kept.par_iter_mut()).for_each(|(chain, kept)| {
            kept.clear();
            for _ in 0..values {
                chain.sweep(run.thin);
                kept.push(chain.total() as f64);
            }
        });
        sweeps += values * run.thin;
        round += 1;
        let (rhat, ess) = (rhat(&kept), ess(&kept));
        if round >= run.rounds || (rhat <= run.enough_rhat && ess >= run.enough_ess) {
            let cap = 0.95 * (table.people() as f64) * (CAP + 1.0);
            let all = kept.iter().flatten();
            let at_cap = all.clone().filter(|total| **total > cap).count() as f64;
            let (tail_ess, at_cap) = (tail_ess(&kept), at_cap / all.count() as f64);
            return Posterior { chains: kept, rhat, ess, tail_ess, at_cap, sweeps };
        }
    }
}
