//! The project's own chores: `cargo xtask check`, `tidy`, `soak`.

mod check;
mod tidy;

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let root = root();
    match std::env::args().nth(1).as_deref() {
        Some("check") => check::check(&root),
        Some("tidy") => tidy::tidy(&root),
        Some("soak") => check::soak(&root),
        other => bail!(
            "no chore `{}`\nhint: `cargo xtask check` (all that is quick), `tidy` (the house rules alone), `soak` (the long suites)",
            other.unwrap_or("")
        ),
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}
