//! XLSX and ODS: workbooks, opened only after their parts were unpacked within limits.

use crate::{Cell, Error, Limits, Row, Sheet};
use calamine::{Data, DataType as _, Dimensions, Ods, Range, Reader as _, Xlsx};
use habeas_model::Problem;
use std::io::{Cursor, Read as _};
use unicode_normalization::UnicodeNormalization as _;

/// Which of the two a ZIP container is, if either.
pub fn format(bytes: &[u8]) -> Option<&'static str> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    if zip.by_name("xl/workbook.xml").is_ok() {
        return Some("xlsx");
    }
    let mut kind = String::new();
    if let Ok(part) = zip.by_name("mimetype") {
        part.take(100).read_to_string(&mut kind).ok()?;
    }
    let text = kind.contains("opendocument.text");
    (!text && zip.by_name("content.xml").is_ok()).then_some("ods")
}

/// Reads every sheet.
pub fn read(
    bytes: &[u8],
    format: &'static str,
    name: &str,
    limits: &Limits,
) -> Result<(Vec<Sheet>, Vec<Problem>), Error> {
    unpack_within(bytes, format, name, limits)?;
    let broken = |why: String| Error::Broken { name: name.to_owned(), format, why };
    let mut ranges = Vec::new();
    if format == "xlsx" {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).map_err(|e| broken(e.to_string()))?;
            let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
            ranges.push((sheet, range, merged));
        }
    } else {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
        ranges
            .extend(book.worksheets().into_iter().map(|(sheet, range)| (sheet, range, Vec::new())));
    }
    let (mut sheets, mut problems, mut cells) = (Vec::new(), Vec::new(), 0);
    for (sheet, range, merged) in ranges {
        let (height, width) = range.get_size();
        cells += height as u64 * width as u64;
        if cells > limits.cells {
            return Err(Error::TooManyCells { name: name.to_owned(), limit: limits.cells });
        }
        if range.is_empty() {
            problems.push(Problem::new("sheet-empty", format!("sheet {sheet}"), ""));
        }
        sheets.push(rows(sheet, &range, &merged, &mut problems));
    }
    Ok((sheets, problems))
}

/// Unpacks every part into nothing, counting: what a container says of its own sizes is not
/// believed.
fn unpack_within(
    bytes: &[u8],
    format: &'static str,
    name: &str,
    limits: &Limits,
) -> Result<(), Error> {
    let broken = |why: String| Error::Broken { name: name.to_owned(), format, why };
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let mut left = limits.unpacked;
    for nth in 0..zip.len() {
        let part = zip.by_index(nth).map_err(|e| broken(e.to_string()))?;
        let part_name = part.name().map_or_else(|_| nth.to_string(), |name| name.into_owned());
        let took = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|e| broken(e.to_string()))?;
        if took > left {
            return Err(Error::Bomb {
                name: name.to_owned(),
                part: part_name,
                limit: limits.unpacked,
            });
        }
        left -= took;
    }
    Ok(())
}

/// The rows of a sheet; a merged cell's text stands in each of its columns in its first row.
fn rows(
    name: String,
    range: &Range<Data>,
    merged: &[Dimensions],
    problems: &mut Vec<Problem>,
) -> Sheet {
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut rows = Vec::new();
    for (down, found) in range.rows().enumerate() {
        let number = top + down as u32 + 1;
        let mut cells = vec![Cell { text: String::new(), date: None, bytes: None }; left as usize];
        for (across, value) in found.iter().enumerate() {
            if let Data::Error(e) = value {
                let place =
                    format!("sheet {name}, row {number}, column {}", left as usize + across + 1);
                problems.push(Problem::new("cell-error", place, format!("{e:?}")));
            }
            cells.push(cell(value));
        }
        spread(&mut cells, number - 1, merged);
        while cells.last().is_some_and(|cell| cell.text.is_empty()) {
            cells.pop();
        }
        if !cells.is_empty() {
            rows.push(Row { number, cells });
        }
    }
    Sheet { name, rows }
}

fn spread(cells: &mut [Cell], row: u32, merged: &[Dimensions]) {
    for area in merged.iter().filter(|area| area.start.0 == row) {
        let (first, last) = (area.start.1 as usize, area.end.1 as usize);
        let Some(text) = cells.get(first).map(|cell| cell.text.clone()) else { continue };
        for cell in
            cells.iter_mut().take(last + 1).skip(first + 1).filter(|cell| cell.text.is_empty())
        {
            cell.text.clone_from(&text);
        }
    }
}

fn cell(value: &Data) -> Cell {
    let date = match value {
        Data::DateTime(_) | Data::DateTimeIso(_) => date(value),
        _ => None,
    };
    let text = match (date, value) {
        (Some(day), _) => day.to_string(),
        (None, Data::Float(n)) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        (None, Data::Error(_)) => String::new(),
        (None, other) => other.as_string().unwrap_or_default(),
    };
    Cell { text: text.trim().nfc().collect(), date, bytes: None }
}

fn date(value: &Data) -> Option<jiff::civil::Date> {
    let (year, month, day) = match value {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        }
        Data::DateTimeIso(text) => return text.get(..10)?.parse().ok(),
        _ => return None,
    };
    jiff::civil::Date::new(year, month, day).ok()
}
