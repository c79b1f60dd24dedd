//! What do the words of a language mean? Read from `lexicon/LANG/*.toml`, checked when loaded.
//!
//! A language is a folder: nothing here names one. `docs/guide/en/add-a-language.md` tells how to
//! write it.

mod expand;
mod load;
mod meaning;
mod phrase;
mod rule;

pub use meaning::{Form, Hedge, Meaning, Part, Reckoned, Sorts, Tag};
pub use phrase::{Hit, Phrases};
pub use rule::{Rule, Rules};

use std::{collections::HashMap, sync::LazyLock};

/// Every lexicon file of the crate: language (empty: shared), name, content.
const FILES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicon_files.rs"));

/// The lexicon of a language.
#[derive(Debug)]
pub struct Lexicon {
    /// Name of its folder: `en`.
    pub lang: &'static str,
    /// Its phrases.
    pub phrases: Phrases,
    /// Patterns of gaps, demands and judgements, by what they begin with.
    pub rules: Rules,
    /// Day before month in figures.
    pub order: Order,
    /// Commonest small words, by which the language is known.
    stop: Vec<Box<str>>,
}

/// How the words of the language are ordered, where the grammar must know.
#[derive(Clone, Copy, Debug, Default)]
pub struct Order {
    /// Adjectives follow their noun ("presos políticos").
    pub adjective_after: bool,
    /// A verb may stand without subject ("Añadió que").
    pub subject_dropped: bool,
    /// Months are written without a capital.
    pub month_small: bool,
    /// A participle bears gender and number; a bare one after a noun is no finite verb.
    pub participle_agrees: bool,
}

static ALL: LazyLock<Vec<Lexicon>> = LazyLock::new(|| {
    let mut langs: Vec<&str> = FILES.iter().map(|(lang, ..)| *lang).collect();
    langs.retain(|lang| !lang.is_empty());
    langs.dedup();
    langs
        .iter()
        .map(|lang| load::load(lang, FILES).unwrap_or_else(|wrong| panic!("{wrong}")))
        .collect()
});

/// The commonest small words with the languages that have them.
static STOPS: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut stops: HashMap<&str, Vec<usize>> = HashMap::new();
    for (nth, lexicon) in ALL.iter().enumerate() {
        for stop in &lexicon.stop {
            let langs = stops.entry(stop).or_default();
            if langs.last() != Some(&nth) {
                langs.push(nth);
            }
        }
    }
    stops
});

impl Lexicon {
    /// The lexicon of a language; `None` if there is no folder for it.
    #[must_use]
    pub fn of(lang: &str) -> Option<&'static Lexicon> {
        ALL.iter().find(|one| one.lang == lang)
    }

    /// The language of a text by its commonest small words; the first folder if no word is known.
    #[must_use]
    pub fn detect(text: &str) -> &'static Lexicon {
        let mut seen = vec![0_u32; ALL.len()];
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() < 8);
        for word in words.take(2000) {
            for nth in STOPS.get(word).into_iter().flatten() {
                seen[*nth] += 1;
            }
        }
        let best = (0..ALL.len()).rev().max_by_key(|nth| seen[*nth]).unwrap_or(0);
        &ALL[best]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_loads() {
        for lexicon in ALL.iter() {
            assert!(lexicon.rules.len() > 5, "{}", lexicon.lang);
        }
        assert!(Lexicon::of("en").is_some() && Lexicon::of("es").is_some());
        assert!(Lexicon::of("xx").is_none());
    }

    #[test]
    fn mistakes_are_told_by_file_and_key() {
        #[track_caller]
        fn check(content: &'static str, expected: &str) {
            let files = [("qq", "qq/a.toml", content)];
            assert_eq!(load::load("qq", &files).unwrap_err().to_string(), expected);
        }
        check(
            "[word]\nfoo = ['a']",
            "lexicon file `qq/a.toml`, key `word.foo`: no such word of the grammar; hint: see docs/guide/en/add-a-language.md",
        );
        check(
            "[wrod]\nbe = ['a']",
            "lexicon file `qq/a.toml`, key `wrod`: no such section; hint: see docs/guide/en/add-a-language.md",
        );
        check(
            "[word]\nbe = ['a<zz>']",
            "lexicon file `qq/a.toml`, key `word.be`: no ending `zz` in [suffix]; hint: see docs/guide/en/add-a-language.md",
        );
        check(
            "[month]\nenero = 13",
            "lexicon file `qq/a.toml`, key `month.enero`: not between 1 and 12; hint: see docs/guide/en/add-a-language.md",
        );
        check(
            "[predicate.freed]\nnoun = ['x']",
            "lexicon file `qq/a.toml`, key `predicate.freed`: no such predicate; hint: see docs/guide/en/add-a-language.md",
        );
        check(
            "[rule]\ndemand = ['<nothing> x']",
            "lexicon file `qq/a.toml`, key `rule.demand`: `<nothing>` is no word of the grammar; hint: see docs/guide/en/add-a-language.md",
        );
    }

    #[test]
    fn languages_are_told_apart() {
        assert_eq!(Lexicon::detect("The men of the north were freed").lang, "en");
        assert_eq!(Lexicon::detect("Los presos de la cárcel fueron liberados").lang, "es");
        assert_eq!(Lexicon::detect("Os presos da cadeia não foram soltos").lang, "pt");
    }
}
