//! Where a list goes on: a place in one answer, which no later entry moves.

use crate::question::{Asked, parameter};
use habeas_page::html::served::Refusal;
use sha2::{Digest as _, Sha256};
use std::{fmt, ops::Range, str::FromStr};

/// So many rows, where nothing else is asked for, and at most.
const ROWS: usize = 100;
const MOST: usize = 1000;

/// The position of the ledger that a list is answered at, the question that it answers, and the
/// last row that was told. Pages of one list are all answered at that position: what is written
/// meanwhile moves no row from one of them to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    position: u64,
    question: String,
    after: String,
}

/// A stretch of a list that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    cursor: Option<Cursor>,
    limit: Option<usize>,
    question: String,
}

impl Stretch {
    /// What a query asks; its question is asked at the position of the cursor.
    pub fn of(asked: &mut Asked, query: &str, own: &[&str]) -> Result<Stretch, Refusal> {
        let wrong = |_| Refusal::Question;
        let read = |said: String| said.parse::<Cursor>();
        let cursor = parameter(query, "cursor").map(read).transpose().map_err(wrong)?;
        let limit = parameter(query, "limit").map(|said| said.parse::<usize>()).transpose();
        let limit = limit.map_err(|_| Refusal::Question)?;
        if limit.is_some_and(|limit| limit == 0 || MOST < limit) {
            return Err(Refusal::Question);
        }
        let question = mark(asked, query, own);
        if let Some(cursor) = &cursor {
            if cursor.question != question {
                return Err(Refusal::Question); // It goes on in another list.
            }
            asked.known_by = cursor.position.to_string();
        }
        Ok(Stretch { cursor, limit, question })
    }

    /// Whether all of the list is asked for.
    pub fn is_all(&self) -> bool {
        self.cursor.is_none() && self.limit.is_none()
    }

    /// After which row, where a cursor says so.
    pub fn after(&self) -> Option<&str> {
        self.cursor.as_ref().map(|cursor| cursor.after.as_str())
    }

    /// How many rows are told at most.
    pub fn rows(&self) -> usize {
        self.limit.unwrap_or(ROWS)
    }

    /// The cursor of what comes after a row.
    pub fn on(&self, position: u64, after: String) -> String {
        Cursor { position, question: self.question.clone(), after }.to_string()
    }

    /// The rows of `all` that are told, and the cursor of those after them. `key` tells one row
    /// from every other.
    pub fn cut<T>(
        &self,
        position: u64,
        all: &[T],
        key: impl Fn(&T) -> String,
    ) -> Result<(Range<usize>, Option<String>), Refusal> {
        let last = self.after().map(|after| all.iter().position(|row| key(row) == *after));
        let first =
            last.map_or(Ok(0), |last| last.map(|last| last + 1).ok_or(Refusal::Question))?;
        let until = first.saturating_add(self.rows()).min(all.len());
        let more = first < until && until < all.len();
        let next = more.then(|| self.on(position, key(&all[until - 1])));
        Ok((first..until, next))
    }
}

/// What tells one question from another: the day, the rule, and the filters of the list.
fn mark(asked: &Asked, query: &str, own: &[&str]) -> String {
    let same = Asked { known_by: String::new(), lang: None, ..asked.clone() };
    let filters = own.iter().map(|name| parameter(query, name).unwrap_or_default());
    let said = [same.address()].into_iter().chain(filters).collect::<Vec<_>>().join("\n");
    hex::encode(&Sha256::digest(said.as_bytes())[..4])
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.position, self.question, self.after)
    }
}

impl FromStr for Cursor {
    type Err = Refusal;
    fn from_str(said: &str) -> Result<Cursor, Refusal> {
        let mut parts = said.splitn(3, '.');
        let mut part = || parts.next().filter(|part| !part.is_empty()).ok_or(Refusal::Question);
        let position = part()?.parse().map_err(|_| Refusal::Question)?;
        Ok(Cursor { position, question: part()?.to_owned(), after: part()?.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(query: &str, all: &[u32]) -> Result<(Vec<u32>, Option<String>), Refusal> {
        let mut asked = Asked::read(query).map_err(|_| Refusal::Question)?;
        let stretch = Stretch::of(&mut asked, query, &["custody"])?;
        let position = asked.known_by.parse().unwrap_or(7);
        let (rows, next) = stretch.cut(position, all, ToString::to_string)?;
        Ok((all[rows].to_vec(), next))
    }

    #[test]
    fn every_row_is_told_once_whatever_the_limit() {
        let all: Vec<u32> = (0..23).collect();
        for limit in 1..30 {
            let (mut seen, mut query) = (Vec::new(), format!("limit={limit}"));
            loop {
                let (rows, next) = told(&query, &all).unwrap();
                assert!(rows.len() <= limit);
                seen.extend(rows);
                let Some(next) = next else { break };
                assert!(next.starts_with("7."));
                query = format!("limit={limit}&cursor={next}");
            }
            assert_eq!(seen, all, "{limit}");
        }
    }

    #[test]
    fn a_cursor_is_of_one_question_and_position() {
        let all: Vec<u32> = (0..9).collect();
        let next = told("as_of=2026-02-01&custody=held&limit=4", &all).unwrap().1.unwrap();
        let on = |query: &str| told(&format!("{query}&cursor={next}"), &all).map(|found| found.0);
        assert_eq!(on("as_of=2026-02-01&custody=held&limit=2&known_by=3"), Ok(vec![4, 5]));
        assert_eq!(on("as_of=2026-02-02&custody=held"), Err(Refusal::Question));
        assert_eq!(on("as_of=2026-02-01"), Err(Refusal::Question));
    }

    #[test]
    fn nonsense_is_refused() {
        for query in
            ["limit=0", "limit=1001", "limit=-1", "limit=x", "cursor=x", "cursor=1.2", "cursor=..a"]
        {
            assert_eq!(told(query, &[1]), Err(Refusal::Question), "{query}");
        }
        assert_eq!(told("", &[]), Ok((vec![], None)));
    }
}
