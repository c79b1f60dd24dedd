//! The documents of a case, and what was read in one of them, in its order.

use super::Reach;
use super::{Asking, asked, bar::Stretch, page, top};
use crate::{
    Lang, Reader, phrase, redact,
    terminal::proposal::{chain, claimed, framed},
    word, words,
};
use habeas_count::Rule;
use habeas_model::{
    Claim, ClaimId, Digest, Mention, Place, Present, Received, Review, Span,
    memory::present::{Standing, Taken},
};
use jiff::{Timestamp, civil::Date, tz::Offset};
use maud::{Markup, html};
use std::collections::HashMap;

/// What pages of documents are made of.
pub struct Papers<'a> {
    /// The present at known-by.
    pub present: &'a Present,
    /// The day that was asked for; documents are shown whatever it is.
    pub true_at: Option<Date>,
    /// The counting rule.
    pub rule: &'a Rule,
    /// From when to when it can be asked; none: nothing was received.
    pub reach: Option<Reach>,
}

/// How much was read in a document, and how much of it waits.
#[derive(Clone, Copy, Default)]
struct Tally {
    claims: u32,
    mentions: u32,
    waiting: u32,
}

/// So many documents a page.
const DOCUMENTS: usize = 200;

/// What is counted of each.
const COUNTED: [&str; 3] = ["col-claims", "col-mentions", "col-waiting"];

/// The list of documents, as they came, a page at a time from 1.
#[must_use]
pub fn documents(of: &Papers<'_>, number: usize, asking: &Asking<'_>, reader: &Reader) -> String {
    let all = &of.present.documents;
    let stretch = Stretch::of(number, all.len(), DOCUMENTS);
    let shown = all.iter().skip((stretch.number - 1) * DOCUMENTS).take(DOCUMENTS);
    let title = word(reader.lang, "documents");
    let tallies = tallies(of.present);
    let columns = ["col-document", "col-received", "col-published"].into_iter().chain(COUNTED);
    let inside = html! {
        (top(&title, &word(reader.lang, "documents-lead"), of, reader))
        main id="content" {
            div class="wide" tabindex="0" role="region" aria-label=(title) {
                table {
                    thead { tr {
                        @for key in columns { th scope="col" { (word(reader.lang, key)) } }
                    } }
                    tbody {
                        @for taken in shown {
                            (row(taken, &tallies, of.present, asking, reader))
                        }
                    }
                }
            }
            (stretch.ways(&format!("/documents?{}", asking.address), reader))
        }
    };
    page(&format!("{title} · {}", of.present.title), asking, reader, &inside)
}

fn tallies(present: &Present) -> HashMap<Digest, Tally> {
    let mut all: HashMap<Digest, Tally> = HashMap::new();
    for one in present.claims.iter().filter(|one| one.review.stands()) {
        let tally = all.entry(one.it.span.blob).or_default();
        tally.claims += 1;
        tally.waiting += u32::from(one.review == Review::Unreviewed);
    }
    for one in present.mentions.iter().filter(|one| one.review.stands()) {
        let tally = all.entry(one.it.span.blob).or_default();
        tally.mentions += 1;
        tally.waiting += u32::from(one.review == Review::Unreviewed);
    }
    all
}

fn row(
    taken: &Taken<Received>,
    tallies: &HashMap<Digest, Tally>,
    present: &Present,
    asking: &Asking<'_>,
    reader: &Reader,
) -> Markup {
    let lang = reader.lang;
    let it = &taken.it;
    let tally = tallies.get(&it.blob).copied().unwrap_or_default();
    let counted = [tally.claims, tally.mentions, tally.waiting];
    let newer = present.documents.iter().any(|other| other.it.replaces == Some(it.blob));
    html! {
        tr {
            th scope="row" {
                a href=(address(it.blob, asking)) { (phrase::file_name(it, reader)) }
                @if newer { span class="small" { (word(lang, "document-replaced")) } }
            }
            td class="day" data-label=(word(lang, "col-received")) { (received(taken, lang)) }
            @if let Some(said) = &it.published {
                td data-label=(word(lang, "col-published")) { (phrase::when(&said.when, lang)) }
            } @else { td {} }
            @for (key, n) in COUNTED.into_iter().zip(counted) {
                td class="n" data-label=(word(lang, key)) { (phrase::number(n.into(), lang)) }
            }
        }
    }
}

/// Where the page of a document is.
pub(super) fn address(blob: Digest, asking: &Asking<'_>) -> String {
    format!("/documents/{blob}{}", asking.after())
}

fn received(taken: &Taken<Received>, lang: Lang) -> String {
    let time = Timestamp::from_microsecond(taken.known).unwrap_or_default();
    phrase::day(Offset::UTC.to_datetime(time).date(), lang)
}

/// So many claims of a document a page.
const CLAIMS: usize = 100;

/// The claims of a document, in the order of its words.
fn claims<'a>(of: &Papers<'a>, blob: Digest) -> Vec<&'a Standing<Claim>> {
    let mut claims: Vec<&Standing<Claim>> =
        of.present.claims.iter().filter(|one| one.it.span.blob == blob).collect();
    claims.sort_by_key(order);
    claims
}

/// The page of its document that a claim is on, from 1.
#[must_use]
pub fn claim_page(of: &Papers<'_>, blob: Digest, claim: ClaimId) -> Option<usize> {
    let place = claims(of, blob).iter().position(|one| one.it.id == claim)?;
    Some(place / CLAIMS + 1)
}

/// One document: what came before and after it, and its claims in the order of its words, a page
/// at a time from 1.
#[must_use]
pub fn document(
    of: &Papers<'_>,
    taken: &Taken<Received>,
    number: usize,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let (lang, it) = (reader.lang, &taken.it);
    let title = phrase::file_name(it, reader);
    let claims = claims(of, it.blob);
    let stretch = Stretch::of(number, claims.len(), CLAIMS);
    let (before, at) = ((stretch.number - 1) * CLAIMS, address(it.blob, asking));
    let at = if asking.address.is_empty() { format!("{at}?") } else { at };
    let shown = claims.iter().skip(before).take(CLAIMS);
    let rows = of.present.mentions.iter().filter(|one| one.it.span.blob == it.blob);
    let rows: Vec<&Standing<Mention>> = rows.collect();
    let inside = html! {
        header {
            p class="back" { a href={ "/documents" (asking.after()) } {
                "← " (word(lang, "documents"))
            } }
            p class="kicker" { (of.present.title) }
            h1 { (title) }
            (asked(of.rule, of.true_at, of.present.position, reader))
        }
        main id="content" {
            (came(of.present, taken, asking, reader))
            section aria-labelledby="h-read" {
                h2 id="h-read" { (word(lang, "document-claims")) }
                p class="lead" { (word(lang, "document-claims-lead")) }
                @if claims.is_empty() { p { (word(lang, "document-no-claims")) } }
                ol class="written" start=(before + 1) { @for one in shown { (claim(one, reader)) } }
                (stretch.ways(&at, reader))
                @if !rows.is_empty() {
                    p { a href={ "/versions/" (it.blob) } { (word(lang, "diff-link")) } }
                    p { (words(lang, "document-rows", &[("n", &phrase::number(rows.len() as u64, lang))])) }
                }
            }
        }
    };
    page(&format!("{title} · {}", of.present.title), asking, reader, &inside)
}

/// Where a claim stands: its part of the file, then the first character, or the row and column.
fn order<'a>(one: &&'a Standing<Claim>) -> (&'a str, &'a str, u32, u32) {
    let span = &one.it.span;
    match &span.place {
        Place::Text { start, .. } => (&span.part, "", *start, 0),
        Place::Cells { sheet, row, first, .. } => (&span.part, sheet, *row, *first),
    }
}

/// When and how it came, its bytes, and its other versions.
fn came(
    present: &Present,
    taken: &Taken<Received>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> Markup {
    let (lang, it) = (reader.lang, &taken.it);
    let later = present.documents.iter().filter(|other| other.it.replaces == Some(it.blob));
    html! {
        dl class="came" {
            dt { (word(lang, "col-received")) }
            dd {
                (received(taken, lang)) " · " bdi { (taken.author) } " · "
                (words(lang, "entry-word", &[("n", &phrase::number(taken.position, lang))]))
            }
            @if let Some(said) = &it.published {
                dt { (word(lang, "col-published")) }
                dd { (phrase::when(&said.when, lang)) " " q { (said.words) } }
            }
            dt { "SHA-256" }
            dd { code { (it.blob) } }
            dt { (word(lang, "document-size")) }
            dd {
                (words(lang, "document-bytes", &[("n", &phrase::number(it.bytes, lang))]))
                " · " (it.format)
            }
            @if let Some(before) = it.replaces {
                dt { (word(lang, "document-before")) }
                dd { a href=(address(before, asking)) { (before.short()) } }
            }
            @for other in later {
                dt { (word(lang, "document-after")) }
                dd { a href=(address(other.it.blob, asking)) { (other.it.blob.short()) } }
            }
        }
    }
}

/// Characters that a span keeps on each side of its words, where there are so many.
const AROUND: usize = 32;

/// The words of a place with those around them, whole words only.
pub(super) fn quoted(span: &Span) -> Markup {
    let before = span.prefix.chars().count();
    let begins = matches!(span.place, Place::Text { start, .. } if start as usize == before);
    let before = match span.prefix.split_once(char::is_whitespace) {
        Some((_, whole)) if !begins => format!("… {whole}"),
        _ => span.prefix.clone(),
    };
    let ends = span.suffix.chars().count() < AROUND;
    let after = match span.suffix.rsplit_once(char::is_whitespace) {
        Some((whole, _)) if !ends => format!("{whole} …"),
        _ => span.suffix.clone(),
    };
    html! { blockquote { (before) mark { (span.quote) } (after) } }
}

/// A claim: the words with those around them, what was read in them, who says so, and why.
fn claim(one: &Standing<Claim>, reader: &Reader) -> Markup {
    let (lang, it) = (reader.lang, &one.it);
    html! {
        li id={ "k-" (it.id) } class={ "review-" (one.review) } {
            @if redact::quotable(it, reader) {
                (quoted(&it.span))
            }
            p {
                strong { (claimed(it, lang)) } " · " (framed(it, lang))
                @if let Some(person) = &it.person {
                    @if redact::quotable(it, reader) { " · " bdi { (person.reveal()) } }
                }
            }
            p class="small" {
                (chain(it, reader)) " · " (word(lang, &format!("modality-{}", it.modality))) " · "
                (word(lang, &format!("review-{}", one.review))) " · "
                (words(lang, "entry-word", &[("n", &phrase::number(one.position, lang))]))
            }
            @if !it.rules.is_empty() && redact::quotable(it, reader) {
                details {
                    summary { (word(lang, "document-why")) }
                    ul class="places" { @for rule in &it.rules { li { code { (rule) } } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::See;
    use habeas_model::{Capture, Disclosure};

    #[test]
    fn the_name_of_a_file_is_for_the_team() {
        let it = Received {
            blob: Digest([7; 32]),
            name: "interview of Ada <Luna>.txt".to_owned(),
            bytes: 1200,
            format: "text".to_owned(),
            capture: Capture::default(),
            published: None,
            replaces: None,
            disclosure: Disclosure::Public,
        };
        let taken = Taken { it, position: 3, known: 0, author: "reviewer".to_owned() };
        let present = Present { documents: vec![taken.clone()], ..Present::default() };
        let rule = &Rule::shipped()[0];
        let papers = Papers { present: &present, true_at: None, rule, reach: None };
        let told = |reader: &Reader| {
            let asking = Asking::default();
            documents(&papers, 1, &asking, reader) + &document(&papers, &taken, 1, &asking, reader)
        };
        let public = told(&Reader::public(Lang::En));
        assert!(!public.contains("Luna") && public.contains("1,200 bytes"), "{public}");
        let team = told(&Reader { see: See::Team, ..Reader::public(Lang::En) });
        assert!(team.contains("Ada &lt;Luna&gt;") && !team.contains("<Luna>"), "{team}");
    }
}
