//! How many people a speaker says there are, kept exactly as vague as they left it.
//!
//! "At least five" must not become 5 on its way to a page: the missing words are the news.
//! So a [`Quantity`] never turns into an integer. It can only be confronted with the number
//! of people we can *name*, which is a floor: there may be more, there are never fewer.
//!
//! # Invariants
//! 1. A range never runs backwards: [`Quantity::between`] is the only way to make one.
//! 2. "About" and vague words bound nothing. How near is near, the `count` crate decides.
//! 3. To know nobody is no evidence that there is nobody: no names support no claim.

use crate::Error;
use serde::{Deserialize, Serialize};

/// A number of people, as claimed. "More than n" keeps n, the number that was said.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum Quantity {
    /// "116"; "none" is `Exact(0)`.
    Exact(u32),
    /// "about 50".
    About(u32),
    /// "at least 5".
    AtLeast(u32),
    /// "more than 400": 401 or more.
    MoreThan(u32),
    /// "at most 12".
    AtMost(u32),
    /// "fewer than 30": 29 or less.
    FewerThan(u32),
    /// "between 40 and 50", both included.
    #[non_exhaustive] // Other crates can read one but not write one down: see `between`.
    Between {
        /// The smaller bound.
        low: u32,
        /// The larger bound.
        high: u32,
    },
    /// The speaker's own word ("significant number"), with the floor that the word has in any mouth
    /// ("dozens": 24).
    Vague {
        /// The word, as said.
        word: String,
        /// The least that the word can mean, if it has one.
        floor: Option<u32>,
    },
}

/// What the people we can name say about a claim (`Open`: no list of names could support it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Names can neither support nor contradict it.
    Open,
    /// So many names are missing.
    ShortBy(u32),
    /// As many names as claimed.
    Supported,
    /// So many names too many.
    ContradictedBy(u32),
}

impl Quantity {
    /// "Between `low` and `high`", both included.
    pub fn between(low: u32, high: u32) -> Result<Quantity, Error> {
        if high < low {
            return Err(Error::Backwards(low, high)); // Invariant 1.
        }
        Ok(Quantity::Between { low, high })
    }

    /// A vague word with its floor.
    pub fn vague(word: impl Into<String>, floor: Option<u32>) -> Quantity {
        Quantity::Vague { word: word.into(), floor }
    }

    /// The bounds as the wire form gives them: least and most people that the words allow, `None`
    /// where open.
    /// "About" bounds nothing for [`Quantity::standing`], but its wire bounds are the number said.
    #[must_use]
    pub fn bounds(&self) -> (Option<u32>, Option<u32>) {
        match *self {
            Quantity::Exact(n) | Quantity::About(n) => (Some(n), Some(n)),
            Quantity::AtLeast(n) => (Some(n), None),
            Quantity::MoreThan(n) => (Some(n.saturating_add(1)), None),
            Quantity::AtMost(n) => (None, Some(n)),
            Quantity::FewerThan(n) => (None, Some(n.saturating_sub(1))),
            Quantity::Between { low, high } => (Some(low), Some(high)),
            Quantity::Vague { floor, .. } => (floor, None),
        }
    }

    /// The numbers that were said: "more than 400" has 400.
    #[must_use]
    pub fn numbers(&self) -> (Option<u32>, Option<u32>) {
        match *self {
            Quantity::Exact(n)
            | Quantity::About(n)
            | Quantity::AtLeast(n)
            | Quantity::MoreThan(n)
            | Quantity::AtMost(n)
            | Quantity::FewerThan(n) => (Some(n), None),
            Quantity::Between { low, high } => (Some(low), Some(high)),
            Quantity::Vague { .. } => (None, None),
        }
    }

    /// The quantity of a mode and the numbers that were said; a vague word has none.
    pub fn said(mode: &str, n: u32, high: Option<u32>) -> Result<Quantity, Error> {
        Ok(match mode {
            "exact" => Quantity::Exact(n),
            "approx" => Quantity::About(n),
            "at_least" => Quantity::AtLeast(n),
            "more_than" => Quantity::MoreThan(n),
            "at_most" => Quantity::AtMost(n),
            "fewer_than" => Quantity::FewerThan(n),
            "range" => Quantity::between(n, high.unwrap_or(n))?,
            word => return Err(Error::Word { kind: "Quantity", word: word.to_owned() }),
        })
    }

    /// The mode's name on the wire.
    #[must_use]
    pub fn mode(&self) -> &'static str {
        match self {
            Quantity::Exact(_) => "exact",
            Quantity::About(_) => "approx",
            Quantity::AtLeast(_) => "at_least",
            Quantity::MoreThan(_) => "more_than",
            Quantity::AtMost(_) => "at_most",
            Quantity::FewerThan(_) => "fewer_than",
            Quantity::Between { .. } => "range",
            Quantity::Vague { .. } => "vague",
        }
    }

    /// Confronts the claim with `named`, the number of people known by name.
    #[must_use]
    pub fn standing(&self, named: u32) -> Standing {
        let bounds = match self {
            Quantity::About(_) | Quantity::Vague { .. } => (0, u32::MAX), // Invariant 2.
            said => {
                let (low, high) = said.bounds();
                (low.unwrap_or(0), high.unwrap_or(u32::MAX))
            }
        };
        match bounds {
            (_, high) if high < named => Standing::ContradictedBy(named - high),
            (low, _) if named < low => Standing::ShortBy(low - named),
            (0, _) => Standing::Open, // Invariant 3.
            (_, _) => Standing::Supported,
        }
    }
}

/// `{"mode","lower","upper"[,"word"]}`, the form of a quantity on the wire.
#[derive(Clone, Serialize, Deserialize)]
struct Wire {
    mode: String,
    lower: Option<u32>,
    upper: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    word: Option<String>,
}

impl From<Quantity> for Wire {
    fn from(said: Quantity) -> Wire {
        let (lower, upper) = said.bounds();
        let mode = said.mode().to_owned();
        let word = match said {
            Quantity::Vague { word, .. } => Some(word),
            _ => None,
        };
        Wire { mode, lower, upper, word }
    }
}

impl TryFrom<Wire> for Quantity {
    type Error = Error;
    fn try_from(wire: Wire) -> Result<Quantity, Error> {
        let number = |bound: Option<u32>| {
            bound.ok_or_else(|| Error::Word { kind: "quantity", word: wire.mode.clone() })
        };
        match wire.mode.as_str() {
            "exact" => number(wire.upper).map(Quantity::Exact),
            "approx" => number(wire.upper).map(Quantity::About),
            "at_least" => number(wire.lower).map(Quantity::AtLeast),
            "more_than" => number(wire.lower).map(|n| Quantity::MoreThan(n.saturating_sub(1))),
            "at_most" => number(wire.upper).map(Quantity::AtMost),
            "fewer_than" => number(wire.upper).map(|n| Quantity::FewerThan(n.saturating_add(1))),
            "range" => Quantity::between(number(wire.lower)?, number(wire.upper)?),
            "vague" => Ok(Quantity::Vague {
                word: wire.word.clone().unwrap_or_default(),
                floor: wire.lower,
            }),
            _ => Err(Error::Word { kind: "quantity", word: wire.mode.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Quantity::*, Standing::*, *};

    #[track_caller]
    fn check(claim: Quantity, named: u32, expected: Standing) {
        assert_eq!(claim.standing(named), expected, "{claim:?}, {named} named");
    }

    #[test]
    fn names_are_a_floor() {
        check(Exact(5), 4, ShortBy(1));
        check(Exact(0), 0, Open); // A denial gains nothing from an empty list,
        check(Exact(0), 1, ContradictedBy(1)); // and falls to a single name.
        check(AtLeast(5), 4, ShortBy(1));
        check(AtLeast(5), 6, Supported);
        check(MoreThan(5), 5, ShortBy(1));
        check(AtMost(5), 5, Open); // Five names cannot show that there is no sixth.
        check(AtMost(5), 6, ContradictedBy(1));
        check(FewerThan(5), 5, ContradictedBy(1));
        check(About(5), 50, Open);
        check(Quantity::vague("a significant number", None), 800, Open);
        check(Quantity::between(5, 6).unwrap(), 5, Supported);
        check(Quantity::between(5, 5).unwrap(), 5, Supported);
        assert_eq!(Quantity::between(9, 5), Err(Error::Backwards(9, 5)));
    }

    #[test]
    fn the_wire_form_loses_nothing() {
        let vague = [Quantity::vague("dozens", Some(24)), Quantity::vague("many", None)];
        let range = Quantity::between(40, 50).unwrap();
        for said in
            [Exact(0), About(50), AtLeast(5), MoreThan(400), AtMost(12), FewerThan(30), range]
                .into_iter()
                .chain(vague)
        {
            let wire = serde_json::to_string(&said).unwrap();
            assert_eq!(serde_json::from_str::<Quantity>(&wire).unwrap(), said, "{wire}");
        }
        assert!(
            serde_json::from_str::<Quantity>(r#"{"mode":"range","lower":9,"upper":5}"#).is_err()
        );
    }
}
