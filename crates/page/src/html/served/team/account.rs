//! One's own account: another passphrase, a second step, an end.

use super::{Field, Said, button, fresh, now, page, said, token};
use crate::{Reader, word, words};
use maud::{Markup, html};

/// Whose page it is.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// Their pseudonym.
    pub name: &'a str,
    /// Words of their roles.
    pub roles: &'a [&'static str],
    /// Whether they have a second step.
    pub second: bool,
    /// A second step that waits to be confirmed: as it is typed into an app, and as one reads it.
    pub offered: Option<(&'a str, &'a str)>,
    /// Whether they keep the team.
    pub keeps: bool,
    /// The hidden field of their forms.
    pub token: &'a str,
    /// What was said before.
    pub said: &'a Said,
}

/// The page of an account.
#[must_use]
pub fn account(own: &Account<'_>, reader: &Reader) -> String {
    let lang = reader.lang;
    let roles: Vec<String> =
        own.roles.iter().map(|role| word(lang, &format!("role-{role}"))).collect();
    let inside = html! {
        p class="lead" { (words(lang, "account-of", &[("name", own.name), ("roles", &roles.join(", "))])) }
        (said(own.said, lang))
        @if own.keeps { p { a href="/team" { (word(lang, "team")) } } }
        (second(own, reader))
        section aria-labelledby="h-passphrase" {
            h2 id="h-passphrase" { (word(lang, "account-passphrase")) }
            p class="note" { (word(lang, "account-ends-sessions")) }
            form class="ask" method="post" action="/account/passphrase" {
                (token(own.token))
                (now("own-passphrase", lang))
                (fresh(["own-fresh", "own-again"], "team-passphrase-new", lang))
                (button("account-change", lang))
            }
        }
        section aria-labelledby="h-end" {
            h2 id="h-end" { (word(lang, "sign-out")) }
            form class="ask" method="post" action="/sign-out" {
                (token(own.token))
                (button("sign-out", lang))
            }
        }
    };
    page(&word(lang, "account"), "", true, reader, &inside)
}

/// The page while no account is asked for.
#[must_use]
pub fn nobody_asked(reader: &Reader) -> String {
    let lang = reader.lang;
    let inside = html! {
        p class="lead" { (word(lang, "accounts-none")) }
        p { code { "habeas account add CASE NAME --role keeper" } }
    };
    page(&word(lang, "account"), "", true, reader, &inside)
}

fn second(own: &Account<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let (id, label, kind, fill) = ("second-code", "team-code", "text", "one-time-code");
    let code = Field { id, label, kind, fill, ..Field::default() };
    html! {
        section aria-labelledby="h-second" {
            h2 id="h-second" { (word(lang, "second-step")) }
            @if let Some((written, address)) = own.offered {
                p class="note" { (word(lang, "second-offered")) }
                p { code { (written) } }
                p { a href=(address) { (word(lang, "second-open")) } }
                form class="ask" method="post" action="/account/second/confirm" {
                    (token(own.token))
                    (code.shown(lang))
                    (button("second-confirm", lang))
                }
            } @else {
                p class="note" { (word(lang, if own.second { "second-there" } else { "second-none" })) }
                form class="ask" method="post" action="/account/second" {
                    (token(own.token))
                    (now("second-passphrase", lang))
                    (button(if own.second { "second-another" } else { "second-begin" }, lang))
                }
            }
        }
    }
}
