//! Backup and restore: a whole case in one age file, taken while others write.
//!
//! Inside is a tar archive: the ledger as it was at one moment, its key table and keyring, the
//! evidence, `case.toml` and `rules/`. The inbox is not in it: what was received is evidence. A
//! backup of a sealed case is sealed twice; restoring it asks for the age key, reading it for the
//! case's own. **What is erased later stays in backups taken before**: HAZARDS.md says so.

use super::age::{self, Lock, Unlock};
use crate::{Error, Head, Ledger, Report, seal::keyring::overwrite};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Component, Path, PathBuf},
};

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The last entry in it.
    pub head: Head,
    /// Files in it.
    pub files: u64,
    /// Bytes of them.
    pub bytes: u64,
}

/// Backs up the case in `case`, whose ledger lies in `case/ledger`, into the file `to`.
pub fn backup(case: &Path, lock: &Lock, to: &Path) -> Result<Backup, Error> {
    let folder = case.join("ledger");
    let fresh = to.with_extension("part");
    // An erasure while we copy would leave an entry without its secret: begin again then.
    for _ in 0..8 {
        let tombs = tombstones(&folder)?;
        let made = write(case, &folder, lock, &fresh);
        let same = tombstones(&folder)? == tombs;
        match made {
            Ok(made) if same => {
                fs::rename(&fresh, to).map_err(|why| Error::disk("write", to, why))?;
                return Ok(made);
            }
            Err(e) if same => {
                let _ = fs::remove_file(&fresh);
                return Err(e);
            }
            _ => {}
        }
    }
    let _ = fs::remove_file(&fresh);
    Err(Error::Busy { path: folder, by: "erasures".to_owned() })
}

fn tombstones(folder: &Path) -> Result<usize, Error> {
    Ok(Ledger::open(folder)?.positions("erased", None)?.len())
}

fn write(case: &Path, folder: &Path, lock: &Lock, to: &Path) -> Result<Backup, Error> {
    let copy = Copy(folder.join("backup.sqlite"));
    let head = snapshot(folder, &copy.0)?;
    let failed = |why| Error::disk("write", to, why);
    let file = File::create(to).map_err(failed)?;
    let mut archive = tar::Builder::new(age::lock(lock, to, file)?);
    let mut made = Backup { head, files: 0, bytes: 0 };
    let mut add = |name: &str, path: &Path| -> Result<(), Error> {
        let mut from = File::open(path).map_err(|why| Error::disk("read", path, why))?;
        let length = from.metadata().map_err(|why| Error::disk("read", path, why))?.len();
        let mut head = tar::Header::new_gnu();
        head.set_size(length);
        head.set_mode(0o600);
        made.files += 1;
        made.bytes += length;
        archive.append_data(&mut head, name, &mut from).map_err(failed)
    };
    add("ledger/ledger.sqlite", &copy.0)?;
    for path in files(folder)? {
        let name = path.strip_prefix(folder).expect("it lies under the folder").to_owned();
        if belongs(&name) {
            add(&format!("ledger/{}", slashed(&name)), &path)?;
        }
    }
    for path in [vec![case.join("case.toml")], files(&case.join("rules"))?].concat() {
        if path.is_file() {
            let name = path.strip_prefix(case).expect("it lies in the case").to_owned();
            add(&slashed(&name), &path)?;
        }
    }
    let locked = archive.into_inner().map_err(failed)?;
    let file = locked.finish().map_err(failed)?;
    file.sync_all().map_err(failed)?;
    Ok(made)
}

/// The copy of the database that a backup is made from; it goes with the value.
struct Copy(PathBuf);

impl Drop for Copy {
    fn drop(&mut self) {
        if let Ok(file) = File::options().write(true).open(&self.0) {
            let _ = overwrite(file);
        }
        let _ = fs::remove_file(&self.0);
    }
}

/// One moment of the database, whoever writes meanwhile.
fn snapshot(folder: &Path, to: &Path) -> Result<Head, Error> {
    let _ = fs::remove_file(to);
    let from = folder.join("ledger.sqlite");
    let failed = |e: rusqlite::Error| Error::sqlite(&from, &e);
    let known = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(&from, known).map_err(failed)?;
    database.busy_timeout(std::time::Duration::from_secs(30)).map_err(failed)?;
    database.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(failed)?;
    let copy = Connection::open_with_flags(to, known).map_err(failed)?;
    crate::store::head_of(&copy).map_err(failed)
}

/// Files of a ledger's folder that are no part of it.
fn belongs(name: &Path) -> bool {
    let text = slashed(name);
    let passing = ["writer.lock", "backup.sqlite"].contains(&text.as_str());
    !(passing || text.starts_with("ledger.sqlite") || text.ends_with(".new"))
}

fn slashed(name: &Path) -> String {
    let parts = name.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// Every file under a folder, by name; none where there is no folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut all = Vec::new();
    let found = match fs::read_dir(folder) {
        Ok(found) => found,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(all),
        Err(why) => return Err(Error::disk("read", folder, why)),
    };
    for one in found {
        let path = one.map_err(|why| Error::disk("read", folder, why))?.path();
        if path.is_dir() { all.extend(files(&path)?) } else { all.push(path) }
    }
    all.sort();
    Ok(all)
}

/// Makes the case in `case` out of a backup and verifies it: its chain, and all of it where the
/// case is not sealed. What is there is never overwritten.
pub fn restore(from: &Path, unlock: &Unlock, case: &Path) -> Result<Report, Error> {
    let taken = fs::read_dir(case).is_ok_and(|mut found| found.next().is_some());
    if taken {
        let what = format!("`{}` is not empty", case.display());
        let hint = "restore into a folder that is not there yet";
        return Err(Error::Carried { path: from.to_owned(), what, hint });
    }
    let mut fresh = case.as_os_str().to_owned();
    fresh.push(".restoring");
    let fresh = PathBuf::from(fresh);
    let _ = fs::remove_dir_all(&fresh); // Left by a restoring that was cut short.
    unpack(from, unlock, &fresh)?;
    let report = Ledger::open(&fresh.join("ledger"))?.verify()?;
    if let Some(fault) = report.faults.first() {
        let what = format!("what it holds is damaged at {}: {}", fault.place, fault.what);
        let hint = "restore an older backup; what was unpacked lies beside it, in `.restoring`";
        return Err(Error::Carried { path: from.to_owned(), what, hint });
    }
    let _ = fs::remove_dir(case); // An empty folder.
    fs::rename(&fresh, case).map_err(|why| Error::disk("write", case, why))?;
    Ok(report)
}

fn unpack(from: &Path, unlock: &Unlock, to: &Path) -> Result<(), Error> {
    let file = File::open(from).map_err(|why| Error::disk("read", from, why))?;
    let cut = |why: io::Error| Error::Carried {
        path: from.to_owned(),
        what: format!("ends early or is damaged ({why})"),
        hint: "restore an older backup, or copy this one again from where it was kept",
    };
    let mut archive = tar::Archive::new(age::open(unlock, from, file)?);
    for found in archive.entries().map_err(cut)? {
        let mut found = found.map_err(cut)?;
        let name = found.path().map_err(cut)?.into_owned();
        let plain = name.components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || !found.header().entry_type().is_file() {
            return Err(cut(io::Error::other("a path that leads elsewhere")));
        }
        let path = to.join(&name);
        let shelf = path.parent().expect("it lies in a folder");
        fs::create_dir_all(shelf).map_err(|why| Error::disk("write", shelf, why))?;
        let mut file = File::create(&path).map_err(|why| Error::disk("write", &path, why))?;
        io::copy(&mut found, &mut file).map_err(cut)?;
        file.flush()
            .and_then(|()| file.sync_all())
            .map_err(|why| Error::disk("write", &path, why))?;
    }
    Ok(())
}
