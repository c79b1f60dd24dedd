//! How the present is had: entries in order, up to a known-by point, and nothing later (invariant
//! 8).

use crate::{
    Error, Ledger, Row, erase::Tombstones, ledger::read, restrict::Restrictions, seal::Keys,
};
use habeas_model::{
    Claim, ClaimId, Decision, Digest, Entry, LinkDecision, Mention, MentionId, Present, Rejected,
    Review, Subject,
    memory::present::{Standing, Taken},
};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// Up to where the ledger is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// All of it.
    Now,
    /// Entries up to this position.
    Position(u64),
    /// Entries recorded by this moment, microseconds since 1970 UTC.
    Time(i64),
}

/// Folds a ledger.
pub fn present(ledger: &Ledger, known_by: KnownBy) -> Result<Present, Error> {
    let until = |row: &Row| match known_by {
        KnownBy::Now => true,
        KnownBy::Position(last) => row.position <= last,
        KnownBy::Time(last) => row.recorded_at <= last,
    };
    let last = match known_by {
        KnownBy::Position(last) => Some(last),
        _ => None,
    };
    let undone = undone(ledger, last, until)?;
    let tombstones = Tombstones::of(ledger)?;
    let keys = ledger.keys()?.map(std::sync::Arc::as_ref);
    let mut fold = Fold { hidden: Restrictions::of(ledger)?, ..Fold::default() };
    let mut rows = Vec::with_capacity(AT_ONCE);
    ledger.rows(1, last, |row| {
        if until(&row) {
            fold.known(&row);
            if !undone.contains(&row.position) {
                rows.push(row);
            }
        }
        if rows.len() == AT_ONCE {
            fold.take_all(&mut rows, keys, &tombstones)?;
        }
        Ok(())
    })?;
    fold.take_all(&mut rows, keys, &tombstones)?;
    Ok(fold.finish())
}

/// So many rows are opened and read at once, on all cores.
const AT_ONCE: usize = 4096;

/// Positions of the entries that are undone. An undo that is itself undone undoes nothing, so later
/// ones are asked first.
pub(crate) fn undone(
    ledger: &Ledger,
    last: Option<u64>,
    until: impl Fn(&Row) -> bool,
) -> Result<HashSet<u64>, Error> {
    let mut undone = HashSet::new();
    for position in ledger.positions("undone", last)?.into_iter().rev() {
        let row = ledger.row(position)?.filter(&until);
        if let Some(Some(Entry::Undone(undo))) = row.map(|row| ledger.entry(&row)).transpose()?
            && !undone.contains(&position)
        {
            undone.insert(undo.position);
        }
    }
    Ok(undone)
}

/// The present in the making.
#[derive(Default)]
struct Fold {
    present: Present,
    /// What no answer may show.
    hidden: Restrictions,
    claims: Proposals<Claim, ClaimId>,
    mentions: Proposals<Mention, MentionId>,
    decisions: HashMap<Subject, (u64, Decision)>,
    readings: HashMap<Digest, usize>,
    /// What second readers proposed and checks refused, since the last `read` entry.
    refused: Vec<Rejected>,
    /// Claims and mentions since the last `read` entry: their reading is not complete yet.
    pending: (Vec<Standing<Claim>>, Vec<Standing<Mention>>),
}

/// Proposals by identifier, and which of them are of the last reading of their document.
struct Proposals<T, I> {
    all: Vec<Standing<T>>,
    place: HashMap<I, usize>,
    current: HashMap<Digest, HashSet<I>>,
}

impl<T, I> Default for Proposals<T, I> {
    fn default() -> Self {
        Proposals { all: Vec::new(), place: HashMap::new(), current: HashMap::new() }
    }
}

impl<T, I: Copy + Eq + std::hash::Hash> Proposals<T, I> {
    /// A reading of `blob` is complete: these are its proposals. One that was there keeps its place
    /// and position.
    fn reading(&mut self, blob: Digest, proposed: Vec<Standing<T>>, id: impl Fn(&T) -> I) {
        let mut current = HashSet::with_capacity(proposed.len());
        for one in proposed {
            let key = id(&one.it);
            current.insert(key);
            match self.place.get(&key) {
                Some(&place) => self.all[place].it = one.it,
                None => {
                    self.place.insert(key, self.all.len());
                    self.all.push(one);
                }
            }
        }
        self.current.insert(blob, current);
    }

    /// One proposal of the last reading of `blob`, said again.
    fn again(&mut self, key: I, blob: Digest, one: Standing<T>) {
        self.current.entry(blob).or_default().insert(key);
        match self.place.get(&key) {
            Some(&place) => self.all[place].it = one.it,
            None => {
                self.place.insert(key, self.all.len());
                self.all.push(one);
            }
        }
    }

    /// What is of a last reading, or stands on a decision.
    fn finish(self, blob: impl Fn(&T) -> Digest, id: impl Fn(&T) -> I) -> Vec<Standing<T>> {
        let current = self.current;
        let stays = |one: &Standing<T>| {
            one.decided.is_some()
                || current.get(&blob(&one.it)).is_some_and(|ids| ids.contains(&id(&one.it)))
        };
        self.all.into_iter().filter(stays).collect()
    }
}

impl Fold {
    /// Takes these rows in order. A row whose secret is gone without a tombstone is a loss, and
    /// that is no answer.
    fn take_all(
        &mut self,
        rows: &mut Vec<Row>,
        keys: Option<&Keys>,
        tombstones: &Tombstones,
    ) -> Result<(), Error> {
        let entries: Vec<Result<Option<Entry>, Error>> =
            rows.par_iter().map(|row| read(keys, row)).collect();
        for (row, entry) in rows.drain(..).zip(entries) {
            match entry? {
                Some(entry) => self.take(row.position, row.recorded_at, &row.author, entry),
                None if tombstones.cover(row.position) => {}
                None => {
                    let place = format!("entry {}", row.position);
                    let what = "was destroyed without a tombstone".to_owned();
                    return Err(Error::Secret { place, what });
                }
            }
        }
        Ok(())
    }

    fn known(&mut self, row: &Row) {
        self.present.position = row.position;
        self.present.known = row.recorded_at;
    }

    fn take(&mut self, position: u64, known: i64, author: &str, entry: Entry) {
        match entry {
            Entry::CaseOpened(case) => self.present.title = case.title,
            Entry::Kept(kept) => {
                if kept.name == "case.toml" && self.present.title.is_empty() {
                    self.present.title.clone_from(&kept.name);
                }
                match self.present.kept.iter_mut().find(|(name, _)| *name == kept.name) {
                    Some((_, text)) => *text = kept.text,
                    None => self.present.kept.push((kept.name, kept.text)),
                }
            }
            Entry::Received(it) => {
                self.present.documents.push(Taken {
                    it: *it,
                    position,
                    known,
                    author: author.to_owned(),
                });
            }
            Entry::Claim(it) => self.pending.0.push(fresh(*it, position, known)),
            Entry::Mention(it) => self.pending.1.push(fresh(*it, position, known)),
            Entry::Rejected(it) => self.refused.push(*it),
            Entry::Read(it) => self.read(Taken { it, position, known, author: author.to_owned() }),
            Entry::Decided(it) => drop(self.decisions.insert(it.subject, (position, it))),
            Entry::Linked(it) => {
                self.present.links.push(Taken { it, position, known, author: author.to_owned() })
            }
            // Undos are asked first; the rest bears on what can be proven, not on what is known.
            Entry::Undone(_) | Entry::Checkpoint(_) | Entry::Stamped(_) | Entry::Handled(_) => {}
            Entry::Erased(_) => self.said_again(),
            Entry::Restricted(_) => {} // It was asked first, and holds at every known-by.
        }
    }

    /// What stands right before a tombstone was said again, without a name, in the place of what is
    /// erased: it belongs to the reading that is there.
    fn said_again(&mut self) {
        let (claims, mentions) = std::mem::take(&mut self.pending);
        claims.into_iter().for_each(|one| {
            let (id, blob) = (one.it.id, one.it.span.blob);
            self.claims.again(id, blob, one);
        });
        mentions.into_iter().for_each(|one| {
            let (id, blob) = (one.it.id, one.it.span.blob);
            self.mentions.again(id, blob, one);
        });
    }

    fn read(&mut self, read: Taken<habeas_model::Read>) {
        let blob = read.it.blob;
        self.present.rejected.retain(|one| one.blob != blob);
        self.present.rejected.append(&mut self.refused);
        let (claims, mentions) = std::mem::take(&mut self.pending);
        self.claims.reading(blob, claims, |claim| claim.id);
        self.mentions.reading(blob, mentions, |mention| mention.id);
        match self.readings.get(&blob) {
            Some(&place) => self.present.readings[place] = read,
            None => {
                self.readings.insert(blob, self.present.readings.len());
                self.present.readings.push(read);
            }
        }
    }

    fn finish(mut self) -> Present {
        for one in &mut self.claims.all {
            if let Some((position, decision)) = self.decisions.get(&Subject::Claim(one.it.id)) {
                decide(one, *position, decision.review, decision.claim.as_deref());
            }
        }
        for one in &mut self.mentions.all {
            let subject = one.it.claim.map_or(Subject::Mention(one.it.id), Subject::Claim);
            if let Some((position, decision)) = self.decisions.get(&subject) {
                decide(one, *position, decision.review, decision.mention.as_deref());
            }
        }
        self.present.claims = self.claims.finish(|claim| claim.span.blob, |claim| claim.id);
        self.present.mentions =
            self.mentions.finish(|mention| mention.span.blob, |mention| mention.id);
        self.present.links = last_on_each_pair(self.present.links);
        hide(&mut self.present, &self.hidden);
        self.present
    }
}

/// Takes out what no answer may show.
fn hide(present: &mut Present, hidden: &Restrictions) {
    let Restrictions { claims, mentions, documents, .. } = hidden;
    if claims.is_empty() && mentions.is_empty() && documents.is_empty() {
        return;
    }
    present.documents.retain(|taken| !documents.contains(&taken.it.blob));
    present.rejected.retain(|one| !documents.contains(&one.blob));
    present.readings.retain(|taken| !documents.contains(&taken.it.blob));
    present
        .claims
        .retain(|one| !claims.contains(&one.it.id) && !documents.contains(&one.it.span.blob));
    present.mentions.retain(|one| {
        !mentions.contains(&one.it.id)
            && !documents.contains(&one.it.span.blob)
            && one.it.claim.is_none_or(|claim| !claims.contains(&claim))
    });
    let shown = |id: &MentionId| !mentions.contains(id);
    present.links.retain(|taken| shown(&taken.it.left) && shown(&taken.it.right));
}

fn fresh<T>(it: T, position: u64, known: i64) -> Standing<T> {
    Standing { it, position, known, review: Review::Unreviewed, decided: None }
}

fn decide<T: Clone>(one: &mut Standing<T>, position: u64, review: Review, edited: Option<&T>) {
    one.review = review;
    one.decided = Some(position);
    if let Some(edited) = edited {
        one.it = edited.clone();
    }
}

/// The last decision on each pair, in the order of their entries.
fn last_on_each_pair(links: Vec<Taken<LinkDecision>>) -> Vec<Taken<LinkDecision>> {
    let last: HashMap<(MentionId, MentionId), u64> =
        links.iter().map(|taken| ((taken.it.left, taken.it.right), taken.position)).collect();
    links
        .into_iter()
        .filter(|taken| last[&(taken.it.left, taken.it.right)] == taken.position)
        .collect()
}
