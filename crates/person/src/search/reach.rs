//! What a typed word may mean among the words of the register, and what each meaning is worth.

use super::{How, Search, hash, near::Walk};
use crate::name::{
    Likeness, Word,
    likeness::{compare, slips_allowed},
    nickname,
    script::Vowels,
    word::Role,
};
use crate::table::column::Fx;
use std::{collections::HashMap, hash::BuildHasherDefault, ops::Range};

/// Words of the register that answer a typed word alike.
pub struct Meaning {
    /// Their ranks.
    pub ranks: Range<u32>,
    /// How they answer.
    pub how: How,
    /// What that is worth, bits.
    pub bits: f32,
}

/// How single words answer, by rank.
type Singles = HashMap<u32, (How, f32), BuildHasherDefault<Fx>>;

/// One typed word, or several that may be one word written apart.
pub struct Reach {
    /// First typed word and how many.
    pub typed: (usize, usize),
    /// What was typed, folded.
    pub text: String,
    /// All meanings, most bits first.
    pub meanings: Vec<Meaning>,
    /// Meanings of single words.
    single: Singles,
    /// Whether it is one letter for a word, and finds nobody by itself.
    pub initial: bool,
}

impl Reach {
    /// The most that it can give, bits.
    pub fn bits(&self) -> f32 {
        self.meanings.iter().map(|one| one.bits).fold(0.0, f32::max)
    }

    /// How a word of the register answers.
    pub fn of(&self, rank: u32) -> Option<(How, f32)> {
        self.single.get(&rank).copied().or_else(|| {
            let ranges = self.meanings.iter().filter(|one| one.ranks.len() > 1);
            let mut found = ranges.filter(|one| one.ranks.contains(&rank));
            found.next().map(|one| (one.how, one.bits))
        })
    }
}

/// How many of the names that are meant bear the word so: counted on no list, set so that what is
/// typed by people who know the name (most letters right) comes out first. Bits, log2(m).
fn meant(how: How) -> f32 {
    match how {
        How::Same => -0.4,
        How::Begins => -1.0,
        How::Encoding => -3.0,
        How::Sound => -3.5,
        How::Slip => -4.0,
        How::Nickname => -4.5,
        How::Part | How::Initial => -5.0,
        How::Near => -7.0,
    }
}

impl Search {
    /// What each typed word may mean; the last may go on where `open`.
    pub(super) fn reaches(&self, asked: &[Word], open: bool) -> Vec<Reach> {
        let last = asked.len() - 1;
        let each = asked.iter().enumerate();
        let mut reaches: Vec<Reach> =
            each.map(|(at, word)| self.reach((at, 1), word, open && at == last)).collect();
        for count in [2, 3] {
            for at in 0..(asked.len() + 1).saturating_sub(count) {
                reaches.extend(self.joined(at, &asked[at..at + count]));
            }
        }
        reaches
    }

    fn reach(&self, typed: (usize, usize), word: &Word, open: bool) -> Reach {
        let initial = word.role == Role::Initial;
        let mut found: Vec<(Range<u32>, How)> = Vec::new();
        if initial && !open {
            let begun = Walk::by(self, &word.text, true, false).found;
            found.extend(begun.into_iter().map(|(ranks, _)| (ranks, How::Initial)));
        } else {
            self.written(word, open, &mut found);
        }
        if !initial {
            self.heard(word, &mut found);
            self.named(word, &mut found);
            self.parted(word, &mut found);
        }
        self.weighed(typed, word, found, initial && !open)
    }

    /// Words written apart that are one word of the register.
    fn joined(&self, at: usize, apart: &[Word]) -> Option<Reach> {
        let whole: String = apart.iter().map(|word| word.text.as_str()).collect();
        if whole.len() < 4 || apart.iter().any(|word| word.role == Role::Initial) {
            return None;
        }
        let ranks = self.exactly(&whole)?;
        let word = Word { text: whole, ..apart[0].clone() };
        let reach = self.weighed((at, apart.len()), &word, vec![(ranks, How::Same)], false);
        Some(reach)
    }

    /// The rank of a word.
    fn exactly(&self, text: &str) -> Option<Range<u32>> {
        let at = self.ranked.binary_search_by_key(&text, |&word| self.words.view(word).text);
        at.ok().map(|rank| rank as u32..rank as u32 + 1)
    }

    /// By its letters, with a slip where the word is long enough to bear one.
    fn written(&self, word: &Word, open: bool, found: &mut Vec<(Range<u32>, How)>) {
        let slip = slips_allowed(word.text.len()) > 0;
        for (ranks, slipped) in Walk::by(self, &word.text, false, slip).found {
            let how = if slipped { self.slipped(word, ranks.start) } else { How::Same };
            found.push((ranks, how));
        }
        let begun = open.then(|| Walk::by(self, &word.text, true, slip).found);
        for (ranks, slipped) in begun.into_iter().flatten() {
            found.push((ranks, if slipped { How::Slip } else { How::Begins }));
        }
    }

    fn slipped(&self, word: &Word, rank: u32) -> How {
        match compare(word.view(), self.words.view(self.ranked[rank as usize])) {
            Likeness::Differs | Likeness::Initial => How::Near,
            like => how(like),
        }
    }

    /// By its sound, and across scripts by its bones.
    fn heard(&self, word: &Word, found: &mut Vec<(Range<u32>, How)>) {
        let foreign = word.vowels != Vowels::Written;
        let sounds = sharing(&self.sounds, hash(&word.sound));
        let bones = sharing(&self.bones, hash(&word.bones))
            .filter(|&rank| foreign || self.foreign.contains(&rank));
        for rank in sounds.chain(bones) {
            match compare(word.view(), self.words.view(self.ranked[rank as usize])) {
                Likeness::Differs | Likeness::Initial => {}
                like => found.push((rank..rank + 1, how(like))),
            }
        }
    }

    /// By its nicknames, its initial, and with or without a joined article.
    fn named(&self, word: &Word, found: &mut Vec<(Range<u32>, How)>) {
        for other in nickname::relatives(&word.text) {
            found.extend(self.exactly(other).map(|ranks| (ranks, How::Nickname)));
        }
        for letter in [&word.text, &word.sound] {
            let first = letter.get(..1).and_then(|letter| self.exactly(letter));
            found.extend(first.map(|ranks| (ranks, How::Initial)));
        }
        let bare = word.text.strip_prefix("al").or_else(|| word.text.strip_prefix("el"));
        let joined = [format!("al{}", word.text), format!("el{}", word.text)];
        let others = joined.iter().map(String::as_str).chain(bare);
        for other in others.filter(|other| other.len() > 3 && word.text.len() > 3) {
            found.extend(self.exactly(other).map(|ranks| (ranks, How::Sound)));
        }
    }

    /// One typed word that the register writes as two.
    fn parted(&self, word: &Word, found: &mut Vec<(Range<u32>, How)>) {
        for at in 2..word.text.len().saturating_sub(1) {
            let (left, right) = word.text.split_at(at);
            let halves = self.exactly(left).zip(self.exactly(right));
            if let Some((left, right)) = halves.filter(|_| word.text.len() > 4) {
                found.extend([(left, How::Part), (right, How::Part)]);
            }
        }
    }

    /// What each way of answering is worth: log2(m/u), where u is the share of names with a word at
    /// least as near.
    fn weighed(
        &self,
        typed: (usize, usize),
        word: &Word,
        mut found: Vec<(Range<u32>, How)>,
        initial: bool,
    ) -> Reach {
        found.sort_unstable_by_key(|(ranks, how)| (*how, ranks.start, ranks.end));
        found.dedup();
        let (mut meanings, mut single) = (Vec::new(), Singles::default());
        let names = self.persons.len() as f32 + 1.0;
        let mut sharing = 1.0;
        for alike in found.chunk_by(|a, b| a.1 == b.1) {
            let how = alike[0].1;
            sharing += alike.iter().map(|one| self.bearers(&one.0).len() as f32).sum::<f32>();
            let bits = ((names / sharing).log2() + meant(how)).max(0.2);
            for (ranks, how) in alike.iter().cloned() {
                if ranks.len() == 1 {
                    let known = single.entry(ranks.start).or_insert((how, bits));
                    if known.0 < how {
                        continue;
                    }
                }
                meanings.push(Meaning { ranks, how, bits });
            }
        }
        Reach { typed, text: word.text.clone(), meanings, single, initial }
    }
}

fn how(like: Likeness) -> How {
    match like {
        Likeness::Same => How::Same,
        Likeness::Encoding => How::Encoding,
        Likeness::Sound => How::Sound,
        Likeness::Slip => How::Slip,
        Likeness::Nickname => How::Nickname,
        Likeness::Initial => How::Initial,
        Likeness::Differs => How::Near,
    }
}

/// Ranks under a hash.
fn sharing(by: &[(u32, u32)], hash: Option<u32>) -> impl Iterator<Item = u32> + '_ {
    let start = hash.map_or(by.len(), |hash| by.partition_point(|one| one.0 < hash));
    by[start..].iter().take_while(move |one| Some(one.0) == hash).map(|one| one.1)
}
