//! `pdf-pages`: the child process in which a PDF is read; the desk starts it, people do not.

use crate::door;
use anyhow::Result;
use habeas_desk::pdf;
use std::io::{Read as _, Write as _};

/// Reads a PDF from standard input, under limits, and answers on standard output.
pub fn pages() -> Result<u8> {
    limit()?;
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let answer = pdf::answer(&bytes);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut out, &answer)?;
    out.flush()?;
    Ok(door::DONE)
}

/// Puts this process under limits of memory and time, before it reads a byte.
#[cfg(unix)]
fn limit() -> Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    for (resource, most) in [(Resource::As, pdf::MEMORY), (Resource::Cpu, pdf::SECONDS)] {
        let maximum = getrlimit(resource).maximum;
        let most = maximum.map_or(most, |there| there.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum })?;
    }
    Ok(())
}

/// Elsewhere only the clock of the desk limits it.
#[cfg(not(unix))]
fn limit() -> Result<()> {
    Ok(())
}
