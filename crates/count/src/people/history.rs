//! What happened to each person, in the order of its dates, and so where they were on any day.
//!
//! Only mentions that stand count, and only what their speakers stand behind: rumour, denial and
//! demand move nobody.
//! A state ("held on 4 February") lasts until something else is known.

use crate::{Asked, Rule, asked::days_between, rule::Moment};
use habeas_model::{
    AgeBand, Custody, Digest, Disclosure, Happening, Modality, Person, Predicate, ReleaseMode,
    Role, people::register::Held,
};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// One thing that happened.
#[derive(Clone, Debug)]
pub(crate) struct Event<'a> {
    /// First day it can have happened.
    pub first: Date,
    /// Last day it can have happened: only then it is certain.
    pub last: Date,
    /// Whether the source gave a date; if not, `last` is the day by which it was written.
    pub dated: bool,
    pub predicate: Predicate,
    pub mode: Option<ReleaseMode>,
    pub place: Option<&'a str>,
    pub reviewed: bool,
}

/// A person with what happened to them.
#[derive(Clone, Debug)]
pub(crate) struct History<'a> {
    pub person: &'a Person,
    pub events: Vec<Event<'a>>,
}

/// Where somebody is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    pub custody: Custody,
    pub reviewed: bool,
}

/// The histories of everybody whom the rule counts, in the register's order.
pub(crate) fn histories<'a>(asked: &Asked<'a>) -> Vec<History<'a>> {
    let (written, limit, rule) = (asked.written(), asked.last_day(), asked.rule);
    let persons = asked.register.persons.iter();
    let counted = persons.filter(|person| rule.counts(person, limit));
    counted.map(|person| History::of(person, &written, limit)).collect()
}

impl Rule {
    /// Whether the rule counts such a person at all.
    fn counts(&self, person: &Person, day: Date) -> bool {
        let standing = person.mentions.iter().any(stands);
        let minor = age_on(person, day).is_some_and(|age| age < 18);
        let called = self.categories.is_empty()
            || person.cats.iter().any(|cat| self.categories.contains(cat));
        standing
            && called
            && (self.minors || !minor)
            && (self.unnamed || !person.name.reveal().starts_with('('))
    }
}

/// Whether a mention tells of what happened.
pub(crate) fn stands(held: &Held) -> bool {
    use Modality::*;
    let told = matches!(held.mention.modality, Asserted | Verified | Confirmed | Estimated);
    held.review.stands() && told
}

impl<'a> History<'a> {
    fn of(person: &'a Person, written: &HashMap<Digest, Date>, limit: Date) -> History<'a> {
        let mut events: Vec<Event<'a>> = Vec::new();
        for held in person.mentions.iter().filter(|held| stands(held)) {
            let by = written.get(&held.mention.span.blob).copied().unwrap_or(limit);
            events.extend(
                held.mention.happened.iter().filter_map(|happening| Event::of(happening, held, by)),
            );
        }
        let leaving =
            events.iter().filter(|e| e.dated && e.predicate.leaves_custody()).map(|e| e.last).min();
        for event in events.iter_mut().filter(|e| !e.dated && e.predicate == Predicate::Arrested) {
            // Arrests come before ways out.
            event.last = leaving.map_or(event.last, |day| day.min(event.last));
        }
        events.retain(|event| event.last <= limit); // Invariant 8.
        events.sort_by_key(|event| (event.last, rank(event.predicate)));
        History { person, events }
    }

    /// Where they are on `day`, by the rule's moment of it.
    pub fn on(&self, day: Date, moment: Moment) -> Whereabouts {
        let mut now = Whereabouts { custody: Custody::Unknown, reviewed: false };
        for event in self.events.iter().take_while(|event| event.before(day, moment)) {
            let Some(custody) = event.custody(now.custody) else { continue };
            let reviewed = event.reviewed || (custody == now.custody && now.reviewed);
            now = Whereabouts { custody, reviewed };
        }
        now
    }

    /// Whether the rule holds them on `day`; `Some(reviewed)` if so.
    pub fn held(&self, day: Date, rule: &Rule) -> Option<bool> {
        let now = self.on(day, rule.moment);
        rule.holds(now.custody).then_some(now.reviewed)
    }

    /// Whether the rule has them released for certain within these days; `Some(reviewed)` if so.
    pub fn released(&self, from: Date, to: Date, rule: &Rule) -> Option<bool> {
        self.happened(from, to, |event| {
            rule.releases(event.predicate) && !self.too_short(event, rule)
        })
    }

    /// Whether such a thing happened for certain within these days; `Some(reviewed)` if so.
    pub fn happened(
        &self,
        from: Date,
        to: Date,
        such: impl Fn(&Event<'a>) -> bool,
    ) -> Option<bool> {
        let within = |event: &&Event<'a>| event.first >= from && event.last <= to && such(event);
        self.events.iter().filter(within).map(|event| event.reviewed).reduce(|a, b| a || b)
    }

    /// Whether the stay that this release ends was too short to be a detention.
    fn too_short(&self, release: &Event<'a>, rule: &Rule) -> bool {
        let taken = |event: &&Event<'a>| {
            event.dated && matches!(event.predicate, Predicate::Arrested | Predicate::Rearrested)
        };
        let before = self
            .events
            .iter()
            .filter(taken)
            .map(|event| event.first)
            .filter(|day| *day <= release.last);
        let Some(start) = before.max().filter(|_| release.dated && rule.short_detention_hours > 0)
        else {
            return false;
        };
        days_between(start, release.last).saturating_mul(24) < rule.short_detention_hours
    }

    /// Whether only the team may see who it is.
    pub fn withheld(&self) -> bool {
        self.person.disclosure != Disclosure::Public
    }

    /// Whether the rule's demand on sources is met (invariant 5: origins, not outlets, are
    /// counted).
    pub fn verified(&self, rule: &Rule) -> bool {
        let standing =
            || self.person.mentions.iter().filter(|held| stands(held)).map(|held| &held.mention);
        let origins: HashSet<&str> = standing().map(|mention| mention.origin()).collect();
        let seen = |role: Option<Role>| {
            matches!(role, Some(Role::Relative | Role::Lawyer | Role::Detainee))
        };
        let first_hand = standing().any(|mention| {
            let role = mention.speakers.origin().and_then(|speaker| speaker.role);
            matches!(mention.modality, Modality::Verified | Modality::Confirmed) || seen(role)
        });
        origins.len() >= rule.verified.origins as usize || (rule.verified.first_hand && first_hand)
    }
}

impl<'a> Event<'a> {
    fn of(happening: &'a Happening, held: &Held, written: Date) -> Option<Event<'a>> {
        let when = happening.when.as_ref();
        let last = when.and_then(|when| when.last());
        let first = when.and_then(|when| when.first());
        Some(Event {
            first: first.unwrap_or(Date::MIN),
            last: last.unwrap_or_else(|| first.map_or(written, |day| day.max(written))),
            dated: last.is_some() && first.is_some(),
            predicate: happening.predicate,
            mode: happening.mode,
            place: happening.place.as_deref(),
            reviewed: held.review != habeas_model::Review::Unreviewed,
        })
    }

    fn before(&self, day: Date, moment: Moment) -> bool {
        match moment {
            Moment::EndOfDay => self.last <= day,
            Moment::Midnight => self.last < day,
        }
    }

    /// Where the person is after it, who was at `before`.
    fn custody(&self, before: Custody) -> Option<Custody> {
        use Predicate::*;
        let confined = matches!(
            before,
            Custody::Held
                | Custody::HeldUndisclosed
                | Custody::Disappeared
                | Custody::HouseArrest
                | Custody::OtherConfinement
        );
        match self.predicate {
            Released | Pardoned | Exchanged if self.mode == Some(ReleaseMode::Exile) => {
                Some(Custody::Exiled)
            }
            Released | Pardoned | Exchanged | FullFreedom | RestrictionsLifted | Restricted
            | TrialAtLiberty => Some(Custody::AtLiberty),
            Held | Arrested | Rearrested | Transferred => Some(Custody::Held),
            HouseArrest => Some(Custody::HouseArrest),
            Missing => Some(Custody::Disappeared),
            Deported => Some(Custody::Deported),
            Died if confined => Some(Custody::DiedInCustody),
            Died => Some(Custody::Died),
            _ => None,
        }
    }
}

/// The order of what happened on one day: taken, then moved, then out, then taken again, then dead.
fn rank(predicate: Predicate) -> u8 {
    use Predicate::*;
    match predicate {
        Arrested | Held | Missing => 0,
        Transferred => 1,
        HouseArrest => 2,
        Rearrested => 4,
        Died => 5,
        _ => 3,
    }
}

/// Age in years on a day, where birth date or an age is given.
pub(crate) fn age_on(person: &Person, day: Date) -> Option<i16> {
    let born = person.born.as_ref().and_then(|when| when.last());
    let counted = born.map(|born| {
        let years = day.year() - born.year();
        years - i16::from((day.month(), day.day()) < (born.month(), born.day()))
    });
    counted.or_else(|| {
        person.mentions.iter().filter(|h| stands(h)).find_map(|h| h.mention.age.map(i16::from))
    })
}

/// The age band on a day. A person of sixty or more is elderly, and of age.
pub(crate) fn band_on(person: &Person, day: Date) -> Option<AgeBand> {
    age_on(person, day).map(|age| match age {
        ..12 => AgeBand::Minor,
        12..18 => AgeBand::Adolescent,
        18..60 => AgeBand::Adult,
        _ => AgeBand::Elderly,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;

    #[track_caller]
    fn check(happened: &[&str], day: &str, expected: Custody) {
        let (present, register) = (present([]), register(vec![somebody(1, happened)]));
        let rule = rule("official-count");
        let asked = at(asked(&present, &register, &rule), day);
        let day = day.parse().unwrap();
        assert_eq!(
            histories(&asked)[0].on(day, Moment::EndOfDay).custody,
            expected,
            "{happened:?}"
        );
    }

    #[test]
    fn custody_follows_the_dates() {
        let stay = ["released 2026-01-20", "arrested 2025-05-02"];
        check(&stay, "2025-05-01", Custody::Unknown);
        check(&stay, "2026-01-19", Custody::Held);
        check(&stay, "2026-01-20", Custody::AtLiberty);
        check(&["arrested", "released 2026-01-20"], "2026-02-01", Custody::AtLiberty);
        check(&["arrested 2025-05-02", "released 2026-01"], "2026-01-20", Custody::Held);
        check(&["released 2026-01-20", "rearrested 2026-01-20"], "2026-01-20", Custody::Held);
        check(&["held 2026-01-20", "died 2026-01-21"], "2026-01-21", Custody::DiedInCustody);
        check(&["held 2026-01-20", "house_arrest 2026-01-21"], "2026-01-21", Custody::HouseArrest);
    }
}
