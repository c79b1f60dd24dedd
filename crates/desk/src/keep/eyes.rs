//! What somebody is shown of a case in which documents are closed to them: as if these had never
//! come.

use super::need::Closed;
use habeas_ledger::restrict::Restrictions;
use habeas_model::{ClaimId, Digest, Entry, LinkDecision, MentionId, Present, Subject};
use std::collections::HashSet;

/// What is kept from somebody. Like a restriction it holds at every known-by.
///
/// # Invariants
/// 1. A document that once came under a closed name is closed, under whatever name it came again.
/// 2. Of an entry that is not known to be open nothing is told but its place, its kind and its
///    author, which the ledger proves to everybody.
#[derive(Debug)]
pub struct Eyes {
    closed: Closed,
    documents: HashSet<Digest>,
    /// What they may see.
    open: HashSet<Digest>,
    claims: HashSet<ClaimId>,
    mentions: HashSet<MentionId>,
}

impl Eyes {
    /// The eyes of whom this is closed to, on a case of which `whole` is all that is known now.
    #[must_use]
    pub fn of(closed: Closed, mut whole: Present) -> Eyes {
        let documents = within(&closed, &whole);
        hide(&documents, &mut whole);
        let open = whole.documents.iter().chain(&whole.withdrawn);
        Eyes {
            open: open.map(|taken| taken.it.blob).collect(),
            claims: whole.claims.iter().map(|one| one.it.id).collect(),
            mentions: whole.mentions.iter().map(|one| one.it.id).collect(),
            closed,
            documents,
        }
    }

    /// Whether these bytes, or what comes under this name, are closed to them.
    #[must_use]
    pub fn is_closed(&self, name: &str, blob: &Digest) -> bool {
        self.closed.has(name) || self.documents.contains(blob)
    }

    /// The documents that are.
    pub fn documents(&self) -> impl Iterator<Item = Digest> {
        self.documents.iter().copied()
    }

    /// Takes out of a present, as of any known-by, what they are not shown.
    pub fn hide(&self, present: &mut Present) {
        let mut documents = within(&self.closed, present); // What came since these eyes were made.
        documents.extend(&self.documents);
        hide(&documents, present);
    }

    /// Whether they may see what an entry says. An undo is as what it undoes, which this does not
    /// know: none is.
    #[must_use]
    pub fn see(&self, entry: &Entry) -> bool {
        let open = |blob: &Digest| self.open.contains(blob);
        let mention = |id: &MentionId| self.mentions.contains(id);
        match entry {
            Entry::CaseOpened(_) | Entry::Checkpoint(_) | Entry::Stamped(_) => true,
            Entry::Published(_) => true, // Everybody was told.
            Entry::Received(it) => open(&it.blob),
            Entry::Claim(it) => self.claims.contains(&it.id),
            Entry::Mention(it) => mention(&it.id),
            Entry::Rejected(it) => open(&it.blob),
            Entry::Read(it) => open(&it.blob),
            Entry::Decided(it) => match &it.subject {
                Subject::Claim(id) => self.claims.contains(id),
                Subject::Mention(id) => mention(id),
            },
            Entry::Linked(it) => mention(&it.left) && mention(&it.right),
            // A case.toml names the documents, and what is forgotten may be named.
            Entry::Kept(it) => it.name != "case.toml",
            Entry::Handled(_) | Entry::Undone(_) | Entry::Erased(_) | Entry::Restricted(_) => false,
        }
    }
}

/// Documents of a present that came under a closed name.
fn within(closed: &Closed, present: &Present) -> HashSet<Digest> {
    let all = present.documents.iter().chain(&present.withdrawn);
    all.filter(|taken| closed.has(&taken.it.name)).map(|taken| taken.it.blob).collect()
}

/// Takes out documents, what was read in them, and links that bear on them.
fn hide(documents: &HashSet<Digest>, present: &mut Present) {
    present.withdrawn.retain(|taken| !documents.contains(&taken.it.blob));
    let hidden = Restrictions { documents: documents.clone(), ..Restrictions::default() };
    hidden.hide(present);
    let shown: HashSet<MentionId> = present.mentions.iter().map(|one| one.it.id).collect();
    let both = |link: &LinkDecision| shown.contains(&link.left) && shown.contains(&link.right);
    present.links.retain(|taken| both(&taken.it));
}
