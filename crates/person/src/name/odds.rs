//! How likely it is that two names are one person's, from the names alone.
//!
//! Bits of evidence are added word by word, log2(m/u) in the sense of Fellegi and Sunter (1969,
//! section 2): a shared word speaks for one person, the more so the rarer it is; a word that only
//! one of them has says little; a word on each side that the other lacks speaks against. The
//! weights were set on the invented pairs of `name/pairs.csv` so that p = 0.5 cuts best.

use super::{
    alignment::{Aligned, Alignment, align},
    damage::Damage,
    known,
    likeness::{Likeness, of_the_other_sex, slips},
    word::{Role, Vowels, Word},
};
use std::collections::HashMap;

/// How often each word stands in the names at hand. Without any, every word is middling.
#[derive(Clone, Default)]
pub struct Rarity {
    counts: HashMap<String, u32>,
    words: u64,
}

impl Rarity {
    /// Counts the words of one name.
    pub fn count(&mut self, name: &[Word]) {
        for word in name {
            *self.counts.entry(word.text.clone()).or_default() += 1;
            self.words += 1;
        }
    }

    /// Bits beyond (or, below zero, under) a middling word, from -1.5 to 1.5. A word as frequent as
    /// one in 256 is middling; the counts of fewer than 2,000 words say nothing.
    fn beyond(&self, word: &Word) -> f64 {
        if self.words < 2_000 {
            return 0.0;
        }
        let count = f64::from(self.counts.get(&word.text).copied().unwrap_or(1).max(1));
        ((self.words as f64 / count).log2() - 8.0).clamp(-3.0, 3.0) / 2.0
    }
}

/// What two names say of being one person's.
#[derive(Clone, Debug, PartialEq)]
pub struct NameOdds {
    /// Bits for (or, below zero, against) one person.
    pub weight: f64,
    /// The same as a probability.
    pub p: f64,
    /// Which word stands for which.
    pub alignment: Alignment,
}

/// Bits that two unrelated names of one search start behind.
const PRIOR: f64 = -5.0;
/// For one word of each name that stands for nothing: two persons of one family, or one given name.
const CONFLICT: f64 = -8.5;
/// For a word that one name has and the other, shorter one leaves out.
const LEFT_OUT: f64 = -1.2;

/// Weighs two names; which of them stands left changes nothing.
#[must_use]
pub fn odds(left: &[Word], right: &[Word], rarity: &Rarity) -> NameOdds {
    if is_first(left, right) {
        return weighed(left, right, rarity);
    }
    let mut turned = weighed(right, left, rarity);
    turned.alignment.turn();
    turned
}

/// The shorter name is looked at first; of equally long ones, that which the alphabet has first.
fn is_first(left: &[Word], right: &[Word]) -> bool {
    fn texts(name: &[Word]) -> impl Iterator<Item = (&str, Damage, u32)> {
        name.iter().map(|word| (word.text.as_str(), word.damage, word.marks))
    }
    left.len().cmp(&right.len()).then_with(|| texts(left).cmp(texts(right))).is_le()
}

fn weighed(left: &[Word], right: &[Word], rarity: &Rarity) -> NameOdds {
    let alignment = align(left, right);
    let mut weight = PRIOR;
    let mut full = 0;
    for pair in &alignment.pairs {
        weight += shared(pair, left, right, rarity);
        full += usize::from(pair.likeness != Likeness::Initial);
    }
    weight += against(&alignment, left, right);
    if full == 0 || (full == 1 && left.len().min(right.len()) > 1 && alignment.pairs.len() < 2) {
        weight -= 4.0;
    }
    if full == 1 && left.len() != right.len() && left.len().min(right.len()) == 1 {
        weight -= 1.5; // One word alone, and the other name has more: nobody is known by it.
    }
    weight += order(&alignment, left.len(), right.len());
    NameOdds { weight, p: 1.0 / (1.0 + (-weight).exp2()), alignment }
}

fn shared(pair: &Aligned, left: &[Word], right: &[Word], rarity: &Rarity) -> f64 {
    let (x, y) = (&left[usize::from(pair.left.0)], &right[usize::from(pair.right.0)]);
    let long = x.text.len().max(y.text.len());
    let by_ear = x.vowels != Vowels::Written || y.vowels != Vowels::Written;
    let bits = match pair.likeness {
        Likeness::Same if long < 3 => 3.2,
        Likeness::Same => 4.2,
        Likeness::Encoding => broken(x, y, long),
        Likeness::Sound if by_ear && x.bones.len() < 3 => 3.0,
        Likeness::Sound if x.ear == y.ear || by_ear => 3.7,
        Likeness::Sound => 3.0,
        Likeness::Slip if by_ear => 1.6,
        Likeness::Slip => slipped(x, y, long),
        Likeness::Nickname => 2.9,
        Likeness::Initial => return 1.4,
        Likeness::Differs => return 0.0,
    };
    let rarer = rarity.beyond(x).max(rarity.beyond(y));
    let apart = if pair.likeness == Likeness::Encoding { 0.0 } else { 1.5 };
    bits + rarer + f64::from(pair.left.1 + pair.right.1 - 2) * apart
}

/// What was misread and is read rightly is nearly as good as what never was; a lost letter may have
/// been another, and leaves more of a long word.
fn broken(x: &Word, y: &Word, long: usize) -> f64 {
    match long {
        _ if x.text == y.text && x.damage != Damage::Holed => 4.0,
        0..=4 => 2.6,
        5 => 3.0,
        _ => 3.4,
    }
}

/// A slip in a long word leaves more of it than in a short one; a first letter is seldom wrong.
fn slipped(x: &Word, y: &Word, long: usize) -> f64 {
    let first = x.text.as_bytes()[0] == y.text.as_bytes()[0];
    let bits = match long {
        0..=4 => 1.0,
        5 => 1.9,
        6 => 2.5,
        _ => 3.0,
    };
    if first { bits } else { bits - 1.4 }
}

/// Words that stand for nothing: on both sides they contradict, on one they were left out.
fn against(alignment: &Alignment, left: &[Word], right: &[Word]) -> f64 {
    let weight_of = |word: &Word| match word.role {
        Role::Plain if word.text.len() > 1 => 1.0,
        Role::Generation => 1.6,
        Role::Patronymic => 0.4,
        _ => 0.6,
    };
    let only = |at: &[u8], words: &[Word]| -> Vec<usize> {
        at.iter().map(|&at| usize::from(at)).filter(|&at| at < words.len()).collect()
    };
    let (a, b) = (only(&alignment.only_left, left), only(&alignment.only_right, right));
    let conflicts = a.len().min(b.len());
    let mut bits = 0.0;
    for nth in 0..conflicts {
        bits += CONFLICT * (1.0 - near(&left[a[nth]], right, &b));
    }
    let rest = if a.len() > b.len() { (&a[conflicts..], left) } else { (&b[conflicts..], right) };
    for (nth, &at) in rest.0.iter().enumerate() {
        bits += LEFT_OUT * weight_of(&rest.1[at]) * if nth == 0 { 1.0 } else { 0.8 };
    }
    bits
}

/// How near the nearest of the words comes, from 0 to 0.6: a mangled word contradicts less than
/// another.
fn near(word: &Word, others: &[Word], at: &[usize]) -> f64 {
    let nearest = at.iter().map(|&at| {
        let other = &others[at];
        let long = word.text.len().max(other.text.len());
        let lost = word.damage == Damage::Holed || other.damage == Damage::Holed;
        if lost
            || of_the_other_sex(word.text.as_bytes(), other.text.as_bytes())
            || known::two_names(&word.text, &other.text)
        {
            return 0.0;
        }
        let most = (long / 2).min(5);
        let apart = slips(word.text.as_bytes(), other.text.as_bytes(), most);
        let bones = word.bones.len() > 2 && word.bones == other.bones;
        let close = apart.map_or(0.0, |apart| 1.0 - 2.0 * apart as f64 / long as f64);
        if bones { close.max(0.6) } else { close }
    });
    nearest.fold(0.0, f64::max).clamp(0.0, 0.6)
}

/// Words in another order say a little against, unless a name is merely turned (surname first).
fn order(alignment: &Alignment, left: usize, right: usize) -> f64 {
    let mut at: Vec<(u8, u8)> =
        alignment.pairs.iter().map(|pair| (pair.left.0, pair.right.0)).collect();
    at.sort_unstable();
    let falls = at.windows(2).filter(|two| two[0].1 > two[1].1).count();
    match falls {
        0 => 0.0,
        1 if left == right => -0.3,
        1 => -0.6,
        more => -0.8 * more as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::words, *};
    use proptest::prelude::*;

    fn p(a: &str, b: &str) -> f64 {
        odds(&words(a), &words(b), &Rarity::default()).p
    }

    proptest! {
        /// Whatever the names: no panic, a probability, and the same one from both sides.
        #[test]
        fn any_two_names_have_odds(a in "\\PC{0,60}", b in "\\PC{0,60}") {
            let (forth, back) = (p(&a, &b), p(&b, &a));
            prop_assert!((0.0..=1.0).contains(&forth));
            prop_assert!((forth - back).abs() < 1e-9, "{forth} {back}");
        }

        #[test]
        fn a_name_is_its_own(a in "[A-Z][a-z]{3,9} [A-Z][a-z]{3,9}") {
            prop_assert!(p(&a, &a) > 0.9);
        }
    }
}
