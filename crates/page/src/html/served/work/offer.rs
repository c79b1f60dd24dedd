//! What was sent and what it would be in the case: nothing is written until somebody accepts it.

use super::super::{Asking, Papers, document, page};
use super::unseen;
use crate::{Lang, Reader, phrase, word, words};
use habeas_model::{Digest, Problem};
use maud::{Markup, html};

/// What would become of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It would be received.
    New,
    /// It would be received as a newer version of a document of this moment (microseconds since
    /// 1970, UTC).
    Newer(Digest, i64),
    /// It was received and withdrawn before, and would be received anew.
    Again,
    /// Its bytes are in the case, under this name.
    Known(Digest, String),
    /// Its bytes were sent twice: it is the same as this one.
    Twice(String),
    /// It cannot be received, for the reason of this code (`offer-CODE`).
    Refused(&'static str),
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading; may be empty.
    pub heading: String,
    /// What it is called in the settings.
    pub key: String,
    /// What it is taken for.
    pub field: Option<&'static str>,
}

/// The list in a file: its columns and its first rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Name of the sheet.
    pub sheet: String,
    /// Rows under the headings.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Column>,
    /// The first rows, one cell a column.
    pub first: Vec<Vec<String>>,
}

/// A file that was sent.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What it would be called.
    pub name: String,
    /// Whether it was called otherwise when it was sent.
    pub renamed: bool,
    /// Its length.
    pub bytes: u64,
    /// What would become of it.
    pub fate: Fate,
    /// What it is: `csv`, `pdf`, ...
    pub format: &'static str,
    /// Documents in it.
    pub documents: usize,
    /// Pages, where it has pages.
    pub pages: u32,
    /// Characters of text in it.
    pub letters: usize,
    /// Sheets of tables in it.
    pub sheets: usize,
    /// Zones of the first text: what each is, and how it begins.
    pub zones: Vec<(&'static str, String)>,
    /// The first list in it.
    pub table: Option<Columns>,
    /// Claims that would be proposed.
    pub claims: usize,
    /// People who would be mentioned.
    pub mentions: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Offer {
    /// Whether it can be received.
    #[must_use]
    pub fn may(&self) -> bool {
        matches!(self.fate, Fate::New | Fate::Newer(..) | Fate::Again)
    }

    /// The document that it would replace.
    #[must_use]
    pub fn replaces(&self) -> Option<Digest> {
        match self.fate {
            Fate::Newer(before, _) => Some(before),
            _ => None,
        }
    }
}

/// All that was sent at once.
pub struct Offers<'a> {
    /// Its number in addresses.
    pub parcel: &'a str,
    /// The files.
    pub files: Vec<Offer>,
    /// What a column can hold.
    pub fields: &'a [&'static str],
    /// The ledger stood here when the page was made.
    pub seen: u64,
}

/// A length in words: bytes, kB, MB.
pub(super) fn size(bytes: u64, lang: Lang) -> String {
    let (n, unit) = match bytes {
        0..1024 => (bytes, "size-bytes"),
        1024..0x10_0000 => (bytes.div_ceil(1024), "size-kb"),
        _ => (bytes.div_ceil(0x10_0000), "size-mb"),
    };
    words(lang, unit, &[("n", &phrase::number(n, lang))])
}

/// The page.
#[must_use]
pub fn offers(
    of: &Offers<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "offer-title");
    let may = of.files.iter().filter(|file| file.may()).count();
    let n = |n: usize| phrase::number(n as u64, lang);
    let said = [("all", &*n(of.files.len())), ("may", &*n(may))];
    let inside = html! {
        header {
            p class="back" { a href="/receive" { "← " (word(lang, "nav-receive")) } }
            p class="kicker" { (papers.present.title) }
            h1 { (title) }
            p class="lead" role="status" { (words(lang, "offer-lead", &said)) }
        }
        main id="content" {
            form class="offers" method="post" action={ "/receive/" (of.parcel) } {
                (unseen(of.seen, asking))
                @for (nth, file) in of.files.iter().enumerate() {
                    (one(nth, file, of, asking, reader))
                }
                div class="do" {
                    @if may > 0 {
                        button name="verdict" value="accept" class="main" { (word(lang, "offer-accept")) }
                    }
                    @if of.files.iter().any(|file| file.table.is_some()) {
                        button name="verdict" value="look" class="plain" { (word(lang, "offer-look")) }
                    }
                    button name="verdict" value="discard" class="plain" { (word(lang, "offer-discard")) }
                }
            }
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

fn one(nth: usize, file: &Offer, of: &Offers<'_>, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        section class={ "card" @if !file.may() { " aside" } } aria-labelledby={ "h-" (nth) } {
            h2 id={ "h-" (nth) } { bdi dir="auto" { (file.name) } }
            (fate(file, asking, reader))
            @if file.renamed { p class="small" { (word(lang, "offer-renamed")) } }
            @if file.may() {
                p class="small" { (kind(file, lang)) }
                p { (proposes(file, lang)) }
                label class="take" {
                    input type="checkbox" name="take" value=(nth) checked;
                    span { (word(lang, "offer-take")) }
                }
                input type="hidden" name={ "before-" (nth) } value=[file.replaces()];
                @if let Some(table) = &file.table { (columns(nth, table, of.fields, lang)) }
                @if !file.zones.is_empty() { (zones(file, lang)) }
                @if !file.problems.is_empty() { (problems(&file.problems, lang)) }
            }
        }
    }
}

fn fate(file: &Offer, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        @match &file.fate {
            Fate::New => p { (word(lang, "offer-new")) },
            Fate::Again => p { (word(lang, "offer-again")) },
            Fate::Newer(before, at) => p {
                a href=(document::address(*before, asking)) {
                    (words(lang, "offer-newer", &[("when", &phrase::moment(*at))]))
                }
            },
            Fate::Known(blob, name) => p class="warn" {
                (word(lang, "offer-known")) " "
                a href=(document::address(*blob, asking)) { bdi dir="auto" { (name) } }
            },
            Fate::Twice(name) => p class="warn" {
                (word(lang, "offer-twice")) " " bdi dir="auto" { (name) }
            },
            Fate::Refused(code) => p class="warn" { "! " (word(lang, &format!("offer-{code}"))) },
        }
    }
}

/// What it is and how much: kind, size, documents, pages or rows.
fn kind(file: &Offer, lang: Lang) -> String {
    let n = |n: u64| phrase::number(n, lang);
    let mut said = vec![file.format.to_uppercase(), size(file.bytes, lang)];
    let mut add = |many: bool, key: &str, count: u64| {
        if many {
            said.push(words(lang, key, &[("n", &n(count))]));
        }
    };
    add(file.documents > 1, "offer-documents", file.documents as u64);
    add(file.pages > 0, "offer-pages", file.pages.into());
    add(file.letters > 0, "offer-letters", file.letters as u64);
    add(file.sheets > 1, "offer-sheets", file.sheets as u64);
    if let Some(table) = &file.table {
        add(true, "offer-rows", table.rows as u64);
    }
    said.join(" · ")
}

fn proposes(file: &Offer, lang: Lang) -> String {
    let n = |n: usize| phrase::number(n as u64, lang);
    let said = [("claims", &*n(file.claims)), ("people", &*n(file.mentions))];
    words(lang, "offer-proposes", &said)
}

/// The first rows, and over each column what it is taken for: any of it may be changed.
fn columns(nth: usize, table: &Columns, fields: &[&'static str], lang: Lang) -> Markup {
    let shown = phrase::number(table.first.len() as u64, lang);
    html! {
        p { (word(lang, "offer-columns")) }
        div class="wide guess" tabindex="0" role="region" aria-label=(word(lang, "offer-columns")) {
            table {
                caption class="small" {
                    @if !table.sheet.is_empty() { bdi { (table.sheet) } " · " }
                    (words(lang, "offer-first", &[("n", &shown)]))
                }
                thead { tr {
                    @for (at, column) in table.columns.iter().enumerate() {
                        @let id = format!("c-{nth}-{at}");
                        th scope="col" {
                            label for=(id) {
                                @if column.heading.is_empty() { (words(lang, "offer-column", &[("n", &(at + 1).to_string())])) }
                                @else { bdi dir="auto" { (column.heading) } }
                            }
                            select id=(id) name=(id) class=[column.field.is_none().then_some("open")] {
                                @if column.field.is_none() { option value="" selected { (word(lang, "column-unknown")) } }
                                @for field in fields {
                                    option value=(field) selected[column.field == Some(*field)] { (word(lang, &format!("column-{field}"))) }
                                }
                            }
                        }
                    }
                } }
                tbody {
                    @for row in &table.first {
                        tr { @for (at, _) in table.columns.iter().enumerate() {
                            td { bdi dir="auto" { (row.get(at).map_or("", String::as_str)) } }
                        } }
                    }
                }
            }
        }
    }
}

fn zones(file: &Offer, lang: Lang) -> Markup {
    html! {
        details {
            summary { (word(lang, "offer-zones")) }
            dl class="came" {
                @for (kind, start) in &file.zones {
                    dt { (word(lang, &format!("zone-{kind}"))) }
                    dd dir="auto" { (start) }
                }
            }
        }
    }
}

fn problems(all: &[Problem], lang: Lang) -> Markup {
    html! {
        details {
            summary { (words(lang, "offer-problems", &[("n", &phrase::number(all.len() as u64, lang))])) }
            ul class="places" {
                @for one in all { li { bdi { (one.place) } ": " (phrase::problem(one, lang)) } }
            }
        }
    }
}
