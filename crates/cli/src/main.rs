//! The `habeas` command: who is held, who was freed, who says so, and can we name them?

mod arguments;
mod credential;
mod deciding;
mod door;
mod progress;
mod safekeeping;
mod verb;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match verb::run(arguments) {
        Ok(code) => code,
        Err(e) => door::failure(&e),
    }
}
