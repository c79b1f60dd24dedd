//! The decisions that made somebody one person, and those that could not be followed: who took
//! each, when and why.

use super::{
    super::{Asking, work::one},
    address,
};
use crate::{Reader, phrase, redact, word, words};
use habeas_count::Ruling;
use habeas_model::{MentionId, Person};
use maud::{Markup, html};

/// The decisions that `person` carries, in the order of their entries.
pub fn rulings(of: &[Ruling<'_>], person: &Person, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        section aria-labelledby="h-rulings" {
            h2 id="h-rulings" { (word(lang, "rulings")) }
            p class="lead" { (word(lang, "rulings-lead")) }
            @if of.is_empty() { p { (word(lang, "rulings-none")) } }
            ul class="pairs" {
                @for ruling in of { (entry(ruling, person, asking, reader)) }
            }
        }
    }
}

fn entry(of: &Ruling<'_>, person: &Person, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let (lang, taken) = (reader.lang, of.taken);
    let sign = phrase::verdict_sign(of);
    let side = |id| side(id, of, person, asking, reader);
    let entry = words(lang, "entry-word", &[("n", &phrase::number(taken.position, lang))]);
    let reason = redact::free_words(&taken.it.reason, reader).filter(|said| !said.is_empty());
    html! {
        li id={ "e-" (taken.position) } {
            span class="sign" aria-hidden="true" { (sign) }
            div {
                span { (side(taken.it.left)) " " (sign) " " (side(taken.it.right)) }
                span class="small" {
                    strong { (word(lang, &format!("verdict-{}", taken.it.verdict))) } " · "
                    (phrase::effect(of, lang))
                }
                span class="small" {
                    @if let Some(author) = redact::author(&taken.author, reader) {
                        bdi { (author) } " · "
                    }
                    (phrase::moment(taken.known)) " UTC · " (entry)
                    @if let Some(reason) = reason { " · " bdi { (reason) } }
                }
            }
        }
    }
}

/// A record of this person or of the other one, with the way to that one.
fn side(
    id: MentionId,
    of: &Ruling<'_>,
    person: &Person,
    asking: &Asking<'_>,
    reader: &Reader,
) -> Markup {
    if let Some(mention) = person.mention(id) {
        return one(mention, reader);
    }
    match of.other.and_then(|other| Some((other, other.mention(id)?))) {
        Some((other, mention)) => html! {
            a href=(address(other.id, asking)) { (one(mention, reader)) }
        },
        None => html! { code { (id) } }, // It stands no more.
    }
}
