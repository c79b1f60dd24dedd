//! Restriction: what is both evidence and demanded to be erased is kept and shown to nobody.
//!
//! Two different authors must ask for it; until the second does, nothing changes. Two must ask to
//! lift it. Like an erasure it holds at every known-by: an answer about the past hides it, too.

use crate::{Error, Ledger};
use habeas_model::{
    ClaimId, Digest, Entry, MentionId, Present, Subject,
    memory::{Forgotten, Restricted, Wish},
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What no answer may show.
#[derive(Clone, Debug, Default)]
pub struct Restrictions {
    /// Claims.
    pub claims: HashSet<ClaimId>,
    /// Mentions.
    pub mentions: HashSet<MentionId>,
    /// Documents.
    pub documents: HashSet<Digest>,
    /// Each that was asked for, and how it stands.
    pub asked: Vec<Standing>,
}

/// How one restriction stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What it is about.
    pub what: Forgotten,
    /// Its identifier, or the source's name.
    pub about: String,
    /// Whether it holds.
    pub holds: bool,
    /// Who asks for the other state and waits for a second voice.
    pub waiting: Option<String>,
}

/// One restriction in the making.
#[derive(Default)]
struct Voices {
    holds: bool,
    /// Authors who ask for the state that is not.
    voices: BTreeSet<String>,
    said: Vec<Restricted>,
}

impl Restrictions {
    /// Whether a decision is about what no answer may show.
    #[must_use]
    pub fn bears_on(&self, entry: &Entry) -> bool {
        match entry {
            Entry::Decided(it) => match it.subject {
                Subject::Claim(id) => self.claims.contains(&id),
                Subject::Mention(id) => self.mentions.contains(&id),
            },
            Entry::Linked(it) => {
                self.mentions.contains(&it.left) || self.mentions.contains(&it.right)
            }
            _ => false,
        }
    }

    /// Takes out of a present what no answer may show.
    pub fn hide(&self, present: &mut Present) {
        let Restrictions { claims, mentions, documents, .. } = self;
        if claims.is_empty() && mentions.is_empty() && documents.is_empty() {
            return;
        }
        present.documents.retain(|taken| !documents.contains(&taken.it.blob));
        present.rejected.retain(|one| !documents.contains(&one.blob));
        present.readings.retain(|taken| !documents.contains(&taken.it.blob));
        present
            .claims
            .retain(|one| !claims.contains(&one.it.id) && !documents.contains(&one.it.span.blob));
        let mut gone = mentions.clone();
        present.mentions.retain(|one| {
            let shown = !mentions.contains(&one.it.id)
                && !documents.contains(&one.it.span.blob)
                && one.it.claim.is_none_or(|claim| !claims.contains(&claim));
            if !shown {
                gone.insert(one.it.id);
            }
            shown
        });
        // A decision would tell that there is somebody, and its reason perhaps whom.
        let shown = |id: &MentionId| !gone.contains(id);
        present.links.retain(|taken| shown(&taken.it.left) && shown(&taken.it.right));
    }

    /// The last position, and what no answer up to it may show. The position is asked for first:
    /// whatever restricts an entry up to there is then known, whoever appends meanwhile.
    pub fn with_end(ledger: &Ledger) -> Result<(u64, Restrictions), Error> {
        let last = ledger.head()?.position;
        Ok((last, Restrictions::of(ledger)?))
    }

    /// Those of this ledger.
    pub fn of(ledger: &Ledger) -> Result<Restrictions, Error> {
        let mut asked: BTreeMap<(Forgotten, String), Voices> = BTreeMap::new();
        for position in ledger.positions("restricted", None)? {
            let Some(row) = ledger.row(position)? else { continue };
            if let Some(Entry::Restricted(said)) = ledger.entry(&row)? {
                asked.entry((said.what, said.about.clone())).or_default().hear(row.author, said);
            }
        }
        let mut all = Restrictions::default();
        for ((what, about), voices) in asked {
            if voices.holds {
                for said in &voices.said {
                    all.claims.extend(&said.claims);
                    all.mentions.extend(&said.mentions);
                    all.documents.extend(&said.documents);
                }
            }
            let waiting = voices.voices.into_iter().next();
            all.asked.push(Standing { what, about, holds: voices.holds, waiting });
        }
        Ok(all)
    }
}

impl Voices {
    /// The second different voice for the other state changes it.
    fn hear(&mut self, author: String, said: Restricted) {
        let wanted = said.wish == Wish::Restrict;
        if wanted {
            self.said.push(said);
        }
        if wanted != self.holds {
            self.voices.insert(author);
        }
        if self.voices.len() >= 2 {
            self.holds = wanted;
            self.voices.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use habeas_model::{
        memory::{
            Reason,
            present::{self, Taken},
        },
        sample,
    };

    #[track_caller]
    fn check(voices: &[(&str, Wish)], holds: bool) {
        let mut all = Voices::default();
        for (author, wish) in voices {
            let said = Restricted {
                wish: *wish,
                what: Forgotten::Person,
                about: String::new(),
                reason: Reason::Request,
                basis: String::new(),
                claims: Vec::new(),
                mentions: Vec::new(),
                documents: Vec::new(),
            };
            all.hear((*author).to_owned(), said);
        }
        assert_eq!(all.holds, holds, "{voices:?}");
    }

    #[test]
    fn it_takes_two_to_restrict_and_two_to_lift() {
        use Wish::{Lift, Restrict};
        check(&[("a", Restrict)], false);
        check(&[("a", Restrict), ("a", Restrict)], false);
        check(&[("a", Restrict), ("b", Restrict)], true);
        check(&[("a", Restrict), ("b", Restrict), ("a", Lift)], true);
        check(&[("a", Restrict), ("b", Restrict), ("a", Lift), ("c", Lift)], false);
        check(&[("a", Lift), ("b", Lift)], false);
    }

    /// Which of the decisions 1 = 2 and 2 = 3 are shown where this is not? Mention 3 stands in a
    /// claim.
    #[track_caller]
    fn links(hidden: &Restrictions, expected: &[u64]) {
        let mention = |id: u64| {
            let mut it = sample::mention(id, "Milo Escandón");
            it.span.blob = Digest([id as u8; 32]);
            it.claim = (id == 3).then(|| ClaimId::from_bits(3));
            let review = habeas_model::Review::Unreviewed;
            present::Standing { it, position: id, known: 0, review, decided: None }
        };
        let link = |position: u64| {
            let [left, right] = [position, position + 1].map(MentionId::from_bits);
            let (verdict, reason) = (habeas_model::Verdict::Same, String::new());
            let it = habeas_model::LinkDecision { left, right, verdict, reason };
            Taken { it, position, known: 0, author: String::new() }
        };
        let mentions = (1..=3).map(mention).collect();
        let mut present = Present { mentions, links: vec![link(1), link(2)], ..Present::default() };
        hidden.hide(&mut present);
        let left: Vec<u64> = present.links.iter().map(|taken| taken.position).collect();
        assert_eq!(left, expected, "{hidden:?}");
    }

    #[test]
    fn a_decision_on_somebody_who_is_not_shown_is_not_shown() {
        let all = Restrictions::default();
        links(&all, &[1, 2]);
        links(&Restrictions { mentions: [MentionId::from_bits(1)].into(), ..all.clone() }, &[2]);
        links(&Restrictions { documents: [Digest([1; 32])].into(), ..all.clone() }, &[2]);
        links(&Restrictions { claims: [ClaimId::from_bits(3)].into(), ..all }, &[1]);
    }
}
