//! What every served page has around it: where one can go, the other language, whose page it is.

use super::{Asking, whole};
use crate::{Lang, Reader, phrase, word, words};
use maud::{Markup, html};

/// Where one can go, with the word for it: first what is asked, then what is done.
const PLACES: [(&str, &str); 12] = [
    ("/", "nav-board"),
    ("/change", "nav-change"),
    ("/audit", "nav-audit"),
    ("/promises", "promises"),
    ("/estimate", "nav-estimate"),
    ("/people", "people"),
    ("/receive", "nav-receive"),
    ("/documents", "documents"),
    ("/read", "nav-read"),
    ("/link", "nav-link"),
    ("/publish", "nav-publish"),
    ("/ledger", "ledger"),
];

/// A page of the case.
pub(super) fn page(title: &str, asking: &Asking<'_>, reader: &Reader, inside: &Markup) -> String {
    let lang = reader.lang;
    let body = html! {
        a class="skip" href="#content" { (word(lang, "skip-to-content")) }
        nav class="bar" aria-label=(word(lang, "bar")) {
            ul class="ways" {
                @for (path, key) in PLACES { li { (place(path, key, asking, lang)) } }
            }
            ul class="tongues" {
                li { a href="/account" { (word(lang, "account")) } }
                (tongues(&[asking.address, asking.own], lang))
            }
        }
        @if reader.closed {
            aside class="closed" { p class="notice" { (word(lang, "closed-to-you")) } }
        }
        (inside)
        footer { p { (word(lang, "how-made")) " " (word(lang, "served-here")) } }
    };
    whole(title, lang, &html! { link rel="stylesheet" href="/style.css"; }, &body)
}

/// A stretch of a list that is longer than a page: which, from 1, of how many.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub number: usize,
    pub of: usize,
}

impl Stretch {
    /// The one that is asked for of `all` things, so many a page; the last where there are fewer.
    pub fn of(number: usize, all: usize, most: usize) -> Stretch {
        let of = all.div_ceil(most).max(1);
        Stretch { number: number.clamp(1, of), of }
    }

    /// The way to those before and after, at `at` with their numbers; nothing where all is shown.
    pub fn ways(self, at: &str, reader: &Reader) -> Markup {
        let lang = reader.lang;
        let join = if at.ends_with(['?', '&']) { "" } else { "&" };
        let to = |number: usize| format!("{at}{join}page={number}");
        let n = |n: usize| phrase::number(n as u64, lang);
        let said = [("page", &*n(self.number)), ("pages", &*n(self.of))];
        html! {
            @if self.of > 1 { nav class="pages" aria-label=(word(lang, "pages")) {
                @if self.number > 1 {
                    a rel="prev" href=(to(self.number - 1)) { "← " (word(lang, "page-before")) }
                }
                span { (words(lang, "page-of", &said)) }
                @if self.number < self.of {
                    a rel="next" href=(to(self.number + 1)) { (word(lang, "page-after")) " →" }
                }
            } }
        }
    }
}

/// A place under the same question; the page itself is marked.
fn place(path: &str, key: &str, asking: &Asking<'_>, lang: Lang) -> Markup {
    let here = asking.path == path;
    html! {
        a href={ (path) (asking.after()) } aria-current=[here.then_some("page")] { (word(lang, key)) }
    }
}

/// The ways to the same page, asked `question`, in the other languages, each in its own words.
pub(super) fn tongues(question: &[&str], lang: Lang) -> Markup {
    let question: String =
        question.iter().filter(|part| !part.is_empty()).map(|part| format!("{part}&")).collect();
    html! {
        @for other in Lang::ALL.into_iter().filter(|other| *other != lang) {
            li {
                a href={ "?" (question) "lang=" (other.word()) } lang=(other.word())
                    hreflang=(other.word()) { (word(other, "tongue")) }
            }
        }
    }
}
