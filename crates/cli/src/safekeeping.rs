//! What can be typed to keep a case safe: who can open it, what must be forgotten, and copies.

use clap::{Args, Subcommand};
use habeas_web::{Role, Scope};
use std::path::PathBuf;

/// `habeas key`.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Name the holders.
    List {
        /// The case folder.
        case: PathBuf,
    },
    /// Give another holder a key of their own (words in HABEAS_NEW_PASSPHRASE or at the prompt).
    Add {
        /// The case folder.
        case: PathBuf,
        /// Pseudonym of the holder.
        #[arg(long)]
        holder: String,
        /// Make this key file instead of a passphrase.
        #[arg(long, value_name = "FILE")]
        new_key_file: Option<PathBuf>,
    },
    /// Take a holder's key away.
    Remove {
        /// The case folder.
        case: PathBuf,
        /// Pseudonym of the holder.
        #[arg(long)]
        holder: String,
    },
    /// Give a holder another passphrase or key file in place of the old one.
    Change {
        /// The case folder.
        case: PathBuf,
        /// Pseudonym of the holder; without it, yours (`--as`).
        #[arg(long)]
        holder: Option<String>,
        /// Make this key file instead of a passphrase.
        #[arg(long, value_name = "FILE")]
        new_key_file: Option<PathBuf>,
    },
}

/// `habeas account`.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Name everybody who has one, and their roles.
    List {
        /// The case folder.
        case: PathBuf,
    },
    /// Add somebody (words in HABEAS_NEW_PASSPHRASE or at the prompt).
    Add {
        /// The case folder.
        case: PathBuf,
        /// Their pseudonym; it stands with their decisions for ever.
        name: String,
        /// What they are: reader, reviewer, linker, publisher, keeper; several with commas.
        #[arg(long, required = true, value_delimiter = ',')]
        role: Vec<Role>,
        /// With a second step: six digits of an app, whose secret is told once.
        #[arg(long)]
        totp: bool,
    },
    /// Take somebody out: they are signed out at once.
    Remove {
        /// The case folder.
        case: PathBuf,
        /// Their pseudonym.
        name: String,
    },
    /// Give somebody another passphrase; their second step is taken away, or another with --totp.
    Passphrase {
        /// The case folder.
        case: PathBuf,
        /// Their pseudonym.
        name: String,
        /// With a second step: six digits of an app, whose secret is told once.
        #[arg(long)]
        totp: bool,
    },
    /// Give somebody other roles.
    Role {
        /// The case folder.
        case: PathBuf,
        /// Their pseudonym.
        name: String,
        /// What they are from now on; several with commas.
        #[arg(required = true, value_delimiter = ',')]
        role: Vec<Role>,
    },
    /// Make a link by which one person chooses their own pseudonym and passphrase, once.
    Invite {
        /// The case folder.
        case: PathBuf,
        /// What they will be; several with commas.
        #[arg(long, required = true, value_delimiter = ',')]
        role: Vec<Role>,
        /// Where the pages are served.
        #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8470")]
        address: String,
    },
    /// Make a token that lets a program in; it is shown once.
    Token {
        /// The case folder.
        case: PathBuf,
        /// What it is called, for who revokes it.
        name: String,
        /// What it is good for: read:counts, read:persons, reconcile; several with commas.
        #[arg(long, required = true, value_delimiter = ',')]
        scope: Vec<Scope>,
        /// Days that it lasts, 366 at most.
        #[arg(long, default_value_t = 90)]
        days: u32,
    },
    /// Revoke a token: whoever has it is out at once.
    Revoke {
        /// The case folder.
        case: PathBuf,
        /// What it is called.
        name: String,
    },
}

/// How others reach the pages of a case; it takes accounts.
#[derive(Args, Clone, Debug)]
pub struct Outside {
    /// TLS: the name under which others ask, as it stands in the certificate.
    #[arg(long, requires_all = ["certificate", "key"], value_name = "HOST")]
    pub name: Option<String>,
    /// TLS: the certificate and those between it and its root (PEM).
    #[arg(long, requires = "name", value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// TLS: its private key (PEM).
    #[arg(long, requires = "name", value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// A proxy of yours ends TLS and writes `X-Forwarded-For`; browsers call it so.
    #[arg(long, conflicts_with = "name", value_name = "https://HOST")]
    pub behind: Option<String>,
}

/// Whom or what an erasure or a restriction is about.
#[derive(Args, Clone, Debug)]
#[group(required = true, multiple = false)]
pub struct About {
    /// A person: the identifier that `habeas export` gives.
    #[arg(long, value_name = "ID")]
    pub person: Option<String>,
    /// A source: the name of a body, an outlet or somebody who speaks.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// A document: its name in the case, or the first digits of its SHA-256.
    #[arg(long, value_name = "NAME|DIGEST")]
    pub document: Option<String>,
}

/// Why something must be forgotten.
#[derive(Args, Clone, Debug)]
pub struct Grounds {
    /// Why: consent_withdrawn, request, court_order, law, risk, mistake, retention.
    #[arg(long, value_name = "CODE")]
    pub reason: String,
    /// The legal basis; it stays readable for ever, so no name belongs in it.
    #[arg(long, value_name = "WORDS")]
    pub basis: String,
}

/// `habeas erase`.
#[derive(Args, Debug)]
pub struct Erase {
    /// The case folder.
    pub case: PathBuf,
    #[command(flatten)]
    pub about: About,
    #[command(flatten)]
    pub grounds: Grounds,
    /// Remove the copies in the inbox, too.
    #[arg(long)]
    pub inbox: bool,
    /// Erase entries that only speak of the name, too: reasons, settings, namesakes.
    #[arg(long)]
    pub everywhere: bool,
    /// Destroy the documents in which the name stands, also where it could be covered.
    #[arg(long)]
    pub whole_documents: bool,
}

/// `habeas restrict`.
#[derive(Args, Debug)]
pub struct Restrict {
    /// The case folder.
    pub case: PathBuf,
    #[command(flatten)]
    pub about: About,
    #[command(flatten)]
    pub grounds: Grounds,
    /// Show it again; that, too, takes two people.
    #[arg(long)]
    pub lift: bool,
}

/// `habeas ledger`.
#[derive(Debug, Subcommand)]
pub enum Lines {
    /// Write the ledger as JSON Lines (docs/ledger-lines.md): readable by anybody who has the file.
    Export {
        /// The case folder.
        case: PathBuf,
        /// Where to.
        file: PathBuf,
    },
    /// Make a case of such a file: the same entries under the same hashes.
    Import {
        /// The file.
        file: PathBuf,
        /// The folder of the new case.
        case: PathBuf,
        /// For a sealed ledger: make this key file, which opens it instead of a passphrase.
        #[arg(long, value_name = "FILE")]
        new_key_file: Option<PathBuf>,
    },
    /// Bring the work of another ledger home; where both decided, ours stands and theirs is a
    /// question.
    Merge {
        /// The case folder.
        case: PathBuf,
        /// The other ledger's lines.
        file: PathBuf,
        /// What the other ledger is called in ours.
        #[arg(long, default_value = "another ledger")]
        from: String,
    },
    /// Decisions of other ledgers that wait for an answer.
    Questions {
        /// The case folder.
        case: PathBuf,
    },
}
