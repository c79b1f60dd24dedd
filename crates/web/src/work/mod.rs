//! The desks: pages that decide. A decision on what has changed since its page was made is refused.

mod cluster;
mod linking;
mod lists;
mod many;
mod publish;
mod reading;
pub mod receive;
mod row;
#[cfg(test)]
mod tests;

use crate::{
    gate::{form::Form, routes::Routes, who::Who},
    heard::Heard,
    held::Answered,
    question::Asked,
    route::{asking, failed, papers, refused, shown_as},
    team::role::Right,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use habeas_desk::{Case, Error, ask::acts::Act, write::since};
use habeas_ledger::Writer;
use habeas_page::{
    Reader,
    html::served::{self, Asking, Refusal, Stale},
};

/// Their addresses.
pub fn routes(to: Routes) -> Routes {
    to.get("/read", Right::Read, reading::waiting)
        .get("/read/{digest}", Right::Read, reading::desk)
        .post("/read/{digest}", Right::Review, reading::decide)
        .get("/link", Right::Read, linking::desk)
        .post("/link", Right::Link, linking::decide)
        .get("/versions/{digest}", Right::Read, lists::diff)
        .get("/link/many", Right::Read, many::by_rule)
        .post("/link/many", Right::Link, many::decide)
        .get("/link/{person}", Right::Read, cluster::desk)
        .post("/link/{person}", Right::Link, cluster::part)
        .post("/undo", Right::Link, linking::take_back)
        .get("/receive", Right::Read, receive::page)
        .files("/receive", Right::Review, receive::ALL, receive::send)
        .get("/receive/{parcel}", Right::Review, receive::offered)
        .post("/receive/{parcel}", Right::Review, receive::decide)
        .post("/receive/undo", Right::Review, receive::withdraw)
        .get("/publish", Right::Publish, publish::preview)
        .post("/publish", Right::Publish, publish::publish)
        .get("/publish/{position}", Right::Publish, publish::published)
        .get("/publish/{position}/{file}", Right::Publish, publish::file)
        .get("/keys.js", Right::Enter, async || module(served::KEYS))
        .get("/ask.js", Right::Enter, async || module(served::SLIDE))
        .get("/receive.js", Right::Enter, async || module(served::DROP))
}

fn module(text: &'static str) -> Response {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// What came of a form.
enum Done {
    /// It is written; the browser goes on here.
    Written(String),
    /// Its matter changed meanwhile: what, and where it is shown now.
    Stale(Vec<Act>, String),
    /// It makes no sense.
    Senseless,
}

/// Has a form decide, as its sender, under the one writer of the ledger: what `decide` looks at
/// cannot change before it appends.
async fn write(
    heard: Heard,
    form: Form,
    decide: impl FnOnce(&mut Case, &mut Writer, &Form) -> Result<Done, Error> + Send + 'static,
) -> Response {
    let (to, closed, lang) = (heard.to.clone(), heard.closed.clone(), heard.lang);
    let reason = form.field("reason").unwrap_or_default().to_owned();
    let author = form.who.author.clone();
    let done = {
        let to = to.clone();
        let work = tokio::task::spawn_blocking(move || {
            let decide = |case: &mut Case, writer: &mut Writer| decide(case, writer, &form);
            let written = to.held.write(&author, &closed, decide);
            written.map_err(|why| failed(&to, &why))
        });
        work.await.unwrap_or(Err(Refusal::Failure))
    };
    match done {
        Ok(Done::Written(at)) => see(&at),
        Ok(Done::Senseless) => refused(Refusal::Question, &reader_in(lang)),
        Err(why) => refused(why, &reader_in(lang)),
        Ok(Done::Stale(changed, back)) => {
            shown_as(StatusCode::CONFLICT, heard, move |answered, asked, reader| {
                let stale = Stale { changed: &changed, back: &back, reason: &reason };
                let page =
                    |asking: &Asking<'_>| served::stale(&stale, &papers(answered), asking, reader);
                Ok(asking("", "", answered, asked, page))
            })
            .await
        }
    }
}

fn reader_in(lang: habeas_page::Lang) -> Reader {
    crate::route::reader(lang)
}

/// Sends the browser on (RFC 9110, section 15.4.4). Addresses are made here of identifiers.
fn see(at: &str) -> Response {
    let at = HeaderValue::from_str(at).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, at)]).into_response()
}

/// The position at which the page of a form was made.
fn seen(form: &Form) -> Option<u64> {
    form.field("seen")?.parse().ok()
}

/// What changed since the page of a form was made, if anything.
fn changed(case: &Case, form: &Form, about: since::About) -> Result<Vec<Act>, Error> {
    let seen = seen(form).unwrap_or(0);
    since::since(case, about, seen)
}

/// A page of a desk: its forms bear what `who` is known by.
fn desk_page(
    path: &str,
    who: &Who,
    answered: &Answered,
    asked: &Asked,
    page: impl FnOnce(&Asking<'_>) -> String,
) -> String {
    asking(path, "", answered, asked, |asking| page(&Asking { token: &who.token, ..*asking }))
}
