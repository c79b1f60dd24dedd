//! Who was speaking before this sentence? "The group", "he", "of those" go on from there.

use super::{Cue, Side, Source};
use crate::text::{
    lexicon::{Meaning, Tag},
    page::Page,
};
use habeas_model::{
    Modality,
    said::speaker::{Role, Speaker},
};
use std::{collections::HashMap, ops::Range};

/// Somebody or some body that the text has spoken of.
#[derive(Clone, Debug)]
struct Known {
    name: String,
    of: Option<String>,
    role: Option<Role>,
    body: bool,
    /// Number of the common noun's word: "minister".
    noun: u32,
    proper: bool,
    /// What the words of the name say that it is: a court is no group of activists.
    kind: Option<Role>,
    /// The token at which it was first named.
    at: usize,
}

/// A common noun means one of so many named last: a text of any length is read in linear time.
const REMEMBERED: usize = 300;

/// Speakers with what the cue says of them.
#[derive(Clone, Debug, Default)]
pub struct Voice {
    /// The chain after the outlet and the wire agency.
    pub chain: Vec<Speaker>,
    /// Modality by the verb.
    pub modality: Option<Modality>,
    /// Tokens that say so.
    pub range: Option<Range<usize>>,
    /// It was carried over from another sentence.
    pub carried: bool,
}

/// What the text has said so far about speakers.
#[derive(Clone, Debug, Default)]
pub struct Discourse {
    known: Vec<Known>,
    /// The first of `known` with this name.
    named: HashMap<String, usize>,
    /// The first proper one of `known` that a full or short form means.
    full: HashMap<String, usize>,
    /// The voice of the sentence before.
    pub last: Option<Voice>,
    /// Paragraph of `last`.
    pub paragraph: usize,
    /// A post or statement whose colon governs to the end of its paragraph or of the text.
    pub governs: Option<(Voice, Option<usize>)>,
    /// The agency of the dateline.
    pub wire: Option<Speaker>,
    last_body: Option<usize>,
    last_person: Option<usize>,
}

/// "Rights organisations and activists": the source that speaks with the source `at`.
fn joint(page: &Page, sources: &[Source], at: usize) -> Option<usize> {
    let joined = |first: &Source, second: &Source| {
        let gap = first.range.end..second.range.start;
        let and = gap.clone().any(|inner| page.tag(inner, Tag::And).is_some());
        let small = |inner: usize| {
            page.tag(inner, Tag::And).is_some()
                || page.tag(inner, Tag::The).is_some()
                || page.tag(inner, Tag::Possessive).is_some()
        };
        and && gap.len() <= 2 && gap.clone().all(small)
    };
    let fits = |one: &Source| !one.pronoun && !one.place && (one.proper || one.role.is_some());
    if !fits(&sources[at]) {
        return None;
    }
    let before = at.checked_sub(1).filter(|b| joined(&sources[*b], &sources[at]));
    let after =
        (at + 1 < sources.len() && joined(&sources[at], &sources[at + 1])).then_some(at + 1);
    before.or(after).filter(|other| fits(&sources[*other]))
}

/// What a word of a name says that it is: "Tribunal Supremo" is of the government.
fn kind(page: &Page, source: &Source) -> Option<Role> {
    source.range.clone().find_map(|at| {
        let role = page.find(at, |meaning| match meaning {
            Meaning::Source(role) => *role,
            _ => None,
        });
        role.map(|(_, role)| role)
    })
}

/// "The police chief was less categorical: some had been freed, he said": the chief.
fn own_role(sources: &[Source], at: usize) -> &Source {
    let one = &sources[at];
    let first = sources[..at].iter().find(|other| !other.place && !other.pronoun);
    let noun = first.filter(|first| !first.proper && first.role.is_some());
    let role = noun.filter(|first| !first.body && !first.owned && !first.name.ends_with('s'));
    let group = noun.filter(|first| !matches!(first.role, Some(Role::Relative | Role::Lawyer)));
    match (one.pronoun, one.body) {
        (true, false) => role.unwrap_or(one),
        // "The group said it had documented 40": the group.
        (true, true) => group.unwrap_or(one),
        (false, _) => one,
    }
}

impl Discourse {
    /// Takes note of every name of a sentence, so that short forms find their full ones.
    pub fn note(&mut self, page: &Page, source: &Source) {
        if source.pronoun {
            return;
        }
        let noun = source.noun.map_or(0, |at| page.tokens[at].word);
        let full = self.full(&source.name, source.proper);
        let at = full.or_else(|| self.named.get(source.name.as_str()).copied());
        let at = at.unwrap_or_else(|| {
            let (name, of, role) = (source.name.clone(), source.of.clone(), source.role);
            self.known.push(Known {
                name,
                of,
                role,
                body: source.body,
                noun,
                proper: source.proper,
                kind: kind(page, source),
                at: source.range.start,
            });
            self.index()
        });
        let last = self.last_body.map(|body| self.known[body].name.clone());
        let known = &mut self.known[at];
        if known.noun == 0 {
            known.noun = noun;
        }
        known.of = known.of.take().or_else(|| source.of.clone());
        let kin = source.role == Some(Role::Relative);
        if source.owned && known.of.is_none() && source.proper && !source.body && !kin {
            known.of = last;
        }
        let known = &self.known[at];
        let bodylike = known.body
            || matches!(
                known.role,
                Some(Role::Ngo | Role::Union | Role::Un | Role::Press | Role::Opposition)
            );
        let acronym = known.proper && known.name.chars().all(char::is_uppercase);
        if source.place || source.located(page) {
            return;
        }
        if (bodylike || acronym) && known.proper {
            self.last_body = Some(at);
        } else if known.proper {
            self.last_person = Some(at);
        }
    }

    /// The fuller form of a name that the text has: "Belmar" is "Octavio Belmar".
    fn full(&self, name: &str, proper: bool) -> Option<usize> {
        if !proper {
            return None;
        }
        self.full.get(name).copied()
    }

    /// Notes by which names the last of `known` may be called, and gives its place: what a proper
    /// name ends with, and what a body's begins with.
    fn index(&mut self) -> usize {
        let at = self.known.len() - 1;
        let known = &self.known[at];
        self.named.entry(known.name.clone()).or_insert(at);
        if known.proper {
            let mut short = |name: &str| {
                if !self.full.contains_key(name) {
                    self.full.insert(name.to_owned(), at);
                }
            };
            short(&known.name);
            for (space, _) in known.name.match_indices(' ') {
                short(&known.name[space + 1..]);
                if known.body {
                    short(&known.name[..space]);
                }
            }
        }
        at
    }

    /// The speaker that a source means.
    fn speaker(&self, page: &Page, source: &Source) -> Speaker {
        let known = self.meant(page, source);
        let mut speaker = match known {
            Some(known) => Speaker {
                name: known.name.clone(),
                of: known.of.clone(),
                role: known.role.or(source.role),
                channel: None,
            },
            None => Speaker { role: source.role, ..Speaker::named(source.name.clone()) },
        };
        if speaker.of.as_deref() == Some(speaker.name.as_str()) {
            speaker.of = None;
        }
        speaker
    }

    fn meant(&self, page: &Page, source: &Source) -> Option<&Known> {
        if source.pronoun && page.tag(source.range.start, Tag::First).is_some() {
            return None;
        }
        if source.pronoun {
            let last = if source.body { self.last_body } else { self.last_person };
            return last.and_then(|at| self.known.get(at));
        }
        if source.proper {
            return self.full(&source.name, true).map(|at| &self.known[at]);
        }
        let noun = page.tokens[source.noun?].word;
        let bare = source.range.len() <= 2;
        let near = || self.known.iter().rev().take(REMEMBERED);
        let same = near().find(|known| known.proper && known.noun == noun && known.noun > 0);
        let word = page.word(source.noun?);
        let named = || {
            near().find(|known| {
                known.proper
                    && known.body
                    && known.name.split(' ').any(|part| part.eq_ignore_ascii_case(word))
            })
        };
        let body =
            matches!(source.role, Some(Role::Ngo | Role::Union | Role::Press | Role::Opposition))
                && source.range.len() <= 2
                && page.tag(source.noun?, Tag::Body).is_some();
        let last = || {
            let plural = source.range.clone().any(|at| page.word(at).ends_with('s'));
            let fits = |at: &usize| {
                let kind = self.known[*at].kind;
                let group = matches!(kind, Some(Role::Un | Role::Opposition | Role::Union));
                kind.is_none() || kind == source.role || group
            };
            let bodies = |at: usize| (0..=at).rev().take(REMEMBERED);
            let before = |at: usize| bodies(at).find(|at| self.known[*at].body && fits(at));
            self.last_body
                .filter(fits)
                .or_else(|| before(self.last_body?))
                .or(self.last_person.filter(|at| {
                    // "The group denounced the arrest of X": not by X.
                    let before = self.known[*at].at < source.range.start;
                    before && self.known[*at].name.contains(' ') && fits(at)
                }))
                .and_then(|at| self.known.get(at))
                .filter(|known| known.proper && body && !plural)
        };
        // "The official" after "a US state department official".
        let fuller = || {
            near().find(|known| {
                bare && !known.proper
                    && known.noun == noun
                    && noun > 0
                    && known.name.len() > source.name.len()
                    && known.role == source.role
            })
        };
        same.filter(|_| bare).or_else(named).or_else(last).or_else(fuller)
    }

    /// Whether a pronoun means nobody that the text has named.
    fn lost(&self, page: &Page, source: &Source) -> bool {
        let first = page.tag(source.range.start, Tag::First).is_some();
        source.pronoun && !first && self.last.is_some() && self.meant(page, source).is_none()
    }

    /// The voice of a cue.
    pub fn voice(&mut self, page: &Page, sources: &[Source], cue: &Cue) -> Option<Voice> {
        let first =
            cue.source.is_some_and(|at| page.tag(sources[at].range.start, Tag::First).is_some());
        if let Some(via) = cue.via.filter(|_| first) {
            // "We reported, citing X, that": X.
            let chain = vec![self.speaker(page, &sources[via])];
            let (modality, range) = (Some(cue.modality), Some(cue.range.clone()));
            return Some(Voice { chain, modality, range, carried: false });
        }
        if first {
            return self
                .governs
                .as_ref()
                .map(|(voice, _)| Voice { modality: Some(cue.modality), ..voice.clone() });
        }
        let own = match cue.source {
            Some(source) if self.lost(page, &sources[source]) => {
                self.last.as_ref()?.chain.last()?.clone()
            }
            Some(source) => {
                let source = own_role(sources, source);
                // "It said": nobody knows what.
                if source.pronoun && self.meant(page, source).is_none() {
                    return None;
                }
                self.speaker(page, source)
            }
            None => self.last.as_ref()?.chain.last()?.clone(),
        };
        if let Some(at) = cue.source.filter(|at| sources[*at].proper && !sources[*at].place) {
            let known = self.full(&sources[at].name, true);
            let plain =
                known.filter(|at| self.known[*at].noun == 0 && self.known[*at].role.is_none());
            self.last_body = plain.or(self.last_body);
        }
        let own = match cue.source.and_then(|at| joint(page, sources, at)) {
            Some(other) if own.of.is_none() => {
                let (a, b) = (cue.source.unwrap_or_default(), other);
                let other = self.speaker(page, &sources[other]);
                let (first, second) = if a < b { (&own, &other) } else { (&other, &own) };
                let name = format!("{}+{}", first.name, second.name);
                Speaker { name, role: own.role.or(other.role), of: None, channel: None }
            }
            _ => own,
        };
        let mut chain = vec![own];
        if let Some(via) = cue.via.filter(|via| Some(*via) != cue.source) {
            let other = self.speaker(page, &sources[via]);
            chain.insert(if cue.told { 0 } else { 1 }, other);
        }
        Some(Voice {
            chain,
            modality: Some(cue.modality),
            range: Some(cue.range.clone()),
            carried: false,
        })
    }

    /// The voice of a source that keeps something back: "The ministry named nobody".
    #[must_use]
    pub fn silent(&self, page: &Page, source: &Source) -> Voice {
        let chain = vec![self.speaker(page, source)];
        Voice { chain, modality: None, range: Some(source.range.clone()), carried: false }
    }

    /// Whether a sentence goes on about what was said: "Of those", "The other", a pronoun.
    #[must_use]
    pub fn goes_on(&self, page: &Page, sentence: &Range<usize>) -> bool {
        let start = sentence.start;
        [
            Tag::OfThem,
            Tag::Remainder,
            Tag::Group,
            Tag::Additional,
            Tag::Pronoun,
            Tag::Possessive,
            Tag::All,
            Tag::Both,
        ]
        .into_iter()
        .any(|tag| page.tag(start, tag).is_some())
            || page.token(start).is_some_and(|token| token.is_quote())
    }

    /// Remembers the voice of a sentence.
    pub fn spoke(&mut self, voice: &Voice, paragraph: usize) {
        let name = voice
            .chain
            .last()
            .filter(|last| last.of.is_none() && last.role != Some(Role::Relative));
        let known = name.and_then(|last| self.named.get(last.name.as_str()).copied());
        if let Some(at) = known.filter(|at| self.known[*at].proper && self.known[*at].noun == 0) {
            self.last_body = Some(at);
        }
        self.last = Some(Voice { carried: true, ..voice.clone() });
        self.paragraph = paragraph;
    }

    /// Lets a post or statement govern what follows.
    pub fn govern(&mut self, voice: Voice, cue: &Cue, paragraph: usize, whole: bool) {
        if cue.side == Side::Rest {
            self.governs = Some((Voice { carried: true, ..voice }, (!whole).then_some(paragraph)));
        }
    }

    /// The full form of a person's name that the text has.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<&str> {
        let known = self.full(name, true).map(|at| &self.known[at]);
        known.filter(|known| !known.body).map(|known| known.name.as_str())
    }
}
