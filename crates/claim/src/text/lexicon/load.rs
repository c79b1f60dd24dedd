//! Is a lexicon file right? If not: which file, which key, and what is wrong.

use super::{
    Form, Hedge, Lexicon, Meaning, Order, Part, Phrases, Reckoned, Rule, Rules, expand::expand,
};
use habeas_model::Predicate;
use std::{collections::HashMap, str::FromStr};
use toml::{Table, Value};

/// A mistake in a lexicon file.
#[derive(Debug, thiserror::Error)]
#[error("lexicon file `{file}`, key `{key}`: {wrong}; hint: see docs/guide/en/add-a-language.md")]
pub struct Mistake {
    file: String,
    key: String,
    wrong: String,
}

struct Loader<'f> {
    file: &'f str,
    suffixes: HashMap<String, Vec<String>>,
    lexicon: Lexicon,
}

/// Reads the files of a language and those shared by all.
pub fn load(
    lang: &'static str,
    files: &[(&'static str, &'static str, &'static str)],
) -> Result<Lexicon, Mistake> {
    let own = files.iter().filter(|(of, ..)| *of == lang || of.is_empty());
    let lexicon = Lexicon {
        lang,
        phrases: Phrases::new(),
        rules: Rules::default(),
        order: Order::default(),
        stop: Vec::new(),
    };
    let mut loader = Loader { file: "", suffixes: HashMap::new(), lexicon };
    let mut parsed = Vec::new();
    for (_, name, content) in own {
        loader.file = name;
        let table: Table = content
            .parse()
            .map_err(|wrong: toml::de::Error| loader.mistake("", wrong.message()))?;
        loader.endings(&table)?;
        parsed.push((name, table));
    }
    for (name, table) in &parsed {
        loader.file = name;
        for (section, value) in table {
            loader.section(section, value)?;
        }
    }
    Ok(loader.lexicon)
}

impl Loader<'_> {
    fn mistake(&self, key: &str, wrong: impl ToString) -> Mistake {
        let (file, key) = (self.file.to_owned(), key.to_owned());
        Mistake { file, key, wrong: wrong.to_string() }
    }

    fn endings(&mut self, table: &Table) -> Result<(), Mistake> {
        let Some(endings) = table.get("suffix") else { return Ok(()) };
        for (name, value) in self.table("suffix", endings)? {
            let list = value.as_str().ok_or_else(|| self.mistake(name, "not a string"))?;
            let list = list.split(' ').map(|ending| ending.replace('-', "")).collect();
            self.suffixes.insert(name.clone(), list);
        }
        Ok(())
    }

    fn table<'v>(&self, key: &str, value: &'v Value) -> Result<&'v Table, Mistake> {
        value.as_table().ok_or_else(|| self.mistake(key, "not a section"))
    }

    fn section(&mut self, name: &str, value: &Value) -> Result<(), Mistake> {
        let entries = self.table(name, value)?;
        for (key, value) in entries {
            let path = format!("{name}.{key}");
            match name {
                "suffix" => {}
                "order" => self.order(&path, key, value)?,
                "language" => self.stop(&path, value)?,
                "rule" => self.rule(&path, key, value)?,
                "number" | "predicate" | "hedge" => self.nested(&path, name, key, value)?,
                "month" | "weekday" => {
                    let last = if name == "month" { 12 } else { 7 };
                    let nth = value.as_integer().filter(|nth| (1..=last).contains(nth));
                    let wrong = || self.mistake(&path, format!("not between 1 and {last}"));
                    let nth = nth.ok_or_else(wrong)? as i8;
                    let month = name == "month";
                    self.add(
                        &path,
                        key,
                        &if month { Meaning::Month(nth) } else { Meaning::Weekday(nth) },
                    )?;
                }
                _ => {
                    let meaning = self.meaning(&path, name, key)?;
                    self.phrases(&path, value, &meaning)?;
                }
            }
        }
        Ok(())
    }

    fn meaning(&self, path: &str, name: &str, key: &str) -> Result<Meaning, Mistake> {
        Ok(match name {
            "word" => Meaning::Word(self.known(path, key, "no such word of the grammar")?),
            "people" if key == "plain" => Meaning::People(None),
            "people" => Meaning::People(Some(self.known(path, key, "no such category")?)),
            "gender" => Meaning::Gender(self.known(path, key, "neither `f` nor `m`")?),
            "age" => Meaning::Age(self.known(path, key, "no such age band")?),
            "speech" => Meaning::Speech(self.known(path, key, "no such modality")?),
            "source" if key == "plain" => Meaning::Source(None),
            "source" if key == "kin" => Meaning::Kin,
            "source" => Meaning::Source(Some(self.known(path, key, "no such role")?)),
            "demonym" => Meaning::Demonym(self.known(path, key, "no ISO 3166 code")?),
            "country" => Meaning::Country(self.known(path, key, "no ISO 3166 code")?),
            "known" => Meaning::Of(self.known(path, key, "no ISO 3166 code")?),
            "city" => Meaning::Place(self.known(path, key, "no ISO 3166 code")?, false),
            "prison" => Meaning::Place(self.known(path, key, "no ISO 3166 code")?, true),
            "when" => Meaning::When(self.reckoned(path, key)?),
            _ => return Err(self.mistake(name, "no such section")),
        })
    }

    fn known<T: FromStr>(&self, path: &str, key: &str, wrong: &str) -> Result<T, Mistake> {
        key.parse().map_err(|_| self.mistake(path, wrong))
    }

    fn reckoned(&self, path: &str, key: &str) -> Result<Reckoned, Mistake> {
        let wrong = || self.mistake(path, "not a date phrase such as `day -1`");
        let (unit, by) = key.split_once(' ').unwrap_or((key, "0"));
        let by: i32 = by.parse().map_err(|_| wrong())?;
        Ok(match unit {
            "day" => Reckoned::Day(by),
            "week" => Reckoned::Week(by),
            "month" => Reckoned::Month(by),
            "year" => Reckoned::Year(by),
            "weekend" => Reckoned::Weekend,
            "year_so_far" => Reckoned::YearSoFar,
            "month_so_far" => Reckoned::MonthSoFar,
            "month_end" => Reckoned::MonthEnd,
            "that" => Reckoned::That,
            "after" => Reckoned::After(by),
            "fixed" => Reckoned::Fixed(by),
            "first" => Reckoned::First(by),
            _ => return Err(wrong()),
        })
    }

    /// Sections of sections: numbers, hedges, predicates.
    fn nested(&mut self, path: &str, name: &str, key: &str, value: &Value) -> Result<(), Mistake> {
        if name == "predicate" && Predicate::from_str(key).is_err() {
            return Err(self.mistake(path, "no such predicate"));
        }
        for (inner, value) in self.table(path, value)? {
            let path = format!("{path}.{inner}");
            if name == "number" {
                let meaning = self.number(&path, key, inner, value)?;
                self.add(&path, inner, &meaning)?;
                continue;
            }
            let meaning = match (name, key) {
                ("hedge", "before") => Meaning::Before(self.hedge(&path, inner)?),
                ("hedge", "after") => Meaning::After(self.hedge(&path, inner)?),
                ("hedge", _) => return Err(self.mistake(&path, "neither `before` nor `after`")),
                _ => Meaning::Predicate(
                    self.known(&path, key, "no such predicate")?,
                    self.form(&path, inner)?,
                ),
            };
            self.phrases(&path, value, &meaning)?;
        }
        Ok(())
    }

    fn number(&self, path: &str, key: &str, word: &str, value: &Value) -> Result<Meaning, Mistake> {
        if key == "fraction" {
            let parts = value.as_str().and_then(|text| text.split_once('/'));
            let parts = parts.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
            let (a, b) = parts.ok_or_else(|| self.mistake(path, "not a fraction such as `1/2`"))?;
            return Ok(Meaning::Fraction(a, b));
        }
        let n = value.as_integer().and_then(|n| u64::try_from(n).ok());
        let n = n.ok_or_else(|| self.mistake(path, "not a whole number"))?;
        let small = u32::try_from(n).unwrap_or(u32::MAX);
        let plain = word.split(['{', '<', '(']).next().unwrap_or(word).trim();
        Ok(match key {
            "unit" => Meaning::Number(Part::Unit, n),
            "tens" => Meaning::Number(Part::Tens, n),
            "hundreds" => Meaning::Number(Part::Hundreds, n),
            "thousands" => Meaning::Number(Part::Thousands, n),
            "collective" => Meaning::Number(Part::Collective, n),
            "rough" => Meaning::Number(Part::Rough, n),
            "ordinal" => Meaning::Ordinal(small),
            "vague" => Meaning::Vague(plain.into(), small),
            "nobody" => Meaning::Nobody,
            "nobody_of" => Meaning::No,
            _ => return Err(self.mistake(path, "no such part of a number")),
        })
    }

    fn hedge(&self, path: &str, key: &str) -> Result<Hedge, Mistake> {
        Ok(match key {
            "at_least" => Hedge::AtLeast,
            "more_than" => Hedge::MoreThan,
            "at_most" => Hedge::AtMost,
            "fewer_than" => Hedge::FewerThan,
            "about" => Hedge::About,
            "only" => Hedge::Only,
            _ => return Err(self.mistake(path, "no such hedge")),
        })
    }

    fn form(&self, path: &str, key: &str) -> Result<Form, Mistake> {
        Ok(match key {
            "subject" => Form::Subject,
            "object" => Form::Object,
            "participle" => Form::Participle,
            "noun" => Form::Noun,
            "future" => Form::Future,
            _ => return Err(self.mistake(path, "no such form of a predicate")),
        })
    }

    fn order(&mut self, path: &str, key: &str, value: &Value) -> Result<(), Mistake> {
        let set = value.as_bool().ok_or_else(|| self.mistake(path, "neither true nor false"))?;
        match key {
            "adjective_after" => self.lexicon.order.adjective_after = set,
            "subject_dropped" => self.lexicon.order.subject_dropped = set,
            "month_small" => self.lexicon.order.month_small = set,
            "participle_agrees" => self.lexicon.order.participle_agrees = set,
            _ => return Err(self.mistake(path, "no such order")),
        }
        Ok(())
    }

    fn stop(&mut self, path: &str, value: &Value) -> Result<(), Mistake> {
        let words = value.as_str().ok_or_else(|| self.mistake(path, "not a string"))?;
        self.lexicon.stop.extend(words.split_whitespace().map(Into::into));
        Ok(())
    }

    fn rule(&mut self, path: &str, key: &str, value: &Value) -> Result<(), Mistake> {
        let predicate: Predicate = self.known(path, key, "no such predicate")?;
        for written in self.list(path, value)? {
            let rule = Rule::parse(&written, &mut self.lexicon.phrases).map_err(|wrong| {
                self.mistake(path, format!("`{wrong}` is no word of the grammar"))
            })?;
            self.lexicon.rules.add(predicate, rule);
        }
        Ok(())
    }

    fn list(&self, path: &str, value: &Value) -> Result<Vec<String>, Mistake> {
        let wrong = || self.mistake(path, "not a list of phrases");
        match value {
            Value::String(one) => Ok(vec![one.clone()]),
            Value::Array(list) => {
                list.iter().map(|one| one.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
            }
            _ => Err(wrong()),
        }
    }

    fn phrases(&mut self, path: &str, value: &Value, meaning: &Meaning) -> Result<(), Mistake> {
        for short in self.list(path, value)? {
            for one in short.split(" / ") {
                self.add(path, one, meaning)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &str, short: &str, meaning: &Meaning) -> Result<(), Mistake> {
        let all = expand(short, &self.suffixes)
            .map_err(|ending| self.mistake(path, format!("no ending `{ending}` in [suffix]")))?;
        for phrase in all {
            self.lexicon.phrases.add(&phrase, meaning);
        }
        Ok(())
    }
}
