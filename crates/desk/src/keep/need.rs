//! Who needs to know: documents that are closed to the roles that need not.

use super::role::Role;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// `[need-to-know]` of case.toml: paths under `inbox/`, each perhaps ending in `*`, and the roles
/// that may know what lies there. Where several fit a document, each must let a role in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NeedToKnow(BTreeMap<String, BTreeSet<Role>>);

impl NeedToKnow {
    /// Whether nothing is closed to anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paths that are closed to somebody.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What is closed to whoever has these roles; whoever has none knows nothing of it. A keeper
    /// keeps all of it.
    #[must_use]
    pub fn closed_to(&self, roles: &BTreeSet<Role>) -> Closed {
        if roles.contains(&Role::Keeper) {
            return Closed::default();
        }
        let closed = self.0.iter().filter(|(_, may)| may.is_disjoint(roles));
        Closed(closed.map(|(pattern, _)| pattern.clone()).collect())
    }
}

/// The paths that are closed to somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed(Arc<[String]>);

impl Closed {
    /// Whether all of the case is open to them.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a document of this name is.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|pattern| fits(pattern, name))
    }
}

/// Whether a path under `inbox/` is meant by a pattern, which may end in `*`.
#[must_use]
pub fn fits(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(roles: &[Role], name: &str, open: bool) {
        let need: NeedToKnow = toml::from_str(
            "\"families/*\" = [\"linker\"]\n\"families/a.csv\" = [\"reviewer\"]\n\"b.txt\" = []\n",
        )
        .unwrap();
        let closed = need.closed_to(&roles.iter().copied().collect());
        assert_eq!(!closed.has(name), open, "{roles:?} {name}");
    }

    #[test]
    fn a_document_is_open_to_the_roles_that_need_to_know() {
        use Role::{Keeper, Linker, Publisher, Reader, Reviewer};
        check(&[Linker], "families/b.csv", true);
        check(&[Reader, Linker], "families/b.csv", true);
        check(&[Reader, Reviewer, Publisher], "families/b.csv", false);
        check(&[Linker], "families/a.csv", false);
        check(&[Linker, Reviewer], "families/a.csv", true);
        check(&[], "families/b.csv", false);
        check(&[], "c.txt", true);
        check(&[Reader, Reviewer, Linker, Publisher], "b.txt", false);
        check(&[Keeper], "b.txt", true);
        assert!(NeedToKnow::default().closed_to(&BTreeSet::new()).is_nothing());
    }
}
