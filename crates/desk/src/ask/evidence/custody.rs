//! `custody`: everything that happened to one document, from its capture to this day.

use crate::{Case, Error};
use habeas_ledger::{
    proof::Log,
    time::{Moment, Stamps},
};
use habeas_model::{Act, Digest, Entry, Present, Received, Stamped, memory::present::Taken};
use jiff::Timestamp;
use serde::Serialize;

/// The report on one document.
#[derive(Clone, Debug, Serialize)]
pub struct Custody {
    /// How it was received, with its capture record.
    pub received: Received,
    /// Position of that entry.
    pub position: u64,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// By whom.
    pub author: String,
    /// Whether its bytes are there and are those that were received.
    pub whole: bool,
    /// Documents received later under the same name or address.
    pub replaced_by: Vec<Digest>,
    /// The first checkpoint that covers it: size of its tree, and when it was recorded.
    pub checkpoint: Option<(u64, Timestamp)>,
    /// Time stamps on its entry, and on the checkpoints that cover it.
    pub stamps: Vec<StampSaid>,
    /// What was done with it, in order: readings and handlings.
    pub handled: Vec<Handled>,
}

/// What a time stamp says.
#[derive(Clone, Debug, Serialize)]
pub struct StampSaid {
    /// Who stamped.
    pub authority: String,
    /// What the stamp is on.
    pub on: Stamped,
    /// The document existed at this time; none where the stamp does not hold.
    pub time: Option<Timestamp>,
    /// Number of the token.
    pub serial: String,
    /// Why it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// Something done with a document.
#[derive(Clone, Debug, Serialize)]
pub struct Handled {
    /// Position of the entry.
    pub position: u64,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// By whom: a pseudonym, or the reader.
    pub author: String,
    /// What; none for a reading by the program.
    pub act: Option<Act>,
    /// To or from whom.
    pub with: String,
    /// Why.
    pub reason: String,
}

/// The document that is meant: by its name, or the first digits of its digest (six at least).
pub fn find<'a>(present: &'a Present, document: &str) -> Result<&'a Taken<Received>, Error> {
    let wanted = document.to_lowercase();
    let is_it = |taken: &&Taken<Received>| {
        taken.it.name == document
            || (wanted.len() >= 6 && taken.it.blob.to_string().starts_with(&wanted))
    };
    // The last under a name is the one in use.
    let found = present.documents.iter().rev().find(is_it);
    found.ok_or_else(|| Error::NoDocument(document.to_owned()))
}

/// The report on `document`.
pub fn custody(case: &Case, document: &str) -> Result<Custody, Error> {
    let present = case.present(None)?;
    let taken = find(&present, document)?;
    let blob = taken.it.blob;
    let (checkpoint, mut stamps) = proven(case, taken.position)?;
    stamps.sort_by_key(|stamp| stamp.time);
    let later = |other: &&Taken<Received>| other.it.replaces == Some(blob);
    Ok(Custody {
        received: taken.it.clone(),
        position: taken.position,
        recorded: at(taken.known),
        author: taken.author.clone(),
        whole: case.ledger.blob(&blob).is_ok(),
        replaced_by: present.documents.iter().filter(later).map(|other| other.it.blob).collect(),
        checkpoint,
        stamps,
        handled: handled(case, &blob, taken.position)?,
    })
}

type Proven = (Option<(u64, Timestamp)>, Vec<StampSaid>);

fn proven(case: &Case, position: u64) -> Result<Proven, Error> {
    let (log, stamps) = (Log::of(&case.ledger)?, Stamps::of(&case.ledger)?);
    let covering = log.segments().iter().filter(|segment| segment.last >= position);
    let first = covering.clone().next();
    let recorded = |position| -> Result<Timestamp, Error> {
        Ok(at(case.ledger.row(position)?.map_or(0, |row| row.recorded_at)))
    };
    let checkpoint =
        first.map(|segment| Ok::<_, Error>((segment.size, recorded(segment.position)?)));
    let on = std::iter::once(Stamped::Entry(position))
        .chain(covering.map(|segment| Stamped::Checkpoint(segment.size)));
    let said = on.flat_map(|on| stamps.on(on)).map(|(stamp, moment)| said(stamp, moment));
    Ok((checkpoint.transpose()?, said.collect()))
}

fn said(stamp: &habeas_model::Stamp, moment: Result<Moment, habeas_ledger::Error>) -> StampSaid {
    let (time, serial, fault) = match moment {
        Ok(moment) => (Some(moment.time), moment.serial, None),
        Err(e) => (None, String::new(), e.to_string().lines().next().map(str::to_owned)),
    };
    StampSaid { authority: stamp.authority.clone(), on: stamp.on, time, serial, fault }
}

/// What was done with the document that was received at `position`.
fn handled(case: &Case, blob: &Digest, position: u64) -> Result<Vec<Handled>, Error> {
    let mut all = Vec::new();
    case.ledger.rows_of(&["read", "handled"], |row, entry| {
        let (act, with, reason) = match entry {
            Entry::Handled(it) if it.blob.map_or(row.position > position, |one| one == *blob) => {
                (Some(it.act), it.with, it.reason)
            }
            Entry::Read(it) if it.blob == *blob => (None, String::new(), it.reader),
            _ => return,
        };
        let (position, recorded, author) = (row.position, at(row.recorded_at), row.author.clone());
        all.push(Handled { position, recorded, author, act, with, reason });
    })?;
    Ok(all)
}

fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}
