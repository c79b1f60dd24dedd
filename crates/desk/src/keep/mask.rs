//! The words that must be forgotten, and how they are found and covered wherever they stand.

use std::{collections::HashMap, ops::Range};

/// Names and numbers as sequences of folded words: `Rojas Lira; ELVIRA` and `rojas líra elvira` are
/// one.
#[derive(Clone, Default)]
pub struct Mask {
    /// Phrases by their first word.
    phrases: HashMap<String, Vec<Vec<String>>>,
}

impl Mask {
    /// A mask for these names. What is shorter than four letters in all covers too much, and is
    /// left out.
    #[must_use]
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Mask {
        let mut mask = Mask::default();
        for name in names {
            let phrase: Vec<String> = words(name).into_iter().map(|(word, _)| word).collect();
            if phrase.iter().map(String::len).sum::<usize>() >= 4 {
                let known = mask.phrases.entry(phrase[0].clone()).or_default();
                if !known.contains(&phrase) {
                    known.push(phrase);
                }
            }
        }
        mask
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Where one of the phrases stands in the text, bytes.
    #[must_use]
    pub fn found(&self, text: &str) -> Vec<Range<usize>> {
        let words = words(text);
        let mut found = Vec::new();
        for (at, (first, range)) in words.iter().enumerate() {
            for phrase in self.phrases.get(first).into_iter().flatten() {
                let rest = words[at..].iter().map(|(word, _)| word);
                if phrase.len() <= words.len() - at && phrase.iter().zip(rest).all(|(a, b)| a == b)
                {
                    found.push(range.start..words[at + phrase.len() - 1].1.end);
                }
            }
        }
        found
    }

    /// Whether one of the phrases stands in the text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        !self.found(text).is_empty()
    }

    /// The text with the phrases covered, none where there is nothing to cover.
    #[must_use]
    pub fn covered(&self, text: &str) -> Option<String> {
        let found = self.found(text);
        (!found.is_empty()).then(|| cover(text, &found))
    }
}

/// The text with these bytes covered, each character by one of the same length, so that addresses
/// of everything else stay true.
#[must_use]
pub fn cover(text: &str, places: &[Range<usize>]) -> String {
    let hidden = |at: usize| places.iter().any(|place| place.contains(&at));
    let covered = text.char_indices().map(|(at, letter)| match letter {
        letter if !hidden(at) || !in_word(letter) => letter,
        letter => match letter.len_utf8() {
            1 => '#',
            2 => '\u{b7}',
            3 => '\u{2588}',
            _ => '\u{1f512}',
        },
    });
    covered.collect()
}

/// Letters, digits, and the marks that decomposed letters bear.
fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&letter)
}

/// The words of a text, folded to lower-case ASCII, with their bytes.
fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, in_word(letter)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((fold(&text[from..at]), from..at));
                start = None;
            }
            _ => {}
        }
    }
    words.retain(|(word, _)| !word.is_empty());
    words
}

/// A word as it is compared: transliterated, lower case.
#[must_use]
pub fn fold(word: &str) -> String {
    let plain: String =
        word.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)).collect();
    any_ascii::any_ascii(&plain).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], text: &str, expected: &str) {
        let mask = Mask::of(names.iter().copied());
        let covered = mask.covered(text).unwrap_or_else(|| text.to_owned());
        assert_eq!(covered, expected);
        assert_eq!(covered.len(), text.len(), "every address stays");
        assert_eq!(covered.chars().count(), text.chars().count(), "every address stays");
    }

    #[test]
    fn a_name_is_covered_however_it_is_written() {
        let name = &["Elvira Núñez", "V-11.222.333"];
        check(name, "a ELVIRA  NUNEZ, b", "a ######  #####, b");
        check(name, "Elvira Núñez", "###### #··##");
        check(name, "C.I. V-11.222.333.", "C.I. #-##.###.###.");
        check(name, "Elvira y Núñez", "Elvira y Núñez");
        check(&["Ana"], "Ana", "Ana");
    }
}
