//! `receive --fetch` and `watch`: what goes out to the network, and says so before it does.

use super::write::tell;
use crate::{arguments::Arguments, door};
use anyhow::Result;
use habeas_desk::{
    Case,
    reach::{
        fetch::{self, Fetched},
        second::Sending,
        watch::Watch,
    },
    write::receive::{Offered, Outcome},
};
use habeas_page::{Reader, terminal};
use std::{
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// `habeas receive CASE --fetch URL...`.
pub fn fetch(arguments: &Arguments, folder: &Path, urls: &[String]) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    going_out(&case, urls.len(), &reader);
    let mut refused = 0;
    fetch::fetch(&mut case, urls, |name, fetched| {
        refused += usize::from(matches!(fetched, Fetched::File(Outcome::Refused(_))));
        told(name, fetched, &reader);
    })?;
    Ok(if refused > 0 { door::REFUSED } else { door::DONE })
}

/// `habeas watch CASE`. Each capture is acknowledged before the next visit: it may be stopped with
/// Ctrl-C at any moment.
pub fn watch(arguments: &Arguments, folder: &Path, once: bool, every: u64) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let mut watch = Watch::of(&case)?;
    let watched = case.settings.watch.feeds.len() + case.settings.watch.pages.len();
    loop {
        going_out(&case, watched, &reader);
        let round = watch.round(&mut case, |name, fetched| told(name, fetched, &reader))?;
        let count = |n: usize| n.to_string();
        let (received, same, refused) =
            (count(round.received), count(round.same), count(round.refused));
        let args = [("received", &*received), ("same", &*same), ("refused", &*refused)];
        door::print(&format!("{}\n", terminal::sentence("watch-round", &args, reader.lang)))?;
        if once {
            return Ok(if round.refused > 0 { door::REFUSED } else { door::DONE });
        }
        thread::sleep(Duration::from_secs(every * 60));
    }
}

fn going_out(case: &Case, addresses: usize, reader: &Reader) {
    let (proxy, n) = (case.settings.fetch.proxy.as_deref(), addresses.to_string());
    let by = proxy.map_or_else(|| terminal::word("fetch-directly", reader.lang), str::to_owned);
    door::tell(&terminal::sentence("fetch-going-out", &[("n", &n), ("by", &by)], reader.lang));
}

fn told(name: &str, fetched: &Fetched, reader: &Reader) {
    match fetched {
        Fetched::Same => {
            door::tell(&terminal::sentence("fetch-same", &[("name", name)], reader.lang));
        }
        Fetched::File(outcome) => {
            let file = Offered { path: PathBuf::new(), name: name.to_owned() };
            tell(&file, outcome, reader, true);
            if let Outcome::Received(received) = outcome
                && received.replaces.is_some()
            {
                let args = [("name", name)];
                door::tell(&terminal::sentence("fetch-changed", &args, reader.lang));
            }
        }
    }
}

/// Says what is about to be sent to the second reader, before it is.
pub fn tell_sending(sending: Option<&Sending>, reader: &Reader) {
    let Some(Sending { url, model, documents }) = sending else { return };
    let n = documents.len().to_string();
    let args = [("n", &*n), ("url", url), ("model", model)];
    door::tell(&terminal::sentence("second-sends", &args, reader.lang));
    documents.iter().for_each(|name| door::tell(&format!("  {name}")));
}
