//! Files for what does not fit in memory: without a name, so that nothing is left of them however a
//! run ends. What is written to them are row numbers and weights.

use habeas_person::link::aside::{Aside, Disk};
use std::{
    fs::File,
    io::{Read as _, Result, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// A folder that takes them.
pub struct Folder(PathBuf);

impl Folder {
    /// The folder that settings name, or that of a run's first output, or the one we are in.
    #[must_use]
    pub fn of(named: Option<&str>, outputs: &[Option<&PathBuf>]) -> Folder {
        let beside = || outputs.iter().flatten().find_map(|path| path.parent());
        let folder = named.map(Path::new).or_else(beside);
        // The parent of `links.csv` is an empty path.
        let folder = folder.filter(|path| !path.as_os_str().is_empty());
        Folder(folder.unwrap_or(Path::new(".")).to_owned())
    }
}

impl Disk for Folder {
    fn file(&self) -> Result<Box<dyn Aside>> {
        Ok(Box::new(Unnamed(Mutex::new(tempfile::tempfile_in(&self.0)?))))
    }
}

struct Unnamed(Mutex<File>);

impl Aside for Unnamed {
    fn append(&mut self, bytes: &[u8]) -> Result<()> {
        let file = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)
    }

    fn read(&self, from: u64, into: &mut [u8]) -> Result<()> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_is_read_back_and_bears_no_name() {
        let room = tempfile::tempdir().unwrap();
        let out = room.path().join("links.csv");
        let mut file = Folder::of(None, &[None, Some(&out)]).file().unwrap();
        file.append(b"abc").unwrap();
        let mut read = [0; 2];
        file.read(1, &mut read).unwrap();
        file.append(b"def").unwrap();
        assert_eq!(&read, b"bc");
        file.read(2, &mut read).unwrap();
        assert_eq!(&read, b"cd");
        assert_eq!(std::fs::read_dir(room.path()).unwrap().count(), 0);
        assert!(Folder::of(Some("no/such/folder"), &[Some(&out)]).file().is_err());
    }
}
