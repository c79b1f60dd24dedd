//! The parts of a publication's pages.

use super::{
    super::{
        board::{charts, how_to_read, section},
        chart, findings,
        row::{self, Opens},
    },
    shown,
};
use crate::{
    Reader, phrase,
    publication::{Publication, Table, Told},
    redact::Private,
    terminal::tally_key,
    word, words,
    words::counted,
};
use maud::{Markup, html};

/// Claimed against named: charts, lines, comparisons, sums, promises.
pub fn board(of: &Publication, reader: &Reader) -> Markup {
    let board = &of.board;
    let private = Private::of(board, reader);
    let drawn = chart::charts(board, reader);
    html! {
        (section("charts", html! { (charts(&drawn, board, Opens::Here, None, reader)) }, reader))
        (section("table", row::table(board, Opens::Here, reader), reader))
        (section("comparisons", findings::comparisons(board, reader), reader))
        (section("audit", findings::audit(&of.audit, &private, Opens::Here, reader), reader))
        (section("promises", findings::promises(&of.promises, &private, reader), reader))
        (how_to_read(board, reader))
    }
}

/// The register by several axes.
pub fn register(of: &Publication, reader: &Reader) -> Markup {
    let least = phrase::number(of.least.into(), reader.lang);
    html! {
        p class="lead" { (word(reader.lang, "register-lead")) }
        p class="small" { (words(reader.lang, "told-small", &[("least", &least)])) }
        @for table in &of.tables { (self::table(of, table, reader)) }
    }
}

fn table(of: &Publication, table: &Table, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let by = word(lang, &format!("by-{}", table.by));
    let rows = table.rows.iter().filter(|row| !is_empty(row.held) || !is_empty(row.released));
    let rows = rows.map(|row| (tally_key(table.by, &row.key, lang), row.held, row.released));
    let all = std::iter::once((word(lang, "tally-all"), of.held, of.released));
    html! {
        h3 { (words(lang, "tally-title", &[("by", &by)])) }
        table role="table" class="told" {
            thead { tr {
                th scope="col" { (by) }
                @for key in ["tally-held", "tally-released"] { th scope="col" { (word(lang, key)) } }
            } }
            tbody {
                @for (shown, held, released) in rows.chain(all) {
                    tr {
                        th scope="row" { (shown) }
                        td data-label=(word(lang, "tally-held")) { (cell(held, reader)) }
                        td data-label=(word(lang, "tally-released")) { (cell(released, reader)) }
                    }
                }
            }
        }
    }
}

fn is_empty(told: Told) -> bool {
    told.all() == Some(0)
}

fn cell(told: Told, reader: &Reader) -> Markup {
    let (n, note) = shown(told, reader.lang);
    html! { (n) @if let Some(note) = note { " " span class="small" { (note) } } }
}

/// Who is named, and how many are not.
pub fn people(of: &Publication, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let more = match of.persons.withheld {
        Some(0) => None,
        Some(n) => {
            let n = phrase::number(n.into(), lang);
            Some(words(lang, "withheld-count", &[("n", &n)]))
        }
        None => Some(word(lang, "withheld-more")),
    };
    html! {
        p class="lead" { (word(lang, "named-people-lead")) }
        @if of.named.is_empty() { p { (word(lang, "named-nobody")) } } @else {
            table role="table" class="named-people" {
                thead { tr {
                    @for key in ["named-name", "named-custody", "named-origins"] {
                        th scope="col" { (word(lang, key)) }
                    }
                } }
                tbody {
                    @for one in &of.named {
                        tr {
                            // Named by the publication, which asks `redact`.
                            th scope="row" { bdi dir="auto" { (one.name.reveal()) } }
                            td data-label=(word(lang, "named-custody")) {
                                (word(lang, &format!("custody-{}", one.custody)))
                            }
                            td data-label=(word(lang, "named-origins")) {
                                (phrase::number(one.origins.into(), lang))
                            }
                        }
                    }
                }
            }
        }
        @if let Some(more) = more { p class="more" { (more) } }
    }
}

/// What is not told and why; the files, by their paths from the publication's folder.
pub fn about(of: &Publication, files: &[String], reader: &Reader) -> Markup {
    let lang = reader.lang;
    let out = [
        ("told-unreviewed", of.left_out.unreviewed),
        ("told-closed", of.left_out.closed),
        ("told-naming", of.left_out.naming),
    ];
    let mut out = out.into_iter().filter(|(_, n)| *n > 0).peekable();
    let least = phrase::number(of.least.into(), lang);
    html! {
        section aria-labelledby="h-left-out" {
            h2 id="h-left-out" { (word(lang, "told-left-out")) }
            p { (words(lang, "told-small", &[("least", &least)])) }
            p class="small" { (word(lang, "told-small-how")) }
            @if out.peek().is_none() { p { (word(lang, "told-nothing-left")) } }
            ul { @for (key, n) in out { li { (counted(lang, key, n as usize, &[])) } } }
        }
        @if !files.is_empty() {
            section aria-labelledby="h-files" {
                h2 id="h-files" { (word(lang, "site-files")) }
                p class="lead" { (word(lang, "site-files-lead")) }
                ul class="files" {
                    @for file in files { li { a href={ "../" (file) } { (file) } } }
                }
            }
        }
    }
}
