//! Has it happened, is it still to come, or does somebody reject that it did?

use crate::text::{
    Here, Reader,
    attribution::Voice,
    clause::Verb,
    found::{Fired, Found},
    lexicon::{Form, Meaning, Tag},
    time::Dated,
};
use habeas_model::{
    Category, Kind, Modality, Predicate,
    said::{claim::Times, speaker::Role},
};

/// So many tokens may stand between a noun and what says that it is to come, or between "false" and
/// what is false.
const NEAR: usize = 6;

impl Reader<'_> {
    /// A count of the future is a promise; a count in the scope of a denial is a denial.
    pub(super) fn tense(&self, one: &mut Found, here: &Here, voice: &Voice) {
        if !matches!(one.kind, Kind::Count | Kind::Person) {
            return;
        }
        let verb = self.verb_of(one, here);
        if self.called_off(one, verb) {
            (one.kind, one.predicate) = (Kind::Other, Predicate::PromiseUnfulfilled);
            (one.quantity, one.part_of, one.of_total) = (None, None, None);
            one.rules.push(Fired::new("tense.called-off", one.range.clone()));
            return;
        }
        let future = verb.is_some_and(|verb| verb.future || verb.form == Form::Future);
        let acts = acts(one.predicate);
        let tried = matches!(one.predicate, Predicate::Charged | Predicate::Sentenced);
        let promised = voice.modality == Some(Modality::Promised) && !voice.carried;
        let planned = self.planned(one, verb);
        let to_come = future || planned || promised && one.kind == Kind::Count;
        if acts && to_come || tried && future {
            one.kind = Kind::Promise;
            let words = verb.map_or(one.range.clone(), |verb| verb.range.clone());
            one.rules.push(Fired::new("tense.future", words));
            return;
        }
        let negated = verb.is_some_and(|verb| verb.negated && verb.predicate != Predicate::Missing);
        let zero = one.quantity.as_ref().is_some_and(|said| said.bounds() == (Some(0), Some(0)));
        let denied = self.denied(one, voice) || self.called_false(one, here);
        if denied && one.kind == Kind::Count || negated && one.kind == Kind::Person {
            one.kind = Kind::Denial;
        } else if negated && !zero && one.kind == Kind::Count && kept_in(one.predicate) {
            one.predicate = Predicate::Held;
        } else if zero && self.official(one, verb, voice) {
            one.kind = Kind::Denial;
        } else if zero && one.predicate == Predicate::Held && self.political_none(one) {
            one.kind = Kind::Denial;
            one.population.cat = Some(Category::PoliticalPrisoner);
        }
    }

    /// "Nobody is detained here," the ministry said: what a detaining government says has been done
    /// to nobody is a denial; what anybody else says is a count.
    fn official(&self, one: &Found, verb: Option<&Verb>, voice: &Voice) -> bool {
        let taken = matches!(
            one.predicate,
            Predicate::Held | Predicate::Arrested | Predicate::Charged | Predicate::Died
        );
        let role = voice.chain.last().and_then(|speaker| speaker.role);
        let told = verb.filter(|verb| verb.form != Form::Noun && taken);
        // "No docker remains detained": none is left of them who were.
        let left = |verb: &Verb| {
            let from = verb.range.start.saturating_sub(4).max(one.clause.start);
            self.page.seek(from..verb.range.end, Tag::Still).is_some()
        };
        role == Some(Role::Government) && told.is_some_and(|verb| !left(verb))
    }

    /// The verb of what is said, near its tokens.
    fn verb_of<'h>(&self, one: &Found, here: &'h Here) -> Option<&'h Verb> {
        let same = || {
            here.verbs.iter().filter(|verb| {
                verb.predicate == one.predicate
                    && verb.range.start < one.range.end + 12
                    && one.range.start < verb.range.end + 12
                    && one.clause.start <= verb.range.start
                    && verb.range.end <= one.clause.end
            })
        };
        // "Sixty left, and the other six will do so": the verb that the number was linked to.
        let own = same().find(|verb| verb.form == Form::Future && verb.range == one.rules[0].words);
        own.or_else(|| same().next())
    }

    /// "Twelve more releases are planned", "the upcoming release of 40", "está prevista la
    /// liberación de 12": a noun of what is still to come.
    fn planned(&self, one: &Found, verb: Option<&Verb>) -> bool {
        let page = self.page;
        if verb.is_some_and(|verb| !self.is_noun(verb)) {
            return false;
        }
        let from = one.range.start.saturating_sub(NEAR).max(one.clause.start);
        let end = (one.range.end + NEAR).min(one.clause.end).max(one.range.end);
        let said = (from..end).find(|at| {
            page.tag(*at, Tag::Planned).is_some()
                && (at.saturating_sub(2)..*at).all(|near| page.tag(near, Tag::Negation).is_none())
        });
        let parted = |at: usize| {
            let between = match at < one.range.start {
                true => at..one.range.start,
                false => one.range.end..at.max(one.range.end),
            };
            between.clone().any(|at| !page.tokens[at].is_word())
        };
        said.is_some_and(|at| !parted(at))
    }

    /// Whether a verb may be a noun as well: "releases".
    fn is_noun(&self, verb: &Verb) -> bool {
        self.page.hits(verb.range.start).iter().any(|hit| {
            let noun = matches!(hit.meaning, Meaning::Predicate(_, Form::Noun));
            noun && hit.end == verb.range.end
        })
    }

    /// "The release of 12 was postponed", "no se produjo": it has not happened.
    fn called_off(&self, one: &Found, verb: Option<&Verb>) -> bool {
        let page = self.page;
        if !acts(one.predicate) || verb.is_some_and(|verb| !self.is_noun(verb)) {
            return false;
        }
        let end = (one.range.end + NEAR).min(one.clause.end).max(one.range.end);
        let off = (one.range.end..end).find(|at| page.tag(*at, Tag::CalledOff).is_some());
        off.is_some_and(|off| (one.range.end..off).all(|at| page.tokens[at].is_word()))
    }

    /// Whether what is told has a day after the day of publication: then it is to come, however it
    /// is told.
    pub(super) fn to_come(&self, one: &mut Found, time: &Times, here: &Here) -> bool {
        let tried = matches!(one.predicate, Predicate::Charged | Predicate::Sentenced);
        let counted = matches!(one.kind, Kind::Count | Kind::Person);
        let counted = counted && (acts(one.predicate) || tried);
        let first = time.event.as_ref().and_then(|when| when.first());
        let later = first.zip(self.context.published).is_some_and(|(day, now)| day > now);
        let day = here.dates.iter().find(|date| Some(&date.when) == time.event.as_ref());
        // "101 were released within a week": how long it took.
        let took = |day: &Dated| self.page.seek(day.range.clone(), Tag::Within).is_some();
        let day = day.filter(|day| counted && later && day.relative && !took(day));
        let Some(day) = day else { return false };
        one.kind = Kind::Promise;
        one.rules.push(Fired::new("tense.later", day.range.clone()));
        true
    }

    /// Whether the speaker of the sentence denies what the claim tells.
    fn denied(&self, one: &Found, voice: &Voice) -> bool {
        let page = self.page;
        let joined = voice.range.as_ref().is_some_and(|range| {
            (range.end.min(one.range.start)..one.range.start).any(|at| {
                // "rejected that count: 12", but "dismissed the claims that 12".
                let figure = page.tag(at, Tag::Demonstrative);
                page.tag(at, Tag::And).is_some()
                    || page.is(at, ':')
                    || page.is(at, ',')
                    || figure.is_some_and(|end| page.tag(end, Tag::Relative).is_none())
            })
        });
        voice.modality == Some(Modality::Denied) && !voice.carried && !joined
    }

    /// "Reports that 12 had died are false", "es falso que hayan muerto 12".
    fn called_false(&self, one: &Found, here: &Here) -> bool {
        let page = self.page;
        let word = |at: usize| {
            let speech = |m: &Meaning| matches!(m, Meaning::Speech(_)).then_some(());
            page.tag(at, Tag::Deny).filter(|_| page.find(at, speech).is_none())
        };
        let plain = |mut range: std::ops::Range<usize>| range.all(|at| page.tokens[at].is_word());
        let that = |mut range: std::ops::Range<usize>| {
            range.any(|at| page.tag(at, Tag::Relative).is_some())
        };
        let from = one.range.start.saturating_sub(NEAR + 3).max(here.tokens.start);
        let before = (from..one.range.start).any(|at| {
            let end = word(at).filter(|end| *end <= one.range.start);
            let negated = at > from && page.tag(at - 1, Tag::Negation).is_some();
            end.is_some_and(|end| {
                that(end - 1..(end + 2).min(one.range.start)) && plain(at..one.range.start)
            }) && !negated
        });
        before
            || self.claimed_before(one.range.clone(), here).is_some_and(|end| {
                (end..(end + NEAR).min(here.tokens.end)).any(|at| {
                    let be = at > end && page.tag(at - 1, Tag::Be).is_some();
                    let own = page.tag(at, Tag::Be).is_some();
                    word(at).is_some() && (be || own) && plain(end..at)
                })
            })
    }

    /// "Reports that 12 had died": one past what is told after "that".
    pub(in crate::text::found) fn claimed_before(
        &self,
        told: std::ops::Range<usize>,
        here: &Here,
    ) -> Option<usize> {
        let from = told.start.saturating_sub(3).max(here.tokens.start);
        let that = (from..told.start).any(|at| self.page.tag(at, Tag::Relative).is_some());
        that.then_some(told.end)
    }

    /// "nobody is in prison for what they think".
    fn political_none(&self, one: &Found) -> bool {
        let end = (one.range.end + 8).min(one.clause.end);
        self.page.seek(one.range.start..end.max(one.range.start), Tag::Political).is_some()
    }
}

/// Whether they to whom it has not been done are still in custody.
fn kept_in(predicate: Predicate) -> bool {
    matches!(predicate, Predicate::Released | Predicate::Charged | Predicate::Sentenced)
}

/// What somebody can promise to do to people.
fn acts(predicate: Predicate) -> bool {
    predicate.leaves_custody() || predicate == Predicate::Transferred
}
