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
use std::collections::{
    HashMap, HashSet,
    hash_map::Entry::{Occupied, Vacant},
};

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
    let head = ledger.head()?.position;
    match up_to(ledger, known_by, head) {
        // Somebody erased it while we read: by now its tombstone can be seen.
        Err(Error::Secret { .. }) if ledger.head()?.position > head => {
            up_to(ledger, known_by, ledger.head()?.position)
        }
        folded => folded,
    }
}

/// Folds no entry after `head`, whoever appends meanwhile: what they restrict or undo was perhaps
/// not there yet when it was asked for.
fn up_to(ledger: &Ledger, known_by: KnownBy, head: u64) -> Result<Present, Error> {
    let until = |row: &Row| match known_by {
        KnownBy::Now => true,
        KnownBy::Position(last) => row.position <= last,
        KnownBy::Time(last) => row.recorded_at <= last,
    };
    let last = match known_by {
        KnownBy::Position(last) => Some(last.min(head)),
        _ => Some(head),
    };
    let undone = undone(ledger, last, until)?;
    let tombstones = Tombstones::of(ledger)?;
    let keys = ledger.keys()?.map(std::sync::Arc::as_ref);
    let mut fold = Fold { hidden: Restrictions::of(ledger)?, ..Fold::default() };
    // There cannot be more of them; room that is not used is never touched.
    fold.claims.reserve(usize::try_from(head).unwrap_or(0));
    let (mut rows, mut before) = (Vec::with_capacity(AT_ONCE), Vec::new());
    ledger.rows(1, last, |row| {
        if until(&row) {
            fold.known(&row);
            match undone.contains(&row.position) {
                false => rows.push(row),
                true if row.kind == "received" => fold.withdrawn(&row, keys)?,
                true => {}
            }
        }
        if rows.len() == AT_ONCE {
            fold.take_while(&mut before, &mut rows, keys, &tombstones)?;
        }
        Ok(())
    })?;
    fold.take_while(&mut before, &mut rows, keys, &tombstones)?;
    fold.take_all(before, &tombstones)?;
    Ok(fold.finish())
}

/// So many rows are opened and read at once, on all cores, while those before are folded: enough
/// that the cores are seldom waited for, few enough that they take no room.
const AT_ONCE: usize = 512;

/// A row that was opened and read, not yet folded.
struct Opened {
    position: u64,
    known: i64,
    author: String,
    entry: Result<Option<Entry>, Error>,
}

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
    decisions: HashMap<Subject, (u64, i64, Decision)>,
    readings: HashMap<Digest, usize>,
    /// What second readers proposed and checks refused, since the last `read` entry.
    refused: Vec<Rejected>,
}

/// Proposals by identifier, and which of them are of the last reading of their document.
struct Proposals<T, I> {
    all: Vec<Standing<T>>,
    /// The number of the reading in which each was proposed last; 0: of none that is complete.
    proposed: Vec<u32>,
    place: HashMap<I, u32>,
    /// The number of the last reading of each document.
    current: HashMap<Digest, u32>,
    /// How many readings are complete.
    readings: u32,
    /// Since the last `read` entry: what is new, and what was there before.
    fresh: Vec<u32>,
    known: Vec<(u32, T)>,
}

impl<T, I> Default for Proposals<T, I> {
    fn default() -> Self {
        Proposals {
            all: Vec::new(),
            proposed: Vec::new(),
            place: HashMap::new(),
            current: HashMap::new(),
            readings: 0,
            fresh: Vec::new(),
            known: Vec::new(),
        }
    }
}

impl<T, I: Copy + Eq + std::hash::Hash> Proposals<T, I> {
    fn reserve(&mut self, most: usize) {
        self.all.reserve(most);
        self.proposed.reserve(most);
        self.place.reserve(most);
    }

    /// One more. One that was there keeps its place and position; what it says now holds once its
    /// reading is complete.
    fn propose(&mut self, key: I, one: Standing<T>) {
        match self.place.entry(key) {
            Occupied(there) => self.known.push((*there.get(), one.it)),
            Vacant(free) => {
                let place = u32::try_from(self.all.len()).expect("a case fits into memory");
                free.insert(place);
                self.fresh.push(place);
                self.all.push(one);
                self.proposed.push(0);
            }
        }
    }

    /// A reading of `blob` is complete: what was proposed since the last one is all of it.
    fn reading(&mut self, blob: Digest) {
        self.readings += 1;
        self.current.insert(blob, self.readings);
        let of = self.readings;
        self.settle(|_, _, _| of);
    }

    /// What was proposed is of the last reading of its document, said again.
    fn again(&mut self, blob: impl Fn(&T) -> Digest) {
        self.settle(|it, current, readings| {
            *current.entry(blob(it)).or_insert_with(|| {
                *readings += 1;
                *readings
            })
        });
    }

    /// What was proposed is of the reading whose number `of` tells.
    fn settle(&mut self, of: impl Fn(&T, &mut HashMap<Digest, u32>, &mut u32) -> u32) {
        let Proposals { all, proposed, current, readings, fresh, known, .. } = self;
        for place in fresh.drain(..).map(|place| place as usize) {
            proposed[place] = of(&all[place].it, current, readings);
        }
        for (place, it) in known.drain(..).map(|(place, it)| (place as usize, it)) {
            proposed[place] = of(&it, current, readings);
            all[place].it = it;
        }
    }

    /// What is of a last reading, or stands on a decision.
    fn finish(self, blob: impl Fn(&T) -> Digest) -> Vec<Standing<T>> {
        let Proposals { mut all, proposed, current, .. } = self;
        let mut proposed = proposed.into_iter();
        all.retain(|one| match proposed.next() {
            None | Some(0) => false, // Its reading was never complete.
            Some(of) => one.decided.is_some() || current.get(&blob(&one.it)) == Some(&of),
        });
        if all.len() < all.capacity() / 2 {
            all.shrink_to_fit();
        }
        all
    }
}

impl Fold {
    /// Takes what was opened before while `rows` are opened; these are then what was before.
    fn take_while(
        &mut self,
        before: &mut Vec<Opened>,
        rows: &mut Vec<Row>,
        keys: Option<&Keys>,
        tombstones: &Tombstones,
    ) -> Result<(), Error> {
        let open = |row: Row| Opened {
            entry: read(keys, &row),
            position: row.position,
            known: row.recorded_at,
            author: row.author,
        };
        let (taken, next) = (std::mem::take(before), std::mem::take(rows));
        rows.reserve(AT_ONCE);
        let (taken, next) = rayon::join(
            || self.take_all(taken, tombstones),
            || next.into_par_iter().map(open).collect(),
        );
        *before = next;
        taken
    }

    /// Takes these in order. A row whose secret is gone without a tombstone is a loss, and that is
    /// no answer.
    fn take_all(&mut self, opened: Vec<Opened>, tombstones: &Tombstones) -> Result<(), Error> {
        for Opened { position, known, author, entry } in opened {
            match entry? {
                Some(entry) => self.take(position, known, &author, entry),
                None if tombstones.cover(position) => {}
                None => {
                    let place = format!("entry {position}");
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

    /// A reception that was undone.
    fn withdrawn(&mut self, row: &Row, keys: Option<&Keys>) -> Result<(), Error> {
        if let Some(Entry::Received(it)) = read(keys, row)? {
            let (position, known, author) = (row.position, row.recorded_at, row.author.clone());
            self.present.withdrawn.push(Taken { it: *it, position, known, author });
        }
        Ok(())
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
            Entry::Claim(it) => self.claims.propose(it.id, fresh(*it, position, known)),
            Entry::Mention(it) => self.mentions.propose(it.id, fresh(*it, position, known)),
            Entry::Rejected(it) => self.refused.push(*it),
            Entry::Read(it) => self.read(Taken { it, position, known, author: author.to_owned() }),
            Entry::Decided(it) => drop(self.decisions.insert(it.subject, (position, known, it))),
            Entry::Linked(it) => {
                self.present.links.push(Taken { it, position, known, author: author.to_owned() })
            }
            // Undos are asked first; the rest bears on what can be proven, not on what is known.
            Entry::Undone(_) | Entry::Checkpoint(_) | Entry::Stamped(_) | Entry::Handled(_) => {}
            Entry::Published(_) => {} // What was told changes nothing of what is known.
            Entry::Erased(_) => self.said_again(),
            Entry::Restricted(_) => {} // It was asked first, and holds at every known-by.
        }
    }

    /// What stands right before a tombstone was said again, without a name, in the place of what is
    /// erased: it belongs to the reading that is there.
    fn said_again(&mut self) {
        self.claims.again(|claim| claim.span.blob);
        self.mentions.again(|mention| mention.span.blob);
    }

    fn read(&mut self, read: Taken<habeas_model::Read>) {
        let blob = read.it.blob;
        self.present.rejected.retain(|one| one.blob != blob);
        self.present.rejected.append(&mut self.refused);
        self.claims.reading(blob);
        self.mentions.reading(blob);
        match self.readings.get(&blob) {
            Some(&place) => self.present.readings[place] = read,
            None => {
                self.readings.insert(blob, self.present.readings.len());
                self.present.readings.push(read);
            }
        }
    }

    /// Claims that a reviewer found and no reader proposed, as they were decided: the decision
    /// brings them.
    fn own_claims(&self) -> Vec<Standing<Claim>> {
        let own = self.decisions.values().filter_map(|(position, known, decision)| {
            let claim = decision.claim.as_deref()?;
            let its_own = decision.subject == Subject::Claim(claim.id)
                && !self.claims.place.contains_key(&claim.id);
            let mut one = its_own.then(|| fresh(claim.clone(), *position, *known))?;
            decide(&mut one, *position, decision.review, None);
            Some(one)
        });
        own.collect()
    }

    fn finish(mut self) -> Present {
        let own = self.own_claims();
        for one in &mut self.claims.all {
            if let Some((position, _, decision)) = self.decisions.get(&Subject::Claim(one.it.id)) {
                decide(one, *position, decision.review, decision.claim.as_deref());
            }
        }
        for one in &mut self.mentions.all {
            let subject = one.it.claim.map_or(Subject::Mention(one.it.id), Subject::Claim);
            if let Some((position, _, decision)) = self.decisions.get(&subject) {
                decide(one, *position, decision.review, decision.mention.as_deref());
            }
        }
        self.present.claims = self.claims.finish(|claim| claim.span.blob);
        if !own.is_empty() {
            self.present.claims.extend(own);
            self.present.claims.sort_by_key(|one| one.position);
        }
        self.present.mentions = self.mentions.finish(|mention| mention.span.blob);
        self.present.links = last_on_each_pair(self.present.links);
        // A document that was received twice is withdrawn once both receptions are.
        let there: HashSet<Digest> =
            self.present.documents.iter().map(|taken| taken.it.blob).collect();
        self.present.withdrawn.retain(|taken| {
            let gone = !there.contains(&taken.it.blob);
            gone && !self.hidden.documents.contains(&taken.it.blob)
        });
        self.hidden.documents.extend(self.present.withdrawn.iter().map(|taken| taken.it.blob));
        self.hidden.hide(&mut self.present);
        self.present
    }
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
