//! Random histories of append, failure, crash, reopening, undo and checkpoint, against a model that
//! is nothing but a list.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

use habeas_ledger::{KnownBy, Ledger, Writer, proof::Log, store::Fault};
use habeas_model::{Entry, Undo, memory::entry::Kept};
use proptest::prelude::*;
use std::{collections::BTreeMap, fs, path::Path};
use tempfile::TempDir;

/// What is done to the ledger.
#[derive(Clone, Debug)]
enum Act {
    Append(u8),
    Broken(Fault),
    Blob(u8),
    Undo(u8),
    Checkpoint,
    Reopen,
    Crash,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1..6_u8).prop_map(Act::Append),
        2 => prop_oneof![Just(Fault::Failed), Just(Fault::Persisted), Just(Fault::Torn)]
            .prop_map(Act::Broken),
        2 => any::<u8>().prop_map(Act::Blob),
        2 => any::<u8>().prop_map(Act::Undo),
        1 => Just(Act::Checkpoint),
        1 => Just(Act::Reopen),
        2 => Just(Act::Crash),
    ]
}

/// The model: what each entry says, by position from 1, and the blobs.
#[derive(Default)]
struct Model {
    said: Vec<Said>,
    blobs: Vec<Vec<u8>>,
}

enum Said {
    Text(String, String),
    Undo(u64),
    Else,
}

impl Model {
    /// The last text under each name that is not undone; a later undo is asked first.
    fn kept(&self) -> BTreeMap<String, String> {
        let mut undone = std::collections::HashSet::new();
        for (at, said) in self.said.iter().enumerate().rev() {
            if let Said::Undo(position) = said
                && !undone.contains(&(at as u64 + 1))
            {
                undone.insert(*position);
            }
        }
        let mut kept = BTreeMap::new();
        for (at, said) in self.said.iter().enumerate() {
            if let Said::Text(name, text) = said
                && !undone.contains(&(at as u64 + 1))
            {
                kept.insert(name.clone(), text.clone());
            }
        }
        kept
    }
}

struct Stage {
    folder: TempDir,
    ledger: Ledger,
    writer: Option<Writer>,
    model: Model,
    n: u32,
}

impl Stage {
    fn new() -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::create(folder.path()).unwrap();
        let writer = Some(ledger.writer().unwrap());
        Stage { folder, ledger, writer, model: Model::default(), n: 0 }
    }

    fn texts(&mut self, count: u8) -> Vec<(String, String)> {
        let one = |_| {
            self.n += 1;
            (format!("rules/{}.toml", self.n % 3), self.n.to_string())
        };
        (0..count).map(one).collect()
    }

    fn append(&mut self, texts: &[(String, String)]) -> bool {
        let entry = |(name, text): &(String, String)| {
            Entry::Kept(Kept { name: name.clone(), text: text.clone() })
        };
        let entries: Vec<Entry> = texts.iter().map(entry).collect();
        self.writer.as_mut().unwrap().append("a", 1, &entries).is_ok()
    }

    fn remember(&mut self, texts: Vec<(String, String)>) {
        self.model.said.extend(texts.into_iter().map(|(name, text)| Said::Text(name, text)));
    }

    fn play(&mut self, act: Act) {
        match act {
            Act::Append(count) => {
                let texts = self.texts(count);
                assert!(self.append(&texts));
                self.remember(texts);
            }
            Act::Broken(fault) => {
                let texts = self.texts(2);
                self.writer.as_mut().unwrap().break_append(fault);
                assert!(!self.append(&texts));
                // Once or not at all, and which, the fault says.
                if fault == Fault::Persisted {
                    self.remember(texts);
                }
            }
            Act::Blob(n) => {
                let bytes = vec![n; usize::from(n) + 1];
                self.writer.as_mut().unwrap().put_blob(&bytes).unwrap();
                self.model.blobs.push(bytes);
            }
            Act::Undo(n) => {
                if self.model.said.is_empty() {
                    return;
                }
                let position = u64::from(n) % self.model.said.len() as u64 + 1;
                let undo = Entry::Undone(Undo { position, reason: String::new() });
                let _ = self.writer.as_mut().unwrap().append("a", 1, &[undo]).unwrap();
                self.model.said.push(Said::Undo(position));
            }
            Act::Checkpoint => {
                let before = self.ledger.head().unwrap().position;
                if before > 0 {
                    Log::sign(&self.ledger, self.writer.as_mut().unwrap(), "a", 1).unwrap();
                    let fresh = self.ledger.head().unwrap().position - before;
                    self.model.said.extend((0..fresh).map(|_| Said::Else));
                }
            }
            Act::Reopen => self.reopen(),
            Act::Crash => {
                // The disk as it is while the writer is in the middle of its work.
                let image = tempfile::tempdir().unwrap();
                copy(self.folder.path(), image.path());
                self.writer = None;
                self.folder = image;
                self.reopen();
            }
        }
    }

    fn reopen(&mut self) {
        self.writer = None;
        self.ledger = Ledger::open(self.folder.path()).unwrap();
        self.writer = Some(self.ledger.writer().unwrap());
    }

    fn agrees(&self) {
        assert_eq!(self.ledger.head().unwrap().position, self.model.said.len() as u64);
        let present = self.ledger.present(KnownBy::Now).unwrap();
        let kept: BTreeMap<String, String> = present.kept.into_iter().collect();
        assert_eq!(kept, self.model.kept());
        for bytes in &self.model.blobs {
            let digest = habeas_model::Digest::of(bytes);
            assert_eq!(&self.ledger.blob(&digest).unwrap(), bytes);
        }
        assert_eq!(self.ledger.verify().unwrap().faults, []);
    }
}

fn copy(from: &Path, to: &Path) {
    for found in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(found.file_name());
        if found.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&found.path(), &target);
        } else if !found.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(found.path(), target).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_history_leaves_what_the_model_says(acts in proptest::collection::vec(act(), 1..25)) {
        let mut stage = Stage::new();
        for act in acts {
            stage.play(act);
            stage.agrees();
        }
    }
}
