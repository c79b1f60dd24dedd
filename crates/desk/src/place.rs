//! Where the ledger of a case is: in its folder, or on a server that a team shares.

use crate::{Error, Settings, settings::LedgerSettings};
use habeas_ledger::Ledger;
use std::{fs, path::Path};

/// Opens the ledger of the case in `folder`; one in the folder is made on the first opening.
pub fn open(folder: &Path, settings: &LedgerSettings) -> Result<Ledger, Error> {
    let at = folder.join("ledger");
    if settings.server.is_some() || settings.evidence.is_some() {
        return elsewhere(&at, settings);
    }
    Ok(if Ledger::exists(&at) { Ledger::open(&at)? } else { Ledger::create(&at)? })
}

/// Makes the tables of `server`, else of the one that the case in `folder` names, or brings them up
/// to date; says how many migrations that took.
pub fn migrate(folder: &Path, server: Option<&str>) -> Result<usize, Error> {
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).map_err(|_| Error::NoCase(folder.to_owned()))?;
    let named = Settings::read(&text, &path)?.ledger.server;
    let server = server.map(str::to_owned).or(named);
    tables(&server.ok_or(Error::NoServer(path))?)
}

#[cfg(feature = "postgres")]
fn tables(address: &str) -> Result<usize, Error> {
    use habeas_ledger::store::server::{Server, address::Address};
    Ok(Server::migrate(&Address::read(address)?)?)
}

#[cfg(not(feature = "postgres"))]
fn tables(_address: &str) -> Result<usize, Error> {
    Err(habeas_ledger::Error::NotBuilt("postgres").into())
}

#[cfg(any(feature = "postgres", feature = "s3"))]
fn elsewhere(at: &Path, settings: &LedgerSettings) -> Result<Ledger, Error> {
    use habeas_ledger::{
        blobs::Folder,
        store::{Shelf, Sqlite, Store},
    };
    use std::sync::Arc;
    let store: Box<dyn Store> = match &settings.server {
        #[cfg(feature = "postgres")]
        Some(address) => {
            use habeas_ledger::store::server::{Server, address::Address};
            Box::new(Server::open(&Address::read(address)?)?)
        }
        #[cfg(not(feature = "postgres"))]
        Some(_) => return Err(habeas_ledger::Error::NotBuilt("postgres").into()),
        None => {
            if !Sqlite::exists(at) {
                drop(Ledger::create(at)?);
            }
            Box::new(Sqlite::open(at)?)
        }
    };
    let shelf: Arc<dyn Shelf> = match &settings.evidence {
        #[cfg(feature = "s3")]
        Some(address) => Arc::new(habeas_ledger::store::bucket::Bucket::read(address)?),
        #[cfg(not(feature = "s3"))]
        Some(_) => return Err(habeas_ledger::Error::NotBuilt("s3").into()),
        None => Arc::new(Folder::create(at)?),
    };
    Ok(Ledger::over(at, store, shelf))
}

#[cfg(not(any(feature = "postgres", feature = "s3")))]
fn elsewhere(_at: &Path, _settings: &LedgerSettings) -> Result<Ledger, Error> {
    Err(habeas_ledger::Error::NotBuilt("postgres,s3").into())
}
