//! Pages of the team itself: signing in, taking an invitation up, one's own account, and everybody.

mod account;
mod everybody;
mod programs;
mod sign_in;

pub use account::{Account, account, nobody_asked};
pub use everybody::{Everybody, Member, everybody};
pub use programs::{Program, Programs};
pub use sign_in::{Guest, invitation, sign_in};

use super::{bar::tongues, whole};
use crate::{Lang, Reader, word};
use maud::{Markup, html};

/// Something that was wrong with a form, by the key of its words; or that was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing is said.
    #[default]
    Nothing,
    /// It was done.
    Done(&'static str),
    /// It was not, and why.
    Wrong(&'static str),
    /// Too much was tried: seconds to wait.
    Wait(u64),
}

/// A page without the ways through the case: not everybody who sees it may go there.
fn page(title: &str, address: &str, home: bool, reader: &Reader, inside: &Markup) -> String {
    let lang = reader.lang;
    let body = html! {
        a class="skip" href="#content" { (word(lang, "skip-to-content")) }
        nav class="bar" aria-label=(word(lang, "bar")) {
            ul class="ways" {
                @if home { li { a href="/" { "← " (word(lang, "nav-board")) } } }
                @else { li { strong { "Habeas" } } }
            }
            ul class="tongues" {
                (tongues(&[address], lang))
            }
        }
        main id="content" {
            h1 { (title) }
            (inside)
        }
    };
    let title = format!("{title} · Habeas");
    whole(&title, lang, &html! { link rel="stylesheet" href="/style.css"; }, &body)
}

/// What was said of the form before; a reader of the screen is told at once.
fn said(what: &Said, lang: Lang) -> Markup {
    html! {
        @match what {
            Said::Nothing => {}
            Said::Done(key) => p class="said" role="status" { (word(lang, key)) },
            Said::Wrong(key) => p class="said wrong" role="alert" { (word(lang, key)) },
            Said::Wait(seconds) => p class="said wrong" role="alert" {
                (crate::words(lang, "team-wait", &[("n", &seconds.to_string())]))
            },
        }
    }
}

/// The hidden field that shows a form to be ours.
fn token(token: &str) -> Markup {
    html! { input type="hidden" name="token" value=(token); }
}

/// A field of a form: `id` is the form's word and the field's, such as `in-name`.
struct Field<'a> {
    id: &'a str,
    label: &'a str,
    kind: &'a str,
    /// What a browser may fill in (HTML, "autofill field name").
    fill: &'a str,
    /// What is to be known of it.
    note: Option<&'a str>,
    required: bool,
}

impl Default for Field<'_> {
    fn default() -> Self {
        Field { id: "", label: "", kind: "password", fill: "off", note: None, required: true }
    }
}

impl Field<'_> {
    fn shown(&self, lang: Lang) -> Markup {
        let name = self.id.rsplit('-').next().unwrap_or_default();
        let noted = self.note.map(|_| format!("{}-note", self.id));
        html! {
            div {
                label for=(self.id) { (word(lang, self.label)) }
                input id=(self.id) name=(name) type=(self.kind) autocomplete=(self.fill)
                    required[self.required] aria-describedby=[noted.as_deref()]
                    autocapitalize="none" spellcheck="false";
                @if let (Some(key), Some(id)) = (self.note, &noted) {
                    span class="small" id=(id) { (word(lang, key)) }
                }
            }
        }
    }
}

/// The passphrase that is asked for again before something is changed.
fn now(id: &str, lang: Lang) -> Markup {
    let (label, fill) = ("team-passphrase-now", "current-password");
    Field { id, label, fill, ..Field::default() }.shown(lang)
}

/// A fresh passphrase, twice.
fn fresh(ids: [&str; 2], label: &str, lang: Lang) -> Markup {
    let (fill, note) = ("new-password", Some("team-passphrase-note"));
    let first = Field { id: ids[0], label, fill, note, ..Field::default() };
    let again = Field { id: ids[1], label: "team-again", fill, ..Field::default() };
    html! { (first.shown(lang)) (again.shown(lang)) }
}

/// The button of a form.
fn button(key: &str, lang: Lang) -> Markup {
    html! { div class="do" { button { (word(lang, key)) } } }
}
