//! The board: every framed count claim once, in time, with the names behind it or why there can be
//! none.

mod body;
mod comparison;
mod fold;
pub(crate) mod line;
pub mod promises;

pub(crate) use body::Bodies;
pub use body::NOBODY;
pub use comparison::{Bound, Comparison, Difference, compare};
pub use line::{Line, Link, ReviewCounts, Source, Window};

use crate::{
    Asked, Rule,
    asked::Spoken,
    people::{index::Index, named::Names},
};
use habeas_model::{ClaimId, Kind, Population, Present};
use jiff::civil::Date;
use serde::Serialize;
use std::{collections::HashSet, ops::Range};

/// The board.
#[derive(Clone, Debug, Serialize)]
pub struct Board {
    /// Count claims, in the order of the days that they stand for.
    pub lines: Vec<Line>,
    /// Claimed against claimed: each line with the nearest ones of other bodies.
    pub comparisons: Vec<Comparison>,
    /// How many count claims stand behind the lines.
    pub claims: u32,
    /// How many of those nobody has reviewed.
    pub unreviewed: u32,
    /// Documents received.
    pub documents: u32,
    /// Persons of the register.
    pub persons: u32,
    /// The known-by position.
    pub position: u64,
    /// The day that the answer is about, where one was asked for.
    pub true_at: Option<Date>,
    /// The rule that it was counted by.
    pub rule: Rule,
}

impl Board {
    /// The lines about exactly this population, and the comparisons between them. Documents and
    /// persons stay those of the whole case.
    #[must_use]
    pub fn only(&self, population: &Population) -> Board {
        let lines = self.lines.iter().filter(|line| line.population == *population);
        self.of_lines(lines.cloned().collect())
    }

    /// A stretch of the lines, from 0, and the comparisons between them.
    #[must_use]
    pub fn stretch(&self, lines: Range<usize>) -> Board {
        self.of_lines(self.lines.get(lines).unwrap_or_default().to_vec())
    }

    fn of_lines(&self, lines: Vec<Line>) -> Board {
        let kept: HashSet<ClaimId> = lines.iter().map(|line| line.id).collect();
        let both = |one: &&Comparison| kept.contains(&one.left) && kept.contains(&one.right);
        let review = |of: fn(&ReviewCounts) -> u32| lines.iter().map(|line| of(&line.review)).sum();
        Board {
            comparisons: self.comparisons.iter().filter(both).cloned().collect(),
            claims: review(|n| n.unreviewed + n.accepted + n.edited),
            unreviewed: review(|n| n.unreviewed),
            rule: self.rule.clone(),
            lines,
            ..*self
        }
    }
}

/// The board of a question.
#[must_use]
pub fn board(asked: &Asked<'_>) -> Board {
    board_over(asked, &Index::of(asked))
}

/// The same, where the index of the question is at hand.
#[must_use]
pub fn board_over(asked: &Asked<'_>, index: &Index) -> Board {
    let claims: Vec<_> =
        asked.claims().into_iter().filter(|one| one.claim().kind == Kind::Count).collect();
    let bodies = &index.bodies;
    let mut names = Names::of(index);
    let places = line::Places::of(asked.present);
    let folds = fold::fold(&claims, bodies);
    let mut lines: Vec<Line> =
        folds.iter().map(|fold| Line::of(fold, bodies, &places, &mut names)).collect();
    lines.sort_by(|a, b| (a.day, &a.body, a.id).cmp(&(b.day, &b.body, b.id)));
    let unreviewed = lines.iter().map(|line| line.review.unreviewed).sum();
    Board {
        comparisons: comparison::nearest(&lines),
        claims: count(claims.len()),
        unreviewed,
        documents: count(documents(asked.present)),
        persons: count(asked.register.persons.len()),
        position: asked.present.position,
        true_at: asked.true_at,
        rule: asked.rule.clone(),
        lines,
    }
}

fn documents(present: &Present) -> usize {
    present.documents.iter().map(|taken| taken.it.blob).collect::<HashSet<_>>().len()
}

/// A length as a count of things that a case can hold.
pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The claims of each number of each body, wherever it is written, the fullest first.
pub(crate) fn fold_counts<'a>(
    claims: &[Spoken<'a>],
    bodies: &Bodies,
) -> Vec<(String, Vec<Spoken<'a>>)> {
    fold::fold(claims, bodies).into_iter().map(|fold| (fold.body, fold.claims)).collect()
}
