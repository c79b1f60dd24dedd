//! Files of every format with bytes changed, cut, repeated and swapped: whatever comes of it, they
//! open or are refused, within limits and without a panic; every run lies within what it maps.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod made;

use habeas_document::{Asked, Body, Limits, open};
use proptest::prelude::*;
use std::sync::LazyLock;

/// A small file of each format.
static SEEDS: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(made::seeds);

/// A change to a file: where (in thousandths of its length), what, and with which byte or length.
type Change = (usize, u8, u8);

fn changed(seed: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut file = seed.to_vec();
    for (place, what, value) in changes {
        if file.is_empty() {
            break;
        }
        let at = place * (file.len() - 1) / 1000;
        let end = (at + usize::from(*value) + 1).min(file.len());
        match what % 6 {
            0 => file[at] = *value,
            1 => file[at] ^= 1 << (value % 8),
            2 => drop(file.drain(at..end)),
            3 => file.truncate(at.max(1)),
            4 => {
                let piece = file[at..end].to_vec();
                file.splice(at..at, piece);
            }
            _ => {
                let other = (at * 31 + usize::from(*value)) % file.len();
                file.swap(at, other);
            }
        }
    }
    file
}

fn check(name: &str, file: &[u8]) {
    let limits = Limits { unpacked: 8 << 20, part: 4 << 20, parts: 100, ..Limits::default() };
    let asked = Asked { name: name.to_owned(), limits, ..Asked::default() };
    for document in open(file, &asked).unwrap_or_default() {
        let Body::Text(text) = &document.body else { continue };
        assert_eq!(text.runs.iter().map(|run| run.len).sum::<usize>(), text.content.len());
        assert!(text.runs.iter().all(|run| run.from <= run.to), "{name}: {:?}", text.runs);
        for zone in &text.zones {
            assert!(text.content.get(zone.range.clone()).is_some(), "{name}: {zone:?}");
        }
        let middle = text.content.char_indices().nth(text.content.chars().count() / 2);
        if let Some((at, letter)) = middle {
            let span = document.span(text, at..at + letter.len_utf8());
            assert_eq!(span.quote.chars().count(), 1, "{name}");
        }
    }
}

proptest! {
    #[test]
    fn changed_files_open_or_are_refused(
        nth in 0..15_usize,
        changes in proptest::collection::vec((0..=1000_usize, any::<u8>(), any::<u8>()), 1..12),
    ) {
        let (name, seed) = &SEEDS[nth];
        check(name, &changed(seed, &changes));
    }

    /// A file under the name of another format, and one file after another.
    #[test]
    fn misnamed_and_joined_files_open_or_are_refused(
        left in 0..15_usize,
        right in 0..15_usize,
        cut in 0..=1000_usize,
    ) {
        let ((name, seed), (_, other)) = (&SEEDS[left], &SEEDS[right]);
        let joined = [&seed[..cut * seed.len() / 1000], other].concat();
        if !joined.is_empty() {
            check(name, &joined);
        }
    }
}

#[test]
fn seeds_open() {
    for (name, seed) in SEEDS.iter() {
        assert!(open(seed, &made::asked(name)).is_ok(), "{name}");
        check(name, seed);
    }
}
