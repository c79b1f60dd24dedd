//! A walk over all entries, in ranges on all cores: does each follow from the one before it?
//!
//! That an entry follows is asked of the hash that is *kept* for the entry before. If each follows
//! from what is kept before it, all follow from the beginning: so the ranges need not wait for one
//! another.

use crate::{
    Error, Head, Ledger, chain,
    erase::Tombstones,
    ledger::read_lent,
    seal::{Keys, is_sealed},
    store::{COMMON, Lent, Store},
    verify::{Fault, first},
};
use habeas_model::{Digest, Entry};
use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Entries of a range: enough to make the asking cheap, few enough that no core waits long.
const RANGE: u64 = 8192;

/// What was found in a range, or in several that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Swept {
    pub entries: u64,
    /// Bytes of their bodies.
    pub bytes: u64,
    pub erased: u64,
    /// The evidence that they speak of.
    pub blobs: Vec<Digest>,
    /// Position and kind of the seldom ones.
    pub seldom: Vec<(u64, String)>,
    /// The last entry before the first fault.
    pub head: Option<Head>,
    /// The first fault.
    pub fault: Option<Fault>,
    /// What the store says of itself.
    pub store: Option<String>,
}

/// What every thread needs to know.
struct Known<'a> {
    keys: Option<&'a Keys>,
    locked: bool,
    tombstones: &'a Tombstones,
}

/// Walks over all entries, while the store checks itself.
pub(crate) fn sweep(ledger: &Ledger, tombstones: &Tombstones) -> Swept {
    let known = Known { keys: ledger.keys.as_deref(), locked: ledger.is_locked(), tombstones };
    let last = ledger.head().map(|head| head.position).ok();
    if last.is_some_and(|last| last <= RANGE) {
        let mut swept = range(&*ledger.store, &known, 1, last);
        swept.store = ledger.store.check();
        return swept;
    }
    // Where the end cannot be told, all of it is one range.
    let ranges = last.map_or(1, |last| last.div_ceil(RANGE) as usize);
    let wanted = thread::available_parallelism().map_or(1, usize::from).min(ranges);
    let another = |_| ledger.store.another();
    let readers: Result<Vec<_>, Error> = (0..=wanted).map(another).collect();
    let mut readers = match readers {
        Ok(readers) => readers,
        Err(e) => return Swept { fault: Some(fault(1, first(&e))), ..Swept::default() },
    };
    let checker = readers.pop();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let walk = |reader: Box<dyn Store>| {
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= ranges {
                return;
            }
            let from = nth as u64 * RANGE + 1;
            let to = last.map(|last| last.min(from + RANGE - 1));
            let swept = range(&*reader, &known, from, to);
            done.lock().expect("no panic holds it").push((nth, swept));
        }
    };
    let store = thread::scope(|scope| {
        let check = scope.spawn(move || checker.and_then(|reader| reader.check()));
        let walk = &walk;
        readers.into_iter().for_each(|reader| drop(scope.spawn(move || walk(reader))));
        check.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    let mut done = done.into_inner().expect("no panic holds it");
    done.sort_unstable_by_key(|(nth, _)| *nth);
    let together = done.into_iter().fold(Swept::default(), |all, (_, one)| all.then(one));
    Swept { store, ..together }
}

impl Swept {
    /// This and the range after it.
    fn then(mut self, next: Swept) -> Swept {
        self.entries += next.entries;
        self.bytes += next.bytes;
        self.erased += next.erased;
        self.blobs.extend(next.blobs);
        self.seldom.extend(next.seldom);
        if self.fault.is_none() {
            self.head = next.head.or(self.head);
            self.fault = next.fault;
        }
        self
    }

    /// Takes the next row. After a fault rows are only counted.
    fn take(&mut self, known: &Known<'_>, before: &Head, row: &Lent<'_>) {
        self.entries += 1;
        self.bytes += row.body.len() as u64;
        self.erased += u64::from(known.tombstones.cover(row.position));
        if !COMMON.contains(&row.kind) {
            self.seldom.push((row.position, row.kind.to_owned()));
        }
        let entry = known.read(row);
        if let Ok(Some(Entry::Received(received))) = &entry {
            self.blobs.push(received.blob);
        }
        if self.fault.is_none() {
            match wrong(before, row).or_else(|| known.unread(row, entry)) {
                Some(what) => self.fault = Some(fault(row.position, what)),
                None => self.head = Some(row.head()),
            }
        }
    }
}

impl Known<'_> {
    /// What a row says, where somebody must know that: of evidence, which evidence; of what is
    /// sealed, that it opens. What lies in the open was read when it was written, and is what was
    /// hashed.
    fn read(&self, row: &Lent<'_>) -> Result<Option<Entry>, Error> {
        let sealed = is_sealed(row.body);
        let asked = if sealed { !self.locked } else { row.kind == "received" };
        if asked { read_lent(self.keys, row) } else { Ok(None) }
    }

    /// Why a row cannot be read, where it should be; or can be, where it should not.
    fn unread(&self, row: &Lent<'_>, entry: Result<Option<Entry>, Error>) -> Option<String> {
        let sealed = is_sealed(row.body) && !self.locked;
        match (entry, self.tombstones.cover(row.position)) {
            (Err(e), _) => Some(first(&e)),
            (Ok(Some(_)), true) => Some(
                "it is erased and its secret still there: take the pen again, `habeas open`"
                    .to_owned(),
            ),
            (Ok(None), false) if sealed => {
                Some("its secret was destroyed without a tombstone".to_owned())
            }
            _ => None,
        }
    }
}

/// Walks over the rows `from..=to`; all of them must be there.
fn range(store: &dyn Store, known: &Known<'_>, from: u64, to: Option<u64>) -> Swept {
    let mut swept = Swept::default();
    let mut before = (from == 1).then_some(Head { recorded_at: i64::MIN, ..Head::BEGINNING });
    let walked = store.rows(from.saturating_sub(1), to, &mut |row| {
        if row.position < from {
            before = Some(row.head()); // It was walked over in the range before.
            return Ok(());
        }
        // Without the row before, none with its hash follows: that it is missing was told there.
        let came = before.unwrap_or(Head { position: from - 1, ..Head::BEGINNING });
        swept.take(known, &came, &row);
        before = Some(row.head());
        Ok(())
    });
    let reached = before.map_or(from - 1, |head| head.position);
    let what = match walked {
        Err(e) => Some(first(&e)),
        Ok(()) if to.is_some_and(|to| reached < to) => Some("it is missing".to_owned()),
        Ok(()) => None,
    };
    if let (None, Some(what)) = (&swept.fault, what) {
        swept.fault = Some(fault(reached + 1, what));
    }
    swept
}

fn fault(position: u64, what: String) -> Fault {
    Fault { place: format!("entry {position}"), what }
}

/// What is wrong with a row that follows `before`.
fn wrong(before: &Head, row: &Lent<'_>) -> Option<String> {
    if row.position != before.position + 1 {
        return Some(format!("entry {} is missing before it", before.position + 1));
    }
    let leaf = chain::leaf(row.position, row.recorded_at, row.author, row.kind, row.body);
    if leaf != row.leaf {
        return Some("its contents are not what was hashed".to_owned());
    }
    if chain::link(&before.hash, &leaf) != row.hash {
        return Some("it does not follow from the entries before it".to_owned());
    }
    if row.recorded_at < before.recorded_at {
        return Some("it was recorded before the entry before it".to_owned());
    }
    None
}
