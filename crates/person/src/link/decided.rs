//! What people decided about pairs of rows, which no run undoes.

use std::collections::{HashMap, HashSet};

/// Decisions about rows, by row number.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    same: Vec<(u32, u32)>,
    apart: HashMap<u32, Vec<u32>>,
    unsure: HashSet<(u32, u32)>,
}

impl Decided {
    /// Two rows are one person.
    pub fn same(&mut self, a: u32, b: u32) {
        self.same.push((a.min(b), a.max(b)));
    }

    /// Two rows are two persons.
    pub fn apart(&mut self, a: u32, b: u32) {
        self.apart.entry(a).or_default().push(b);
        self.apart.entry(b).or_default().push(a);
    }

    /// Somebody looked, and could not tell: the pair is not joined by its own weight.
    pub fn unsure(&mut self, a: u32, b: u32) {
        self.unsure.insert((a.min(b), a.max(b)));
    }

    /// Pairs decided to be one person, sorted.
    #[must_use]
    pub fn joined(&self) -> Vec<(u32, u32)> {
        let mut same = self.same.clone();
        same.sort_unstable();
        same.dedup();
        same
    }

    /// Whether somebody could not tell.
    #[must_use]
    pub fn is_unsure(&self, a: u32, b: u32) -> bool {
        self.unsure.contains(&(a.min(b), a.max(b)))
    }

    /// Whether a row of one group was told apart from a row of the other.
    #[must_use]
    pub fn forbid(&self, a: &[u32], b: &[u32]) -> bool {
        let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        !self.apart.is_empty()
            && few.iter().filter_map(|row| self.apart.get(row)).flatten().any(|x| many.contains(x))
    }
}
