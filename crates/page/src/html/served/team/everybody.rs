//! The team, for who keeps it: who belongs to it, as what, and who is invited.

use super::{Programs, Said, button, page, programs::programs, said, token};
use crate::{Lang, Reader, word, words};
use maud::{Markup, html};

/// One of the team.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Their pseudonym.
    pub name: &'a str,
    /// Words of their roles.
    pub roles: &'a [&'static str],
    /// Whether they have a second step.
    pub second: bool,
}

/// Everybody of it.
#[derive(Clone, Copy, Debug)]
pub struct Everybody<'a> {
    /// Those who are in it.
    pub members: &'a [Member<'a>],
    /// Words of all roles.
    pub roles: &'a [&'static str],
    /// How many invitations wait.
    pub waiting: usize,
    /// A link that was just made, shown this once.
    pub link: Option<&'a str>,
    /// What lets programs in.
    pub programs: &'a Programs<'a>,
    /// The hidden field of the forms.
    pub token: &'a str,
    /// What was said before.
    pub said: &'a Said,
}

/// The page of the team.
#[must_use]
pub fn everybody(team: &Everybody<'_>, reader: &Reader) -> String {
    let lang = reader.lang;
    let inside = html! {
        p class="lead" { (word(lang, "team-lead")) }
        (said(team.said, lang))
        @if let Some(link) = team.link {
            p class="said" role="status" { (word(lang, "team-link")) }
            p { code { (link) } }
        }
        @for member in team.members { (one(member, team, lang)) }
        (programs(team.programs, team.token, reader))
        section aria-labelledby="h-invite" {
            h2 id="h-invite" { (word(lang, "team-invite")) }
            p class="note" { (words(lang, "team-invite-note", &[("n", &team.waiting.to_string())])) }
            form class="ask" method="post" action="/team/invite" {
                (token(team.token))
                (choice("new", &["reader"], team.roles, "role", lang))
                (button("team-invite", lang))
            }
        }
    };
    page(&word(lang, "team"), "", true, reader, &inside)
}

fn one(member: &Member<'_>, team: &Everybody<'_>, lang: Lang) -> Markup {
    let id = format!("m-{}", member.name);
    html! {
        section class="card member" aria-labelledby=(id) {
            h2 id=(id) { (member.name) }
            p class="note" {
                (word(lang, if member.second { "second-there-short" } else { "second-none-short" }))
            }
            form class="ask" method="post" action="/team/roles" {
                (token(team.token))
                input type="hidden" name="name" value=(member.name);
                (choice(member.name, member.roles, team.roles, "role-name", lang))
                (button("team-set-roles", lang))
            }
            details {
                summary { (words(lang, "team-remove", &[("name", member.name)])) }
                form class="ask" method="post" action="/team/remove" {
                    (token(team.token))
                    input type="hidden" name="name" value=(member.name);
                    p class="note" { (word(lang, "team-remove-note")) }
                    div class="do" {
                        button { (words(lang, "team-remove", &[("name", member.name)])) }
                    }
                }
            }
        }
    }
}

/// The roles, in the words that begin with `key`.
fn choice(of: &str, chosen: &[&str], all: &[&'static str], key: &str, lang: Lang) -> Markup {
    html! {
        fieldset class="roles" {
            legend { (word(lang, "team-roles")) }
            @for role in all {
                @let id = format!("r-{of}-{role}");
                label for=(id) {
                    input type="checkbox" id=(id) name="role" value=(role) checked[chosen.contains(role)];
                    span { (word(lang, &format!("{key}-{role}"))) }
                }
            }
        }
    }
}
