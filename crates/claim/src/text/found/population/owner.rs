//! Whose are they? "157 of its servicemen", "26 de sus afiliados", "two Italian citizens".

use crate::text::{
    Here, Reader,
    attribution::Source,
    lexicon::{Meaning, Tag},
    quantity::{self, Mention},
};
use habeas_model::{Category, Nationality, Population, said::speaker::Role};

impl Reader<'_> {
    /// What the owner of the people says of them: a country's servicemen and citizens have its
    /// nationality, a party's members are opposition, a union's are unionists.
    pub(in crate::text::found) fn owned(
        &self,
        here: &Here,
        mention: &Mention,
        population: &mut Population,
    ) {
        let page = self.page;
        let Some(noun) = mention.head.people() else { return };
        let from = mention.range.start.saturating_sub(1).max(here.tokens.start);
        let possessed = (from..noun.end).any(|at| page.tag(at, Tag::Possessive).is_some());
        let citizens = (noun.start..noun.end).any(|at| page.tag(at, Tag::Citizen).is_some());
        if population.nat.is_empty() && (possessed && of_a_state(population) || citizens) {
            let nation = self.nation_before(here, mention.range.start);
            let foreign = |nation: &Nationality| possessed || self.country != Some(*nation);
            population.nat.extend(nation.filter(foreign));
        }
        if possessed && population.cat.is_none() && !citizens {
            population.cat = self.members_of(here, mention.range.start);
        }
    }

    /// The country that a sentence spoke of last before a token, by name or by its people.
    fn nation_before(&self, here: &Here, at: usize) -> Option<Nationality> {
        (here.tokens.start..at).rev().find_map(|inner| {
            let named = self.page.find(inner, |meaning| match meaning {
                Meaning::Country(nation) | Meaning::Of(nation) => Some(*nation),
                _ => None,
            });
            let named = named.or_else(|| quantity::nation(self.page, inner));
            named.map(|(_, nation)| nation).filter(|nation| *nation != Nationality::Foreign)
        })
    }

    /// The category of the members of the body that was spoken of last before a token.
    fn members_of(&self, here: &Here, at: usize) -> Option<Category> {
        let bodies = here.sources.iter().rev().filter(|one| one.range.end <= at);
        let body = bodies.into_iter().find(|one| !one.place && !one.pronoun)?;
        let page = self.page;
        let is = |role: Role| {
            let means =
                |m: &Meaning| matches!(m, Meaning::Source(Some(of)) if *of == role).then_some(());
            let said = |one: &Source| {
                let from = one.range.start.saturating_sub(1).max(here.tokens.start);
                (from..one.range.end).any(|inner| page.find(inner, means).is_some())
            };
            body.role == Some(role) || said(body)
        };
        match () {
            () if is(Role::Opposition) => Some(Category::Opposition),
            () if is(Role::Union) => Some(Category::Unionist),
            () => None,
        }
    }
}

/// Soldiers, officers and civilians: of the state that calls them its own.
fn of_a_state(population: &Population) -> bool {
    matches!(
        population.cat,
        Some(Category::Military | Category::SecurityForces | Category::Civilian | Category::Pow)
    )
}
