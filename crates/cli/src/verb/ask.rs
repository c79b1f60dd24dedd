//! The questions: `count board change audit promises export`.

use crate::{
    arguments::{Arguments, Asked},
    door,
    looking::{Find, Person},
};
use anyhow::{Result, bail};
use habeas_count::{Board, Line};
use habeas_desk::{
    Case, Scene, ask,
    ask::evidence::versions::{self, Step, Version},
    keep::sources,
    write::handle,
};
use habeas_model::Digest;
use habeas_page::{Reader, See, json, redact, terminal};
use jiff::civil::Date;
use std::{
    collections::BTreeSet,
    io::{BufRead as _, IsTerminal as _, Write as _},
    path::Path,
};

fn scene(arguments: &Arguments, folder: &Path, asked: &Asked) -> Result<(Case, Scene, Reader)> {
    let case = door::look(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let scene = case.scene(&door::question(asked)?)?;
    Ok((case, scene, reader))
}

/// `habeas count CASE --by AXIS`.
pub fn count(
    arguments: &Arguments,
    folder: &Path,
    by: &str,
    rows: bool,
    asked: &Asked,
) -> Result<u8> {
    let (_, scene, reader) = scene(arguments, folder, asked)?;
    let tally = ask::count::tally(&scene, by.parse()?);
    match asked.json {
        true => door::print_json(&json::tally(&tally))?,
        false => door::print(&terminal::tally(&tally, &reader))?,
    }
    if rows {
        door::print(&terminal::tally_rows(&tally, &scene.register, &reader))?;
    }
    Ok(door::DONE)
}

/// `habeas count CASE --by AXIS --since DAY`.
pub fn course(
    arguments: &Arguments,
    folder: &Path,
    by: &str,
    since: Date,
    asked: &Asked,
) -> Result<u8> {
    let (_, scene, _) = scene(arguments, folder, asked)?;
    let last = scene.asked().last_day();
    let series = ask::count::series(&scene, since, last, by.parse()?)?;
    door::print_json(&json::series(&series))?;
    Ok(door::DONE)
}

/// `habeas board CASE`.
pub fn board(
    arguments: &Arguments,
    folder: &Path,
    compare: Option<&[String]>,
    asked: &Asked,
) -> Result<u8> {
    let (_, scene, reader) = scene(arguments, folder, asked)?;
    let board = ask::board::board(&scene);
    if let Some([left, right]) = compare {
        let (left, right) = (line(&board, left, &reader)?, line(&board, right, &reader)?);
        let comparison = habeas_count::compare(left, right);
        match asked.json {
            true => door::print_json(&serde_json::to_value(&comparison)?)?,
            false => door::print(&terminal::comparison(&comparison, &board, &reader))?,
        }
        return Ok(door::DONE);
    }
    match asked.json {
        true => door::write(|out| json::board(&board, reader.lang, out))?,
        false => door::print(&terminal::board(&board, &reader))?,
    }
    Ok(door::DONE)
}

/// `habeas board CASE --line LINE`.
pub fn opened(
    arguments: &Arguments,
    folder: &Path,
    asked_line: &str,
    csv: bool,
    asked: &Asked,
) -> Result<u8> {
    let (mut case, scene, reader) = scene(arguments, folder, asked)?;
    let board = ask::board::board(&scene);
    let figure = ask::board::opened(&scene, &board, line(&board, asked_line, &reader)?);
    if csv || asked.json {
        let persons = figure.persons.iter().copied();
        let sources = sources::of_persons(persons, &Reader::public(reader.lang));
        record(&mut case, &sources, &format!("rows of line {}", figure.line.id), &reader);
    }
    match (csv, asked.json) {
        // Invariant 10: what goes to other programs goes as the public may see it.
        (true, _) => {
            let rows = ask::board::opened_csv(&figure, &Reader::public(reader.lang));
            door::write(|out| out.write_all(&rows))?;
        }
        (_, true) => door::print_json(&json::opened(&figure, reader.lang))?,
        _ => door::print(&terminal::figure(&figure, &reader))?,
    }
    Ok(door::DONE)
}

/// Records, before it happens, that names go out; it happens all the same where that cannot be
/// recorded, and says so.
fn record(case: &mut Case, sources: &BTreeSet<Digest>, what: &str, reader: &Reader) {
    if sources.is_empty() {
        return;
    }
    let recorded =
        case.writer().and_then(|mut writer| handle::names_out(case, &mut writer, sources, what));
    if recorded.is_err() {
        eprintln!("{}", terminal::word("copy-unrecorded", reader.lang));
    }
}

/// The line with this identifier, or the only one with this number.
pub fn line<'a>(board: &'a Board, asked: &str, reader: &Reader) -> Result<&'a Line> {
    if let Some(found) = board.lines.iter().find(|line| line.id.to_string() == asked) {
        return Ok(found);
    }
    let number = asked.replace(['.', ','], "").parse::<u32>().ok();
    let says = |line: &&Line| {
        let bounds = line.quantity.as_ref().map(|said| said.bounds());
        number.is_some() && bounds.is_some_and(|(least, most)| least.or(most) == number)
    };
    let found: Vec<&Line> = board.lines.iter().filter(says).collect();
    match found[..] {
        [only] => Ok(only),
        [] => bail!(
            "no line `{asked}` on this board\nhint: give a number that stands on it, or the `id` of a line in `habeas board CASE --json`"
        ),
        _ => {
            let told =
                found.iter().map(|line| format!("  {}  {}", line.id, terminal::line(line, reader)));
            let told: Vec<String> = told.collect();
            bail!(
                "{} lines say `{asked}`\nhint: give the identifier of one of them:\n{}",
                found.len(),
                told.join("\n")
            )
        }
    }
}

/// `habeas change CASE`: from an earlier answer, by its day, its known-by and its rule.
pub fn change(
    arguments: &Arguments,
    folder: &Path,
    (as_of, known_by, rule): (Option<Date>, Option<String>, Option<String>),
    rows: bool,
    after: &Asked,
) -> Result<u8> {
    let before = Asked { json: after.json, as_of, known_by, rule };
    let case = door::look(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let change = ask::change::change(&case, &door::question(&before)?, &door::question(after)?)?;
    match after.json {
        true => door::print_json(&json::change(&change))?,
        false => door::print(&terminal::change(&change, &reader))?,
    }
    if rows {
        let register = case.scene(&door::question(after)?)?.register;
        door::print(&terminal::change_rows(&change, &register, &reader))?;
    }
    Ok(door::DONE)
}

/// `habeas change CASE --document DOCUMENT`.
pub fn versions(arguments: &Arguments, folder: &Path, document: &str, asked: &Asked) -> Result<u8> {
    let case = door::look(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let present = case.present(door::question(asked)?.known_by.as_ref())?;
    let steps = versions::versions(&present, document)?;
    let told =
        |version: &Version| format!("{} ({})", version.at.strftime("%F %R"), version.blob.short());
    if asked.json {
        let step = |step: &Step<'_>| {
            let side = |of: &Version| {
                serde_json::json!({
                    "document": of.blob.to_string(), "part": of.part, "at": of.at.to_string(),
                    "position": of.position,
                })
            };
            serde_json::json!({
                "before": side(&step.before), "after": side(&step.after),
                "claims": json::revisions(&step.revisions),
            })
        };
        door::print_json(&steps.iter().map(step).collect())?;
    } else if steps.is_empty() {
        door::print(&format!("{}\n", habeas_page::word(reader.lang, "versions-one")))?;
    }
    for step in steps.iter().filter(|_| !asked.json) {
        let sides = [("before", &*told(&step.before)), ("after", &*told(&step.after))];
        let title = habeas_page::words(reader.lang, "versions-step", &sides);
        door::print(&terminal::revised(&title, &step.revisions, &reader))?;
    }
    Ok(door::DONE)
}

/// `habeas audit CASE`.
pub fn audit(arguments: &Arguments, folder: &Path, asked: &Asked) -> Result<u8> {
    let (_, scene, reader) = scene(arguments, folder, asked)?;
    let findings = ask::audit::audit(&scene);
    match asked.json {
        true => door::print_json(&json::audit(&findings))?,
        false => door::print(&terminal::audit(&findings, &reader))?,
    }
    Ok(door::DONE)
}

/// `habeas promises CASE`.
pub fn promises(arguments: &Arguments, folder: &Path, asked: &Asked) -> Result<u8> {
    let (_, scene, reader) = scene(arguments, folder, asked)?;
    let promises = ask::promises::promises(&scene);
    match asked.json {
        true => door::print_json(&json::promises(&promises))?,
        false => door::print(&terminal::promises(&promises, &reader))?,
    }
    Ok(door::DONE)
}

/// `habeas disputes CASE`.
pub fn disputes(arguments: &Arguments, folder: &Path, asked: &Asked) -> Result<u8> {
    let (_, scene, reader) = scene(arguments, folder, asked)?;
    let disputes = ask::disputes::disputes(&scene);
    match asked.json {
        true => {
            let public = Reader::public(reader.lang);
            let private = redact::Private::of(&ask::board::board(&scene), &public);
            door::print_json(&json::disputes(&disputes, &private))?;
        }
        false => door::print(&terminal::disputes(&disputes, &scene.register, &reader))?,
    }
    Ok(door::DONE)
}

/// `habeas find CASE`, the names on standard input.
pub fn find(arguments: &Arguments, of: &Find) -> Result<u8> {
    let (_, scene, reader) = scene(arguments, &of.case, &of.asked)?;
    let index = ask::find::index(&scene);
    if std::io::stdin().is_terminal() {
        door::tell(&terminal::word("find-prompt", reader.lang));
    }
    for line in std::io::stdin().lock().lines() {
        let hits = index.search(&line?, of.most);
        match of.asked.json {
            true => door::print(&format!("{}\n", json::found(&hits)))?,
            false => door::print(&terminal::found(&hits, &scene.register, &reader))?,
        }
    }
    Ok(door::DONE)
}

/// `habeas person CASE PERSON`.
pub fn person(arguments: &Arguments, of: &Person) -> Result<u8> {
    let (mut case, scene, reader) = scene(arguments, &of.case, &of.asked)?;
    let (person, story) = ask::find::person(&scene, of.person)?;
    if !of.asked.json {
        door::print(&terminal::person(person, &story, &scene.present, &reader))?;
        return Ok(door::DONE);
    }
    // Invariant 10: what goes to other programs goes as the public may see it.
    let public = Reader::public(reader.lang);
    let sources = sources::of_persons([person], &public);
    record(&mut case, &sources, &format!("person {}", person.id), &reader);
    let at = (scene.present.position, scene.rule.name.as_str());
    door::print_json(&json::person(person, &story, at, &public))?;
    Ok(door::DONE)
}

/// `habeas bulletin CASE --week WEEK --out FOLDER`.
pub fn bulletin(
    arguments: &Arguments,
    folder: &Path,
    week: &str,
    out: &Path,
    names: bool,
    asked: &Asked,
) -> Result<u8> {
    let week = week.parse().map_err(habeas_desk::Error::from)?;
    let (mut case, scene, _) = scene(arguments, folder, asked)?;
    // It is passed on: its width is that of a mail, and it shows what the public may see.
    let see = if names { See::Team } else { See::Public }; // Invariant 10.
    let lang = arguments.lang_of_page(case.settings.lang.as_deref());
    let reader = Reader { see, ..Reader::public(lang) };
    let told = ask::bulletin::told(&scene, week)?;
    let sources = ask::bulletin::sources(&told, &scene, &reader);
    record(&mut case, &sources, &format!("bulletin {week}"), &reader);
    for path in ask::bulletin::bulletin(&told, &scene, &reader, out)? {
        door::tell(&terminal::wrote(&path, &reader));
    }
    Ok(door::DONE)
}

/// `habeas export CASE --out FOLDER`.
pub fn export(
    arguments: &Arguments,
    folder: &Path,
    out: &Path,
    names: bool,
    asked: &Asked,
) -> Result<u8> {
    let (mut case, scene, mut reader) = scene(arguments, folder, asked)?;
    reader.see = if names { See::Team } else { See::Public }; // Invariant 10.
    record(&mut case, &ask::export::sources(&scene, &reader), "export", &reader);
    for path in ask::export::export(&case, &scene, &reader, out)? {
        door::tell(&terminal::wrote(&path, &reader));
    }
    Ok(door::DONE)
}
