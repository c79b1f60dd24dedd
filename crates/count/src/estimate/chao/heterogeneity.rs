//! Models in which some people are found more easily than others, as Poisson regressions.
//!
//! Rivest and Baillargeon 2007 (Applications and extensions of Chao's moment estimator, section 3):
//! one row a cell of the table; columns: 1, the lists (or how many, where all find alike), and some
//! for heterogeneity that depend on the number of lists k alone.

use crate::estimate::{
    Table,
    regression::{self, Design, Fit},
};
use habeas_model::words;

words! {
    /// How heterogeneity is written.
    Heterogeneity {
        /// None.
        None = "none",
        /// eta_j = max(k - j + 1, 0), j = 3 .. K: a lower bound.
        Chao = "chao",
        /// k^2 / 2 (Darroch et al. 1993).
        Darroch = "darroch",
        /// 2^k - 1.
        Poisson2 = "poisson2",
        /// -ln(3.5 + k) + ln 3.5.
        Gamma35 = "gamma3.5",
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The kind, and whether each list has a rate of its own (Mth) or not (Mh).
    pub kind: (Heterogeneity, bool),
    /// n + exp(b0).
    pub estimate: f64,
    /// exp(b0) + exp(2 b0) V00, its square root.
    pub se: f64,
    /// Columns of the design.
    pub parameters: usize,
    /// Cells without as many columns.
    pub freedom: usize,
    /// -2 l + 2 p.
    pub aic: f64,
    /// -2 l + p ln n, n in people.
    pub bic: f64,
    /// The eta that were negative and were dropped, by their j.
    pub dropped: Vec<usize>,
    /// The regression.
    pub fit: Fit,
}

/// Fits Mth (`by_list`) or Mh; `None`: the columns are not independent on this table.
#[must_use]
pub fn fit(table: &Table, kind: Heterogeneity, by_list: bool) -> Option<Model> {
    let (y, lists) = (table.full(), table.width());
    let rows = 1..=y.len() as u64;
    let (fit, columns, dropped) = fit_cells(rows, &y, lists, (kind, by_list))?;
    let n = table.people() as f64;
    let (hidden, p) = (fit.beta[0].exp(), columns as f64);
    Some(Model {
        kind: (kind, by_list),
        estimate: n + hidden,
        se: (hidden + hidden * hidden * fit.v00).sqrt(),
        parameters: columns,
        freedom: y.len().saturating_sub(columns),
        aic: -2.0 * fit.likelihood + 2.0 * p,
        bic: -2.0 * fit.likelihood + p * n.ln(),
        dropped,
        fit,
    })
}

/// Fits the model to the counts `y` of these histories (0 is the hidden cell). While some eta is
/// negative the first such is dropped (section 3.2): it would mean a mixture of negative weights.
pub(super) fn fit_cells(
    histories: impl Iterator<Item = u64> + Clone,
    y: &[f64],
    lists: usize,
    (kind, by_list): (Heterogeneity, bool),
) -> Option<(Fit, usize, Vec<usize>)> {
    let chao = kind == Heterogeneity::Chao;
    let mut extra: Vec<usize> = if chao { (3..=lists).collect() } else { Vec::new() };
    let mut dropped = Vec::new();
    loop {
        let rows = histories.clone().map(|h| row(h, lists, kind, by_list, &extra));
        let design = Design::of(&rows.collect::<Vec<_>>());
        let fit = regression::poisson(&design, y)?;
        let first = design.columns - extra.len();
        match fit.beta[first..].iter().position(|eta| *eta < 0.0) {
            Some(at) => dropped.push(extra.remove(at)),
            None => return Some((fit, design.columns, dropped)),
        }
    }
}

/// The row of a history; `h = 0` is the hidden cell.
fn row(h: u64, lists: usize, kind: Heterogeneity, by_list: bool, extra: &[usize]) -> Vec<f64> {
    let k = h.count_ones() as f64;
    let mut row = vec![1.0];
    match by_list {
        true => row.extend((0..lists).map(|list| (h >> list & 1) as f64)),
        false => row.push(k),
    }
    match kind {
        Heterogeneity::None => {}
        Heterogeneity::Chao => row.extend(extra.iter().map(|&j| (k - j as f64 + 1.0).max(0.0))),
        Heterogeneity::Darroch => row.push(k * k / 2.0),
        Heterogeneity::Poisson2 => row.push(k.exp2() - 1.0),
        Heterogeneity::Gamma35 => row.push(-(3.5 + k).ln() + 3.5_f64.ln()),
    }
    row
}
