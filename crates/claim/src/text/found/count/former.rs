//! Which number was the figure before? "356, up from 340 last week", "rose from 300 to 412".

use crate::text::{
    Here, Reader,
    clause::{self, Link},
    found::Found,
    lexicon::Tag,
    quantity::{Head, Mention},
};
use habeas_model::{Kind, Quantity};

/// The rule of a figure that another has taken the place of.
pub(super) const FORMER: &str = "count.former";

impl Reader<'_> {
    /// What a former figure says: the same as the figure beside it.
    pub(super) fn former(&self, here: &Here, nth: usize, before: Option<&Found>) -> Option<Link> {
        let mention = &here.mentions[nth];
        let open = matches!(mention.head, Head::Elided)
            || mention.head.people().is_some_and(|noun| noun.bare);
        let predicate = match () {
            () if !open => None,
            () if self.after_a_figure(here, nth) => before.map(|one| one.predicate),
            () if self.first_of_change(here, nth) => {
                let next = &here.mentions[nth + 1];
                let link = || {
                    let (all, verbs) = (here.mentions, here.verbs);
                    clause::link(self.page, &here.tokens, all, nth + 1, verbs)
                };
                self.put(here, next).or_else(link).map(|link| link.predicate)
            }
            () => None,
        }?;
        Some(Link { predicate, at: None, verb: None, cost: 3, rule: FORMER })
    }

    /// Whether a number only tells how many more or fewer they were: "twelve more than last week".
    pub(in crate::text) fn is_compared(&self, mention: &Mention) -> bool {
        self.page.any(mention.range.end, &[Tag::Fewer, Tag::More])
    }

    /// "274, nine fewer than a week ago": a week ago they were 283.
    pub(super) fn compared(
        &self,
        here: &Here,
        nth: usize,
        before: Option<&Found>,
    ) -> Option<Vec<Found>> {
        let mention = &here.mentions[nth];
        if !self.is_compared(mention) {
            return None;
        }
        let page = self.page;
        let near = before.filter(|one| one.anchor.end + 8 > mention.range.start);
        let number = |one: &Found| match one.quantity {
            Some(Quantity::Exact(now)) => {
                // "54 (34 men and 20 women), twelve fewer": of the 54.
                let now = one.part_of.unwrap_or(now);
                let by = mention.amount.value()?;
                match page.tag(mention.range.end, Tag::Fewer) {
                    Some(_) => now.checked_add(by),
                    None => now.checked_sub(by),
                }
            }
            _ => None,
        };
        let end = [Tag::Fewer, Tag::More].iter().find_map(|tag| page.tag(mention.range.end, *tag));
        let end = end.unwrap_or(mention.range.end);
        // "seven fewer than the ministry": another body's number.
        let dated = here.dates.iter().any(|date| (end..end + 2).contains(&date.range.start));
        let told = near.filter(|_| dated).and_then(|one| Some((one, number(one)?)));
        let Some((now, earlier)) = told else { return Some(Vec::new()) };
        let range = mention.range.start..end;
        let mut one = Found::new(range, Kind::Count, now.predicate, FORMER);
        one.clause = self.dated_clause(here, mention.range.start);
        one.anchor = mention.range.clone();
        one.quantity = Some(Quantity::Exact(earlier));
        let whole = now.part_of.and_then(|whole| self.topic.numbered(whole));
        one.population = whole.map_or(&now.population, |said| &said.population).clone();
        one.doubt = 3;
        Some(vec![one])
    }

    /// "up from 340", "frente a los 340", "risen to 412 from 300".
    pub(in crate::text) fn after_a_figure(&self, here: &Here, nth: usize) -> bool {
        let page = self.page;
        let Some(before) = nth.checked_sub(1).map(|at| &here.mentions[at]) else { return false };
        let start = here.mentions[nth].range.start;
        let near = before.end + 6 > start;
        let ends = |at: usize, tag: Tag| {
            page.tag(at, tag)
                .is_some_and(|end| end == start || page.tag(end, Tag::The) == Some(start))
        };
        let from = start.saturating_sub(4).max(before.end);
        let formerly = (from..start).any(|at| ends(at, Tag::Formerly));
        let put = || {
            let first = before.range.start.saturating_sub(4).max(here.tokens.start);
            let put = (first..before.range.start)
                .any(|at| page.tag(at, Tag::Puts) == Some(before.range.start));
            put && (before.end..start).any(|at| ends(at, Tag::Between) && ends(at, Tag::At))
        };
        near && (formerly || put())
    }

    /// "rose from 300 in January to 412": the first of the two.
    fn first_of_change(&self, here: &Here, nth: usize) -> bool {
        let page = self.page;
        let Some(next) = here.mentions.get(nth + 1) else { return false };
        let mention = &here.mentions[nth];
        let between = mention.end..next.range.start;
        let to = between.clone().any(|at| page.tag(at, Tag::To) == Some(next.range.start));
        let from = mention.range.start.saturating_sub(6).max(here.tokens.start);
        let changed = (from..mention.range.start).any(|at| page.tag(at, Tag::Changes).is_some());
        let opened = (from..mention.range.start)
            .any(|at| page.tag(at, Tag::Between) == Some(mention.range.start));
        to && changed && opened && between.len() <= 5
    }
}
