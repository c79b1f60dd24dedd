//! Connections: taken one after another, each served apart, so that who is slow stops nobody.

use super::place::Peer;
use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulConnection, GracefulShutdown},
};
use std::{future::Future, io, net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tower_service::Service as _;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The head of a request, and a connection that lies idle.
    pub head: Duration,
    /// Those who are being answered when the end is asked for.
    pub end: Duration,
}

impl Patience {
    /// What a slow line needs, and no more.
    pub const SENSIBLE: Patience =
        Patience { head: Duration::from_secs(10), end: Duration::from_secs(5) };
}

/// Connections at once: a browser opens six, a team is some dozens of people.
const MOST: usize = 1024;

/// The longest head of a request, in bytes.
const LONGEST: usize = 32 * 1024;

/// Serves `router` until `end`; then whoever is being answered is waited for a while.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<TlsAcceptor>,
    patience: Patience,
    end: impl Future<Output = ()>,
) {
    let (open, graceful) = (Arc::new(Semaphore::new(MOST)), GracefulShutdown::new());
    let mut end = std::pin::pin!(end);
    loop {
        let free = open.clone().acquire_owned().await.expect("it is never closed");
        let (stream, from) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, from)) => (stream, from.ip()),
                Err(why) => {
                    spared(&why).await;
                    continue;
                }
            },
            () = &mut end => break,
        };
        let (watcher, router, tls) = (graceful.watcher(), router.clone(), tls.clone());
        tokio::spawn(async move {
            // Who broke off is nobody's failure.
            let _ = match tls {
                None => watcher.watch(connection(stream, from, router, patience)).await,
                Some(tls) => match timeout(patience.head, tls.accept(stream)).await {
                    Ok(Ok(stream)) => {
                        watcher.watch(connection(stream, from, router, patience)).await
                    }
                    _ => Ok(()),
                },
            };
            drop(free);
        });
    }
    tokio::select! {
        () = graceful.shutdown() => (),
        () = sleep(patience.end) => (),
    }
}

/// A connection that was not had: some are lost on their way; where none is left to be had, the
/// program waits for others to end.
async fn spared(why: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(why.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        sleep(Duration::from_millis(100)).await;
    }
}

fn connection<S: AsyncRead + AsyncWrite + Unpin + 'static>(
    stream: S,
    from: IpAddr,
    router: Router,
    patience: Patience,
) -> impl GracefulConnection<Output = hyper::Result<()>> {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(Peer(from));
        router.clone().call(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .max_header_size(LONGEST)
        .serve_connection(TokioIo::new(stream), service)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::{
        io::{Read as _, Write as _},
        net::SocketAddr,
    };

    /// What `ask` is told by a server of one page.
    fn served<T: Send + 'static>(
        head: Duration,
        ask: impl FnOnce(SocketAddr) -> T + Send + 'static,
    ) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let at = listener.local_addr().unwrap();
            let router = Router::new().route("/", get(async || "here"));
            let asking = tokio::task::spawn_blocking(move || ask(at));
            let (tell, told) = tokio::sync::oneshot::channel();
            let end = async {
                tell.send(asking.await).unwrap_or_else(|_| panic!("nobody waits"));
            };
            let patience = Patience { head, end: Duration::ZERO };
            serve(listener, router, None, patience, end).await;
            told.await.unwrap().unwrap()
        })
    }

    fn said(at: SocketAddr, request: &str) -> (std::net::TcpStream, String) {
        let mut stream = std::net::TcpStream::connect(at).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = vec![0; 12];
        let read = stream.read(&mut answer).unwrap_or(0);
        (stream, String::from_utf8_lossy(&answer[..read]).into_owned())
    }

    #[test]
    fn who_is_slow_stops_nobody() {
        let last = served(Duration::from_secs(600), |at| {
            let half = |_| {
                let mut stream = std::net::TcpStream::connect(at).unwrap();
                stream.write_all(b"GET / HTTP/1.1\r\nhost: a").unwrap();
                stream
            };
            let _slow: Vec<_> = (0..200).map(half).collect();
            said(at, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").1
        });
        assert_eq!(last, "HTTP/1.1 200");
    }

    #[test]
    fn a_head_that_does_not_come_or_end_is_not_waited_for() {
        let half = |at| said(at, "GET / HTTP/1.1\r\nhost: a").1;
        assert_ne!(served(Duration::from_millis(20), half), "HTTP/1.1 200");
        let idle = |at| {
            let (mut stream, first) = said(at, "GET / HTTP/1.1\r\nhost: a\r\n\r\n");
            assert_eq!(first, "HTTP/1.1 200");
            stream.read_to_end(&mut Vec::new()).is_ok() // It is closed from there.
        };
        assert!(served(Duration::from_millis(500), idle));
        let long = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(LONGEST));
        assert_eq!(served(Duration::from_secs(600), move |at| said(at, &long).1), "HTTP/1.1 431");
    }
}
