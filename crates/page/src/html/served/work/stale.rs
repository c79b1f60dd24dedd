//! Somebody else was faster: what changed since the page was made, and nothing was written.

use super::super::{Act, Asking, Papers, ledger, page};
use crate::{Reader, phrase, word};
use maud::html;

/// A decision that was refused because its matter has changed.
pub struct Stale<'a> {
    /// What changed, oldest first; none: it is not there any more.
    pub changed: &'a [Act],
    /// Where the matter is shown as it is now.
    pub back: &'a str,
    /// The reason that somebody wrote: it is not lost.
    pub reason: &'a str,
}

/// The page.
#[must_use]
pub fn stale(of: &Stale<'_>, papers: &Papers<'_>, asking: &Asking<'_>, reader: &Reader) -> String {
    let lang = reader.lang;
    let title = word(lang, "stale");
    let inside = html! {
        main id="content" {
            p class="kicker" { (papers.present.title) }
            h1 { (title) }
            p class="lead" { (word(lang, "stale-lead")) }
            @if of.changed.is_empty() { p { (word(lang, "stale-gone")) } }
            ul class="pairs" {
                @for act in of.changed {
                    li {
                        span class="sign" aria-hidden="true" { "!" }
                        div {
                            span { bdi { (act.author) } ": " (ledger::told(act, reader)) }
                            span class="small" { (phrase::moment(act.at)) " UTC" }
                        }
                    }
                }
            }
            @if !of.reason.is_empty() {
                p { (word(lang, "stale-reason")) } blockquote { (of.reason) }
            }
            p { a class="act" href=(of.back) { (word(lang, "stale-back")) } }
        }
    };
    page(&title, asking, reader, &inside)
}
