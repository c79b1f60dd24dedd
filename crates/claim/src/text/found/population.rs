//! Of whom? What the noun says, what comes after it, and what is carried over.

mod owner;

use crate::text::{
    Here, Reader,
    clause::Link,
    lexicon::{Form, Meaning, Tag},
    page::Page,
    quantity::{self, Head, Mention, Noun},
};
use habeas_model::{AgeBand, Category, Population};
use std::ops::Range;

impl Reader<'_> {
    /// "The number of protesters killed had reached 15": the people whom the figure counts.
    pub(super) fn figured(&self, here: &Here, mention: &Mention) -> Option<Population> {
        self.figure_noun(here, mention).map(|noun| noun.population)
    }

    fn figure_noun(&self, here: &Here, mention: &Mention) -> Option<Noun> {
        let from = mention.range.start.saturating_sub(12).max(here.tokens.start);
        let page = self.page;
        let end = (from..mention.range.start).rev().find_map(|at| page.tag(at, Tag::Figure))?;
        let of = page.tag(end, Tag::Of).or_else(|| page.tag(end - 1, Tag::Of));
        of.and_then(|of| quantity::people(page, of, mention.range.start))
    }

    /// "The number of detainees has risen to 412": the noun of the figure says it, where no verb does.
    pub(super) fn put(&self, here: &Here, mention: &Mention) -> Option<Link> {
        let page = self.page;
        let noun = self.figure_noun(here, mention).filter(|_| mention.head == Head::Elided)?;
        let start = mention.range.start;
        let upto = (noun.end + 4).min(start);
        let put = page.seek_upto(noun.end..upto, Tag::Puts, start)?;
        if here.verbs.iter().any(|verb| verb.range.start >= noun.end && verb.range.end <= put) {
            return None; // "the number of protesters killed reached 15".
        }
        let called = |meaning: &Meaning| match meaning {
            Meaning::Predicate(predicate, Form::Noun) => Some(*predicate),
            _ => None,
        };
        let called = (noun.start..noun.end).find_map(|at| page.find(at, called));
        let predicate = called.map(|(_, it)| it).or(noun.predicate.map(|(it, _)| it))?;
        let at = Some(noun.start..noun.end);
        Some(Link { predicate, at, verb: None, cost: 3, rule: "count.figure" })
    }

    /// "raised its own total to 116": another body's figure has its own word for them.
    pub(super) fn in_own_words(&self, here: &Here, mention: &Mention) -> bool {
        let page = self.page;
        let from = mention.range.start.saturating_sub(12).max(here.tokens.start);
        let figure =
            (from..mention.range.start).rev().find(|at| page.tag(*at, Tag::Figure).is_some());
        let Some(figure) = figure else { return false };
        let before = figure.saturating_sub(3).max(here.tokens.start)..figure + 1;
        let has = |tag: Tag| before.clone().any(|at| page.tag(at, tag).is_some());
        let owned = has(Tag::Possessive) || before.clone().any(|at| page.word(at).ends_with("'s"));
        let voice = here.voices.iter().flatten().next();
        let name = voice.and_then(|voice| voice.chain.last()).map(|speaker| &speaker.name);
        let last = self.claims.last().and_then(|claim| claim.speakers.origin());
        let other = name.is_some() && last.is_some_and(|last| Some(&last.name) != name);
        has(Tag::Own) || owned && other
    }

    /// "All eleven", "los 24": the people of the same number before.
    pub(super) fn again(&self, mention: &Mention, number: u32) -> Option<&Population> {
        let page = self.page;
        let before = mention.range.start.saturating_sub(1);
        let definite = (before..mention.range.start + 1)
            .any(|at| page.tag(at, Tag::All).is_some() || page.tag(at, Tag::The).is_some());
        self.topic.numbered(number).filter(|_| definite).map(|said| &said.population)
    }
}

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
    let nations = !one.nat.is_empty() && !other.nat.is_empty() && one.nat != other.nat;
    let kinds = one.cat.zip(other.cat).filter(|_| divides(one) && divides(other));
    nations && one.nat.iter().all(|nation| !other.nat.contains(nation))
        || kinds.is_some_and(|(a, b)| a != b)
        || one.gender.zip(other.gender).is_some_and(|(a, b)| a != b)
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
        let elsewhere = [Tag::Since, Tag::Before, Tag::Subordinate, Tag::Amid]
            .into_iter()
            .any(|tag| page.tag(at, tag).is_some());
        // "reached 44, the bishop said": somebody else.
        let apart = token.is(',')
            && (page.tag(at + 1, Tag::The).is_some()
                || page.tag(at + 1, Tag::Possessive).is_some());
        // "14 presos, informó el sindicato de carceleros": who says so.
        let speech = |m: &Meaning| matches!(m, Meaning::Speech(_)).then_some(());
        let apart = apart || token.is(',') && page.find(at + 1, speech).is_some();
        if token.is_stop() || elsewhere || apart || (token.is(',') && at > start + 2) {
            break;
        }
        if let Some((next, _)) = quantity::nation(page, at)
            && of_thing(page, at..next)
        {
            at = next;
            continue;
        }
        if let Some(noun) = quantity::people(page, at, (at + 1).min(upto)) {
            inherit_said(population, &noun.population);
        }
        if let Some((next, nation)) = quantity::nation(page, at) {
            quantity::add_nation(population, nation);
            at = next;
            continue;
        }
        quantity::attributes(page, at, upto, population);
        at += 1;
    }
    own(page, population, start..upto);
    reasons(page, population, from..upto);
}

/// "Venezuelan jails", "cárceles venezolanas": the nation of no person.
fn of_thing(page: &Page, demonym: Range<usize>) -> bool {
    let noun = match page.lexicon.order.adjective_after {
        true => demonym.start.checked_sub(1),
        false => Some(demonym.end),
    };
    let noun = noun.filter(|at| page.tag(*at, Tag::Passport).is_none());
    noun.is_some_and(|at| {
        [Tag::Prison, Tag::Unit, Tag::Body, Tag::Thing]
            .into_iter()
            .any(|tag| page.tag(at, tag).is_some())
            || page.find(at, |m| matches!(m, Meaning::Source(_)).then_some(())).is_some()
    })
}

fn inherit_said(population: &mut Population, said: &Population) {
    population.cat = population.cat.or(said.cat);
    for nation in &said.nat {
        quantity::add_nation(population, *nation);
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
