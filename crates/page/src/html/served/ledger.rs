//! The memory: whether it is whole, what was signed under it, and who did what, newest first.

use super::{Asking, Papers, page, top};
use crate::{Lang, Reader, phrase, redact, word, words};
use habeas_model::{Entry, Subject};
use maud::{Markup, html};

/// An entry as the page tells it.
pub struct Act {
    /// Its position.
    pub position: u64,
    /// When, microseconds since 1970 UTC.
    pub at: i64,
    /// By whom.
    pub author: String,
    /// Its kind.
    pub kind: String,
    /// What it says; none where it was erased.
    pub entry: Option<Entry>,
}

/// A signed line under the entries so far.
pub struct Checkpoint {
    /// Entries covered: all up to this position.
    pub covers: u64,
    /// Names of those who signed it beside us.
    pub witnesses: Vec<String>,
}

/// What a check found.
pub struct Verified {
    /// Entries checked.
    pub entries: u64,
    /// Documents checked.
    pub blobs: u64,
    /// What is wrong: the place, and what.
    pub faults: Vec<(String, String)>,
}

/// What the page is made of.
pub struct Memory<'a> {
    /// Hash of the last entry and everything before it.
    pub head: String,
    /// How many entries there are.
    pub entries: u64,
    /// What was signed, oldest first.
    pub checkpoints: &'a [Checkpoint],
    /// The entries that are shown, newest first.
    pub acts: &'a [Act],
    /// Only decisions of people are shown.
    pub decisions: bool,
    /// Where older entries go on.
    pub older: Option<u64>,
    /// What a check found, if one was asked for.
    pub verified: Option<Verified>,
}

/// The page.
#[must_use]
pub fn ledger(
    of: &Memory<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "ledger");
    let inside = html! {
        (top(&title, &word(lang, "ledger-lead"), papers, reader))
        main id="content" {
            (whole(of, reader))
            (signed(of, reader))
            section aria-labelledby="h-acts" {
                h2 id="h-acts" { (word(lang, "ledger-acts")) }
                p class="tabs" {
                    (tab("/ledger#h-acts", "ledger-all", !of.decisions, lang))
                    (tab("/ledger?only=decisions#h-acts", "ledger-decisions", of.decisions, lang))
                }
                (acts(of, reader))
            }
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

fn tab(at: &str, key: &str, here: bool, lang: Lang) -> Markup {
    html! { a href=(at) aria-current=[here.then_some("true")] { (word(lang, key)) } " " }
}

/// The head, and what a check found.
fn whole(of: &Memory<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: u64| phrase::number(n, lang);
    html! {
        section aria-labelledby="h-whole" {
            h2 id="h-whole" { (word(lang, "ledger-whole")) }
            dl class="came" {
                dt { (word(lang, "ledger-entries")) } dd { (n(of.entries)) }
                dt { (word(lang, "ledger-head")) } dd { code { (of.head) } }
            }
            @match &of.verified {
                None => p { a class="act" href="/ledger?check=1" { (word(lang, "ledger-check")) } },
                Some(found) if found.faults.is_empty() => p class="notice good" role="status" {
                    "✓ " (words(lang, "verified-whole", &[
                        ("entries", &n(found.entries)), ("blobs", &n(found.blobs)),
                    ]))
                },
                Some(found) => div class="notice bad" role="alert" {
                    p { "✗ " (word(lang, "ledger-broken")) }
                    ul { @for (place, what) in &found.faults { li { (place) ": " (what) } } }
                }
            }
        }
    }
}

fn signed(of: &Memory<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: u64| phrase::number(n, lang);
    html! {
        section aria-labelledby="h-signed" {
            h2 id="h-signed" { (word(lang, "ledger-checkpoints")) }
            p class="lead" { (word(lang, "ledger-checkpoints-lead")) }
            @if of.checkpoints.is_empty() { p { (word(lang, "ledger-unsigned")) } }
            ul class="places" {
                @for one in of.checkpoints.iter().rev() {
                    li {
                        (words(lang, "ledger-covers", &[("n", &n(one.covers))]))
                        @if !one.witnesses.is_empty() { " · " (one.witnesses.join(", ")) }
                    }
                }
            }
        }
    }
}

fn acts(of: &Memory<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let columns = ["ledger-entry", "ledger-when", "ledger-who", "ledger-what"];
    html! {
        div class="wide" tabindex="0" role="region" aria-labelledby="h-acts" {
            table class="acts" {
                thead { tr { @for key in columns { th scope="col" { (word(lang, key)) } } } }
                tbody {
                    @for act in of.acts {
                        tr id={ "e-" (act.position) } {
                            td class="n" { (phrase::number(act.position, lang)) }
                            td class="day" { (phrase::moment(act.at)) }
                            td { bdi { (act.author) } }
                            td { (told(act, reader)) }
                        }
                    }
                }
            }
        }
        @if let Some(older) = of.older {
            @let only = if of.decisions { "&only=decisions" } else { "" };
            p { a href={ "/ledger?before=" (older) (only) "#h-acts" } { (word(lang, "ledger-older")) } }
        }
    }
}

/// What an entry did, in words; a reason that somebody wrote is for the team.
pub(super) fn told(act: &Act, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let (what, reason, about) = match &act.entry {
        Some(Entry::Decided(it)) => {
            let about = match it.subject {
                Subject::Claim(id) => id.to_string(),
                Subject::Mention(id) => id.to_string(),
            };
            (word(lang, &format!("review-{}", it.review)), it.reason.as_str(), about)
        }
        Some(Entry::Linked(it)) => {
            let pair = format!("{} · {}", it.left, it.right);
            (word(lang, &format!("verdict-{}", it.verdict)), it.reason.as_str(), pair)
        }
        Some(Entry::Undone(it)) => {
            let n = phrase::number(it.position, lang);
            (words(lang, "act-undone-entry", &[("n", &n)]), it.reason.as_str(), String::new())
        }
        Some(Entry::Received(it)) => (word(lang, "act-received"), "", it.blob.short()),
        Some(Entry::Read(it)) => (word(lang, "act-read"), "", it.blob.short()),
        Some(Entry::Claim(it)) => (word(lang, "act-claim"), "", it.id.to_string()),
        Some(Entry::Mention(it)) => (word(lang, "act-mention"), "", it.id.to_string()),
        Some(_) => (word(lang, &format!("act-{}", act.kind)), "", String::new()),
        None => (word(lang, "act-erased-entry"), "", String::new()),
    };
    html! {
        (what)
        @if !about.is_empty() { " " code { (about) } }
        @if let Some(reason) = redact::free_words(reason, reader).filter(|said| !said.is_empty()) {
            span class="small" { (reason) }
        }
    }
}
