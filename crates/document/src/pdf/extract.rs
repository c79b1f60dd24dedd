//! The letters that a PDF draws, page by page; a page that makes the parser panic is told of.

use super::{Page, Pages, Segment, Word};
use crate::Error;
use pdf_extract::{
    Dictionary, Document, MediaBox, Object, OutputDev, OutputError, Transform, output_doc,
    output_doc_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Letters of a PDF that are kept: the Bible has four million.
const LETTERS: u64 = 20_000_000;
/// Pages that are read.
const PAGES: usize = 20_000;

/// Reads a PDF here and now. Run it in a process that may be killed.
pub fn extract(bytes: &[u8], name: &str) -> Result<Pages, Error> {
    let failed =
        |why: String, hint: &str| Error::Pdf { name: name.to_owned(), why, hint: hint.to_owned() };
    let again = "open it in its own program and print it to a new PDF";
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem(bytes)))
        .map_err(|_| failed("its parser gave up".to_owned(), again))?;
    let mut document = loaded.map_err(|e| failed(e.to_string(), again))?;
    if document.is_encrypted() {
        let open = catch_unwind(AssertUnwindSafe(|| document.decrypt("").is_ok()));
        if !open.unwrap_or(false) {
            return Err(Error::Sealed(name.to_owned()));
        }
    }
    let pages = catch_unwind(AssertUnwindSafe(|| document.get_pages()))
        .map_err(|_| failed("its pages cannot be found".to_owned(), again))?;
    if pages.len() > PAGES {
        let why = format!("it has {} pages, more than the {PAGES} that are read", pages.len());
        return Err(failed(why, "split it into parts"));
    }
    let mut drawn = Drawn::default();
    let whole = catch_unwind(AssertUnwindSafe(|| output_doc(&document, &mut drawn)));
    if !matches!(whole, Ok(Ok(()))) {
        page_by_page(&document, pages.keys().copied(), &mut drawn);
    }
    if drawn.letters > LETTERS {
        let why = format!("it draws more than {LETTERS} letters");
        return Err(failed(why, "split it into parts"));
    }
    let mut read = drawn.pages;
    for page in &mut read {
        page.pictured = pages.get(&page.number).is_some_and(|id| pictured(&document, *id));
    }
    let info = document.trailer.get(b"Info").ok().and_then(|info| match info {
        Object::Reference(id) => document.get_dictionary(*id).ok(),
        Object::Dictionary(found) => Some(found),
        _ => None,
    });
    let said = |key: &[u8]| info.and_then(|info| words_of(info, key));
    let made = said(b"CreationDate").and_then(|date| day(&date));
    Ok(Pages { title: said(b"Title").filter(|title| !title.is_empty()), made, pages: read })
}

/// Reads on after the page at which the reading of the whole broke off.
fn page_by_page(document: &Document, numbers: impl Iterator<Item = u32>, drawn: &mut Drawn) {
    if let Some(broken) = drawn.pages.pop_if(|_| drawn.open) {
        drawn.push_unread(broken.number, "its parser gave up".to_owned());
    }
    let done = drawn.pages.last().map_or(0, |page| page.number);
    for number in numbers.filter(|number| *number > done) {
        if drawn.letters > LETTERS {
            return;
        }
        let read = catch_unwind(AssertUnwindSafe(|| output_doc_page(document, drawn, number)));
        let why = match read {
            Ok(Ok(())) => continue,
            Ok(Err(e)) => e.to_string(),
            Err(_) => "its parser gave up".to_owned(),
        };
        drawn.pages.pop_if(|page| page.number == number);
        drawn.push_unread(number, why);
    }
}

fn pictured(document: &Document, page: (u32, u16)) -> bool {
    let images = || document.get_page_images(page).is_ok_and(|images| !images.is_empty());
    catch_unwind(AssertUnwindSafe(images)).unwrap_or(false)
}

fn words_of(info: &Dictionary, key: &[u8]) -> Option<String> {
    let bytes = info.get(key).ok()?.as_str().ok()?;
    Some(match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            let units = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    })
}

/// `D:20260113...` as `2026-01-13`.
fn day(date: &str) -> Option<String> {
    let digits: String =
        date.trim_start_matches("D:").chars().take_while(char::is_ascii_digit).collect();
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    Some(format!("{year}-{month}-{day}"))
}

/// What was drawn so far.
#[derive(Default)]
struct Drawn {
    pages: Vec<Page>,
    letters: u64,
    /// A page has begun and not ended.
    open: bool,
    /// Right edge of the last letter, and whether a space was drawn after it.
    last: Option<(f32, bool)>,
}

impl Drawn {
    fn push_unread(&mut self, number: u32, why: String) {
        self.open = false;
        self.pages.push(Page { number, unread: Some(why), ..Page::default() });
    }

    fn letter(&mut self, letter: &str, at: [f32; 3], size: f32) {
        let [left, right, base] = at;
        let Some(page) = self.pages.last_mut() else { return };
        let same_line = page
            .segments
            .last()
            .is_some_and(|segment| (segment.base() - base).abs() < 0.4 * size.max(segment.size));
        let gap = self.last.map_or(f32::MAX, |(edge, _)| left - edge);
        // Wider than two letters is a gap between cells or columns; backwards is another line.
        let goes_on = same_line && (-0.6 * size..1.6 * size).contains(&gap);
        if letter.trim().is_empty() {
            // Spaces part words; some programs draw them over a gap of any width.
            if goes_on {
                self.last = self.last.map(|(edge, _)| (edge, true));
            }
            return;
        }
        let spaced = self.last.is_some_and(|(_, spaced)| spaced);
        self.last = Some((right, false));
        let word = || Word { text: letter.to_owned(), left, right, base };
        match page.segments.last_mut().filter(|_| goes_on) {
            None => page.segments.push(Segment { words: vec![word()], size }),
            Some(segment) if spaced || gap > 0.14 * size => segment.words.push(word()),
            Some(segment) => {
                if let Some(last) = segment.words.last_mut() {
                    last.text.push_str(letter);
                    last.right = right;
                }
            }
        }
    }
}

impl OutputDev for Drawn {
    fn begin_page(
        &mut self,
        number: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.open = true;
        self.last = None;
        self.pages.push(Page { number, ..Page::default() });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.open = false;
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        self.letters += 1;
        if self.letters > LETTERS {
            return Err(OutputError::IoError(std::io::Error::other("too many letters")));
        }
        // The side of the square of the same area as a letter: turned text keeps its size.
        let (across, up) = (at.m11.hypot(at.m12) * size, at.m21.hypot(at.m22) * size);
        let size = (across * up).abs().sqrt() as f32;
        let left = at.m31 as f32;
        let base = at.m32 as f32;
        if !(left.is_finite() && base.is_finite() && size.is_finite()) {
            return Ok(());
        }
        let right = left + (width * across) as f32;
        self.letter(letter, [left, right, base], size);
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
