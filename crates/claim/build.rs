//! Which lexicon files there are: every `lexicon/LANG/*.toml` and the shared `lexicon/*.toml`.
//! A new language is a new folder; nothing in Rust names it.

#![allow(clippy::disallowed_methods)] // A build script reads and writes files.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lexicon");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    list(&root, &root, &mut files);
    files.sort();
    let mut code = String::from("&[\n");
    for (lang, name, path) in &files {
        println!("cargo::rerun-if-changed={path}");
        writeln!(code, "    ({lang:?}, {name:?}, include_str!({path:?})),").expect("a string");
    }
    code.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("lexicon_files.rs");
    fs::write(out, code).expect("the build folder can be written");
}

fn list(root: &Path, folder: &Path, files: &mut Vec<(String, String, String)>) {
    for entry in fs::read_dir(folder).expect("the lexicon folder can be read") {
        let path = entry.expect("the lexicon folder can be read").path();
        if path.is_dir() {
            list(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let inside = path.strip_prefix(root).expect("under the root");
            let lang = inside.parent().and_then(Path::to_str).unwrap_or_default().to_owned();
            files.push((lang, inside.display().to_string(), path.display().to_string()));
        }
    }
}
