//! A table of people is read from CSV, TSV or a workbook, column by column, each value once.

use crate::Error;
use csv::{ByteRecord, ReaderBuilder};
use habeas_document::{Asked, Body, Sieve};
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
    Ok(Table { columns, ..Table::default() })
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

/// Separated text as it comes, of any length.
fn separated(path: &Path) -> Result<Table, Error> {
    let reading = |why| Error::reading(path, why);
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(1 << 16).read_to_end(&mut start))
        .map_err(reading)?;
    if matches!(start[..], [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return workbook(path); // UTF-16, as spreadsheets write "Unicode text".
    }
    let file = Seen { file: File::open(path).map_err(reading)?, sieve: Sieve::default(), last: 0 };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(&start))
        .flexible(true)
        .from_reader(BufReader::with_capacity(1 << 18, file));
    let broken = |e: csv::Error| Error::reading(path, std::io::Error::other(e.to_string()));
    let headings = reader.byte_headers().map_err(broken)?.iter().map(|b| text(b).into_owned());
    let mut columns = named(headings.collect());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut now: Vec<ByteRecord> = vec![ByteRecord::new(); AT_ONCE];
    let mut next = now.clone();
    let (mut full, mut rows, mut wide) = (fill(&mut reader, &mut now).map_err(broken)?, 0, 0);
    if full == 0 {
        let headings = reader.byte_headers().map_err(broken)?.clone();
        closed(path, &headings, reader.get_ref().get_ref().last, 0)?;
    }
    loop {
        let records = &now[..full];
        reader.get_ref().get_ref().sieve.refuse(&name)?;
        if full == 0 {
            break;
        }
        rows += records.len();
        let beyond = |one: &&ByteRecord| one.iter().skip(columns.len()).any(|c| !c.is_empty());
        wide += records.iter().filter(beyond).count();
        if let Some(record) = records.last().filter(|_| full < AT_ONCE) {
            closed(path, record, reader.get_ref().get_ref().last, rows)?;
        }
        let (read, ()) =
            rayon::join(|| fill(&mut reader, &mut next), || spread(&mut columns, records));
        full = read.map_err(broken)?;
        std::mem::swap(&mut now, &mut next);
    }
    columns.iter_mut().for_each(|column| column.values.close());
    Ok(Table { columns, wide, ..Table::default() })
}

/// A file, and what was seen of its bytes.
struct Seen {
    file: File,
    sieve: Sieve,
    /// The last byte that ends no line.
    last: u8,
}

impl std::io::Read for Seen {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(into)?;
        self.sieve.see(&into[..count]);
        let last = into[..count].iter().rfind(|byte| !matches!(byte, b'\n' | b'\r'));
        self.last = last.copied().unwrap_or(self.last);
        Ok(count)
    }
}

/// Refuses a file whose last quote does not close: all rows behind it stand in one cell.
fn closed(path: &Path, last: &ByteRecord, ends_with: u8, row: usize) -> Result<(), Error> {
    let cell = last.iter().next_back().unwrap_or_default();
    match ends_with != b'"' && cell.contains(&b'\n') {
        true => Err(Error::OpenQuote { path: path.to_owned(), row: row + 1 }),
        false => Ok(()),
    }
}

fn fill(
    reader: &mut csv::Reader<BufReader<Seen>>,
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
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The mark that the first line has most of.
fn delimiter(start: &[u8]) -> u8 {
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|&&byte| byte == mark).count();
    let marks = [b'|', b'\t', b';', b','];
    marks.into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}
