//! What somebody should know who trusts a run.

use super::super::{block::Met, cluster::Joined};
use crate::table::{
    Kind, LinkSettings, Table,
    check_digit::{self, Scheme},
};
use serde::Serialize;

/// One thing to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
pub enum Notice {
    /// Blocks over their bound were left to other keys.
    BlocksLeft {
        /// Keys of the rule.
        keys: Vec<String>,
        /// How many blocks.
        blocks: u64,
        /// Rows of the largest.
        largest: u64,
    },
    /// A column that tells nobody from anybody.
    ColumnSaysNothing {
        /// Its heading.
        column: String,
        /// Rows that give a value.
        given: usize,
    },
    /// Rows with more cells than there are headings.
    CellsLeft {
        /// How many.
        rows: usize,
    },
    /// Numbers whose last sign does not follow from the others.
    CheckDigits {
        /// Heading of the column.
        column: String,
        /// By which rule.
        scheme: Scheme,
        /// Different numbers that break it.
        wrong: usize,
    },
    /// Record ids that stand on several rows.
    IdsRepeat {
        /// How many rows have an id that stood before.
        rows: usize,
    },
    /// Decisions "the same" that others, "not the same", forbid; these hold.
    DecisionsContradict {
        /// How many.
        same: usize,
    },
    /// Persons whom decisions gave two rows of a list that should hold each person once.
    TwiceInOneList {
        /// How many.
        persons: usize,
    },
    /// Numbers that stand on rows whose names are not one.
    NumbersShared {
        /// Heading of the column.
        column: String,
        /// How many numbers.
        ids: usize,
        /// Ids of two rows of each of the first ones.
        rows: Vec<[String; 2]>,
    },
    /// Two rows of one list that may be one person.
    PerhapsTwice {
        /// How many pairs of rows.
        pairs: usize,
        /// How many of them are one person in the end.
        one: usize,
        /// Ids of the first ones.
        rows: Vec<[String; 2]>,
    },
    /// Fewer than two rows.
    NothingToLink,
    /// Matches that the model expects are so many, or so often of other given names, that it may
    /// have learnt families.
    ManyMatches,
}

/// What joining met.
pub(super) fn of_joining(joined: &Joined) -> Vec<Notice> {
    let mut notices = Vec::new();
    if joined.contradicted > 0 {
        notices.push(Notice::DecisionsContradict { same: joined.contradicted });
    }
    if joined.twice > 0 {
        notices.push(Notice::TwiceInOneList { persons: joined.twice });
    }
    notices
}

/// What the table shows.
pub(super) fn of_table(table: &Table, settings: &LinkSettings) -> Vec<Notice> {
    let rows = table.rows();
    let mut notices = Vec::new();
    if rows < 2 {
        notices.push(Notice::NothingToLink);
    }
    for column in &table.columns {
        if column.values.len() < 3 && rows > 1 {
            let given = column.rows.iter().filter(|&&value| value != 0).count();
            notices.push(Notice::ColumnSaysNothing { column: column.heading.clone(), given });
        }
    }
    if table.wide > 0 {
        notices.push(Notice::CellsLeft { rows: table.wide });
    }
    for column in settings.of(Kind::Number).filter_map(|heading| table.column(heading)) {
        let column = &table.columns[column];
        if let Some((scheme, wrong)) = check_digit::broken(&column.values) {
            notices.push(Notice::CheckDigits { column: column.heading.clone(), scheme, wrong });
        }
    }
    if let Some(column) = settings.id.as_ref().and_then(|id| table.column(id)) {
        let column = &table.columns[column];
        let repeated = column.rows.len().saturating_sub(column.values.len() - 1);
        if repeated > 0 {
            notices.push(Notice::IdsRepeat { rows: repeated });
        }
    }
    notices
}

/// What the blocks show.
pub(super) fn of_blocks(settings: &LinkSettings, met: &[Met]) -> Vec<Notice> {
    let over = settings.block.iter().zip(met).filter(|(_, met)| met.left > 0);
    let told = over.map(|(block, met)| {
        let (keys, blocks, largest) = (block.keys.clone(), met.left, met.largest);
        Notice::BlocksLeft { keys, blocks, largest }
    });
    told.collect()
}
