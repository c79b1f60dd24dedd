//! The hidden counts at which a posterior is worked out, and how many counts each stands for.

/// A grid of hidden counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Grid {
    /// Every whole number from 1 to this one, as the R package takes it.
    Every(u64),
    /// So many points evenly from 1 to the first number, rounded.
    Spaced(u64, usize),
    /// From 0 on, widened and refined until the last point holds next to nothing.
    Adaptive,
}

/// Points of a hidden count with the number of counts that each stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Points {
    pub at: Vec<f64>,
    /// Logarithm of how many counts a point stands for.
    pub ln_width: Vec<f64>,
}

impl Points {
    /// Points that all weigh alike, as the R package's.
    pub fn even(at: Vec<f64>) -> Points {
        Points { ln_width: vec![0.0; at.len()], at }
    }

    /// At most `most` whole numbers from `low` to `high`, dense where they are small; each stands
    /// for the counts that are nearest to it.
    pub fn between(low: f64, high: f64, most: usize) -> Points {
        let mut at: Vec<f64> = Vec::with_capacity(most);
        if high - low < most as f64 {
            at.extend((0..=(high - low) as usize).map(|step| low + step as f64));
            return Points::even(at);
        }
        // Even steps of ln (count + shift): near the low end steps of one, then in proportion.
        let shift = (high - low) / most as f64 * 2.0;
        let step = ((high + shift) / (low + shift)).ln() / (most - 1) as f64;
        for number in 0..most {
            let next = ((low + shift) * (step * number as f64).exp() - shift).round();
            if at.last().is_none_or(|last| *last < next) {
                at.push(next);
            }
        }
        let width = |number: usize| {
            let before =
                if number == 0 { at[0] - 0.5 } else { (at[number - 1] + at[number]) / 2.0 };
            let after =
                at.get(number + 1).map_or(at[number] + 0.5, |next| (at[number] + next) / 2.0);
            (after - before).ln()
        };
        let ln_width = (0..at.len()).map(width).collect();
        Points { at, ln_width }
    }
}
