//! Letters that are not what they seem: marks that nobody sees, and words that were decoded twice.

use encoding_rs::WINDOWS_1252;

/// Whether a reader of the page cannot see it and it only stands in the way of the words: zero
/// width spaces and joiners of words, soft hyphens, marks of writing direction. The joiners of
/// Persian and Indic script (U+200C, U+200D) change what is seen and stay.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Hidden marks that deceive: inside a word or a number, or turning the direction of writing.
/// Where the first stands (in the words without hidden marks) and how many there are.
#[must_use]
pub fn deceiving(content: &str) -> Option<(usize, u32)> {
    let (mut found, mut seen, mut before) = (None::<(usize, u32)>, 0, ' ');
    let mut letters = content.chars().peekable();
    while let Some(c) = letters.next() {
        if !is_hidden(c) {
            seen += c.len_utf8();
            before = c;
            continue;
        }
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let after = letters.peek().copied().unwrap_or(' ');
        if turns || c != '\u{ad}' && before.is_alphanumeric() && after.is_alphanumeric() {
            let (first, count) = found.unwrap_or((seen, 0));
            found = Some((first, count + 1));
        }
    }
    found
}

/// What a word was before its UTF-8 was taken for Windows-1252 (“RodrÃ­guez” was “Rodríguez”): a
/// proposal, never put in the place of what is written. None if the word does not look like that.
#[must_use]
pub fn repaired(word: &str) -> Option<String> {
    if word.is_ascii() || !word.contains(['Ã', 'Â', 'â']) {
        return None;
    }
    let (bytes, _, lost) = WINDOWS_1252.encode(word);
    let repaired = std::str::from_utf8(&bytes).ok().filter(|_| !lost)?;
    (repaired.chars().count() < word.chars().count()).then(|| repaired.to_owned())
}

/// Words of a text that `repaired` has a proposal for: where the first stands, and how many.
#[must_use]
pub fn mangled(content: &str) -> Option<(std::ops::Range<usize>, u32)> {
    if content.is_ascii() {
        return None;
    }
    let mut found: Option<(std::ops::Range<usize>, u32)> = None;
    for word in content.split([' ', '\n', '\t']).filter(|word| repaired(word).is_some()) {
        let at = word.as_ptr() as usize - content.as_ptr() as usize;
        let (first, count) = found.unwrap_or((at..at + word.len(), 0));
        found = Some((first, count + 1));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(repaired(word).as_deref(), expected, "{word}");
    }

    #[test]
    fn a_repair_is_proposed_only_where_it_fits() {
        check("RodrÃ\u{ad}guez", Some("Rodríguez"));
        check("PeÃ±a", Some("Peña"));
        check("â€œlibresâ€\u{9d}", Some("“libres”"));
        check("Peña", None);
        check("SÃO", None);
        check("âmbito", None);
        check("Ãlvaro", None);
        assert_eq!(mangled("el seÃ±or PeÃ±a"), Some((3..11, 2)));
    }

    #[test]
    fn marks_that_deceive() {
        assert_eq!(deceiving("1\u{200b}16"), Some((1, 1)));
        assert_eq!(deceiving("a \u{200b}b"), None);
        assert_eq!(deceiving("a \u{202e}b"), Some((2, 1)));
    }
}
