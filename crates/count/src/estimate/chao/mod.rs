//! Lower bounds and heterogeneity models from how many people stand on one list, on two, on more.

mod heterogeneity;
mod profile;

pub use heterogeneity::{Heterogeneity, Model, fit};
pub use profile::{Profile, profile};

use super::Table;
use serde::Serialize;

/// Chao's bound: not an estimate. People are harder to find than the lists suggest, never easier.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Chao {
    /// n + f1^2 / (2 f2) (Chao 1987, equation 4); the bias-corrected form where f2 is 0.
    pub bound: f64,
    /// n + f1 (f1 - 1) / (2 (f2 + 1)) (Chao 2005, equation 4).
    pub bias_corrected: f64,
    /// With a finite number K of lists: n + (K - 1)/K f1^2 / (2 f2).
    pub finite_lists: f64,
    /// Lower end of the 95 % interval (Chao 1987, equations 9 to 12).
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
}

/// Chao's bound of a table; none where nobody stands on one list only.
#[must_use]
pub fn chao(table: &Table) -> Option<Chao> {
    let f = table.frequencies();
    let (n, k) = (table.people() as f64, table.width() as f64);
    let (f1, f2) = (*f.first()? as f64, f.get(1).copied().unwrap_or(0) as f64);
    let corrected = f1 * (f1 - 1.0) / (2.0 * (f2 + 1.0));
    if f1 == 0.0 || corrected <= 0.0 && f2 == 0.0 {
        return None;
    }
    let hidden = if f2 > 0.0 { f1 * f1 / (2.0 * f2) } else { corrected };
    let (f2_seen, r) = (f2.max(1.0), f1 / f2.max(1.0));
    let variance = f2_seen * (r.powi(4) / 4.0 + r.powi(3) + r * r / 2.0);
    let c = (1.959_963_984_540_054 * (variance / (hidden * hidden)).ln_1p().sqrt()).exp();
    Some(Chao {
        bound: n + hidden,
        bias_corrected: n + corrected,
        finite_lists: n + hidden * (k - 1.0) / k,
        lower: n + hidden / c,
        upper: n + hidden * c,
    })
}
