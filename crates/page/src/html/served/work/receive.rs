//! Receiving: files are dropped or chosen, shown as what they would be, and accepted or thrown
//! away; what was received can be withdrawn.

use super::super::{Asking, Papers, document, page, top};
use super::{offer, reason, unseen};
use crate::{Lang, Reader, phrase, word, words};
use habeas_model::{Received, memory::present::Taken};
use maud::{Markup, html};

/// How much may be sent.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Files at once.
    pub files: usize,
    /// Bytes of one of them.
    pub file: u64,
    /// Bytes of all of them.
    pub all: u64,
}

/// A document that was received, and whether that was undone.
pub struct Reception<'a> {
    /// The document.
    pub taken: &'a Taken<Received>,
    /// The entry that withdrew it.
    pub undo: Option<u64>,
    /// Claims and rows that were read in it.
    pub read: usize,
    /// How many of them somebody has decided.
    pub decided: usize,
}

/// The page that files are sent from.
#[must_use]
pub fn receive(
    most: Most,
    last: &[Reception<'_>],
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "nav-receive");
    let inside = html! {
        (top(&title, &word(lang, "receive-lead"), papers, reader))
        main id="content" {
            (form(most, asking, lang))
            section aria-labelledby="h-last" {
                h2 id="h-last" { (word(lang, "receive-last")) }
                p class="lead" { (word(lang, "receive-last-lead")) }
                @if last.is_empty() { p { (word(lang, "receive-none")) } }
                ul class="pairs" {
                    @for one in last { (reception(one, papers.present.position, asking, reader)) }
                }
            }
        }
        script type="module" src="/receive.js" {}
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// Limits in words; the module says with them what is too much before it is sent.
fn form(most: Most, asking: &Asking<'_>, lang: Lang) -> Markup {
    let (file, all) = (offer::size(most.file, lang), offer::size(most.all, lang));
    let files = phrase::number(most.files as u64, lang);
    let said = [("files", &*files), ("file", &*file), ("all", &*all)];
    html! {
        form class="drop" method="post" action="/receive" enctype="multipart/form-data" data-drop
            data-files=(most.files) data-file=(most.file) data-all=(most.all)
            data-said-files=(word(lang, "receive-too-many"))
            data-said-file=(word(lang, "receive-too-large"))
            data-said-all=(word(lang, "receive-too-much"))
            data-said-lost=(word(lang, "receive-lost"))
            data-said-looks=(word(lang, "receive-looks")) {
            input type="hidden" name="token" value=(asking.token);
            label for="files" { (word(lang, "receive-choose")) }
            input id="files" name="files" type="file" multiple required aria-describedby="limits";
            p id="limits" class="small" { (words(lang, "receive-limits", &said)) }
            p class="small" { (word(lang, "receive-kinds")) }
            div class="do" { button { (word(lang, "receive-send")) } }
            progress max="100" value="0" aria-label=(word(lang, "receive-progress")) hidden {}
            p role="status" data-told {}
        }
    }
}

fn reception(one: &Reception<'_>, seen: u64, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let Reception { taken, undo, read, decided } = one;
    let n = |n: usize| phrase::number(n as u64, lang);
    let id = taken.position.to_string();
    let key = if undo.is_some() { "receive-bring-back" } else { "receive-withdraw" };
    html! {
        li id={ "e-" (id) } {
            span class="sign" aria-hidden="true" { @if undo.is_some() { "−" } @else { "+" } }
            div {
                @match undo {
                    None => a href=(document::address(taken.it.blob, asking)) {
                        bdi dir="auto" { (phrase::file_name(&taken.it, reader)) }
                    },
                    Some(_) => span {
                        s { bdi dir="auto" { (phrase::file_name(&taken.it, reader)) } }
                        " · " strong { (word(lang, "receive-withdrawn")) }
                    },
                }
                span class="small" {
                    bdi { (taken.author) } " · " (phrase::moment(taken.known)) " UTC · "
                    (words(lang, "receive-read", &[("read", &n(*read)), ("decided", &n(*decided))]))
                }
                details class="edit" {
                    summary {
                        (word(lang, key))
                        span class="unseen" { " " bdi { (phrase::file_name(&taken.it, reader)) } }
                    }
                    form class="decide" method="post" action="/receive/undo" {
                        (unseen(seen, asking))
                        input type="hidden" name="position" value=(undo.unwrap_or(taken.position));
                        (reason(&id, reader))
                        div class="do" { button class="plain" { (word(lang, key)) } }
                    }
                }
            }
        }
    }
}
