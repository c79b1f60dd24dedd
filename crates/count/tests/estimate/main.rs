//! Estimates against reference values that other programs gave on published tables.

#![allow(clippy::unwrap_used)]

mod deterministic;
mod gates;
mod stochastic;
mod tables;

use habeas_count::estimate::Table;
use serde_json::Value;
use tables::TABLES;

/// The reference values: `deterministic` and `stochastic`, by table and method.
fn anchors() -> Value {
    serde_json::from_str(include_str!("anchors.json")).unwrap()
}

fn captured(name: &str) -> habeas_count::estimate::Captured {
    let (_, text) = TABLES.iter().find(|(known, _)| *known == name).unwrap();
    Table::read(name, text.as_bytes()).unwrap()
}

fn table(name: &str) -> Table {
    captured(name).table
}

/// Whether `found` is `expected` to `relative`, or to the last digit of an anchor of that many
/// decimals.
#[track_caller]
fn near(what: &str, found: f64, expected: f64, relative: f64, decimals: i32) {
    let slack = expected.abs() * relative + 0.51 * 10_f64.powi(-decimals);
    assert!((found - expected).abs() <= slack, "{what}: {found}, expected {expected}");
}

/// "1.5..2" as two numbers.
fn ends(range: &Value) -> (f64, f64) {
    let (low, high) = range.as_str().unwrap().split_once("..").unwrap();
    (low.parse().unwrap(), high.parse().unwrap())
}

/// The tables of a kind of anchor, with the anchors of that name.
fn each<'a>(
    kind: &'a Value,
    name: &'a str,
) -> impl Iterator<Item = (&'static str, &'a Value)> + 'a {
    let with = move |&(table, _): &(&'static str, &str)| Some((table, kind[table].get(name)?));
    TABLES.iter().filter_map(with)
}
