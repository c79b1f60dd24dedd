//! The words of a PDF in the order they were drawn in, lines joined into paragraphs.

use super::{Page, Segment, lines::Kept};
use crate::text::{Spot, Text};
use unicode_normalization::UnicodeNormalization as _;

/// The words that are in no table. Offsets are those of each page's own text.
pub fn text(kept: &[Kept<'_>], pages: &[Page]) -> Text {
    let mut text = Text::default();
    let mut before: Option<(Segment, f32, u32)> = None;
    for (Kept { page, segments }, whole) in kept.iter().zip(pages) {
        let starts: Vec<u64> = starts(whole);
        let edge = |left: f32| {
            let near = segments.iter().map(|nth| &page.segments[*nth]);
            let near = near.filter(|one| (one.left() - left).abs() < 3.0 * one.size);
            near.map(Segment::right).fold(0.0, f32::max)
        };
        for nth in segments {
            let segment = &page.segments[*nth];
            let from = starts[*nth];
            match before.take() {
                None => {}
                Some((last, full, on)) => {
                    let turned = on != page.number;
                    join(&mut text, (&last, full, turned), segment, from);
                }
            }
            push(&mut text, segment, page.number, from);
            before = Some((segment.clone(), edge(segment.left()), page.number));
        }
    }
    let spots = std::mem::take(&mut text.spots);
    let mut made = text.composed();
    made.spots = spots; // Each word was composed by itself: the places hold.
    made
}

/// Where each segment begins in the page's text.
fn starts(page: &Page) -> Vec<u64> {
    let mut at = 0;
    let step = |segment: &Segment| {
        let start = at;
        at += segment.text().len() as u64 + 1;
        start
    };
    page.segments.iter().map(step).collect()
}

/// What parts a segment from the one before: a space where a sentence wraps, a hyphen taken out
/// where a word does, a line end, or a new paragraph. The segment before comes with the edge that
/// its lines fill up to, and whether a page was turned since.
fn join(text: &mut Text, (last, full, turned): (&Segment, f32, bool), next: &Segment, at: u64) {
    let down = if turned { -1e6 } else { last.base() - next.base() };
    let size = last.size.max(next.size);
    let alike = (last.size - next.size).abs() < 0.15 * size;
    let same_line = down.abs() < 0.4 * size;
    let ended = text.content.ends_with(['.', '!', '?', ':', '”', '»', '"']);
    // A line wraps where it fills its column; the next page or column goes on above.
    let filled = last.right() >= full - 0.2 * (full - last.left()).max(0.0);
    let near = down < 1.8 * size && (down > 0.0 || !ended);
    if same_line {
        text.push(" ", at, at);
    } else if alike && filled && near {
        let wraps = text.content.ends_with('-')
            && text.content.chars().rev().nth(1).is_some_and(char::is_lowercase)
            && next.words.first().is_some_and(|word| word.text.starts_with(char::is_lowercase));
        if wraps { text.pop() } else { text.push(" ", at, at) }
    } else if alike && near {
        text.line(at);
    } else {
        text.paragraph(at);
    }
}

fn push(text: &mut Text, segment: &Segment, page: u32, mut from: u64) {
    for (nth, word) in segment.words.iter().enumerate() {
        if nth > 0 {
            text.push(" ", from - 1, from);
        }
        let end = from + word.text.len() as u64;
        text.spots.push(Spot {
            at: text.content.len(),
            page,
            // A letter hangs a fifth of its height below the line that it stands on.
            left: word.left.floor() as i32,
            bottom: (word.base - 0.2 * segment.size).floor() as i32,
            right: word.right.ceil() as i32,
            top: (word.base + 0.8 * segment.size).ceil() as i32,
        });
        let composed: String = word.text.nfc().collect();
        text.push(&composed, from, end);
        from = end + 1;
    }
}
