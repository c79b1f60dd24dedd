//! 100 columns; files at most 500 lines, functions at most 70, folders at most 12 files; the list of exceptions
//! may only shrink.

use super::Source;
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use toml::Table;

const LINES: usize = 500;
const FUNCTION: usize = 70;
const FILES: usize = 12;
const COLUMNS: usize = 100;

/// Checks sizes against the limits and the exceptions (`"path" = lines`, `"path::function" = lines`,
/// `"path::columns" = wide lines`).
pub fn check(sources: &[Source], exceptions: &str) -> Result<Vec<String>> {
    let exceptions: Table = exceptions.parse().context("xtask/exceptions.toml")?;
    let mut sizes = BTreeMap::new();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for source in sources {
        *folders
            .entry(source.path.rsplit_once('/').map_or("", |(folder, _)| folder))
            .or_default() += 1;
        sizes.insert(source.path.clone(), (source.text.lines().count(), LINES));
        // Lines that rustfmt cannot break (in macros and literals) are told of by their number; texts in quotes are not.
        let wide = |line: &&str| line.chars().count() > COLUMNS && !line.contains('"');
        sizes.insert(
            format!("{}::columns", source.path),
            (source.text.lines().filter(wide).count(), 0),
        );
        for (name, size) in functions(&source.text) {
            let key = format!("{}::{name}", source.path);
            let most = sizes.get(&key).map_or(0, |(size, _): &(usize, usize)| *size);
            sizes.insert(key, (size.max(most), FUNCTION));
        }
    }
    sizes.extend(folders.into_iter().map(|(folder, files)| (format!("{folder}/"), (files, FILES))));
    let mut breaches = Vec::new();
    for (key, (size, limit)) in &sizes {
        let allowed = exceptions.get(key).and_then(toml::Value::as_integer).map(|n| n as usize);
        match allowed {
            None if size > limit => breaches.push(format!("{key}: {size}, more than {limit}")),
            Some(allowed) if *size > allowed => {
                breaches.push(format!("{key}: {size}, more than its exception of {allowed}"))
            }
            Some(allowed) if *size < allowed => {
                breaches.push(format!(
                    "{key}: {size} now; shrink its exception of {allowed} in xtask/exceptions.toml"
                ));
            }
            _ => {}
        }
    }
    let stale = exceptions.keys().filter(|key| !sizes.contains_key(*key));
    breaches
        .extend(stale.map(|key| format!("{key}: is gone; take it out of xtask/exceptions.toml")));
    Ok(breaches)
}

/// Names and lengths of functions, by the indentation that rustfmt gives them.
fn functions(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize, usize)> = None;
    for (at, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if open.is_none() {
            let name = line
                .split_once("fn ")
                .filter(|(before, _)| before.trim().split(' ').all(is_modifier));
            let name = name.map(|(_, rest)| {
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
            });
            open = name.map(|name| (name, indent, at));
        }
        if let Some((name, depth, start)) = &open {
            let ends = line.trim_end() == format!("{}}}", " ".repeat(*depth))
                || (at == *start && line.ends_with('}'));
            if ends || line.ends_with(';') && indent == *depth {
                found.push((name.clone(), at - start + 1));
                open = None;
            }
        }
    }
    found
}

fn is_modifier(word: &str) -> bool {
    word.is_empty()
        || word.starts_with("pub")
        || ["const", "async", "unsafe", "extern"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_exceptions() {
        let long = format!("fn long() {{\n{}}}\nfn short() {{}}\n", "    a();\n".repeat(80));
        assert_eq!(functions(&long), [("long".to_owned(), 82), ("short".to_owned(), 1)]);
        let source = [Source { path: "a/b.rs".to_owned(), text: long }];
        assert_eq!(check(&source, "").unwrap().len(), 1);
        assert_eq!(check(&source, "\"a/b.rs::long\" = 82").unwrap().len(), 0);
        assert_eq!(
            check(&source, "\"a/b.rs::long\" = 90").unwrap().len(),
            1,
            "an exception may only shrink"
        );
        assert_eq!(
            check(&source, "\"a/b.rs::long\" = 82\n\"a/c.rs\" = 600").unwrap().len(),
            1,
            "gone"
        );
    }
}
