//! Does the sentence around a quote say it, deny it, or promise it?

use crate::text::{
    clause,
    lexicon::{Meaning, Tag},
    page::Page,
};
use habeas_model::{Kind, Modality, Predicate};
use std::ops::Range;

/// What a sentence does, taken as a whole: one word that denies is enough, because a wrong claim
/// costs more than one that a person has to look at.
pub struct Stance {
    denies: bool,
    promises: bool,
    /// Predicates that the sentence has words for.
    predicates: Vec<Predicate>,
    /// Ways of saying that it has words for.
    modalities: Vec<Modality>,
    rumour: bool,
}

impl Stance {
    /// The stance of a sentence's tokens.
    pub fn of(page: &Page, tokens: &Range<usize>) -> Stance {
        let verbs = clause::verbs(page, tokens);
        let has = |tag: Tag| tokens.clone().any(|at| page.tag(at, tag).is_some());
        let meanings = || tokens.clone().flat_map(|at| page.hits(at)).map(|hit| hit.meaning);
        let negated = tokens.clone().any(|at| negates(page, tokens, at));
        let said = |meaning: &Meaning| match meaning {
            Meaning::Speech(modality) => Some(*modality),
            _ => None,
        };
        let modalities: Vec<Modality> = meanings().filter_map(said).collect();
        let future = verbs.iter().any(|verb| verb.future) || has(Tag::Future);
        Stance {
            denies: has(Tag::Deny) || negated || modalities.contains(&Modality::Denied),
            promises: future
                || modalities
                    .iter()
                    .any(|said| matches!(said, Modality::Promised | Modality::Demanded))
                || has(Tag::Asks),
            predicates: meanings()
                .filter_map(|meaning| match meaning {
                    Meaning::Predicate(predicate, _) => Some(*predicate),
                    _ => None,
                })
                .collect(),
            rumour: has(Tag::Rumour) || modalities.contains(&Modality::Unconfirmed),
            modalities,
        }
    }

    /// Whether a proposal of this kind agrees.
    pub fn agrees(&self, kind: Kind) -> bool {
        match kind {
            Kind::Denial => self.denies,
            Kind::Promise => self.promises && !self.denies,
            _ => !self.denies && !self.promises,
        }
    }

    /// Whether the sentence has a word for it.
    pub fn says(&self, predicate: Predicate) -> bool {
        self.predicates.contains(&predicate)
    }

    /// How far the speaker stands behind it: as proposed, where the sentence has a word for that.
    pub fn modality(&self, kind: Kind, proposed: Modality) -> Modality {
        match kind {
            Kind::Denial => Modality::Denied,
            Kind::Promise => Modality::Promised,
            _ if self.rumour => Modality::Unconfirmed,
            _ if self.modalities.contains(&proposed) => proposed,
            _ => Modality::Asserted,
        }
    }
}

/// "not", "nobody", but not in "no fewer than 12".
fn negates(page: &Page, tokens: &Range<usize>, at: usize) -> bool {
    let hedge = |from: usize| {
        let before = |meaning: &Meaning| matches!(meaning, Meaning::Before(_)).then_some(());
        page.find(from, before).is_some_and(|(end, ())| end > at)
    };
    let word = page.tag(at, Tag::Negation).is_some()
        || page.find(at, |meaning| matches!(meaning, Meaning::Nobody).then_some(())).is_some();
    word && !(at.saturating_sub(3).max(tokens.start)..=at).any(hedge)
}
