//! The page of a week: each figure opens to the rows behind it, on the same page.

use super::{alone, board::section, findings, row};
use crate::{
    Reader, phrase,
    redact::{self, Private},
    terminal::tally_key,
    word, words,
};
use habeas_count::{Bulletin, ChangePart, Dispute, Shift, Tally};
use habeas_model::{Person, PersonId, Register};
use maud::{Markup, html};
use std::collections::HashMap;

/// The page: self-contained, without script, for this reader (invariants 10 and 14).
#[must_use]
pub fn bulletin(told: &Bulletin, register: &Register, title: &str, reader: &Reader) -> String {
    let lang = reader.lang;
    let board = &told.board;
    let private = Private::of(board, reader);
    let people: HashMap<PersonId, &Person> =
        register.persons.iter().map(|person| (person.id, person)).collect();
    let week = word_of_week(told, reader);
    let body = html! {
        (heading(told, title, &week, reader))
        main {
            (section("week-change", change(told, &people, reader), reader))
            (section("week-course", course(told, reader), reader))
            (section("week-tallies", tallies(told, reader), reader))
            (section("table", row::table(board, row::Opens::Here, reader), reader))
            (section("comparisons", findings::comparisons(board, reader), reader))
            (section("audit", findings::audit(&told.findings, &private, row::Opens::Here, reader), reader))
            (section(
                "promises", findings::promises(&told.promises, &private, reader), reader,
            ))
            (section("disputes", disputes(&told.disputes, &private, reader), reader))
            (section("rows", rows(told, reader), reader))
        }
        footer { p { (word(lang, "how-made")) } }
    };
    alone(&format!("{title} · {week}"), lang, &body)
}

/// "Week 2026-W06: 2 Feb 2026 to 8 Feb 2026".
pub(crate) fn word_of_week(told: &Bulletin, reader: &Reader) -> String {
    let day = |day| phrase::day(day, reader.lang);
    let (first, last) = (day(told.week.first()), day(told.until));
    let week = told.week.to_string();
    words(reader.lang, "week-title", &[("week", &week), ("first", &first), ("last", &last)])
}

fn heading(told: &Bulletin, title: &str, week: &str, reader: &Reader) -> Markup {
    let (lang, board) = (reader.lang, &told.board);
    let n = |n: u32| phrase::number(n.into(), lang);
    let (held, released) = (&told.change.held, &told.change.released);
    let figures = [
        ("change-held", held.after, "#f-tally.custody.all.held"),
        ("change-released", released.after, "#f-tally.custody.all.released"),
    ];
    html! {
        header {
            p class="kicker" { (week) }
            h1 { (title) }
            dl class="figures" {
                @for (key, value, row) in figures {
                    div { dt { (word(lang, key)) } dd { a href=(row) { (n(value)) } } }
                }
                div {
                    dt { (word(lang, "figure-lines")) }
                    dd { a href="#table" { (phrase::number(board.lines.len() as u64, lang)) } }
                }
            }
            p class="asked" {
                span { (words(lang, "rule-is", &[("title", &phrase::rule_title(&board.rule, lang))])) }
                span { (words(lang, "true-at", &[("day", &phrase::day(told.until, lang))])) }
                span { (words(lang, "position-is", &[("n", &phrase::number(board.position, lang))])) }
            }
        }
    }
}

fn change(told: &Bulletin, people: &HashMap<PersonId, &Person>, reader: &Reader) -> Markup {
    let shifts = [("held", &told.change.held), ("released", &told.change.released)];
    let who = |part: &ChangePart| html! { (named(&part.persons, people, reader).join("; ")) };
    let rows = |name: &str, part: &ChangePart| {
        let sign = if part.by < 0 { "out" } else { "in" };
        Some(format!("#f-change.{name}.{}.{sign}", part.cause))
    };
    html! {
        @for (name, shift) in shifts { (self::shift(name, shift, rows, who, reader)) }
    }
}

/// How one total moved, part by part: `rows` says where the rows of a part are, `who` who they are.
pub(super) fn shift(
    name: &str,
    shift: &Shift,
    rows: impl Fn(&str, &ChangePart) -> Option<String>,
    who: impl Fn(&ChangePart) -> Markup,
    reader: &Reader,
) -> Markup {
    let lang = reader.lang;
    let n = |n: u32| phrase::number(n.into(), lang);
    let sum = [("before", &*n(shift.before)), ("after", &*n(shift.after))];
    html! {
        h3 { (word(lang, &format!("change-{name}"))) ": " (words(lang, "change-sum", &sum)) }
        ul class="pairs" {
            @if shift.parts.is_empty() { li { (word(lang, "change-same")) } }
            @for part in &shift.parts {
                @let by = phrase::signed(part.by, lang);
                li {
                    span class="sign" {
                        @match rows(name, part) { Some(at) => a href=(at) { (by) }, None => (by) }
                    }
                    div {
                        span { (word(lang, &format!("cause-{}", part.cause))) }
                        span class="small" { (who(part)) }
                    }
                }
            }
        }
    }
}

/// Who it was, as far as they may be named.
pub(crate) fn named(
    persons: &[PersonId],
    people: &HashMap<PersonId, &Person>,
    reader: &Reader,
) -> Vec<String> {
    redact::names(persons.iter().filter_map(|id| people.get(id).copied()), reader)
}

fn course(told: &Bulletin, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let days = told.course.first.series(jiff::Span::new().days(1));
    let n = |n: &u32| phrase::number((*n).into(), lang);
    let total = &told.course.total;
    html! {
        table role="table" {
            thead { tr {
                @for key in ["col-day", "change-held", "change-released"] {
                    th scope="col" { (word(lang, key)) }
                }
            } }
            tbody {
                @for ((day, held), out) in days.zip(&total.held).zip(&total.released) {
                    tr { td { (phrase::day(day, lang)) } td { (n(held)) } td { (n(out)) } }
                }
            }
        }
    }
}

fn tallies(told: &Bulletin, reader: &Reader) -> Markup {
    html! { @for tally in &told.tallies { (self::tally(tally, reader)) } }
}

fn tally(tally: &Tally, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let by = word(lang, &format!("by-{}", tally.by));
    let all = std::iter::once(("all", word(lang, "tally-all"), &tally.total));
    let rows = tally.rows.iter().map(|row| {
        let key = if row.key.is_empty() { "unknown" } else { &row.key };
        (key, tally_key(tally.by, &row.key, lang), row)
    });
    html! {
        h3 { (words(lang, "tally-title", &[("by", &by)])) }
        table role="table" {
            thead { tr {
                th scope="col" { (by) }
                @for key in ["tally-persons", "tally-held", "tally-released"] {
                    th scope="col" { (word(lang, key)) }
                }
            } }
            tbody {
                @for (key, shown, row) in rows.chain(all) {
                    @let figures = [
                        ("persons", &row.persons), ("held", &row.held), ("released", &row.released),
                    ];
                    tr {
                        td { (shown) }
                        @for (column, figure) in figures {
                            td {
                                a href={ "#f-tally." (tally.by) "." (key) "." (column) } {
                                    (phrase::number(figure.count.into(), lang))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What one body says against another's list, with how many names could be meant.
pub fn disputes(disputes: &[Dispute], private: &Private, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        @if disputes.is_empty() { p { (word(lang, "disputes-none")) } }
        ul class="pairs" {
            @for dispute in disputes {
                li {
                    span class="sign" aria-hidden="true" { "⇄" }
                    div {
                        span { (crate::terminal::disputed(dispute, private, reader)) }
                        @for meant in &dispute.meant {
                            span class="small" { (crate::terminal::meant(meant, reader)) }
                        }
                    }
                }
            }
        }
    }
}

/// The rows behind each figure. Identifiers are no names: the team finds the person by them.
fn rows(told: &Bulletin, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        @for row in told.figures() {
            details id={ "f-" (row.figure) } {
                summary { (row.figure) " " span class="count" { (phrase::signed_plain(row.value, lang)) } }
                p class="small" { (row.rows.join(" ")) }
            }
        }
    }
}
