//! Words of the register that are a typed word, begin with it, or are one slip away from it.
//!
//! The words lie by the alphabet, so those with a common beginning are a range of ranks. A walk
//! narrows the range letter by letter, and once may take a letter otherwise (Damerau 1964: changed,
//! lost, added, or swapped with its neighbour).

use super::Search;
use std::ops::Range;

/// One walk.
pub struct Walk<'a> {
    search: &'a Search,
    /// Whether words that begin so are meant, not those that are so.
    open: bool,
    /// What was found: ranks, and whether a slip was needed.
    pub found: Vec<(Range<u32>, bool)>,
}

impl<'a> Walk<'a> {
    /// Walks by a word, with at most one slip if `slip`.
    pub fn by(search: &'a Search, word: &str, open: bool, slip: bool) -> Walk<'a> {
        let mut walk = Walk { search, open, found: Vec::new() };
        walk.go(0..search.ranked.len() as u32, 0, word.as_bytes(), slip, false);
        walk
    }

    fn go(&mut self, range: Range<u32>, depth: usize, rest: &[u8], spare: bool, slipped: bool) {
        if range.is_empty() {
            return;
        }
        let Some((&letter, after)) = rest.split_first() else {
            self.end(range, depth, spare, slipped);
            return;
        };
        // A word that may go on after a slip in its last letter would be half the register.
        if !spare || (self.open && after.is_empty()) {
            self.go(self.child(&range, depth, letter), depth + 1, after, false, slipped);
            return;
        }
        for (other, child) in self.children(&range, depth) {
            let fits = other == letter;
            self.go(child.clone(), depth + 1, after, fits, slipped || !fits); // Changed.
            self.go(child, depth + 1, rest, false, true); // Lost by the typist.
        }
        self.go(range.clone(), depth, after, false, true); // Added by the typist.
        if let Some((&second, tail)) = after.split_first()
            && second != letter
        {
            let turned = self.child(&self.child(&range, depth, second), depth + 1, letter);
            self.go(turned, depth + 2, tail, false, true);
        }
    }

    /// The typed word has ended.
    fn end(&mut self, range: Range<u32>, depth: usize, spare: bool, slipped: bool) {
        let first = range.start;
        if self.open {
            self.found.push((range, slipped));
            return;
        }
        if self.search.text(first).len() == depth {
            self.found.push((first..first + 1, slipped));
        }
        if spare {
            for (_, child) in self.children(&range, depth) {
                if self.search.text(child.start).len() == depth + 1 {
                    self.found.push((child.start..child.start + 1, true));
                }
            }
        }
    }

    /// The ranks of a range whose letter at a depth is this one.
    fn child(&self, range: &Range<u32>, depth: usize, letter: u8) -> Range<u32> {
        let start = self.first(range, |text| text.len() > depth && text[depth] >= letter);
        start..self.first(&(start..range.end), |text| text.len() > depth && text[depth] > letter)
    }

    fn children(&self, range: &Range<u32>, depth: usize) -> Vec<(u8, Range<u32>)> {
        let mut children = Vec::new();
        let mut at = self.first(range, |text| text.len() > depth);
        while at < range.end {
            let letter = self.search.text(at).as_bytes()[depth];
            let end = self.first(&(at..range.end), |text| text[depth] > letter);
            children.push((letter, at..end));
            at = end;
        }
        children
    }

    /// The first rank of a range from which on something holds.
    fn first(&self, range: &Range<u32>, holds: impl Fn(&[u8]) -> bool) -> u32 {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.search.text(middle).as_bytes()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}
