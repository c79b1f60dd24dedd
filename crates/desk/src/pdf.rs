//! PDFs are read in a child process with limits on its time and memory: their parsers are known to
//! panic, to hang and to eat memory, and must not take a case or a server with them.

use habeas_document::{
    Error,
    pdf::{Pages, PdfReader},
};
use serde::{Deserialize, Serialize};
use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// The hidden verb of the `habeas` command that the child runs.
pub const VERB: &str = "pdf-pages";
/// Memory of the child, bytes of address space: a PDF of 5,000 pages takes a quarter of it.
pub const MEMORY: u64 = 2 << 30;
/// Processor time of the child, seconds.
pub const SECONDS: u64 = 60;
/// Time by the clock, seconds: the machine may be busy with other things.
const WALL: u64 = 180;
/// Bytes of the child's answer.
const ANSWER: u64 = 512 << 20;

/// What the child answers, as JSON on its standard output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The pages.
    Pages(Pages),
    /// It is protected by a password.
    Sealed,
    /// Why it cannot be read, and the next step.
    Failed(String, String),
}

/// What the child does: reads a PDF under the limits that it has put itself under.
#[must_use]
pub fn answer(bytes: &[u8]) -> Answer {
    match habeas_document::pdf::extract(bytes, "") {
        Ok(pages) => Answer::Pages(pages),
        Err(Error::Sealed(_)) => Answer::Sealed,
        Err(Error::Pdf { why, hint, .. }) => Answer::Failed(why, hint),
        Err(e) => Answer::Failed(e.to_string(), String::new()),
    }
}

/// The reader that asks a child.
#[must_use]
pub fn reader() -> PdfReader {
    PdfReader(Arc::new(ask))
}

fn ask(bytes: &[u8], name: &str) -> Result<Pages, Error> {
    let failed = |why: &str, hint: &str| Error::Pdf {
        name: name.to_owned(),
        why: why.to_owned(),
        hint: hint.to_owned(),
    };
    let program = program().ok_or_else(|| {
        let hint = "install the `habeas` command beside the program that runs";
        failed("there is no `habeas` command to read it in a process of its own", hint)
    })?;
    let spawned = Command::new(program)
        .arg(VERB)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let child = spawned.map_err(|e| failed(&e.to_string(), "see that the system has room"))?;
    let (status, said) = run(child, bytes);
    let again = "print it to a new PDF, or export its text, and receive that";
    match (status, serde_json::from_slice(&said)) {
        (None, _) => Err(failed(&format!("it took more than {WALL} seconds"), again)),
        (Some(status), _) if !status.success() => Err(failed(&died(status), again)),
        (Some(_), Ok(Answer::Pages(pages))) => Ok(pages),
        (Some(_), Ok(Answer::Sealed)) => Err(Error::Sealed(name.to_owned())),
        (Some(_), Ok(Answer::Failed(why, hint))) => Err(failed(&why, &hint)),
        (Some(_), Err(_)) => Err(failed("its pages come to more than is read", again)),
    }
}

/// Gives the child its bytes and waits for its answer; no status if it took too long.
fn run(mut child: Child, bytes: &[u8]) -> (Option<ExitStatus>, Vec<u8>) {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A child that died early reads no further: its status tells.
            stdin.map(|mut stdin| stdin.write_all(bytes))
        });
        let answer = scope.spawn(move || {
            let mut said = Vec::new();
            if let Some(stdout) = stdout {
                // An answer that breaks off is no answer: its status tells.
                let _ = stdout.take(ANSWER).read_to_end(&mut said);
            }
            said
        });
        let end = Instant::now() + Duration::from_secs(WALL);
        let mut pause = Duration::from_millis(1);
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < end => thread::sleep(pause),
                _ => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break None;
                }
            }
            pause = (pause * 2).min(Duration::from_millis(50));
        };
        (status, answer.join().unwrap_or_default())
    })
}

/// What a child died of.
fn died(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return match signal {
            24 => format!("it took more than {SECONDS} seconds of work"), // SIGXCPU
            _ => format!(
                "its parser died of signal {signal}, perhaps of more than {} MiB of memory",
                MEMORY >> 20
            ),
        };
    }
    format!("its parser gave up ({status})")
}

/// The `habeas` command: this program, or the one beside it.
fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    if own.file_stem().is_some_and(|stem| stem == "habeas") {
        return Some(own);
    }
    let name = format!("habeas{}", std::env::consts::EXE_SUFFIX);
    let beside = own.ancestors().skip(1).take(2).map(|folder| folder.join(&name));
    beside.into_iter().find(|path| path.is_file())
}
