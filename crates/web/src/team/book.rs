//! The file of the accounts, beside the case: `ledger/accounts.json`. It is read anew for each
//! question, and put in the place of the old one at once.

use super::{
    account::Team,
    program::{token::Scope, trail::Trail},
};
use crate::Error;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// The format of the file.
const FORMAT: u32 = 1;

/// Where the accounts of a case are kept.
#[derive(Clone, Debug)]
pub struct Book {
    path: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: u32,
    #[serde(flatten)]
    team: Team,
}

impl Book {
    /// That of the case in `folder`.
    #[must_use]
    pub fn of(folder: &Path) -> Book {
        Book { path: folder.join("ledger/accounts.json") }
    }

    /// Makes a token, and says so in the trail: what is shown of it once.
    pub fn make_token(
        &self,
        name: &str,
        scopes: BTreeSet<Scope>,
        days: u32,
        by: &str,
    ) -> Result<String, Error> {
        let now = habeas_desk::now() / 1_000_000;
        let words: Vec<&str> = scopes.iter().map(|scope| scope.word()).collect();
        let of = format!("{name} ({}, {days} d)", words.join(", "));
        self.change(|team| {
            let shown = team.add_token(name, scopes, days, by, now)?;
            self.trail().append(by, "token made", &of, now)?; // Nothing is made without.
            Ok(shown)
        })
    }

    /// Revokes a token, and says so in the trail.
    pub fn revoke(&self, name: &str, by: &str) -> Result<(), Error> {
        self.change(|team| {
            team.revoke(name)?;
            self.trail().append(by, "token revoked", name, habeas_desk::now() / 1_000_000)
        })
    }

    /// Who let whom in.
    #[must_use]
    pub fn trail(&self) -> Trail {
        let ledger = self.path.parent().and_then(Path::parent);
        Trail::of(ledger.unwrap_or(Path::new(".")))
    }

    /// Everybody; nobody where there is no file yet.
    pub fn read(&self) -> Result<Team, Error> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Team::default()),
            Err(why) => return Err(self.disk(why)),
        };
        let damaged = |why: serde_json::Error| {
            let (line, column) = (why.line(), why.column());
            Error::Accounts(self.path.clone(), format!("line {line}, column {column}"))
        };
        let written: Written = serde_json::from_slice(&bytes).map_err(damaged)?;
        match written.format {
            FORMAT => Ok(written.team),
            found => {
                let why = format!("it is of format {found}, and {FORMAT} is known here");
                Err(Error::Accounts(self.path.clone(), why))
            }
        }
    }

    /// Changes the team, one change after another: nothing is written where `act` fails.
    pub fn change<T>(&self, act: impl FnOnce(&mut Team) -> Result<T, Error>) -> Result<T, Error> {
        let open = || {
            fs::create_dir_all(self.path.parent().unwrap_or(Path::new(".")))?;
            let mut options = OpenOptions::new();
            private(options.write(true).create(true).truncate(false))
                .open(self.path.with_extension("lock"))
        };
        let lock = open().map_err(|why| self.disk(why))?;
        lock.lock().map_err(|why| self.disk(why))?; // It goes with the file, however this ends.
        let mut team = self.read()?;
        let done = act(&mut team)?;
        self.write(team).map_err(|why| self.disk(why))?;
        Ok(done)
    }

    fn write(&self, team: Team) -> io::Result<()> {
        let written = Written { format: FORMAT, team };
        let mut text = serde_json::to_vec_pretty(&written)?;
        text.push(b'\n');
        let fresh = self.path.with_extension("new");
        let mut options = OpenOptions::new();
        let mut file = private(options.write(true).create(true).truncate(true)).open(&fresh)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.path)?;
        File::open(self.path.parent().unwrap_or(Path::new(".")))?.sync_all()
    }

    fn disk(&self, why: io::Error) -> Error {
        Error::Accounts(self.path.clone(), why.to_string())
    }
}

/// For the owner alone.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{passphrase::Kept, role::Role, second::Second};
    use habeas_ledger::seal::keyring::Cost;
    use std::collections::BTreeSet;

    fn add(team: &mut Team, name: &str) -> Result<(), Error> {
        let kept = Kept::of("correct horse battery", Cost::LEAST)?;
        team.add(name, BTreeSet::from([Role::Keeper]), kept)
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ledger")).unwrap();
        let book = Book::of(folder.path());
        assert_eq!(book.read().unwrap(), Team::default());
        let team = book
            .change(|team| {
                add(team, "ada")?;
                team.set_second("ada", Some(Second::fresh()?))?;
                team.invite("ada", BTreeSet::from([Role::Reader, Role::Linker]), 7)?;
                Ok(team.clone())
            })
            .unwrap();
        assert_eq!(book.read().unwrap(), team);
        assert!(book.change(|team| add(team, "bea").and(add(team, "ada"))).is_err());
        assert_eq!(book.read().unwrap(), team); // All of it or nothing.
        book.change(|kept| add(kept, "cai")).unwrap();
        assert!(book.read().unwrap().find("cai").is_some());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&book.path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let text = fs::read_to_string(&book.path).unwrap();
        assert!(!text.contains("correct horse battery"));
    }

    #[test]
    fn changes_of_many_are_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ledger")).unwrap();
        let book = Book::of(folder.path());
        std::thread::scope(|scope| {
            for n in 0..8 {
                let book = book.clone();
                scope.spawn(move || book.change(|team| add(team, &format!("a{n}"))).unwrap());
            }
        });
        assert_eq!(book.read().unwrap().accounts.len(), 8);
    }

    #[test]
    fn a_damaged_file_lets_nobody_in() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ledger")).unwrap();
        let book = Book::of(folder.path());
        for text in ["", "{}", "{\"format\":1}", "{\"format\":2,\"accounts\":[]}"] {
            fs::write(&book.path, text).unwrap();
            assert!(book.read().is_err(), "{text}");
            assert!(book.change(|_| Ok(())).is_err(), "{text}");
        }
    }
}
