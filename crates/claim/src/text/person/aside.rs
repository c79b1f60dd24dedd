//! Who only speaks, and who speaks and is told of all the same: "X, freed on Monday, said".

use super::Person;
use crate::text::{
    Here, Reader,
    clause::Verb,
    lexicon::{Form, Tag},
};

impl Reader<'_> {
    /// A speaker of the sentence who is not also the subject of a predicate.
    pub(super) fn speaks(&self, person: &Person, here: &Here) -> bool {
        here.cues.iter().filter_map(|cue| Some((cue, cue.source?))).any(|(_, source)| {
            let range = &here.sources[source].range;
            range.start <= person.name_range.start
                && person.name_range.end <= range.end
                && !here.sources[source].pronoun
                || here.sources[source].pronoun && person.range == *range
        })
    }

    /// Where the verb of saying begins whose subject is named before it.
    fn cue_of(&self, person: &Person, here: &Here) -> Option<usize> {
        let cue = here.cues.iter().find(|cue| {
            cue.source.is_some_and(|source| {
                let range = &here.sources[source].range;
                range.start <= person.name_range.start && person.name_range.end <= range.end
            })
        })?;
        (cue.verb.start >= person.range.end).then_some(cue.verb.start)
    }

    /// Whether a verb tells of a speaker in a clause of its own: right behind the name, or before
    /// "and said".
    pub(super) fn aside(&self, verb: &Verb, person: &Person, here: &Here) -> bool {
        let page = self.page;
        let end = person.range.end;
        if verb.range.start <= end {
            return false;
        }
        let between = end..verb.range.start;
        let who = page.is(end, ',')
            && page.tag(end + 1, Tag::Relative).is_some()
            && page.tag(end + 1, Tag::Possessive).is_none();
        let relative = who && (end + 1..verb.range.start).all(|at| !page.is(at, ','));
        let glued = page.is(end, ',') && between.len() <= 2 && verb.form == Form::Participle;
        let passive = verb.form == Form::Participle && verb.finite && between.len() <= 3;
        let joined = || {
            let cue = self.cue_of(person, here).filter(|cue| verb.range.end <= *cue);
            cue.is_some_and(|cue| (verb.range.end..cue).any(|at| page.tag(at, Tag::And).is_some()))
        };
        relative || glued || passive && joined()
    }
}
