//! Who is named as one of some that are counted: "two of those freed, X and Y", "among the twelve
//! is X", "X was among 12 people pardoned".

use super::{Person, link::Said};
use crate::text::{
    Here, Reader,
    lexicon::{Form, Meaning, Part, Tag},
    quantity,
};
use std::ops::Range;

/// So many tokens may stand between what is said of some and the names of a few of them.
const NEAR: usize = 5;
/// So many between the number and what is said.
const WIDE: usize = 14;

impl Reader<'_> {
    /// "X was one of 22 people rounded up", "is among the 12 freed": the number is of X too.
    pub(super) fn one_of(&self, between: &Range<usize>) -> bool {
        let page = self.page;
        between.clone().any(|at| {
            let one =
                |meaning: &Meaning| matches!(meaning, Meaning::Number(Part::Unit, 1)).then_some(());
            let be = at > 0 && page.tag(at - 1, Tag::Be).is_some();
            let number = page.find(at, one);
            let of = number.is_some_and(|(end, ())| page.tag(end, Tag::Of).is_some());
            be && (of || page.tag(at, Tag::OutOf).is_some() && page.tag(at, Tag::Of).is_none())
        })
    }

    /// "Two of those freed on Monday, brothers X and Y, said": what is said of the some is said of
    /// the named.
    pub(super) fn apposed_to_some(&self, first: &Person, here: &Here) -> Option<Said> {
        let page = self.page;
        let mut at = first.range.start;
        // "brothers", "the economist".
        let small = |at: usize| page.tokens[at].is_word() && !page.tokens[at].capital;
        while at > here.tokens.start && first.range.start - at < 3 && small(at - 1) {
            at -= 1;
        }
        let comma = at.checked_sub(1).filter(|at| page.is(*at, ',') || page.is(*at, '('))?;
        let from = comma.saturating_sub(WIDE).max(here.tokens.start);
        let some = (from..comma).rev().find(|at| self.begins_some(*at))?;
        if (some..comma).any(|at| page.is(at, ',')) {
            return None;
        }
        // "held in X, and one of them, Y, was": what was said of them last.
        if (some..comma).any(|at| page.tag(at, Tag::OfThem) == Some(comma)) {
            let last = self.topic.last()?;
            return Some((last.predicate, None, "person.one-of-some", 4));
        }
        let said = here.verbs.iter().rev().find(|verb| {
            let told = verb.form != Form::Noun && !verb.negated && !verb.future;
            told && verb.range.start > some && verb.range.end <= comma
        });
        let said = said.filter(|verb| verb.range.end + NEAR >= comma && !verb.finite)?;
        Some((said.predicate, None, "person.one-of-some", 3))
    }

    /// "two of", "one of": a number of them, not all.
    fn begins_some(&self, at: usize) -> bool {
        let page = self.page;
        let number = quantity::number(page, at, (at + 4).min(page.tokens.len()));
        number.is_some_and(|number| page.any(number.end, &[Tag::Of, Tag::OfThem]))
    }

    /// "Among the twelve are X and Y": what was said of the twelve before.
    pub(super) fn among_those(&self, first: &Person, here: &Here) -> Option<Said> {
        let page = self.page;
        let start = here.tokens.start;
        let among = page.tag(start, Tag::OutOf).filter(|end| *end < first.range.start)?;
        let near = first.range.start - among <= 9;
        let be = (among..first.range.start).any(|at| page.tag(at, Tag::Be).is_some());
        if !near || !be {
            return None;
        }
        let number = here.mentions.iter().find(|one| one.range.start <= among + 1);
        let number = number.and_then(|one| one.amount.value());
        let said = number.map_or_else(|| self.topic.last(), |n| self.topic.numbered(n))?;
        Some((said.predicate, None, "person.among", 3))
    }
}
