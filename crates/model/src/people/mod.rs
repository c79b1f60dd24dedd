//! The people spoken of: mentions as sources write them, and the register that decisions make of
//! them.

pub mod custody;
pub mod mention;
pub mod name;
pub mod register;

pub use custody::{Custody, Disclosure, Measure, ReleaseMode};
pub use mention::{Happening, Mention, MentionId};
pub use name::Name;
pub use register::{Carried, Conflict, Effect, Person, PersonId, Register, Warning};
