//! Persons, documents and the memory, as the team sees them.

use super::{cursor::Stretch, said, said::*, told};
use crate::{
    gate::form::Form,
    heard::Heard,
    held::Answered,
    question::{Asked, Senseless, parameter},
    route::{failed, reader},
};
use axum::{extract::Path, response::Response};
use habeas_count::story;
use habeas_desk::ask::acts;
use habeas_model::PersonId;
use habeas_page::{Lang, html::served::Refusal, json, redact};

/// So many are found at most.
const FOUND: usize = 50;
/// So many entries at most.
const ACTS: usize = 1000;

fn cut(heard: &mut Heard, own: &[&str]) -> Result<Stretch, Refusal> {
    let query = heard.query.clone();
    let asked = heard.asked.as_mut().map_err(|Senseless| Refusal::Question)?;
    of_all(asked).and_then(|()| Stretch::of(asked, &query, own))
}

fn of_all(asked: &Asked) -> Result<(), Refusal> {
    super::of_everybody(asked)
}

/// Everybody, by state and mark.
pub async fn people(mut heard: Heard) -> Response {
    let (stretch, query) = (cut(&mut heard, &["custody", "mark"]), heard.query.clone());
    said(heard, move |of, _, lang| {
        let word = |name| parameter(&query, name);
        let only = word("custody").map(|said| said.parse()).transpose();
        let mark = word("mark").map(|said| said.parse()).transpose();
        let (only, mark) =
            (only.map_err(|_| Refusal::Question)?, mark.map_err(|_| Refusal::Question)?);
        let rows: Vec<u32> = of.everybody().only(only, mark).map(|one| one.row).collect();
        let position = of.scene.present.position;
        let id = |row: &u32| of.scene.register.persons[*row as usize].id.to_string();
        let (shown, next) = stretch?.cut(position, &rows, id)?;
        let persons = rows[shown].iter().filter_map(|row| somebody(of, *row, lang)).collect();
        told(&People { position, rule: of.scene.rule.name.clone(), all: rows.len(), persons, next })
    })
    .await
}

/// Whom a name may mean, the likeliest first: it is sent, and stands in no address.
pub async fn found(heard: Heard, form: Form) -> Response {
    said(heard, move |of, asked, lang| {
        of_all(asked)?;
        let name = form.field("name").ok_or(Refusal::Question)?;
        let hits = of.search().search(name, FOUND);
        let rows = hits.iter().filter_map(|hit| of.row(hit.person));
        let persons: Vec<Somebody> = rows.filter_map(|row| somebody(of, row, lang)).collect();
        let (position, rule) = (of.scene.present.position, of.scene.rule.name.clone());
        told(&People { position, rule, all: persons.len(), persons, next: None })
    })
    .await
}

fn somebody(of: &Answered, row: u32, lang: Lang) -> Option<Somebody> {
    let one = of.everybody().at(row)?;
    let person = &of.scene.register.persons[row as usize];
    Some(Somebody {
        person: person.id.to_string(),
        name: named(person, lang),
        custody: one.custody.to_string(),
        marks: one.marks.iter().map(ToString::to_string).collect(),
        mentions: person.mentions.len(),
    })
}

fn named(person: &habeas_model::Person, lang: Lang) -> Option<String> {
    match redact::person(person, &reader(lang)) {
        redact::Shown::Name(name) => Some(name.reveal().to_owned()),
        redact::Shown::Withheld(_) => None,
    }
}

/// One person.
pub async fn person(Path(id): Path<String>, heard: Heard) -> Response {
    said(heard, move |of, asked, lang| {
        of_all(asked)?;
        let id: PersonId = id.parse().map_err(|_| Refusal::Absent)?;
        let row = of.row(id).ok_or(Refusal::Absent)?;
        let person = &of.scene.register.persons[row as usize];
        let story = story(&of.scene.asked(), of.scene.index(), person);
        let at = (of.scene.present.position, of.scene.rule.name.as_str());
        told(&json::person(person, &story, at, &reader(lang)))
    })
    .await
}

/// The documents, as they came.
pub async fn documents(mut heard: Heard) -> Response {
    let stretch = cut(&mut heard, &[]);
    said(heard, move |of, _, _| {
        let present = &of.scene.present;
        let all = &present.documents;
        let key = |taken: &habeas_model::memory::present::Taken<_>| taken.position.to_string();
        let (shown, next) = stretch?.cut(present.position, all, key)?;
        let one = |taken: &habeas_model::memory::present::Taken<habeas_model::Received>| Document {
            document: taken.it.blob.to_string(),
            name: taken.it.name.clone(),
            bytes: taken.it.bytes,
            format: taken.it.format.clone(),
            entry: taken.position,
            received_at: taken.known,
            author: taken.author.clone(),
            published: taken.it.published.as_ref().map(|said| said.when.to_string()),
            replaces: taken.it.replaces.map(|before| before.to_string()),
            disclosure: taken.it.disclosure.to_string(),
        };
        let documents = all[shown].iter().map(one).collect();
        told(&Documents { position: present.position, all: all.len(), documents, next })
    })
    .await
}

/// Who did what, the newest first.
pub async fn ledger(mut heard: Heard) -> Response {
    let stretch = cut(&mut heard, &["only"]);
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    let decisions = parameter(&heard.query, "only").as_deref() == Some("decisions");
    said(heard, move |of, _, _| {
        let (stretch, position) = (stretch?, of.scene.present.position);
        // Positions tell where to go on: what was appended since comes after all of them.
        let before = stretch.after().map(|after| after.parse::<u64>()).transpose();
        let before = before.map_err(|_| Refusal::Question)?.unwrap_or(position + 1);
        let most = stretch.rows().min(ACTS);
        let found =
            to.held.with(&closed, |case| acts::acts(case, Some(before), most + 1, decisions));
        let mut found = found.map_err(|why| failed(&to, &why))?;
        let more = most < found.len();
        found.truncate(most);
        let last = found.last().filter(|_| more);
        let next = last.map(|act| stretch.on(position, act.position.to_string()));
        let act = |act: acts::Act| Act {
            position: act.position,
            at: act.at,
            author: act.author,
            kind: act.kind,
            readable: act.entry.is_some(),
        };
        told(&Ledger { position, acts: found.into_iter().map(act).collect(), next })
    })
    .await
}
