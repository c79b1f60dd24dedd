//! PDF: pages of words, each with its place on the page; tables of lists, also over pages.
//!
//! The bytes of a PDF are compressed and its words are drawn, not written, so an address names a
//! page, the box on it (points from its lower left corner), and the offsets in the page's text.
//!
//! Parsers of PDF are known to panic, hang and eat memory. So whoever opens documents says who
//! reads PDFs ([`PdfReader`]): the desk runs [`extract()`] in a child process under limits.

mod extract;
mod lines;
mod tables;
mod text;

use crate::{Body, Document, Error, published};
pub use extract::extract;
use habeas_model::{Digest, Problem};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// Reads a PDF's bytes; the second argument is its name, for messages.
type Reads = dyn Fn(&[u8], &str) -> Result<Pages, Error> + Send + Sync;

/// Who reads PDFs.
#[derive(Clone)]
pub struct PdfReader(pub Arc<Reads>);

impl Default for PdfReader {
    fn default() -> PdfReader {
        PdfReader(Arc::new(extract))
    }
}

impl fmt::Debug for PdfReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PdfReader(..)")
    }
}

/// What was drawn on the pages of a PDF.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pages {
    /// Its title, where it says so.
    pub title: Option<String>,
    /// The day it was made, `YYYY-MM-DD`, where it says so.
    pub made: Option<String>,
    /// Its pages, in order.
    pub pages: Vec<Page>,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Words on one line with no wide gap between them, in the order they were drawn in.
    pub segments: Vec<Segment>,
    /// It shows a picture.
    pub pictured: bool,
    /// Why it could not be read.
    pub unread: Option<String>,
}

/// Words side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Its words.
    pub words: Vec<Word>,
    /// Height of its letters, points.
    pub size: f32,
}

/// A word: points from the lower left corner of the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Its baseline.
    pub base: f32,
}

impl Segment {
    fn left(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.left)
    }

    fn right(&self) -> f32 {
        self.words.last().map_or(0.0, |word| word.right)
    }

    fn base(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.base)
    }

    fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Whether bytes are a PDF: its mark may stand behind other bytes (ISO 32000, Annex H).
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// The text of a page, to which the offsets of an address refer: a segment a line.
fn text_of(page: &Page) -> String {
    page.segments.iter().map(|segment| segment.text() + "\n").collect()
}

/// The text of the page that a step (`page 3 at ...`) names, for following an address.
pub(crate) fn page_text(bytes: &[u8], step: &str) -> Option<Vec<u8>> {
    let number: u32 = step.strip_prefix("page ")?.split(' ').next()?.parse().ok()?;
    let pages = extract(bytes, "").ok()?;
    let page = pages.pages.iter().find(|page| page.number == number)?;
    Some(text_of(page).into_bytes())
}

/// The documents of a PDF: its words, then its tables; and what could not be read.
pub(crate) fn documents(pages: &Pages, name: &str, blob: Digest) -> (Vec<Document>, Vec<Problem>) {
    let mut problems = Vec::new();
    let silent = |page: &&Page| page.segments.is_empty() && page.unread.is_none();
    let scans: Vec<u32> =
        pages.pages.iter().filter(silent).filter(|page| page.pictured).map(|p| p.number).collect();
    if !scans.is_empty() {
        let place = format!("{name}, {}", ranges(&scans));
        problems.push(Problem::new("pdf-scan", place, scans.len().to_string()));
    }
    for page in pages.pages.iter().filter(|page| page.unread.is_some()) {
        let why = page.unread.clone().unwrap_or_default();
        problems.push(Problem::new(
            "pdf-page-unread",
            format!("{name}, page {}", page.number),
            why,
        ));
    }
    let kept = lines::without_running_heads(&pages.pages);
    let (sheets, rest) = tables::tables(kept);
    let words = text::text(&rest, &pages.pages);
    let metadata = pages.made.as_deref().map(|day| ("CreationDate", day));
    let dated = |words: &str| published::published(words, None, metadata);
    let made = |body: Body, words: &str| Document {
        title: pages.title.clone(),
        published: dated(words),
        ..Document::new(blob, "pdf", body)
    };
    let mut documents = Vec::new();
    // A scan is a document without words, not no document: it waits for somebody to read it.
    if !words.content.trim().is_empty() || sheets.is_empty() {
        let content = words.content.clone();
        documents.push(made(Body::Text(words), &content));
    }
    if !sheets.is_empty() {
        documents.push(made(Body::Table(sheets), ""));
    }
    (documents, problems)
}

/// `pages 1-3, 7`.
fn ranges(numbers: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => parts.push((*number, *number)),
        }
    }
    let shown = parts.iter().take(20).map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    format!("pages {}", shown.collect::<Vec<_>>().join(", "))
}
