//! A set of persons over time: who is in it on any day, without going through the days before.
//!
//! Change points are kept in the order of their days, with a whole copy of the set every so many
//! points: an answer
//! copies the nearest one and follows the few points after it.

use super::persons::Bits;

/// A copy of the whole set stands after so many change points (with 200,000 persons a copy is
/// 25 kB, and to follow so many points takes about as long as to copy it).
const STEP: usize = 4096;

/// Rows that come and go.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// Day and row: whoever was out is in from that day, and the other way round.
    flips: Vec<(i32, u32)>,
    copies: Vec<Bits>,
}

impl Timeline {
    /// From change points in any order, over so many rows.
    pub fn of(mut flips: Vec<(i32, u32)>, rows: usize) -> Timeline {
        flips.sort_unstable();
        let mut now = Bits::none(rows);
        let mut copies = vec![now.clone()];
        for chunk in flips.chunks(STEP) {
            chunk.iter().for_each(|&(_, row)| now.flip(row));
            copies.push(now.clone());
        }
        Timeline { flips, copies }
    }

    /// Who is in on `day`.
    pub fn at(&self, day: i32) -> Bits {
        let until = self.flips.partition_point(|&(from, _)| from <= day);
        let mut now = self.copies[until / STEP].clone();
        self.flips[until / STEP * STEP..until].iter().for_each(|&(_, row)| now.flip(row));
        now
    }
}

/// Days since 1970-01-01 of a civil date (Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// `days_from_civil`).
pub(crate) fn days(date: jiff::civil::Date) -> i32 {
    let (year, month, day) =
        (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let year = year - i32::from(month <= 2); // The year begins in March, its leap day ends it.
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan as _, civil::date};
    use proptest::prelude::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let epoch = date(1970, 1, 1);
        for n in (-3_000_000..2_900_000).step_by(997) {
            let day = epoch.checked_add(n.days()).unwrap();
            assert_eq!(i64::from(days(day)), i64::from(n), "{day}");
        }
    }

    proptest! {
        #[test]
        fn any_day_is_what_replay_gives(
            flips in proptest::collection::vec((0..50i32, 0..70u32), 0..9000),
            day in -1..52i32,
        ) {
            let mut expected = Bits::none(70);
            flips.iter().filter(|(from, _)| *from <= day).for_each(|&(_, row)| expected.flip(row));
            prop_assert_eq!(Timeline::of(flips, 70).at(day), expected);
        }
    }
}
