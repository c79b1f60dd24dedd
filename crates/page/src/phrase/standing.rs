//! What the names say about a number, or why nothing may be said, in words and with a sign.

use super::quantity::{number, signed};
use crate::{Lang, word, words};
use habeas_count::{Board, Bound, Comparison, Line, Named, Part, PopulationNote};
use habeas_model::Standing;

/// The sign of a standing: a mark and a word, so that colour never stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Names cannot settle it.
    Open,
    /// Names are missing.
    Short,
    /// Supported by names.
    Supported,
    /// More names than claimed.
    Contradicted,
    /// The register cannot speak to it.
    Refused,
}

impl Sign {
    /// Its mark.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Sign::Open => "○",
            Sign::Short => "▼",
            Sign::Supported => "✓",
            Sign::Contradicted => "▲",
            Sign::Refused => "≠",
        }
    }

    /// Its key: `sign-short`, and the class on a page.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Sign::Open => "sign-open",
            Sign::Short => "sign-short",
            Sign::Supported => "sign-supported",
            Sign::Contradicted => "sign-contradicted",
            Sign::Refused => "sign-refused",
        }
    }
}

/// The sign of a line.
#[must_use]
pub fn standing_sign(line: &Line) -> Sign {
    match line.gap {
        Some(Standing::Open) => Sign::Open,
        Some(Standing::ShortBy(_)) => Sign::Short,
        Some(Standing::Supported) => Sign::Supported,
        Some(Standing::ContradictedBy(_)) => Sign::Contradicted,
        None if line.named.is_some() => Sign::Open,
        None => Sign::Refused,
    }
}

/// The standing of a line: "12 named, short by 44", or why it cannot be set against names.
#[must_use]
pub fn standing(line: &Line, lang: Lang) -> String {
    let Some(named) = &line.named else {
        return match line.incomparable.is_empty() {
            true => word(lang, "standing-not-asked"),
            false => {
                words(lang, "cannot-name", &[("why", &said("silent", &line.incomparable, lang))])
            }
        };
    };
    let count = number(named.count.into(), lang);
    let with =
        |key: &str, n: u32| words(lang, key, &[("named", &count), ("n", &number(n.into(), lang))]);
    match line.gap {
        Some(Standing::Open) => with("standing-open", 0),
        Some(Standing::ShortBy(n)) => with("standing-short", n),
        Some(Standing::Supported) => with("standing-supported", 0),
        Some(Standing::ContradictedBy(n)) => with("standing-contradicted", n),
        None => with("standing-named", 0),
    }
}

/// The same for a narrow column: a refusal is the parts alone, "window, population".
#[must_use]
pub fn standing_short(line: &Line, lang: Lang) -> String {
    match line.named {
        None if !line.incomparable.is_empty() => said("part", &line.incomparable, lang),
        _ => standing(line, lang),
    }
}

/// What else to know about names: withheld, unreviewed, and what of the population was not asked.
#[must_use]
pub fn noted(named: &Named, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    let mut add = |key: &str, n: u32| {
        if n > 0 {
            notes.push(words(lang, key, &[("n", &number(n.into(), lang))]));
        }
    };
    add("verified-count", named.verified);
    add("corroborated-count", named.corroborated);
    add("contested-count", named.contested);
    add("unreviewed-count", named.unreviewed);
    add("withheld-of", named.withheld);
    if named.more {
        notes.push(word(lang, "withheld-more"));
    }
    // "Political prisoner" is a category of almost every speaker: it is told once for the whole
    // table.
    let rare = |note: &PopulationNote| *note != PopulationNote::SpeakersCategory && named.count > 0;
    if let Some(note) = named.population_note.filter(rare) {
        notes.push(word(lang, &format!("note-{note}")));
    }
    notes
}

/// What holds for every line of the board that counts a category of its speaker; nothing where none
/// does.
#[must_use]
pub fn noted_once(board: &Board, lang: Lang) -> Option<String> {
    let of = |line: &Line| line.named.as_ref().and_then(|named| named.population_note);
    let any = board.lines.iter().any(|line| of(line) == Some(PopulationNote::SpeakersCategory));
    any.then(|| word(lang, &format!("note-{}", PopulationNote::SpeakersCategory)))
}

/// The parts that differ: "cannot be compared: the window differs, the population differs".
#[must_use]
pub fn differs(parts: &[Part], lang: Lang) -> String {
    words(lang, "cannot-compare", &[("why", &said("differs", parts, lang))])
}

/// "Not said" adds nothing where another part already says which.
fn said(kind: &str, parts: &[Part], lang: Lang) -> String {
    let told = |part: &&Part| **part != Part::NotSaid || parts.len() == 1 || kind == "differs";
    let parts = parts.iter().filter(told).map(|part| word(lang, &format!("{kind}-{part}")));
    parts.collect::<Vec<_>>().join(", ")
}

/// A comparison in words: the difference, or the parts that forbid it (invariant 4).
#[must_use]
pub fn compared(comparison: &Comparison, lang: Lang) -> String {
    match comparison.differs.is_empty() {
        true => difference(comparison, lang),
        false => match &comparison.bound {
            Some(bound) => {
                let said = [bounded(bound, lang), said("differs", &comparison.differs, lang)];
                format!("{} ({})", said[0], said[1])
            }
            None => differs(&comparison.differs, lang),
        },
    }
}

/// What one number says about a wider one: "at least 151: the people of one are among those of the
/// other".
fn bounded(bound: &Bound, lang: Lang) -> String {
    let why = bound.why.iter().map(|why| word(lang, &format!("nesting-{why}")));
    let why = why.collect::<Vec<_>>().join(", ");
    let n = bound.at_least.map_or(String::new(), |n| number(n.into(), lang));
    let key = match (bound.holds, bound.at_least) {
        (false, _) => "bound-broken",
        (true, Some(_)) => "bound-at-least",
        (true, None) => "bound-open",
    };
    words(lang, key, &[("n", &n), ("why", &why)])
}

/// Right less left, as sure as the two numbers are.
#[must_use]
pub fn difference(comparison: &Comparison, lang: Lang) -> String {
    let n = |n: i64| signed(n, lang);
    let bounds = comparison.difference.map(|found| (found.at_least, found.at_most));
    match bounds {
        Some((Some(0), Some(0))) => word(lang, "difference-none"),
        Some((Some(low), Some(high))) if low == high => {
            words(lang, "difference-exact", &[("n", &n(low))])
        }
        Some((Some(low), Some(high))) => {
            words(lang, "difference-between", &[("low", &n(low)), ("high", &n(high))])
        }
        Some((Some(low), None)) => words(lang, "difference-at-least", &[("n", &n(low))]),
        Some((None, Some(high))) => words(lang, "difference-at-most", &[("n", &n(high))]),
        Some((None, None)) | None => word(lang, "difference-open"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_standing_is_said_in_words() {
        let mut line = sample::line(1, "Vigilia", 56, "2026-01-20");
        line.named = Some(Named { count: 12, withheld: 3, ..Named::default() });
        line.gap = Some(Standing::ShortBy(44));
        assert_eq!(standing(&line, Lang::En), "12 named, short by 44");
        assert_eq!(standing(&line, Lang::Es), "12 con nombre, faltan 44");
        assert_eq!(noted(line.named.as_ref().unwrap(), Lang::En), ["names of 3 withheld"]);
        (line.named, line.gap) = (None, None);
        line.incomparable = vec![Part::Window, Part::NotSaid];
        let refused = "cannot be set against names: its first or last day was not said";
        assert_eq!(standing(&line, Lang::En), refused);
        assert_eq!(standing_sign(&line), Sign::Refused);
    }

    #[test]
    fn a_refusal_names_each_part() {
        let said = differs(&[Part::Window, Part::Population], Lang::En);
        assert_eq!(said, "cannot be compared: the window differs, the population differs");
        let said = differs(&[Part::Window], Lang::Es);
        assert_eq!(said, "no se pueden comparar: la ventana difiere");
    }
}
