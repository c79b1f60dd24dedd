//! The name of a file that was sent, without what could do harm: it is a label, and never a path.

use unicode_normalization::UnicodeNormalization as _;

/// Bytes of a name, at most.
const LONGEST: usize = 120;

/// The last part of what a browser calls a file: no folder, no mark that nobody sees or that turns
/// the order of letters, no dot before it; one letter is written one way (NFC).
pub fn harmless(said: &str) -> String {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.nfc().filter(|letter| !is_hidden(*letter)).collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_start_matches(['.', ' ']).trim_end();
    match name {
        "" => "document".to_owned(),
        name => shortened(name),
    }
}

/// Control characters, and marks of format: of direction (UAX #9), of joining, of tags.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

/// Cut before its ending, which tells what it is.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 8 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut end = LONGEST - ending.len();
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", stem[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, expected: &str) {
        assert_eq!(harmless(said), expected, "{said:?}");
        assert_eq!(harmless(expected), expected);
    }

    #[test]
    fn names_do_no_harm() {
        check("lista.csv", "lista.csv");
        check("../../ledger/accounts.json", "accounts.json");
        check("C:\\fotos\\lista 2.xlsx", "lista 2.xlsx");
        check("..", "document");
        check("", "document");
        check(" .htaccess", "htaccess");
        check("a\0b\r\nset-cookie: c\u{7f}.txt", "abset-cookie: c.txt");
        check("lista\u{202e}vsc.exe", "listavsc.exe");
        check("\u{feff}no\u{200d}mi\u{200b}na\u{2066}.pdf", "nomina.pdf");
        check("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt");
        check("Pen\u{303}a.csv", "Peña.csv");
        check("قائمة.csv", "قائمة.csv");
        check(&format!("{}.csv", "ñ".repeat(200)), &format!("{}.csv", "ñ".repeat(58)));
        check(&"x".repeat(500), &"x".repeat(LONGEST));
    }
}
