//! Is a count one batch, a tally of the day, a running total or a state at a moment?

use super::same_speaker;
use crate::text::{
    Here, Reader,
    attribution::Voice,
    clause::Verb,
    found::Found,
    lexicon::Tag,
    quantity::Head,
    time::{Dated, Sense},
};
use habeas_model::{Modality, Predicate, Quantity, Scope};
use std::ops::Range;

impl Reader<'_> {
    /// The scope of a count.
    pub(super) fn scope(
        &self,
        one: &Found,
        here: &Here,
        modality: Modality,
        voice: &Voice,
    ) -> Scope {
        if one.predicate.is_state() || one.predicate == Predicate::Excluded {
            return Scope::Stock;
        }
        let inside = one.clause.start..one.clause.end.min(here.tokens.end);
        let has = |tag: Tag| self.page.seek(inside.clone(), tag).is_some();
        if has(Tag::DayTally) {
            return Scope::Day;
        }
        if self.total(one, here, &inside)
            || self.baseline(one, here, &inside)
            || !has(Tag::Occasion) && self.so_far(one, here, &inside)
        {
            return Scope::Cumulative;
        }
        let checked = modality == Modality::Verified && !has(Tag::Occasion);
        // "553 left: 378 in January and 175 in February": each month adds up.
        let months = dates(here, &(one.anchor.end..one.anchor.end + 3)).any(in_month);
        if months && one.rules[0].rule == "count.item" && !at_once(one.predicate) {
            return Scope::Cumulative;
        }
        let figure = one.rules.iter().any(|fired| fired.rule == "count.figure");
        // What another body has checked case by case is a count of its own.
        let back = self.antecedent(one);
        let same = !checked || back.is_some_and(|claim| same_speaker(claim, voice));
        let part = one.carried && same || one.part_of.is_some();
        match back.and_then(|claim| claim.scope) {
            Some(before) if part && before != Scope::Stock && (!one.additional || figure) => before,
            Some(Scope::Day) if figure || checked => Scope::Day,
            _ => self.batch_or_total(one, here, &inside, figure || checked),
        }
    }

    /// Whether words of a running total stand in the clause and are the number's own: in "24 left,
    /// which brings to 41" they are the next number's, and "of the total" of a batch is its part.
    fn total(&self, one: &Found, here: &Here, inside: &Range<usize>) -> bool {
        let others = |end: usize| {
            let near = end..end + 2;
            here.mentions.iter().any(|other| near.contains(&other.range.start))
        };
        let batch = one.carried
            && self.antecedent(one).is_some_and(|claim| {
                claim.scope == Some(Scope::Event) && claim.predicate == one.predicate
            });
        let own = |(at, end): (usize, usize)| {
            let next = one.anchor.end > 0 && at >= one.anchor.end && others(end);
            // "taking the total to 50" is told of that number.
            let put = self.page.tag(end, Tag::To) == Some(one.anchor.start);
            let figure = batch && !put && self.page.tag(at, Tag::Figure).is_some();
            // "Se suman a los cinco ..." adds to them.
            let adds = self.page.tag(at.saturating_sub(1), Tag::Additional) == Some(end);
            !next && !figure && !adds
        };
        inside.clone().any(|at| {
            let end = self.page.tag(at, Tag::Total).filter(|end| *end <= inside.end);
            end.is_some_and(|end| own((at, end)))
        })
    }

    /// Whether a baseline stands in the clause; one behind another number is that number's.
    fn baseline(&self, one: &Found, here: &Here, inside: &Range<usize>) -> bool {
        let others = |date: &Dated| {
            let between = one.anchor.end..date.range.start.max(one.anchor.end);
            here.mentions.iter().any(|other| {
                // "abducted 14 women and 60 men since May": one baseline for both.
                let joined = other.joins(self.page, one.range.end) && other.end == date.range.start;
                between.contains(&other.range.start) && other.head != Head::Nothing && !joined
            })
        };
        dates(here, inside)
            .any(|date| matches!(date.sense, Sense::Since | Sense::SinceBefore) && !others(date))
    }

    /// What counts figures or a stretch of days adds up; what only tells what happened does not.
    fn batch_or_total(
        &self,
        one: &Found,
        here: &Here,
        inside: &Range<usize>,
        figure: bool,
    ) -> Scope {
        let before = inside.start..one.anchor.start.max(one.range.start).max(inside.start);
        let next = here.mentions.iter().map(|other| other.range.start);
        let next = next.filter(|start| *start >= one.anchor.end && one.anchor.end > 0).min();
        let own = inside.start..next.unwrap_or(inside.end).min(inside.end).max(inside.start);
        // "Five were freed, taking the total to 50": the total is of the next number.
        let comma = (one.anchor.end..own.end).find(|at| next.is_some() && self.page.is(*at, ','));
        let own = own.start..comma.unwrap_or(own.end).max(own.start);
        let on = || dates(here, inside).filter(|date| date.sense == Sense::On);
        let stretch = on().any(|date| date.when.single().is_none() && date.when.first().is_some());
        let figure = figure
            || self.window.is_some() && one.rules[0].rule == "link.heading"
            || self.page.seek(before, Tag::Tallies).is_some()
            || self.figure_word(&own, here);
        // "In July they freed 10" is a batch of that month; arrests and deaths add up in it.
        let month = on().any(in_month);
        let told = one.part_of.is_none() && one.rules[0].rule != "link.nominal";
        let month = month && !figure && told && one.predicate.leaves_custody();
        match (stretch || figure) && !at_once(one.predicate) && !month {
            true => Scope::Cumulative,
            false => Scope::Event,
        }
    }

    /// "More than 6,400 have been received", "ha excarcelado a 50": what a perfect tense without a
    /// date tells has come about up to now.
    fn so_far(&self, one: &Found, here: &Here, inside: &Range<usize>) -> bool {
        let linked = here.verbs.iter().find(|verb| verb.range == one.rules[0].words);
        let perfect = |verb: &Verb| {
            let from = verb.range.start.saturating_sub(4).max(here.tokens.start);
            (from..verb.range.start + 1).rev().any(|at| self.page.tag(at, Tag::Perfect).is_some())
        };
        // "5,120 applications have been filed": the noun tells what, the perfect that it goes on.
        let after = one.range.end..(one.range.end + 2).min(here.tokens.end);
        let nominal =
            one.rules[0].rule == "link.nominal" && self.page.seek(after, Tag::Perfect).is_some();
        let vague = matches!(one.quantity, Some(Quantity::Vague { .. }));
        // "Thousands have been arrested since the coup".
        let behind = one.range.end..(one.range.end + 3).min(inside.end);
        let vague = vague && self.page.seek(behind, Tag::Since).is_none();
        let perfect = !one.carried && !vague && (nominal || linked.is_some_and(perfect));
        // "Not one has had the case closed": none so far.
        let none = one.quantity.as_ref().is_some_and(|said| said.bounds() == (Some(0), Some(0)));
        let none = none && one.rules[0].rule != "link.heading";
        // "By Tuesday evening 56 were out".
        let by = one.predicate.leaves_custody()
            && !vague
            && linked.is_some()
            && dates(here, inside).any(|date| date.sense == Sense::Until);
        // "Two have died: a student on Monday, ...": the days are of other clauses.
        let undated = dates(here, &one.clause).next().is_none();
        by || undated && (none || perfect && !at_once(one.predicate))
    }

    /// A word for a number ("the figure") that is no noun for people ("eleven opposition figures").
    fn figure_word(&self, inside: &Range<usize>, here: &Here) -> bool {
        let people =
            |at: usize| here.mentions.iter().any(|one| one.range.start <= at && at < one.end);
        inside.clone().any(|at| self.page.tag(at, Tag::Figure).is_some() && !people(at))
    }
}

/// The dates of a clause.
fn dates<'h>(here: &'h Here, inside: &Range<usize>) -> impl Iterator<Item = &'h Dated> {
    here.dates.iter().filter(move |date| inside.contains(&date.range.start))
}

/// Whether a date is a whole month.
fn in_month(date: &Dated) -> bool {
    let first = date.when.first().filter(|first| *first == first.first_of_month());
    date.sense == Sense::On
        && first.is_some()
        && first.map(|first| first.last_of_month()) == date.when.last()
}

/// Swaps, moves, decrees and flights are batches.
fn at_once(predicate: Predicate) -> bool {
    use Predicate::*;
    matches!(predicate, Transferred | Exchanged | Pardoned | Deported)
}
