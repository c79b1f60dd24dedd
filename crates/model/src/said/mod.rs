//! What is said: a claim, its parts, and where it is written.

pub mod claim;
pub mod frame;
pub mod population;
pub mod predicate;
pub mod quantity;
pub mod rejected;
pub mod span;
pub mod speaker;
pub mod when;

pub use claim::{Claim, ClaimId, Kind, Modality, Scope, Times};
pub use frame::{Frame, Metric, Unit};
pub use population::{AgeBand, Category, Gender, Nationality, Population};
pub use predicate::Predicate;
pub use quantity::{Quantity, Standing};
pub use rejected::{Failed, Rejected};
pub use span::{Place, Span};
pub use speaker::{Role, Speaker, SpeakerChain};
pub use when::When;
