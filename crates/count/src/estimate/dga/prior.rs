//! What is believed of the number of people before the lists are looked at.

use statrs::function::gamma::ln_gamma;

/// A law of N, everybody on a list or on none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Prior {
    /// In proportion to 1/N: nothing is known of the size (Madigan and York 1997).
    Reciprocal,
    /// Poisson with a mean that is itself gamma: something earlier told the size, to about `scale`
    /// times the root of `shape` (theirs for spina bifida: 13.14 and 55.17).
    Gamma {
        /// Shape of the law of the mean.
        shape: f64,
        /// Its scale; shape times scale is the size that is expected.
        scale: f64,
    },
}

impl Prior {
    /// ln p(N), up to a constant.
    pub(super) fn ln(self, total: f64) -> f64 {
        match self {
            Prior::Reciprocal => -total.ln(),
            Prior::Gamma { shape, scale } => {
                total * scale.ln() - (total + shape) * (1.0 + scale).ln() + ln_gamma(total + shape)
                    - ln_gamma(total + 1.0)
            }
        }
    }
}
