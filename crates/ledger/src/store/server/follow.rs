//! Following: each server's register is told of an append the moment that it is committed.

use super::Server;
use crate::{Error, Head, store::Store as _};
use std::time::Duration;

impl Server {
    /// Begins to listen; returns the head from which to follow. What is appended later is told of
    /// by [`Server::told`].
    pub fn listen(&self) -> Result<Head, Error> {
        self.ask(async |client| {
            let channel: String =
                client.query_one("SELECT channel FROM ledger", &[]).await?.try_get(0)?;
            client.batch_execute(&format!("LISTEN {channel}")).await
        })?;
        self.head()
    }

    /// Waits until something is appended, `patience` at most. None: nothing was. A cut line is
    /// mended and listened on again, and what was missed meanwhile is told of at once.
    pub fn told(&self, since: &Head, patience: Duration) -> Result<Option<Head>, Error> {
        if self.client().is_closed() {
            self.redial().map_err(|error| self.failed(&error))?;
            let head = self.listen()?;
            return Ok((head.position > since.position).then_some(head));
        }
        let mut line = self.line.borrow_mut();
        let waited = self.runtime.block_on(async {
            let notice = tokio::time::timeout(patience, line.notices.recv()).await;
            while line.notices.try_recv().is_ok() {} // One look at the head answers them all.
            notice
        });
        drop(line);
        if waited.is_err() {
            return Ok(None);
        }
        let head = self.head()?;
        Ok((head.position > since.position).then_some(head))
    }
}
