//! Each proposal of a second reader against the text: quote, number, names, predicate, stance.

use super::{
    answer::{self, Proposed},
    stance::Stance,
};
use crate::{
    Context,
    text::{found, lexicon::Lexicon, page::Page, quantity},
};
use habeas_document::{Document, Text};
use habeas_model::{
    Claim, ClaimId, Kind, Mention, Population, Problem, Rejected, SpeakerChain,
    said::{
        claim::{Confidence, Times},
        rejected::Failed,
        speaker::Speaker,
    },
};
use std::ops::Range;

/// A quote that stands more often than this in a text is looked at in the first of its places.
const PLACES: usize = 20;
/// A quote longer than a paragraph proves nothing.
const LONGEST: usize = 1_000;

/// What is left of an answer.
#[derive(Default)]
pub struct Second {
    /// What may stand as a proposal, beside those of the first reader.
    pub claims: Vec<Claim>,
    /// The people named in them.
    pub mentions: Vec<Mention>,
    /// What the first reader had, too.
    pub agreed: u32,
    /// What failed, and why.
    pub rejected: Vec<Rejected>,
    /// The same for a person's eyes, and whether the answer could be read at all.
    pub problems: Vec<Problem>,
}

/// Holds an answer against the text. `model` is who answered; `first` is what the first reader
/// found in it.
#[must_use]
pub fn check(
    document: &Document,
    text: &Text,
    context: &Context,
    first: &[Claim],
    (model, answer): (&str, &[u8]),
) -> Second {
    let mut second = Second::default();
    let Some(proposals) = answer::proposals(answer) else {
        second.problems.push(Problem::new("second-reader-form", model, ""));
        return second;
    };
    let asked = context.lang.as_deref().and_then(Lexicon::of);
    let lexicon = asked.unwrap_or_else(|| Lexicon::detect(&text.content));
    let page = Page::new(text, lexicon);
    let checking = Checking { document, text, context, page: &page, model };
    for (proposed, mut kept) in proposals {
        match proposed.ok_or((Failed::Form, None)).and_then(|it| checking.place(&it, first)) {
            Ok(None) => second.agreed += 1,
            Ok(Some(claim)) => second.claims.push(*claim),
            Err((failed, place)) => {
                (kept.blob, kept.part) = (document.blob, document.part.clone());
                (kept.reader, kept.place, kept.failed) = (model.to_owned(), place, failed);
                let at = place.map_or_else(
                    || model.to_owned(),
                    |(start, end)| format!("characters {start}..{end}"),
                );
                second.problems.push(Problem::new("second-reader-rejected", at, failed.word()));
                second.rejected.push(kept);
            }
        }
    }
    second.claims.dedup_by(|a, b| a.span == b.span && a.quantity == b.quantity);
    Claim::identify_all(&mut second.claims);
    let persons = second.claims.iter().filter(|claim| claim.kind == Kind::Person);
    second.mentions = persons.filter_map(|claim| found::mention(claim, context)).collect();
    second
}

type Wrong = (Failed, Option<(u32, u32)>);

struct Checking<'a> {
    document: &'a Document,
    text: &'a Text,
    context: &'a Context,
    page: &'a Page<'a>,
    model: &'a str,
}

impl Checking<'_> {
    /// The claim at the first place where the quote passes every check; none where the first
    /// reader has it. What fails everywhere fails by the first place.
    fn place(&self, it: &Proposed, first: &[Claim]) -> Result<Option<Box<Claim>>, Wrong> {
        let nowhere = (Failed::Quote, None);
        if it.quote.len() > LONGEST {
            return Err(nowhere);
        }
        let mut wrong = None;
        for (at, quote) in self.text.content.match_indices(it.quote.as_str()).take(PLACES) {
            let range = at..at + quote.len();
            match self.claim(it, &range, first) {
                Ok(claim) => return Ok(claim),
                Err(failed) => {
                    let points = (self.text.points(range.start), self.text.points(range.end));
                    wrong.get_or_insert((failed, Some(points)));
                }
            }
        }
        Err(wrong.unwrap_or(nowhere))
    }

    fn claim(
        &self,
        it: &Proposed,
        range: &Range<usize>,
        first: &[Claim],
    ) -> Result<Option<Box<Claim>>, Failed> {
        // Titles and related links are not read, and a quote that begins within a word is none.
        let tokens = self.tokens(range).ok_or(Failed::Quote)?;
        let sentence = self.sentence(&tokens).ok_or(Failed::Quote)?;
        self.quantity(it, &tokens, &sentence)?;
        self.person(it)?;
        let speaker = self.speaker(it, range)?;
        let stance = Stance::of(self.page, &sentence);
        if !stance.says(it.predicate) {
            return Err(Failed::Predicate);
        }
        match self.known(it, range, first) {
            Some(kind) if kind == it.kind => return Ok(None),
            Some(_) => return Err(Failed::Stance),
            None if !stance.agrees(it.kind) => return Err(Failed::Stance),
            None => {}
        }
        Ok(Some(Box::new(self.make(it, range, &stance, speaker))))
    }

    /// The tokens that the quote is made of, if it begins and ends with words.
    fn tokens(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let tokens = &self.page.tokens;
        let from = tokens.partition_point(|token| (token.end as usize) <= range.start);
        let to = tokens.partition_point(|token| (token.start as usize) < range.end);
        let inside = from < to
            && tokens[from].start as usize >= range.start
            && tokens[to - 1].end as usize <= range.end;
        inside.then_some(from..to)
    }

    fn sentence(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let sentences = &self.page.sentences;
        let at = sentences.partition_point(|one| one.tokens.end <= tokens.start);
        let one = &sentences.get(at)?.tokens;
        (one.start <= tokens.start && tokens.end <= one.end).then(|| one.clone())
    }

    /// Our grammar reads the same number there, and the quote has all of its words: "at least" may
    /// not be left outside.
    fn quantity(
        &self,
        it: &Proposed,
        quote: &Range<usize>,
        sentence: &Range<usize>,
    ) -> Result<(), Failed> {
        let Some(said) = it.quantity.as_ref().filter(|_| it.person.is_none()) else {
            return Ok(());
        };
        let all = quantity::find(self.page, sentence.clone());
        let same = all.iter().any(|one| {
            let inside = quote.start <= one.range.start && one.range.end <= quote.end;
            let read = one.quantity(None).filter(|_| inside);
            read.is_some_and(|read| read.mode() == said.mode() && read.bounds() == said.bounds())
        });
        same.then_some(()).ok_or(Failed::Quantity)
    }

    /// The name stands in the text as it is given, and some part of it in the quote.
    fn person(&self, it: &Proposed) -> Result<(), Failed> {
        let Some(person) = &it.person else { return Ok(()) };
        let name = person.reveal();
        let part = name
            .split_whitespace()
            .any(|part| part.chars().count() > 2 && stands(&it.quote, part).next().is_some());
        let whole = stands(&self.text.content, name).next().is_some();
        (part && whole).then_some(()).ok_or(Failed::Person)
    }

    /// The bytes of the speaker's name nearest before the end of the quote, else after it.
    fn speaker(&self, it: &Proposed, quote: &Range<usize>) -> Result<Option<Range<usize>>, Failed> {
        let Some(name) = &it.speaker else { return Ok(None) };
        let places = stands(&self.text.content, name).map(|at| at..at + name.len());
        let near = places.min_by_key(|place| place.start.abs_diff(quote.start));
        near.map(Some).ok_or(Failed::Speaker)
    }

    /// Kind of the first reader's claim about the same words and the same number.
    fn known(&self, it: &Proposed, range: &Range<usize>, first: &[Claim]) -> Option<Kind> {
        let (from, to) = (self.text.points(range.start), self.text.points(range.end));
        let over = |claim: &&Claim| match claim.span.place {
            habeas_model::Place::Text { start, end, .. } => {
                claim.span.part.starts_with(&self.document.part) && start < to && from < end
            }
            habeas_model::Place::Cells { .. } => false,
        };
        let same = |claim: &&Claim| match (&it.person, &claim.person) {
            (Some(one), Some(other)) => one == other,
            (None, None) => {
                claim.quantity.as_ref().map(habeas_model::Quantity::bounds)
                    == it.quantity.as_ref().map(habeas_model::Quantity::bounds)
            }
            _ => false,
        };
        let mut found = first.iter().filter(over).filter(same);
        let all: Vec<Kind> = found.by_ref().map(|claim| claim.kind).collect();
        all.iter().find(|kind| **kind == it.kind).or(all.first()).copied()
    }

    fn make(
        &self,
        it: &Proposed,
        range: &Range<usize>,
        stance: &Stance,
        speaker: Option<Range<usize>>,
    ) -> Claim {
        let points =
            |range: &Range<usize>| (self.text.points(range.start), self.text.points(range.end));
        Claim {
            id: ClaimId::NONE,
            span: self.document.span(self.text, range.clone()),
            kind: it.kind,
            detail: None,
            predicate: it.predicate,
            quantity: match it.person {
                Some(_) => Some(habeas_model::Quantity::Exact(1)),
                None => it.quantity.clone(),
            },
            population: Population::default(),
            person: it.person.clone(),
            part_of: None,
            of_total: None,
            speakers: SpeakerChain(it.speaker.iter().map(Speaker::named).collect()),
            outlet: self.context.outlet.clone(),
            url: self.context.url.clone(),
            modality: stance.modality(it.kind, it.modality),
            scope: None,
            time: Times::default(),
            superseded: false,
            by: None,
            note: None,
            rules: vec![format!("second-reader: {}", self.model)],
            confidence: Confidence::Low,
            attribution: speaker.as_ref().map(points),
        }
    }
}

/// Where `words` stand in the text, not within longer words.
fn stands<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(words).map(|(at, _)| at).filter(move |at| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..*at].chars().next_back()) && !letter(text[at + words.len()..].chars().next())
    })
}
