//! Lines of a page, and those that run at the head or foot of many pages and are no part of the
//! words.

use super::{Page, Segment};
use std::collections::HashMap;

/// A page without what runs along its head and foot: the places of its segments that stay.
pub struct Kept<'a> {
    pub page: &'a Page,
    /// Indices of its segments, in the order they were drawn in.
    pub segments: Vec<usize>,
}

/// Pages from which on a line is said to run.
const RUNS: usize = 3;

/// Leaves out lines that stand at the head or foot of three pages and of most pages, digits aside.
pub fn without_running_heads(pages: &[Page]) -> Vec<Kept<'_>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut edge: Vec<String> =
            edges(page).into_iter().map(|nth| masked(&page.segments[nth])).collect();
        edge.sort();
        edge.dedup();
        edge.into_iter().for_each(|words| *counts.entry(words).or_default() += 1);
    }
    let most = RUNS.max(pages.len() / 2);
    let runs = |segment: &Segment| counts.get(&masked(segment)).is_some_and(|n| *n >= most);
    let kept = |page| {
        let edge = edges(page);
        let stays = |nth: &usize| !(edge.contains(nth) && runs(&page.segments[*nth]));
        Kept { page, segments: (0..page.segments.len()).filter(stays).collect() }
    };
    pages.iter().map(kept).collect()
}

/// The segments on the two highest and the two lowest lines.
fn edges(page: &Page) -> Vec<usize> {
    let mut bases: Vec<i64> = page.segments.iter().map(|s| s.base().round() as i64).collect();
    bases.sort_unstable();
    bases.dedup();
    let picked: Vec<i64> = match bases.len() {
        0..=4 => {
            vec![bases.first().copied(), bases.last().copied()].into_iter().flatten().collect()
        }
        n => vec![bases[0], bases[1], bases[n - 2], bases[n - 1]],
    };
    let at_edge = |segment: &Segment| picked.contains(&(segment.base().round() as i64));
    (0..page.segments.len()).filter(|nth| at_edge(&page.segments[*nth])).collect()
}

/// Its words with every number as one mark, so that “page 3” is “page 4”.
fn masked(segment: &Segment) -> String {
    let mut masked = String::new();
    for c in segment.text().chars() {
        match c.is_ascii_digit() {
            true if masked.ends_with('#') => {}
            true => masked.push('#'),
            false => masked.push(c),
        }
    }
    masked
}
