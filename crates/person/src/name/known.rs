//! Given names that are names of their own, however near another they are written.

use std::{collections::HashSet, sync::OnceLock};

/// The commonest given names of Spanish registers (INE, 2023 frequencies), and of other languages
/// those that lie one letter from another.
const NAMES: &str = include_str!("known.txt");

/// Whether both are well-known given names: "Marta" is no slip for "Maria".
#[must_use]
pub fn two_names(a: &str, b: &str) -> bool {
    static READ: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let known = READ.get_or_init(|| NAMES.split_whitespace().collect());
    a != b && known.contains(a) && known.contains(b)
}
