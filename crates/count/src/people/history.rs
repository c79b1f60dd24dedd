//! What happened to one person, in the order of its dates.
//!
//! Only mentions that stand count, and only what their speakers stand behind: rumour, denial and
//! demand move nobody.
//! A state ("held on 4 February") lasts until something else is known.

use super::timeline::days;
use crate::{Rule, rule::Moment};
use habeas_model::{
    Custody, Digest, Happening, Modality, Person, Predicate, ReleaseMode, people::register::Held,
};
use jiff::civil::{Date, DateTime};
use std::collections::HashMap;

/// One thing that happened.
#[derive(Clone, Debug)]
pub(crate) struct Event<'a> {
    /// First day it can have happened.
    pub first: Date,
    /// Last day it can have happened: only then it is certain.
    pub last: Date,
    /// The hour of a day that is known.
    pub hour: Option<DateTime>,
    /// Whether the source gave a date; if not, `last` is the day by which it was written.
    pub dated: bool,
    pub predicate: Predicate,
    pub mode: Option<ReleaseMode>,
    pub place: Option<&'a str>,
    pub reviewed: bool,
}

/// Where somebody is from a day on, until the next such point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub from: i32,
    pub custody: Custody,
    pub reviewed: bool,
}

/// What the mentions of a person that stand say happened. `written` has the day of each document,
/// and `limit` stands for one that has none.
pub(crate) fn events<'a>(
    person: &'a Person,
    written: &HashMap<Digest, Date>,
    limit: Date,
) -> Vec<Event<'a>> {
    let mut events: Vec<Event<'a>> = Vec::new();
    for held in person.mentions.iter().filter(|held| stands(held)) {
        let by = written.get(&held.mention.span.blob).copied().unwrap_or(limit);
        let happened = held.mention.happened.iter();
        events.extend(happened.map(|happening| Event::of(happening, held, by)));
    }
    let leaving =
        events.iter().filter(|e| e.dated && e.predicate.leaves_custody()).map(|e| e.last).min();
    for event in events.iter_mut().filter(|e| !e.dated && e.predicate == Predicate::Arrested) {
        // Arrests come before ways out.
        event.last = leaving.map_or(event.last, |day| day.min(event.last));
    }
    events.sort_by_key(|event| (event.last, rank(event.predicate)));
    events
}

/// Where they were, from each day on which that changed, by the rule's moment of a day.
pub(crate) fn points(events: &[Event<'_>], moment: Moment) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut now = Point { from: i32::MIN, custody: Custody::Unknown, reviewed: false };
    for event in events {
        let Some(custody) = event.custody(now.custody) else { continue };
        let reviewed = event.reviewed || (custody == now.custody && now.reviewed);
        now = Point { from: moment.effective(event.last), custody, reviewed };
        match points.last_mut().filter(|last| last.from == now.from) {
            Some(last) => *last = now,
            None => points.push(now),
        }
    }
    points
}

/// Whether the stay that this release ends was too short to be a detention: by the hours where both
/// ends give one, else by whole days.
pub(crate) fn too_short(release: &Event<'_>, events: &[Event<'_>], rule: &Rule) -> bool {
    let taken = |event: &&Event<'_>| {
        let arrest = matches!(event.predicate, Predicate::Arrested | Predicate::Rearrested);
        event.dated && arrest && event.first <= release.last
    };
    let start = events.iter().filter(taken).max_by_key(|event| (event.first, event.hour));
    let Some(start) = start.filter(|_| release.dated && rule.short_detention_hours > 0) else {
        return false;
    };
    let hours = match start.hour.zip(release.hour).filter(|(taken, out)| taken <= out) {
        Some((taken, out)) => out.duration_since(taken).as_hours(),
        None => i64::from(days(release.last) - days(start.first)) * 24,
    };
    hours < i64::from(rule.short_detention_hours)
}

impl Moment {
    /// The first day whose count shows what happened on `day`.
    fn effective(self, day: Date) -> i32 {
        match self {
            Moment::EndOfDay => days(day),
            Moment::Midnight => days(day) + 1,
        }
    }
}

/// Whether somebody in this state is confined, under any rule.
pub(crate) fn confined(custody: Custody) -> bool {
    use Custody::*;
    matches!(custody, Held | HeldUndisclosed | Disappeared | HouseArrest | OtherConfinement)
}

/// Whether a mention tells of what happened.
pub(crate) fn stands(held: &Held) -> bool {
    use Modality::*;
    let told = matches!(held.mention.modality, Asserted | Verified | Confirmed | Estimated);
    held.review.stands() && told
}

impl<'a> Event<'a> {
    fn of(happening: &'a Happening, held: &Held, written: Date) -> Event<'a> {
        let when = happening.when.as_ref();
        let last = when.and_then(|when| when.last());
        let first = when.and_then(|when| when.first());
        Event {
            first: first.unwrap_or(Date::MIN),
            last: last.unwrap_or_else(|| first.map_or(written, |day| day.max(written))),
            hour: when.and_then(|when| Some(when.single()?.to_datetime(when.hour()?))),
            dated: last.is_some() && first.is_some(),
            predicate: happening.predicate,
            mode: happening.mode,
            place: happening.place.as_deref(),
            reviewed: held.review != habeas_model::Review::Unreviewed,
        }
    }

    /// Where the person is after it, who was at `before`.
    fn custody(&self, before: Custody) -> Option<Custody> {
        use Predicate::*;
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
            Died if confined(before) => Some(Custody::DiedInCustody),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;

    #[track_caller]
    fn check(happened: &[&str], day: &str, expected: Custody) {
        let (person, day) = (somebody(1, happened), day.parse().unwrap());
        let points = points(&events(&person, &HashMap::new(), day), Moment::EndOfDay);
        let now = points.iter().rev().find(|point| point.from <= days(day));
        let custody = now.map_or(Custody::Unknown, |point| point.custody);
        assert_eq!(custody, expected, "{happened:?}");
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

    #[test]
    fn a_short_stay_is_told_by_its_hours() {
        let short = |happened: &[&str]| {
            let person = somebody(1, happened);
            let events = events(&person, &HashMap::new(), Date::MAX);
            too_short(events.last().unwrap(), &events, &rule("strict-monitor"))
        };
        assert!(short(&["arrested 2026-01-09", "released 2026-01-10"]));
        assert!(!short(&["arrested 2026-01-09", "released 2026-01-11"]));
        assert!(short(&["arrested 2026-01-09T20:00", "released 2026-01-11T19:00"])); // 47 hours.
        assert!(!short(&["arrested 2026-01-09T20:00", "released 2026-01-11T20:00"]));
        assert!(!short(&["released 2026-01-11"]));
    }
}
