//! A publication as pages: one that is a single file, and a site that needs no server. Neither has
//! a script, and neither asks anything of anybody: a browser is told so in each page.

pub(super) mod part;

use super::{STYLE, whole};
use crate::{
    Lang, Reader, phrase,
    publication::{Publication, Told},
    word, words,
};
use maud::{Markup, PreEscaped, html};

/// A page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Claimed against named.
    Board,
    /// The register by several axes.
    Register,
    /// Who is named.
    People,
    /// How it was made, and its files.
    About,
}

impl Place {
    /// All of them.
    pub const ALL: [Place; 4] = [Place::Board, Place::Register, Place::People, Place::About];

    /// Its file, beside the others of its language.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Place::Board => "index.html",
            Place::Register => "register.html",
            Place::People => "people.html",
            Place::About => "about.html",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Place::Board => "claimed-against-named",
            Place::Register => "register",
            Place::People => "named-people",
            Place::About => "site-about",
        }
    }
}

/// What a page of the site may load: its style sheet (Content Security Policy Level 3).
const SITE: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
/// What a page may load that is one file: the style in it.
const ALONE: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The style sheet of the site.
#[must_use]
pub fn style() -> String {
    format!("{STYLE}{}", include_str!("site.css"))
}

/// The first page: which language.
#[must_use]
pub fn entrance(of: &Publication, first: Lang) -> String {
    let mut all = Lang::ALL;
    all.sort_by_key(|lang| *lang != first);
    let body = html! {
        main class="entrance" {
            h1 { (of.title) }
            ul {
                @for lang in all {
                    li { a href={ (lang.word()) "/index.html" } lang=(lang.word()) hreflang=(lang.word()) {
                        (word(lang, "claimed-against-named")) " · " (word(lang, "tongue"))
                    } }
                }
            }
        }
    };
    whole(&of.title, first, &head(SITE, "style.css", None, first), &body)
}

fn head(policy: &str, style: &str, feed: Option<&str>, lang: Lang) -> Markup {
    html! {
        meta http-equiv="Content-Security-Policy" content=(policy);
        meta name="referrer" content="no-referrer";
        @if style.is_empty() { style { (PreEscaped(self::style())) } }
        @else { link rel="stylesheet" href=(style); }
        @if let Some(feed) = feed {
            link rel="alternate" type="application/atom+xml" title=(word(lang, "site-feed")) href=(feed);
        }
    }
}

/// A page of the site in one language; `files` are the others of the publication, by their paths
/// from its folder.
#[must_use]
pub fn site(of: &Publication, place: Place, files: &[String], lang: Lang) -> String {
    let reader = Reader::public(lang);
    let inside = match place {
        Place::Board => part::board(of, &reader),
        Place::Register => part::register(of, &reader),
        Place::People => part::people(of, &reader),
        Place::About => part::about(of, files, &reader),
    };
    let body = html! {
        a class="skip" href="#content" { (word(lang, "skip-to-content")) }
        (bar(place, lang))
        (top(of, place == Place::Board, &word(lang, place.key()), &reader))
        main id="content" { (inside) }
        (foot(lang))
    };
    let title = format!("{} · {}", word(lang, place.key()), of.title);
    whole(&title, lang, &head(SITE, "../style.css", Some("feed.xml"), lang), &body)
}

/// The whole publication as one file.
#[must_use]
pub fn bulletin(of: &Publication, lang: Lang) -> String {
    let reader = Reader::public(lang);
    let body = html! {
        (top(of, true, &word(lang, "claimed-against-named"), &reader))
        main id="content" {
            (part::board(of, &reader))
            section { h2 { (word(lang, "register")) } (part::register(of, &reader)) }
            section { h2 { (word(lang, "named-people")) } (part::people(of, &reader)) }
            (part::about(of, &[], &reader))
        }
        (foot(lang))
    };
    whole(&of.title, lang, &head(ALONE, "", None, lang), &body)
}

fn bar(here: Place, lang: Lang) -> Markup {
    html! {
        nav class="bar" aria-label=(word(lang, "site-nav")) {
            ul class="tongues" {
                @for place in Place::ALL {
                    li { a href=(place.file()) aria-current=[(place == here).then_some("page")] {
                        (word(lang, place.key()))
                    } }
                }
                li { a href="bulletin.html" { (word(lang, "site-bulletin")) } }
                li { a href="feed.xml" { (word(lang, "site-feed")) } }
            }
            ul class="tongues" {
                @for other in Lang::ALL {
                    li {
                        @if other == lang {
                            span aria-current="true" lang=(other.word()) { (word(other, "tongue")) }
                        } @else {
                            a href={ "../" (other.word()) "/" (here.file()) } lang=(other.word())
                                hreflang=(other.word()) { (word(other, "tongue")) }
                        }
                    }
                }
            }
        }
    }
}

/// The heading: of which case, day and rule; with the figures where they belong.
fn top(of: &Publication, figures: bool, title: &str, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let rule = phrase::rule_title(&of.board.rule, lang);
    let day = phrase::day(of.day, lang);
    html! {
        header {
            @let [kicker, title] = if figures { [title, &*of.title] } else { [&*of.title, title] };
            p class="kicker" { (kicker) }
            h1 { (title) }
            @if figures {
                p class="lead" { (word(lang, "lead")) }
                (self::figures(of, lang))
            }
            p class="asked" {
                span { (words(lang, "publication-of", &[("day", &day)])) }
                span { (words(lang, "rule-is", &[("title", &rule)])) }
            }
        }
    }
}

/// The figures of a publication.
pub(super) fn figures(of: &Publication, lang: Lang) -> Markup {
    let told =
        [("told-held", of.held), ("told-released", of.released), ("told-persons", of.persons)];
    let plain = [("figure-lines", of.board.lines.len()), ("told-named", of.named.len())];
    html! {
        dl class="figures" {
            @for (key, n) in plain {
                div { dt { (word(lang, key)) } dd { (phrase::number(n as u64, lang)) } }
            }
            @for (key, told) in told {
                @let (n, note) = shown(told, lang);
                div {
                    dt { (word(lang, key)) @if let Some(note) = note { span class="small" { (note) } } }
                    dd { (n) }
                }
            }
        }
    }
}

/// How many, and what else to know of it.
pub(crate) fn shown(told: Told, lang: Lang) -> (String, Option<String>) {
    let n = |n: u32| phrase::number(n.into(), lang);
    match told.withheld {
        Some(0) => (n(told.named), None),
        Some(more) => {
            let note = words(lang, "withheld-of", &[("n", &n(more))]);
            (n(told.named + more), Some(note))
        }
        None if told.named == 0 => (word(lang, "told-not"), None),
        None => (n(told.named), Some(word(lang, "withheld-more"))),
    }
}

fn foot(lang: Lang) -> Markup {
    html! { footer { p { (word(lang, "how-made")) " " (word(lang, "site-made")) } } }
}
