//! Ledgers for tests, sealed and not.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses a part of it")]

use habeas_ledger::{
    Erasure, Ledger,
    seal::{Cost, Credential},
};
use habeas_model::{
    Digest, Entry,
    memory::{Forgotten, Reason, entry::Kept},
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// How often: `quick` times in the quick tests, as the variable `name` says in `cargo xtask soak`.
pub fn length(name: &str, quick: u32) -> u32 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(quick)
}

/// SplitMix64 (Steele, Lea and Flood 2014): what is random can be had again.
pub fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// What opens the sealed ledgers of the tests.
pub const PASSPHRASE: &str = "a passphrase of the tests";

pub fn key() -> Credential {
    Credential::Passphrase(Zeroizing::new(PASSPHRASE.to_owned()))
}

/// An empty sealed ledger, unlocked.
pub fn sealed(folder: &Path) -> Ledger {
    Ledger::create_sealed(folder, "first", &key(), Cost::LEAST).unwrap()
}

pub fn note(text: &str) -> Entry {
    Entry::Kept(Kept { name: "case.toml".to_owned(), text: text.to_owned() })
}

/// The same ledger with so many entries more, opened again.
pub fn filled(ledger: &Ledger, entries: u64) -> Ledger {
    let mut writer = ledger.writer().unwrap();
    for n in 1..=entries {
        let receipt = writer.append("a", n as i64 * 10, &[note(&n.to_string())]).unwrap();
        assert_eq!((receipt.first, receipt.last), (n, n));
    }
    reopened(ledger.folder())
}

pub fn reopened(folder: &Path) -> Ledger {
    let mut ledger = Ledger::open(folder).unwrap();
    if ledger.is_sealed() {
        ledger.unlock(&key()).unwrap();
    }
    ledger
}

/// Both sorts of ledger, each in a folder of its own.
pub fn both() -> Vec<(tempfile::TempDir, Ledger)> {
    let (plain, closed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ledgers = [Ledger::create(plain.path()).unwrap(), sealed(closed.path())];
    [plain, closed].into_iter().zip(ledgers).collect()
}

/// A copy of a folder.
pub fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for found in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(found.file_name());
        match found.path().is_dir() {
            true => copy_all(&found.path(), &target),
            false => drop(fs::copy(found.path(), target).unwrap()),
        }
    }
}

/// Every file under a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for found in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match found.path().is_dir() {
            true => all.extend(files(&found.path())),
            false => all.push(found.path()),
        }
    }
    all
}

/// A person is forgotten on request: these entries and these blobs.
pub fn erasure(entries: Vec<u64>, blobs: Vec<(Digest, Option<Vec<u8>>)>) -> Erasure {
    Erasure {
        what: Forgotten::Person,
        reason: Reason::Request,
        basis: "art. 1".to_owned(),
        entries,
        blobs,
        carried: Vec::new(),
        again: Vec::new(),
    }
}
