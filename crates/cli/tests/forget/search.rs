//! The search for a name in every form, byte by byte.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The name in all forms that a grep may meet: as written, surnames first, folded, transliterated,
/// in capitals; each in UTF-8 and UTF-16 of both byte orders.
pub fn forms() -> BTreeSet<Vec<u8>> {
    let written = [
        "Elvira Núñez Lira",
        "Núñez Lira Elvira",
        "Núñez Lira, Elvira",
        "Núñez Lira;Elvira",
        "Núñez Lira",
        "Núñez",
        "V-11.222.333",
        "11.222.333",
        "11222333",
    ];
    let mut forms = BTreeSet::new();
    for name in written {
        let plain = any_ascii::any_ascii(name);
        for name in [name, &plain] {
            for name in [name.to_owned(), name.to_lowercase(), name.to_uppercase()] {
                let units: Vec<u16> = name.encode_utf16().collect();
                forms.insert(units.iter().flat_map(|unit| unit.to_le_bytes()).collect());
                forms.insert(units.iter().flat_map(|unit| unit.to_be_bytes()).collect());
                forms.insert(name.into_bytes());
            }
        }
    }
    forms
}

/// One word as it is written.
pub fn of(word: &str) -> BTreeSet<Vec<u8>> {
    BTreeSet::from([word.as_bytes().to_vec()])
}

/// How often one of the forms stands in bytes.
pub fn hits(bytes: &[u8], forms: &BTreeSet<Vec<u8>>) -> usize {
    let pair = |bytes: &[u8]| usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
    let mut starts = vec![false; 1 << 16];
    forms.iter().for_each(|form| starts[pair(form)] = true);
    let at = bytes.windows(2).enumerate().filter(|(_, two)| starts[pair(two)]);
    at.filter(|(at, _)| forms.iter().any(|form| bytes[*at..].starts_with(form))).count()
}

/// Every file under a folder with its bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for found in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match found.path().is_dir() {
            true => all.extend(files(&found.path())),
            false => all.push((found.path(), fs::read(found.path()).unwrap())),
        }
    }
    all
}

/// Hits and bytes of a whole folder.
pub fn grep(folder: &Path, forms: &BTreeSet<Vec<u8>>) -> (usize, usize) {
    let all = files(folder);
    let found = all.iter().map(|(_, bytes)| hits(bytes, forms)).sum();
    (found, all.iter().map(|(_, bytes)| bytes.len()).sum())
}
