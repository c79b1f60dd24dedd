//! What each member of a team may do.

pub use habeas_desk::keep::role::Role;

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

    /// Whether `role` has it. Everybody of the team reads; only a keeper keeps.
    #[must_use]
    pub fn is_of(self, role: Role) -> bool {
        match self {
            Right::Enter | Right::Read | Right::Counts | Right::Persons => true,
            Right::Reconcile => false, // Only by a token.
            Right::Review => matches!(role, Role::Reviewer | Role::Keeper),
            Right::Link => matches!(role, Role::Linker | Role::Keeper),
            Right::Publish => matches!(role, Role::Publisher | Role::Keeper),
            Right::Keep => role == Role::Keeper,
        }
    }
}
