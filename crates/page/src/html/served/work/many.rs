//! Many pairs decided at once: which, and what that will do, said before it is done.

use super::super::{Asking, Papers, page, top};
use super::{reason, unseen};
use crate::{Reader, phrase, redact, word, words};
use habeas_model::{Mention, Place, Verdict};
use maud::{Markup, html};

/// Pairs that would be decided alike.
pub struct Many<'a> {
    /// What they have in common, in words.
    pub what: String,
    /// The two rows of each.
    pub pairs: Vec<[&'a Mention; 2]>,
    /// Pairs that stay open.
    pub open: usize,
    /// What the two sides are, as keys of words.
    pub sides: [&'static str; 2],
    /// What else is to be said of each; may be empty.
    pub notes: Vec<String>,
    /// What can be decided.
    pub verdicts: &'a [Verdict],
    /// Whether all are ticked from the start: where each needs a look, none is.
    pub ticked: bool,
    /// The ledger stood here when the page was made.
    pub seen: u64,
    /// Where it goes on.
    pub back: &'a str,
}

/// The page.
#[must_use]
pub fn many(of: &Many<'_>, papers: &Papers<'_>, asking: &Asking<'_>, reader: &Reader) -> String {
    let lang = reader.lang;
    let title = word(lang, "many-title");
    let inside = html! {
        (top(&title, &of.what, papers, reader))
        main id="content" { (form(of, asking, reader)) }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// The form alone: each pair can be left out.
pub(super) fn form(of: &Many<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: usize| phrase::number(n as u64, lang);
    let verdict = |one: &Verdict| word(lang, &format!("verdict-{one}"));
    let first = of.verdicts.first().map(verdict).unwrap_or_default();
    let said = [("n", &*n(of.pairs.len())), ("open", &*n(of.open)), ("verdict", &*first)];
    let columns = ["many-take", of.sides[0], of.sides[1]];
    html! {
        p class="said" role="status" {
            @if of.ticked { (words(lang, "many-says", &said)) } @else { (words(lang, "many-open", &said)) }
        }
        @if of.pairs.is_empty() { p { a class="act" href=(of.back) { "← " (word(lang, "many-back")) } } } @else {
            form method="post" action="/link/many" {
                (unseen(of.seen, asking))
                input type="hidden" name="back" value=(of.back);
                div class="wide" tabindex="0" role="region" aria-label=(word(lang, "many-title")) {
                    table {
                        thead { tr { @for key in columns { th scope="col" { (word(lang, key)) } } } }
                        tbody {
                            @for (nth, pair) in of.pairs.iter().enumerate() {
                                (row(nth, *pair, of, reader))
                            }
                        }
                    }
                }
                div class="decide" {
                    (reason("many", reader))
                    div class="do" {
                        @for (nth, one) in of.verdicts.iter().enumerate() {
                            button name="verdict" value=(one) class=(if nth == 0 { "main" } else { "plain" }) {
                                (words(lang, "many-do", &[("verdict", &verdict(one))]))
                            }
                        }
                    }
                }
                p class="small" { a href="/link#h-decided" { (word(lang, "many-undone")) } }
            }
        }
    }
}

fn row(nth: usize, pair: [&Mention; 2], of: &Many<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let note = of.notes.get(nth).map_or("", String::as_str);
    let value = format!("{}-{}", pair[0].id, pair[1].id);
    html! {
        tr {
            td {
                label class="take" {
                    input type="checkbox" name="pair" value=(value) checked[of.ticked];
                    span class="unseen" { (word(lang, "many-take")) " " bdi { (redact::mention(pair[0], reader)) } }
                }
            }
            @for (side, key) in pair.into_iter().zip(of.sides) {
                td data-label=(word(lang, key)) {
                    (one(side, reader))
                    @if key == of.sides[1] && !note.is_empty() { span class="small note" { (note) } }
                }
            }
        }
    }
}

/// A row in a line: the name, what tells it from others, and where it is written.
pub fn one(side: &Mention, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let team = redact::free_words("", reader).is_some();
    let number = side.number.as_ref().filter(|_| team).map(|number| number.reveal().to_owned());
    let born = side.born.as_ref().filter(|_| team).map(|when| phrase::when(when, lang));
    let at = match &side.span.place {
        Place::Cells { row, .. } => {
            Some(words(lang, "person-row", &[("n", &phrase::number((*row).into(), lang))]))
        }
        Place::Text { .. } => None,
    };
    let origin = Some(side.origin().to_owned()).filter(|origin| !origin.is_empty());
    let told: Vec<String> = [number, born, origin, at].into_iter().flatten().collect();
    html! {
        bdi dir="auto" { (redact::mention(side, reader)) }
        " " span class="small" { bdi { (told.join(" · ")) } }
    }
}
