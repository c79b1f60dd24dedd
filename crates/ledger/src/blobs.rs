//! Evidence: the exact bytes of each document, found by their SHA-256.

use crate::Error;
use habeas_model::Digest;
use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

/// Where the bytes of `digest` lie under a ledger folder.
#[must_use]
pub fn path(folder: &Path, digest: &Digest) -> PathBuf {
    let hex = digest.to_string();
    folder.join("blobs").join(&hex[..2]).join(hex)
}

/// Puts bytes where their digest says; once it returns they survive a power cut. Bytes that are
/// there already, whole,
/// are left alone; damaged ones are replaced.
pub fn put(folder: &Path, bytes: &[u8]) -> Result<Digest, Error> {
    let digest = Digest::of(bytes);
    let to = path(folder, &digest);
    if fs::read(&to).is_ok_and(|there| there == bytes) {
        return Ok(digest);
    }
    let shelf = to.parent().expect("a blob lies on a shelf");
    fs::create_dir_all(shelf).map_err(|why| Error::disk("write", shelf, why))?;
    let fresh = to.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, &to)?;
        File::open(shelf)?.sync_all() // The name, too, must survive a power cut.
    };
    write().map_err(|why| {
        let _ = fs::remove_file(&fresh); // Half a blob is of no use, and takes room.
        Error::disk("write", &to, why)
    })?;
    Ok(digest)
}

/// The bytes of `digest`, checked against it.
pub fn get(folder: &Path, digest: &Digest) -> Result<Vec<u8>, Error> {
    let wrong = |what| Error::Blob { digest: digest.to_string(), what };
    let from = path(folder, digest);
    let bytes = fs::read(&from).map_err(|why| match why.kind() {
        std::io::ErrorKind::NotFound => wrong("missing"),
        _ => Error::disk("read", &from, why),
    })?;
    if Digest::of(&bytes) == *digest { Ok(bytes) } else { Err(wrong("changed")) }
}
