//! What counts as held and what counts as freed, as a file that each body can write for itself.
//!
//! One register gives a strict monitor, a ministry and a press-freedom body three totals, and each
//! is right by its
//! own rule (invariant 6). A rule that contradicts itself is refused before anything is counted by
//! it.

use crate::Error;
use habeas_model::{Category, Custody, Predicate, Unit, words};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

words! {
    /// What a rule takes house arrest for.
    HouseArrest {
        /// Still deprived of liberty.
        Held = "held",
        /// Out of prison, so released.
        Released = "released",
        /// Neither held nor released.
        Neither = "neither",
    }
}

words! {
    /// The moment of a day that a count of that day stands for.
    Moment {
        /// The day's own events have happened.
        EndOfDay = "end-of-day",
        /// As the day begins: its own events have not happened yet.
        Midnight = "midnight",
    }
}

/// What makes a person verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Verified {
    /// So many independent origins are enough (invariant 5).
    pub origins: u32,
    /// One source that saw or checked it is enough.
    pub first_hand: bool,
}

/// A counting rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its name, that of its file.
    pub name: String,
    /// Its title by language, `en` and `es`.
    pub title: BTreeMap<String, String>,
    /// What it counts.
    pub unit: Unit,
    /// The moment of a day.
    pub moment: Moment,
    /// Predicates by which somebody is released.
    pub released: Vec<Predicate>,
    /// States in which somebody is held.
    pub held: Vec<Custody>,
    /// What house arrest is.
    pub house_arrest: HouseArrest,
    /// A stay shorter than so many hours is no detention.
    pub short_detention_hours: u32,
    /// Whether people under age count.
    pub minors: bool,
    /// Whether people count whose own name is not given ("(father of ..)").
    pub unnamed: bool,
    /// Only people to whom a source gives one of these words; empty: everybody.
    pub categories: Vec<Category>,
    /// What makes a person verified.
    pub verified: Verified,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: String,
    title: Title,
    unit: String,
    #[serde(default = "end_of_day")]
    moment: String,
    released: Vec<String>,
    held: Vec<String>,
    house_arrest: String,
    #[serde(default)]
    short_detention_hours: u32,
    minors: bool,
    unnamed: bool,
    #[serde(default)]
    categories: Vec<String>,
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
    ("rules/strict-monitor.toml", include_str!("../../../rules/strict-monitor.toml")),
    ("rules/official-count.toml", include_str!("../../../rules/official-count.toml")),
    ("rules/press-custody.toml", include_str!("../../../rules/press-custody.toml")),
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
            held: each(name, "held", &file.held, Custody::ALL)?,
            house_arrest: word(name, "house-arrest", &file.house_arrest, HouseArrest::ALL)?,
            categories: each(name, "categories", &file.categories, Category::ALL)?,
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
        rule.agrees_with_itself(name)?;
        Ok(rule)
    }

    /// The rules that come with Habeas.
    #[must_use]
    pub fn shipped() -> Vec<Rule> {
        let read = |(name, text): &(&str, &str)| Rule::read(name, text);
        SHIPPED.iter().map(read).collect::<Result<_, _>>().expect("a test reads every shipped rule")
    }

    /// Its title in `lang`, else in English.
    #[must_use]
    pub fn title_in(&self, lang: &str) -> &str {
        self.title.get(lang).or_else(|| self.title.get("en")).map_or(&self.name, String::as_str)
    }

    /// Whether this state is one of the held ones.
    #[must_use]
    pub fn holds(&self, custody: Custody) -> bool {
        match custody {
            Custody::HouseArrest => self.house_arrest == HouseArrest::Held,
            other => self.held.contains(&other),
        }
    }

    /// Whether this predicate releases.
    #[must_use]
    pub fn releases(&self, predicate: Predicate) -> bool {
        match predicate {
            Predicate::HouseArrest => self.house_arrest == HouseArrest::Released,
            other => self.released.contains(&other),
        }
    }

    fn agrees_with_itself(&self, file: &str) -> Result<(), Error> {
        let wrong = |key, reason: String, hint| {
            Err(Error::Contradiction { file: file.to_owned(), key, reason, hint })
        };
        let stays = |p: &&Predicate| {
            !p.leaves_custody() && **p != Predicate::TrialAtLiberty && **p != Predicate::HouseArrest
        };
        if let Some(word) = self.released.iter().find(stays) {
            return wrong("released", format!("`{word}` is not a way out of custody"), WAYS_OUT);
        }
        if self.released.contains(&Predicate::HouseArrest)
            && self.house_arrest != HouseArrest::Released
        {
            let reason = format!("house arrest is `{}` and also a release", self.house_arrest);
            return wrong("house-arrest", reason, ONE_PLACE);
        }
        if self.held.contains(&Custody::HouseArrest) && self.house_arrest != HouseArrest::Held {
            let reason = format!("house arrest is `{}` and also held", self.house_arrest);
            return wrong("house-arrest", reason, ONE_PLACE);
        }
        if let Some(word) = self.held.iter().find(|custody| OUTSIDE.contains(custody)) {
            return wrong("held", format!("somebody `{word}` is not held"), STATES);
        }
        if self.released.is_empty() && self.held.is_empty() {
            return wrong("held", "nobody is held and nobody is released".to_owned(), STATES);
        }
        if self.verified.origins == 0 {
            return wrong("verified.origins", "no source at all would verify".to_owned(), ORIGINS);
        }
        if self.unit != Unit::Person {
            let reason = format!("a register of persons cannot count by `{}`", self.unit);
            return wrong("unit", reason, "write unit = \"person\"");
        }
        Ok(())
    }
}

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

fn word<W>(file: &str, key: &'static str, given: &str, all: &[W]) -> Result<W, Error>
where
    W: FromStr + std::fmt::Display,
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
    W: FromStr + std::fmt::Display,
{
    given.iter().map(|one| word(file, key, one, all)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, parts: &[&str]) {
        let text = SHIPPED[0].1.replace(from, to);
        let error = Rule::read("rules/x.toml", &text).expect_err(to).to_string();
        for part in ["rules/x.toml", "\nhint: "].iter().chain(parts) {
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
        assert!(shipped[1].releases(Predicate::HouseArrest));
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
        check("\"pardoned\"", "\"arrested\"", &["arrested"]);
        check("unit = \"person\"", "unit = \"case\"", &["`unit`"]);
        check("house-arrest = \"held\"\n", "", &["house-arrest"]);
        check("name = ", "name == ", &["line 2"]);
    }
}
