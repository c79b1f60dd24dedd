//! What a run found is written: links, persons, settings.

use crate::Error;
use habeas_person::{
    link::{Linked, Pair, Pairs},
    table::{LinkSettings, Table},
};
use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

/// Pairs that are written at once.
const AT_ONCE: usize = 1 << 13;

/// Writes `id_l,id_r,w,p,joined,decided`, as CSV or Parquet by the ending of the path. `p` is the
/// pair's own; whether its rows are one person in the end stands in `joined`, and what people
/// decided of it in `decided`.
pub fn links(
    path: &Path,
    table: &Table,
    settings: &LinkSettings,
    linked: &Linked<Pairs>,
) -> Result<(), Error> {
    if path.extension().is_some_and(|ending| ending == "parquet") {
        #[cfg(feature = "parquet")]
        return super::parquet::links(path, table, settings, linked);
        #[cfg(not(feature = "parquet"))]
        return Err(Error::NoParquet(path.to_owned()));
    }
    csv(path, |out| {
        out.write_record(["id_l", "id_r", "w", "p", "joined", "decided"])?;
        linked.pairs.each(AT_ONCE, |some| {
            some.iter().try_for_each(|pair| {
                let (left, right) =
                    (settings.record(table, pair.left), settings.record(table, pair.right));
                let (w, p) = (format!("{:.3}", pair.weight), format!("{:.6}", pair.p()));
                let (joined, decided) = (linked.joined(pair).to_string(), decided(linked, pair));
                out.write_record([&left, &right, &w, &p, &joined, decided])
            })
        })
    })
}

/// What was decided of a pair, as a word; nothing where nobody did.
pub(super) fn decided(linked: &Linked<Pairs>, pair: &Pair) -> &'static str {
    linked.decided.of(pair.left, pair.right).map_or("", habeas_model::Verdict::word)
}

/// Writes `id,person`, and `list` (from 1) where there are several: a person's name is the id of
/// its first row.
pub fn clusters(
    path: &Path,
    table: &Table,
    settings: &LinkSettings,
    linked: &Linked<Pairs>,
) -> Result<(), Error> {
    let several = table.lists.len() > 1;
    csv(path, |out| {
        out.write_record(if several {
            vec!["id", "person", "list"]
        } else {
            vec!["id", "person"]
        })?;
        for (row, &person) in linked.persons.iter().enumerate() {
            let mut record =
                vec![settings.record(table, row as u32), settings.record(table, person)];
            if several {
                // Ids of lists may repeat each other: a person bears the list's number too.
                record[1] = format!("{}:{}", table.list(person) + 1, record[1]);
                record.push((table.list(row as u32) + 1).to_string());
            }
            out.write_record(&record)?;
        }
        Ok(())
    })
}

/// Writes a text.
pub fn text(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|why| Error::writing(path, why))
}

pub(super) fn csv(
    path: &Path,
    write: impl FnOnce(&mut csv::Writer<BufWriter<File>>) -> Result<(), csv::Error>,
) -> Result<(), Error> {
    let writing = |why| Error::writing(path, why);
    let file = File::create(path).map_err(writing)?;
    let mut out = csv::Writer::from_writer(BufWriter::with_capacity(1 << 18, file));
    write(&mut out).map_err(|e| writing(std::io::Error::other(e.to_string())))?;
    let mut file = out.into_inner().map_err(|e| writing(std::io::Error::other(e.to_string())))?;
    file.flush().map_err(writing)
}
