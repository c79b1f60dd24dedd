//! Claimed against claimed: two bodies' numbers, subtracted only where their frames agree.

use super::Line;
use crate::{Comparable, Framed, Nesting, Part, asked::days_between, comparable, differences};
use habeas_model::{ClaimId, Frame, Predicate, Quantity};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// How far apart in days two numbers may stand and still be asked for a comparison.
const NEAR: u32 = 3;
/// So many other bodies are looked at for one line, and so many of their lines: a board stays
/// readable and quick.
const BODIES: usize = 12;
const LOOKED_AT: usize = 96;

/// Two lines set against each other, or the parts that forbid it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The earlier line.
    pub left: ClaimId,
    /// The later line.
    pub right: ClaimId,
    /// Right less left, where frames agree and both are numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// What one of them says about the other though they differ, where one frame lies in the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// The parts in which their frames differ; empty: they may be compared.
    pub differs: Vec<Part>,
}

/// The wider of two numbers is at least what the narrower one says: its people, or its days, are
/// some of the other's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// The line that counts more.
    pub wider: ClaimId,
    /// What the narrower one says at least; none: its words bound nothing.
    pub at_least: Option<u32>,
    /// In which parts the narrower one lies within the wider one.
    pub why: Vec<Nesting>,
    /// Whether the wider number can be that large; `false`: the two cannot both be right.
    pub holds: bool,
}

/// The difference of two quantities, as sure as they are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// It is at least this much, where bounded.
    pub at_least: Option<i64>,
    /// It is at most this much, where bounded.
    pub at_most: Option<i64>,
    /// Right over left, where both are exact.
    pub ratio: Option<f64>,
}

/// Compares two lines, or says why not (invariant 4).
#[must_use]
pub fn compare(left: &Line, right: &Line) -> Comparison {
    framed((left, &left.frame()), (right, &right.frame()))
}

fn framed((left, a): (&Line, &Frame), (right, b): (&Line, &Frame)) -> Comparison {
    let said = |frame| Framed { frame, rule: None };
    let (differs, bound) = match comparable(&said(a), &said(b)) {
        Comparable::Yes => (Vec::new(), None),
        Comparable::No(parts) => (parts, None),
        Comparable::Inside(why) => (differences(a, b), Some(bound(left, right, why))),
        Comparable::Around(why) => (differences(a, b), Some(bound(right, left, why))),
    };
    let difference = match (&left.quantity, &right.quantity) {
        (Some(a), Some(b)) if differs.is_empty() => difference(a, b),
        _ => None,
    };
    Comparison { left: left.id, right: right.id, difference, bound, differs }
}

fn bound(narrower: &Line, wider: &Line, why: Vec<Nesting>) -> Bound {
    let said = |line: &Line| match &line.quantity {
        None | Some(Quantity::About(_)) => (None, None), // "About" bounds nothing.
        Some(said) => said.bounds(),
    };
    let (at_least, most) = (said(narrower).0, said(wider).1);
    let holds = at_least.zip(most).is_none_or(|(least, most)| least <= most);
    Bound { wider: wider.id, at_least, why, holds }
}

fn difference(left: &Quantity, right: &Quantity) -> Option<Difference> {
    let hazy = |said: &Quantity| matches!(said, Quantity::About(_) | Quantity::Vague { .. });
    if hazy(left) || hazy(right) {
        return None; // "About" and vague words bound nothing.
    }
    let less = |a: Option<u32>, b: Option<u32>| a.zip(b).map(|(a, b)| i64::from(a) - i64::from(b));
    let ((low, high), (least, most)) = (left.bounds(), right.bounds());
    let ratio = match (left, right) {
        (Quantity::Exact(a @ 1..), Quantity::Exact(b)) => Some(f64::from(*b) / f64::from(*a)),
        _ => None,
    };
    Some(Difference { at_least: less(least, high), at_most: less(most, low), ratio })
}

/// Each line with the nearest line of each other body, within days, of the same family of
/// predicates.
pub(crate) fn nearest(lines: &[Line]) -> Vec<Comparison> {
    let mut by_day: HashMap<(Predicate, Date), Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(day) = line.day {
            by_day.entry((family(line.metric.predicate), day)).or_default().push(index);
        }
    }
    let mut pairs = HashSet::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(day) = line.day else { continue };
        for other in neighbours(index, day, lines, &by_day) {
            pairs.insert((index.min(other), index.max(other)));
        }
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_unstable();
    let frames: Vec<Frame> = lines.iter().map(Line::frame).collect();
    let one = |at: usize| (&lines[at], &frames[at]);
    pairs.into_iter().map(|(a, b)| framed(one(a), one(b))).collect()
}

fn neighbours(
    index: usize,
    day: Date,
    lines: &[Line],
    by_day: &HashMap<(Predicate, Date), Vec<usize>>,
) -> Vec<usize> {
    let line = &lines[index];
    let mut best: Vec<(&str, (u32, bool, bool), usize)> = Vec::new();
    let days = days_around(day);
    let near = days
        .flat_map(|day| by_day.get(&(family(line.metric.predicate), day)).into_iter().flatten());
    for &other in near.take(LOOKED_AT) {
        let that = &lines[other];
        if that.body == line.body || that.part_of.is_some() != line.part_of.is_some() {
            continue;
        }
        let apart = that.day.map_or(u32::MAX, |there| days_between(day, there));
        let rank =
            (apart, that.scope != line.scope, that.metric.predicate != line.metric.predicate);
        match best.iter().position(|(body, ..)| *body == that.body) {
            Some(at) if rank < best[at].1 => best[at] = (&that.body, rank, other),
            None if best.len() < BODIES => best.push((&that.body, rank, other)),
            _ => {}
        }
    }
    best.into_iter().map(|(.., other)| other).collect()
}

/// The day itself, then the days beside it, outwards.
fn days_around(day: Date) -> impl Iterator<Item = Date> {
    let moved = move |by: i64| day.checked_add(jiff::Span::new().days(by)).ok();
    (0..=i64::from(NEAR))
        .flat_map(move |by| if by == 0 { vec![0] } else { vec![-by, by] })
        .filter_map(moved)
}

/// Everything that leaves custody is looked at together, to say why it is not one metric.
fn family(predicate: Predicate) -> Predicate {
    if predicate.leaves_custody() { Predicate::Released } else { predicate }
}

#[cfg(test)]
mod tests {
    use crate::{Part, board, compare, sample::*};
    use habeas_model::{Quantity, Standing};

    fn boarded(said: Vec<Said>) -> crate::Board {
        let (present, register, rule) = (present(said), register(vec![]), rule("strict-monitor"));
        board(&asked(&present, &register, &rule))
    }

    #[test]
    fn the_monitor_and_the_state_are_refused_with_the_reason() {
        let monitor = political("Vigilia", 151).since("2026-01-08").as_of("2026-01-20");
        let state =
            claim("Ministry", 626).words("detainees").since("2025-12-01").as_of("2026-01-23");
        let board = boarded(vec![monitor, state]);
        let [refused] = &board.comparisons[..] else { panic!("{:?}", board.comparisons) };
        assert_eq!(refused.differs, [Part::Population, Part::Window, Part::AsOf]);
        assert_eq!(refused.difference, None);
        let bound = refused.bound.as_ref().unwrap();
        assert_eq!((bound.at_least, bound.holds), (Some(151), true));
        assert_eq!(bound.wider, board.lines[1].id);
        assert_eq!(board.lines[0].gap, Some(Standing::ShortBy(151)));
    }

    #[test]
    fn equal_frames_are_subtracted() {
        let said = |body, n| political(body, n).since("2026-01-08").as_of("2026-01-20");
        let two = |a, b| {
            let board =
                boarded(vec![said("Coalition", 0).quantity(a), said("Vigilia", 0).quantity(b)]);
            compare(&board.lines[0], &board.lines[1]).difference.map(|d| (d.at_least, d.at_most))
        };
        assert_eq!(two(Quantity::Exact(151), Quantity::Exact(160)), Some((Some(9), Some(9))));
        assert_eq!(two(Quantity::AtLeast(151), Quantity::Exact(160)), Some((None, Some(9))));
        assert_eq!(two(Quantity::About(151), Quantity::Exact(160)), None);
    }

    #[test]
    fn the_board_never_shows_the_future() {
        let said = |day: &str| political("Vigilia", 5).since("2026-01-08").as_of(day);
        let (present, register, rule) = (
            present([said("2026-01-20"), said("2026-01-22")]),
            register(vec![]),
            rule("strict-monitor"),
        );
        let board = board(&at(asked(&present, &register, &rule), "2026-01-21"));
        assert_eq!((board.lines.len(), board.claims), (1, 1)); // Invariant 8.
    }

    #[test]
    fn a_line_bears_its_frame_on_the_wire() {
        let board =
            boarded(vec![political("Vigilia", 151).since("2026-01-08").as_of("2026-01-20")]);
        let line = serde_json::to_value(&board.lines[0]).unwrap();
        for key in [
            "metric",
            "unit",
            "population",
            "window",
            "as_of",
            "quantity",
            "speaker_chain",
            "named",
            "gap",
        ] {
            assert!(line.get(key).is_some(), "{key} in {line}");
        }
        assert_eq!(line["speaker_chain"][0], "The Lamp");
        assert_eq!(line["window"]["from"], "2026-01-08");
    }
}
