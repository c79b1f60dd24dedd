//! A sealed ledger tells nothing without its key, everything with it, and names what was changed.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod ledgers;

use habeas_ledger::{
    Error, KnownBy, Ledger,
    proof::LogKey,
    seal::{Cost, Credential, keyring, secrets},
};
use ledgers::{PASSPHRASE, filled, key, note, sealed};
use rusqlite::Connection;
use std::{fs, path::Path};
use zeroize::Zeroizing;

fn words(words: &str) -> Credential {
    Credential::Passphrase(Zeroizing::new(words.to_owned()))
}

fn unlocked(folder: &Path, credential: &Credential) -> Result<Ledger, Error> {
    let mut ledger = Ledger::open(folder)?;
    ledger.unlock(credential)?;
    Ok(ledger)
}

/// The first fault that `verify` names.
#[track_caller]
fn fault(folder: &Path) -> (String, String) {
    let report = unlocked(folder, &key()).unwrap().verify().unwrap();
    let first = report.faults.first().expect("it finds a fault");
    (first.place.clone(), first.what.clone())
}

#[test]
fn a_ledger_of_format_2_opens_for_ever() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/ledgers/v2");
    let copy = tempfile::tempdir().unwrap();
    ledgers::copy_all(&kept, copy.path());
    let expected = fs::read_to_string(kept.join("expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let number = |key: &str| expected[key].as_u64().unwrap();
    // By passphrase (Argon2id as people have it) and by key file.
    let passphrase = words(expected["passphrase"].as_str().unwrap());
    let file = keyring::key_file(&kept.join("second.key")).unwrap();
    for credential in [passphrase, file] {
        let ledger = unlocked(copy.path(), &credential).unwrap();
        let report = ledger.verify().unwrap();
        assert_eq!(report.faults, []);
        assert_eq!((report.entries, report.erased), (number("entries"), number("erased")));
        assert_eq!(report.head.hash.to_string(), expected["head"].as_str().unwrap());
        let present = ledger.present(KnownBy::Now).unwrap();
        let found = (present.documents.len() as u64, present.mentions.len() as u64);
        assert_eq!(found, (number("documents"), number("mentions")));
    }
}

#[test]
fn nothing_on_disk_says_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = sealed(folder.path());
    let mut writer = ledger.writer().unwrap();
    let _ = writer.append("a", 1, &[note("Elvira Rojas Lira")]).unwrap();
    let digest = writer.put_blob(b"Rojas Lira, Elvira").unwrap();
    assert_eq!(ledger.blob(&digest).unwrap(), b"Rojas Lira, Elvira");
    let told = [b"Elvira".to_vec(), b"Rojas".to_vec(), digest.to_string().into_bytes()];
    for file in ledgers::files(folder.path()) {
        let bytes = fs::read(&file).unwrap();
        let path = file.display().to_string();
        for word in &told {
            assert!(!bytes.windows(word.len()).any(|part| part == word), "{path}");
        }
        assert!(!path.contains(&digest.to_string()), "a digest is a guess that can be tried");
    }
}

#[test]
fn without_its_key_the_chain_is_checked_and_nothing_read() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&sealed(folder.path()), 5));
    let ledger = Ledger::open(folder.path()).unwrap();
    let report = ledger.verify().unwrap();
    assert!(report.locked && report.faults.is_empty() && report.entries == 5, "{report:?}");
    assert!(matches!(ledger.present(KnownBy::Now), Err(Error::Locked(_))));
    assert!(matches!(ledger.writer(), Err(Error::Locked(_))));
    let row = ledger.row(1).unwrap().unwrap();
    assert!(matches!(ledger.opened(&row), Err(Error::Locked(_))));
}

#[test]
fn a_wrong_passphrase_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(sealed(folder.path()));
    for wrong in ["", "correct horse", &PASSPHRASE.to_uppercase()] {
        assert!(matches!(unlocked(folder.path(), &words(wrong)), Err(Error::WrongKey(_))));
    }
    assert!(unlocked(folder.path(), &key()).is_ok());
}

#[test]
fn each_holder_has_a_key_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(&sealed(folder.path()), 2);
    let file = folder.path().join("second.key");
    let second = keyring::make_key_file(&file).unwrap();
    ledger.add_holder("second", &second, Cost::LEAST).unwrap();
    assert!(matches!(ledger.add_holder("second", &second, Cost::LEAST), Err(Error::Slot(_))));
    let read = keyring::key_file(&file).unwrap();
    assert_eq!(unlocked(folder.path(), &read).unwrap().present(KnownBy::Now).unwrap().position, 2);

    let other = words("another passphrase of hers");
    ledger.change_holder("first", &other, Cost::LEAST).unwrap();
    assert!(matches!(unlocked(folder.path(), &key()), Err(Error::WrongKey(_))));
    assert!(unlocked(folder.path(), &other).is_ok());

    ledger.remove_holder("first").unwrap();
    assert!(matches!(unlocked(folder.path(), &other), Err(Error::WrongKey(_))));
    assert!(matches!(ledger.remove_holder("second"), Err(Error::Slot(_))), "the last one stays");
    assert!(matches!(ledger.remove_holder("third"), Err(Error::Slot(_))));
    assert!(unlocked(folder.path(), &read).is_ok());
    assert!(keyring::make_key_file(&file).is_err(), "a key file is never overwritten");
    let short = ledger.add_holder("third", &words("too short"), Cost::LEAST);
    assert!(matches!(short, Err(Error::Slot(_))));
}

#[test]
fn a_keyring_that_is_lost_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&sealed(folder.path()), 2));
    let kept = fs::read(folder.path().join("seal.json")).unwrap();
    fs::remove_file(folder.path().join("seal.json")).unwrap();
    let mut ledger = Ledger::open(folder.path()).unwrap();
    assert!(ledger.is_locked());
    assert!(matches!(ledger.unlock(&key()), Err(Error::Disk { .. })));
    fs::write(folder.path().join("seal.json"), kept).unwrap();
    fs::remove_file(folder.path().join("ledger.sqlite")).unwrap();
    assert!(matches!(Ledger::create(folder.path()), Err(Error::Damaged { .. })));
}

#[test]
fn any_changed_byte_of_the_keyring_opens_nothing_and_panics_never() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&sealed(folder.path()), 1));
    let path = folder.path().join("seal.json");
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut bent = whole.clone();
        bent[at] ^= 1;
        fs::write(&path, &bent).unwrap();
        if let Ok(ledger) = unlocked(folder.path(), &key()) {
            assert_eq!(ledger.verify().unwrap().faults, [], "byte {at}: it opens as it was");
        }
        // The last byte is the end of the line.
        fs::write(&path, &whole[..at.min(whole.len() - 2)]).unwrap();
        assert!(unlocked(folder.path(), &key()).is_err(), "cut at {at}");
    }
}

#[test]
fn secrets_that_are_swapped_are_named() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&sealed(folder.path()), 4));
    let path = secrets::path(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    let (second, third) = (16 + 72, 16 + 144);
    for at in 0..72 {
        bytes.swap(second + at, third + at);
    }
    fs::write(&path, &bytes).unwrap();
    let (place, what) = fault(folder.path());
    assert_eq!(place, "entry 2");
    assert!(what.contains("was changed in the key table"), "{what}");
}

#[test]
fn a_key_table_that_ends_early_is_named() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&sealed(folder.path()), 4));
    let path = secrets::path(folder.path());
    let whole = fs::read(&path).unwrap();
    for (length, entry) in [(whole.len() - 1, 4), (16 + 72 + 5, 2), (16, 1)] {
        fs::write(&path, &whole[..length]).unwrap();
        let (place, what) = fault(folder.path());
        assert_eq!(place, format!("entry {entry}"));
        assert!(what.contains("is missing: the key table ends before it"), "{what}");
    }
    fs::write(&path, &whole[..7]).unwrap();
    assert!(matches!(unlocked(folder.path(), &key()), Err(Error::Damaged { .. })));
}

#[test]
fn a_secret_that_is_destroyed_without_a_tombstone_is_a_loss() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&sealed(folder.path()), 4));
    let path = secrets::path(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    bytes[16 + 72..16 + 144].fill(0);
    fs::write(&path, &bytes).unwrap();
    let (place, what) = fault(folder.path());
    assert_eq!((place.as_str(), what.contains("without a tombstone")), ("entry 2", true));
    let ledger = unlocked(folder.path(), &key()).unwrap();
    assert!(matches!(ledger.present(KnownBy::Now), Err(Error::Secret { .. })));
}

#[test]
fn bodies_that_are_swapped_are_named_even_if_the_chain_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&sealed(folder.path()), 3));
    let insider = Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    let body = |position: u64| -> Vec<u8> {
        let sql = "SELECT body FROM entry WHERE position = ?1";
        insider.query_row(sql, [position], |row| row.get(0)).unwrap()
    };
    // The sealed body of entry 2 under another kind, with leaf and chain computed for it.
    let body = body(2);
    insider.execute_batch("DROP TRIGGER entry_stays; DROP TRIGGER entry_remains;").unwrap();
    let before = Ledger::open(folder.path()).unwrap().row(1).unwrap().unwrap();
    let row = Ledger::open(folder.path()).unwrap().row(2).unwrap().unwrap();
    let leaf = habeas_ledger::chain::leaf(2, row.recorded_at, &row.author, "claim", &body);
    let link = habeas_ledger::chain::link(&before.hash, &leaf);
    let sql = "UPDATE entry SET kind = 'claim', leaf = ?1, chain = ?2 WHERE position = 2";
    insider.execute(sql, rusqlite::params![leaf.0, link.0]).unwrap();
    insider.execute_batch("DELETE FROM entry WHERE position = 3;").unwrap();
    let (place, what) = fault(folder.path());
    assert_eq!(place, "entry 2");
    assert!(what.contains("does not open what is kept"), "{what}");
}

#[test]
fn an_old_program_leaves_a_sealed_ledger_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(sealed(folder.path()));
    let database = Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    let format = database.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    assert_eq!(format.unwrap(), 2, "format 1 is what may be read without a key");
}

#[test]
fn who_has_the_disk_cannot_sign() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.key");
    let ledger = filled(&sealed(folder.path()), 3);
    let public = LogKey::of(&ledger).unwrap().public().to_owned();
    let kept = fs::read(&path).unwrap();
    assert!(kept.starts_with(b"SEALED ") && !kept.windows(7).any(|part| part == b"PRIVATE"));
    let locked = Ledger::open(folder.path()).unwrap();
    assert!(matches!(LogKey::of(&locked), Err(Error::Locked(_))));
    assert_eq!(locked.verify().unwrap().faults, []);
    // The box of another case opens nothing here.
    let other = tempfile::tempdir().unwrap();
    let stranger = sealed(other.path());
    LogKey::of(&stranger).unwrap();
    fs::copy(other.path().join("log.key"), &path).unwrap();
    assert!(matches!(LogKey::of(&ledger), Err(Error::Key(_))));
    assert_eq!(ledger.verify().unwrap().faults[0].place, "log.key");
    // One that an older program left in the open is good, and sealed when it next signs.
    let plain = tempfile::tempdir().unwrap();
    let open = Ledger::create(plain.path()).unwrap();
    let its = LogKey::of(&open).unwrap().public().to_owned();
    fs::copy(plain.path().join("log.key"), &path).unwrap();
    assert_eq!(ledger.verify().unwrap().faults, []);
    assert_eq!(LogKey::of(&ledger).unwrap().public(), its);
    assert!(fs::read(&path).unwrap().starts_with(b"SEALED "));
    assert_eq!(LogKey::of(&ledger).unwrap().public(), its);
    assert_ne!(its, public);
}
