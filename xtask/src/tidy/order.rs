//! The crate order is law: a crate uses only crates above it in the workspace's `members`.

use anyhow::{Context as _, Result};
use toml::{Table, Value};

/// Checks the manifests against the order of the members.
pub fn check(root: &str, manifest: impl Fn(&str) -> Result<String>) -> Result<Vec<String>> {
    let root: Table = root.parse()?;
    let members = root["workspace"]["members"].as_array().context("`members` is no list")?;
    let members: Vec<&str> = members.iter().filter_map(Value::as_str).collect();
    let mut breaches = Vec::new();
    for (place, member) in members.iter().enumerate() {
        for used in uses(&manifest(member)?.parse()?) {
            let above = members[..place].iter().any(|other| name(other) == used);
            if !above {
                breaches.push(format!(
                    "{member}/Cargo.toml: uses `{used}`, which is not above it in `members`"
                ));
            }
        }
    }
    Ok(breaches)
}

fn name(member: &str) -> &str {
    member.rsplit('/').next().unwrap_or(member)
}

/// Our own crates that a manifest depends on, for building or for testing.
fn uses(manifest: &Table) -> Vec<String> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = tables.iter().filter_map(|table| manifest.get(*table)?.as_table());
    tables
        .flat_map(Table::keys)
        .filter_map(|key| key.strip_prefix("habeas-").map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_uses_only_what_is_above_it() {
        let root = "[workspace]\nmembers = [\"crates/model\", \"crates/claim\"]";
        let look_down = |member: &str| {
            Ok(if member.ends_with("model") {
                "[dev-dependencies]\nhabeas-claim.workspace = true"
            } else {
                ""
            }
            .to_owned())
        };
        let look_up = |member: &str| {
            Ok(if member.ends_with("claim") {
                "[dependencies]\nhabeas-model.workspace = true"
            } else {
                ""
            }
            .to_owned())
        };
        assert_eq!(check(root, look_down).unwrap().len(), 1);
        assert_eq!(check(root, look_up).unwrap().len(), 0);
    }
}
