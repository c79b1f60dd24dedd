//! What can be typed after `habeas publish`.

use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// `habeas publish`.
#[derive(Args, Debug)]
pub struct Publish {
    /// The case folder.
    pub case: PathBuf,
    /// Where to: a folder that is empty, or that has an older publication.
    #[arg(long, value_name = "FOLDER", conflicts_with = "json")]
    pub out: Option<PathBuf>,
    /// Has everybody who is named agreed, or somebody who may for them? `yes`, or `nobody`: nobody
    /// is named.
    #[arg(long, value_name = "ANSWER")]
    pub consent: Option<String>,
    /// Is nobody who is named under age?
    #[arg(long, value_name = "ANSWER")]
    pub minors: Option<String>,
    /// Can nobody who told us be known by what is told?
    #[arg(long, value_name = "ANSWER")]
    pub sources: Option<String>,
    /// Were the families of those who are named told before?
    #[arg(long, value_name = "ANSWER")]
    pub families: Option<String>,
    /// A remark that is kept in the ledger, without a name.
    #[arg(long, default_value = "")]
    pub note: String,
    /// What would be told, as JSON on standard output.
    #[arg(long)]
    pub json: bool,
    /// The day that it tells of: nothing later is told. Only what is known now is published.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<Date>,
    /// Counting rule.
    #[arg(long)]
    pub rule: Option<String>,
}
