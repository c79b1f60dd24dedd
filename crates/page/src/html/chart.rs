//! Which numbers may share an axis: one chart for each frame, claims by speaker, the people named
//! below.

use crate::{Lang, Reader, json::speakers, phrase, redact};
use habeas_count::{Board, Line, differences};
use habeas_model::{ClaimId, Frame, Modality, Predicate, Quantity, Scope, Standing, When};
use jiff::civil::Date;
use std::collections::HashMap;

/// So many charts, so many speakers on one, so many frames looked at of one kind: what is more
/// stands in the table.
const CHARTS: usize = 4;
pub(super) const SPEAKERS: usize = 6;
const FRAMES: usize = 24;

/// One number of one speaker on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The line of the board it opens to.
    pub id: ClaimId,
    /// The day it stands for.
    pub day: Date,
    /// Where it is drawn.
    pub at: u32,
    /// Least and most that the words allow, `None` where open.
    pub bounds: Bounds,
    /// "About" and estimates: drawn hollow.
    pub hazy: bool,
    /// Who says so: a shape of [`Chart::series`].
    pub series: usize,
    /// How many are named for exactly this frame, where the register can speak to it.
    pub named: Option<u32>,
    /// The number nearest to the names that the claim allows, where they may be set against each
    /// other and differ.
    pub gap: Option<u32>,
    /// The quantity, in words.
    pub said: String,
    /// Who says what, and when.
    pub words: String,
}

/// A chart: numbers of one frame that differ only in their moment (invariant 4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// "released: political prisoners".
    pub frame: String,
    /// "since 8 Jan 2026", or nothing for a stock.
    pub window: String,
    /// The speakers with the most numbers, each with its shape, which is the same on every chart of
    /// a page.
    pub series: Vec<(usize, String)>,
    /// The numbers, by day.
    pub points: Vec<Point>,
    /// How many are named, by day.
    pub named: Vec<(Date, u32)>,
    /// Quantities that bound nothing and are not drawn.
    pub vague: Vec<String>,
    /// How many speakers there are in all.
    pub speakers: usize,
}

/// The charts of a board, those with the most numbers first.
#[must_use]
pub fn charts(board: &Board, reader: &Reader) -> Vec<Chart> {
    let mut groups = groups(&board.lines);
    groups.retain(|group| days(group) > 1);
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.truncate(CHARTS);
    let mut shapes = Vec::new();
    groups.iter().map(|group| chart(group, &mut shapes, reader)).collect()
}

fn days(group: &[&Line]) -> usize {
    let mut days: Vec<Date> =
        group.iter().filter(|line| drawn(line).is_some()).filter_map(|line| line.day).collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}

/// What two lines must share before their frames are looked at.
type Likeness = (Predicate, Scope, Option<Date>);

/// Lines whose frames agree in all but their moment: stocks with stocks, running totals with those
/// of one window.
fn groups<'a>(lines: &'a [Line]) -> Vec<Vec<&'a Line>> {
    let mut kinds: HashMap<Likeness, Vec<usize>> = HashMap::new();
    let mut groups: Vec<Vec<&'a Line>> = Vec::new();
    for line in lines.iter().filter(|line| line.part_of.is_none() && line.day.is_some()) {
        let from = line.window.from.as_ref().and_then(When::first);
        let scope = match line.scope {
            Some(Scope::Stock) => Scope::Stock,
            Some(Scope::Cumulative) if from.is_some() => Scope::Cumulative,
            _ => continue,
        };
        let near = kinds.entry((line.metric.predicate, scope, from)).or_default();
        match near.iter().copied().find(|&at| one_axis(groups[at][0], line)) {
            Some(at) => groups[at].push(line),
            None if near.len() < FRAMES => {
                near.push(groups.len());
                groups.push(vec![line]);
            }
            None => {}
        }
    }
    groups
}

/// Whether two frames agree when their moments are set aside.
fn one_axis(a: &Line, b: &Line) -> bool {
    let at = |line: &Line| {
        let moment = When::day(Date::MAX); // After any first day: no window is turned round.
        Frame { to: None, as_of: Some(moment), ..line.frame() }
    };
    differences(&at(a), &at(b)).is_empty()
}

/// Least and most that the words of a quantity allow.
pub type Bounds = (Option<u32>, Option<u32>);

/// Where a quantity is drawn, if its words bound anything.
fn drawn(line: &Line) -> Option<(u32, Bounds)> {
    let said = line.quantity.as_ref()?;
    let bounds = said.bounds();
    let at = match said {
        Quantity::MoreThan(n) | Quantity::FewerThan(n) => *n,
        Quantity::Between { low, high, .. } => low + (high - low) / 2,
        Quantity::Vague { .. } => return None,
        _ => bounds.0.or(bounds.1)?,
    };
    Some((at, bounds))
}

/// The speakers of a chart, each with the shape it has on every chart of the page.
fn series(
    group: &[&Line],
    shapes: &mut Vec<(String, usize)>,
    reader: &Reader,
) -> (usize, Vec<(usize, String)>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for line in group.iter().filter(|line| drawn(line).is_some()) {
        let body = who(line, reader);
        match counts.iter_mut().find(|(known, _)| *known == body) {
            Some((_, n)) => *n += 1,
            None => counts.push((body, 1)),
        }
    }
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let speakers = counts.len();
    counts.truncate(SPEAKERS);
    let had = |body: &String, shapes: &[(String, usize)]| {
        shapes.iter().find(|(known, _)| known == body).map(|(_, shape)| *shape)
    };
    let mut taken: Vec<usize> = Vec::new();
    let mut series = Vec::new();
    // Those who have a shape keep it; the others get what is left.
    counts.sort_by_key(|(body, _)| had(body, shapes).is_none());
    for (body, _) in counts {
        let free = had(&body, shapes).filter(|shape| !taken.contains(shape));
        let shape =
            free.or_else(|| (0..SPEAKERS).find(|shape| !taken.contains(shape))).unwrap_or(0);
        taken.push(shape);
        if had(&body, shapes).is_none() {
            shapes.push((body.clone(), shape));
        }
        series.push((shape, body));
    }
    (speakers, series)
}

fn who(line: &Line, reader: &Reader) -> String {
    redact::body(&line.body, speakers(&line.speaker_chain), reader)
}

fn chart(group: &[&Line], shapes: &mut Vec<(String, usize)>, reader: &Reader) -> Chart {
    let lang = reader.lang;
    let (speakers, series) = series(group, shapes, reader);
    let mut chart = Chart {
        frame: frame(group[0], lang),
        window: window(group[0], lang),
        speakers,
        ..Chart::default()
    };
    for line in group {
        let Some(day) = line.day else { continue };
        chart.named.extend(line.named.as_ref().map(|named| (day, named.count)));
        let body = who(line, reader);
        if drawn(line).is_none() {
            let said = format!("{} ({body}, {})", said(line, lang), phrase::day(day, lang));
            chart.vague.push(said);
        } else if let Some((shape, _)) = series.iter().find(|(_, known)| *known == body) {
            chart.points.extend(point(line, day, *shape, reader));
        }
    }
    chart.series = series;
    chart.points.sort_by_key(|point| (point.day, point.series, point.at));
    chart.named.sort_unstable();
    chart.named.dedup();
    chart
}

fn point(line: &Line, day: Date, series: usize, reader: &Reader) -> Option<Point> {
    let (at, bounds) = drawn(line)?;
    let said = said(line, reader.lang);
    let loose = matches!(line.quantity, Some(Quantity::About(_) | Quantity::Between { .. }));
    // The gap runs from the names to the nearest number that the words allow.
    let gap = match line.gap {
        Some(Standing::ShortBy(n)) => line.named.as_ref().map(|named| named.count + n),
        Some(Standing::ContradictedBy(n)) => line.named.as_ref().map(|named| named.count - n),
        _ => None,
    };
    Some(Point {
        id: line.id,
        day,
        at,
        bounds,
        hazy: loose || line.modality == Modality::Estimated,
        series,
        named: line.named.as_ref().map(|named| named.count),
        gap,
        words: format!("{}, {}: {said}", who(line, reader), phrase::day(day, reader.lang)),
        said,
    })
}

fn said(line: &Line, lang: Lang) -> String {
    line.quantity.as_ref().map_or(String::new(), |said| phrase::quantity(said, lang))
}

fn frame(line: &Line, lang: Lang) -> String {
    let metric = habeas_model::Metric { verified: false, ..line.metric };
    let (what, whom) =
        (phrase::metric(metric, line.unit, lang), phrase::population(&line.population, lang));
    crate::words(lang, "chart-frame", &[("what", &what), ("whom", &whom)])
}

fn window(line: &Line, lang: Lang) -> String {
    match (line.scope, &line.window.from) {
        (Some(Scope::Cumulative), Some(from)) => {
            crate::words(lang, "window-since", &[("day", &phrase::when(from, lang))])
        }
        _ => crate::word(lang, "scope-stock"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[track_caller]
    fn check(lines: Vec<Line>, expected: &[usize]) {
        let charts = charts(&sample::board(lines), &Reader::public(Lang::En));
        let points: Vec<usize> = charts.iter().map(|chart| chart.points.len()).collect();
        assert_eq!(points, expected);
    }

    #[test]
    fn only_one_frame_shares_an_axis() {
        let total = |id, n, day| sample::line(id, "Vigilia", n, day);
        let since = |mut line: Line, day: &str| {
            line.window.from = Some(sample::when(day));
            line
        };
        let stock = |mut line: Line| {
            (line.scope, line.window) = (Some(Scope::Stock), Default::default());
            line.metric.predicate = Predicate::Held;
            line
        };
        let early = || vec![total(1, 12, "2026-01-10"), total(2, 50, "2026-01-12")];
        check(early(), &[2]);
        let mut two_windows = early();
        two_windows.push(since(total(3, 383, "2026-01-14"), "2025-12-01"));
        two_windows.push(since(total(4, 400, "2026-01-15"), "2025-12-01"));
        check(two_windows, &[2, 2]);
        let mut with_stock = early();
        with_stock.extend([stock(total(5, 800, "2026-01-10")), stock(total(6, 780, "2026-01-12"))]);
        check(with_stock, &[2, 2]);
        check(vec![total(1, 12, "2026-01-10")], &[]);
        let mut silent = early();
        silent.iter_mut().for_each(|line| line.window.from = None);
        check(silent, &[]);
    }

    #[test]
    fn a_vague_word_has_no_place_on_an_axis() {
        let mut lines: Vec<Line> = [10, 12, 14]
            .iter()
            .map(|day| sample::line(*day, "Vigilia", 9, &format!("2026-01-{day}")))
            .collect();
        lines[1].quantity = Some(Quantity::vague("many", None));
        lines[2].quantity = Some(Quantity::AtLeast(9));
        let charts = charts(&sample::board(lines), &Reader::public(Lang::En));
        assert_eq!((charts[0].points.len(), charts[0].vague.len()), (2, 1));
        assert_eq!(charts[0].points[1].bounds, (Some(9), None));
    }
}
