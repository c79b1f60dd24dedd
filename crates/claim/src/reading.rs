//! A reading: what a document proposes, not yet looked at by anybody.

use habeas_document::{Body, Document};
use habeas_model::{Claim, Disclosure, Mention, Predicate, Problem, When};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known about a document before it is read.
#[derive(Clone, Debug)]
pub struct Context {
    /// Day of publication, to which "last week" is relative.
    pub published: Option<Date>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// `en` or `es`; detected if absent.
    pub lang: Option<String>,
    /// Country of the case (ISO 3166), for places that name none.
    pub country: Option<String>,
    /// What case.toml says of this list.
    pub list: ListSettings,
    /// Who may see the mentions that come of it.
    pub disclosure: Disclosure,
}

/// `[list."file name"]` of case.toml: what the guess of headings got wrong, and what a list does
/// not say of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ListSettings {
    /// Heading as written, or `#3` for the third column -> field (`given`, `surnames`, `name`,
    /// `number`, `born`, `age`, `gender`, `nationality`,
    /// `arrested`, `released`, `place`, `category`, `status`, `disclosure`, `ignore`, ...).
    pub columns: BTreeMap<String, String>,
    /// Row of the headings, from 1.
    pub heading_row: Option<u32>,
    /// Only this sheet.
    pub sheet: Option<String>,
    /// `dmy`, `mdy` or `ymd`, where dates are ambiguous.
    pub dates: Option<String>,
    /// What being on the list says: `held`, `released`, `missing`, ...
    pub says: Option<Predicate>,
    /// The moment that the list stands for.
    pub as_of: Option<When>,
    /// The body that made the list.
    pub by: Option<String>,
    /// `public`, `counted` or `restricted`.
    pub disclosure: Option<Disclosure>,
    /// WHATWG label of the encoding.
    pub encoding: Option<String>,
    /// Separator of a CSV: one character.
    pub separator: Option<String>,
}

/// What a document proposes.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Language it was read in; empty for tables.
    pub lang: String,
    /// Claims, in the order of the document.
    pub claims: Vec<Claim>,
    /// People named, in the order of the document.
    pub mentions: Vec<Mention>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Reads a document.
#[must_use]
pub fn read(document: &Document, context: &Context) -> Reading {
    let mut reading = match &document.body {
        Body::Text(text) => crate::text::read(document, text, context),
        Body::Table(sheets) => crate::list::read(document, sheets, context),
    };
    reading.problems.splice(0..0, document.problems.iter().cloned());
    reading
}
