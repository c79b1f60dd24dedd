//! What became of each claim from one version of a document to the next.
//!
//! # Laws, each a test
//! * Every claim of either version stands in exactly one revision.
//! * From a version to itself nothing changes.

use habeas_model::{Claim, Name, words};
use std::collections::{HashMap, HashSet};

words! {
    /// What of a claim differs from one version to the next.
    Field {
        /// How many.
        Quantity = "quantity",
        /// Of whom.
        Population = "population",
        /// Of how many in all.
        Whole = "whole",
        /// Who says so.
        Speaker = "speaker",
        /// How far the speaker stands behind it.
        Modality = "modality",
        /// One batch, a day, a running total, a state.
        Scope = "scope",
        /// When it happened, as of when, since when.
        Dates = "dates",
    }
}

words! {
    /// What became of a claim.
    Became {
        /// It says the same.
        Same = "same",
        /// It says something else about the same.
        Changed = "changed",
        /// Only the newer version has it.
        New = "new",
        /// Only the older version has it.
        Gone = "gone",
    }
}

/// A claim of the older version, of the newer one, or of both.
#[derive(Clone, Debug)]
pub struct Revision<'a> {
    /// As the older version has it.
    pub before: Option<&'a Claim>,
    /// As the newer version has it.
    pub after: Option<&'a Claim>,
    /// What differs; empty unless both have it.
    pub differs: Vec<Field>,
}

impl Revision<'_> {
    /// What became of it.
    #[must_use]
    pub fn became(&self) -> Became {
        match (self.before, self.after) {
            (Some(_), None) => Became::Gone,
            (None, _) => Became::New,
            _ if self.differs.is_empty() => Became::Same,
            _ => Became::Changed,
        }
    }
}

/// Words shared, in a hundred, from which two passages are taken for one that was rewritten.
const ALIKE: u32 = 50;

/// What became of each claim: in the order of the newer version, then what is gone. A claim answers
/// another of its kind and predicate, about the same person if about one, that says the same, or
/// stands in much the same words, or gives the same number by the same speaker; those most alike
/// first.
#[must_use]
pub fn revisions<'a>(before: &[&'a Claim], after: &[&'a Claim]) -> Vec<Revision<'a>> {
    let of = answered(before, after);
    let gone: HashSet<usize> = of.values().copied().collect();
    let gone = before.iter().enumerate().filter(|(at, _)| !gone.contains(at));
    let gone =
        gone.map(|(_, claim)| Revision { before: Some(claim), after: None, differs: Vec::new() });
    let came = after.iter().enumerate().map(|(at, claim)| {
        let before = of.get(&at).map(|at| before[*at]);
        let differs = before.map_or_else(Vec::new, |before| differing(before, claim));
        Revision { before, after: Some(claim), differs }
    });
    came.chain(gone).collect()
}

/// Which claim of the older version each of the newer one answers, by their places.
fn answered(before: &[&Claim], after: &[&Claim]) -> HashMap<usize, usize> {
    let mut alike = Vec::new();
    let mut by_kind: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, claim) in before.iter().enumerate() {
        by_kind.entry(about(claim)).or_default().push(at);
    }
    for (new, claim) in after.iter().enumerate() {
        for &old in by_kind.get(&about(claim)).into_iter().flatten() {
            if let Some(score) = likeness(before[old], claim) {
                alike.push((std::cmp::Reverse(score), new.abs_diff(old), new, old));
            }
        }
    }
    alike.sort_unstable();
    let (mut of, mut taken) = (HashMap::new(), HashSet::new());
    for (_, _, new, old) in alike {
        if !of.contains_key(&new) && taken.insert(old) {
            of.insert(new, old);
        }
    }
    of
}

/// What has to agree before anything else is looked at.
fn about(claim: &Claim) -> (&'static str, String, Option<&str>) {
    (claim.kind.word(), claim.predicate.to_string(), claim.person.as_ref().map(Name::reveal))
}

/// How alike two claims about the same are, if they may be one.
fn likeness(before: &Claim, after: &Claim) -> Option<u32> {
    let differs = differing(before, after);
    let words = words_shared(&before.span.quote, &after.span.quote);
    let same = |field| !differs.contains(&field);
    let number = after.quantity.is_some() && same(Field::Quantity) && same(Field::Speaker);
    let may = differs.is_empty() || words >= ALIKE || number || after.person.is_some();
    let fields = u32::try_from(Field::ALL.len() - differs.len()).unwrap_or(0);
    may.then_some(fields * 100 + words)
}

/// Of the words of the longer passage, how many in a hundred stand in the other, too.
fn words_shared(a: &str, b: &str) -> u32 {
    let set = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (a, b) = (set(a), set(b));
    let most = a.len().max(b.len()).max(1);
    u32::try_from(a.intersection(&b).count() * 100 / most).unwrap_or(0)
}

fn differing(before: &Claim, after: &Claim) -> Vec<Field> {
    let differs = |field: &Field| match field {
        Field::Quantity => before.quantity != after.quantity,
        Field::Population => before.population != after.population,
        Field::Whole => before.of_total != after.of_total,
        Field::Speaker => before.speakers != after.speakers,
        Field::Modality => before.modality != after.modality,
        Field::Scope => before.scope != after.scope,
        Field::Dates => before.time != after.time,
    };
    Field::ALL.iter().copied().filter(differs).collect()
}

/// How many of the revisions came to each end.
#[must_use]
pub fn ends(revisions: &[Revision<'_>]) -> [(Became, usize); 4] {
    let n = |end| revisions.iter().filter(|one| one.became() == end).count();
    [Became::Same, Became::Changed, Became::New, Became::Gone].map(|end| (end, n(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Said, claim};
    use habeas_model::{Modality, Quantity};
    use proptest::prelude::*;

    fn said(body: &str, n: u32, quote: &str) -> Claim {
        claim(body, n).with(|one| one.span.quote = quote.to_owned()).claim
    }

    /// The ends of the claims of one version against another, and what differs where one changed.
    #[track_caller]
    fn check(before: &[Claim], after: &[Claim], expected: &str) {
        let (before, after): (Vec<_>, Vec<_>) = (before.iter().collect(), after.iter().collect());
        let told: Vec<String> = revisions(&before, &after)
            .iter()
            .map(|one| format!("{} {:?}", one.became(), one.differs))
            .map(|said| said.replace(" []", "").to_lowercase())
            .collect();
        assert_eq!(told.join("; "), expected);
    }

    #[test]
    fn a_claim_is_the_same_changed_new_or_gone() {
        let twelve = said("Vigilia", 12, "Vigilia said on Monday that 12 prisoners were freed");
        let thirteen = said("Vigilia", 13, "Vigilia said on Monday that 13 prisoners were freed");
        let other = said("the ministry", 40, "forty left, according to the ministry");
        let elsewhere = said("the ministry", 7, "In Puerto Real, seven more walked out at dawn");
        let checked = claim("Vigilia", 12).with(|one| one.modality = Modality::Verified).claim;
        let one = std::slice::from_ref;
        check(one(&twelve), one(&twelve), "same");
        check(one(&twelve), one(&thirteen), "changed [quantity]");
        check(one(&other), one(&elsewhere), "new; gone");
        check(one(&twelve), one(&checked), "changed [modality]");
        check(&[twelve.clone(), other.clone()], &[other, thirteen], "same; changed [quantity]");
        check(&[], one(&twelve), "new");
        check(one(&twelve), &[], "gone");
    }

    fn any_claim() -> impl Strategy<Value = Claim> {
        let quote = prop::sample::select(vec!["twelve were freed", "12 freed", "nobody knows"]);
        let parts = (prop::sample::select(vec!["A", "B"]), 0_u32..3, quote, any::<bool>());
        parts.prop_map(|(body, n, quote, vague)| {
            let with = |one: &mut Claim| {
                one.span.quote = quote.to_owned();
                if vague {
                    one.quantity = Some(Quantity::AtLeast(n));
                }
            };
            let Said { claim, .. } = claim(body, n).with(with);
            claim
        })
    }

    proptest! {
        #[test]
        fn each_claim_stands_in_one_revision(
            before in prop::collection::vec(any_claim(), 0..8),
            after in prop::collection::vec(any_claim(), 0..8),
        ) {
            let (before, after): (Vec<_>, Vec<_>) =
                (before.iter().collect(), after.iter().collect());
            let all = revisions(&before, &after);
            for (side, of) in [
                (&before, all.iter().filter_map(|one| one.before).collect::<Vec<_>>()),
                (&after, all.iter().filter_map(|one| one.after).collect()),
            ] {
                let place = |claims: &[&Claim]| -> HashSet<*const Claim> {
                    claims.iter().map(|one| std::ptr::from_ref(*one)).collect()
                };
                prop_assert_eq!(of.len(), side.len());
                prop_assert_eq!(place(&of), place(side));
            }
            let own = revisions(&after, &after);
            prop_assert!(own.iter().all(|one| one.became() == Became::Same));
        }
    }
}
