//! A claims table: each row one framed claim, with its speaker, its measure, its dates and its
//! outlet.

mod speakers;
mod whom;

use super::fold::fold;
use crate::Reading;
use habeas_document::{Document, Row, Sheet};
use habeas_model::{
    Claim, ClaimId, Kind, Modality, Predicate, Problem, Quantity, Role, Scope, Times, When,
    said::claim::{Confidence, Detail},
};
use jiff::civil::{Date, Time};

/// Columns by heading, as this shape of table names them.
struct Columns<'a> {
    headings: Vec<String>,
    row: &'a Row,
}

impl Columns<'_> {
    fn at(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|known| known == heading)
    }

    /// The trimmed text of a column; empty if there is none.
    fn text(&self, heading: &str) -> &str {
        self.at(heading).and_then(|at| self.row.cells.get(at)).map_or("", |cell| cell.text.trim())
    }

    /// The value of a column, or which column cannot be read.
    fn read<T>(
        &self,
        heading: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, &'static str> {
        match self.text(heading) {
            "" => Ok(None),
            text => read(text).map(Some).ok_or(heading),
        }
    }
}

/// Row (position in the sheet) of the headings of a claims table, if the sheet is one.
#[must_use]
pub fn heading(sheet: &Sheet) -> Option<usize> {
    sheet.rows.iter().take(10).position(|row| {
        let headings: Vec<String> = row.cells.iter().map(|cell| fold(&cell.text)).collect();
        ["speaker", "measure", "qty mode"]
            .iter()
            .all(|known| headings.iter().any(|said| said == known))
    })
}

/// Reads the rows below the headings; a row that cannot be read becomes a problem, the others are
/// read still.
pub fn read(document: &Document, sheet: &Sheet, heading: usize, reading: &mut Reading) {
    let headings: Vec<String> =
        sheet.rows[heading].cells.iter().map(|cell| fold(&cell.text)).collect();
    for row in &sheet.rows[heading + 1..] {
        let columns = Columns { headings: headings.clone(), row };
        match claim(document, sheet, &columns) {
            Ok(claim) => reading.claims.push(claim),
            Err(column) => {
                let number = columns.at(column).map_or(0, |at| at + 1);
                let place = super::place(sheet, row.number, Some(number));
                reading.problems.push(Problem::new("row-unread", place, columns.text(column)));
            }
        }
    }
}

fn claim(document: &Document, sheet: &Sheet, columns: &Columns<'_>) -> Result<Claim, &'static str> {
    let measure = columns.read("measure", measure)?.ok_or("measure")?;
    let promise = measure.1 == Modality::Promised;
    let role = columns.read("speaker type", |word| word.parse::<Role>().ok())?;
    let scope = match columns.text("scope") {
        "cumulative" | "cum" => Some(Scope::Cumulative),
        "future" | "" => None,
        word => Some(word.parse().map_err(|_| "scope")?),
    };
    let whom = whom::whom(columns.text("population"));
    let said = |heading| Some(columns.text(heading).to_owned()).filter(|text| !text.is_empty());
    let remarks = said("note").into_iter().chain(whom.remarks).collect::<Vec<_>>().join("; ");
    Ok(Claim {
        id: ClaimId::NONE,
        span: document.cells(sheet, columns.row, 1, columns.row.cells.len().max(1) as u32),
        kind: if promise { Kind::Promise } else { Kind::Count },
        detail: Some(if promise { Detail::Promise } else { Detail::Count }),
        predicate: measure.0,
        quantity: quantity(columns)?,
        population: whom.population,
        person: None,
        part_of: None,
        of_total: whom.of_total,
        speakers: speakers::chain(columns.text("speaker"), role),
        outlet: said("outlet"),
        url: said("url"),
        modality: measure.1,
        scope,
        time: times(columns, scope, promise)?,
        superseded: false,
        by: None,
        note: Some(remarks).filter(|note| !note.is_empty()),
        rules: vec!["claims-table".to_owned()],
        confidence: Confidence::High,
        attribution: None,
    })
}

/// What is measured, and how far the speaker stands behind it.
fn measure(word: &str) -> Option<(Predicate, Modality)> {
    use Modality::{Asserted, Promised, Verified};
    Some(match word {
        "released_verified" => (Predicate::Released, Verified),
        "promise_release" => (Predicate::Released, Promised),
        "newly_reported_cases" => (Predicate::NewlyReported, Asserted),
        "excluded_from_amnesty" => (Predicate::Excluded, Asserted),
        "list_dispute_released" => (Predicate::DisputedReleased, Asserted),
        "list_dispute_common_crime" => (Predicate::DisputedCommonCrime, Asserted),
        word => (word.parse().ok()?, Asserted),
    })
}

/// Invariant 3: as vague as it was said.
fn quantity(columns: &Columns<'_>) -> Result<Option<Quantity>, &'static str> {
    let number = |text: &str| text.parse::<u32>().ok();
    let lower = columns.read("qty lower", number)?;
    let upper = columns.read("qty upper", number)?;
    let low = lower.ok_or("qty lower");
    let high = upper.ok_or("qty upper");
    Ok(Some(match columns.text("qty mode") {
        "" if lower.is_none() && upper.is_none() => return Ok(None),
        "exact" | "approx" if lower.is_some() && upper.is_some() && lower != upper => {
            return Err("qty upper");
        }
        "exact" => Quantity::Exact(low.or(high)?),
        "approx" => Quantity::About(low.or(high)?),
        "at_least" => Quantity::AtLeast(low?),
        // The table keeps the least number that satisfies the words; the words said one less.
        "more_than" => Quantity::MoreThan(low?.checked_sub(1).ok_or("qty lower")?),
        "at_most" => Quantity::AtMost(high?),
        "fewer_than" => Quantity::FewerThan(high?.checked_add(1).ok_or("qty upper")?),
        "range" => Quantity::between(low?, high?).map_err(|_| "qty upper")?,
        "vague" => match columns.text("qty text") {
            "" => return Err("qty text"),
            word => Quantity::vague(word, lower),
        },
        _ => return Err("qty mode"),
    }))
}

fn times(
    columns: &Columns<'_>,
    scope: Option<Scope>,
    promise: bool,
) -> Result<Times, &'static str> {
    let plain = |text: &str| text.parse::<When>().ok().filter(in_living_memory);
    let start = |text: &str| baseline(text).filter(|when| when.iter().all(in_living_memory));
    let said = columns.read("date claimed", plain)?;
    let as_of = columns.read("as of", plain)?;
    let baseline = columns.read("baseline since", start)?.flatten();
    let hour = hour(columns.text("note"));
    let at_hour = |when: Option<When>| match (&when, hour) {
        (Some(day), Some(hour)) if day.single().is_some() => when.map(|day| day.at(hour)),
        _ => when,
    };
    let mut times = Times { said, ..Times::default() };
    match scope {
        _ if promise => times.event = baseline,
        Some(Scope::Stock) => times.as_of = at_hour(as_of),
        Some(Scope::Cumulative) => (times.since, times.as_of) = (baseline, at_hour(as_of)),
        Some(Scope::Event | Scope::Day) | None => {
            times.event = baseline.or_else(|| as_of.clone());
            times.as_of = hour.and(at_hour(as_of));
        }
    }
    Ok(times)
}

/// Years of which a claim can speak, as of which a case can be asked: year 0 and year 9999 are what
/// spreadsheets write for "never".
fn in_living_memory(when: &When) -> bool {
    let days = [when.first(), when.last()];
    days.into_iter().flatten().all(|day| (1900..=2199).contains(&day.year()))
}

/// Inner `None`: the cell says that the baseline was not given. Outer `None`: it cannot be read.
fn baseline(text: &str) -> Option<Option<When>> {
    if text == "unspecified" {
        return Some(None);
    }
    if let Some(date) = text.strip_prefix("due ") {
        let last = date.parse::<When>().ok()?.last();
        return When::between(None, last).ok().map(Some);
    }
    if let Some(date) = text.strip_prefix("before ") {
        let last: Date = date.parse::<When>().ok()?.first()?.yesterday().ok()?;
        return Some(Some(When::between(None, Some(last)).ok()?.said(text)));
    }
    text.parse().ok().map(Some)
}

/// The hour that a remark begins with: `19:00`, `6:10 pm`, `by 14:00`, `8 p.m.; reported ..`.
fn hour(note: &str) -> Option<Time> {
    let words = note.strip_prefix("by ").unwrap_or(note).to_lowercase().replace('.', "");
    let mut parts = words.split([' ', ';', ',']);
    let clock = parts.next()?;
    let half = parts.next().filter(|half| ["am", "pm"].contains(half));
    let (hours, minutes) = match clock.split_once(':') {
        Some((hours, minutes)) => (hours.parse::<i8>().ok()?, minutes.parse::<i8>().ok()?),
        None => (clock.parse::<i8>().ok().filter(|_| half.is_some())?, 0),
    };
    let hours = match half {
        Some("pm") if hours < 12 => hours + 12,
        Some("am") if hours == 12 => 0,
        _ => hours,
    };
    Time::new(hours, minutes, 0, 0).ok()
}

#[cfg(test)]
mod tests;
