//! A document: what the bytes of one file say, still without meaning.

use crate::{Error, Sheet, Text, encoding, html, json, markdown, published, separated, sheet};
use habeas_model::{Dated, Digest, Place, Problem, Span};
use std::ops::Range;

/// What is known about a file before it is opened.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// File name; only its ending is trusted, and that less than the bytes.
    pub name: String,
    /// Encoding, if case.toml says so (WHATWG label).
    pub encoding: Option<String>,
    /// Separator of a CSV, if case.toml says so.
    pub separator: Option<u8>,
    /// Where it was published, if known: its path may bear a date.
    pub url: Option<String>,
    /// Limits on size.
    pub limits: Limits,
}

/// How much is too much.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a file.
    pub file: u64,
    /// Bytes of a ZIP container's parts, unpacked, together.
    pub unpacked: u64,
    /// Cells of a table.
    pub cells: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file: 256 << 20, unpacked: 512 << 20, cells: 20_000_000 }
    }
}

/// What a document is made of.
#[derive(Clone, Debug)]
pub enum Body {
    /// Words.
    Text(Text),
    /// Sheets of cells.
    Table(Vec<Sheet>),
}

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// SHA-256 of the file's bytes.
    pub blob: Digest,
    /// Which of several documents in the file (`id` of a JSON line); empty if there is one.
    pub part: String,
    /// `text`, `markdown`, `html`, `csv`, `tsv`, `xlsx`, `ods` or `json`.
    pub format: &'static str,
    /// Headline or title, where marked.
    pub title: Option<String>,
    /// Where it was published, where the file says so.
    pub url: Option<String>,
    /// Who published it, where the file says so.
    pub outlet: Option<String>,
    /// Language, where the file says so (`en`, `es`).
    pub lang: Option<String>,
    /// Publication date with its evidence.
    pub published: Option<Dated>,
    /// Words or cells.
    pub body: Body,
    /// What could not be taken over, with its place.
    pub problems: Vec<Problem>,
}

/// Refuses a file by its length, before it is read.
pub fn check_size(name: &str, bytes: u64, limits: &Limits) -> Result<(), Error> {
    match bytes {
        0 => Err(Error::Empty(name.to_owned())),
        _ if bytes > limits.file => {
            Err(Error::TooLarge { name: name.to_owned(), bytes, limit: limits.file })
        }
        _ => Ok(()),
    }
}

/// Opens the bytes of a file. The bytes decide what it is; its ending only where they leave it
/// open.
pub fn open(bytes: &[u8], asked: &Asked) -> Result<Vec<Document>, Error> {
    check_size(&asked.name, bytes.len() as u64, &asked.limits)?;
    let blob = Digest::of(bytes);
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        // A compound file (MS-CFB): an encrypted XLSX, or an old XLS.
        return Err(Error::Sealed(asked.name.clone()));
    }
    if bytes.starts_with(b"PK") {
        let format =
            sheet::format(bytes).ok_or_else(|| binary(&asked.name, "a ZIP that is no workbook"))?;
        let (sheets, problems) = sheet::read(bytes, format, &asked.name, &asked.limits)?;
        return Ok(vec![Document { problems, ..Document::new(blob, format, Body::Table(sheets)) }]);
    }
    if bytes.starts_with(b"%PDF") {
        return Err(binary(&asked.name, "a PDF, which is not read yet"));
    }
    let (text, mut problems) = encoding::decode(bytes, &asked.name, asked.encoding.as_deref())?;
    let mut documents = match format(&text.content, &asked.name) {
        "html" => vec![from_html(blob, &text, asked)],
        "json" => from_json(blob, &text, asked, &mut problems)?,
        format @ ("csv" | "tsv") => {
            let mark = asked.separator.or((format == "tsv").then_some(b'\t'));
            let (sheet, ragged) = separated::read(&text, mark, &asked.name, asked.limits.cells)?;
            problems.extend(ragged);
            vec![Document::new(blob, format, Body::Table(vec![sheet]))]
        }
        format => vec![from_words(blob, format, text, asked)],
    };
    if let Some(first) = documents.first_mut() {
        first.problems.splice(0..0, problems);
    }
    Ok(documents)
}

fn binary(name: &str, what: &str) -> Error {
    Error::Binary { name: name.to_owned(), what: what.to_owned() }
}

/// What text is: by how it begins, else by the ending of its name.
fn format(content: &str, name: &str) -> &'static str {
    let start = content.trim_start();
    let head: String = start.chars().take(512).collect::<String>().to_lowercase();
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "csv" => "csv",
        "tsv" | "tab" => "tsv",
        "md" | "markdown" => "markdown",
        "json" | "jsonl" | "ndjson" => "json",
        "html" | "htm" | "xhtml" => "html",
        _ if head.starts_with("<!doctype html") || head.starts_with("<html") => "html",
        _ => "text",
    }
}

fn from_words(blob: Digest, format: &'static str, text: Text, asked: &Asked) -> Document {
    let front = markdown::front(&text.content);
    let url = asked.url.clone().or_else(|| front.url.clone());
    let words = match format {
        "markdown" => markdown::words(&text, front.end),
        _ => text.silent(front.end), // What a document says of itself is no claim about people.
    };
    let metadata = front.date.as_deref().map(|date| ("date", date));
    let published =
        published::published(words.content.get(..).unwrap_or_default(), url.as_deref(), metadata);
    Document {
        title: front.title,
        url,
        outlet: front.outlet,
        lang: front.lang,
        published,
        ..Document::new(blob, format, Body::Text(words))
    }
}

fn from_html(blob: Digest, text: &Text, asked: &Asked) -> Document {
    let page = html::read(text);
    let url = asked.url.clone().or(page.url);
    let metadata = page.published.as_ref().map(|(key, value)| (key.as_str(), value.as_str()));
    let published = published::published(&page.text.content, url.as_deref(), metadata);
    Document {
        title: page.title,
        url,
        outlet: page.outlet,
        lang: page.lang,
        published,
        ..Document::new(blob, "html", Body::Text(page.text))
    }
}

fn from_json(
    blob: Digest,
    text: &Text,
    asked: &Asked,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Document>, Error> {
    let (held, unread) = json::read(text, &asked.name)?;
    problems.extend(unread);
    let document = |said: json::Said| {
        let url = asked.url.clone().or(said.url);
        let metadata = said.published.as_deref().map(|date| ("published", date));
        let published = published::published(&said.text.content, url.as_deref(), metadata);
        // What a set or an export says of a text is better than a date that the text happens to
        // begin with.
        let stated = metadata.and_then(|said| published::published("", None, Some(said)));
        Document {
            part: said.id,
            title: said.title,
            url,
            outlet: said.outlet,
            lang: said.lang,
            published: stated.or(published),
            ..Document::new(blob, "json", Body::Text(said.text))
        }
    };
    Ok(match held {
        json::Held::Texts(texts) => texts.into_iter().map(document).collect(),
        json::Held::Table(sheet) => vec![Document::new(blob, "json", Body::Table(vec![sheet]))],
    })
}

impl Document {
    fn new(blob: Digest, format: &'static str, body: Body) -> Document {
        Document {
            blob,
            part: String::new(),
            format,
            title: None,
            url: None,
            outlet: None,
            lang: None,
            published: None,
            body,
            problems: Vec::new(),
        }
    }

    /// The address of `range` (bytes of the text's `content`).
    #[must_use]
    pub fn span(&self, text: &Text, range: Range<usize>) -> Span {
        let content = &text.content;
        let start = text.points(range.start);
        let bytes = text.origin(range.clone());
        let mut before: Vec<char> = content[..range.start].chars().rev().take(32).collect();
        before.reverse();
        Span {
            blob: self.blob,
            part: self.part.clone(),
            extractor: format!("{}/1", self.format),
            place: Place::Text {
                start,
                end: text.points(range.end),
                from: bytes.start,
                to: bytes.end,
            },
            prefix: before.into_iter().collect(),
            suffix: content[range.end..].chars().take(32).collect(),
            quote: content[range].to_owned(),
        }
    }

    /// The address of columns `first..=last` (from 1) of a row.
    #[must_use]
    pub fn cells(&self, sheet: &Sheet, row: &crate::Row, first: u32, last: u32) -> Span {
        let picked = row.cells.iter().skip(first as usize - 1).take((last + 1 - first) as usize);
        Span {
            blob: self.blob,
            part: self.part.clone(),
            extractor: format!("{}/1", self.format),
            place: Place::Cells { sheet: sheet.name.clone(), row: row.number, first, last },
            quote: picked.map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | "),
            prefix: String::new(),
            suffix: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(name: &str) -> Asked {
        Asked { name: name.to_owned(), ..Asked::default() }
    }

    #[track_caller]
    fn refused(bytes: &[u8], name: &str, part: &str) {
        let why = open(bytes, &asked(name)).unwrap_err().to_string();
        assert!(why.contains(part) && why.contains(name) && why.contains("hint: "), "{why}");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        refused(b"", "a.csv", "empty");
        refused(b"a,b\0\x01", "a.csv", "not text");
        refused(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0], "a.xlsx", "password");
        refused(b"PK\x03\x04 no zip", "a.xlsx", "no workbook");
        refused(b"{\"a\": ", "a.json", "line 1");
        let why = check_size("a.csv", 2 << 30, &Limits::default()).unwrap_err().to_string();
        assert!(why.contains("2147483648") && why.contains("hint: "), "{why}");
    }

    #[test]
    fn a_plain_text_is_its_own_address() {
        let source = "Lima, 3 de enero de 2026.- Peña habló de 116 presos.";
        let documents = open(source.as_bytes(), &asked("a.txt")).unwrap();
        let Body::Text(text) = &documents[0].body else { panic!("not text") };
        assert_eq!(text.content, source);
        let at = source.find("116").unwrap();
        let span = documents[0].span(text, at..at + 3);
        let start = source[..at].chars().count() as u32;
        assert_eq!(
            span.place,
            Place::Text { start, end: start + 3, from: at as u64, to: at as u64 + 3 }
        );
        assert_eq!((span.quote.as_str(), span.suffix.as_str()), ("116", " presos."));
        assert_eq!(documents[0].published.as_ref().unwrap().when.to_string(), "2026-01-03");
    }

    proptest! {
        /// Whatever the bytes, opening ends in documents whose every run lies within the file, or
        /// in a reason.
        #[test]
        fn any_bytes_open_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 1..400), ending in 0..7_usize) {
            let name = ["a.txt", "a.md", "a.html", "a.csv", "a.tsv", "a.json", "a.xlsx"][ending];
            check_runs(&bytes, name);
        }

        #[test]
        fn any_words_open(words in "[<>&;#a-zñ\u{301}\u{1F600}\"\\\\{}\\[\\]:,|\n -]{1,200}", ending in 0..6_usize) {
            let name = ["a.txt", "a.md", "a.html", "a.csv", "a.tsv", "a.json"][ending];
            check_runs(words.as_bytes(), name);
        }
    }

    fn check_runs(bytes: &[u8], name: &str) {
        for document in open(bytes, &asked(name)).unwrap_or_default() {
            if let Body::Text(text) = &document.body {
                let within = |run: &crate::Run| run.from <= run.to && run.to <= bytes.len() as u64;
                assert!(text.runs.iter().all(within), "{:?}", text.runs);
                assert_eq!(text.runs.iter().map(|run| run.len).sum::<usize>(), text.content.len());
            }
        }
    }
}
