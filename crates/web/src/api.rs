//! The same answers for programs, as JSON: what `--json` prints in a terminal.

use crate::{
    gate::routes::Routes,
    heard::Heard,
    held::Answered,
    question::Asked,
    route::{answered, later, status},
    team::role::Right,
};
use axum::{
    Extension,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use habeas_page::{Lang, html::served::Refusal, json};
use serde_json::Value;
use std::sync::Arc;

/// Their addresses, each with what is said of it in the description.
pub fn routes(to: Routes) -> Routes {
    let what = "Claimed against named: each count claim with its frame, who is named, and the gap.";
    to.answer("/api/v1/board", what, board)
        .answer("/api/v1/audit", "Do the sums that bodies publish hold?", audit)
        .answer("/api/v1/promises", "What was promised, and what is kept of it.", promises)
        .get("/api/v1/openapi.json", Right::Read, description)
}

/// The board.
async fn board(heard: Heard) -> Response {
    said(heard, |of, asked, lang| {
        let board = of.board(asked.like).ok_or(Refusal::Absent)?;
        let mut out = Vec::new();
        json::board(&board, lang, &mut out).map_err(|_| Refusal::Failure)?;
        Ok(out)
    })
    .await
}

/// Do the sums hold?
async fn audit(heard: Heard) -> Response {
    said(heard, |of, asked, _| {
        of_everybody(asked)?;
        Ok(json::audit(&of.answer.audit).to_string().into_bytes())
    })
    .await
}

/// What was promised.
async fn promises(heard: Heard) -> Response {
    said(heard, |of, asked, _| {
        of_everybody(asked)?;
        Ok(json::promises(&of.answer.promises).to_string().into_bytes())
    })
    .await
}

/// The description of all of them.
async fn description(Extension(said): Extension<Arc<Value>>) -> Response {
    json_of(StatusCode::OK, said.to_string().into_bytes())
}

/// Only the board can be asked of one population: elsewhere that is refused, not passed over.
fn of_everybody(asked: &Asked) -> Result<(), Refusal> {
    asked.like.map_or(Ok(()), |_| Err(Refusal::Question))
}

async fn said(
    heard: Heard,
    make: fn(&Answered, &Asked, Lang) -> Result<Vec<u8>, Refusal>,
) -> Response {
    let lang = heard.lang;
    let made = answered(heard, move |of, asked| make(of, asked, lang)).await;
    made.map_or_else(|why| refused(why, lang), |body| json_of(StatusCode::OK, body))
}

fn json_of(status: StatusCode, body: Vec<u8>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// Why not, in words; never what was asked.
pub fn refused(why: Refusal, lang: Lang) -> Response {
    let [title, hint] = why.words(lang);
    let said = serde_json::json!({ "status": why.status(), "title": title, "hint": hint });
    let mut response = later(why, json_of(status(why), said.to_string().into_bytes()));
    if why == Refusal::SignIn {
        let scheme = HeaderValue::from_static("Bearer"); // RFC 6750, section 3.
        response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}
