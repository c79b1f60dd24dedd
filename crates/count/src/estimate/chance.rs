//! Random draws that are the same for one seed on every machine and at any number of threads.
//!
//! Every chain and every replicate has a stream of its own (xoshiro256++, Blackman and Vigna 2021),
//! numbered, so that it does not matter which thread draws from it, or when.

use rand::{Rng as _, SeedableRng as _, rngs::Xoshiro256PlusPlus};
use rand_distr::{Distribution as _, Exp1, Poisson, StandardNormal};
use std::sync::LazyLock;

/// One stream of random numbers.
#[derive(Clone, Debug)]
pub struct Stream(Xoshiro256PlusPlus);

/// Below this mean a binomial count is found by walking from zero (Kachitvili 1988, BINV).
const WALK: f64 = 10.0;
/// 1 / x: a division at each step of the walk is most of its cost.
const INVERSE: [f64; 64] = {
    let (mut inverse, mut x) = ([0.0; 64], 1);
    while x < 64 {
        inverse[x] = 1.0 / x as f64;
        x += 1;
    }
    inverse
};
/// So few people are put into their classes one by one.
const FEW: u64 = 10;

impl Stream {
    /// Stream `number` of `seed`.
    #[must_use]
    pub fn new(seed: u64, number: u64) -> Stream {
        let mixed = Xoshiro256PlusPlus::seed_from_u64(seed).next_u64();
        Stream(Xoshiro256PlusPlus::seed_from_u64(mixed.wrapping_add(number)))
    }

    /// Uniform on the open interval (0, 1): 53 bits and a half.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1_u64 << 53) as f64)
    }

    /// Normal with mean 0 and variance 1.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// Gamma with this shape (at least 1) and scale 1: Marsaglia and Tsang 2000, section 2.
    #[inline]
    pub fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.uniform();
            let x2 = x * x;
            if u < 1.0 - 0.0331 * x2 * x2 || u.ln() < 0.5 * x2 + d * (1.0 - v + v.ln()) {
                return d * v;
            }
        }
    }

    /// Gamma with shape 1 + `people`: exponential where there is nobody.
    #[inline]
    pub fn gamma_of(&mut self, people: f64) -> f64 {
        if people == 0.0 { Exp1.sample(&mut self.0) } else { self.gamma(1.0 + people) }
    }

    /// Logarithm of a gamma draw of any positive shape; small shapes do not underflow (the boost of
    /// Marsaglia and Tsang 2000, section 6, in logarithms).
    #[inline]
    pub fn ln_gamma(&mut self, shape: f64) -> f64 {
        match shape < 1.0 {
            true => self.gamma(shape + 1.0).ln() + self.uniform().ln() / shape,
            false => self.gamma(shape).ln(),
        }
    }

    /// Beta with both parameters at least 1.
    #[inline]
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let x = self.gamma(a);
        x / (x + self.gamma(b))
    }

    /// Poisson; the mean may be zero.
    pub fn poisson(&mut self, mean: f64) -> f64 {
        if mean <= 0.0 {
            return 0.0;
        }
        Poisson::new(mean).map_or(mean, |poisson| poisson.sample(&mut self.0))
    }

    /// Binomial. Means below ten are walked, others by transformed rejection with a squeeze
    /// (Hormann 1993, algorithm BTRS).
    #[inline]
    pub fn binomial(&mut self, n: u64, p: f64) -> u64 {
        if n == 0 || p <= 0.0 {
            return 0;
        }
        if p >= 1.0 {
            return n;
        }
        if p > 0.5 {
            return n - self.lower(n, 1.0 - p);
        }
        self.lower(n, p)
    }

    /// Binomial with `p` at most one half.
    #[inline]
    fn lower(&mut self, n: u64, p: f64) -> u64 {
        let mean = n as f64 * p;
        match mean < WALK {
            true => self.walk(n, p, mean),
            false => self.reject(n, p),
        }
    }

    #[inline]
    fn walk(&mut self, n: u64, p: f64, mean: f64) -> u64 {
        let mut u = self.uniform();
        if u < 1.0 - mean {
            return 0; // P(0) >= 1 - np (Bernoulli): most small means need no power.
        }
        let q = 1.0 - p;
        let s = p / q;
        let a = (n + 1) as f64 * s;
        let mut r = (n as f64 * (-p).ln_1p()).exp();
        let mut x = 0;
        while u > r {
            u -= r;
            x += 1;
            if x > n {
                return n;
            }
            r *= a * INVERSE.get(x as usize).copied().unwrap_or_else(|| 1.0 / x as f64) - s;
        }
        x
    }

    fn reject(&mut self, n: u64, p: f64) -> u64 {
        let (n, q) = (n as f64, 1.0 - p);
        let spq = (n * p * q).sqrt();
        let b = 1.15 + 2.53 * spq;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let c = n * p + 0.5;
        let vr = 0.92 - 4.2 / b;
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + c).floor();
            if us >= 0.07 && v <= vr {
                return k as u64;
            }
            if k < 0.0 || k > n {
                continue;
            }
            let alpha = (2.83 + 5.1 / b) * spq;
            let m = ((n + 1.0) * p).floor();
            let bound =
                ln_factorial(m) + ln_factorial(n - m) - ln_factorial(k) - ln_factorial(n - k)
                    + (k - m) * (p / q).ln();
            if (v * alpha / (a / (us * us) + b)).ln() <= bound {
                return k as u64;
            }
        }
    }

    /// Multinomial: `n` people over weights that need not sum to one; the counts go to `out`.
    pub fn multinomial(&mut self, n: u64, weights: &[f64], out: &mut [f64]) {
        let order: Vec<usize> = (0..weights.len()).collect();
        self.multinomial_in(&order, n, (weights, weights.iter().sum()), out);
    }

    /// The same, with the sum of the weights, asked in an `order` of them: heavy ones first leave
    /// few people for the others. The law is that of any order.
    #[inline]
    pub fn multinomial_in(
        &mut self,
        order: &[usize],
        n: u64,
        (weights, sum): (&[f64], f64),
        out: &mut [f64],
    ) {
        let (mut left, mut rest) = (n, sum);
        out.fill(0.0);
        for (place, &at) in order.iter().enumerate() {
            if left <= FEW {
                return self.one_by_one(left, rest, weights, (&order[place..], out));
            }
            let drawn = match weights[at] {
                _ if place + 1 == order.len() => left,
                weight if weight <= 0.0 => 0,
                weight => self.binomial(left, weight / rest),
            };
            out[at] = drawn as f64;
            left -= drawn;
            rest -= weights[at];
        }
    }

    /// Puts each of a few people somewhere.
    #[inline]
    fn one_by_one(
        &mut self,
        people: u64,
        rest: f64,
        weights: &[f64],
        (order, out): (&[usize], &mut [f64]),
    ) {
        for _ in 0..people {
            let mut u = self.uniform() * rest;
            // Rounding may leave something beyond the last weight: it belongs to the heaviest.
            let at = order.iter().copied().find(|at| {
                u -= weights[*at];
                u < 0.0
            });
            let by_weight = |a: &&usize, b: &&usize| weights[**a].total_cmp(&weights[**b]);
            let heaviest = || order.iter().max_by(by_weight).copied();
            out[at.or_else(heaviest).unwrap_or(0)] += 1.0;
        }
    }
}

/// ln k!, from a table where it is small, else by Stirling's series.
fn ln_factorial(k: f64) -> f64 {
    static SMALL: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let logs = (0..2048).map(|k| f64::from(k.max(1)).ln());
        logs.scan(0.0, |sum, ln| {
            *sum += ln;
            Some(*sum)
        })
        .collect()
    });
    if let Some(known) = SMALL.get(k as usize) {
        return *known;
    }
    let (x, inverse) = (k + 1.0, 1.0 / (k + 1.0));
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + inverse / 12.0
        - inverse * inverse * inverse / 360.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Binomial, Discrete as _};

    /// Pearson's statistic of 40,000 draws against the law, over values expected at least 20 times.
    #[track_caller]
    fn check(n: u64, p: f64) {
        let mut stream = Stream::new(7, n);
        let draws = 40_000;
        let mut seen = std::collections::HashMap::new();
        for _ in 0..draws {
            *seen.entry(stream.binomial(n, p)).or_insert(0.0) += 1.0;
        }
        let law = Binomial::new(p, n).unwrap();
        let (mut chi, mut values) = (0.0, 0.0_f64);
        for k in 0..=n.min(20_000) {
            let expected = law.pmf(k) * f64::from(draws);
            if expected >= 20.0 {
                let found: f64 = seen.get(&k).copied().unwrap_or(0.0);
                chi += (found - expected).powi(2) / expected;
                values += 1.0;
            }
        }
        // Mean `values`, variance twice that: five deviations.
        assert!(chi < values + 5.0 * (2.0 * values).sqrt(), "B({n}, {p}): {chi} over {values}");
    }

    #[test]
    fn binomial_draws_follow_their_law() {
        for (n, p) in [(1, 0.5), (7, 0.01), (40, 0.2), (40, 0.97), (200, 0.3), (5_000, 0.004)] {
            check(n, p);
        }
        for (n, p) in [(1_000, 0.5), (20_000, 0.6), (300, 0.9)] {
            check(n, p);
        }
        let mut stream = Stream::new(1, 1);
        assert_eq!(
            (stream.binomial(5, 0.0), stream.binomial(5, 1.0), stream.binomial(0, 0.5)),
            (0, 5, 0)
        );
        let huge = stream.binomial(1_000_000_000_000, 0.25) as f64;
        assert!((huge / 2.5e11 - 1.0).abs() < 1e-4, "{huge}");
    }

    #[test]
    fn small_gamma_shapes_do_not_underflow() {
        let mut stream = Stream::new(1, 2);
        let drawn: Vec<f64> = (0..1000).map(|_| stream.ln_gamma(1e-4)).collect();
        assert!(drawn.iter().all(|x| x.is_finite()));
        assert!(drawn.iter().any(|x| *x < -800.0), "exp of it would be zero");
        let mean = (0..20_000).map(|_| stream.gamma(2.5)).sum::<f64>() / 20_000.0;
        assert!((mean - 2.5).abs() < 0.06, "{mean}");
    }

    #[test]
    fn streams_are_apart_and_repeat() {
        let draw = |seed, number| Stream::new(seed, number).uniform().to_bits();
        assert_eq!(draw(3, 4), draw(3, 4));
        assert_ne!(draw(3, 4), draw(3, 5));
        assert_ne!(draw(3, 4), draw(4, 4));
    }

    #[test]
    fn a_multinomial_shares_out_everybody() {
        let (mut stream, mut out) = (Stream::new(9, 0), [0.0; 4]);
        stream.multinomial(1000, &[0.5, 0.0, 1e-300, 1.5], &mut out);
        assert_eq!(out.iter().sum::<f64>(), 1000.0);
        assert_eq!((out[1], out[2]), (0.0, 0.0));
    }
}
