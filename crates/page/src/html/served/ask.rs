//! The form that asks a page again: another day, another known-by, another rule. A module of ours
//! puts a slider under each of the first two.

use super::{Asking, Papers};
use crate::{Reader, phrase, word};
use maud::{Markup, html};

/// What puts the sliders there.
pub const SLIDE: &str = include_str!("ask.js");

/// The form of a page; `extra` are the fields that only this page has.
pub(super) fn ask(
    of: &Papers<'_>,
    asking: &Asking<'_>,
    extra: Option<Markup>,
    reader: &Reader,
) -> Markup {
    let say = |key: &str| word(reader.lang, key);
    html! {
        script type="module" src="/ask.js" {}
        form class="ask" method="get" action=(asking.path) aria-label=(say("ask")) {
            (fields("", asking, of, reader))
            @if let Some(extra) = extra { (extra) }
            div class="do" {
                button { (say("ask-show")) }
                @if !asking.address.is_empty() { a href=(asking.path) { (say("ask-anew")) } }
            }
        }
    }
}

/// Day, known-by and rule; the names of the fields begin with `begin`, for a page that asks twice.
pub(super) fn fields(begin: &str, asking: &Asking<'_>, of: &Papers<'_>, reader: &Reader) -> Markup {
    let say = |key: &str| word(reader.lang, key);
    let [as_of, known_by, rule] = ["as_of", "known_by", "rule"].map(|key| format!("{begin}{key}"));
    let day = asking.as_of.map(|day| day.to_string());
    let days = of.reach.map(|reach| reach.days).filter(|days| days[0] < days[1]);
    let head = of.reach.map(|reach| reach.head).filter(|head| *head > 1);
    html! {
        div {
            label for=(as_of) { (say("ask-as-of")) }
            input type="date" id=(as_of) name=(as_of) value=[day] aria-describedby={ (as_of) "-note" }
                data-slide=[days.map(|_| say("ask-as-of-slide"))]
                data-first=[days.map(|days| days[0])] data-last=[days.map(|days| days[1])];
            span class="small" id={ (as_of) "-note" } { (say("ask-as-of-note")) }
        }
        div {
            label for=(known_by) { (say("ask-known-by")) }
            input id=(known_by) name=(known_by) value=(asking.known_by) autocomplete="off"
                placeholder=(of.present.position) aria-describedby={ (known_by) "-note" }
                data-slide=[head.map(|_| say("ask-known-by-slide"))]
                data-first=[head.map(|_| 1)] data-last=[head];
            span class="small" id={ (known_by) "-note" } { (say("ask-known-by-note")) }
        }
        div {
            label for=(rule) { (say("ask-rule")) }
            select id=(rule) name=(rule) {
                @for one in asking.rules {
                    option value=(one.name) selected[one.name == of.rule.name] {
                        (phrase::rule_title(one, reader.lang))
                    }
                }
            }
        }
    }
}
