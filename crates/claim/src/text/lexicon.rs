//! The words of a language as data: `lexicon/{en,es}/reader.toml`, checked when first used.

use super::number::{self, Number};
use habeas_model::{AgeBand, Category, Gender, Predicate, Quantity};
use regex::Regex;
use std::{ops::Range, str::FromStr, sync::LazyLock};
use toml::Table;

/// What a modifier makes of a number.
type Make = fn(u32) -> Quantity;

/// The lexicon of a language.
pub struct Lexicon {
    /// `en` or `es`.
    pub lang: &'static str,
    /// Words of numbers.
    pub numbers: Vec<(&'static str, u32)>,
    /// A number in digits or words.
    pub number: Regex,
    /// Words before a number, with what they make of it.
    pub modifiers: Vec<(Regex, Make)>,
    /// "between" before a number.
    pub between: Regex,
    /// "and" between two numbers of a range.
    pub range: Regex,
    vague: Vec<(Regex, String, Option<u32>)>,
    not_after: Regex,
    not_before: Regex,
    of: Regex,
    of_them: Regex,
    /// Nouns that are people.
    pub people: Vec<(Option<Category>, Regex)>,
    /// Words of sex.
    pub genders: Vec<(Gender, Regex)>,
    /// Words of age.
    pub ages: Vec<(AgeBand, Regex)>,
    /// What is said of people.
    pub predicates: Vec<(Predicate, Regex)>,
    /// Verbs of saying.
    pub says: Regex,
    /// "According to".
    pub according: Regex,
    /// Checked, confirmed, estimated, rumoured.
    pub verified: Regex,
    /// See above.
    pub confirmed: Regex,
    /// See above.
    pub estimated: Regex,
    /// See above.
    pub unconfirmed: Regex,
    promise: Regex,
    /// Words that deny.
    pub denial: Regex,
    /// Words before a baseline.
    pub since: Regex,
    /// Words of a running total.
    pub total: Regex,
    /// Other kinds of claim.
    pub others: Vec<(Predicate, Regex)>,
}

static EN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::load("en", include_str!("../../lexicon/en/reader.toml")));
static ES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::load("es", include_str!("../../lexicon/es/reader.toml")));

/// The language of a text by its commonest small words.
#[must_use]
pub fn detect(text: &str) -> &'static str {
    let (mut es, mut en) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).take(2000) {
        match word {
            "el" | "la" | "los" | "las" | "de" | "que" | "y" | "en" | "del" | "por" | "una" => {
                es += 1
            }
            "the" | "of" | "and" | "to" | "in" | "that" | "was" | "were" | "by" | "with"
            | "for" => en += 1,
            _ => {}
        }
    }
    if es > en { "es" } else { "en" }
}

fn words(pattern: &str) -> Regex {
    Regex::new(&format!(r"(?i)(?:^|\b)(?:{pattern})(?:\b|$)"))
        .expect("the lexicon is checked by a test")
}

impl Lexicon {
    /// The lexicon of `en` or `es`.
    #[must_use]
    pub fn of(lang: &str) -> &'static Lexicon {
        if lang == "es" { &ES } else { &EN }
    }

    fn load(lang: &'static str, text: &str) -> Lexicon {
        let table: Table = text.parse().expect("the lexicon is checked by a test");
        let part = |of: &str, key: &str| table[of][key].as_str().unwrap_or("$^").to_owned();
        let numbers = number::vocabulary(lang);
        let ends = |pattern: String| {
            Regex::new(&format!(r"(?i)\b(?:{pattern})(?:\s+(?:the|los|las|otros|otras|other))?$"))
                .expect("checked by a test")
        };
        let modifiers = [
            ("at_least", Quantity::AtLeast as Make),
            ("at_most", Quantity::AtMost), // Before "more than": "no más de" ends in "más de".
            ("more_than", Quantity::MoreThan),
            ("fewer_than", Quantity::FewerThan),
            ("about", Quantity::About),
        ];
        let modifiers = modifiers.map(|(key, make)| (ends(part("quantity", key)), make));
        let listed = |section: &str| {
            let table = table[section].as_table().cloned().unwrap_or_default();
            table
                .into_iter()
                .filter_map(|(key, value)| Some((key, words(value.as_str()?))))
                .collect::<Vec<_>>()
        };
        Lexicon {
            lang,
            number: number_pattern(lang, &numbers),
            numbers,
            modifiers: modifiers.into(),
            between: ends(part("quantity", "between")),
            range: Regex::new(&format!(r"^\s*(?:(?:{})\s|-|–)\s*", part("quantity", "range")))
                .expect("checked by a test"),
            vague: vague_words(&table, lang),
            not_after: Regex::new(&format!(
                r"(?i)^[\s-]*(?:\w+ )?(?:{})(?:\b|\s|$)",
                part("not_people", "after")
            ))
            .expect("checked by a test"),
            not_before: Regex::new(&format!(
                r"(?i)(?:\b|^)(?:{})\s*$",
                part("not_people", "before").replace(r"\b", "")
            ))
            .expect("checked by a test"),
            of: words(if lang == "es" {
                r"^\s*(?:[\wáéíóúñ]+ ){0,4}(?:de|entre) (?:un total de |los |las |unos |más de )?"
            } else {
                r"^\s*(?:\w+ ){0,4}(?:out )?of (?:an? |the |some )?(?:estimated |total of )?"
            }),
            of_them: words(if lang == "es" {
                "de ellos|de ellas|de estos|de esos|de los cuales|entre ellos|entre ellas|del total"
            } else {
                "of them|of those|of whom|of these|among them|including"
            }),
            people: listed("people")
                .into_iter()
                .map(|(key, pattern)| (key.parse().ok(), pattern))
                .collect(),
            genders: pairs(listed("gender")),
            ages: pairs(listed("age")),
            predicates: pairs(listed("predicate")),
            says: words(&part("speech", "verbs")),
            according: words(&part("speech", "before")),
            verified: words(&part("speech", "verified")),
            confirmed: words(&part("speech", "confirmed")),
            estimated: words(&part("speech", "estimated")),
            unconfirmed: words(&part("speech", "unconfirmed")),
            promise: words(&part("promise", "tense")),
            denial: words(&part("denial", "words")),
            since: words(&part("since", "words")),
            total: words(&part("since", "total")),
            others: pairs(listed("other")),
        }
    }

    /// The predicate nearest to byte `at` of a clause.
    #[must_use]
    pub fn nearest(&self, clause: &str, at: usize) -> Option<Predicate> {
        let near = |pattern: &Regex| {
            pattern.find_iter(clause).map(|found| distance(&found.range(), at)).min()
        };
        let all = self.predicates.iter().enumerate().filter_map(|(order, (predicate, pattern))| {
            let weak = *predicate == Predicate::Held;
            Some((near(pattern)? + if weak { 40 } else { 0 }, order, *predicate))
        });
        all.min().map(|(_, _, predicate)| predicate)
    }

    /// Where a predicate stands nearest to byte `at` of a clause.
    #[must_use]
    pub fn place_of(&self, clause: &str, predicate: Predicate, at: usize) -> Option<Range<usize>> {
        let (_, pattern) = self.predicates.iter().find(|(known, _)| *known == predicate)?;
        pattern.find_iter(clause).map(|found| found.range()).min_by_key(|range| distance(range, at))
    }

    /// Whether a sentence promises what the predicate says.
    #[must_use]
    pub fn promises(&self, words: &str, predicate: Predicate) -> bool {
        predicate.leaves_custody() && self.promise.is_match(words)
    }

    /// Whether the words after a number make it "n of m".
    #[must_use]
    pub fn is_of(&self, between: &str) -> bool {
        let bare = between.trim();
        self.of.find(between).is_some_and(|found| found.end() + 14 >= between.len())
            && !self.since.is_match(bare)
            && !bare.contains([',', ';'])
    }

    /// Whether the words after a number point back to others.
    #[must_use]
    pub fn of_them(&self, words: &str) -> bool {
        let near: String = words.chars().take(30).collect();
        let end: String =
            words.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
        self.of_them.is_match(&near) && words.len() > 24 || self.of_them.is_match(&end)
    }

    /// Whether a number is a date, an age, a distance, a price: no number of people.
    #[must_use]
    pub fn counts_no_people(&self, words: &str, at: Range<usize>, value: u32) -> bool {
        let (before, after) = (&words[..at.start], &words[at.end..]);
        let digits = words[at.clone()].chars().all(|c| c.is_ascii_digit());
        let year = digits && (1900..2100).contains(&value) && at.len() == 4;
        let hour = after.starts_with(':')
            || after.starts_with("am")
            || after.starts_with("pm")
            || before.ends_with(':');
        let article = self.lang == "es"
            && matches!(words[at.clone()].to_lowercase().as_str(), "un" | "una" | "uno");
        let one = self.lang == "en" && words[at].eq_ignore_ascii_case("one");
        let noun = || super::whom::noun(after, self).is_some_and(|noun| noun.start <= 2);
        year || hour
            || super::date::is_day(before, after, self.lang)
            || self.not_after.is_match(after)
            || self.not_before.is_match(before)
            || ((article || one) && !noun())
    }

    /// Words without a number.
    #[must_use]
    pub fn vague(&self, text: &str) -> Vec<Number> {
        let mut found: Vec<Number> = Vec::new();
        for (pattern, word, floor) in &self.vague {
            for mark in pattern.find_iter(text) {
                let taken = found
                    .iter()
                    .any(|other| other.range.start < mark.end() && mark.start() < other.range.end);
                let noun = super::whom::noun(&text[mark.end()..], self)
                    .is_some_and(|noun| noun.start <= 24);
                if !taken && noun && !self.not_after.is_match(&text[mark.end()..]) {
                    let quantity = match (word.as_str(), floor) {
                        ("", Some(n)) => Quantity::About(*n),
                        _ => Quantity::vague(word.clone(), *floor),
                    };
                    found.push(Number { range: mark.range(), quantity, is_strong: false });
                }
            }
        }
        found
    }
}

/// Collective nouns, and words without a number with the least that they can mean.
fn vague_words(table: &Table, lang: &str) -> Vec<(Regex, String, Option<u32>)> {
    let listed = table["quantity"]["vague"].as_table().cloned().unwrap_or_default();
    let collectives = number::collectives(lang).iter();
    let collectives = collectives.map(|(word, n)| (words(word), String::new(), Some(*n)));
    let vague = listed.into_iter().map(|(word, floor)| {
        let floor = floor.as_integer().and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
        let bare = word.trim_end_matches(" of").trim_end_matches(" de");
        let article = ["a ", "un ", "la "].iter().find_map(|article| bare.strip_prefix(article));
        (words(&word), article.unwrap_or(bare).to_owned(), floor)
    });
    collectives.chain(vague).collect()
}

fn distance(range: &Range<usize>, at: usize) -> usize {
    if range.contains(&at) { 0 } else { range.start.abs_diff(at).min(range.end.abs_diff(at)) }
}

fn pairs<T: FromStr>(listed: Vec<(String, Regex)>) -> Vec<(T, Regex)> {
    listed.into_iter().filter_map(|(key, pattern)| Some((key.parse().ok()?, pattern))).collect()
}

fn number_pattern(lang: &str, numbers: &[(&str, u32)]) -> Regex {
    let word = numbers.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("|");
    let joined = if lang == "es" {
        format!(r"(?:{word}|mil|docenas?)(?:(?: y | )(?:{word}|mil|docenas?))*")
    } else {
        format!(
            r"(?:{word}|a hundred|a thousand)(?:(?:-| and | )(?:{word}|hundred|thousand|dozen))*"
        )
    };
    Regex::new(&format!(r"(?i)\b(?:\d{{1,3}}(?:[.,]\d{{3}})+|\d+(?: mil\b)?|{joined})\b"))
        .expect("checked by a test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lexicons_load() {
        for lang in ["en", "es"] {
            let lexicon = Lexicon::of(lang);
            assert!(lexicon.predicates.len() >= 18 && lexicon.people.len() >= 15, "{lang}");
            assert!(lexicon.others.len() >= 9, "{lang}");
        }
    }

    #[track_caller]
    fn check(lang: &str, sentence: &str, expected: &[Quantity]) {
        let found: Vec<Quantity> =
            number::find(sentence, Lexicon::of(lang)).into_iter().map(|one| one.quantity).collect();
        assert_eq!(found, expected, "{sentence}");
    }

    #[test]
    fn quantities_as_they_are_said() {
        use Quantity::{About, AtLeast, Exact, FewerThan, MoreThan};
        check(
            "en",
            "at least five people, more than 1,687 prisoners and about 50 detainees",
            &[AtLeast(5), MoreThan(1687), About(50)],
        );
        check("en", "twenty-three men and one hundred and four women", &[Exact(23), Exact(104)]);
        check("en", "between 40 and 50 prisoners", &[Quantity::between(40, 50).unwrap()]);
        check("en", "dozens of people", &[Quantity::vague("dozens", Some(24))]);
        check("en", "a 34-year-old man held for 12 days over 9 kilometres on January 3, 2026", &[]);
        check(
            "es",
            "al menos veintiún presos, menos de 30 mujeres y 1.687 detenidos",
            &[AtLeast(21), FewerThan(30), Exact(1687)],
        );
        check("es", "unas 2 mil personas y treinta y dos hombres", &[About(2000), Exact(32)]);
        check(
            "es",
            "entre 60 y 70 personas el 3 de enero de 2026",
            &[Quantity::between(60, 70).unwrap()],
        );
    }
}
