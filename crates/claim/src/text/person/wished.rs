//! What is promised, asked for or denied of a person has not therefore happened.

use crate::text::{
    Here, Reader,
    clause::Verb,
    found::{Fired, Found},
    lexicon::Tag,
};
use habeas_model::{Kind, Modality};

/// So many tokens may stand between "promised", "urged the ministry" and the verb.
const NEAR: usize = 6;

impl Reader<'_> {
    /// "promised to free X" is a promise, "denies holding X" a denial, "urged them to free X" says
    /// nothing of X.
    pub(in crate::text) fn wished(&self, found: Vec<Found>, here: &Here) -> Vec<Found> {
        found.into_iter().filter_map(|one| self.wish(one, here)).collect()
    }

    fn wish(&self, mut one: Found, here: &Here) -> Option<Found> {
        let verb = here.verbs.iter().find(|verb| {
            verb.predicate == one.predicate
                && verb.range.start >= one.range.start
                && verb.range.end <= one.range.end
        });
        let verb = verb.filter(|verb| one.kind == Kind::Person && !verb.finite);
        let Some((verb, wish)) = verb.and_then(|verb| Some((verb, self.wished_by(verb, here)?)))
        else {
            return Some(one);
        };
        one.kind = match wish {
            Modality::Promised if one.predicate.leaves_custody() => Kind::Promise,
            Modality::Denied => Kind::Denial,
            Modality::Demanded => return None,
            _ => return Some(one),
        };
        one.rules.push(Fired::new("person.wished", verb.range.clone()));
        Some(one)
    }

    /// How whoever speaks stands to what the verb says, where the verb is what they promise, ask
    /// for or deny.
    fn wished_by(&self, verb: &Verb, here: &Here) -> Option<Modality> {
        let page = self.page;
        let from = verb.range.start.saturating_sub(NEAR).max(here.tokens.start);
        let plain = |at: usize| (at..verb.range.start).all(|at| page.tokens[at].is_word());
        if (from..verb.range.start).any(|at| page.tag(at, Tag::Asks).is_some() && plain(at)) {
            return Some(Modality::Demanded);
        }
        let cue = here.cues.iter().find(|cue| {
            cue.verb.start >= from && cue.verb.end <= verb.range.start && plain(cue.verb.end)
        })?;
        let near = verb.range.start - cue.verb.end <= 2;
        (near || cue.modality == Modality::Demanded).then_some(cue.modality)
    }
}
