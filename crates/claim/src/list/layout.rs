//! Where the headings of a list stand and which field each column holds: by setting, by words, last
//! by values.

use super::{
    dates::{Written, written},
    fold::{fold, is_blank},
    heading::{Field, guess, settle},
    nation::nations,
    place, status,
};
use crate::ListSettings;
use habeas_document::{Row, Sheet};
use habeas_model::Problem;

/// The columns of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Heading and field of each column; `None` where nothing tells.
    pub columns: Vec<(String, Option<Field>)>,
    /// First row of people (position in the sheet).
    pub first: usize,
    /// Row that the headings end in; the first of all where there are none.
    pub heading: usize,
}

impl Layout {
    /// Position of the first column of a field.
    #[must_use]
    pub fn at(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|(_, held)| *held == Some(field))
    }

    /// Positions of all columns of a field.
    pub fn all(&self, field: Field) -> impl Iterator<Item = usize> {
        let held = self.columns.iter().enumerate();
        held.filter(move |(_, (_, held))| *held == Some(field)).map(|(at, _)| at)
    }
}

/// Fields that name a person.
const NAMES: [Field; 5] =
    [Field::Name, Field::Given, Field::Surnames, Field::FirstSurname, Field::SecondSurname];

/// Finds the columns; `None` where the sheet has no rows.
pub fn layout(
    sheet: &Sheet,
    settings: &ListSettings,
    problems: &mut Vec<Problem>,
) -> Option<Layout> {
    let width = sheet.rows.iter().map(|row| row.cells.len()).max()?;
    let found = heading_rows(sheet, settings);
    let (headings, first) = match found {
        Some((top, bottom)) => (joined(&sheet.rows[top..=bottom], width), bottom + 1),
        None => (vec![String::new(); width], 0),
    };
    if found.is_none() {
        problems.push(Problem::new(
            "headings-missing",
            place(sheet, sheet.rows[0].number, None),
            "",
        ));
    }
    let mut fields: Vec<Option<Field>> = headings.iter().map(|heading| guess(heading)).collect();
    let rows = &sheet.rows[first..];
    for (at, field) in fields.iter_mut().enumerate() {
        *field = by_values(*field, rows, at);
    }
    settle(&mut fields);
    twice(sheet, &headings, first, problems);
    by_settings(&headings, &mut fields, settings, sheet, problems);
    if found.is_some() {
        unknown(sheet, &headings, &fields, first, problems);
    }
    Some(Layout {
        columns: headings.into_iter().zip(fields).collect(),
        first,
        heading: first.saturating_sub(1),
    })
}

/// First and last row of the headings: one row, or two where the first is merged or has gaps.
fn heading_rows(sheet: &Sheet, settings: &ListSettings) -> Option<(usize, usize)> {
    if let Some(asked) = settings.heading_row {
        let top = sheet.rows.iter().position(|row| row.number == asked)?;
        return Some((top, top));
    }
    let set = |text: &str| settings.columns.keys().any(|heading| fold(heading) == fold(text));
    let known = |row: &Row| {
        let known = row.cells.iter().filter(|cell| guess(&cell.text).is_some() || set(&cell.text));
        let mut fields: Vec<_> = known.map(|cell| (guess(&cell.text), fold(&cell.text))).collect();
        fields.sort();
        fields.dedup();
        fields.len()
    };
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
    let clean =
        |row: &Row| !row.cells.iter().any(|cell| cell.date.is_some() || digits(&cell.text) > 3);
    let looks = |row: &Row| clean(row) && known(row) >= 2 && known(row) * 2 >= filled(row).min(8);
    let lone = |row: &Row| clean(row) && filled(row) == 1 && known(row) == 1;
    let top = sheet
        .rows
        .iter()
        .take(15)
        .position(looks)
        .or_else(|| sheet.rows.iter().take(1).position(lone))?;
    let merged = sheet.rows[top]
        .cells
        .windows(2)
        .any(|pair| pair[0].text == pair[1].text || pair[1].text.is_empty());
    let second = sheet
        .rows
        .get(top + 1)
        .is_some_and(|row| clean(row) && known(row) >= 2 && known(row) * 2 >= filled(row));
    Some((top, if merged && second { top + 1 } else { top }))
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Headings over all rows that bear them: `Detención` above `Fecha` is `Detención Fecha`.
fn joined(rows: &[Row], width: usize) -> Vec<String> {
    let column = |at: usize| {
        let mut words: Vec<&str> =
            rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| &*cell.text).collect();
        words.retain(|text| !text.is_empty());
        words.dedup();
        words.join(" ")
    };
    (0..width).map(column).collect()
}

/// What the values of a column say, where its heading says nothing or can be read in two ways.
fn by_values(field: Option<Field>, rows: &[Row], at: usize) -> Option<Field> {
    let cells: Vec<_> = rows
        .iter()
        .filter_map(|row| row.cells.get(at))
        .filter(|cell| !is_blank(&cell.text))
        .collect();
    let most = |test: &dyn Fn(&str) -> bool| {
        !cells.is_empty()
            && cells.iter().filter(|cell| test(&cell.text)).count() * 3 >= cells.len() * 2
    };
    let category = |text: &str| status::category(text).is_some();
    let is_status = |text: &str| status::status(text).is_some();
    match field {
        Some(Field::State) if most(&is_status) => Some(Field::Status),
        Some(Field::Status) if most(&category) && !most(&is_status) => Some(Field::Category),
        Some(Field::Gender) if !most(&|text| status::gender(text).is_some()) => Some(Field::Rest),
        Some(Field::Arrested | Field::Released) if most(&is_status) => Some(Field::Status),
        Some(Field::Ignore) if most(&|text| digits(text) >= 6) => Some(Field::Number),
        None if most(&|text| (6..=10).contains(&digits(text)) && identity(text)) => {
            Some(Field::Number)
        }
        None if most(&|text| status::gender(text).is_some()) => Some(Field::Gender),
        None if most(&is_status) => Some(Field::Status),
        None if most(&|text| !nations(text).is_empty()) => Some(Field::Nationality),
        None if cells
            .iter()
            .any(|cell| matches!(written(cell), Written::Sure(_) | Written::Either(..))) =>
        {
            None
        }
        None if most(&full_name) => Some(Field::Name),
        field => field,
    }
}

/// An identity number: digits, and letters or marks only around them; never a date.
fn identity(text: &str) -> bool {
    let marks = text.chars().filter(|letter| !letter.is_ascii_digit()).count();
    marks <= 4
        && !text.contains('/')
        && !text.chars().any(char::is_lowercase)
        && text.matches('-').count() < 2
}

/// Two to six words of letters, each with a capital: what names look like.
fn full_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let little = ["de", "del", "la", "los", "las", "y"];
    let capital = |word: &&str| word.starts_with(char::is_uppercase) || little.contains(word);
    let letters =
        |word: &&str| word.chars().all(|letter| letter.is_alphabetic() || "-.',".contains(letter));
    (2..=6).contains(&words.len()) && words.iter().all(|word| capital(word) && letters(word))
}

/// Two columns named the same.
fn twice(sheet: &Sheet, headings: &[String], first: usize, problems: &mut Vec<Problem>) {
    let number = sheet.rows[first.saturating_sub(1)].number;
    for (at, heading) in headings.iter().enumerate() {
        if !heading.is_empty() && headings[..at].iter().any(|before| fold(before) == fold(heading))
        {
            problems.push(Problem::new(
                "heading-twice",
                place(sheet, number, Some(at + 1)),
                heading.as_str(),
            ));
        }
    }
}

/// case.toml has the last word.
fn by_settings(
    headings: &[String],
    fields: &mut [Option<Field>],
    settings: &ListSettings,
    sheet: &Sheet,
    problems: &mut Vec<Problem>,
) {
    for (heading, word) in &settings.columns {
        let Ok(field) = word.parse::<Field>() else {
            problems.push(Problem::new("column-field-unknown", heading.as_str(), word.as_str()));
            continue;
        };
        let named = headings.iter().position(|known| fold(known) == fold(heading));
        match named.or_else(|| numbered(heading, headings.len())) {
            Some(at) => fields[at] = Some(field),
            None => {
                problems.push(Problem::new("column-missing", sheet.name.as_str(), heading.as_str()))
            }
        }
    }
}

/// The position of a column that is called by its number, from 1: `#3`, for one without a heading
/// of its own.
fn numbered(key: &str, width: usize) -> Option<usize> {
    let number: usize = key.strip_prefix('#')?.parse().ok()?;
    number.checked_sub(1).filter(|at| *at < width)
}

/// What calls each column in case.toml: its heading, or its number where it has none of its own.
#[must_use]
pub fn keys(layout: &Layout) -> Vec<String> {
    let headings: Vec<String> = layout.columns.iter().map(|(heading, _)| fold(heading)).collect();
    let key = |(at, (heading, _)): (usize, &(String, Option<Field>))| {
        let own = !headings[at].is_empty()
            && headings.iter().filter(|other| **other == headings[at]).count() == 1;
        if own { heading.clone() } else { format!("#{}", at + 1) }
    };
    layout.columns.iter().enumerate().map(key).collect()
}

/// Columns that nothing tells: kept word for word, and told of.
fn unknown(
    sheet: &Sheet,
    headings: &[String],
    fields: &[Option<Field>],
    first: usize,
    problems: &mut Vec<Problem>,
) {
    let number = sheet.rows[first - 1].number;
    for (at, (heading, field)) in headings.iter().zip(fields).enumerate() {
        if field.is_none() && !heading.is_empty() {
            problems.push(Problem::new(
                "column-unknown",
                place(sheet, number, Some(at + 1)),
                heading.as_str(),
            ));
        }
    }
}

/// Whether some column can name a person.
#[must_use]
pub fn names(layout: &Layout) -> bool {
    layout.columns.iter().any(|(_, field)| field.is_some_and(|field| NAMES.contains(&field)))
}
