//! Documentation is a test: paths exist, words of the glossary are types, every problem has its
//! sentence.

use super::Source;
use regex::Regex;

/// Paths between backticks in ARCHITECTURE.md that are not there.
pub fn paths(text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let quoted = Regex::new(r"`((?:crates|xtask|cases|rules|docs|bench|\.ci)/[A-Za-z0-9_./-]*)`")
        .expect("a pattern of ours");
    let found = quoted.captures_iter(text).filter(|found| !exists(&found[1]));
    found.map(|found| format!("ARCHITECTURE.md: `{}` is not there", &found[1])).collect()
}

/// Types between backticks in GLOSSARY.md that no crate declares. `Predicate::Held` asks for
/// `Predicate`.
pub fn words(text: &str, sources: &[Source]) -> Vec<String> {
    let quoted = Regex::new(r"`([A-Z][A-Za-z]+)(?:::[A-Za-z]+)?`").expect("a pattern of ours");
    let declared = |name: &str| {
        let forms = [
            format!("struct {name}"),
            format!("enum {name}"),
            format!("    {name} {{"),
            format!("type {name}"),
        ];
        sources.iter().any(|source| forms.iter().any(|form| source.text.contains(form.as_str())))
    };
    let found = quoted.captures_iter(text).filter(|found| !declared(&found[1]));
    found.map(|found| format!("GLOSSARY.md: no type `{}`", &found[1])).collect()
}

/// Problems that a crate tells of and that have no sentence in one of the languages.
pub fn problems(sources: &[Source], languages: &[String; 2]) -> Vec<String> {
    let told = Regex::new(r#"Problem::new\(\s*"([a-z-]+)""#).expect("a pattern of ours");
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| source.path.contains("/src/")) {
        let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        for found in told.captures_iter(code) {
            for (lang, words) in ["en", "es"].iter().zip(languages) {
                if !words.contains(&format!("\nproblem-{} =", &found[1])) {
                    breaches.push(format!(
                        "{}: `problem-{}` has no sentence in `{lang}`",
                        source.path, &found[1]
                    ));
                }
            }
        }
    }
    breaches.sort();
    breaches.dedup();
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_say_what_is_there() {
        assert_eq!(
            paths("see `crates/model/src/lib.rs` and `crates/gone/`", |path| path
                .contains("model"))
            .len(),
            1
        );
        let sources = [Source {
            path: "crates/a/src/b.rs".to_owned(),
            text: "pub struct Claim {}\nProblem::new(\"row-odd\", x)".to_owned(),
        }];
        assert_eq!(words("| claim | `Claim` | `Gone` | `Claim::New` |", &sources).len(), 1);
        let both = ["\nproblem-row-odd = x".to_owned(), String::new()];
        assert_eq!(problems(&sources, &both).len(), 1);
    }
}
