//! How many people, and what is said of them?

mod carry;
mod former;
mod outcome;
mod whole;

use super::{Fired, Found, place, population};
use crate::text::{
    Here, Reader,
    clause::{self, Link},
    lexicon::{Form, Meaning, Tag},
    quantity::{self, Amount, Head, Mention},
};
use carry::Carry;
use habeas_model::{Kind, Predicate};
use std::ops::Range;

/// The rule of a number behind a noun and a colon.
const HEADING: &str = "link.heading";

impl Reader<'_> {
    /// The counts of a sentence.
    pub(in crate::text) fn counts(&mut self, here: &Here) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut accepted: Option<usize> = None;
        let mut consumed = 0;
        if self.question(here) {
            return found;
        }
        for nth in 0..here.mentions.len() {
            if here.mentions[nth].range.start < consumed {
                continue;
            }
            let compared = self.compared(here, nth, found.last());
            let made = compared.unwrap_or_else(|| self.count(here, nth, accepted, found.last()));
            if made.iter().any(|one| one.of_total.is_some()) {
                consumed = here.mentions[nth].of.as_ref().map_or(0, |of| of.end);
            }
            if made.is_empty() {
                self.note_whole(here, nth);
                self.unread(&here.mentions[nth]);
                continue;
            }
            accepted = Some(nth);
            // What follows is told of the figure of now.
            for one in made.iter().rev().filter(|one| one.rules[0].rule != former::FORMER) {
                self.note(one, here);
            }
            found.extend(made);
        }
        found
    }

    fn count(
        &self,
        here: &Here,
        nth: usize,
        accepted: Option<usize>,
        before: Option<&Found>,
    ) -> Vec<Found> {
        let mention = &here.mentions[nth];
        if self.said_again(here, nth) {
            return Vec::new();
        }
        let link = || clause::link(self.page, &here.tokens, here.mentions, nth, here.verbs);
        let link = self.linked(here, nth, before).or_else(link);
        let link = link.map(|link| self.taken_since(here, mention, self.nobody_yet(mention, link)));
        if link.as_ref().is_some_and(|link| self.beside_the_point(mention, link)) {
            return Vec::new();
        }
        let carry = self.carry(here, nth, accepted);
        let (predicate, at, rule, doubt, carried) = match (&link, carry) {
            (Some(link), _) if self.called(here, mention, link) => {
                let last = self.topic.near().map_or(link.predicate, |said| said.predicate);
                (last, None, "count.figure", 3, true)
            }
            (Some(link), Some(Carry::Item | Carry::Back))
                if self.stays(here, mention, link, carry) =>
            {
                let last = self.topic.last().map_or(link.predicate, |said| said.predicate);
                (last, None, "count.item", 3, true)
            }
            (Some(link), Some(Carry::Item | Carry::Figure))
                if link.cost > 9 && before.is_some() && !follows(here, mention, link) =>
            {
                let last = before.map_or(link.predicate, |one| one.predicate);
                (last, None, "count.item", 3, true)
            }
            (Some(link), _) if self.holds(here, mention, link, carry) => {
                (link.predicate, link.at.clone(), link.rule, link.cost, false)
            }
            (_, Some(carry)) => {
                let last = before
                    .map(|one| one.predicate)
                    .or_else(|| self.topic.last().map(|said| said.predicate));
                let Some(predicate) = last else { return Vec::new() };
                let rule = match carry {
                    Carry::Back => "count.of-them",
                    Carry::Item => "count.item",
                    Carry::Figure => "count.figure",
                    Carry::Copula => "count.copula",
                };
                (predicate, None, rule, 4, true)
            }
            _ => return Vec::new(),
        };
        let whole = self.topic.last().and_then(|said| said.number);
        let Some(quantity) = self.amount(mention, whole) else { return Vec::new() };
        let mut one = Found::new(span(self, mention, at.as_ref()), Kind::Count, predicate, rule);
        one.rules[0].words = at.clone().unwrap_or(mention.range.start..one.range.end);
        one.clause = self.dated_clause(here, mention.range.start);
        // "12 detained on Monday were charged on Friday": the day of the charge is near its verb.
        let verb = at.as_ref().filter(|at| self.behind_another(here, mention, at));
        one.anchor = verb.cloned().unwrap_or(mention.range.start..mention.end);
        (one.quantity, one.doubt) = (Some(quantity), doubt);
        one.carried = carried || mention.of_them || mention.remainder || self.restates(here, nth);
        (one.additional, one.share) = (mention.additional, mention.is_share());
        self.dress_count(&mut one, here, nth, carry, link.as_ref());
        let mut all = vec![one];
        self.add_whole(&mut all, mention, here);
        self.add_further(&mut all, here, nth, link.as_ref());
        all
    }

    /// Whether another verb stands between a number and the verb that it is linked to.
    fn behind_another(&self, here: &Here, mention: &Mention, at: &Range<usize>) -> bool {
        here.dates.len() > 1
            && here.verbs.iter().any(|verb| {
                let between = verb.range.start >= mention.end && verb.range.end <= at.start;
                between && verb.form == Form::Participle
            })
    }

    /// A link that words of the number itself make, without a verb.
    fn linked(&self, here: &Here, nth: usize, before: Option<&Found>) -> Option<Link> {
        let mention = &here.mentions[nth];
        self.former(here, nth, before)
            .or_else(|| self.outcome(here, nth))
            .or_else(|| self.put(here, mention))
    }

    /// The clause of a number; "Since 1 January: 390 arrests" has its date before the colon.
    pub(super) fn dated_clause(&self, here: &Here, at: usize) -> Range<usize> {
        let own = clause::clause(self.page, &here.tokens, at);
        let colon = own.start.checked_sub(1).filter(|at| self.page.is(*at, ':'));
        let headed = colon.is_some_and(|colon| {
            here.dates
                .iter()
                .any(|date| date.range.start <= here.tokens.start + 1 && date.range.end == colon)
        });
        if headed { here.tokens.start..own.end } else { own }
    }

    /// A share whose number follows, a number told before, the number of those who are named.
    fn said_again(&self, here: &Here, nth: usize) -> bool {
        let mention = &here.mentions[nth];
        let restated = matches!(mention.amount, Amount::Of(..))
            && here.mentions.get(nth + 1).is_some_and(|next| {
                let near = next.range.start <= mention.end + 4;
                near && matches!(next.amount, Amount::Exactly(_)) && next.head.people().is_some()
            })
            && mention.of.is_none();
        restated || self.anaphoric(mention) || self.names_counted(here, mention)
    }

    /// "Nobody agrees on how many are held", "there are 22 judges": no number of those held.
    fn beside_the_point(&self, mention: &Mention, link: &Link) -> bool {
        let page = self.page;
        let Some(at) = &link.at else { return false };
        let how =
            (mention.end..at.start.max(mention.end)).any(|at| page.tag(at, Tag::How).is_some());
        // "Nobody has heard from X": X is missing, and not nobody.
        let nobody = mention.amount == Amount::Nobody;
        let unheard = link.predicate == Predicate::Missing && page.is_capital(at.end);
        let asked = nobody && (how || unheard);
        let predicate = |meaning: &Meaning| match meaning {
            Meaning::Predicate(Predicate::Held | Predicate::Arrested, Form::Participle) => Some(()),
            _ => None,
        };
        let there = page.tag(at.start, Tag::Exist).is_some() && at.end <= mention.range.start;
        let people = mention.head.people().is_some_and(|noun| {
            noun.predicate.is_none() && noun.population.cat.is_none() && !noun.bare
                || noun.bare && noun.predicate.is_none()
        });
        // "Hay 12 hombres detenidos": how they are there is told.
        let people = people && page.find(mention.end, predicate).is_none();
        asked || there && people && link.predicate == Predicate::Held && self.topic.last().is_none()
    }

    /// "was counting 104 political prisoners": what they are called is not what is said, where the
    /// text has just been counting something else.
    fn called(&self, here: &Here, mention: &Mention, link: &Link) -> bool {
        let other = self.topic.near().is_some_and(|said| !said.predicate.is_state());
        let cue = here.cues.iter().any(|cue| {
            cue.verb.end <= mention.range.start && cue.verb.end + 5 >= mention.range.start
        });
        link.at.is_none() && link.predicate == Predicate::Held && other && cue
    }

    /// "15 men who were in Cerro Norte" as a part of those freed: where they were is not what is
    /// said.
    fn stays(&self, here: &Here, mention: &Mention, link: &Link, carry: Option<Carry>) -> bool {
        let verb = link.verb.map(|verb| &here.verbs[verb]);
        let bare = verb.is_some_and(|verb| {
            verb.relative || !verb.finite || verb.range.end <= mention.range.start
        });
        // "Among them there are four Poles": of those freed.
        let exists =
            link.at.as_ref().is_some_and(|at| self.page.tag(at.start, Tag::Exist).is_some());
        let bare = bare && (carry == Some(Carry::Item) || exists);
        let event = self.topic.last().is_some_and(|said| !said.predicate.is_state());
        link.predicate == Predicate::Held && bare && event
    }

    /// Whether a predicate in the clause is enough: a noun for people, or a number that clearly
    /// stands for some.
    fn holds(&self, here: &Here, mention: &Mention, link: &Link, carry: Option<Carry>) -> bool {
        match &mention.head {
            Head::Event(..) => true,
            Head::People(_) => {
                let verb = link.verb.map(|verb| &here.verbs[verb]);
                let bare = verb.is_some_and(|verb| !verb.finite && verb.form == Form::Participle);
                mention.amount != Amount::Nobody || !bare
            }
            // "All four of our nationals".
            Head::Elided if mention.of.as_ref().is_some_and(|of| of.head.people().is_some()) => {
                true
            }
            Head::Elided => {
                let negative = mention.amount == Amount::Nobody;
                let near = carry.is_some() || negative || self.risen(here, mention, link);
                let limit = match near {
                    true if self.risen(here, mention, link) => 18,
                    true => 12,
                    false => 5,
                };
                let begins = mention.range.start <= here.tokens.start + 1;
                let after = link.at.as_ref().is_some_and(|at| at.start >= mention.range.end);
                link.cost <= limit + if begins && after { 4 } else { 0 }
            }
            Head::Nothing => mention.amount == Amount::Nobody && link.cost <= 8,
        }
    }

    /// "The death toll in the prison fire rose to 31": a figure, of what, and what it is put to.
    fn risen(&self, here: &Here, mention: &Mention, link: &Link) -> bool {
        let Some(at) = &link.at else { return false };
        let (page, start) = (self.page, mention.range.start);
        // "brings to 31 the number of people charged", "los imputados son 31".
        let follows = page.tag(mention.range.end, Tag::The);
        let follows = follows.is_some_and(|end| page.tag(end, Tag::Figure).is_some());
        let are = page.tag(at.end, Tag::ThereAre) == Some(start);
        if follows && at.start > mention.range.end || are {
            return true;
        }
        let puts = self.page.seek_upto(at.end..start, Tag::Puts, start).is_some();
        let figure = self.page.seek(here.tokens.start..at.end, Tag::Figure).is_some();
        puts && figure && at.end <= start
    }

    /// "two thirds of the 58": the number said again of the same people is no new claim.
    fn anaphoric(&self, mention: &Mention) -> bool {
        let word = self.page.word(mention.range.start).to_lowercase();
        let those = ["those", "these", "esos", "esas", "estos", "estas"].contains(&word.as_str());
        let the = mention.range.start > 0
            && (those || self.page.tag(mention.range.start, Tag::The).is_some())
            && self.page.tag(mention.range.start - 1, Tag::Of).is_some();
        let known =
            mention.amount.value().is_some_and(|n| n > 1 && self.topic.numbered(n).is_some());
        the && known && mention.head.people().is_none_or(|noun| noun.bare)
    }

    /// "X, Y and Z are three of them": the number of those who are named.
    fn names_counted(&self, here: &Here, mention: &Mention) -> bool {
        let be = mention.range.start.checked_sub(1).filter(|at| *at > here.tokens.start);
        let named =
            |at: usize| self.page.tag(at, Tag::Be).is_some() && self.page.is_capital(at - 1);
        mention.of_them && be.is_some_and(named)
    }

    /// Whether the noun is left out: "Six are women", "four others".
    fn left_out(&self, mention: &Mention) -> bool {
        mention.head.people().is_none_or(|noun| {
            let alone = noun.end == noun.start + 1 && noun.start == mention.range.end;
            noun.bare && alone && self.page.tag(noun.start, Tag::Additional).is_some()
        })
    }

    fn dress_count(
        &self,
        one: &mut Found,
        here: &Here,
        nth: usize,
        carry: Option<Carry>,
        link: Option<&Link>,
    ) {
        let mention = &here.mentions[nth];
        let own = mention.head.people().map(|noun| noun.population.clone()).unwrap_or_default();
        one.population = own;
        let named = self.labelled(here, mention, &mut one.population);
        let next = here.mentions.get(nth + 1).map_or(here.tokens.end, |next| next.range.start);
        let elided = !matches!(mention.head, Head::People(_)) || carry == Some(Carry::Copula);
        let bare = mention.head.people().is_some_and(|noun| noun.bare);
        if elided || mention.of_them || bare || passport(self, mention) {
            population::after(
                self.page,
                &mut one.population,
                mention.range.end,
                next.min(one.clause.end),
                mention,
            );
        }
        let number = one.quantity.as_ref().and_then(|said| said.bounds().0).unwrap_or(0);
        let of = self.whole_of(one, here, nth, carry);
        let part = of.is_some();
        let whole = of.and_then(|n| self.topic.numbered(n)).cloned();
        let last = self.topic.last().cloned();
        // What another figure is beside is the whole, no part of it.
        let beside = mention.additional || carry == Some(Carry::Figure);
        let total = self.topic.whole(0).cloned().filter(|_| beside);
        let from = if part { whole.as_ref() } else { total.as_ref() }.or(last.as_ref());
        let event = matches!(mention.head, Head::Event(..));
        let begins =
            matches!(mention.head, Head::Elided) && mention.range.start <= here.tokens.start + 1;
        let figure = self.figured(here, mention);
        if elided && let Some(named) = &figure {
            population::inherit(&mut one.population, named);
        }
        let left_out = self.left_out(mention);
        let again = self.again(mention, number);
        let goes_on = one.carried || carry.is_some() || begins || self.topic.near().is_some();
        let inherits =
            left_out && !event && goes_on && figure.is_none() && !self.all_again(here, mention)
                || mention.of_them
                || self.restates(here, nth);
        self.owned(here, mention, &mut one.population);
        if let Some(from) = again.or(from.filter(|_| inherits).map(|said| &said.population)) {
            let cat = one.population.cat;
            population::inherit(&mut one.population, from);
            if elided && self.in_own_words(here, mention) {
                one.population.cat = cat;
            }
        }
        one.part_of = of.filter(|n| *n > number || mention.of_them);
        // "Deaths: none" in a list is of no prison that an item before it named.
        let inside = one.carried && (!event || mention.of_them) && one.rules[0].rule != HEADING;
        one.population.place =
            named.or_else(|| place::of(self, here, one, mention, link)).or_else(|| {
                inside.then(|| from.and_then(|said| said.population.place.clone())).flatten()
            });
        if one.predicate.is_state() && mention.of.is_none() {
            let end = next.min(one.clause.end);
            population::reasons(self.page, &mut one.population, mention.end.min(end)..end);
        }
        self.of_whole(one, mention);
    }

    /// What the label of an item says of the people ("men: 441"), and the place that it names.
    fn labelled(
        &self,
        here: &Here,
        mention: &Mention,
        population: &mut habeas_model::Population,
    ) -> Option<String> {
        let label = self.label(here, mention)?;
        let words = label.clone();
        words.for_each(|at| quantity::attributes(self.page, at, label.end, population));
        let place = self.page.is_capital(label.start) && !self.page.is(label.end, ':');
        place.then(|| self.page.words(label).to_owned())
    }

    /// "All 24": a number of everybody, whom the number itself tells.
    fn all_again(&self, here: &Here, mention: &Mention) -> bool {
        let from = mention.range.start.saturating_sub(1).max(here.tokens.start);
        (from..=mention.range.start).any(|at| self.page.tag(at, Tag::All).is_some())
    }

    /// "17 of the 52 activists": what is said of the whole is said of the part.
    fn of_whole(&self, one: &mut Found, mention: &Mention) {
        let Some(of) = &mention.of else { return };
        one.of_total = of.quantity(None);
        one.part_of = None;
        if let Some(noun) = of.head.people() {
            population::inherit(&mut one.population, &noun.population);
        }
        // "a quarter of the 274": those whom the text has told of.
        let told = of.amount.value().and_then(|n| self.topic.numbered(n));
        if let Some(told) = told {
            population::inherit(&mut one.population, &told.population);
        }
    }

    fn add_further(&self, all: &mut Vec<Found>, here: &Here, nth: usize, link: Option<&Link>) {
        let Some(link) = link else { return };
        for (predicate, range) in
            clause::further(self.page, &here.tokens, here.mentions, nth, here.verbs, link)
        {
            let mut one = all[0].clone();
            one.predicate = predicate;
            let relative = range.start < here.mentions[nth].end + 6
                && link.at.as_ref().is_some_and(|at| {
                    at.start < range.start && at.end <= here.mentions[nth].range.start
                });
            one.rules = vec![Fired::new("count.further", range.clone())];
            one.range = if relative { here.mentions[nth].range.start..range.end } else { range };
            one.population.place = place::of(self, here, &one, &here.mentions[nth], None);
            all.push(one);
        }
    }
}

/// The predicate stands after the number, as its verb.
fn follows(here: &Here, mention: &Mention, link: &Link) -> bool {
    link.verb.map(|verb| &here.verbs[verb]).is_some_and(|verb| {
        verb.range.start >= mention.end && (verb.finite || verb.form == Form::Subject)
    })
}

/// "hold foreign passports", "tienen otra nacionalidad", "tenían sesenta años o más".
fn passport(reader: &Reader, mention: &Mention) -> bool {
    let upto = (mention.end + 5).min(reader.page.tokens.len());
    (mention.end..upto).any(|at| {
        reader.page.tag(at, Tag::Passport).is_some()
            || reader
                .page
                .find(at, |meaning| matches!(meaning, Meaning::Age(_)).then_some(()))
                .is_some()
    })
}

/// The shortest words with the number and its predicate; far predicates stay outside.
fn span(reader: &Reader, mention: &Mention, at: Option<&Range<usize>>) -> Range<usize> {
    let core = trimmed(reader, mention)..mention.end.max(mention.range.end);
    let Some(at) = at else { return core };
    let gap =
        if at.start >= core.end { at.start - core.end } else { core.start.saturating_sub(at.end) };
    if gap > 12 { core } else { core.start.min(at.start)..core.end.max(at.end) }
}

/// Articles before the hedge are no part of the span.
fn trimmed(reader: &Reader, mention: &Mention) -> usize {
    let start = mention.range.start;
    let quote = reader.page.token(start).is_some_and(|token| token.is_quote());
    start + usize::from(quote)
}
