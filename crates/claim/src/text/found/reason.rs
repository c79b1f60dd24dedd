//! Why is a claim proposed, how sure is the reading, and what of it is only a proposal?

use super::Found;
use crate::text::{attribution::Voice, page::Page, token::disguised};
use habeas_document::marks;
use habeas_model::{
    Kind, Predicate, Quantity,
    said::claim::{Confidence, Detail},
};
use std::ops::Range;

/// A rule that fired, and the tokens that fired it.
#[derive(Clone, Debug)]
pub struct Fired {
    /// Its name: `link.active`.
    pub rule: String,
    /// The tokens; empty where it fired because words are missing.
    pub words: Range<usize>,
}

impl Fired {
    /// A rule with its tokens.
    pub fn new(rule: impl Into<String>, words: Range<usize>) -> Fired {
        Fired { rule: rule.into(), words }
    }

    /// As a claim carries it: `link.active: fueron liberados`.
    pub fn told(&self, page: &Page) -> String {
        match page.words(self.words.clone()).trim() {
            "" => self.rule.clone(),
            words => {
                let end = words.char_indices().nth(REASON).map_or(words.len(), |(at, _)| at);
                let mut told = String::with_capacity(self.rule.len() + 2 + end);
                told.push_str(&self.rule);
                told.push_str(": ");
                let line = |c: char| if matches!(c, '\n' | '\r') { ' ' } else { c };
                told.extend(words[..end].chars().map(line));
                told
            }
        }
    }
}

/// Letters of a reason that are kept.
const REASON: usize = 80;

/// How sure the reading is. The classes are what was measured on the sets of `bench/reading`
/// (`confidence.py` prints the shares): a verb or noun that is near and in its sentence is almost
/// always right, and so are silences, whose words are few; what is carried from elsewhere is right
/// five times in six; judgements, pronouns and far links two times in three.
pub fn confidence(one: &Found, voice: &Voice) -> Confidence {
    let rule = one.rules.first().map_or("", |fired| fired.rule.as_str());
    let carried = one.carried || voice.carried;
    let (near, far) = (one.doubt <= NEAR && !carried, one.doubt > FAR);
    // A subject before its verb is the link most often missed: other words may stand between.
    let subject = rule == "link.subject";
    let vague = matches!(one.quantity, Some(Quantity::Vague { .. }));
    match one.kind {
        Kind::Other if is_silence(one.predicate) => Confidence::High,
        Kind::Other => Confidence::Low,
        Kind::Person
            if one.carried || far || matches!(rule, "person.including" | "person.relation") =>
        {
            Confidence::Low
        }
        _ if far || subject && (vague || !near) => Confidence::Low,
        Kind::Denial => Confidence::Middle,
        _ if near && !subject && !vague => Confidence::High,
        _ => Confidence::Middle,
    }
}

/// A link of so little doubt is near.
const NEAR: usize = 3;
/// A link of more doubt than this is far.
const FAR: usize = 8;

/// What is kept back: told in few and fixed words.
fn is_silence(predicate: Predicate) -> bool {
    matches!(
        predicate,
        Predicate::IdentityWithheld
            | Predicate::NumberWithheld
            | Predicate::ListUnpublished
            | Predicate::FirstKnown
    )
}

/// The finer kind of our vocabulary.
pub fn detail(kind: Kind, predicate: Predicate, person: bool) -> Option<Detail> {
    Some(match (kind, predicate) {
        (Kind::Count, _) => Detail::Count,
        (Kind::Promise, _) => Detail::Promise,
        (Kind::Person, predicate) if predicate.is_state() => Detail::State,
        (Kind::Person, _) => Detail::Event,
        (Kind::Denial, Predicate::Held | Predicate::Missing) if !person => Detail::DenialOfCategory,
        (Kind::Denial, _) => Detail::DenialOfFact,
        (Kind::Other, Predicate::NumberWithheld | Predicate::IdentityWithheld) => {
            Detail::Withholding
        }
        (Kind::Other, Predicate::ListUnpublished) => Detail::Absence,
        (Kind::Other, Predicate::Demand) => Detail::Demand,
        (Kind::Other, _) => Detail::Assessment,
    })
}

/// What letters of the names probably were that were decoded twice or borrowed from another
/// alphabet: a proposal beside what is written, which stays.
pub fn mended<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Option<String> {
    let told = |what: &str, better: fn(&str) -> Option<String>| {
        let names = names.clone().filter(|name| name.split(' ').any(|one| better(one).is_some()));
        let whole = names.map(|name| {
            let mended = name.split(' ').map(|one| better(one).unwrap_or(one.to_owned()));
            format!("`{}`", mended.collect::<Vec<_>>().join(" "))
        });
        let whole: Vec<String> = whole.collect();
        (!whole.is_empty()).then(|| format!("{what}: perhaps {}", whole.join(", ")))
    };
    let all =
        [told("letters damaged", marks::repaired), told("letters of another alphabet", disguised)];
    let all: Vec<String> = all.into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join("; "))
}
