//! The reading desk: a document with its claims marked in place; each is accepted, edited or
//! refused, and one that was not found is added.

use super::{Done, changed, desk_page, row, seen, write};
use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    held::Answered,
    question::parameter,
    route::{failed, papers, shown},
};
use axum::{extract::Path, response::Response};
use habeas_desk::{
    Case, Error,
    ask::evidence::words::{self, Opened},
    write::{
        review::{self, Edited},
        since::About,
    },
};
use habeas_document::{Body, Document};
use habeas_ledger::Writer;
use habeas_model::{
    Claim, ClaimId, Digest, Mention, MentionId, Place, Quantity, Received, Review, Span, Speaker,
    SpeakerChain, Subject, When,
    memory::present::{Standing, Taken},
    said::claim::{Confidence, Kind, Modality, Times},
};
use habeas_page::html::served::{self, Asking, Reading, Refusal, Stretch};
use std::collections::HashMap;

/// Characters of a document on one page: about 4,000 words.
const STRETCH: usize = 24_000;
/// Rows of a list on one page.
const ROWS: usize = 40;

/// The documents in which something waits, the fullest first.
pub async fn waiting(heard: Heard) -> Response {
    shown(heard, |answered, asked, reader| {
        let present = &answered.scene.present;
        let mut waits: HashMap<Digest, usize> = HashMap::new();
        for proposal in review::waiting(present, &review::Filter::default()) {
            let blob = match proposal {
                review::Proposal::Claim(claim, _) => claim.span.blob,
                review::Proposal::Mention(mention, _) => mention.span.blob,
            };
            *waits.entry(blob).or_default() += 1;
        }
        let mut all: Vec<(&Taken<Received>, usize)> = Vec::new();
        for taken in &present.documents {
            // One that came twice under two names is one document.
            all.extend(waits.remove(&taken.it.blob).map(|waiting| (taken, waiting)));
        }
        all.sort_by_key(|(taken, waiting)| (std::cmp::Reverse(*waiting), taken.position));
        let page = |asking: &Asking<'_>| {
            served::waiting_documents(&all, &papers(answered), asking, reader)
        };
        Ok(crate::route::asking("/read", "", answered, asked, page))
    })
    .await
}

/// The desk at one document.
pub async fn desk(Path(digest): Path<String>, who: Who, heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let digest: Digest = digest.parse().map_err(|_| Refusal::Absent)?;
        let number = |name| parameter(&query, name).map(|said| said.parse::<u32>()).transpose();
        let part = number("part").map_err(|_| Refusal::Question)?;
        let from = number("from").map_err(|_| Refusal::Question)?;
        let row = parameter(&query, "row").map(|said| said.parse()).transpose();
        let row = row.map_err(|_| Refusal::Question)?;
        let taken = taken(answered, &digest).ok_or(Refusal::Absent)?;
        let of = Matter::of(answered, &digest, row);
        let first = of.first();
        let opened = to.held.with(&closed, |case| {
            let wanted = |document: &Document| first.is_none_or(|span| is_of(document, span));
            words::opened(case, &taken.it, part.map(|part| part as usize), wanted)
        });
        let opened = opened.map_err(|why| failed(&to, &why))?.ok_or(Refusal::Absent)?;
        let path = format!("/read/{digest}");
        Ok(desk_page(&path, &who, answered, asked, |asking| {
            served::reading(&of.shown(taken, &opened, from), &papers(answered), asking, reader)
        }))
    })
    .await
}

fn taken<'a>(answered: &'a Answered, digest: &Digest) -> Option<&'a Taken<Received>> {
    answered.scene.present.documents.iter().rev().find(|taken| taken.it.blob == *digest)
}

/// What was read in a file.
struct Matter<'a> {
    claims: Vec<&'a Standing<Claim>>,
    /// Rows that stand in no claim.
    mentions: Vec<&'a Standing<Mention>>,
    /// The row that is asked for.
    row: Option<MentionId>,
    position: u64,
}

impl<'a> Matter<'a> {
    fn of(answered: &'a Answered, digest: &Digest, row: Option<MentionId>) -> Matter<'a> {
        let present = &answered.scene.present;
        let claims = present.claims.iter().filter(|one| one.it.span.blob == *digest);
        let rows = present.mentions.iter();
        let rows = rows.filter(|one| one.it.span.blob == *digest && one.it.claim.is_none());
        let (mut claims, mentions): (Vec<_>, Vec<_>) = (claims.collect(), rows.collect());
        claims.sort_by_key(|one| start(&one.it.span));
        Matter { claims, mentions, row, position: present.position }
    }

    /// Where the row stands that is asked for, else the first claim that waits.
    fn first(&self) -> Option<&'a Span> {
        let row = self.mentions.iter().find(|one| Some(one.it.id) == self.row);
        let claims = self.claims.iter().filter(|one| one.review == Review::Unreviewed);
        row.map(|one| &one.it.span).or_else(|| claims.map(|one| &one.it.span).next())
    }

    fn waiting(&self) -> usize {
        let claims = self.claims.iter().filter(|one| one.review == Review::Unreviewed).count();
        claims + self.mentions.iter().filter(|one| one.review == Review::Unreviewed).count()
    }

    /// What the desk shows of one document: a stretch of its words with the claims in it, or its
    /// rows: the one that is asked for, then those that wait.
    fn shown<'b>(
        &self,
        taken: &'b Taken<Received>,
        opened: &'b Opened,
        from: Option<u32>,
    ) -> Reading<'b>
    where
        'a: 'b,
    {
        let document = &opened.document;
        let here: Vec<&Standing<Claim>> =
            self.claims.iter().copied().filter(|one| is_of(document, &one.it.span)).collect();
        let stretch = match &document.body {
            Body::Text(text) => {
                let wanted = here.iter().find(|one| one.review == Review::Unreviewed);
                let from = from.or(wanted.map(|one| start(&one.it.span))).unwrap_or(0);
                Some(stretch(&text.content, from as usize))
            }
            Body::Table(_) => None,
        };
        let inside = |one: &&Standing<Claim>| {
            stretch.as_ref().is_none_or(|stretch| {
                let last = stretch.first + stretch.words.chars().count() as u32;
                (stretch.first..=last).contains(&start(&one.it.span))
            })
        };
        let mut rows: Vec<&Standing<Mention>> =
            self.mentions.iter().copied().filter(|one| is_of(document, &one.it.span)).collect();
        let asked = |one: &Standing<Mention>| Some(one.it.id) == self.row;
        rows.sort_by_key(|one| (!asked(one), one.review != Review::Unreviewed));
        let more = rows.len().saturating_sub(ROWS);
        rows.truncate(ROWS);
        Reading {
            taken,
            part: (opened.nth, opened.of),
            title: document.title.as_deref(),
            claims: here.into_iter().filter(inside).collect(),
            stretch,
            mentions: rows,
            row: self.row,
            more,
            waiting: self.waiting(),
            seen: self.position,
        }
    }
}

/// The first character of a span.
fn start(span: &Span) -> u32 {
    match span.place {
        Place::Text { start, .. } => start,
        Place::Cells { row, .. } => row,
    }
}

/// Whether a span is of this document of its file; on pages its part goes on with the page.
fn is_of(document: &Document, span: &Span) -> bool {
    let Some(rest) = span.part.strip_prefix(&*document.part) else { return false };
    let rest = rest.strip_prefix("!/").unwrap_or(rest);
    rest.is_empty() || rest.starts_with("page ")
}

/// The stretch of a text that has the character `from`: stretches begin where a paragraph does.
fn stretch(content: &str, from: usize) -> Stretch<'_> {
    let mut begins = vec![(0, 0)]; // Code points and bytes before each stretch.
    let (mut since, mut points) = (0, 0);
    for (line, bytes) in content.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((line, *at))
    }) {
        points += line.chars().count();
        since += line.chars().count();
        if since >= STRETCH && bytes < content.len() {
            begins.push((points, bytes));
            since = 0;
        }
    }
    let at = begins.partition_point(|(points, _)| *points <= from).saturating_sub(1);
    let end = begins.get(at + 1).map_or(content.len(), |(_, bytes)| *bytes);
    let point = |at: usize| begins.get(at).map(|(points, _)| *points as u32);
    Stretch {
        words: &content[begins[at].1..end],
        first: begins[at].0 as u32,
        around: [at.checked_sub(1).and_then(point), point(at + 1)],
    }
}

/// A form of the desk.
pub async fn decide(Path(digest): Path<String>, heard: Heard, form: Form) -> Response {
    write(heard, form, move |case, writer, form| {
        let Ok(digest) = digest.parse::<Digest>() else { return Ok(Done::Senseless) };
        if seen(form).is_none() {
            return Ok(Done::Senseless);
        }
        match form.field("verdict") {
            Some("own") => own(case, writer, &digest, form),
            Some(verdict) => one(case, writer, &digest, verdict, form),
            None => Ok(Done::Senseless),
        }
    })
    .await
}

/// Where the browser goes on: the same words, at a card.
fn back(digest: &Digest, form: &Form, card: Option<ClaimId>) -> String {
    let number = |name| form.field(name).and_then(|said| said.parse::<u32>().ok()).unwrap_or(0);
    let card = card.map(|id| format!("#k-{id}")).unwrap_or_default();
    format!("/read/{digest}?part={}&from={}{card}", number("part"), number("from"))
}

fn one(
    case: &mut Case,
    writer: &mut Writer,
    digest: &Digest,
    verdict: &str,
    form: &Form,
) -> Result<Done, Error> {
    let id = form.field("id").and_then(|id| id.parse::<ClaimId>().ok());
    let (Some(id), Ok(verdict)) = (id, verdict.parse::<Review>()) else {
        return Ok(Done::Senseless);
    };
    let subject = match form.field("kind") {
        Some("claim") => Subject::Claim(id),
        Some("mention") => Subject::Mention(MentionId::from_bits(id.bits())),
        _ => return Ok(Done::Senseless),
    };
    let here = back(digest, form, Some(id));
    let changed = changed(case, form, About::One(subject))?;
    let present = case.present(None)?;
    let there = match subject {
        Subject::Claim(id) => present.claims.iter().any(|one| one.it.id == id),
        Subject::Mention(id) => present.mentions.iter().any(|one| one.it.id == id),
    };
    if !changed.is_empty() || !there {
        return Ok(Done::Stale(changed, here));
    }
    let reason = form.field("reason").unwrap_or_default();
    let next = form.field("next").and_then(|next| next.parse().ok());
    let onward = back(digest, form, next.or(Some(id)));
    if verdict != Review::Edited {
        if verdict == Review::Unreviewed {
            return Ok(Done::Senseless);
        }
        review::decide(case, writer, &[subject], verdict, reason)?;
        return Ok(Done::Written(onward));
    }
    let edited = match subject {
        Subject::Claim(id) => {
            let before = present.claims.into_iter().find(|one| one.it.id == id);
            before.and_then(|one| edited(one.it, form)).map(|it| Edited::Claim(it.into()))
        }
        Subject::Mention(id) => {
            let before = present.mentions.into_iter().find(|one| one.it.id == id);
            before.and_then(|one| row::edited(one.it, form)).map(|it| Edited::Mention(it.into()))
        }
    };
    let Some(edited) = edited else { return Ok(Done::Senseless) };
    review::edit(case, writer, edited, reason)?;
    Ok(Done::Written(onward))
}

/// The claim with what the form says of it; none where the form makes no sense.
fn edited(mut claim: Claim, form: &Form) -> Option<Claim> {
    claim.predicate = form.field("predicate")?.parse().ok()?;
    claim.modality = form.field("modality")?.parse().ok()?;
    if form.field("mode") != Some("same") {
        claim.quantity = quantity(form)?;
    }
    claim.time.since = when(form, "since")?;
    claim.time.as_of = when(form, "as_of")?;
    Some(claim)
}

/// The quantity as it was said; the outer none is a form that makes no sense.
fn quantity(form: &Form) -> Option<Option<Quantity>> {
    let Some(mode) = form.field("mode") else { return Some(None) };
    let number = |name| {
        let plain = form.field(name)?.replace(['.', ',', ' '], "");
        plain.parse::<u32>().ok()
    };
    Some(Some(Quantity::said(mode, number("number")?, number("high")).ok()?))
}

/// A day as it was written; the outer none is one that makes no sense.
pub(super) fn when(form: &Form, name: &str) -> Option<Option<When>> {
    let Some(said) = form.field(name) else { return Some(None) };
    said.parse().ok().map(Some)
}

/// A claim that nobody found: the words must stand in the document, letter by letter.
fn own(case: &mut Case, writer: &mut Writer, digest: &Digest, form: &Form) -> Result<Done, Error> {
    let present = case.present(None)?;
    let taken = present.documents.iter().rev().find(|taken| taken.it.blob == *digest);
    let Some(taken) = taken else { return Ok(Done::Stale(Vec::new(), "/read".to_owned())) };
    let part = form.field("part").and_then(|part| part.parse().ok()).unwrap_or(0);
    let Some(opened) = words::opened(case, &taken.it, Some(part), |_| true)? else {
        return Ok(Done::Senseless);
    };
    let Some(claim) = found(&opened.document, &taken.it, form) else {
        return Ok(Done::Senseless);
    };
    let claim = edited(claim, form).filter(|claim| claim.predicate.counts_people());
    let Some(claim) = claim else { return Ok(Done::Senseless) };
    let id = review::add(case, writer, claim, form.field("reason").unwrap_or_default())?;
    Ok(Done::Written(back(digest, form, Some(id))))
}

/// A count with nothing but its words and who says so.
fn found(document: &Document, received: &Received, form: &Form) -> Option<Claim> {
    let Body::Text(text) = &document.body else { return None };
    // A browser sends line ends as CR LF (HTML, "multipart form data").
    let quote = form.field("quote")?.replace("\r\n", "\n");
    let near = form.field("start").and_then(|start| start.parse::<u32>().ok());
    let places = text.content.match_indices(&*quote);
    let far = |at: &usize| near.map_or(0, |near| text.points(*at).abs_diff(near));
    let at = places.map(|(at, _)| at).min_by_key(far)?;
    let said = received.published.as_ref().map(|dated| dated.when.clone());
    Some(Claim {
        id: ClaimId::from_bits(0),
        span: document.span(text, at..at + quote.len()),
        kind: Kind::Count,
        detail: None,
        predicate: habeas_model::Predicate::Released,
        quantity: None,
        population: habeas_model::Population::default(),
        person: None,
        part_of: None,
        of_total: None,
        speakers: speakers(form)?,
        outlet: received.capture.outlet.clone(),
        url: received.capture.url.clone(),
        modality: Modality::Asserted,
        scope: None,
        time: Times { said, ..Times::default() },
        superseded: false,
        by: None,
        note: None,
        rules: Vec::new(),
        confidence: Confidence::High,
        attribution: None,
    })
}

/// Who says so; nobody: the outlet itself.
fn speakers(form: &Form) -> Option<SpeakerChain> {
    let Some(name) = form.field("speaker") else { return Some(SpeakerChain::default()) };
    let mut speaker = Speaker::named(name);
    speaker.of = form.field("of").map(str::to_owned);
    speaker.role = form.field("role").map(str::parse).transpose().ok()?;
    Some(SpeakerChain(vec![speaker]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shown_in_stretches() {
        let line = "Año tras año, línea a línea.\n";
        let text = line.repeat(3_000);
        let (mut from, mut all) = (0, String::new());
        loop {
            let one = stretch(&text, from);
            assert_eq!(one.first as usize, all.chars().count());
            assert!(one.words.chars().count() < STRETCH + line.len());
            let again = stretch(&text, from + one.words.chars().count() - 1);
            assert_eq!((again.first, again.words), (one.first, one.words));
            all.push_str(one.words);
            let [_, Some(next)] = one.around else { break };
            from = next as usize;
        }
        assert_eq!(all, text);
        assert_eq!(stretch("", 9).words, "");
    }
}
