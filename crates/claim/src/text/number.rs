//! How many: digits, words, and words without a number, with what is said before them.

use super::lexicon::Lexicon;
use habeas_model::Quantity;
use std::ops::Range;

/// A quantity in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its bytes, the words before it ("at least") included.
    pub range: Range<usize>,
    /// What it says.
    pub quantity: Quantity,
    /// It is a number, not a vague word: something must be said of it.
    pub is_strong: bool,
}

const EN: [(&str, u32); 31] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("both", 2),
    ("a dozen", 12),
    ("none", 0),
    ("nobody", 0),
];

const ES: [(&str, u32); 60] = [
    ("un", 1),
    ("una", 1),
    ("uno", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("once", 11),
    ("doce", 12),
    ("trece", 13),
    ("catorce", 14),
    ("quince", 15),
    ("dieciséis", 16),
    ("diecisiete", 17),
    ("dieciocho", 18),
    ("diecinueve", 19),
    ("veinte", 20),
    ("veintiún", 21),
    ("veintiuno", 21),
    ("veintiuna", 21),
    ("veintidós", 22),
    ("veintitrés", 23),
    ("veinticuatro", 24),
    ("veinticinco", 25),
    ("veintiséis", 26),
    ("veintisiete", 27),
    ("veintiocho", 28),
    ("veintinueve", 29),
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
    ("cien", 100),
    ("ciento", 100),
    ("doscientos", 200),
    ("doscientas", 200),
    ("trescientos", 300),
    ("trescientas", 300),
    ("cuatrocientos", 400),
    ("cuatrocientas", 400),
    ("quinientos", 500),
    ("quinientas", 500),
    ("seiscientos", 600),
    ("seiscientas", 600),
    ("setecientos", 700),
    ("ochocientos", 800),
    ("novecientos", 900),
    ("una docena", 12),
    ("ambos", 2),
    ("ambas", 2),
    ("ninguno", 0),
    ("ninguna", 0),
];

/// Collective nouns of Spanish that say about how many.
const ABOUT: [(&str, u32); 7] = [
    ("una decena", 10),
    ("una veintena", 20),
    ("una treintena", 30),
    ("una cuarentena", 40),
    ("medio centenar", 50),
    ("un centenar", 100),
    ("un millar", 1000),
];

/// The words of numbers of a language, longest first, for the lexicon's pattern.
pub fn vocabulary(lang: &str) -> Vec<(&'static str, u32)> {
    let mut all: Vec<_> = if lang == "es" { ES.to_vec() } else { EN.to_vec() };
    all.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    all
}

/// The collectives of a language.
pub fn collectives(lang: &str) -> &'static [(&'static str, u32)] {
    if lang == "es" { &ABOUT } else { &[] }
}

/// Every quantity of a sentence that may be one of people, in order.
#[must_use]
pub fn find(words: &str, lexicon: &Lexicon) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    for mark in lexicon.number.find_iter(words) {
        if found.last().is_some_and(|last| mark.start() < last.range.end) {
            continue;
        }
        let Some(value) = value(mark.as_str(), lexicon) else { continue };
        if lexicon.counts_no_people(words, mark.range(), value) {
            continue;
        }
        let (mut quantity, start) = modified(words, mark.range(), value, lexicon);
        let mut end = mark.end();
        let upper = second(words, mark.range(), lexicon)
            .and_then(|(range, upper)| Some((range.end, self::value(upper, lexicon)?)));
        if let (Some((after, high)), Quantity::Exact(_)) = (upper, &quantity)
            && let Ok(range) = Quantity::between(value, high)
        {
            quantity = range;
            end = after;
        }
        found.push(Number { range: start..end, quantity, is_strong: true });
    }
    found.extend(
        lexicon
            .vague(words)
            .into_iter()
            .filter(|vague| {
                !found.iter().any(|number| {
                    number.range.start < vague.range.end && vague.range.start < number.range.end
                })
            })
            .collect::<Vec<_>>(),
    );
    found.sort_by_key(|number| number.range.start);
    found
}

/// The number that words or digits name.
fn value(words: &str, lexicon: &Lexicon) -> Option<u32> {
    let folded = words.to_lowercase();
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        let (digits, rest) = folded.split_at(
            folded
                .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
                .unwrap_or(folded.len()),
        );
        let groups: Vec<&str> = digits.split(['.', ',']).collect();
        let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
        let number: u32 = grouped.then(|| groups.concat().parse().ok()).flatten()?;
        return Some(if rest.trim() == "mil" { number.checked_mul(1000)? } else { number });
    }
    let (mut total, mut part) = (0_u32, 0_u32);
    for word in folded.split([' ', '-']).filter(|word| !["y", "and", "a"].contains(word)) {
        match word {
            "hundred" => part = part.max(1).checked_mul(100)?,
            "thousand" | "mil" => {
                total = total.checked_add(part.max(1).checked_mul(1000)?)?;
                part = 0;
            }
            "dozen" | "docenas" | "docena" => part = part.max(1).checked_mul(12)?,
            word => {
                part =
                    part.checked_add(lexicon.numbers.iter().find(|(known, _)| *known == word)?.1)?
            }
        }
    }
    total.checked_add(part)
}

/// What the words before a number make of it, and where they begin.
fn modified(words: &str, at: Range<usize>, n: u32, lexicon: &Lexicon) -> (Quantity, usize) {
    let before = words[..at.start].trim_end();
    for (pattern, make) in &lexicon.modifiers {
        if let Some(found) = pattern.find(before) {
            return (make(n), found.start());
        }
    }
    if words[at.end..].starts_with(" or more") || words[at.end..].starts_with(" o más") {
        return (Quantity::AtLeast(n), at.start);
    }
    (Quantity::Exact(n), at.start)
}

/// The second number of "between 40 and 50", "60 to 70", "entre 60 y 70".
fn second<'a>(
    words: &'a str,
    first: Range<usize>,
    lexicon: &Lexicon,
) -> Option<(Range<usize>, &'a str)> {
    let between = lexicon.between.is_match(words[..first.start].trim_end());
    let rest = &words[first.end..];
    let link = lexicon.range.find(rest).filter(|link| link.start() == 0)?;
    if !between && !matches!(link.as_str().trim(), "to" | "a" | "-" | "–") {
        return None;
    }
    let next = lexicon.number.find(&rest[link.end()..]).filter(|next| next.start() == 0)?;
    let start = first.end + link.end();
    Some((start..start + next.end(), next.as_str()))
}
