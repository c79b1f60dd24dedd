//! `bulletin`: a week as a page, as text, as JSON and as a table, once its sums are checked.

use super::board::replace;
use crate::{Error, Scene, keep::sources::of_persons};
use habeas_count::{Bulletin, Week};
use habeas_model::{Digest, Person};
use habeas_page::{Reader, csv_cell, html, json, terminal};
use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

/// The bulletin of a week. What does not add up is an error before anything is written.
pub fn told(scene: &Scene, week: Week) -> Result<Bulletin, Error> {
    Ok(habeas_count::bulletin(&scene.asked(), week)?)
}

/// The documents from which a bulletin names somebody: in its change, or elsewhere in its text.
#[must_use]
pub fn sources(told: &Bulletin, scene: &Scene, reader: &Reader) -> BTreeSet<Digest> {
    let figures = told.figures().into_iter().filter(|row| row.figure.starts_with("change."));
    let changed: HashSet<String> = figures.flat_map(|row| row.rows).collect();
    let text = terminal::bulletin(told, &scene.register, &scene.present.title, reader);
    let in_it = |person: &&Person| {
        changed.contains(&person.id.to_string()) || text.contains(person.name.reveal())
    };
    of_persons(scene.register.persons.iter().filter(in_it), reader)
}

/// Writes `bulletin.html`, `.txt`, `.json` and `.csv` of a week into `folder` and names them.
pub fn bulletin(
    told: &Bulletin,
    scene: &Scene,
    reader: &Reader,
    folder: &Path,
) -> Result<Vec<PathBuf>, Error> {
    let (register, title) = (&scene.register, scene.present.title.as_str());
    let value = json::bulletin(told, reader.lang);
    let files = [
        ("bulletin.html", html::bulletin(told, register, title, reader)),
        ("bulletin.txt", terminal::bulletin(told, register, title, reader)),
        ("bulletin.json", format!("{value:#}\n")),
        ("bulletin.csv", table(told)),
    ];
    fs::create_dir_all(folder).map_err(|why| Error::writing(folder, why))?;
    let mut written = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        replace(&path, text.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}

/// Each figure with its rows, one row of the table each (invariant 13). A figure of nobody has one
/// row too.
fn table(told: &Bulletin) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let in_memory = "writing to memory does not fail";
    out.write_record(["figure", "value", "row"]).expect(in_memory);
    for figure in told.figures() {
        let (name, value) = (csv_cell(&figure.figure), figure.value.to_string());
        let none = [String::new()];
        let rows = if figure.rows.is_empty() { &none[..] } else { &figure.rows };
        for row in rows {
            out.write_record([&name, &value, row]).expect(in_memory);
        }
    }
    String::from_utf8_lossy(&out.into_inner().expect(in_memory)).into_owned()
}
