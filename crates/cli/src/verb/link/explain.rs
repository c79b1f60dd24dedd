//! `link --explain`: why two rows, or two mentions, are one person or two.

use crate::{deciding::LinkTables, door};
use anyhow::{Result, bail};
use habeas_desk::table::write;
use habeas_page::{Lang, Reader, html, terminal};
use habeas_person::{
    link::{Explained, Linked, Pairs},
    table::{LinkSettings, Table},
};

/// Two ids with a comma between.
pub fn two(pair: &str) -> Result<(&str, &str)> {
    match pair.split_once(',') {
        Some((left, right)) => Ok((left.trim(), right.trim())),
        None => bail!("`{pair}` are no two ids\nhint: write them as `--explain ID_L,ID_R`"),
    }
}

/// Explains two rows of a table that was linked.
pub fn rows(
    (table, settings, linked): (&Table, &LinkSettings, &Linked<Pairs>),
    pair: &str,
    (asked, json): (&LinkTables, bool),
    reader: &Reader,
) -> Result<u8> {
    let (left, right) = two(pair)?;
    let (left, right) =
        (row(table, settings, left, reader.lang)?, row(table, settings, right, reader.lang)?);
    let told = linked.explain(table, settings, (left, right)).map_err(habeas_desk::Error::from)?;
    let value = |row: u32, at: usize| table.columns[at].get(row as usize).to_owned();
    let shown = settings.compare.iter().filter_map(|one| {
        let at = table.column(&one.column)?;
        Some((one.column.clone(), [value(told.left, at), value(told.right, at)]))
    });
    show(&told, &shown.collect::<Vec<_>>(), (asked, json), reader)
}

/// The row of an id; `2:ID` is that of the second list.
fn row(table: &Table, settings: &LinkSettings, wanted: &str, lang: Lang) -> Result<u32> {
    let is = |row: &u32| {
        let id = settings.record(table, *row);
        id == wanted || format!("{}:{id}", table.list(*row) + 1) == wanted
    };
    match (0..table.rows() as u32).find(is) {
        Some(row) => Ok(row),
        None => bail!(terminal::sentence("explain-no-row", &[("id", wanted)], lang)),
    }
}

/// Prints it, and draws it where a drawing is asked for.
pub fn show(
    told: &Explained,
    rows: &[(String, [String; 2])],
    (asked, json): (&LinkTables, bool),
    reader: &Reader,
) -> Result<u8> {
    if let Some(path) = &asked.svg {
        write::text(path, &html::waterfall(told, reader.lang))?;
    }
    match json {
        true => door::print_json(&serde_json::to_value(told)?)?,
        false => door::print(&terminal::explained(told, rows, reader))?,
    }
    Ok(door::DONE)
}
