//! What every keeper of a sealed ledger must do, be it a file or a server.
#![allow(dead_code, reason = "not each test program has sealed ledgers")]

use super::{append, said};
use habeas_ledger::{
    Erasure, Error, KnownBy, Ledger,
    carry::{
        age::{Lock, Unlock},
        backup,
        lines::{self, Lines},
    },
    seal::{Cost, Credential, keyring},
    site::{Here, Site},
};
use habeas_model::{
    Digest,
    memory::{Forgotten, Reason},
};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Makes ledgers whose keys lie in a folder, and opens them again.
pub trait Keeper {
    /// Where the ledger of this folder is made.
    fn site(&self, folder: &Path) -> Box<dyn Site>;
    /// The ledger of this folder, opened anew, locked.
    fn open(&self, folder: &Path) -> Ledger;
}

fn words(words: &str) -> Credential {
    Credential::Passphrase(Zeroizing::new(words.to_owned()))
}

fn first() -> Credential {
    words("a passphrase of the tests")
}

fn unlocked(keeper: &dyn Keeper, folder: &Path) -> Ledger {
    let mut ledger = keeper.open(folder);
    ledger.unlock(&first()).unwrap();
    ledger
}

/// Runs all of it, and the laws of every ledger on sealed ones.
pub fn suite(keeper: &dyn Keeper) {
    let make = |folder: &Path| keeper.site(folder).sealed("first", &first(), Cost::LEAST).unwrap();
    super::suite(&make);
    for law in [locking, holding, forgetting, copying] {
        let folder = tempfile::tempdir().unwrap();
        drop(make(folder.path()));
        law(keeper, folder.path().to_owned());
    }
}

/// Without a key the chain can be checked, and nothing read or written.
fn locking(keeper: &dyn Keeper, folder: PathBuf) {
    let _ = append(&unlocked(keeper, &folder), 1, &["Hay 116 libres"]);
    let mut ledger = keeper.open(&folder);
    assert!(ledger.is_sealed() && ledger.is_locked());
    assert!(matches!(ledger.writer().err(), Some(Error::Locked(_))));
    assert!(matches!(ledger.present(KnownBy::Now), Err(Error::Locked(_))));
    let report = ledger.verify().unwrap();
    assert_eq!((report.entries, report.locked, report.faults), (1, true, vec![]));
    let row = ledger.row(1).unwrap().unwrap();
    assert!(!row.body.windows(6).any(|part| part == b"libres"));
    assert!(matches!(ledger.unlock(&words("another passphrase")), Err(Error::WrongKey(_))));
    ledger.unlock(&first()).unwrap();
    assert_eq!(said(&ledger, &row), "Hay 116 libres");
    let again = keeper.site(&folder).sealed("second", &first(), Cost::LEAST);
    assert!(matches!(again.err(), Some(Error::Carried { .. })), "it is never made twice");
}

/// Holders come, change their words and go; the last stays.
fn holding(keeper: &dyn Keeper, folder: PathBuf) {
    let ledger = unlocked(keeper, &folder);
    let _ = append(&ledger, 1, &["1"]);
    let file = keyring::make_key_file(&folder.join("second.key")).unwrap();
    let opens = |with: &Credential| keeper.open(&folder).unlock(with).is_ok();
    assert!(!opens(&file));
    ledger.add_holder("second", &file, Cost::LEAST).unwrap();
    assert!(opens(&file) && opens(&first()));
    let twice = ledger.add_holder("second", &file, Cost::LEAST);
    assert!(matches!(twice, Err(Error::Slot(_))));
    let other = words("other words of the tests");
    ledger.change_holder("first", &other, Cost::LEAST).unwrap();
    assert!(opens(&other) && !opens(&first()));
    let holders = keeper.open(&folder).holders().unwrap();
    assert_eq!(holders, [("first".to_owned(), true), ("second".to_owned(), false)]);
    ledger.remove_holder("first").unwrap();
    assert!(opens(&file) && !opens(&other));
    assert!(matches!(ledger.remove_holder("second"), Err(Error::Slot(_))));
    let mut again = keeper.open(&folder);
    again.unlock(&file).unwrap();
    assert_eq!(said(&again, &again.row(1).unwrap().unwrap()), "1");
}

fn erasure(entries: Vec<u64>, blob: Digest) -> Erasure {
    Erasure {
        what: Forgotten::Person,
        reason: Reason::Request,
        basis: "art. 1".to_owned(),
        entries,
        blobs: vec![(blob, None)],
        carried: Vec::new(),
        again: Vec::new(),
    }
}

/// What is erased is read by nobody any more, not by whoever had it open either; the rest is, and
/// the chain holds.
fn forgetting(keeper: &dyn Keeper, folder: PathBuf) {
    let (ledger, other) = (unlocked(keeper, &folder), unlocked(keeper, &folder));
    let blob = ledger.writer().unwrap().put_blob(b"a list").unwrap();
    let _ = append(&ledger, 1, &["1", "2", "3"]);
    let row = other.row(2).unwrap().unwrap();
    assert_eq!(said(&other, &row), "2");
    let before = ledger.head().unwrap();
    let mut pen = ledger.writer().unwrap();
    let erased = pen.erase(&ledger, "a", 9, &erasure(vec![2], blob)).unwrap();
    assert_eq!(erased.receipt.last, 4);
    drop(pen);
    other.present(KnownBy::Now).unwrap();
    for ledger in [&other, &ledger, &unlocked(keeper, &folder)] {
        assert_eq!(ledger.opened(&row).unwrap(), None);
        assert_eq!(said(ledger, &ledger.row(3).unwrap().unwrap()), "3");
        assert!(matches!(ledger.blob(&blob), Err(Error::Blob { what: "erased", .. })));
        assert_eq!(ledger.row(3).unwrap().unwrap().hash, before.hash);
        let report = ledger.verify().unwrap();
        assert_eq!((report.erased, report.faults), (1, vec![]));
    }
    assert_eq!(keeper.open(&folder).verify().unwrap().faults, []);
}

/// A backup and lines are the same ledger again; both come back in a folder.
fn copying(keeper: &dyn Keeper, folder: PathBuf) {
    let ledger = unlocked(keeper, &folder);
    let blob = ledger.writer().unwrap().put_blob(b"a list").unwrap();
    let _ = append(&ledger, 1, &["1", "2"]);
    let _ = ledger.writer().unwrap().erase(&ledger, "a", 9, &erasure(vec![1], blob)).unwrap();
    let _ = append(&ledger, 2, &["3"]);
    let head = ledger.head().unwrap();

    let out = tempfile::tempdir().unwrap();
    std::fs::write(folder.join("case.toml"), "title = \"x\"\n").unwrap();
    let (file, back) = (out.path().join("case.age"), out.path().join("back"));
    let own = age::x25519::Identity::generate();
    let (lock, unlock) = (Lock::Recipients(vec![own.to_public()]), Unlock::Identity(own));
    let made = backup::backup(&folder, &keeper.open(&folder), &lock, &file).unwrap();
    assert_eq!(made.head, head);
    assert_eq!(backup::restore(&file, &unlock, &back).unwrap().head, head);
    let mut restored = Ledger::open(&back.join("ledger")).unwrap();
    restored.unlock(&first()).unwrap();
    whole(&restored);

    let mut bytes = Vec::new();
    lines::export(&ledger, Path::new("lines"), &mut bytes).unwrap();
    let lines = Lines::read(Path::new("lines"), &*bytes).unwrap();
    let elsewhere = out.path().join("elsewhere");
    let site = Here::new(&elsewhere);
    let imported = lines.import(&site, "first", Some(&first()), Cost::LEAST).unwrap();
    assert_eq!(imported.head().unwrap(), head);
    whole(&imported);

    // And from the folder to where such ledgers are kept, without a key.
    let third = tempfile::tempdir().unwrap();
    let moved = backup::settle(&back.join("ledger"), &*keeper.site(third.path())).unwrap();
    assert_eq!(moved, head);
    let ledger = unlocked(keeper, third.path());
    whole(&ledger);
    let _ = append(&ledger, 3, &["4"]);
    assert_eq!(said(&ledger, &ledger.row(5).unwrap().unwrap()), "4");
    let again = backup::settle(&back.join("ledger"), &*keeper.site(third.path()));
    assert!(matches!(again, Err(Error::Carried { .. })), "nothing is overwritten");
}

/// The ledger of [`copying`].
fn whole(ledger: &Ledger) {
    assert_eq!(ledger.opened(&ledger.row(1).unwrap().unwrap()).unwrap(), None);
    assert_eq!(said(ledger, &ledger.row(4).unwrap().unwrap()), "3");
    assert_eq!(ledger.verify().unwrap().faults, []);
}
