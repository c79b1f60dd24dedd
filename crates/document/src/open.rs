//! Opening: what the bytes are, and the way through containers to the documents inside.

use crate::{
    Asked, Body, Document, Error, Limits, Text,
    container::{self, Part},
    encoding, html, json, markdown, marks, office, pdf, published,
    table::{separated, sheet},
};
use habeas_model::{Digest, Problem};

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
/// open. What could not be read stands with the first document.
pub fn open(bytes: &[u8], asked: &Asked) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    let problems = each(bytes, asked, &mut |document| documents.push(document))?;
    if let Some(first) = documents.first_mut() {
        first.problems.splice(0..0, problems);
    }
    Ok(documents)
}

/// Opens the bytes of a file and tells of each document in it, one after the other, so that one at
/// a time is in memory. What could not be read is the answer. At least one document is told of.
pub fn each(
    bytes: &[u8],
    asked: &Asked,
    told: &mut dyn FnMut(Document),
) -> Result<Vec<Problem>, Error> {
    check_size(&asked.name, bytes.len() as u64, &asked.limits)?;
    let mut opening = Opening {
        asked,
        blob: Digest::of(bytes),
        left: asked.limits.unpacked,
        parts: 0,
        found: 0,
        skipped: 0,
        problems: Vec::new(),
        told,
    };
    let whole = Part { name: asked.name.clone(), url: asked.url.clone(), ..Part::of(bytes.into()) };
    opening.open(&whole, 0)?;
    if opening.skipped > 0 {
        let skipped = Problem::new("parts-skipped", &asked.name, opening.skipped.to_string());
        opening.problems.push(skipped);
    }
    match opening.found {
        0 => Err(Error::Nothing(asked.name.clone())),
        _ => Ok(opening.problems),
    }
}

/// A file being opened, container by container.
pub(crate) struct Opening<'a> {
    pub(crate) asked: &'a Asked,
    blob: Digest,
    /// Bytes that may still be unpacked.
    pub(crate) left: u64,
    parts: u64,
    found: u64,
    /// Parts that are no documents by their kind (pictures, scripts).
    pub(crate) skipped: u64,
    problems: Vec<Problem>,
    told: &'a mut dyn FnMut(Document),
}

/// A compound file (MS-CFB): a workbook with a password, or one of before 2007.
const SEALED: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
/// How many problems of one file are told one by one.
const TOLD: usize = 1000;

impl Opening<'_> {
    /// Opens a part of the file, or the file itself at depth 0.
    fn open(&mut self, part: &Part<'_>, depth: u32) -> Result<(), Error> {
        let (bytes, name) = (part.bytes.as_ref(), self.place(part));
        if depth > self.asked.limits.depth {
            let what = format!("more than {} containers within each other", depth - 1);
            return Err(Error::Crowded { name: self.asked.name.clone(), part: name, what });
        }
        match container::kind(bytes, part) {
            Some(kind) => container::open(kind, self, part, depth),
            None if bytes.starts_with(&SEALED) => Err(Error::Sealed(name)),
            None if bytes.starts_with(b"PK") => self.packed(part, &name),
            None if pdf::is_pdf(bytes) => {
                let pages = (self.asked.pdf.0)(bytes, &name)?;
                let (documents, problems) = pdf::documents(&pages, &name, self.blob);
                problems.into_iter().for_each(|problem| self.problem(problem));
                documents.into_iter().for_each(|document| self.tell(document, part));
                Ok(())
            }
            None => self.words(part, &name),
        }
    }

    /// Opens a part within a container. What cannot be read of it is a problem; what is a danger
    /// ends it all.
    pub(crate) fn inner(&mut self, part: &Part<'_>, depth: u32) -> Result<(), Error> {
        self.count(part)?;
        if part.bytes.is_empty() {
            return Ok(());
        }
        match self.open(part, depth + 1) {
            Err(danger @ (Error::Bomb { .. } | Error::Crowded { .. })) => Err(danger),
            Err(e) => {
                let why = e.to_string().lines().next().unwrap_or_default().to_owned();
                let place = self.place(part);
                self.problem(Problem::new("part-unread", place, why));
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Counts a part of a container against the limit.
    pub(crate) fn count(&mut self, part: &Part<'_>) -> Result<(), Error> {
        self.parts += 1;
        if self.parts <= self.asked.limits.parts {
            return Ok(());
        }
        let what = format!("more than {} parts", self.asked.limits.parts);
        Err(Error::Crowded { name: self.asked.name.clone(), part: part.path.clone(), what })
    }

    /// Where a part is: the file, and the way inside.
    pub(crate) fn place(&self, part: &Part<'_>) -> String {
        match part.path.is_empty() {
            true => self.asked.name.clone(),
            false => format!("{}!/{}", self.asked.name, part.path),
        }
    }

    pub(crate) fn problem(&mut self, problem: Problem) {
        if self.problems.len() < TOLD {
            self.problems.push(problem);
        }
    }

    /// A ZIP that is one document: a workbook or a text.
    fn packed(&mut self, part: &Part<'_>, name: &str) -> Result<(), Error> {
        let bytes = part.bytes.as_ref();
        if let Some(format) = sheet::format(bytes) {
            let (sheets, problems) = sheet::read(bytes, format, name, &self.asked.limits)?;
            let book = Document::new(self.blob, format, Body::Table(sheets));
            self.tell(Document { problems, ..book }, part);
            return Ok(());
        }
        let found = office::packed(bytes, name, &self.asked.limits)?;
        self.office(found, part);
        Ok(())
    }

    fn office(&mut self, found: office::Found, part: &Part<'_>) {
        let metadata = found.dated.as_ref().map(|(key, value)| (key.as_str(), value.as_str()));
        let mut first = true;
        for (inner, body) in found.bodies {
            let words = match &body {
                Body::Text(text) => text.content.as_str(),
                Body::Table(_) => "",
            };
            let dated = published::published(words, part.url.as_deref(), metadata);
            let document = Document {
                part: inner,
                title: found.title.clone(),
                published: dated,
                problems: if first { found.problems.clone() } else { Vec::new() },
                ..Document::new(self.blob, found.format, body)
            };
            first = false;
            self.tell(document, part);
        }
    }

    /// Bytes that are words, or are refused.
    fn words(&mut self, part: &Part<'_>, name: &str) -> Result<(), Error> {
        let bytes = part.bytes.as_ref();
        if bytes.starts_with(b"{\\rtf") {
            let found = office::rtf::read(bytes, name, &self.asked.limits)?;
            self.office(found, part);
            return Ok(());
        }
        let label = part.encoding.as_deref().or(self.asked.encoding.as_deref());
        let (text, mut problems) = encoding::decode(bytes, name, label)?;
        let documents = match format(&text.content, part) {
            "html" => html(self.blob, &text, part),
            "feed" => container::feed::documents(self.blob, &text, name, &mut problems),
            "json" => json_texts(self.blob, &text, part, name, &mut problems)?,
            format @ ("csv" | "tsv") => {
                let mark = self.asked.separator.or((format == "tsv").then_some(b'\t'));
                let cells = self.asked.limits.cells;
                let (sheet, ragged) = separated::read(&text, mark, name, cells)?;
                problems.extend(ragged);
                vec![Document::new(self.blob, format, Body::Table(vec![sheet]))]
            }
            format => vec![plain(self.blob, format, text, part)],
        };
        problems.into_iter().for_each(|problem| self.problem(problem));
        documents.into_iter().for_each(|document| self.tell(document, part));
        Ok(())
    }

    /// Hands a document on, with what its container knows of it.
    pub(crate) fn tell(&mut self, mut document: Document, part: &Part<'_>) {
        document.part = container::join(&part.path, &document.part);
        // An entry of a feed is elsewhere than the feed.
        document.url = match document.format {
            "feed" => document.url.or_else(|| part.url.clone()),
            _ => part.url.clone().or(document.url),
        };
        document.captured = part.captured.clone().or(document.captured);
        document.outlet = document.outlet.or_else(|| part.outlet.clone());
        document.title = document.title.or_else(|| part.title.clone());
        document.published = document.published.or_else(|| {
            let (key, value) = part.dated.as_ref()?;
            published::published("", None, Some((key, value)))
        });
        if let Body::Text(text) = &document.body {
            document.problems.extend(odd_letters(text));
        }
        self.found += 1;
        (self.told)(document);
    }
}

/// Letters that are not what they seem; the words themselves are not told (invariant 12).
fn odd_letters(text: &Text) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some((at, count)) = text.hidden {
        let place = format!("characters {0}..{0}", text.points(at.min(text.content.len())));
        problems.push(Problem::new("marks-hidden", place, count.to_string()));
    }
    if let Some((first, count)) = marks::mangled(&text.content) {
        let place = format!("characters {}..{}", text.points(first.start), text.points(first.end));
        problems.push(Problem::new("letters-mangled", place, count.to_string()));
    }
    problems
}

/// What text is: by how it begins, else by the ending of its name, else by what its container says.
fn format(content: &str, part: &Part<'_>) -> &'static str {
    let start = content.trim_start();
    let head: String = start.chars().take(512).collect::<String>().to_lowercase();
    let ending = part.name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let roots = ["<rss", "<feed", "<rdf:rdf"];
    let root = |root: &&str| head.starts_with(*root);
    let declared = head.starts_with("<?xml") && roots.iter().any(|root| head.contains(root));
    if declared || roots.iter().any(root) {
        return "feed";
    }
    match ending.as_str() {
        "csv" => "csv",
        "tsv" | "tab" => "tsv",
        "md" | "markdown" => "markdown",
        "json" | "jsonl" | "ndjson" => "json",
        "html" | "htm" | "xhtml" => "html",
        _ if head.starts_with("<!doctype html") || head.starts_with("<html") => "html",
        _ if head.starts_with("<?xml") && head.contains("<html") => "html",
        _ => part.media,
    }
}

fn plain(blob: Digest, format: &'static str, text: Text, part: &Part<'_>) -> Document {
    let front = markdown::front(&text.content);
    let url = part.url.clone().or_else(|| front.url.clone());
    let words = match format {
        "markdown" => markdown::words(&text, front.end),
        _ => text.silent(front.end), // What a document says of itself is no claim about people.
    };
    let metadata = front.date.as_deref().map(|date| ("date", date));
    let published = published::published(&words.content, url.as_deref(), metadata);
    Document {
        title: front.title,
        url,
        outlet: front.outlet,
        lang: front.lang,
        published,
        ..Document::new(blob, format, Body::Text(words))
    }
}

fn html(blob: Digest, text: &Text, part: &Part<'_>) -> Vec<Document> {
    let page = html::read(text);
    let url = part.url.clone().or(page.url);
    let metadata = page.published.as_ref().map(|(key, value)| (key.as_str(), value.as_str()));
    let published = published::published(&page.text.content, url.as_deref(), metadata);
    let made = |body: Body| Document {
        title: page.title.clone(),
        url: url.clone(),
        outlet: page.outlet.clone(),
        lang: page.lang.clone(),
        published: published.clone(),
        ..Document::new(blob, "html", body)
    };
    let mut documents = vec![made(Body::Text(page.text))];
    if !page.tables.is_empty() {
        documents.push(made(Body::Table(page.tables)));
    }
    documents
}

fn json_texts(
    blob: Digest,
    text: &Text,
    part: &Part<'_>,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Document>, Error> {
    let (held, unread) = json::read(text, name)?;
    problems.extend(unread);
    let document = |said: json::Said| {
        let url = part.url.clone().or(said.url);
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
#[cfg(test)]
mod tests {
    use super::*;
    use habeas_model::Place;
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
        fn any_bytes_open_or_are_refused(
            bytes in proptest::collection::vec(any::<u8>(), 1..400),
            ending in 0..7_usize,
        ) {
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
