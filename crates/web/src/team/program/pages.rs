//! What a keeper sends to let a program in, or to have it out again.

use super::token::Scope;
use crate::{gate::form::Form, route::Shared, team::pages};
use axum::{extract::State, http::HeaderMap, response::Response};
use habeas_page::html::served::team::Said as Told;
use std::sync::Arc;

/// Days that a token lasts where none are said.
const DAYS: u32 = 90;

/// Makes a token: it is shown once.
pub async fn make(State(to): State<Arc<Shared>>, headers: HeaderMap, form: Form) -> Response {
    let reader = to.reader_of(&headers);
    let scopes = form.fields("scope").filter_map(|word| word.parse::<Scope>().ok()).collect();
    let days = form.field("days").map_or(Ok(DAYS), str::parse::<u32>).unwrap_or(0);
    let name = form.field("name").unwrap_or_default();
    let (shown, said) = match to.door.book.make_token(name, scopes, days, &form.who.author) {
        Ok(shown) => (Some(shown), Told::Nothing),
        Err(_) => (None, Told::Wrong("tokens-wrong")),
    };
    pages::with_token(&to, &form.who, (None, shown.as_deref()), &said, &reader)
}

/// Revokes a token: whoever has it is out at once.
pub async fn revoke(State(to): State<Arc<Shared>>, headers: HeaderMap, form: Form) -> Response {
    let name = form.field("name").unwrap_or_default();
    let done = to.door.book.revoke(name, &form.who.author);
    let said = done.map_or(Told::Wrong("tokens-none"), |()| Told::Done("team-done"));
    pages::all(&to, &form.who, None, &said, &to.reader_of(&headers))
}
