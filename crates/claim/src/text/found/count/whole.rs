//! Of which whole is a number a part? "Of those, 12", "31 releases: 22 here, 9 there", "the other 38".

use super::{Carry, population};
use crate::text::{
    Here, Reader,
    clause::{self, Verb},
    found::Found,
    lexicon::{Form, Tag},
    quantity::{Amount, Head, Mention},
};
use habeas_model::Kind;

impl Reader<'_> {
    /// The number of the whole that the mention `nth` is a part of.
    pub(super) fn whole_of(
        &self,
        one: &Found,
        here: &Here,
        nth: usize,
        carry: Option<Carry>,
    ) -> Option<u32> {
        let mention = &here.mentions[nth];
        let number = one.quantity.as_ref().and_then(|said| said.bounds().0).unwrap_or(0);
        if mention.of.is_some() || mention.additional && !mention.remainder {
            return None;
        }
        let last = self.topic.last();
        let sibling = || last.filter(|_| carry == Some(Carry::Item)).and_then(|said| said.whole);
        let back = matches!(carry, Some(Carry::Back | Carry::Copula));
        let aside = self
            .topic
            .whole(number)
            .is_some_and(|said| population::beside(&said.population, &one.population));
        let divided = carry == Some(Carry::Item) && population::divides(&one.population) && !aside;
        let none = mention.amount == Amount::Nobody && self.topic.recent();
        let none = none && mention.range.start <= here.tokens.start + 1;
        let whole = || self.topic.whole(number).and_then(|said| said.number);
        if mention.remainder {
            return self.topic.rest(Some(number)).map(|(whole, _)| whole).or_else(whole);
        }
        self.of_the(here, nth)
            .or_else(|| self.of_those_just_told(here, nth))
            .or_else(|| self.listed_after_colon(here, nth, carry))
            .or_else(sibling)
            .filter(|whole| *whole >= number)
            .or_else(|| {
                let half = (mention.range.start..mention.range.end + 2)
                    .any(|at| self.page.tag(at, Tag::HalfThat).is_some());
                let labelled = self.label(here, mention).is_some() && !aside;
                let part = labelled || back || divided || one.share && !half || none;
                (part || self.goes_on_as_subject(one, here, nth)).then(whole).flatten()
            })
    }

    /// "Of the 300 migrants detained since March, 45 have been deported".
    fn of_the(&self, here: &Here, nth: usize) -> Option<u32> {
        let page = self.page;
        let start = here.mentions[nth].range.start;
        let comma = start.checked_sub(1).is_some_and(|at| page.is(at, ','));
        let opens = page.tag(here.tokens.start, Tag::Of);
        if nth == 0 && comma && opens.is_some_and(|of| page.tag(of, Tag::The).is_some()) {
            // "Of the remanded, 396 were freed": those told last.
            return self.topic.last().and_then(|said| said.number);
        }
        let before = &here.mentions[nth.checked_sub(1)?];
        let from = before.range.start.saturating_sub(2).max(here.tokens.start);
        let of = (from..before.range.start).any(|at| {
            let opens = at <= here.tokens.start + 1
                || page.is(at - 1, ',')
                || page.tag(at - 1, Tag::Relative).is_some();
            opens && page.tag(at, Tag::Of).is_some()
        });
        // "Entre los 45 liberados hay 12 mujeres".
        let among = page.tag(here.tokens.start, Tag::OutOf).filter(|end| {
            let start = page.tag(*end, Tag::The).unwrap_or(*end);
            page.tag(here.tokens.start, Tag::Of).is_none()
                && (*end..=start).contains(&before.range.start)
        });
        if nth == 1 && among.is_some() {
            return before.amount.value();
        }
        // "Of the 30 detained, 12 were freed".
        let inside = clause::clause(page, &here.tokens, before.range.start);
        let whole = clause::opens_whole(page, here.mentions, nth - 1, &inside).is_some();
        let of = of && comma && before.head.people().is_some();
        before.amount.value().filter(|_| of || whole)
    }

    /// "six women, five of them journalists": of the six.
    fn of_those_just_told(&self, here: &Here, nth: usize) -> Option<u32> {
        let (before, mention) = (&here.mentions[nth.checked_sub(1)?], &here.mentions[nth]);
        let near = mention.of_them && mention.range.start <= before.end + 8;
        let told = self.topic.last().and_then(|said| said.number);
        told.filter(|told| near && before.amount.value() == Some(*told))
    }

    /// "31 releases: 22 at Cerro Hondo, 9 at Punta Brava": the number before the colon.
    fn listed_after_colon(&self, here: &Here, nth: usize, carry: Option<Carry>) -> Option<u32> {
        if carry != Some(Carry::Item) {
            return None;
        }
        let colon = |at: usize| {
            let between = here.mentions[at].end..here.mentions[at + 1].range.start;
            between.into_iter().any(|inner| self.page.is(inner, ':'))
        };
        let opener = (0..nth).rev().find(|at| colon(*at))?;
        let value = here.mentions[opener].amount.value()?;
        self.topic.numbered(value).map(|_| value)
    }

    /// "22 were moved. Two died on the way", "Fourteen left one prison": a small number alone, as
    /// the subject of its own verb, is of the people just counted by the same speaker.
    fn goes_on_as_subject(&self, one: &Found, here: &Here, nth: usize) -> bool {
        let mention = &here.mentions[nth];
        let alone = matches!(mention.head, Head::Elided)
            && matches!(mention.amount, Amount::Exactly(_) | Amount::Roughly(_) | Amount::Nobody)
            && mention.range.start <= here.tokens.start + 1;
        let verb = |verb: &&Verb| {
            verb.range.start >= mention.end
                && verb.range.start <= mention.end + 6
                && verb.form != Form::Noun
        };
        let own = here.verbs.iter().find(verb).is_some_and(|verb| verb.predicate == one.predicate);
        let dated = here.dates.iter().any(|date| one.clause.contains(&date.range.start));
        alone
            && own
            && !dated
            && self.topic.near().is_some()
            && !self.said_by_another(here, mention)
    }

    /// Whether the sentence has a speaker of its own, other than that of the count before.
    fn said_by_another(&self, here: &Here, _mention: &Mention) -> bool {
        let voice = here.voices.iter().flatten().next();
        let name = voice.and_then(|voice| voice.chain.last()).map(|speaker| &speaker.name);
        let last = self.claims.iter().rev().find(|claim| claim.kind == Kind::Count);
        let last = last.and_then(|claim| claim.speakers.origin()).map(|speaker| &speaker.name);
        name.is_some() && name != last
    }
}
