//! A chart as a drawing: points with shapes, steps between them, whiskers for bounds, names as a
//! filled step below.

use super::{
    STYLE,
    chart::{Chart, Point},
    row::Opens,
};
use crate::{Lang, phrase, word, words};
use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

/// Size and margins of a drawing, in the units of its view box.
struct Canvas {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    first: Date,
    days: f64,
    most: f64,
    step: f64,
}

impl Canvas {
    fn of(chart: &Chart, width: f64, head: f64) -> Option<Canvas> {
        let days = || chart.points.iter().map(|point| point.day);
        let (first, last) = (days().min()?, days().max()?);
        let highest =
            chart.points.iter().map(|point| point.bounds.1.unwrap_or(point.at).max(point.at));
        let named = chart.named.iter().map(|(_, n)| *n);
        let most = f64::from(highest.chain(named).max()?.max(4));
        let step = nice(most / 5.0);
        let most = (most * 1.06 / step).ceil() * step;
        let (top, bottom) = (head, 34.0);
        let height = top + bottom + if width > 500.0 { 280.0 } else { 230.0 };
        let right = if width > 500.0 { 52.0 } else { 40.0 };
        let days = f64::from(days_from(first, last)).max(1.0);
        Some(Canvas { width, height, left: 46.0, right, top, bottom, first, days, most, step })
    }

    fn x(&self, day: Date) -> f64 {
        let room = self.width - self.left - self.right - 24.0;
        self.left + 12.0 + room * f64::from(days_from(self.first, day)) / self.days
    }

    fn y(&self, n: f64) -> f64 {
        let room = self.height - self.top - self.bottom;
        self.height - self.bottom - room * n / self.most
    }
}

fn days_from(first: Date, day: Date) -> i32 {
    first.until(day).map_or(0, |span| span.get_days())
}

/// The least of 1, 2, 5, 10, 20, 50, ... that is not below `step`.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.max(1.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|of| of * power);
    steps.into_iter().find(|of| *of >= step).unwrap_or(power).max(1.0)
}

fn fixed(n: f64) -> String {
    format!("{n:.1}")
}

/// The drawing for a wide screen and for a narrow one; a style sheet shows one of them.
#[must_use]
pub fn figure(chart: &Chart, nth: usize, rule: &str, opens: Opens<'_>, lang: Lang) -> Markup {
    html! {
        (svg(chart, nth, rule, opens, lang, 720.0))
        (svg(chart, nth, rule, opens, lang, 340.0))
        (legend(chart, lang))
    }
}

fn svg(chart: &Chart, nth: usize, rule: &str, opens: Opens<'_>, lang: Lang, width: f64) -> Markup {
    let class = if width > 500.0 { "wide" } else { "narrow" };
    let heads = printed(chart, rule, lang, if width > 500.0 { 104 } else { 50 });
    let head = 18.0 + 17.0 * heads.len() as f64;
    let Some(canvas) = Canvas::of(chart, width, head) else { return html! {} };
    let n = |of: usize| phrase::number(of as u64, lang);
    let desc = words(
        lang,
        "chart-desc",
        &[("points", &n(chart.points.len())), ("bodies", &n(chart.series.len()))],
    );
    let ids = (format!("t{nth}{class}"), format!("d{nth}{class}"));
    html! {
        svg class={ "chart " (class) } viewBox=(format!("0 0 {width} {}", fixed(canvas.height))) role="group"
            aria-labelledby=(format!("{} {}", ids.0, ids.1)) {
            title id=(ids.0) { (chart.frame) ", " (chart.window) }
            desc id=(ids.1) { (desc) }
            (drawn(chart, &heads, &canvas, Some(opens), lang))
        }
    }
}

/// All that is drawn; without `opens` a point leads nowhere.
fn drawn(
    chart: &Chart,
    heads: &[(bool, String)],
    canvas: &Canvas,
    opens: Option<Opens<'_>>,
    lang: Lang,
) -> Markup {
    html! {
        @for (at, (strong, line)) in heads.iter().enumerate() {
            text class=(if *strong { "head" } else { "sub" }) x="2" y=(fixed(14.0 + 17.0 * at as f64)) { (line) }
        }
        (axes(canvas, lang))
        (gaps(chart, canvas))
        (named(chart, canvas, lang))
        @for (series, _) in &chart.series { (line(chart, *series, canvas)) }
        @for point in &chart.points {
            @match opens {
                Some(opens) => a href=(opens.row(point.id)) tabindex="-1" { (mark(point, canvas)) },
                None => g { (mark(point, canvas)) },
            }
        }
        (ends(chart, canvas))
    }
}

/// A chart alone in a file: what stands on it on a page, and its legend below.
pub struct Image {
    /// SVG with its style in it, which asks nothing of anybody.
    pub svg: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A chart to be taken out of its page; none where it has no points.
#[must_use]
pub fn image(chart: &Chart, rule: &str, lang: Lang) -> Option<Image> {
    const MARGIN: u32 = 14;
    const WIDTH: u32 = 720 + 2 * MARGIN;
    let heads = printed(chart, rule, lang, 104);
    let canvas = Canvas::of(chart, 720.0, 18.0 + 17.0 * heads.len() as f64)?;
    let keys = keys(chart, lang);
    let height = canvas.height.ceil() as u32 + 20 * keys.len() as u32 + 2 * MARGIN;
    let style = format!("width:{WIDTH}px;height:{height}px;font-family:system-ui,sans-serif");
    let view = format!("-{MARGIN} -{MARGIN} {WIDTH} {height}");
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" class="chart" width=(WIDTH) height=(height)
            viewBox=(view) style=(style) {
            title { (chart.frame) ", " (chart.window) }
            style { (PreEscaped("<![CDATA[")) (PreEscaped(STYLE)) (PreEscaped("]]>")) }
            rect x={ "-" (MARGIN) } y={ "-" (MARGIN) } width=(WIDTH) height=(height) fill="var(--card)" {}
            (drawn(chart, &heads, &canvas, None, lang))
            @for (nth, (key, said)) in keys.iter().enumerate() {
                g transform={ "translate(44 " (fixed(canvas.height + 4.0 + 20.0 * nth as f64)) ")" } {
                    (key)
                    text class="sub" x="24" y="13" { (said) }
                }
            }
        }
    };
    Some(Image { svg: svg.into_string(), width: WIDTH, height })
}

/// Frame, window, rule and as-of stand on the drawing itself, so that a copy of it still says what
/// it counts.
fn printed(chart: &Chart, rule: &str, lang: Lang, columns: usize) -> Vec<(bool, String)> {
    let first = chart.points.first().map(|point| phrase::day(point.day, lang)).unwrap_or_default();
    let last = chart.points.last().map(|point| phrase::day(point.day, lang)).unwrap_or_default();
    let as_of = words(lang, "chart-as-of", &[("first", &first), ("last", &last)]);
    let rule = words(lang, "chart-rule", &[("title", rule)]);
    let texts =
        [(true, format!("{}, {}", chart.frame, chart.window)), (false, format!("{as_of}. {rule}"))];
    let mut lines = Vec::new();
    for (strong, text) in texts {
        let columns = if strong { columns * 4 / 5 } else { columns };
        let mut line = String::new();
        for word in text.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > columns {
                lines.push((strong, std::mem::take(&mut line)));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push((strong, line));
    }
    lines
}

fn axes(canvas: &Canvas, lang: Lang) -> Markup {
    let mut ticks = Vec::new();
    let mut tick = 0.0;
    while tick <= canvas.most + 0.5 {
        ticks.push(tick);
        tick += canvas.step;
    }
    let (left, right) = (fixed(canvas.left), fixed(canvas.width - canvas.right));
    html! {
        g class="axis" {
            @for tick in ticks {
                line class=(if tick == 0.0 { "base" } else { "grid" }) x1=(left) x2=(right) y1=(fixed(canvas.y(tick))) y2=(fixed(canvas.y(tick))) {}
                text x=(fixed(canvas.left - 6.0)) y=(fixed(canvas.y(tick) + 4.0)) text-anchor="end" { (phrase::number(tick as u64, lang)) }
            }
            @for (day, label) in days(canvas, lang) {
                line class="tick" x1=(fixed(canvas.x(day))) x2=(fixed(canvas.x(day))) y1=(fixed(canvas.height - canvas.bottom)) y2=(fixed(canvas.height - canvas.bottom + 5.0)) {}
                text x=(fixed(canvas.x(day))) y=(fixed(canvas.height - canvas.bottom + 19.0)) text-anchor="middle" { (label) }
            }
        }
    }
}

/// The days that are labelled: the first of months where there are enough, else evenly spread days.
fn days(canvas: &Canvas, lang: Lang) -> Vec<(Date, String)> {
    let most = if canvas.width > 500.0 { 8 } else { 4 };
    let every = (canvas.days / f64::from(most)).ceil().max(1.0) as i32;
    let short = |day: Date| {
        let whole = phrase::day(day, lang);
        whole.rsplit_once(' ').map_or(whole.clone(), |(short, _)| short.to_owned())
    };
    let mut out = Vec::new();
    let mut after = 0;
    while f64::from(after) <= canvas.days {
        if let Ok(day) = canvas.first.checked_add(jiff::Span::new().days(after)) {
            out.push((day, short(day)));
        }
        after += every;
    }
    out
}

/// The gap is shaded only where claimed and named may be set against each other.
fn gaps(chart: &Chart, canvas: &Canvas) -> Markup {
    let gap = |point: &Point| Some((point.day, point.gap?, point.named?));
    html! {
        g class="gap" {
            @for (day, claimed, named) in chart.points.iter().filter_map(gap) {
                @let (a, b) = (canvas.y(f64::from(claimed)), canvas.y(f64::from(named)));
                rect x=(fixed(canvas.x(day) - 3.0)) width="6" y=(fixed(a.min(b))) height=(fixed((a - b).abs())) {}
            }
        }
    }
}

/// The people named, as a filled step: they are a floor.
fn named(chart: &Chart, canvas: &Canvas, lang: Lang) -> Markup {
    let Some(&(_, last)) = chart.named.last() else { return html! {} };
    let base = canvas.y(0.0);
    let mut path = String::new();
    let mut before = None;
    for &(day, n) in &chart.named {
        let (x, y) = (canvas.x(day), canvas.y(f64::from(n)));
        match before {
            None => path.push_str(&format!("M{} {} V{}", fixed(x), fixed(base), fixed(y))),
            Some(_) => path.push_str(&format!(" H{} V{}", fixed(x), fixed(y))),
        }
        before = Some(x);
    }
    let end = before.unwrap_or(canvas.left).max(canvas.width - canvas.right - 12.0);
    let area = format!("{path} H{} V{} Z", fixed(end), fixed(base));
    let label = format!("{} {}", phrase::number(last.into(), lang), word(lang, "chart-named"));
    html! {
        path class="named" d=(area) {}
        text class="named-label" x=(fixed(end - 2.0)) y=(fixed(canvas.y(f64::from(last)) - 5.0)) text-anchor="end" { (label) }
    }
}

/// The steps of one speaker: a number stands until its speaker gives another.
fn line(chart: &Chart, series: usize, canvas: &Canvas) -> Markup {
    let mut path = String::new();
    for point in chart.points.iter().filter(|point| point.series == series) {
        let (x, y) = (fixed(canvas.x(point.day)), fixed(canvas.y(f64::from(point.at))));
        match path.is_empty() {
            true => path = format!("M{x} {y}"),
            false => path.push_str(&format!(" H{x} V{y}")),
        }
    }
    html! { path class={ "step s" (series) } d=(path) {} }
}

/// A point: a shape of its speaker, hollow if "about", with a whisker for its bounds and an arrow
/// where one is open.
fn mark(point: &Point, canvas: &Canvas) -> Markup {
    let (x, y) = (canvas.x(point.day), canvas.y(f64::from(point.at)));
    let whisker = match point.bounds {
        (Some(low), Some(high)) if low < high => {
            Some((canvas.y(f64::from(low)), canvas.y(f64::from(high)), false, false))
        }
        (Some(_), None) => Some((y, y - 20.0, false, true)),
        (None, Some(_)) => Some((y + 20.0, y, true, false)),
        _ => None,
    };
    html! {
        title { (point.words) }
        @if let Some((low, high, down, up)) = whisker {
            path class={ "whisker s" (point.series) } d=(bar(x, low, high, down, up)) {}
        }
        (shape(point.series, x, y, point.hazy))
    }
}

fn bar(x: f64, low: f64, high: f64, down: bool, up: bool) -> String {
    let end = |y: f64, open: bool, out: f64| match open {
        true => format!(
            "M{} {} L{} {} L{} {}",
            fixed(x - 3.5),
            fixed(y + out),
            fixed(x),
            fixed(y),
            fixed(x + 3.5),
            fixed(y + out)
        ),
        false => format!("M{} {} H{}", fixed(x - 4.0), fixed(y), fixed(x + 4.0)),
    };
    let stem = format!("M{} {} V{}", fixed(x), fixed(low), fixed(high));
    match (down, up) {
        (false, true) => format!("{stem} {}", end(high, true, 5.0)),
        (true, false) => format!("{stem} {}", end(low, true, -5.0)),
        _ => format!("{stem} {} {}", end(low, false, 0.0), end(high, false, 0.0)),
    }
}

/// The shape of a speaker: told apart without colours.
fn shape(series: usize, x: f64, y: f64, hollow: bool) -> Markup {
    let class = format!("mark s{series}{}", if hollow { " hollow" } else { "" });
    let at = |points: &[(f64, f64)]| {
        let point = |(dx, dy): &(f64, f64)| format!("{},{}", fixed(x + dx), fixed(y + dy));
        points.iter().map(point).collect::<Vec<_>>().join(" ")
    };
    html! {
        @match series {
            0 => circle class=(class) cx=(fixed(x)) cy=(fixed(y)) r="4.2" {},
            1 => rect class=(class) x=(fixed(x - 4.0)) y=(fixed(y - 4.0)) width="8" height="8" {},
            2 => polygon class=(class) points=(at(&[(0.0, -5.2), (4.9, 3.6), (-4.9, 3.6)])) {},
            3 => polygon class=(class) points=(at(&[(0.0, -5.6), (5.6, 0.0), (0.0, 5.6), (-5.6, 0.0)])) {},
            4 => polygon class=(class) points=(at(&[(0.0, 5.2), (4.9, -3.6), (-4.9, -3.6)])) {},
            _ => polygon class=(class) points=(at(&[(-5.0, -1.5), (-1.5, -1.5), (-1.5, -5.0), (1.5, -5.0), (1.5, -1.5), (5.0, -1.5), (5.0, 1.5), (1.5, 1.5), (1.5, 5.0), (-1.5, 5.0), (-1.5, 1.5), (-5.0, 1.5)])) {},
        }
    }
}

/// The last quantity of each speaker, in words (invariant 3), beside its point where there is room.
fn ends(chart: &Chart, canvas: &Canvas) -> Markup {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut labels = Vec::new();
    for (series, _) in &chart.series {
        let Some(point) = chart.points.iter().rfind(|point| point.series == *series) else {
            continue;
        };
        let (x, y) = (canvas.x(point.day), canvas.y(f64::from(point.at)) + 4.0);
        let long = 7.2 * point.said.chars().count() as f64;
        let fits = x + 8.0 + long < canvas.width;
        let (from, to) = if fits { (x + 8.0, x + 8.0 + long) } else { (x - 8.0 - long, x - 8.0) };
        let free = |&(a, b, at): &(f64, f64, f64)| to < a || b < from || (at - y).abs() > 12.0;
        if from > canvas.left && taken.iter().all(free) {
            taken.push((from, to, y));
            let (at, anchor) = if fits { (from, "start") } else { (to, "end") };
            labels.push((at, y, anchor, &point.said, series));
        }
    }
    html! {
        @for (x, y, anchor, label, series) in labels {
            text class={ "end s" (series) } x=(fixed(x)) y=(fixed(y)) text-anchor=(anchor) { (label) }
        }
    }
}

fn legend(chart: &Chart, lang: Lang) -> Markup {
    html! {
        ul class="legend" {
            @for (key, said) in keys(chart, lang) {
                li { svg class="key" viewBox="0 0 18 18" aria-hidden="true" { (key) } (said) }
            }
        }
    }
}

/// What stands for what, each drawn in a box of 18 by 18.
fn keys(chart: &Chart, lang: Lang) -> Vec<(Markup, String)> {
    let any = |of: fn(&Point) -> bool| chart.points.iter().any(of);
    let ranged = |point: &Point| matches!(point.bounds, (Some(low), Some(high)) if low < high);
    let mut all: Vec<(Markup, String)> = Vec::new();
    for (series, body) in &chart.series {
        all.push((shape(*series, 9.0, 9.0, false), body.clone()));
    }
    let mut more = |there: bool, key: Markup, said: &str| {
        all.extend(there.then(|| (key, word(lang, said))));
    };
    let named = html! { rect class="named" x="2" y="5" width="14" height="10" {} };
    more(!chart.named.is_empty(), named, "chart-named");
    let gap = html! { g class="gap" { rect x="6" y="1" width="6" height="16" {} } };
    more(any(|point| point.gap.is_some()), gap, "chart-gap");
    more(any(|point| point.hazy), shape(0, 9.0, 9.0, true), "chart-hollow");
    let whisker =
        |low, high, up| html! { path class="whisker s0" d=(bar(9.0, low, high, false, up)) {} };
    more(any(ranged), whisker(15.0, 3.0, false), "chart-whisker");
    more(any(|point| point.bounds.1.is_none()), whisker(16.0, 3.0, true), "chart-open-up");
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (step, expected) in
            [(0.2, 1.0), (1.0, 1.0), (3.0, 5.0), (37.0, 50.0), (180.0, 200.0), (600.0, 1000.0)]
        {
            assert_eq!(nice(step), expected, "{step}");
        }
    }

    #[test]
    fn frame_rule_and_as_of_are_printed_on_it() {
        let point = |day: &str, at| Point {
            id: habeas_model::ClaimId::from_bits(1),
            day: day.parse().unwrap(),
            at,
            bounds: (Some(at), None),
            hazy: true,
            series: 0,
            named: Some(3),
            gap: Some(at),
            said: phrase::number(at.into(), Lang::Es),
            words: "Vigilia".to_owned(),
        };
        let chart = Chart {
            frame: "released: political prisoners".to_owned(),
            window: "since 8 Jan 2026".to_owned(),
            series: vec![(0, "Vigilia".to_owned())],
            points: vec![point("2026-01-10", 12), point("2026-01-20", 1500)],
            named: vec![("2026-01-10".parse().unwrap(), 3)],
            vague: Vec::new(),
            speakers: 1,
        };
        let drawn = figure(&chart, 0, "Strict monitor", Opens::Here, Lang::Es).into_string();
        for part in [
            "since 8 Jan 2026",
            "Strict monitor",
            "10 ene. 2026 a 20 ene. 2026",
            "1.500",
            "class=\"gap\"",
            "hollow",
            "role=\"group\"",
        ] {
            assert!(drawn.contains(part), "`{part}` is not in\n{drawn}");
        }
        let alone = image(&chart, "Strict monitor", Lang::Es).unwrap().svg;
        for part in ["since 8 Jan 2026", "Strict monitor", "1.500", ">Vigilia</text>", "<style>"] {
            assert!(alone.contains(part), "`{part}` is not in\n{alone}");
        }
        assert!(!alone.contains("href"), "it leads nowhere");
        let mut xml = quick_xml::Reader::from_str(&alone);
        while !matches!(xml.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
}
