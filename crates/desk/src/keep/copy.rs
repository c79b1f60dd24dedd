//! `seal`, `backup`, `restore`, `ledger export|import|merge`: a case is sealed, copied, moved and
//! brought together.

use crate::{Case, Error, Settings, case::now, place, settings::LedgerSettings};
use habeas_ledger::{
    Head, Ledger, Report,
    carry::{
        age::{Lock, Unlock},
        backup::{self, Backup},
        lines::{self, Lines},
        merge::{Merged, Question, questions as open_questions},
    },
    seal::{Cost, Credential, Left, convert},
    site::Here,
};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, BufWriter, Write as _},
    path::{Path, PathBuf},
};

/// Seals a case that is not: its ledger is written anew under a key, put in the place of the old
/// one, and the old one overwritten. Says what is left of it: on a server not all can be.
pub fn seal(
    folder: &Path,
    server: Option<&str>,
    holder: &str,
    credential: &Credential,
) -> Result<(Head, Left), Error> {
    let settings = place::named(folder, server)?;
    let Some(address) = &settings.server else {
        return Ok((seal_here(folder, holder, credential)?, Left::Nothing));
    };
    if place::open(folder, &settings)?.is_sealed() {
        return Err(Error::Sealed(folder.to_owned()));
    }
    place::seal_there(&folder.join("ledger"), &settings, address, holder, credential)
}

fn seal_here(folder: &Path, holder: &str, credential: &Credential) -> Result<Head, Error> {
    let (old, fresh) = (folder.join("ledger"), folder.join("ledger.sealing"));
    let plain = Ledger::open(&old)?;
    if plain.is_sealed() {
        return Err(Error::Sealed(folder.to_owned()));
    }
    let _ = fs::remove_dir_all(&fresh); // Left by a sealing that was cut short.
    let pen = plain.writer()?;
    let sealed = convert::convert(&plain, &Here::new(&fresh), holder, credential, Cost::SENSIBLE)?;
    let head = sealed.head()?;
    if let Some(fault) = sealed.verify()?.faults.first() {
        let what = fault.what.clone();
        return Err(habeas_ledger::Error::Damaged { path: fresh, what }.into());
    }
    drop((sealed, pen, plain));
    let aside = aside(folder);
    fs::rename(&old, &aside).map_err(|why| Error::writing(&aside, why))?;
    fs::rename(&fresh, &old).map_err(|why| Error::writing(&old, why))?;
    settle(folder)?;
    Ok(head)
}

fn aside(folder: &Path) -> PathBuf {
    folder.join("ledger.unsealed")
}

/// Ends a sealing that was cut short: without the sealed ledger the old one comes back, with it the
/// old one is overwritten and goes.
pub fn settle(folder: &Path) -> Result<(), Error> {
    let (old, aside) = (folder.join("ledger"), aside(folder));
    if !aside.exists() {
        return Ok(());
    }
    if !Ledger::exists(&old) {
        return fs::rename(&aside, &old).map_err(|why| Error::writing(&old, why));
    }
    for found in walkdir::WalkDir::new(&aside).into_iter().filter_map(Result::ok) {
        if found.file_type().is_file() {
            let path = found.path();
            habeas_ledger::blobs::shred(path).map_err(|why| Error::writing(path, why))?;
        }
    }
    fs::remove_dir_all(&aside).map_err(|why| Error::writing(&aside, why))
}

/// Backs up a case into one age file.
pub fn backup(
    folder: &Path,
    server: Option<&str>,
    lock: &Lock,
    to: &Path,
) -> Result<Backup, Error> {
    let ledger = place::open(folder, &place::named(folder, server)?)?;
    Ok(backup::backup(folder, &ledger, lock, to)?)
}

/// Makes a case out of a backup, and verifies it. Its ledger lies in the folder, whatever it was
/// taken from; or on `server`, whose tables are there and empty.
pub fn restore(
    from: &Path,
    unlock: &Unlock,
    folder: &Path,
    server: Option<&str>,
) -> Result<Report, Error> {
    let at = folder.join("ledger");
    let site = |address: &str| {
        let server = Some(address.to_owned());
        place::site(folder, &LedgerSettings { server, ..LedgerSettings::default() })
    };
    if let Some(address) = server {
        site(address)?.free()?; // Before anything is unpacked.
    }
    let report = backup::restore(from, unlock, folder)?;
    match server {
        None => stay_here(&folder.join("case.toml"))?,
        Some(address) => {
            backup::settle(&at, &*site(address)?)?;
            for name in ["ledger.sqlite", "secrets", "seal.json"] {
                let path = at.join(name);
                if path.exists() {
                    habeas_ledger::blobs::shred(&path).map_err(|why| Error::writing(&path, why))?;
                }
            }
        }
    }
    Ok(report)
}

/// Switches the server in case.toml off: the ledger is in the folder now.
fn stay_here(path: &Path) -> Result<(), Error> {
    let text = fs::read_to_string(path).map_err(|why| Error::reading(path, why))?;
    if Settings::read(&text, path)?.ledger.server.is_none() {
        return Ok(());
    }
    let mut table = String::new();
    let line = |line: &str| {
        if line.trim_start().starts_with('[') {
            table = line.trim().to_owned();
        }
        let names = table == "[ledger]" && line.trim_start().starts_with("server");
        format!("{}{line}\n", if names { "# restored into this folder: " } else { "" })
    };
    let text: String = text.lines().map(line).collect();
    fs::write(path, text).map_err(|why| Error::writing(path, why))
}

/// Writes the ledger as lines, readable for nobody else on this machine.
pub fn export(case: &Case, to: &Path) -> Result<Head, Error> {
    let fresh = to.with_extension("part");
    let failed = |why| Error::writing(to, why);
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut out = BufWriter::new(open.open(&fresh).map_err(failed)?);
    let head = lines::export(&case.ledger, to, &mut out)?;
    let file = out.into_inner().map_err(|e| failed(e.into_error()))?;
    file.sync_all().and_then(|()| fs::rename(&fresh, to)).map_err(failed)?;
    Ok(head)
}

/// Reads a file of lines.
pub fn read(from: &Path) -> Result<Lines, Error> {
    let file = File::open(from).map_err(|why| Error::reading(from, why))?;
    Ok(Lines::read(from, BufReader::new(file))?)
}

/// Makes a case of lines: the ledger, in the folder or on a server; and the settings and rules that
/// were kept last.
pub fn import(
    lines: &Lines,
    folder: &Path,
    server: Option<&str>,
    holder: &str,
    credential: Option<&Credential>,
) -> Result<Head, Error> {
    if folder.join("case.toml").exists() {
        return Err(Error::CaseExists(folder.to_owned()));
    }
    let server = server.map(str::to_owned);
    let settings = LedgerSettings { server, ..LedgerSettings::default() };
    let site = place::site(folder, &settings)?;
    let ledger = lines.import(&*site, holder, credential, Cost::SENSIBLE)?;
    for (name, text) in ledger.present(habeas_ledger::KnownBy::Now)?.kept {
        let own = name.strip_prefix("rules/").is_some_and(|rule| !rule.contains(['/', '\\']));
        if name == "case.toml" || own {
            let path = folder.join(&name);
            let shelf = path.parent().expect("it lies in the case");
            fs::create_dir_all(shelf).map_err(|why| Error::writing(shelf, why))?;
            let put = || File::create_new(&path)?.write_all(text.as_bytes());
            put().map_err(|why| Error::writing(&path, why))?;
        }
    }
    if settings.server.is_none() && folder.join("case.toml").exists() {
        stay_here(&folder.join("case.toml"))?;
    }
    let inbox = folder.join("inbox");
    fs::create_dir_all(&inbox).map_err(|why| Error::writing(&inbox, why))?;
    Ok(ledger.head()?)
}

/// Brings the work of another ledger into this one.
pub fn merge(case: &mut Case, lines: &Lines, from: &str) -> Result<Merged, Error> {
    let mut writer = case.writer()?;
    Ok(writer.merge(&case.ledger, lines, from, now())?)
}

/// Decisions of other ledgers that wait for an answer.
pub fn questions(case: &Case) -> Result<Vec<Question>, Error> {
    Ok(open_questions(&case.ledger)?)
}
