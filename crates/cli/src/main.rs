//! The `habeas` command: who is held, who was freed, who says so, and can we name them?

mod arguments;
mod credential;
mod deciding;
mod door;
mod looking;
mod progress;
mod publishing;
mod safekeeping;
mod verb;

use clap::Parser as _;
use std::process::ExitCode;

/// A case is millions of short words: this one keeps them in less room than the system's does
/// (docs/decisions/0015-allocator.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match verb::run(arguments) {
        Ok(code) => code,
        Err(e) => door::failure(&e),
    }
}
