//! Words of strangers where a program could take them for a command: a spreadsheet's cell, a
//! terminal.

use std::borrow::Cow;

/// The words of a cell, with an apostrophe before those that a spreadsheet would run (OWASP, "CSV
/// Injection").
#[must_use]
pub fn csv_cell(words: &str) -> String {
    // A number with a sign stays a number: no formula is made of digits alone.
    let rest = words.get(1..).unwrap_or_default();
    let number = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match words.chars().next() {
        Some('+' | '-') if number => words.to_owned(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{words}"),
        _ => words.to_owned(),
    }
}

/// Words as a terminal may have them: what a document or a file name could command it to do is
/// shown as `U+FFFD` instead.
#[must_use]
pub fn harmless(said: &str) -> Cow<'_, str> {
    let commands = |c: char| c.is_control() && c != '\n' && c != '\t';
    match said.contains(commands) {
        true => said.replace(commands, "\u{FFFD}").into(),
        false => said.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{csv_cell, harmless};

    #[track_caller]
    fn check(words: &str, expected: &str) {
        assert_eq!(csv_cell(words), expected);
    }

    #[test]
    fn no_cell_is_a_formula() {
        check("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")");
        check("+1-2", "'+1-2");
        check("-", "'-");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\tx", "'\tx");
        check("\rx", "'\rx");
        check("-12", "-12");
        check("Tocorón = prison", "Tocorón = prison");
        check("", "");
        check("áé", "áé");
    }

    #[test]
    fn nobody_commands_the_terminal() {
        assert_eq!(harmless("116 libres\n"), "116 libres\n");
        assert_eq!(harmless("a\u{1b}[2Jb\u{9b}c\rd"), "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d");
    }
}
