//! What did a raid, a march or a fire leave behind? "dejó 31 muertos", "hubo 37 detenidos".

use crate::text::{
    Here, Reader,
    clause::Link,
    lexicon::{Form, Meaning, Tag},
    quantity::{Amount, Head, Mention},
    time::Sense,
};
use habeas_model::Predicate;

impl Reader<'_> {
    /// "dejó 31 muertos en la cárcel y 12 heridos": what they are called is what befell them.
    pub(super) fn outcome(&self, here: &Here, nth: usize) -> Option<Link> {
        let mention = &here.mentions[nth];
        let predicate = self.befallen(mention)?;
        let left = self.left_by(here, nth);
        left.then_some(Link { predicate, at: None, verb: None, cost: 1, rule: "link.nominal" })
    }

    /// Whether words such as "dejó", "hubo" stand before a number or before the first of a row of
    /// numbers that it is of.
    fn left_by(&self, here: &Here, nth: usize) -> bool {
        let page = self.page;
        let start = here.mentions[nth].range.start;
        let from = start.saturating_sub(4).max(here.tokens.start);
        let direct = (from..start).any(|at| page.tag(at, Tag::Outcome) == Some(start));
        direct
            || nth.checked_sub(1).is_some_and(|before| {
                let between = here.mentions[before].end..start;
                let small = |at: usize| page.is(at, ',') || page.tag(at, Tag::And).is_some();
                let joined = between.len() <= 2 && between.clone().all(small);
                joined
                    && self.befallen(&here.mentions[before]).is_some()
                    && self.left_by(here, before)
            })
    }

    /// What the noun of a number tells: "detenidos" who were left by something were taken.
    fn befallen(&self, mention: &Mention) -> Option<Predicate> {
        match &mention.head {
            Head::Event(predicate, _) => Some(*predicate),
            Head::People(noun) => {
                let (predicate, _) = noun.predicate?;
                let taken = self.may_be_taken(mention);
                // "left 12 inmates dead": what they were is not what befell them.
                (predicate != Predicate::Held || taken).then_some(if taken {
                    Predicate::Arrested
                } else {
                    predicate
                })
            }
            _ => None,
        }
    }

    /// Whether the noun is the participle of a verb of taking as well: "detenidos", no "presos".
    fn may_be_taken(&self, mention: &Mention) -> bool {
        let Some(noun) = mention.head.people() else { return false };
        (noun.start..noun.end).flat_map(|at| self.page.hits(at)).any(|hit| {
            matches!(hit.meaning, Meaning::Predicate(Predicate::Arrested, Form::Participle))
        })
    }

    /// "Van 140 detenidos en lo que va de año": who is counted from a day on was taken since.
    pub(super) fn taken_since(&self, here: &Here, mention: &Mention, link: Link) -> Link {
        let since = here.dates.iter().any(|date| date.sense == Sense::Since);
        let held = link.rule == "link.nominal" && link.predicate == Predicate::Held;
        match since && held && self.may_be_taken(mention) {
            true => Link { predicate: Predicate::Arrested, ..link },
            false => link,
        }
    }

    /// "no ha salido nadie": that nobody has come out counts nobody freed, not nobody held.
    pub(super) fn nobody_yet(&self, mention: &Mention, link: Link) -> Link {
        let negated = link
            .at
            .as_ref()
            .is_some_and(|at| self.page.tag(at.start, Tag::Negation).is_some() && at.len() > 1);
        let held = link.predicate == Predicate::Held && mention.amount == Amount::Nobody;
        match negated && held {
            true => Link { predicate: Predicate::Released, ..link },
            false => link,
        }
    }
}
