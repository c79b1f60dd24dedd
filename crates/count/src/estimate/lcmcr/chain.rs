//! One chain of the Gibbs sampler, on cells of the table and never on single people.
//!
//! Manrique-Vallier 2016, section 3 and appendix; the steps are numbered as in `sweep`. The order
//! is turned by three steps, so that the weights of a sweep are worked out once.
//!
//! # Invariants
//! 1. Nothing underflows in silence: stick lengths are kept in logarithms, and a cell whose weights
//!    all vanish is weighed in logarithms.
//! 2. At most `CAP` people are hidden for each one seen: without a bound the posterior of a sparse
//!    table runs to infinity. How near the draws come to it is told with the answer.

use crate::estimate::{Table, chance::Stream};

/// Hidden people for each one on a list, at most.
pub const CAP: f64 = 20.0;
/// Shape and rate of alpha (section 4: vague, in favour of few classes).
const PRIOR: f64 = 0.25;
/// Draws of the hidden count beyond the cap before it is set to the cap.
const TRIES: usize = 200;
/// Below this a cell's weights are worked out in logarithms.
const VANISHING: f64 = 1e-280;
/// A stick shorter than this is written with a scale: times another of `VANISHING` it is no zero.
const SHORT: f64 = 1e-20;

/// A chain.
#[derive(Clone, Debug)]
pub struct Chain {
    stream: Stream,
    lists: usize,
    classes: usize,
    people: u64,
    cells: Vec<Seen>,
    alpha: f64,
    /// Share of each class, and the same as a number and the logarithm of its scale.
    share: Vec<f64>,
    scaled: Vec<(f64, f64)>,
    /// Chance of standing on list `j` in class `k`, and of not: element `j * classes + k`.
    on: Vec<f64>,
    off: Vec<f64>,
    hidden: u64,
    /// People of each class on list `j`.
    ones: Vec<f64>,
    /// People of each class, hidden ones too.
    members: Vec<f64>,
    /// Classes by their people in the sweep before, the fullest first: most cells are shared out
    /// among the first few. The order bears on the cost of a draw and never on its law.
    order: Vec<usize>,
    /// Shares times chances of the first `j` lists: level `j` of the cell at hand.
    levels: Vec<f64>,
    drawn: Vec<f64>,
}

/// A cell with people in it.
#[derive(Clone, Debug)]
struct Seen {
    /// Its lists, list 0 first.
    on: Vec<bool>,
    /// The first list in which it differs from the cell before it.
    from: usize,
    count: u64,
}

impl Chain {
    /// A chain at its start: stream `number` of `seed`. Even chains start with one class for
    /// everybody, odd ones with many, so that chains which agree have come from far apart.
    #[must_use]
    pub fn new(table: &Table, classes: usize, seed: u64, number: u64) -> Chain {
        let lists = table.width();
        let mut stream = Stream::new(seed, number);
        let on: Vec<f64> = (0..lists * classes).map(|_| stream.uniform()).collect();
        let mut chain = Chain {
            stream,
            lists,
            classes,
            people: table.people(),
            cells: seen(table),
            alpha: if number.is_multiple_of(2) { 1e-3 } else { 1.0 },
            share: vec![1.0 / classes as f64; classes],
            scaled: vec![(1.0 / classes as f64, 0.0); classes],
            off: on.iter().map(|on| 1.0 - on).collect(),
            on,
            hidden: 0,
            ones: vec![0.0; lists * classes],
            members: vec![0.0; classes],
            order: (0..classes).collect(),
            levels: vec![0.0; (lists + 1) * classes],
            drawn: vec![0.0; classes],
        };
        chain.draw_sticks();
        chain
    }

    /// People on the lists and hidden.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.people + self.hidden
    }

    /// So many sweeps.
    pub fn sweep(&mut self, times: usize) {
        for _ in 0..times {
            self.order_classes();
            self.members.fill(0.0);
            self.ones.fill(0.0);
            self.draw_hidden(); // Steps 4 and 5.
            self.draw_alpha(); // Step 6.
            self.draw_classes(); // Step 1.
            self.draw_chances(); // Step 2.
            self.draw_sticks(); // Step 3.
        }
    }

    /// By insertion: from one sweep to the next the order hardly changes. Ties keep theirs.
    fn order_classes(&mut self) {
        for at in 1..self.classes {
            let mut to = at;
            while to > 0 && self.members[self.order[to - 1]] < self.members[self.order[to]] {
                self.order.swap(to - 1, to);
                to -= 1;
            }
        }
    }

    /// Weights of the cell at hand, from the list in which it differs from the one before.
    #[inline]
    fn weigh(&mut self, from: usize, on: impl Fn(usize) -> bool) {
        let classes = self.classes;
        if from == 0 {
            self.levels[..classes].copy_from_slice(&self.share);
        }
        for list in from..self.lists {
            let chances = if on(list) { &self.on } else { &self.off };
            let chances = &chances[list * classes..][..classes];
            let (before, after) = self.levels.split_at_mut((list + 1) * classes);
            let before = &before[list * classes..];
            for ((to, from), chance) in after[..classes].iter_mut().zip(before).zip(chances) {
                *to = from * chance;
            }
        }
    }

    /// Steps 4 and 5: p0, then the hidden count (negative binomial: Poisson of a gamma), then its
    /// classes.
    fn draw_hidden(&mut self) {
        self.weigh(0, |_| false);
        let last = self.lists * self.classes;
        let weights = &self.levels[last..];
        let missed = sum(weights);
        let found = (self.share.iter().sum::<f64>() - missed).max(f64::MIN_POSITIVE);
        let n = self.people as f64;
        let cap = (CAP * n).floor();
        let mut hidden = cap;
        for _ in 0..TRIES {
            let mean = self.stream.gamma(n) * missed / found;
            // Far beyond the cap no draw comes back to it (invariant 2).
            let drawn = if mean < 2.0 * cap { self.stream.poisson(mean) } else { f64::INFINITY };
            if drawn <= cap {
                hidden = drawn;
                break;
            }
        }
        self.hidden = hidden as u64;
        let (weights, order) = (&self.levels[last..], &self.order);
        self.stream.multinomial_in(order, self.hidden, (weights, missed), &mut self.drawn);
        self.members.iter_mut().zip(&self.drawn).for_each(|(all, new)| *all += new);
    }

    /// Step 6: alpha ~ Gamma(1/4 + K - 1, rate 1/4 - ln pi_K).
    fn draw_alpha(&mut self) {
        let shape = PRIOR + self.classes as f64 - 1.0;
        let rate = PRIOR - self.ln_share(self.classes - 1);
        self.alpha = self.stream.ln_gamma(shape).exp() / rate;
    }

    /// Step 1: the people of each cell over the classes.
    fn draw_classes(&mut self) {
        let (classes, last) = (self.classes, self.lists * self.classes);
        let cells = std::mem::take(&mut self.cells);
        for cell in &cells {
            self.weigh(cell.from, |list| cell.on[list]);
            let mut whole = sum(&self.levels[last..]);
            if whole < VANISHING {
                self.weigh_in_logarithms(cell); // Invariant 1.
                whole = sum(&self.levels[last..]);
            }
            let (weights, order) = (&self.levels[last..], &self.order);
            self.stream.multinomial_in(order, cell.count, (weights, whole), &mut self.drawn);
            self.members.iter_mut().zip(&self.drawn).for_each(|(all, new)| *all += new);
            for list in (0..self.lists).filter(|list| cell.on[*list]) {
                let ones = &mut self.ones[list * classes..][..classes];
                ones.iter_mut().zip(&self.drawn).for_each(|(all, new)| *all += new);
            }
        }
        self.cells = cells;
    }

    /// Weights relative to the largest, where their product is too small for a number.
    fn weigh_in_logarithms(&mut self, cell: &Seen) {
        let classes = self.classes;
        let logarithm = |k: usize| {
            let chance = |list: usize| {
                let chances = if cell.on[list] { &self.on } else { &self.off };
                chances[list * classes + k].ln()
            };
            self.ln_share(k) + (0..self.lists).map(chance).sum::<f64>()
        };
        let logs: Vec<f64> = (0..classes).map(logarithm).collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let last = &mut self.levels[self.lists * classes..];
        last.iter_mut().zip(&logs).for_each(|(weight, log)| *weight = (log - top).exp());
    }

    /// Step 2: lambda_jk ~ Beta(1 + on, 1 + off). An empty class has the prior.
    fn draw_chances(&mut self) {
        for list in 0..self.lists {
            for (k, &members) in self.members.iter().enumerate() {
                let at = list * self.classes + k;
                if members == 0.0 {
                    self.on[at] = self.stream.uniform();
                    self.off[at] = 1.0 - self.on[at];
                    continue;
                }
                let ones = self.ones[at];
                let x = self.stream.gamma_of(ones);
                let y = self.stream.gamma_of(members - ones);
                let sum = 1.0 / (x + y);
                (self.on[at], self.off[at]) = (x * sum, y * sum);
            }
        }
    }

    /// Step 3: V_k ~ Beta(1 + n_k, alpha + people of later classes), and the shares they break off.
    fn draw_sticks(&mut self) {
        let mut later: f64 = self.members.iter().sum();
        // What is left of the stick: `rest` times e^`ln_rest` (invariant 1).
        let (mut rest, mut ln_rest) = (1.0_f64, 0.0_f64);
        let last = self.classes - 1;
        for k in 0..last {
            later = (later - self.members[k]).max(0.0);
            let b = self.alpha + later;
            let (v, left, ln_left) = self.break_stick(self.members[k], b);
            self.set_share(k, rest * v, ln_rest);
            (rest, ln_rest) = (rest * left, ln_rest + ln_left);
            if rest < SHORT {
                (rest, ln_rest) = (1.0, ln_rest + rest.ln());
            }
        }
        self.set_share(last, rest, ln_rest);
    }

    /// V ~ Beta(1 + members, b), 1 - V, and the logarithm of what 1 - V is too small to say.
    fn break_stick(&mut self, members: f64, b: f64) -> (f64, f64, f64) {
        if members == 0.0 {
            // Beta(1, b) by inversion: 1 - V = U^(1 / b).
            let ln_left = self.stream.uniform().ln() / b;
            return match ln_left < VANISHING.ln() {
                true => (1.0, 1.0, ln_left),
                false => (-ln_left.exp_m1(), ln_left.exp(), 0.0),
            };
        }
        let x = self.stream.gamma(1.0 + members);
        if b >= 1.0 {
            let y = self.stream.gamma(b);
            return (x / (x + y), y / (x + y), 0.0);
        }
        let apart = self.stream.ln_gamma(b) - x.ln();
        let odds = apart.exp();
        match apart < VANISHING.ln() {
            true => (1.0, 1.0, apart),
            false => (1.0 / (1.0 + odds), odds / (1.0 + odds), 0.0),
        }
    }

    fn set_share(&mut self, k: usize, share: f64, ln_scale: f64) {
        self.scaled[k] = (share, ln_scale);
        self.share[k] = if ln_scale == 0.0 { share } else { share * ln_scale.exp() };
    }

    /// ln pi_k, however small.
    fn ln_share(&self, k: usize) -> f64 {
        let (share, ln_scale) = self.scaled[k];
        share.ln() + ln_scale
    }
}

/// Four sums side by side, so that none waits for the one before.
#[inline]
fn sum(weights: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let fours = weights.chunks_exact(4);
    let rest: f64 = fours.remainder().iter().sum();
    fours.for_each(|four| sums.iter_mut().zip(four).for_each(|(sum, x)| *sum += x));
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// The cells so that neighbours share their first lists.
fn seen(table: &Table) -> Vec<Seen> {
    let lists = table.width();
    let on = |history: u64| (0..lists).map(|list| history >> list & 1 == 1).collect::<Vec<bool>>();
    let mut cells: Vec<Seen> = table
        .cells()
        .iter()
        .map(|cell| Seen { on: on(cell.history), from: 0, count: cell.count })
        .collect();
    cells.sort_by(|a, b| a.on.cmp(&b.on));
    let mut before = vec![false; lists]; // The hidden cell is weighed first.
    for cell in &mut cells {
        let differs = cell.on.iter().zip(&before).position(|(a, b)| a != b);
        cell.from = differs.unwrap_or(0);
        before.clone_from(&cell.on);
    }
    cells
}
