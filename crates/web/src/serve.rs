//! `serve`: listens on this computer until it is told to end.

use crate::{
    Error,
    gate::{
        listen::{self, Patience},
        place::{Outside, Place},
        tls,
        who::Who,
    },
    held::Held,
    route::{Shared, router},
    team::{self, book::Book},
    work::receive::shelf::Shelf,
};
use habeas_desk::Case;
use habeas_page::Lang;
use std::{future::Future, net::SocketAddr, sync::Arc};

/// What the server tells whoever started it.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// It listens.
    Serving {
        /// What a browser opens.
        address: &'a str,
        /// Whether it asks who somebody is.
        asks: bool,
    },
    /// These documents are closed to those who need not know.
    Closed {
        /// A path under `inbox/`, perhaps with a `*` at its end.
        path: &'a str,
        /// How many documents it fits.
        documents: usize,
    },
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
    /// How others reach it.
    pub outside: Outside,
    /// The language of those whose browser prefers none of ours.
    pub lang: Lang,
    /// Is told that it listens, and of failures.
    pub tell: Tell,
}

/// Serves until the process is interrupted (Ctrl-C); then whoever is being answered has five
/// seconds. Where other computers reach it, it takes accounts, and TLS or a proxy that ends it.
pub fn serve(door: Door) -> Result<(), Error> {
    serve_until(door, async {
        // Without a way to be interrupted it ends at once, rather than never.
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Answers that are made at once; who comes beyond waits for a turn. Each takes a thread, and what
/// a thread once took for a page its allocator keeps: 166 more of them came to 400 MiB.
const AT_ONCE: usize = 32;

fn serve_until(door: Door, end: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
    let address = door.listen;
    let book = Book::of(&door.case.folder);
    let asks = !book.read()?.accounts.is_empty();
    match (address.ip().is_loopback(), &door.outside) {
        (true, Outside::Nobody) => (),
        (false, Outside::Nobody) => return Err(Error::Beyond(address)),
        _ if !asks => return Err(Error::NoAccount),
        _ => (),
    }
    let tls = tls::acceptor(&door.outside)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(AT_ONCE)
        .enable_all()
        .build()
        .map_err(Error::Ended)?;
    runtime.block_on(async {
        let listen = tokio::net::TcpListener::bind(address).await;
        let listener = listen.map_err(|why| Error::Listen { address, why })?;
        let at = listener.local_addr().map_err(|why| Error::Listen { address, why })?;
        let place = Place::of(at, &door.outside)?;
        (door.tell)(Told::Serving { address: &place.address(), asks });
        let here = Who::here(&door.case.author)?;
        let (shelf, lang, tell) = (Shelf::of(&door.case.folder), door.lang, door.tell);
        let sealed = door.case.ledger.is_sealed();
        let (held, door) = (Held::of(door.case)?, team::door::Door::of(book));
        let shared = Arc::new(Shared { held, place, lang, sealed, here, door, shelf, tell });
        let first = shared.clone();
        // Whoever comes first waits for less; what fails here fails again where it is told of.
        std::thread::spawn(move || {
            for (path, documents) in first.held.reach().unwrap_or_default() {
                (first.tell)(Told::Closed { path, documents });
            }
            first.held.begin();
        });
        let router = router(shared);
        listen::serve(listener, router, tls, Patience::SENSIBLE, end).await;
        Ok(())
    })
}
