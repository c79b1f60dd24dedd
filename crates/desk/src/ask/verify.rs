//! `verify`: is every entry and every blob as it was written?

use crate::Error;
use habeas_ledger::{Ledger, Report};
use std::path::Path;

/// Verifies the ledger of the case in `folder`. Nothing is changed; the settings need not be
/// readable.
pub fn verify(folder: &Path) -> Result<Report, Error> {
    Ok(Ledger::open(&folder.join("ledger"))?.verify()?)
}
