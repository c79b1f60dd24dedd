//! What somebody is for the team that works on a case.

use crate::Error;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What somebody is for the team; one may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads what the team sees.
    Reader,
    /// Receives documents, and accepts, edits and refuses what was read in them.
    Reviewer,
    /// Decides who is one person.
    Linker,
    /// Gives out what the public may see.
    Publisher,
    /// Keeps the case: everything, and the accounts.
    Keeper,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 5] =
        [Role::Reader, Role::Reviewer, Role::Linker, Role::Publisher, Role::Keeper];

    /// Its word: on the command line, in files, and in the keys of what is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Reviewer => "reviewer",
            Role::Linker => "linker",
            Role::Publisher => "publisher",
            Role::Keeper => "keeper",
        }
    }
}

impl FromStr for Role {
    type Err = Error;
    fn from_str(word: &str) -> Result<Role, Error> {
        let found = Role::ALL.into_iter().find(|role| role.word() == word);
        found.ok_or_else(|| Error::NoRole(word.to_owned()))
    }
}
