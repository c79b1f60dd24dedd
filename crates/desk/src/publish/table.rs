//! A table of a publication as CSV, as a workbook and as Parquet. No cell of a workbook is a
//! formula; one of CSV that a spreadsheet could take for one is defused.

use crate::Error;
use habeas_page::publication::sheet::{Cell, Sheet};
use jiff::Timestamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// As CSV (RFC 4180), UTF-8.
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let headings: Vec<&str> = sheet.columns.iter().map(|(key, _)| key.as_str()).collect();
    let rows = sheet.rows.iter().map(|row| row.iter().map(Cell::text).collect());
    crate::ask::export::table(&headings, rows)
}

/// As a workbook, a sheet each.
pub fn workbook(sheets: &[Sheet], at: Timestamp) -> Result<Vec<u8>, Error> {
    made(sheets, at).map_err(|why| Error::Made(why.to_string()))
}

/// Characters that a column is wide at most.
const WIDE: usize = 48;

fn made(sheets: &[Sheet], at: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let when = ExcelDateTime::from_timestamp(at.as_second())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&when));
    let bold = Format::new().set_bold();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name)?;
        page.set_freeze_panes(1, 0)?;
        for (at, (heading, _)) in (0_u16..).zip(&sheet.columns) {
            page.write_string_with_format(0, at, heading, &bold)?;
            let cells = sheet.rows.iter().map(|row| row[at as usize].text().chars().count());
            let wide = cells.chain([heading.chars().count()]).max().unwrap_or(0).min(WIDE);
            page.set_column_width(at, wide as f64 + 2.0)?;
        }
        for (nth, row) in (1_u32..).zip(&sheet.rows) {
            for (at, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Nothing => {}
                    Cell::Number(n) => drop(page.write_number(nth, at, *n as f64)?),
                    Cell::Words(words) => drop(page.write_string(nth, at, words)?),
                }
            }
        }
    }
    book.save_to_buffer()
}

/// As Parquet, numbers as 64-bit integers; what is not told is null.
#[cfg(feature = "parquet")]
pub fn parquet(sheet: &Sheet) -> Result<Vec<u8>, Error> {
    use parquet::{
        data_type::{ByteArray, ByteArrayType, Int64Type},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };
    use std::sync::Arc;
    let field = |(key, number): &(String, bool)| match number {
        true => format!("optional int64 {key};"),
        false => format!("optional binary {key} (utf8);"),
    };
    let fields: Vec<String> = sheet.columns.iter().map(field).collect();
    let write = || -> Result<Vec<u8>, ::parquet::errors::ParquetError> {
        let schema = parse_message_type(&format!("message row {{ {} }}", fields.join(" ")))?;
        let how = WriterProperties::builder().set_created_by("habeas".to_owned()).build();
        let mut out = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut out, Arc::new(schema), Arc::new(how))?;
        let mut group = writer.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            let cells = || sheet.rows.iter().map(|row| &row[at]);
            let there: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Nothing)).collect();
            if sheet.columns[at].1 {
                let numbers = cells().filter_map(|cell| match cell {
                    Cell::Number(n) => Some(*n),
                    _ => None,
                });
                let numbers: Vec<i64> = numbers.collect();
                column.typed::<Int64Type>().write_batch(&numbers, Some(&there), None)?;
            } else {
                let words = cells().filter(|cell| **cell != Cell::Nothing);
                let words: Vec<ByteArray> =
                    words.map(|cell| ByteArray::from(cell.text().as_str())).collect();
                column.typed::<ByteArrayType>().write_batch(&words, Some(&there), None)?;
            }
            column.close()?;
            at += 1;
        }
        group.close()?;
        writer.close()?;
        Ok(out)
    };
    write().map_err(|why| Error::Made(why.to_string()))
}
