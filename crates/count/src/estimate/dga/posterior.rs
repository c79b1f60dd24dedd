//! The posterior of the hidden count over graphs and grid.
//!
//! Madigan and York 1997, equation 6. For a set S of lists with margin cells c:
//! ln M(S; n0) = lnG(T) - lnG(N + T) + sum over c of lnG(y_c + d_S) - lnG(d_S), with T = 2^K delta,
//! d_S = delta 2^(K - |S|), N = n + n0, and n0 in the cell on no list of S. A graph scores the sum
//! over cliques less that over separators, plus lnG(N + 1) - lnG(n0 + 1) + ln p(N).
//! The terms that do not depend on S cancel but once for each list set, so 2^K - 1 rows are enough.
//!
//! # Invariants
//! 1. What the grid cuts off is told (`last_mass`), never left out in silence.
//! 2. A graph is passed over in a block only if all it could add there is below e^-40 of the best.

use super::{
    chordal::{Graph, graphs},
    grid::{Grid, Points},
    prior::Prior,
};
use crate::estimate::Table;
use statrs::function::gamma::ln_gamma;

/// Points of an adaptive grid at most.
const FINE: usize = 4096;
/// Points of the first look.
const COARSE: usize = 512;
/// Points that are worked out together: their rows stay in the cache.
const BLOCK: usize = 64;
/// A graph this far (in logarithms) below the best adds nothing.
const NEGLIGIBLE: f64 = 40.0;

/// A posterior of N.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// N and its mass, ascending.
    pub mass: Vec<(f64, f64)>,
    /// The heaviest graphs, their cliques as letters: `AB,BC`.
    pub top: Vec<(String, f64)>,
    /// Mass of the graph in which every list depends on every other.
    pub saturated: f64,
    /// Mass of the last point of the grid.
    pub last_mass: f64,
    /// Posterior mean.
    pub mean: f64,
    /// Point of least expected relative square loss, E(1/N) / E(1/N^2) (section 3.4).
    pub madigan_york: f64,
    /// Peaks that hold 5 % of the mass each, valleys below half of the lower between them.
    pub modes: usize,
    /// How many graphs were averaged.
    pub graphs: usize,
}

impl Posterior {
    /// The least N with at least `p` of the mass up to it.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let mut sum = 0.0;
        let reached = self.mass.iter().find(|(_, mass)| {
            sum += mass;
            sum >= p
        });
        reached.or(self.mass.last()).map_or(f64::NAN, |(total, _)| *total)
    }
}

/// Averages over every chordal graph; `delta` none: 2^-K. None: more lists than can be averaged.
#[must_use]
pub fn dga(table: &Table, delta: Option<f64>, grid: &Grid, prior: Prior) -> Option<Posterior> {
    if table.width() > super::MOST_LISTS || table.width() == 0 {
        return None;
    }
    let delta = delta.unwrap_or((-(table.width() as f64)).exp2());
    let average = Average { table, delta, prior, graphs: graphs(table.width()) };
    Some(match grid {
        Grid::Every(last) => average.over(&Points::even((1..=*last).map(|n| n as f64).collect())),
        Grid::Spaced(last, points) => {
            let step = (*last as f64 - 1.0) / (*points as f64 - 1.0);
            let at = (0..*points).map(|number| (1.0 + step * number as f64).round());
            average.over(&Points::even(at.collect()))
        }
        Grid::Adaptive => average.adaptively(),
    })
}

struct Average<'a> {
    table: &'a Table,
    delta: f64,
    prior: Prior,
    graphs: Vec<Graph>,
}

impl Average<'_> {
    /// Widens the grid until its last point holds less than a millionth, then narrows it to where
    /// the mass is.
    fn adaptively(&self) -> Posterior {
        let n = self.table.people() as f64;
        let mut high = 8.0 * n + 64.0;
        let mut found = self.over(&Points::between(0.0, high, COARSE));
        while found.last_mass > 1e-6 && high < 1e5 * n {
            high *= 4.0;
            found = self.over(&Points::between(0.0, high, COARSE));
        }
        for _ in 0..8 {
            let holds = |(_, mass): &&(f64, f64)| *mass > 1e-9;
            let first = found.mass.iter().position(|one| holds(&one)).unwrap_or(0);
            let last =
                found.mass.iter().rposition(|one| holds(&one)).unwrap_or(found.mass.len() - 1);
            let low = found.mass[first.saturating_sub(1)].0 - n;
            let end = found.mass[(last + 1).min(found.mass.len() - 1)].0 - n;
            let narrow = (end - low) < 0.7 * (high - low);
            high = end;
            found = self.over(&Points::between(low, high, FINE));
            if !narrow {
                break;
            }
        }
        found
    }

    fn over(&self, points: &Points) -> Posterior {
        let n = self.table.people() as f64;
        let rows = self.rows(points);
        let base: Vec<f64> = points
            .at
            .iter()
            .zip(&points.ln_width)
            .map(|(n0, width)| {
                ln_gamma(n + n0 + 1.0) - ln_gamma(n0 + 1.0) + self.prior.ln(n + n0) + width
            })
            .collect();
        let best = self.best(&rows, &base);
        let mut mass = vec![0.0; base.len()];
        let mut weights = vec![0.0; self.graphs.len()];
        let mut scores = [0.0; BLOCK];
        for start in (0..base.len()).step_by(BLOCK) {
            let end = (start + BLOCK).min(base.len());
            let bounds = Bounds::of(&rows, &base[start..end], start);
            for (graph, weight) in self.graphs.iter().zip(&mut weights) {
                if bounds.highest(graph) < best - NEGLIGIBLE {
                    continue; // Invariant 2.
                }
                let scores = &mut scores[..end - start];
                scores.copy_from_slice(&base[start..end]);
                for &(set, power) in &graph.factors {
                    let row = &rows[usize::from(set)][start..end];
                    scores.iter_mut().zip(row).for_each(|(s, r)| *s += f64::from(power) * r);
                }
                for (score, mass) in scores.iter().zip(&mut mass[start..end]) {
                    let one = (score - best).exp();
                    *mass += one;
                    *weight += one;
                }
            }
        }
        self.posterior(points, mass, weights)
    }

    /// ln M(S; n0) for each set of lists and point of the grid.
    fn rows(&self, points: &Points) -> Vec<Vec<f64>> {
        let lists = self.table.width();
        let (n, total) = (self.table.people() as f64, (lists as f64).exp2() * self.delta);
        let shared: Vec<f64> =
            points.at.iter().map(|n0| ln_gamma(total) - ln_gamma(n + n0 + total)).collect();
        let row = |set: u64| {
            if set == 0 {
                return Vec::new();
            }
            let d = self.delta * (lists as f64 - f64::from(set.count_ones())).exp2();
            let mut margin = std::collections::BTreeMap::new();
            for cell in self.table.cells() {
                *margin.entry(cell.history & set).or_insert(0.0) += cell.count as f64;
            }
            let none = margin.remove(&0).unwrap_or(0.0);
            let constant: f64 = margin.values().map(|y| ln_gamma(y + d) - ln_gamma(d)).sum();
            let hidden = |n0: &f64| ln_gamma(none + n0 + d) - ln_gamma(d);
            points.at.iter().zip(&shared).map(|(n0, s)| s + constant + hidden(n0)).collect()
        };
        (0..1 << lists).map(row).collect()
    }

    /// The highest score on a coarse part of the grid.
    fn best(&self, rows: &[Vec<f64>], base: &[f64]) -> f64 {
        let step = (base.len() / 256).max(1);
        let score = |graph: &Graph, at: usize| {
            let factor = |(set, power): &(u8, i8)| f64::from(*power) * rows[usize::from(*set)][at];
            base[at] + graph.factors.iter().map(factor).sum::<f64>()
        };
        let of = |graph| (0..base.len()).step_by(step).map(move |at| score(graph, at));
        self.graphs.iter().flat_map(of).fold(f64::NEG_INFINITY, f64::max)
    }

    fn posterior(&self, points: &Points, mass: Vec<f64>, weights: Vec<f64>) -> Posterior {
        let (n, lists) = (self.table.people() as f64, self.table.width());
        let whole: f64 = mass.iter().sum();
        let mass: Vec<(f64, f64)> =
            points.at.iter().zip(mass).map(|(n0, one)| (n + n0, one / whole)).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        let named = |&at: &usize| (named(&self.graphs[at]), weights[at] / whole);
        let saturated = self.graphs.iter().position(|graph| graph.is_saturated(lists));
        let moment = |power: i32| mass.iter().map(|(t, m)| m * t.powi(power)).sum::<f64>();
        Posterior {
            top: order.iter().take(5).map(named).collect(),
            saturated: saturated.map_or(0.0, |at| weights[at] / whole),
            last_mass: mass.last().map_or(0.0, |(_, mass)| *mass),
            mean: moment(1),
            madigan_york: moment(-1) / moment(-2),
            modes: modes(&mass, &points.ln_width),
            graphs: self.graphs.len(),
            mass,
        }
    }
}

/// Least and greatest of each row in a block.
struct Bounds {
    base: f64,
    rows: Vec<(f64, f64)>,
}

impl Bounds {
    fn of(rows: &[Vec<f64>], base: &[f64], start: usize) -> Bounds {
        let ends = |values: &[f64]| {
            let first = (f64::INFINITY, f64::NEG_INFINITY);
            values.iter().fold(first, |(low, high), x| (low.min(*x), high.max(*x)))
        };
        let row = |row: &Vec<f64>| match row.is_empty() {
            true => (0.0, 0.0),
            false => ends(&row[start..start + base.len()]),
        };
        Bounds { base: ends(base).1, rows: rows.iter().map(row).collect() }
    }

    /// More than this a graph cannot score in the block.
    fn highest(&self, graph: &Graph) -> f64 {
        let factor = |(set, power): &(u8, i8)| {
            let (low, high) = self.rows[usize::from(*set)];
            f64::from(*power) * if *power > 0 { high } else { low }
        };
        self.base + graph.factors.iter().map(factor).sum::<f64>()
    }
}

/// Cliques as letters.
fn named(graph: &Graph) -> String {
    let letters = |set: u8| {
        (0..8).filter(|list| set >> list & 1 == 1).map(|list| char::from(b'A' + list)).collect()
    };
    let mut cliques: Vec<String> = graph.cliques().map(letters).collect();
    cliques.sort();
    cliques.join(",")
}

/// Peaks of the density of ln N: separate ones hold 5 % each and a valley below half of the lower
/// one lies between them.
fn modes(mass: &[(f64, f64)], ln_width: &[f64]) -> usize {
    let density: Vec<f64> = mass.iter().zip(ln_width).map(|((t, m), w)| m * t / w.exp()).collect();
    let (mut peaks, mut held, mut peak, mut valley) = (0, 0.0, 0.0_f64, 0.0_f64);
    for (at, &height) in density.iter().enumerate() {
        if height < 0.5 * peak {
            // Down from a peak: it counts if it held enough.
            peaks += usize::from(held >= 0.05);
            (held, peak, valley) = (0.0, 0.0, height);
        }
        valley = valley.min(height);
        if height > 2.0 * valley || valley == 0.0 || peaks == 0 {
            peak = peak.max(height);
            held += mass[at].1;
        }
    }
    (peaks + usize::from(held >= 0.05)).max(1)
}
