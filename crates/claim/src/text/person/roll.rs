//! Names in lines under a heading: "Released on 14 January:", then one name a line.

use super::persons;
use crate::text::{
    Here, Reader,
    found::Found,
    lexicon::{Form, Tag},
    time::Sense,
    token::Kind as Token,
};
use habeas_model::{Kind, Predicate, Quantity, When};

/// What a heading tells of the names in the lines under it.
#[derive(Clone, Debug)]
pub struct Roll {
    predicate: Predicate,
    day: Option<When>,
}

/// A line of a list has no more words than this.
const LINE: usize = 24;

impl Reader<'_> {
    /// Takes note of a heading, keeps it over the lines of its list, and forgets it behind them.
    pub(in crate::text) fn roll_on(&mut self, here: &Here) {
        let page = self.page;
        let heads = page.is(here.tokens.end - 1, ':');
        if !heads && self.roll.is_none() {
            return;
        }
        let named = || persons(page, &here.tokens, &self.discourse, &self.topic.people);
        if heads && named().iter().all(|one| one.pronoun) {
            let tells = |verb: &&crate::text::clause::Verb| !verb.negated && !verb.future;
            let verb = here.verbs.iter().rev().find(tells);
            let verb = verb.filter(|verb| verb.form != Form::Noun || verb.predicate.is_state());
            let day = here.dates.iter().find(|date| date.sense == Sense::On);
            self.roll = verb.map(|verb| Roll {
                predicate: verb.predicate,
                day: day.map(|date| date.when.clone()),
            });
            return;
        }
        let number = here.tokens.clone().all(|at| !page.tokens[at].is_word());
        if !number && self.item(here).is_none() {
            self.roll = None;
        }
    }

    /// The name that a line of a list begins with.
    fn item(&self, here: &Here) -> Option<super::Person> {
        let page = self.page;
        let mark = |at: &usize| {
            let token = &page.tokens[*at];
            !token.is_word() && !token.is_quote() || matches!(token.kind, Token::Number(_))
        };
        let start = here.tokens.start + here.tokens.clone().take_while(mark).count();
        let start = page.tag(start, Tag::The).unwrap_or(start);
        let named = persons(page, &here.tokens, &self.discourse, &self.topic.people);
        let first = named.into_iter().find(|one| !one.pronoun)?;
        (first.range.start == start && here.tokens.len() <= LINE).then_some(first)
    }

    /// The name of a line under a heading, with what the heading tells.
    pub(in crate::text) fn rolled(&self, here: &Here, told: &[Found]) -> Option<Found> {
        let roll = self.roll.as_ref()?;
        let person = self.item(here)?;
        let again = told.iter().any(|one| {
            one.person.as_ref() == Some(&person.name) && one.predicate == roll.predicate
        });
        let speaks = here.cues.iter().any(|cue| cue.source.is_some());
        if again || speaks {
            return None;
        }
        let mut one =
            Found::new(person.range.clone(), Kind::Person, roll.predicate, "person.listed");
        one.quantity = Some(Quantity::Exact(1));
        one.person = Some(person.name.clone());
        one.anchor = person.range.clone();
        one.dated.clone_from(&roll.day);
        self.describe(&mut one, &person, here);
        Some(one)
    }
}
