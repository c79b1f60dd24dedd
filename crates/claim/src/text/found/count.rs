//! How many people, and what is said of them?

use super::{Fired, Found, place, population};
use crate::text::{
    Here, Reader,
    clause::{self, Link},
    lexicon::{Form, Meaning, Tag},
    quantity::{Amount, Head, Mention},
};
use habeas_model::{Kind, Predicate};
use std::ops::Range;

/// Why a number without predicate of its own goes on with the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carry {
    /// "of them", "the other", "another".
    Back,
    /// An item of a list.
    Item,
    /// "stood at 110", "had 53".
    Figure,
    /// "Seis son mujeres".
    Copula,
}

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
            let made = self.count(here, nth, accepted, found.last());
            if made.iter().any(|one| one.of_total.is_some()) {
                consumed = here.mentions[nth].of.as_ref().map_or(0, |of| of.end);
            }
            if made.is_empty() {
                self.unread(&here.mentions[nth]);
                continue;
            }
            accepted = Some(nth);
            for one in made.iter().rev() {
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
        let restated = matches!(mention.amount, Amount::Of(..))
            && here.mentions.get(nth + 1).is_some_and(|next| {
                let near = next.range.start <= mention.end + 4;
                near && matches!(next.amount, Amount::Exactly(_)) && next.head.people().is_some()
            })
            && mention.of.is_none();
        if restated || self.anaphoric(mention) {
            return Vec::new();
        }
        let link = clause::link(self.page, &here.tokens, here.mentions, nth, here.verbs);
        let carry = self.carry(here, nth, accepted);
        let (predicate, at, rule, doubt, carried) = match (&link, carry) {
            (Some(link), _) if self.called(here, mention, link) => {
                let last = self.topic.near().map_or(link.predicate, |said| said.predicate);
                (last, None, "count.figure", 3, true)
            }
            (Some(link), Some(Carry::Item)) if self.stays(here, mention, link) => {
                let last = self.topic.whole(0).map_or(link.predicate, |said| said.predicate);
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
        one.clause = clause::clause(self.page, &here.tokens, mention.range.start);
        one.quantity = Some(quantity);
        one.doubt = doubt;
        one.carried = carried || mention.of_them || mention.remainder;
        one.additional = mention.additional;
        self.dress_count(&mut one, here, nth, carry, link.as_ref());
        let mut all = vec![one];
        self.add_whole(&mut all, mention, here);
        self.add_further(&mut all, here, nth, link.as_ref());
        all
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
    fn stays(&self, here: &Here, mention: &Mention, link: &Link) -> bool {
        let verb = link.verb.map(|verb| &here.verbs[verb]);
        let bare = verb.is_some_and(|verb| {
            verb.relative || !verb.finite || verb.range.end <= mention.range.start
        });
        let event = self.topic.whole(0).is_some_and(|said| !said.predicate.is_state());
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
            Head::Elided => {
                let negative = mention.amount == Amount::Nobody;
                let limit = if carry.is_some() || negative { 12 } else { 5 };
                let begins = mention.range.start <= here.tokens.start + 1;
                let after = link.at.as_ref().is_some_and(|at| at.start >= mention.range.end);
                link.cost <= limit + if begins && after { 4 } else { 0 }
            }
            Head::Nothing => mention.amount == Amount::Nobody && link.cost <= 8,
        }
    }

    /// "two thirds of the 58": the number said again of the same people is no new claim.
    fn anaphoric(&self, mention: &Mention) -> bool {
        let the = mention.range.start > 0
            && self.page.tag(mention.range.start, Tag::The).is_some()
            && self.page.tag(mention.range.start - 1, Tag::Of).is_some();
        let known =
            mention.amount.value().is_some_and(|n| n > 1 && self.topic.numbered(n).is_some());
        the && known && mention.head.people().is_none_or(|noun| noun.bare)
    }

    fn carry(&self, here: &Here, nth: usize, accepted: Option<usize>) -> Option<Carry> {
        let (page, mention) = (self.page, &here.mentions[nth]);
        if mention.of_them || mention.remainder || self.preceded_by_of_them(here, mention) {
            return Some(Carry::Back);
        }
        let last = self.topic.last().is_some();
        if matches!(mention.amount, Amount::Rest | Amount::Same) && last {
            return Some(Carry::Back);
        }
        if mention.additional && matches!(mention.head, Head::Elided) && self.topic.near().is_some()
        {
            return Some(Carry::Back);
        }
        let listed = accepted.is_some_and(|last| {
            last + 1 == nth && listed(self, here.mentions[last].end..mention.range.start, here)
        });
        if listed {
            return Some(Carry::Item);
        }
        if self.part(here, mention) {
            return Some(Carry::Item);
        }
        if self.figure(here, mention) {
            return Some(Carry::Figure);
        }
        let copula =
            matches!(mention.head, Head::Elided) && page.tag(mention.range.end, Tag::Be).is_some();
        let begins = mention.range.start <= here.tokens.start + 1
            || page.tag(mention.range.start - 1, Tag::And).is_some() && accepted.is_some();
        let holds = page.tag(mention.range.end, Tag::Have).is_some() || passport(self, mention);
        let people = mention.head.people().is_some();
        ((copula || holds || people && passport(self, mention))
            && begins
            && self.topic.last().is_some())
        .then_some(Carry::Copula)
    }

    /// A part of the whole just given: "231 hombres y 43 mujeres", "21 from Punta Brava".
    fn part(&self, here: &Here, mention: &Mention) -> bool {
        let page = self.page;
        let Some(value) = mention.amount.value() else { return false };
        let Some(whole) =
            self.topic.near().and_then(|_| self.topic.whole(value)).and_then(|said| said.number)
        else {
            return false;
        };
        let divides =
            mention.head.people().is_some_and(|noun| population::divides(&noun.population));
        let before = mention.range.start.checked_sub(1).filter(|at| *at >= here.tokens.start);
        let joined = before.is_none_or(|at| {
            page.is(at, ',')
                || page.is(at, ':')
                || page.is(at, ';')
                || page.is(at, '(')
                || page.tokens[at].is_dash()
                || page.tag(at, Tag::And).is_some()
                || page.tag(at, Tag::Be).is_some()
                || page.is(at, '-')
        });
        let at = page.tag(mention.end, Tag::At).is_some_and(|next| {
            page.is_capital(next)
                || page.tag(next, Tag::A).is_some()
                || page.tag(next, Tag::Additional).is_some()
        });
        let placed = matches!(mention.head, Head::Elided) && at && before.is_some();
        let beside = self
            .topic
            .whole(value)
            .zip(mention.head.people())
            .is_some_and(|(said, noun)| population::beside(&said.population, &noun.population));
        if beside {
            return false; // "14 women and nine men": the men are no part of the women.
        }
        value < whole && joined && (divides || placed)
    }

    /// "De ellas, 1.204 ..." before the number.
    fn preceded_by_of_them(&self, here: &Here, mention: &Mention) -> bool {
        let from = mention.range.start.saturating_sub(4).max(here.tokens.start);
        (from..mention.range.start).any(|at| {
            self.page.tag(at, Tag::OfThem).is_some_and(|end| end <= mention.range.start)
                || self.page.tag(at, Tag::Including).is_some_and(|end| end == mention.range.start)
        })
    }

    /// "stood at 110", "raised its total to 116", "contó quince", "a figure of 65".
    fn figure(&self, here: &Here, mention: &Mention) -> bool {
        let page = self.page;
        let bare = mention.head.people().is_some_and(|noun| noun.bare);
        if !(matches!(mention.head, Head::Elided) || bare) || self.topic.last().is_none() {
            return false;
        }
        let from = mention.range.start.saturating_sub(9).max(here.tokens.start);
        let before = from..mention.range.start;
        let puts = mention.range.start > here.tokens.start
            && before
                .clone()
                .any(|at| page.tag(at, Tag::Puts).is_some_and(|end| end == mention.range.start));
        let quote =
            usize::from(page.token(mention.range.start).is_some_and(|token| token.is_quote()));
        let puts = puts
            || before.clone().any(|at| {
                page.tag(at, Tag::Puts).is_some_and(|end| {
                    end + 1 == mention.range.start + quote
                        && page.tokens[mention.range.start - 1].is_quote()
                })
            });
        let figure = page.seek(before.clone(), Tag::Figure).is_some();
        let saying = before.clone().any(|at| {
            page.find(at, |meaning| matches!(meaning, Meaning::Speech(_)).then_some(())).is_some()
        });
        let direct = before.clone().rev().take(2).any(|at| {
            page.find(at, |meaning| matches!(meaning, Meaning::Speech(_)).then_some(()))
                .is_some_and(|(end, ())| {
                    end == mention.range.start || end + 1 == mention.range.start
                })
        });
        let source =
            here.sources.iter().any(|one| one.range.end == mention.range.start && one.proper);
        let dated = here
            .dates
            .iter()
            .any(|one| one.range.start >= mention.end && one.range.start <= mention.end + 1);
        let dates = here.tokens.start..mention.range.start;
        let after_date = !dates.is_empty()
            && here.dates.first().is_some_and(|one| {
                one.range.start <= dates.start + 2
                    && one.range.end < dates.end + 1
                    && one.range.end + 1 >= dates.end
            });
        let start = mention.range.start <= here.tokens.start + 1 && dated || after_date;
        if mention.amount == Amount::Nobody {
            return false;
        }
        let empty = !here
            .mentions
            .iter()
            .any(|other| other.range.start >= from && other.end <= mention.range.start);
        let alone = saying && empty && self.topic.recent();
        let total = before.clone().any(|at| {
            let ends = |tag: Tag| page.tag(at, tag).is_some_and(|end| end == mention.range.start);
            ends(Tag::Total) || ends(Tag::DayTally)
        });
        let alone = alone || total;
        (puts && (figure || saying))
            || direct
            || alone
            || (source && self.topic.near().is_some())
            || start
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
        let back =
            matches!(carry, Some(Carry::Back | Carry::Copula)) || mention.additional && elided;
        let part = back && !mention.additional
            || carry == Some(Carry::Item) && population::divides(&one.population);
        let whole = self.topic.whole(number).cloned();
        let last = self.topic.last().cloned();
        let from = if part { whole.as_ref().or(last.as_ref()) } else { last.as_ref() };
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
        let whole_again = mention.range.start > here.tokens.start
            && self.page.tag(mention.range.start - 1, Tag::All).is_some();
        let inherits =
            left_out && !event && goes_on && figure.is_none() && !whole_again || mention.of_them;
        if let Some(from) = again.or(from.filter(|_| inherits).map(|said| &said.population)) {
            population::inherit(&mut one.population, from);
        }
        one.part_of = part
            .then(|| whole.as_ref().and_then(|said| said.number))
            .flatten()
            .filter(|n| *n > number || mention.of_them);
        one.population.place = place::of(self, here, one, mention, link).or_else(|| {
            one.carried.then(|| from.and_then(|said| said.population.place.clone())).flatten()
        });
        if one.predicate.is_state() && mention.of.is_none() {
            let end = next.min(one.clause.end);
            population::reasons(self.page, &mut one.population, mention.end.min(end)..end);
        }
        if let Some(of) = &mention.of {
            one.of_total = of.quantity(None);
            one.part_of = None;
            if let Some(noun) = of.head.people() {
                population::inherit(&mut one.population, &noun.population);
            }
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

/// Whether only marks, "and" and a few words stand between two numbers of a list.
fn listed(reader: &Reader, between: Range<usize>, here: &Here) -> bool {
    let page = reader.page;
    let joined = between.clone().any(|at| {
        page.is(at, ',')
            || page.is(at, ':')
            || page.is(at, ';')
            || page.tag(at, Tag::And).is_some()
            || page.is(at, '(')
    });
    let verb = here.verbs.iter().any(|verb| {
        between.start <= verb.range.start
            && verb.range.end <= between.end
            && verb.form != Form::Noun
    });
    let stop = between.clone().any(|at| page.is(at, '.'));
    joined && !verb && !stop && between.len() <= 9
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
