//! An erasure has a moment before and a moment after; the chain holds in both.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod acts;
mod ledgers;

use acts::Act;
use habeas_ledger::{
    Erasure, Error, KnownBy, Ledger,
    seal::{secrets, shelf},
};
use habeas_model::{
    Digest, Entry, MentionId, Review, Subject,
    memory::{Erased, Forgotten, Reason},
};
use ledgers::{erasure, length, reopened, sealed};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Three rows of a list, read, with their evidence.
fn listed(folder: &Path) -> (Ledger, Digest) {
    let ledger = sealed(folder);
    let mut writer = ledger.writer().unwrap();
    let blob = writer.put_blob(b"Surname0;Name0\nSurname1;Name1\n").unwrap();
    acts::play(&ledger, &mut writer, "a", &[Act::Read(3), Act::Decide(1, true)]);
    (ledger, blob)
}

fn rows(ledger: &Ledger, known_by: KnownBy) -> usize {
    ledger.present(known_by).unwrap().mentions.len()
}

#[test]
fn the_rest_of_a_list_survives_at_every_known_by() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, _) = listed(folder.path());
    let before = ledger.head().unwrap();
    let _ = ledger.writer().unwrap().erase(&ledger, "a", 9, &erasure(vec![1], vec![])).unwrap();
    for ledger in [reopened(folder.path()), ledger] {
        assert_eq!(rows(&ledger, KnownBy::Now), 2);
        assert_eq!(rows(&ledger, KnownBy::Position(before.position)), 2, "the past has it neither");
        let report = ledger.verify().unwrap();
        assert_eq!((report.faults, report.erased), (vec![], 1));
        let same = ledger.row(before.position).unwrap().unwrap();
        assert_eq!(same.hash, before.hash, "the chain of before holds");
    }
    let locked = Ledger::open(folder.path()).unwrap().verify().unwrap();
    assert_eq!((locked.faults, locked.erased), (vec![], 1), "without a key, too");
}

#[test]
fn a_secret_is_overwritten_where_it_lay() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, _) = listed(folder.path());
    let path = secrets::path(folder.path());
    let before = fs::read(&path).unwrap();
    let _ = ledger.writer().unwrap().erase(&ledger, "a", 9, &erasure(vec![2], vec![])).unwrap();
    let after = fs::read(&path).unwrap();
    // Record 0 is the evidence's; entry 2 has record 2.
    let record = |n: usize| 16 + 72 * n..16 + 72 * (n + 1);
    assert!(after[record(2)].iter().all(|&byte| byte == 0));
    assert_eq!(after[record(1)], before[record(1)]);
    let gone = &before[record(2)][24..];
    for file in ledgers::files(folder.path()) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(gone.len()).any(|part| part == gone), "{}", file.display());
    }
}

#[test]
fn an_erasure_that_was_cut_off_is_ended_by_the_next_writer() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, blob) = listed(folder.path());
    let keys = shelf::name_of(&ledger, &blob).unwrap();
    // The tombstone is there, and the process died before anything else.
    let tombstone = Erased {
        what: Forgotten::Document,
        reason: Reason::Mistake,
        basis: "art. 1".to_owned(),
        entries: vec![(1, 5)],
        blobs: vec![habeas_model::memory::ErasedBlob { name: keys, masked: None }],
        carried: Vec::new(),
    };
    let _ = ledger.writer().unwrap().append("a", 9, &[Entry::Erased(tombstone)]).unwrap();
    let ledger = reopened(folder.path());
    let faults = ledger.verify().unwrap().faults;
    assert!(faults[0].what.contains("erased and its secret still there"), "{faults:?}");
    assert!(ledger.blob(&blob).is_ok());
    drop(ledger.writer().unwrap());
    assert_eq!(ledger.verify().unwrap().faults, []);
    assert_eq!(rows(&ledger, KnownBy::Now), 0);
    assert!(matches!(ledger.blob(&blob), Err(Error::Blob { what: "erased", .. })));
}

#[test]
fn a_masked_document_is_what_the_tombstone_says() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, blob) = listed(folder.path());
    let mut writer = ledger.writer().unwrap();
    let first = b"########;#####\nSurname1;Name1\n".to_vec();
    let _ = writer.erase(&ledger, "a", 9, &erasure(vec![1], vec![(blob, Some(first.clone()))]));
    assert_eq!(ledger.blob(&blob).unwrap(), first);
    assert!(ledger.is_erased(&blob).unwrap());
    let second = b"########;#####\n########;#####\n".to_vec();
    let _ = writer.erase(&ledger, "a", 9, &erasure(vec![2], vec![(blob, Some(second.clone()))]));
    assert_eq!(ledger.blob(&blob).unwrap(), second);
    assert_eq!(reopened(folder.path()).blob(&blob).unwrap(), second);
    let blobs = ledgers::files(&folder.path().join("blobs"));
    assert_eq!(blobs.len(), 1, "the older mask is gone, too");
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn what_is_not_sealed_is_not_erased() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledgers::filled(&Ledger::create(folder.path()).unwrap(), 2);
    let refused = ledger.writer().unwrap().erase(&ledger, "a", 9, &erasure(vec![1], vec![]));
    assert!(matches!(refused, Err(Error::NotSealed(_))));
    assert_eq!(ledger.head().unwrap().position, 2);
}

#[test]
fn what_is_said_again_takes_the_place_of_what_was_erased() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, _) = listed(folder.path());
    let mut plain = acts::mention(1);
    plain.span.prefix = "without the other's name".to_owned();
    let said = habeas_ledger::Said {
        author: "reader/3".to_owned(),
        kind: "mention".to_owned(),
        body: Entry::Mention(Box::new(plain.clone())).body(),
    };
    let asked = Erasure { again: vec![said], ..erasure(vec![1, 2], vec![]) };
    let _ = ledger.writer().unwrap().erase(&ledger, "a", 9, &asked).unwrap();
    let present = ledger.present(KnownBy::Now).unwrap();
    assert_eq!(present.mentions.len(), 2);
    let again = present.mentions.iter().find(|one| one.it.id == plain.id).unwrap();
    assert_eq!(again.it, plain);
    assert!(again.decided.is_some(), "what was decided about it still stands");
    assert_eq!(ledger.verify().unwrap().faults, []);
}

/// A step of a history in which things are forgotten, too.
#[derive(Clone, Copy, Debug)]
enum Step {
    Act(Act),
    /// Erases the entry so far back.
    Erase(u64),
    /// The same, and the process dies once the tombstone is there.
    CutOff(u64),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => acts::act().prop_map(Step::Act),
        2 => (0..12_u64).prop_map(Step::Erase),
        1 => (0..12_u64).prop_map(Step::CutOff),
        1 => Just(Step::Reopen),
    ]
}

/// What the mentions come to, by the simplest means: entries in a list, erased ones absent.
fn modelled(entries: &[Option<Entry>]) -> BTreeMap<MentionId, Review> {
    let mut undone = BTreeSet::new();
    for (at, entry) in entries.iter().enumerate().rev() {
        if let Some(Entry::Undone(undo)) = entry
            && !undone.contains(&(at as u64 + 1))
        {
            undone.insert(undo.position);
        }
    }
    let (mut ever, mut pending) = (BTreeSet::new(), Vec::new());
    let (mut current, mut decided) = (BTreeSet::new(), BTreeMap::new());
    for (entry, position) in entries.iter().zip(1..) {
        match entry {
            _ if undone.contains(&position) => {}
            Some(Entry::Mention(mention)) => pending.push(mention.id),
            Some(Entry::Read(_)) => {
                ever.extend(&pending);
                current = pending.drain(..).collect();
            }
            Some(Entry::Decided(decision)) => {
                decided.insert(decision.subject, decision.review);
            }
            _ => {}
        }
    }
    let review = |id: &MentionId| decided.get(&Subject::Mention(*id)).copied();
    let stands = ever.into_iter().filter(|id| current.contains(id) || review(id).is_some());
    stands.map(|id| (id, review(&id).unwrap_or(Review::Unreviewed))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(length("HABEAS_HISTORIES", 32)))]

    /// Random histories of reading, deciding, undoing, erasing, dying in between and opening again
    /// come to what the model says, and verify at every step.
    #[test]
    fn a_history_with_erasures_is_what_a_simple_model_says(
        steps in proptest::collection::vec(step(), 1..14)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = sealed(folder.path());
        let mut model: Vec<Option<Entry>> = Vec::new();
        for step in steps {
            match step {
                Step::Act(act) => {
                    acts::play(&ledger, &mut ledger.writer().unwrap(), "a", &[act]);
                }
                Step::Reopen => ledger = reopened(folder.path()),
                Step::Erase(back) | Step::CutOff(back) => {
                    let position = (model.len() as u64).saturating_sub(back);
                    let erasable = position > 0 && matches!(
                        model[position as usize - 1],
                        Some(Entry::Mention(_) | Entry::Decided(_) | Entry::Linked(_))
                    );
                    if !erasable {
                        continue;
                    }
                    let mut writer = ledger.writer().unwrap();
                    if matches!(step, Step::Erase(_)) {
                        let asked = erasure(vec![position], vec![]);
                        let _ = writer.erase(&ledger, "a", 1, &asked).unwrap();
                    } else {
                        let tombstone = Erased {
                            what: Forgotten::Person,
                            reason: Reason::Law,
                            basis: String::new(),
                            entries: vec![(position, position)],
                            blobs: Vec::new(),
                            carried: Vec::new(),
                        };
                        let _ = writer.append("a", 1, &[Entry::Erased(tombstone)]).unwrap();
                        drop(writer);
                        ledger = reopened(folder.path());
                        drop(ledger.writer().unwrap()); // The next writer ends it.
                    }
                    model[position as usize - 1] = None;
                }
            }
            for position in model.len() as u64 + 1..=ledger.head().unwrap().position {
                let row = ledger.row(position).unwrap().unwrap();
                model.push(ledger.entry(&row).unwrap());
            }
            let present = ledger.present(KnownBy::Now).unwrap();
            let found = present.mentions.iter().map(|one| (one.it.id, one.review)).collect();
            prop_assert_eq!(modelled(&model), found);
            let report = ledger.verify().unwrap();
            prop_assert_eq!(report.faults, vec![]);
            let gone = model.iter().filter(|entry| entry.is_none()).count() as u64;
            prop_assert_eq!(report.erased, gone);
        }
    }
}
