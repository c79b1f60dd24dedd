//! `verify`: is every entry and every blob as it was written, and is this the ledger that an older
//! checkpoint was of?

use crate::{Error, Settings, place};
use habeas_ledger::{
    Ledger, Report,
    proof::{Note, VerifierKey},
    seal::Credential,
};
use std::{fs, path::Path};

/// Verifies the ledger of the case in `folder` (on `server`, if there is one), and against a
/// checkpoint that was kept, if there is one. Nothing is changed. Without a way in the chain of a
/// sealed ledger is checked, and what it hides is not.
pub fn verify(
    folder: &Path,
    server: Option<&str>,
    against: Option<&Path>,
    key: Option<&VerifierKey>,
    way_in: Option<&Credential>,
) -> Result<Report, Error> {
    let mut ledger = ledger(folder, server)?;
    if let Some(way_in) = way_in.filter(|_| ledger.is_sealed()) {
        ledger.unlock(way_in)?;
    }
    let Some(path) = against else { return Ok(ledger.verify()?) };
    let text = fs::read_to_string(path).map_err(|why| Error::reading(path, why))?;
    let kept: Note = text.parse()?;
    Ok(ledger.verify_against(&kept, key)?)
}

/// The ledger on `server`, else the one that the settings name. Settings that cannot be read stand
/// in the way of nothing: the one in the folder is meant then.
fn ledger(folder: &Path, server: Option<&str>) -> Result<Ledger, Error> {
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let mut settings = Settings::read(&text, &path).unwrap_or_default();
    settings.ledger.server = server.map(str::to_owned).or(settings.ledger.server);
    if settings.ledger.server.is_some() || settings.ledger.evidence.is_some() {
        return place::open(folder, &settings.ledger);
    }
    Ok(Ledger::open(&folder.join("ledger"))?)
}
