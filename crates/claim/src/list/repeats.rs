//! One identity number in two rows, or one person in two rows of the same list.

use super::fold::fold;
use habeas_document::Sheet;
use habeas_model::{Mention, Name, Place, Problem};
use std::collections::BTreeMap;

/// Tells of shared numbers and repeated rows; nothing is joined or dropped (invariant 7).
pub fn check(sheet: &Sheet, mentions: &[Mention], problems: &mut Vec<Problem>) {
    let mut by_number: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    let mut by_name: BTreeMap<_, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        match mention
            .number
            .as_ref()
            .map(|number| bare(number.reveal()))
            .filter(|number| !number.is_empty())
        {
            Some(number) => by_number.entry(number).or_default().push(mention),
            None => {
                by_name.entry((words(&mention.name), dates(mention))).or_default().push(mention)
            }
        }
    }
    for rows in by_number.values().filter(|rows| rows.len() > 1) {
        let alike = rows.iter().all(|row| same_name(&rows[0].name, &row.name));
        problems.push(Problem::new(
            if alike { "row-repeated" } else { "id-shared" },
            numbers(sheet, rows),
            "",
        ));
    }
    for rows in by_name.values().filter(|rows| rows.len() > 1) {
        problems.push(Problem::new("row-repeated", numbers(sheet, rows), ""));
    }
}

/// The dates by which namesakes are told apart.
fn dates(mention: &Mention) -> Vec<String> {
    let happened = mention.happened.iter().filter_map(|happening| happening.when.as_ref());
    mention.born.iter().chain(happened).map(ToString::to_string).collect()
}

/// `rows 3, 17`.
fn numbers(sheet: &Sheet, rows: &[&Mention]) -> String {
    let number = |mention: &&Mention| match mention.span.place {
        Place::Cells { row, .. } => row.to_string(),
        Place::Text { start, .. } => start.to_string(),
    };
    let numbers = rows.iter().map(number).collect::<Vec<_>>().join(", ");
    if sheet.name.is_empty() {
        format!("rows {numbers}")
    } else {
        format!("sheet {}, rows {numbers}", sheet.name)
    }
}

/// Letters and digits only, leading zeros and the letter of a Venezuelan number off.
fn bare(number: &str) -> String {
    let bare: String = fold(number).replace(' ', "");
    bare.trim_start_matches(['v', 'e']).trim_start_matches('0').to_owned()
}

fn words(name: &Name) -> Vec<String> {
    let mut words: Vec<String> = fold(name.reveal()).split(' ').map(str::to_owned).collect();
    words.sort();
    words
}

/// Whether every word of the shorter name is in the longer one, letting one slip of the pen pass.
#[must_use]
fn same_name(a: &Name, b: &Name) -> bool {
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().all(|word| long.iter().any(|other| alike(word, other)))
}

/// The same word, its initial, or one letter away in words of five letters and more.
fn alike(a: &str, b: &str) -> bool {
    let initial = a.chars().next() == b.chars().next() && (a.len() == 1 || b.len() == 1);
    a == b || initial || (a.len() > 4 && b.len() > 4 && one_apart(a.as_bytes(), b.as_bytes()))
}

/// One letter put in, left out or changed.
fn one_apart(a: &[u8], b: &[u8]) -> bool {
    let before = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[before..], &b[before..]);
    let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len() - behind <= 1 && b.len() - behind <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        assert_eq!(same_name(&Name::new(a), &Name::new(b)), expected);
    }

    #[test]
    fn names_that_may_be_one() {
        check("Marta Quiroz Belda", "QUIROZ BELDA Marta", true);
        check("Marta Quiroz", "Marta Quiroz Belda", true);
        check("Marta Quiros Belda", "Marta Quiroz Belda", true);
        check("M. Quiroz", "Marta Quiroz", true);
        check("Marta Quiroz Belda", "Lucio Quiroz Belda", false); // Brothers and sisters are two.
        check("Marta Quiroz", "Iván Tello", false);
    }

    #[test]
    fn one_number_in_two_spellings() {
        assert_eq!(bare("V-12.345.678"), bare("12345678"));
    }
}
