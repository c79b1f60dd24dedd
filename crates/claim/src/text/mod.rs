//! Words become proposed claims: sentence by sentence, each with its speaker, its dates and its
//! reasons.
//!
//! One pass makes tokens (`token`), the lexicon tells what phrases they begin (`lexicon`), and on
//! each sentence the layers follow: numbers (`quantity`), predicates (`clause`), people
//! (`person`), speakers (`attribution`), dates (`time`), and what comes of them (`found`).

mod attribution;
mod clause;
mod found;
mod lexicon;
mod page;
mod person;
mod quantity;
pub mod second;
mod time;
mod token;

use crate::{Context, Reading};
use attribution::{Discourse, Turn, Voice};
use found::{Found, Topic};
use habeas_document::{Document, Text, ZoneKind};
use habeas_model::{Claim, Nationality, Predicate, Problem, When};
use lexicon::Lexicon;
use page::Page;
use std::ops::Range;

/// Reads a text.
#[must_use]
pub fn read(document: &Document, text: &Text, context: &Context) -> Reading {
    let asked = context.lang.as_deref().and_then(Lexicon::of);
    let lexicon = asked.unwrap_or_else(|| Lexicon::detect(&text.content));
    let page = Page::new(text, lexicon);
    let mut reader = Reader::new(document, text, context, &page);
    let sentences = page.sentences.clone();
    for sentence in &sentences {
        reader.sentence(sentence);
    }
    reader.finish()
}

/// A reader on its way through a text.
struct Reader<'a> {
    document: &'a Document,
    text: &'a Text,
    context: &'a Context,
    page: &'a Page<'a>,
    claims: Vec<Claim>,
    problems: Vec<Problem>,
    discourse: Discourse,
    topic: Topic,
    /// The country that the text is about.
    country: Option<Nationality>,
    /// The place that it is about, where no list has it.
    home: Option<String>,
    /// The date last spoken of.
    date: Option<When>,
    /// The day of the news and what happened on it, by the first sentence.
    news: Option<(When, Vec<Predicate>)>,
    /// The day of the one report that the text says it has the numbers from.
    report: Option<When>,
    /// The stretch of days that a bulletin says in its heading it is about.
    window: Option<When>,
    /// Paragraph of `date`.
    date_paragraph: usize,
    /// What a heading tells of the names in the lines under it.
    roll: Option<person::Roll>,
    /// First token of the sentence that was claimed from last, and its speaker.
    spoken: Option<(usize, Voice)>,
    /// Bytes of titles.
    titles: Vec<Range<usize>>,
    /// Who speaks when, if it is a transcript.
    turns: Vec<Turn>,
    /// Who speaks when somebody answers.
    asked: Option<Voice>,
}

/// What is known of the sentence that is being read.
struct Here<'s> {
    tokens: Range<usize>,
    paragraph: usize,
    first: bool,
    sources: &'s [attribution::Source],
    cues: &'s [attribution::Cue],
    voices: &'s [Option<Voice>],
    verbs: &'s [clause::Verb],
    dates: &'s [time::Dated],
    mentions: &'s [quantity::Mention],
}

impl<'a> Reader<'a> {
    fn new(
        document: &'a Document,
        text: &'a Text,
        context: &'a Context,
        page: &'a Page<'a>,
    ) -> Reader<'a> {
        let titles = text.zones.iter().filter(|zone| zone.kind == ZoneKind::Title);
        let (country, home) = found::home(page);
        Reader {
            document,
            text,
            context,
            page,
            claims: Vec::new(),
            problems: Vec::new(),
            discourse: Discourse::default(),
            topic: Topic::default(),
            country,
            home,
            date: None,
            news: None,
            report: time::report(page, context.published),
            window: None,
            date_paragraph: 0,
            roll: None,
            spoken: None,
            titles: titles.map(|zone| zone.range.clone()).collect(),
            turns: attribution::turns(page),
            asked: None,
        }
    }

    fn sentence(&mut self, sentence: &token::Sentence) {
        let page = self.page;
        let mut tokens = sentence.tokens.clone();
        if sentence.first {
            if let Some(home) = found::item(page, &tokens) {
                (self.country, self.home) = home;
                return;
            }
            let (start, wire) = found::dateline(page, &tokens);
            tokens.start = start;
            if wire.is_some() {
                self.discourse.wire = wire;
            }
        }
        if sentence.first {
            tokens.start = self.turn(sentence.paragraph).unwrap_or(tokens.start);
        }
        if tokens.is_empty() || self.is_title(&tokens) {
            return;
        }
        if sentence.first {
            self.topic.paragraph(sentence.paragraph);
        }
        let mut sources = attribution::sources(page, &tokens);
        for source in &mut sources {
            source.place |= self.home.as_ref().is_some_and(|home| source.name == *home);
        }
        // "GRONWICK, Haltland.": a heading of capitals names nobody who speaks.
        let said = tokens.clone().any(|at| page.is_small(at));
        for source in sources.iter().filter(|_| said) {
            self.discourse.note(page, source);
        }
        let cues = attribution::cues(page, &tokens, &sources);
        self.post(&cues, &sources, sentence.paragraph);
        let voices: Vec<Option<Voice>> =
            cues.iter().map(|cue| self.discourse.voice(page, &sources, cue)).collect();
        let published = self.context.published;
        let dates = time::dates(page, &tokens, published, self.date.as_ref());
        let last = self.topic.last().map(|said| said.predicate);
        let verbs = clause::with_repeats(page, &tokens, clause::verbs(page, &tokens), last);
        let mentions = quantity::find(page, tokens.clone());
        let here = Here {
            tokens,
            paragraph: sentence.paragraph,
            first: sentence.first,
            sources: &sources,
            cues: &cues,
            voices: &voices,
            verbs: &verbs,
            dates: &dates,
            mentions: &mentions,
        };
        self.heading(&here);
        self.govern(&here);
        self.interview(&here);
        self.roll_on(&here);
        let found = self.all(&here);
        self.lead(&here, &found);
        for one in found {
            self.claim(one, &here);
        }
        self.remember(&here);
    }

    /// "Weekly report, 26 January to 1 February": a heading, with nothing said in it, gives the days.
    fn heading(&mut self, here: &Here) {
        let heads = here.paragraph < 4
            && self.window.is_none()
            && here.tokens.len() < 24
            && self.claims.is_empty();
        // "Detention Watch. Week 36: 1 to 7 September": nouns and names are no verbs.
        let told = here.verbs.iter().any(|verb| verb.form != lexicon::Form::Noun);
        if !heads || told || !here.cues.is_empty() {
            return;
        }
        let stretch = here.dates.iter().map(|date| &date.when).find(|when| {
            let over = when.last().is_some_and(|last| {
                self.context.published.is_some_and(|published| last <= published)
            });
            when.single().is_none() && when.first().is_some() && over
        });
        self.window = stretch.cloned();
    }

    /// "They swapped captives on Thursday": the first sentence gives the day of the news.
    fn lead(&mut self, here: &Here, found: &[Found]) {
        if self.news.is_some() || self.window.is_some() {
            return;
        }
        let opens = self.page.sentences.iter().take(3);
        if !opens.into_iter().any(|one| one.tokens.end == here.tokens.end) {
            return;
        }
        let recent = |day: jiff::civil::Date| {
            let published = self.context.published;
            published.is_some_and(|now| (0..=7).contains(&(now - day).get_days()))
        };
        let mut days = here.dates.iter().filter(|date| date.sense == time::Sense::On);
        let day = days.next().filter(|date| date.when.single().is_some_and(recent));
        let Some(day) = day.filter(|_| days.next().is_none()) else { return };
        let happened = here.verbs.iter().filter(|verb| !verb.future && !verb.predicate.is_state());
        let mut happened: Vec<Predicate> = happened.map(|verb| verb.predicate).collect();
        if found.iter().any(|one| one.predicate == Predicate::ReleaseProcessStarted) {
            happened.push(Predicate::Released);
        }
        if !happened.is_empty() {
            self.news = Some((day.when.clone(), happened));
        }
    }

    /// Everything that a sentence says, in the order of its words.
    fn all(&mut self, here: &Here) -> Vec<Found> {
        let counts = self.counts(here);
        let mut found = self.wished(counts, here);
        found.extend(self.denials(here, &mut Vec::new()));
        let persons = self.persons(here);
        found.extend(self.wished(persons, here));
        Self::denied_once(&mut found);
        found.extend(self.rolled(here, &found));
        let mut others = self.others(here);
        others.retain(|other| !found.iter().any(|one| one.settles(other)));
        let pending = |one: &Found| {
            others.iter().any(|other| {
                other.predicate == Predicate::VerificationPending
                    && other.quantity.is_some()
                    && other.quantity == one.quantity
                    && one.kind == habeas_model::Kind::Count
            })
        };
        found.retain(|one| !pending(one));
        let others = Self::undenied(others, &mut found);
        found.extend(others);
        found.sort_by_key(|one| (one.range.start, one.range.end));
        found
    }

    /// A post speaks for the "we" inside it, so that who posts is known before the rest is read.
    fn post(
        &mut self,
        cues: &[attribution::Cue],
        sources: &[attribution::Source],
        paragraph: usize,
    ) {
        if let Some((_, Some(old))) = &self.discourse.governs
            && *old != paragraph
        {
            self.discourse.governs = None;
        }
        let Some(cue) = cues.iter().find(|cue| cue.side == attribution::Side::Rest) else { return };
        if let Some(voice) = self.discourse.voice(self.page, sources, cue) {
            self.discourse.govern(voice, cue, paragraph, false);
        }
    }

    /// A post or a statement with a colon governs what follows it.
    fn govern(&mut self, here: &Here) {
        if let Some((_, Some(paragraph))) = &self.discourse.governs
            && *paragraph != here.paragraph
        {
            self.discourse.governs = None;
        }
        for (cue, voice) in here.cues.iter().zip(here.voices) {
            let Some(voice) = voice else { continue };
            let whole = cue.side == attribution::Side::Rest && cue.range.end + 1 >= here.tokens.end;
            self.discourse.govern(voice.clone(), cue, here.paragraph, whole);
        }
    }

    /// The speaker and the date that the next sentence may go on with.
    fn remember(&mut self, here: &Here) {
        let near = |one: &&time::Dated| {
            let on = matches!(one.sense, time::Sense::On | time::Sense::Until);
            let day = one.when.single().filter(|_| on && !time::of_a_noun(self.page, one));
            day.zip(self.context.published)
                .is_some_and(|(day, now)| (0..=21).contains(&(now - day).get_days()))
        };
        if let Some(date) = here.dates.iter().rev().find(near) {
            self.date = Some(date.when.clone());
            self.date_paragraph = here.paragraph;
        }
        let mut spoken = here.cues.iter().zip(here.voices).rev();
        let last = spoken.find(|(cue, voice)| voice.is_some() && !self.nested(cue, here));
        if let Some(voice) = last.and_then(|(_, voice)| voice.as_ref()) {
            self.discourse.spoke(voice, here.paragraph);
        }
    }

    /// "She told the radio that her husband had called": who calls there says nothing here.
    fn nested(&self, cue: &attribution::Cue, here: &Here) -> bool {
        let page = self.page;
        here.cues.iter().any(|other| {
            let between = other.verb.end..cue.verb.start.max(other.verb.end);
            let that = between.clone().find(|at| page.tag(*at, lexicon::Tag::Relative).is_some());
            let parted = |at: usize| {
                page.tag(at, lexicon::Tag::Contrast).is_some()
                    || page.is(at, ';')
                    || page.is(at, ',')
                    || page.tokens[at].is_quote()
            };
            let near = that.is_some_and(|at| at < other.verb.end + 6);
            near && cue.range.start > other.verb.end && !between.clone().any(parted)
        })
    }

    /// A headline says what the body says: its claims stay only if their number is not in the body.
    fn drop_headline(&mut self) {
        let Some(first) = self.page.sentences.first().filter(|_| self.page.sentences.len() > 2)
        else {
            return;
        };
        let second = &self.page.sentences[1];
        let open = !self.page.tokens[first.tokens.end - 1].is_stop();
        if !open || second.paragraph == first.paragraph || first.tokens.len() > 24 {
            return;
        }
        let end = self.text.points(self.page.bytes(first.tokens.clone()).end);
        let inside = |claim: &Claim| match claim.span.place {
            habeas_model::Place::Text { end: last, .. } => last <= end,
            habeas_model::Place::Cells { .. } => false,
        };
        let number = |claim: &Claim| {
            claim.quantity.as_ref().and_then(|said| said.bounds().0.or(said.bounds().1))
        };
        let body: Vec<(Predicate, Option<u32>)> = self
            .claims
            .iter()
            .filter(|claim| !inside(claim))
            .map(|claim| (claim.predicate, number(claim)))
            .collect();
        self.claims.retain(|claim| {
            let near = |other: &(Predicate, Option<u32>)| match (number(claim), other.1) {
                (Some(a), Some(b)) => a.abs_diff(b) * 10 <= a.max(b),
                (None, None) => other.0 == claim.predicate,
                _ => false,
            };
            !inside(claim) || !(claim.kind == habeas_model::Kind::Person || body.iter().any(near))
        });
    }

    fn is_title(&self, tokens: &Range<usize>) -> bool {
        let bytes = self.page.bytes(tokens.clone());
        self.titles.iter().any(|title| title.start <= bytes.start && bytes.end <= title.end)
    }

    fn finish(mut self) -> Reading {
        let mut problems = std::mem::take(&mut self.problems);
        self.drop_headline();
        found::partition(&mut self.claims);
        found::supersede(&mut self.claims);
        problems.extend(found::check(&self.claims));
        self.claims.sort_by_key(|claim| match claim.span.place {
            habeas_model::Place::Text { start, end, .. } => (start, end),
            habeas_model::Place::Cells { .. } => (0, 0),
        });
        Claim::identify_all(&mut self.claims);
        let persons = self.claims.iter().filter(|claim| claim.kind == habeas_model::Kind::Person);
        let mentions = persons.filter_map(|claim| found::mention(claim, self.context)).collect();
        let lang = self.page.lexicon.lang.to_owned();
        Reading { lang, claims: self.claims, mentions, problems }
    }
}
