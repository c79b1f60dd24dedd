//! A capture table: on which of the lists each person stands, and how many share that history.
//!
//! # Invariants
//! 1. Bit `i` of a history is list `i`; no history is empty, no count is zero, none occurs twice.
//! 2. What the file says is not mended: a row that cannot be right is an error with its line.

use crate::Error;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// More lists than these cannot be estimated from: merge the small ones.
pub const MOST_LISTS: usize = 20;
/// More lists than these cannot even be read (a history is 64 bits wide).
const WIDEST: usize = 63;
/// More people than these on one table are a slip: integers beyond 2^53 lose their last digit.
const MOST_PEOPLE: u64 = 1 << 53;
/// Headings of the column that says how many people share a history.
const COUNTS: [&str; 5] = ["count", "freq", "frequency", "conteo", "cuenta"];

/// The people who share one capture history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cell {
    /// Bit `i`: they stand on list `i`.
    pub history: u64,
    /// How many people.
    pub count: u64,
}

/// A capture table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    lists: Vec<String>,
    cells: Vec<Cell>,
}

/// What is known of each person beside the lists: one row a person, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariates {
    /// Their headings.
    pub names: Vec<String>,
    /// History of each person.
    pub histories: Vec<u64>,
    /// Values of each person, as many as there are names.
    pub values: Vec<Vec<f64>>,
}

/// A file that was read: the table, and what else is known of each person.
#[derive(Clone, Debug, PartialEq)]
pub struct Captured {
    /// The table.
    pub table: Table,
    /// Numeric columns of a file with one row a person.
    pub covariates: Option<Covariates>,
}

impl Table {
    /// A table of these cells; those of one history are added up, empty ones are left out
    /// (invariant 1).
    #[must_use]
    pub fn new(lists: Vec<String>, cells: impl IntoIterator<Item = (u64, u64)>) -> Table {
        let mut summed: BTreeMap<u64, u64> = BTreeMap::new();
        for (history, count) in cells.into_iter().filter(|(history, count)| history * count > 0) {
            *summed.entry(history).or_default() += count;
        }
        let cells = summed.into_iter().map(|(history, count)| Cell { history, count }).collect();
        Table { lists, cells }
    }

    /// Reads a table of 0/1 columns and `count` (or of one row a person, without `count`), from
    /// text with commas, semicolons or tabs. `file` is for messages.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Captured, Error> {
        Rows::of(file, bytes)?.captured()
    }

    /// The lists' names.
    #[must_use]
    pub fn lists(&self) -> &[String] {
        &self.lists
    }

    /// How many lists there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.lists.len()
    }

    /// The histories that occur, in ascending order.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Everybody on at least one list: the documented count.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.cells.iter().map(|cell| cell.count).sum()
    }

    /// How many stand on each list.
    #[must_use]
    pub fn sizes(&self) -> Vec<u64> {
        let on = |list: usize| {
            let here = |cell: &&Cell| cell.history >> list & 1 == 1;
            self.cells.iter().filter(here).map(|cell| cell.count).sum()
        };
        (0..self.width()).map(on).collect()
    }

    /// How many stand on exactly 1, 2, .. lists.
    #[must_use]
    pub fn frequencies(&self) -> Vec<u64> {
        let mut frequencies = vec![0; self.width()];
        for cell in &self.cells {
            frequencies[cell.history.count_ones() as usize - 1] += cell.count;
        }
        frequencies
    }

    /// Every cell of the table but the hidden one: element `h - 1` counts history `h`. Only for
    /// few lists: there are 2^K - 1 of them.
    #[must_use]
    pub fn full(&self) -> Vec<f64> {
        let mut full = vec![0.0; (1 << self.width()) - 1];
        for cell in &self.cells {
            full[cell.history as usize - 1] = cell.count as f64;
        }
        full
    }

    /// The table as it would be had one list never been made.
    #[must_use]
    pub fn without(&self, list: usize) -> Table {
        let mut lists = self.lists.clone();
        lists.remove(list);
        let low = (1_u64 << list) - 1;
        let cells = self
            .cells
            .iter()
            .map(|cell| (cell.history & low | (cell.history >> (list + 1)) << list, cell.count));
        Table::new(lists, cells)
    }

    /// The table with these lists taken as one: whoever stands on any of them stands on it.
    #[must_use]
    pub fn merged(&self, group: &BTreeSet<usize>) -> Table {
        let Some(&first) = group.first() else { return self.clone() };
        let names: Vec<&str> = group.iter().map(|&list| self.lists[list].as_str()).collect();
        let kept: Vec<usize> =
            (0..self.width()).filter(|list| *list == first || !group.contains(list)).collect();
        let mask = group.iter().fold(0_u64, |mask, list| mask | 1 << list);
        let history = |old: u64| {
            let bit = |(new, &list): (usize, &usize)| {
                let on = if list == first { old & mask != 0 } else { old >> list & 1 == 1 };
                u64::from(on) << new
            };
            kept.iter().enumerate().map(bit).sum::<u64>()
        };
        let name = |&list: &usize| match list == first {
            true => names.join("+"),
            false => self.lists[list].clone(),
        };
        let lists = kept.iter().map(name).collect();
        Table::new(lists, self.cells.iter().map(|cell| (history(cell.history), cell.count)))
    }

    /// The position of a list by its name.
    pub fn list(&self, name: &str) -> Result<usize, Error> {
        let known = || self.lists.iter().map(|list| format!("`{list}`")).collect::<Vec<_>>();
        let found = self.lists.iter().position(|list| list == name);
        found.ok_or_else(|| Error::NoList { name: name.to_owned(), known: known().join(", ") })
    }

    /// Refuses a table that is too wide.
    pub fn checked(self, file: &str) -> Result<Table, Error> {
        match self.width() {
            0..=MOST_LISTS => Ok(self),
            n => {
                let hint = "merge the small ones: `--merge A=B` takes two lists as one";
                let reason = format!("{n} lists, at most {MOST_LISTS} can be estimated from");
                Err(wrong(file, "its heading", reason, hint))
            }
        }
    }
}

fn wrong(file: &str, place: impl Into<String>, reason: String, hint: &'static str) -> Error {
    Error::Table { file: file.to_owned(), place: place.into(), reason, hint }
}

/// The rows of a file, split and trimmed.
struct Rows<'a> {
    file: &'a str,
    headings: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl<'a> Rows<'a> {
    fn of(file: &'a str, bytes: &[u8]) -> Result<Rows<'a>, Error> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator(bytes))
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let broken = |error: csv::Error| {
            let hint = "save it as CSV in UTF-8, every row with as many cells as the heading";
            let line = error.position().map_or(0, csv::Position::line);
            wrong(file, format!("line {line}"), "the row cannot be read".to_owned(), hint)
        };
        let text = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let headings: Vec<String> = text(reader.headers().map_err(broken)?);
        let headings: Vec<String> =
            headings.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            rows.push((record.position().map_or(0, csv::Position::line), text(&record)));
        }
        Ok(Rows { file, headings, rows })
    }

    fn captured(&self) -> Result<Captured, Error> {
        let counts: Vec<usize> = (0..self.headings.len())
            .filter(|&at| COUNTS.contains(&self.headings[at].to_lowercase().as_str()))
            .collect();
        let mut names = BTreeSet::new();
        if let Some(twice) = self.headings.iter().find(|name| !names.insert(*name)) {
            let hint = "give each list a name of its own";
            return Err(wrong(self.file, "its heading", format!("`{twice}` occurs twice"), hint));
        }
        match counts[..] {
            [count] => self.counted(count),
            [] => self.one_by_one(),
            _ => {
                let reason = "there are two columns of counts".to_owned();
                Err(wrong(self.file, "its heading", reason, "keep one column `count`"))
            }
        }
    }

    /// One row a history, with a column of counts.
    fn counted(&self, count: usize) -> Result<Captured, Error> {
        let columns: Vec<usize> = (0..self.headings.len()).filter(|at| *at != count).collect();
        let lists = self.lists(&columns)?;
        let (mut cells, mut first, mut people) = (Vec::new(), BTreeMap::new(), 0_u64);
        for (line, row) in &self.rows {
            let history = self.history(*line, row, &columns)?;
            let n = self.count(*line, &row[count])?;
            if let Some(before) = first.insert(history, *line) {
                let reason = format!("the same history as line {before}");
                let hint = "one row a history: add the two counts up, if both are right";
                return Err(wrong(self.file, format!("line {line}"), reason, hint));
            }
            if history == 0 && n > 0 {
                let reason = format!("{n} people who are on no list");
                let hint = "leave the row out: how many they are is what is estimated";
                return Err(wrong(self.file, format!("line {line}"), reason, hint));
            }
            people = people.saturating_add(n);
            cells.push((history, n));
        }
        if people > MOST_PEOPLE {
            let reason = format!("{people} people in all");
            return Err(wrong(self.file, "its counts", reason, "look for a slip in a count"));
        }
        Ok(Captured { table: Table::new(lists, cells), covariates: None })
    }

    /// One row a person: columns of nothing but 0 and 1 are lists, the others are covariates.
    fn one_by_one(&self) -> Result<Captured, Error> {
        let binary =
            |at: &usize| self.rows.iter().all(|(_, row)| row[*at] == "0" || row[*at] == "1");
        let (columns, others): (Vec<usize>, Vec<usize>) =
            (0..self.headings.len()).partition(binary);
        if columns.is_empty() || self.rows.is_empty() {
            let reason = "no column `count`, and no column of nothing but 0 and 1".to_owned();
            let hint = "one 0/1 column a list and a column `count`, or one row a person";
            return Err(wrong(self.file, "its heading", reason, hint));
        }
        let lists = self.lists(&columns)?;
        let (mut histories, mut values) = (Vec::new(), Vec::new());
        for (line, row) in &self.rows {
            histories.push(self.history(*line, row, &columns)?);
            let number = |&at: &usize| self.number(*line, at, &row[at]);
            values.push(others.iter().map(number).collect::<Result<Vec<f64>, Error>>()?);
        }
        if let Some(at) = histories.iter().position(|history| *history == 0) {
            let hint = "leave the row out: how many they are is what is estimated";
            let reason = "a person who is on no list".to_owned();
            return Err(wrong(self.file, format!("line {}", self.rows[at].0), reason, hint));
        }
        let table = Table::new(lists, histories.iter().map(|history| (*history, 1)));
        let names: Vec<String> = others.iter().map(|&at| self.headings[at].clone()).collect();
        let covariates = (!names.is_empty()).then_some(Covariates { names, histories, values });
        Ok(Captured { table, covariates })
    }

    fn lists(&self, columns: &[usize]) -> Result<Vec<String>, Error> {
        if columns.len() > WIDEST {
            let reason = format!("{} lists, at most {MOST_LISTS} can be used", columns.len());
            return Err(wrong(self.file, "its heading", reason, "take small lists as one"));
        }
        Ok(columns.iter().map(|&at| self.headings[at].clone()).collect())
    }

    fn history(&self, line: u64, row: &[String], columns: &[usize]) -> Result<u64, Error> {
        let mut history = 0;
        for (bit, &at) in columns.iter().enumerate() {
            match row[at].as_str() {
                "0" => {}
                "1" => history |= 1 << bit,
                other => {
                    let place = format!("line {line}, column `{}`", self.headings[at]);
                    let hint = "1: on this list; 0: not on it; how many goes in a column `count`";
                    let reason = format!("`{other}` is neither 0 nor 1");
                    return Err(wrong(self.file, place, reason, hint));
                }
            }
        }
        Ok(history)
    }

    fn count(&self, line: u64, text: &str) -> Result<u64, Error> {
        text.parse().map_err(|_| {
            let why =
                if text.starts_with('-') { "is less than nobody" } else { "is no whole number" };
            let hint = "a count of people: 0, 1, 2, ..";
            let place = format!("line {line}, column `count`");
            wrong(self.file, place, format!("`{text}` {why}"), hint)
        })
    }

    fn number(&self, line: u64, at: usize, text: &str) -> Result<f64, Error> {
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| {
            let place = format!("line {line}, column `{}`", self.headings[at]);
            let hint = "a column is either 0 and 1 (a list) or numbers (a covariate)";
            wrong(self.file, place, format!("`{text}` is no number"), hint)
        })
    }
}

/// The mark that stands most often in the first line.
fn separator(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let times = |mark: u8| first.iter().filter(|byte| **byte == mark).count();
    [b'\t', b';', b','].into_iter().max_by_key(|mark| times(*mark)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, part: &str) {
        match Table::read("t.csv", text.as_bytes()) {
            Ok(captured) => assert_eq!(format!("{:?}", captured.table.cells()), part, "{text}"),
            Err(error) => {
                let told = error.to_string();
                assert!(told.contains(part) && told.contains("\nhint: "), "{told}");
            }
        }
    }

    #[test]
    fn a_slip_is_told_with_its_place() {
        check("A,B,count\n1,0,5\n0,1,-3\n", "line 3, column `count`: `-3` is less than nobody");
        check("A,B,count\n1,0,2.5\n", "line 2, column `count`: `2.5` is no whole number");
        check("A,B,count\n1,2,5\n", "line 2, column `B`: `2` is neither 0 nor 1");
        check("A,B,count\n1,0,5\n0,1,1\n1,0,6\n", "line 4: the same history as line 2");
        check("A,B,count\n0,0,5\n", "line 2: 5 people who are on no list");
        check("A,A,count\n0,1,5\n", "`A` occurs twice");
        check("A,B,count,freq\n0,1,5,5\n", "two columns of counts");
        check("A,B,count\n1,0\n", "line 2: the row cannot be read");
        check("name,age\nx,3\n", "no column `count`");
        check("", "no column `count`");
        check("A,B,count\n1,0,99999999999999999\n1,1,1\n", "people in all");
        check("A,B,x\n1,0,5\n0,0,7\n", "line 3: a person who is on no list");
    }

    #[test]
    fn forty_lists_are_read_and_refused_until_merged() {
        let heading: Vec<String> = (0..40).map(|list| format!("L{list}")).collect();
        let row =
            |on: usize| (0..40).map(|at| if at == on { "1" } else { "0" }).collect::<Vec<_>>();
        let rows: String = (0..40).map(|on| format!("{},1\n", row(on).join(","))).collect();
        let text = format!("{},count\n{rows}", heading.join(","));
        let table = Table::read("t.csv", text.as_bytes()).unwrap().table;
        let told = table.clone().checked("t.csv").unwrap_err().to_string();
        assert!(told.contains("40 lists, at most 20") && told.contains("--merge"), "{told}");
        let merged = table.merged(&(5..40).collect());
        assert_eq!((merged.width(), merged.people()), (6, 40));
        assert!(merged.checked("t.csv").is_ok());
    }

    #[test]
    fn separators_and_rows_of_people() {
        check("A;B;count\r\n1;1;5\r\n", "[Cell { history: 3, count: 5 }]");
        check("\u{feff}A\tB\tconteo\n1\t1\t5\n", "[Cell { history: 3, count: 5 }]");
        let people = "\"y1\",\"y2\",\"x\"\n1,0,2.5\n1,0,0\n1,1,-3e1\n";
        let captured = Table::read("t.csv", people.as_bytes()).unwrap();
        let covariates = captured.covariates.unwrap();
        assert_eq!((captured.table.width(), captured.table.people()), (2, 3));
        assert_eq!(covariates.values, [[2.5], [0.0], [-30.0]]);
    }

    proptest! {
        #[test]
        fn leaving_out_and_merging_lose_nobody_else(
            counts in prop::collection::vec(0_u64..50, 15),
            list in 0_usize..4,
            other in 0_usize..4,
        ) {
            let names = ["A", "B", "C", "D"].map(str::to_owned).to_vec();
            let cells = (1..=15).zip(counts);
            let table = Table::new(names, cells);
            let only = table.cells().iter().find(|cell| cell.history == 1 << list);
            let lost = only.map_or(0, |cell| cell.count);
            prop_assert_eq!(table.without(list).people(), table.people() - lost);
            let merged = table.merged(&[list, other].into());
            prop_assert_eq!(merged.people(), table.people());
            prop_assert_eq!(merged.frequencies().iter().sum::<u64>(), table.people());
        }
    }
}
