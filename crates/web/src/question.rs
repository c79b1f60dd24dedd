//! A question as it stands in an address.

use habeas_desk::{Error, Question, known_by};
use habeas_model::ClaimId;
use habeas_page::Lang;
use jiff::civil::Date;
use url::form_urlencoded;

/// What was asked for after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The day that the answer is about.
    pub as_of: Option<Date>,
    /// A position, a day or a time, as it was written.
    pub known_by: String,
    /// Name of the rule.
    pub rule: Option<String>,
    /// A line of the only population that is shown.
    pub like: Option<ClaimId>,
    /// The language, where another is wanted from now on.
    pub lang: Option<Lang>,
}

/// The address makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Senseless;

impl Asked {
    /// Reads what stands after the `?`. Fields that are empty, or that nobody knows, ask nothing.
    pub fn read(query: &str) -> Result<Asked, Senseless> {
        let mut asked = Asked::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match &*key {
                "as_of" => asked.as_of = Some(value.parse().map_err(|_| Senseless)?),
                "known_by" => asked.known_by = value.to_owned(),
                "rule" => asked.rule = Some(value.to_owned()),
                "like" => asked.like = Some(value.parse().map_err(|_| Senseless)?),
                "lang" => asked.lang = Some(value.parse().map_err(|_| Senseless)?),
                _ => (),
            }
        }
        Ok(asked)
    }

    /// The other question of a page that asks two: its fields have names that begin so.
    pub fn beginning(begin: &str, query: &str) -> Result<Asked, Senseless> {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let own = pairs.filter_map(|(key, value)| {
            Some((key.strip_prefix(begin)?.to_owned(), value.into_owned()))
        });
        let own = form_urlencoded::Serializer::new(String::new()).extend_pairs(own).finish();
        Asked::read(&own)
    }

    /// The same question as the part of an address after `?`, without the language.
    pub fn address(&self) -> String {
        self.named("")
    }

    /// The same with names of fields that begin so.
    pub fn named(&self, begin: &str) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut append = |key: &str, said: &str| {
            out.append_pair(&format!("{begin}{key}"), said);
        };
        if let Some(day) = self.as_of {
            append("as_of", &day.to_string());
        }
        if !self.known_by.is_empty() {
            append("known_by", &self.known_by);
        }
        if let Some(rule) = &self.rule {
            append("rule", rule);
        }
        if let Some(like) = self.like {
            append("like", &like.to_string());
        }
        out.finish()
    }

    /// The question that a case answers.
    pub fn question(&self) -> Result<Question, Error> {
        let known_by = match &*self.known_by {
            "" => None,
            said => Some(known_by(said)?),
        };
        Ok(Question { as_of: self.as_of, known_by, rule: self.rule.clone() })
    }
}

/// What stands under a name after the `?`, where something does.
pub fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(key, value)| key == name && !value.trim().is_empty())?;
    Some(found.1.trim().to_owned())
}

/// All that stands under a name after the `?`.
pub fn parameters<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let pairs = form_urlencoded::parse(query.as_bytes());
    pairs.filter(move |(key, _)| key == name).map(|(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<&str, Senseless>) {
        let read = Asked::read(query);
        let address = read.as_ref().map(Asked::address).map_err(|why| *why);
        assert_eq!(address, expected.map(str::to_owned));
        if let Ok(asked) = read {
            let other = Asked::beginning("from_", &asked.named("from_")).unwrap();
            assert_eq!(other, Asked { lang: None, ..asked.clone() });
            let again = Asked::read(&asked.address()).unwrap();
            assert_eq!(Asked { lang: None, ..asked }, again);
        }
    }

    #[test]
    fn an_address_is_read_and_written() {
        check("", Ok(""));
        check("as_of=&known_by=&rule=&like=", Ok(""));
        check("as_of=2026-02-01&lang=es", Ok("as_of=2026-02-01"));
        check("known_by=2026-02-01T12%3A00%2B01", Ok("known_by=2026-02-01T12%3A00%2B01"));
        check("rule=%22%3E%0d%0aSet-Cookie", Ok("rule=%22%3E%0D%0ASet-Cookie"));
        check("like=00000000000000ff&x=y", Ok("like=00000000000000ff"));
        check("as_of=yesterday", Err(Senseless));
        check("like=../../etc", Err(Senseless));
        check("lang=fr", Err(Senseless));
    }
}
