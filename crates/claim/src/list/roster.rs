//! A list of people: each row one mention, and the list itself one claim.

use super::{
    dates::{self, Order, Written, written},
    fold::{fold, is_blank, yes},
    heading::Field,
    layout::{Layout, layout, names},
    nation::nations,
    place, repeats, status,
};
use crate::{Context, Reading};
use habeas_document::{Cell, Document, Row, Sheet};
use habeas_model::{
    Disclosure, Happening, Mention, MentionId, Modality, Name, Predicate, Problem, Speaker,
    SpeakerChain, When,
};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// What all rows of a list share.
struct List<'a> {
    document: &'a Document,
    sheet: &'a Sheet,
    context: &'a Context,
    layout: Layout,
    orders: BTreeMap<usize, Order>,
    published: Option<Date>,
}

/// Reads a list of people.
pub fn read(document: &Document, sheet: &Sheet, context: &Context, reading: &mut Reading) {
    let Some(layout) = layout(sheet, &context.list, &mut reading.problems) else { return };
    let published = context.published.or_else(|| document.published.as_ref()?.when.single());
    let mut list = List { document, sheet, context, layout, orders: BTreeMap::new(), published };
    list.orders(&mut reading.problems);
    let start = reading.mentions.len();
    if names(&list.layout) {
        for row in &sheet.rows[list.layout.first..] {
            let mention = list.mention(row, &mut reading.problems);
            reading.mentions.extend(mention);
        }
    } else {
        reading.problems.push(Problem::new(
            "column-name-missing",
            place(sheet, sheet.rows[0].number, None),
            "",
        ));
    }
    repeats::check(sheet, &reading.mentions[start..], &mut reading.problems);
    let heading = &sheet.rows[list.layout.heading];
    super::enumeration::push(document, sheet, heading, context, start, reading);
}

/// Who made the list.
pub(super) fn speakers(context: &Context) -> SpeakerChain {
    SpeakerChain(context.list.by.iter().map(Speaker::named).collect())
}

impl List<'_> {
    fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<(usize, &'r Cell)> {
        let at = self.layout.at(field)?;
        Some((at, row.cells.get(at).filter(|cell| !is_blank(&cell.text))?))
    }

    fn text<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        self.cell(row, field).map(|(_, cell)| cell.text.trim())
    }

    /// Day or month first, for each column of dates; a guess is told of once a column.
    fn orders(&mut self, problems: &mut Vec<Problem>) {
        let rows = &self.sheet.rows[self.layout.first..];
        for field in [Field::Born, Field::Arrested, Field::Released, Field::AsOf] {
            let Some(at) = self.layout.at(field) else { continue };
            let cells = || rows.iter().filter_map(|row| row.cells.get(at));
            let shown = dates::order(cells());
            let set = dates::order_named(self.context.list.dates.as_deref());
            self.orders.insert(at, shown.or(set).unwrap_or(Order::DayFirst));
            let open = cells().filter(|cell| matches!(written(cell), Written::Either(..))).count();
            if open > 0 && shown.is_none() && set.is_none() {
                problems.push(Problem::new(
                    "date-ambiguous",
                    super::column_place(self.sheet, at + 1),
                    open.to_string(),
                ));
            }
        }
    }

    /// The date of a field; what cannot be a date is told of and stays in `rest`.
    fn date(&self, row: &Row, field: Field, wrong: &mut Wrong<'_>) -> Option<When> {
        let (at, cell) = self.cell(row, field)?;
        let code = match written(cell) {
            Written::Blank => return None,
            Written::Sure(when) if self.is_odd(&when) => "date-year-odd",
            Written::Sure(when) => return Some(when),
            Written::Either(first, second) => {
                let day = if self.orders[&at] == Order::DayFirst { first } else { second };
                let when = When::day(day);
                if !self.is_odd(&when) {
                    return Some(if first == second { when } else { when.said(&cell.text) });
                }
                "date-year-odd"
            }
            Written::Impossible => "date-impossible",
            Written::Unread => "date-unread",
        };
        // Words in a column of dates may be anything, a name even (invariant 12).
        let value = if code == "date-unread" { "" } else { cell.text.as_str() };
        wrong.problems.push(Problem::new(code, place(self.sheet, row.number, Some(at + 1)), value));
        wrong.kept.push(at);
        None
    }

    /// Before 1900, or more than a year after the list was published.
    fn is_odd(&self, when: &When) -> bool {
        let limit = self.published.and_then(|day| day.checked_add(1.year()).ok());
        let day = when.first();
        day.is_some_and(|day| day.year() < 1900 || limit.is_some_and(|limit| day > limit))
    }

    fn mention(&self, row: &Row, problems: &mut Vec<Problem>) -> Option<Mention> {
        let last = row.cells.len().max(1) as u32;
        let Some(named) = self.named(row) else {
            problems.push(Problem::new("row-no-name", place(self.sheet, row.number, None), ""));
            return None;
        };
        let mut wrong = Wrong { problems, kept: Vec::new() };
        let born = self.date(row, Field::Born, &mut wrong);
        let happened = self.happened(row, &mut wrong);
        let age = self.age(row, &mut wrong);
        let nat = self.text(row, Field::Nationality).map(nations).unwrap_or_default();
        let gender = self.text(row, Field::Gender).and_then(status::gender);
        let cat = [Field::Category, Field::Occupation]
            .into_iter()
            .find_map(|field| status::category(self.text(row, field)?));
        let read = [
            (Field::Nationality, !nat.is_empty()),
            (Field::Gender, gender.is_some()),
            (Field::Category, cat.is_some()),
        ];
        self.tell_unread(row, &read, &mut wrong);
        let number = self.text(row, Field::Number).map(Name::new);
        let disclosure = self.disclosure(row, age, born.as_ref());
        let rest = self.rest(row, &wrong.kept, problems);
        Some(Mention {
            id: MentionId::NONE,
            span: self.document.cells(self.sheet, row, 1, last),
            claim: None,
            name: named.whole,
            given: named.given,
            surnames: named.surnames,
            number,
            born,
            age,
            gender,
            nat,
            cat,
            happened,
            speakers: speakers(self.context),
            outlet: self.context.outlet.clone(),
            modality: Modality::Asserted,
            disclosure,
            rest,
        })
    }

    /// Cells that were to say one thing and cannot be read stay word for word in `rest`.
    fn tell_unread(&self, row: &Row, read: &[(Field, bool)], wrong: &mut Wrong<'_>) {
        for (field, _) in read.iter().filter(|(_, read)| !read) {
            let Some((at, _)) = self.cell(row, *field) else { continue };
            wrong.kept.push(at);
            if *field == Field::Nationality {
                let place = place(self.sheet, row.number, Some(at + 1));
                wrong.problems.push(Problem::new("nationality-unread", place, ""));
            }
        }
    }

    /// The name as written, given names first where columns or a comma tell them apart.
    fn named(&self, row: &Row) -> Option<Named> {
        let joined = |fields: &[Field]| {
            let columns = fields.iter().flat_map(|field| self.layout.all(*field));
            let cells =
                columns.filter_map(|at| row.cells.get(at)).filter(|cell| !is_blank(&cell.text));
            let words = cells.map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ");
            Some(words).filter(|words| words.chars().any(char::is_alphabetic))
        };
        let surnames = joined(&[Field::Surnames, Field::FirstSurname, Field::SecondSurname]);
        let (surnames, given) = match (surnames, joined(&[Field::Given]), joined(&[Field::Name])) {
            (None, None, None) => return None,
            (None, None, Some(name)) => match name.split_once(',') {
                Some((surnames, given)) if !given.trim().is_empty() => {
                    (Some(surnames.trim().to_owned()), Some(given.trim().to_owned()))
                }
                _ => return Some(Named { whole: Name::new(name), given: None, surnames: None }),
            },
            (surnames, given, _) => (surnames, given),
        };
        let whole = [given.as_deref(), surnames.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        Some(Named {
            whole: Name::new(whole),
            given: given.map(Name::new),
            surnames: surnames.map(Name::new),
        })
    }

    fn age(&self, row: &Row, wrong: &mut Wrong<'_>) -> Option<u8> {
        let (at, cell) = self.cell(row, Field::Age)?;
        let number = fold(&cell.text).split(' ').next().and_then(|word| word.parse::<u8>().ok());
        let age = number.filter(|age| *age <= 120);
        if age.is_none() {
            wrong.problems.push(Problem::new(
                "age-unread",
                place(self.sheet, row.number, Some(at + 1)),
                "",
            ));
            wrong.kept.push(at);
        }
        age
    }

    /// Arrested, released, then the state that the row or the list gives.
    fn happened(&self, row: &Row, wrong: &mut Wrong<'_>) -> Vec<Happening> {
        let settings = &self.context.list;
        let place_of = [Field::Place, Field::State]
            .into_iter()
            .find_map(|field| self.text(row, field))
            .map(str::to_owned);
        let as_of = self.date(row, Field::AsOf, wrong).or_else(|| settings.as_of.clone());
        let mut happened = Vec::new();
        let bare = |predicate, when| Happening { predicate, when, place: None, mode: None };
        if let Some(when) = self.date(row, Field::Arrested, wrong) {
            happened.push(Happening {
                place: place_of.clone(),
                ..bare(Predicate::Arrested, Some(when))
            });
        }
        let said = self.text(row, Field::Status);
        let mode =
            self.text(row, Field::Mode).and_then(status::mode).or_else(|| status::mode(said?));
        let released = self.date(row, Field::Released, wrong);
        if let Some(when) = &released {
            happened.push(Happening { mode, ..bare(Predicate::Released, Some(when.clone())) });
        }
        let read = said.and_then(status::status);
        if said.is_some() && read.is_none() {
            let at = self.layout.at(Field::Status).unwrap_or_default();
            wrong.problems.push(Problem::new(
                "status-unread",
                place(self.sheet, row.number, Some(at + 1)),
                "",
            ));
            wrong.kept.push(at);
        }
        let state = match said {
            Some(_) => read,
            None => settings.says.filter(|_| released.is_none()),
        };
        match state {
            Some(Predicate::Released) if released.is_some() => {}
            Some(Predicate::Arrested)
                if happened.iter().any(|known| known.predicate == Predicate::Arrested) => {}
            Some(state) if state.is_state() => {
                happened.push(Happening { place: place_of, ..bare(state, as_of) });
            }
            Some(event) => {
                // On the list by its day: it happened on that day or before, no later.
                let by = as_of.and_then(|day| When::between(None, day.last()).ok());
                happened.push(Happening { mode, ..bare(event, by) });
            }
            None => {}
        }
        happened
    }

    /// Invariant 10: minors, and people who must not be published, are counted and not named.
    fn disclosure(&self, row: &Row, age: Option<u8>, born: Option<&When>) -> Disclosure {
        let asked = self.context.list.disclosure.unwrap_or(self.context.disclosure);
        let minor = age.is_some_and(|age| age < 18)
            || self.text(row, Field::Minor).is_some_and(|text| yes(text) != Some(false))
            || born.and_then(When::last).is_some_and(|born| self.is_child(born));
        let column = self.layout.at(Field::Disclosure).map(|at| {
            let heading = fold(&self.layout.columns[at].0);
            let denies = heading.starts_with("no ")
                || heading.contains(" not ")
                || heading.contains("confiden");
            may_be_named(row.cells.get(at).map_or("", |cell| &cell.text), denies)
        });
        let minor = if minor { Disclosure::Counted } else { Disclosure::Public };
        asked.min(minor).min(column.unwrap_or(Disclosure::Public))
    }

    /// Under eighteen on the day that the list stands for.
    fn is_child(&self, born: Date) -> bool {
        let day = self.context.list.as_of.as_ref().and_then(When::last).or(self.published);
        let of_age = born.checked_add(18.years()).ok();
        day.zip(of_age).is_some_and(|(day, of_age)| day < of_age)
    }

    /// Everything else that the row gives, heading and value, word for word.
    fn rest(&self, row: &Row, kept: &[usize], problems: &mut Vec<Problem>) -> Vec<(String, Name)> {
        use Field::{Mode, Notes, Occupation, Offence, Rest, State};
        let spare = |at: usize, field: Option<Field>| match field {
            None | Some(Notes | Occupation | Offence | Rest | State | Mode) => true,
            Some(Field::Status) => true,
            Some(_) => kept.contains(&at),
        };
        let mut rest = Vec::new();
        for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            let Some((heading, field)) = self.layout.columns.get(at) else { continue };
            if spare(at, *field) {
                let unnamed = || format!("column {}", at + 1);
                let heading = if heading.is_empty() { unnamed() } else { heading.clone() };
                rest.push((heading, Name::new(cell.text.as_str())));
            }
            let stray =
                self.layout.heading < self.layout.first && heading.is_empty() && field.is_none();
            let place = place(self.sheet, row.number, None);
            let told = |known: &Problem| known.code == "row-ragged" && known.place == place;
            if stray && !self.document.problems.iter().chain(problems.iter()).any(told) {
                problems.push(Problem::new("row-ragged", place, row.cells.len().to_string()));
            }
        }
        rest
    }
}

/// What a cell about publication allows; silence allows nothing (invariant 10).
fn may_be_named(text: &str, denies: bool) -> Disclosure {
    if let Ok(word) = fold(text).parse::<Disclosure>() {
        return word;
    }
    match (yes(text), denies) {
        (Some(true), false) | (Some(false), true) => Disclosure::Public,
        (None, true) if is_blank(text) => Disclosure::Public,
        _ => Disclosure::Counted,
    }
}

/// A name and its parts.
struct Named {
    whole: Name,
    given: Option<Name>,
    surnames: Option<Name>,
}

/// What is wrong in a row, and which of its cells stay in `rest` for it.
struct Wrong<'a> {
    problems: &'a mut Vec<Problem>,
    kept: Vec<usize>,
}

#[cfg(test)]
mod tests;
