//! What can be typed after `review` and `link`: the verbs by which people decide.

use crate::arguments::words;
use clap::{Args, ValueEnum};
use habeas_model::Kind;
use std::path::PathBuf;

/// `habeas review`.
#[derive(Args, Debug)]
pub struct Review {
    /// The case folder.
    pub case: PathBuf,
    /// Show what waits and stop.
    #[arg(long)]
    pub list: bool,
    /// With --list: as JSON.
    #[arg(long)]
    pub json: bool,
    /// Accept everything that the filters mean, or these.
    #[arg(long, value_name = "ID", num_args = 0.., conflicts_with_all = ["refuse", "withdraw", "list"])]
    pub accept: Option<Vec<String>>,
    /// Refuse these.
    #[arg(long, value_name = "ID", num_args = 1.., conflicts_with = "list")]
    pub refuse: Option<Vec<String>>,
    /// Mark these as withdrawn by their source.
    #[arg(long, value_name = "ID", num_args = 1.., conflicts_with_all = ["list", "refuse"])]
    pub withdraw: Option<Vec<String>>,
    /// Only proposals of documents whose name has this part.
    #[arg(long)]
    pub document: Option<String>,
    /// Only claims of this kind.
    #[arg(long, value_parser = words(Kind::ALL, Kind::word))]
    pub kind: Option<String>,
    /// Only what a body with this part in its name says.
    #[arg(long)]
    pub speaker: Option<String>,
    /// Why.
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// What to decide about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Pairing {
    /// One person.
    Same,
    /// Two persons.
    NotSame,
    /// Cannot be told.
    Unsure,
}

/// `habeas link`.
#[derive(Args, Debug)]
pub struct Link {
    /// A case folder; or tables (CSV, TSV, XLSX, ODS, Parquet): one is rid of its doubles, several
    /// are linked with each other.
    #[arg(required_unless_present_any = ["pairs", "sampled"])]
    pub what: Vec<PathBuf>,
    #[command(flatten)]
    pub of_case: LinkCase,
    #[command(flatten)]
    pub of_tables: LinkTables,
}

/// What `habeas link CASE` takes; a decision can be taken about rows of tables too.
#[derive(Args, Debug)]
#[command(next_help_heading = "For a case")]
pub struct LinkCase {
    /// Show the proposed pairs and stop.
    #[arg(long)]
    pub list: bool,
    /// With --list, or of tables: as JSON, without names.
    #[arg(long)]
    pub json: bool,
    /// Decide about a pair; of tables, into the file of --decisions.
    #[arg(long, requires = "pair")]
    pub decide: Option<Pairing>,
    /// The pair: two mentions of a case, or two record ids of tables.
    #[arg(long, num_args = 2, value_names = ["ID", "ID"])]
    pub pair: Option<Vec<String>>,
    /// Why.
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// What `habeas link TABLE..` takes.
#[derive(Args, Debug)]
#[command(next_help_heading = "For tables")]
pub struct LinkTables {
    /// Settings; without them they are guessed, and printed so that they can be edited.
    #[arg(long, value_name = "TOML")]
    pub settings: Option<PathBuf>,
    /// Print the guessed settings and stop.
    #[arg(long)]
    pub guess: bool,
    /// Where the pairs go: id_l,id_r,w,p,joined,decided (.csv or .parquet).
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// What people decided about pairs, which no run undoes: JSON Lines with left, right, verdict
    /// (same, not_same, unsure); lines of a nomenklatura resolver and edges of Splink are read too.
    #[arg(long, value_name = "JSONL")]
    pub decisions: Option<PathBuf>,
    /// Where the persons go: id,person.
    #[arg(long, value_name = "CSV")]
    pub clusters: Option<PathBuf>,
    /// A report as a page: what agreement is worth, blocks, sizes of persons.
    #[arg(long, value_name = "HTML")]
    pub report: Option<PathBuf>,
    /// Why these two rows (or mentions of a case) are one person or two: each part's weight, the
    /// keys under which they met, and what would turn it; with --json, for programs.
    #[arg(long, value_name = "ID_L,ID_R")]
    pub explain: Option<String>,
    /// With --explain: draw it, too.
    #[arg(long, value_name = "FILE", requires = "explain")]
    pub svg: Option<PathBuf>,
    /// Draw so many pairs for people to look at, into the file of --out: fill its column `same`.
    #[arg(long, value_name = "N", requires = "out", conflicts_with = "explain")]
    pub sample: Option<usize>,
    /// With --sample: another seed draws other pairs.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// A sample that was filled: print precision and recall with their intervals.
    #[arg(long, value_name = "CSV", conflicts_with = "what")]
    pub sampled: Option<PathBuf>,
    /// What is known, a row a person: each new row is told to be same, changed, probable, new or
    /// id-conflict, and who of the known is gone; into the file of --out, row by row.
    #[arg(long, value_name = "TABLE", conflicts_with_all = ["clusters", "report", "sample"])]
    #[arg(conflicts_with_all = ["explain", "decide", "pairs"])]
    pub against: Option<PathBuf>,
    /// With --against: the list is a part of what is known, and whom it leaves out is not gone.
    #[arg(long, requires = "against")]
    pub part: bool,
    /// Each list holds a person once.
    #[arg(long)]
    pub one_to_one: bool,
    /// Two names a row: print the probability that they are one person's, and how they align.
    #[arg(long, value_name = "CSV", conflicts_with = "what")]
    pub pairs: Option<PathBuf>,
}
