//! Everybody in the register, by state and by what a reviewer should look at, a page at a time.

use super::super::{Asking, Papers, ask::ask, bar::Stretch, page, top, whole};
use super::address;
use crate::{Reader, phrase, redact, terminal::why_found as why, word, words};
use habeas_count::Mark;
use habeas_model::{Custody, Person};
use habeas_person::search::Hit;
use maud::{Markup, html};

/// Somebody on the list, with where they are on the day that was asked for.
pub struct Row<'a> {
    /// The person.
    pub person: &'a Person,
    /// Where.
    pub custody: Custody,
    /// What to look at.
    pub marks: &'a [Mark],
    /// How the typed name found them.
    pub found: Option<&'a Hit>,
}

/// How many persons there are in each state, and of each mark, and which are shown alone.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// States with their numbers.
    pub custody: Vec<(Custody, usize)>,
    /// Marks with theirs.
    pub marks: Vec<(Mark, usize)>,
    /// The state that is shown alone.
    pub only: Option<Custody>,
    /// The mark that is shown alone.
    pub mark: Option<Mark>,
}

/// A stretch of the list.
pub struct Rows<'a> {
    /// Those that are shown.
    pub rows: Vec<Row<'a>>,
    /// How many there are under these facets, or were found.
    pub all: usize,
    /// Number of the first that is shown, from 1.
    pub first: usize,
    /// Which page, from 1.
    pub page: usize,
    /// How many pages.
    pub pages: usize,
    /// What was searched: it stands in the form and in no address (invariant 12).
    pub typed: Option<&'a str>,
}

/// The list.
#[must_use]
pub fn people(
    of: &Rows<'_>,
    facets: &Facets,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "people");
    let inside = html! {
        (top(&title, &word(lang, "people-lead"), papers, reader))
        main id="content" {
            (search(of, asking, reader))
            @match of.typed {
                Some(_) => p { a href={ "/people" (asking.after()) } { "← " (word(lang, "people-all")) } },
                None => {
                    (ask(papers, asking, Some(kept(facets)), reader))
                    (self::facets(facets, asking, reader))
                },
            }
            (table(of, asking, reader))
            @let at = chosen(facets.only, facets.mark, asking);
            (Stretch { number: of.page, of: of.pages }.ways(&at, reader))
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// Somebody in a small frame of another program: who, where, and what to look at.
#[must_use]
pub fn preview(row: &Row<'_>, reader: &Reader) -> String {
    let (lang, name) = (reader.lang, redact::person(row.person, reader).to_string());
    let body = html! {
        main {
            p { strong { bdi dir="auto" { (name) } } }
            p { (word(lang, &format!("custody-{}", row.custody))) }
            p class="small" {
                (word(lang, "col-mentioned")) ": "
                (phrase::number(row.person.mentions.len() as u64, lang))
                @for mark in row.marks { ", " (word(lang, &format!("mark-{mark}"))) }
            }
        }
    };
    whole(&name, lang, &html! { link rel="stylesheet" href="/style.css"; }, &body)
}

/// A name is searched by a form that is sent, so that it stands in no address (invariant 12).
fn search(of: &Rows<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        form class="ask" role="search" method="post" action={ "/people" (asking.after()) } {
            input type="hidden" name="token" value=(asking.token);
            div class="row" {
                label for="typed" { (word(lang, "people-search")) }
                input type="search" id="typed" name="typed" value=[of.typed] maxlength="200"
                    autocomplete="off" spellcheck="false" aria-describedby="typed-note";
                span class="small" id="typed-note" { (word(lang, "people-search-note")) }
            }
            div class="do" { button { (word(lang, "people-find")) } }
        }
    }
}

/// The facets go on when another day is asked for.
fn kept(facets: &Facets) -> Markup {
    html! {
        @if let Some(only) = facets.only { input type="hidden" name="custody" value=(only); }
        @if let Some(mark) = facets.mark { input type="hidden" name="mark" value=(mark); }
    }
}

/// The part of an address for a state and a mark.
fn chosen(only: Option<Custody>, mark: Option<Mark>, asking: &Asking<'_>) -> String {
    let parts = [
        Some(asking.address.to_owned()).filter(|said| !said.is_empty()),
        only.map(|only| format!("custody={only}")),
        mark.map(|mark| format!("mark={mark}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("/people?{}", parts.join("&"))
}

fn facets(of: &Facets, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: usize| phrase::number(n as u64, lang);
    let everybody: usize = of.custody.iter().map(|(_, n)| n).sum();
    html! {
        nav class="facets" aria-label=(word(lang, "people-facets")) {
            ul {
                li { (facet(chosen(None, of.mark, asking), &word(lang, "people-everywhere"), &n(everybody), of.only.is_none())) }
                @for (custody, count) in &of.custody {
                    @let said = word(lang, &format!("custody-{custody}"));
                    @let at = chosen(Some(*custody), of.mark, asking);
                    li { (facet(at, &said, &n(*count), of.only == Some(*custody))) }
                }
            }
            ul {
                @if of.mark.is_some() {
                    li { a href=(chosen(of.only, None, asking)) { (word(lang, "people-any")) } }
                }
                @for (mark, count) in &of.marks {
                    @let said = word(lang, &format!("mark-{mark}"));
                    @let at = chosen(of.only, Some(*mark), asking);
                    li { (facet(at, &said, &n(*count), of.mark == Some(*mark))) }
                }
            }
        }
    }
}

fn facet(at: String, said: &str, n: &str, here: bool) -> Markup {
    html! { a href=(at) aria-current=[here.then_some("true")] { (said) " " span class="count" { (n) } } }
}

fn table(of: &Rows<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: usize| phrase::number(n as u64, lang);
    // In public a search finds nobody whose name is withheld: that it did would name them.
    let withheld = |row: &&Row<'_>| {
        let name = redact::person(row.person, reader);
        row.found.is_some() && matches!(name, redact::Shown::Withheld(_))
    };
    let rows: Vec<&Row<'_>> = of.rows.iter().filter(|row| !withheld(row)).collect();
    let last = of.first + rows.len().saturating_sub(1);
    let all = if of.typed.is_some() { rows.len() } else { of.all };
    let columns = ["col-name", "col-whereabouts", "col-mentioned", "col-look"];
    html! {
        @if rows.is_empty() { p role="status" { (word(lang, "people-none")) } } @else {
            p role="status" {
                (words(lang, "people-shown", &[("first", &n(of.first)), ("last", &n(last)), ("all", &n(all))]))
            }
            div class="wide" tabindex="0" role="region" aria-label=(word(lang, "people")) {
                table {
                    thead { tr { @for key in columns { th scope="col" { (word(lang, key)) } } } }
                    tbody { @for row in rows { (self::row(row, asking, reader)) } }
                }
            }
        }
    }
}

fn row(row: &Row<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let (lang, person) = (reader.lang, row.person);
    html! {
        tr {
            th scope="row" {
                a href=(address(person.id, asking)) { bdi dir="auto" { (redact::person(person, reader)) } }
                @if let Some(hit) = row.found { span class="small" { (why(hit, reader)) } }
            }
            td { (word(lang, &format!("custody-{}", row.custody))) }
            td class="n" data-label=(word(lang, "col-mentioned")) { (phrase::number(person.mentions.len() as u64, lang)) }
            td class="small" {
                @for (nth, mark) in row.marks.iter().enumerate() {
                    @if nth > 0 { ", " }
                    (word(lang, &format!("mark-{mark}")))
                }
            }
        }
    }
}
