//! More lines than fit in memory, sorted: runs of sorted lines are put aside and merged when read
//! (Knuth, The Art of Computer Programming, volume 3, section 5.4).

use super::{Aside, Disk, Room};
use rayon::prelude::*;
use std::{cmp::Reverse, collections::BinaryHeap, io};

/// Three numbers, in the order in which they are sorted.
pub type Line = [u32; 3];

const BYTES: usize = size_of::<Line>();
/// Lines from which on repeats are looked for among those held.
const MANY: usize = 1 << 20;
/// Lines of a run that are read at once, at most and at least.
const AT_ONCE: (usize, usize) = (1 << 14, 1 << 6);

/// Takes lines in any order.
pub struct Sorter<'a> {
    held: Vec<Line>,
    /// Lines that may be held.
    most: usize,
    /// Lines held at which repeats are dropped again.
    next: usize,
    disk: Option<&'a dyn Disk>,
    file: Option<Box<dyn Aside>>,
    /// Where each run ends in the file, in lines.
    ends: Vec<u64>,
}

impl<'a> Sorter<'a> {
    /// A sorter that holds what it has room for and puts the rest on a disk, if there is one.
    #[must_use]
    pub fn new(room: Room, disk: Option<&'a dyn Disk>) -> Sorter<'a> {
        let most = if disk.is_some() { room.lines() } else { usize::MAX };
        let next = MANY.min(most);
        Sorter { held: Vec::new(), most, next, disk, file: None, ends: Vec::new() }
    }

    /// Takes some lines.
    pub fn add(&mut self, lines: &[Line]) -> io::Result<()> {
        if self.held.len() + lines.len() > self.next {
            self.thin();
            if self.held.len() + lines.len() > self.most / 2 {
                self.put()?;
            }
            self.next = MANY.max(2 * self.held.len()).min(self.most);
        }
        self.held.extend_from_slice(lines);
        Ok(())
    }

    /// Sorts what is held, and drops repeats.
    fn thin(&mut self) {
        self.held.par_sort_unstable();
        self.held.dedup();
    }

    /// Puts what is held aside as one run.
    fn put(&mut self) -> io::Result<()> {
        let Some(disk) = self.disk.filter(|_| !self.held.is_empty()) else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(disk.file()?),
        };
        let mut bytes = Vec::with_capacity(AT_ONCE.0 * BYTES);
        for some in self.held.chunks(AT_ONCE.0) {
            bytes.clear();
            bytes.extend(some.iter().flatten().flat_map(|number| number.to_le_bytes()));
            file.append(&bytes)?;
        }
        self.ends.push(self.ends.last().copied().unwrap_or(0) + self.held.len() as u64);
        self.held.clear();
        Ok(())
    }

    /// All lines, sorted, each once.
    pub fn sorted(mut self) -> io::Result<Sorted> {
        self.thin();
        if self.file.is_some() {
            self.put()?;
        }
        let lines = self.most;
        Ok(match self.file {
            Some(file) => Sorted::Aside { file, ends: self.ends, lines },
            None => Sorted::Held(self.held),
        })
    }
}

/// Lines in their order, each once.
pub enum Sorted {
    /// In memory.
    Held(Vec<Line>),
    /// In runs of a file, each sorted.
    Aside {
        /// The file.
        file: Box<dyn Aside>,
        /// Where each run ends, in lines.
        ends: Vec<u64>,
        /// Lines of all runs together that may be held while they are read.
        lines: usize,
    },
}

impl Sorted {
    /// Shows all lines, so many at once: less only at the end.
    pub fn each<E: From<io::Error>>(
        &self,
        at_once: usize,
        mut see: impl FnMut(&[Line]) -> Result<(), E>,
    ) -> Result<(), E> {
        let (file, ends, lines) = match self {
            Sorted::Held(held) => return held.chunks(at_once).try_for_each(see),
            Sorted::Aside { file, ends, lines } => (file.as_ref(), ends, *lines),
        };
        let mut merge = Merge::new(file, ends, (lines / ends.len()).clamp(AT_ONCE.1, AT_ONCE.0))?;
        let mut some = Vec::with_capacity(at_once);
        while let Some(line) = merge.next()? {
            some.push(line);
            if some.len() == at_once {
                see(&some)?;
                some.clear();
            }
        }
        if some.is_empty() { Ok(()) } else { see(&some) }
    }
}

/// Runs that are read side by side.
struct Merge<'a> {
    runs: Vec<Run<'a>>,
    /// The next line of each run that is not at its end.
    first: BinaryHeap<Reverse<(Line, usize)>>,
    last: Option<Line>,
}

impl<'a> Merge<'a> {
    fn new(file: &'a dyn Aside, ends: &[u64], at_once: usize) -> io::Result<Merge<'a>> {
        let starts = std::iter::once(&0).chain(ends);
        let run = |(&at, &end)| Run { file, at, end, at_once, read: Vec::new(), seen: 0 };
        let mut runs: Vec<Run<'a>> = starts.zip(ends).map(run).collect();
        let mut first = BinaryHeap::new();
        for (nth, run) in runs.iter_mut().enumerate() {
            first.extend(run.next()?.map(|line| Reverse((line, nth))));
        }
        Ok(Merge { runs, first, last: None })
    }

    fn next(&mut self) -> io::Result<Option<Line>> {
        while let Some(mut top) = self.first.peek_mut() {
            let Reverse((line, nth)) = *top;
            match self.runs[nth].next()? {
                Some(next) => *top = Reverse((next, nth)),
                None => drop(std::collections::binary_heap::PeekMut::pop(top)),
            }
            if self.last.replace(line) != Some(line) {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }
}

/// One sorted run of a file.
struct Run<'a> {
    file: &'a dyn Aside,
    /// The next line that is not read, and the end.
    at: u64,
    end: u64,
    at_once: usize,
    read: Vec<u8>,
    /// Bytes of `read` that were given out.
    seen: usize,
}

impl Run<'_> {
    fn next(&mut self) -> io::Result<Option<Line>> {
        if self.seen == self.read.len() {
            let lines = (self.end - self.at).min(self.at_once as u64);
            self.read.resize(lines as usize * BYTES, 0);
            self.file.read(self.at * BYTES as u64, &mut self.read)?;
            (self.at, self.seen) = (self.at + lines, 0);
        }
        let Some(bytes) = self.read.get(self.seen..self.seen + BYTES) else { return Ok(None) };
        self.seen += BYTES;
        let number = |nth: usize| {
            bytes[4 * nth..4 * nth + 4].iter().rev().fold(0, |all, &one| all << 8 | u32::from(one))
        };
        Ok(Some([number(0), number(1), number(2)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A disk in memory that counts its files, and is full from some byte on.
    struct Shelf {
        files: AtomicUsize,
        full: usize,
    }

    struct Slot(Vec<u8>, usize);

    impl Disk for Shelf {
        fn file(&self) -> io::Result<Box<dyn Aside>> {
            self.files.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(Slot(Vec::new(), self.full)))
        }
    }

    impl Aside for Slot {
        fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
            self.0.extend_from_slice(bytes);
            if self.0.len() > self.1 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }

        fn read(&self, from: u64, into: &mut [u8]) -> io::Result<()> {
            into.copy_from_slice(&self.0[from as usize..from as usize + into.len()]);
            Ok(())
        }
    }

    /// All lines in blocks of seven, added nine by nine.
    fn through(lines: &[Line], room: Room, disk: Option<&dyn Disk>) -> io::Result<Vec<Vec<Line>>> {
        let mut sorter = Sorter::new(room, disk);
        lines.chunks(9).try_for_each(|some| sorter.add(some))?;
        let (sorted, mut seen) = (sorter.sorted()?, Vec::new());
        sorted.each(7, |some| {
            seen.push(some.to_vec());
            Ok::<_, io::Error>(())
        })?;
        Ok(seen)
    }

    proptest! {
        /// Invariant 1 of the folder: held or put aside, the same blocks come back.
        #[test]
        fn what_is_put_aside_comes_back_as_if_it_had_been_held(
            lines in prop::collection::vec([0_u32..9, 0..9, u32::MAX - 1..u32::MAX], 0..400),
            most in 0_u64..60,
        ) {
            let shelf = Shelf { files: AtomicUsize::new(0), full: usize::MAX };
            let held = through(&lines, Room::boundless(), None).unwrap();
            let aside = through(&lines, Room(4 * BYTES as u64 * most), Some(&shelf)).unwrap();
            prop_assert_eq!(&held, &aside);
            let files = shelf.files.into_inner();
            prop_assert!(files < 2);
            prop_assert!(files == 1 || lines.len() < 100 || held.concat().len() < 90);
        }
    }

    #[test]
    fn a_full_disk_is_told() {
        let shelf = Shelf { files: AtomicUsize::new(0), full: 1_000 };
        let lines: Vec<Line> = (0..400).map(|n| [n, n, n]).collect();
        let why = through(&lines, Room(4 * 12 * 50), Some(&shelf)).unwrap_err();
        assert_eq!(why.kind(), io::ErrorKind::StorageFull);
        assert!(through(&lines, Room::boundless(), Some(&shelf)).is_ok());
    }
}
