//! Does a number without predicate of its own go on with what was counted before?

use super::{passport, population};
use crate::text::found::topic::Said;
use crate::text::{
    Here, Reader,
    attribution::capitals,
    lexicon::{Form, Meaning, Tag},
    quantity::{Amount, Head, Mention},
};
use habeas_model::Modality;
use std::ops::Range;

/// Why a number without predicate of its own goes on with the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Carry {
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
    /// "Three quarters of them, 52,504 people": the number of a share that was just given.
    pub(super) fn restates(&self, here: &Here, nth: usize) -> bool {
        let share = nth.checked_sub(1).map(|before| &here.mentions[before]);
        share.is_some_and(|share| {
            let near = here.mentions[nth].range.start <= share.end + 4;
            matches!(share.amount, Amount::Of(..)) && share.of_them && near
        })
    }

    pub(super) fn carry(&self, here: &Here, nth: usize, accepted: Option<usize>) -> Option<Carry> {
        let (page, mention) = (self.page, &here.mentions[nth]);
        if mention.of_them
            || mention.remainder
            || self.preceded_by_of_them(here, mention)
            || self.restates(here, nth)
        {
            return Some(Carry::Back);
        }
        if self.label(here, mention).is_some() {
            return Some(Carry::Item);
        }
        // "How many have been freed? Forty-one."
        let short = here.tokens.len() <= 9 && here.mentions.len() == 1;
        let asked = short && self.topic.last().is_some_and(Said::is_asked);
        // "Nobody in the ministry would say" answers nothing.
        let idle = mention.amount == Amount::Nobody
            && page.token(mention.range.end).is_some_and(|next| next.is_word());
        let number = mention.head == Head::Elided && mention.amount.value().is_some();
        if asked && number && !idle {
            return Some(Carry::Figure);
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
        // "Six are women"; "six were freed" has a verb of its own.
        let verb = |meaning: &Meaning| matches!(meaning, Meaning::Predicate(..)).then_some(());
        let be = page.tag(mention.range.end, Tag::Be);
        let copula = matches!(mention.head, Head::Elided)
            && be.is_some_and(|end| page.find(end, verb).is_none());
        let begins = mention.range.start <= here.tokens.start + 1
            || page.tag(mention.range.start - 1, Tag::And).is_some() && accepted.is_some();
        let holds = page.tag(mention.range.end, Tag::Have).is_some()
            && mention.amount != Amount::Nobody
            || passport(self, mention);
        let people = mention.head.people().is_some();
        ((copula || holds || people && passport(self, mention))
            && begins
            && self.topic.last().is_some())
        .then_some(Carry::Copula)
    }

    /// "men: 441", "under 18: 12", "By place: Old Fort 230": the label of an item says of whom or
    /// where it is.
    pub(super) fn label(&self, here: &Here, mention: &Mention) -> Option<Range<usize>> {
        let page = self.page;
        let exact = matches!(mention.amount, Amount::Exactly(_)) && mention.head == Head::Elided;
        let closes = page.token(mention.range.end).is_none_or(|token| !token.is_word());
        if !exact || !closes || self.topic.last().is_none() {
            return None;
        }
        let before = mention.range.start.checked_sub(1).filter(|at| *at >= here.tokens.start)?;
        let colon = page.is(before, ':');
        let end = if colon { before } else { mention.range.start };
        let part = |at: usize| {
            let token = &page.tokens[at];
            !(token.is_stop() || token.is(';') || token.is(',') || token.is_dash())
                && !(token.is('-') || token.is('•') || token.is('*'))
        };
        let mut start = end;
        while start > here.tokens.start && end - start < 6 && part(start - 1) {
            start -= 1;
        }
        let mark = start.checked_sub(1).filter(|at| *at >= here.tokens.start);
        let item = mark.is_some_and(|at| page.is(at, ':') || page.is(at, ';'));
        let opens = item || mark.is_none_or(|at| !part(at) && !page.is(at, ','));
        let people = |at: usize| {
            let said = |m: &Meaning| {
                matches!(m, Meaning::Gender(_) | Meaning::Age(_) | Meaning::People(_)).then_some(())
            };
            page.find(at, said).is_some_and(|(stop, ())| stop <= end)
        };
        let named = page.is_capital(start) && capitals(page, start, end) + 1 >= end;
        let fits = colon && people(start) || named && item && !colon;
        (opens && start < end && fits).then_some(start..end)
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
                // "a photographer counted 19 men and eight women".
                || page.find(at, |m| matches!(m, Meaning::Speech(_)).then_some(())).is_some()
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
        if mention.head.people().is_some() && !bare && self.documents(here, mention) {
            return self.topic.recent();
        }
        if !(matches!(mention.head, Head::Elided) || bare) || self.topic.last().is_none() {
            return false;
        }
        let from = mention.range.start.saturating_sub(9).max(here.tokens.start);
        let before = from..mention.range.start;
        let puts = mention.range.start > here.tokens.start
            && page.seek_upto(before.clone(), Tag::Puts, mention.range.start).is_some();
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
        if self.answers(here, mention) || self.there_are(here, mention) {
            return true;
        }
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

    /// "How many are inside?", "Fewer than 200, we reckon": the number that opens the answer, behind
    /// who answers or a date.
    fn answers(&self, here: &Here, mention: &Mention) -> bool {
        let (page, start) = (self.page, mention.range.start);
        let Some(opens) = (here.tokens.start..start).rev().find(|at| !page.is(*at, ':')) else {
            let closed = page.token(mention.range.end).is_none_or(|next| !next.is_word());
            return self.topic.asks() && (mention.amount != Amount::Nobody || closed);
        };
        let label = opens < here.tokens.start + 6 && page.is(opens + 1, ':');
        let dash = page.tokens[opens].is_dash() && opens == here.tokens.start;
        let dated = page.is(opens, ',')
            && here.dates.iter().any(|date| (opens - 1..=opens).contains(&date.range.end));
        let closed = page.token(mention.range.end).is_none_or(|next| !next.is_word());
        let said = mention.amount != Amount::Nobody || closed;
        said && self.topic.asks() && (label || dash || dated || page.tokens[opens].is_quote())
    }

    /// "On 1 July it was 340", "By our own count there are 17", "Van 27": a figure of what the text
    /// is counting, and nothing behind it.
    fn there_are(&self, here: &Here, mention: &Mention) -> bool {
        let (page, start) = (self.page, mention.range.start);
        let closes = page.token(mention.range.end).is_none_or(|next| !next.is_word())
            || page.any(mention.range.end, &[Tag::Total, Tag::And, Tag::Contrast]);
        let from = start.saturating_sub(3).max(here.tokens.start);
        let said = || (from..start).any(|at| page.tag(at, Tag::ThereAre) == Some(start));
        mention.head == Head::Elided
            && matches!(mention.amount, Amount::Exactly(n) if n > 1)
            && closes
            && self.topic.recent()
            && said()
    }

    /// "documentó, uno por uno, al menos 212 casos": a body that checks cases goes on about what
    /// the text counts.
    fn documents(&self, here: &Here, mention: &Mention) -> bool {
        let verified = |at: usize| {
            self.page.find(at, |meaning| {
                matches!(meaning, Meaning::Speech(Modality::Verified)).then_some(())
            })
        };
        let from = mention.range.start.saturating_sub(7).max(here.tokens.start);
        let direct = |end: usize| {
            end == mention.range.start
                || self.page.is(end, ',') && self.page.is(mention.range.start - 1, ',')
        };
        (from..mention.range.start).any(|at| verified(at).is_some_and(|(end, ())| direct(end)))
    }
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
