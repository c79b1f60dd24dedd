//! Who speaks in the whole of a text, or until somebody else does: an interview, a statement, a
//! letter, a turn of a transcript.

use super::{Source, Voice, Who, shouted, sources};
use crate::text::{Here, Reader, lexicon::Tag};
use habeas_model::said::speaker::{Role, Speaker};

/// A line with more tokens than this is no signature.
const SIGNATURE: usize = 14;

impl Reader<'_> {
    /// Where the words of a turn begin, if the paragraph begins one: who speaks from here on.
    pub(in crate::text) fn turn(&mut self, paragraph: usize) -> Option<usize> {
        let turn = self.turns.binary_search_by_key(&paragraph, |turn| turn.paragraph);
        let turn = &self.turns[turn.ok()?];
        let end = turn.end;
        let voice = match &turn.who {
            Who::Asks => None,
            Who::Answers => self.asked.clone(),
            Who::Named(speaker) => {
                let known = self.discourse.person(&speaker.name).map(str::to_owned);
                let name = known.unwrap_or_else(|| speaker.name.clone());
                Some(governing(Speaker { name, ..speaker.clone() }))
            }
        };
        self.discourse.governs = voice.map(|voice| (voice, None));
        self.discourse.last = None;
        Some(end)
    }

    /// "Five questions to X", "Statement by the family of Y": who speaks in the whole text.
    pub(in crate::text) fn interview(&mut self, here: &Here) {
        let page = self.page;
        if here.paragraph > 2 {
            return;
        }
        // "We, the relatives of ..., ask", "Open letter to the minister", "Dear Sir": a letter,
        // signed below.
        let we = here.paragraph == 0
            && page.tag(here.tokens.start, Tag::First).is_some()
            && page.is(here.tokens.start + 1, ',');
        let letter = we || page.seek(here.tokens.clone(), Tag::Letter).is_some();
        if letter {
            if let Some(source) = self.signature() {
                self.discourse.note(page, &source);
                self.govern_whole(&source, None, here);
            }
            return;
        }
        if self.spokesperson(here) {
            return;
        }
        let Some((_, end)) = page.seek(here.tokens.clone(), Tag::Interview) else { return };
        if let Some(name) = shouted(page, end, here.tokens.end) {
            self.discourse.governs = Some((governing(Speaker::named(name)), None));
            return;
        }
        let near = |one: &&Source| one.range.start >= end && one.range.start <= end + 3;
        let Some(source) = here.sources.iter().find(near).cloned() else { return };
        let signed = source.role == Some(Role::Relative) || !source.proper;
        let source = if signed { self.signature().unwrap_or(source) } else { source };
        self.discourse.note(page, &source);
        let of = here.sources.iter().find(|one| {
            let body = one.body || one.role.is_some_and(|role| role != Role::Lawyer);
            body && one.proper && !one.place && one.name != source.name
        });
        let of = of.map(|body| body.name.clone()).filter(|_| !signed);
        self.govern_whole(&source, of, here);
    }

    /// "Spokesperson for the rights office: Liliane Obuya": who gives the briefing.
    fn spokesperson(&mut self, here: &Here) -> bool {
        let page = self.page;
        let colon = here.tokens.clone().find(|at| page.is(*at, ':'));
        let Some(colon) = colon else { return false };
        let office = here.sources.iter().any(|one| one.range.start < colon && one.noun.is_some());
        let ends = |one: &&Source| {
            let end = one.range.end;
            end >= here.tokens.end || page.is(end, ',') || page.tokens[end].is_stop()
        };
        let mut after = here.sources.iter().filter(|one| one.range.start == colon + 1);
        let person = after.find(|one| one.proper && !one.body && one.name.contains(' '));
        let Some(person) = person.filter(ends).filter(|_| office) else { return false };
        let of = here.sources.iter().find(|one| one.range.end <= colon && one.body && one.proper);
        let of = of.map(|body| body.name.clone());
        self.discourse.note(page, person);
        self.govern_whole(person, of, here);
        true
    }

    /// One speaker for the whole text.
    fn govern_whole(&mut self, source: &Source, of: Option<String>, here: &Here) {
        let mut speaker = Speaker::named(source.name.clone());
        (speaker.role, speaker.of) = (source.role, of);
        let voice = Voice { range: Some(here.tokens.clone()), ..governing(speaker) };
        self.asked = Some(voice.clone());
        self.discourse.governs = Some((voice, None));
    }

    /// The name under a statement: the last proper name of the last lines, with its role.
    fn signature(&self) -> Option<Source> {
        let last = self.page.sentences.iter().rev().take(2);
        let (short, long): (Vec<_>, Vec<_>) =
            last.partition(|sentence| sentence.tokens.len() <= SIGNATURE);
        let named = short.iter().chain(&long);
        let named = named.flat_map(|sentence| sources(self.page, &sentence.tokens));
        let named: Vec<_> = named.filter(|one| one.proper && !one.place).collect();
        // "Inés Prat, for the families": who signs without a role is a person.
        let plain = named.iter().find(|one| !one.body && one.name.contains(' '));
        named.iter().find(|one| one.role.is_some()).or(plain).cloned()
    }
}

fn governing(speaker: Speaker) -> Voice {
    Voice { chain: vec![speaker], modality: None, range: None, carried: true }
}
