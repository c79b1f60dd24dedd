//! Bringing home the work of another ledger: a laptop that was offline, a copy that went its own
//! way.
//!
//! Each entry that is not known yet is appended with its author, its origin and when it was
//! recorded there. An entry is known by its chain hash, so merging twice changes nothing, and two
//! ledgers that merge each other come to rest. Where both decided otherwise about one thing, theirs
//! is appended **and undone at once by `rule:merge`**: ours stands, nothing is lost, the undo is a
//! question. To undo that undo is to take theirs; to decide anew is to answer it.

use super::{Origin, lines::Lines, origin_of, with_origin};
use crate::{Error, KnownBy, Ledger, Row, Said, Writer, erase::Tombstones, fold, seal};
use habeas_model::{Decision, Digest, Entry, LinkDecision, MentionId, Subject, Undo};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Who undoes what is in question.
pub const RULE: &str = "rule:merge";

/// What came of a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Entries appended.
    pub carried: u64,
    /// Entries that were known.
    pub known: u64,
    /// Entries of readings of documents that are read here, too.
    pub read_here: u64,
    /// Questions: theirs differs from ours, and ours stands.
    pub questions: u64,
    /// Entries of ours that were erased there: ask whether they must be erased here.
    pub erased_there: Vec<u64>,
    /// Documents taken in.
    pub blobs: u64,
}

/// A decision of theirs that was not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The undo by the rule: undo it to take theirs.
    pub undo: u64,
    /// Their entry.
    pub theirs: u64,
    /// What it differs from.
    pub reason: String,
}

/// What we have, by what merging asks for.
struct Ours {
    /// Positions by the chain hash that an entry was born with.
    born: HashMap<Digest, u64>,
    decided: HashMap<Subject, (Digest, u64, Decision)>,
    linked: HashMap<(MentionId, MentionId), (Digest, u64, LinkDecision)>,
    kept: HashMap<String, (u64, String)>,
    received: HashMap<Digest, u64>,
    read: HashSet<Digest>,
    next: u64,
}

impl Ours {
    fn of(ledger: &Ledger) -> Result<Ours, Error> {
        let undone = fold::undone(ledger, None, |_| true)?;
        let mut ours = Ours {
            born: HashMap::new(),
            decided: HashMap::new(),
            linked: HashMap::new(),
            kept: HashMap::new(),
            received: HashMap::new(),
            read: HashSet::new(),
            next: ledger.head()?.position + 1,
        };
        ledger.rows(1, None, |row| {
            let body = ledger.opened(&row)?;
            let origin = body.as_deref().and_then(origin_of);
            let born = origin.map_or(row.hash, |origin| origin.chain);
            ours.born.insert(born, row.position);
            ours.born.insert(row.hash, row.position);
            if let Some(body) = body.filter(|_| !undone.contains(&row.position)) {
                let entry = Entry::read(&row.kind, &body)
                    .map_err(|why| Error::Entry { position: row.position, why })?;
                ours.take(row.position, born, entry);
            }
            Ok(())
        })?;
        Ok(ours)
    }

    fn take(&mut self, position: u64, born: Digest, entry: Entry) {
        match entry {
            Entry::Decided(it) => drop(self.decided.insert(it.subject, (born, position, it))),
            Entry::Linked(it) => {
                self.linked.insert((it.left, it.right), (born, position, it));
            }
            Entry::Kept(it) => drop(self.kept.insert(it.name, (position, it.text))),
            Entry::Received(it) => drop(self.received.entry(it.blob).or_insert(position)),
            Entry::Read(it) => drop(self.read.insert(it.blob)),
            _ => {}
        }
    }

    /// Our entry that theirs differs from, where they cannot have known it.
    fn against(&self, entry: &Entry, theirs: &HashSet<Digest>) -> Option<u64> {
        match entry {
            Entry::Decided(it) => {
                let (born, position, own) = self.decided.get(&it.subject)?;
                let same =
                    (own.review, &own.claim, &own.mention) == (it.review, &it.claim, &it.mention);
                (!same && !theirs.contains(born)).then_some(*position)
            }
            Entry::Linked(it) => {
                let (born, position, own) = self.linked.get(&(it.left, it.right))?;
                (own.verdict != it.verdict && !theirs.contains(born)).then_some(*position)
            }
            Entry::Kept(it) => {
                let (position, text) = self.kept.get(&it.name)?;
                (*text != it.text).then_some(*position)
            }
            Entry::Received(it) => self.received.get(&it.blob).copied(),
            _ => None,
        }
    }
}

/// A merge under way.
struct Merge<'a> {
    ours: Ours,
    theirs: HashSet<Digest>,
    from: &'a str,
    batch: Vec<Said>,
    /// Their positions in ours.
    places: HashMap<u64, u64>,
    /// Claims and mentions whose reading is not complete yet.
    reading: Vec<(Row, Vec<u8>)>,
    merged: Merged,
}

impl Writer {
    /// Brings the entries of `lines` that are not known yet into `ledger`, as one batch.
    pub fn merge(
        &mut self,
        ledger: &Ledger,
        lines: &Lines,
        from: &str,
        at_micros: i64,
    ) -> Result<Merged, Error> {
        let born = |(row, said): &(Row, Option<Vec<u8>>)| {
            let origin = said.as_deref().and_then(origin_of);
            [Some(row.hash), origin.map(|origin| origin.chain)].into_iter().flatten()
        };
        let mut merge = Merge {
            ours: Ours::of(ledger)?,
            theirs: lines.rows.iter().flat_map(born).collect(),
            from,
            batch: Vec::new(),
            places: HashMap::new(),
            reading: Vec::new(),
            merged: Merged::default(),
        };
        let stones = Tombstones::of(ledger)?;
        let erased = |chain: &Digest| -> Result<bool, Error> {
            Ok(ledger.keys()?.is_some_and(|keys| stones.carried(&keys.opaque(chain))))
        };
        for (row, said) in &lines.rows {
            let Some(said) = said else { continue }; // Erased there: there is nothing to bring.
            let born = origin_of(said).map_or(row.hash, |origin| origin.chain);
            if let Some(&place) = merge.ours.born.get(&born) {
                merge.places.insert(row.position, place);
                merge.merged.known += 1;
            } else if !erased(&born)? {
                merge.take(ledger, row, said)?;
            }
        }
        let theirs = lines.tombstones();
        let places = merge.places_of(lines, &theirs);
        merge.merged.erased_there =
            places.into_iter().filter(|place| !stones.cover(*place)).collect();
        for (digest, bytes) in &lines.blobs {
            if !ledger.has_blob(digest) && !ledger.is_erased(digest)? {
                self.put_blob(bytes)?;
                merge.merged.blobs += 1;
            }
        }
        if !merge.batch.is_empty() {
            let _ = self.append_said(at_micros, std::mem::take(&mut merge.batch))?;
        }
        Ok(merge.merged)
    }
}

impl Merge<'_> {
    fn take(&mut self, ledger: &Ledger, row: &Row, said: &[u8]) -> Result<(), Error> {
        let wrong = |why| Error::Entry { position: row.position, why };
        let entry = Entry::read(&row.kind, said).map_err(wrong)?;
        match &entry {
            // What proves their log proves nothing of ours; their case is this one.
            Entry::Checkpoint(_) | Entry::Stamped(_) | Entry::Erased(_) => {}
            Entry::CaseOpened(_) if self.ours.next > 1 => {}
            Entry::Claim(_) | Entry::Mention(_) => self.reading.push((row.clone(), said.to_vec())),
            Entry::Read(read) => {
                let reading = std::mem::take(&mut self.reading);
                let known = !self.ours.read.insert(read.blob) || ledger.is_erased(&read.blob)?;
                if known {
                    self.merged.read_here += reading.len() as u64 + 1;
                } else {
                    reading.iter().for_each(|(row, said)| self.carry(row, said));
                    self.carry(row, said);
                }
            }
            Entry::Received(received) if ledger.is_erased(&received.blob)? => {}
            Entry::Kept(kept)
                if self.ours.kept.get(&kept.name).map(|it| &it.1) == Some(&kept.text) =>
            {
                self.merged.known += 1;
            }
            Entry::Undone(undo) => {
                if let Some(&place) = self.places.get(&undo.position) {
                    let undo = Undo { position: place, reason: undo.reason.clone() };
                    self.carry(row, &Entry::Undone(undo).body());
                }
            }
            _ => self.carry_or_ask(row, said, &entry),
        }
        Ok(())
    }

    fn carry_or_ask(&mut self, row: &Row, said: &[u8], entry: &Entry) {
        let against = self.ours.against(entry, &self.theirs);
        let place = self.ours.next;
        self.carry(row, said);
        match against {
            None => {
                let born = origin_of(said).map_or(row.hash, |origin| origin.chain);
                self.ours.take(place, born, entry.clone());
            }
            Some(own) => {
                let reason = format!("differs from entry {own}");
                let undo = Entry::Undone(Undo { position: place, reason });
                self.say(RULE, &row.kind, undo);
            }
        }
    }

    fn say(&mut self, author: &str, of: &str, entry: Entry) {
        let (author, kind) = (author.to_owned(), entry.kind().to_owned());
        self.batch.push(Said { author, kind, body: entry.body() });
        self.ours.next += 1;
        // A second record of one document is kept beside the first: nobody need answer for it.
        self.merged.questions += u64::from(of != "received");
    }

    fn carry(&mut self, row: &Row, said: &[u8]) {
        let origin = Origin {
            from: self.from.to_owned(),
            position: row.position,
            recorded_at: row.recorded_at,
            chain: row.hash,
        };
        let body = with_origin(said, &origin);
        self.batch.push(Said { author: row.author.clone(), kind: row.kind.clone(), body });
        self.places.insert(row.position, self.ours.next);
        self.ours.next += 1;
        self.merged.carried += 1;
    }

    /// Our positions of what their tombstones cover: entries that both have, and entries of ours
    /// that were brought there.
    fn places_of(&self, lines: &Lines, theirs: &Tombstones) -> Vec<u64> {
        let covered = lines.rows.iter().filter(|(row, _)| theirs.cover(row.position));
        let both = covered.filter_map(|(row, _)| self.ours.born.get(&row.hash).copied());
        let mut places: BTreeSet<u64> = both.collect();
        if let Some(names) = lines.names().filter(|_| !theirs.0.is_empty()) {
            let brought = |chain| theirs.carried(&seal::opaque(&names, chain));
            let ours = self.ours.born.iter().filter(|(chain, _)| brought(chain));
            places.extend(ours.map(|(_, place)| *place));
        }
        places.into_iter().collect()
    }
}

/// The questions that wait for somebody: an undo by the rule that nobody undid.
pub fn questions(ledger: &Ledger) -> Result<Vec<Question>, Error> {
    let undone = fold::undone(ledger, None, |_| true)?;
    let present = ledger.present(KnownBy::Now)?;
    let mut open = Vec::new();
    for position in ledger.positions("undone", None)? {
        let Some(row) = ledger.row(position)?.filter(|row| row.author == RULE) else { continue };
        let Some(Entry::Undone(undo)) = ledger.entry(&row)? else { continue };
        let theirs = ledger.row(undo.position)?;
        let Some(entry) = theirs.as_ref().map(|row| ledger.entry(row)).transpose()?.flatten()
        else {
            continue;
        };
        // Who decides anew about the same thing has answered.
        let answered = match &entry {
            Entry::Decided(it) => {
                let claims =
                    present.claims.iter().map(|one| (Subject::Claim(one.it.id), one.decided));
                let rows =
                    present.mentions.iter().map(|one| (Subject::Mention(one.it.id), one.decided));
                claims.chain(rows).any(|(subject, decided)| {
                    subject == it.subject && decided.is_some_and(|decided| decided > position)
                })
            }
            Entry::Linked(it) => present.links.iter().any(|one| {
                (one.it.left, one.it.right) == (it.left, it.right) && one.position > position
            }),
            Entry::Received(_) => true,
            _ => false,
        };
        if !undone.contains(&position) && !answered {
            open.push(Question { undo: position, theirs: undo.position, reason: undo.reason });
        }
    }
    Ok(open)
}
