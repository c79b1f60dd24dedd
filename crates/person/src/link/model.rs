//! What agreement is worth: learnt from the table itself, without labels.
//!
//! Four classes explain every pair: one person (M), two of one family (F), two of one name (H), two
//! strangers (U). The weight of a pair is log2 of the odds of M against all others together. Each
//! class gives each level of each comparison a probability (Fellegi and Sunter 1969, section 2);
//! those of U are measured on random pairs, those of the others are learnt by
//! expectation-maximisation on counts of patterns (Winkler 1988; Dempster, Laird and Rubin 1977). F
//! is what generic linkage lacks: brothers share surnames, place and day of arrest as one person
//! does, but their given names as strangers do. H is the other half of it: father and son of one
//! name, and homonyms beyond what rarity expects, share every word of the name, and only birth date
//! and number tell them apart.
//!
//! Rarity enters where a shared value is expected once in 2^r (Winkler 2000): for U a shared word
//! is the product of its frequencies, for M and F it is one frequency, so odds against U gain
//! r bits, odds against F do not gain those of the surnames, and odds against H gain none.

use super::{
    compare::Pattern,
    names::{GivenLevel, Named},
    rows::Rows,
    vocabulary::Place,
};
use crate::table::Kind;
use serde::Serialize;

/// Levels of a comparison.
pub const LEVELS: usize = 16;

/// Classes of pairs: one person, one family, one name, strangers.
pub const CLASSES: usize = 4;
const M: usize = 0;
const F: usize = 1;
const U: usize = 3;

/// One comparison's probabilities, by level; level 0 (missing) tells nothing.
#[derive(Clone, Debug, Serialize)]
pub struct Weights {
    /// What it compares: a heading, or `surnames`, `given names`, `name`.
    pub title: String,
    /// Given one person.
    pub m: [f64; LEVELS],
    /// Given two of one family.
    pub f: [f64; LEVELS],
    /// Given two of one name.
    pub h: [f64; LEVELS],
    /// Given two strangers.
    pub u: [f64; LEVELS],
    /// Whether families are learnt here; else they are as strangers.
    pub familial: bool,
    /// Whether namesakes are learnt here; else they are as strangers.
    pub local: bool,
}

/// A model of pairs.
#[derive(Clone, Debug, Serialize)]
pub struct Model {
    /// By comparison.
    pub weights: Vec<Weights>,
    /// Pairs expected to be one person.
    pub same: f64,
    /// Pairs expected to be of one family.
    pub family: f64,
    /// Pairs expected to be of one name, beyond those whom chance names alike.
    pub namesakes: f64,
    /// All pairs.
    pub pairs: f64,
    /// Factor and summand of bits, fitted on reviewed pairs; 1 and 0 without them.
    pub scale: [f32; 2],
    #[serde(skip)]
    logs: Vec<[[f32; LEVELS]; CLASSES]>,
    #[serde(skip)]
    priors: [f32; CLASSES],
    /// Most that the comparisons from this one on can add.
    #[serde(skip)]
    rest: Vec<f32>,
    /// Most that each comparison can add.
    #[serde(skip)]
    best: Vec<f32>,
    names: usize,
}

/// Pairs by which a guess of m weighs against what is seen.
const PRIOR: f64 = 12.0;

/// Bits beyond which a reviewed pair says no more of the scale.
const SURE: f64 = 15.0;
/// How far reviewed pairs are expected to move the factor of bits (variance about 1).
const FACTOR_VARIES: f64 = 0.0625;
/// How far they are expected to move the summand (variance about 0, in nats).
const SUMMAND_VARIES: f64 = 4.0;

/// Share of matches with another given name from which on they look like brothers.
const OTHERWISE_NAMED: f64 = 0.1;

/// Strangers who differ, as if they had been seen besides the random pairs.
const STRANGERS: f64 = 100.0;

fn guessed(kind: Kind) -> [f64; LEVELS] {
    let mut m = [0.0; LEVELS];
    let levels: &[f64] = match kind {
        Kind::Surname => &[0.38, 0.11, 0.02, 0.36, 0.09, 0.01, 0.003, 0.002, 0.002, 0.008, 0.015],
        Kind::Given => &[0.3, 0.3, 0.07, 0.04, 0.02, 0.2, 0.008, 0.03, 0.01, 0.007, 0.015],
        Kind::Name => &[0.4, 0.15, 0.04, 0.25, 0.08, 0.004, 0.02, 0.015, 0.006, 0.01, 0.02],
        Kind::Born => &[0.87, 0.02, 0.04, 0.04, 0.01, 0.02],
        Kind::Event => &[0.25, 0.25, 0.23, 0.15, 0.04, 0.08],
        Kind::Number => &[0.92, 0.05, 0.01, 0.02],
        Kind::Category => &[0.3, 0.3, 0.3, 0.1],
        Kind::Text => &[0.25, 0.2, 0.15, 0.15, 0.02, 0.11, 0.05, 0.07],
    };
    m[1..=levels.len()].copy_from_slice(levels);
    m
}

impl Model {
    /// A model that has seen only random pairs.
    #[must_use]
    pub fn new(rows: &Rows, pairs: f64, random: &[(Pattern, f64)]) -> Model {
        let mut weights = Vec::new();
        let mut add = |title: &str, kind: Kind, familial: bool| {
            let m = guessed(kind);
            weights.push(Weights {
                title: title.to_owned(),
                m,
                f: m,
                h: m,
                u: m,
                familial,
                local: false,
            });
        };
        match rows.named {
            Some(Named::Parted) => {
                add("surnames", Kind::Surname, true);
                add("given names", Kind::Given, false);
            }
            Some(Named::Whole) => add("name", Kind::Name, true),
            None => {}
        }
        for field in &rows.fields {
            let familial = !matches!(field.kind, Kind::Number);
            add(&field.heading, field.kind, familial);
        }
        let names = rows.name_comparisons();
        let people = rows.len() as f64;
        let (same, family, namesakes) = (0.3 * people, 0.02 * people, 0.01 * people);
        let mut model = Model {
            weights,
            same,
            family,
            namesakes,
            pairs,
            scale: [1.0, 0.0],
            logs: vec![],
            priors: [0.0; CLASSES],
            rest: vec![],
            best: vec![],
            names,
        };
        model.measure(rows, random);
        model.start_families(rows);
        model.start_namesakes(rows);
        model.settle();
        model
    }

    /// u from random pairs, and where it can be counted from the shares of values themselves.
    pub fn measure(&mut self, rows: &Rows, random: &[(Pattern, f64)]) {
        for (nth, weights) in self.weights.iter_mut().enumerate() {
            let mut counted = [0.0; LEVELS];
            for (pattern, count) in random {
                counted[pattern.level(nth)] += count;
            }
            counted[0] = 0.0;
            // In a small table the random pairs are few, and some are of one person.
            if let Some(differs) = (1..LEVELS).rfind(|&level| weights.m[level] > 0.0) {
                counted[differs] += STRANGERS;
            }
            let said: f64 = counted.iter().sum();
            let least = 0.3 / (said + 10.0);
            for ((u, m), seen) in weights.u.iter_mut().zip(weights.m).zip(counted) {
                *u = if m > 0.0 { (seen / said.max(1.0)).max(least) } else { 0.0 };
            }
        }
        let names = self.names;
        for (nth, field) in rows.fields.iter().enumerate() {
            let u = &mut self.weights[names + nth].u;
            match field.kind {
                Kind::Number => u[1] = (field.repeat[1] * 0.02).clamp(1e-9, u[1].max(1e-9)),
                Kind::Event | Kind::Category | Kind::Text => {
                    for (u, repeat) in u.iter_mut().zip(field.repeat).skip(1) {
                        *u = repeat.max(1e-9);
                    }
                }
                _ => {}
            }
        }
        self.relative(rows);
    }

    /// Levels at which words are shared: u becomes relative to the words' own rarity.
    fn relative(&mut self, rows: &Rows) {
        let surname = rows.vocabulary.repeat(Place::Surname);
        let given = rows.vocabulary.repeat(Place::Given);
        match rows.named {
            Some(Named::Parted) => {
                let shares: [i32; LEVELS] = [0, 2, 2, 2, 1, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0];
                scale(&mut self.weights[0].u, &shares, surname);
                let shares: [i32; LEVELS] = [0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
                scale(&mut self.weights[1].u, &shares, given);
            }
            Some(Named::Whole) => {
                let shares: [i32; LEVELS] = [0, 2, 2, 1, 2, 2, 1, 3, 2, 2, 1, 0, 0, 0, 0, 0];
                scale(&mut self.weights[0].u, &shares, surname);
            }
            None => {}
        }
    }

    fn start_families(&mut self, rows: &Rows) {
        for weights in &mut self.weights {
            weights.f = if weights.familial { weights.m } else { weights.u };
        }
        if rows.named == Some(Named::Whole) {
            // Relatives differ in a word.
            let f = &mut self.weights[0].f;
            *f = [
                0.0, 0.002, 0.002, 0.002, 0.004, 0.004, 0.05, 0.2, 0.3, 0.2, 0.2, 0.03, 0., 0., 0.,
                0.,
            ];
        }
        for (nth, field) in rows.fields.iter().enumerate() {
            let weights = &mut self.weights[self.names + nth];
            if field.kind == Kind::Number {
                weights.f[3] = 0.05; // Twins and brothers are registered together.
                weights.f[4] = 0.95;
                continue;
            }
            // Half as one person, half as strangers.
            for level in 1..LEVELS {
                weights.f[level] = 0.5 * weights.m[level] + 0.5 * weights.u[level].min(1.0);
            }
            if field.kind == Kind::Born {
                weights.f = weights.u;
                weights.f[1] = weights.f[1].max(0.1);
            }
        }
    }

    /// Names as one person's, dates and numbers as strangers', places between.
    fn start_namesakes(&mut self, rows: &Rows) {
        for weights in &mut self.weights {
            weights.h = weights.m;
        }
        for (nth, field) in rows.fields.iter().enumerate() {
            let weights = &mut self.weights[self.names + nth];
            weights.h = weights.u;
            weights.local = !matches!(field.kind, Kind::Number | Kind::Born);
            if weights.local {
                for level in 1..LEVELS {
                    weights.h[level] = 0.5 * weights.m[level] + 0.5 * weights.u[level].min(1.0);
                }
            }
        }
    }

    /// Logarithms, priors and bounds, after probabilities have changed.
    fn settle(&mut self) {
        let log = |p: f64| if p > 0.0 { p.log2() as f32 } else { -40.0 };
        self.logs = Vec::new();
        for weights in &self.weights {
            let mut logs = [[0.0; LEVELS]; CLASSES];
            let shares = [weights.m, weights.f, weights.h, weights.u];
            for (logs, shares) in logs.iter_mut().zip(shares) {
                for (one, share) in logs.iter_mut().zip(shares).skip(1) {
                    *one = log(share);
                }
            }
            self.logs.push(logs);
        }
        let strangers = (self.pairs - self.same - self.family - self.namesakes).max(1.0);
        self.priors = [self.same, self.family, self.namesakes, strangers].map(log);
        self.rest = vec![0.0; self.weights.len() + 1];
        self.best = vec![0.0; self.weights.len()];
        for nth in (0..self.weights.len()).rev() {
            let best = (1..LEVELS).filter(|&level| self.weights[nth].m[level] > 0.0);
            let best = best.map(|level| self.logs[nth][M][level] - self.logs[nth][U][level]);
            self.best[nth] = best.fold(0.0, f32::max);
            self.rest[nth] = self.rest[nth + 1] + self.best[nth];
        }
    }

    /// Logarithms (base 2) of how many pairs of each class bear a pattern.
    #[must_use]
    pub fn classes(&self, pattern: Pattern) -> [f32; CLASSES] {
        let mut sums = self.priors;
        for (nth, logs) in self.logs.iter().enumerate() {
            let level = pattern.level(nth);
            for (sum, logs) in sums.iter_mut().zip(logs) {
                *sum += logs[level];
            }
        }
        let (surnames, given) = (pattern.rarity(0) as f32, pattern.rarity(1) as f32);
        sums[F] -= given;
        sums[U] -= surnames + given;
        sums
    }

    /// Bits for (or, below zero, against) one person.
    #[must_use]
    pub fn weight(&self, pattern: Pattern) -> f32 {
        let [same, others @ ..] = self.classes(pattern);
        let high = others.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = others.iter().map(|one| (one - high).exp2()).sum();
        let raw = same - high - sum.log2();
        self.scale[0] * raw + self.scale[1]
    }

    /// Fits the scale of bits to reviewed pairs (Platt 1999): the odds of one person become those
    /// among the reviewed. Few of them move little: the fit is drawn towards what was learnt
    /// without labels.
    pub fn fit(&mut self, reviewed: &[(Pattern, bool)]) {
        const NATS: f64 = std::f64::consts::LN_2;
        self.scale = [1.0, 0.0];
        let bits = |pattern| f64::from(self.weight(pattern)).clamp(-SURE, SURE);
        let seen: Vec<(f64, f64)> = reviewed
            .iter()
            .map(|&(pattern, same)| (bits(pattern) * NATS, f64::from(u8::from(same))))
            .collect();
        let (mut factor, mut summand) = (1.0, 0.0);
        for _ in 0..50 {
            // Newton's step on the penalised likelihood: gradient and Hessian in two unknowns.
            let mut g = [(1.0 - factor) / FACTOR_VARIES, -summand / SUMMAND_VARIES];
            let mut h = [1.0 / FACTOR_VARIES, 0.0, 1.0 / SUMMAND_VARIES];
            for &(x, y) in &seen {
                let p = 1.0 / (1.0 + (-(factor * x + summand)).exp());
                let spread = p * (1.0 - p);
                g = [g[0] + (y - p) * x, g[1] + (y - p)];
                h = [h[0] + spread * x * x, h[1] + spread * x, h[2] + spread];
            }
            let det = h[0] * h[2] - h[1] * h[1];
            factor = (factor + (h[2] * g[0] - h[1] * g[1]) / det).clamp(0.2, 3.0);
            summand = (summand + (h[0] * g[1] - h[1] * g[0]) / det).clamp(-10.0, 10.0);
        }
        self.scale = [factor as f32, (summand / NATS) as f32];
    }

    /// Bits before reviewed pairs corrected the scale, less what sums in another order differ by.
    #[must_use]
    pub fn raw(&self, weight: f32) -> f32 {
        (weight - self.scale[1]) / self.scale[0] - 0.01
    }

    /// The most bits a pair of such names can reach: odds against strangers alone, and the best
    /// level of every other comparison.
    #[must_use]
    pub fn most(&self, names: Pattern) -> f32 {
        let mut sum = self.priors[M] - self.priors[U] + self.rest[self.names];
        for nth in 0..self.names {
            let level = names.level(nth);
            sum += self.logs[nth][M][level] - self.logs[nth][U][level];
        }
        sum + (names.rarity(0) + names.rarity(1)) as f32
    }

    /// By how much a level falls short of the best one of its comparison; 0 or less.
    #[must_use]
    pub fn lost(&self, nth: usize, level: u8) -> f32 {
        let logs = &self.logs[nth];
        logs[M][usize::from(level)] - logs[U][usize::from(level)] - self.best[nth]
    }

    /// Whether what was learnt as one person may be families: more matches than rows (two a list,
    /// where several lists meet), or matches that often differ in the given name.
    #[must_use]
    pub fn many_matches(&self, rows: &Rows) -> bool {
        let lists = rows.lists.iter().max().map_or(0, |&last| last as usize);
        let most = rows.len() as f64 * (lists as f64 / 2.0).max(1.0);
        let given = (self.names == 2).then(|| self.weights[1].m[GivenLevel::Differs as usize]);
        self.same > most.max(8.0) || given.is_some_and(|differ| differ > OTHERWISE_NAMED)
    }

    /// Learns m, and what families share, from counts of patterns, and from reviewed pairs, whose
    /// class is known as far as people told it.
    pub fn learn(&mut self, counts: &[(Pattern, f64)], told: &[(Pattern, bool)], rounds: usize) {
        let start = self.clone();
        for _ in 0..rounds {
            let mut same = vec![[0.0; LEVELS]; self.weights.len()];
            let (mut family, mut namesakes) = (same.clone(), same.clone());
            let mut sums = [0.0; 3];
            let told = told.iter().map(|&(pattern, same)| (pattern, 1.0, self.told(pattern, same)));
            let guessed = counts.iter().map(|&(pattern, count)| {
                let [m, f, h, _] = self.posterior(pattern);
                (pattern, count, [m, f, h])
            });
            for (pattern, count, [m, f, h]) in guessed.chain(told) {
                sums = [sums[0] + m * count, sums[1] + f * count, sums[2] + h * count];
                for nth in 0..self.weights.len() {
                    same[nth][pattern.level(nth)] += m * count;
                    family[nth][pattern.level(nth)] += f * count;
                    namesakes[nth][pattern.level(nth)] += h * count;
                }
            }
            self.same = sums[0].max(1.0);
            self.family = sums[1].max(0.1);
            self.namesakes = sums[2].max(0.01 * self.same);
            for (nth, weights) in self.weights.iter_mut().enumerate() {
                let start = &start.weights[nth];
                update(&mut weights.m, &same[nth], &start.m);
                if weights.familial {
                    update(&mut weights.f, &family[nth], &start.f);
                }
                if nth < self.names {
                    weights.h = weights.m;
                } else if weights.local {
                    update(&mut weights.h, &namesakes[nth], &start.h);
                } else {
                    weights.h = weights.u;
                }
            }
            self.settle();
        }
    }

    /// Shares of the classes in a reviewed pair, but strangers.
    fn told(&self, pattern: Pattern, same: bool) -> [f64; 3] {
        if same {
            return [1.0, 0.0, 0.0];
        }
        let [_, f, h, u] = self.posterior(pattern);
        let others = (f + h + u).max(f64::MIN_POSITIVE);
        [0.0, f / others, h / others]
    }

    /// Shares of the four classes in a pattern.
    #[must_use]
    pub fn posterior(&self, pattern: Pattern) -> [f64; CLASSES] {
        let logs = self.classes(pattern);
        let high = logs.iter().copied().fold(f32::MIN, f32::max);
        let parts = logs.map(|log| f64::from(log - high).exp2());
        let sum: f64 = parts.iter().sum();
        parts.map(|part| part / sum)
    }

    /// From a sample of rows to all of them.
    pub fn enlarge(&mut self, pairs: f64) {
        let times = pairs / self.pairs;
        self.same *= times;
        self.family *= times;
        self.namesakes *= times;
        self.pairs = pairs;
        self.settle();
    }

    /// Turns to other pairs, so many, between which so many people may stand on both sides, before
    /// anything is learnt of them.
    pub fn expect(&mut self, people: f64, pairs: f64) {
        (self.same, self.family, self.namesakes) = (0.3 * people, 0.02 * people, 0.01 * people);
        self.pairs = pairs.max(1.0);
        self.settle();
    }

    /// Bits that one comparison adds to the odds against strangers, and against family.
    #[must_use]
    pub fn parts(&self, pattern: Pattern, nth: usize) -> [f32; 2] {
        let level = pattern.level(nth);
        let logs = &self.logs[nth];
        let rare = if nth < 2.min(self.names) { pattern.rarity(nth) as f32 } else { 0.0 };
        let against_strangers = logs[M][level] - logs[U][level] + rare;
        let given = if self.names == 2 && nth == 1 { rare } else { 0.0 };
        [against_strangers, logs[M][level] - logs[F][level] + given]
            .map(|bits| bits * self.scale[0])
    }

    /// Bits before anything is compared: against strangers, and against family.
    #[must_use]
    pub fn before(&self) -> [f32; 2] {
        [self.priors[M] - self.priors[U], self.priors[M] - self.priors[F]]
            .map(|bits| bits * self.scale[0] + self.scale[1])
    }
}

fn scale(u: &mut [f64; LEVELS], shares: &[i32; LEVELS], repeat: f64) {
    for (one, &words) in u.iter_mut().zip(shares) {
        *one /= repeat.powi(words);
    }
}

/// Shares of the levels seen, drawn towards the guess by [`PRIOR`] pairs.
fn update(shares: &mut [f64; LEVELS], counted: &[f64; LEVELS], guess: &[f64; LEVELS]) {
    let said: f64 = counted[1..].iter().sum();
    for level in 1..LEVELS {
        shares[level] = (counted[level] + PRIOR * guess[level]) / (said + PRIOR);
    }
}
