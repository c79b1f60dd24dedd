//! A clerical sample as a table: written with an empty column, read when people have filled it.

use crate::Error;
use habeas_person::{
    link::{Linked, Pairs, sample::Answer, sample::Drawn},
    table::{LinkSettings, Table},
};
use std::path::Path;

/// What is written beside the two rows.
const HEADINGS: [&str; 7] = ["same", "id_l", "id_r", "stratum", "of", "joined", "p"];

/// Draws pairs and writes them, each column of both rows beside each other. `same` is empty, for
/// people to fill: yes, no, or unsure.
pub fn write(
    path: &Path,
    (table, settings, linked): (&Table, &LinkSettings, &Linked<Pairs>),
    (most, seed): (usize, u64),
) -> Result<usize, Error> {
    let drawn =
        linked.sample(most, seed, settings.join).map_err(|why| Error::writing(path, why))?;
    let writing = |e: csv::Error| Error::writing(path, std::io::Error::other(e.to_string()));
    let mut out = csv::Writer::from_path(path).map_err(writing)?;
    let columns: Vec<usize> =
        settings.compare.iter().filter_map(|one| table.column(&one.column)).collect();
    let sides = columns.iter().flat_map(|&at| {
        let heading = &table.columns[at].heading;
        [format!("{heading}_l"), format!("{heading}_r")]
    });
    let headings: Vec<String> = HEADINGS.iter().map(|one| (*one).to_owned()).chain(sides).collect();
    out.write_record(&headings).map_err(writing)?;
    for one in &drawn {
        out.write_record(record(one, &columns, table, settings)).map_err(writing)?;
    }
    out.flush().map_err(|e| Error::writing(path, e))?;
    Ok(drawn.len())
}

fn record(one: &Drawn, columns: &[usize], table: &Table, settings: &LinkSettings) -> Vec<String> {
    let (left, right) = (one.pair.left, one.pair.right);
    let mut cells = vec![
        String::new(),
        settings.record(table, left),
        settings.record(table, right),
        one.stratum.to_string(),
        one.of.to_string(),
        u8::from(one.joined).to_string(),
        format!("{:.6}", one.pair.p()),
    ];
    for &at in columns {
        cells.extend([left, right].map(|row| table.columns[at].get(row as usize).to_owned()));
    }
    cells
}

/// What a filled sample holds.
pub struct Filled {
    /// The answers.
    pub answers: Vec<Answer>,
    /// Rows that say unsure.
    pub unsure: usize,
    /// Rows that say nothing yet.
    pub open: usize,
}

/// Reads a sample that was filled.
pub fn read(path: &Path) -> Result<Filled, Error> {
    let table = super::read(&[path.to_owned()])?;
    let column = |heading: &str| {
        table.column(heading).ok_or_else(|| Error::NoSample(path.to_owned(), heading.to_owned()))
    };
    let (same, stratum) = (column("same")?, column("stratum")?);
    let (of, joined) = (column("of")?, column("joined")?);
    let mut filled = Filled { answers: Vec::new(), unsure: 0, open: 0 };
    for row in 0..table.rows() {
        let cell = |at: usize| table.columns[at].get(row);
        let wrong = |at: usize| Error::Sampled {
            path: path.to_owned(),
            row: row + 2,
            cell: table.columns[at].heading.clone(),
        };
        let number = |at: usize| cell(at).parse::<u64>().map_err(|_| wrong(at));
        let answer = match cell(same).trim().to_lowercase().as_str() {
            "" => None,
            "1" | "yes" | "y" | "same" | "sí" | "si" | "s" | "true" => Some(true),
            "0" | "no" | "n" | "not-same" | "not_same" | "false" => Some(false),
            "unsure" | "?" | "dudoso" | "no se sabe" => {
                filled.unsure += 1;
                continue;
            }
            _ => return Err(wrong(same)),
        };
        match answer {
            None => filled.open += 1,
            Some(same) => filled.answers.push(Answer {
                stratum: usize::try_from(number(stratum)?.min(64)).unwrap_or(0),
                of: number(of)?,
                joined: number(joined)? == 1,
                same,
            }),
        }
    }
    Ok(filled)
}
