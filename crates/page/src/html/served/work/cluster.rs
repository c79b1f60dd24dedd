//! All records of one person with the decisions that it carries, and the way to part them.

use super::super::{Asking, Papers, document, page, people::rulings};
use super::{Pair, many::one, reason, unseen};
use crate::{Reader, phrase, redact, word, words};
use habeas_count::Ruling;
use habeas_model::{LinkDecision, Mention, MentionId, Person, memory::present::Taken};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// What the page is made of.
pub struct Cluster<'a> {
    /// The person.
    pub person: &'a Person,
    /// The decisions that it carries.
    pub rulings: Vec<Ruling<'a>>,
    /// Pairs of its records with others that nobody has decided, the strongest first.
    pub open: Vec<Pair<'a>>,
    /// The records that would leave.
    pub out: BTreeSet<MentionId>,
    /// The decisions that would be turned by that.
    pub cut: Vec<&'a Taken<LinkDecision>>,
    /// The ledger stood here when the page was made.
    pub seen: u64,
}

/// The page.
#[must_use]
pub fn cluster(
    of: &Cluster<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let name = redact::person(of.person, reader).to_string();
    let inside = html! {
        header {
            p class="back" { a href={ "/people/" (of.person.id) } { "← " (word(lang, "cluster-person")) } }
            p class="kicker" { (papers.present.title) }
            h1 { bdi dir="auto" { (name) } }
            p class="lead" { (word(lang, "cluster-lead")) }
        }
        main id="content" {
            @if !of.out.is_empty() { (parting(of, asking, reader)) }
            (records(of, asking, reader))
            (rulings(&of.rulings, of.person, asking, reader))
            (open(&of.open, reader))
            p class="small" { (words(lang, "cluster-undo", &[("n", &phrase::number(papers.present.position, lang))])) }
        }
    };
    let title = words(lang, "person-word", &[("id", &of.person.id.to_string())]);
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// The records, each of which can be ticked to leave.
fn records(of: &Cluster<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let many = of.person.mentions.len() > 1;
    html! {
        section aria-labelledby="h-records" {
            h2 id="h-records" { (word(lang, "cluster-records")) }
            form method="get" action={ "/link/" (of.person.id) } {
                ul class="pairs" {
                    @for held in &of.person.mentions {
                        @let out = of.out.contains(&held.mention.id);
                        (record(&held.mention, out, many, asking, reader))
                    }
                }
                @if many {
                    div class="decide" { div class="do" {
                        button class="plain" { (word(lang, "cluster-look")) }
                    } }
                }
            }
        }
    }
}

fn record(it: &Mention, out: bool, many: bool, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let happened = crate::terminal::proposal::fields(it, reader);
    let happened = happened.into_iter().find(|(key, _)| *key == "field-happened");
    html! {
        li {
            @if many {
                label class="take" {
                    input type="checkbox" name="out" value=(it.id) checked[out];
                    span class="unseen" { (word(lang, "cluster-out")) " " bdi { (redact::mention(it, reader)) } }
                }
            }
            div {
                span { (one(it, reader)) }
                @if let Some((_, said)) = happened { span class="small" { bdi { (said) } } }
                a class="small" href=(document::address(it.span.blob, asking)) { (word(lang, "in-document")) }
            }
        }
    }
}

/// Who else they may be, and what speaks against it: a weak link, say, at which a chain was split.
fn open(pairs: &[Pair<'_>], reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        @if !pairs.is_empty() {
            section aria-labelledby="h-open" {
                h2 id="h-open" { (word(lang, "cluster-open")) }
                p class="lead" { (word(lang, "cluster-open-lead")) }
                ul class="pairs" {
                    @for pair in pairs {
                        @let weight = format!("{:.0}", pair.proposal.weight);
                        li {
                            span class="sign" aria-hidden="true" { "?" }
                            div {
                                span { (one(pair.sides[0], reader)) " ? " (one(pair.sides[1], reader)) }
                                span class="small" { (words(lang, "pair-weight", &[("bits", &weight)])) }
                                @for warning in &pair.proposal.warnings {
                                    span class="small warn" { "! " (word(lang, &format!("warning-{warning}"))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What parting them would do, and the form that does it.
fn parting(of: &Cluster<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: usize| phrase::number(n as u64, lang);
    let (out, all) = (of.out.len(), of.person.mentions.len());
    let said = [("out", &*n(out)), ("rest", &*n(all - out)), ("cut", &*n(of.cut.len()))];
    html! {
        section class="card" aria-labelledby="h-part" {
            h2 id="h-part" { (word(lang, "cluster-part")) }
            p role="status" { (words(lang, "cluster-says", &said)) }
            form class="decide" method="post" action={ "/link/" (of.person.id) } {
                (unseen(of.seen, asking))
                @for id in &of.out { input type="hidden" name="out" value=(id); }
                @for link in &of.cut { input type="hidden" name="cut" value=(link.position); }
                (reason("part", reader))
                div class="do" {
                    button class="main" { (word(lang, "cluster-do")) }
                    a class="act" href={ "/link/" (of.person.id) } { (word(lang, "cluster-no")) }
                }
            }
        }
    }
}
