//! Where files that were sent lie until somebody accepts them or throws them away.
//!
//! They lie in the folder of the case, for its owner alone, and sealed under a key that is nowhere
//! but in the memory of this program: what a program that was killed leaves behind can be read by
//! nobody, and the next one removes it.

use crate::{Error, gate::who::random};
use habeas_ledger::seal::cipher::{self, Key, OVERHEAD};
use habeas_model::Digest;
use habeas_page::html::served::Offer;
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Bytes that are sealed at once, and so all of a file that is in memory while it comes.
pub const BOX: usize = 256 * 1024;
/// What nobody accepts is thrown away after this long.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// So much of one person may wait; what they sent before goes first.
const WAITING: usize = 3;
/// Bytes that may lie here in all.
const ROOM: u64 = 1 << 30;

/// The shelf of one running program.
pub struct Shelf {
    /// `.sent` in the case.
    root: PathBuf,
    /// Ours in it, made when something is sent.
    own: Mutex<Option<Own>>,
    parcels: Mutex<Vec<Arc<Parcel>>>,
}

/// A folder that is locked while its program runs.
struct Own {
    folder: PathBuf,
    _lock: File,
}

/// What somebody sent at once. Dropped, it is removed.
pub struct Parcel {
    /// Its number in addresses: 128 random bits.
    pub id: String,
    /// Who sent it.
    pub by: Arc<str>,
    /// Its files.
    pub files: Mutex<Vec<Sent>>,
    folder: PathBuf,
    key: Key,
    at: Instant,
}

/// A file that was sent.
#[derive(Clone)]
pub struct Sent {
    /// What it would be called, without harm.
    pub name: String,
    /// Whether it was called otherwise.
    pub renamed: bool,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub blob: Digest,
    /// Why it was not kept.
    pub refused: Option<&'static str>,
    /// What somebody says of its columns.
    pub own: BTreeMap<String, String>,
    /// What it would be.
    pub offer: Option<Offer>,
}

/// A file that is coming.
pub struct Coming {
    file: File,
    key: Key,
    nth: usize,
    boxes: u64,
    hash: Sha256,
    bytes: u64,
}

impl Shelf {
    /// The shelf of a case. What programs that run no more left there is removed.
    pub fn of(case: &Path) -> Shelf {
        let root = case.join(".sent");
        for found in fs::read_dir(&root).into_iter().flatten().flatten() {
            let lock = File::open(found.path().join("lock"));
            // No lock, or one that nobody holds: nobody is left who could read it.
            if lock.is_err() || lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                let _ = fs::remove_dir_all(found.path());
            }
        }
        let _ = fs::remove_dir(&root);
        Shelf { root, own: Mutex::new(None), parcels: Mutex::default() }
    }

    /// A place for what somebody sends now.
    pub fn begin(&self, by: Arc<str>) -> Result<Parcel, Error> {
        let id = hex::encode(random::<16>()?);
        let folder = self.folder()?.join(&id);
        private(&folder)?;
        let (files, key, at) = (Mutex::default(), cipher::fresh(), Instant::now());
        Ok(Parcel { id, by, files, folder, key, at })
    }

    /// Puts it where it is found again; false where there is no room.
    pub fn keep(&self, parcel: Parcel) -> bool {
        let mut parcels = self.lock();
        parcels.retain(|one| one.at.elapsed() < KEPT);
        let own = parcels.iter().filter(|one| one.by == parcel.by).count();
        let mut over = (own + 1).saturating_sub(WAITING);
        parcels.retain(|one| {
            let goes = over > 0 && one.by == parcel.by;
            over -= usize::from(goes);
            !goes
        });
        let room: u64 = parcels.iter().map(|one| one.bytes()).sum();
        let fits = room + parcel.bytes() <= ROOM;
        if fits {
            parcels.push(Arc::new(parcel));
        }
        fits
    }

    /// What somebody sent, by its number: nobody else's.
    pub fn find(&self, id: &str, by: &str) -> Option<Arc<Parcel>> {
        let mut parcels = self.lock();
        parcels.retain(|one| one.at.elapsed() < KEPT);
        parcels.iter().find(|one| one.id == id && *one.by == *by).cloned()
    }

    /// Throws it away.
    pub fn remove(&self, id: &str) {
        self.lock().retain(|one| one.id != id);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Parcel>>> {
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn folder(&self) -> Result<PathBuf, Error> {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = &*own {
            return Ok(own.folder.clone());
        }
        private(&self.root)?;
        let folder = self.root.join(hex::encode(random::<8>()?));
        private(&folder)?;
        let path = folder.join("lock");
        let lock = File::create(&path).and_then(|lock| lock.lock().map(|()| lock));
        let lock = lock.map_err(|why| Error::Sent(path, why))?;
        *own = Some(Own { folder: folder.clone(), _lock: lock });
        Ok(folder)
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.lock().clear();
        if let Some(own) = &*self.own.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = fs::remove_dir_all(&own.folder);
            let _ = fs::remove_dir(&self.root); // Where another program has none.
        }
    }
}

/// A folder for its owner alone; one that is there is left as it is.
fn private(folder: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => {
            Err(Error::Sent(folder.to_owned(), why))
        }
        _ => Ok(()),
    }
}

/// What ties a box to its place: boxes of files cannot change places.
fn place(nth: usize, at: u64) -> [u8; 16] {
    let mut place = [0; 16];
    place[..8].copy_from_slice(&(nth as u64).to_le_bytes());
    place[8..].copy_from_slice(&at.to_le_bytes());
    place
}

impl Parcel {
    fn path(&self, nth: usize) -> PathBuf {
        self.folder.join(nth.to_string())
    }

    /// The files, to look at or to change.
    pub fn files(&self) -> std::sync::MutexGuard<'_, Vec<Sent>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bytes(&self) -> u64 {
        let kept = |sent: &&Sent| sent.refused.is_none();
        self.files().iter().filter(kept).map(|sent| sent.bytes).sum()
    }

    /// A file that comes now.
    pub fn coming(&self, nth: usize) -> Result<Coming, Error> {
        let path = self.path(nth);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|why| Error::Sent(path, why))?;
        Ok(Coming { file, key: self.key.clone(), nth, boxes: 0, hash: Sha256::new(), bytes: 0 })
    }

    /// Removes what came of a file that is not kept.
    pub fn leave(&self, nth: usize) {
        let _ = fs::remove_file(self.path(nth));
    }

    /// The bytes of a file, as they were sent.
    pub fn read(&self, nth: usize) -> Result<Vec<u8>, Error> {
        let path = self.path(nth);
        let mut file = File::open(&path).map_err(|why| Error::Sent(path.clone(), why))?;
        let length = self.files().get(nth).map_or(0, |sent| sent.bytes);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        let mut boxed = Vec::with_capacity(BOX + OVERHEAD);
        for at in 0.. {
            boxed.clear();
            let most = (BOX + OVERHEAD) as u64;
            let read = (&mut file).take(most).read_to_end(&mut boxed);
            if read.map_err(|why| Error::Sent(path.clone(), why))? == 0 {
                break;
            }
            let bent = || Error::Sent(path.clone(), io::ErrorKind::InvalidData.into());
            bytes.extend(cipher::unlock(&self.key, &place(nth, at), &boxed).ok_or_else(bent)?);
        }
        if bytes.len() as u64 != length {
            return Err(Error::Sent(path, io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(bytes)
    }
}

impl Drop for Parcel {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Coming {
    /// Seals a box: all but the last of a file are full.
    pub fn put(&mut self, plain: &[u8]) -> io::Result<()> {
        self.hash.update(plain);
        self.bytes += plain.len() as u64;
        let boxed = cipher::lock(&self.key, &place(self.nth, self.boxes), plain);
        self.boxes += 1;
        self.file.write_all(&boxed)
    }

    /// It is all there: its length, and the SHA-256 of its bytes.
    pub fn end(self) -> (u64, Digest) {
        (self.bytes, Digest(self.hash.finalize().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parcel(shelf: &Shelf, bytes: &[u8]) -> Parcel {
        let parcel = shelf.begin("ada".into()).unwrap();
        let mut coming = parcel.coming(0).unwrap();
        bytes.chunks(BOX).for_each(|plain| coming.put(plain).unwrap());
        let (length, blob) = coming.end();
        assert_eq!((length, blob), (bytes.len() as u64, Digest::of(bytes)));
        let own = BTreeMap::new();
        let sent = Sent {
            name: "a".into(),
            renamed: false,
            bytes: length,
            blob,
            refused: None,
            own,
            offer: None,
        };
        parcel.files().push(sent);
        parcel
    }

    fn left(folder: &Path) -> usize {
        fs::read_dir(folder.join(".sent")).map_or(0, Iterator::count)
    }

    #[test]
    fn what_was_sent_is_read_again_and_lies_sealed() {
        let case = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(case.path());
        assert_eq!(left(case.path()), 0);
        let bytes = b"Ada Luna, libre. ".repeat(BOX / 8);
        let parcel = parcel(&shelf, &bytes);
        assert!(parcel.read(0).unwrap() == bytes);
        let lies = fs::read(parcel.path(0)).unwrap();
        assert!(!lies.windows(8).any(|part| part == b"Ada Luna"));
        let [first, second] = [&lies[..BOX + OVERHEAD], &lies[BOX + OVERHEAD..]];
        for bent in [[second, first].concat(), first.to_vec(), lies[1..].to_vec()] {
            fs::write(parcel.path(0), bent).unwrap();
            assert!(parcel.read(0).is_err());
        }
        drop(parcel);
        assert_eq!(fs::read_dir(shelf.folder().unwrap()).unwrap().count(), 1); // Its lock.
        drop(shelf);
        assert_eq!(left(case.path()), 0);
    }

    #[test]
    fn what_a_program_left_behind_is_removed() {
        let case = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(case.path());
        assert!(shelf.keep(parcel(&shelf, b"a")));
        assert_eq!(left(case.path()), 1);
        let other = Shelf::of(case.path()); // Ours runs: its folder stays.
        assert_eq!(left(case.path()), 1);
        let dead = case.path().join(".sent/dead");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join("lock"), "").unwrap();
        drop(other);
        drop(Shelf::of(case.path()));
        assert!(!dead.exists());
        assert_eq!(left(case.path()), 1);
    }

    #[test]
    fn it_is_for_who_sent_it_and_the_oldest_goes() {
        let case = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(case.path());
        let mut ids = Vec::new();
        for _ in 0..=WAITING {
            let parcel = parcel(&shelf, b"a");
            ids.push((parcel.id.clone(), parcel.folder.clone()));
            assert!(shelf.keep(parcel));
        }
        let there = |nth: usize, by: &str| shelf.find(&ids[nth].0, by).is_some();
        assert_eq!([there(0, "ada"), there(1, "ada"), there(1, "bea")], [false, true, false]);
        assert!(!ids[0].1.exists() && ids[1].1.exists());
        shelf.remove(&ids[1].0);
        assert!(!ids[1].1.exists());
    }
}
