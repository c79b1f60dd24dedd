//! Backup and restore: a whole case in one age file, taken while others write.
//!
//! Inside is a tar archive: the ledger as it was at one moment, its key table and keyring, the
//! evidence, `case.toml` and `rules/`. The inbox is not in it: what was received is evidence; nor
//! are the accounts: a case that is restored has its team made anew. Of a
//! ledger on a server it is the same; evidence that lies with other members is not in it. A
//! backup of a sealed case is sealed twice; restoring it asks for the age key, reading it for the
//! case's own. **What is erased later stays in backups taken before**: HAZARDS.md says so.

use super::age::{self, Lock, Unlock};
use crate::{
    Error, Head, Ledger, Report,
    blobs::shred,
    seal::{Safe, safe::Files},
    site::Site,
    store::{FORMAT, PLAIN, copy_rows},
};
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

/// Backs up the case in `case`, whose ledger is open, into the file `to`. No key is asked for.
pub fn backup(case: &Path, ledger: &Ledger, lock: &Lock, to: &Path) -> Result<Backup, Error> {
    let fresh = to.with_extension("part");
    let tombstones = || Ok::<_, Error>(ledger.positions("erased", None)?.len());
    // An erasure while we copy would leave an entry without its secret: begin again then.
    for _ in 0..8 {
        let before = tombstones()?;
        let made = write(case, ledger, lock, &fresh);
        let same = tombstones()? == before;
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
    Err(Error::Busy { path: ledger.folder().to_owned(), by: "erasures".to_owned() })
}

fn write(case: &Path, ledger: &Ledger, lock: &Lock, to: &Path) -> Result<Backup, Error> {
    let folder = ledger.folder();
    let copy = Copy::fresh(folder)?;
    let head = ledger.store.snapshot(&copy.0)?;
    if ledger.is_sealed() {
        // After the rows: whatever they are sealed under is there by now.
        copy.keep(&*ledger.store.safe()?)?;
    }
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
    for (under, belongs) in [(&*copy.0, moment as fn(&str) -> bool), (folder, rest)] {
        for path in files(under)? {
            let name = slashed(path.strip_prefix(under).expect("it lies under the folder"));
            if belongs(&name) {
                add(&format!("ledger/{name}"), &path)?;
            }
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

/// A folder with the moment that a backup is made from; it goes with the value.
struct Copy(PathBuf);

impl Copy {
    fn fresh(folder: &Path) -> Result<Copy, Error> {
        let copy = Copy(folder.join("backup"));
        copy.shred(); // Left by a backup that was cut short.
        fs::create_dir_all(&copy.0).map_err(|why| Error::disk("write", &copy.0, why))?;
        Ok(copy)
    }

    /// Keeps slots and secrets, as a ledger in a folder has them.
    fn keep(&self, safe: &dyn Safe) -> Result<(), Error> {
        carry_safe(safe, &Files::new(&self.0))
    }

    fn shred(&self) {
        for path in files(&self.0).unwrap_or_default() {
            let _ = shred(&path);
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        self.shred();
    }
}

/// Puts the slots and the secrets of one safe into an empty one.
fn carry_safe(from: &dyn Safe, to: &dyn Safe) -> Result<(), Error> {
    to.begin()?;
    let records = from.records(0)?;
    to.add(&mut |_| records.clone())?;
    let slots = from.slots()?.unwrap_or_default();
    to.put_slots(to.slots()?.as_deref(), &slots)
}

/// What a backup takes of the moment.
fn moment(name: &str) -> bool {
    ["ledger.sqlite", "secrets", "seal.json"].contains(&name)
}

/// What it takes of the ledger's folder as it lies there: neither what the moment has, nor what
/// passes, nor who may come in: a copy would let those in again who were taken out since, and
/// programs whose tokens were revoked.
fn rest(name: &str) -> bool {
    let other = ["writer.lock", "secrets", "seal.json", "accounts.json", "accounts.lock"];
    let other = other.contains(&name);
    let passing = name.starts_with("backup") || name.ends_with(".new");
    !(other || passing || name.starts_with("ledger.sqlite"))
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
    // What lay with other members of a team was not in it; what was cannot be lost from it.
    if let Some(fault) = report.faults.iter().find(|fault| !fault.is_missing()) {
        let what = format!("what it holds is damaged at {}: {}", fault.place, fault.what);
        let hint = "restore an older backup; what was unpacked lies beside it, in `.restoring`";
        return Err(Error::Carried { path: from.to_owned(), what, hint });
    }
    let _ = fs::remove_dir(case); // An empty folder.
    fs::rename(&fresh, case).map_err(|why| Error::disk("write", case, why))?;
    Ok(report)
}

/// Puts the ledger in a folder onto another site, as it is: no key is asked for.
pub fn settle(folder: &Path, site: &dyn Site) -> Result<Head, Error> {
    site.free()?;
    let from = Ledger::open(folder)?;
    if from.is_sealed() {
        carry_safe(&*from.store.safe()?, &*site.safe()?)?;
    }
    let made = site.make(if from.is_sealed() { FORMAT } else { PLAIN })?;
    copy_rows(&*from.store, &mut *made.store.pen()?)
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
