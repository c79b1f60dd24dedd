//! The rows behind one number: where it is written, in which words, and who can be named for it.

use super::{
    Asking, asked, back,
    bar::Stretch,
    document::{self, address},
    page,
};
use crate::{Figure, Reader, html::row, phrase, redact, word, words};
use habeas_count::{Line, Source};
use habeas_model::{Claim, memory::present::Standing};
use maud::{Markup, html};

/// So many places where it is written, and so many names, a page.
const PLACES: usize = 60;
const NAMES: usize = 500;

/// The page of a number, for this reader (invariant 10): a stretch of its places and of its names,
/// `number` from 1.
#[must_use]
pub fn figure(
    of: &Figure<'_>,
    number: usize,
    asking: &Asking<'_>,
    title: &str,
    reader: &Reader,
) -> String {
    let names = redact::names(of.persons.iter().copied(), reader);
    let pages = of.written.len().div_ceil(PLACES).max(names.len().div_ceil(NAMES));
    let stretch = Stretch::of(number, pages, 1);
    let (number, at) = (stretch.number, format!("/lines/{}?{}", of.line.id, asking.address));
    let (lang, line, board) = (reader.lang, of.line, of.board);
    let quantity = line.quantity.as_ref().map(|said| phrase::quantity(said, lang));
    let quantity = quantity.unwrap_or_else(|| word(lang, "quantity-not-said"));
    let plain = habeas_model::Metric { verified: false, ..line.metric };
    let heading = format!("{quantity} {}", phrase::metric(plain, line.unit, lang));
    let inside = html! {
        header {
            (back(asking, Some(line.id), reader))
            p class="kicker" { (title) }
            h1 { (heading) }
            p class="lead" { (row::says(line, PLACES, reader)) }
            (asked(&board.rule, board.true_at, board.position, reader))
        }
        main id="content" {
            (frame(line, reader))
            (written(of, number, asking, reader))
            (named(of, &names, number, reader))
            (stretch.ways(&at, reader))
        }
    };
    page(&format!("{heading} · {title}"), asking, reader, &inside)
}

fn frame(line: &Line, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        section aria-labelledby="h-frame" {
            h2 id="h-frame" { (word(lang, "col-frame")) }
            p { (row::day(line, reader)) }
            div class="frame whole" { (row::frame(line, reader)) }
        }
    }
}

fn written(of: &Figure<'_>, number: usize, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let shown = of.written.iter().skip((number - 1) * PLACES).take(PLACES);
    html! {
        section aria-labelledby="h-written" {
            h2 id="h-written" { (word(lang, "written")) }
            p class="lead" { (word(lang, "written-lead")) }
            ol class="written" start=((number - 1) * PLACES + 1) {
                @for (source, claim) in shown { (place(source, claim, asking, reader)) }
            }
        }
    }
}

/// One place where it is written: the words with those around them, the speakers, the review.
fn place(source: &Source, claim: &Standing<Claim>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: u64| phrase::number(n, lang);
    let join = if asking.address.is_empty() { "?" } else { "&" };
    let chain = claim.it.speakers.0.iter().map(|one| redact::speaker(one, reader));
    html! {
        li {
            @if redact::quotable(&claim.it, reader) {
                (document::quoted(&claim.it.span))
            }
            p class="small" {
                (row::link(source, reader)) " · " (chain.collect::<Vec<_>>().join(" ← ")) " · "
                (word(lang, &format!("review-{}", source.review))) " · "
                (words(lang, "entry-word", &[("n", &n(claim.position))])) " · "
                a href={ (address(source.blob, asking)) (join) "at=" (source.claim) "#k-" (source.claim) } {
                    (word(lang, "in-document"))
                }
            }
        }
    }
}

fn named(of: &Figure<'_>, names: &[String], number: usize, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let names: Vec<&String> = names.iter().skip((number - 1) * NAMES).take(NAMES).collect();
    html! {
        section id="named" aria-labelledby="h-named" {
            h2 id="h-named" { (word(lang, "figure-named")) }
            p class="lead" { (phrase::standing(of.line, lang)) }
            @if let Some(named) = &of.line.named {
                p class="small" { (phrase::noted(named, lang).join(" · ")) }
            }
            @if !names.is_empty() {
                ul class="names" { @for name in names { li { bdi { (name) } } } }
            }
        }
    }
}
