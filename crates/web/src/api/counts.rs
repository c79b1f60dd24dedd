//! Numbers, as the public reads them: the board, a change, the sums, the promises, an estimate.

use super::{cursor::Stretch, json_of, of_everybody, said, with_next};
use crate::{
    heard::Heard,
    question::{Asked, Senseless},
    route::failed,
};
use axum::{http::StatusCode, response::Response};
use habeas_desk::ask;
use habeas_page::{Reader, html::served::Refusal, json};

/// The board, whole or a stretch of its lines.
pub async fn board(mut heard: Heard) -> Response {
    let query = heard.query.clone();
    let stretch = match &mut heard.asked {
        Ok(asked) => Stretch::of(asked, &query, &[]),
        Err(Senseless) => Err(Refusal::Question),
    };
    said(heard, move |of, asked, lang| {
        let stretch = stretch?;
        let board = of.board(asked.like).ok_or(Refusal::Absent)?;
        let mut out = Vec::new();
        if stretch.is_all() {
            json::board(&board, lang, &mut out).map_err(|_| Refusal::Failure)?;
            return Ok(out);
        }
        let key = |line: &habeas_count::Line| line.id.to_string();
        let (rows, next) = stretch.cut(board.position, &board.lines, key)?;
        json::board(&board.stretch(rows), lang, &mut out).map_err(|_| Refusal::Failure)?;
        let mut told = serde_json::from_slice(&out).map_err(|_| Refusal::Failure)?;
        with_next(&mut told, next);
        Ok(told.to_string().into_bytes())
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

/// Why one answer became another; the fields of the earlier question begin with `from_`.
pub async fn change(heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    let query = heard.query.clone();
    said(heard, move |after, asked, _| {
        of_everybody(asked)?;
        let from = Asked::beginning("from_", &query).map_err(|Senseless| Refusal::Question)?;
        let before = to.held.answered(&closed, &from).map_err(|why| failed(&to, &why))?;
        let change = ask::change::between(&before.scene, &after.scene);
        Ok(json::change(&change).to_string().into_bytes())
    })
    .await
}

/// How many no list names.
pub async fn estimate(heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    said(heard, move |of, asked, lang| {
        of_everybody(asked)?;
        let told = to.held.estimated(&closed, of, asked).map_err(|why| failed(&to, &why))?;
        let mut value = json::estimates(&told.all, &Reader::public(lang));
        value["asked"] = serde_json::json!({
            "true_at": asked.as_of, "rule": of.scene.rule.name,
            "position": of.scene.present.position, "not_used": told.captures.unused,
            "unreviewed": told.captures.unreviewed, "undecided_pairs": told.open.len(),
        });
        Ok(value.to_string().into_bytes())
    })
    .await
}

/// The description of all of them.
pub async fn description(
    axum::Extension(said): axum::Extension<std::sync::Arc<serde_json::Value>>,
) -> Response {
    json_of(StatusCode::OK, said.to_string().into_bytes())
}
