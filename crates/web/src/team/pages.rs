//! What a browser asks the team's pages for, and what it sends them.

use super::{
    account::Account,
    door::{Out, Said},
    program::token::Scope,
    role::{Right, Role},
    session,
};
use crate::{
    gate::{form::Form, place::Peer, who::Who},
    route::{Shared, html, refused},
    tongue,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use habeas_page::{
    Reader,
    html::served::{
        Refusal,
        team::{self, Everybody, Guest, Member, Program, Programs, Said as Told},
    },
};
use std::{collections::BTreeSet, sync::Arc};
use url::form_urlencoded;

type Here = State<Arc<Shared>>;

/// The page to sign in.
pub async fn door(State(to): Here, who: Who, headers: HeaderMap, uri: Uri) -> Response {
    let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let next = pairs.find(|(key, _)| key == "next").map(|(_, next)| next.into_owned());
    let next = local(next.as_deref().unwrap_or("/"));
    in_tongue(&to, &headers, &uri, |reader| {
        sign_in_page(StatusCode::OK, &who, &next, &Told::Nothing, reader)
    })
}

/// A page in the language that is asked for in its address, which is kept.
fn in_tongue(
    to: &Shared,
    headers: &HeaderMap,
    uri: &Uri,
    make: impl FnOnce(&Reader) -> Response,
) -> Response {
    let (reader, cookie) = tongue::of_page(to, headers, uri.query().unwrap_or_default());
    let mut page = make(&reader);
    if let Some(cookie) = cookie {
        page.headers_mut().append(header::SET_COOKIE, cookie);
    }
    page
}

/// Signs in.
pub async fn sign_in(
    State(to): Here,
    Peer(from): Peer,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let reader = to.reader_of(&headers);
    let field = |name| form.field(name).unwrap_or_default().to_owned();
    let next = local(form.field("next").unwrap_or("/"));
    let (name, code) = (field("name"), field("code"));
    // As it was typed: a blank at an end is part of it.
    let words = form.whole("passphrase").to_owned();
    let page = |status, said| sign_in_page(status, &form.who, &next, &said, &reader);
    match to.door.sign_in(Said { name, words, code, from }).await {
        Ok(number) => with_cookie(to_page(&next), &session_cookie(&number, None)),
        Err(Out::Wrong) => page(StatusCode::UNPROCESSABLE_ENTITY, Told::Wrong("team-wrong")),
        Err(Out::Wait(time)) => {
            let seconds = time.as_secs() + 1;
            let mut page = page(StatusCode::TOO_MANY_REQUESTS, Told::Wait(seconds));
            page.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            page
        }
        Err(Out::Failure(why)) => failed(&to, &why, &reader),
    }
}

/// Signs out: the session ends here too, not only in the browser.
pub async fn sign_out(State(to): Here, form: Form) -> Response {
    if let Some(number) = &form.who.session {
        to.door.sessions.end(number);
    }
    with_cookie(to_page("/"), &session_cookie("", Some(0)))
}

/// The page of an invitation.
pub async fn invited(
    State(to): Here,
    Path(code): Path<String>,
    who: Who,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    in_tongue(&to, &headers, &uri, |reader| match to.door.book.read() {
        Ok(team) => {
            let waits = team.invited(&code, now()).is_some();
            invitation_page(waits, &who, &Told::Nothing, reader)
        }
        Err(why) => failed(&to, &why, reader),
    })
}

/// Takes an invitation up.
pub async fn accept(
    State(to): Here,
    Path(code): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let reader = to.reader_of(&headers);
    let page = |waits, said| invitation_page(waits, &form.who, &said, &reader);
    let waits = to.door.book.read().is_ok_and(|team| team.invited(&code, now()).is_some());
    if !waits {
        return page(false, Told::Nothing); // Nothing is hashed for who has no invitation.
    }
    if form.whole("passphrase") != form.whole("again") {
        return page(true, Told::Wrong("team-differ"));
    }
    let Ok(kept) = to.door.keep(form.whole("passphrase").to_owned()).await else {
        return page(true, Told::Wrong("team-weak"));
    };
    let name = form.field("name").unwrap_or_default();
    match to.door.book.change(|team| team.accept(&code, name, kept, now())) {
        Ok(Some(())) => to_page("/sign-in"),
        Ok(None) => page(false, Told::Nothing),
        Err(_) => page(true, Told::Wrong("team-name-wrong")),
    }
}

/// One's own account.
pub async fn account(State(to): Here, who: Who, headers: HeaderMap, uri: Uri) -> Response {
    in_tongue(&to, &headers, &uri, |reader| own(&to, &who, None, &Told::Nothing, reader))
}

/// Another passphrase.
pub async fn passphrase(State(to): Here, headers: HeaderMap, form: Form) -> Response {
    let reader = to.reader_of(&headers);
    if let Err(said) = is_theirs(&to, &form).await {
        return own(&to, &form.who, None, &said, &reader);
    }
    if form.whole("fresh") != form.whole("again") {
        return own(&to, &form.who, None, &Told::Wrong("team-differ"), &reader);
    }
    let Ok(kept) = to.door.keep(form.whole("fresh").to_owned()).await else {
        return own(&to, &form.who, None, &Told::Wrong("team-weak"), &reader);
    };
    let name = &form.who.author;
    match to.door.book.change(|team| team.set_passphrase(name, kept)) {
        Ok(()) => to_page("/sign-in"),
        Err(why) => failed(&to, &why, &reader),
    }
}

/// Offers a second step.
pub async fn second(State(to): Here, headers: HeaderMap, form: Form) -> Response {
    let reader = to.reader_of(&headers);
    if let Err(said) = is_theirs(&to, &form).await {
        return own(&to, &form.who, None, &said, &reader);
    }
    match to.door.offer(&form.who.author) {
        Ok(second) => {
            let (written, address) = (second.written(), second.address(&form.who.author));
            own(&to, &form.who, Some((&written, &address)), &Told::Nothing, &reader)
        }
        Err(why) => failed(&to, &why, &reader),
    }
}

/// Takes a second step into use, by its first code.
pub async fn confirm(State(to): Here, headers: HeaderMap, form: Form) -> Response {
    let reader = to.reader_of(&headers);
    let name = &form.who.author;
    let Some(second) = to.door.confirm(name, form.field("code").unwrap_or_default()) else {
        return own(&to, &form.who, None, &Told::Wrong("team-code-wrong"), &reader);
    };
    match to.door.book.change(|team| team.set_second(name, Some(second))) {
        Ok(()) => to_page("/sign-in"),
        Err(why) => failed(&to, &why, &reader),
    }
}

/// Everybody, for who keeps the team.
pub async fn everybody(State(to): Here, who: Who, headers: HeaderMap, uri: Uri) -> Response {
    in_tongue(&to, &headers, &uri, |reader| all(&to, &who, None, &Told::Nothing, reader))
}

/// Invites somebody: the link is shown once.
pub async fn invite(State(to): Here, headers: HeaderMap, form: Form) -> Response {
    let reader = to.reader_of(&headers);
    let roles = roles(&form);
    match to.door.book.change(|team| team.invite(&form.who.author, roles, now())) {
        Ok(code) => {
            let origin = to.place.origin(&headers).unwrap_or_default();
            let link = format!("{origin}/invitations/{code}");
            all(&to, &form.who, Some(&link), &Told::Nothing, &reader)
        }
        Err(_) => all(&to, &form.who, None, &Told::Wrong("team-no-keeper"), &reader),
    }
}

/// Sets the roles of one.
pub async fn set_roles(State(to): Here, headers: HeaderMap, form: Form) -> Response {
    let name = form.field("name").unwrap_or_default();
    let done = to.door.book.change(|team| team.set_roles(name, roles(&form)));
    let said = done.map_or(Told::Wrong("team-no-keeper"), |()| Told::Done("team-done"));
    all(&to, &form.who, None, &said, &to.reader_of(&headers))
}

/// Takes one out.
pub async fn remove(State(to): Here, headers: HeaderMap, form: Form) -> Response {
    let name = form.field("name").unwrap_or_default();
    let done = to.door.book.change(|team| team.remove(name));
    let said = done.map_or(Told::Wrong("team-no-keeper"), |()| Told::Done("team-done"));
    all(&to, &form.who, None, &said, &to.reader_of(&headers))
}

async fn is_theirs(to: &Shared, form: &Form) -> Result<(), Told> {
    let team = to.door.book.read().unwrap_or_default();
    let Some(account) = team.find(&form.who.author) else {
        return Err(Told::Wrong("team-passphrase-wrong"));
    };
    match to.door.is_theirs(account, form.whole("passphrase").to_owned()).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Told::Wrong("team-passphrase-wrong")),
        Err(time) => Err(Told::Wait(time.as_secs() + 1)),
    }
}

fn roles(form: &Form) -> BTreeSet<Role> {
    form.fields("role").filter_map(|word| word.parse().ok()).collect()
}

fn own(
    to: &Shared,
    who: &Who,
    offered: Option<(&str, &str)>,
    said: &Told,
    reader: &Reader,
) -> Response {
    let team = match to.door.book.read() {
        Ok(team) => team,
        Err(why) => return failed(to, &why, reader),
    };
    let Some(account) = team.find(&who.author) else {
        return html(StatusCode::OK, team::nobody_asked(reader), reader.lang);
    };
    let page = team::account(
        &team::Account {
            name: &account.name,
            roles: &words(account),
            second: account.second.is_some(),
            offered,
            keeps: account.may(Right::Keep),
            token: &who.token,
            said,
        },
        reader,
    );
    html(status_of(said), page, reader.lang)
}

pub fn all(to: &Shared, who: &Who, link: Option<&str>, said: &Told, reader: &Reader) -> Response {
    with_token(to, who, (link, None), said, reader)
}

/// The page of the team, with what is shown this once: a link, or a token.
pub fn with_token(
    to: &Shared,
    who: &Who,
    (link, shown): (Option<&str>, Option<&str>),
    said: &Told,
    reader: &Reader,
) -> Response {
    let team = match to.door.book.read() {
        Ok(team) => team,
        Err(why) => return failed(to, &why, reader),
    };
    let roles: Vec<Vec<&'static str>> = team.accounts.iter().map(words).collect();
    let members = team.accounts.iter().zip(&roles).map(|(account, roles)| Member {
        name: &account.name,
        roles,
        second: account.second.is_some(),
    });
    let members: Vec<Member<'_>> = members.collect();
    let (now, scopes) = (now(), Scope::ALL.map(Scope::word));
    let words: Vec<Vec<&'static str>> = team
        .tokens
        .iter()
        .map(|one| one.scopes.iter().map(|scope| scope.word()).collect())
        .collect();
    let tokens = team.tokens.iter().zip(&words).filter(|(token, _)| now < token.until);
    let tokens = tokens.map(|(token, scopes)| Program {
        name: &token.name,
        scopes,
        by: &token.by,
        until: token.until,
    });
    let tokens: Vec<Program<'_>> = tokens.collect();
    let everybody = Everybody {
        members: &members,
        roles: &Role::ALL.map(Role::word),
        waiting: team.waiting(now),
        link,
        programs: &Programs { tokens: &tokens, scopes: &scopes, shown },
        token: &who.token,
        said,
    };
    html(status_of(said), team::everybody(&everybody, reader), reader.lang)
}

fn words(account: &Account) -> Vec<&'static str> {
    account.roles.iter().map(|role| role.word()).collect()
}

/// A form that was not acted on is answered with another status than one that was.
fn status_of(said: &Told) -> StatusCode {
    match said {
        Told::Nothing | Told::Done(_) => StatusCode::OK,
        Told::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Told::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
    }
}

fn sign_in_page(
    status: StatusCode,
    who: &Who,
    next: &str,
    said: &Told,
    reader: &Reader,
) -> Response {
    let mut address = form_urlencoded::Serializer::new(String::new());
    let address = address.append_pair("next", next).finish();
    let guest = Guest { token: &who.token, next, address: &address, said };
    html(status, team::sign_in(&guest, reader), reader.lang)
}

fn invitation_page(waits: bool, who: &Who, said: &Told, reader: &Reader) -> Response {
    let guest = Guest { token: &who.token, next: "", address: "", said };
    html(status_of(said), team::invitation(waits, &guest, reader), reader.lang)
}

fn failed(to: &Shared, why: &crate::Error, reader: &Reader) -> Response {
    (to.tell)(crate::Told::Failure(&why.to_string()));
    refused(Refusal::Failure, reader)
}

/// Sends a browser on to a page of ours.
pub fn to_page(path: &str) -> Response {
    let place = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = cookie.parse() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The cookie of a session: for this host, safe connections, no script, and no request that a page
/// elsewhere makes. It goes with the browser; `age` 0 takes it away.
fn session_cookie(number: &str, age: Option<u32>) -> String {
    let age = age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    format!("{}={number}; Path=/; Secure; HttpOnly; SameSite=Strict{age}", session::COOKIE)
}

/// `next`, if it is a path of ours; else the board. A browser takes `//x`, `/\x` and what begins
/// after a tab for another host.
pub fn local(next: &str) -> String {
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let ours = next.starts_with('/') && !next.starts_with("//") && plain;
    if ours { next.to_owned() } else { "/".to_owned() }
}

/// Seconds since 1970.
fn now() -> i64 {
    habeas_desk::now() / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_sent_on_to_pages_of_ours_only() {
        for ours in ["/", "/lines/0a?as_of=2026-02-01&known_by=%2F%2Fx", "/a//b"] {
            assert_eq!(local(ours), ours);
        }
        for other in
            ["", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:/evil", "x"]
                .into_iter()
                .chain([
                    "/\t/evil.example",
                    "/\r\nset-cookie: a=b",
                    "/é",
                    "javascript:alert(1)",
                    " //a",
                ])
        {
            assert_eq!(local(other), "/", "{other:?}");
        }
    }

    #[test]
    fn the_cookie_is_bound_to_host_and_safe_connection() {
        let cookie = session_cookie("00ff", None);
        assert_eq!(cookie, "__Host-habeas=00ff; Path=/; Secure; HttpOnly; SameSite=Strict");
        assert!(session_cookie("", Some(0)).ends_with("; Max-Age=0"));
    }
}
