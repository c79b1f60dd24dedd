//! Decisions about rows of tables, as JSON Lines: read, and appended to.
//!
//! A line of ours is `{"left": ID, "right": ID, "verdict": "same" | "not_same" | "unsure"}`, with
//! `left_list` and `right_list` (from 1) where lists repeat ids, and `by`, `at`, `why`. Read too:
//! lines of nomenklatura's resolver, `[ID, ID, "positive" | "negative" | "unsure", score, user,
//! time]`, and edges or clerical labels of Splink, as JSON Lines or CSV. A score of a program says
//! "same" from 0.95 on, and nothing below: nobody looked.

use crate::Error;
use habeas_model::Verdict;
use habeas_person::{
    link::{
        Decided, Said,
        decided::{Place, settle},
    },
    table::{LinkSettings, Table},
};
use serde_json::{Map, Value};
use std::{collections::HashMap, fs::OpenOptions, io::Write as _, path::Path};

/// From this probability on an edge of another program says "same".
const SURE: f64 = 0.95;

/// What a file said.
#[derive(Default)]
pub struct Decisions {
    /// About rows.
    pub decided: Decided,
    /// Lines about ids that no row has, or that several rows have.
    pub nowhere: usize,
}

/// Reads a file of decisions about the rows of a table.
pub fn read(path: &Path, table: &Table, settings: &LinkSettings) -> Result<Decisions, Error> {
    let text = std::fs::read_to_string(path).map_err(|why| Error::reading(path, why))?;
    let wrong = |line: usize| Error::Decision { path: path.to_owned(), line };
    let lines: Vec<Value> = if path.extension().is_some_and(|ending| ending == "csv") {
        separated(&text, path)?
    } else {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(nth, line)| serde_json::from_str(line).map_err(|_| wrong(nth + 1)))
            .collect::<Result<_, _>>()?
    };
    let mut said = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        match line {
            Value::Array(cells) => said.extend(resolved(cells).ok_or_else(|| wrong(nth + 1))?),
            Value::Object(cells) if cells.contains_key("verdict") => {
                said.push(own(cells).ok_or_else(|| wrong(nth + 1))?);
            }
            Value::Object(cells) => {
                said.extend(edge(cells, settings).ok_or_else(|| wrong(nth + 1))?);
            }
            _ => return Err(wrong(nth + 1)),
        }
    }
    let ids = Ids::of(table, settings);
    let (decided, nowhere) = settle(&said, |id, list| ids.place(id, list));
    Ok(Decisions { decided, nowhere })
}

/// A CSV file as one object a row.
fn separated(text: &str, path: &Path) -> Result<Vec<Value>, Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Result<Vec<Map<String, Value>>, csv::Error> = reader.deserialize().collect();
    let broken = |e: csv::Error| Error::reading(path, std::io::Error::other(e.to_string()));
    Ok(rows.map_err(broken)?.into_iter().map(Value::Object).collect())
}

/// An id, written as text or as a number.
fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn own(cells: &Map<String, Value>) -> Option<Said> {
    let verdict: Verdict = cells.get("verdict")?.as_str()?.replace('-', "_").parse().ok()?;
    let side = |key: &str| {
        let list = match cells.get(&format!("{key}_list")) {
            None | Some(Value::Null) => None,
            Some(list) => Some(u16::try_from(list.as_u64().filter(|&list| list > 0)?).ok()?),
        };
        Some((id(cells.get(key)?)?, list))
    };
    Some(Said { left: side("left")?, right: side("right")?, verdict, scored: false })
}

/// A line of a resolver; nothing where nobody has judged.
fn resolved(cells: &[Value]) -> Option<Option<Said>> {
    let (target, source) = (id(cells.first()?)?, id(cells.get(1)?)?);
    let verdict = match cells.get(2)?.as_str()? {
        "positive" => Verdict::Same,
        "negative" => Verdict::NotSame,
        "unsure" => Verdict::Unsure,
        "no_judgement" => return Some(None),
        _ => return None,
    };
    Some(Some(Said { left: (target, None), right: (source, None), verdict, scored: false }))
}

/// An edge or a clerical label; nothing where the score is not sure.
fn edge(cells: &Map<String, Value>, settings: &LinkSettings) -> Option<Option<Said>> {
    let names = ["unique_id", settings.id.as_deref().unwrap_or("id"), "id"];
    let side = |end: &str| names.iter().find_map(|name| id(cells.get(&format!("{name}_{end}"))?));
    let score = |key: &str| match cells.get(key)? {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    };
    let (left, right) = ((side("l")?, None), (side("r")?, None));
    if let Some(clerical) = score("clerical_match_score") {
        let verdict = if clerical >= 0.5 { Verdict::Same } else { Verdict::NotSame };
        return Some(Some(Said { left, right, verdict, scored: false }));
    }
    let sure = score("match_probability")? >= SURE;
    Some(sure.then_some(Said { left, right, verdict: Verdict::Same, scored: true }))
}

/// Rows by id.
struct Ids<'a> {
    /// None where an id stands on several rows.
    rows: HashMap<(&'a str, u16), Option<u32>>,
    lists: u16,
    /// Without a column of ids rows are numbered from 1, to this.
    numbered: Option<u32>,
}

impl<'a> Ids<'a> {
    fn of(table: &'a Table, settings: &LinkSettings) -> Ids<'a> {
        let column = settings.id.as_ref().and_then(|id| table.column(id));
        let count = table.rows() as u32;
        let mut rows = HashMap::new();
        if let Some(at) = column {
            for row in 0..count {
                let key = (table.columns[at].get(row as usize), table.list(row));
                rows.entry(key).and_modify(|kept| *kept = None).or_insert(Some(row));
            }
        }
        let lists = table.lists.len().max(1) as u16;
        Ids { rows, lists, numbered: column.is_none().then_some(count) }
    }

    fn place(&self, id: &str, list: Option<u16>) -> Place {
        if let Some(count) = self.numbered {
            let row = id.parse::<u32>().ok().and_then(|row| row.checked_sub(1));
            return row.filter(|&row| row < count).map_or(Place::Nowhere, Place::Row);
        }
        let lists = list.map_or(0..self.lists, |list| list - 1..list);
        let mut found = lists.filter_map(|list| self.rows.get(&(id, list)).copied());
        match (found.next(), found.next()) {
            (None, _) => Place::Nowhere,
            (Some(Some(row)), None) => Place::Row(row),
            _ => Place::Several,
        }
    }
}

/// What somebody decides now.
pub struct Decision<'a> {
    /// Record ids.
    pub pair: [&'a str; 2],
    /// What about them.
    pub verdict: Verdict,
    /// Who.
    pub by: &'a str,
    /// Why.
    pub why: &'a str,
}

/// Appends a decision to a file, which is made if it is not there.
pub fn append(
    path: &Path,
    table: &Table,
    settings: &LinkSettings,
    decision: &Decision<'_>,
) -> Result<(), Error> {
    let ids = Ids::of(table, settings);
    for id in decision.pair {
        if !matches!(ids.place(id, None), Place::Row(_)) {
            return Err(Error::NoRow(id.to_owned()));
        }
    }
    let [left, right] = decision.pair;
    let line = serde_json::json!({
        "left": left, "right": right, "verdict": decision.verdict.word(), "by": decision.by,
        "at": jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "why": decision.why,
    });
    let writing = |why| Error::writing(path, why);
    let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(writing)?;
    // A line that was cut off before stays alone: the new one does not grow out of it.
    let cut = std::fs::read(path).map_err(writing)?.last().is_some_and(|&last| last != b'\n');
    let line = format!("{}{line}\n", if cut { "\n" } else { "" });
    file.write_all(line.as_bytes()).and_then(|()| file.sync_data()).map_err(writing)
}
