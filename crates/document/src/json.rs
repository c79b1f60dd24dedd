//! JSON and JSON Lines: a text with what is known of it, several of them, or rows of a table.

use crate::{Cell, Error, Row, Sheet, Text};
use habeas_model::Problem;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

/// What a JSON file holds.
#[derive(Debug)]
pub enum Held {
    /// Texts, each with its identifier and what is said of it.
    Texts(Vec<Said>),
    /// A table.
    Table(Sheet),
}

/// A text in JSON.
#[derive(Debug, Default)]
pub struct Said {
    /// `id`.
    pub id: String,
    /// `text`, with the address of the object that holds it.
    pub text: Text,
    /// `published`.
    pub published: Option<String>,
    /// `lang`.
    pub lang: Option<String>,
    /// `outlet`.
    pub outlet: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// `title`.
    pub title: Option<String>,
}

/// Reads a JSON value, or one value a line.
pub fn read(source: &Text, name: &str) -> Result<(Held, Vec<Problem>), Error> {
    let content = source.content.as_str();
    match serde_json::from_str::<Value>(content) {
        Ok(Value::Array(values))
            if values.iter().all(|value| value.get("text").is_some()) && !values.is_empty() =>
        {
            let texts = values
                .iter()
                .enumerate()
                .map(|(nth, value)| said(value, source, 0..content.len(), nth));
            Ok((Held::Texts(texts.collect()), Vec::new()))
        }
        Ok(Value::Array(values)) => Ok((Held::Table(table(&values)), Vec::new())),
        Ok(value @ Value::Object(_)) if value.get("text").is_some() => {
            let mut one = said(&value, source, 0..content.len(), 0);
            one.id.clear();
            Ok((Held::Texts(vec![one]), Vec::new()))
        }
        Ok(Value::Object(fields)) => match fields.into_iter().find(|(_, value)| value.is_array()) {
            Some((_, Value::Array(values))) => Ok((Held::Table(table(&values)), Vec::new())),
            _ => Err(broken(name, "neither a text nor rows".to_owned())),
        },
        Ok(_) => Err(broken(name, "neither a text nor rows".to_owned())),
        Err(e) => lines(source, name)
            .ok_or_else(|| broken(name, format!("line {}, column {}", e.line(), e.column()))),
    }
}

fn broken(name: &str, why: String) -> Error {
    Error::Broken { name: name.to_owned(), format: "json", why }
}

/// JSON Lines: a line that cannot be read is a problem, the others are read. None if no line can
/// be.
fn lines(source: &Text, name: &str) -> Option<(Held, Vec<Problem>)> {
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    let mut at = 0;
    for (nth, line) in source.content.split_inclusive('\n').enumerate() {
        let range = at..at + line.len();
        at = range.end;
        match serde_json::from_str::<Value>(line) {
            _ if line.trim().is_empty() => {}
            Ok(value) if value.is_object() => values.push((value, range)),
            _ => problems.push(Problem::new(
                "json-line-unread",
                format!("{name}, line {}", nth + 1),
                "",
            )),
        }
    }
    if values.is_empty() {
        return None;
    }
    if values.iter().all(|(value, _)| value.get("text").is_some()) {
        let texts = values
            .into_iter()
            .enumerate()
            .map(|(nth, (value, range))| said(&value, source, range, nth));
        return Some((Held::Texts(texts.collect()), problems));
    }
    let values: Vec<Value> = values.into_iter().map(|(value, _)| value).collect();
    Some((Held::Table(table(&values)), problems))
}

/// A text from an object. Escapes keep the words from being found letter by letter: where the raw
/// words stand in the
/// file as they are, they get their own address, else that of the whole object.
fn said(value: &Value, source: &Text, range: std::ops::Range<usize>, nth: usize) -> Said {
    let field = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let words = field("text").unwrap_or_default();
    let mut text = Text::default();
    let object = &source.content[range.clone()];
    match object.find(&words).filter(|_| !words.is_empty()) {
        Some(at) => {
            let start = range.start + at;
            let origin = source.origin(start..start + words.len());
            text.push(&words, origin.start, origin.end);
        }
        None => escaped(&words, source, range, &mut text),
    }
    let id = value.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    Said {
        id: id.unwrap_or_else(|| (nth + 1).to_string()),
        text: text.composed(),
        published: field("published").or_else(|| field("date")),
        lang: field("lang"),
        outlet: field("outlet"),
        url: field("url"),
        title: field("title"),
    }
}

/// Lays the words along the escaped string of the object, letter by letter.
fn escaped(words: &str, source: &Text, range: std::ops::Range<usize>, text: &mut Text) {
    let object = &source.content[range.clone()];
    let key = object.find("\"text\"").map_or(0, |at| at + 6);
    let Some(open) = object[key..].find('"').map(|at| key + at + 1) else {
        let origin = source.origin(range);
        return text.push(words, origin.start, origin.end);
    };
    let mut at = open;
    for letter in words.chars() {
        let rest = &object[at.min(object.len())..];
        let width = match rest.as_bytes() {
            [b'\\', b'u', ..] if letter as u32 > 0xFFFF => 12,
            [b'\\', b'u', ..] => 6,
            [b'\\', ..] => 2,
            _ => rest.chars().next().map_or(0, char::len_utf8),
        };
        let width =
            (0..=width.min(rest.len())).rev().find(|n| rest.is_char_boundary(*n)).unwrap_or(0);
        let origin = source.origin(range.start + at..range.start + at + width);
        text.push(letter.encode_utf8(&mut [0; 4]), origin.start, origin.end);
        at += width;
    }
}

/// Rows of a table from objects: the heading row has every key in the order of its first
/// appearance.
fn table(values: &[Value]) -> Sheet {
    let mut heading: Vec<String> = Vec::new();
    for key in values.iter().filter_map(Value::as_object).flat_map(|fields| fields.keys()) {
        if !heading.contains(key) && heading.len() < 1000 {
            heading.push(key.clone());
        }
    }
    let cell = |text: &str| Cell { text: text.trim().nfc().collect(), date: None, bytes: None };
    let shown = |value: Option<&Value>| match value {
        None | Some(Value::Null) => cell(""),
        Some(Value::String(words)) => cell(words),
        Some(other) => cell(&other.to_string()),
    };
    let top = Row { number: 1, cells: heading.iter().map(|key| cell(key)).collect() };
    let rows = values.iter().enumerate().map(|(nth, value)| Row {
        number: nth as u32 + 2,
        cells: heading.iter().map(|key| shown(value.get(key))).collect(),
    });
    Sheet { name: String::new(), rows: std::iter::once(top).chain(rows).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_document() {
        let source = "{\"id\":\"a\",\"text\":\"Hay 116 \\\"libres\\\" en ma\\u00f1ana\",\"published\":\"2026-01-13\"}\nnot json\n";
        let (Held::Texts(texts), problems) = read(&Text::plain(source), "x.jsonl").unwrap() else {
            panic!()
        };
        assert_eq!((texts.len(), problems.len()), (1, 1));
        let text = &texts[0].text;
        for (words, raw) in [("116", "116"), ("mañana", "ma\\u00f1ana")] {
            let at = text.content.find(words).unwrap();
            let origin = text.origin(at..at + words.len());
            assert_eq!(&source[origin.start as usize..origin.end as usize], raw);
        }
    }

    #[test]
    fn rows_are_a_table() {
        let (Held::Table(sheet), _) =
            read(&Text::plain(r#"[{"name":"A","n":1},{"place":"X"}]"#), "x.json").unwrap()
        else {
            panic!()
        };
        let found: Vec<Vec<&str>> = sheet
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(found, [["name", "n", "place"], ["A", "1", ""], ["", "", "X"]]);
    }

    #[test]
    fn hostile_nesting_is_an_error() {
        assert!(read(&Text::plain(&"[".repeat(100_000)), "x.json").is_err());
    }
}
