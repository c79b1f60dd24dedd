//! Text with a map back to the archived bytes.

use std::{ops::Range, sync::OnceLock};
use unicode_normalization::{UnicodeNormalization as _, char::canonical_combining_class, is_nfc};

/// A stretch of `content` that came from a stretch of the archived bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// First byte in `content`.
    pub at: usize,
    /// Length in bytes of `content`.
    pub len: usize,
    /// First byte in the archived blob.
    pub from: u64,
    /// One past the last byte in the archived blob; a run of another length than `len` is mapped
    /// whole.
    pub to: u64,
}

/// What a stretch of text is on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneKind {
    /// Headline.
    Title,
    /// Place and date before the first sentence.
    Dateline,
    /// Main text.
    Body,
    /// Caption of a picture.
    Caption,
    /// Links to other articles, and what a document says of itself; not read for claims.
    Related,
}

/// A zone of `content`, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where it is.
    pub range: Range<usize>,
}

/// Every so many bytes of `content` the code points before it are counted once.
const STRIDE: usize = 512;

/// Text in NFC with `\n` between blocks (two between paragraphs), and where each part of it came
/// from.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The text.
    pub content: String,
    /// Where it came from, in order, without overlap.
    pub runs: Vec<Run>,
    /// Zones, in order; what lies in none is body.
    pub zones: Vec<Zone>,
    /// Code points before each multiple of `STRIDE`, counted when first asked.
    counted: OnceLock<Vec<u32>>,
}

impl Text {
    /// Text that is its own archive: byte n came from byte n.
    #[must_use]
    pub fn plain(content: &str) -> Text {
        let mut text = Text::default();
        text.push(content, 0, content.len() as u64);
        text.composed()
    }

    /// The same text; its first `end` bytes are not read for claims.
    #[must_use]
    pub fn silent(mut self, end: usize) -> Text {
        if end > 0 {
            self.zones.insert(0, Zone { kind: ZoneKind::Related, range: 0..end });
        }
        self
    }

    /// Adds words that came from bytes `from..to`; a run goes on where both go on one to one.
    pub fn push(&mut self, words: &str, from: u64, to: u64) {
        if words.is_empty() {
            return;
        }
        let at = self.content.len();
        self.content.push_str(words);
        let even = |len: usize, from: u64, to: u64| to - from == len as u64;
        match self.runs.last_mut() {
            Some(run)
                if run.to == from
                    && even(run.len, run.from, run.to)
                    && even(words.len(), from, to) =>
            {
                run.len += words.len();
                run.to = to;
            }
            _ => self.runs.push(Run { at, len: words.len(), from, to }),
        }
    }

    /// The same in NFC. What is composed keeps the address of what it was composed of.
    #[must_use]
    pub fn composed(self) -> Text {
        if is_nfc(&self.content) {
            return self;
        }
        let mut made = Text::default();
        let mut start = 0;
        let ends =
            self.content.char_indices().skip(1).filter(|(_, c)| canonical_combining_class(*c) == 0);
        let ends: Vec<usize> = ends.map(|(at, _)| at).chain([self.content.len()]).collect();
        for end in ends {
            let origin = self.origin(start..end);
            let cluster: String = self.content[start..end].nfc().collect();
            made.push(&cluster, origin.start, origin.end);
            start = end;
        }
        made
    }

    /// Code points before byte `to` of `content`.
    #[must_use]
    pub fn points(&self, to: usize) -> u32 {
        let counted = self.counted.get_or_init(|| {
            let mut counts = vec![0];
            for chunk in self.content.as_bytes().chunks(STRIDE) {
                counts.push(counts[counts.len() - 1] + starts(chunk));
            }
            counts
        });
        let stride = to / STRIDE;
        counted[stride] + starts(&self.content.as_bytes()[stride * STRIDE..to])
    }

    /// Bytes of the archived blob that `range` (bytes of `content`) came from.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<u64> {
        let from = self.edge(range.start, false);
        from..self.edge(range.end, true).max(from)
    }

    /// The blob's byte at a byte of `content`; `end` takes the run that ends there rather than the
    /// one that begins.
    fn edge(&self, at: usize, end: bool) -> u64 {
        let after = self.runs.partition_point(|run| if end { run.at < at } else { run.at <= at });
        let Some(run) = after.checked_sub(1).map(|i| &self.runs[i]) else { return 0 };
        let inside = (at - run.at).min(run.len) as u64;
        match (run.to - run.from == run.len as u64, end) {
            (true, _) => run.from + inside,
            (false, true) => run.to,
            (false, false) => run.from,
        }
    }
}

/// How many code points begin in these bytes of UTF-8.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composing_keeps_addresses() {
        let text = Text::plain("Pen\u{303}a fue");
        assert_eq!(text.content, "Peña fue");
        assert_eq!(text.origin(0..5), 0..6);
        assert_eq!(text.origin(6..9), 7..10);
        assert_eq!(text.points(6), 5);
    }

    #[test]
    fn code_points_are_counted_across_strides() {
        let content = "ñ".repeat(3000);
        let text = Text::plain(&content);
        for n in [0, 1, 255, 256, 257, 2999, 3000] {
            assert_eq!(text.points(2 * n), n as u32);
        }
    }
}
