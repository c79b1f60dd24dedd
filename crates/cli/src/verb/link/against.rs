//! `link LIST.. --against KNOWN`: a new list against what is known.

use super::tables::{heard, settings};
use crate::{arguments::Arguments, deciding::Link, door};
use anyhow::Result;
use habeas_desk::table::{against, decisions, read};
use habeas_page::terminal;
use habeas_person::link::{Known, News};
use std::path::Path;

/// Says of each row of a list which of the six it is.
pub fn against(arguments: &Arguments, asked: &Link, known: &Path) -> Result<u8> {
    let of = &asked.of_tables;
    let files: Vec<_> = std::iter::once(known.to_owned()).chain(asked.what.clone()).collect();
    let table = read(&files)?;
    let settings = settings(&table, of)?;
    if of.guess {
        door::print(&toml::to_string(&settings)?)?;
        return Ok(door::DONE);
    }
    let reader = door::reader(arguments, None);
    heard(of, &settings, &reader)?;
    let decided = match &of.decisions {
        Some(path) => decisions::read(path, &table, &settings)?,
        None => decisions::Decisions::default(),
    };
    let first = table.lists.get(1).map_or(table.rows(), |&first| first as usize);
    let (known, list) = table.split(first);
    let failed = habeas_desk::Error::from;
    let mut known = Known::new(known, settings.clone()).map_err(failed)?;
    let mut diff = known.arrive(&list, &decided.decided).map_err(failed)?;
    if of.part {
        diff.gone.clear();
    }
    if let Some(path) = &of.out {
        against::write(path, (known.table(), &list), &settings, &diff)?;
    }
    if asked.of_case.json {
        let counts =
            News::ALL.iter().map(|&news| (news.word().to_owned(), diff.count(news).into()));
        door::print_json(&serde_json::Value::Object(counts.collect()))?;
        return Ok(door::DONE);
    }
    door::print(&terminal::arrived(&diff, &reader))?;
    if of.decisions.is_some() {
        let taken = decided.decided.all().count();
        door::print(&terminal::decisions_taken(taken, decided.nowhere, &reader))?;
    }
    Ok(door::DONE)
}
