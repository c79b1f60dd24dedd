//! Where the ledger of a case is: in its folder, or on a server that a team shares.

use crate::{Error, Settings, settings::LedgerSettings};
use habeas_ledger::{
    Head, Ledger,
    blobs::Folder,
    seal::{Credential, Left},
    site::{Here, Site},
    store::{Shelf, Sqlite},
};
use std::{fs, path::Path, sync::Arc};

/// Opens the ledger of the case in `folder`; one in the folder is made on the first opening.
pub fn open(folder: &Path, settings: &LedgerSettings) -> Result<Ledger, Error> {
    let at = folder.join("ledger");
    if let Some(address) = &settings.server {
        Folder::create(&at)?; // Keys that sign lie there, and evidence that is in no bucket.
        return on_server(&at, address, shelf(&at, settings)?);
    }
    if !Ledger::exists(&at) {
        drop(Ledger::create(&at)?);
    }
    if settings.evidence.is_none() {
        return Ok(Ledger::open(&at)?);
    }
    Ok(Ledger::over(&at, Box::new(Sqlite::open(&at)?), shelf(&at, settings)?))
}

/// Where a ledger of the case in `folder` is to be made.
pub fn site(folder: &Path, settings: &LedgerSettings) -> Result<Box<dyn Site>, Error> {
    let at = folder.join("ledger");
    match &settings.server {
        Some(address) => server_site(&at, address, shelf(&at, settings)?),
        None => Ok(Box::new(Here::with(&at, shelf(&at, settings)?))),
    }
}

/// What case.toml in `folder` says of the ledger; `server` goes before it.
pub fn named(folder: &Path, server: Option<&str>) -> Result<LedgerSettings, Error> {
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).map_err(|_| Error::NoCase(folder.to_owned()))?;
    let mut settings = Settings::read(&text, &path)?.ledger;
    settings.server = server.map(str::to_owned).or(settings.server);
    Ok(settings)
}

/// Makes the tables of `server`, else of the one that the case in `folder` names, or brings them up
/// to date; says how many migrations that took.
pub fn migrate(folder: &Path, server: Option<&str>) -> Result<usize, Error> {
    let server = named(folder, server)?.server;
    tables(&server.ok_or_else(|| Error::NoServer(folder.join("case.toml")))?)
}

/// Where the evidence lies.
pub(crate) fn shelf(at: &Path, settings: &LedgerSettings) -> Result<Arc<dyn Shelf>, Error> {
    match &settings.evidence {
        #[cfg(feature = "s3")]
        Some(address) => Ok(Arc::new(habeas_ledger::store::bucket::Bucket::read(address)?)),
        #[cfg(not(feature = "s3"))]
        Some(_) => Err(habeas_ledger::Error::NotBuilt("s3").into()),
        None => Ok(Arc::new(Folder::new(at))),
    }
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

#[cfg(feature = "postgres")]
fn on_server(at: &Path, address: &str, shelf: Arc<dyn Shelf>) -> Result<Ledger, Error> {
    use habeas_ledger::store::server::{Server, address::Address};
    let server = Server::open(&Address::read(address)?)?;
    Ok(Ledger::over(at, Box::new(server), shelf))
}

#[cfg(not(feature = "postgres"))]
fn on_server(_at: &Path, _address: &str, _shelf: Arc<dyn Shelf>) -> Result<Ledger, Error> {
    Err(habeas_ledger::Error::NotBuilt("postgres").into())
}

#[cfg(feature = "postgres")]
fn server_site(at: &Path, address: &str, shelf: Arc<dyn Shelf>) -> Result<Box<dyn Site>, Error> {
    use habeas_ledger::{site::There, store::server::address::Address};
    Ok(Box::new(There { folder: at.to_owned(), address: Address::read(address)?, shelf }))
}

#[cfg(not(feature = "postgres"))]
fn server_site(_at: &Path, _address: &str, _shelf: Arc<dyn Shelf>) -> Result<Box<dyn Site>, Error> {
    Err(habeas_ledger::Error::NotBuilt("postgres").into())
}

/// Seals the ledger on a server; gives its last entry, and what is left of the plain one.
#[cfg(feature = "postgres")]
pub(crate) fn seal_there(
    at: &Path,
    settings: &LedgerSettings,
    address: &str,
    holder: &str,
    credential: &Credential,
) -> Result<(Head, Left), Error> {
    use habeas_ledger::{
        seal::Cost,
        store::server::{address::Address, reseal},
    };
    let (address, shelf) = (Address::read(address)?, shelf(at, settings)?);
    let (ledger, left) = reseal::seal(&address, at, &shelf, holder, credential, Cost::SENSIBLE)?;
    Ok((ledger.head()?, left))
}

#[cfg(not(feature = "postgres"))]
pub(crate) fn seal_there(
    _at: &Path,
    _settings: &LedgerSettings,
    _address: &str,
    _holder: &str,
    _credential: &Credential,
) -> Result<(Head, Left), Error> {
    Err(habeas_ledger::Error::NotBuilt("postgres").into())
}
