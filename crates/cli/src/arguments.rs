//! What can be typed after `habeas`.

use crate::deciding::{Link, Review};
use crate::looking::{Find, Person};
use crate::publishing::Publish;
use crate::safekeeping::{Account, Erase, Key, Lines, Outside, Restrict};
use clap::{Args, Parser, Subcommand, builder::PossibleValuesParser};
use habeas_count::{By, estimate::Method};
use habeas_page::Lang;
use jiff::civil::Date;
use std::{net::SocketAddr, path::PathBuf};

/// Who is held, who was freed, who says so, and can we name them? Claimed against named.
///
/// Exit codes: 0 done; 1 a failure, told on standard error; 2 wrong arguments; 3 `verify` found a
/// fault; 4 some files of `receive`, `open` or
/// `read` were refused, or some stamps still wait, and the rest was done.
#[derive(Debug, Parser)]
#[command(name = "habeas", version, max_term_width = 100)]
pub struct Arguments {
    /// Language of what is shown: es or en (default: the locale's, else the case's).
    #[arg(long, global = true, value_parser = ["es", "en"])]
    pub lang: Option<String>,
    /// Pseudonym under which entries are appended.
    #[arg(
        long = "as",
        global = true,
        value_name = "PSEUDONYM",
        env = "HABEAS_AS",
        default_value = "operator"
    )]
    pub author: String,
    /// Key file that opens a sealed case, instead of a passphrase.
    #[arg(long, global = true, value_name = "FILE", env = "HABEAS_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// The server of the ledger, whatever case.toml says: postgres://USER@HOST/DATABASE?schema=NAME
    /// (the password in PGPASSWORD).
    #[arg(long, global = true, value_name = "ADDRESS", env = "HABEAS_LEDGER")]
    pub ledger: Option<String>,
    /// Tell of each acknowledged batch on standard error.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

impl Arguments {
    /// The language: asked for, else the locale's, else the case's, else English.
    pub fn lang(&self, of_case: Option<&str>) -> Lang {
        let asked = self.lang.as_deref().and_then(|word| word.parse().ok());
        let locale = || {
            let names = ["LC_ALL", "LC_MESSAGES", "LANG"].iter();
            let set = names.filter_map(|name| std::env::var(name).ok()).find(|v| !v.is_empty());
            Lang::from_locale(&set?)
        };
        let case = || of_case.and_then(|word| word.parse().ok());
        asked.or_else(locale).or_else(case).unwrap_or_default()
    }

    /// The language of a page that is passed on: asked for, else the case's own, else the locale's.
    pub fn lang_of_page(&self, of_case: Option<&str>) -> Lang {
        let case = if self.lang.is_none() { of_case } else { None };
        case.and_then(|word| word.parse().ok()).unwrap_or_else(|| self.lang(None))
    }
}

/// The words that an option may have.
pub fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|one| word(*one)))
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a folder a case.
    New {
        /// The folder.
        case: PathBuf,
        /// Title of the case.
        #[arg(long)]
        title: Option<String>,
        /// Seal it: nobody reads it without a passphrase, or the key file of `--new-key-file`.
        #[arg(long)]
        sealed: bool,
        /// With --sealed: make this key file, which opens the case instead of a passphrase.
        #[arg(long, value_name = "FILE", requires = "sealed")]
        new_key_file: Option<PathBuf>,
    },
    /// Receive what is new, read it, link names, count, print the board, write board.html, and show
    /// the case as pages until Ctrl-C.
    Open {
        /// The case folder.
        case: PathBuf,
        /// Print and stop.
        #[arg(long)]
        once: bool,
        /// Where the pages are shown: an address of this computer.
        #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8470")]
        listen: SocketAddr,
        #[command(flatten)]
        asked: Asked,
    },
    /// Show the case as pages, until Ctrl-C: to this computer alone, or to a team that signs in.
    Serve {
        /// The case folder.
        case: PathBuf,
        /// An address of this computer; port 0 takes any that is free.
        #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8470")]
        listen: SocketAddr,
        #[command(flatten)]
        outside: Outside,
    },
    /// Take documents into the ledger as the exact bytes they are.
    Receive {
        /// The case folder.
        case: PathBuf,
        /// Files or folders; none: the case's inbox.
        files: Vec<PathBuf>,
        /// Fetch these addresses instead (network; the sites see who asks, and for what).
        #[arg(long, value_name = "URL", num_args = 1.., conflicts_with = "files")]
        fetch: Vec<String>,
    },
    /// Look again at the feeds and pages of `[watch]` in case.toml, and receive what is new or
    /// changed (network).
    Watch {
        /// The case folder.
        case: PathBuf,
        /// One round, and stop.
        #[arg(long, conflicts_with = "every")]
        once: bool,
        /// Minutes from one round to the next.
        #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
        every: u64,
    },
    /// Read documents into proposed claims: the unread ones of a case, or files for themselves.
    Read {
        /// Case folders or files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// One JSON object a document on standard output.
        #[arg(long)]
        json: bool,
        /// Day of publication, for documents that do not say it.
        #[arg(long)]
        published: Option<Date>,
    },
    /// Accept, edit or refuse what was proposed.
    Review(Review),
    /// Decide whether two mentions of a case are one person, or link the rows of any tables.
    Link(Link),
    /// Tally the persons of the register.
    Count {
        /// The case folder.
        case: PathBuf,
        /// By what.
        #[arg(long, default_value = "custody", value_parser = words(By::ALL, By::word))]
        by: String,
        /// On every day from this one until --as-of (or the last known day), as JSON.
        #[arg(long, value_name = "DAY")]
        since: Option<Date>,
        /// Under the table, the persons behind each figure.
        #[arg(long, conflicts_with_all = ["json", "since"])]
        rows: bool,
        #[command(flatten)]
        asked: Asked,
    },
    /// Claimed against named.
    Board {
        /// The case folder.
        case: PathBuf,
        /// Set two lines against each other: their numbers, or their identifiers.
        #[arg(long, num_args = 2, value_names = ["LINE", "LINE"])]
        compare: Option<Vec<String>>,
        /// Open one line to the claims and the persons behind it: its number, or its identifier.
        #[arg(long, value_name = "LINE", conflicts_with = "compare")]
        line: Option<String>,
        /// With --line: its rows as CSV on standard output, names as the public may see them.
        #[arg(long, requires = "line", conflicts_with = "json")]
        csv: bool,
        #[command(flatten)]
        asked: Asked,
    },
    /// How many no list names: of a case's reviewed lists, or of a capture table (CSV).
    Estimate(Estimate),
    /// Why one answer became another.
    Change {
        /// The case folder.
        case: PathBuf,
        /// As-of day of the earlier answer.
        #[arg(long)]
        from: Option<Date>,
        /// Known-by of the earlier answer: a position or a time.
        #[arg(long, value_name = "POSITION|TIME")]
        from_known_by: Option<String>,
        /// Rule of the earlier answer.
        #[arg(long)]
        from_rule: Option<String>,
        /// What each version of this document says otherwise than the one before: its name, the
        /// first digits of its SHA-256, or its address.
        #[arg(long, value_name = "DOCUMENT", conflicts_with_all = ["from", "from_known_by", "from_rule", "as_of", "rule"])]
        document: Option<String>,
        /// Under the sums, the persons behind each part.
        #[arg(long, conflicts_with = "json")]
        rows: bool,
        #[command(flatten)]
        asked: Asked,
    },
    /// Do the sums that bodies publish hold?
    Audit {
        /// The case folder.
        case: PathBuf,
        #[command(flatten)]
        asked: Asked,
    },
    /// What was promised, by when, and what is kept of it.
    Promises {
        /// The case folder.
        case: PathBuf,
        #[command(flatten)]
        asked: Asked,
    },
    /// What one body says against another's list, and the names that could be meant.
    Disputes {
        /// The case folder.
        case: PathBuf,
        #[command(flatten)]
        asked: Asked,
    },
    /// Find persons of the register by a name, with its slips. Names are read from standard input,
    /// one a line, so that none stands in the list of processes.
    Find(Find),
    /// Show one person: where they were, what each source says, and the decisions that made them
    /// one person, or could not be followed.
    Person(Person),
    /// Write the bulletin of a week: a page, text, JSON and a table. Its sums are checked before.
    Bulletin {
        /// The case folder.
        case: PathBuf,
        /// The week by ISO 8601, such as 2026-W06.
        #[arg(long)]
        week: String,
        /// Where to.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Names as the team sees them; without it, only who may be named in public.
        #[arg(long)]
        names: bool,
        #[command(flatten)]
        asked: Asked,
    },
    /// Is every entry and every blob as it was written? Or: does a proof hold?
    Verify(Verify),
    /// Sign a checkpoint over everything so far: what was recorded cannot be changed unseen.
    Checkpoint(Checkpoint),
    /// Prove to somebody else that a figure's rows, or some rows, stand in the ledger.
    Prove(Prove),
    /// Ask the authorities of the case to stamp the time of what is not stamped yet (network).
    Stamp {
        /// The case folder.
        case: PathBuf,
    },
    /// Everything that happened to one document; with an option, do something and record it.
    Custody(Custody),
    /// Write tables for other programs.
    Export {
        /// The case folder.
        case: PathBuf,
        /// Where to.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Names as the team sees them; without it, only who may be named in public.
        #[arg(long)]
        names: bool,
        #[command(flatten)]
        asked: Asked,
    },
    /// Give out what the public may be told; without --out, show what that would be.
    Publish(Publish),
    /// Undo a decision (or an undo) by its position.
    Undo {
        /// The case folder.
        case: PathBuf,
        /// Position of the entry.
        position: u64,
        /// Why.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Make the tables of the team's server that case.toml names, or bring them up to date.
    Migrate {
        /// The case folder.
        case: PathBuf,
    },
    /// Seal a case that is not: its ledger is written anew under a key.
    Seal {
        /// The case folder.
        case: PathBuf,
        /// Make this key file, which opens the case instead of a passphrase.
        #[arg(long, value_name = "FILE")]
        new_key_file: Option<PathBuf>,
    },
    /// Who can open a sealed case.
    #[command(subcommand)]
    Key(Key),
    /// Who signs in to the pages of a case, and what each may do there.
    #[command(subcommand)]
    Account(Account),
    /// Make a person, a source or a document unreadable for ever.
    Erase(Erase),
    /// Keep what is evidence and show it to nobody; it takes two people.
    Restrict(Restrict),
    /// Write the whole case into one age file, while others work.
    Backup {
        /// The case folder.
        case: PathBuf,
        /// The file.
        file: PathBuf,
        /// For the holder of this key (`age1...`) instead of a passphrase; may be repeated.
        #[arg(long = "to", value_name = "RECIPIENT")]
        to: Vec<String>,
    },
    /// Make a case out of a backup, and verify it.
    Restore {
        /// The file.
        file: PathBuf,
        /// The folder of the case.
        case: PathBuf,
        /// File with an age key, instead of the passphrase.
        #[arg(long, value_name = "FILE")]
        identity: Option<PathBuf>,
    },
    /// The ledger as lines: written, made again, brought together.
    #[command(subcommand)]
    Ledger(Lines),
    /// Print shell completions.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
    /// Read a PDF from standard input under limits (what the other verbs run for each PDF).
    #[command(hide = true)]
    PdfPages,
}

/// When a question is asked of, and how the answer is shown.
#[derive(Args, Clone, Debug)]
pub struct Asked {
    /// The answer as JSON on standard output.
    #[arg(long)]
    pub json: bool,
    /// The day that the answer is about: nothing later is shown.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<Date>,
    /// What was known by then: a position of the ledger, or a time such as 2026-02-01 or
    /// 2026-02-01T12:00Z.
    #[arg(long, value_name = "POSITION|TIME")]
    pub known_by: Option<String>,
    /// Counting rule.
    #[arg(long)]
    pub rule: Option<String>,
}

/// `habeas verify`.
#[derive(Args, Debug)]
pub struct Verify {
    /// The case folder.
    #[arg(required_unless_present = "proof", conflicts_with = "proof")]
    pub case: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
    /// Hold the ledger against a checkpoint that was kept elsewhere.
    #[arg(long, value_name = "CHECKPOINT", conflicts_with = "proof")]
    pub against: Option<PathBuf>,
    /// Check a proof that `habeas prove` made; no case is needed.
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
    /// The log's verifier key, as you know it from elsewhere.
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// With --proof: verifier keys of witnesses.
    #[arg(long, value_name = "KEY", requires = "proof")]
    pub witness: Vec<String>,
    /// With --proof: root certificates (PEM) of authorities that stamped the time, as NAME=FILE.
    #[arg(long, value_name = "NAME=FILE", requires = "proof")]
    pub authority: Vec<String>,
}

/// `habeas checkpoint`.
#[derive(Args, Debug)]
pub struct Checkpoint {
    /// The case folder.
    pub case: PathBuf,
    /// Print the verifier key that others need, and sign nothing.
    #[arg(long)]
    pub key: bool,
    /// Keep the signatures of witnesses in this file under the newest checkpoint.
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    pub cosign: Option<PathBuf>,
    /// Write the tree as tiles into this folder (hashes, never an entry).
    #[arg(long, value_name = "FOLDER", conflicts_with = "key")]
    pub tiles: Option<PathBuf>,
}

/// `habeas prove`.
#[derive(Args, Debug)]
pub struct Prove {
    /// The case folder.
    pub case: PathBuf,
    /// Positions of entries, which are shown whole: 3,7-9.
    #[arg(long, value_name = "POSITIONS", required_unless_present = "figure")]
    pub rows: Option<String>,
    /// A line of the board, by its `id`: its public claims are shown, its persons are not.
    #[arg(long, value_name = "LINE", conflicts_with = "rows")]
    pub figure: Option<String>,
    /// Where to; none: standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Counting rule.
    #[arg(long)]
    pub rule: Option<String>,
}

/// `habeas custody`.
#[derive(Args, Debug)]
pub struct Custody {
    /// The case folder.
    pub case: PathBuf,
    /// The document: its name, or the first six digits or more of its SHA-256.
    pub document: String,
    /// The report as JSON.
    #[arg(long)]
    pub json: bool,
    /// Record that it is handed to this office or pseudonym.
    #[arg(long, value_name = "WHOM")]
    pub give: Option<String>,
    /// Record that it was had, or came back, from this office or pseudonym.
    #[arg(long, value_name = "WHOM", conflicts_with = "give")]
    pub take: Option<String>,
    /// Copy its bytes out into this file, and record that.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["give", "take"])]
    pub copy_to: Option<PathBuf>,
    /// Why.
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// `habeas estimate`.
#[derive(Args, Clone, Debug)]
pub struct Estimate {
    /// A case folder, or a table with one 0/1 column a list and a column `count`.
    pub path: PathBuf,
    /// Only these methods.
    #[arg(long, value_delimiter = ',', value_parser = words(Method::ALL, Method::word))]
    pub method: Vec<String>,
    /// Take two lists as one, because one copies the other.
    #[arg(long, value_name = "A=B")]
    pub merge: Vec<String>,
    /// Of a case: detained at any time between these days (else: held on the day of `--as-of`).
    #[arg(long, value_name = "DAY..DAY")]
    pub window: Option<String>,
    /// Of a case: estimate each stratum and add the draws up.
    #[arg(long, value_parser = words(By::ALL, By::word))]
    pub by: Option<String>,
    /// With --by, to be published: strata of few people are taken as one.
    #[arg(long, requires = "by")]
    pub public: bool,
    /// Of a case: draw the undecided pairs by their chance, and give a second interval.
    #[arg(long)]
    pub undecided: bool,
    /// Write the plots (SVG) into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub svg: Option<PathBuf>,
    /// Seed of everything that is drawn by chance.
    #[arg(long, default_value_t = 19_481_210)]
    pub seed: u64,
    /// Bootstrap replicates of the log-linear models; 0: intervals of Wald.
    #[arg(long, default_value_t = 1_000)]
    pub replicates: usize,
    /// Latent classes at most.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=64))]
    pub classes: u64,
    #[command(flatten)]
    pub asked: Asked,
}
