//! What each member of a team may do.

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

/// What a page takes to be shown, or a form to be acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Nothing: the door itself, before anybody has signed in.
    Enter,
    /// To see what the team sees.
    Read,
    /// To be told numbers, as a program.
    Counts,
    /// To be told of persons and documents, as a program.
    Persons,
    /// To have names matched with the register.
    Reconcile,
    /// To decide on claims, and to receive documents.
    Review,
    /// To decide who is one person.
    Link,
    /// To give something out.
    Publish,
    /// To change who belongs to the team.
    Keep,
}

impl Right {
    /// Its word, in the description of what programs may ask.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Right::Enter => "enter",
            Right::Read => "read",
            Right::Counts => "read:counts",
            Right::Persons => "read:persons",
            Right::Reconcile => "reconcile",
            Right::Review => "review",
            Right::Link => "link",
            Right::Publish => "publish",
            Right::Keep => "keep",
        }
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 5] =
        [Role::Reader, Role::Reviewer, Role::Linker, Role::Publisher, Role::Keeper];

    /// Its word: on the command line, in the file, and in the keys of what is shown.
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

    /// Whether it is enough for `right`. Everybody of the team reads; only a keeper keeps.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::Enter | Right::Read | Right::Counts | Right::Persons => true,
            Right::Reconcile => false, // Only by a token.
            Right::Review => matches!(self, Role::Reviewer | Role::Keeper),
            Right::Link => matches!(self, Role::Linker | Role::Keeper),
            Right::Publish => matches!(self, Role::Publisher | Role::Keeper),
            Right::Keep => self == Role::Keeper,
        }
    }
}

impl FromStr for Role {
    type Err = Error;
    fn from_str(word: &str) -> Result<Role, Error> {
        let found = Role::ALL.into_iter().find(|role| role.word() == word);
        found.ok_or_else(|| Error::Account(format!("there is no role `{word}`")))
    }
}
