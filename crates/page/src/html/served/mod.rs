//! Pages as a browser is served them: style sheet linked, every figure a link to its rows, and a
//! form to ask again that needs no script.

mod board;
mod document;
mod figure;
mod refusal;

pub use board::board;
pub use document::{Papers, document, documents};
pub use figure::figure;
pub use refusal::{Refusal, refusal};

use super::{STYLE, whole};
use crate::{Lang, Reader, phrase, word};
use habeas_count::Rule;
use habeas_model::ClaimId;
use jiff::civil::Date;
use maud::{Markup, html};

/// The style sheet of every served page.
#[must_use]
pub fn style() -> String {
    format!("{STYLE}{}", include_str!("served.css"))
}

/// A question as it stands in the address of a page and in its form. No part of it is a name
/// (invariant 12): a population is told by a line that has it.
#[derive(Clone, Debug, Default)]
pub struct Asking<'a> {
    /// The day that the answer is about.
    pub as_of: Option<Date>,
    /// A position, a day or a time, as it was written.
    pub known_by: &'a str,
    /// Name of the rule that was asked for.
    pub rule: Option<&'a str>,
    /// A line of the only population that is shown.
    pub like: Option<ClaimId>,
    /// The same, as the part of an address after `?`.
    pub address: &'a str,
    /// The rules that can be asked by.
    pub rules: &'a [Rule],
}

/// What every page has around it: the way to the other language, and whose page it is.
fn page(title: &str, address: &str, reader: &Reader, inside: &Markup) -> String {
    let lang = reader.lang;
    let body = html! {
        a class="skip" href="#content" { (word(lang, "skip-to-content")) }
        nav class="bar" aria-label=(word(lang, "bar")) {
            ul class="tongues" {
                li { a href="/" { (word(lang, "claimed-against-named")) } }
                li { a href="/documents" { (word(lang, "documents")) } }
            }
            ul class="tongues" {
                @for other in Lang::ALL { li { (tongue(other, address, lang)) } }
            }
        }
        (inside)
        footer { p { (word(lang, "how-made")) " " (word(lang, "served-here")) } }
    };
    whole(title, lang, &html! { link rel="stylesheet" href="/style.css"; }, &body)
}

/// A language, in its own words; a link unless the page is in it.
fn tongue(other: Lang, address: &str, lang: Lang) -> Markup {
    let own = word(other, "tongue");
    let code = other.word();
    let join = if address.is_empty() { "" } else { "&" };
    html! {
        @if other == lang { span aria-current="true" lang=(code) { (own) } }
        @else { a href={ "?" (address) (join) "lang=" (code) } lang=(code) hreflang=(code) { (own) } }
    }
}

/// The way back to the board under the same question.
fn back(asking: &Asking<'_>, at: Option<ClaimId>, reader: &Reader) -> Markup {
    let question = if asking.address.is_empty() { "" } else { "?" };
    let row = at.map(|id| format!("#c-{id}")).unwrap_or_default();
    html! {
        p class="back" {
            a href={ "/" (question) (asking.address) (row) } { "← " (word(reader.lang, "back-to-board")) }
        }
    }
}

/// The question in words: rule, day, position.
fn asked(rule: &Rule, true_at: Option<Date>, position: u64, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let said = |key, name, value: &str| crate::words(lang, key, &[(name, value)]);
    html! {
        p class="asked" {
            span { (said("rule-is", "title", &phrase::rule_title(rule, lang))) }
            @if let Some(day) = true_at { span { (said("true-at", "day", &phrase::day(day, lang))) } }
            span { (said("position-is", "n", &phrase::number(position, lang))) }
        }
    }
}
