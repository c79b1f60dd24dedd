//! What is compared with what, under which keys: guessed from the table, printed, and changed by
//! whoever knows better.

use super::{column::Table, size::Size};
use serde::{Deserialize, Serialize};

habeas_model::words! {
    /// What a column is compared as.
    Kind {
        /// The whole name, in any order.
        Name = "name",
        /// Given names.
        Given = "given",
        /// Surnames; the order of the columns is the order of the surnames.
        Surname = "surname",
        /// Birth date.
        Born = "born",
        /// A date on which something happened: days apart count.
        Event = "event",
        /// Identity number.
        Number = "number",
        /// A word out of few: place, sex, nationality.
        Category = "category",
        /// Words that may be written a little otherwise.
        Text = "text",
    }
}

/// `[[compare]]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Compare {
    /// Heading of the column.
    pub column: String,
    /// As what.
    pub kind: Kind,
    /// For text: another column in which the value may stand by mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossed_with: Option<String>,
}

/// `[[block]]`: rows that share these keys are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Block {
    /// Columns, or `COLUMN.first` (first word), `COLUMN.year`, `COLUMN.month`, `COLUMN.start`
    /// (first three letters), `words.one`, `words.two`, `words.three` (sounds of any one, two or
    /// three words of the name).
    pub keys: Vec<String>,
    /// A block of more rows is left to other keys.
    pub most: u32,
}

/// `link.toml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LinkSettings {
    /// Heading of the column of record ids; none: rows are numbered from 1.
    pub id: Option<String>,
    /// Headings of columns that mean nothing for linking.
    pub ignore: Vec<String>,
    /// Whether rows of one list may be one person.
    pub within_lists: bool,
    /// Whether each list holds a person once: links between lists are then one to one.
    pub one_to_one: bool,
    /// Pairs under this probability are not written.
    pub keep: f64,
    /// Pairs from this probability on make persons.
    pub join: f64,
    /// What a run may hold in memory; beyond it pairs and keys are worked on piece by piece and put
    /// on a disk. Rows are held in any case.
    pub memory: Size,
    /// The folder for what is put on a disk; none: that of the output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aside: Option<String>,
    /// What is compared.
    pub compare: Vec<Compare>,
    /// Under which keys.
    pub block: Vec<Block>,
}

/// What is wrong with settings for a table, and what to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Wrong {
    /// A column that the table does not have.
    #[error(
        "settings name the column `{column}`, and the table has {known}\nhint: change the column in the settings, or leave --settings out to have them guessed"
    )]
    NoColumn {
        /// Asked for.
        column: String,
        /// What there is.
        known: String,
    },
    /// Nothing to compare.
    #[error(
        "nothing to compare: no column looks like a name, number, date or place\nhint: add [[compare]] with column and kind to the settings, and give them with --settings"
    )]
    Nothing,
    /// Keys that would compare everything with everything.
    #[error(
        "block {nth} has no keys, or a most of {most}: {rows} rows would be compared all with all\nhint: give it keys, and a most of at most {limit}"
    )]
    Everything {
        /// Which, from 1.
        nth: usize,
        /// Its bound.
        most: u32,
        /// Rows of the table.
        rows: usize,
        /// The largest bound.
        limit: u32,
    },
    /// A key that is no key.
    #[error(
        "block key `{0}` is not known\nhint: a column, COLUMN.first, COLUMN.start, COLUMN.year, COLUMN.month, words.one, words.two or words.three"
    )]
    Key(String),
    /// A key of words where no column is a name.
    #[error(
        "block key `{0}` takes words of names, and no column is compared as name, given or surname\nhint: compare a column by one of these kinds, or take the key out of its block"
    )]
    NoWords(String),
    /// A probability that is none.
    #[error("`{0}` is no probability\nhint: keep and join go from 0 to 1")]
    Probability(String),
    /// A size that is none.
    #[error("`{0}` is no size\nhint: memory is a whole number and a unit, such as 2 GiB or 500 MB")]
    Size(String),
    /// More comparisons than fit.
    #[error(
        "{0} columns are compared; at most 10 can be\nhint: take the least telling [[compare]] out of the settings"
    )]
    TooMany(usize),
}

/// Largest bound of a block: 2,000 rows are two million pairs.
pub const LARGEST: u32 = 5_000;

impl LinkSettings {
    /// The id of a row, or its number from 1.
    #[must_use]
    pub fn record(&self, table: &Table, row: u32) -> String {
        let column = self.id.as_ref().and_then(|id| table.column(id));
        let given = column.map(|at| table.columns[at].get(row as usize));
        let given = given.filter(|id| !id.is_empty());
        given.map_or_else(|| (row + 1).to_string(), str::to_owned)
    }

    /// Whether these settings can be used on this table.
    pub fn check(&self, table: &Table) -> Result<(), Wrong> {
        let known = || {
            let names: Vec<String> =
                table.columns.iter().map(|column| format!("`{}`", column.heading)).collect();
            names.join(", ")
        };
        let crossed = self.compare.iter().filter_map(|one| one.crossed_with.as_ref());
        let named = self.compare.iter().map(|one| &one.column).chain(crossed);
        for column in named.chain(&self.ignore) {
            if table.column(column).is_none() {
                return Err(Wrong::NoColumn { column: column.clone(), known: known() });
            }
        }
        if self.compare.is_empty() || self.block.is_empty() {
            return Err(Wrong::Nothing);
        }
        if self.compare.len() > 10 {
            return Err(Wrong::TooMany(self.compare.len()));
        }
        for share in [self.keep, self.join] {
            if !(0.0..=1.0).contains(&share) {
                return Err(Wrong::Probability(share.to_string()));
            }
        }
        for (at, block) in self.block.iter().enumerate() {
            if block.keys.is_empty() || block.most > LARGEST || block.most < 2 {
                let (nth, most, rows) = (at + 1, block.most, table.rows());
                return Err(Wrong::Everything { nth, most, rows, limit: LARGEST });
            }
            let words = block.keys.iter().find(|key| key.starts_with("words."));
            if let Some(key) = words.filter(|_| !self.names_somebody()) {
                return Err(Wrong::NoWords(key.clone()));
            }
        }
        Ok(())
    }

    /// Whether any column is compared as a name or a part of one.
    #[must_use]
    pub fn names_somebody(&self) -> bool {
        let names = [Kind::Name, Kind::Given, Kind::Surname];
        self.compare.iter().any(|one| names.contains(&one.kind))
    }

    /// Headings compared as a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.compare.iter().filter(move |one| one.kind == kind).map(|one| one.column.as_str())
    }
}
