//! Estimates drawn: who is on which lists, with the hidden bar; the methods' laws; their intervals.
//!
//! Plain SVG that needs nothing else, readable without colour: bars and lines differ in fill and
//! dash, and each bears its number as text.

use crate::{Reader, phrase, terminal::rounded, word};
use habeas_count::estimate::{Answer, Estimates, Method};
use maud::{Markup, html};

const WIDTH: f64 = 760.0;
/// Width of a column of the UpSet plot.
const STEP: f64 = 28.0;
/// Height of its bars.
const BARS: f64 = 180.0;
/// Histories drawn at most; empty ones come after those with people.
const HISTORIES: usize = 32;
/// Steps of a density.
const BINS: usize = 60;
const INK: &str = "#1a1a1a";
const FAINT: &str = "#c8c8c8";
const HIDDEN: &str = "#8a4b08";

fn frame(title: &str, width: f64, height: f64, inside: Markup) -> String {
    let view = format!("0 0 {width:.0} {height:.0}");
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(view) width=(width) height=(height)
            role="img" aria-label=(title) font-family="sans-serif" font-size="12" fill=(INK) {
            title { (title) }
            rect width=(width) height=(height) fill="#ffffff" {}
            text x="12" y="20" font-size="15" font-weight="bold" { (title) }
            (inside)
        }
    };
    svg.into_string()
}

/// The UpSet plot (Lex et al. 2014): a column a history with its bar above, the empty histories as
/// empty columns, and the hidden people as the last bar, from the lowest to the highest median.
#[must_use]
pub fn upset(all: &Estimates, reader: &Reader) -> String {
    let lists = all.lists.len();
    let mut columns: Vec<(u64, u64)> =
        all.table.cells().iter().map(|cell| (cell.history, cell.count)).collect();
    columns.sort_by_key(|(history, count)| (std::cmp::Reverse(*count), *history));
    if lists <= 5 {
        let seen = |h: &u64| columns.iter().any(|(history, _)| history == h);
        let empty: Vec<(u64, u64)> =
            (1..1_u64 << lists).filter(|h| !seen(h)).map(|h| (h, 0)).collect();
        columns.extend(empty);
    }
    columns.truncate(HISTORIES);
    let hidden = all.verdict.lowest.zip(all.verdict.highest);
    let hidden = hidden.map(|(low, high)| (low - all.n as f64, high - all.n as f64));
    let most = columns.iter().map(|(_, count)| *count as f64).fold(1.0, f64::max);
    let scale = BARS / most.max(hidden.map_or(0.0, |(_, high)| high));
    let named = all.lists.iter().map(|list| list.chars().count()).max().unwrap_or(0) as f64;
    let (left, base) = (40.0 + named * 7.0, 40.0 + BARS + 30.0);
    let width = (left + (columns.len() as f64 + 2.0) * STEP + 120.0).max(420.0);
    let x = |column: usize| left + column as f64 * STEP;
    let y = |list: usize| base + 24.0 + list as f64 * 20.0;
    let inside = html! {
        @for (list, name) in all.lists.iter().enumerate() {
            text x=(left - 18.0) y=(y(list) + 4.0) text-anchor="end" { (name) }
        }
        @for (column, (history, count)) in columns.iter().enumerate() {
            @let height = *count as f64 * scale;
            rect x=(x(column) - 7.0) y=(base - height) width="14" height=(height) fill=(INK) {}
            text x=(x(column)) y=(base - height - 5.0) text-anchor="middle" font-size="9" {
                (phrase::number(*count, reader.lang))
            }
            @for list in 0..lists {
                @let on = history >> list & 1 == 1;
                circle cx=(x(column)) cy=(y(list)) r="6" fill=(if on { INK } else { "#ffffff" })
                    stroke=(if on { INK } else { FAINT }) {}
            }
        }
        (hidden_bar(hidden, x(columns.len() + 1), base, scale, lists, reader))
        line x1=(left - 12.0) x2=(width - 12.0) y1=(base) y2=(base) stroke=(INK) {}
    };
    let title = word(reader.lang, "estimate-histories");
    frame(&title, width, y(lists) + 16.0, inside)
}

/// The people on no list: solid to the lowest median, dashed to the highest; nothing where every
/// method refuses.
fn hidden_bar(
    hidden: Option<(f64, f64)>,
    x: f64,
    base: f64,
    scale: f64,
    lists: usize,
    reader: &Reader,
) -> Markup {
    let name = word(reader.lang, "estimate-hidden");
    let told = match hidden {
        Some((low, high)) => format!("{} – {}", rounded(low, reader), rounded(high, reader)),
        None => "?".to_owned(),
    };
    let (low, high) = hidden.unwrap_or((0.0, 40.0 / scale));
    let (solid, top) = (low.max(0.0) * scale, high.max(0.0) * scale);
    html! {
        rect x=(x - 8.0) y=(base - top) width="16" height=(top) fill="none" stroke=(HIDDEN)
            stroke-dasharray="4 2" {}
        rect x=(x - 8.0) y=(base - solid) width="16" height=(solid) fill=(HIDDEN)
            fill-opacity="0.55" {}
        text x=(x) y=(base - top - 5.0) text-anchor="middle" font-size="10" fill=(HIDDEN) { (told) }
        @for list in 0..lists {
            circle cx=(x) cy=(base + 24.0 + list as f64 * 20.0) r="6" fill="#ffffff"
                stroke=(HIDDEN) stroke-dasharray="2 2" {}
        }
        text x=(x + 14.0) y=(base + 14.0) fill=(HIDDEN) { (name) }
    }
}

/// Round numbers for an axis of logarithms from `low` to `high`.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let mut ticks = Vec::new();
    let mut power = 10_f64.powf(low.max(1.0).log10().floor());
    while power <= high {
        let steps = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0].map(|step| step * power);
        ticks.extend(steps.into_iter().filter(|tick| *tick >= low && *tick <= high));
        power *= 10.0;
    }
    if ticks.len() > 9 { ticks.into_iter().step_by(2).collect() } else { ticks }
}

/// An axis of totals: its ends, and where a total stands.
struct Axis {
    low: f64,
    high: f64,
    left: f64,
}

impl Axis {
    fn of(all: &Estimates, values: impl Iterator<Item = f64>) -> Axis {
        let n = all.n.max(1) as f64;
        let high = values.filter(|x| x.is_finite()).fold(n * 1.2, f64::max);
        Axis { low: n * 0.95, high: high * 1.05, left: 190.0 }
    }

    fn x(&self, total: f64) -> f64 {
        let share = (total / self.low).ln() / (self.high / self.low).ln();
        self.left + share.clamp(0.0, 1.0) * (WIDTH - self.left - 24.0)
    }

    fn drawn(&self, all: &Estimates, bottom: f64, reader: &Reader) -> Markup {
        let n = self.x(all.n as f64);
        html! {
            @for tick in ticks(self.low, self.high) {
                line x1=(self.x(tick)) x2=(self.x(tick)) y1="34" y2=(bottom) stroke=(FAINT) {}
                text x=(self.x(tick)) y=(bottom + 16.0) text-anchor="middle" {
                    (phrase::number(tick as u64, reader.lang))
                }
            }
            line x1=(n) x2=(n) y1="34" y2=(bottom) stroke=(INK) stroke-width="2" {}
            text x=(n) y=(bottom + 32.0) text-anchor="middle" font-weight="bold" {
                "n = " (phrase::number(all.n, reader.lang))
            }
        }
    }
}

fn name(method: Method, reader: &Reader) -> String {
    word(reader.lang, &format!("method-{method}"))
}

/// Each method's interval on one axis of logarithms; a refusal has its row and no line.
#[must_use]
pub fn intervals(all: &Estimates, reader: &Reader) -> String {
    let ends = all.methods.iter().flat_map(|one| [one.median, one.upper]).flatten();
    let axis = Axis::of(all, ends);
    let bottom = 44.0 + all.methods.len() as f64 * 28.0;
    let bound = |one: &Answer| matches!(one.name, Method::Chao | Method::MthChao);
    let inside = html! {
        (axis.drawn(all, bottom, reader))
        @for (at, one) in all.methods.iter().enumerate() {
            @let y = 58.0 + at as f64 * 28.0;
            text x=(axis.left - 12.0) y=(y + 4.0) text-anchor="end" { (name(one.name, reader)) }
            @if let (Some(median), Some(low)) = (one.median, one.lower) {
                @let high = one.upper.unwrap_or(axis.high);
                line x1=(axis.x(low)) x2=(axis.x(high)) y1=(y) y2=(y) stroke=(INK) stroke-width="3"
                    stroke-dasharray=[bound(one).then_some("3 3")] {}
                circle cx=(axis.x(median)) cy=(y) r="5" fill=(INK) {}
                text x=(axis.x(median)) y=(y - 8.0) text-anchor="middle" font-size="10" {
                    (rounded(median, reader))
                }
            } @else {
                text x=(axis.left + 6.0) y=(y + 4.0) fill="#666666" { "—" }
            }
        }
    };
    frame(&word(reader.lang, "estimate-interval"), WIDTH, bottom + 44.0, inside)
}

/// Where each method puts the total: a row a method, its draws as a filled curve.
#[must_use]
pub fn densities(all: &Estimates, reader: &Reader) -> String {
    let drawn: Vec<&Answer> =
        all.methods.iter().filter(|one| one.median.is_some() && !one.draws.is_empty()).collect();
    let high = |one: &&Answer| {
        let mut draws = one.draws.clone();
        draws.sort_by(f64::total_cmp);
        draws[(draws.len() - 1) * 995 / 1000]
    };
    let axis = Axis::of(all, drawn.iter().map(high));
    let bottom = 44.0 + drawn.len().max(1) as f64 * 70.0;
    let inside = html! {
        (axis.drawn(all, bottom, reader))
        @for (at, one) in drawn.iter().enumerate() {
            @let y = 100.0 + at as f64 * 70.0;
            text x=(axis.left - 12.0) y=(y - 4.0) text-anchor="end" { (name(one.name, reader)) }
            path d=(curve(one, &axis, y)) fill=(INK) fill-opacity="0.25" stroke=(INK) {}
        }
    };
    frame(&word(reader.lang, "estimate-densities"), WIDTH, bottom + 44.0, inside)
}

/// A smoothed histogram over the axis, as a path that stands on `base`.
fn curve(one: &Answer, axis: &Axis, base: f64) -> String {
    let (from, to) = (axis.x(axis.low), axis.x(axis.high));
    let mut bins = [0.0_f64; BINS];
    for draw in &one.draws {
        let at = (axis.x(*draw) - from) / (to - from) * BINS as f64;
        bins[(at as usize).min(BINS - 1)] += 1.0;
    }
    let at = |bin: usize| bins[bin.min(BINS - 1)];
    let smooth = |bin: usize| (at(bin.saturating_sub(1)) + 2.0 * at(bin) + at(bin + 1)) / 4.0;
    let most = (0..BINS).map(smooth).fold(1.0, f64::max);
    let point = |bin: usize| {
        let x = from + (bin as f64 + 0.5) * (to - from) / BINS as f64;
        format!("L{x:.1} {:.1}", base - 54.0 * smooth(bin) / most)
    };
    let top: String = (0..BINS).map(point).collect();
    format!("M{from:.1} {base:.1}{top}L{to:.1} {base:.1}Z")
}
