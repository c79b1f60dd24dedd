//! Who is meant where no name stands: "the journalist was moved", "Sigue en prisión".

use super::Person;
use crate::text::{
    Here, Reader,
    clause::Verb,
    lexicon::{Form, Meaning, Tag},
};
use habeas_model::{Category, Kind};
use std::ops::Range;

/// So many tokens may stand before a verb whose subject is left out: "Una semana después".
const LEAD: usize = 8;
/// So near behind a verb its subject may stand.
const BEHIND: usize = 9;

impl Reader<'_> {
    /// Adds those who are meant by a noun or by a verb alone; as with "she", somebody named before
    /// is meant.
    pub(super) fn meant_again(&self, here: &Here, all: &mut Vec<Person>) {
        let dropped = self.unnamed(here, all);
        for (range, name) in dropped.into_iter().chain(self.by_noun(here)) {
            let free = all.iter().all(|one| {
                one.range.end <= range.start || one.range.start >= range.end.max(range.start + 1)
            });
            if free {
                let at = all.partition_point(|one| one.range.start < range.start);
                let name_range = range.clone();
                all.insert(at, Person { range, name_range, name, pronoun: true });
            }
        }
    }

    /// The person claimed of last.
    fn claimed(&self) -> Option<&str> {
        let recent = self.claims.iter().rev().take(8);
        let mut named = recent.filter(|claim| claim.kind == Kind::Person);
        named.find_map(|claim| claim.person.as_ref().map(habeas_model::Name::reveal))
    }

    /// "The journalist was moved to", "El joven sigue en": nouns with an article that say again who
    /// was told of before.
    fn by_noun(&self, here: &Here) -> Option<(Range<usize>, String)> {
        let page = self.page;
        let name = self.claimed()?.to_owned();
        let start = here.tokens.clone().find(|at| page.tokens[*at].is_word())?;
        let noun = page.tag(start, Tag::The).filter(|noun| *noun == start + 1)?;
        let adjective = page.tokens.get(noun).is_some_and(|one| one.is_word() && !one.capital);
        let (end, category) = (noun..noun + 1 + usize::from(adjective)).find_map(|at| {
            page.find(at, |m| if let Meaning::People(of) = m { Some(*of) } else { None })
        })?;
        let armed = matches!(category, Some(Category::SecurityForces | Category::Military));
        let official = |m: &Meaning| matches!(m, Meaning::Source(_)).then_some(());
        let speaker = category.is_none() && page.find(noun, official).is_some();
        let told = self.begins_verb(end, here) && !page.word(end - 1).ends_with('s');
        (told && !armed && !speaker && !self.many(end)).then_some((start..end, name))
    }

    /// Whether a verb of what is told of somebody begins at a token, small words before it.
    fn begins_verb(&self, at: usize, here: &Here) -> bool {
        let verb = here.verbs.iter().find(|verb| verb.range.start >= at);
        verb.is_some_and(|verb| {
            verb.form != Form::Noun
                && verb.range.start <= at + 5
                && (at..verb.range.start).all(|at| self.small(at))
                && (verb.finite || verb.form == Form::Subject)
        })
    }

    /// A word of a group of verbs: "ya", "has", "not", "be".
    fn small(&self, at: usize) -> bool {
        let page = self.page;
        let tags = [Tag::Be, Tag::Have, Tag::Negation, Tag::Still, Tag::Perfect, Tag::Additional];
        page.any(at, &tags) || page.tokens[at].is_word() && page.hits(at).is_empty()
    }

    /// Whether the verb at a token is of several: "were", "fueron", "salieron".
    fn many(&self, at: usize) -> bool {
        let page = self.page;
        let dropped = page.lexicon.order.subject_dropped;
        page.any(at, &[Tag::Several])
            || dropped && page.word(at).ends_with('n') && page.tag(at, Tag::At).is_none()
    }

    /// "Sigue en prisión", "dijo que había sido trasladado": the first verb of a sentence, or of what
    /// is said, has nobody before it and nobody behind it.
    fn unnamed(&self, here: &Here, all: &[Person]) -> Option<(Range<usize>, String)> {
        let page = self.page;
        if !page.lexicon.order.subject_dropped {
            return None;
        }
        let said = |start: usize| {
            let that = start.checked_sub(1).filter(|at| page.tag(*at, Tag::Relative).is_some());
            that.is_some_and(|that| here.cues.iter().any(|cue| cue.verb.end == that))
        };
        here.verbs.iter().find_map(|verb| {
            let start = self.group(verb, here);
            let opens = said(start) || self.opens(start, here, all);
            let near = self.topic.near_person() || said(start);
            let one = self.of_one(start, verb)
                && (!verb.relative || said(start))
                && !self.subject_behind(verb, here, all);
            (opens && near && one).then(|| (start..start, String::new()))
        })
    }

    /// Where the group of a verb begins: "no ha sido".
    fn group(&self, verb: &Verb, here: &Here) -> usize {
        let page = self.page;
        let tags = [Tag::Be, Tag::Have, Tag::Negation, Tag::Still, Tag::Perfect];
        let from = verb.range.start.saturating_sub(5).max(here.tokens.start);
        (from..verb.range.start)
            .rev()
            .take_while(|at| page.any(*at, &tags))
            .last()
            .unwrap_or(verb.range.start)
    }

    /// Whether nothing but a date, an adverb or a mark stands before a verb.
    fn opens(&self, start: usize, here: &Here, all: &[Person]) -> bool {
        let page = self.page;
        let lead = here.tokens.start..start;
        let dated = |at: usize| here.dates.iter().any(|one| one.range.contains(&at));
        let plain = |at: usize| {
            let token = &page.tokens[at];
            let subject = |m: &Meaning| {
                matches!(
                    m,
                    Meaning::People(_) | Meaning::Source(_) | Meaning::Predicate(..) | Meaning::Kin
                )
                .then_some(())
            };
            let named = token.capital && at > here.tokens.start;
            let voice = here.cues.iter().any(|cue| cue.range.contains(&at));
            !token.is_word()
                || dated(at)
                || voice
                || !named
                    && page.find(at, subject).is_none()
                    && !page
                        .any(at, &[Tag::Relative, Tag::Pronoun, Tag::Group, Tag::Object, Tag::Both])
        };
        let first = !page.tokens[here.tokens.start].capital
            || lead.is_empty()
            || dated(here.tokens.start)
            || !page.hits(here.tokens.start).is_empty();
        lead.len() <= LEAD
            && first
            && lead.clone().all(plain)
            && !all.iter().any(|one| lead.contains(&one.name_range.start))
            && !here
                .mentions
                .iter()
                .any(|one| lead.contains(&one.range.start) && !dated(one.range.start))
    }

    /// Whether a verb is of one person whom nothing names.
    fn of_one(&self, start: usize, verb: &Verb) -> bool {
        let page = self.page;
        let told = match verb.form {
            Form::Participle => verb.finite,
            Form::Subject => true,
            _ => false,
        };
        let first = (start..verb.range.end).find(|at| page.tag(*at, Tag::Negation).is_none());
        let first = first.unwrap_or(start);
        let last = page.word(verb.range.end - 1);
        let several = last.ends_with("os") || last.ends_with("as");
        told && !self.many(first) && !(several && verb.form == Form::Participle)
    }

    /// "Fue liberado también el concejal X", "sigue la búsqueda": the subject stands behind the verb.
    fn subject_behind(&self, verb: &Verb, here: &Here, all: &[Person]) -> bool {
        let page = self.page;
        let end = verb.range.end;
        let upto = (end + BEHIND).min(here.tokens.end);
        let stop =
            (end..upto).find(|at| !page.tokens[*at].is_word() || page.tag(*at, Tag::By).is_some());
        let upto = stop.unwrap_or(upto);
        let dated =
            |at: usize| here.dates.iter().any(|one| (at..=at + 1).contains(&one.range.start));
        let article = page.any(end, &[Tag::The, Tag::A, Tag::Possessive]) && !dated(end);
        let named = all.iter().any(|one| (end..upto).contains(&one.range.start) && !one.pronoun);
        let counted = here.mentions.iter().any(|one| (end..upto).contains(&one.range.start));
        let inside = page.tag(end, Tag::The).is_none()
            && page.find(end, |m| matches!(m, Meaning::People(_)).then_some(())).is_some();
        article || named || counted || inside
    }
}
