//! Every word of every name once, with what comparing and blocking need of it.

use crate::name::{
    Damage, Likeness, Word,
    likeness::{compare, slips_allowed},
    nickname,
    word::{Role, View, Vowels},
};
use crate::table::column::{Values, mix};

/// No word.
pub const NONE: u32 = 0;

/// One word's place in the store and its short marks.
#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    lengths: [u8; 4],
    /// One bit a letter.
    letters: u32,
    sound: u32,
    /// May resemble words that share few letters with it: initials, nicknames, other scripts.
    odd: bool,
    role: Role,
    vowels: Vowels,
    /// Letters that some row writes with a mark.
    marks: u32,
}

/// The words of a table's names, by number; 0 is no word. It holds names: there is no `Debug`.
#[derive(Clone)]
pub struct Vocabulary {
    texts: Values,
    sounds: Values,
    store: String,
    entries: Vec<Entry>,
    /// Key of blocks of each word.
    keys: Vec<u32>,
    counts: [Vec<u32>; 2],
    rarities: [Vec<u8>; 2],
}

/// Which part of a name a word stands in: names are rare as surnames and frequent as given names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Given name, or anywhere in a whole name.
    Given = 0,
    /// Surname.
    Surname = 1,
}

/// Words of other lists.
const OTHERS: f64 = 500.0;

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        let empty = Entry {
            start: 0,
            lengths: [0; 4],
            letters: 0,
            sound: 0,
            odd: false,
            role: Role::Plain,
            vowels: Vowels::Written,
            marks: 0,
        };
        Vocabulary {
            texts: Values::default(),
            sounds: Values::default(),
            store: String::new(),
            entries: vec![empty],
            keys: vec![0],
            counts: [vec![0], vec![0]],
            rarities: [vec![0], vec![0]],
        }
    }
}

impl Vocabulary {
    /// The number of a word, new or known.
    pub fn number(&mut self, word: &Word) -> u32 {
        let number = self.texts.number(&word.text);
        if number as usize == self.entries.len() {
            self.add(word);
        }
        self.entries[number as usize].marks |= word.marks;
        number
    }

    fn add(&mut self, word: &Word) {
        let start = self.store.len() as u32;
        let parts = [&word.text, &word.sound, &word.ear, &word.bones];
        let lengths = parts.map(|part| part.len().min(255) as u8);
        for (part, length) in parts.iter().zip(lengths) {
            self.store.push_str(&part[..usize::from(length)]);
        }
        let letters = word.text.bytes().fold(0_u32, |mask, letter| mask | 1 << (letter & 31));
        let odd = word.role == Role::Initial
            || word.vowels != Vowels::Written
            || word.damage == Damage::Holed
            || nickname::is_short(&word.text)
            || word.text.starts_with("al")
            || word.text.starts_with("el");
        self.entries.push(Entry {
            start,
            lengths,
            letters,
            sound: self.sounds.number(&word.sound),
            odd,
            role: word.role,
            vowels: word.vowels,
            marks: word.marks,
        });
        // Words of scripts without vowels meet the others by their bones, cut to four letters.
        let key = if word.bones.len() > 1 { &word.bones } else { &word.text };
        let key = &key.as_bytes()[..key.len().min(4)];
        let parts: Vec<u64> = key.iter().map(|&letter| u64::from(letter)).collect();
        self.keys.push(if word.role == Role::Initial { 0 } else { (mix(&parts) >> 32) as u32 | 1 });
        self.counts.iter_mut().for_each(|counts| counts.push(0));
    }

    /// Counts a row that bears the word.
    pub fn count(&mut self, word: u32, place: Place) {
        self.counts[place as usize][word as usize] += 1;
    }

    /// Turns counts into rarities, once all rows are counted.
    pub fn weigh(&mut self) {
        for place in [0, 1] {
            let counts = &self.counts[place];
            let all: u64 = counts[1..].iter().map(|&count| u64::from(count)).sum();
            let bits = |count: u32| {
                // As if so many words of other lists had been counted, among them this one: in a
                // list of ten a name that stands twice is not a common one.
                let share = (f64::from(count.max(1)) + OTHERS / 256.0) / (all as f64 + OTHERS);
                (-share.log2() * 2.0).round().clamp(0.0, 60.0) as u8
            };
            self.rarities[place] = counts.iter().map(|&count| bits(count)).collect();
        }
    }

    /// Sum of squared shares: how likely two random words of a place are one.
    #[must_use]
    pub fn repeat(&self, place: Place) -> f64 {
        let counts = &self.counts[place as usize];
        let all: f64 = counts.iter().map(|&count| f64::from(count)).sum();
        let squares: f64 = counts.iter().map(|&count| f64::from(count).powi(2)).sum();
        if all == 0.0 { 1.0 } else { (squares / all / all).max(1e-9) }
    }

    /// Half bits of rarity of a word in a place.
    #[must_use]
    pub fn rarity(&self, word: u32, place: Place) -> u32 {
        u32::from(self.rarities[place as usize][word as usize])
    }

    /// The key of blocks of a word; 0 for initials.
    #[must_use]
    pub fn key(&self, word: u32) -> u32 {
        self.keys[word as usize]
    }

    /// Number of words, [`NONE`] included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Bytes of memory.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        // Beside each entry its key, two counts and two rarities.
        let entries = self.entries.capacity() * (size_of::<Entry>() + 3 * 4 + 2);
        self.texts.bytes() + self.sounds.bytes() + (self.store.capacity() + entries) as u64
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.len() == 1
    }

    /// The word itself.
    #[must_use]
    pub fn view(&self, word: u32) -> View<'_> {
        let entry = &self.entries[word as usize];
        let mut at = entry.start as usize;
        let mut next = |nth: usize| {
            let end = at + usize::from(entry.lengths[nth]);
            let part = &self.store[at..end];
            at = end;
            part
        };
        let (text, sound, ear, bones) = (next(0), next(1), next(2), next(3));
        let Entry { role, vowels, marks, .. } = *entry;
        // What was misread is the word itself here; how it was written is for those who see it.
        let damage = if text.contains('?') { Damage::Holed } else { Damage::None };
        View { text, sound, ear, bones, role, vowels, marks, damage }
    }

    /// How two words agree, remembered.
    pub fn like(&self, a: u32, b: u32, memo: &mut Memo) -> Likeness {
        if a == b {
            return Likeness::Same;
        }
        let (x, y) = (&self.entries[a as usize], &self.entries[b as usize]);
        if !x.odd && !y.odd && x.sound != y.sound {
            let longest = usize::from(x.lengths[0].max(y.lengths[0]));
            let lengths = usize::from(x.lengths[0].abs_diff(y.lengths[0]));
            let allowed = slips_allowed(longest);
            // A slip changes at most two of the letters that occur.
            let apart = (x.letters ^ y.letters).count_ones() as usize;
            if lengths > allowed || apart > 2 * allowed {
                return Likeness::Differs;
            }
        }
        memo.of(a, b, || compare(self.view(a.min(b)), self.view(a.max(b))))
    }
}

/// Answers for pairs of words, the last one that fell on each of its places.
pub struct Memo(Vec<(u64, Likeness)>);

const PLACES: usize = 1 << 14;

impl Default for Memo {
    fn default() -> Memo {
        Memo(vec![(0, Likeness::Differs); PLACES])
    }
}

impl Memo {
    fn of(&mut self, a: u32, b: u32, answer: impl FnOnce() -> Likeness) -> Likeness {
        let key = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        let at = (mix(&[key]) >> 50) as usize;
        if self.0[at].0 != key {
            self.0[at] = (key, answer());
        }
        self.0[at].1
    }
}
