//! Why the memory could not be read or written: the thing, the place, and the next step.

use std::path::{Path, PathBuf};

/// A failure of the ledger. Nothing that was acknowledged is lost by any of them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is none.
    #[error("no ledger in `{}`\nhint: `habeas open` on the case folder makes one", .0.display())]
    Missing(PathBuf),
    /// It is not ours.
    #[error("`{}` is not a ledger of Habeas\nhint: see that the right file lies there; a backup can take its place", .0.display())]
    NotALedger(PathBuf),
    /// A newer Habeas wrote it.
    #[error("`{}` has format {found}, this program knows formats up to {known}\nhint: use the newer program; nothing was touched", path.display())]
    NewerFormat {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest that we know.
        known: u32,
    },
    /// The file is damaged.
    #[error("`{}` is damaged: {what}\nhint: keep the file as it is, run `habeas verify` on the case, and restore the last backup", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database or the chain says.
        what: String,
    },
    /// Somebody else writes.
    #[error("`{}` is being written by another process ({by})\nhint: wait until it ends, then run the same command again; reading is possible meanwhile", path.display())]
    Busy {
        /// The ledger folder.
        path: PathBuf,
        /// What the lock file says of the other.
        by: String,
    },
    /// The disk is full.
    #[error("no room to write `{}`\nhint: free some disk space and run the same command again; what was acknowledged is safe", .0.display())]
    Full(PathBuf),
    /// Bytes that should be there are not, or are others.
    #[error(
        "evidence blob `{digest}` is {what}\nhint: receive the document again from its source, or restore `blobs/` from a backup"
    )]
    Blob {
        /// Which.
        digest: String,
        /// Missing or changed.
        what: &'static str,
    },
    /// The words do not say where the server is.
    #[error(
        "the address of the ledger is wrong: {0}\nhint: write `postgres://USER@HOST/DATABASE?sslmode=require&schema=NAME`, the password in `PGPASSWORD`"
    )]
    Address(&'static str),
    /// The server has no tables of ours.
    #[error(
        "no ledger at `{0}`\nhint: `habeas migrate CASE` makes one there, and brings an old one up to date"
    )]
    NotMigrated(String),
    /// A document lies with another member.
    #[error(
        "document `{0}` does not lie here, and could not be sealed\nhint: copy the other members' `ledger/blobs` into yours first, or let `evidence` under [ledger] name a bucket"
    )]
    Elsewhere(String),
    /// This program was built without it.
    #[error(
        "this program was built without `{0}`\nhint: build it with `cargo build --release --features server`"
    )]
    NotBuilt(&'static str),
    /// The server does not do as it is told, or cannot be reached.
    #[error(
        "the server of the ledger `{address}` failed: {why}\nhint: see that it runs and can be reached, then run the same command again; what was acknowledged is safe"
    )]
    Server {
        /// Where, without a password.
        address: String,
        /// What it says.
        why: String,
    },
    /// The store of evidence does not do as it is told, or cannot be reached.
    #[error(
        "the bucket `{place}` failed: {why}\nhint: see that `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` open it and that it can be reached, then run the same command again"
    )]
    Bucket {
        /// Where.
        place: String,
        /// What it says.
        why: String,
    },
    /// The line was cut in mid-commit and the server cannot be asked.
    #[error(
        "entries {first} to {last} were sent to `{address}` and the line was cut before the answer\nhint: once the server answers again, run `habeas verify`: they are there whole or not at all; then run the same command again"
    )]
    Unsettled {
        /// Where, without a password.
        address: String,
        /// First position of the batch.
        first: u64,
        /// Last position of the batch.
        last: u64,
    },
    /// It is sealed, and nobody said with what to open it.
    #[error("`{}` is sealed\nhint: give its passphrase at the prompt or in HABEAS_PASSPHRASE, or its key file with `--key-file`", .0.display())]
    Locked(PathBuf),
    /// The passphrase or the key file is another.
    #[error("neither this passphrase nor this key file opens `{}`\nhint: try again; `habeas key list` on the case names its holders, and each has a key of their own", .0.display())]
    WrongKey(PathBuf),
    /// A secret is not what it should be.
    #[error(
        "the key of {place} {what}\nhint: run `habeas verify` on the case; `secrets` and `seal.json` from one backup belong together"
    )]
    Secret {
        /// `entry 12`, `blob 3fa9..`.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// A key that cannot be given, changed or taken away.
    #[error("{0}\nhint: `habeas key list` on the case names its holders")]
    Slot(String),
    /// What is not sealed cannot be erased.
    #[error("`{}` is not sealed, so nothing in it can be erased: its bytes are hashed as they are\nhint: `habeas seal` on the case makes a sealed one of it; then erase there", .0.display())]
    NotSealed(PathBuf),
    /// A backup or an export that is not what it says.
    #[error("`{}`: {what}\nhint: {hint}", path.display())]
    Carried {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line where there is one.
        what: String,
        /// The next step.
        hint: &'static str,
    },
    /// The disk does not do as it is told.
    #[error("cannot {what} `{}`: {why}\nhint: see that the folder exists, may be written and has room", path.display())]
    Disk {
        /// Read, write.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes\nhint: run the same command again")]
    NoRandomness,
    /// A key file that is none.
    #[error("`{}` holds no signing key\nhint: restore it from a backup; without it no further checkpoint of this log can be signed", .0.display())]
    Key(PathBuf),
    /// A verifier key that is none.
    #[error(
        "`{0}` is no verifier key\nhint: it has the form NAME+ID+BASE64; `habeas checkpoint CASE --key` prints that of a case"
    )]
    VerifierKey(String),
    /// A checkpoint that is none.
    #[error(
        "this is no checkpoint of a log\nhint: `habeas checkpoint CASE` prints one; keep all of its lines, the empty one too"
    )]
    Note,
    /// Signatures on something else.
    #[error(
        "these signatures are on another checkpoint\nhint: give the witness the newest one, which `habeas checkpoint CASE` prints"
    )]
    OtherNote,
    /// A signature that is not good.
    #[error(
        "the signature of `{0}` is not good\nhint: do not rely on it; get the checkpoint and the key again, each by its own way"
    )]
    Signature(String),
    /// Nothing is signed yet.
    #[error("this ledger has no checkpoint yet\nhint: `habeas checkpoint CASE` makes one")]
    NoCheckpoint,
    /// No signature that is known.
    #[error(
        "no new signature of a witness that this case knows\nhint: `witnesses` in case.toml lists their verifier keys"
    )]
    NoWitness,
    /// An entry that no checkpoint covers.
    #[error(
        "entry {0} is under no checkpoint yet\nhint: `habeas checkpoint CASE`, then the same command again"
    )]
    NotCovered(u64),
    /// A proof that does not hold.
    #[error(
        "the proof does not hold: {0}\nhint: ask for it again where it came from, and do not rely on this one"
    )]
    Bundle(&'static str),
    /// Certificates of an authority that are none, or none at all.
    #[error(
        "no certificate that authority `{0}` could be trusted by\nhint: put its root certificate, in PEM, into `authorities/{0}.pem` of the case folder"
    )]
    Authority(String),
    /// A stamp that does not hold.
    #[error(
        "the time stamp does not hold: {0}\nhint: `habeas stamp` asks again; another authority can be added in case.toml"
    )]
    Stamp(&'static str),
    /// A stamp by somebody else.
    #[error(
        "the time stamp is not by authority `{0}`: its certificate leads to none of those that are trusted, was not valid at the time, or is not for time stamps\nhint: see that `authorities/{0}.pem` is the root certificate of that authority"
    )]
    Untrusted(String),
    /// An entry that does not say what its kind promises.
    #[error("entry {position} cannot be read: {why}\nhint: run `habeas verify` on the case")]
    Entry {
        /// Where.
        position: u64,
        /// What is wrong.
        why: habeas_model::Error,
    },
}

impl Error {
    /// What a failure of SQLite on `path` means.
    pub(crate) fn sqlite(path: &Path, error: &rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, NotADatabase, ReadOnly,
            SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(DiskFull | SystemIoFailure) => Error::Full(path.to_owned()),
            Some(ReadOnly | CannotOpen) => {
                let why = std::io::ErrorKind::ReadOnlyFilesystem.into();
                Error::Disk { what: "write", path: path.to_owned(), why }
            }
            Some(NotADatabase) => Error::NotALedger(path.to_owned()),
            Some(DatabaseBusy | DatabaseLocked) => {
                Error::Busy { path: path.to_owned(), by: "unknown".to_owned() }
            }
            _ => Error::Damaged { path: path.to_owned(), what: error.to_string() },
        }
    }

    /// What a failure of the file system on `path` means.
    pub(crate) fn disk(what: &'static str, path: &Path, why: std::io::Error) -> Error {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match why.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Error::Full(path.to_owned()),
            _ => Error::Disk { what, path: path.to_owned(), why },
        }
    }
}
