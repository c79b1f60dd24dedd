//! A rule as it is written in its file, and everything that is refused before anything is counted
//! by it.

use super::{HouseArrest, Moment, Rule, Verified, implied};
use crate::Error;
use habeas_model::{Category, Custody, Predicate, ReleaseMode, Unit};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Display, str::FromStr};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: String,
    title: Title,
    unit: String,
    #[serde(default = "end_of_day")]
    moment: String,
    released: Vec<String>,
    #[serde(default)]
    release_modes: Vec<String>,
    held: Vec<String>,
    house_arrest: String,
    #[serde(default)]
    short_detention_hours: u32,
    minors: bool,
    unnamed: bool,
    #[serde(default)]
    categories: Vec<String>,
    definition: Option<String>,
    case_column: Option<String>,
    verified: Verified,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    en: String,
    es: String,
}

fn end_of_day() -> String {
    Moment::EndOfDay.word().to_owned()
}

const SHIPPED: [(&str, &str); 3] = [
    ("rules/strict-monitor.toml", include_str!("../../../../rules/strict-monitor.toml")),
    ("rules/official-count.toml", include_str!("../../../../rules/official-count.toml")),
    ("rules/press-custody.toml", include_str!("../../../../rules/press-custody.toml")),
];

impl Rule {
    /// Reads the rule in `text`, the file `name`.
    pub fn read(name: &str, text: &str) -> Result<Rule, Error> {
        let file: File = toml::from_str(text).map_err(|why| Error::Unreadable {
            file: name.to_owned(),
            reason: why.to_string().trim_end().to_owned(),
        })?;
        let rule = Rule {
            unit: word(name, "unit", &file.unit, Unit::ALL)?,
            moment: word(name, "moment", &file.moment, Moment::ALL)?,
            released: each(name, "released", &file.released, Predicate::ALL)?,
            release_modes: each(name, "release-modes", &file.release_modes, ReleaseMode::ALL)?,
            held: each(name, "held", &file.held, Custody::ALL)?,
            house_arrest: word(name, "house-arrest", &file.house_arrest, HouseArrest::ALL)?,
            categories: each(name, "categories", &file.categories, Category::ALL)?,
            definition: file.definition,
            case_column: file.case_column,
            title: BTreeMap::from([
                ("en".to_owned(), file.title.en),
                ("es".to_owned(), file.title.es),
            ]),
            name: file.name,
            short_detention_hours: file.short_detention_hours,
            minors: file.minors,
            unnamed: file.unnamed,
            verified: file.verified,
        };
        let checks = [is_its_file, says_once, agrees_on_release, agrees_on_custody, has_a_unit];
        let wrong = checks.iter().find_map(|check| check(&rule, name));
        match wrong {
            None => Ok(rule),
            Some(Wrong { key, reason, hint }) => {
                Err(Error::Contradiction { file: name.to_owned(), key, reason, hint })
            }
        }
    }

    /// The rules that come with Habeas.
    #[must_use]
    pub fn shipped() -> Vec<Rule> {
        let read = |(name, text): &(&str, &str)| Rule::read(name, text);
        SHIPPED.iter().map(read).collect::<Result<_, _>>().expect("a test reads every shipped rule")
    }
}

/// What contradicts what, at which key, and what to do.
struct Wrong {
    key: &'static str,
    reason: String,
    hint: &'static str,
}

fn wrong(key: &'static str, reason: String, hint: &'static str) -> Option<Wrong> {
    Some(Wrong { key, reason, hint })
}

/// A rule is asked for by the name of its file, so the name inside must be that one.
fn is_its_file(rule: &Rule, file: &str) -> Option<Wrong> {
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
    if stem == rule.name {
        return None;
    }
    let reason = format!("the rule is called `{}` and its file `{stem}`", rule.name);
    wrong("name", reason, "give both one name")
}

fn says_once(rule: &Rule, _: &str) -> Option<Wrong> {
    fn twice<W: Display + PartialEq>(words: &[W]) -> Option<String> {
        let repeated = words.iter().enumerate().find(|(at, word)| words[..*at].contains(word));
        repeated.map(|(_, word)| format!("`{word}` stands twice"))
    }
    let lists = [
        ("released", twice(&rule.released)),
        ("release-modes", twice(&rule.release_modes)),
        ("held", twice(&rule.held)),
        ("categories", twice(&rule.categories)),
    ];
    lists.into_iter().find_map(|(key, found)| Some(Wrong { key, reason: found?, hint: ONCE }))
}

fn agrees_on_release(rule: &Rule, _: &str) -> Option<Wrong> {
    let stays = |p: &&Predicate| {
        !p.leaves_custody() && **p != Predicate::TrialAtLiberty && **p != Predicate::HouseArrest
    };
    if let Some(word) = rule.released.iter().find(stays) {
        return wrong("released", format!("`{word}` is not a way out of custody"), WAYS_OUT);
    }
    if rule.released.contains(&Predicate::HouseArrest) {
        let reason = format!("house arrest is `{}` and also in `released`", rule.house_arrest);
        return wrong("house-arrest", reason, ONE_PLACE);
    }
    if rule.released.is_empty() && !rule.release_modes.is_empty() {
        let reason = "ways of release are given and nothing releases".to_owned();
        return wrong("release-modes", reason, WAYS_OUT);
    }
    let unreachable = |predicate: &&Predicate| {
        implied(**predicate).is_some_and(|mode| !rule.release_modes.contains(&mode))
    };
    match rule.released.iter().find(unreachable).filter(|_| !rule.release_modes.is_empty()) {
        Some(word) => {
            let reason = format!("`{word}` releases, and its own way of release does not count");
            wrong("release-modes", reason, MODES)
        }
        None => None,
    }
}

fn agrees_on_custody(rule: &Rule, _: &str) -> Option<Wrong> {
    if rule.held.contains(&Custody::HouseArrest) {
        let reason = format!("house arrest is `{}` and also in `held`", rule.house_arrest);
        return wrong("house-arrest", reason, ONE_PLACE);
    }
    if let Some(word) = rule.held.iter().find(|custody| OUTSIDE.contains(custody)) {
        return wrong("held", format!("somebody `{word}` is not held"), STATES);
    }
    if rule.released.is_empty() && rule.held.is_empty() {
        return wrong("held", "nobody is held and nobody is released".to_owned(), STATES);
    }
    if rule.short_detention_hours > LONGEST_SHORT {
        let hours = rule.short_detention_hours;
        return wrong("short-detention-hours", format!("{hours} hours are not short"), HOURS);
    }
    None
}

fn has_a_unit(rule: &Rule, _: &str) -> Option<Wrong> {
    if rule.verified.origins == 0 {
        return wrong("verified.origins", "no source at all would verify".to_owned(), ORIGINS);
    }
    let blank = |given: &Option<String>| given.as_ref().is_some_and(|word| word.trim().is_empty());
    if blank(&rule.definition) {
        return wrong("definition", "nobody's word is taken".to_owned(), DEFINITION);
    }
    match (rule.unit, &rule.case_column) {
        (Unit::Case, None) => {
            wrong("case-column", "cases are counted and nothing numbers them".to_owned(), COLUMN)
        }
        (Unit::Case, Some(_)) if blank(&rule.case_column) => {
            wrong("case-column", "the column has no heading".to_owned(), COLUMN)
        }
        (Unit::Person | Unit::Detention, Some(_)) => {
            let reason = format!("cases are numbered and `{}` is counted", rule.unit);
            wrong("case-column", reason, "write unit = \"case\", or leave `case-column` out")
        }
        (Unit::Application, _) => {
            let reason = format!("a register of persons cannot count by `{}`", rule.unit);
            wrong("unit", reason, "write person, detention or case")
        }
        _ => None,
    }
}

/// A month: whoever was held longer was detained in anybody's count.
const LONGEST_SHORT: u32 = 31 * 24;

const OUTSIDE: [Custody; 7] = [
    Custody::AtLiberty,
    Custody::Exiled,
    Custody::Deported,
    Custody::Escaped,
    Custody::DiedInCustody,
    Custody::Died,
    Custody::Unknown,
];
const WAYS_OUT: &str =
    "use released, pardoned, exchanged, full_freedom, deported or trial_at_liberty";
const ONE_PLACE: &str = "say what house arrest is with `house-arrest` alone";
const STATES: &str = "use held, held_undisclosed, disappeared or other_confinement";
const ORIGINS: &str = "write 1 or more";
const ONCE: &str = "leave one of the two out";
const MODES: &str = "add its way of release (pardon, exchange, exile, unconditional), or leave it \
                     out of `released`";
const HOURS: &str = "write 744 (a month) or less";
const DEFINITION: &str = "write the body's name as it speaks in the case, or leave the key out";
const COLUMN: &str = "write the heading of the column, such as case-column = \"Expediente\"";

fn word<W>(file: &str, key: &'static str, given: &str, all: &[W]) -> Result<W, Error>
where
    W: FromStr + Display,
{
    given.parse().map_err(|_| Error::UnknownWord {
        file: file.to_owned(),
        key,
        word: given.to_owned(),
        known: all.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", "),
    })
}

fn each<W>(file: &str, key: &'static str, given: &[String], all: &[W]) -> Result<Vec<W>, Error>
where
    W: FromStr + Display,
{
    given.iter().map(|one| word(file, key, one, all)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRICT: &str = "rules/strict-monitor.toml";

    #[track_caller]
    fn check(from: &str, to: &str, parts: &[&str]) {
        let text = SHIPPED[0].1.replace(from, to);
        let error = Rule::read(STRICT, &text).expect_err(to).to_string();
        for part in [STRICT, "\nhint: "].iter().chain(parts) {
            assert!(error.contains(part), "{part} in {error}");
        }
    }

    #[test]
    fn the_shipped_rules_are_named_as_their_files() {
        let shipped = Rule::shipped();
        for (rule, (file, _)) in shipped.iter().zip(SHIPPED) {
            assert_eq!(format!("rules/{}.toml", rule.name), file);
            assert_ne!(rule.title_in("en"), rule.title_in("es"));
        }
        assert!(shipped[0].holds(Custody::HouseArrest));
        assert!(shipped[1].releases(Predicate::HouseArrest, None));
        assert!(!shipped[0].counts_as(&shipped[1]) && shipped[0].counts_as(&shipped[0]));
    }

    #[test]
    fn unknown_words_and_contradictions_are_refused() {
        check("\"pardoned\"", "\"vanished\"", &["`released`", "`vanished`", "`pardoned`"]);
        check("house-arrest = \"held\"", "house-arrest = \"maybe\"", &["`maybe`", "`neither`"]);
        check("minors = true", "minor = true", &["minor"]);
        check("origins = 2", "origins = 0", &["verified.origins"]);
        check("origins = 2", "origins = -2", &["origins"]);
        check("\"disappeared\"", "\"at_liberty\"", &["`held`", "at_liberty"]);
        check("\"pardoned\"", "\"house_arrest\"", &["house-arrest"]);
        check("\"disappeared\"", "\"house_arrest\"", &["house-arrest"]);
        check("\"pardoned\"", "\"arrested\"", &["arrested"]);
        check("\"pardoned\"", "\"released\"", &["`released` stands twice"]);
        check("unit = \"person\"", "unit = \"case\"", &["`case-column`"]);
        check("unit = \"person\"", "unit = \"application\"", &["`unit`"]);
        check("unit = \"person\"", "unit = \"person\"\ncase-column = \"N\"", &["case-column"]);
        check("unit = \"person\"", "unit = \"person\"\ndefinition = \" \"", &["definition"]);
        check("house-arrest = \"held\"\n", "", &["house-arrest"]);
        check("name = \"strict-monitor\"", "name = \"mild\"", &["`name`", "`mild`"]);
        check("hours = 48", "hours = 9000", &["short-detention-hours"]);
        check("name = ", "name == ", &["line 2"]);
        let modes = "unit = \"person\"\nrelease-modes = [\"bail\"]";
        check("unit = \"person\"", modes, &["`release-modes`", "pardoned"]);
        let none = SHIPPED[0].1.replace("released = [", "held = [");
        assert!(Rule::read(STRICT, &none).is_err());
    }
}
