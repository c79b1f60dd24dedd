//! The tables of a publication, for programs and spreadsheets: the same cells in every format, in
//! the words of the model, one language for all.

use super::{Publication, Told, figures};
use crate::{Lang, Reader, phrase, redact};
use habeas_count::Line;
use habeas_model::{Standing, When};
use serde_json::{Map, Value};

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to tell, or nothing that may be told.
    Nothing,
    /// A whole number.
    Number(i64),
    /// Words; they are never a formula.
    Words(String),
}

impl From<Option<u32>> for Cell {
    fn from(n: Option<u32>) -> Cell {
        n.map_or(Cell::Nothing, |n| Cell::Number(n.into()))
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        if words.is_empty() { Cell::Nothing } else { Cell::Words(words) }
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Cell::from(words.to_owned())
    }
}

impl Cell {
    /// As it stands in a table of text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Number(n) => n.to_string(),
            Cell::Words(words) => words.clone(),
        }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, that of its file.
    pub name: &'static str,
    /// What stands over each column, and whether it has numbers.
    pub columns: Vec<(String, bool)>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// One JSON object a row; what is not told is `null`.
    #[must_use]
    pub fn json(&self) -> Value {
        let cell = |cell: &Cell| match cell {
            Cell::Nothing => Value::Null,
            Cell::Number(n) => (*n).into(),
            Cell::Words(words) => words.clone().into(),
        };
        let object = |row: &Vec<Cell>| -> Value {
            let cells = self.columns.iter().zip(row).map(|((key, _), it)| (key.clone(), cell(it)));
            Value::Object(cells.collect::<Map<_, _>>())
        };
        self.rows.iter().map(object).collect()
    }
}

fn sheet(name: &'static str, columns: &[(&str, bool)], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = columns.iter().map(|(key, number)| ((*key).to_owned(), *number)).collect();
    Sheet { name, columns, rows }
}

/// All tables, in the words of the model.
#[must_use]
pub fn sheets(of: &Publication) -> Vec<Sheet> {
    vec![about(of), lines(of), register(of), persons(of), findings(of), promises(of)]
}

/// All tables as one value: what a publication says to programs.
#[must_use]
pub fn json(of: &Publication) -> Value {
    let all = sheets(of).into_iter().map(|sheet| (sheet.name.to_owned(), sheet.json()));
    Value::Object(all.collect::<Map<_, _>>())
}

fn about(of: &Publication) -> Sheet {
    let rule = &of.board.rule.name;
    let pairs: [(&str, Cell); 9] = [
        ("title", of.title.as_str().into()),
        ("day", of.day.to_string().into()),
        ("rule", rule.as_str().into()),
        ("position", Cell::Number(i64::try_from(of.board.position).unwrap_or(i64::MAX))),
        ("least_told", Cell::Number(of.least.into())),
        ("named", Cell::Number(i64::try_from(of.named.len()).unwrap_or(i64::MAX))),
        ("withheld", of.persons.withheld.into()),
        ("lines_nobody_reviewed", Cell::Number(of.left_out.unreviewed.into())),
        ("lines_not_public", Cell::Number((of.left_out.closed + of.left_out.naming).into())),
    ];
    let rows = pairs.into_iter().map(|(key, cell)| vec![key.into(), cell.text().into()]);
    sheet("about", &[("what", false), ("value", false)], rows.collect())
}

fn lines(of: &Publication) -> Sheet {
    let columns = [
        ("line", false),
        ("day", false),
        ("metric", false),
        ("unit", false),
        ("population", false),
        ("scope", false),
        ("from", false),
        ("to", false),
        ("as_of", false),
        ("quantity", false),
        ("lower", true),
        ("upper", true),
        ("quantity_words", false),
        ("body", false),
        ("modality", false),
        ("superseded", false),
        ("named", true),
        ("withheld", true),
        ("gap", false),
        ("gap_by", true),
        ("not_comparable", false),
        ("outlets", false),
        ("urls", false),
    ];
    sheet("lines", &columns, of.board.lines.iter().map(line).collect())
}

fn line(line: &Line) -> Vec<Cell> {
    let reader = Reader::public(Lang::En);
    let when = |when: &Option<When>| Cell::from(when.as_ref().map_or("".into(), When::to_string));
    let said = line.quantity.as_ref();
    let (lower, upper) = said.map_or((None, None), |said| said.bounds());
    let (gap, by) = match line.gap {
        None => ("", None),
        Some(Standing::Open) => ("open", None),
        Some(Standing::Supported) => ("supported", None),
        Some(Standing::ShortBy(n)) => ("short_by", Some(n)),
        Some(Standing::ContradictedBy(n)) => ("contradicted_by", Some(n)),
    };
    let told = line.named.as_ref();
    let withheld = told.filter(|named| !named.more).map(|named| named.withheld);
    let parts: Vec<String> = line.incomparable.iter().map(ToString::to_string).collect();
    let outlets: Vec<&str> =
        line.sources.iter().filter_map(|source| source.outlet.as_deref()).collect();
    let urls: Vec<&str> = line.sources.iter().filter_map(|source| source.url.as_deref()).collect();
    let body = redact::body(&line.body, crate::json::speakers(&line.speaker_chain), &reader);
    vec![
        line.id.to_string().into(),
        line.day.map_or(String::new(), |day| day.to_string()).into(),
        phrase::metric(line.metric, line.unit, Lang::En).into(),
        line.unit.to_string().into(),
        phrase::population(&line.population, Lang::En).into(),
        line.scope.map_or(String::new(), |scope| scope.to_string()).into(),
        when(&line.window.from),
        when(&line.window.to),
        when(&line.as_of),
        said.map_or("", |said| said.mode()).into(),
        lower.into(),
        upper.into(),
        said.map_or(String::new(), |said| phrase::quantity(said, Lang::En)).into(),
        body.into(),
        line.modality.to_string().into(),
        line.superseded.to_string().into(),
        told.map(|named| named.count - named.withheld).into(),
        withheld.into(),
        gap.into(),
        by.into(),
        parts.join(" ").into(),
        outlets.join(" | ").into(),
        urls.join(" | ").into(),
    ]
}

fn register(of: &Publication) -> Sheet {
    let columns =
        [("figure", false), ("named", true), ("withheld", true), ("all", true), ("told", false)];
    let row = |(name, told): (String, Told)| {
        let how = if told.withheld.is_some() { "whole" } else { "floor" };
        let (named, all) = (Cell::Number(told.named.into()), told.all().into());
        vec![name.into(), named, told.withheld.into(), all, how.into()]
    };
    sheet("register", &columns, figures(of).into_iter().map(row).collect())
}

fn persons(of: &Publication) -> Sheet {
    let columns = [("person", false), ("name", false), ("custody", false), ("origins", true)];
    let row = |one: &super::Named| {
        let origins = Cell::Number(one.origins.into());
        let name = one.name.reveal(); // Named by `Publication::of`, which asks `redact`.
        vec![one.id.to_string().into(), name.into(), one.custody.to_string().into(), origins]
    };
    sheet("persons", &columns, of.named.iter().map(row).collect())
}

fn findings(of: &Publication) -> Sheet {
    let columns = [
        ("day", false),
        ("body", false),
        ("finding", false),
        ("arithmetic", false),
        ("holds", false),
        ("severity", false),
    ];
    let row = |one: &habeas_count::Finding| {
        vec![
            one.day.map_or(String::new(), |day| day.to_string()).into(),
            one.body.as_str().into(),
            one.kind.to_string().into(),
            one.arithmetic.as_str().into(),
            one.holds.to_string().into(),
            one.severity.to_string().into(),
        ]
    };
    sheet("findings", &columns, of.audit.iter().map(row).collect())
}

fn promises(of: &Publication) -> Sheet {
    let columns = [
        ("promise", false),
        ("day", false),
        ("body", false),
        ("metric", false),
        ("population", false),
        ("quantity_words", false),
        ("due", false),
        ("standing", false),
    ];
    let row = |one: &habeas_count::PromiseLine| {
        let quantity = one.quantity.as_ref().map(|said| phrase::quantity(said, Lang::En));
        vec![
            one.id.to_string().into(),
            one.day.map_or(String::new(), |day| day.to_string()).into(),
            one.body.as_str().into(),
            one.predicate.to_string().into(),
            phrase::population(&one.population, Lang::En).into(),
            quantity.unwrap_or_default().into(),
            one.due.as_ref().map_or(String::new(), ToString::to_string).into(),
            one.standing.to_string().into(),
        ]
    };
    sheet("promises", &columns, of.promises.iter().map(row).collect())
}

/// The tables of one language, for the bulletin as a workbook: what stands on the page, in its
/// words.
#[must_use]
pub fn bulletin(of: &Publication, lang: Lang) -> Vec<Sheet> {
    let say = |key: &str| crate::word(lang, key);
    let mut all = sheets(of);
    for sheet in &mut all {
        for (heading, _) in &mut sheet.columns {
            let key = format!("sheet-{}", heading.replace('_', "-"));
            if crate::known(&key) {
                *heading = say(&key);
            }
        }
    }
    for (sheet, title) in all.iter_mut().zip(TITLES) {
        sheet.name = title[lang as usize];
    }
    all
}

/// The names of the sheets of a workbook: they may have 31 letters.
const TITLES: [[&str; 2]; 6] = [
    ["About", "Sobre esto"],
    ["Claimed against named", "Lo dicho y lo nombrado"],
    ["Register", "Registro"],
    ["People named", "Personas nombradas"],
    ["Sums", "Sumas"],
    ["Promises", "Promesas"],
];
