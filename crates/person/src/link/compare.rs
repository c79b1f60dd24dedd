//! Two rows compared, level by level, into one packed pattern.

use super::{
    names::{self, GivenLevel, Named, PARTED, SurnameLevel, WHOLE},
    rows::{Field, Rows},
    vocabulary::Memo,
};
use crate::{
    name::likeness::slips_allowed,
    table::{Kind, date::Day},
};
use rapidfuzz::distance::jaro_winkler;

/// Levels of all comparisons, four bits each from the lowest; from bit 48 on, bits of rarity of the
/// surnames (or whole name) and, from bit 56 on, of the given names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern(pub u64);

impl Pattern {
    /// Sets the level of a comparison.
    pub fn set(&mut self, comparison: usize, level: u8) {
        self.0 |= u64::from(level) << (4 * comparison);
    }

    /// The level of a comparison; 0 means that one side does not say.
    #[must_use]
    pub fn level(self, comparison: usize) -> usize {
        (self.0 >> (4 * comparison) & 15) as usize
    }

    /// Adds bits of rarity: 0 for surnames, 1 for given names.
    pub fn rare(&mut self, part: usize, half_bits: u32) {
        self.0 |= u64::from(half_bits.min(126) / 2) << (48 + 8 * part);
    }

    /// Bits of rarity.
    #[must_use]
    pub fn rarity(self, part: usize) -> f64 {
        (self.0 >> (48 + 8 * part) & 63) as f64
    }
}

impl Rows {
    /// How many comparisons a pattern holds.
    #[must_use]
    pub fn comparisons(&self) -> usize {
        self.name_comparisons() + self.fields.len()
    }

    /// How many of them are of names.
    #[must_use]
    pub fn name_comparisons(&self) -> usize {
        match self.named {
            Some(Named::Parted) => 2,
            Some(Named::Whole) => 1,
            None => 0,
        }
    }

    /// A level in words.
    #[must_use]
    pub fn level(&self, comparison: usize, level: usize) -> String {
        let said = |words: &[&str]| words.get(level).map_or(String::new(), |one| (*one).to_owned());
        match (self.named, comparison) {
            (Some(Named::Parted), 0) => {
                SurnameLevel::ALL.get(level).map(ToString::to_string).unwrap_or_default()
            }
            (Some(Named::Parted), 1) => {
                GivenLevel::ALL.get(level).map(ToString::to_string).unwrap_or_default()
            }
            (Some(Named::Whole), 0) => {
                names::WholeLevel::ALL.get(level).map(ToString::to_string).unwrap_or_default()
            }
            _ => match self.fields[comparison - self.name_comparisons()].kind {
                Kind::Number => said(&["missing", "same", "one-slip", "neighbours", "differs"]),
                Kind::Born => said(&[
                    "missing",
                    "same",
                    "day-month-swapped",
                    "two-of-three",
                    "year",
                    "near",
                    "differs",
                ]),
                Kind::Event => said(&[
                    "missing",
                    "same-rare-day",
                    "same-day",
                    "same-day-of-many",
                    "5-days",
                    "31-days",
                    "differs",
                ]),
                Kind::Text => said(&[
                    "missing",
                    "same-rare",
                    "same",
                    "same-common",
                    "first-word",
                    "crossed",
                    "alike",
                    "near",
                    "differs",
                ]),
                _ => said(&["missing", "same-rare", "same", "same-common", "differs"]),
            },
        }
    }

    /// Whether two rows look like brothers or sisters: they share surnames, all their given names
    /// are others, and they do not bear one number (a slip away is a twin's).
    #[must_use]
    pub fn siblings(&self, pattern: Pattern) -> bool {
        use SurnameLevel::{BothAlike, BothSame, OneAlike, OneSame, Swapped};
        let shared = [BothSame, BothAlike, Swapped, OneSame, OneAlike];
        let first = self.name_comparisons();
        let one = |(nth, field): (usize, &Field)| {
            field.kind == Kind::Number && pattern.level(first + nth) == 1
        };
        self.named == Some(Named::Parted)
            && shared.iter().any(|&level| pattern.level(0) == level as usize)
            && pattern.level(1) == GivenLevel::Differs as usize
            && !self.fields.iter().enumerate().any(one)
    }

    /// Whether two rows bear names that are not one: no surname, or no given name, in common.
    #[must_use]
    pub fn other_name(&self, pattern: Pattern) -> bool {
        use names::WholeLevel as Whole;
        let is = |nth: usize, levels: &[u8]| levels.contains(&(pattern.level(nth) as u8));
        match self.named {
            Some(Named::Parted) => {
                is(0, &[SurnameLevel::Differs as u8]) || is(1, &[GivenLevel::Differs as u8])
            }
            Some(Named::Whole) => is(
                0,
                &[Whole::TwoShared, Whole::SeveralDiffer, Whole::OneShared, Whole::Differs]
                    .map(|level| level as u8),
            ),
            None => false,
        }
    }

    /// Whether two rows are two people, whatever else they share: their numbers differ by more than
    /// a slip and their dates of birth, too; or they have no word of a name in common and no date
    /// of birth near, so that one number for both is a conflict, not a proof.
    #[must_use]
    pub fn contradict(&self, pattern: Pattern) -> bool {
        let first = self.name_comparisons();
        let levels = |kind: Kind| {
            let of = self.fields.iter().enumerate().filter(move |(_, field)| field.kind == kind);
            of.map(move |(nth, _)| pattern.level(first + nth))
        };
        let born_apart = levels(Kind::Born).any(|level| level >= 5);
        if levels(Kind::Number).any(|level| level >= 4) && born_apart {
            return true;
        }
        let born_near = levels(Kind::Born).any(|level| (1..5).contains(&level));
        let nothing = match self.named {
            Some(Named::Parted) => {
                pattern.level(0) == SurnameLevel::Differs as usize
                    && pattern.level(1) == GivenLevel::Differs as usize
            }
            Some(Named::Whole) => pattern.level(0) == names::WholeLevel::Differs as usize,
            None => false,
        };
        nothing && !born_near
    }

    /// The names of two rows.
    pub fn compare_names(&self, a: &[u32], b: &[u32], memo: &mut Memo) -> Pattern {
        let mut pattern = Pattern::default();
        let words = &self.vocabulary;
        match self.named {
            Some(Named::Parted) => {
                let [s, g] = PARTED;
                let (mut surnames, mut bits) =
                    names::surnames(&a[s.0..s.1], &b[s.0..s.1], words, memo);
                let (mut given, given_bits) =
                    names::givens(&a[g.0..g.1], &b[g.0..g.1], words, memo);
                let apart = given == GivenLevel::Differs as u8
                    && matches!(surnames, level if level == SurnameLevel::Differs as u8
                        || level == SurnameLevel::CrossedOnly as u8
                        || level == SurnameLevel::SecondOnly as u8);
                if apart && let Some(turned) = names::turned(a, b, words, memo) {
                    (surnames, bits) = (SurnameLevel::Turned as u8, turned);
                    given = GivenLevel::Missing as u8;
                }
                pattern.set(0, surnames);
                pattern.set(1, given);
                pattern.rare(0, bits);
                pattern.rare(1, if given == 0 { 0 } else { given_bits });
            }
            Some(Named::Whole) => {
                let (level, bits) =
                    names::whole(&a[WHOLE.0..WHOLE.1], &b[WHOLE.0..WHOLE.1], words, memo);
                pattern.set(0, level);
                pattern.rare(0, bits);
            }
            None => {}
        }
        pattern
    }

    /// One of the other comparisons.
    pub fn compare_field(&self, nth: usize, a: &[u32], b: &[u32], memo: &mut Memos) -> u8 {
        let field = &self.fields[nth];
        let (x, y) = (a[field.at], b[field.at]);
        match field.kind {
            Kind::Number => numbers(&a[field.at..field.at + 3], &b[field.at..field.at + 3]),
            Kind::Text => texts(field, a, b, &mut memo.texts[nth]),
            _ if x == 0 || y == 0 => 0,
            Kind::Born => born(x, y),
            Kind::Event => events(field, x, y),
            _ if x == y => field.classes[x as usize],
            _ => 4,
        }
    }

    /// All comparisons of two rows.
    pub fn compare(&self, a: &[u32], b: &[u32], memo: &mut Memos) -> Pattern {
        let mut pattern = self.compare_names(a, b, &mut memo.words);
        let first = self.name_comparisons();
        for nth in 0..self.fields.len() {
            pattern.set(first + nth, self.compare_field(nth, a, b, memo));
        }
        pattern
    }
}

/// What one thread remembers.
pub struct Memos {
    /// Pairs of words.
    pub words: Memo,
    /// Pairs of values, by comparison.
    pub texts: Vec<TextMemo>,
    /// Comparisons that are no name, the cheapest first, so that most pairs end before the dear.
    pub cheapest: Vec<usize>,
}

impl Memos {
    /// For the comparisons of some rows.
    #[must_use]
    pub fn new(rows: &Rows) -> Memos {
        let mut cheapest: Vec<usize> = (0..rows.fields.len()).collect();
        cheapest.sort_by_key(|&nth| match rows.fields[nth].kind {
            Kind::Number => 0,
            Kind::Born => 1,
            Kind::Text => 3,
            _ => 2,
        });
        Memos {
            cheapest,
            words: Memo::default(),
            texts: rows.fields.iter().map(|_| TextMemo::default()).collect(),
        }
    }
}

/// 1 the same, 2 one slip, 3 neighbours (only the last sign differs: numbers of twins are given out
/// together), 4 others.
fn numbers(a: &[u32], b: &[u32]) -> u8 {
    if a[0] == 0 || b[0] == 0 {
        return 0;
    }
    if a[0] == b[0] {
        return 1;
    }
    let whole = |cells: &[u32]| u64::from(cells[1]) | u64::from(cells[2]) << 32;
    let (x, y) = (whole(a), whole(b));
    let differ = x ^ y;
    let low = differ.trailing_zeros() / 4;
    let high = (63 - differ.leading_zeros().min(63)) / 4;
    if low == 0 && high == 0 {
        return 3;
    }
    if low == high && x != 0 && y != 0 {
        return 2;
    }
    let sign = |packed: u64, at: u32| packed >> (4 * at) & 15;
    let swapped = high == low + 1 && sign(x, low) == sign(y, high) && sign(x, high) == sign(y, low);
    if swapped { 2 } else { 4 }
}

/// 1 the day, 2 day and month swapped, 3 two of year, month and day, 4 the year where one side has
/// no more, 5 near, 6 others.
fn born(x: u32, y: u32) -> u8 {
    if x == y {
        return if x & 511 == 0 { 4 } else { 1 };
    }
    let (a, b) = (Day::unpacked(x), Day::unpacked(y));
    if a.month == 0 || b.month == 0 {
        return match a.year.abs_diff(b.year) {
            0 => 4,
            1 => 5,
            _ => 6,
        };
    }
    let equal = [a.year == b.year, a.month == b.month, a.day == b.day];
    match equal {
        [true, false, false] if a.month == b.day && a.day == b.month => 2,
        [true, true, false] | [true, false, true] => 3,
        [false, true, true] => {
            let apart = a.year.abs_diff(b.year);
            if apart == 1 || apart % 10 == 0 { 3 } else { 5 }
        }
        [true, ..] => 5,
        _ => 6,
    }
}

/// 1 a rare day, 2 a middling day, 3 a day of many, 4 up to 5 days apart, 5 up to 31, 6 others.
fn events(field: &Field, x: u32, y: u32) -> u8 {
    match x.abs_diff(y) {
        0 => field.classes[x as usize],
        1..=5 => 4,
        6..=31 => 5,
        _ => 6,
    }
}

/// 1 to 3 the same, rare to common; 4 the first word; 5 crossed; 6 and 7 alike; 8 others.
fn texts(field: &Field, a: &[u32], b: &[u32], memo: &mut TextMemo) -> u8 {
    let (x, y) = (a[field.at], b[field.at]);
    if x != 0 && x == y {
        return field.classes[x as usize];
    }
    if let Some(other) = field.crossed
        && ((x != 0 && x == b[other]) || (y != 0 && y == a[other]))
    {
        return 5;
    }
    if x == 0 || y == 0 {
        return 0;
    }
    if field.firsts[x as usize] == field.firsts[y as usize] {
        return 4;
    }
    let (x, y) = (x.min(y), x.max(y));
    if field.marks[x as usize].apart(field.marks[y as usize]) {
        return 8;
    }
    memo.of(x, y, || similar(field.values.get(x), field.values.get(y)))
}

/// What of a text bounds its Jaro similarity to others from above.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// One bit a letter.
    letters: u32,
    length: u32,
    first: u8,
}

impl Mark {
    /// Of a folded text.
    #[must_use]
    pub fn of(text: &str) -> Mark {
        let letters = text.bytes().fold(0_u32, |mask, letter| mask | 1 << (letter & 31));
        let length = text.len() as u32;
        Mark { letters, length, first: text.bytes().next().unwrap_or_default() }
    }

    /// Whether two texts cannot be alike, the one of the smaller number first.
    fn apart(self, other: Mark) -> bool {
        let (p, q) = (self.length as usize, other.length as usize);
        if (self.letters ^ other.letters).count_ones() as usize > (p + q) / 2 + slips_allowed(p) {
            return true;
        }
        // Letters that only one of them has are matched by none: of p letters m are matched at
        // most, and Jaro is (m/p + m/q + 1) / 3 at most. From one first letter on, Winkler adds to
        // what is over 0.7; without it 0.8 is Jaro's own.
        let alone = |mine: Mark, of: Mark| (mine.letters & !of.letters).count_ones() as usize;
        let m = p.saturating_sub(alone(self, other)).min(q.saturating_sub(alone(other, self)));
        let sum = m as f32 / p.max(1) as f32 + m as f32 / q.max(1) as f32;
        sum < if self.first == other.first { 1.099 } else { 1.399 }
    }
}

/// Jaro-Winkler at 0.92 and at 0.8 (Winkler 1990), as the peers cut it.
fn similar(p: &str, q: &str) -> u8 {
    match jaro_winkler::similarity(p.bytes(), q.bytes()) {
        near if near >= 0.92 => 6,
        near if near >= 0.8 => 7,
        _ => 8,
    }
}

/// Answers for pairs of values, the last one that fell on each of its places.
pub struct TextMemo(Vec<(u64, u8)>);

impl Default for TextMemo {
    fn default() -> TextMemo {
        TextMemo(vec![(0, 8); 1 << 14])
    }
}

impl TextMemo {
    fn of(&mut self, a: u32, b: u32, answer: impl FnOnce() -> u8) -> u8 {
        let key = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        let at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 50) as usize;
        if self.0[at].0 != key {
            self.0[at] = (key, answer());
        }
        self.0[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_birth() {
        let day = |text: &str| crate::table::date::read(text).unwrap().packed();
        for (a, b, expected) in [
            ("1984-03-05", "1984-03-05", 1),
            ("1984-03-05", "1984-05-03", 2),
            ("1984-03-05", "1984-03-15", 3),
            ("1984-03-05", "1985-03-05", 3),
            ("1984-03-05", "1984-01-01", 4),
            ("1984-03-05", "1984-09-21", 5),
            ("1984-03-05", "1961-09-21", 6),
        ] {
            assert_eq!(born(day(a), day(b)), expected, "{a} {b}");
        }
    }
}
