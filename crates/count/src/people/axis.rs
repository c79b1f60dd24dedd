//! By what persons are told apart in a tally, and when that changes for one of them.

use super::{history::confined, index::Index, source::Verification, timeline::days};
use habeas_model::{
    AgeBand, Category, Custody, Gender, Mention, Person, Predicate, When, people::register::Held,
    words,
};
use jiff::civil::Date;

words! {
    /// The axis of a tally.
    By {
        /// Where they are.
        Custody = "custody",
        /// Nationality; a dual national stands in two rows.
        Nationality = "nationality",
        /// Sex.
        Sex = "sex",
        /// Age band on the day.
        Age = "age",
        /// The last place that is known.
        Place = "place",
        /// The sources' word for them; one person may have several.
        Category = "category",
        /// Civilians and military.
        Side = "side",
        /// Where they are confined on the day.
        Facility = "facility",
        /// What a court or a decree made of them by the day.
        Legal = "legal",
        /// How far their record may be relied on.
        Verification = "verification",
    }
}

impl By {
    /// Whether every person stands in exactly one row, so that the rows sum to the total.
    #[must_use]
    pub fn is_partition(self) -> bool {
        !matches!(self, By::Nationality | By::Category)
    }
}

words! {
    /// What a court or a decree made of somebody: an axis of its own, whatever their custody.
    LegalState {
        /// Charged, remanded or put on trial.
        Charged = "charged",
        /// Tried while at liberty.
        AtLiberty = "trial_at_liberty",
        /// Sentenced.
        Sentenced = "sentenced",
        /// Pardoned or amnestied.
        Pardoned = "pardoned",
        /// Out under conditions.
        Restricted = "restricted",
        /// Case closed, acquitted, or conditions removed.
        Cleared = "cleared",
    }
}

impl LegalState {
    fn after(predicate: Predicate) -> Option<LegalState> {
        Some(match predicate {
            Predicate::Charged | Predicate::ChargesPending => LegalState::Charged,
            Predicate::TrialAtLiberty => LegalState::AtLiberty,
            Predicate::Sentenced => LegalState::Sentenced,
            Predicate::Pardoned => LegalState::Pardoned,
            Predicate::Restricted => LegalState::Restricted,
            Predicate::FullFreedom | Predicate::RestrictionsLifted => LegalState::Cleared,
            _ => return None,
        })
    }
}

/// Whether this mention may tell of a child (Convention on the Rights of the Child, article 1): by
/// its own birth date or, where it has none, by that on which the sources of the person agree.
#[must_use]
pub fn may_be_child(mention: &Mention, agreed: Option<&When>) -> bool {
    let born = mention.born.as_ref().or(agreed).and_then(When::last);
    born.map_or(Born::Unknown, Born::On).may_be_under_age(mention)
}

/// When somebody was born, or how old one of their sources has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Born {
    On(Date),
    Aged(u8),
    Unknown,
}

impl Born {
    pub fn of(person: &Person) -> Born {
        let stands = |held: &&Held| super::history::stands(held);
        let aged = || person.mentions.iter().filter(stands).find_map(|held| held.mention.age);
        match person.born.as_ref().and_then(|when| when.last()) {
            Some(day) => Born::On(day),
            None => aged().map_or(Born::Unknown, Born::Aged),
        }
    }

    /// The day on which they are so many years old; none where that day cannot be told.
    pub fn turns(self, years: i16) -> Option<i32> {
        let Born::On(born) = self else { return None };
        let year = born.year().checked_add(years)?;
        // Who was born on a leap day is a year older on 1 March of other years.
        let birthday = Date::new(year, born.month(), born.day());
        birthday.or_else(|_| Date::new(year, 3, 1)).ok().map(days)
    }

    /// The first day on which a count without minors has them: always for who is of age or of
    /// unknown age, never for who is under age by a source that gives no birth date.
    pub fn of_age_from(self) -> i32 {
        match (self.turns(18), self) {
            (Some(day), _) => day,
            (None, Born::Aged(..18)) => i32::MAX,
            (None, _) => i32::MIN,
        }
    }

    /// Whether a mention may tell of somebody under eighteen: by the age that it gives or, by the
    /// birth date, on the first day of anything that it tells. Who has a birth date and neither
    /// may be.
    fn may_be_under_age(self, mention: &Mention) -> bool {
        if mention.age.is_some_and(|age| age < 18) {
            return true;
        }
        let first = mention.happened.iter().filter_map(|one| one.when.as_ref()?.first()).min();
        match (self.turns(18), first) {
            (None, _) => false,
            (Some(birthday), Some(day)) => days(day) < birthday,
            (Some(_), None) => mention.age.is_none(),
        }
    }

    /// Whether they are so many years old on a day, where that can be told.
    fn is(self, years: i16, day: i32) -> Option<bool> {
        match self {
            Born::On(_) => Some(self.turns(years).is_some_and(|birthday| birthday <= day)),
            Born::Aged(age) => Some(i16::from(age) >= years),
            Born::Unknown => None,
        }
    }

    /// The band on a day. A person of sixty or more is elderly, and of age.
    pub fn band(self, day: i32) -> Option<AgeBand> {
        let older = |years| self.is(years, day);
        Some(match (older(12)?, older(18)?, older(60)?) {
            (.., true) => AgeBand::Elderly,
            (_, true, _) => AgeBand::Adult,
            (true, ..) => AgeBand::Adolescent,
            _ => AgeBand::Minor,
        })
    }

    /// Whether they belong to a band as a speaker counts it: adolescents are minors, the elderly
    /// adults.
    pub fn belongs(self, band: AgeBand, day: i32) -> bool {
        self.band(day).is_some_and(|own| match band {
            AgeBand::Minor => matches!(own, AgeBand::Minor | AgeBand::Adolescent),
            AgeBand::Adult => matches!(own, AgeBand::Adult | AgeBand::Elderly),
            _ => own == band,
        })
    }
}

/// Stands for a value that is not known: it comes last.
pub(crate) const UNKNOWN: u32 = u32::MAX;

impl Index {
    /// The values of somebody on an axis on a day, as codes of that axis.
    pub(crate) fn keys(&self, by: By, row: u32, day: i32, into: &mut Vec<u32>) {
        into.clear();
        let at = row as usize;
        let coded = |code: Option<u32>| code.unwrap_or(UNKNOWN);
        match by {
            By::Custody => into.push(self.custody(row, day) as u32),
            By::Nationality => into.extend(self.nats.of(row).iter().map(|nat| u32::from(*nat))),
            By::Sex => into.push(coded(self.gender[at].map(|gender| gender as u32))),
            By::Age => into.push(coded(self.born[at].band(day).map(|band| band as u32))),
            By::Category => into.extend((0..32).filter(|bit| self.cats[at] >> bit & 1 == 1)),
            By::Side => {
                let is = |cat: Category| self.cats[at] >> (cat as u32) & 1 == 1;
                let side = match (is(Category::Civilian), is(Category::Military)) {
                    (true, false) => Some(Category::Civilian),
                    (false, true) => Some(Category::Military),
                    _ => None, // Nothing is said, or sources disagree.
                };
                into.push(coded(side.map(|cat| cat as u32)));
            }
            By::Place => into.push(self.place(row, day, |_| true)),
            By::Facility => {
                let inside = confined(self.custody(row, day));
                into.push(if inside { self.place(row, day, confines) } else { UNKNOWN });
            }
            By::Legal => {
                let known = self.events.of(row).iter().rev().filter(|one| one.last <= day);
                let state = known.map(|one| one.predicate).find_map(LegalState::after);
                into.push(coded(state.map(|state| state as u32)));
            }
            By::Verification => into.push(self.verification[at] as u32),
        }
        if into.is_empty() {
            into.push(UNKNOWN);
        }
    }

    /// The value behind a code, as a word of the model, a country code or a place; empty where it
    /// is not known.
    pub(crate) fn word(&self, by: By, code: u32) -> String {
        let at = code as usize;
        match by {
            _ if code == UNKNOWN => String::new(),
            By::Custody => Custody::ALL[at].to_string(),
            By::Nationality => self.nationalities[at].to_string(),
            By::Sex => Gender::ALL[at].to_string(),
            By::Age => AgeBand::ALL[at].to_string(),
            By::Category | By::Side => Category::ALL[at].to_string(),
            By::Place | By::Facility => self.places[at].clone(),
            By::Legal => LegalState::ALL[at].to_string(),
            By::Verification => Verification::ALL[at].to_string(),
        }
    }

    /// The days on which somebody's values on an axis may change, in any order.
    pub(crate) fn turns(&self, by: By, row: u32, into: &mut Vec<i32>) {
        match by {
            By::Nationality | By::Sex | By::Category | By::Side | By::Verification => {}
            By::Custody => into.extend(self.points.of(row).iter().map(|point| point.from)),
            By::Age => {
                let born = self.born[row as usize];
                into.extend([12, 18, 60].into_iter().filter_map(|years| born.turns(years)));
            }
            By::Place | By::Facility | By::Legal => {
                into.extend(self.events.of(row).iter().map(|event| event.last));
                into.extend(self.points.of(row).iter().map(|point| point.from));
            }
        }
    }

    fn place(&self, row: u32, day: i32, such: impl Fn(Predicate) -> bool) -> u32 {
        let known = self.events.of(row).iter().rev().filter(|one| one.last <= day);
        let placed = known.filter(|one| one.place != UNKNOWN && such(one.predicate));
        placed.map(|one| one.place).next().unwrap_or(UNKNOWN)
    }
}

/// Whether what happened says where somebody is confined.
fn confines(predicate: Predicate) -> bool {
    use Predicate::*;
    matches!(predicate, Held | Arrested | Rearrested | Transferred | HouseArrest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_age_is_counted_in_birthdays() {
        let born = Born::On(date(2008, 2, 29));
        let band = |day| born.band(days(day));
        assert_eq!(band(date(2026, 2, 28)), Some(AgeBand::Adolescent));
        assert_eq!(band(date(2026, 3, 1)), Some(AgeBand::Adult));
        assert_eq!(born.turns(18), Some(days(date(2026, 3, 1))));
        assert!(born.belongs(AgeBand::Minor, days(date(2026, 2, 28))));
        assert_eq!(Born::Aged(17).of_age_from(), i32::MAX);
        assert_eq!(Born::Aged(18).of_age_from(), i32::MIN);
        assert_eq!(Born::Unknown.of_age_from(), i32::MIN);
        // Calendars of the years 0 and 9999 do not overflow.
        assert_eq!(Born::On(Date::MIN).band(days(Date::MAX)), Some(AgeBand::Elderly));
        assert_eq!(Born::On(Date::MAX).turns(18), None);
    }
}
