//! A card of the reading desk: one proposal, why it was read so, and what may be made of it.

use super::super::{Asking, document::quoted};
use super::{button, reason, unseen};
use crate::{
    Lang, Reader, See, phrase, redact,
    terminal::proposal::{chain, claimed, fields, framed},
    word, words,
};
use habeas_model::{
    Claim, Disclosure, Happening, Mention, MentionId, Modality, Predicate, Quantity, Review,
    memory::present::Standing, said::population::Gender,
};
use maud::{Markup, html};

/// Modes of a quantity that a form offers, as they are written on the wire.
pub(super) const MODES: [&str; 7] =
    ["exact", "approx", "at_least", "more_than", "at_most", "fewer_than", "range"];

/// What the forms of a card need to know of its page.
pub(super) struct At<'a> {
    pub seen: u64,
    /// Which document of the file, and from which character on.
    pub part: usize,
    pub from: u32,
    /// The row that is edited: a form for each of them would be a heavy page.
    pub row: Option<MentionId>,
    pub asking: &'a Asking<'a>,
}

/// A claim: what was read, in which words, who says so, why, and the buttons.
pub(super) fn claim(
    one: &Standing<Claim>,
    next: Option<&str>,
    at: &At<'_>,
    reader: &Reader,
) -> Markup {
    let (lang, it) = (reader.lang, &one.it);
    let id = it.id.to_string();
    let waits = one.review == Review::Unreviewed;
    let inside = html! {
        p {
            strong { (claimed(it, lang)) } " · " (framed(it, lang))
            @if let Some(person) = it.person.as_ref().filter(|_| redact::quotable(it, reader)) {
                " · " bdi dir="auto" { (person.reveal()) }
            }
        }
        @if redact::quotable(it, reader) {
            (quoted(&it.span))
        }
        p class="small" {
            (chain(it, reader)) " · " (word(lang, &format!("modality-{}", it.modality))) " · "
            (words(lang, "desk-confidence", &[("word", &word(lang, &format!("confidence-{}", it.confidence)))]))
        }
        (why(&it.rules, lang))
        (decide("claim", &id, one.review, next, at, reader))
        (edit(it, &id, next, at, reader))
    };
    card(&id, one.review, waits, &word(lang, &format!("kind-{}", it.kind)), &inside, lang)
}

/// A row of a list.
pub(super) fn mention(
    one: &Standing<Mention>,
    next: Option<&str>,
    at: &At<'_>,
    reader: &Reader,
) -> Markup {
    let (lang, it) = (reader.lang, &one.it);
    let id = it.id.to_string();
    let inside = html! {
        dl class="fields" {
            @for (key, said) in fields(it, reader).iter().filter(|(_, said)| !said.is_empty()) {
                div { dt { (word(lang, key)) } dd { bdi dir="auto" { (said) } } }
            }
        }
        @if let Some(cells) = redact::free_words(&it.span.quote, reader) {
            p class="small" { q { (cells) } }
        }
        (decide("mention", &id, one.review, next, at, reader))
        @if reader.see == See::Team {
            @if at.row == Some(it.id) { (edit_row(it, &id, next, at, reader)) } @else {
                p { a data-key="e" aria-keyshortcuts="e" href={ (at.asking.path) "?part=" (at.part) "&row=" (id) "#k-" (id) } {
                    (word(lang, "desk-edit")) " " kbd { "e" }
                } }
            }
        }
    };
    let waits = one.review == Review::Unreviewed;
    card(&id, one.review, waits, &word(lang, "desk-row"), &inside, lang)
}

fn card(id: &str, review: Review, waits: bool, label: &str, inside: &Markup, lang: Lang) -> Markup {
    html! {
        li id={ "k-" (id) } class={ "card review-" (review) } tabindex="-1" data-card
            data-waits[waits] aria-label=(label) {
            p class="badge" { (word(lang, &format!("review-{review}"))) }
            (inside)
        }
    }
}

/// The rules of the reader that fired, with the words that fired them.
fn why(rules: &[String], lang: Lang) -> Markup {
    html! {
        @if !rules.is_empty() {
            details {
                summary { (word(lang, "document-why")) }
                ul class="places" { @for rule in rules { li { code { (rule) } } } }
            }
        }
    }
}

fn carried(kind: &str, id: &str, next: Option<&str>, at: &At<'_>) -> Markup {
    html! {
        (unseen(at.seen, at.asking))
        input type="hidden" name="kind" value=(kind);
        input type="hidden" name="id" value=(id);
        input type="hidden" name="part" value=(at.part);
        input type="hidden" name="from" value=(at.from);
        @if let Some(next) = next { input type="hidden" name="next" value=(next); }
    }
}

/// Accept, refuse; what was decided may be decided otherwise.
fn decide(
    kind: &str,
    id: &str,
    review: Review,
    next: Option<&str>,
    at: &At<'_>,
    reader: &Reader,
) -> Markup {
    html! {
        form class="decide" method="post" action=(at.asking.path) {
            (carried(kind, id, next, at))
            (reason(id, reader))
            div class="do" {
                @if review != Review::Accepted { (button("accepted", "a", "desk-accept", reader)) }
                @if review != Review::Refused { (button("refused", "r", "desk-refuse", reader)) }
                @if matches!(review, Review::Accepted | Review::Edited) {
                    (button("withdrawn", "w", "desk-withdraw", reader))
                }
            }
        }
    }
}

/// The parts that a reader most often gets wrong.
fn edit(it: &Claim, id: &str, next: Option<&str>, at: &At<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        details class="edit" {
            summary data-key="e" aria-keyshortcuts="e" { (word(lang, "desk-edit")) " " kbd { "e" } }
            form class="ask" method="post" action=(at.asking.path) {
                (carried("claim", id, next, at))
                input type="hidden" name="verdict" value="edited";
                (parts(id, Some(it), lang))
                div { (reason(&format!("edit-{id}"), reader)) }
                div class="do" { button { (word(lang, "desk-keep")) } }
            }
        }
    }
}

/// Who is meant by a row, who may know, and what happened: a reviewer may know better than a list.
fn edit_row(it: &Mention, id: &str, next: Option<&str>, at: &At<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let age = it.age.map(|age| age.to_string());
    let born = it.born.as_ref().map(ToString::to_string);
    let texts = [
        ("name", "field-name", Some(it.name.reveal().to_owned())),
        ("number", "field-number", it.number.as_ref().map(|number| number.reveal().to_owned())),
        ("born", "field-born", born),
        ("age", "field-age", age),
    ];
    let gender = it.gender.map(|gender| gender.to_string());
    let genders = Gender::ALL.iter().map(|one| (one.to_string(), format!("sex-{one}")));
    let disclosure = Some(it.disclosure.to_string());
    let see = Disclosure::ALL.iter().map(|one| (one.to_string(), format!("disclosure-{one}")));
    html! {
        details class="edit" open {
            summary data-key="e" aria-keyshortcuts="e" { (word(lang, "desk-edit")) " " kbd { "e" } }
            form class="ask" method="post" action=(at.asking.path) {
                (carried("mention", id, next, at))
                input type="hidden" name="verdict" value="edited";
                @for (name, key, value) in texts {
                    div class=[(name == "name").then_some("row")] {
                        label for={ (name) "-" (id) } { (word(lang, key)) }
                        input id={ (name) "-" (id) } name=(name) value=[value] dir="auto" autocomplete="off" required[name == "name"];
                    }
                }
                (choice(&format!("gender-{id}"), "gender", "field-sex", genders, gender, true, lang))
                (choice(&format!("disclosure-{id}"), "disclosure", "person-disclosure", see, disclosure, false, lang))
                @for nth in 0..=it.happened.len() {
                    (happening(nth, it.happened.get(nth), id, lang))
                }
                div class="row" {
                    (reason(&format!("edit-{id}"), reader))
                    span class="small" { (word(lang, "edit-row-note")) }
                }
                div class="do" { button { (word(lang, "desk-keep")) } }
            }
        }
    }
}

/// What happened to whom a row means; the last of them is empty, for one more.
fn happening(nth: usize, it: Option<&Happening>, id: &str, lang: Lang) -> Markup {
    let all = Predicate::ALL.iter().filter(|one| one.counts_people());
    let all = all.map(|one| (one.to_string(), format!("happened-{one}")));
    let chosen = it.map(|it| it.predicate.to_string());
    let when = it.and_then(|it| it.when.as_ref()).map(ToString::to_string);
    let place = it.and_then(|it| it.place.clone());
    html! {
        (choice(&format!("predicate-{nth}-{id}"), &format!("predicate-{nth}"), "field-happened", all, chosen, true, lang))
        @for (name, key, value) in [("when", "desk-when", when), ("place", "desk-place", place)] {
            div {
                label for={ (name) "-" (nth) "-" (id) } { (word(lang, key)) }
                input id={ (name) "-" (nth) "-" (id) } name={ (name) "-" (nth) } value=[value] dir="auto" autocomplete="off";
            }
        }
    }
}

/// One of several words, or none where that may be.
fn choice(
    id: &str,
    name: &str,
    label: &str,
    all: impl Iterator<Item = (String, String)>,
    chosen: Option<String>,
    empty: bool,
    lang: Lang,
) -> Markup {
    html! {
        div {
            label for=(id) { (word(lang, label)) }
            select id=(id) name=(name) {
                @if empty { option value="" { (word(lang, "choice-none")) } }
                @for (value, key) in all {
                    option value=(value) selected[Some(&value) == chosen.as_ref()] {
                        (word(lang, &key))
                    }
                }
            }
        }
    }
}

/// Fields for what is claimed: predicate, number, modality, days.
pub(super) fn parts(id: &str, it: Option<&Claim>, lang: Lang) -> Markup {
    let quantity = it.and_then(|it| it.quantity.as_ref());
    let predicate = it.map_or(Predicate::Released, |it| it.predicate);
    let modality = it.map_or(Modality::Asserted, |it| it.modality);
    let day = |when: Option<&habeas_model::When>| when.map(ToString::to_string);
    let (since, as_of) = match it {
        Some(it) => (day(it.time.since.as_ref()), day(it.time.as_of.as_ref())),
        None => (None, None),
    };
    html! {
        div {
            label for={ "predicate-" (id) } { (word(lang, "desk-predicate")) }
            select id={ "predicate-" (id) } name="predicate" {
                @for one in Predicate::ALL {
                    option value=(one) selected[*one == predicate] { (word(lang, &format!("predicate-{one}"))) }
                }
            }
        }
        (number(id, quantity, lang))
        div {
            label for={ "modality-" (id) } { (word(lang, "field-modality")) }
            select id={ "modality-" (id) } name="modality" {
                @for one in Modality::ALL {
                    option value=(one) selected[*one == modality] { (word(lang, &format!("modality-{one}"))) }
                }
            }
        }
        @for (name, key, value) in [("since", "desk-since", since), ("as_of", "desk-as-of", as_of)] {
            div {
                label for={ (name) "-" (id) } { (word(lang, key)) }
                input id={ (name) "-" (id) } name=(name) value=[value] placeholder="2026-02-01" autocomplete="off";
            }
        }
    }
}

/// How many, as it was said: the mode is a part of the number.
fn number(id: &str, quantity: Option<&Quantity>, lang: Lang) -> Markup {
    let mode = quantity.map_or("exact", Quantity::mode);
    let (low, high) = quantity.map_or((None, None), Quantity::numbers);
    html! {
        div {
            label for={ "mode-" (id) } { (word(lang, "desk-mode")) }
            select id={ "mode-" (id) } name="mode" {
                option value="" selected[quantity.is_none()] { (word(lang, "quantity-not-said")) }
                @if mode == "vague" { option value="same" selected { (phrase::quantity(quantity.expect("it has a mode"), lang)) } }
                @for one in MODES {
                    option value=(one) selected[quantity.is_some() && one == mode] { (word(lang, &format!("said-{one}"))) }
                }
            }
        }
        div {
            label for={ "number-" (id) } { (word(lang, "desk-number")) }
            input id={ "number-" (id) } name="number" inputmode="numeric" value=[low] autocomplete="off";
        }
        div {
            label for={ "high-" (id) } { (word(lang, "desk-high")) }
            input id={ "high-" (id) } name="high" inputmode="numeric" value=[high] autocomplete="off";
        }
    }
}
