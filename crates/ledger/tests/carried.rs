//! A ledger that was carried elsewhere is the same ledger; work that was brought home overwrites
//! nothing.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod acts;
mod ledgers;

use acts::Act;
use habeas_ledger::{
    Erasure, Error, KnownBy, Ledger,
    carry::{
        age::{Lock, Unlock},
        backup,
        lines::{self, Lines},
        merge::{Merged, questions},
    },
    seal::Cost,
    site::Here,
};
use habeas_model::{
    Entry, Review, Undo,
    memory::{Forgotten, Reason},
};
use ledgers::{key, sealed};
use proptest::prelude::*;
use std::{fs, path::Path};
use zeroize::Zeroizing;

fn exported(ledger: &Ledger) -> Vec<u8> {
    let mut out = Vec::new();
    lines::export(ledger, Path::new("lines"), &mut out).unwrap();
    out
}

fn read(bytes: &[u8]) -> Result<Lines, Error> {
    Lines::read(Path::new("lines"), bytes)
}

fn imported(bytes: &[u8], folder: &Path) -> Ledger {
    let lines = read(bytes).unwrap();
    let credential = lines.first.names.is_some().then(key);
    lines.import(&Here::new(folder), "first", credential.as_ref(), Cost::LEAST).unwrap()
}

fn merge(ours: &Ledger, theirs: &Ledger) -> Merged {
    let lines = read(&exported(theirs)).unwrap();
    ours.writer().unwrap().merge(ours, &lines, "field", 1).unwrap()
}

fn present(ledger: &Ledger) -> serde_json::Value {
    serde_json::to_value(ledger.present(KnownBy::Now).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Undone decisions and retractions are in the lines; what is made of them has the same chain
    /// and gives the same lines again.
    #[test]
    fn lines_make_the_same_ledger_again(history in acts::acts()) {
        for (_folder, ledger) in ledgers::both() {
            acts::play(&ledger, &mut ledger.writer().unwrap(), "a", &history);
            let (bytes, elsewhere) = (exported(&ledger), tempfile::tempdir().unwrap());
            let again = imported(&bytes, elsewhere.path());
            prop_assert_eq!(again.head().unwrap(), ledger.head().unwrap());
            prop_assert_eq!(present(&again), present(&ledger));
            prop_assert_eq!(again.verify().unwrap().faults, vec![]);
            prop_assert!(exported(&again) == bytes);
        }
    }

    /// Two that went their own ways and merge each other come to rest; a second merge changes
    /// nothing; what we had decided stands.
    #[test]
    fn merging_twice_changes_nothing(
        common in acts::acts(), ours in acts::acts(), theirs in acts::acts(), seal in any::<bool>()
    ) {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let home = if seal { sealed(here.path()) } else { Ledger::create(here.path()).unwrap() };
        acts::play(&home, &mut home.writer().unwrap(), "a", &common);
        let field = imported(&exported(&home), there.path());
        acts::play(&home, &mut home.writer().unwrap(), "a", &ours);
        acts::play(&field, &mut field.writer().unwrap(), "b", &theirs);
        let decided = |ledger: &Ledger| {
            let present = ledger.present(KnownBy::Now).unwrap();
            let rows = present.mentions.iter().filter(|one| one.decided.is_some());
            rows.map(|one| (one.it.id, one.review)).collect::<Vec<_>>()
        };
        let _ = decided(&home);
        merge(&home, &field);
        let (head, after) = (home.head().unwrap(), present(&home));
        let again = merge(&home, &field);
        prop_assert_eq!(again.carried, 0);
        prop_assert_eq!((home.head().unwrap(), present(&home)), (head, after));
        merge(&field, &home);
        let rest = merge(&home, &field);
        prop_assert_eq!(merge(&field, &home).carried, 0, "they come to rest");
        prop_assert_eq!(rest.questions, 0);
        prop_assert_eq!(home.verify().unwrap().faults, vec![]);
        prop_assert_eq!(field.verify().unwrap().faults, vec![]);
    }
}

/// Home and field read one list together; then each decides about its first row.
fn parted(ours: Act, theirs: Act) -> (tempfile::TempDir, tempfile::TempDir, Ledger, Ledger) {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let home = sealed(here.path());
    acts::play(&home, &mut home.writer().unwrap(), "a", &[Act::Read(2)]);
    let field = imported(&exported(&home), there.path());
    acts::play(&home, &mut home.writer().unwrap(), "ana", &[ours]);
    acts::play(&field, &mut field.writer().unwrap(), "ben", &[theirs]);
    (here, there, home, field)
}

fn review(ledger: &Ledger) -> Review {
    ledger.present(KnownBy::Now).unwrap().mentions[0].review
}

#[test]
fn a_conflict_is_a_question_and_ours_stands() {
    let (_here, _there, home, field) = parted(Act::Decide(0, true), Act::Decide(0, false));
    assert_eq!(merge(&home, &field).questions, 1);
    assert_eq!(review(&home), Review::Accepted);
    let open = questions(&home).unwrap();
    assert_eq!(open.len(), 1);
    let theirs = home.row(open[0].theirs).unwrap().unwrap();
    assert_eq!(theirs.author, "ben", "the author is kept");
    let undo = Entry::Undone(Undo { position: open[0].undo, reason: "they saw it".to_owned() });
    let _ = home.writer().unwrap().append("ana", 9, &[undo]).unwrap();
    assert_eq!(review(&home), Review::Refused, "theirs is taken");
    assert_eq!(questions(&home).unwrap(), []);
}

#[test]
fn a_question_is_answered_by_deciding_anew() {
    let (_here, _there, home, field) = parted(Act::Link(0, 1, true), Act::Link(0, 1, false));
    assert_eq!(merge(&home, &field).questions, 1);
    acts::play(&home, &mut home.writer().unwrap(), "ana", &[Act::Link(0, 1, true)]);
    assert_eq!(questions(&home).unwrap(), []);
}

#[test]
fn what_they_decided_on_what_they_knew_is_followed() {
    let (_here, _there, home, field) = parted(Act::Decide(1, true), Act::Decide(0, false));
    let merged = merge(&home, &field);
    assert_eq!((merged.carried, merged.questions), (1, 0));
    assert_eq!(review(&home), Review::Refused);
    let row = home.row(home.head().unwrap().position).unwrap().unwrap();
    let origin = habeas_ledger::carry::origin_of(&home.opened(&row).unwrap().unwrap()).unwrap();
    let there = field.row(origin.position).unwrap().unwrap();
    assert_eq!((origin.chain, origin.recorded_at), (there.hash, there.recorded_at));
}

fn erasure(entries: Vec<u64>, carried: Vec<habeas_model::Digest>) -> Erasure {
    Erasure {
        what: Forgotten::Person,
        reason: Reason::Request,
        basis: "art. 1".to_owned(),
        entries,
        blobs: Vec::new(),
        carried,
        again: Vec::new(),
    }
}

#[test]
fn what_was_erased_is_not_brought_back_and_lines_do_not_have_it() {
    let (_here, _there, home, field) = parted(Act::Decide(1, true), Act::Decide(0, false));
    merge(&home, &field);
    let last = home.head().unwrap().position;
    let row = home.row(last).unwrap().unwrap();
    let chain = habeas_ledger::carry::chain_of(&home.opened(&row).unwrap().unwrap()).unwrap();
    let erasure = erasure(vec![1, last], vec![chain]);
    let _ = home.writer().unwrap().erase(&home, "ana", 9, &erasure).unwrap();
    let merged = merge(&home, &field);
    assert_eq!(merged.carried, 0, "{merged:?}");
    let bytes = exported(&home);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(!text.contains("Surname0") && text.contains("Surname1"));
    let elsewhere = tempfile::tempdir().unwrap();
    let again = imported(&bytes, elsewhere.path());
    assert_eq!(again.head().unwrap(), home.head().unwrap());
    assert_eq!(again.verify().unwrap().faults, []);
    let there = merge(&field, &home).erased_there;
    assert_eq!(there, [1, 4], "the field is told of what was erased at home: {there:?}");
}

#[test]
fn a_changed_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledgers::filled(&Ledger::create(folder.path()).unwrap(), 3);
    let whole = String::from_utf8(exported(&ledger)).unwrap();
    let wrong = |text: &str| match read(text.as_bytes()) {
        Err(e) => e.to_string(),
        Ok(_) => String::new(),
    };
    assert!(wrong(&whole.replace("\"text\":\"2\"", "\"text\":\"7\"")).contains("line 3 is not"));
    let cut: Vec<&str> = whole.lines().take(3).collect();
    assert!(wrong(&cut.join("\n")).contains("line 4 is missing"));
    assert!(wrong("").contains("line 1 is missing"));
    assert!(wrong(&whole.replacen("lines 1", "lines 9", 1)).contains("another format"));
}

fn words(words: &str) -> Zeroizing<String> {
    Zeroizing::new(words.to_owned())
}

/// A key pair of age: fast, where a passphrase is slow on purpose.
fn pair() -> (Lock, Unlock) {
    let key = age::x25519::Identity::generate();
    (Lock::Recipients(vec![key.to_public()]), Unlock::Identity(key))
}

#[test]
fn a_backup_is_one_moment_while_others_write() {
    for closed in [false, true] {
        let case = tempfile::tempdir().unwrap();
        let folder = case.path().join("ledger");
        let ledger = if closed { sealed(&folder) } else { Ledger::create(&folder).unwrap() };
        let blob = ledger.writer().unwrap().put_blob(b"a list").unwrap();
        fs::write(case.path().join("case.toml"), "title = \"x\"\n").unwrap();
        let to = case.path().with_extension("age");
        let (lock, unlock) = pair();
        let stop = std::sync::atomic::AtomicBool::new(false);
        let made = std::thread::scope(|scope| {
            scope.spawn(|| {
                let mine = ledgers::reopened(&folder);
                let mut writer = mine.writer().unwrap();
                for n in 0.. {
                    if stop.load(std::sync::atomic::Ordering::Relaxed) {
                        break;
                    }
                    let _ = writer.append("a", n, &[ledgers::note("x")]).unwrap();
                }
            });
            let made = backup::backup(case.path(), &Ledger::open(&folder).unwrap(), &lock, &to);
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            made.unwrap()
        });
        let back = tempfile::tempdir().unwrap();
        let report = backup::restore(&to, &unlock, &back.path().join("case")).unwrap();
        assert_eq!((report.head, report.faults), (made.head, vec![]));
        let again = ledgers::reopened(&back.path().join("case/ledger"));
        assert_eq!(again.verify().unwrap().faults, []);
        assert_eq!(again.blob(&blob).unwrap(), b"a list");
        assert_eq!(again.present(KnownBy::Now).unwrap().position, made.head.position);
        assert!(back.path().join("case/case.toml").is_file());
        let taken = backup::restore(&to, &unlock, &back.path().join("case"));
        assert!(matches!(taken, Err(Error::Carried { .. })), "nothing is overwritten");
        fs::remove_file(to).unwrap();
    }
}

#[test]
fn a_backup_that_is_cut_or_not_ours_restores_nothing() {
    let case = tempfile::tempdir().unwrap();
    let folder = case.path().join("ledger");
    drop(ledgers::filled(&sealed(&folder), 3));
    let out = tempfile::tempdir().unwrap();
    let to = out.path().join("case.age");
    let (lock, unlock) = pair();
    backup::backup(case.path(), &Ledger::open(&folder).unwrap(), &lock, &to).unwrap();
    let whole = fs::read(&to).unwrap();
    let back = out.path().join("back");
    let restore = |unlock: &Unlock| backup::restore(&to, unlock, &back);
    assert!(matches!(restore(&pair().1), Err(Error::Carried { .. })));
    assert!(matches!(restore(&Unlock::Passphrase(words("x"))), Err(Error::Carried { .. })));
    for length in [0, 10, 150, whole.len() / 2, whole.len() - 1] {
        fs::write(&to, &whole[..length]).unwrap();
        assert!(restore(&unlock).is_err(), "cut at {length}");
        assert!(!back.exists());
    }
    let mut bent = whole.clone();
    let middle = whole.len() / 2;
    bent[middle] ^= 1;
    fs::write(&to, &bent).unwrap();
    assert!(restore(&unlock).is_err());
    fs::write(&to, &whole).unwrap();
    assert_eq!(restore(&unlock).unwrap().entries, 3);
}
