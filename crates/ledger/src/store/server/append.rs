//! Appending to a server: two trips there and back for a group, and no doubt afterwards.
//!
//! 1. The first trip begins and locks the one row of `head`: no other writer passes (invariant 1
//!    of [`super`]).
//! 2. The rows are made here, as for a file.
//! 3. The second trip inserts, moves the head, tells the listeners, and commits.
//!
//! If the line is cut on the second trip, the group may be there or not. The lock was ours, so on
//! a new connection the same lock is had only once the old transaction has ended, one way or the
//! other; then the chain at our last position says which (invariant 2 of [`super`]).

use super::{Head, Server, is_cut, number, read_head};
use crate::{Error, Row};
use futures_util::future::{try_join, try_join_all, try_join3};
use std::{sync::Arc, thread, time::Duration};
use tokio_postgres::{Client, Statement, types::ToSql};

/// Makes the rows of a group of batches, which follow one another and the head that it is given.
pub type Group<'a> = &'a mut dyn FnMut(Head) -> Vec<Vec<Row>>;

/// Writes groups of batches to a server.
pub struct Quill {
    server: Server,
    /// A group whose commit was cut off, as long as nobody could ask.
    unsettled: Option<Sent>,
}

/// Where a group that was sent belongs: the head before it, and after each of its batches.
#[derive(Clone)]
struct Sent {
    before: Head,
    ends: Vec<Head>,
}

impl Sent {
    fn last(&self) -> Head {
        self.ends.last().copied().unwrap_or(self.before)
    }
}

/// The statements of an append, planned once a connection.
#[derive(Clone)]
pub struct Prepared {
    lock: Statement,
    insert: Statement,
    advance: Statement,
}

/// Entries that go in one INSERT: more only make the message longer.
const AT_A_TIME: usize = 2_000;

/// A server that is started again needs some seconds; after so many tries of [`PAUSE`] each it is
/// said that nobody answers.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(250);

const LOCK: &str = "SELECT position, recorded_at, chain FROM head FOR UPDATE";
const INSERT: &str = "INSERT INTO entry SELECT * FROM unnest
    ($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::bytea[])";
const ADVANCE: &str = "WITH moved AS
    (UPDATE head SET position = $1, recorded_at = $2, chain = $3 RETURNING position)
    SELECT pg_notify(channel, position::text) FROM ledger, moved";

/// How an append ended.
enum Ended {
    Done(Sent),
    /// Cut off before anything was sent that could be kept.
    Before,
    /// Cut off in mid-commit.
    Amid(Sent),
}

impl Quill {
    pub(super) fn new(server: Server) -> Quill {
        Quill { server, unsettled: None }
    }

    /// Appends all batches or none; returns the head after each. An unsettled group of an earlier
    /// call is settled first.
    pub fn append(&mut self, group: Group<'_>) -> Result<Vec<Head>, Error> {
        self.settle()?;
        for _ in 0..3 {
            match self.attempt(group)? {
                Ended::Done(sent) => return Ok(sent.ends),
                Ended::Before => self.reach().map_err(|why| self.server.failed(&why))?,
                Ended::Amid(sent) => {
                    self.unsettled = Some(sent);
                    if let Some(there) = self.settle()? {
                        return Ok(there.ends);
                    }
                }
            }
        }
        let address = self.server.address.to_string();
        Err(Error::Server { address, why: "the line is cut again and again".to_owned() })
    }

    /// A group that was cut off in mid-commit, if it is there.
    fn settle(&mut self) -> Result<Option<Sent>, Error> {
        let Some(sent) = self.unsettled.clone() else { return Ok(None) };
        let (first, last) = (sent.before.position + 1, sent.last());
        let address = self.server.address.to_string();
        let unsure = |_| Error::Unsettled { address: address.clone(), first, last: last.position };
        self.reach().map_err(unsure)?;
        let client = self.server.client();
        let asked = self.server.runtime.block_on(async {
            client.batch_execute("BEGIN").await?;
            client.query_one(LOCK, &[]).await?; // Had only once the old transaction has ended.
            let sql = "SELECT chain FROM entry WHERE position = $1";
            let row = client.query_opt(sql, &[&number(last.position)]).await?;
            client.batch_execute("COMMIT").await?;
            row.map(|row| row.try_get::<_, Vec<u8>>(0)).transpose()
        });
        let chain = asked.map_err(unsure)?;
        self.unsettled = None;
        Ok(chain.is_some_and(|chain| chain == last.hash.0).then_some(sent))
    }

    /// A fresh connection, as soon as there is one to be had.
    fn reach(&self) -> Result<(), tokio_postgres::Error> {
        let mut tried = self.server.redial();
        for _ in 1..TRIES {
            if !matches!(&tried, Err(error) if is_cut(error)) {
                return tried;
            }
            thread::sleep(PAUSE);
            tried = self.server.redial();
        }
        tried
    }

    fn attempt(&self, group: Group<'_>) -> Result<Ended, Error> {
        let client = self.server.client();
        self.server.runtime.block_on(async {
            let (prepared, before) = match self.begin(&client).await {
                Ok(begun) => begun,
                Err(error) if is_cut(&error) => return Ok(Ended::Before),
                Err(error) => {
                    // It may have begun: what it holds would be held for ever.
                    let _ = client.batch_execute("ROLLBACK").await;
                    return Err(self.server.failed(&error));
                }
            };
            let (rows, ends) = flat(before, group(before));
            let sent = Sent { before, ends };
            if rows.is_empty() {
                let _ = client.batch_execute("ROLLBACK").await; // Nothing to keep or to lose.
                return Ok(Ended::Done(sent));
            }
            match send(&client, &prepared, &rows, &sent.last()).await {
                Ok(()) => Ok(Ended::Done(sent)),
                Err(error) if is_cut(&error) => Ok(Ended::Amid(sent)),
                Err(error) => {
                    let _ = client.batch_execute("ROLLBACK").await; // It is rolled back anyhow.
                    Err(self.server.failed(&error))
                }
            }
        })
    }

    /// Begins a transaction, and has the lock.
    async fn begin(&self, client: &Client) -> Result<(Prepared, Head), tokio_postgres::Error> {
        let prepared = self.prepared(client).await?;
        let lock = client.query_one(&prepared.lock, &[]);
        let ((), head) = try_join(client.batch_execute("BEGIN"), lock).await?;
        Ok((prepared, read_head(&head)?))
    }

    async fn prepared(&self, client: &Client) -> Result<Prepared, tokio_postgres::Error> {
        if let Some(prepared) = self.server.line.borrow().prepared.clone() {
            return Ok(prepared);
        }
        let (lock, insert, advance) =
            try_join3(client.prepare(LOCK), client.prepare(INSERT), client.prepare(ADVANCE))
                .await?;
        let prepared = Prepared { lock, insert, advance };
        self.server.line.borrow_mut().prepared = Some(prepared.clone());
        Ok(prepared)
    }
}

/// All rows of a group, and the head after each batch.
fn flat(mut head: Head, group: Vec<Vec<Row>>) -> (Vec<Row>, Vec<Head>) {
    let (mut rows, mut ends) = (Vec::new(), Vec::new());
    for batch in group {
        head = batch.last().map_or(head, Head::of);
        ends.push(head);
        rows.extend(batch);
    }
    (rows, ends)
}

/// Sends a group; all of it is on its way before the first answer is awaited.
async fn send(
    client: &Arc<Client>,
    prepared: &Prepared,
    rows: &[Row],
    last: &Head,
) -> Result<(), tokio_postgres::Error> {
    let inserts = rows.chunks(AT_A_TIME).map(|some| insert(client, prepared, some));
    let (position, chain) = (number(last.position), last.hash.0.as_slice());
    let moved: [&(dyn ToSql + Sync); 3] = [&position, &last.recorded_at, &chain];
    let advance = client.query_one(&prepared.advance, &moved);
    try_join3(try_join_all(inserts), advance, client.batch_execute("COMMIT")).await?;
    Ok(())
}

/// Inserts some rows, a column an array.
async fn insert(
    client: &Client,
    prepared: &Prepared,
    rows: &[Row],
) -> Result<u64, tokio_postgres::Error> {
    let positions: Vec<i64> = rows.iter().map(|row| number(row.position)).collect();
    let times: Vec<i64> = rows.iter().map(|row| row.recorded_at).collect();
    let authors: Vec<&str> = rows.iter().map(|row| row.author.as_str()).collect();
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    let bodies: Vec<&[u8]> = rows.iter().map(|row| row.body.as_slice()).collect();
    let leaves: Vec<&[u8]> = rows.iter().map(|row| row.leaf.0.as_slice()).collect();
    let chains: Vec<&[u8]> = rows.iter().map(|row| row.hash.0.as_slice()).collect();
    client
        .execute(
            &prepared.insert,
            &[&positions, &times, &authors, &kinds, &bodies, &leaves, &chains],
        )
        .await
}
