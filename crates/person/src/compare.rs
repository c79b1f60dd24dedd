//! Two mentions part by part, each part with its weight.
//!
//! Weights are bits of evidence, log2(m/u) in the sense of Fellegi and Sunter (1969, section 2),
//! with m and u set by
//! hand for lists of one country and one year; the engine that learns them is a later piece of
//! work.

use crate::normalise::{Parts, sound};
use habeas_model::{Mention, Predicate, When};
use rapidfuzz::distance::jaro_winkler;
use serde::Serialize;

habeas_model::words! {
    /// What is compared.
    Part {
        /// Given names.
        Given = "given",
        /// Surnames.
        Surname = "surname",
        /// Identity number.
        Number = "number",
        /// Birth date.
        Born = "born",
        /// Day of arrest.
        Arrested = "arrested",
        /// Prison or place.
        Place = "place",
        /// Sex.
        Gender = "gender",
    }
}

habeas_model::words! {
    /// How a part agrees.
    Agreement {
        /// The same.
        Exact = "exact",
        /// Like each other: a slip, a missing second surname, an initial.
        Similar = "similar",
        /// Different.
        Differs = "differs",
        /// One side does not say.
        Missing = "missing",
    }
}

/// One part of a comparison. It never holds a name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// What was compared.
    pub part: Part,
    /// How it agrees.
    pub agreement: Agreement,
    /// Bits of evidence for (or, below zero, against) one person.
    pub weight: f64,
}

/// Every part of a pair.
#[must_use]
pub fn compare(left: (&Mention, &Parts), right: (&Mention, &Parts)) -> Vec<Reason> {
    let ((a, x), (b, y)) = (left, right);
    vec![
        weigh(Part::Surname, surnames(&x.surnames, &y.surnames)),
        weigh(Part::Given, given(&x.given, &y.given)),
        weigh(Part::Number, numbers(&x.number, &y.number)),
        weigh(Part::Born, dates(a.born.as_ref(), b.born.as_ref())),
        weigh(Part::Arrested, dates(arrested(a), arrested(b))),
        weigh(Part::Place, places(a, b)),
        weigh(Part::Gender, optional(a.gender, b.gender)),
    ]
}

fn weigh(part: Part, agreement: Agreement) -> Reason {
    use Agreement::{Differs, Exact, Missing, Similar};
    let weight = match (part, agreement) {
        (_, Missing) => 0.0,
        (Part::Surname, Exact) => 11.0,
        (Part::Surname, Similar) => 6.0,
        (Part::Surname, Differs) => -8.0,
        (Part::Given, Exact) => 6.0,
        (Part::Given, Similar) => 3.0,
        (Part::Given, Differs) => -9.0,
        (Part::Number, Exact) => 16.0,
        (Part::Number, Similar) => 8.0,
        (Part::Number, Differs) => -7.0,
        (Part::Born, Exact) => 10.0,
        (Part::Born, Similar) => 4.0,
        (Part::Born, Differs) => -5.0,
        (Part::Arrested, Exact) => 5.0,
        (Part::Arrested, Similar) => 2.0,
        (Part::Arrested, Differs) => -2.0,
        (Part::Place, Exact) => 2.0,
        (Part::Place, Similar) => 1.0,
        (Part::Place, Differs) => -0.5,
        (Part::Gender, Exact) => 1.0,
        (Part::Gender, _) => -6.0,
    };
    Reason { part, agreement, weight }
}

/// The day of arrest that a mention gives.
#[must_use]
pub fn arrested(mention: &Mention) -> Option<&When> {
    mention
        .happened
        .iter()
        .find(|one| one.predicate == Predicate::Arrested)
        .and_then(|one| one.when.as_ref())
}

fn alike(a: &str, b: &str) -> bool {
    sound(a) == sound(b) || jaro_winkler::similarity(a.chars(), b.chars()) >= 0.92
}

/// Exact with both surnames in the same order; similar with a slip, swapped, or with the second one
/// missing.
fn surnames(x: &[String], y: &[String]) -> Agreement {
    match (x, y) {
        ([], _) | (_, []) => Agreement::Missing,
        _ if x == y && x.len() > 1 => Agreement::Exact,
        ([a], [b]) if a == b => Agreement::Similar,
        ([a, ..], [b, ..]) if (x.len() == 1 || y.len() == 1) && alike(a, b) => Agreement::Similar,
        ([a, b, ..], [c, d, ..])
            if (alike(a, c) && alike(b, d)) || (alike(a, d) && alike(b, c)) =>
        {
            Agreement::Similar
        }
        _ => Agreement::Differs,
    }
}

/// Exact if the same; similar if the shorter is part of the longer, by its beginning, its initials
/// or its sound.
fn given(x: &[String], y: &[String]) -> Agreement {
    if x.is_empty() || y.is_empty() {
        return Agreement::Missing;
    }
    if x == y {
        return Agreement::Exact;
    }
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let fits = |a: &String, b: &String| {
        alike(a, b)
            || (a.len() == 1 && b.starts_with(a.as_str()))
            || (b.len() == 1 && a.starts_with(b.as_str()))
    };
    if short.iter().all(|a| long.iter().any(|b| fits(a, b))) {
        Agreement::Similar
    } else {
        Agreement::Differs
    }
}

/// Similar numbers are one wrong digit or two neighbours swapped apart.
fn numbers(x: &str, y: &str) -> Agreement {
    if x.len() < 4 || y.len() < 4 {
        return Agreement::Missing;
    }
    if x == y {
        return Agreement::Exact;
    }
    let slips: Vec<usize> = x
        .bytes()
        .zip(y.bytes())
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(at, _)| at)
        .collect();
    let (a, b) = (x.as_bytes(), y.as_bytes());
    let swapped = |at: usize, next: usize| next == at + 1 && a[at] == b[next] && a[next] == b[at];
    match slips[..] {
        _ if x.len() != y.len() => Agreement::Differs,
        [_] => Agreement::Similar,
        [at, next] if swapped(at, next) => Agreement::Similar,
        _ => Agreement::Differs,
    }
}

/// Similar dates are one within the other, or with day and month swapped.
fn dates(x: Option<&When>, y: Option<&When>) -> Agreement {
    let (Some(x), Some(y)) = (x, y) else { return Agreement::Missing };
    if x.same_dates(y) {
        return Agreement::Exact;
    }
    let swapped = |a: &When, b: &When| {
        a.single().zip(b.single()).is_some_and(|(a, b)| {
            a.year() == b.year() && a.month() == b.day() && a.day() == b.month()
        })
    };
    let inside = x.within(y.first(), y.last()) || y.within(x.first(), x.last());
    if inside || swapped(x, y) { Agreement::Similar } else { Agreement::Differs }
}

fn places(a: &Mention, b: &Mention) -> Agreement {
    let words = |mention: &Mention| {
        mention.happened.iter().find_map(|one| one.place.as_deref().map(crate::normalise::words))
    };
    match (words(a), words(b)) {
        (Some(x), Some(y)) if x == y => Agreement::Exact,
        (Some(x), Some(y)) if x.iter().any(|word| word.len() > 3 && y.contains(word)) => {
            Agreement::Similar
        }
        (Some(_), Some(_)) => Agreement::Differs,
        _ => Agreement::Missing,
    }
}

fn optional<T: PartialEq>(a: Option<T>, b: Option<T>) -> Agreement {
    match (a, b) {
        (Some(a), Some(b)) if a == b => Agreement::Exact,
        (Some(_), Some(_)) => Agreement::Differs,
        _ => Agreement::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &str) -> Vec<String> {
        crate::normalise::words(words)
    }

    #[test]
    fn surnames_as_lists_write_them() {
        for (a, b, expected) in [
            ("Luna Prado", "Luna Prado", Agreement::Exact),
            ("Luna Prado", "Luna", Agreement::Similar),
            ("Luna Prado", "Prado Luna", Agreement::Similar),
            ("Giménez Yánez", "Jimenes Llanez", Agreement::Similar),
            ("Luna Prado", "Luna Mora", Agreement::Differs),
            ("", "Luna", Agreement::Missing),
        ] {
            assert_eq!(surnames(&list(a), &list(b)), expected, "{a} / {b}");
        }
    }

    #[test]
    fn numbers_with_slips() {
        for (a, b, expected) in [
            ("12345678", "12345678", Agreement::Exact),
            ("12345678", "12345679", Agreement::Similar),
            ("12345678", "12354678", Agreement::Similar),
            ("12345678", "12399678", Agreement::Differs),
            ("12", "12345678", Agreement::Missing),
        ] {
            assert_eq!(numbers(a, b), expected, "{a} / {b}");
        }
    }

    #[test]
    fn given_names_cut_short() {
        for (a, b, expected) in [
            ("José Luis", "José Luis", Agreement::Exact),
            ("José Luis", "José", Agreement::Similar),
            ("José Luis", "J. L.", Agreement::Similar),
            ("José Luis", "Pedro", Agreement::Differs),
        ] {
            assert_eq!(given(&list(a), &list(b)), expected, "{a} / {b}");
        }
    }
}
