//! Names whose letters a computer broke: "MuÃ±oz", "Mu&ntilde;oz", "Mu?oz", "Mu oz", "Muoz".
//!
//! What can be undone is undone before the words are read (`misread.rs`, `escape.rs`); what is lost
//! stays as a hole, `?`, which stands for a letter with a mark (`hole.rs`). The name itself is kept
//! as it was given: only its words are read otherwise, and they say so by [`Damage`].

mod escape;
mod hole;
mod misread;
mod page;

pub use hole::{seam, written_off};

use super::{
    known,
    likeness::Likeness,
    word::{LONGEST, View},
};

/// What happened to the letters of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Nothing that can be seen.
    #[default]
    None,
    /// They were misread, and are read rightly.
    Repaired,
    /// Some are lost: `?` in the text.
    Holed,
}

/// How often one name may have been misread: once is common, twice happens, thrice was seen.
const ROUNDS: usize = 4;

/// The name as it was before it was misread, holes as `?`; none if nothing shows that it was.
#[must_use]
pub fn repaired(name: &str) -> Option<String> {
    let plain = name.is_ascii();
    if plain && !name.bytes().any(|byte| matches!(byte, b'&' | b'\\' | b'=' | b'%')) {
        return None;
    }
    if !plain && !misread::suspicious(name) && !name.contains(['&', '\\', '=', '%']) {
        return None;
    }
    // Each letter may have become five, or an entity.
    let given: String = name.chars().take(LONGEST * 8).collect();
    let mut now = given.clone();
    for _ in 0..ROUNDS {
        let Some(better) = escape::undone(&now).or_else(|| misread::undone(&now)) else { break };
        now = better;
    }
    let now = misread::holes(&now);
    (now != given).then_some(now)
}

/// How two words agree of which one was damaged or lost its marked letters; none where that says
/// nothing.
#[must_use]
pub fn likeness(a: View<'_>, b: View<'_>) -> Option<Likeness> {
    if a.damage == Damage::Holed || b.damage == Damage::Holed {
        if hole::fits(a.text, b.text, b.marks) || hole::fits(b.text, a.text, a.marks) {
            return Some(Likeness::Encoding);
        }
        // A hole and a slip beside it leave too little of a short word, and what ends in a hole may
        // be Mario and Maria.
        let short = a.text.len().max(b.text.len()) < 7;
        return (short || a.text.ends_with('?') || b.text.ends_with('?'))
            .then_some(Likeness::Differs);
    }
    let lost = written_off(a.text, b.text, b.marks) || written_off(b.text, a.text, a.marks);
    (lost && !known::two_names(a.text, b.text)).then_some(Likeness::Encoding)
}

#[cfg(test)]
mod tests;
