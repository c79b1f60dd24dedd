//! A document: what the bytes of one file say, still without meaning.

use crate::{Sheet, Text, container::join, pdf::PdfReader};
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
    /// Who reads PDFs: by default this very process, which only tests and the child do.
    pub pdf: PdfReader,
}

/// How much is too much.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a file.
    pub file: u64,
    /// Bytes of a container's parts, unpacked, together, containers within it included.
    pub unpacked: u64,
    /// Bytes of one part that is held in memory.
    pub part: u64,
    /// Parts of a container, containers within it included.
    pub parts: u64,
    /// Containers within containers.
    pub depth: u32,
    /// How many times its packed size a part may have.
    pub ratio: u64,
    /// Cells of a table.
    pub cells: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file: 256 << 20,
            unpacked: 2 << 30,
            part: 64 << 20,
            parts: 200_000,
            depth: 4,
            // Deflate cannot pack better than 1032 to 1; honest sheets and pages stay under 100.
            ratio: 200,
            cells: 20_000_000,
        }
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
    /// Which part of the file (see `follow`), or the `id` of a JSON line; empty if it is the file.
    pub part: String,
    /// `text`, `markdown`, `html`, `csv`, `tsv`, `xlsx`, `ods`, `json`, `docx`, `odt`, `rtf`,
    /// `mail`, `feed` or `pdf`.
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
    /// When the page was captured, as its archive says (ISO 8601).
    pub captured: Option<String>,
    /// Words or cells.
    pub body: Body,
    /// What could not be taken over, with its place.
    pub problems: Vec<Problem>,
}

/// Characters kept before and after the words of a span.
const AROUND: usize = 32;

impl Document {
    pub(crate) fn new(blob: Digest, format: &'static str, body: Body) -> Document {
        Document {
            blob,
            part: String::new(),
            format,
            title: None,
            url: None,
            outlet: None,
            lang: None,
            published: None,
            captured: None,
            body,
            problems: Vec::new(),
        }
    }

    /// The address of `range` (bytes of the text's `content`).
    #[must_use]
    pub fn span(&self, text: &Text, range: Range<usize>) -> Span {
        let content = &text.content;
        let start = text.points(range.start);
        let bytes = text.origin(text.on_page(range.clone()));
        let before = content[..range.start].char_indices().rev().take(AROUND).last();
        let before = before.map_or(range.start, |(at, _)| at);
        let rest = &content[range.end..];
        let after = rest.char_indices().nth(AROUND).map_or(rest.len(), |(at, _)| at);
        // On pages offsets are those of one page: words that go over to the next end with it.
        let spot = text.spot(&range);
        Span {
            blob: self.blob,
            part: join(&self.part, spot.as_deref().unwrap_or_default()),
            extractor: format!("{}/1", self.format),
            place: Place::Text {
                start,
                end: text.points(range.end),
                from: bytes.start,
                to: bytes.end,
            },
            prefix: content[before..range.start].to_owned(),
            suffix: rest[..after].to_owned(),
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
