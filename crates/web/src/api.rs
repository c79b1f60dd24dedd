//! The same answers for programs, as JSON: what `--json` prints in a terminal.

use crate::{
    held::Answered,
    question::Asked,
    route::{Here, answered, status},
    tongue,
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use habeas_page::{Lang, html::served::Refusal, json, word};

/// The board.
pub async fn board(to: Here, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    said(to, query, headers, |of, asked, lang| {
        let board = of.board(asked.like).ok_or(Refusal::Absent)?;
        let mut out = Vec::new();
        json::board(&board, lang, &mut out).map_err(|_| Refusal::Failure)?;
        Ok(out)
    })
    .await
}

/// Do the sums hold?
pub async fn audit(to: Here, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    said(to, query, headers, |of, asked, _| {
        of_everybody(asked)?;
        Ok(json::audit(&of.answer.audit).to_string().into_bytes())
    })
    .await
}

/// What was promised.
pub async fn promises(to: Here, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    said(to, query, headers, |of, asked, _| {
        of_everybody(asked)?;
        Ok(json::promises(&of.answer.promises).to_string().into_bytes())
    })
    .await
}

/// Only the board can be asked of one population: elsewhere that is refused, not passed over.
fn of_everybody(asked: &Asked) -> Result<(), Refusal> {
    asked.like.map_or(Ok(()), |_| Err(Refusal::Question))
}

async fn said(
    State(to): Here,
    query: Option<String>,
    headers: HeaderMap,
    make: fn(&Answered, &Asked, Lang) -> Result<Vec<u8>, Refusal>,
) -> Response {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let wanted = asked.as_ref().ok().and_then(|asked| asked.lang);
    let lang = tongue::choose(wanted, &headers, to.lang);
    let made = answered(to, asked, move |of, asked| make(of, asked, lang)).await;
    let (status, body) = match made {
        Ok(body) => (StatusCode::OK, body),
        Err(why) => (status(why), refusal(why, lang)),
    };
    let kind = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// Why not, in words; never what was asked.
fn refusal(why: Refusal, lang: Lang) -> Vec<u8> {
    let status = why.status();
    let title = word(lang, &format!("wrong-{status}"));
    let hint = word(lang, &format!("wrong-{status}-hint"));
    serde_json::json!({ "status": status, "title": title, "hint": hint }).to_string().into_bytes()
}
