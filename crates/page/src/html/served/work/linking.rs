//! The linking desk: pairs of rows that may be one person, why, and what speaks against it.

use super::super::{Act, Asking, Papers, document, ledger, page, top};
use super::{button, reason, unseen};
use crate::{
    Lang, Reader, phrase, redact,
    terminal::proposal::{changes, fields},
    word, words,
};
use habeas_count::worth::Worth;
use habeas_model::Mention;
use habeas_person::{
    Agreement, AutoRule, Proposal,
    name::{alignment::align, word::words as parts},
};
use maud::{Markup, html};

/// A pair with what is on either side.
pub struct Pair<'a> {
    /// What is proposed, and why.
    pub proposal: &'a Proposal,
    /// What deciding it would change.
    pub worth: Worth,
    /// The two rows.
    pub sides: [&'a Mention; 2],
}

/// What the desk shows.
pub struct Linking<'a> {
    /// The pairs of this page, those worth most first.
    pub pairs: Vec<Pair<'a>>,
    /// How many wait in all.
    pub waiting: usize,
    /// Which page of them this is, from 1, and how many there are.
    pub page: (usize, usize),
    /// Rules that fit some of them, and how many.
    pub rules: Vec<(AutoRule, usize)>,
    /// The last decisions, newest first: each can be undone.
    pub decided: &'a [Batch],
    /// The ledger stood here when the page was made.
    pub seen: u64,
}

/// Decisions that were made at once.
pub struct Batch {
    /// The first of them.
    pub first: Act,
    /// Position of the last.
    pub last: u64,
}

/// The desk.
#[must_use]
pub fn linking(
    of: &Linking<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "nav-link");
    let n = |n: usize| phrase::number(n as u64, lang);
    let inside = html! {
        (top(&title, &word(lang, "link-lead"), papers, reader))
        main id="content" {
            p role="status" {
                (words(lang, "link-waiting", &[("n", &n(of.waiting)), ("shown", &n(of.pairs.len()))]))
            }
            (at_once(of, lang))
            p class="small keys" { (word(lang, "link-by-keys")) }
            ol class="cards" {
                @for (nth, pair) in of.pairs.iter().enumerate() {
                    @let next = of.pairs.get(nth + 1).map(|next| id(next.proposal));
                    (card(pair, next, of, asking, reader))
                }
            }
            (pages(of.page, lang))
            section aria-labelledby="h-decided" {
                h2 id="h-decided" { (word(lang, "link-decided")) }
                p class="lead" { (word(lang, "link-decided-lead")) }
                @if of.decided.is_empty() { p { (word(lang, "link-decided-none")) } }
                ul class="pairs" {
                    @for batch in of.decided { (decided(batch, of.seen, asking, reader)) }
                }
            }
        }
        script type="module" src="/keys.js" {}
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// The card of a pair in the page.
fn id(pair: &Proposal) -> String {
    format!("{}-{}", pair.left, pair.right)
}

fn card(
    pair: &Pair<'_>,
    next: Option<String>,
    of: &Linking<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> Markup {
    let lang = reader.lang;
    let own = id(pair.proposal);
    html! {
        li id={ "k-" (own) } class="card" tabindex="-1" data-card data-waits
            aria-label=(word(lang, "pair-title")) {
            (side_by_side(pair, asking, reader))
            (why(pair, reader))
            @for warning in &pair.proposal.warnings {
                p class="warn" { "! " (word(lang, &format!("warning-{warning}"))) }
            }
            form class="decide" method="post" action="/link" {
                (unseen(of.seen, asking))
                input type="hidden" name="page" value=(of.page.0);
                input type="hidden" name="left" value=(pair.proposal.left);
                input type="hidden" name="right" value=(pair.proposal.right);
                @if let Some(next) = next { input type="hidden" name="next" value=(next); }
                (reason(&own, reader))
                div class="do" {
                    (button("same", "s", "same", reader))
                    (button("not_same", "d", "not_same", reader))
                    (button("unsure", "u", "unsure", reader))
                }
            }
        }
    }
}

fn side_by_side(pair: &Pair<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let [left, right] = pair.sides.map(|side| fields(side, reader));
    let lines = left.iter().zip(&right);
    let told = lines.filter(|((_, a), (_, b))| !(a.is_empty() && b.is_empty()));
    html! {
        table class="sides" {
            thead { tr {
                td {}
                @for side in pair.sides {
                    th scope="col" {
                        a href=(document::address(side.span.blob, asking)) { (side.origin()) }
                    }
                }
            } }
            tbody {
                @for ((key, a), (_, b)) in told {
                    tr class=[(a == b).then_some("alike")] {
                        th scope="row" { (word(lang, key)) }
                        td { bdi dir="auto" { (a) } }
                        td { bdi dir="auto" { (b) } }
                    }
                }
            }
        }
    }
}

/// How the names agree word by word, then part by part what speaks for it and what against.
fn why(pair: &Pair<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let [left, right] = pair.sides.map(|side| parts(side.name.reveal()));
    let shown = align(&left, &right).shown(&left, &right);
    let weight = format!("{:.0}", pair.proposal.weight);
    let told = pair.proposal.why.iter().filter(|one| one.agreement != Agreement::Missing);
    html! {
        div class="whys" {
            @if let Some(shown) = redact::free_words(&shown, reader) {
                p class="small" { (word(lang, "link-aligned")) ": " bdi dir="auto" { (shown) } }
            }
            ul class="signs" {
                @for one in told {
                    @let bits = one.weight.round() as i64;
                    @let (class, sign) = match bits.signum() {
                        1 => ("for", "+ "),
                        0 => ("neither", "· "),
                        _ => ("against", "− "),
                    };
                    li class=(class) {
                        (sign)
                        (word(lang, &format!("pair-{}", one.part))) ": "
                        (word(lang, &format!("agrees-{}", one.agreement)))
                        span class="small" { " " (phrase::signed(bits, lang)) }
                    }
                }
            }
            p class="small" {
                (changes(&pair.worth, lang)) " · "
                (words(lang, "pair-weight", &[("bits", &weight)]))
                @if let Some(rule) = pair.proposal.rule {
                    " · " (words(lang, "pair-rule", &[("rule", &word(lang, &format!("rule-{rule}")))]))
                }
            }
        }
    }
}

/// Rules that fit some pairs: these can be looked at together, and decided at once.
fn at_once(of: &Linking<'_>, lang: Lang) -> Markup {
    html! {
        @if !of.rules.is_empty() {
            section aria-labelledby="h-many" {
                h2 id="h-many" { (word(lang, "many-title")) }
                p class="lead" { (word(lang, "many-lead")) }
                ul class="places" {
                    @for (rule, n) in &of.rules {
                        li {
                            a href={ "/link/many?by=" (rule) } { (word(lang, &format!("rule-{rule}"))) }
                            ": " (phrase::number(*n as u64, lang))
                        }
                    }
                }
            }
        }
    }
}

fn pages((page, all): (usize, usize), lang: Lang) -> Markup {
    let n = |n: usize| phrase::number(n as u64, lang);
    html! {
        @if all > 1 {
            nav class="pages" aria-label=(word(lang, "pages")) {
                @if page > 1 { a href={ "/link?page=" (page - 1) } { "← " (word(lang, "page-before")) } }
                span { (words(lang, "page-of", &[("page", &n(page)), ("pages", &n(all))])) }
                @if page < all { a href={ "/link?page=" (page + 1) } { (word(lang, "page-after")) " →" } }
            }
        }
    }
}

/// Decisions that were made at once and can be undone so.
fn decided(batch: &Batch, seen: u64, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let (lang, act) = (reader.lang, &batch.first);
    let n = batch.last - act.position + 1;
    html! {
        li {
            span class="sign" aria-hidden="true" { "·" }
            div {
                span { bdi { (act.author) } ": " (ledger::told(act, reader)) }
                span class="small" {
                    (phrase::moment(act.at)) " UTC · "
                    (words(lang, "entry-word", &[("n", &phrase::number(act.position, lang))]))
                    @if n > 1 { " · " (words(lang, "many-more", &[("n", &phrase::number(n - 1, lang))])) }
                }
                form class="undo" method="post" action="/undo" {
                    (unseen(seen, asking))
                    input type="hidden" name="position" value=(act.position);
                    input type="hidden" name="last" value=(batch.last);
                    button class="plain" {
                        @if n > 1 { (words(lang, "many-undo", &[("n", &phrase::number(n, lang))])) }
                        @else { (word(lang, "desk-undo")) }
                    }
                }
            }
        }
    }
}
