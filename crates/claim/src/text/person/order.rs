//! How may a name stand to a verb: before it, behind a colon, in a headline, in an apposition?

use super::Person;
use crate::text::{
    Here, Reader,
    clause::Verb,
    lexicon::{Form, Meaning, Tag},
    quantity,
};
use habeas_model::Predicate;
use std::ops::Range;

impl Reader<'_> {
    /// "fueron detenidos en esta ciudad el concejal X", "those cleared are X and Y": only where and
    /// when, or "to be", between the verb and those it is said of.
    pub(super) fn told_first(&self, verb: &Verb, between: &Range<usize>, here: &Here) -> bool {
        let page = self.page;
        let small = |at: usize| {
            let token = &page.tokens[at];
            token.is_word()
                && page.tag(at, Tag::Relative).is_none()
                && page.tag(at, Tag::Subordinate).is_none()
                && page.find(at, |m| matches!(m, Meaning::Predicate(..)).then_some(())).is_none()
        };
        let numbered = here.mentions.iter().any(|one| between.contains(&one.range.start));
        let plain = between.clone().all(small) && !numbered && between.len() <= 9;
        let after = page.lexicon.order.subject_dropped
            && (verb.finite || matches!(verb.form, Form::Subject | Form::Object))
            && !verb.relative;
        let is = between.len() <= 6 && between.clone().any(|at| page.tag(at, Tag::Be).is_some());
        plain && (after || is)
    }

    /// "Three men were freed on Monday: X, Y and Z": the verb before a colon is of those after it.
    pub(super) fn listed_by(
        &self,
        verb: &Verb,
        first: &Person,
        last: &Person,
        here: &Here,
    ) -> bool {
        let page = self.page;
        let colon = (verb.range.end..first.range.start).rev().find(|at| page.is(*at, ':'));
        let Some(colon) = colon else { return false };
        let near = (colon + 1..first.range.start).all(|at| page.any(at, &[Tag::The, Tag::A]));
        let nearer = here.verbs.iter().any(|other| {
            other.range.start >= verb.range.end && other.range.end <= colon && other.finite
        });
        // "he said of the freed: X spoke": what follows has a verb of its own.
        let end = last.range.end;
        let ends = end >= here.tokens.end || !page.tokens[end].is_word();
        let joined = page.tag(end, Tag::And).is_some();
        near && !nearer && (ends || joined)
    }

    /// "Police have arrested X": the participle is done to whom follows it.
    pub(super) fn perfect(&self, verb: &Verb, here: &Here) -> bool {
        let page = self.page;
        let from = verb.range.start.saturating_sub(3).max(here.tokens.start);
        let has = |tag: Tag| (from..verb.range.start).any(|at| page.tag(at, tag).is_some());
        verb.form == Form::Participle && has(Tag::Have) && !has(Tag::Be)
    }

    /// "X freed after two years", "X later died in a cell": no object follows the participle.
    pub(super) fn headline(&self, verb: &Verb, between: &Range<usize>, here: &Here) -> bool {
        let page = self.page;
        let end = verb.range.end;
        let open = end >= here.tokens.end
            || !page.tokens[end].is_word()
                && quantity::number(page, end, here.tokens.end).is_none()
            || page.tag(end, Tag::Preposition).is_some()
            || here.dates.iter().any(|one| one.range.start == end);
        let alone = matches!(verb.predicate, Predicate::Died | Predicate::Missing);
        let near = between.clone().all(|at| page.tokens[at].is_word());
        open && near && between.len() <= usize::from(alone)
    }

    /// "X, held at", "X and Y, both held at": a comma and no more between a name and a participle.
    pub(super) fn apposed(&self, between: &Range<usize>) -> bool {
        let page = self.page;
        let rest = between.start + 1..between.end;
        let both = |at: usize| [Tag::All, Tag::Both].iter().any(|tag| page.tag(at, *tag).is_some());
        page.is(between.start, ',') && rest.len() < 2 && rest.clone().all(both)
    }
}
