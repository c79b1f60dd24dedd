//! The linking desk: pairs of rows that may be one person, why, and what speaks against it.

use super::super::{Act, Asking, Papers, document, ledger, page, top};
use super::{button, reason, unseen};
use crate::{Lang, Reader, phrase, redact, terminal::proposal::fields, word, words};
use habeas_model::Mention;
use habeas_person::{
    Agreement, Proposal,
    name::{alignment::align, word::words as parts},
};
use maud::{Markup, html};

/// A pair with what is on either side.
pub struct Pair<'a> {
    /// What is proposed, and why.
    pub proposal: &'a Proposal,
    /// The two rows.
    pub sides: [&'a Mention; 2],
}

/// What the desk shows.
pub struct Linking<'a> {
    /// The pairs of this page, strongest first.
    pub pairs: Vec<Pair<'a>>,
    /// How many wait in all.
    pub waiting: usize,
    /// The last decisions, newest first: each can be undone.
    pub decided: &'a [Act],
    /// The ledger stood here when the page was made.
    pub seen: u64,
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
            p class="small keys" { (word(lang, "link-by-keys")) }
            ol class="cards" {
                @for (nth, pair) in of.pairs.iter().enumerate() {
                    @let next = of.pairs.get(nth + 1).map(|next| id(next.proposal));
                    (card(pair, next, of.seen, asking, reader))
                }
            }
            section aria-labelledby="h-decided" {
                h2 id="h-decided" { (word(lang, "link-decided")) }
                p class="lead" { (word(lang, "link-decided-lead")) }
                @if of.decided.is_empty() { p { (word(lang, "link-decided-none")) } }
                ul class="pairs" {
                    @for act in of.decided { (decided(act, of.seen, "/link", asking, reader)) }
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
    seen: u64,
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
                (unseen(seen, asking))
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
                (words(lang, "pair-weight", &[("bits", &weight)]))
                @if let Some(rule) = pair.proposal.rule {
                    " · " (words(lang, "pair-rule", &[("rule", &word(lang, &format!("rule-{rule}")))]))
                }
            }
        }
    }
}

/// A decision that can be undone.
pub(in super::super) fn decided(
    act: &Act,
    seen: u64,
    back: &str,
    asking: &Asking<'_>,
    reader: &Reader,
) -> Markup {
    let lang: Lang = reader.lang;
    html! {
        li {
            span class="sign" aria-hidden="true" { "·" }
            div {
                span { bdi { (act.author) } ": " (ledger::told(act, reader)) }
                span class="small" {
                    (ledger::moment(act.at)) " UTC · "
                    (words(lang, "entry-word", &[("n", &phrase::number(act.position, lang))]))
                }
                form class="undo" method="post" action="/undo" {
                    (unseen(seen, asking))
                    input type="hidden" name="position" value=(act.position);
                    input type="hidden" name="back" value=(back);
                    button class="plain" { (word(lang, "desk-undo")) }
                }
            }
        }
    }
}
