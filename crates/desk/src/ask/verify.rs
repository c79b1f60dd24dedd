//! `verify`: is every entry and every blob as it was written, and is this the ledger that an older
//! checkpoint was of?

use crate::Error;
use habeas_ledger::{
    Ledger, Report,
    proof::{Note, VerifierKey},
};
use std::{fs, path::Path};

/// Verifies the ledger of the case in `folder`, and against a checkpoint that was kept, if there is
/// one. Nothing is changed; the settings need not be readable.
pub fn verify(
    folder: &Path,
    against: Option<&Path>,
    key: Option<&VerifierKey>,
) -> Result<Report, Error> {
    let ledger = Ledger::open(&folder.join("ledger"))?;
    let Some(path) = against else { return Ok(ledger.verify()?) };
    let text = fs::read_to_string(path).map_err(|why| Error::reading(path, why))?;
    let kept: Note = text.parse()?;
    Ok(ledger.verify_against(&kept, key)?)
}
