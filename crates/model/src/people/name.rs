//! A person's name or number, which prints as `Name(..)` wherever it might leak (invariant 12).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that identifies a person: a name, an identity number, an address. `Debug` never shows
/// it and there
/// is no `Display`; whoever shows it must say so with [`Name::reveal`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name(Box<str>);

impl Name {
    /// Wraps the words as written.
    pub fn new(words: impl Into<Box<str>>) -> Name {
        Name(words.into())
    }

    /// The words themselves. Only for linking, and for `page`, which redacts.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_does_not_print() {
        assert_eq!(format!("{:?}", Some(Name::new("Milo Escandón"))), "Some(Name(..))");
    }
}
