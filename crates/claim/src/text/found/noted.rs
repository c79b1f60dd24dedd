//! What is the text counting from here on, and which numbers were not read?

use super::{
    Found, population,
    topic::{QUESTION, Said},
};
use crate::text::{
    Here, Reader,
    clause::{clause, opens_whole},
    lexicon::{Form, Tag},
    quantity::{Amount, Mention},
};
use habeas_model::{Kind, Predicate, Problem, Quantity};

impl Reader<'_> {
    /// A question sets what the answer counts: "How many people are in prison?"
    pub(super) fn question(&mut self, here: &Here) -> bool {
        let page = self.page;
        let last = here.tokens.end - 1;
        let asks = page.is(last, '?') || page.is(last.saturating_sub(1), '?');
        let many = page.seek(here.tokens.clone(), Tag::How).is_some();
        // "Nobody can say how many are behind bars": what the figures behind it are of.
        let counts = here.mentions.iter().any(|one| one.amount != Amount::Nobody);
        let wonders = many && !counts && here.dates.is_empty();
        if !asks && !wonders {
            return false;
        }
        let noun = here
            .tokens
            .clone()
            .find_map(|at| crate::text::quantity::people(page, at, (at + 1).min(here.tokens.end)));
        let verb = here.verbs.iter().find(|verb| verb.form != Form::Noun);
        if let (true, Some(verb)) = (noun.is_some() || many, verb) {
            let mut population = noun.map(|noun| noun.population).unwrap_or_default();
            population::reasons(page, &mut population, here.tokens.clone());
            let mut one = Found::new(verb.range.clone(), Kind::Count, verb.predicate, "question");
            one.quantity = Some(Quantity::vague(QUESTION, None));
            one.population = population;
            self.note(&one, here);
            self.topic.ask();
        }
        asks
    }

    /// How many a mention says, with rests and repeats reckoned from what was counted before.
    pub(super) fn amount(&self, mention: &Mention, whole: Option<u32>) -> Option<Quantity> {
        match mention.amount {
            Amount::Rest => {
                let (_, rest) = self.topic.rest(None)?;
                Some(Quantity::Exact(rest))
            }
            Amount::All => self.topic.whole(0).map(|said| said.quantity.clone()),
            Amount::Same => self.topic.last().map(|said| said.quantity.clone()),
            Amount::Of(..) | Amount::AllBut(_) => {
                let whole = self.topic.whole(0).and_then(|said| said.number).or(whole);
                mention.quantity(whole)
            }
            _ => mention.quantity(whole),
        }
    }

    pub(super) fn note(&mut self, one: &Found, here: &Here) {
        let Some(quantity) = &one.quantity else { return };
        let number = match quantity {
            Quantity::Vague { .. } => None,
            said => said.bounds().0.or(said.bounds().1).map(|n| match quantity {
                Quantity::MoreThan(_) => n - 1,
                _ => n,
            }),
        };
        self.topic.note(Said {
            predicate: one.predicate,
            population: one.population.clone(),
            quantity: quantity.clone(),
            number,
            scope: None,
            time: habeas_model::said::claim::Times::default(),
            paragraph: here.paragraph,
            whole: one.part_of.or(one.of_total.as_ref().and_then(|of| of.bounds().0)),
            part: one.part_of.is_some() || one.share,
            additional: one.additional || self.in_brackets(one),
        });
    }

    /// "Of those 312, 48 were charged": a whole of which nothing new is told, for its parts.
    pub(super) fn note_whole(&mut self, here: &Here, nth: usize) {
        let (page, mention) = (self.page, &here.mentions[nth]);
        let inside = clause(page, &here.tokens, mention.range.start);
        let opens = opens_whole(page, here.mentions, nth, &inside).is_some();
        let number = mention.amount.value().filter(|n| opens && *n > 1);
        let Some(number) = number else { return };
        let told = self.topic.numbered(number).or(self.topic.last());
        let predicate = told.map_or(Predicate::Held, |said| said.predicate);
        let range = mention.range.clone();
        let mut one = Found::new(range, Kind::Count, predicate, "count.whole");
        one.quantity = mention.quantity(None);
        one.population = match (mention.head.people(), told) {
            (Some(noun), _) if !noun.bare => noun.population.clone(),
            (_, Some(said)) => said.population.clone(),
            _ => return self.note(&one, here),
        };
        self.note(&one, here);
    }

    /// "518 (504 a week earlier)": the number of another time is no whole of what follows.
    fn in_brackets(&self, one: &Found) -> bool {
        let open = one.anchor.start.checked_sub(1).is_some_and(|at| self.page.is(at, '('));
        open && one.carried && one.part_of.is_none()
    }

    /// A number of people that nothing was made of is told of, never dropped.
    pub(super) fn unread(&mut self, mention: &Mention) {
        let strong = mention.head.people().is_some() && !matches!(mention.amount, Amount::Some(..));
        if strong && mention.amount.value().is_some_and(|n| n > 1) {
            let bytes = self.page.bytes(mention.range.clone());
            let (from, to) = (self.text.points(bytes.start), self.text.points(bytes.end));
            let value = self.page.words(mention.range.clone()).to_owned();
            self.problems.push(Problem::new(
                "number-unread",
                format!("characters {from}..{to}"),
                value,
            ));
        }
    }

    /// "50 out of roughly 800 held for political reasons": the whole is a claim of its own if a
    /// predicate or a noun for people in custody stands with it.
    pub(super) fn add_whole(&self, all: &mut Vec<Found>, mention: &Mention, here: &Here) {
        let Some(of) = &mention.of else { return };
        let known = of.amount.value().is_some_and(|n| self.topic.numbered(n).is_some());
        let Some(quantity) = of.quantity(None).filter(|_| !known) else { return };
        let held =
            |predicate: &Predicate| predicate.is_state() || *predicate == Predicate::Arrested;
        let verb = here.verbs.iter().find(|verb| {
            verb.range.start >= of.range.end
                && verb.range.start <= of.end + 4
                && held(&verb.predicate)
        });
        let noun = of.head.people().and_then(|noun| noun.predicate).map(|(predicate, _)| predicate);
        let cat = of.head.people().is_some_and(|noun| noun.population.cat.is_some());
        // "a third of the 300 detenidos": what they are called, not that they were taken.
        let verb = verb.filter(|verb| noun.is_none() || verb.range.start >= of.end);
        let Some(predicate) =
            verb.map(|verb| verb.predicate).or(noun).or(cat.then_some(Predicate::Held))
        else {
            return;
        };
        let end = verb.map_or(of.end, |verb| verb.range.end.max(of.end));
        let mut one = Found::new(of.range.start..end, Kind::Count, predicate, "count.of-total");
        one.clause = all[0].clause.clone();
        one.quantity = Some(quantity);
        one.population = of.head.people().map(|noun| noun.population.clone()).unwrap_or_default();
        population::reasons(
            self.page,
            &mut one.population,
            of.range.start..(end + 5).min(here.tokens.end),
        );
        population::inherit(&mut all[0].population, &one.population);
        if of.head.people().is_none() {
            one.population.cat = one.population.cat.or(all[0].population.cat);
            one.population.nat.clone_from(&all[0].population.nat);
        }
        one.population.place.clone_from(&all[0].population.place);
        all[0].range.end = all[0].range.end.max(end);
        all.push(one);
    }
}
