//! What is said of the people that a sentence counts or names?
//!
//! [`verbs`] gives every predicate of a sentence with its voice and tense; [`link`] decides which
//! of them a number belongs to.

mod link;
mod neighbour;
mod verb;

pub use link::{Link, further, link};
pub use neighbour::opens_whole;
pub use verb::{Verb, verbs, with_repeats};

use super::{lexicon::Tag, page::Page};
use std::ops::Range;

/// The clause of a sentence that token `at` stands in: cut at semicolons, colons, dashes and
/// contrasts.
#[must_use]
pub fn clause(page: &Page, sentence: &Range<usize>, at: usize) -> Range<usize> {
    let mut start = sentence.start;
    for token in (sentence.start..at).rev() {
        if cuts(page, token, sentence) {
            start = token + 1;
            break;
        }
    }
    let end = (at + 1..sentence.end).find(|token| cuts(page, *token, sentence));
    start..end.unwrap_or(sentence.end)
}

fn cuts(page: &Page, at: usize, sentence: &Range<usize>) -> bool {
    let token = &page.tokens[at];
    token.is(';')
        || token.is(':')
        || (token.is_dash() && at > sentence.start + 1)
        || (page.tag(at, Tag::Contrast).is_some() && at > sentence.start + 1)
}
