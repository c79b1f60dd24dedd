//! Which words of a sentence are told of the number beside this one? "31 dead and 12 injured", "of
//! the 30 detained, 12 were freed".

use super::{Verb, link::nominal};
use crate::text::{
    lexicon::{Form, Tag},
    page::Page,
    quantity::Mention,
};
use std::ops::Range;

/// Whether a verb is what the number next to this one is called, where each has a word of its own.
pub fn told_of(page: &Page, all: &[Mention], nth: usize, verb: &Verb, verbs: &[Verb]) -> bool {
    if !own(&all[nth], verbs) {
        return false;
    }
    let before = nth.checked_sub(1).map(|at| (at, nth));
    let after = (nth + 1 < all.len()).then_some((nth + 1, nth));
    [before, after].into_iter().flatten().any(|(other, nth)| {
        let other = &all[other];
        let (first, last) = if other.range.start < all[nth].range.start {
            (other, &all[nth])
        } else {
            (&all[nth], other)
        };
        let close = end(first, verbs);
        let joined = close <= last.range.start
            && last.range.start - close <= 2
            && (close..last.range.start)
                .all(|at| page.is(at, ',') || page.tag(at, Tag::And).is_some());
        let inside = verb.range.start >= other.range.end && verb.range.end <= end(other, verbs);
        joined && inside && own(other, verbs)
    })
}

/// One past a number with the noun or the bare participle that tells what became of them.
fn end(one: &Mention, verbs: &[Verb]) -> usize {
    participle(one, verbs).map_or(one.end, |verb| verb.range.end)
}

fn participle<'v>(one: &Mention, verbs: &'v [Verb]) -> Option<&'v Verb> {
    verbs
        .iter()
        .find(|verb| verb.range.start == one.end && verb.form == Form::Participle && !verb.relative)
}

/// Whether a number has a word of its own: "31 dead", "300 arrested".
fn own(one: &Mention, verbs: &[Verb]) -> bool {
    nominal(one).is_some() || participle(one, verbs).is_some()
}

/// "Of the 30 detained, 12 were freed": where the clause of the whole ends.
pub fn opens_whole(
    page: &Page,
    all: &[Mention],
    nth: usize,
    inside: &Range<usize>,
) -> Option<usize> {
    let of = page.tag(inside.start, Tag::Of)?;
    let start = page.tag(of, Tag::The).unwrap_or(of);
    let (one, next) = (&all[nth], all.get(nth + 1)?);
    let comma = (one.end..next.range.start).find(|at| page.is(*at, ','))?;
    (of..=start).contains(&one.range.start).then_some(comma)
}

/// "45 people, including 12 women and three minors, had been freed": the way to the verb begins
/// behind the apposition.
pub fn behind_apposition(page: &Page, between: Range<usize>) -> Range<usize> {
    let opens =
        page.is(between.start, ',') && page.tag(between.start + 1, Tag::Including).is_some();
    let closes = between.clone().skip(1).rfind(|at| page.is(*at, ','));
    closes.filter(|_| opens).map_or(between.clone(), |close| close + 1..between.end)
}
