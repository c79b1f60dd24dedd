//! A pair drawn as a waterfall: from what is known beforehand, part by part, to the decision.

use crate::{Lang, word, words, words::coded};
use habeas_person::link::{Explained, Held};
use maud::{Markup, html};

/// One bar: its words, where it begins and what it adds, bits.
pub(crate) struct Bar {
    pub title: String,
    pub level: String,
    pub from: f64,
    pub bits: f64,
}

/// The bars of a pair, in order, the sum last.
pub(crate) fn bars(told: &Explained, lang: Lang) -> Vec<Bar> {
    let mut parts = vec![(word(lang, "explain-before"), String::new(), told.before)];
    for step in &told.steps {
        parts.push((compared(&step.title, lang), level(&step.level, lang), step.bits));
    }
    if told.relatives.abs() >= 0.05 {
        parts.push((word(lang, "explain-relatives"), String::new(), told.relatives));
    }
    if told.reviewed.abs() >= 0.05 {
        parts.push((word(lang, "explain-reviewed"), String::new(), told.reviewed));
    }
    let mut sum = 0.0;
    let mut bars: Vec<Bar> = Vec::new();
    for (title, level, bits) in parts {
        bars.push(Bar { title, level, from: sum, bits });
        sum += bits;
    }
    let title = word(lang, "explain-sum");
    bars.push(Bar { title, level: String::new(), from: 0.0, bits: told.weight });
    bars
}

/// What is compared, in words; the heading of somebody's own table stays as it is.
pub(crate) fn compared(title: &str, lang: Lang) -> String {
    match title {
        "surnames" | "given names" | "name" => coded(lang, "compared", &title.replace(' ', "-")),
        heading => coded(lang, "pair", heading),
    }
}

/// A level in words.
pub(crate) fn level(level: &str, lang: Lang) -> String {
    coded(lang, "level", level)
}

/// "one person, p 0.998" or why not.
pub(crate) fn decision(told: &Explained, lang: Lang) -> String {
    let key = match (told.p >= told.join, told.together) {
        (true, true) => "explain-one",
        (false, false) => "explain-two",
        (true, false) => "explain-kept-apart",
        (false, true) => "explain-through-others",
    };
    let (p, join) = (format!("{:.4}", told.p), format!("{:.2}", told.join));
    let bits = format!("{:+.1}", told.weight);
    let why = told.held.map_or("undecided", Held::word);
    let why = word(lang, &format!("held-{why}"));
    words(lang, key, &[("p", &p), ("join", &join), ("bits", &bits), ("why", &why)])
}

const LINE: f64 = 26.0;
const WORDS: f64 = 350.0;
const BITS: f64 = 440.0;

/// The drawing, a file of its own: it follows the reader's light or dark.
#[must_use]
pub fn waterfall(told: &Explained, lang: Lang) -> String {
    drawing(told, lang).into_string()
}

fn drawing(told: &Explained, lang: Lang) -> Markup {
    let bars = bars(told, lang);
    let ends = || bars.iter().flat_map(|bar| [bar.from, bar.from + bar.bits]);
    let (low, high) = (ends().fold(0.0, f64::min), ends().fold(1.0, f64::max));
    let x = |bits: f64| WORDS + (bits - low) / (high - low) * BITS;
    let height = LINE * (bars.len() as f64 + 1.0) + 12.0;
    let said = decision(told, lang);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 860 {height}")) role="img"
            aria-label=(said) font-family="system-ui,sans-serif" font-size="13" {
            style { (maud::PreEscaped(STYLE)) }
            rect class="paper" width="860" height=(height) {}
            text x="8" y="18" class="head" { (said) }
            line class="zero" x1=(x(0.0)) x2=(x(0.0)) y1=(LINE) y2=(height - 6.0) {}
            @for (nth, bar) in bars.iter().enumerate() {
                @let y = LINE * (nth as f64 + 1.0);
                @let (from, to) = (x(bar.from), x(bar.from + bar.bits));
                @let class = match bar.bits { _ if nth + 1 == bars.len() => "sum", bits if bits < 0.0 => "against", _ => "for" };
                text x="8" y=(y + 18.0) { (bar.title) @if !bar.level.is_empty() { tspan class="soft" { ": " (bar.level) } } }
                rect class=(class) x=(from.min(to)) y=(y + 6.0) width=((to - from).abs().max(1.0)) height="15" rx="2" {}
                text class="bits" x=(from.max(to) + 5.0) y=(y + 18.0) { (format!("{:+.1}", bar.bits)) }
            }
        }
    }
}

const STYLE: &str = ".paper{fill:#fff}text{fill:#1d1c1a}.soft{fill:#5d5a54}.head{font-weight:600}\
.zero{stroke:#5d5a54}.for{fill:#23663a}.against{fill:#a12622}.sum{fill:#0b5a6b}\
.bits{font-size:11px}\
@media (prefers-color-scheme:dark){.paper{fill:#1c1f23}text{fill:#eceae4}.soft{fill:#a9a69e}\
.zero{stroke:#a9a69e}.for{fill:#83cf9a}.against{fill:#f2938c}.sum{fill:#7cc7d6}}";
