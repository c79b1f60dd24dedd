//! What opens connections, and nothing else does besides `stamp`: each only when it is asked for,
//! each saying where it goes (invariant 14).

pub mod fetch;
mod robots;
pub mod second;
mod settings;
mod visit;
pub mod watch;

pub use robots::Robots;
pub use settings::{FetchSettings, LlmSettings, ReaderSettings, RobotsWish, WatchSettings};
pub use visit::{Answer, Visitor};
