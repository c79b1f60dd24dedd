//! Does a verb of the sentence say something of these persons, and how sure is that?

use super::Person;
use crate::text::{
    Here, Reader,
    clause::{Verb, clause},
    lexicon::{Form, Meaning, Tag},
    quantity::Amount,
};
use habeas_model::{Modality, Predicate};
use std::ops::Range;

impl Reader<'_> {
    /// How unsure it is that a verb is said of these people; `None` if it is not.
    pub(super) fn fits(
        &self,
        verb: &Verb,
        first: &Person,
        last: &Person,
        all: &[Person],
        here: &Here,
        including: bool,
    ) -> Option<usize> {
        let page = self.page;
        let counted = counted(self, verb, last, here);
        if verb.form == Form::Noun
            && !matches!(verb.predicate, Predicate::ChargesPending)
            && !self.possessed(verb, last, here)
        {
            let told = self.noun_of(verb, first, here) && !self.credited(first, here);
            let between = verb.range.end..first.range.start.max(verb.range.end);
            let free = told && !self.divided(&between, false, all);
            return free.then_some(3);
        }
        let after = verb.range.start >= last.range.end;
        let between = if after {
            last.range.end..verb.range.start
        } else if verb.range.end <= first.range.start {
            verb.range.end..first.range.start
        } else {
            return None;
        };
        if self.divided(&between, after, all) {
            return None;
        }
        let of_a_thing = || between.clone().any(|at| page.tag(at, Tag::Thing).is_some());
        let thing = after && (self.whose(&between) || of_a_thing());
        let colon = self.listed_by(verb, first, last, here);
        let apart = !after
            && !including
            && !colon
            && between.clone().any(|at| {
                page.tag(at, Tag::Preposition).is_some() && !page.lexicon.order.adjective_after
            });
        let fronted = self.fronted(verb, first, here);
        let apart = apart && !fronted;
        let passive = after && self.another(&between, here) || self.credited(first, here);
        if passive || thing || apart || counted && !including || between.len() > 16 {
            return None;
        }
        let active = verb.form == Form::Object || verb.form == Form::Participle && !verb.finite;
        if after {
            return self.follows(verb, last, &between, active, here);
        }
        let missing = verb.predicate == Predicate::Missing
            && verb.form == Form::Subject
            && between.len() <= 2
            && between.clone().all(|at| page.tokens[at].is_word());
        let allowed = active
            || self.perfect(verb, here)
            || including
            || colon
            || fronted
            || missing
            || verb.form == Form::Future
            || page.lexicon.order.subject_dropped
                && matches!(verb.form, Form::Subject | Form::Participle);
        let direct = between.len() <= 3
            || including
            || colon
            || fronted
            || self.told_first(verb, &between, here);
        (allowed && direct).then_some(between.len() + 1)
    }

    /// How unsure it is that a verb is said of the people named before it.
    fn follows(
        &self,
        verb: &Verb,
        last: &Person,
        between: &Range<usize>,
        active: bool,
        here: &Here,
    ) -> Option<usize> {
        let page = self.page;
        // "X freed 12": X is no detainee. A glued participle after a comma is an apposition.
        let glued = self.apposed(between);
        // "released him"; in Spanish a "la" behind the verb is an article.
        let object = page.tag(verb.range.end, Tag::Object).is_some()
            && !page.lexicon.order.subject_dropped
            || here.mentions.iter().any(|one| {
                one.range.start <= verb.range.end + 1 && one.range.start >= verb.range.end
            });
        // "was detained again over a breach"; "had pardoned 6,134" has an object.
        let from = verb.range.start.saturating_sub(3).max(last.range.end);
        let be = (from..=verb.range.start).any(|at| page.tag(at, Tag::Be).is_some());
        let joined = self.joined(verb, last, here);
        let passive = verb.form == Form::Participle && (verb.finite && be || joined);
        let (object, active) = (object && !passive, active && !joined && !self.one_of(between));
        let glued = glued || self.headline(verb, between, here);
        if active && (!glued || verb.form == Form::Object) || object {
            return None;
        }
        let relative = between.clone().any(|at| page.tag(at, Tag::Relative).is_some());
        Some(between.len() / 2 + usize::from(relative) * 2)
    }

    /// "was driven to the border and expelled", "fue llevada al puerto y embarcada": a participle that
    /// goes on with a verb said of the same person.
    fn joined(&self, verb: &Verb, last: &Person, here: &Here) -> bool {
        let page = self.page;
        let and = (verb.range.start.saturating_sub(2).max(last.range.end)..verb.range.start)
            .find(|at| page.tag(*at, Tag::And).is_some());
        and.is_some_and(|and| {
            here.verbs.iter().any(|other| {
                let passive = other.form == Form::Participle && other.finite;
                passive && other.range.start >= last.range.end && other.range.end <= and
            }) && !here.mentions.iter().any(|one| (last.range.end..and).contains(&one.range.start))
        })
    }

    /// "Arrested in March, X was": a participle that a sentence begins with is of its subject.
    pub(super) fn fronted(&self, verb: &Verb, first: &Person, here: &Here) -> bool {
        let page = self.page;
        let opens = (here.tokens.start..verb.range.start).all(|at| !page.tokens[at].capital);
        let start = first.range.start;
        let comma =
            (start.saturating_sub(4).max(verb.range.end)..start).rev().find(|at| page.is(*at, ','));
        let near = comma.is_some_and(|comma| {
            (comma + 1..start).all(|at| page.tokens[at].is_word())
                && !here.verbs.iter().any(|other| {
                    other.range.start >= verb.range.end && other.range.end <= comma && other.finite
                })
        });
        // "Detained since May, X": a state, of which the verb of an arrest says too much.
        let since = page.tag(verb.range.end, Tag::Since).is_some() && !verb.predicate.is_state();
        opens && near && !since && verb.form == Form::Participle && !verb.finite
    }

    /// "X, whose father is imprisoned": said of the father.
    fn whose(&self, between: &Range<usize>) -> bool {
        let page = self.page;
        between.clone().any(|at| {
            page.tag(at, Tag::Relative).is_some()
                && page.tag(at, Tag::Possessive).is_some()
                && !(at..between.end).any(|at| page.is(at, ','))
        })
    }

    /// Whether another person, a stop or a verb of saying stands between a person and a verb.
    fn divided(&self, between: &Range<usize>, after: bool, all: &[Person]) -> bool {
        let page = self.page;
        let other = all.iter().any(|person| between.contains(&person.name_range.start));
        let stops = between.clone().any(|at| {
            page.is(at, ';') || page.is(at, ':') && after || page.tag(at, Tag::Contrast).is_some()
        });
        let says = between.clone().any(|at| {
            page.find(at, |m| matches!(m, Meaning::Speech(_)).then_some(())).is_some()
                && page.tag(at, Tag::Have).is_none()
                || page.tag(at, Tag::RulesOut).is_some()
        });
        other || stops || says
    }

    /// Words between a person and a verb that give the verb another subject: "warned X until all
    /// the prisoners are released".
    fn another(&self, between: &Range<usize>, here: &Here) -> bool {
        let page = self.page;
        let relative = between.clone().any(|at| page.tag(at, Tag::Relative).is_some());
        !relative
            && between.clone().any(|at| {
                // "X, held since May, was moved": a date is no clause.
                let dated = here.dates.iter().any(|one| (at..=at + 1).contains(&one.range.start));
                let clause = page.tag(at, Tag::Subordinate).is_some()
                    && page.tag(at, Tag::Relative).is_none()
                    && !dated;
                let until = page.tag(at, Tag::Until).is_some_and(|end| {
                    page.tag(end, Tag::All).is_some() || page.tag(end, Tag::Relative).is_some()
                });
                clause && between.end > at + 2 || until
            })
    }

    /// "The families thanked X", "praised X for": who is thanked is not who was freed.
    fn credited(&self, person: &Person, here: &Here) -> bool {
        let page = self.page;
        let from = person.range.start.saturating_sub(4).max(here.tokens.start);
        (from..person.range.start).any(|at| page.tag(at, Tag::Credits).is_some())
    }

    /// "welcomed the release on Saturday of X", "la muerte de X": what is told, not asked for.
    fn noun_of(&self, verb: &Verb, person: &Person, here: &Here) -> bool {
        let page = self.page;
        let (from, to) = (verb.range.end, person.range.start);
        let of = (from..(from + 4).min(to)).any(|at| page.tag(at, Tag::Of).is_some());
        let event = !verb.predicate.is_state() || verb.predicate == Predicate::Missing;
        let plain = (from..to).all(|at| !page.tokens[at].is_stop() && !page.tokens[at].is_quote());
        of && event && plain && to - from < 14 && self.told(verb, person, here)
    }

    /// Nobody asks for what a noun says, promises or denies it. That nobody knows "the whereabouts
    /// of X" says that X is missing.
    fn told(&self, verb: &Verb, person: &Person, here: &Here) -> bool {
        let page = self.page;
        let missing = verb.predicate == Predicate::Missing;
        let start = clause(page, &here.tokens, verb.range.start).start;
        let unsaid = (start..verb.range.start.min(person.range.start.max(start))).any(|at| {
            let tags = [Tag::Deny, Tag::Asks, Tag::Negation, Tag::Future, Tag::Frees];
            let tags = if missing { &tags[..1] } else { &tags[..] };
            page.any(at, tags)
        });
        let demanded = here.cues.iter().any(|cue| {
            // "ordered the release of X" promises it.
            matches!(cue.modality, Modality::Demanded | Modality::Denied)
                || cue.modality == Modality::Promised && !verb.predicate.leaves_custody()
        });
        !unsaid && (missing || !verb.negated && !verb.future && !demanded)
    }

    /// "Guanipa's freedom", "X's arrest drew protests": what is told, not asked for.
    fn possessed(&self, verb: &Verb, person: &Person, here: &Here) -> bool {
        verb.range.start == person.range.end + 1
            && self.page.word(person.range.end).ends_with('s')
            && (!verb.predicate.is_state() || verb.predicate == Predicate::Missing)
            && self.told(verb, person, here)
    }
}

/// Whether a number of people stands between a person and a verb: the verb is said of the number,
/// unless the person is one of them.
fn counted(reader: &Reader, verb: &Verb, last: &Person, here: &Here) -> bool {
    let between = last.range.end..verb.range.start.max(last.range.end);
    // "X and 11 others were freed": the verb is of X as well.
    let and = reader.page.tag(last.range.end, Tag::And);
    let one_of = reader.one_of(&between)
        || here
            .mentions
            .iter()
            .any(|one| Some(one.range.start) == and && one.end <= verb.range.start)
        || here.mentions.iter().any(|one| {
            one.amount.value() == Some(1)
                && one.range.start >= last.range.end
                && one.range.end <= verb.range.start
        });
    !one_of
        && here.mentions.iter().any(|one| {
            one.range.start.abs_diff(verb.range.start) < 8
                && one.range.start >= last.range.end
                && one.range.end <= verb.range.start
                || verb.range.start >= one.range.start
                    && verb.range.end <= one.end
                    && one.amount != Amount::Nobody
        })
}
