//! How estimates are made, and from where on they are refused: all of it is printed with them.

use super::lcmcr::Run;
use serde::Serialize;

/// The settings; thresholds are proposals of `docs/guide/en/estimates.md`, not laws.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// Seed of everything that is drawn by chance.
    pub seed: u64,
    /// Bootstrap replicates of the log-linear models; 0: intervals of Wald.
    pub replicates: usize,
    /// A pair of lists enters below this chance: the best over the 28 scenarios of Chan, Silverman
    /// and Vincent 2021, section 4.
    pub entry: f64,
    /// The run of the latent class model.
    pub run: Run,
    /// Its R-hat must be below this.
    pub most_rhat: f64,
    /// Its effective sample size must reach this.
    pub least_ess: f64,
    /// So much of its mass may lie within 5 % of the cap.
    pub most_at_cap: f64,
    /// The saturated graph may weigh so much.
    pub most_saturated: f64,
    /// The last point of the grid may hold so much.
    pub most_cut: f64,
    /// Folds of the doubly robust estimate.
    pub folds: usize,
    /// Medians further apart than this factor disagree.
    pub disagree: f64,
    /// So many methods must stand before they can be said to agree.
    pub least_methods: usize,
    /// So much of the people may have no known stratum.
    pub most_unknown: f64,
    /// In what is published, a stratum has so many documented people.
    pub least_public: u64,
    /// Draws of the undecided pairs.
    pub linkages: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        let seed = 19_481_210;
        let run = Run {
            classes: 10,
            chains: 4,
            burn: 10_000,
            samples: 500,
            thin: 50,
            rounds: 6,
            enough_rhat: 1.01,
            enough_ess: 1_000.0,
            seed,
        };
        Settings {
            seed,
            replicates: 1_000,
            entry: 0.02,
            run,
            most_rhat: 1.05,
            least_ess: 400.0,
            most_at_cap: 0.01,
            most_saturated: 0.2,
            most_cut: 1e-4,
            folds: 5,
            disagree: 1.5,
            least_methods: 3,
            most_unknown: 0.05,
            least_public: 10,
            linkages: 20,
        }
    }
}

impl Settings {
    /// The same with another seed.
    #[must_use]
    pub fn seeded(mut self, seed: u64) -> Settings {
        self.seed = seed;
        self.run.seed = seed;
        self
    }

    /// The same for a quick look: no bootstrap, short chains.
    #[must_use]
    pub fn quick(&self) -> Settings {
        let run = Run { burn: 5_000, samples: 250, thin: 20, rounds: 3, ..self.run };
        Settings { replicates: 0, run, ..self.clone() }
    }
}
