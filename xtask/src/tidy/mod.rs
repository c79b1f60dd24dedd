//! `tidy`: the house rules that no compiler checks, each told with its place.

mod order;
mod papers;
mod sizes;
mod sources;

use anyhow::{Context as _, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A source file: its path from the root, with `/`, and its text.
pub struct Source {
    /// `crates/model/src/lib.rs`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// Checks every rule and tells of every breach.
pub fn tidy(root: &Path) -> Result<()> {
    eprintln!("== tidy");
    let sources = rust(root)?;
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).with_context(|| format!("cannot read `{name}`"))
    };
    let mut breaches =
        order::check(&read("Cargo.toml")?, |member| read(&format!("{member}/Cargo.toml")))?;
    breaches.extend(sources.iter().flat_map(sources::check));
    breaches.extend(sizes::check(&sources, &read("xtask/exceptions.toml")?)?);
    breaches.extend(papers::paths(&read("ARCHITECTURE.md")?, |path| root.join(path).exists()));
    breaches.extend(papers::words(&read("GLOSSARY.md")?, &sources));
    let texts = ["en", "es"].map(|lang| ftl(root, lang));
    breaches.extend(papers::problems(&sources, &texts));
    if breaches.is_empty() {
        return Ok(());
    }
    breaches.iter().for_each(|breach| eprintln!("{breach}"));
    bail!("{} breaches of the house rules\nhint: CONTRIBUTING.md has the rules", breaches.len())
}

/// Every Rust file of the workspace, by path.
fn rust(root: &Path) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    for top in ["crates", "xtask"] {
        gather(&root.join(top), "rs", &mut paths);
    }
    paths.sort();
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        let from_root =
            path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Ok(Source { path: from_root, text })
    };
    paths.into_iter().map(source).collect()
}

fn gather(folder: &Path, ending: &str, paths: &mut Vec<PathBuf>) {
    for found in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = found.path();
        if path.is_dir() && found.file_name() != "target" {
            gather(&path, ending, paths);
        } else if path.extension().is_some_and(|there| there == ending) {
            paths.push(path);
        }
    }
}

/// All words of a language.
fn ftl(root: &Path, lang: &str) -> String {
    let mut paths = Vec::new();
    gather(&root.join("crates/page/i18n").join(lang), "ftl", &mut paths);
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}
