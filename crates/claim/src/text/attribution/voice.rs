//! Who says a claim? The cue of its sentence, an item before it, or who went on speaking.

use super::{Cue, Side, Source, Voice};
use crate::text::{
    Here, Reader, clause,
    found::Found,
    lexicon::{Meaning, Tag},
    time::{self, Sense},
};
use habeas_model::{Kind, Modality, Predicate, said::speaker::Role};

impl Reader<'_> {
    /// Who says this claim: the nearest cue on the right side, else what governs or goes on.
    pub(in crate::text) fn voice(&self, one: &Found, here: &Here) -> Voice {
        let mut best = self.nearest(one, here).cloned();
        let withheld = one.kind == Kind::Other
            && matches!(
                one.predicate,
                Predicate::NumberWithheld
                    | Predicate::IdentityWithheld
                    | Predicate::ListUnpublished
            );
        let agentless = withheld && self.agentless(one, here);
        if agentless && self.discourse.governs.is_none() {
            return Voice::default();
        }
        if let Some(silent) = (withheld && !agentless).then(|| self.silent(one, here)).flatten() {
            best = Some(silent);
        }
        if let Some(own) = best.is_none().then(|| self.plans(one, here)).flatten() {
            best = Some(own);
        }
        match (&mut best, &self.discourse.governs) {
            (None, Some((voice, _))) => best = Some(voice.clone()),
            (Some(best), Some((voice, None)))
                if best.chain.first().map(|one| &one.name)
                    != voice.chain.first().map(|one| &one.name) =>
            {
                best.chain.splice(0..0, voice.chain.iter().cloned());
            }
            _ => {}
        }
        if one.carried && one.kind == Kind::Count && (best.is_none() || self.beside(one, here)) {
            // An item of a list: whoever says the item before it, or whose name stands before it.
            if let Some(voice) = self.spoken_in(here, one) {
                best = Some(voice);
                if let Some(voice) = &mut best {
                    voice.carried = true;
                }
                return self.with_channel(best.unwrap_or_default(), here);
            }
        }
        if best.is_none() && self.goes_on(one, here) {
            best.clone_from(&self.discourse.last);
        }
        self.with_channel(best.unwrap_or_default(), here)
    }

    /// The voice of the nearest cue that reaches a claim; of two as near, of the first.
    fn nearest<'h>(&self, one: &Found, here: &'h Here) -> Option<&'h Voice> {
        let mut best: Option<((usize, usize), &Voice)> = None;
        for (cue, voice) in here.cues.iter().zip(here.voices).rev() {
            let Some(voice) = voice else { continue };
            let before = one.range.start.saturating_sub(cue.verb.end);
            let apart = before.max(cue.verb.start.saturating_sub(one.range.end));
            if best.is_some_and(|((far, _), _)| apart > far) {
                continue; // A cue is never nearer than the words between.
            }
            let Some(far) = self.reach(one, cue, here) else { continue };
            let key = (far, cue.range.start);
            if best.is_none_or(|(known, _)| key <= known) {
                best = Some((key, voice));
            }
        }
        best.map(|(_, voice)| voice)
    }

    fn with_channel(&self, mut voice: Voice, here: &Here) -> Voice {
        self.channel(&mut voice, here);
        voice
    }

    /// "and Foro Penal 49": a name right before the number.
    fn beside(&self, one: &Found, here: &Here) -> bool {
        here.sources
            .iter()
            .any(|source| source.range.end == one.range.start && speaks_beside(one, source))
    }

    /// The voice of the claim before in this sentence, or of the name right before the number.
    fn spoken_in(&self, here: &Here, one: &Found) -> Option<Voice> {
        let (sentence, voice) = self.spoken.as_ref()?;
        if *sentence != here.tokens.start {
            return None;
        }
        let beside = here
            .sources
            .iter()
            .find(|source| source.range.end == one.range.start && speaks_beside(one, source));
        let Some(source) = beside else { return Some(voice.clone()) };
        let own = self.discourse.silent(self.page, source);
        Some(Voice { modality: voice.modality, ..own })
    }

    /// "No list came with it", "How many ... has not been made public": nobody keeps it back in so
    /// many words.
    fn agentless(&self, one: &Found, here: &Here) -> bool {
        let page = self.page;
        let start = one.range.start;
        let thing = |at: usize| {
            [Tag::List, Tag::Names, Tag::NumberNoun, Tag::Figure]
                .into_iter()
                .any(|tag| page.tag(at, tag).is_some())
        };
        let determined = page.tag(start, Tag::Negation).is_some()
            && (start + 1..start + 3).any(thing)
            && (start == here.tokens.start
                || page.is(start - 1, ',')
                || page.tag(start - 1, Tag::And).is_some());
        let passive = thing(start) || page.tag(start, Tag::How).is_some();
        let exists = (start..one.range.end).any(|at| page.tag(at, Tag::Exist).is_some());
        (determined || passive || exists) && !self.withholder(one)
    }

    /// "No dio nombres", "de cuántos no dijo una palabra": a verb without subject has one, who
    /// spoke before.
    fn withholder(&self, one: &Found) -> bool {
        let page = self.page;
        let negated = (one.range.start..one.range.end).find(|at| {
            let next = page.tag(*at, Tag::Negation);
            next.is_some_and(|next| {
                let given = page.tag(next, Tag::Give).is_some();
                given && page.tag(next, Tag::Be).is_none() && page.tag(*at, Tag::Exist).is_none()
            })
        });
        page.lexicon.order.subject_dropped && negated.is_some()
    }

    /// Who keeps something back: the subject before the words, else (Spanish) who spoke last.
    fn silent(&self, one: &Found, here: &Here) -> Option<Voice> {
        let inside = clause::clause(self.page, &here.tokens, one.range.start);
        let before = here.sources.iter().rev().find(|source| {
            source.range.start >= inside.start
                && source.range.start <= one.range.start
                && !source.place
                && !self.oblique(source, here)
        });
        before.map(|source| self.discourse.silent(self.page, source))
    }

    /// "Valdoria plans to free 40", "cases that the group is still checking": whose plan, whose check.
    fn plans(&self, one: &Found, here: &Here) -> Option<Voice> {
        let pending = one.predicate == Predicate::VerificationPending;
        let future = |verb: &clause::Verb| verb.future && verb.predicate == one.predicate;
        let planned = here.verbs.iter().any(future) && one.predicate.leaves_custody();
        if !pending && !planned {
            return None;
        }
        let page = self.page;
        let upto = if pending { one.range.end } else { one.range.start + 1 };
        let from = one.range.start.saturating_sub(4).max(here.tokens.start);
        let subject = here.sources.iter().rev().find(|source| {
            let end = source.range.end;
            let begins =
                if pending { page.tag(end, Tag::Still) } else { page.tag(end, Tag::Future) };
            (from..upto).contains(&source.range.start) && begins.is_some() && !source.pronoun
        })?;
        Some(self.discourse.silent(page, subject))
    }

    /// "on state television", "by the ministry": no subject.
    fn oblique(&self, source: &Source, here: &Here) -> bool {
        let mut at = source.range.start;
        while at > here.tokens.start && self.page.tag(at - 1, Tag::The).is_some() {
            at -= 1;
        }
        at > here.tokens.start
            && self.page.tag(at - 1, Tag::Preposition).is_some()
            && self.page.tag(at - 1, Tag::And).is_none()
    }

    /// How far a cue is from a claim; `None` if it does not reach it.
    fn reach(&self, one: &Found, cue: &Cue, here: &Here) -> Option<usize> {
        let page = self.page;
        let inside = cue.verb.start >= one.range.start && cue.verb.end <= one.range.end;
        let after = one.range.start >= cue.verb.start;
        let fits = match cue.side {
            Side::After | Side::Rest => after || inside,
            Side::Before => !after,
            Side::Both => true,
        };
        // "Minsk, which denies holding any, had freed 14": what it denies ends with its comma.
        let relative = cue.verb.start > here.tokens.start + 1
            && page.tag(cue.verb.start - 1, Tag::Relative).is_some()
            && page.is(cue.verb.start - 2, ',');
        let closed = || (cue.verb.end..one.range.start).any(|at| page.is(at, ','));
        // "Three died and, according to X, 20 were hurt": X says only the second.
        let aside = !after
            && cue.side == Side::Both
            && cue.range.start > here.tokens.start + 2
            && page.is(cue.range.start - 1, ',')
            && page.tag(cue.range.start - 2, Tag::And).is_some();
        if aside {
            return None;
        }
        if !fits || relative && after && closed() {
            return None;
        }
        let between = if after {
            cue.verb.end.min(one.range.start)..one.range.start
        } else {
            one.range.end.min(cue.verb.start)..cue.verb.start
        };
        let contrasts = between.clone().filter(|at| {
            page.tag(*at, Tag::Contrast).is_some()
                || page.is(*at, ';')
                || (page.tokens[*at].is_dash() && *at > here.tokens.start)
        });
        let other = here
            .sources
            .iter()
            .filter(|source| source.proper && between.contains(&source.range.start))
            .count();
        let rest = usize::from(cue.side == Side::Rest) * 60;
        let cut = contrasts.count();
        if cut > 0 && after && cue.side == Side::After && one.kind != Kind::Other {
            return Some(between.len() + 40 * cut);
        }
        Some(between.len() + 40 * cut + 4 * other + rest)
    }

    /// Whether the speaker of the sentence before goes on.
    fn goes_on(&self, one: &Found, here: &Here) -> bool {
        if self.confirmed_by_itself(here) {
            return false;
        }
        let same = self.discourse.paragraph == here.paragraph;
        let began = self.discourse.goes_on(self.page, &here.tokens);
        let silent = matches!(
            one.predicate,
            Predicate::NumberWithheld | Predicate::IdentityWithheld | Predicate::ListUnpublished
        ) && one.kind == Kind::Other;
        let published = self.context.published;
        let old = |date: &time::Dated| {
            let day = date.when.last().zip(published);
            day.is_some_and(|(day, now)| (now - day).get_days() > 60)
        };
        let dated = one.kind == Kind::Count
            && here.dates.iter().any(|date| {
                (!date.relative && date.when.single().is_none() || old(date))
                    && !matches!(date.sense, Sense::Since | Sense::SinceBefore)
            })
            && !one.carried;
        let counted = one.kind == Kind::Count;
        let bare = here.first && one.carried && here.cues.is_empty() && counted;
        (bare && self.discourse.paragraph + 2 >= here.paragraph)
            || (same
                && !here.first
                && !dated
                && (one.carried
                    || began
                    || silent
                    || self.last_was_count()
                    || here.tokens.start > 0))
            || (here.first
                && began
                && counted
                && one.carried
                && self.discourse.paragraph + 2 >= here.paragraph)
    }

    /// "Confirmed releases so far include": the writer's own reckoning, no speaker's.
    fn confirmed_by_itself(&self, here: &Here) -> bool {
        let page = self.page;
        let stands = |meaning: &Meaning| {
            matches!(meaning, Meaning::Speech(Modality::Confirmed | Modality::Verified))
                .then_some(())
        };
        let start = here.tokens.start;
        let events = |at: usize| here.verbs.iter().any(|verb| verb.range.start == at);
        here.cues.is_empty() && page.find(start, stands).is_some_and(|(end, ())| events(end))
    }

    fn last_was_count(&self) -> bool {
        self.claims.last().is_some_and(|claim| claim.kind == Kind::Count)
    }

    /// "on X", "on the radio" in the sentence.
    fn channel(&self, voice: &mut Voice, here: &Here) {
        let Some(last) = voice.chain.last_mut().filter(|last| last.channel.is_none()) else {
            return;
        };
        let page = self.page;
        let upto = here.tokens.end;
        if let Some((at, end)) = page.seek(here.tokens.start..upto, Tag::Channel) {
            let words = page.words(at..end);
            last.channel = Some(words.rsplit(' ').next().unwrap_or(words).to_owned());
        }
        let anonymous = page.seek(here.tokens.clone(), Tag::Anonymous).is_some();
        if anonymous && last.role.is_none() {
            last.role = Some(Role::Anonymous);
        }
    }
}

/// "Foro Penal 49" is said by Foro Penal; "Old Mill 40" counts those in Old Mill.
fn speaks_beside(one: &Found, source: &Source) -> bool {
    let place = one.population.place.as_ref() == Some(&source.name);
    source.proper && !source.place && !place
}
