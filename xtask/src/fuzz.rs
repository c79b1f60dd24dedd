//! `fuzz`: bytes and words made to break the readers, target after target (libFuzzer, nightly).

use anyhow::{Context as _, Result, bail};
use std::{fs, path::Path, process::Command};
use toml::{Table, Value};

/// Seconds for each target in the short form.
pub const SHORT: u32 = 60;
/// Seconds for each target in the long form: twenty minutes.
pub const LONG: u32 = 1200;

/// Runs every target, or one, for so many seconds. The first finding ends it; the file that did it
/// lies in fuzz/artifacts, and becomes a test.
pub fn fuzz(root: &Path, seconds: u32, only: Option<&str>) -> Result<()> {
    let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).context("fuzz/Cargo.toml")?;
    let targets = targets(&manifest)?;
    if let Some(only) = only.filter(|only| !targets.iter().any(|name| name == only)) {
        bail!("no target `{only}`\nhint: there are {}", targets.join(", "));
    }
    for name in targets.iter().filter(|name| only.is_none_or(|only| only == *name)) {
        eprintln!("== fuzz: {name}, {seconds} s");
        let status = Command::new("cargo")
            // Safe Rust throughout: what is looked for is panics, hangs and hunger.
            .args(["+nightly", "fuzz", "run", "--sanitizer", "none", name, "--"])
            .args([&format!("-max_total_time={seconds}"), "-timeout=40", "-rss_limit_mb=2048"])
            .args(["-max_len=16384", "-verbosity=0"])
            .current_dir(root.join("fuzz"))
            .status()
            .context("cannot start `cargo fuzz`\nhint: rustup toolchain install nightly, cargo install cargo-fuzz --locked")?;
        if !status.success() {
            bail!(
                "target `{name}` found something\nhint: make a test of the file in fuzz/artifacts/{name}"
            );
        }
    }
    Ok(())
}

/// The names of the targets.
fn targets(manifest: &str) -> Result<Vec<String>> {
    let manifest: Table = manifest.parse()?;
    let bins = manifest["bin"].as_array().context("`bin` is no list")?;
    let names = bins.iter().filter_map(|bin| bin.get("name").and_then(Value::as_str));
    Ok(names.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_those_of_the_manifest() {
        let found = targets("[[bin]]\nname = \"html\"\n[[bin]]\nname = \"pdf\"\n").unwrap();
        assert_eq!(found, ["html", "pdf"]);
    }
}
