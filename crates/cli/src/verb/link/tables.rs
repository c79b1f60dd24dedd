//! `link` on tables that are no case, and on pairs of names.

use crate::{
    arguments::Arguments,
    deciding::{Link, LinkTables},
    door,
};
use anyhow::{Context as _, Result, bail};
use habeas_desk::table::{aside, decisions, read, sample, write};
use habeas_page::{Reader, html, json, terminal};
use habeas_person::{
    link,
    name::{self, Rarity},
    table::{self, LinkSettings, Table},
};
use std::{io::IsTerminal as _, path::Path};

/// `habeas link TABLE..`.
pub fn tables(arguments: &Arguments, asked: &Link) -> Result<u8> {
    let mut table = read(&asked.what)?;
    let of = &asked.of_tables;
    let settings = settings(&table, of)?;
    if of.guess {
        door::print(&toml::to_string(&settings)?)?;
        return Ok(door::DONE);
    }
    let reader = door::reader(arguments, None);
    if let (Some(pairing), Some([left, right])) =
        (asked.of_case.decide, asked.of_case.pair.as_deref())
    {
        let Some(path) = &of.decisions else {
            bail!(
                "`--decide` on tables has no file to write to\nhint: add `--decisions FILE.jsonl`"
            );
        };
        let verdict = super::verdict(pairing);
        let (by, why) = (arguments.author.as_str(), asked.of_case.reason.as_str());
        let decision = decisions::Decision { pair: [left, right], verdict, by, why };
        decisions::append(path, &table, &settings, &decision)?;
        door::print(&format!("{}\n", terminal::word("recorded", reader.lang)))?;
        return Ok(door::DONE);
    }
    heard(of, &settings, &reader)?;
    run(arguments, asked, &mut table, &settings, &reader)
}

fn run(
    arguments: &Arguments,
    asked: &Link,
    table: &mut Table,
    settings: &LinkSettings,
    reader: &Reader,
) -> Result<u8> {
    let (as_json, asked) = (asked.of_case.json, &asked.of_tables);
    let decided = match &asked.decisions {
        Some(path) => decisions::read(path, table, settings)?,
        None => decisions::Decisions::default(),
    };
    let outputs = [asked.out.as_ref(), asked.clusters.as_ref(), asked.report.as_ref()];
    let folder = aside::Folder::of(settings.aside.as_deref(), &outputs);
    let told = |step| {
        if arguments.verbose || std::io::stderr().is_terminal() {
            eprintln!("{}", terminal::word(&format!("link-step-{step}"), reader.lang));
        }
    };
    // Only who asks for a pair, or for some to look at, is shown what stands in the table.
    let ready = match asked.explain.is_some() || asked.sample.is_some() {
        true => link::Ready::new(table, settings, &told),
        false => link::Ready::lean(table, settings, &told),
    };
    let linked = ready
        .map_err(habeas_desk::Error::from)?
        .link(table, settings, &decided.decided, Some(&folder), &told)
        .map_err(habeas_desk::Error::from)?;
    if let Some(pair) = &asked.explain {
        return super::explain::rows((table, settings, &linked), pair, (asked, as_json), reader);
    }
    if let (Some(most), Some(path)) = (asked.sample, &asked.out) {
        let drawn = sample::write(path, (table, settings, &linked), (most, asked.seed))?;
        door::print(&terminal::drawn(drawn, path, reader))?;
        return Ok(door::DONE);
    }
    if let Some(path) = &asked.out {
        write::links(path, table, settings, &linked)?;
    }
    if let Some(path) = &asked.clusters {
        write::clusters(path, table, settings, &linked)?;
    }
    let id = |row: u32| settings.record(table, row);
    if let Some(path) = &asked.report {
        write::text(path, &html::linking(&linked, settings, id, reader))?;
    }
    if as_json {
        door::print_json(&json::linking(&linked, id))?;
        return Ok(door::DONE);
    }
    door::print(&terminal::linked(&linked, reader))?;
    if asked.decisions.is_some() {
        let taken = decided.decided.all().count();
        door::print(&terminal::decisions_taken(taken, decided.nowhere, reader))?;
    }
    Ok(door::DONE)
}

/// Shows settings that were guessed.
pub(super) fn heard(asked: &LinkTables, settings: &LinkSettings, reader: &Reader) -> Result<()> {
    if asked.settings.is_none() {
        let heading = terminal::word("link-guessed", reader.lang);
        eprintln!("{heading}\n{}", toml::to_string(settings)?);
    }
    Ok(())
}

pub(super) fn settings(table: &Table, asked: &LinkTables) -> Result<LinkSettings> {
    let mut settings = match &asked.settings {
        Some(path) => written(path)?,
        None => table::guess(table),
    };
    settings.one_to_one |= asked.one_to_one;
    Ok(settings)
}

fn written(path: &Path) -> Result<LinkSettings> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    toml::from_str(&text).with_context(|| {
        format!(
            "`{}` are no settings of linking\nhint: `--guess` prints whole ones",
            path.display()
        )
    })
}

/// `habeas link --sampled FILE`: precision and recall, from what people answered.
pub fn sampled(arguments: &Arguments, path: &Path, json: bool) -> Result<u8> {
    let filled = sample::read(path)?;
    let judged = link::sample::judge(&filled.answers);
    match json {
        true => door::print_json(&serde_json::to_value(&judged)?)?,
        false => {
            let rest = (filled.open, filled.unsure);
            door::print(&terminal::judged(&judged, rest, &door::reader(arguments, None)))?;
        }
    }
    Ok(door::DONE)
}

/// `habeas link --pairs FILE`: probability and alignment of two names a row.
pub fn pairs(path: &Path) -> Result<u8> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_path(path)?;
    let mut rows = Vec::new();
    for record in reader.byte_records() {
        let record = record?;
        if record.len() < 2 {
            bail!(
                "row {} has no two names\nhint: a row is two names with a comma between",
                rows.len() + 1
            );
        }
        let text = |at: usize| String::from_utf8_lossy(&record[at]).trim().to_owned();
        rows.push((text(0), text(1)));
    }
    let headed = rows.first().is_some_and(|(left, right)| is_heading(left) && is_heading(right));
    let read: Vec<_> = rows.iter().map(|(l, r)| (name::words(l), name::words(r))).collect();
    let mut rarity = Rarity::default();
    for (left, right) in read.iter().skip(usize::from(headed)) {
        rarity.count(left);
        rarity.count(right);
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["left", "right", "p", "w", "alignment"])?;
    for ((left, right), (x, y)) in rows.iter().zip(&read).skip(usize::from(headed)) {
        let odds = name::odds(x, y, &rarity);
        let shown = odds.alignment.shown(x, y);
        let (p, w) = (format!("{:.4}", odds.p), format!("{:.2}", odds.weight));
        out.write_record([left, right, &p, &w, &shown])?;
    }
    door::print(&String::from_utf8(out.into_inner()?)?)?;
    Ok(door::DONE)
}

/// "name1", "left", "query": a heading and no name.
fn is_heading(cell: &str) -> bool {
    let plain = cell.to_lowercase();
    let known =
        ["name", "left", "right", "query", "a", "b", "nombre", "l", "r", "candidate", "target"];
    let stem = plain.trim_end_matches(|mark: char| mark.is_ascii_digit() || "_-. ".contains(mark));
    known.contains(&stem)
        || plain.starts_with("name_")
        || plain.ends_with("_name")
        || plain.starts_with("name ")
}
