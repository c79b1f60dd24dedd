//! Why two mentions may be one person: part by part, how it agrees and what that is worth.
//!
//! Weights are bits of evidence, log2(m/u) in the sense of Fellegi and Sunter (1969, section 2), as
//! the engine of [`crate::link`] learnt them from the mentions themselves.

use crate::link::names::{GivenLevel, SurnameLevel};
use serde::Serialize;

habeas_model::words! {
    /// What is compared.
    Part {
        /// Given names.
        Given = "given",
        /// Surnames.
        Surname = "surname",
        /// Identity number.
        Number = "number",
        /// Birth date.
        Born = "born",
        /// Day of arrest.
        Arrested = "arrested",
        /// Prison or place.
        Place = "place",
        /// Sex.
        Gender = "gender",
    }
}

habeas_model::words! {
    /// How a part agrees.
    Agreement {
        /// The same.
        Exact = "exact",
        /// Like each other: a slip, a missing second surname, an initial.
        Similar = "similar",
        /// Different.
        Differs = "differs",
        /// One side does not say.
        Missing = "missing",
    }
}

/// One part of a comparison. It never holds a name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// What was compared.
    pub part: Part,
    /// How it agrees.
    pub agreement: Agreement,
    /// Bits of evidence for (or, below zero, against) one person.
    pub weight: f64,
}

impl Agreement {
    /// What a level of the engine's comparison comes to. Neighbouring numbers are different ones:
    /// brothers are registered together.
    #[must_use]
    pub fn of(part: Part, level: usize) -> Agreement {
        if level == 0 {
            return Agreement::Missing;
        }
        let (exact, similar) = match part {
            Part::Surname => return surname(level),
            Part::Given => return given(level),
            Part::Number => (1, 2),
            Part::Born => (1, 4),
            Part::Arrested => (3, 4),
            Part::Place => (3, 7),
            Part::Gender => (3, 3),
        };
        if level <= exact {
            Agreement::Exact
        } else if level <= similar {
            Agreement::Similar
        } else {
            Agreement::Differs
        }
    }
}

fn surname(level: usize) -> Agreement {
    use SurnameLevel as L;
    match L::ALL.get(level) {
        Some(L::BothSame) => Agreement::Exact,
        Some(L::BothAlike | L::Swapped | L::OneSame | L::OneAlike | L::OneCrossed | L::Turned) => {
            Agreement::Similar
        }
        _ => Agreement::Differs,
    }
}

fn given(level: usize) -> Agreement {
    use GivenLevel as L;
    match L::ALL.get(level) {
        Some(L::AllSame | L::OnlySame) => Agreement::Exact,
        None | Some(L::Missing | L::Partly | L::Differs) => Agreement::Differs,
        Some(_) => Agreement::Similar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_as_people_say_them() {
        use Agreement::{Differs, Exact, Missing, Similar};
        for (part, level, expected) in [
            (Part::Surname, SurnameLevel::BothSame as usize, Exact),
            (Part::Surname, SurnameLevel::OneSame as usize, Similar),
            (Part::Surname, SurnameLevel::FirstOnly as usize, Differs),
            (Part::Given, GivenLevel::Nickname as usize, Similar),
            (Part::Given, GivenLevel::Partly as usize, Differs),
            (Part::Number, 3, Differs),
            (Part::Born, 2, Similar),
            (Part::Arrested, 3, Exact),
            (Part::Gender, 4, Differs),
            (Part::Place, 0, Missing),
        ] {
            assert_eq!(Agreement::of(part, level), expected, "{part} {level}");
        }
    }
}
