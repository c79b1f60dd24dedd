//! Sealing a ledger on a server: it is written anew in a schema beside it, which then takes its
//! name. Whoever would append meanwhile waits, and is refused after that: what they would send is
//! not sealed.

use super::{Server, address::Address};
use crate::{
    Error, Ledger,
    seal::{Cost, Credential, Left, convert},
    site::There,
    store::Shelf,
};
use habeas_model::{Digest, Entry};
use std::{path::Path, sync::Arc};

/// What is made, and what goes: only schemas that say so of themselves are ever dropped.
const MAKING: &str = "habeas: a ledger that is being sealed";
const GOING: &str = "habeas: a ledger before it was sealed";

/// Seals the ledger at `address`; gives it, unlocked, and what is left of the plain one.
pub fn seal(
    address: &Address,
    folder: &Path,
    shelf: &Arc<dyn Shelf>,
    holder: &str,
    credential: &Credential,
    cost: Cost,
) -> Result<(Ledger, Left), Error> {
    let plain = Ledger::over(folder, Box::new(Server::open(address)?), shelf.clone());
    let documents = documents(&plain)?;
    let fresh = address.beside("_sealing")?;
    let keeper = Server::open(address)?;
    drop_schema(&keeper, &fresh.schema, MAKING)?;
    keeper.tell("BEGIN; SELECT FROM head FOR UPDATE")?; // Whoever would append waits.
    Server::migrate(&fresh)?;
    let made = Server::open(&fresh)?;
    made.tell(&format!("COMMENT ON SCHEMA {} IS '{MAKING}'", fresh.schema))?;
    let site = There { folder: folder.to_owned(), address: fresh.clone(), shelf: shelf.clone() };
    let sealed = convert::convert(&plain, &site, holder, credential, cost)?;
    if let Some(fault) = sealed.verify()?.faults.first() {
        return Err(Error::Damaged { path: made.place, what: fault.what.clone() });
    }
    made.tell(&format!(
        "UPDATE ledger SET unwashed = true, channel = (SELECT channel FROM {}.ledger)",
        address.schema
    ))?;
    drop((sealed, made));
    let (name, making) = (&address.schema, &fresh.schema);
    keeper.tell(&format!(
        "DELETE FROM head; ALTER SCHEMA {name} RENAME TO {name}_unsealed;
         COMMENT ON SCHEMA {name}_unsealed IS '{GOING}';
         ALTER SCHEMA {making} RENAME TO {name}; COMMENT ON SCHEMA {name} IS NULL; COMMIT"
    ))?;
    for digest in documents {
        shelf.remove(&digest)?; // Sealed ones lie there under other names.
    }
    let mut ledger = Ledger::over(folder, Box::new(Server::open(address)?), shelf.clone());
    ledger.unlock(credential)?;
    let left = ledger.store.safe()?.wash()?;
    Ok((ledger, left))
}

/// The documents of a ledger; all of them must be there to be sealed.
fn documents(plain: &Ledger) -> Result<Vec<Digest>, Error> {
    let mut documents = Vec::new();
    plain.rows_of(&["received"], |_, entry| {
        if let Entry::Received(received) = entry {
            documents.push(received.blob);
        }
    })?;
    match documents.iter().find(|digest| !plain.has_blob(digest)) {
        None => Ok(documents),
        Some(digest) => Err(Error::Elsewhere(digest.to_string())),
    }
}

/// Drops what a sealing left behind.
pub(super) fn drop_unsealed(server: &Server) -> Result<(), Error> {
    drop_schema(server, &format!("{}_unsealed", server.address.schema), GOING)
}

/// Drops a schema if it says this of itself; another one of that name is left alone.
fn drop_schema(server: &Server, name: &str, says: &str) -> Result<(), Error> {
    let sql = "SELECT obj_description(oid, 'pg_namespace') IS NOT DISTINCT FROM $2
               FROM pg_namespace WHERE nspname = $1";
    let found = server.ask(async |client| {
        let found = client.query_opt(sql, &[&name, &says]).await?;
        found.map(|row| row.try_get::<_, bool>(0)).transpose()
    })?;
    match found {
        Some(true) => server.tell(&format!("DROP SCHEMA {name} CASCADE")),
        _ => Ok(()),
    }
}

impl Server {
    /// Runs statements, without an answer.
    fn tell(&self, sql: &str) -> Result<(), Error> {
        self.runtime.block_on(self.client().batch_execute(sql)).map_err(|e| self.failed(&e))
    }
}
