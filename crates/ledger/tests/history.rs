//! Random histories of append, failure, crash, torn writing, reopening, undo, erasure and
//! checkpoint, sealed and not, against a model that is nothing but a list.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod ledgers;

use habeas_ledger::{Error, KnownBy, Ledger, Writer, proof::Log, seal::secrets, store::Fault};
use habeas_model::{
    Digest, Entry, Undo,
    memory::{Erased, Forgotten, Reason, entry::Kept},
};
use ledgers::{erasure, length, reopened, sealed};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, HashSet},
    fs::{self, OpenOptions},
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
};
use tempfile::TempDir;

/// What is done to the ledger.
#[derive(Clone, Debug)]
enum Act {
    Append(u8),
    Broken(Fault),
    /// The clock says this now.
    Clock(i64),
    Blob(u8),
    Undo(u8),
    Checkpoint,
    Reopen,
    Crash,
    /// The power goes while a batch is written: the last file that it went to ends at this byte.
    Torn(u16),
    Erase(u8, Cut),
    EraseBlob(u8),
}

/// How far an erasure comes before the process dies.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// To its end.
    Whole,
    /// The tombstone is there, the secret too.
    Early,
    /// So many bytes of the secret's 72 are overwritten.
    Torn(u8),
    /// The append of the tombstone goes wrong.
    Append(Fault),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1..6_u8).prop_map(Act::Append),
        2 => fault().prop_map(Act::Broken),
        2 => (-1_000..1_000_i64).prop_map(Act::Clock),
        2 => any::<u8>().prop_map(Act::Blob),
        2 => any::<u8>().prop_map(Act::Undo),
        1 => Just(Act::Checkpoint),
        1 => Just(Act::Reopen),
        2 => Just(Act::Crash),
        2 => any::<u16>().prop_map(Act::Torn),
        3 => (any::<u8>(), cut()).prop_map(|(n, cut)| Act::Erase(n, cut)),
        1 => any::<u8>().prop_map(Act::EraseBlob),
    ]
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![Just(Fault::Failed), Just(Fault::Persisted), Just(Fault::Torn)]
}

fn cut() -> impl Strategy<Value = Cut> {
    prop_oneof![
        3 => Just(Cut::Whole),
        1 => Just(Cut::Early),
        1 => (0..=72_u8).prop_map(Cut::Torn),
        1 => fault().prop_map(Cut::Append),
    ]
}

/// The model: what each entry says, by position from 1, and the blobs.
#[derive(Default)]
struct Model {
    said: Vec<Said>,
    blobs: Vec<Vec<u8>>,
    /// Blobs that were erased.
    gone: HashSet<Digest>,
}

enum Said {
    Text(String, String),
    Undo(u64),
    Erased,
    Else,
}

impl Model {
    /// The last text under each name that is not undone; a later undo is asked first.
    fn kept(&self) -> BTreeMap<String, String> {
        let mut undone = HashSet::new();
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
    clock: i64,
}

impl Stage {
    fn new(closed: bool) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let ledger = match closed {
            true => sealed(folder.path()),
            false => Ledger::create(folder.path()).unwrap(),
        };
        let writer = Some(ledger.writer().unwrap());
        Stage { folder, ledger, writer, model: Model::default(), n: 0, clock: 1 }
    }

    fn writer(&mut self) -> &mut Writer {
        self.writer.as_mut().unwrap()
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
        let clock = self.clock;
        self.writer().append("a", clock, &entries).is_ok()
    }

    fn remember(&mut self, texts: Vec<(String, String)>) {
        self.model.said.extend(texts.into_iter().map(|(name, text)| Said::Text(name, text)));
    }

    fn play(&mut self, act: Act) {
        let clock = self.clock;
        match act {
            Act::Append(count) => {
                let texts = self.texts(count);
                assert!(self.append(&texts));
                self.remember(texts);
            }
            Act::Broken(fault) => {
                let texts = self.texts(2);
                self.writer().break_append(fault);
                assert!(!self.append(&texts));
                // Once or not at all, and which, the fault says.
                if fault == Fault::Persisted {
                    self.remember(texts);
                }
            }
            Act::Clock(now) => self.clock = now,
            Act::Blob(n) => {
                let bytes = vec![n; usize::from(n) + 1];
                if self.model.gone.contains(&Digest::of(&bytes)) {
                    return; // What was erased is not received again: the desk asks before.
                }
                self.writer().put_blob(&bytes).unwrap();
                self.model.blobs.push(bytes);
            }
            Act::Undo(n) => {
                if self.model.said.is_empty() {
                    return;
                }
                let position = u64::from(n) % self.model.said.len() as u64 + 1;
                let undo = Entry::Undone(Undo { position, reason: String::new() });
                let _ = self.writer().append("a", clock, &[undo]).unwrap();
                self.model.said.push(Said::Undo(position));
            }
            Act::Checkpoint => {
                let before = self.ledger.head().unwrap().position;
                if before > 0 {
                    Log::sign(&self.ledger, self.writer.as_mut().unwrap(), "a", clock).unwrap();
                    let fresh = self.ledger.head().unwrap().position - before;
                    self.model.said.extend((0..fresh).map(|_| Said::Else));
                }
            }
            Act::Reopen => self.reopen(),
            Act::Crash => {
                let image = self.image();
                self.die(image);
            }
            Act::Torn(at) => self.torn(usize::from(at)),
            Act::Erase(n, cut) => self.erase(n, cut),
            Act::EraseBlob(n) => self.erase_blob(n),
        }
    }

    /// The disk as it is while the writer is in the middle of its work.
    fn image(&self) -> TempDir {
        let image = tempfile::tempdir().unwrap();
        copy(self.folder.path(), image.path());
        image
    }

    /// The process is gone, the disk is this one.
    fn die(&mut self, image: TempDir) {
        self.writer = None;
        self.folder = image;
        self.reopen();
    }

    /// A batch goes first into the key table, where there is one, then into the write-ahead log:
    /// what goes last may end anywhere, what comes after it is not there.
    fn torn(&mut self, at: usize) {
        let log = |folder: &Path| folder.join("ledger.sqlite-wal");
        let read = |path: &Path| fs::read(path).unwrap_or_default();
        let folder = self.folder.path().to_owned();
        let (log_before, table_before) = (read(&log(&folder)), read(&secrets::path(&folder)));
        let before = self.model.said.len() as u64;
        let texts = self.texts(3);
        assert!(self.append(&texts));
        let image = self.image();
        let (log_after, table_after) = (read(&log(&folder)), read(&secrets::path(&folder)));
        let within = |from: usize, to: usize| from.min(to) + at % (to.saturating_sub(from) + 1);
        if self.ledger.is_sealed() && at.is_multiple_of(2) {
            let end = within(table_before.len(), table_after.len());
            fs::write(secrets::path(image.path()), &table_after[..end]).unwrap();
            fs::write(log(image.path()), &log_before).unwrap();
        } else {
            let end = within(log_before.len(), log_after.len());
            fs::write(log(image.path()), &log_after[..end]).unwrap();
        }
        self.die(image);
        match self.ledger.head().unwrap().position {
            now if now == before => {}
            now if now == before + 3 => self.remember(texts),
            now => panic!("{now} entries after {before}: a part of a batch"),
        }
    }

    /// Erases the entry, or the one before it that says something.
    fn erase(&mut self, n: u8, cut: Cut) {
        let clock = self.clock;
        let said = &self.model.said;
        let near = usize::from(n) % (said.len() + 1);
        let Some(at) = (0..near).rev().find(|at| matches!(said[*at], Said::Text(..))) else {
            return;
        };
        let position = at as u64 + 1;
        let asked = erasure(vec![position], vec![]);
        if !self.ledger.is_sealed() {
            let refused = self.writer.as_mut().unwrap().erase(&self.ledger, "a", clock, &asked);
            return assert!(matches!(refused, Err(Error::NotSealed(_))));
        }
        match cut {
            Cut::Whole => {
                let _ =
                    self.writer.as_mut().unwrap().erase(&self.ledger, "a", clock, &asked).unwrap();
            }
            Cut::Early => {
                let _ = self.writer().append("a", clock, &[tombstone(position)]).unwrap();
                self.reopen(); // The next writer ends it.
            }
            Cut::Torn(bytes) => {
                let body = self.ledger.row(position).unwrap().unwrap().body;
                let number = u64::from_be_bytes(body[1..9].try_into().unwrap());
                let _ = self.writer().append("a", clock, &[tombstone(position)]).unwrap();
                let path = secrets::path(self.folder.path());
                let mut table = OpenOptions::new().write(true).open(path).unwrap();
                table.seek(SeekFrom::Start(16 + 72 * number)).unwrap();
                table.write_all(&[0; 72][..usize::from(bytes)]).unwrap();
                self.reopen();
            }
            Cut::Append(fault) => {
                self.writer().break_append(fault);
                let failed = self.writer.as_mut().unwrap().erase(&self.ledger, "a", clock, &asked);
                assert!(failed.is_err());
                if fault != Fault::Persisted {
                    return;
                }
                self.reopen();
            }
        }
        self.model.said[at] = Said::Erased;
        self.model.said.push(Said::Else);
    }

    fn erase_blob(&mut self, n: u8) {
        let clock = self.clock;
        if !self.ledger.is_sealed() || self.model.blobs.is_empty() {
            return;
        }
        let nth = usize::from(n) % self.model.blobs.len();
        let digest = Digest::of(&self.model.blobs[nth]);
        let asked = erasure(vec![], vec![(digest, None)]);
        let _ = self.writer.as_mut().unwrap().erase(&self.ledger, "a", clock, &asked).unwrap();
        self.model.blobs.retain(|bytes| Digest::of(bytes) != digest);
        self.model.gone.insert(digest);
        self.model.said.push(Said::Else);
    }

    fn reopen(&mut self) {
        self.writer = None;
        self.ledger = reopened(self.folder.path());
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
        for digest in &self.model.gone {
            let asked = self.ledger.blob(digest);
            assert!(matches!(asked, Err(Error::Blob { what: "erased", .. })), "{asked:?}");
        }
        let mut erased = 0;
        for (said, position) in self.model.said.iter().zip(1..) {
            if matches!(said, Said::Erased) {
                let row = self.ledger.row(position).unwrap().unwrap();
                assert_eq!(self.ledger.opened(&row).unwrap(), None, "entry {position}");
                erased += 1;
            }
        }
        let report = self.ledger.verify().unwrap();
        assert_eq!((report.faults, report.erased), (vec![], erased));
    }
}

fn tombstone(position: u64) -> Entry {
    Entry::Erased(Erased {
        what: Forgotten::Person,
        reason: Reason::Request,
        basis: "art. 1".to_owned(),
        entries: vec![(position, position)],
        blobs: Vec::new(),
        carried: Vec::new(),
    })
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
    #![proptest_config(ProptestConfig::with_cases(length("HABEAS_HISTORIES", 32)))]
    #[test]
    fn any_history_leaves_what_the_model_says(
        closed in any::<bool>(),
        acts in proptest::collection::vec(act(), 1..25)
    ) {
        let mut stage = Stage::new(closed);
        for act in acts {
            stage.play(act);
            stage.agrees();
        }
    }
}
