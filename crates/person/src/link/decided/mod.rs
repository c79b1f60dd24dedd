//! What people decided about pairs of rows, which no run undoes.

mod said;

pub use said::{Place, Said, settle};

use habeas_model::Verdict;
use std::collections::{BTreeMap, HashMap};

/// Decisions about rows, by row number.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    pairs: BTreeMap<(u32, u32), Verdict>,
    /// The other rows of each row's decisions that keep it from being joined.
    held: HashMap<u32, Vec<u32>>,
}

impl Decided {
    /// Takes what somebody said about two rows; what is said later of the same two holds.
    pub fn decide(&mut self, a: u32, b: u32, verdict: Verdict) {
        let pair = (a.min(b), a.max(b));
        if pair.0 == pair.1 {
            return;
        }
        if self.pairs.insert(pair, verdict).is_none() {
            self.held.entry(a).or_default().push(b);
            self.held.entry(b).or_default().push(a);
        }
    }

    /// What was decided about two rows.
    #[must_use]
    pub fn of(&self, a: u32, b: u32) -> Option<Verdict> {
        self.pairs.get(&(a.min(b), a.max(b))).copied()
    }

    /// All pairs, sorted, each with what was decided last.
    pub fn all(&self) -> impl Iterator<Item = (u32, u32, Verdict)> + '_ {
        self.pairs.iter().map(|(&(left, right), &verdict)| (left, right, verdict))
    }

    /// Pairs decided to be one person, sorted.
    pub fn joined(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.all().filter(|one| one.2 == Verdict::Same).map(|(left, right, _)| (left, right))
    }

    /// Whether nobody has decided anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Whether a row of one group has been told apart from a row of the other.
    #[must_use]
    pub fn forbid(&self, a: &[u32], b: &[u32]) -> bool {
        self.between(a, b, |verdict| verdict == Verdict::NotSame)
    }

    /// Whether two groups may not be joined by weight alone: a row of one has been told apart from
    /// a row of the other, or somebody looked at the two and could not tell.
    #[must_use]
    pub fn hold_apart(&self, a: &[u32], b: &[u32]) -> bool {
        self.between(a, b, |verdict| verdict != Verdict::Same)
    }

    fn between(&self, a: &[u32], b: &[u32], wanted: impl Fn(Verdict) -> bool) -> bool {
        if self.pairs.is_empty() {
            return false;
        }
        let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        few.iter().any(|&x| {
            let others = self.held.get(&x).into_iter().flatten();
            let mut others = others.filter(|&&y| self.of(x, y).is_some_and(&wanted));
            others.any(|y| many.contains(y))
        })
    }
}
