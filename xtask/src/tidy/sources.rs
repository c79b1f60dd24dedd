//! Each file has one noun for a name and opens with a sentence.

use super::Source;

/// Names that say nothing of what is inside.
const FORBIDDEN: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "misc", "types", "manager", "shared"];

/// Checks one file.
pub fn check(source: &Source) -> Vec<String> {
    let mut breaches = Vec::new();
    let stem = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    if FORBIDDEN.contains(&stem) {
        breaches.push(format!(
            "{}: a file called `{stem}` says nothing of what is inside",
            source.path
        ));
    }
    let opening: Vec<&str> =
        source.text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
    if !opening.join(" ").contains(['.', '?', '!', ':']) {
        breaches.push(format!("{}: does not open with a `//!` sentence", source.path));
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(path: &str, text: &str, breaches: usize) {
        assert_eq!(
            check(&Source { path: path.to_owned(), text: text.to_owned() }).len(),
            breaches,
            "{path} {text}"
        );
    }

    #[test]
    fn names_and_openings() {
        check_text("crates/a/src/board.rs", "//! What people see.\n", 0);
        check_text("crates/a/src/utils.rs", "//! What people see.\n", 1);
        check_text("crates/a/src/board.rs", "fn a() {}\n", 1);
    }
}
