//! Every hierarchical model of a few lists, ranked by how well it fits for its size.
//!
//! Schwarz 1978 (BIC), with the number of people for n.

use super::{
    model::{Fitted, Model, fit},
    stepwise::pairs,
};
use rayon::prelude::*;

/// The models that have an estimate, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The models with their fits.
    pub fitted: Vec<Fitted>,
    /// How many were looked at.
    pub models: usize,
    /// How many of them have no maximum or cannot be identified.
    pub unsound: usize,
}

/// Every hierarchical model of `lists` lists with all of them in it, of terms of at most `order`
/// lists; the term over all lists at once is never in (it would leave the hidden cell free).
#[must_use]
pub fn hierarchical(lists: usize, order: u32) -> Vec<Model> {
    let mut models = subsets(&pairs(lists), Model::INDEPENDENT);
    for size in 3..=order.min(lists as u32 - 1) {
        let larger: Vec<u64> = (0..1 << lists).filter(|t: &u64| t.count_ones() == size).collect();
        let grow = |model: Model| {
            let allowed: Vec<u64> =
                larger.iter().copied().filter(|term| below(*term).all(|t| model.has(t))).collect();
            subsets(&allowed, model)
        };
        models = models.into_iter().flat_map(grow).collect();
    }
    models
}

/// The terms one list smaller.
fn below(term: u64) -> impl Iterator<Item = u64> {
    (0..64).filter(move |list| term >> list & 1 == 1).map(move |list| term & !(1 << list))
}

/// The model with each choice of these terms.
fn subsets(terms: &[u64], model: Model) -> Vec<Model> {
    let chosen = |choice: u64| {
        let on = terms.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1);
        on.fold(model, |model, (_, term)| model.with(*term))
    };
    (0..1_u64 << terms.len()).map(chosen).collect()
}

/// Fits all these models; ties of BIC by the smaller model.
#[must_use]
pub fn ranked(full: &[f64], lists: usize, models: &[Model]) -> Ranked {
    let mut fitted: Vec<Fitted> =
        models.par_iter().filter_map(|model| fit(full, lists, *model).ok()).collect();
    fitted.sort_by(|a, b| a.bic.total_cmp(&b.bic).then(a.model.cmp(&b.model)));
    Ranked { models: models.len(), unsound: models.len() - fitted.len(), fitted }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counted by Dedekind's lattice, less the models without some list.
    #[test]
    fn hierarchical_models_are_as_many_as_there_are() {
        let check = |lists, order, expected| {
            let mut models = hierarchical(lists, order);
            assert_eq!(models.len(), expected, "{lists} lists, order {order}");
            models.sort();
            models.dedup();
            assert_eq!(models.len(), expected);
        };
        check(3, 6, 8);
        check(4, 2, 64);
        check(4, 6, 113);
        check(5, 2, 1_024);
        check(5, 3, 6_212);
        check(5, 6, 6_893);
        check(6, 2, 32_768);
    }

    #[test]
    fn models_are_written_by_their_largest_terms() {
        let model = [0b11, 0b101, 0b110, 0b111, 0b1001, 0b1100]
            .iter()
            .fold(Model::INDEPENDENT, |model, term| model.with(*term));
        assert_eq!(model.words(4), "[123,14,34]");
        assert_eq!(Model::INDEPENDENT.words(3), "[1,2,3]");
        assert_eq!(Model::INDEPENDENT.with(0b11).words(3), "[12,3]");
    }
}
