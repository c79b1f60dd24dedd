//! `serve`: listens on this computer until it is told to end.

use crate::{
    Error,
    gate::{
        listen::{self, Patience},
        who::Who,
    },
    held::Held,
    route::{Shared, router},
};
use habeas_desk::Case;
use habeas_page::Lang;
use std::{future::Future, net::SocketAddr, sync::Arc};

/// What the server tells whoever started it.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// It listens here.
    Serving(SocketAddr),
    /// A page could not be had, for this reason.
    Failure(&'a str),
}

/// Is told.
pub type Tell = Box<dyn Fn(Told<'_>) + Send + Sync>;

/// What is served, and where.
pub struct Door {
    /// The case.
    pub case: Case,
    /// An address of this computer; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The language of those whose browser prefers none of ours.
    pub lang: Lang,
    /// Is told that it listens, and of failures.
    pub tell: Tell,
}

/// Serves until the process is interrupted (Ctrl-C); then whoever is being answered has five
/// seconds. An address that other computers reach is refused.
pub fn serve(door: Door) -> Result<(), Error> {
    serve_until(door, async {
        // Without a way to be interrupted it ends at once, rather than never.
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn serve_until(door: Door, end: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
    let address = door.listen;
    if !address.ip().is_loopback() {
        return Err(Error::Beyond(address));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::Ended)?;
    runtime.block_on(async {
        let listen = tokio::net::TcpListener::bind(address).await;
        let listener = listen.map_err(|why| Error::Listen { address, why })?;
        let at = listener.local_addr().map_err(|why| Error::Listen { address, why })?;
        (door.tell)(Told::Serving(at));
        let who = Who::here(&door.case.author).map_err(|why| Error::Ended(why.into()))?;
        let held = Held::of(door.case);
        let shared = Shared { held, at, lang: door.lang, who, tell: door.tell };
        let router = router(Arc::new(shared));
        listen::serve(listener, router, Patience::SENSIBLE, end).await;
        Ok(())
    })
}
