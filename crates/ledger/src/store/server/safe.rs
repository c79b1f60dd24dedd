//! The safe of a ledger on a server: slots and secrets in two tables of its schema.
//!
//! A row that is overwritten leaves its old self behind: in the pages of its table until they are
//! written anew, and in the write-ahead log until its files are used again. `wash` does
//! both, as far as the server allows it to this member: the first takes the tables' owner, the
//! second a member of `pg_checkpoint` and `pg_monitor`. Replicas, archived logs and backups are
//! out of its reach. All of these hold wrapped secrets only, which open nothing without the case
//! key.

use super::{Server, number};
use crate::{
    Error,
    seal::{
        Left, Safe,
        safe::Make,
        secrets::{RECORD, Wrapped},
    },
};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};
use tokio_postgres::Client;

/// Slots and secrets in tables.
pub struct Tables {
    server: Mutex<Server>,
    place: PathBuf,
}

/// Records that are asked for, or sent, at once.
const AT_A_TIME: usize = 1 << 15;

/// A write-ahead log of more files than this (8 GiB of the usual ones) is left to the server.
const MOST: i64 = 512;

const DESTROY: &str = "WITH gone AS (
        UPDATE secret SET record = decode(repeat('00', 72), 'hex') WHERE id = ANY($1::bigint[]))
    UPDATE ledger SET unwashed = true";
const REPLACE: &str = "WITH put AS (
        UPDATE keyring SET slots = $1 WHERE slots = $2 RETURNING true)
    UPDATE ledger SET unwashed = true FROM put";
const FIRST: &str = "INSERT INTO keyring (slots) VALUES ($1) ON CONFLICT DO NOTHING";
const FILES: &str = "SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'";

impl Tables {
    pub(super) fn new(server: Server) -> Tables {
        let place = server.place.clone();
        Tables { server: Mutex::new(server), place }
    }

    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().expect("no panic holds it")
    }
}

impl Safe for Tables {
    fn place(&self) -> &Path {
        &self.place
    }

    fn slots(&self) -> Result<Option<Vec<u8>>, Error> {
        self.server().ask(async |client| {
            let found = client.query_opt("SELECT slots FROM keyring", &[]).await?;
            found.map(|row| row.try_get(0)).transpose()
        })
    }

    fn put_slots(&self, old: Option<&[u8]>, slots: &[u8]) -> Result<(), Error> {
        let put = self.server().ask(async |client| match old {
            None => client.execute(FIRST, &[&slots]).await,
            Some(old) => client.execute(REPLACE, &[&slots, &old]).await,
        })?;
        match put {
            0 => Err(Error::Busy { path: self.place.clone(), by: "another holder".to_owned() }),
            _ => Ok(()),
        }
    }

    /// Of a ledger that is not sealed yet, so that no secret in use is ever dropped.
    fn begin(&self) -> Result<(), Error> {
        let sql = "DELETE FROM secret WHERE (SELECT format FROM ledger) = 1";
        self.server().ask(async |client| client.batch_execute(sql).await)
    }

    fn records(&self, first: u64) -> Result<Vec<Wrapped>, Error> {
        let server = self.server();
        let mut records: Vec<Wrapped> = Vec::new();
        loop {
            let from = number(first + records.len() as u64);
            let found = server.ask(async |client| {
                let sql = "SELECT id, record FROM secret WHERE id >= $1 AND id < $2 ORDER BY id";
                client.query(sql, &[&from, &from.saturating_add(AT_A_TIME as i64)]).await
            })?;
            let before = records.len();
            for (row, id) in found.iter().zip(from..) {
                let record = row.get::<_, i64>(0) == id;
                let record = record.then(|| row.get::<_, &[u8]>(1).try_into().ok()).flatten();
                records.push(record.ok_or_else(|| self.damaged(id))?);
            }
            if records.len() - before < AT_A_TIME {
                return Ok(records);
            }
        }
    }

    fn add(&self, make: Make<'_>) -> Result<u64, Error> {
        let make = RefCell::new(make);
        self.server().ask(async |client| {
            let added = add(client, &make).await;
            if added.is_err() {
                let _ = client.batch_execute("ROLLBACK").await; // It is rolled back anyhow.
            }
            added
        })
    }

    fn destroy(&self, ids: &[u64]) -> Result<(), Error> {
        let ids: Vec<i64> = ids.iter().map(|id| number(*id)).collect();
        self.server().ask(async |client| client.execute(DESTROY, &[&ids]).await)?;
        Ok(())
    }

    fn is_far(&self) -> bool {
        true
    }

    fn wash(&self) -> Result<Left, Error> {
        let server = self.server();
        let due = "SELECT unwashed FROM ledger";
        if !server.ask(async |client| client.query_one(due, &[]).await?.try_get(0))? {
            return Ok(Left::Nothing);
        }
        super::reseal::drop_unsealed(&server)?;
        let pages = ["secret", "keyring"].map(|table| server.ask(written_anew(table)));
        let log = server.ask(overwrite_log);
        let left = match (pages.iter().all(|done| matches!(done, Ok(true))), log) {
            (true, Ok(true)) => Left::Copies,
            (true, _) => Left::Log,
            (false, _) => Left::Pages,
        };
        let done = "UPDATE ledger SET unwashed = false";
        server.ask(async |client| client.batch_execute(done).await)?;
        Ok(left)
    }
}

impl Tables {
    fn damaged(&self, id: i64) -> Error {
        Error::Damaged { path: self.place.clone(), what: format!("secret {id}") }
    }
}

/// Adds records under the next numbers; who else adds waits for the row of `ledger`.
async fn add(client: &Client, make: &RefCell<Make<'_>>) -> Result<u64, tokio_postgres::Error> {
    client.batch_execute("BEGIN; SELECT FROM ledger FOR UPDATE").await?;
    let sql = "SELECT coalesce(max(id) + 1, 0) FROM secret";
    let first: i64 = client.query_one(sql, &[]).await?.try_get(0)?;
    let records = (make.borrow_mut())(first.unsigned_abs());
    let numbers: Vec<i64> = (first..).take(records.len()).collect();
    for (ids, some) in numbers.chunks(AT_A_TIME).zip(records.chunks(AT_A_TIME)) {
        let some: Vec<&[u8]> = some.iter().map(<[u8; RECORD]>::as_slice).collect();
        let sql = "INSERT INTO secret SELECT * FROM unnest($1::bigint[], $2::bytea[])";
        client.execute(sql, &[&ids, &some]).await?;
    }
    client.batch_execute("COMMIT").await?;
    Ok(first.unsigned_abs())
}

/// Writes a table anew, without its dead rows. Whom it does not belong to is only warned by the
/// server: that the file is another one tells.
fn written_anew(
    table: &'static str,
) -> impl AsyncFn(&Client) -> Result<bool, tokio_postgres::Error> {
    async move |client| {
        let file = format!("SELECT pg_relation_filenode('{table}')");
        let before: u32 = client.query_one(&file, &[]).await?.try_get(0)?;
        client.batch_execute(&format!("VACUUM FULL {table}")).await?;
        let after: u32 = client.query_one(&file, &[]).await?.try_get(0)?;
        Ok(before != after)
    }
}

/// Overwrites the write-ahead log: goes on to the next file, lets the server put the old ones to
/// use again, and writes through all of them. Says whether none of the old ones is left.
async fn overwrite_log(client: &Client) -> Result<bool, tokio_postgres::Error> {
    let old = file_now(client).await?;
    fill(client).await?;
    client.batch_execute("CHECKPOINT").await?;
    let files = client.query(FILES, &[]).await?;
    let names: Vec<String> = files.iter().map(|row| row.get(0)).collect();
    let Some(last) = names.iter().max().filter(|_| names.len() as i64 <= MOST) else {
        return Ok(false);
    };
    while file_now(client).await? <= *last {
        fill(client).await?;
    }
    client.batch_execute("CHECKPOINT").await?;
    let files = client.query(FILES, &[]).await?;
    Ok(files.iter().all(|row| row.get::<_, &str>(0) > old.as_str()))
}

/// The file of the log that is written now.
async fn file_now(client: &Client) -> Result<String, tokio_postgres::Error> {
    let sql = "SELECT pg_walfile_name(pg_current_wal_insert_lsn())";
    client.query_one(sql, &[]).await?.try_get(0)
}

/// Fills one file of the log with noughts.
async fn fill(client: &Client) -> Result<(), tokio_postgres::Error> {
    let sql = "SELECT count(pg_logical_emit_message(false, 'habeas', repeat('0', 1 << 20)))
               FROM pg_settings, generate_series(0, setting::bigint >> 20)
               WHERE name = 'wal_segment_size'";
    client.query_one(sql, &[]).await.map(drop)
}
