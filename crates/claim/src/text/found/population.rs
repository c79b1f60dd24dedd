//! Of whom? What the noun says, what comes after it, and what is carried over.

use crate::text::{
    lexicon::Tag,
    page::Page,
    quantity::{self, Mention},
};
use habeas_model::{AgeBand, Category, Nationality, Population};
use std::ops::Range;

/// What is not said is taken over from the antecedent.
pub fn inherit(population: &mut Population, from: &Population) {
    if population.nat.is_empty() {
        population.nat.clone_from(&from.nat);
    }
    population.cat = population.cat.or(from.cat);
    population.gender = population.gender.or(from.gender);
    population.age = population.age.or(from.age);
}

/// Whether it splits a whole: by sex, age, nationality or civil and military.
#[must_use]
pub fn divides(population: &Population) -> bool {
    population.gender.is_some()
        || population.age.is_some()
        || !population.nat.is_empty()
        || matches!(
            population.cat,
            Some(Category::Military | Category::Civilian | Category::SecurityForces)
        )
}

/// Whether two groups stand beside each other, so that neither is a part of the other: women and
/// men, minors and adults.
#[must_use]
pub fn beside(one: &Population, other: &Population) -> bool {
    one.gender.zip(other.gender).is_some_and(|(a, b)| a != b)
        || one.age.zip(other.age).is_some_and(|(a, b)| a != b)
}

/// Adds what is said after a number without noun: "Six are adolescents", "four of them under 18",
/// "Fourteen hold foreign passports".
pub fn after(page: &Page, population: &mut Population, from: usize, end: usize, mention: &Mention) {
    let upto = (from + 10).min(end).min(page.tokens.len());
    let start = from.max(mention.end);
    let mut at = start;
    while at < upto {
        let token = &page.tokens[at];
        if token.is_stop() || (token.is(',') && at > start + 2) {
            break;
        }
        if let Some(noun) = quantity::people(page, at, (at + 1).min(upto)) {
            inherit_said(population, &noun.population);
        }
        if let Some((next, nation)) = quantity::nation(page, at) {
            quantity_nation(population, nation);
            at = next;
            continue;
        }
        quantity::attributes(page, at, upto, population);
        at += 1;
    }
    own(page, population, start..upto);
    reasons(page, population, from..upto);
}

fn inherit_said(population: &mut Population, said: &Population) {
    population.cat = population.cat.or(said.cat);
    for nation in &said.nat {
        quantity_nation(population, *nation);
    }
}

fn quantity_nation(population: &mut Population, nation: Nationality) {
    if !population.nat.contains(&nation) {
        population.nat.push(nation);
    }
}

/// "sixty or older" is elderly; nothing else so far.
fn own(page: &Page, population: &mut Population, range: Range<usize>) {
    if population.age.is_none() && page.words(range).contains("sesenta años o más") {
        population.age = Some(AgeBand::Elderly);
    }
}

/// "held for political reasons": political prisoners.
pub fn reasons(page: &Page, population: &mut Population, range: Range<usize>) {
    let end = range.end.min(page.tokens.len());
    if population.cat.is_none() && page.seek(range.start..end, Tag::Political).is_some() {
        population.cat = Some(Category::PoliticalPrisoner);
    }
}
