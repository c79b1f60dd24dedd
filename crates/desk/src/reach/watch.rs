//! `watch`: feeds and pages are looked at again, and what is new or changed is received.

use super::{
    Answer, Visitor,
    fetch::{self, Fetched},
    visit,
};
use crate::{Case, Error};
use std::collections::{HashMap, HashSet};

/// Entries of one feed that one round captures at most.
const ENTRIES: usize = 50;

/// A watch that goes on: it remembers between rounds what the feeds said of themselves. Pages are
/// remembered by the ledger.
pub struct Watch {
    visitor: Visitor,
    feeds: HashMap<String, Feed>,
}

/// What a feed said the last time.
#[derive(Clone, Default)]
struct Feed {
    validators: Vec<(&'static str, String)>,
    entries: Vec<String>,
}

/// What one round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Documents received.
    pub received: usize,
    /// Addresses that had nothing new.
    pub same: usize,
    /// Addresses that could not be had.
    pub refused: usize,
}

impl Watch {
    /// A watch for this case; a case that names nothing to watch is refused.
    pub fn of(case: &Case) -> Result<Watch, Error> {
        let watch = &case.settings.watch;
        if watch.feeds.is_empty() && watch.pages.is_empty() {
            return Err(Error::NothingWatched(case.folder.join("case.toml")));
        }
        Ok(Watch { visitor: Visitor::new(&case.settings.fetch)?, feeds: HashMap::new() })
    }

    /// One round over all feeds and pages; each capture is acknowledged before the next visit, so
    /// that stopping at any moment loses nothing.
    pub fn round(
        &mut self,
        case: &mut Case,
        mut told: impl FnMut(&str, &Fetched),
    ) -> Result<Round, Error> {
        let mut round = Round::default();
        let watch = case.settings.watch.clone();
        let mut pages = watch.pages;
        for feed in &watch.feeds {
            match self.entries(case, feed) {
                Ok(entries) => pages.extend(entries),
                Err(e @ Error::Ledger(_)) => return Err(e),
                Err(e) => {
                    round.refused += 1;
                    let refused = Fetched::File(crate::write::receive::Outcome::Refused(e));
                    told(&fetch::name_of(feed), &refused);
                }
            }
        }
        let mut seen = HashSet::new();
        for url in pages.iter().filter(|url| seen.insert(url.as_str())) {
            let fetched = match fetch::one(case, &mut self.visitor, url) {
                Ok(fetched) => fetched,
                Err(e @ Error::Ledger(_)) => return Err(e),
                Err(e) => Fetched::File(crate::write::receive::Outcome::Refused(e)),
            };
            use crate::write::receive::Outcome::{Known, Received, Refused, Withdrawn};
            match &fetched {
                Fetched::File(Received(_)) => round.received += 1,
                Fetched::File(Known(_) | Withdrawn(_)) | Fetched::Same => round.same += 1,
                Fetched::File(Refused(_)) => round.refused += 1,
            }
            told(&fetch::name_of(url), &fetched);
        }
        Ok(round)
    }

    /// The addresses in a feed that were never captured; if it has not changed, those of before.
    fn entries(&mut self, case: &Case, feed: &str) -> Result<Vec<String>, Error> {
        let mut known = self.feeds.get(feed).cloned().unwrap_or_default();
        let name = fetch::name_of(feed);
        let answer = self.visitor.visit(feed, &known.validators, &name)?;
        if !answer.same {
            known = said(&answer, &name)?;
            self.feeds.insert(feed.to_owned(), known.clone());
        }
        let present = case.present(None)?;
        let captured: HashSet<String> = present
            .documents
            .iter()
            .chain(&present.withdrawn)
            .filter_map(|taken| fetch::asked(&taken.it.capture).map(str::to_owned))
            .collect();
        known.entries.retain(|url| !captured.contains(url));
        known.entries.truncate(ENTRIES);
        Ok(known.entries)
    }
}

/// What a feed says: where its entries are, and by what it is known again.
fn said(answer: &Answer, name: &str) -> Result<Feed, Error> {
    let asked = habeas_document::Asked {
        name: name.replace(".html", ".xml"),
        url: Some(answer.url.clone()),
        ..habeas_document::Asked::default()
    };
    let mut entries = Vec::new();
    habeas_document::each(&answer.bytes, &asked, &mut |document| {
        let base = url::Url::parse(&answer.url).ok();
        let entry = document.url.as_deref().and_then(|url| base?.join(url).ok());
        let entry = entry.filter(|url| visit::address(url.as_str()).is_some());
        entries.extend(entry.map(|url| fetch::canon(url.as_str())));
    })?;
    let feed = fetch::canon(&answer.url);
    entries.retain(|url| *url != feed);
    let said = |key: &str| answer.header(key).map(str::to_owned);
    let mut validators = Vec::new();
    validators.extend(said("etag").map(|value| ("if-none-match", value)));
    validators.extend(said("last-modified").map(|value| ("if-modified-since", value)));
    Ok(Feed { validators, entries })
}
