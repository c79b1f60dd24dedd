//! Which word of one name stands for which word of the other.

use super::{
    damage,
    likeness::{Likeness, likeness, slips},
    sound::{bones, ear, sound},
    word::{Role, Word},
};

/// Words of one name set against words of the other. One of the two may be several words that were
/// written apart ("Jin ping" for "Jinping").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aligned {
    /// First word and number of words on the left.
    pub left: (u8, u8),
    /// First word and number of words on the right.
    pub right: (u8, u8),
    /// How they agree.
    pub likeness: Likeness,
}

/// The whole of two names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// What stands for what.
    pub pairs: Vec<Aligned>,
    /// Words of the left that stand for nothing.
    pub only_left: Vec<u8>,
    /// Words of the right that stand for nothing.
    pub only_right: Vec<u8>,
}

impl Alignment {
    /// The same, with left and right changed.
    pub(super) fn turn(&mut self) {
        for pair in &mut self.pairs {
            (pair.left, pair.right) = (pair.right, pair.left);
        }
        // As it is shown: what is the same first, in the order of the left name.
        self.pairs.sort_by_key(|pair| (pair.likeness != Likeness::Same, pair.left));
        std::mem::swap(&mut self.only_left, &mut self.only_right);
    }

    /// "luna=luna; jose~josé; +prado" in the words of the two names: `=` the same, `~` alike, `-`
    /// only left, `+` only right. For the eyes of those who gave the names.
    #[must_use]
    pub fn shown(&self, left: &[Word], right: &[Word]) -> String {
        let joined = |words: &[Word], (first, count): (u8, u8)| {
            let some = words.iter().skip(usize::from(first)).take(usize::from(count));
            some.map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let mut parts: Vec<String> = Vec::new();
        for pair in &self.pairs {
            let sign = if pair.likeness == Likeness::Same { "=" } else { "~" };
            let how = if sign == "=" { String::new() } else { format!(" ({})", pair.likeness) };
            let (x, y) = (joined(left, pair.left), joined(right, pair.right));
            parts.push(format!("{x}{sign}{y}{how}"));
        }
        parts.extend(self.only_left.iter().map(|&at| format!("-{}", joined(left, (at, 1)))));
        parts.extend(self.only_right.iter().map(|&at| format!("+{}", joined(right, (at, 1)))));
        parts.join("; ")
    }
}

/// Aligns two names. Equal words first, then words written apart, then the best of what is left;
/// order in the name is free, and breaks ties.
#[must_use]
pub fn align(left: &[Word], right: &[Word]) -> Alignment {
    let free = [mask(left.len()), mask(right.len())];
    let mut work = Work { left, right, free, pairs: Vec::new() };
    work.equal();
    if work.free[0] != 0 && work.free[1] != 0 {
        work.joined();
        work.alike();
    }
    let rest = |free: u16| (0..16_u8).filter(|at| free & (1 << at) != 0).collect();
    Alignment { only_left: rest(work.free[0]), only_right: rest(work.free[1]), pairs: work.pairs }
}

fn mask(words: usize) -> u16 {
    ((1_u32 << words.min(16)) - 1) as u16
}

struct Work<'a> {
    left: &'a [Word],
    right: &'a [Word],
    free: [u16; 2],
    pairs: Vec<Aligned>,
}

impl Work<'_> {
    fn take(&mut self, left: (usize, usize), right: (usize, usize), likeness: Likeness) {
        self.free[0] &= !(mask(left.1) << left.0);
        self.free[1] &= !(mask(right.1) << right.0);
        let narrow = |(first, count): (usize, usize)| (first as u8, count as u8);
        self.pairs.push(Aligned { left: narrow(left), right: narrow(right), likeness });
    }

    fn is_free(&self, side: usize, first: usize, count: usize) -> bool {
        let wanted = mask(count) << first;
        self.free[side] & wanted == wanted
    }

    fn equal(&mut self) {
        for i in 0..self.left.len() {
            let from =
                |j: &usize| self.is_free(1, *j, 1) && self.left[i].text == self.right[*j].text;
            if let Some(j) = (0..self.right.len()).find(from) {
                self.take((i, 1), (j, 1), likeness(&self.left[i], &self.right[j]));
            }
        }
    }

    /// Two or three words of one side that are one word of the other.
    fn joined(&mut self) {
        for side in [0, 1] {
            let (many, one) =
                if side == 0 { (self.left, self.right) } else { (self.right, self.left) };
            for count in [2, 3] {
                for first in 0..(many.len() + 1).saturating_sub(count) {
                    if !self.is_free(side, first, count) {
                        continue;
                    }
                    let whole: String =
                        many[first..first + count].iter().map(|word| word.text.as_str()).collect();
                    let some = &many[first..first + count];
                    let found = (0..one.len()).find_map(|at| {
                        let free = self.is_free(1 - side, at, 1);
                        let how = free.then(|| parted(some, &one[at]))?;
                        how.or_else(|| one_word(&whole, some, &one[at])).map(|how| (at, how))
                    });
                    match found {
                        Some((at, how)) if side == 0 => self.take((first, count), (at, 1), how),
                        Some((at, how)) => self.take((at, 1), (first, count), how),
                        None => {}
                    }
                }
            }
        }
    }

    /// The rest, best first: by likeness, then by how near their places are.
    fn alike(&mut self) {
        let mut found = Vec::new();
        for i in (0..self.left.len()).filter(|&i| self.is_free(0, i, 1)) {
            for j in (0..self.right.len()).filter(|&j| self.is_free(1, j, 1)) {
                let how = likeness(&self.left[i], &self.right[j]);
                if how != Likeness::Differs {
                    found.push((how, i.abs_diff(j), i, j));
                }
            }
        }
        found.sort_unstable();
        for (how, _, i, j) in found {
            if self.is_free(0, i, 1) && self.is_free(1, j, 1) {
                self.take((i, 1), (j, 1), how);
            }
        }
    }
}

/// "Mart nez": a space where a letter was.
fn parted(words: &[Word], word: &Word) -> Option<Likeness> {
    let [left, right] = words else { return None };
    damage::seam(&left.text, &right.text, &word.text, word.marks).then_some(Likeness::Encoding)
}

/// "Jin ping" for "Jinping", "Nour al-Din" for "Noureddine" and for "نور الدين".
fn one_word(whole: &str, apart: &[Word], word: &Word) -> Option<Likeness> {
    if word.role == Role::Initial || whole.len() < 4 {
        return None;
    }
    if whole == word.text {
        return Some(Likeness::Same);
    }
    let allowed = usize::from(whole.len() >= 6) + usize::from(whole.len() >= 9);
    let near = slips(whole.as_bytes(), word.text.as_bytes(), allowed).is_some();
    (near || heard_alike(whole, apart, word)).then_some(Likeness::Sound)
}

fn heard_alike(whole: &str, apart: &[Word], word: &Word) -> bool {
    if word.bones.len() < 4 || apart.iter().any(|one| one.role == Role::Initial) {
        return false;
    }
    if apart[0].vowels != word.vowels {
        return bones(whole) == word.bones;
    }
    let ear = ear(whole);
    sound(whole) == word.sound && slips(ear.as_bytes(), word.ear.as_bytes(), 2).is_some()
}

#[cfg(test)]
mod tests {
    use super::{super::words, *};

    #[track_caller]
    fn check(a: &str, b: &str, pairs: usize, only: (usize, usize)) {
        let found = align(&words(a), &words(b));
        let counts = (found.pairs.len(), (found.only_left.len(), found.only_right.len()));
        assert_eq!(counts, (pairs, only), "{a} / {b}");
    }

    #[test]
    fn words_find_each_other() {
        check("José Luis Luna Prado", "Luna Prado, José Luis", 4, (0, 0));
        check("José Luis Luna Prado", "José Luna", 2, (2, 0));
        check("Xi Jinping", "习近平", 2, (0, 0));
        check("J. L. Luna", "José Luis Luna", 3, (0, 0));
        check("Pedro Luna", "Ana Luna", 1, (1, 1));
        check("", "Ana Luna", 0, (0, 2));
    }
}
