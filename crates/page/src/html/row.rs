//! The table beside the charts: every number with its frame, its names, its standing and its
//! sources.

use crate::{
    Reader,
    json::speakers,
    phrase::{self, Sign},
    redact, word, words,
};
use habeas_count::{Board, Line, Source};
use habeas_model::ClaimId;
use jiff::civil::Date;
use maud::{Markup, html};

/// So many sources stand in a row that opens to all of them.
const SOURCES: usize = 6;

/// Where the number of a line leads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Opens<'a> {
    /// To itself: the page is one file.
    Here,
    /// To the page of its rows, under the same question (the part of an address after `?`).
    Rows(&'a str),
}

impl Opens<'_> {
    /// Where the line of this identifier is.
    pub fn row(self, id: ClaimId) -> String {
        match self {
            Opens::Here => format!("#c-{id}"),
            Opens::Rows("") => format!("/lines/{id}"),
            Opens::Rows(question) => format!("/lines/{id}?{question}"),
        }
    }

    /// How many sources of a line are told: the rest stands where its number leads.
    fn sources(self) -> usize {
        if self == Opens::Here { usize::MAX } else { SOURCES }
    }

    fn address(self, line: &Line, part: &str) -> String {
        match self {
            Opens::Here => self.row(line.id),
            Opens::Rows(_) => self.row(line.id) + part,
        }
    }
}

/// The table, month by month. Roles stand in it because cards on a narrow screen are no table to a
/// style sheet.
pub fn table(board: &Board, opens: Opens<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    if board.lines.is_empty() {
        return html! { p { (word(lang, "no-lines")) } };
    }
    html! {
        @if let Some(note) = phrase::noted_once(board, lang) { p class="small" { (note) } }
        table role="table" {
            thead role="rowgroup" {
                tr role="row" {
                    @for key in ["col-day", "col-claim", "col-frame", "col-says", "col-standing"] {
                        th role="columnheader" scope="col" { (word(lang, key)) }
                    }
                }
            }
            @for (month, lines) in months(&board.lines, reader) {
                tbody role="rowgroup" {
                    tr class="month" role="row" {
                        th role="rowheader" scope="rowgroup" colspan="5" { (month) }
                    }
                    @for line in lines { (row(line, opens, reader)) }
                }
            }
        }
    }
}

fn months<'a>(lines: &'a [Line], reader: &Reader) -> Vec<(String, &'a [Line])> {
    let month = |line: &Line| line.day.map(|day: Date| (day.year(), day.month()));
    let groups = lines.chunk_by(|a, b| month(a) == month(b));
    let named = |group: &'a [Line]| {
        let title = match group[0].day {
            Some(day) => {
                format!("{} {}", word(reader.lang, &format!("month-{}", day.month())), day.year())
            }
            None => word(reader.lang, "undated"),
        };
        (title, group)
    };
    groups.map(named).collect()
}

fn row(line: &Line, opens: Opens<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let sign = phrase::standing_sign(line);
    html! {
        tr id={ "c-" (line.id) } role="row" class=[line.superseded.then_some("superseded")] {
            td role="cell" class="day" data-label=(word(lang, "col-day")) { (day(line, reader)) }
            td role="cell" class="claim" data-label=(word(lang, "col-claim")) { (claim(line, opens, reader)) }
            td role="cell" class="frame" data-label=(word(lang, "col-frame")) { (frame(line, reader)) }
            td role="cell" class="says" data-label=(word(lang, "col-says")) { (says(line, opens.sources(), reader)) }
            td role="cell" class={ "standing " (sign.key()) } data-label=(word(lang, "col-standing")) {
                (standing(line, sign, opens, reader))
            }
        }
    }
}

pub(super) fn day(line: &Line, reader: &Reader) -> Markup {
    html! {
        @match line.day {
            Some(day) => time datetime=(day.to_string()) { (phrase::day(day, reader.lang)) },
            None => (word(reader.lang, "undated")),
        }
    }
}

fn claim(line: &Line, opens: Opens<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let quantity = line.quantity.as_ref().map(|said| phrase::quantity(said, lang));
    let quantity = quantity.unwrap_or_else(|| word(lang, "quantity-not-said"));
    let plain = habeas_model::Metric { verified: false, ..line.metric };
    html! {
        a class="quantity" href=(opens.address(line, "")) { (quantity) } " "
        span { (phrase::metric(plain, line.unit, lang)) }
        @if line.modality != habeas_model::Modality::Asserted {
            span class="small" { (word(lang, &format!("modality-{}", line.modality))) }
        }
    }
}

pub(super) fn frame(line: &Line, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let (from, to) = (line.window.from.as_ref(), line.window.to.as_ref());
    let note = line.note.as_deref().and_then(|note| redact::free_words(note, reader));
    html! {
        span { (phrase::population(&line.population, lang)) }
        span class="small" {
            @if let Some(scope) = line.scope { (word(lang, &format!("scope-{scope}"))) ", " }
            (phrase::window(line.scope, from, to, line.as_of.as_ref(), lang))
        }
        @if let Some(whole) = line.part_of {
            span class="small" { (words(lang, "part-of", &[("n", &phrase::number(whole.into(), lang))])) }
        }
        @if line.superseded { span class="small" { (word(lang, "superseded")) } }
        @if let Some(note) = note { span class="small note" { (note) } }
    }
}

pub(super) fn says(line: &Line, most: usize, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let chain = phrase::chain(&line.speaker_chain, reader);
    let body = redact::body(&line.body, speakers(&line.speaker_chain), reader);
    html! {
        span class="body" { (redact::voice(&line.body, speakers(&line.speaker_chain), reader)) }
        @if chain != body && (line.speaker_chain.len() > 2 || !chain.ends_with(&body)) { span class="small" { (chain) } }
        span class="small sources" {
            @for (nth, source) in line.sources.iter().take(most).enumerate() {
                @if nth > 0 { ", " }
                (link(source, reader))
            }
            @if let Some(more) = line.sources.len().checked_sub(most).filter(|more| *more > 0) {
                " " (words(lang, "sources-more", &[("n", &phrase::number(more as u64, lang))]))
            }
            @if line.review.unreviewed > 0 {
                " · " (words(lang, "unreviewed-count", &[("n", &phrase::number(line.review.unreviewed.into(), lang))]))
            }
        }
    }
}

/// A source: the outlet, linked where it was published on the web; a file's name is for the team.
pub(super) fn link(source: &Source, reader: &Reader) -> Markup {
    let document = words(reader.lang, "document-word", &[("id", &source.blob.short())]);
    let file = Some(source.document.as_str()).filter(|name| !name.is_empty());
    let file = file.and_then(|name| redact::free_words(name, reader)).unwrap_or(&document);
    let shown = source.outlet.as_deref().unwrap_or(file);
    let url = source
        .url
        .as_deref()
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    html! {
        @match url {
            Some(url) => a href=(url) rel="noreferrer" { (shown) },
            None => span title=(file) { (shown) },
        }
    }
}

fn standing(line: &Line, sign: Sign, opens: Opens<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        span class="sign" aria-hidden="true" { (sign.mark()) } " "
        span class="told" {
            @if line.named.is_some() && opens != Opens::Here {
                a href=(opens.address(line, "#named")) { (phrase::standing(line, lang)) }
            } @else { (phrase::standing(line, lang)) }
        }
        @if let Some(named) = &line.named {
            @for note in phrase::noted(named, lang) { span class="small" { (note) } }
        }
    }
}
