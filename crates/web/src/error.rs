//! Why a case could not be served.

use std::net::SocketAddr;

/// A failure of the server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An address that others can reach.
    #[error(
        "`{0}` can be reached from other computers, and pages have no accounts yet\nhint: serve on `127.0.0.1:8470`, and let others in by a tunnel that asks who they are, such as ssh"
    )]
    Beyond(SocketAddr),
    /// The address is not to be had.
    #[error("cannot listen on `{address}`: {why}\nhint: give another port with `--listen`")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        why: std::io::Error,
    },
    /// The server broke off.
    #[error("the server ended: {0}\nhint: start it again; nothing was written")]
    Ended(std::io::Error),
    /// The case.
    #[error(transparent)]
    Desk(#[from] habeas_desk::Error),
}
