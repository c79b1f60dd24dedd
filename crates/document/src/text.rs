//! Text with a map back to the archived bytes.

use crate::marks;
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

/// Where a word stands on a page, in points from its lower left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// First byte of the word in `content`.
    pub at: usize,
    /// Number of the page, from 1.
    pub page: u32,
    /// Left edge.
    pub left: i32,
    /// Lower edge.
    pub bottom: i32,
    /// Right edge.
    pub right: i32,
    /// Upper edge.
    pub top: i32,
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
    /// Where each word stands on its page, for formats that have pages; in order.
    pub spots: Vec<Spot>,
    /// Marks that no reader sees and that were taken out: where the first deceiving one stood in
    /// `content`, and how many of them deceive.
    pub hidden: Option<(usize, u32)>,
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

    /// Adds another text after this one, addresses, zones and all.
    pub fn append(&mut self, other: &Text) {
        let shift = self.content.len();
        for run in &other.runs {
            self.push(&other.content[run.at..run.at + run.len], run.from, run.to);
        }
        let moved = |zone: &Zone| Zone {
            kind: zone.kind,
            range: zone.range.start + shift..zone.range.end + shift,
        };
        self.zones.extend(other.zones.iter().map(moved));
    }

    /// Adds a stretch of this text to another, with its addresses.
    pub fn copy(&self, range: Range<usize>, to: &mut Text) {
        let first = self.runs.partition_point(|run| run.at + run.len <= range.start);
        for run in self.runs[first..].iter().take_while(|run| run.at < range.end) {
            let part = range.start.max(run.at)..range.end.min(run.at + run.len);
            let origin = self.origin(part.clone());
            to.push(&self.content[part], origin.start, origin.end);
        }
    }

    /// Takes the last letter back.
    pub(crate) fn pop(&mut self) {
        let Some(letter) = self.content.pop() else { return };
        let Some(run) = self.runs.last_mut() else { return };
        if run.to - run.from == run.len as u64 {
            run.to -= letter.len_utf8() as u64;
        }
        run.len -= letter.len_utf8().min(run.len);
        if run.len == 0 {
            self.runs.pop();
        }
    }

    /// `range` up to the end of the page that it begins on.
    #[must_use]
    pub fn on_page(&self, range: Range<usize>) -> Range<usize> {
        let Some(first) = self.spots.partition_point(|spot| spot.at <= range.start).checked_sub(1)
        else {
            return range;
        };
        let page = self.spots[first].page;
        let next = self.spots.partition_point(|spot| spot.page <= page);
        let end = self.spots.get(next).map_or(range.end, |spot| spot.at.min(range.end));
        range.start..self.content[..end].trim_end().len().max(range.start)
    }

    /// The page that `range` begins on and the box of its words there: a step of an address.
    #[must_use]
    pub fn spot(&self, range: &Range<usize>) -> Option<String> {
        let first = self.spots.partition_point(|spot| spot.at <= range.start).checked_sub(1)?;
        let page = self.spots[first].page;
        let words = self.spots[first..].iter();
        let words = words.take_while(|spot| spot.at < range.end.max(range.start + 1));
        let whole = words.filter(|spot| spot.page == page).copied().reduce(|one, other| Spot {
            left: one.left.min(other.left),
            bottom: one.bottom.min(other.bottom),
            right: one.right.max(other.right),
            top: one.top.max(other.top),
            ..one
        })?;
        let Spot { left, bottom, right, top, .. } = whole;
        Some(format!("page {page} at {left},{bottom},{right},{top}"))
    }

    /// Ends a line, once.
    pub fn line(&mut self, at: u64) {
        if !self.content.is_empty() && !self.content.ends_with('\n') {
            self.push("\n", at, at);
        }
    }

    /// Ends a paragraph, once.
    pub fn paragraph(&mut self, at: u64) {
        self.line(at);
        if !self.content.is_empty() && !self.content.ends_with("\n\n") {
            self.push("\n", at, at);
        }
    }

    /// The same in NFC and without marks that no reader sees. What is composed keeps the address
    /// of what it was composed of; zones move with their words.
    #[must_use]
    pub fn composed(self) -> Text {
        if self.content.is_ascii()
            || is_nfc(&self.content) && !self.content.chars().any(marks::is_hidden)
        {
            return self;
        }
        let mut made = Text { hidden: marks::deceiving(&self.content), ..Text::default() };
        let mut moved = Vec::new();
        let mut start = 0;
        let opens = |c: char| canonical_combining_class(c) == 0 && !marks::is_hidden(c);
        let ends = self.content.char_indices().skip(1).filter(|(_, c)| opens(*c));
        let ends: Vec<usize> = ends.map(|(at, _)| at).chain([self.content.len()]).collect();
        for end in ends {
            if !self.zones.is_empty() {
                moved.push((start, made.content.len()));
            }
            let origin = self.origin(start..end);
            // A soft hyphen after “Ã” is the second half of an “í” that was decoded twice.
            let whole = self.content[start..end].starts_with("Ã\u{ad}");
            let hides = |c: char| marks::is_hidden(c) && !(whole && c == '\u{ad}');
            let seen = self.content[start..end].chars().filter(|c| !hides(*c));
            let cluster: String = seen.nfc().collect();
            made.push(&cluster, origin.start, origin.end);
            start = end;
        }
        let whole = made.content.len();
        let there = |at: usize| {
            moved.get(moved.partition_point(|(old, _)| *old < at)).map_or(whole, |(_, new)| *new)
        };
        let zones = self.zones.iter();
        made.zones = zones
            .map(|zone| Zone {
                kind: zone.kind,
                range: there(zone.range.start)..there(zone.range.end),
            })
            .collect();
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
    fn hidden_marks_go_and_addresses_stay() {
        let source = "hay 1\u{200b}16 pre\u{ad}sos, n\u{200b}\u{303}";
        let mut text = Text::plain("");
        text.push(source, 0, source.len() as u64);
        text.zones.push(Zone { kind: ZoneKind::Title, range: 4..10 });
        let text = text.composed();
        assert_eq!(text.content, "hay 116 presos, ñ");
        assert_eq!(text.origin(4..7), 4..10);
        assert_eq!(text.zones[0].range, 4..7);
        assert_eq!(text.hidden, Some((5, 1)), "a soft hyphen deceives nobody");
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
