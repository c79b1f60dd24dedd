//! Names compared as one: both surnames together, given names together, or the whole name where
//! nobody told the parts apart.
//!
//! Joint levels because the parts depend on each other: brothers share both surnames, so their
//! agreement must not be counted twice (Winkler 1988 on dependence between comparisons).

use super::vocabulary::{Memo, NONE, Place, Vocabulary};
use crate::name::Likeness;

/// How names are kept in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Surnames and given names apart.
    Parted,
    /// Up to six words.
    Whole,
}

/// Where surnames and where given names stand.
pub const PARTED: [(usize, usize); 2] = [(0, 2), (2, 5)];
/// Where the words of a whole name stand.
pub const WHOLE: (usize, usize) = (0, 6);

/// A level, and half bits of rarity of what is shared.
pub type Shared = (u8, u32);

habeas_model::words! {
    /// How both surnames agree.
    SurnameLevel {
        /// Not given.
        Missing = "missing",
        /// Both, letter by letter.
        BothSame = "both-same",
        /// Both, with a slip.
        BothAlike = "both-alike",
        /// Both, in the other order.
        Swapped = "swapped",
        /// The one that both give.
        OneSame = "one-same",
        /// The one that both give, with a slip.
        OneAlike = "one-alike",
        /// One gives as first what the other gives as second.
        OneCrossed = "one-crossed",
        /// The first; the second ones differ.
        FirstOnly = "first-only",
        /// The second; the first ones differ.
        SecondOnly = "second-only",
        /// One, in another place; the rest differs.
        CrossedOnly = "crossed-only",
        /// Given name and surname changed places.
        Turned = "turned",
        /// None.
        Differs = "differs",
    }
}

habeas_model::words! {
    /// How given names agree.
    GivenLevel {
        /// Not given.
        Missing = "missing",
        /// Two or more, letter by letter.
        AllSame = "all-same",
        /// The only one.
        OnlySame = "only-same",
        /// All, with a slip.
        Alike = "alike",
        /// All, some by initials.
        Initials = "initials",
        /// All, some by short forms.
        Nickname = "nickname",
        /// The first; one side leaves the rest out.
        FirstSame = "first-same",
        /// A later one; one side leaves the rest out.
        LaterSame = "later-same",
        /// Some, with a slip; one side leaves the rest out.
        SomeAlike = "some-alike",
        /// A short form or an initial; one side leaves the rest out.
        SomeShort = "some-short",
        /// Some; the rest differs.
        Partly = "partly",
        /// None.
        Differs = "differs",
    }
}

habeas_model::words! {
    /// How whole names agree.
    WholeLevel {
        /// Not given.
        Missing = "missing",
        /// Every word, letter by letter.
        AllSame = "all-same",
        /// Every word, with slips.
        AllAlike = "all-alike",
        /// Every word, some by initials.
        Initials = "initials",
        /// Two or more; one side leaves the rest out.
        MostSame = "most-same",
        /// Two or more, with slips; one side leaves the rest out.
        MostAlike = "most-alike",
        /// One; one side leaves the rest out.
        OneOnly = "one-only",
        /// Three or more; one word differs.
        OneDiffers = "one-differs",
        /// Two; one word differs.
        TwoShared = "two-shared",
        /// Two or more; several differ.
        SeveralDiffer = "several-differ",
        /// One; the rest differs.
        OneShared = "one-shared",
        /// None.
        Differs = "differs",
    }
}

/// Compares the surnames of two rows.
pub fn surnames(a: &[u32], b: &[u32], words: &Vocabulary, memo: &mut Memo) -> Shared {
    use SurnameLevel as L;
    if a[0] == NONE || b[0] == NONE {
        return (L::Missing as u8, 0);
    }
    let mut grade = |x: u32, y: u32| match (x, y) {
        (NONE, _) | (_, NONE) => 0,
        _ if x == y => 2,
        _ => u8::from(matches!(
            words.like(x, y, memo),
            Likeness::Encoding | Likeness::Sound | Likeness::Slip | Likeness::Initial
        )),
    };
    let rarity =
        |x: u32, y: u32| words.rarity(x, Place::Surname).min(words.rarity(y, Place::Surname));
    let first = grade(a[0], b[0]);
    let both = a[1] != NONE && b[1] != NONE;
    let level = |level: L, x: u32, y: u32| (level as u8, rarity(x, y));
    if both {
        let second = grade(a[1], b[1]);
        if first > 0 && second > 0 {
            let same = first + second == 4;
            let bits = rarity(a[0], b[0]) + rarity(a[1], b[1]);
            return (if same { L::BothSame } else { L::BothAlike } as u8, bits);
        }
        let (forth, back) = (grade(a[0], b[1]), grade(a[1], b[0]));
        return match (first, second, forth, back) {
            (_, _, 1.., 1..) => (L::Swapped as u8, rarity(a[0], b[1]) + rarity(a[1], b[0])),
            (1.., ..) => level(L::FirstOnly, a[0], b[0]),
            (_, 1.., ..) => level(L::SecondOnly, a[1], b[1]),
            (_, _, 1.., _) => level(L::CrossedOnly, a[0], b[1]),
            (_, _, _, 1..) => level(L::CrossedOnly, a[1], b[0]),
            _ => (L::Differs as u8, 0),
        };
    }
    match first {
        2 => level(L::OneSame, a[0], b[0]),
        1 => level(L::OneAlike, a[0], b[0]),
        _ if grade(a[0], b[1]) > 0 => level(L::OneCrossed, a[0], b[1]),
        _ if grade(a[1], b[0]) > 0 => level(L::OneCrossed, a[1], b[0]),
        _ => (L::Differs as u8, 0),
    }
}

/// What a greedy alignment of a few words finds.
#[derive(Default)]
struct Found {
    same: u8,
    alike: u8,
    short: u8,
    initial: u8,
    left: u8,
    right: u8,
    bits: u32,
    /// The first word of both sides is in it.
    first: bool,
}

fn found(a: &[u32], b: &[u32], place: Place, words: &Vocabulary, memo: &mut Memo) -> Found {
    let (a, b) = (given(a), given(b));
    let mut found = Found::default();
    let (mut free_a, mut free_b) = ((1_u8 << a.len()) - 1, (1_u8 << b.len()) - 1);
    let take = |found: &mut Found, x: usize, y: usize| {
        let bits = words.rarity(a[x], place).min(words.rarity(b[y], place));
        // A second given name is half told by the first: names are given in pairs.
        found.bits += if found.bits > 0 && place == Place::Given { bits * 3 / 5 } else { bits };
        found.first |= x == 0 && y == 0;
    };
    for (x, word) in a.iter().enumerate() {
        if let Some(y) = (0..b.len()).find(|&y| (free_b >> y) & 1 == 1 && *word == b[y]) {
            (free_a, free_b) = (free_a & !(1 << x), free_b & !(1 << y));
            found.same += 1;
            take(&mut found, x, y);
        }
    }
    if free_a != 0 && free_b != 0 {
        for wanted in &Likeness::ALL[1..Likeness::Differs as usize] {
            for (x, left) in a.iter().enumerate() {
                for (y, right) in b.iter().enumerate() {
                    let free = (free_a >> x) & 1 == 1 && (free_b >> y) & 1 == 1;
                    if !free || words.like(*left, *right, memo) != *wanted {
                        continue;
                    }
                    (free_a, free_b) = (free_a & !(1 << x), free_b & !(1 << y));
                    match wanted {
                        Likeness::Nickname => found.short += 1,
                        Likeness::Initial => found.initial += 1,
                        _ => found.alike += 1,
                    }
                    if *wanted != Likeness::Initial {
                        take(&mut found, x, y);
                    }
                }
            }
        }
    }
    (found.left, found.right) = (free_a.count_ones() as u8, free_b.count_ones() as u8);
    found
}

/// The words that are there: they stand first.
fn given(cells: &[u32]) -> &[u32] {
    &cells[..cells.iter().position(|&word| word == NONE).unwrap_or(cells.len())]
}

/// Compares the given names of two rows.
pub fn givens(a: &[u32], b: &[u32], words: &Vocabulary, memo: &mut Memo) -> Shared {
    use GivenLevel as L;
    if a[0] == NONE || b[0] == NONE {
        return (L::Missing as u8, 0);
    }
    let found = found(a, b, Place::Given, words, memo);
    let shared = found.same + found.alike + found.short + found.initial;
    let level = match (found.left, found.right) {
        _ if shared == 0 => L::Differs,
        (0, 0) if found.same == shared && shared > 1 => L::AllSame,
        (0, 0) if found.same == shared => L::OnlySame,
        (0, 0) if found.short > 0 => L::Nickname,
        (0, 0) if found.initial > 0 => L::Initials,
        (0, 0) => L::Alike,
        (1.., 1..) => L::Partly,
        _ if found.short + found.initial > 0 => L::SomeShort,
        _ if found.alike > 0 => L::SomeAlike,
        _ if found.first => L::FirstSame,
        _ => L::LaterSame,
    };
    (level as u8, found.bits)
}

/// Whether given name and first surname changed places.
pub fn turned(a: &[u32], b: &[u32], words: &Vocabulary, memo: &mut Memo) -> Option<u32> {
    let (s, g) = (PARTED[0].0, PARTED[1].0);
    if [a[s], a[g], b[s], b[g]].contains(&NONE) {
        return None;
    }
    let mut alike = |x: u32, y: u32| {
        let bits = words.rarity(x, Place::Surname).min(words.rarity(y, Place::Surname));
        let like = words.like(x, y, memo);
        (like <= Likeness::Slip).then_some(bits)
    };
    Some(alike(a[s], b[g])? + alike(a[g], b[s])?)
}

/// Compares whole names.
pub fn whole(a: &[u32], b: &[u32], words: &Vocabulary, memo: &mut Memo) -> Shared {
    use WholeLevel as L;
    if a[0] == NONE || b[0] == NONE {
        return (L::Missing as u8, 0);
    }
    let found = found(a, b, Place::Surname, words, memo);
    let solid = found.same + found.alike + found.short;
    let shared = solid + found.initial;
    let (few, many) = (found.left.min(found.right), found.left.max(found.right));
    let level = match few {
        _ if solid == 0 => L::Differs,
        0 if many == 0 && found.same == shared => L::AllSame,
        0 if many == 0 && found.initial == 0 => L::AllAlike,
        0 if many == 0 => L::Initials,
        0 if solid > 1 && found.same == shared => L::MostSame,
        0 if solid > 1 => L::MostAlike,
        0 => L::OneOnly,
        1 if solid > 2 => L::OneDiffers,
        1 if solid > 1 => L::TwoShared,
        _ if solid > 1 => L::SeveralDiffer,
        _ => L::OneShared,
    };
    (level as u8, found.bits)
}
