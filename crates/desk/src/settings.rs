//! `case.toml`: what a case says of itself and of its documents.

use crate::{
    Error,
    keep::need::{NeedToKnow, fits},
    reach::{FetchSettings, ReaderSettings, WatchSettings},
};
use habeas_claim::{Context, ListSettings};
use habeas_document::{Asked, Document};
use habeas_model::{Digest, Disclosure, When};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::Path};
use toml_edit::{DocumentMut, InlineTable, Item, Table};

/// The whole of case.toml.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Title of the case.
    pub title: String,
    /// `en` or `es`: the language of its pages, unless asked otherwise.
    pub lang: Option<String>,
    /// Country of the case, ISO 3166.
    pub country: Option<String>,
    /// Name of the counting rule.
    pub rule: Option<String>,
    /// Where its ledger is kept, if not in its folder.
    pub ledger: LedgerSettings,
    /// What a rule may decide about links.
    pub link: habeas_person::Settings,
    /// What a rule may decide about proposals.
    pub review: ReviewSettings,
    /// Verifier keys of the witnesses whose signatures under a checkpoint are kept.
    pub witnesses: Vec<String>,
    /// Authorities that stamp the time, by name; their root certificates lie in
    /// `authorities/NAME.pem`.
    pub authority: BTreeMap<String, AuthoritySettings>,
    /// How pages are fetched.
    pub fetch: FetchSettings,
    /// What is looked at again and again.
    pub watch: WatchSettings,
    /// Who reads beside ours.
    pub reader: ReaderSettings,
    /// What the public is told.
    pub publish: PublishSettings,
    /// Which documents are closed to whom of the team.
    pub need_to_know: NeedToKnow,
    /// How the unlisted are estimated.
    pub estimate: EstimateSettings,
    /// What documents do not say of themselves, by their path under `inbox/`.
    pub document: BTreeMap<String, DocumentSettings>,
    /// What lists do not say of themselves, by their path under `inbox/`.
    pub list: BTreeMap<String, ListSettings>,
}

/// `[ledger]`: where a team keeps what one person keeps in the case's folder.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LedgerSettings {
    /// The server of the entries: `postgres://USER@HOST/DATABASE?sslmode=require&schema=NAME`.
    pub server: Option<String>,
    /// The bucket of the evidence: `s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME`.
    pub evidence: Option<String>,
}

/// `[publish]`: what the public is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PublishSettings {
    /// The smallest number of people without a name that is told.
    pub least: u32,
}

/// Statistical offices keep back frequencies under 3 to 5 (Hundepool et al., 2012, section 4.2);
/// people who are hunted are not told by fewer than five.
impl Default for PublishSettings {
    fn default() -> PublishSettings {
        PublishSettings { least: 5 }
    }
}

/// `[estimate]`: decisions on how the unlisted are estimated, kept in the ledger with case.toml.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct EstimateSettings {
    /// Pairs of lists that copy one another and are taken as one, by the names of their bodies.
    pub merge: Vec<(String, String)>,
}

/// `[review]`: which documents are trusted tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReviewSettings {
    /// Paths under `inbox/`, each perhaps ending in `*`, whose proposals a rule accepts.
    pub accept: Vec<String>,
}

/// `[authority.NAME]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AuthoritySettings {
    /// Where it is asked (RFC 3161 over HTTP).
    pub url: String,
    /// Whether it stamps each document that is received, and not only checkpoints.
    #[serde(default = "yes")]
    pub documents: bool,
}

fn yes() -> bool {
    true
}

/// `[document."path"]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocumentSettings {
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<When>,
    /// `en` or `es`.
    pub lang: Option<String>,
    /// Who may see what comes of it.
    pub disclosure: Option<Disclosure>,
    /// Whether its text may be sent to the second reader; not said: only if it is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send: Option<bool>,
}

/// A smaller number of people without a name is never told.
const LEAST: u32 = 3;

impl Settings {
    /// Reads the text of a case.toml at `path` (for messages).
    pub fn read(text: &str, path: &Path) -> Result<Settings, Error> {
        let wrong = |reason: String| Error::Settings { path: path.to_owned(), reason };
        let settings: Settings =
            toml::from_str(text).map_err(|e| wrong(e.to_string().trim_end().to_owned()))?;
        if settings.publish.least < LEAST {
            let least = settings.publish.least;
            return Err(wrong(format!("publish.least is `{least}`; it can be {LEAST} or more")));
        }
        let inside = |path: &&str| path.trim_end_matches('*').contains('*');
        if let Some(path) = settings.need_to_know.paths().find(inside) {
            return Err(wrong(format!(
                "need-to-know has `{path}`; a `*` can stand at its end only"
            )));
        }
        match settings.lang.as_deref() {
            None | Some("en" | "es") => Ok(settings),
            Some(other) => Err(wrong(format!("lang is `{other}`; it can be `en` or `es`"))),
        }
    }

    /// What is known of a document before it is opened.
    #[must_use]
    pub fn asked(&self, name: &str) -> Asked {
        let list = self.list_of(name);
        Asked {
            name: name.to_owned(),
            encoding: list.encoding,
            separator: list.separator.and_then(|mark| mark.bytes().next()),
            url: self.document_of(name).url,
            pdf: crate::pdf::reader(),
            ..Asked::default()
        }
    }

    /// What is known of an opened document before it is read.
    #[must_use]
    pub fn context(&self, name: &str, document: &Document) -> Context {
        let (own, list) = (self.document_of(name), self.list_of(name));
        let found = document.published.as_ref().map(|dated| &dated.when);
        Context {
            published: own.published.as_ref().or(found).and_then(When::last),
            outlet: own.outlet.or_else(|| document.outlet.clone()),
            url: own.url.or_else(|| document.url.clone()),
            lang: own.lang.or_else(|| document.lang.clone()),
            country: self.country.clone(),
            // Invariant 10.
            disclosure: self.disclosure_of(name).unwrap_or(Disclosure::Restricted),
            list,
        }
    }

    /// Who may see what comes of a document, where case.toml says so.
    #[must_use]
    pub fn disclosure_of(&self, name: &str) -> Option<Disclosure> {
        self.list_of(name).disclosure.or(self.document_of(name).disclosure)
    }

    /// Whether a rule accepts what this document proposes.
    #[must_use]
    pub fn trusts(&self, name: &str) -> bool {
        self.review.accept.iter().any(|pattern| fits(pattern, name))
    }

    /// The digest of everything that bears on reading this document: when it changes, the document
    /// is read again.
    #[must_use]
    pub fn bearing_on(&self, name: &str) -> Digest {
        let bearing = (self.document_of(name), self.list_of(name), &self.country);
        let mut said = serde_json::to_vec(&bearing).expect("settings have a JSON form");
        // Without a second reader the digest is that of cases that know of none.
        if let Some(llm) = &self.reader.llm
            && crate::reach::second::may_send(self, name)
        {
            said.extend(format!(" {} {}", llm.url, llm.model).bytes());
        }
        Digest::of(&said)
    }

    /// `[document."name"]`, empty if there is none.
    #[must_use]
    pub fn document_of(&self, name: &str) -> DocumentSettings {
        self.document.get(name).cloned().unwrap_or_default()
    }

    fn list_of(&self, name: &str) -> ListSettings {
        self.list.get(name).cloned().unwrap_or_default()
    }
}

/// The text of a case.toml with the fields of these lists' columns in it; nothing else is changed.
pub(crate) fn with_columns(
    text: &str,
    path: &Path,
    lists: &[(&str, &BTreeMap<String, String>)],
) -> Result<String, Error> {
    let wrong = |reason: String| Error::Settings { path: path.to_owned(), reason };
    let mut whole: DocumentMut =
        text.parse().map_err(|e: toml_edit::TomlError| wrong(e.to_string()))?;
    let table = || {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    };
    let no_table = || wrong("`list` holds no tables".to_owned());
    let all = whole.entry("list").or_insert_with(table).as_table_like_mut().ok_or_else(no_table)?;
    for (name, columns) in lists {
        let list = all.entry(name).or_insert_with(|| Item::Table(Table::new()));
        let list = list.as_table_like_mut().ok_or_else(no_table)?;
        let held = list.entry("columns").or_insert_with(|| InlineTable::new().into());
        let held = held.as_table_like_mut().ok_or_else(no_table)?;
        for (heading, field) in *columns {
            held.insert(heading, toml_edit::value(field));
        }
    }
    Ok(whole.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wrong: Option<&str>) {
        let read = Settings::read(text, Path::new("case.toml"));
        match (read, wrong) {
            (Ok(_), None) => {}
            (Err(e), Some(part)) => assert!(e.to_string().contains(part), "{e}"),
            (read, _) => panic!("{text}: {read:?}"),
        }
    }

    #[test]
    fn a_slip_in_the_settings_is_named() {
        check("title = \"x\"\nlang = \"es\"\n", None);
        check("lang = \"fr\"\n", Some("`fr`"));
        check("titel = \"x\"\n", Some("titel"));
        check("[list.\"a.csv\"]\nas-of = \"31/02/2026\"\n", Some("31/02/2026"));
        check("[publish]\nleast = 3\n", None);
        check("[publish]\nleast = 1\n", Some("`1`"));
        check("[list.\"a.csv\"]\nsays = \"freed\"\n", Some("freed"));
        check("[need-to-know]\n\"families/*\" = [\"linker\"]\n", None);
        check("[need-to-know]\n\"families/*\" = [\"boss\"]\n", Some("boss"));
        check("[need-to-know]\n\"*.csv\" = [\"linker\"]\n", Some("`*.csv`"));
    }

    #[test]
    fn columns_are_written_and_the_rest_stays() {
        let columns = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let check = |text: &str, name: &str, own: &[(&str, &str)], expected: &str| {
            let own = columns(own);
            let said = with_columns(text, Path::new("case.toml"), &[(name, &own)]).unwrap();
            assert_eq!(said, expected);
            let read = Settings::read(&said, Path::new("case.toml")).unwrap();
            assert!(own.iter().all(|(key, field)| read.list[name].columns[key] == *field));
        };
        let start = "title = \"x\" # a remark\n";
        let own = [("#2", "ignore"), ("Obs. \"x\"", "notes")];
        let list = "\n[list.\"a ]\\n.csv\"]\ncolumns = { \"#2\" = \"ignore\", 'Obs. \"x\"' = \"notes\" }\n";
        check(start, "a ]\n.csv", &own, &format!("{start}{list}"));
        let before =
            "[list.\"a.csv\"]\nsays = \"held\"\ncolumns = { Sitio = \"place\" } # by hand\n";
        let after = "[list.\"a.csv\"]\nsays = \"held\"\ncolumns = { Sitio = \"name\", Z = \"rest\" } # by hand\n";
        check(before, "a.csv", &[("Sitio", "name"), ("Z", "rest")], after);
        assert!(with_columns("list = 1", Path::new(""), &[("a", &columns(&[]))]).is_err());
    }

    #[test]
    fn trust_is_by_path() {
        let settings =
            Settings::read("[review]\naccept = [\"a.csv\", \"lists/*\"]", Path::new("")).unwrap();
        assert!(settings.trusts("a.csv") && settings.trusts("lists/b.xlsx"));
        assert!(!settings.trusts("b.csv"));
    }
}
