//! Which doubtful pairs to look at first: those whose decision would change most of what is
//! counted.
//!
//! Uncertain cases teach a reviewer's hour most (Lewis and Gale 1994, "A sequential algorithm for
//! training text classifiers", section 3); here an uncertain pair that moves no figure is worth
//! nothing, however uncertain. What is nearly sure is decided by rule, many at once.

use crate::{
    Asked, Line,
    people::{index::Index, named::Names},
};
use habeas_model::{Frame, Person, PersonId, Register};
use serde::Serialize;
use std::{cmp::Ordering, collections::HashMap};

/// Two persons of a register who may be one.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The two, as they are counted now.
    pub apart: [Person; 2],
    /// The person they would be.
    pub one: Person,
    /// The probability that they are one person.
    pub p: f64,
}

/// What deciding a pair would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Worth {
    /// Lines of the board for which more or fewer people could be named.
    pub lines: u32,
    /// How many more or fewer, over all these lines.
    pub named: u32,
    /// The same times how uncertain the decision is: 1 where either is as likely, 0 where one is
    /// sure.
    pub worth: f64,
}

impl Worth {
    /// The pair worth most comes first.
    #[must_use]
    pub fn before(&self, other: &Worth) -> Ordering {
        other.worth.total_cmp(&self.worth)
    }
}

/// What deciding each pair alone would change in the persons named for these lines, under the rule
/// and on the day of the question.
#[must_use]
pub fn worth(asked: &Asked<'_>, lines: &[Line], trials: &[Trial]) -> Vec<Worth> {
    let apart = trials.iter().flat_map(|trial| trial.apart.iter().cloned());
    let (apart, one) = (numbered(apart), numbered(trials.iter().map(|trial| trial.one.clone())));
    let apart = Index::of(&Asked { register: &apart, ..*asked });
    let one = Index::of(&Asked { register: &one, ..*asked });
    let (mut apart, mut one) = (Names::of(&apart), Names::of(&one));
    let mut frames: HashMap<Frame, u32> = HashMap::new();
    for line in lines.iter().filter(|line| line.named.is_some()) {
        *frames.entry(line.frame()).or_default() += 1;
    }
    let mut told = vec![Worth::default(); trials.len()];
    for (frame, lines) in frames {
        let mut off = vec![0_i32; trials.len()];
        who(&mut apart, &frame).into_iter().for_each(|row| off[row / 2] += 1);
        who(&mut one, &frame).into_iter().for_each(|row| off[row] -= 1);
        for (told, off) in told.iter_mut().zip(off).filter(|(_, off)| *off != 0) {
            told.lines += lines;
            told.named += lines * off.unsigned_abs();
        }
    }
    for (told, trial) in told.iter_mut().zip(trials) {
        told.worth = f64::from(told.named) * uncertainty(trial.p);
    }
    told
}

/// A register of these persons, each under the number of its row: one mention may stand in many.
fn numbered(persons: impl Iterator<Item = Person>) -> Register {
    let person = |(row, person)| Person { id: PersonId::from_bits(row), ..person };
    Register { persons: (0..).zip(persons).map(person).collect(), conflicts: Vec::new() }
}

/// The rows of those who fall in a frame.
fn who(names: &mut Names<'_>, frame: &Frame) -> Vec<usize> {
    let named = names.named(frame).unwrap_or_default(); // A line that names people is comparable.
    named.persons.ids().iter().map(|id| id.bits() as usize).collect()
}

/// Bits that a yes or no of probability `p` tells (Shannon 1948, section 6).
fn uncertainty(p: f64) -> f64 {
    let part = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
    part(p) + part(1.0 - p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board,
        sample::{asked, claim, present, register, rule, somebody},
    };

    /// Two people of these events; the lines that merging them would change, and by how many.
    #[track_caller]
    fn check(apart: [&[&str]; 2], p: f64, expected: (u32, u32, f64)) {
        let said = || claim("Ministry", 9).since("2026-01-08").as_of("2026-01-20");
        let present = present([
            said(),
            claim("Vigilia", 7).since("2026-01-08").as_of("2026-01-20").in_document(2),
            claim("Vigilia", 3).held("2026-01-20").in_document(2),
            said().with(|c| c.predicate = habeas_model::Predicate::AppliedAmnesty),
        ]);
        let apart = [somebody(1, apart[0]), somebody(2, apart[1])];
        let mut one = apart[0].clone();
        one.mentions.extend(apart[1].mentions.clone());
        let (register, rule) = (register(apart.to_vec()), rule("strict-monitor"));
        let asked = asked(&present, &register, &rule);
        let lines = board(&asked).lines;
        let told = worth(&asked, &lines, &[Trial { apart, one, p }])[0];
        assert_eq!((told.lines, told.named, told.worth), expected);
    }

    #[test]
    fn a_pair_is_worth_what_it_would_change_and_how_doubtful_it_is() {
        let (held, freed) =
            (["arrested 2025-05-02"], ["arrested 2025-05-02", "released 2026-01-10"]);
        check([&freed, &freed], 0.5, (2, 2, 2.0)); // One freed man, not two, on both bodies' lines.
        check([&held, &held], 0.5, (1, 1, 1.0));
        check([&held, &freed], 0.5, (1, 1, 1.0)); // He is not held: he is the one who was freed.
        check([&freed, &freed], 1.0, (2, 2, 0.0));
        check([&["arrested 2026-02-01"], &["arrested 2026-02-01"]], 0.5, (0, 0, 0.0)); // Later.
    }

    #[test]
    fn the_uncertain_pair_comes_first() {
        let of = |worth| Worth { worth, ..Worth::default() };
        assert_eq!(of(2.0).before(&of(1.0)), Ordering::Less);
        assert!(uncertainty(0.5) > uncertainty(0.9) && uncertainty(0.9) > uncertainty(0.999));
        assert!((uncertainty(0.1) - uncertainty(0.9)).abs() < 1e-12);
    }
}
