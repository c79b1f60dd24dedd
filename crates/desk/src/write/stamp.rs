//! `stamp`: asks the authorities of the case for what is not stamped yet. The only verb here that
//! opens a connection, and it sends hashes only (invariant 14).

use crate::{Case, Error};
use habeas_ledger::{
    Writer,
    time::{Authority, Moment, Request, Stamps, kept_as},
};
use habeas_model::{Entry, Stamped};
use std::{fs, time::Duration};

/// An authority that does not answer by then is asked again another time.
const PATIENCE: Duration = Duration::from_secs(20);
/// A reply is a few thousand bytes.
const LONGEST: u64 = 1 << 20;

/// What became of one question.
pub enum Outcome {
    /// The stamp is in the ledger now.
    Stamped(Moment),
    /// There is none; it is asked for again the next time.
    Waits(Error),
}

/// Asks for everything that waits, and tells of each; answers how much still waits.
pub fn stamp(
    case: &mut Case,
    writer: &mut Writer,
    mut told: impl FnMut(&str, Stamped, &Outcome),
) -> Result<usize, Error> {
    let stamps = Stamps::of(&case.ledger)?;
    let mut waits = 0;
    for (name, authority) in case.settings.authority.clone() {
        let path = case.folder.join(kept_as(&name));
        let pem = fs::read(&path).map_err(|why| Error::reading(&path, why))?;
        let trusted = Authority::trust(&name, &pem)?;
        let mut silent = false;
        for (on, imprint) in stamps.waiting(&name, authority.documents) {
            if silent {
                waits += 1; // One that does not answer is not asked a thousand times.
                continue;
            }
            let request = Request::on(on, imprint)?;
            let answer = send(&authority.url, &request.bytes()?);
            silent = answer.is_err();
            let stamped = answer.and_then(|answer| Ok(request.answered(&answer, &trusted)?));
            let outcome = match stamped {
                Ok((stamp, moment)) => {
                    let author = case.author.clone();
                    case.append(writer, &author, &[Entry::Stamped(stamp)])?;
                    Outcome::Stamped(moment)
                }
                Err(e) => {
                    waits += 1;
                    Outcome::Waits(e)
                }
            };
            told(&name, on, &outcome);
        }
    }
    Ok(waits)
}

fn send(url: &str, question: &[u8]) -> Result<Vec<u8>, Error> {
    let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build();
    let asked = ureq::Agent::new_with_config(agent)
        .post(url)
        .header("Content-Type", "application/timestamp-query")
        .send(question);
    let read = |mut answer: ureq::http::Response<ureq::Body>| {
        answer.body_mut().with_config().limit(LONGEST).read_to_vec()
    };
    asked.and_then(read).map_err(|why| Error::Silent { url: url.to_owned(), why: why.to_string() })
}
