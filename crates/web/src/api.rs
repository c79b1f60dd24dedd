//! The same answers for programs, as JSON: what `--json` prints in a terminal.

use crate::{
    heard::Heard,
    held::Answered,
    question::Asked,
    route::{answered, status},
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use habeas_page::{Lang, html::served::Refusal, json};

/// The board.
pub async fn board(heard: Heard) -> Response {
    said(heard, |of, asked, lang| {
        let board = of.board(asked.like).ok_or(Refusal::Absent)?;
        let mut out = Vec::new();
        json::board(&board, lang, &mut out).map_err(|_| Refusal::Failure)?;
        Ok(out)
    })
    .await
}

/// Do the sums hold?
pub async fn audit(heard: Heard) -> Response {
    said(heard, |of, asked, _| {
        of_everybody(asked)?;
        Ok(json::audit(&of.answer.audit).to_string().into_bytes())
    })
    .await
}

/// What was promised.
pub async fn promises(heard: Heard) -> Response {
    said(heard, |of, asked, _| {
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
    heard: Heard,
    make: fn(&Answered, &Asked, Lang) -> Result<Vec<u8>, Refusal>,
) -> Response {
    let lang = heard.lang;
    let made = answered(heard, move |of, asked| make(of, asked, lang)).await;
    let (status, body) = match made {
        Ok(body) => (StatusCode::OK, body),
        Err(why) => (status(why), refusal(why, lang)),
    };
    let kind = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// Why not, in words; never what was asked.
fn refusal(why: Refusal, lang: Lang) -> Vec<u8> {
    let [title, hint] = why.words(lang);
    let said = serde_json::json!({ "status": why.status(), "title": title, "hint": hint });
    said.to_string().into_bytes()
}
