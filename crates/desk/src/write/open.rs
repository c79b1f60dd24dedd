//! `open`: receive what is new, read it, let the written rules decide, and draw the board.

use super::{link, read, receive, review};
use crate::{
    Case, Error,
    reach::second::{self, Sending},
};
use habeas_ledger::Writer;
use habeas_model::{Read, Received};

/// What happened on the way, told as it happens.
pub enum Step<'a> {
    /// So many files are in the inbox.
    Found(usize),
    /// A file was received, known or refused.
    File(&'a receive::Offered, &'a receive::Outcome),
    /// A path could not be followed.
    Lost(&'a str, &'a Error),
    /// This is sent to the second reader next.
    Sends(&'a Sending),
    /// So many documents wait to be read.
    Unread(usize),
    /// A document was read.
    Read(&'a Received, &'a Read),
    /// So many proposals were accepted, and pairs joined, by the rules of case.toml.
    Ruled(usize, usize),
}

/// Brings a case up to date. Each batch is acknowledged before the next begins, so that stopping at
/// any moment loses
/// nothing and the next run goes on from there.
pub fn bring_up_to_date(case: &mut Case, mut told: impl FnMut(Step<'_>)) -> Result<(), Error> {
    let (files, lost) = receive::inbox(case);
    lost.iter().for_each(|(place, why)| told(Step::Lost(place, why)));
    told(Step::Found(files.len()));
    let mut writer = case.writer()?;
    receive::receive(case, &mut writer, &files, |file, outcome| told(Step::File(file, outcome)))?;
    let unread = read::unread(case)?;
    if let Some(sending) = second::sending(case, &unread) {
        told(Step::Sends(&sending));
    }
    told(Step::Unread(unread.len()));
    read::read(case, &mut writer, unread, |received, read| told(Step::Read(received, read)))?;
    let (accepted, joined) = decide_by_rules(case, &mut writer)?;
    told(Step::Ruled(accepted, joined));
    Ok(())
}

/// Lets the rules of `case.toml` decide what waits: how many proposals they accepted, and how many
/// pairs they joined.
pub fn decide_by_rules(case: &mut Case, writer: &mut Writer) -> Result<(usize, usize), Error> {
    let accepted = review::accept_trusted(case, writer)?;
    Ok((accepted, link::decide_by_rule(case, writer)?))
}
