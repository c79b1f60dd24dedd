//! A table of people is read from CSV, TSV or a workbook, column by column, each value once.

use crate::Error;
use csv::{ByteRecord, ReaderBuilder};
use habeas_document::{Asked, Body};
use habeas_person::table::{Column, Table, unite};
use std::{
    borrow::Cow,
    fs::File,
    io::{BufReader, Read as _},
    path::{Path, PathBuf},
};

/// Records that are read while those before them are sorted into columns.
const AT_ONCE: usize = 1 << 15;

/// Reads files, each a list, into one table.
pub fn read(files: &[PathBuf]) -> Result<Table, Error> {
    let tables = files.iter().map(|file| one(file)).collect::<Result<Vec<_>, _>>()?;
    Ok(unite(tables))
}

/// Reads one file.
pub fn one(path: &Path) -> Result<Table, Error> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "xlsx" | "ods" | "json" | "jsonl" => workbook(path),
        #[cfg(feature = "parquet")]
        "parquet" => super::parquet::read(path),
        #[cfg(not(feature = "parquet"))]
        "parquet" => Err(Error::NoParquet(path.to_owned())),
        _ => separated(path),
    }
}

fn workbook(path: &Path) -> Result<Table, Error> {
    let bytes = std::fs::read(path).map_err(|why| Error::reading(path, why))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let documents = habeas_document::open(&bytes, &Asked { name, ..Asked::default() })?;
    let sheets = documents.into_iter().find_map(|document| match document.body {
        Body::Table(sheets) => sheets.into_iter().max_by_key(|sheet| sheet.rows.len()),
        Body::Text(_) => None,
    });
    let rows = sheets.map(|sheet| sheet.rows).unwrap_or_default();
    // Titles stand above the headings: these are the first row as wide as most rows.
    let wide = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let filled =
        |row: &habeas_document::Row| row.cells.iter().filter(|c| !c.text.is_empty()).count();
    let top = rows.iter().position(|row| filled(row) * 4 >= wide * 3).unwrap_or(0);
    let Some(headings) = rows.get(top) else { return Ok(Table::default()) };
    let mut columns: Vec<Column> =
        named(headings.cells.iter().map(|cell| cell.text.clone()).collect());
    for row in &rows[top + 1..] {
        for (nth, column) in columns.iter_mut().enumerate() {
            column.push(row.cells.get(nth).map_or("", |cell| cell.text.as_str()));
        }
    }
    Ok(Table { columns, lists: Vec::new() })
}

/// Columns of their own headings: empty ones are numbered, repeated ones too.
pub(super) fn named(headings: Vec<String>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (nth, heading) in headings.iter().enumerate() {
        let plain = heading.trim().trim_start_matches('\u{FEFF}');
        let taken = columns.iter().any(|column| column.heading == plain);
        if plain.is_empty() || taken {
            columns.push(Column::new(&format!("{plain}#{}", nth + 1)));
        } else {
            columns.push(Column::new(plain));
        }
    }
    columns
}

fn separated(path: &Path) -> Result<Table, Error> {
    let reading = |why| Error::reading(path, why);
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(1 << 16).read_to_end(&mut start))
        .map_err(reading)?;
    let file = File::open(path).map_err(reading)?;
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(&start))
        .flexible(true)
        .from_reader(BufReader::with_capacity(1 << 18, file));
    let broken = |e: csv::Error| Error::reading(path, std::io::Error::other(e.to_string()));
    let headings = reader.byte_headers().map_err(broken)?.iter().map(|b| text(b).into_owned());
    let mut columns = named(headings.collect());
    let mut now: Vec<ByteRecord> = vec![ByteRecord::new(); AT_ONCE];
    let mut next = now.clone();
    let mut full = fill(&mut reader, &mut now).map_err(broken)?;
    while full > 0 {
        let records = &now[..full];
        let (read, ()) =
            rayon::join(|| fill(&mut reader, &mut next), || spread(&mut columns, records));
        full = read.map_err(broken)?;
        std::mem::swap(&mut now, &mut next);
    }
    columns.iter_mut().for_each(|column| column.values.close());
    Ok(Table { columns, lists: Vec::new() })
}

fn fill(
    reader: &mut csv::Reader<BufReader<File>>,
    records: &mut [ByteRecord],
) -> Result<usize, csv::Error> {
    for (nth, record) in records.iter_mut().enumerate() {
        if !reader.read_byte_record(record)? {
            return Ok(nth);
        }
    }
    Ok(records.len())
}

fn spread(columns: &mut [Column], records: &[ByteRecord]) {
    use rayon::prelude::*;
    columns.par_iter_mut().enumerate().for_each(|(nth, column)| {
        for record in records {
            column.push(&text(record.get(nth).unwrap_or_default()));
        }
    });
}

/// UTF-8, or else Windows-1252, cell by cell: lists are pasted together from both.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()),
    }
}

/// The mark that the first line has most of.
fn delimiter(start: &[u8]) -> u8 {
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|&&byte| byte == mark).count();
    let marks = [b'|', b'\t', b';', b','];
    marks.into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}
