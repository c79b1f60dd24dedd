//! Tables of people as any list has them: columns, what each means, and how it is compared.

pub mod check_digit;
pub mod column;
pub mod date;
pub mod guess;
pub mod settings;
pub mod size;
pub mod unite;

pub use column::{Column, Table};
pub use guess::guess;
pub use settings::{Block, Compare, Kind, LinkSettings, Wrong};
pub use unite::unite;
