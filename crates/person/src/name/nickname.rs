//! Short forms and the given names behind them.

use std::{collections::HashMap, sync::OnceLock};

/// `nickname=given given..`, folded; what readers of Spanish-language lists meet, and the commonest
/// of other languages.
const TABLE: &str = include_str!("nicknames.txt");

/// Whether one is a short form of the other, or both are short forms of one name.
#[must_use]
pub fn related(a: &str, b: &str) -> bool {
    let table = table();
    let (of_a, of_b) = (table.get(a), table.get(b));
    of_a.is_some_and(|given| given.contains(&b))
        || of_b.is_some_and(|given| given.contains(&a))
        || of_a.zip(of_b).is_some_and(|(x, y)| x.iter().any(|given| y.contains(given)))
}

/// Short forms of a given name, the given names behind a short form, and their other short forms.
#[must_use]
pub fn relatives(word: &str) -> Vec<&'static str> {
    let given: Vec<&'static str> = table().get(word).cloned().unwrap_or_default();
    let of = |names: &[&str]| names.iter().any(|one| *one == word || given.contains(one));
    let short = table().iter().filter(|(_, names)| of(names)).map(|(nick, _)| *nick);
    let mut all: Vec<&'static str> =
        short.chain(given.iter().copied()).filter(|one| *one != word).collect();
    all.sort_unstable();
    all
}

fn table() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static READ: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = TABLE.lines().filter_map(|line| line.split_once('='));
        lines.map(|(nick, given)| (nick, given.split(' ').collect())).collect()
    })
}

/// Whether a word is a short form at all.
#[must_use]
pub fn is_short(word: &str) -> bool {
    table().contains_key(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms() {
        for (a, b, expected) in [
            ("chuo", "jesus", true),
            ("jesus", "chucho", true),
            ("paco", "pancho", true),
            ("beto", "roberto", true),
            ("paco", "jose", false),
            ("", "", false),
        ] {
            assert_eq!(related(a, b), expected, "{a} {b}");
        }
    }
}
