//! Pairs joined into persons, with guards against chains.
//!
//! # Invariants
//! 1. Every row is in exactly one person.
//! 2. Two groups are joined only if, over all pairs between them, the evidence is for it: a chain
//!    brothers through one poor row is not followed.
//! 3. What was decided "not the same" is never in one person.
//! 4. Where lists hold a person once, no person has two rows of one list.

use super::{
    compare::Memos,
    decided::Decided,
    model::Model,
    rows::Rows,
    run::{Pair, odds},
};
use crate::table::LinkSettings;

/// Pairs between two groups that are looked at, at most.
const LOOKED_AT: usize = 64;
/// Bits beyond which one pair says no more: no pair outweighs several.
const CAP: f32 = 12.0;

struct Groups<'a> {
    up: Vec<u32>,
    members: Vec<Vec<u32>>,
    decided: &'a Decided,
    rows: &'a Rows,
    model: &'a Model,
    one_to_one: bool,
}

/// Who is one person with whom.
pub struct Joined {
    /// The smallest row of each row's person.
    pub persons: Vec<u32>,
    /// Decisions "the same" that a decision "not the same" forbade.
    pub contradicted: usize,
}

/// Joins rows: first what was decided, then pairs, strongest first.
pub fn join(
    rows: &Rows,
    model: &Model,
    pairs: &[Pair],
    settings: &LinkSettings,
    decided: &Decided,
) -> Joined {
    let least = odds(settings.join).min(odds(0.5));
    let mut order: Vec<u32> = (0..pairs.len() as u32).collect();
    order.retain(|&at| pairs[at as usize].weight >= least);
    order.sort_unstable_by(|&a, &b| {
        let (x, y) = (&pairs[a as usize], &pairs[b as usize]);
        y.weight.total_cmp(&x.weight).then((x.left, x.right).cmp(&(y.left, y.right)))
    });
    let mut groups = Groups {
        up: (0..rows.len() as u32).collect(),
        members: vec![Vec::new(); rows.len()],
        decided,
        rows,
        model,
        one_to_one: settings.one_to_one,
    };
    let mut contradicted = 0;
    for (left, right) in decided.joined() {
        let (a, b) = (groups.root(left), groups.root(right));
        if a == b {
            continue;
        }
        let (of_a, of_b) = (groups.of(a), groups.of(b));
        if decided.forbid(&of_a, &of_b) {
            contradicted += 1; // Invariant 3.
        } else {
            groups.unite(a, b, of_a, of_b);
        }
    }
    let mut memo = Memos::new(rows);
    for at in order {
        let pair = pairs[at as usize];
        if !decided.is_unsure(pair.left, pair.right) {
            groups.consider(pair.left, pair.right, &mut memo);
        }
    }
    Joined { persons: (0..rows.len() as u32).map(|row| groups.root(row)).collect(), contradicted }
}

impl Groups<'_> {
    fn root(&mut self, row: u32) -> u32 {
        let mut root = row;
        while self.up[root as usize] != root {
            root = self.up[root as usize];
        }
        self.up[row as usize] = root;
        root
    }

    fn of(&self, root: u32) -> Vec<u32> {
        let members = &self.members[root as usize];
        if members.is_empty() { vec![root] } else { members.clone() }
    }

    fn consider(&mut self, left: u32, right: u32, memo: &mut Memos) {
        let (a, b) = (self.root(left), self.root(right));
        if a == b {
            return;
        }
        let (of_a, of_b) = (self.of(a), self.of(b));
        if self.forbidden(&of_a, &of_b) {
            return; // Invariants 3 and 4.
        }
        if of_a.len() * of_b.len() > 1 && self.evidence(&of_a, &of_b, memo) <= 0.0 {
            return; // Invariant 2.
        }
        self.unite(a, b, of_a, of_b);
    }

    fn unite(&mut self, a: u32, b: u32, of_a: Vec<u32>, of_b: Vec<u32>) {
        let (low, high) = (a.min(b), a.max(b));
        self.up[high as usize] = low;
        let mut all = of_a;
        all.extend(of_b);
        all.sort_unstable();
        self.members[high as usize] = Vec::new();
        self.members[low as usize] = all;
    }

    fn forbidden(&self, a: &[u32], b: &[u32]) -> bool {
        let lists = &self.rows.lists;
        let twice = self.one_to_one
            && !lists.is_empty()
            && a.iter().any(|&x| b.iter().any(|&y| lists[x as usize] == lists[y as usize]));
        twice || self.decided.forbid(a, b)
    }

    /// Mean weight over the pairs between two groups, each capped.
    fn evidence(&self, a: &[u32], b: &[u32], memo: &mut Memos) -> f32 {
        let (mut sum, mut count) = (0.0, 0.0);
        let step = (a.len() * b.len()).div_ceil(LOOKED_AT);
        let all = a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y)));
        for (x, y) in all.step_by(step) {
            let pattern = self.rows.compare(self.rows.row(x), self.rows.row(y), memo);
            sum += self.model.weight(pattern).clamp(-CAP, CAP);
            count += 1.0;
        }
        sum / count
    }
}
