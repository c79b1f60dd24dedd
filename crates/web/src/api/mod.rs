//! The same answers for programs, as JSON: what `--json` prints in a terminal, and what the pages
//! of persons, documents and the ledger show.

mod counts;
pub mod cursor;
mod persons;
pub mod reconcile;
mod said;
#[cfg(test)]
mod tests;

pub use said::Refusal as Refused;

use crate::{
    gate::routes::{Own, Routes},
    heard::Heard,
    held::Answered,
    question::Asked,
    route::{answered, later, status},
    team::role::Right,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use habeas_page::{Lang, html::served::Refusal};
use serde::Serialize;
use serde_json::Value;

/// What lists may be asked beside the question.
const LIST: [Own; 2] = [
    ("limit", "So many rows, 1 to 1,000; without it and without a cursor a board is told whole."),
    (
        "cursor",
        "`next` of the answer before: the list goes on, at the same position of the ledger.",
    ),
];
const PEOPLE: [Own; 4] = [
    LIST[0],
    LIST[1],
    ("custody", "Only those in this state."),
    ("mark", "Only those of this mark: contested, warned, unreviewed, withheld."),
];
const ACTS: [Own; 3] = [LIST[0], LIST[1], ("only", "`decisions`: nothing else.")];
const CHANGE: [Own; 3] = [
    ("from_as_of", "The day of the earlier answer."),
    ("from_known_by", "What was known by then, in the earlier answer."),
    ("from_rule", "The counting rule of the earlier answer."),
];
const NAME: [Own; 1] = [("name", "A name, as it is typed.")];

/// Their addresses, each with what is said of it in the description.
pub fn routes(to: Routes) -> Routes {
    let (counts, persons) = (Right::Counts, Right::Persons);
    let what = "Claimed against named: each count claim with its frame, who is named, and the gap.";
    let to = to
        .answer::<said::Board, _, _>("/api/v1/board", counts, what, &LIST, counts::board)
        .answer::<said::Change, _, _>(
            "/api/v1/change",
            counts,
            "Why one answer became another, to the last person.",
            &CHANGE,
            counts::change,
        )
        .answer::<said::Audit, _, _>(
            "/api/v1/audit",
            counts,
            "Do the sums that bodies publish hold?",
            &[],
            counts::audit,
        )
        .answer::<said::Promises, _, _>(
            "/api/v1/promises",
            counts,
            "What was promised, and what is kept of it.",
            &[],
            counts::promises,
        )
        .answer::<said::Estimate, _, _>(
            "/api/v1/estimate",
            counts,
            "How many no list names, with an interval, or a reasoned refusal.",
            &[],
            counts::estimate,
        );
    to.answer::<said::People, _, _>(
        "/api/v1/people",
        persons,
        "Everybody in the register, by name.",
        &PEOPLE,
        persons::people,
    )
    .takes::<said::People, _, _>(
        "/api/v1/people/found",
        persons,
        "Whom a name may mean, the likeliest first. The name is sent and stands in no address.",
        &NAME,
        persons::found,
    )
    .answer::<said::Person, _, _>(
        "/api/v1/people/{person}",
        persons,
        "One person: what each source says, and where they were.",
        &[],
        persons::person,
    )
    .answer::<said::Documents, _, _>(
        "/api/v1/documents",
        persons,
        "The documents, as they came.",
        &LIST,
        persons::documents,
    )
    .answer::<said::Ledger, _, _>(
        "/api/v1/ledger",
        persons,
        "Who did what, the newest first.",
        &ACTS,
        persons::ledger,
    )
    .get("/api/v1/openapi.json", counts, counts::description)
}

/// Only the board can be asked of one population: elsewhere that is refused, not passed over.
fn of_everybody(asked: &Asked) -> Result<(), Refusal> {
    asked.like.map_or(Ok(()), |_| Err(Refusal::Question))
}

async fn said(
    heard: Heard,
    make: impl FnOnce(&Answered, &Asked, Lang) -> Result<Vec<u8>, Refusal> + Send + 'static,
) -> Response {
    let (lang, closed) = (heard.lang, !heard.closed.is_nothing());
    let make = move |of: &Answered, asked: &Asked| {
        let body = make(of, asked, lang)?;
        if closed { with_closed(&body) } else { Ok(body) }
    };
    let made = answered(heard, make).await;
    made.map_or_else(|why| refused(why, lang), |body| json_of(StatusCode::OK, body))
}

/// An answer as it is sent.
fn told(answer: &impl Serialize) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(answer).map_err(|_| Refusal::Failure)
}

/// An answer that leaves out what is closed to who asks says so.
fn with_closed(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut told: Value = serde_json::from_slice(body).map_err(|_| Refusal::Failure)?;
    if let Some(fields) = told.as_object_mut() {
        fields.insert("closed".to_owned(), true.into());
    }
    Ok(told.to_string().into_bytes())
}

/// An answer that is part of a list says where the list goes on.
fn with_next(told: &mut Value, next: Option<String>) {
    if let (Some(next), Some(fields)) = (next, told.as_object_mut()) {
        fields.insert("next".to_owned(), next.into());
    }
}

fn json_of(status: StatusCode, body: Vec<u8>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// Why not, in words; never what was asked.
pub fn refused(why: Refusal, lang: Lang) -> Response {
    let [title, hint] = why.words(lang);
    let said = said::Refusal { status: why.status(), title, hint };
    let mut response = later(why, json_of(status(why), told(&said).unwrap_or_default()));
    if why == Refusal::SignIn {
        let scheme = HeaderValue::from_static("Bearer"); // RFC 6750, section 3.
        response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}
