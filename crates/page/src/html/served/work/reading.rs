//! The reading desk: a document with its claims marked in place, each with its card.

use super::super::{Asking, Papers, page, top};
use super::card::{At, claim, mention, parts};
use super::{reason, unseen};
use crate::{Reader, phrase, redact, word, words};
use habeas_model::{
    Claim, Mention, MentionId, Place, Received, Review, Role, memory::present::Standing,
    memory::present::Taken,
};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// A stretch of the words of a document.
pub struct Stretch<'a> {
    /// The words.
    pub words: &'a str,
    /// Code points before them in the document.
    pub first: u32,
    /// Where the stretch before and the one after begin.
    pub around: [Option<u32>; 2],
}

/// What the desk shows.
pub struct Reading<'a> {
    /// The document.
    pub taken: &'a Taken<Received>,
    /// Which document of the file, from 0, and how many there are.
    pub part: (usize, usize),
    /// Its own title.
    pub title: Option<&'a str>,
    /// A stretch of its words; none for a table.
    pub stretch: Option<Stretch<'a>>,
    /// The claims in it, in the order of the words.
    pub claims: Vec<&'a Standing<Claim>>,
    /// The rows in it, in their order.
    pub mentions: Vec<&'a Standing<Mention>>,
    /// The row that is edited.
    pub row: Option<MentionId>,
    /// Rows that are there and not shown.
    pub more: usize,
    /// How many proposals of the whole file wait.
    pub waiting: usize,
    /// The ledger stood here when the page was made.
    pub seen: u64,
}

/// Documents in which something waits, with how much.
#[must_use]
pub fn waiting_documents(
    of: &[(&Taken<Received>, usize)],
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "nav-read");
    let inside = html! {
        (top(&title, &word(lang, "read-lead"), papers, reader))
        main id="content" {
            @if of.is_empty() { p role="status" { (word(lang, "read-none")) } } @else {
                div class="wide" tabindex="0" role="region" aria-label=(title) {
                    table {
                        thead { tr {
                            @for key in ["col-document", "col-received", "col-waiting"] {
                                th scope="col" { (word(lang, key)) }
                            }
                        } }
                        tbody {
                            @for (taken, waiting) in of {
                                tr {
                                    th scope="row" { a href={ "/read/" (taken.it.blob) } { (phrase::file_name(&taken.it, reader)) } }
                                    td class="day" { (phrase::moment(taken.known)) }
                                    td class="n" data-label=(word(lang, "col-waiting")) { (phrase::number(*waiting as u64, lang)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// The desk.
#[must_use]
pub fn reading(
    of: &Reading<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let from = of.stretch.as_ref().map_or(0, |stretch| stretch.first);
    let at = At { seen: of.seen, part: of.part.0, from, row: of.row, asking };
    let n = phrase::number(of.waiting as u64, lang);
    let inside = html! {
        header {
            p class="back" { a href="/read" { "← " (word(lang, "nav-read")) } }
            p class="kicker" { (papers.present.title) }
            h1 { (phrase::file_name(&of.taken.it, reader)) }
            @if let Some(title) = of.title { p class="lead" { (title) } }
            p class="asked" {
                span { (words(lang, "read-waiting", &[("n", &n)])) }
                span { a href={ "/documents/" (of.taken.it.blob) } { (word(lang, "read-evidence")) } }
            }
            p class="small keys" { (word(lang, "read-keys")) }
        }
        main id="content" class="desk" {
            @if let Some(stretch) = &of.stretch { (self::text(stretch, of, &at, reader)) }
            (cards(of, &at, reader))
        }
        script type="module" src="/keys.js" {}
    };
    page(&format!("{} · {}", word(lang, "nav-read"), papers.present.title), asking, reader, &inside)
}

fn cards(of: &Reading<'_>, at: &At<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let waits = |review: Review| review == Review::Unreviewed;
    let claims = of.claims.iter().map(|one| (one.it.id.to_string(), waits(one.review)));
    let rows = of.mentions.iter().map(|one| (one.it.id.to_string(), waits(one.review)));
    let order: Vec<(String, bool)> = claims.chain(rows).collect();
    let next = |nth: usize| {
        let later = order.iter().skip(nth + 1).find(|(_, waits)| *waits);
        later.or_else(|| order.iter().take(nth).find(|(_, waits)| *waits)).map(|(id, _)| &**id)
    };
    html! {
        section aria-labelledby="h-cards" {
            h2 id="h-cards" { (word(lang, "document-claims")) }
            @if order.is_empty() { p { (word(lang, "read-nothing-here")) } }
            ol class="cards" {
                @for (nth, one) in of.claims.iter().enumerate() {
                    (claim(one, next(nth), at, reader))
                }
                @for (nth, one) in of.mentions.iter().enumerate() {
                    (mention(one, next(of.claims.len() + nth), at, reader))
                }
            }
            @if of.more > 0 {
                p class="small" { (words(lang, "read-more-rows", &[("n", &phrase::number(of.more as u64, lang))])) }
            }
        }
    }
}

/// The words with every claim marked in place; a mark leads to its card.
fn text(stretch: &Stretch<'_>, of: &Reading<'_>, at: &At<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let [earlier, later] = stretch.around;
    let to = |from: u32| format!("/read/{}?part={}&from={from}", of.taken.it.blob, of.part.0);
    html! {
        section class="text" aria-labelledby="h-text" {
            h2 id="h-text" { (word(lang, "read-text")) }
            @if let Some(from) = earlier { p { a href=(to(from)) { "↑ " (word(lang, "read-earlier")) } } }
            @if redact::free_words(stretch.words, reader).is_some() {
                div class="words" dir="auto" data-text=(stretch.first) {
                    @for piece in pieces(stretch, &of.claims) { (marked(&piece)) }
                }
            }
            @if let Some(from) = later { p { a href=(to(from)) { "↓ " (word(lang, "read-later")) } } }
            (own(of, at, reader))
        }
    }
}

/// Some words and the claims that they are a part of.
struct Piece<'a> {
    words: &'a str,
    claims: Vec<&'a Standing<Claim>>,
}

fn marked(piece: &Piece<'_>) -> Markup {
    html! {
        @match piece.claims.last() {
            None => (piece.words),
            Some(one) => mark class={ "review-" (one.review) } {
                a href={ "#k-" (one.it.id) } { (piece.words) }
            },
        }
    }
}

/// The stretch cut where a claim begins or ends.
fn pieces<'a>(stretch: &Stretch<'a>, claims: &[&'a Standing<Claim>]) -> Vec<Piece<'a>> {
    let bytes: Vec<usize> = stretch.words.char_indices().map(|(at, _)| at).collect();
    let length = bytes.len() as u32;
    let inside = |point: u32| point.saturating_sub(stretch.first).min(length);
    let ends = |one: &Standing<Claim>| match &one.it.span.place {
        Place::Text { start, end, .. } => Some((inside(*start), inside(*end))),
        Place::Cells { .. } => None,
    };
    let spans: Vec<(u32, u32, &Standing<Claim>)> =
        claims.iter().filter_map(|one| ends(one).map(|(a, b)| (a, b, *one))).collect();
    let mut cuts: BTreeSet<u32> = spans.iter().flat_map(|&(a, b, _)| [a, b]).collect();
    cuts.extend([0, length]);
    let cuts: Vec<u32> = cuts.into_iter().collect();
    let byte = |point: u32| bytes.get(point as usize).copied().unwrap_or(stretch.words.len());
    let piece = |pair: &[u32]| {
        let (from, to) = (pair[0], pair[1]);
        let over = spans.iter().filter(|&&(a, b, _)| a <= from && to <= b);
        Piece { words: &stretch.words[byte(from)..byte(to)], claims: over.map(|it| it.2).collect() }
    };
    cuts.windows(2).map(piece).collect()
}

/// The form for a claim that the reader did not find: the words, what is claimed, who says so.
fn own(of: &Reading<'_>, at: &At<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        details class="edit" {
            summary { (word(lang, "own-claim")) }
            p class="small" { (word(lang, "own-claim-lead")) }
            form class="ask" method="post" action=(at.asking.path) {
                (unseen(of.seen, at.asking))
                input type="hidden" name="verdict" value="own";
                input type="hidden" name="part" value=(of.part.0);
                input type="hidden" name="from" value=(at.from);
                div class="row" {
                    label for="own-quote" { (word(lang, "own-words")) }
                    textarea id="own-quote" name="quote" rows="3" required {}
                }
                div {
                    label for="own-start" { (word(lang, "own-start")) }
                    input id="own-start" name="start" inputmode="numeric" autocomplete="off";
                }
                (parts("own", None, lang))
                div {
                    label for="own-speaker" { (word(lang, "own-speaker")) }
                    input id="own-speaker" name="speaker" autocomplete="off";
                }
                div {
                    label for="own-of" { (word(lang, "own-of")) }
                    input id="own-of" name="of" autocomplete="off";
                }
                div {
                    label for="own-role" { (word(lang, "own-role")) }
                    select id="own-role" name="role" {
                        option value="" {}
                        @for role in Role::ALL { option value=(role) { (word(lang, &format!("role-{role}"))) } }
                    }
                }
                div { (reason("own", reader)) }
                div class="do" { button { (word(lang, "own-keep")) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[track_caller]
    fn check(spans: &[(u32, u32)], expected: &[(&str, usize)]) {
        let claims: Vec<Standing<Claim>> =
            (1..).zip(spans).map(|(id, &(start, end))| sample::claim(id, start, end)).collect();
        let claims: Vec<&Standing<Claim>> = claims.iter().collect();
        let stretch = Stretch { words: "Año: 42 más", first: 10, around: [None, None] };
        let found = pieces(&stretch, &claims);
        let found: Vec<(&str, usize)> =
            found.iter().map(|piece| (piece.words, piece.claims.len())).collect();
        assert_eq!(found, expected, "{spans:?}");
    }

    #[test]
    fn words_are_cut_where_claims_end() {
        check(&[], &[("Año: 42 más", 0)]);
        check(&[(15, 17)], &[("Año: ", 0), ("42", 1), (" más", 0)]);
        check(&[(15, 17), (10, 21)], &[("Año: ", 1), ("42", 2), (" más", 1)]);
        check(&[(0, 13), (18, 90)], &[("Año", 1), (": 42 ", 0), ("más", 1)]);
    }
}
