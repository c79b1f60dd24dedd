//! Given names and surnames that are names of their own, however near another they are written.

use std::{collections::HashSet, sync::OnceLock};

/// The commonest given names and 500 surnames of Spanish registers (INE, 2023 frequencies), and of
/// other countries given names that lie one letter from another.
const NAMES: &str = include_str!("known.txt");

/// Whether both are well-known names: "Marta" is no slip for "Maria", nor "Moya" for "Mora".
#[must_use]
pub fn two_names(a: &str, b: &str) -> bool {
    static READ: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let known = READ.get_or_init(|| NAMES.split_whitespace().collect());
    a != b && known.contains(a) && known.contains(b)
}
