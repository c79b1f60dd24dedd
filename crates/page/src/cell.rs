//! One cell of an exported table, which no spreadsheet takes for a formula.

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

#[cfg(test)]
mod tests {
    use super::csv_cell;

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
}
