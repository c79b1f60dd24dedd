//! A site: a place where a ledger is to be made, in a folder or on a server.

#[cfg(feature = "postgres")]
use crate::store::server::{Server, address::Address};
use crate::{
    Error, Ledger,
    blobs::Folder,
    seal::{Cost, Credential, Keyring, Safe, safe::Files},
    store::{FORMAT, PLAIN, Shelf, Sqlite, Store as _},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where a ledger is to be made.
pub trait Site {
    /// Where, for messages.
    fn place(&self) -> PathBuf;
    /// Whether there is a ledger with something in it, or a sealed one.
    fn is_taken(&self) -> Result<bool, Error>;
    /// Where its slots and secrets will lie.
    fn safe(&self) -> Result<Arc<dyn Safe>, Error>;
    /// Makes an empty ledger of this format: there is a whole one or there is none.
    fn make(&self, format: u32) -> Result<Ledger, Error>;
}

impl dyn Site + '_ {
    /// Makes an empty ledger that is not sealed.
    pub fn plain(&self) -> Result<Ledger, Error> {
        self.free()?;
        self.make(PLAIN)
    }

    /// Makes an empty sealed ledger with its first holder, and unlocks it.
    pub fn sealed(
        &self,
        holder: &str,
        credential: &Credential,
        cost: Cost,
    ) -> Result<Ledger, Error> {
        self.free()?;
        Keyring::create(&self.safe()?, holder, credential, cost)?;
        self.under(credential)
    }

    /// Makes an empty sealed ledger beside a keyring that is there.
    pub(crate) fn under(&self, credential: &Credential) -> Result<Ledger, Error> {
        self.safe()?.begin()?;
        let mut ledger = self.make(FORMAT)?; // The last: with it the ledger is there.
        ledger.unlock(credential)?;
        Ok(ledger)
    }

    /// Refuses where there is one: what is there is never overwritten.
    pub fn free(&self) -> Result<(), Error> {
        match self.is_taken()? {
            false => Ok(()),
            true => Err(Error::Carried {
                path: self.place(),
                what: "has a ledger already".to_owned(),
                hint: "take a folder or a schema without one, or `habeas ledger merge`",
            }),
        }
    }
}

/// In a folder, with its evidence on a shelf.
pub struct Here {
    folder: PathBuf,
    shelf: Arc<dyn Shelf>,
}

impl Here {
    /// In `folder`, the evidence beside it.
    #[must_use]
    pub fn new(folder: &Path) -> Here {
        Here { folder: folder.to_owned(), shelf: Arc::new(Folder::new(folder)) }
    }

    /// In `folder`, the evidence elsewhere.
    #[must_use]
    pub fn with(folder: &Path, shelf: Arc<dyn Shelf>) -> Here {
        Here { folder: folder.to_owned(), shelf }
    }
}

impl Site for Here {
    fn place(&self) -> PathBuf {
        self.folder.clone()
    }

    fn is_taken(&self) -> Result<bool, Error> {
        Ok(Sqlite::exists(&self.folder))
    }

    fn safe(&self) -> Result<Arc<dyn Safe>, Error> {
        Folder::create(&self.folder)?;
        Ok(Arc::new(Files::new(&self.folder)))
    }

    fn make(&self, format: u32) -> Result<Ledger, Error> {
        let keyring = crate::seal::keyring::path(&self.folder);
        if format == PLAIN && keyring.exists() {
            let what = "the ledger that it belongs to is missing beside it".to_owned();
            return Err(Error::Damaged { path: keyring, what }); // Never a plain one in its place.
        }
        Folder::create(&self.folder)?;
        Sqlite::create(&self.folder, format)?;
        let store = Box::new(Sqlite::open(&self.folder)?);
        Ok(Ledger::over(&self.folder, store, self.shelf.clone()))
    }
}

/// On a server whose tables were made by [`Server::migrate`]; keys that sign lie in a folder.
#[cfg(feature = "postgres")]
pub struct There {
    /// The folder of the member who makes it.
    pub folder: PathBuf,
    /// The server.
    pub address: Address,
    /// Where the evidence lies.
    pub shelf: Arc<dyn Shelf>,
}

#[cfg(feature = "postgres")]
impl Site for There {
    fn place(&self) -> PathBuf {
        PathBuf::from(self.address.to_string())
    }

    fn is_taken(&self) -> Result<bool, Error> {
        let server = Server::open(&self.address)?;
        Ok(server.sealed() || server.head()?.position > 0)
    }

    fn safe(&self) -> Result<Arc<dyn Safe>, Error> {
        Server::open(&self.address)?.safe()
    }

    fn make(&self, format: u32) -> Result<Ledger, Error> {
        if format > PLAIN {
            Server::open(&self.address)?.begin_sealed()?;
        }
        Folder::create(&self.folder)?;
        let store = Box::new(Server::open(&self.address)?);
        Ok(Ledger::over(&self.folder, store, self.shelf.clone()))
    }
}
