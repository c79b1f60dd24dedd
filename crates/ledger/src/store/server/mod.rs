//! A ledger on a server, so that a team writes one memory together: the same rows as in a file, in
//! one schema of a PostgreSQL database (15 or newer). Start with [`Server`].
//!
//! # Invariants
//! 1. The chain never forks: whoever appends first locks the one row of `head`.
//! 2. An append that was cut off is there once or not at all, and the writer finds out which before
//!    it appends anything else ([`append`]).
//! 3. The tables of a sealed ledger take no body that is not sealed, whoever sends it.

pub mod address;
pub mod append;
pub mod follow;
mod hand;
pub mod reseal;
mod safe;

use super::{EachRow, FORMAT, Head, Lent, PLAIN, Pen, Sqlite, Store, copy_rows, sql_of_seldom};
use crate::{
    Error,
    seal::{MARK, Safe},
    writer::OPEN,
};
use address::Address;
use habeas_model::Digest;
use std::{
    cell::{OnceCell, RefCell},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{runtime::Runtime, sync::mpsc, task::JoinHandle};
use tokio_postgres::{AsyncMessage, Client, Notification, Statement};

mod migrations {
    refinery::embed_migrations!("src/store/server/migrations");
}

/// Rows that one question asks of the server: enough to make the way there cheap, few enough to
/// lie in memory.
const AT_A_TIME: u64 = 4_096;

/// A connection to a ledger on a server. One belongs to one thread; a team has many.
pub struct Server {
    address: Address,
    place: PathBuf,
    runtime: Runtime,
    line: RefCell<Line>,
    hand: OnceCell<hand::Hand>,
    format: u32,
}

/// An open connection, and what is told on it unasked.
struct Line {
    client: Arc<Client>,
    notices: mpsc::UnboundedReceiver<Notification>,
    pumped: JoinHandle<()>,
    prepared: Option<append::Prepared>,
    rows: Option<Statement>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.pumped.abort();
    }
}

impl Server {
    /// Connects to the ledger at `address`, which must have been made by [`Server::migrate`].
    pub fn open(address: &Address) -> Result<Server, Error> {
        let mut server = Server::connect(address)?;
        let known: bool = server.ask(async |client| {
            let sql =
                "SELECT to_regclass('head') IS NOT NULL AND to_regclass('secret') IS NOT NULL";
            client.query_one(sql, &[]).await?.try_get(0)
        })?;
        if !known {
            return Err(Error::NotMigrated(address.to_string()));
        }
        let found: i32 = server.ask(async |client| {
            client.query_one("SELECT format FROM ledger", &[]).await?.try_get(0)
        })?;
        server.format = found.unsigned_abs();
        match server.format {
            PLAIN..=FORMAT => Ok(server),
            found => Err(Error::NewerFormat { path: server.place, found, known: FORMAT }),
        }
    }

    /// Makes the ledger at `address`, or brings its tables to what this program knows. Returns how
    /// many migrations were applied. The entries themselves are never changed.
    pub fn migrate(address: &Address) -> Result<usize, Error> {
        let server = Server::connect(address)?;
        let Server { runtime, line, .. } = server;
        let failed = |why: String| Error::Server { address: address.to_string(), why };
        let mut line = line.into_inner();
        let client = Arc::get_mut(&mut line.client).expect("nobody else has this connection yet");
        let applied = runtime.block_on(async {
            let schema = format!("CREATE SCHEMA IF NOT EXISTS {}", address.schema);
            client.batch_execute(&schema).await.map_err(|e| failed(told(&e)))?;
            let run = migrations::migrations::runner().run_async(client).await;
            run.map_err(|e| failed(e.to_string()))
        })?;
        Ok(applied.applied_migrations().len())
    }

    fn connect(address: &Address) -> Result<Server, Error> {
        let failed = |why: String| Error::Server { address: address.to_string(), why };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| failed(e.to_string()))?;
        let line = runtime.block_on(dial(address)).map_err(|e| failed(told(&e)))?;
        let place = PathBuf::from(address.to_string());
        Ok(Server {
            address: address.clone(),
            place,
            runtime,
            line: RefCell::new(line),
            hand: OnceCell::new(),
            format: PLAIN,
        })
    }

    /// Makes an empty ledger a sealed one: from now on its table takes sealed bodies only.
    pub fn begin_sealed(&self) -> Result<(), Error> {
        let open = OPEN.map(|kind| format!("'{kind}'")).join(", ");
        let sql = format!(
            "BEGIN; LOCK TABLE entry IN SHARE ROW EXCLUSIVE MODE;
             UPDATE ledger SET format = {FORMAT} WHERE NOT EXISTS (SELECT FROM entry);
             ALTER TABLE entry ADD CONSTRAINT entry_sealed
                 CHECK (kind IN ({open}) OR get_byte(body, 0) = {MARK});
             COMMIT"
        );
        self.ask(async |client| client.batch_execute(&sql).await)
    }

    fn some_rows(&self, from: u64, to: u64) -> Result<Vec<tokio_postgres::Row>, Error> {
        self.ask(async |client| {
            let prepared = self.line.borrow().rows.clone();
            let statement = match prepared {
                Some(statement) => statement,
                None => client.prepare(ROWS).await?,
            };
            let found = client.query(&statement, &[&number(from), &number(to)]).await?;
            self.line.borrow_mut().rows = Some(statement);
            Ok(found)
        })
    }

    /// Asks, once more on a fresh connection if the line was cut: a question changes nothing.
    fn ask<T>(
        &self,
        question: impl AsyncFn(&Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Error> {
        let client = self.client();
        match self.runtime.block_on(question(&client)) {
            Err(error) if is_cut(&error) || client.is_closed() => {
                self.redial().map_err(|e| self.failed(&e))?;
                let client = self.client();
                self.runtime.block_on(question(&client)).map_err(|e| self.failed(&e))
            }
            answer => answer.map_err(|e| self.failed(&e)),
        }
    }

    /// A fresh connection in place of a cut one.
    fn redial(&self) -> Result<(), tokio_postgres::Error> {
        let line = self.runtime.block_on(dial(&self.address))?;
        *self.line.borrow_mut() = line;
        Ok(())
    }

    fn client(&self) -> Arc<Client> {
        Arc::clone(&self.line.borrow().client)
    }

    fn failed(&self, error: &tokio_postgres::Error) -> Error {
        if error.as_db_error().is_some_and(|said| said.constraint() == Some("entry_sealed")) {
            return Error::Locked(self.place.clone()); // It was sealed since we opened it.
        }
        Error::Server { address: self.address.to_string(), why: told(error) }
    }
}

impl Store for Server {
    fn place(&self) -> &Path {
        &self.place
    }

    fn head(&self) -> Result<Head, Error> {
        self.ask(async |client| {
            let sql = "SELECT position, recorded_at, chain FROM head";
            read_head(&client.query_one(sql, &[]).await?)
        })
    }

    fn rows(&self, from: u64, to: Option<u64>, each: EachRow<'_>) -> Result<(), Error> {
        let last = to.unwrap_or(u64::MAX).min(self.head()?.position);
        let mut from = from.max(1);
        while from <= last {
            let to = last.min(from.saturating_add(AT_A_TIME - 1));
            for row in self.some_rows(from, to)? {
                each(lent(&row).map_err(|e| self.failed(&e))?)?;
            }
            from = to + 1;
        }
        Ok(())
    }

    fn another(&self) -> Result<Box<dyn Store>, Error> {
        Ok(Box::new(Server::open(&self.address)?))
    }

    fn leaves(&self, from: u64, to: u64, each: &mut dyn FnMut(Digest)) -> Result<(), Error> {
        let sql = "SELECT leaf FROM entry WHERE position BETWEEN $1 AND $2 ORDER BY position";
        let found = self.ask(async |client| {
            let found = client.query(sql, &[&number(from), &number(to)]).await?;
            found.iter().map(|row| Ok(digest(row.try_get(0)?))).collect::<Result<Vec<_>, _>>()
        })?;
        found.into_iter().for_each(each);
        Ok(())
    }

    fn positions(&self, kind: &str, to: Option<u64>) -> Result<Vec<u64>, Error> {
        let to = number(to.unwrap_or(u64::MAX));
        let sql = "SELECT position FROM entry WHERE kind = $1 AND position <= $2 ORDER BY position";
        self.ask(async |client| {
            let found = client.query(sql, &[&kind, &to]).await?;
            found.iter().map(|row| Ok(row.try_get::<_, i64>(0)?.unsigned_abs())).collect()
        })
    }

    fn seldom(&self, after: u64, each: &mut dyn FnMut(u64, &str)) -> Result<(), Error> {
        let sql = sql_of_seldom("$1");
        let found = self.ask(async |client| {
            let found = client.query(&sql, &[&number(after)]).await?;
            let one = |row: &tokio_postgres::Row| {
                Ok((row.try_get::<_, i64>(0)?.unsigned_abs(), row.try_get::<_, String>(1)?))
            };
            found.iter().map(one).collect::<Result<Vec<_>, tokio_postgres::Error>>()
        })?;
        found.iter().for_each(|(position, kind)| each(*position, kind));
        Ok(())
    }

    fn sealed(&self) -> bool {
        self.format > PLAIN
    }

    fn safe(&self) -> Result<Arc<dyn Safe>, Error> {
        Ok(Arc::new(safe::Tables::new(Server::open(&self.address)?)))
    }

    /// What is there up to the head stays as it is: it is one moment.
    fn snapshot(&self, folder: &Path) -> Result<Head, Error> {
        Sqlite::create(folder, self.format)?;
        copy_rows(self, &mut *Sqlite::open(folder)?.pen()?)
    }

    /// That the head is the last entry; pages are the server's own matter (`data_checksums`).
    fn check(&self) -> Option<String> {
        let sql = "SELECT head.position = coalesce(max(entry.position), 0)
                   FROM head LEFT JOIN entry ON true GROUP BY head.position";
        let asked = self.ask(async |client| client.query_one(sql, &[]).await?.try_get(0));
        match asked {
            Ok(true) => None,
            Ok(false) => Some("its head is not its last entry".to_owned()),
            Err(error) => error.to_string().lines().next().map(str::to_owned),
        }
    }

    /// Several writers are welcome; those of one process write by one hand.
    fn pen(&self) -> Result<Box<dyn Pen>, Error> {
        if self.hand.get().is_none() {
            let quill = append::Quill::new(Server::open(&self.address)?);
            let _ = self.hand.set(hand::Hand::new(quill, self.address.to_string()));
        }
        Ok(Box::new(self.hand.get().expect("it was set").clone()))
    }
}

const ROWS: &str = "SELECT position, recorded_at, author, kind, body, leaf, chain FROM entry
                    WHERE position BETWEEN $1 AND $2 ORDER BY position";

/// Connects; a task of its own keeps the connection going and collects notifications.
async fn dial(address: &Address) -> Result<Line, tokio_postgres::Error> {
    let (client, mut connection) = address.config.connect(address.tls.clone()).await?;
    let (tell, notices) = mpsc::unbounded_channel();
    let pumped = tokio::task::spawn(async move {
        let mut messages =
            futures_util::stream::poll_fn(move |context| connection.poll_message(context));
        while let Some(Ok(message)) = futures_util::StreamExt::next(&mut messages).await {
            if let AsyncMessage::Notification(notice) = message {
                let _ = tell.send(notice); // Nobody listens any more: nothing to tell.
            }
        }
    });
    let setting = format!("SET search_path = {}; SET synchronous_commit = on", address.schema);
    client.batch_execute(&setting).await?;
    Ok(Line { client: Arc::new(client), notices, pumped, prepared: None, rows: None })
}

/// Whether the connection is gone, and not the question wrong.
fn is_cut(error: &tokio_postgres::Error) -> bool {
    // Class 57P: the operator, or a crash, ended it. Class 08: the connection failed.
    let ended = |code: &str| code.starts_with("57P") || code.starts_with("08");
    error.is_closed() || error.as_db_error().is_some_and(|e| ended(e.code().code())) || is_io(error)
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        if error.is::<std::io::Error>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// What the server or the line says, on one line. Values of rows are in `detail`: left out.
fn told(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) => said.message().lines().next().unwrap_or_default().to_owned(),
        None => {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
        }
    }
}

/// Positions go as 64-bit numbers with a sign, as SQL has them.
fn number(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

fn read_head(row: &tokio_postgres::Row) -> Result<Head, tokio_postgres::Error> {
    let position: i64 = row.try_get(0)?;
    Ok(Head {
        position: position.unsigned_abs(),
        recorded_at: row.try_get(1)?,
        hash: digest(row.try_get(2)?),
    })
}

fn lent(row: &tokio_postgres::Row) -> Result<Lent<'_>, tokio_postgres::Error> {
    let position: i64 = row.try_get(0)?;
    Ok(Lent {
        position: position.unsigned_abs(),
        recorded_at: row.try_get(1)?,
        author: row.try_get(2)?,
        kind: row.try_get(3)?,
        body: row.try_get(4)?,
        leaf: digest(row.try_get(5)?),
        hash: digest(row.try_get(6)?),
    })
}

/// A hash of the wrong length is no hash: it compares unequal to every computed one.
fn digest(bytes: &[u8]) -> Digest {
    bytes.try_into().map_or(Head::BEGINNING.hash, Digest)
}
