//! Words of headings and cells brought to one spelling, so that `C.I.`, `Cédula` and `CEDULA` can
//! be told.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, accents off, everything but letters and digits one space.
#[must_use]
pub fn fold(words: &str) -> String {
    let mut folded = String::new();
    for letter in words.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        if letter.is_alphanumeric() {
            folded.extend(letter.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether a cell is written to say that nothing is known.
#[must_use]
pub fn is_blank(words: &str) -> bool {
    let folded = fold(words);
    let said = ["", "n d", "s d", "nd", "sd", "n a", "na", "s i", "sin informacion", "desconocido"];
    said.contains(&folded.as_str())
        || ["desconocida", "unknown", "no data", "sin dato", "null", "none"]
            .contains(&folded.as_str())
}

/// Whether the words stand in `text`, at its words' beginnings; short ones must stand alone.
#[must_use]
pub fn has_all(text: &str, stems: &str) -> bool {
    stems.split(' ').all(|stem| {
        text.split(' ').any(|word| word == stem || (stem.len() > 3 && word.starts_with(stem)))
    })
}

/// Yes or no, in both languages.
#[must_use]
pub fn yes(words: &str) -> Option<bool> {
    match fold(words).as_str() {
        "si" | "s" | "yes" | "y" | "x" | "1" | "true" | "verdadero" => Some(true),
        "no" | "n" | "0" | "false" | "falso" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_meet() {
        let check = |words: &str, expected: &str| assert_eq!(fold(words), expected);
        check("C.I.", "c i");
        check("  Fecha de DETENCIÓN:", "fecha de detencion");
        check("Nº", "no");
        check("Género", "genero");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(words in "\\PC{0,30}") {
            prop_assert_eq!(fold(&fold(&words)), fold(&words));
        }
    }
}
