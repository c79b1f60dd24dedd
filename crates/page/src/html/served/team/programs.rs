//! What lets programs in: tokens, each with what it is good for and until when.

use super::{button, token};
use crate::{Reader, phrase, word, words};
use jiff::{Timestamp, tz::Offset};
use maud::{Markup, html};

/// A token, without what is shown of it once.
#[derive(Clone, Copy, Debug)]
pub struct Program<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Words of its scopes.
    pub scopes: &'a [&'static str],
    /// Who made it.
    pub by: &'a str,
    /// Seconds since 1970.
    pub until: i64,
}

/// All of them.
#[derive(Clone, Copy, Debug)]
pub struct Programs<'a> {
    /// Those that last.
    pub tokens: &'a [Program<'a>],
    /// Words of all scopes.
    pub scopes: &'a [&'static str],
    /// One that was just made, shown this once.
    pub shown: Option<&'a str>,
}

/// The part of the page of the team.
pub(super) fn programs(of: &Programs<'_>, own: &str, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        section aria-labelledby="h-tokens" {
            h2 id="h-tokens" { (word(lang, "tokens")) }
            p class="note" { (word(lang, "tokens-note")) }
            @if let Some(shown) = of.shown {
                p class="said" role="status" { (word(lang, "tokens-shown")) }
                p { code { (shown) } }
            }
            @for program in of.tokens { (one(program, own, reader)) }
            form class="ask" method="post" action="/team/tokens" {
                (token(own))
                div class="row" {
                    label for="token-name" { (word(lang, "tokens-name")) }
                    input id="token-name" name="name" required maxlength="40" autocomplete="off";
                }
                div class="row" {
                    label for="token-days" { (word(lang, "tokens-days")) }
                    input id="token-days" name="days" type="number" min="1" max="366" value="90";
                }
                fieldset class="roles" {
                    legend { (word(lang, "tokens-scopes")) }
                    @for scope in of.scopes {
                        @let id = format!("s-{}", scope.replace(':', "-"));
                        label for=(id) {
                            input type="checkbox" id=(id) name="scope" value=(scope);
                            span { (word(lang, &format!("scope-{}", scope.replace(':', "-")))) }
                        }
                    }
                }
                (button("tokens-make", lang))
            }
        }
    }
}

fn one(program: &Program<'_>, own: &str, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let until = Timestamp::from_second(program.until).unwrap_or_default();
    let until = phrase::day(Offset::UTC.to_datetime(until).date(), lang);
    let scopes = program.scopes.join(", ");
    let said =
        [("name", program.name), ("scopes", &*scopes), ("by", program.by), ("until", &*until)];
    html! {
        form class="ask" method="post" action="/team/tokens/revoke" {
            (token(own))
            input type="hidden" name="name" value=(program.name);
            p { (words(lang, "tokens-one", &said)) }
            div class="do" { button { (words(lang, "tokens-revoke", &[("name", program.name)])) } }
        }
    }
}
