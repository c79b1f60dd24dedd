//! What is kept back, demanded or judged? Patterns of the lexicon, and promises without number.

use super::{Fired, Found};
use crate::text::{
    Here, Reader,
    attribution::{Cue, Side},
    clause::{Verb, clause},
    lexicon::{Form, Tag},
    quantity,
};
use habeas_model::{Kind, Modality, Population, Predicate, Quantity};

impl Reader<'_> {
    /// Gaps, demands and judgements of a sentence.
    pub(in crate::text) fn others(&mut self, here: &Here) -> Vec<Found> {
        let page = self.page;
        let mut found: Vec<Found> = Vec::new();
        let rules = &page.lexicon.rules;
        let mut candidates = Vec::new();
        for at in here.tokens.clone() {
            if !page.tokens[at].is_word() && !page.tokens[at].is_quote() {
                continue;
            }
            rules.at(page.tokens[at].word, page.hits(at), &mut candidates);
            for (predicate, rule) in candidates.iter().map(|number| rules.nth(*number)) {
                let hits = |at: usize| page.hits(at);
                let Some(end) = rule.matches(&page.tokens, at, here.tokens.end, &hits) else {
                    continue;
                };
                if self.elsewhere(&(at..end)) {
                    continue;
                }
                let overlaps = |one: &Found| one.range.start < end && at < one.range.end;
                let withheld = |predicate: Predicate| {
                    matches!(
                        predicate,
                        Predicate::NumberWithheld
                            | Predicate::IdentityWithheld
                            | Predicate::ListUnpublished
                    )
                };
                if found.iter().any(|one| {
                    one.predicate == *predicate && (overlaps(one) || at < one.range.end + 6)
                }) {
                    continue;
                }
                // Names withheld too: the number is the greater silence.
                if let Some(old) = found
                    .iter_mut()
                    .find(|one| withheld(*predicate) && withheld(one.predicate) && overlaps(one))
                {
                    if *predicate == Predicate::NumberWithheld {
                        old.predicate = *predicate;
                    }
                    old.range = old.range.start.min(at)..old.range.end.max(end);
                    continue;
                }
                let words = at..self.asked_upto(*predicate, end, here);
                let mut one = Found::new(words, Kind::Other, *predicate, "other.pattern");
                one.rules.push(Fired::new(format!("pattern `{}`", rule.written), at..end));
                one.clause = clause(page, &here.tokens, at);
                self.other_quantity(&mut one, here);
                self.other_people(&mut one);
                found.push(one);
            }
        }
        found.extend(self.bare_promises(here));
        found.extend(self.plural_denials(here));
        found
    }

    /// A demand reaches to the end of what is asked for: "to give the families the names".
    fn asked_upto(&self, predicate: Predicate, end: usize, here: &Here) -> usize {
        let page = self.page;
        if predicate != Predicate::Demand {
            return end;
        }
        let goes_on = |at: &usize| {
            page.tokens[*at].is_word() && !page.any(*at, &[Tag::And, Tag::Relative, Tag::Contrast])
        };
        let upto = (end + 6).min(here.tokens.end);
        (end..upto).take_while(goes_on).last().map_or(end, |last| last + 1)
    }

    /// "how many political prisoners", "the first release of Americans": of whom something is
    /// kept back, asked or judged; "all" are those whom the text was counting.
    fn other_people(&self, one: &mut Found) {
        let judged = matches!(
            one.predicate,
            Predicate::NumberWithheld
                | Predicate::VerificationPending
                | Predicate::FirstKnown
                | Predicate::Demand
                | Predicate::PromiseUnfulfilled
        );
        if !judged {
            return;
        }
        let page = self.page;
        let end = (one.range.end + 4).min(one.clause.end.max(one.range.end));
        let mut at = one.range.start;
        while at < end
            && !page.is(at, ',')
            && !(at >= one.range.end && page.tag(at, Tag::And).is_some())
        {
            match quantity::people(page, at, (at + 4).min(end)) {
                Some(noun) => {
                    at = noun.end.max(at + 1);
                    for nation in noun.population.nat {
                        quantity::add_nation(&mut one.population, nation);
                    }
                    one.population.cat = one.population.cat.or(noun.population.cat);
                    one.population.age = one.population.age.or(noun.population.age);
                }
                None => at += 1,
            }
        }
        let all = one.quantity.is_some() && one.predicate == Predicate::Demand;
        if let Some(said) = self.topic.near().filter(|_| all && one.population.cat.is_none()) {
            one.population.cat = said.population.cat;
        }
    }

    fn other_quantity(&self, one: &mut Found, here: &Here) {
        let page = self.page;
        if one.predicate == Predicate::VerificationPending {
            let from = one.range.start.saturating_sub(6).max(here.tokens.start);
            let mention = here
                .mentions
                .iter()
                .find(|m| m.range.start >= from && m.range.start <= one.range.end);
            one.quantity = mention.and_then(|mention| mention.quantity(None));
            if one.quantity.is_none()
                && let Some((at, _)) = page.seek(one.range.clone(), Tag::Additional)
            {
                one.quantity = Some(Quantity::vague(page.word(at).to_lowercase(), Some(2)));
            }
            if let Some(mention) = mention {
                one.range.start = one.range.start.min(mention.range.start);
            }
        }
        if one.predicate == Predicate::Demand
            && let Some((at, end)) =
                page.seek(one.range.start..(one.range.end + 4).min(here.tokens.end), Tag::All)
            && (one.range.start..at).all(|at| {
                // "access to the camp for all" frees nobody; "the release of all" does.
                let place = page.tag(at, Tag::At).is_some() && page.tag(at, Tag::Of).is_none();
                !place && !page.any(at, &[Tag::Names, Tag::List])
            })
        {
            one.quantity = Some(Quantity::vague(page.words(at..end).to_lowercase(), None));
            one.range.end = one.range.end.max(end);
        }
    }

    /// "las excarcelaciones continuarán", "they will be freed": a promise without number.
    fn bare_promises(&self, here: &Here) -> Vec<Found> {
        let page = self.page;
        let mut found: Vec<Found> = Vec::new();
        for verb in here.verbs {
            let leaves = verb.predicate.leaves_custody();
            let inside = clause(page, &here.tokens, verb.range.start);
            let counted = here.mentions.iter().any(|one| inside.contains(&one.range.start));
            let promised = here
                .cues
                .iter()
                .any(|cue| cue.modality == Modality::Promised && cue.side != Side::Before);
            let later = verb.form == Form::Noun && self.future_after(verb.range.end, inside.end);
            let told = verb.future && verb.form != Form::Noun && promised;
            // "los capturados no saldrán libres": nobody is promised.
            let nobody = verb.negated && (verb.future || verb.form == Form::Future);
            let nobody = nobody && self.people_near(verb.range.start, here).is_some();
            let people = self.promised(verb, inside.start, here).filter(|_| !nobody);
            let vowed = self.vowed(verb, inside.end, here);
            let whole = people.as_ref().or(vowed.as_ref()).is_some_and(|(_, quantity)| {
                matches!(quantity, Quantity::Vague { floor: None, .. })
            });
            let told = told || nobody || people.is_some() || vowed.is_some();
            if !leaves || counted && !whole || !(later || told) || !found.is_empty() {
                continue;
            }
            let mut end = if later { (verb.range.end + 2).min(inside.end) } else { verb.range.end };
            if let Some((stop, _)) = vowed {
                end = stop;
            }
            let mut one =
                Found::new(verb.range.start..end, Kind::Promise, verb.predicate, "promise.bare");
            one.clause = inside;
            one.quantity = nobody.then_some(Quantity::Exact(0));
            one.population = self.people_near(verb.range.start, here).unwrap_or_default();
            if let Some((start, quantity)) = people {
                one.range.start = start;
                one.quantity = Some(quantity);
            } else if let Some((_, quantity)) = vowed.filter(|_| !nobody) {
                one.quantity = Some(quantity);
            }
            found.push(one);
        }
        found
    }

    /// "pledged to free all political prisoners", "ordered the release of those held": up to whom,
    /// and how many.
    fn vowed(&self, verb: &Verb, end: usize, here: &Here) -> Option<(usize, Quantity)> {
        let page = self.page;
        let near = |cue: &&Cue| {
            let between = cue.verb.end..verb.range.start;
            cue.modality == Modality::Promised
                && cue.verb.end <= verb.range.start
                && between.len() <= 3
                && between.clone().all(|at| page.tokens[at].is_word())
        };
        here.cues.iter().find(near)?;
        let object = matches!(verb.form, Form::Object | Form::Noun) && !verb.negated;
        let upto = (verb.range.end + 4).min(end);
        let noun = (verb.range.end..upto)
            .find_map(|at| quantity::people(page, at, (at + 1).min(upto)))
            .filter(|_| object)?;
        self.some_or_all(noun.start, verb.range.end).map(|(_, quantity)| (noun.end, quantity))
    }

    /// "all detainees", "detainees", "everyone": a plural without number, from its "all" on.
    fn some_or_all(&self, noun: usize, from: usize) -> Option<(usize, Quantity)> {
        let page = self.page;
        let plural =
            page.word(noun).to_lowercase().ends_with('s') || page.tag(noun, Tag::Plural).is_some();
        let first = noun.saturating_sub(3).max(from);
        match (first..=noun).find(|at| page.tag(*at, Tag::All).is_some()) {
            Some(at) => Some((at, Quantity::vague(page.word(at).to_lowercase(), None))),
            None => plural.then(|| (noun, Quantity::vague("plural", Some(2)))),
        }
    }

    /// "political detainees would be freed", "all those held will be home": people without number
    /// of whom somebody says what will be done.
    fn promised(&self, verb: &Verb, from: usize, here: &Here) -> Option<(usize, Quantity)> {
        let page = self.page;
        let future = verb.future || verb.form == Form::Future;
        let said = !here.cues.is_empty() || self.discourse.governs.is_some();
        if !future || !said || verb.negated || verb.form == Form::Noun {
            return None;
        }
        let from = from.max(verb.range.start.saturating_sub(12));
        // "everyone arrested in Mbesa would be freed", "all those": words for all, and no noun.
        let all = |at: usize| page.tag(at, Tag::All).is_some();
        let every = |at: &usize| {
            let those = page.tag(*at, Tag::Plural).is_some();
            let alone = page.tag(*at, Tag::All) == Some(at + 1) && page.word(*at).len() > 3;
            alone || those && *at > from && all(*at - 1)
        };
        let (noun, behind) = (from..verb.range.start)
            .find_map(|at| quantity::people(page, at, (at + 1).min(verb.range.start)))
            .map(|noun| (noun.start, noun.end))
            .or_else(|| (from..verb.range.start).find(every).map(|at| (at, at + 1)))?;
        let past = (behind..verb.range.start)
            .any(|at| page.tag(at, Tag::Have).is_some() || page.is(at, ','));
        self.some_or_all(noun, from).filter(|_| !past)
    }

    fn people_near(&self, at: usize, here: &Here) -> Option<Population> {
        let from = at.saturating_sub(8).max(here.tokens.start);
        (from..at)
            .find_map(|inner| quantity::people(self.page, inner, (inner + 1).min(at)))
            .map(|noun| noun.population)
    }

    /// "will continue" or a form with a future ending right after.
    fn future_after(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        let upto = (at + 3).min(end);
        (at..upto).any(|inner| {
            page.tag(inner, Tag::Future).is_some()
                || (page.lexicon.order.subject_dropped
                    && ["arán", "erán", "irán"]
                        .iter()
                        .any(|ending| page.word(inner).ends_with(ending)))
        })
    }
}
