//! A table whose cells know where they stand.

pub(crate) mod separated;
pub(crate) mod sheet;

use jiff::civil::Date;
use std::ops::Range;

/// Where the bytes of a cell are in the archived blob, for formats whose cells have bytes of their
/// own (CSV, TSV).
pub type CellAddress = Option<Range<u64>>;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text, NFC, trimmed; a date as ISO `YYYY-MM-DD`, a whole number without decimals.
    pub text: String,
    /// The date, where the format itself says that it is one (XLSX, ODS).
    pub date: Option<Date>,
    /// Where its bytes are.
    pub bytes: CellAddress,
}

/// A row; short rows are not filled up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its cells, from column 1; merged cells repeat their text.
    pub cells: Vec<Cell>,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for CSV, TSV and JSON.
    pub name: String,
    /// Its rows, blank ones left out.
    pub rows: Vec<Row>,
}
