//! A clerical sample: pairs drawn for people to look at, and what their answers say of all pairs.
//!
//! Pairs are drawn within strata of their probability, as many from each, so that the few doubtful
//! ones are looked at as closely as the many clear ones (Enamorado, Fifield and Imai 2019, section
//! 4.2, audit so). The chance is a hash of the seed and the rows: the same seed draws the same
//! pairs. Of pairs that no key brought together nothing is drawn, and nothing is said.

use super::run::{Linked, Pair, Pairs};
use crate::table::column::mix;
use serde::Serialize;
use std::{collections::BinaryHeap, io};

/// Ends of the strata besides the joining probability, at which one ends, too.
const ENDS: [f64; 4] = [0.05, 0.5, 0.99, 0.9999];

/// A pair that was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    /// The pair.
    pub pair: Pair,
    /// Its stratum, from 0.
    pub stratum: usize,
    /// Pairs of the stratum.
    pub of: u64,
    /// Whether its probability is one from which on pairs are joined.
    pub joined: bool,
}

/// A pair that somebody looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Its stratum.
    pub stratum: usize,
    /// Pairs of the stratum.
    pub of: u64,
    /// Whether such pairs are joined.
    pub joined: bool,
    /// Whether it is one person.
    pub same: bool,
}

/// A share, and between which bounds it lies in 95 of 100 samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// What the sample says.
    pub at: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// What a sample says of all kept pairs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// Of the joined pairs, those that are one person; none where none was looked at.
    pub precision: Option<Share>,
    /// Of the kept pairs that are one person, those that are joined.
    pub recall: Option<Share>,
    /// Pairs looked at.
    pub answered: usize,
    /// Kept pairs in the strata that were looked at.
    pub pairs: u64,
}

impl Linked<Pairs> {
    /// Draws at most so many pairs.
    pub fn sample(&self, most: usize, seed: u64, join: f64) -> io::Result<Vec<Drawn>> {
        let mut drawing = Drawing::new(most, seed, join);
        self.pairs.each(AT_ONCE, |some| {
            some.iter().for_each(|pair| drawing.see(pair));
            Ok::<_, io::Error>(())
        })?;
        Ok(drawing.drawn())
    }
}

/// Pairs that are seen at once.
const AT_ONCE: usize = 1 << 13;

/// The pairs of a stratum that chance puts first, and how many it has.
#[derive(Default)]
struct Stratum {
    of: u64,
    /// By chance and rows, the last on top; and the bits of the weight.
    first: BinaryHeap<(u64, u32, u32, u32)>,
}

/// Draws while pairs go by, and holds no more than may be drawn from each stratum.
struct Drawing {
    most: usize,
    seed: u64,
    join: f64,
    ends: Vec<f64>,
    strata: Vec<Stratum>,
}

impl Drawing {
    fn new(most: usize, seed: u64, join: f64) -> Drawing {
        let mut ends = ENDS.to_vec();
        ends.push(join);
        ends.sort_by(f64::total_cmp);
        ends.dedup();
        let strata = (0..=ends.len()).map(|_| Stratum::default()).collect();
        Drawing { most, seed, join, ends, strata }
    }

    fn see(&mut self, pair: &Pair) {
        let stratum = &mut self.strata[self.ends.partition_point(|end| pair.p() >= *end)];
        let chance = mix(&[self.seed, u64::from(pair.left), u64::from(pair.right)]);
        stratum.of += 1;
        stratum.first.push((chance, pair.left, pair.right, pair.weight.to_bits()));
        if stratum.first.len() > self.most {
            stratum.first.pop();
        }
    }

    fn drawn(self) -> Vec<Drawn> {
        let mut left = self.most;
        let mut strata: Vec<(usize, Stratum)> = self.strata.into_iter().enumerate().collect();
        strata.retain(|(_, one)| one.of > 0);
        strata.sort_by_key(|(_, one)| one.of); // Small strata give their rest to larger ones.
        let (mut drawn, many) = (Vec::new(), strata.len());
        for (nth, (stratum, Stratum { of, first })) in strata.into_iter().enumerate() {
            let count = (left / (many - nth)).min(first.len());
            left -= count;
            for (_, left, right, bits) in first.into_sorted_vec().into_iter().take(count) {
                let pair = Pair { left, right, weight: f32::from_bits(bits) };
                drawn.push(Drawn { pair, stratum, of, joined: pair.p() >= self.join });
            }
        }
        // In an order that does not tell how sure the engine is.
        let seed = !self.seed;
        let hidden =
            |one: &Drawn| mix(&[seed, u64::from(one.pair.left), u64::from(one.pair.right)]);
        drawn.sort_by_key(hidden);
        drawn
    }
}

/// Precision and recall of the joined pairs, by stratum and added up. Bounds of each stratum are
/// Wilson's (1927), for a sample without replacement; those of sums are had by squaring and adding
/// the distances (Newcombe 1998; Zou and Donner 2008), those of the ratio likewise (Donner and Zou
/// 2012).
#[must_use]
pub fn judge(answers: &[Answer]) -> Judged {
    let mut strata: Vec<(bool, u64, u64, u64)> = Vec::new();
    for stratum in 0..=answers.iter().map(|one| one.stratum).max().unwrap_or(0) {
        let of = || answers.iter().filter(|one| one.stratum == stratum);
        if let Some(first) = of().next() {
            let same = of().filter(|one| one.same).count() as u64;
            strata.push((first.joined, first.of, of().count() as u64, same));
        }
    }
    let side = |joined: bool| Sum::of(strata.iter().filter(|one| one.0 == joined));
    let (above, below) = (side(true), side(false));
    let precision = (above.pairs > 0.0).then(|| Share {
        at: above.at / above.pairs,
        low: above.low / above.pairs,
        high: above.high / above.pairs,
    });
    let recall = (above.at + below.at > 0.0).then(|| recall(&above, &below));
    let pairs = strata.iter().map(|one| one.1).sum();
    Judged { precision, recall, answered: answers.len(), pairs }
}

/// Pairs of one person in some strata.
struct Sum {
    pairs: f64,
    at: f64,
    low: f64,
    high: f64,
}

impl Sum {
    fn of<'a>(strata: impl Iterator<Item = &'a (bool, u64, u64, u64)>) -> Sum {
        let (mut pairs, mut at, mut under, mut over) = (0.0, 0.0, 0.0_f64, 0.0_f64);
        for &(_, of, seen, same) in strata {
            let size = of as f64;
            let share = wilson(same, seen, of);
            pairs += size;
            at += size * share.at;
            under += (size * (share.at - share.low)).powi(2);
            over += (size * (share.high - share.at)).powi(2);
        }
        Sum { pairs, at, low: (at - under.sqrt()).max(0.0), high: (at + over.sqrt()).min(pairs) }
    }
}

/// Where (1 - r) a - r b, a above and b below, may still be 0.
fn recall(above: &Sum, below: &Sum) -> Share {
    let bound = |low: bool| {
        let (a, b) = if low {
            (above.at - above.low, below.high - below.at)
        } else {
            (above.high - above.at, below.at - below.low)
        };
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for _ in 0..60 {
            let r = f64::midpoint(from, to);
            let apart = ((1.0 - r) * a).hypot(r * b);
            let middle = (1.0 - r) * above.at - r * below.at;
            let too_low = if low { middle - apart > 0.0 } else { middle + apart > 0.0 };
            if too_low { from = r } else { to = r }
        }
        f64::midpoint(from, to)
    };
    let at = above.at / (above.at + below.at);
    Share { at, low: bound(true).min(at), high: bound(false).max(at) }
}

/// Normal deviate of 95 %.
const Z: f64 = 1.959_963_985;

/// Wilson's bounds of a share; the sample counts for more where it is much of the whole.
fn wilson(same: u64, seen: u64, of: u64) -> Share {
    let (n, at) = (seen as f64, same as f64 / seen as f64);
    if seen >= of {
        return Share { at, low: at, high: at };
    }
    let n = n * (of as f64 - 1.0) / (of as f64 - n);
    let middle = (at + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z * (at * (1.0 - at) / n + Z * Z / (4.0 * n * n)).sqrt() / (1.0 + Z * Z / n);
    Share { at, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(pairs: &[Pair], most: usize, seed: u64, join: f64) -> Vec<Drawn> {
        let mut drawing = Drawing::new(most, seed, join);
        pairs.iter().for_each(|pair| drawing.see(pair));
        drawing.drawn()
    }

    fn pairs(count: u32) -> Vec<Pair> {
        let pair = |n: u32| Pair { left: n, right: n + 1, weight: (n % 60) as f32 / 2.0 - 10.0 };
        (0..count).map(pair).collect()
    }

    #[test]
    fn a_seed_draws_the_same_pairs_from_all_strata() {
        let pairs = pairs(5_000);
        let drawn = draw(&pairs, 200, 7, 0.95);
        assert_eq!(drawn, draw(&pairs, 200, 7, 0.95));
        assert_ne!(drawn, draw(&pairs, 200, 8, 0.95));
        assert_eq!(drawn.len(), 200);
        let strata: std::collections::BTreeSet<usize> = drawn.iter().map(|d| d.stratum).collect();
        assert_eq!(strata.len(), 6);
        assert_eq!(draw(&pairs[..30], 200, 7, 0.95).len(), 30, "all, where there are few");
        assert_eq!(draw(&[], 200, 7, 0.95), []);
    }

    /// Wilson's own figures: 7 of 10 is 0.397 to 0.892.
    #[test]
    fn bounds_are_those_of_the_books() {
        let share = wilson(7, 10, 1_000_000_000);
        assert!(
            (share.low - 0.397).abs() < 0.001 && (share.high - 0.892).abs() < 0.001,
            "{share:?}"
        );
        assert_eq!(wilson(7, 10, 10), Share { at: 0.7, low: 0.7, high: 0.7 });
    }

    /// In 95 of 100 samples, more or less, the truth lies within the bounds.
    #[test]
    fn bounds_hold_the_truth() {
        let pairs = pairs(5_000);
        let is_same = |pair: &Pair| {
            (mix(&[u64::from(pair.left), 99]) >> 11) as f64 / (1_u64 << 53) as f64 <= pair.p()
        };
        let joined = |pair: &&Pair| pair.p() >= 0.95;
        let all = pairs.iter().filter(|pair| is_same(pair)).count() as f64;
        let both = pairs.iter().filter(joined).filter(|pair| is_same(pair)).count() as f64;
        let truth = [both / pairs.iter().filter(joined).count() as f64, both / all];
        let mut held = [0; 2];
        for seed in 0..200 {
            let answer = |one: Drawn| Answer {
                stratum: one.stratum,
                of: one.of,
                joined: one.joined,
                same: is_same(&one.pair),
            };
            let answers: Vec<Answer> =
                draw(&pairs, 300, seed, 0.95).into_iter().map(answer).collect();
            let judged = judge(&answers);
            for (nth, share) in [judged.precision, judged.recall].into_iter().enumerate() {
                let share = share.expect("answers");
                held[nth] += usize::from((share.low..=share.high).contains(&truth[nth]));
            }
        }
        assert!(held.iter().all(|held| (182..=200).contains(held)), "{held:?} of 200: {truth:?}");
    }

    #[test]
    fn nothing_answered_says_nothing() {
        let judged = judge(&[]);
        assert_eq!((judged.precision, judged.recall, judged.pairs), (None, None, 0));
    }
}
