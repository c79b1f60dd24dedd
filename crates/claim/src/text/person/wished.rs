//! What is promised, asked for or denied of a person has not therefore happened.

use crate::text::{
    Here, Reader,
    clause::Verb,
    found::{Fired, Found},
    lexicon::{Form, Tag},
};
use habeas_model::{Kind, Modality};

/// So many tokens may stand between "promised", "urged the ministry" and the verb.
const NEAR: usize = 6;
/// So many between "denied" and whom it is denied of.
const FAR: usize = 10;

impl Reader<'_> {
    /// "promised to free X" is a promise, "denies holding X" a denial, "urged them to free X" says
    /// nothing of X.
    pub(in crate::text) fn wished(&self, found: Vec<Found>, here: &Here) -> Vec<Found> {
        found.into_iter().filter_map(|one| self.wish(one, here)).collect()
    }

    /// What is denied of somebody who is named is no second denial of nobody.
    pub(in crate::text) fn denied_once(found: &mut Vec<Found>) {
        let named: Vec<_> = found
            .iter()
            .filter(|one| one.kind == Kind::Denial && one.person.is_some())
            .map(|one| one.range.clone())
            .collect();
        let told = |one: &Found| {
            named.iter().any(|at| one.range.start <= at.start && at.start < one.range.end + NEAR)
        };
        found
            .retain(|one| one.rules[0].rule != "denial.fact" || one.person.is_some() || !told(one));
    }

    /// Whether the speaker denies, or promises, what a claim tells: "denied that X had been
    /// arrested", "ordered that X be freed", "denied having detained X and Y": what stands in one clause
    /// behind the word that denies.
    fn told_of(&self, one: &Found, here: &Here, stance: Modality) -> bool {
        let page = self.page;
        let verb = here
            .verbs
            .iter()
            .find(|verb| verb.predicate == one.predicate && verb.range.end + FAR > one.range.start);
        here.cues.iter().any(|cue| {
            let end = cue.verb.end;
            if cue.modality != stance || end > one.range.start {
                return false;
            }
            let between = end..one.range.start;
            let plain = between.len() <= FAR && between.clone().all(|at| page.tokens[at].is_word());
            let that = between.clone().take(5).any(|at| page.tag(at, Tag::Relative).is_some());
            let own = verb.is_some_and(|verb| (end..end + 3).contains(&verb.range.start));
            // "denied the charges and X was freed".
            let and = between.clone().find(|at| page.tag(*at, Tag::And).is_some());
            let joined = and.is_none_or(|and| verb.is_some_and(|verb| verb.range.start < and));
            plain && joined && (that || own && (between.len() <= 3 || and.is_some()))
        })
    }

    fn wish(&self, mut one: Found, here: &Here) -> Option<Found> {
        if one.kind == Kind::Person && self.told_of(&one, here, Modality::Denied) {
            one.kind = Kind::Denial;
            one.rules.push(Fired::new("person.wished", one.range.clone()));
            return Some(one);
        }
        let leaves = one.kind == Kind::Person && one.predicate.leaves_custody();
        if leaves && self.told_of(&one, here, Modality::Promised) {
            one.kind = Kind::Promise;
            one.rules.push(Fired::new("person.wished", one.range.clone()));
            return Some(one);
        }
        let verb = here.verbs.iter().find(|verb| {
            verb.predicate == one.predicate
                && verb.range.start >= one.range.start
                && verb.range.end <= one.range.end
        });
        let verb = verb.filter(|verb| match one.kind {
            Kind::Person => !verb.finite,
            // "demanded the release of 12", "exige que se libere a 12".
            Kind::Count => {
                // "asked for five of the prisoners to be freed".
                let to_be = verb.form == Form::Participle
                    && verb.range.start > 1
                    && self.page.tag(verb.range.start - 1, Tag::Be).is_some()
                    && self.page.tag(verb.range.start - 2, Tag::To).is_some();
                let asked = verb.form == Form::Noun
                    || verb.form == Form::Object && !verb.finite
                    || to_be && self.asked_for(&one, here);
                asked && one.predicate.leaves_custody()
            }
            _ => false,
        });
        if let Some(verb) = verb
            && one.kind == Kind::Count
            && verb.form == Form::Participle
        {
            return None;
        }
        let Some((verb, wish)) = verb.and_then(|verb| Some((verb, self.wished_by(verb, here)?)))
        else {
            return Some(one);
        };
        one.kind = match wish {
            Modality::Promised | Modality::Denied if one.kind == Kind::Count => return Some(one),
            Modality::Promised if one.predicate.leaves_custody() => Kind::Promise,
            Modality::Denied => Kind::Denial,
            Modality::Demanded => return None,
            _ => return Some(one),
        };
        one.rules.push(Fired::new("person.wished", verb.range.clone()));
        Some(one)
    }

    /// "asked for five of": whether a word of asking stands right before a number.
    fn asked_for(&self, one: &Found, here: &Here) -> bool {
        let from = one.anchor.start.saturating_sub(4).max(here.tokens.start);
        (from..one.anchor.start).any(|at| self.page.tag(at, Tag::Asks).is_some())
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
