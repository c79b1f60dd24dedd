//! `checkpoint`: signs a line under everything so far, and takes what witnesses signed under it.

use crate::{Case, Error, case::now};
use habeas_ledger::{
    Writer,
    proof::{Log, Note, VerifierKey},
};

/// Signs a checkpoint over all entries; the last one is answered where nothing is new.
pub fn checkpoint(case: &Case, writer: &mut Writer) -> Result<Note, Error> {
    Ok(Log::sign(&case.ledger, writer, &case.author, now())?)
}

/// Keeps the signatures of known witnesses in `lines` under the newest checkpoint.
pub fn cosign(case: &Case, writer: &mut Writer, lines: &str) -> Result<Note, Error> {
    let log = Log::of(&case.ledger)?;
    Ok(log.cosign(writer, &case.author, now(), lines, &witnesses(case)?)?)
}

/// The keys of the witnesses that the case knows.
pub fn witnesses(case: &Case) -> Result<Vec<VerifierKey>, Error> {
    let keys = case.settings.witnesses.iter();
    Ok(keys.map(|key| key.parse()).collect::<Result<_, habeas_ledger::Error>>()?)
}
