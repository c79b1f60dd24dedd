//! Why a case could not be served.

use std::{net::SocketAddr, path::PathBuf};

/// A failure of the server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An address that others can reach, without what that takes.
    #[error(
        "`{0}` can be reached from other computers\nhint: give `--name`, `--certificate` and `--key` for TLS, or `--behind https://...` for a proxy that ends it; or serve on `127.0.0.1:8470`"
    )]
    Beyond(SocketAddr),
    /// Others would reach pages that ask nobody who they are.
    #[error(
        "others can reach these pages, and there is no account\nhint: `habeas account add CASE NAME --role keeper`"
    )]
    NoAccount,
    /// What browsers call the place.
    #[error(
        "`{0}` is no address to serve pages under\nhint: such as `https://desk.example.org`, without a path"
    )]
    Address(String),
    /// The certificate or its key.
    #[error("TLS cannot be had with `{path}`: {why}\nhint: PEM files, the certificate first")]
    Certificate {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Something that cannot be done with accounts.
    #[error("{0}\nhint: `habeas account list CASE` shows who has one, and as what")]
    Account(String),
    /// The file of the accounts.
    #[error(
        "the accounts in `{0}` cannot be had: {1}\nhint: until they can nobody is let in; put back the last copy of the file"
    )]
    Accounts(PathBuf, String),
    /// The system gives no random bytes.
    #[error(
        "the system gives no random bytes: {0}\nhint: nobody is let in without; look at the system"
    )]
    Random(#[from] getrandom::Error),
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
    /// The place where files that were sent wait.
    #[error(
        "what was sent cannot be kept in `{}`: {}\nhint: see that there is room on the disk and that the folder may be written; nothing was received", .0.display(), .1
    )]
    Sent(PathBuf, std::io::Error),
    /// The case.
    #[error(transparent)]
    Desk(#[from] habeas_desk::Error),
}
