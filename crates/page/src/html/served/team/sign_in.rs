//! Signing in, and taking an invitation up.

use super::{Field, Said, button, fresh, page, said, token};
use crate::{Reader, word};
use maud::html;

/// Whoever stands before the door.
#[derive(Clone, Copy, Debug)]
pub struct Guest<'a> {
    /// The hidden field of their forms.
    pub token: &'a str,
    /// Where they wanted to go: a path of ours.
    pub next: &'a str,
    /// The same, as a field of an address.
    pub address: &'a str,
    /// What was said before.
    pub said: &'a Said,
}

/// The page to sign in.
#[must_use]
pub fn sign_in(guest: &Guest<'_>, reader: &Reader) -> String {
    let lang = reader.lang;
    let words = Field {
        id: "in-passphrase",
        label: "team-passphrase",
        fill: "current-password",
        ..Field::default()
    };
    let code = Field {
        id: "in-code",
        label: "team-code",
        kind: "text",
        fill: "one-time-code",
        note: Some("team-code-note"),
        required: false,
    };
    let inside = html! {
        p class="lead" { (word(lang, "sign-in-lead")) }
        (said(guest.said, lang))
        form class="ask door" method="post" action="/sign-in" {
            (token(guest.token))
            input type="hidden" name="next" value=(guest.next);
            (name("in-name", None).shown(lang))
            (words.shown(lang))
            (code.shown(lang))
            (button("sign-in", lang))
        }
    };
    page(&word(lang, "sign-in"), guest.address, false, reader, &inside)
}

/// The page of an invitation. Where it waits no longer, there is no form.
#[must_use]
pub fn invitation(waits: bool, guest: &Guest<'_>, reader: &Reader) -> String {
    let lang = reader.lang;
    let inside = html! {
        (said(guest.said, lang))
        @if waits {
            p class="lead" { (word(lang, "invitation-lead")) }
            form class="ask door" method="post" {
                (token(guest.token))
                (name("new-name", Some("team-name-note")).shown(lang))
                (fresh(["new-passphrase", "new-again"], "team-passphrase", lang))
                (button("invitation-accept", lang))
            }
        } @else {
            p class="lead" { (word(lang, "invitation-void")) }
            p { a href="/sign-in" { (word(lang, "sign-in")) } }
        }
    };
    page(&word(lang, "invitation"), "", false, reader, &inside)
}

fn name<'a>(id: &'a str, note: Option<&'a str>) -> Field<'a> {
    Field { id, label: "team-name", kind: "text", fill: "username", note, required: true }
}
