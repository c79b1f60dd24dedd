//! The interval of a model from its likelihood, with the number of hidden people held fixed.
//!
//! Cormack 1992 (Interval estimation for mark-recapture studies of closed populations, section 3):
//! the hidden cell is given the count N - n and the same model is fitted again.

use super::heterogeneity::{Model, fit_cells};
use crate::estimate::{Table, regression::ln_factorial};
use serde::Serialize;
use std::f64::consts::PI;

/// Half of the 95 % point of a chi-square with one degree of freedom.
const DROP: f64 = 1.920_729_410_347_062;

/// A profile likelihood interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// Where the profile is highest.
    pub estimate: f64,
    /// Lower end; never below n.
    pub lower: f64,
    /// Upper end; none where the likelihood never falls far enough.
    pub upper: Option<f64>,
}

/// The profile interval of a fitted model.
#[must_use]
pub fn profile(table: &Table, model: &Model) -> Option<Profile> {
    let n = table.people() as f64;
    let (seen, lists) = (table.full(), table.width());
    let height = |total: f64| -> f64 {
        let mut y = vec![total - n];
        y.extend_from_slice(&seen);
        // Which eta are negative is asked anew for each number of hidden people.
        let fit = fit_cells(0..=seen.len() as u64, &y, lists, model.kind);
        fit.map_or(f64::NEG_INFINITY, |(fit, ..)| constant(total - n, total) - fit.deviance / 2.0)
    };
    let top = highest(&height, n, (1.5 * model.estimate).max(n * 1.5 + 10.0));
    let cut = height(top) - DROP;
    if !cut.is_finite() {
        return None;
    }
    let lower = if height(n) >= cut { n } else { crossing(&height, n, top, cut) };
    let mut far = top + (top - lower).max(1.0);
    let mut grown = 0;
    while height(far) > cut && grown < 60 {
        far = n + (far - n) * 1.6 + 1.0;
        grown += 1;
    }
    let upper = (grown < 60).then(|| crossing(&height, far, top, cut));
    Some(Profile { estimate: top, lower, upper })
}

/// What multinomial and Poisson likelihoods differ by (Cormack 1992, equation 3).
fn constant(hidden: f64, total: f64) -> f64 {
    let whole = hidden.fract() == 0.0;
    match () {
        () if total <= 100.0 && whole => {
            let power = if hidden > 0.0 { hidden * hidden.ln() } else { 0.0 };
            power + ln_factorial(total) - total * total.ln() - ln_factorial(hidden)
        }
        () if hidden == 0.0 || hidden == 1.0 => -total + 0.5 * (2.0 * PI * total).ln(),
        () => hidden - total - 0.5 * (hidden / total).ln(),
    }
}

/// The highest point between two bounds, by golden section on the hidden count.
fn highest(height: &impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (low, high);
    let (mut x, mut y) = (b - ratio * (b - a), a + ratio * (b - a));
    let (mut at_x, mut at_y) = (height(x), height(y));
    while b - a > 1e-7 * b.max(1.0) {
        if at_x > at_y {
            (b, y, at_y) = (y, x, at_x);
            x = b - ratio * (b - a);
            at_x = height(x);
        } else {
            (a, x, at_x) = (x, y, at_y);
            y = a + ratio * (b - a);
            at_y = height(y);
        }
    }
    (a + b) / 2.0
}

/// Where the profile crosses `cut` between a point below it and a point above it.
fn crossing(height: &impl Fn(f64) -> f64, mut below: f64, mut above: f64, cut: f64) -> f64 {
    while (above - below).abs() > 1e-8 * above {
        let middle = (below + above) / 2.0;
        match height(middle) > cut {
            true => above = middle,
            false => below = middle,
        }
    }
    (below + above) / 2.0
}
