//! What follows the table: comparisons and refusals, the audit, the promises, what could not be
//! read.

use super::row::Opens;
use crate::{
    Reader, phrase,
    redact::{self, Private},
    terminal::{findings_words, side, sorted},
    word, words,
};
use habeas_count::{Board, Comparison, Finding, Line, PromiseLine};
use habeas_model::{ClaimId, Problem};
use maud::{Markup, html};
use std::{cmp::Reverse, collections::HashMap};

/// So many of each are told; the rest is counted, and stands whole in the JSON.
const ALLOWED: usize = 60;
const REFUSED: usize = 30;
const FINDINGS: usize = 30;
/// So many findings have a page of their own.
const ALONE: usize = 200;
const PLACES: usize = 20;

/// Claimed against claimed: differences where frames agree, and the refusals in words.
pub fn comparisons(board: &Board, reader: &Reader) -> Markup {
    let lang = reader.lang;
    if board.comparisons.is_empty() {
        return html! { p { (word(lang, "comparisons-none")) } };
    }
    let lines: HashMap<ClaimId, &Line> = board.lines.iter().map(|line| (line.id, line)).collect();
    let (may, not) = sorted(board);
    let more = not.len().saturating_sub(REFUSED) as u64;
    html! {
        @if !may.is_empty() {
            h3 { (word(lang, "comparisons-may")) }
            ul class="pairs" { @for one in may.iter().take(ALLOWED) { (pair(one, &lines, reader)) } }
        }
        @if !not.is_empty() {
            h3 { (word(lang, "comparisons-may-not")) }
            ul class="pairs" { @for one in not.iter().take(REFUSED) { (pair(one, &lines, reader)) } }
            @if more > 0 {
                p class="small" { (words(lang, "comparisons-more", &[("n", &phrase::number(more, lang))])) }
            }
        }
    }
}

fn pair(comparison: &Comparison, lines: &HashMap<ClaimId, &Line>, reader: &Reader) -> Markup {
    let refused = !comparison.differs.is_empty();
    let end = |id: ClaimId| {
        html! {
            a href={ "#c-" (id) } { @if let Some(line) = lines.get(&id) { (side(line, reader)) } @else { (id) } }
        }
    };
    html! {
        li {
            span class="sign" aria-hidden="true" { (if refused { "≠" } else { "=" }) }
            div {
                span { (end(comparison.left)) " " (word(reader.lang, "versus")) " " (end(comparison.right)) }
                span class={ "small " (if refused { "refusal" } else { "difference" }) } {
                    (phrase::compared(comparison, reader.lang))
                }
            }
        }
    }
}

/// The findings, those that do not hold first; under a board some, alone more of them.
pub fn audit(findings: &[Finding], private: &Private, opens: Opens<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    if findings.is_empty() {
        return html! { p { (word(lang, "audit-none")) } };
    }
    let mut order: Vec<&Finding> = findings.iter().collect();
    order.sort_by_key(|finding| (finding.holds, Reverse(finding.severity)));
    let hold = findings.iter().filter(|finding| finding.holds).count();
    let n = |of: usize| phrase::number(of as u64, lang);
    let most = if opens == Opens::Here { FINDINGS } else { ALONE };
    html! {
        p { (words(lang, "audit-sum", &[("hold", &n(hold)), ("fail", &n(findings.len() - hold))])) }
        ul class="pairs" {
            @for finding in order.iter().take(most) { (self::finding(finding, private, opens, reader)) }
        }
        @if let Some(more) = findings.len().checked_sub(most).filter(|more| *more > 0) {
            p class="small" { (words(lang, "audit-more", &[("n", &n(more))])) }
        }
    }
}

fn finding(finding: &Finding, private: &Private, opens: Opens<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let (class, sign, verdict) = match finding.holds {
        true => ("holds", "✓", "audit-holds"),
        false => ("fails", "✗", "audit-fails"),
    };
    html! {
        li class=(class) {
            span class="sign" aria-hidden="true" { (sign) }
            div {
                span {
                    strong { (finding.arithmetic) } " " (word(lang, verdict))
                    @if !finding.holds { " (" (word(lang, &format!("severity-{}", finding.severity))) ")" }
                }
                span class="small" {
                    (private.body(&finding.body))
                    @if let Some(day) = finding.day { ", " (phrase::day(day, lang)) }
                    ": " (findings_words(finding, reader)) " "
                    @for (nth, id) in finding.rows.iter().take(8).enumerate() {
                        a class="row" href=(opens.row(*id)) { "[" (nth + 1) "]" } " "
                    }
                }
            }
        }
    }
}

/// The promises with their standing.
pub fn promises(promises: &[PromiseLine], private: &Private, reader: &Reader) -> Markup {
    use crate::terminal::promise::{counts, mark, promised, standing_words, stood};
    let lang = reader.lang;
    html! {
        @if promises.is_empty() { p { (word(lang, "promises-none")) } } @else { ul class="pairs" {
            @for promise in promises {
                @let counts = counts(promise, reader, 4, |body| private.body(body));
                li id={ "p-" (promise.id) } class={ "promise-" (promise.standing) } {
                    span class="sign" aria-hidden="true" { (mark(promise.standing)) }
                    div {
                        span { strong { (redact::body(&promise.body, crate::json::speakers(&promise.speaker_chain), reader)) } ": " (promised(promise, reader)) }
                        span class="small" { (standing_words(promise, reader)) }
                        @if promise.course.len() > 1 {
                            span class="small" { (word(lang, "promise-course")) ": " (stood(promise, reader)) }
                        }
                        @if !counts.is_empty() {
                            span class="small" { (word(lang, "promise-counts")) ": " (counts) }
                        }
                        span class="small" {
                            @for source in &promise.sources {
                                @if let (Some(url), Some(outlet)) = (&source.url, &source.outlet) {
                                    a href=(url) rel="noreferrer" { (outlet) } " "
                                }
                            }
                        }
                    }
                }
            }
        } }
    }
}

/// What could not be read, by kind. The place and the value may hold a name: they are for the team.
pub fn problems(problems: &[Problem], reader: &Reader) -> Markup {
    let lang = reader.lang;
    if problems.is_empty() {
        return html! { p { (word(lang, "problems-none")) } };
    }
    html! {
        p { (crate::words::counted(lang, "problems-sum", problems.len(), &[])) }
        @for (code, group) in crate::terminal::by_code(problems) {
            details {
                summary {
                    (phrase::problem::title(code, lang)) " "
                    span class="count" { (phrase::number(group.len() as u64, lang)) }
                }
                @if let Some(hint) = phrase::problem_hint(code, lang) { p class="small" { (hint) } }
                ul class="places" {
                    @for one in group.iter().take(PLACES) { (place(one, reader)) }
                }
                @if let Some(more) = group.len().checked_sub(PLACES).filter(|more| *more > 0) {
                    p class="small" { (words(lang, "problems-more", &[("n", &phrase::number(more as u64, lang))])) }
                }
            }
        }
    }
}

fn place(problem: &Problem, reader: &Reader) -> Markup {
    html! {
        @if let Some(place) = redact::free_words(&problem.place, reader) {
            li {
                (place)
                @if !problem.value.is_empty() { ": " code { (problem.value) } }
            }
        }
    }
}
