//! Everybody in the register, and each person.

use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    held::Answered,
    question::parameter,
    route::{asking, numbered, papers, shown},
};
use axum::{extract::Path, response::Response};
use habeas_count::{Somebody, story};
use habeas_model::{Person, PersonId, Register, people::Warning};
use habeas_page::html::served::{self, Asking, Facets, Portrait, Refusal, Row, Rows};
use std::collections::HashSet;

/// So many persons a page.
const PAGE: usize = 100;
/// So many are found at most.
const FOUND: usize = 50;

/// The list, by state and mark, a page at a time.
pub async fn people(who: Who, heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let word = |name| parameter(&query, name);
        let only = word("custody").map(|said| said.parse()).transpose();
        let mark = word("mark").map(|said| said.parse()).transpose();
        let (only, mark) =
            (only.map_err(|_| Refusal::Question)?, mark.map_err(|_| Refusal::Question)?);
        let page = numbered(&query)?;
        let everybody = answered.everybody();
        let facets = Facets {
            custody: everybody.by_custody(mark),
            marks: everybody.by_mark(only),
            only,
            mark,
        };
        // Of all of them only those of the page are gathered: there may be 100,000.
        let all = everybody.only(only, mark).count();
        let pages = all.div_ceil(PAGE).max(1);
        let before = (page.min(pages) - 1) * PAGE;
        let shown = everybody.only(only, mark).skip(before).take(PAGE);
        let rows = Rows {
            rows: shown.map(|one| row(answered, one)).collect(),
            all,
            first: before + 1,
            page: page.min(pages),
            pages,
            typed: None,
        };
        let own =
            [only.map(|only| format!("custody={only}")), mark.map(|mark| format!("mark={mark}"))];
        let own: Vec<String> = own.into_iter().flatten().collect();
        let page = |asking: &Asking<'_>| {
            let asking = Asking { token: &who.token, ..*asking };
            served::people(&rows, &facets, &papers(answered), &asking, reader)
        };
        Ok(asking("/people", &own.join("&"), answered, asked, page))
    })
    .await
}

/// Somebody with where they are.
fn row<'a>(answered: &'a Answered, one: &'a Somebody) -> Row<'a> {
    let person = &answered.scene.register.persons[one.row as usize];
    Row { person, custody: one.custody, marks: &one.marks, found: None }
}

/// Whom a typed name may mean, the likeliest first. The name comes in a form and stands in no
/// address; nothing is written.
pub async fn found(who: Who, heard: Heard, form: Form) -> Response {
    shown(heard, move |answered, asked, reader| {
        let typed = form.field("typed").unwrap_or_default();
        let hits = answered.search().search(typed, FOUND);
        let row = |hit| {
            let hit: &habeas_person::search::Hit = hit;
            let one = answered.everybody().at(answered.row(hit.person)?)?;
            Some(Row { found: Some(hit), ..row(answered, one) })
        };
        let rows: Vec<Row<'_>> = hits.iter().filter_map(row).collect();
        let rows = Rows { all: rows.len(), rows, first: 1, page: 1, pages: 1, typed: Some(typed) };
        let page = |asking: &Asking<'_>| {
            let asking = Asking { token: &who.token, ..*asking };
            served::people(&rows, &Facets::default(), &papers(answered), &asking, reader)
        };
        Ok(asking("/people", "", answered, asked, page))
    })
    .await
}

/// One person.
pub async fn person(Path(id): Path<String>, heard: Heard) -> Response {
    shown(heard, move |answered, asked, reader| {
        let id: PersonId = id.parse().map_err(|_| Refusal::Absent)?;
        let register = &answered.scene.register;
        let row = answered.row(id).ok_or(Refusal::Absent)?;
        let person = &register.persons[row as usize];
        let portrait = Portrait {
            person,
            story: story(&answered.scene.asked(), answered.scene.index(), person),
            near: near(person, register),
        };
        let page =
            |asking: &Asking<'_>| served::person(&portrait, &papers(answered), asking, reader);
        Ok(asking("/people/", "", answered, asked, page))
    })
    .await
}

/// Whom a warning of this person means: those that share its number.
fn near<'a>(person: &Person, register: &'a Register) -> Vec<&'a Person> {
    if !person.warnings.contains(&Warning::NumberShared) {
        return Vec::new();
    }
    let numbers = |person: &Person| -> HashSet<String> {
        let numbers = person.mentions.iter().filter_map(|held| held.mention.number.as_ref());
        numbers.map(|number| number.reveal().to_owned()).collect()
    };
    let own = numbers(person);
    let others = register.persons.iter().filter(|other| other.id != person.id);
    others.filter(|other| !numbers(other).is_disjoint(&own)).collect()
}
