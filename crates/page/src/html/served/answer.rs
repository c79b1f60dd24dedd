//! One answer a page: why a number changed, whether the sums hold, what was promised.

use super::{
    Asking, Papers,
    ask::{ask, fields},
    page, top,
};
use crate::{
    Reader,
    html::{bulletin::named, bulletin::shift, findings, row::Opens},
    redact::Private,
    terminal::point,
    word, words,
};
use habeas_count::{Board, Change, ChangePart, Finding, PromiseLine};
use habeas_model::{Person, PersonId, Register};
use maud::{Markup, html};
use std::collections::HashMap;

/// Two answers, set against each other.
pub struct Compared<'a> {
    /// What is between them.
    pub change: &'a Change,
    /// Everybody in the earlier answer.
    pub before: &'a Register,
    /// Everybody in the later answer.
    pub after: &'a Register,
    /// The earlier question; the later one is the page's own.
    pub from: Asking<'a>,
}

/// Why one answer became another, to the last person (invariant 9).
#[must_use]
pub fn change(
    of: &Compared<'_>,
    papers: [&Papers<'_>; 2],
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let change = of.change;
    let title = word(lang, "nav-change");
    let (before, after) = (point(&change.from, lang), point(&change.to, lang));
    let lead = words(lang, "change-title", &[("before", &before), ("after", &after)]);
    let everybody = of.before.persons.iter().chain(&of.after.persons);
    let people: HashMap<PersonId, &Person> = everybody.map(|one| (one.id, one)).collect();
    let who = |part: &ChangePart| {
        let names = named(&part.persons, &people, reader);
        html! { span class="names" { @for name in names { span { bdi { (name) } } } } }
    };
    let shifts = [("held", &change.held), ("released", &change.released)];
    let [earlier, later] = papers;
    let inside = html! {
        (top(&title, &lead, later, reader))
        main id="content" {
            script type="module" src="/ask.js" {}
            form class="ask" method="get" action=(asking.path) aria-label=(word(lang, "ask")) {
                p class="row" { (word(lang, "change-from")) }
                (fields("from_", &of.from, earlier, reader))
                p class="row" { (word(lang, "change-to")) }
                (fields("", asking, later, reader))
                div class="do" { button { (word(lang, "ask-show")) } }
            }
            section {
                p class="lead" { (word(lang, "change-lead")) }
                @for (name, shift) in shifts {
                    (self::shift(name, shift, |_, _| None, who, reader))
                }
            }
        }
    };
    page(&format!("{title} · {}", later.present.title), asking, reader, &inside)
}

/// Do the sums hold? Every finding, each with the numbers that it adds up.
#[must_use]
pub fn audit(
    findings: &[Finding],
    board: &Board,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let private = Private::of(board, reader);
    let opens = Opens::Rows(asking.address);
    alone("audit", findings::audit(findings, &private, opens, reader), papers, asking, reader)
}

/// What was promised, by when, and what is kept of it.
#[must_use]
pub fn promises(
    promises: &[PromiseLine],
    board: &Board,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let private = Private::of(board, reader);
    alone("promises", findings::promises(promises, &private, reader), papers, asking, reader)
}

/// A section of the board as a page of its own.
fn alone(
    key: &'static str,
    inside: Markup,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let title = word(reader.lang, key);
    let lead = word(reader.lang, &format!("{key}-lead"));
    let inside = html! {
        (top(&title, &lead, papers, reader))
        main id="content" {
            (ask(papers, asking, None, reader))
            section aria-label=(title) { (inside) }
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}
