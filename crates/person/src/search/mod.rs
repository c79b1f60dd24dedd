//! One name, as it is typed, finds the persons of the register who may bear it.
//!
//! Built once over all names of all persons; every search then reads the names that share a word
//! with what was typed (whole, begun, by ear, by nickname or initial, with one slip of the hand, in
//! another script) and orders them by the evidence: a shared word is worth log2(m/u) bits in the
//! sense of Fellegi and Sunter (1969, section 2), u being the share of names that have a word at
//! least as near. What never happens here: nobody is found by chance, and nothing is decided.
//!
//! # Invariants
//! 1. The same register and the same typed name give the same hits in the same order.
//! 2. A person is found once, by the best of their names.
//! 3. What was typed is never kept, and neither it nor a name prints (invariant 12 of
//!    ARCHITECTURE.md).

mod near;
mod rank;
mod reach;
#[cfg(test)]
mod tests;

use crate::{
    link::vocabulary::Vocabulary,
    name::{Word, words},
    table::column::mix,
};
use habeas_model::{Name, PersonId, Register};
use rayon::prelude::*;
use std::collections::HashSet;

habeas_model::words! {
    /// How a word of a name answers a typed word, strongest first.
    How {
        /// Letter by letter, accents and script aside.
        Same = "same",
        /// The word that is being typed begins it.
        Begins = "begins",
        /// Its letters were broken by a computer, on one side.
        Encoding = "encoding",
        /// Written otherwise, heard alike; or one name in two scripts.
        Sound = "sound",
        /// Slips of the hand.
        Slip = "slip",
        /// A short form of it.
        Nickname = "nickname",
        /// A part of it, written apart.
        Part = "part",
        /// Its first letter.
        Initial = "initial",
        /// One letter apart, and known to be two names.
        Near = "near",
    }
}

/// A word of the name that was found, and the typed words that it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// What was typed, folded.
    pub typed: Name,
    /// The word of the name, folded.
    pub found: Name,
    /// How it answers.
    pub how: How,
}

/// A person who may bear the typed name.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Who.
    pub person: PersonId,
    /// Bits of evidence: 2 to this power times likelier of this person than of one of the register
    /// at random.
    pub weight: f64,
    /// Which words answer, in the order in which they were typed.
    pub matched: Vec<Matched>,
    /// Typed words that nothing answers.
    pub unanswered: usize,
}

/// The index. It holds names: there is no `Debug`.
pub struct Search {
    /// Whose each name is.
    persons: Vec<PersonId>,
    /// Where the words of each name begin in `cells`, and the end.
    starts: Vec<u32>,
    /// Words of names by rank, name after name.
    cells: Vec<u32>,
    words: Vocabulary,
    /// The number in `words` of each rank: ranks go by the alphabet.
    ranked: Vec<u32>,
    /// Where the names that bear each rank begin in `bearers`, and the end.
    firsts: Vec<u32>,
    bearers: Vec<u32>,
    /// Ranks by the hash of their sound.
    sounds: Vec<(u32, u32)>,
    /// Ranks by the hash of their bones.
    bones: Vec<(u32, u32)>,
    /// Whether each rank ends names oftener than it begins them: a surname.
    ends: Vec<bool>,
    /// Ranks of words of other scripts are among these.
    foreign: HashSet<u32>,
}

impl Search {
    /// Over the names of all mentions of all persons.
    #[must_use]
    pub fn of(register: &Register) -> Search {
        Search::new(register.persons.iter().flat_map(|person| {
            let mut names: Vec<&str> =
                person.mentions.iter().map(|held| held.mention.name.reveal()).collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().map(|name| (person.id, name))
        }))
    }

    /// Over names and whose they are; a person may have several, one after the other.
    #[must_use]
    pub fn new<N: AsRef<str> + Send + Sync>(
        names: impl IntoIterator<Item = (PersonId, N)>,
    ) -> Search {
        let (mut persons, mut starts, mut cells) = (Vec::new(), vec![0], Vec::new());
        let mut vocabulary = Vocabulary::default();
        let mut names = names.into_iter();
        loop {
            let some: Vec<(PersonId, N)> = names.by_ref().take(1 << 15).collect();
            let read: Vec<Vec<Word>> =
                some.par_iter().map(|(_, name)| words(name.as_ref())).collect();
            for ((person, _), name) in some.iter().zip(&read) {
                let from = cells.len();
                cells.extend(name.iter().map(|word| vocabulary.number(word)));
                if same_again(&persons, *person, &starts, &cells) {
                    cells.truncate(from);
                    continue;
                }
                persons.push(*person);
                starts.push(cells.len() as u32);
            }
            if some.is_empty() {
                break;
            }
        }
        Search::ranked(persons, starts, cells, vocabulary)
    }

    /// Orders the words, and turns names by words into words by names.
    fn ranked(
        persons: Vec<PersonId>,
        starts: Vec<u32>,
        mut cells: Vec<u32>,
        words: Vocabulary,
    ) -> Search {
        let mut ranked: Vec<u32> = (1..words.len() as u32).collect();
        ranked.par_sort_unstable_by_key(|&word| words.view(word).text);
        let mut rank_of = vec![0; words.len()];
        ranked.iter().enumerate().for_each(|(rank, &word)| rank_of[word as usize] = rank as u32);
        cells.iter_mut().for_each(|cell| *cell = rank_of[*cell as usize]);
        let (firsts, bearers) = borne(&starts, &cells, ranked.len());
        let ends = ends(&starts, &cells, ranked.len());
        let by = |of: &dyn Fn(u32) -> Option<u32>| {
            let ranks = (0..ranked.len() as u32).filter_map(|rank| Some((of(rank)?, rank)));
            let mut by: Vec<(u32, u32)> = ranks.collect();
            by.sort_unstable();
            by
        };
        let view = |rank: u32| words.view(ranked[rank as usize]);
        let sounds = by(&|rank| hash(view(rank).sound));
        let bones = by(&|rank| hash(view(rank).bones));
        let foreign = (0..ranked.len() as u32)
            .filter(|&rank| view(rank).vowels != crate::name::script::Vowels::Written)
            .collect();
        cells.shrink_to_fit();
        Search {
            persons,
            starts,
            cells,
            words,
            ranked,
            firsts,
            bearers,
            sounds,
            bones,
            ends,
            foreign,
        }
    }

    /// Persons who may bear a name, as far as it is typed; the likeliest first, at most `most`. A
    /// last word without a space behind it may go on.
    #[must_use]
    pub fn search(&self, typed: &str, most: usize) -> Vec<Hit> {
        let asked = words(typed);
        if asked.is_empty() || self.persons.is_empty() {
            return Vec::new();
        }
        let open = typed.ends_with(char::is_alphanumeric);
        let reaches = self.reaches(&asked, open);
        self.rank(&reaches, most)
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// Bytes that the index takes, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let fours = self.starts.len() + self.cells.len() + self.ranked.len() + self.firsts.len();
        let pairs = self.sounds.len() + self.bones.len() + self.persons.len();
        4 * (fours + self.bearers.len()) + 8 * pairs + 60 * self.words.len()
    }

    /// The text of a rank.
    fn text(&self, rank: u32) -> &str {
        self.words.view(self.ranked[rank as usize]).text
    }

    /// The ranks of a name.
    fn name(&self, name: u32) -> &[u32] {
        let at = name as usize;
        &self.cells[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The names that bear one of some ranks.
    fn bearers(&self, ranks: &std::ops::Range<u32>) -> &[u32] {
        let at = |rank: u32| self.firsts[rank as usize] as usize;
        &self.bearers[at(ranks.start)..at(ranks.end)]
    }
}

/// Whether the newest name is the one before it, of the same person.
fn same_again(persons: &[PersonId], person: PersonId, starts: &[u32], cells: &[u32]) -> bool {
    let newest = starts[starts.len() - 1] as usize;
    persons.last() == Some(&person)
        && cells[starts[starts.len() - 2] as usize..newest] == cells[newest..]
}

/// Which ranks end names oftener than they begin them. Names of one word tell nothing.
fn ends(starts: &[u32], cells: &[u32], ranks: usize) -> Vec<bool> {
    let mut counts = vec![0_i32; ranks];
    for two in starts.windows(2) {
        if let [first, .., last] = cells[two[0] as usize..two[1] as usize] {
            counts[first as usize] -= 1;
            counts[last as usize] += 1;
        }
    }
    counts.into_iter().map(|count| count > 0).collect()
}

/// Names by rank, by counting.
fn borne(starts: &[u32], cells: &[u32], ranks: usize) -> (Vec<u32>, Vec<u32>) {
    let mut firsts = vec![0_u32; ranks + 1];
    cells.iter().for_each(|&rank| firsts[rank as usize + 1] += 1);
    for rank in 0..ranks {
        firsts[rank + 1] += firsts[rank];
    }
    let mut next = firsts.clone();
    let mut bearers = vec![0; cells.len()];
    for (name, ends) in starts.windows(2).enumerate() {
        for &rank in &cells[ends[0] as usize..ends[1] as usize] {
            bearers[next[rank as usize] as usize] = name as u32;
            next[rank as usize] += 1;
        }
    }
    (firsts, bearers)
}

fn hash(text: &str) -> Option<u32> {
    let parts: Vec<u64> = text.bytes().map(u64::from).collect();
    (!parts.is_empty()).then(|| (mix(&parts) >> 32) as u32)
}
