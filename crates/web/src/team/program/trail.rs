//! Who let whom in, and who read what of a sealed case: a file beside the accounts, a line for each
//! act, each bound to the one before.
//!
//! # Invariants
//! 1. A line bears the SHA-256 of the line before: one that is changed or taken out of the middle
//!    is seen. That the end was cut off is seen by who kept a copy of it.
//! 2. No line bears a token, a passphrase or a person's name.

use crate::Error;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

/// Characters of a word in it: more of an address tells nothing.
const SHORT: usize = 200;

/// Bytes of the longest line: three such words, each character six bytes of JSON.
const LONGEST: u64 = 4096;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Seconds since 1970.
    pub at: i64,
    /// The pseudonym of whoever did it.
    pub by: String,
    /// What: `token made`, `token revoked`, `read`.
    pub did: String,
    /// To what, or what was let in.
    pub of: String,
    /// SHA-256 of the line before; empty on the first.
    pub before: String,
}

/// The file.
#[derive(Clone, Debug)]
pub struct Trail {
    path: PathBuf,
}

impl Trail {
    /// That of the case in `folder`.
    #[must_use]
    pub fn of(folder: &Path) -> Trail {
        Trail { path: folder.join("ledger/trail.jsonl") }
    }

    /// Appends a line; it is on the disk when this returns.
    pub fn append(&self, by: &str, did: &str, of: &str, at: i64) -> Result<(), Error> {
        let mut options = OpenOptions::new();
        let options = options.read(true).append(true).create(true);
        let mut file =
            crate::team::book::private(options).open(&self.path).map_err(|e| self.disk(&e))?;
        file.lock().map_err(|e| self.disk(&e))?; // It goes with the file, however this ends.
        let end = end(&mut file).map_err(|e| self.disk(&e))?;
        let before = end.lines().last().map(hashed).unwrap_or_default();
        let short = |said: &str| said.chars().take(SHORT).collect();
        let [by, did, of] = [by, did, of].map(short);
        let line = serde_json::to_string(&Step { at, by, did, of, before }).unwrap_or_default();
        // A line that was cut off by a fall of the machine ends where the next begins.
        let begin = if end.is_empty() || end.ends_with('\n') { "" } else { "\n" };
        let whole = format!("{begin}{line}\n");
        file.write_all(whole.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| self.disk(&e))
    }

    /// All of it, and the first line that does not follow from the one before, from 1.
    pub fn read(&self) -> Result<(Vec<Step>, Option<usize>), Error> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), None)),
            Err(why) => return Err(self.disk(&why)),
        };
        let (mut steps, mut before, mut broken) = (Vec::new(), String::new(), None);
        for (nth, line) in text.lines().enumerate() {
            match serde_json::from_str::<Step>(line) {
                Ok(step) if step.before == before => steps.push(step),
                _ => broken = broken.or(Some(nth + 1)),
            }
            before = hashed(line);
        }
        Ok((steps, broken))
    }

    fn disk(&self, why: &io::Error) -> Error {
        Error::Accounts(self.path.clone(), why.to_string())
    }
}

/// The end of a file, with the whole of its last line: no line is longer.
fn end(file: &mut File) -> io::Result<String> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn hashed(line: &str) -> String {
    hex::encode(Sha256::digest(line.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_changed_or_gone_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ledger")).unwrap();
        let trail = Trail::of(folder.path());
        assert_eq!(trail.read().unwrap(), (vec![], None));
        for n in 0..4 {
            trail.append("ada", "token made", &format!("t{n}"), n).unwrap();
        }
        let (steps, broken) = trail.read().unwrap();
        assert_eq!((steps.len(), broken), (4, None));
        assert_eq!((&*steps[3].of, steps[3].at), ("t3", 3));
        let text = fs::read_to_string(&trail.path).unwrap();
        let without = |nth| text.lines().enumerate().filter(move |(n, _)| *n != nth);
        for nth in 0..3 {
            let rest: Vec<&str> = without(nth).map(|(_, line)| line).collect();
            fs::write(&trail.path, rest.join("\n")).unwrap();
            assert_eq!(trail.read().unwrap().1, Some(nth + 1));
        }
        fs::write(&trail.path, text.replace("\"t1\"", "\"t9\"")).unwrap();
        assert_eq!(trail.read().unwrap().1, Some(3)); // The one after it tells.
        fs::write(&trail.path, &text[..text.len() - 5]).unwrap(); // A fall while it was written.
        assert_eq!(trail.read().unwrap().1, Some(4));
        trail.append("ada", "token revoked", &"\u{1}".repeat(9000), 9).unwrap();
        trail.append("ada", "token revoked", "t0", 10).unwrap();
        let times: Vec<i64> = trail.read().unwrap().0.iter().rev().map(|step| step.at).collect();
        assert_eq!(times[..2], [10, 9]);
    }
}
