//! The project's own chores: `cargo xtask check`, `tidy`, `soak`, `fuzz`.

mod check;
mod fuzz;
mod tidy;

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let root = root();
    match std::env::args().nth(1).as_deref() {
        Some("check") => check::check(&root),
        Some("tidy") => tidy::tidy(&root),
        Some("soak") if std::env::args().nth(2).as_deref() == Some("--short") => {
            fuzz::fuzz(&root, fuzz::SHORT, None)
        }
        Some("soak") => {
            check::soak(&root)?;
            fuzz::fuzz(&root, fuzz::LONG, None)
        }
        Some("fuzz") => fuzz::fuzz(&root, fuzz::SHORT, std::env::args().nth(2).as_deref()),
        other => bail!(
            "no chore `{}`\nhint: `cargo xtask check` (all that is quick), `tidy` (the house rules alone), `soak` (the long suites; `--short` fuzzes a minute each), `fuzz [TARGET]`",
            other.unwrap_or("")
        ),
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}
