//! What a run found.

use super::{
    super::{
        aside::Sorted, block::Met, cluster::WeakLink, compare::Memos, decided::Decided,
        model::Model, rows::Rows,
    },
    Failed, Notice, Pair, odds,
};
use std::io;

/// The answer of a run.
pub struct Linked<P = Vec<Pair>> {
    /// Pairs from the probability `keep` on, by left and right row.
    pub pairs: P,
    /// The smallest row of each row's person.
    pub persons: Vec<u32>,
    /// Where chains were split: pairs of the joining weight that were not followed, the strongest
    /// between any two persons, strongest first.
    pub weak: Vec<WeakLink>,
    /// The model that scored.
    pub model: Model,
    /// What each block rule met, in the order of the settings.
    pub met: Vec<Met>,
    /// What to know.
    pub notices: Vec<Notice>,
    /// The rows as they were compared.
    pub rows: Rows,
    /// What had been decided.
    pub decided: Decided,
}

impl<P> Linked<P> {
    /// Whether the two rows of a pair are one person in the end, by its own weight, by others, or
    /// by decision.
    #[must_use]
    pub fn joined(&self, pair: &Pair) -> bool {
        self.persons[pair.left as usize] == self.persons[pair.right as usize]
    }

    /// How many persons have one row, two, three, ...
    #[must_use]
    pub fn sizes(&self) -> Vec<u64> {
        let mut rows = vec![0_usize; self.persons.len()];
        for &person in &self.persons {
            rows[person as usize] += 1;
        }
        let mut sizes = vec![0; rows.iter().copied().max().unwrap_or(0)];
        for size in rows.into_iter().filter(|size| *size > 0) {
            sizes[size - 1] += 1;
        }
        sizes
    }

    /// The share of rows that would not reach a probability even against their own copy.
    #[must_use]
    pub fn unlinkable(&self, join: f64) -> f64 {
        let (mut memo, least) = (Memos::new(&self.rows), odds(join));
        let step = self.rows.len().div_ceil(20_000).max(1);
        let (mut poor, mut seen) = (0.0, 0.0_f64);
        for row in (0..self.rows.len() as u32).step_by(step) {
            let of = self.rows.row(row);
            let pattern = self.rows.compare(of, of, &mut memo);
            poor += f64::from(u8::from(self.model.weight(pattern) < least));
            seen += 1.0;
        }
        poor / seen.max(1.0)
    }
}

impl Linked<Pairs> {
    /// The same answer with its pairs in memory.
    pub fn held(self) -> Result<Linked, Failed> {
        let Linked { pairs, persons, weak, model, met, notices, rows, decided } = self;
        let pairs = pairs.held()?;
        Ok(Linked { pairs, persons, weak, model, met, notices, rows, decided })
    }
}

/// Ends of the probabilities by which pairs are counted; the last ends nowhere.
pub const SURE: [f64; 6] = [0.5, 0.8, 0.95, 0.99, 0.999, f64::INFINITY];

/// Pairs by left and right row, in memory or on a disk.
pub struct Pairs {
    sorted: Sorted,
    count: usize,
    sure: [u64; SURE.len()],
}

/// Pairs that are counted at once.
const AT_ONCE: usize = 1 << 13;

impl Pairs {
    /// Counts the pairs of sorted lines while somebody sees them.
    pub(super) fn new(
        sorted: Sorted,
        mut see: impl FnMut(&[Pair]) -> io::Result<()>,
    ) -> io::Result<Pairs> {
        let mut pairs = Pairs { sorted, count: 0, sure: [0; SURE.len()] };
        let (mut count, mut sure) = (0, [0; SURE.len()]);
        pairs.each(AT_ONCE, |some| {
            count += some.len();
            some.iter().for_each(|pair| sure[SURE.partition_point(|end| pair.p() >= *end)] += 1);
            see(some)
        })?;
        (pairs.count, pairs.sure) = (count, sure);
        Ok(pairs)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many are as sure as [`SURE`] says.
    #[must_use]
    pub fn sure(&self) -> &[u64; SURE.len()] {
        &self.sure
    }

    /// Shows all pairs in their order, so many at once: less only at the end.
    pub fn each<E: From<io::Error>>(
        &self,
        at_once: usize,
        mut see: impl FnMut(&[Pair]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut some = Vec::new();
        self.sorted.each(at_once, |lines| {
            some.clear();
            some.extend(lines.iter().map(|line| Pair::of(*line)));
            see(&some)
        })
    }

    fn held(self) -> io::Result<Vec<Pair>> {
        if let Sorted::Held(lines) = self.sorted {
            return Ok(lines.into_iter().map(Pair::of).collect());
        }
        let mut all = Vec::with_capacity(self.count);
        self.each(AT_ONCE, |some| {
            all.extend_from_slice(some);
            Ok::<_, io::Error>(())
        })?;
        Ok(all)
    }
}
