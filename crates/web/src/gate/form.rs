//! What somebody sent to have something changed: a form of a page of ours, or nothing.

use crate::{
    gate::who::Who,
    route::{Shared, refused},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts as _, Request},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use habeas_page::html::served::Refusal;
use std::{sync::Arc, time::Duration};
use url::form_urlencoded;

/// The hidden field of every form.
pub const TOKEN: &str = "token";

/// The same, where a module of ours sends something that is no form.
pub const TOKEN_HEADER: &str = "x-habeas-token";

/// How long a form may take to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A form, and who sent it: whoever appends does it under this author. A handler that takes one
/// need not ask whether the form is ours (the token was right).
pub struct Form {
    /// Who sent it.
    pub who: Who,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first field of this name, trimmed; none where it is missing or empty.
    pub fn field<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.fields(name).next()
    }

    /// The first field of this name as it was typed: what a passphrase is.
    pub fn whole(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All fields of this name that are not empty, trimmed.
    pub fn fields<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let found = self.fields.iter().filter(move |(key, _)| key == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    fn read(who: Who, headers: &HeaderMap, body: &[u8]) -> Result<Form, Refusal> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Refusal::Kind);
        }
        let fields = form_urlencoded::parse(body).into_owned().collect();
        let form = Form { who, fields };
        let named = headers.get(TOKEN_HEADER).and_then(|token| token.to_str().ok());
        let token = named.or_else(|| form.field(TOKEN)).unwrap_or_default();
        if form.who.is_program() || form.who.knows(token) { Ok(form) } else { Err(Refusal::Form) }
    }
}

impl FromRequest<Arc<Shared>> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, to: &Arc<Shared>) -> Result<Form, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(who) = Who::from_request_parts(&mut parts, to).await;
        let read = async {
            let headers = parts.headers.clone();
            let whole = Bytes::from_request(Request::from_parts(parts.clone(), body), to);
            let body = match tokio::time::timeout(PATIENCE, whole).await {
                Ok(Ok(body)) => body,
                Ok(Err(why)) if why.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                    return Err(Refusal::Large);
                }
                Ok(Err(_)) => return Err(Refusal::Question),
                Err(_) => return Err(Refusal::Slow),
            };
            Form::read(who, &headers, &body)
        };
        read.await.map_err(|why| refused(why, &to.reader_of(&parts.headers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "application/x-www-form-urlencoded; charset=utf-8";

    #[track_caller]
    fn check(kind: &str, token: Option<&str>, body: &str, expected: Result<Vec<&str>, Refusal>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
        if let Some(token) = token {
            headers.insert(TOKEN_HEADER, token.parse().unwrap());
        }
        let mut who = Who::here("ada").unwrap();
        who.token = "secret".into();
        let read = Form::read(who, &headers, body.as_bytes());
        let read = read.as_ref().map(|form| form.fields("id").collect()).map_err(|why| *why);
        assert_eq!(read, expected, "{body}");
    }

    #[test]
    fn a_form_of_ours_is_read() {
        check(KIND, None, "token=secret&id=+a+&id=&id=%C3%B1", Ok(vec!["a", "ñ"]));
        check(KIND, Some("secret"), "id=a", Ok(vec!["a"]));
        check(KIND, Some("guess"), "token=secret&id=a", Err(Refusal::Form));
        check(KIND, None, "token=secre&id=a", Err(Refusal::Form));
        check(KIND, None, "token=&id=a", Err(Refusal::Form));
        check(KIND, None, "", Err(Refusal::Form));
        check("text/plain", None, "token=secret", Err(Refusal::Kind));
        check("application/json", Some("secret"), "{}", Err(Refusal::Kind));
        check("multipart/form-data", Some("secret"), "", Err(Refusal::Kind));
    }

    #[test]
    fn tokens_are_new_at_each_start() {
        let (one, other) = (Who::here("ada").unwrap(), Who::here("ada").unwrap());
        assert!(one.knows(&one.token) && !one.knows(&other.token) && !one.knows(""));
        assert_eq!(one.token.len(), 64);
    }
}
