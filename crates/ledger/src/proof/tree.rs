//! The tree over all leaves: its root at any size, and the paths that prove what is in it.

use rayon::prelude::*;
pub use tlog_tiles::tlog::Hash;
use tlog_tiles::tlog::{self, HashReader, node_hash, split_stored_hash_index};

/// Below so many nodes a level is made without other threads: they would cost more than they bring.
const WORTH_SHARING: usize = 4096;

/// A Merkle tree (RFC 6962, section 2.1) in memory: `levels[l][n]` is the hash over the leaves
/// `n * 2^l .. (n + 1) * 2^l`. 64 bytes a leaf.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// How many leaves there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Puts leaves at the end.
    pub fn grow(&mut self, leaves: impl IntoIterator<Item = Hash>) {
        if self.levels.is_empty() {
            self.levels.push(Vec::new());
        }
        self.levels[0].extend(leaves);
        for level in 1.. {
            let below = &self.levels[level - 1];
            if below.len() < 2 {
                return;
            }
            let had = self.levels.get(level).map_or(0, Vec::len);
            let fresh = above(&below[2 * had..]);
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            self.levels[level].extend(fresh);
        }
    }

    /// The leaf at `index`, from 0.
    #[must_use]
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index).ok()?).copied()
    }

    /// The root over the first `size` leaves; none if there are not so many.
    #[must_use]
    pub fn root(&self, size: u64) -> Option<Hash> {
        if size > self.size() {
            return None;
        }
        tlog::tree_hash(size, self).ok()
    }

    /// That the leaf at `index` is in the tree of `size` leaves (RFC 6962, section 2.1.1).
    #[must_use]
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        if size > self.size() || index >= size {
            return None;
        }
        tlog::prove_record(size, index, self).ok()
    }

    /// That the tree of `new` leaves continues that of `old` (RFC 6962, section 2.1.2).
    #[must_use]
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        if new > self.size() || old == 0 || old > new {
            return None;
        }
        tlog::prove_tree(new, old, self).ok()
    }
}

fn above(below: &[Hash]) -> Vec<Hash> {
    let node = |pair: &[Hash]| node_hash(pair[0], pair[1]);
    match below.len() < WORTH_SHARING {
        true => below.chunks_exact(2).map(node).collect(),
        false => below.par_chunks_exact(2).with_min_len(WORTH_SHARING / 4).map(node).collect(),
    }
}

impl HashReader for Tree {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        let read = |index: &u64| {
            let (level, n) = split_stored_hash_index(*index);
            let level = self.levels.get(usize::from(level));
            level.and_then(|level| level.get(usize::try_from(n).ok()?)).copied()
        };
        let found: Option<Vec<Hash>> = indexes.iter().map(read).collect();
        found.ok_or(tlog::Error::IndexesNotInTree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tlog_tiles::tlog::{check_record, check_tree, record_hash};

    fn leaves(size: u64) -> Vec<Hash> {
        (0..size).map(|n| record_hash(&n.to_be_bytes())).collect()
    }

    /// The definition of RFC 6962, word for word.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => tlog::EMPTY_HASH,
            [one] => *one,
            _ => {
                let k = leaves.len().next_power_of_two() / 2;
                node_hash(by_definition(&leaves[..k]), by_definition(&leaves[k..]))
            }
        }
    }

    /// Every size, every leaf and every earlier size, by exhaustion up to 33.
    #[test]
    fn every_proof_of_every_small_tree_holds_and_no_other_leaf_does() {
        let all = leaves(33);
        for size in 0..=33_u64 {
            let mut tree = Tree::default();
            tree.grow(all[..size as usize / 2].iter().copied());
            tree.grow(all[size as usize / 2..size as usize].iter().copied());
            let root = tree.root(size).unwrap();
            assert_eq!(root, by_definition(&all[..size as usize]), "{size} leaves");
            for index in 0..size {
                let path = tree.inclusion(index, size).unwrap();
                assert!(check_record(&path, size, root, index, all[index as usize]).is_ok());
                let other = record_hash(b"another");
                assert!(check_record(&path, size, root, index, other).is_err());
            }
            for old in 1..=size {
                let path = tree.consistency(old, size).unwrap();
                let before = tree.root(old).unwrap();
                assert!(check_tree(&path, size, root, old, before).is_ok());
                if old != size {
                    assert!(check_tree(&path, size, root, old, record_hash(b"x")).is_err());
                }
            }
        }
    }

    #[test]
    fn a_tree_made_by_many_hands_is_the_same() {
        let all = leaves(3 * WORTH_SHARING as u64 + 5);
        let mut tree = Tree::default();
        tree.grow(all.iter().copied());
        assert_eq!(tree.root(tree.size()).unwrap(), by_definition(&all));
        assert_eq!(tree.inclusion(5, 5), None);
        assert_eq!(tree.root(tree.size() + 1), None);
    }
}
