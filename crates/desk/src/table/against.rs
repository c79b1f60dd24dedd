//! What the rows of a new list are to what is known, as a table.

use super::write::csv;
use crate::Error;
use habeas_person::{
    link::{Arrival, Diff, News, arrival::Difference},
    table::{LinkSettings, Table},
};
use std::path::Path;

/// What is written of each row, and of each known person who is gone.
const HEADINGS: [&str; 9] =
    ["news", "id", "known", "p", "changed", "held", "others", "bearers", "again"];

/// Writes a line a row, those of whom nobody is known among them, and then those who are gone.
/// `changed` names columns (`+` gained, `-` lost), `others` known persons who may be the row's,
/// `bearers` known rows with its number, `again` another row of the list that is the same person.
pub fn write(
    path: &Path,
    (known, list): (&Table, &Table),
    settings: &LinkSettings,
    diff: &Diff,
) -> Result<(), Error> {
    let of_known = |row: &u32| settings.record(known, *row);
    let all = |rows: &[u32]| rows.iter().map(of_known).collect::<Vec<_>>().join(" ");
    csv(path, |out| {
        out.write_record(HEADINGS)?;
        for one in &diff.arrivals {
            out.write_record([
                one.news.word(),
                &settings.record(list, one.row),
                &one.likest.as_ref().map_or(String::new(), of_known),
                &one.likest.map_or(String::new(), |_| format!("{:.6}", one.p())),
                &changed(one),
                one.held.map_or("", |held| held.word()),
                &all(&one.others),
                &all(&one.bearers),
                &one.again.map_or(String::new(), |row| settings.record(list, row)),
            ])?;
        }
        for person in &diff.gone {
            let known = of_known(person);
            out.write_record([News::Gone.word(), "", &known, "", "", "", "", "", ""])?;
        }
        Ok(())
    })
}

fn changed(one: &Arrival) -> String {
    let told = one.changes.iter().map(|change| match change.how {
        Difference::Other => change.column.clone(),
        Difference::Gained => format!("+{}", change.column),
        Difference::Lost => format!("-{}", change.column),
    });
    told.collect::<Vec<_>>().join(" ")
}
