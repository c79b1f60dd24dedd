//! Publishing: what the public would see is shown, the checklist is answered, and it goes out.

use super::{desk_page, see, seen};
use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    route::{Shared, answered, download, failed, papers, refused, shown, shown_as},
};
use axum::{extract::Path, http::StatusCode, response::Response};
use habeas_desk::{
    Error,
    keep::need::Closed,
    publish::{self, Past, QUESTIONS},
};
use habeas_page::html::served::{self, Issue, Publishing, Refusal};
use jiff::Timestamp;

/// What a form said, and why nothing came of it.
#[derive(Clone, Default)]
struct Tried {
    refused: Option<&'static str>,
    said: [Option<String>; 4],
    note: String,
}

/// The page.
pub async fn preview(who: Who, heard: Heard) -> Response {
    page(StatusCode::OK, who, heard, Tried::default()).await
}

async fn page(status: StatusCode, who: Who, heard: Heard, tried: Tried) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    shown_as(status, heard, move |answered, asked, reader| {
        whole(&closed)?;
        let told = to.held.with(&closed, |case| {
            let told = publish::preview(case, &answered.scene, &answered.answer)?;
            Ok((told, publish::past(case)?))
        });
        let (publication, past) = told.map_err(|why| turned(&to, &why))?;
        let of = Publishing {
            publication: &publication,
            past: past.iter().rev().map(issue).collect(),
            refused: tried.refused,
            said: tried.said,
            note: &tried.note,
        };
        Ok(desk_page("/publish", &who, answered, asked, |asking| {
            served::publishing(&of, &papers(answered), asking, reader)
        }))
    })
    .await
}

fn issue(past: &Past) -> Issue<'_> {
    Issue { at: past.at, author: &past.author, it: &past.it }
}

/// What was known once is no question here.
fn turned(to: &Shared, why: &Error) -> Refusal {
    match why {
        Error::PublishNow | Error::Naming(_) => Refusal::Question,
        why => failed(to, why),
    }
}

/// What is told to everybody is told of the whole case: to whom something is closed, a number would
/// be wrong and a name that must be withheld unknown.
fn whole(closed: &Closed) -> Result<(), Refusal> {
    closed.is_nothing().then_some(()).ok_or(Refusal::Closed)
}

/// What came of a form.
enum Came {
    /// It is out.
    Out(u64),
    /// Nothing was published: the status, and the key of the words that say why.
    Not(StatusCode, &'static str),
}

/// Publishes what the page of the form showed, if the checklist is answered and nothing has changed
/// since.
pub async fn publish(heard: Heard, form: Form) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    let who = form.who.clone();
    let said = QUESTIONS.map(|question| form.field(question).map(str::to_owned));
    let note = form.field("note").unwrap_or_default().chars().take(500).collect::<String>();
    let seen = seen(&form);
    let tried = Tried { said: said.clone(), note: note.clone(), refused: None };
    let (again, author) = (heard.clone(), who.author.clone());
    let came = answered(heard, move |answered, _| {
        whole(&closed)?;
        let Some(seen) = seen else { return Err(Refusal::Question) };
        let Ok(answers) = publish::answers(said.each_ref().map(Option::as_deref)) else {
            return Ok(Came::Not(StatusCode::UNPROCESSABLE_ENTITY, "publish-unanswered"));
        };
        if seen != answered.scene.present.position {
            return Ok(Came::Not(StatusCode::CONFLICT, "publish-moved"));
        }
        let give = || {
            let draft = to
                .held
                .with(&closed, |case| publish::draft(case, &answered.scene, &answered.answer))?;
            let made = draft.make(Timestamp::now())?;
            to.held.write(&author, &closed, |case, writer| {
                let folder = publish::shelf(&case.folder, seen);
                let answered = (answers, note.as_str());
                publish::give(case, writer, &draft, &made, answered, &folder)
            })
        };
        match give() {
            Ok(_) => Ok(Came::Out(seen)),
            Err(Error::Moved | Error::PublishNow) => {
                Ok(Came::Not(StatusCode::CONFLICT, "publish-moved"))
            }
            Err(Error::Naming(_)) => {
                Ok(Came::Not(StatusCode::UNPROCESSABLE_ENTITY, "publish-naming"))
            }
            Err(why) => Err(failed(&to, &why)),
        }
    });
    match came.await {
        Ok(Came::Out(covers)) => see(&format!("/publish/{covers}")),
        Ok(Came::Not(status, why)) => {
            page(status, who, again, Tried { refused: Some(why), ..tried }).await
        }
        Err(why) => refused(why, &super::reader_in(again.lang)),
    }
}

/// One publication, with its files.
pub async fn published(Path(covers): Path<String>, who: Who, heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    shown(heard, move |answered, asked, reader| {
        let found = to.held.with(&closed, publish::past).map_err(|why| failed(&to, &why))?;
        let past = of(&found, &covers).ok_or(Refusal::Absent)?;
        Ok(desk_page("/publish/", &who, answered, asked, |asking| {
            served::published(&issue(past), &papers(answered), asking, reader)
        }))
    })
    .await
}

fn of<'a>(all: &'a [Past], covers: &str) -> Option<&'a Past> {
    let covers: u64 = covers.parse().ok()?;
    all.iter().find(|past| past.it.covers == covers)
}

/// A file of a publication, by its number there, as it was given out.
pub async fn file(Path((covers, nth)): Path<(String, String)>, heard: Heard) -> Response {
    let Heard { to, closed, lang, .. } = heard;
    let found = tokio::task::spawn_blocking(move || {
        let (past, folder) = to
            .held
            .with(&closed, |case| Ok((publish::past(case)?, case.folder.clone())))
            .map_err(|why| failed(&to, &why))?;
        let past = of(&past, &covers).ok_or(Refusal::Absent)?;
        let nth: usize = nth.parse().map_err(|_| Refusal::Absent)?;
        let name = past.it.files.get(nth).ok_or(Refusal::Absent)?.name.clone();
        let shelf = publish::shelf(&folder, past.it.covers);
        match publish::read(&shelf, &past.it, &name) {
            Ok(Some(bytes)) => Ok((name, bytes)),
            // Published by the command into a folder of its own, or taken away since.
            Ok(None) => Err(Refusal::Absent),
            Err(Error::Disk { .. }) => Err(Refusal::Absent),
            Err(why) => Err(failed(&to, &why)),
        }
    });
    match found.await.unwrap_or(Err(Refusal::Failure)) {
        Ok((name, bytes)) => download(&name, "application/octet-stream", bytes),
        Err(why) => refused(why, &super::reader_in(lang)),
    }
}
