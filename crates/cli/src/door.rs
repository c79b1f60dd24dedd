//! What every verb needs at the door: the case, the reader, the question, and how a failure is
//! told.

use crate::{
    arguments::{Arguments, Asked, Verb},
    credential,
};
use anyhow::{Context as _, Result, bail};
use habeas_desk::{Case, Question};
use habeas_ledger::Ledger;
use habeas_page::{Reader, See, terminal};
use std::{
    io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _},
    path::Path,
    process::ExitCode,
};

/// Everything was done.
pub const DONE: u8 = 0;
/// A failure.
pub const FAILED: u8 = 1;
/// `verify` found a fault.
pub const FAULT: u8 = 3;
/// Some files were refused, the rest was done.
pub const REFUSED: u8 = 4;

/// Opens the case to append.
pub fn open(arguments: &Arguments, folder: &Path) -> Result<Case> {
    let mut key = |ledger: &Ledger| Ok(credential::of(arguments, ledger.folder())?);
    let server = arguments.ledger.as_deref();
    let mut case = Case::open_with(folder, &arguments.author, server, &mut key)?;
    tell_unsealed(arguments, &case);
    if arguments.verbose {
        case.acknowledged = Box::new(|receipt| {
            // One write a line, so that a line is there whole or not at all.
            let line = format!("recorded {}..{} {}\n", receipt.first, receipt.last, receipt.head);
            let _ = std::io::stderr().lock().write_all(line.as_bytes());
        });
    }
    Ok(case)
}

/// Opens the case to look.
pub fn look(arguments: &Arguments, folder: &Path) -> Result<Case> {
    let mut key = |ledger: &Ledger| Ok(credential::of(arguments, ledger.folder())?);
    let server = arguments.ledger.as_deref();
    let case = Case::look_with(folder, &arguments.author, server, &mut key)?;
    tell_unsealed(arguments, &case);
    Ok(case)
}

/// Refuses `--ledger` with the verb that makes a ledger in a case's folder.
pub fn has_ledger_here(arguments: &Arguments, verb: &Verb) -> Result<()> {
    match (&arguments.ledger, verb) {
        (Some(_), Verb::New { .. }) => bail!(
            "`new` makes a ledger in the case's folder, and `--ledger` names a server\nhint: leave `--ledger` out; then `habeas migrate` makes one on the server, and `habeas seal` seals it"
        ),
        _ => Ok(()),
    }
}

/// A case that is not sealed says so each time that it is opened.
fn tell_unsealed(arguments: &Arguments, case: &Case) {
    if !case.ledger.is_sealed() {
        let lang = arguments.lang(case.settings.lang.as_deref());
        let line = format!("{}\n", terminal::word("not-sealed", lang));
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }
}

/// Who reads on this terminal: the team, in the case's language.
pub fn reader(arguments: &Arguments, case: Option<&Case>) -> Reader {
    let terminal = std::io::stdout().is_terminal();
    let asked = std::env::var("COLUMNS").ok().and_then(|width| width.parse().ok());
    let width =
        asked.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
    let lang = arguments.lang(case.and_then(|case| case.settings.lang.as_deref()));
    Reader {
        width: width.unwrap_or(100).max(20),
        colour: terminal && std::env::var_os("NO_COLOR").is_none(),
        see: See::Team,
        ..Reader::public(lang)
    }
}

/// The question that was asked.
pub fn question(asked: &Asked) -> Result<Question> {
    Ok(Question {
        as_of: asked.as_of,
        known_by: asked.known_by.as_deref().map(habeas_desk::known_by).transpose()?,
        rule: asked.rule.clone(),
    })
}

/// Prints to standard output.
pub fn print(text: &str) -> Result<()> {
    write(|out| out.write_all(text.as_bytes()))
}

/// Writes to standard output piece by piece; a reader that went away (`| head`) is no failure.
pub fn write(say: impl FnOnce(&mut BufWriter<StdoutLock<'_>>) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match say(&mut out).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
            let _ = out.into_parts(); // What is left over has nobody to read it.
            Ok(())
        }
        other => other.context("cannot write to standard output"),
    }
}

/// Prints a JSON value and a line end.
pub fn print_json(value: &serde_json::Value) -> Result<()> {
    print(&format!("{value:#}\n"))
}

/// Tells something on standard error; that nobody listens is no reason to stop.
pub fn tell(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", habeas_page::harmless(words));
}

/// Tells of a failure on standard error.
pub fn failure(error: &anyhow::Error) -> ExitCode {
    tell(&format!("habeas: {error:#}"));
    ExitCode::from(FAILED)
}
