//! Which dates may a claim take over: of its speaker, of its whole, of the same number before?

use super::{
    assign::{Stated, assign},
    expression::{Dated, Sense},
};
use crate::text::{Here, Reader, attribution::Voice, clause, found::Found, lexicon::Tag};
use habeas_model::{Claim, Kind, Predicate, Scope, When, said::claim::Times};

impl Reader<'_> {
    /// The dates of a claim, with those of the claims before that it goes back to.
    pub(in crate::text) fn times(
        &self,
        one: &Found,
        here: &Here,
        voice: &Voice,
        scope: Option<Scope>,
    ) -> Times {
        if scope == Some(Scope::Cumulative)
            && one.rules[0].rule == "link.heading"
            && let Some(window) = &self.window
        {
            return Times { event: Some(window.clone()), ..Times::default() };
        }
        let near = dates_near(one, here, &self.date, self.date_paragraph);
        let back = self.antecedent(one).filter(|claim| {
            // Another body's number is of no stretch of days that the one before was of.
            let stretch = claim.time.event.as_ref().is_some_and(|when| when.single().is_none());
            let other = claim.speakers.origin() != voice.chain.last();
            one.part_of.is_some() || one.carried && !(stretch && other)
        });
        let part = one.part_of.is_some();
        let carried = back
            .map(|claim| Times {
                since: claim.time.since.clone().filter(|_| part),
                ..claim.time.clone()
            })
            .or_else(|| {
                let when = near?;
                let alike =
                    self.claims.last().is_some_and(|claim| claim.predicate == one.predicate);
                let event = (alike || self.happens_next(one, here) || scope == Some(Scope::Day))
                    .then(|| when.clone());
                Some(Times {
                    event: event.filter(|_| scope != Some(Scope::Cumulative)),
                    as_of: Some(when),
                    ..Times::default()
                })
            });
        let carried = carried.as_ref();
        let cue = voice.range.as_ref().filter(|_| !voice.carried).map(|range| {
            let verb = here.cues.iter().find(|cue| cue.range == *range);
            verb.map_or(range.start..range.start + 1, |cue| cue.verb.clone())
        });
        let stated = Stated {
            range: one.range.clone(),
            anchor: one.anchor.clone(),
            clause: clause::clause(self.page, &here.tokens, one.range.start)
                .start
                .min(one.clause.start)
                ..clause::clause(
                    self.page,
                    &here.tokens,
                    one.range.end.saturating_sub(1).max(one.range.start),
                )
                .end,
            cue,
            kind: one.kind,
            scope,
            missing: one.predicate == Predicate::Missing,
            state: one.predicate.is_state() || one.predicate == Predicate::Excluded,
            carried,
            published: self
                .window
                .as_ref()
                .or(self.report.as_ref().filter(|_| !voice.chain.is_empty()))
                .and_then(When::last)
                .or(self.context.published),
            others: here.mentions,
            said_before: self.said_before(voice),
            told_before: self.told_before(one).or_else(|| self.day_of_the_news(one, here)),
            begins: matches!(
                one.predicate,
                Predicate::ReleaseProcessStarted | Predicate::QuidProQuo
            ),
            baselines: one.kind != Kind::Other || one.predicate == Predicate::FirstKnown,
        };
        self.told_elsewhere(one, here, &stated)
    }

    /// The dates of a claim, with those that a heading or "the same period" gives it.
    fn told_elsewhere(&self, one: &Found, here: &Here, stated: &Stated) -> Times {
        let own = self.own_dates(one, here);
        let mut times = assign(self.page, own.as_deref().unwrap_or(here.dates), stated);
        if stated.scope == Some(Scope::Cumulative) && times.since.is_none() {
            times.since = self.same_period(&stated.clause);
        }
        if let Some(day) = one.dated.as_ref().filter(|_| times.event.is_none()) {
            match stated.state {
                true => times.as_of = Some(day.clone()),
                false => times.event = Some(day.clone()),
            }
        }
        times
    }

    /// "356, up from 340 last week": a date behind a former figure is of that figure alone.
    fn own_dates(&self, one: &Found, here: &Here) -> Option<Vec<Dated>> {
        let mut others = here.mentions.iter().enumerate();
        let (_, next) = others.find(|(nth, other)| {
            let former = self.after_a_figure(here, *nth) || self.is_compared(other);
            other.range.start >= one.anchor.end && former
        })?;
        let own = here.dates.iter().filter(|date| date.range.start < next.range.start);
        Some(own.cloned().collect())
    }

    /// "96 releases over the same period": the baseline told last.
    fn same_period(&self, clause: &std::ops::Range<usize>) -> Option<When> {
        self.page.seek(clause.clone(), Tag::SamePeriod)?;
        let mut before = self.claims.iter().rev().take(6);
        before.find_map(|claim| claim.time.since.clone())
    }

    /// The moment for which the same speaker gave a number before.
    fn said_before(&self, voice: &Voice) -> Option<&When> {
        let name = &voice.chain.last()?.name;
        let mut before = self.claims.iter().rev().take(12);
        let same = before.find(|claim| {
            claim.speakers.origin().is_some_and(|other| other.name == *name)
                && claim.time.as_of.is_some()
        })?;
        same.time.as_of.as_ref().filter(|when| when.single().is_some())
    }

    /// When the same thing was said of the same number before.
    fn told_before(&self, one: &Found) -> Option<&When> {
        let number = one.quantity.as_ref()?.bounds();
        let told = number.0 == number.1 && number.0.is_some_and(|n| n > 2);
        let mut before = self.claims.iter().rev().take(12).filter(|_| told);
        let same = before.find(|claim| {
            claim.predicate == one.predicate
                && claim.kind == one.kind
                && claim.quantity.as_ref().is_some_and(|said| said.bounds() == number)
        })?;
        same.time.event.as_ref()
    }

    /// "22 were moved on Sunday. Two died on the way": what a sentence tells in a past tense without
    /// a date happened when the one before it in the paragraph did.
    fn happens_next(&self, one: &Found, here: &Here) -> bool {
        let event = one.kind == Kind::Count && !one.predicate.is_state() && !one.carried;
        let before = self.claims.last().is_some_and(|claim| {
            claim.kind == Kind::Count
                && claim.time.event.as_ref().is_some_and(|when| when.single().is_some())
        });
        let has = |at: usize| self.page.tag(at, Tag::Have).is_some();
        event && before && here.dates.is_empty() && !one.clause.clone().any(has)
    }

    /// The day of the news: when the first claims of the text say that the same happened.
    fn day_of_the_news(&self, one: &Found, here: &Here) -> Option<&When> {
        if !here.dates.is_empty() {
            return None;
        }
        let first = self.claims.iter().take(3).find(|claim| claim.time.event.is_some());
        let first = first.filter(|claim| claim.predicate == one.predicate);
        let told = first.and_then(|claim| claim.time.event.as_ref());
        let alike = |said: &Predicate| {
            *said == one.predicate || said.leaves_custody() && one.predicate.leaves_custody()
        };
        let news = self.news.as_ref().filter(|(_, said)| said.iter().any(alike));
        told.filter(|when| when.single().is_some()).or(news.map(|(when, _)| when))
    }

    /// The count that a part or a bare number goes back to.
    pub(in crate::text) fn antecedent(&self, one: &Found) -> Option<&Claim> {
        let number = |claim: &&Claim| {
            claim.quantity.as_ref().is_some_and(|said| {
                let (low, high) = said.bounds();
                one.part_of.is_some()
                    && (low == one.part_of
                        || high == one.part_of
                        || low == one.part_of.map(|n| n + 1))
            })
        };
        // "274, nine fewer than a week ago: 231 men": of those of now.
        let former = |claim: &Claim| {
            claim.rules.first().is_some_and(|rule| rule.starts_with("count.former"))
        };
        let before = || self.claims.iter().rev().take(12);
        let counts = || before().filter(|claim| claim.kind == Kind::Count && !former(claim));
        counts().find(number).or_else(|| counts().next())
    }
}

/// The day last spoken of, if it was in this paragraph.
fn dates_near(
    one: &Found,
    here: &Here,
    date: &Option<habeas_model::When>,
    paragraph: usize,
) -> Option<habeas_model::When> {
    let _ = one;
    let own = here
        .dates
        .iter()
        .find(|date| date.relative && date.when.single().is_some() && date.sense == Sense::On);
    let own = own.map(|date| date.when.clone());
    own.or_else(|| date.clone().filter(|_| paragraph == here.paragraph))
}
