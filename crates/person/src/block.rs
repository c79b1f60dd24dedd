//! Which pairs are worth comparing: those that share a key, in blocks of bounded size.

use crate::normalise::{Parts, sound};
use std::collections::{BTreeSet, HashMap};

/// A block larger than this is left to finer keys: comparing all of it would cost more than it
/// finds.
const LARGEST: usize = 300;

/// Pairs of indices, smaller first, that share a number, or a sound of a surname and the beginning
/// of a given name, or
/// two sounds of surnames.
#[must_use]
pub fn pairs(people: &[Parts]) -> BTreeSet<(usize, usize)> {
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, parts) in people.iter().enumerate() {
        for key in keys(parts) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.into_values().filter(|block| block.len() <= LARGEST) {
        for (nth, &left) in block.iter().enumerate() {
            pairs.extend(
                block[nth + 1..].iter().map(|&right| (left, right)).filter(|(l, r)| l != r),
            );
        }
    }
    pairs
}

fn keys(parts: &Parts) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if parts.number.len() >= 4 {
        keys.insert(format!("n{}", parts.number));
    }
    let surnames: Vec<String> = parts.surnames.iter().map(|word| sound(word)).collect();
    let initials: BTreeSet<char> =
        parts.given.iter().filter_map(|word| sound(word).chars().next()).collect();
    for surname in &surnames {
        keys.extend(initials.iter().map(|initial| format!("s{surname} {initial}")));
    }
    if let [first, second, ..] = &surnames[..] {
        let (low, high) = if first <= second { (first, second) } else { (second, first) };
        keys.insert(format!("b{low} {high}"));
    }
    if surnames.is_empty() {
        keys.extend(parts.given.iter().map(|word| format!("g{}", sound(word))));
    }
    keys
}
