//! One person: where they were, everything that is told of them with its source, what differs,
//! who may see it. Printed, it is a card.

use super::super::{Asking, Papers, asked, document, page};
use super::{address, rulings};
use crate::{Lang, Reader, See, phrase, redact, word, words};
use habeas_count::{Spell, Story, may_be_child, story::Told};
use habeas_model::{Disclosure, Person, Place, people::register::Held};
use maud::{Markup, html};

/// What the page of a person is made of.
pub struct Portrait<'a> {
    /// The person.
    pub person: &'a Person,
    /// What is told of them.
    pub story: Story<'a>,
    /// Others whom a warning means: they share a name and an arrest, or a number.
    pub near: Vec<&'a Person>,
}

/// The page.
#[must_use]
pub fn person(
    of: &Portrait<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let name = redact::person(of.person, reader).to_string();
    let inside = html! {
        header {
            p class="back" { a href={ "/people" (asking.after()) } { "← " (word(lang, "people")) } }
            p class="kicker" { (papers.present.title) }
            h1 { bdi dir="auto" { (name) } }
            (asked(papers.rule, papers.true_at, papers.present.position, reader))
        }
        main id="content" class="card" {
            (known(of, reader))
            (warned(of, asking, reader))
            (spells(&of.story.spells, reader))
            (timeline(&of.story.told, papers, asking, reader))
            (mentions(&of.person.mentions, papers, asking, reader))
            (rulings(&of.story.rulings, of.person, asking, reader))
            p class="back" { a href={ "/link/" (of.person.id) } { (word(lang, "cluster-link")) } }
        }
    };
    // The title goes to the history of a browser: it bears the identifier (invariant 12).
    let title = words(lang, "person-word", &[("id", &of.person.id.to_string())]);
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

fn known(of: &Portrait<'_>, reader: &Reader) -> Markup {
    let (lang, person, sourcing) = (reader.lang, of.person, &of.story.sourcing);
    let team = reader.see == See::Team;
    let nat: Vec<String> = person.nat.iter().map(ToString::to_string).collect();
    let cats = person.cats.iter().map(|cat| word(lang, &format!("category-{cat}")));
    let cats: Vec<String> = cats.collect();
    let origins = sourcing.origins.len() as u64;
    html! {
        dl class="came" {
            @if let Some(born) = person.born.as_ref().filter(|_| team) {
                dt { (word(lang, "field-born")) } dd { (phrase::when(born, lang)) }
            }
            @if let Some(gender) = person.gender {
                dt { (word(lang, "field-sex")) } dd { (word(lang, &format!("sex-{gender}"))) }
            }
            @if !nat.is_empty() { dt { (word(lang, "field-nat")) } dd { (nat.join(", ")) } }
            @if !cats.is_empty() { dt { (word(lang, "person-called")) } dd { (cats.join(", ")) } }
            dt { (word(lang, "person-verification")) }
            dd {
                (word(lang, &format!("verification-{}", sourcing.verification)))
                " · " (words(lang, "person-origins", &[("n", &phrase::number(origins, lang))]))
                ": " (sourcing.origins.join("; "))
            }
            dt { (word(lang, "person-checked")) }
            dd {
                @match of.story.last_checked {
                    Some(day) => (phrase::day(day, lang)),
                    None => (word(lang, "undated")),
                }
            }
            dt { (word(lang, "person-disclosure")) }
            dd { (disclosure(person, lang)) }
        }
    }
}

fn disclosure(person: &Person, lang: Lang) -> Markup {
    let child = |held: &Held| may_be_child(&held.mention, person.born.as_ref());
    let minor = person.mentions.iter().any(child);
    let shown = redact::person(person, &Reader::public(lang));
    let public = matches!(shown, redact::Shown::Name(_));
    html! {
        (word(lang, &format!("disclosure-{}", person.disclosure)))
        @if minor { ". " strong { (word(lang, "person-minor")) } }
        @if !public && person.disclosure == Disclosure::Public && !minor {
            ". " (word(lang, "person-not-yet"))
        }
    }
}

fn warned(of: &Portrait<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let contested = of.story.sourcing.contested;
    html! {
        @if contested || !of.person.warnings.is_empty() {
            div class="notice" role="note" {
                @if contested { p { "! " (word(lang, "person-contested")) } }
                @for warning in &of.person.warnings {
                    p { "! " (word(lang, &format!("warning-{warning}"))) }
                }
                @if !of.near.is_empty() {
                    p {
                        (word(lang, "person-near")) ": "
                        @for (nth, other) in of.near.iter().enumerate() {
                            @if nth > 0 { ", " }
                            a href=(address(other.id, asking)) {
                                bdi dir="auto" { (redact::person(other, reader)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn spells(spells: &[Spell], reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        section aria-labelledby="h-stays" {
            h2 id="h-stays" { (word(lang, "person-stays")) }
            p class="lead" { (word(lang, "person-stays-lead")) }
            @if spells.is_empty() { p { (word(lang, "person-stays-none")) } }
            ol class="stays" {
                @for spell in spells {
                    li class=[spell.held.then_some("held")] {
                        strong { (word(lang, &format!("custody-{}", spell.custody))) } " "
                        (phrase::days(spell, lang))
                        @if !spell.reviewed { span class="small" { " " (word(lang, "review-unreviewed")) } }
                    }
                }
            }
        }
    }
}

fn timeline(
    told: &[Told<'_>],
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> Markup {
    let lang = reader.lang;
    let columns = ["col-day", "person-happened", "col-says", "person-source"];
    html! {
        section aria-labelledby="h-told" {
            h2 id="h-told" { (word(lang, "person-told")) }
            p class="lead" { (word(lang, "person-told-lead")) }
            @if told.is_empty() { p { (word(lang, "person-told-none")) } } @else {
                div class="wide" tabindex="0" role="region" aria-labelledby="h-told" {
                    table {
                        thead { tr { @for key in columns { th scope="col" { (word(lang, key)) } } } }
                        tbody { @for one in told { (happening(one, papers, asking, reader)) } }
                    }
                }
            }
        }
    }
}

fn happening(one: &Told<'_>, papers: &Papers<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let when = one.when.map_or_else(|| word(lang, "undated"), |when| phrase::when(when, lang));
    let row = match one.at {
        Place::Cells { row, .. } => Some(row.to_string()),
        Place::Text { .. } => None,
    };
    let part = one.claim.map(|id| format!("#k-{id}")).unwrap_or_default();
    html! {
        tr class={ @if !one.counts { "aside" } @else if one.differs { "differs" } } {
            td class="day" { (when) }
            td {
                (word(lang, &format!("happened-{}", one.predicate)))
                @if let Some(mode) = one.mode { " (" (word(lang, &format!("mode-{mode}"))) ")" }
                @if let Some(place) = one.place { span class="small" { (place) } }
                @if one.differs { span class="small warn" { "! " (word(lang, "person-differs")) } }
            }
            td {
                (one.origin)
                @if one.modality != habeas_model::Modality::Asserted {
                    span class="small" { (word(lang, &format!("modality-{}", one.modality))) }
                }
            }
            td class="small" {
                a href={ (document::address(one.blob, asking)) (part) } {
                    (phrase::called(one.blob, papers.present, reader))
                }
                @if let Some(row) = row { ", " (words(lang, "person-row", &[("n", &row)])) }
                " · " (word(lang, &format!("review-{}", one.review)))
            }
        }
    }
}

/// Every place where they are written, as it is written.
fn mentions(
    mentions: &[Held],
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> Markup {
    let lang = reader.lang;
    html! {
        section aria-labelledby="h-mentions" {
            h2 id="h-mentions" { (word(lang, "person-mentions")) }
            p class="lead" { (word(lang, "person-mentions-lead")) }
            ul class="written" {
                @for held in mentions { (mention(held, papers, asking, reader)) }
            }
        }
    }
}

fn mention(held: &Held, papers: &Papers<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let (lang, it) = (reader.lang, &held.mention);
    let fields = crate::terminal::proposal::fields(it, reader);
    html! {
        li id={ "m-" (it.id) } class={ "review-" (held.review) } {
            dl class="fields" {
                @for (key, said) in fields.iter().filter(|(_, said)| !said.is_empty()) {
                    div { dt { (word(lang, key)) } dd { bdi dir="auto" { (said) } } }
                }
            }
            p class="small" {
                a href=(document::address(it.span.blob, asking)) {
                    (phrase::called(it.span.blob, papers.present, reader))
                } " · "
                (word(lang, &format!("review-{}", held.review))) " · "
                (word(lang, &format!("disclosure-{}", it.disclosure))) " · " code { (it.id) }
                @if it.claim.is_none() && reader.see == See::Team {
                    " · " a href={ "/read/" (it.span.blob) "?row=" (it.id) "#k-" (it.id) } { (word(lang, "desk-edit")) }
                }
            }
        }
    }
}
