//! Names that share words with what was typed, put in order.

use super::{Hit, How, Matched, Search, reach::Reach};
use habeas_model::Name;

/// Names beyond those wanted that are looked at closely.
const CLOSELY: usize = 300;
/// Where one word is all that was typed, so many names that answer it alike are met at most: who
/// types one letter waits for no half of the register.
const SOLE: usize = 1 << 15;
/// Bits against, for a typed word that a name lacks: lists leave words out.
const UNANSWERED: f32 = -2.5;
/// Bits against, for a word of a name that was not typed.
const UNASKED: f32 = -0.8;
/// More bits against, where a name has another word in place of a typed one.
const CONFLICT: f32 = -3.0;
/// More bits against, for a surname of a name that was not typed, while one behind it was: people
/// leave out the second surname, hardly ever the first.
const FIRST_LEFT_OUT: f32 = -2.0;
/// Bits against, for each word out of order.
const TURNED: f32 = -0.4;
/// Parts of a bit that the first sieve counts.
const PARTS: f32 = 16.0;

/// One name against what was typed.
struct Weighed {
    name: u32,
    weight: f32,
    /// Reach, place in the name, and how.
    pairs: Vec<(usize, usize, How)>,
    unanswered: usize,
}

/// Names met so far.
struct Met {
    /// Parts of bits of each name, and in the lowest byte the last reach that gave some.
    sums: Vec<u32>,
    names: Vec<u32>,
}

impl Met {
    /// Gives some names parts of bits, unless the reach marked so gave them some already.
    fn add(&mut self, names: &[u32], parts: u32, mark: u32, new: bool) {
        for &name in names {
            let sum = &mut self.sums[name as usize];
            if *sum == 0 {
                if !new {
                    continue;
                }
                self.names.push(name);
            }
            if *sum & 255 != mark {
                *sum = ((*sum & !255) + (parts << 8)) | mark;
            }
        }
    }

    /// The parts that the last of the best so many names has; 0 while there are fewer.
    fn least_of_best(&self, most: usize) -> u32 {
        let mut counts = vec![0_usize; 1 << 12];
        for &name in &self.names {
            counts[(self.sums[name as usize] >> 8).min((1 << 12) - 1) as usize] += 1;
        }
        let mut best = 0;
        let above = |count: &usize| {
            best += count;
            best >= most
        };
        counts.iter().rev().position(above).map_or(0, |from_top| ((1 << 12) - 1 - from_top) as u32)
    }
}

fn parts(bits: f32) -> u32 {
    (bits.max(0.0) * PARTS).ceil() as u32
}

impl Search {
    /// The best names, one a person (invariant 2 of the module), in an order that depends on
    /// nothing else (invariant 1).
    pub(super) fn rank(&self, reaches: &[Reach], most: usize) -> Vec<Hit> {
        let asked = reaches.iter().filter(|reach| reach.typed.1 == 1).count();
        let sieved = self.sieve(reaches, most + CLOSELY);
        let mut weighed: Vec<Weighed> =
            sieved.into_iter().map(|name| self.weigh(name, reaches, asked)).collect();
        let person = |one: &Weighed| self.persons[one.name as usize];
        weighed.sort_by(|a, b| {
            b.weight.total_cmp(&a.weight).then((person(a), a.name).cmp(&(person(b), b.name)))
        });
        let mut seen = std::collections::HashSet::new();
        // A first letter, or another name one letter apart, finds nobody by itself.
        let enough = |&(nth, _, how): &(usize, usize, How)| {
            reaches[nth].initial || !matches!(how, How::Initial | How::Near)
        };
        weighed.retain(|one| one.pairs.iter().any(enough) && seen.insert(person(one)));
        weighed.truncate(most);
        weighed.into_iter().map(|one| self.hit(&one, reaches)).collect()
    }

    /// The names with the most bits, each word taken for itself. The words that tell most come
    /// first; once what is left could lift no new name among the best, it only adds to those that
    /// are met already (Turtle and Flood 1995, "max score").
    fn sieve(&self, reaches: &[Reach], most: usize) -> Vec<u32> {
        let alone = reaches.iter().all(|reach| reach.initial);
        let mut asked: Vec<&Reach> =
            reaches.iter().filter(|reach| alone || !reach.initial).collect();
        asked.sort_by(|a, b| b.bits().total_cmp(&a.bits()));
        let sole = asked.len() == 1;
        let mut left: f32 = asked.iter().map(|reach| reach.bits()).sum();
        let mut met = Met { sums: vec![0; self.persons.len()], names: Vec::new() };
        let mut least = 0;
        for (nth, reach) in asked.into_iter().enumerate() {
            let new = parts(left) >= least;
            for meaning in &reach.meanings {
                let names = self.bearers(&meaning.ranks);
                let names = if sole { &names[..names.len().min(SOLE)] } else { names };
                met.add(names, parts(meaning.bits), nth as u32 + 1, new);
            }
            left -= reach.bits();
            least = met.least_of_best(most);
        }
        let Met { sums, mut names } = met;
        names.retain(|&name| sums[name as usize] >> 8 >= least);
        if names.len() > most {
            names.select_nth_unstable_by_key(most, |&name| {
                (u32::MAX - (sums[name as usize] >> 8), self.name(name).len(), name)
            });
            names.truncate(most);
        }
        names
    }

    fn weigh(&self, name: u32, reaches: &[Reach], asked: usize) -> Weighed {
        let bears = self.name(name);
        let mut found = Vec::new();
        for (nth, reach) in reaches.iter().enumerate() {
            for (place, &rank) in bears.iter().enumerate() {
                let apart = (reach.typed.0 as f32 - place as f32).abs() / 100.0;
                if let Some((how, bits)) = reach.of(rank) {
                    found.push((bits - apart, bits, nth, place, how));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.2, a.3).cmp(&(b.2, b.3))));
        let (mut typed, mut borne) = (0_u32, 0_u32);
        let (mut weight, mut pairs) = (0.0, Vec::new());
        for (_, bits, nth, place, how) in found {
            let (first, count) = reaches[nth].typed;
            let of = ((1 << count) - 1) << first;
            if typed & of == 0 && borne & (1 << place) == 0 {
                typed |= of;
                borne |= 1 << place;
                weight += bits;
                pairs.push((nth, place, how));
            }
        }
        let unanswered = asked - typed.count_ones() as usize;
        let unasked = bears.len() - pairs.len();
        pairs.sort_unstable_by_key(|(nth, ..)| reaches[*nth].typed.0);
        let turned = pairs.windows(2).filter(|two| two[0].1 > two[1].1).count();
        let last = (0..bears.len()).rev().find(|place| borne & (1 << place) != 0);
        let left_out = (1..last.unwrap_or(0))
            .filter(|place| borne & (1 << place) == 0 && self.ends[bears[*place] as usize])
            .count();
        weight += FIRST_LEFT_OUT * left_out.min(unasked - unanswered.min(unasked)) as f32;
        weight += UNANSWERED * unanswered as f32
            + UNASKED * unasked as f32
            + CONFLICT * unanswered.min(unasked) as f32
            + TURNED * turned as f32;
        Weighed { name, weight, pairs, unanswered }
    }

    fn hit(&self, one: &Weighed, reaches: &[Reach]) -> Hit {
        let bears = self.name(one.name);
        let matched = one.pairs.iter().map(|&(nth, place, how)| Matched {
            typed: Name::new(reaches[nth].text.as_str()),
            found: Name::new(self.text(bears[place])),
            how,
        });
        Hit {
            person: self.persons[one.name as usize],
            weight: f64::from(one.weight),
            matched: matched.collect(),
            unanswered: one.unanswered,
        }
    }
}
