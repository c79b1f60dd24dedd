//! Rows of a table become mentions of people or framed count claims.

pub mod dates;
mod enumeration;
pub mod fold;
pub mod framed;
pub mod heading;
pub mod layout;
pub mod nation;
mod repeats;
mod roster;
mod status;

use crate::{Context, Reading};
use habeas_document::{Document, Sheet};
use habeas_model::{Claim, Problem};

/// Reads a table: a list of people, or a claims table.
#[must_use]
pub fn read(document: &Document, sheets: &[Sheet], context: &Context) -> Reading {
    let mut reading = Reading::default();
    let asked = context.list.sheet.as_deref();
    if let Some(name) = asked.filter(|name| sheets.iter().all(|sheet| sheet.name != *name)) {
        reading.problems.push(Problem::new("sheet-missing", format!("sheet {name}"), ""));
    }
    for sheet in sheets.iter().filter(|sheet| asked.is_none_or(|name| sheet.name == name)) {
        match framed::heading(sheet) {
            Some(heading) => framed::read(document, sheet, heading, &mut reading),
            None => roster::read(document, sheet, context, &mut reading),
        }
    }
    Claim::identify_all(&mut reading.claims);
    for mention in &mut reading.mentions {
        mention.id = mention.identify(0);
    }
    reading
}

/// A place as people find it: `row 41, column 3`, with the sheet where there are several.
fn place(sheet: &Sheet, row: u32, column: Option<usize>) -> String {
    let column = column.map_or(String::new(), |column| format!(", column {column}"));
    if sheet.name.is_empty() {
        format!("row {row}{column}")
    } else {
        format!("sheet {}, row {row}{column}", sheet.name)
    }
}

/// A whole column.
fn column_place(sheet: &Sheet, column: usize) -> String {
    if sheet.name.is_empty() {
        format!("column {column}")
    } else {
        format!("sheet {}, column {column}", sheet.name)
    }
}
