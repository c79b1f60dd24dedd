//! Evidence: the exact bytes of each document, found by their SHA-256.

use crate::{
    Error,
    seal::keyring::overwrite,
    store::{Fault, Next, Shelf},
};
use habeas_model::Digest;
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

/// Where the bytes of `digest` lie under a ledger folder.
#[must_use]
pub fn path(folder: &Path, digest: &Digest) -> PathBuf {
    let hex = digest.to_string();
    folder.join("blobs").join(&hex[..2]).join(hex)
}

/// The bytes of `digest`, checked against it.
pub fn checked(shelf: &dyn Shelf, digest: &Digest) -> Result<Vec<u8>, Error> {
    let wrong = |what| Error::Blob { digest: digest.to_string(), what };
    let bytes = shelf.get(digest)?.ok_or_else(|| wrong("missing"))?;
    if Digest::of(&bytes) == *digest { Ok(bytes) } else { Err(wrong("changed")) }
}

/// The length of the bytes of `digest`, checked against it.
pub(crate) fn measured(shelf: &dyn Shelf, digest: &Digest) -> Result<u64, Error> {
    let wrong = |what| Error::Blob { digest: digest.to_string(), what };
    let (found, length) = shelf.measure(digest)?.ok_or_else(|| wrong("missing"))?;
    if found == *digest { Ok(length) } else { Err(wrong("changed")) }
}

/// Overwrites a file and takes it away. A disk that moves its blocks may keep the old ones.
pub fn shred(path: &Path) -> std::io::Result<()> {
    overwrite(File::options().write(true).open(path)?)?;
    fs::remove_file(path)
}

/// Bytes that are read of a file at a time: it goes by without lying in memory.
const AT_A_TIME: usize = 1 << 18;

/// Digest and length of a file, read once.
fn hash(mut file: File) -> std::io::Result<(Digest, u64)> {
    let (mut hash, mut length) = (Sha256::new(), 0);
    let mut some = vec![0; AT_A_TIME];
    loop {
        match file.read(&mut some)? {
            0 => return Ok((Digest(hash.finalize().into()), length)),
            read => {
                hash.update(&some[..read]);
                length += read as u64;
            }
        }
    }
}

/// Evidence in files, `blobs/ab/<digest>` under a ledger folder.
pub struct Folder {
    folder: PathBuf,
    next: Next,
}

impl Folder {
    /// That of the ledger in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Folder {
        Folder { folder: folder.to_owned(), next: Next::default() }
    }

    /// Makes it.
    pub fn create(folder: &Path) -> Result<Folder, Error> {
        fs::create_dir_all(folder.join("blobs"))
            .map_err(|why| Error::disk("write", folder, why))?;
        Ok(Folder::new(folder))
    }
}

impl Shelf for Folder {
    fn put(&self, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        let to = path(&self.folder, digest);
        if fs::read(&to).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        let shelf = to.parent().expect("a blob lies on a shelf");
        fs::create_dir_all(shelf).map_err(|why| Error::disk("write", shelf, why))?;
        let fresh = to.with_extension("new");
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&fresh)?;
            let fault = self.next.take();
            if let Some(fault @ (Fault::Failed | Fault::Torn)) = fault {
                let part = if fault == Fault::Torn { bytes.len() / 2 } else { 0 };
                file.write_all(&bytes[..part])?;
                return Err(fault.says());
            }
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&fresh, &to)?;
            File::open(shelf)?.sync_all()?; // The name, too, must survive a power cut.
            fault.map_or(Ok(()), |fault| Err(fault.says()))
        };
        write().map_err(|why| {
            let _ = fs::remove_file(&fresh); // Half a blob is of no use, and takes room.
            Error::disk("write", &to, why)
        })
    }

    fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        let from = path(&self.folder, digest);
        match fs::read(&from) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(Error::disk("read", &from, why)),
        }
    }

    fn measure(&self, digest: &Digest) -> Result<Option<(Digest, u64)>, Error> {
        let from = path(&self.folder, digest);
        match File::open(&from).and_then(hash) {
            Ok(measured) => Ok(Some(measured)),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(Error::disk("read", &from, why)),
        }
    }

    fn remove(&self, digest: &Digest) -> Result<(), Error> {
        let at = path(&self.folder, digest);
        match shred(&at) {
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(()),
            done => done.map_err(|why| Error::disk("remove", &at, why)),
        }
    }

    fn has(&self, digest: &Digest) -> bool {
        path(&self.folder, digest).is_file()
    }

    fn fault(&self, fault: Fault) {
        self.next.set(fault);
    }
}
