//! How many people, as vaguely as it was said?
//!
//! [`find`] gives every number of a sentence that may be a number of people, with its hedges and
//! the noun that follows it.

mod head;
mod number;
mod reject;

pub use head::{Head, Noun, add_nation, attributes, nation, nations, noun, noun_nation, people};
pub use number::{Amount, Number, number};
pub use reject::is_counted_in_month;

use super::{
    lexicon::{Hedge, Meaning, Sorts, Tag},
    page::Page,
};
use habeas_model::Quantity;
use std::ops::Range;

/// A number of people, perhaps.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Tokens of number and hedges.
    pub range: Range<usize>,
    /// What was said of the number itself.
    pub amount: Amount,
    /// How it is hedged.
    pub hedge: Option<Hedge>,
    /// What follows it.
    pub head: Head,
    /// One past the tokens of the noun that follows.
    pub end: usize,
    /// "the other 38".
    pub remainder: bool,
    /// "another 12".
    pub additional: bool,
    /// "of them" stands before or after it.
    pub of_them: bool,
    /// The whole that it is a part of, if that stands with it ("50 out of roughly 800").
    pub of: Option<Box<Mention>>,
}

/// Every number of tokens `range` that may be a number of people.
#[must_use]
pub fn find(page: &Page, range: Range<usize>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match mention(page, at, &range) {
            Some(one) => {
                let of = one.of.as_ref().map_or(0, |of| of.end);
                at = one.end.max(one.range.end).max(at + 1).max(of);
                found.push(one);
            }
            None => at += skip(page, at, &range),
        }
    }
    found
}

/// Tokens to go on by where nothing is made of the number at `at`: a whole number, not its tail.
fn skip(page: &Page, at: usize, range: &Range<usize>) -> usize {
    let found = number(page, at, range.end).filter(|one| !matches!(one.amount, Amount::Some(..)));
    found.map_or(1, |one| one.end.saturating_sub(at).max(1))
}

/// Whether a hedge or a word for all or for the rest may begin here.
fn may_hedge(page: &Page, at: usize) -> bool {
    page.sorts(at).meets(Sorts::HEDGE) || page.any(at, &[Tag::Remainder, Tag::Additional, Tag::All])
}

fn mention(page: &Page, at: usize, range: &Range<usize>) -> Option<Mention> {
    if !number::may_begin(page, at) && !may_hedge(page, at) {
        return None;
    }
    let mut before = hedges(page, at, range.end);
    let counted = number(page, before.at, range.end).or_else(|| {
        // "some" hedges a number; where none follows, it is one: "some opposition figures".
        let vague = number(page, at, range.end);
        let vague = vague.filter(|one| matches!(one.amount, Amount::Some(..)))?;
        before = Before { at, hedge: None, ..before };
        Some(vague)
    });
    let Some(found) = counted.or_else(|| number::one_more(page, at, &mut before)) else {
        return rest(page, at, &before, range);
    };
    if reject::is_no_count(page, &found, &before, range) {
        return None;
    }
    let (mut end, mut hedge) = (found.end, before.hedge);
    if let Some((after, kind)) = page.find(end, after) {
        (end, hedge) = (after, hedge.or(Some(kind)));
    }
    // "the 13 remaining", "los 13 restantes".
    let left = page.tag(end, Tag::Remainder).filter(|_| matches!(found.amount, Amount::Exactly(_)));
    end = left.unwrap_or(end);
    if let (Amount::Of(..), None) = (&found.amount, hedge) {
        // "nine in ten" is as rough as a percentage.
        let tenths = matches!(found.amount, Amount::Of(_, 10));
        hedge = (found.percent || tenths).then_some(Hedge::About);
    }
    let head = noun(page, end, range.end, &found);
    // "A fifth citizen remains": one more.
    let one_more = found.ordinal && at > range.start && page.tag(at - 1, Tag::A).is_some();
    let one_more = one_more || found.ordinal && page.tag(at, Tag::A).is_some();
    let mut made = Mention {
        range: at..end,
        amount: if one_more { Amount::Exactly(1) } else { found.amount },
        hedge,
        end: head.end(end),
        head,
        remainder: before.remainder || left.is_some(),
        additional: one_more || before.additional || page.tag(end, Tag::Additional).is_some(),
        of_them: false,
        of: None,
    };
    let definite =
        page.tag(made.range.end, Tag::Of).is_some_and(|next| page.tag(next, Tag::The).is_some());
    whole(page, &mut made, range);
    made.of_them |= definite && made.of.is_none() && made.head.people().is_some();
    // "21 releases more": but "people more than" compares.
    made.additional |= page.tag(made.end, Tag::Additional).is_some_and(|next| next == made.end + 1)
        && made.end > made.range.end
        && page.find(made.end, self::before).is_none()
        && page.token(made.end + 1).is_none_or(|token| !token.is_word());
    made.remainder |= page.tag(made.range.end, Tag::Remainder).is_some();
    (!reject::has_no_people(page, &made, range)).then_some(made)
}

/// "los demás", "the rest", "all must report": a number that is only pointed to.
fn rest(page: &Page, at: usize, before: &Before, range: &Range<usize>) -> Option<Mention> {
    let all = page.tag(at, Tag::All).filter(|end| *end == before.at || *end == at + 1);
    let end = if before.remainder { before.at } else { all? };
    let verb = |at: usize| {
        page.find(at, |m| matches!(m, Meaning::Predicate(..)).then_some(())).is_some()
            || page.tag(at, Tag::Be).is_some()
            || page.tag(at, Tag::Have).is_some()
    };
    let comma = before.remainder && page.is(end, ',');
    let follows = end < range.end
        && (comma || verb(end) || (page.tag(end, Tag::Future).is_some() && verb(end + 1)));
    let begins = before.remainder || at <= range.start + 1;
    let amount = if before.remainder { Amount::Rest } else { Amount::All };
    (follows && begins).then_some(Mention {
        range: at..end,
        amount,
        hedge: None,
        end,
        head: Head::Elided,
        remainder: before.remainder,
        additional: false,
        of_them: false,
        of: None,
    })
}

fn before(meaning: &Meaning) -> Option<Hedge> {
    if let Meaning::Before(hedge) = meaning { Some(*hedge) } else { None }
}

fn after(meaning: &Meaning) -> Option<Hedge> {
    if let Meaning::After(hedge) = meaning { Some(*hedge) } else { None }
}

/// Hedges before a number.
pub struct Before {
    /// One past them.
    pub at: usize,
    /// The strongest.
    pub hedge: Option<Hedge>,
    /// "the other".
    pub remainder: bool,
    /// "another".
    pub additional: bool,
}

fn hedges(page: &Page, start: usize, end: usize) -> Before {
    let mut before = Before { at: start, hedge: None, remainder: false, additional: false };
    for _ in 0..4 {
        let at = before.at;
        if at >= end {
            break;
        }
        if let Some(next) = page.tag(at, Tag::Remainder) {
            before.remainder = true;
            before.at = next;
        } else if let Some((next, hedge)) =
            page.find(at, self::before).filter(|_| at > start || !page.within_predicate(at))
        {
            // "another" is both; in "more than" nothing is added.
            before.additional |= page.tag(at, Tag::Additional).is_some_and(|end| end >= next);
            if hedge != Hedge::Only {
                before.hedge = Some(before.hedge.unwrap_or(hedge));
            }
            before.at = next;
        } else if let Some(next) = page.tag(at, Tag::Additional) {
            before.additional = true;
            before.at = next;
        } else if page.token(at).is_some_and(|token| token.is_quote()) && at > start {
            before.at = at + 1;
        } else {
            break;
        }
    }
    before
}

/// Sees whether a whole stands with the number: "50 out of roughly 800", "six of them".
fn whole(page: &Page, made: &mut Mention, range: &Range<usize>) {
    let mut end = made.end;
    // "about 50 detainees have walked free out of roughly 800": up to eight tokens between.
    made.of_them = (end..(end + 2).min(range.end)).any(|at| {
        // "26 arrests, of them nine students": of the 26, who are no part themselves.
        let next = page.tag(at, Tag::OfThem).filter(|_| page.is(end, ',') && at == end + 1);
        let other = next.is_some_and(|next| number(page, next, range.end).is_some());
        page.tag(at, Tag::OfThem).is_some() && !other
    });
    // "Five from our town were among them".
    made.of_them |= (end..(end + 7).min(range.end)).any(|at| {
        let among = page.tag(at, Tag::Be).filter(|next| page.tag(*next, Tag::OutOf).is_some());
        among.is_some_and(|next| page.tag(next, Tag::OfThem).is_some())
    });
    if made.of_them {
        return;
    }
    if page.token(end).is_some_and(|token| token.is_quote()) {
        end += 1;
    }
    let direct = page.tag(end, Tag::Of);
    let far = || {
        let upto = (end + 9).min(range.end);
        (end..upto).take_while(|at| !page.tokens[*at].is_stop()).find_map(|at| {
            page.tag(at, Tag::OutOf).filter(|next| {
                // "de un estimado de 400": a plain "de" is of a whole only before a hedge.
                let hedge = page.find(*next, self::before);
                let hedged = hedge.is_some_and(|(_, hedge)| hedge == Hedge::About);
                *next > at + 1 || page.tag(at, Tag::Of).is_none() || hedged
            })
        })
    };
    let Some(next) = direct.or_else(far) else { return };
    let before = hedges(page, next, range.end);
    let Some(found) = number(page, before.at, range.end) else { return };
    let plain = matches!(found.amount, Amount::Exactly(n) if n > 1) && !found.ordinal;
    if !plain || reject::is_no_count(page, &found, &before, range) {
        return;
    }
    let head = noun(page, found.end, range.end, &found);
    let part = Mention {
        range: next..found.end,
        end: head.end(found.end),
        amount: found.amount,
        hedge: before.hedge,
        head,
        remainder: before.remainder,
        additional: before.additional,
        of_them: false,
        of: None,
    };
    let unit = page.tag(part.range.end, Tag::Unit).is_some();
    if direct.is_some() && unit && part.head == Head::Nothing {
        made.head = Head::Nothing; // "three of the nine years".
        return;
    }
    let small = made.amount.value().zip(part.amount.value()).is_none_or(|(a, b)| a <= b);
    let people = !reject::has_no_people(page, &part, range) && part.head != Head::Nothing;
    if small && (people || matches!(made.amount, Amount::Of(..)) || direct.is_some()) {
        made.of = Some(Box::new(part));
    }
}

impl Mention {
    /// Whether only "and" and small words stand between token `from` and this number.
    #[must_use]
    pub fn joins(&self, page: &Page, from: usize) -> bool {
        let between = from..self.range.start.max(from);
        !between.is_empty()
            && between.len() <= 5
            && page.tag(between.end - 1, Tag::And).is_some()
            && between.clone().all(|at| page.tokens[at].is_word())
    }

    /// Whether it is a fraction or all but some of a whole.
    #[must_use]
    pub fn is_share(&self) -> bool {
        matches!(self.amount, Amount::Of(..) | Amount::AllBut(_))
    }

    /// The quantity, once fractions and rests are known; `None` for a fraction of an unknown whole.
    #[must_use]
    pub fn quantity(&self, whole: Option<u32>) -> Option<Quantity> {
        let hedged = |n: u32| match self.hedge {
            Some(Hedge::AtLeast) => Quantity::AtLeast(n),
            Some(Hedge::MoreThan) => Quantity::MoreThan(n),
            Some(Hedge::AtMost) => Quantity::AtMost(n),
            Some(Hedge::FewerThan) => Quantity::FewerThan(n),
            Some(Hedge::About) => Quantity::About(n),
            _ => Quantity::Exact(n),
        };
        Some(match &self.amount {
            Amount::Exactly(n) => hedged(*n),
            Amount::Roughly(n) if self.hedge.is_none() => Quantity::About(*n),
            Amount::Roughly(n) => hedged(*n),
            Amount::Nobody => Quantity::Exact(0),
            Amount::Some(word, floor) => Quantity::vague(word.as_ref(), *floor),
            Amount::Between(a, b) => Quantity::between(*a, *b).ok()?,
            Amount::Of(a, b) => {
                let whole = self.of.as_ref().and_then(|of| of.amount.value()).or(whole)?;
                let part = u64::from(whole) * u64::from(*a);
                let rest = part % u64::from(*b);
                let (floor, round) =
                    (part / u64::from(*b), (part * 2 + u64::from(*b)) / (2 * u64::from(*b)));
                match self.hedge {
                    // Fewer than a quarter of 274 (68.5) is at most 68.
                    Some(Hedge::FewerThan) if rest > 0 => Quantity::FewerThan(floor as u32 + 1),
                    _ => hedged(round as u32),
                }
            }
            Amount::AllBut(n) => hedged(whole?.checked_sub(*n)?),
            Amount::Rest | Amount::Same | Amount::All => return None,
        })
    }
}
