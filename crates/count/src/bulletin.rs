//! A week of a case: what was claimed, who came in and went out, what was promised, whose sums
//! hold.
//!
//! Before a bulletin is written its own sums are checked: parts against the difference that they
//! explain, rows against their total, the last day of the course against the tally, figures against
//! the persons that they open to. A bulletin that does not add up is refused, and nothing is
//! written.

use crate::{
    Asked, Board, By, Change, Dispute, Error, Finding, Index, PromiseLine, Series, Shift, Tally,
    audit, board::board_over, board::promises::promises_over, disputes,
};
use habeas_model::{PersonId, Unit};
use jiff::{ToSpan as _, civil::Date, civil::ISOWeekDate, civil::Weekday};
use serde::Serialize;
use std::{collections::HashSet, fmt, str::FromStr};

/// A week by ISO 8601: `2026-W06` is Monday 2 to Sunday 8 February 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Week {
    monday: Date,
}

impl Week {
    /// Its Monday.
    #[must_use]
    pub fn first(self) -> Date {
        self.monday
    }

    /// Its Sunday.
    #[must_use]
    pub fn last(self) -> Date {
        self.monday.saturating_add(6.days())
    }

    /// The day before it.
    #[must_use]
    pub fn eve(self) -> Date {
        self.monday.saturating_sub(1.days())
    }

    fn has(self, day: Option<Date>) -> bool {
        day.is_some_and(|day| (self.first()..=self.last()).contains(&day))
    }
}

impl FromStr for Week {
    type Err = Error;
    fn from_str(text: &str) -> Result<Week, Error> {
        let week = || {
            let (year, week) =
                text.split_once("-W").filter(|(y, w)| y.len() == 4 && w.len() == 2)?;
            let (year, week) = (year.parse().ok()?, week.parse().ok()?);
            let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
            crate::day_of_a_case(monday).ok()
        };
        week().map(|monday| Week { monday }).ok_or_else(|| Error::Week(text.to_owned()))
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.monday.iso_week_date();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

impl From<Week> for String {
    fn from(week: Week) -> String {
        week.to_string()
    }
}

/// A figure by its name, with the rows behind it (invariant 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name, such as `held.after` or `tally.sex.f.held`.
    pub figure: String,
    /// How many.
    pub value: i64,
    /// The persons or claims behind it.
    pub rows: Vec<String>,
}

/// The bulletin of a week.
#[derive(Clone, Debug, Serialize)]
pub struct Bulletin {
    /// Which week.
    pub week: Week,
    /// The last day that it speaks of: the Sunday, or the last day that is known before it.
    pub until: Date,
    /// What was claimed in the week, and who can be named for it. The rule stands in it.
    pub board: Board,
    /// From the eve of the week to its last day.
    pub change: Change,
    /// Day by day.
    pub course: Series,
    /// At the last day.
    pub tallies: Vec<Tally>,
    /// Sums of numbers of the week.
    pub findings: Vec<Finding>,
    /// Promises that stand open, and those whose standing changed in the week.
    pub promises: Vec<PromiseLine>,
    /// What one body says against another's list.
    pub disputes: Vec<Dispute>,
}

/// One figure of a row of a tally.
type Column = fn(&crate::TallyRow) -> u32;

/// The axes of a bulletin, each of which puts everybody in one row.
const AXES: [By; 6] = [By::Custody, By::Sex, By::Age, By::Side, By::Facility, By::Verification];

/// The bulletin of a week, checked. The question's own day, where it has one, may end the week
/// early: nothing later is shown (invariant 8).
pub fn bulletin(asked: &Asked<'_>, week: Week) -> Result<Bulletin, Error> {
    let until = week.last().min(asked.last_day());
    if until < week.first() {
        return Err(Error::WeekToCome { week: week.to_string(), last: asked.last_day() });
    }
    let asked = Asked { true_at: Some(until), ..*asked };
    let index = Index::of(&asked);
    let bulletin = Bulletin::of(&asked, &index, week, until)?;
    bulletin.checked()?;
    Ok(bulletin)
}

impl Bulletin {
    fn of(asked: &Asked<'_>, index: &Index, week: Week, until: Date) -> Result<Bulletin, Error> {
        let mut board = board_over(asked, index);
        board.lines.retain(|line| week.has(line.day));
        let kept: HashSet<_> = board.lines.iter().map(|line| line.id).collect();
        board.comparisons.retain(|one| kept.contains(&one.left) && kept.contains(&one.right));
        board.claims = board.lines.iter().map(|line| crate::board::count(line.sources.len())).sum();
        board.unreviewed = board.lines.iter().map(|line| line.review.unreviewed).sum();
        let mut findings = audit(asked);
        findings.retain(|finding| week.has(finding.day));
        let mut promises = promises_over(asked, index);
        promises.retain(|promise| {
            let turned = promise.course.iter().any(|step| week.has(Some(step.from)));
            promise.standing.is_open() || turned
        });
        Ok(Bulletin {
            week,
            until,
            board,
            change: index.change(week.eve(), until),
            course: index.series(week.first(), until, None)?,
            tallies: AXES.iter().map(|by| index.tally(Some(until), *by)).collect(),
            findings,
            promises,
            disputes: disputes(asked),
        })
    }

    /// Whether every sum of the bulletin holds; the first that does not is the error.
    pub fn checked(&self) -> Result<(), Error> {
        let mut sums: Vec<(String, i64, i64)> = Vec::new();
        let n = |n: u32| i64::from(n);
        for (name, shift) in self.shifts() {
            let parts: i64 = shift.parts.iter().map(|part| part.by).sum();
            sums.push((format!("{name}: parts"), n(shift.after), n(shift.before) + parts));
        }
        let course = &self.course.total;
        let ends = [("held", &course.held), ("released", &course.released)];
        for ((_, shift), (name, days)) in self.shifts().into_iter().zip(ends) {
            let last = days.last().copied().unwrap_or_default();
            sums.push((format!("{name}: last day"), n(shift.after), n(last)));
        }
        for tally in self.tallies.iter().filter(|tally| tally.by.is_partition()) {
            let total = &tally.total;
            let columns: [(&str, Column); 3] = [
                ("persons", |row| row.persons.count),
                ("held", |row| row.held.count),
                ("released", |row| row.released.count),
            ];
            for (name, of) in columns {
                // A court case stands in the row of each of its persons.
                if tally.unit != Unit::Case || name == "persons" {
                    let sum: u32 = tally.rows.iter().map(of).sum();
                    sums.push((format!("{}: {name}", tally.by), n(of(total)), n(sum)));
                }
            }
            let shown = [("held", total.held.count), ("released", total.released.count)];
            for ((_, shift), (name, said)) in self.shifts().into_iter().zip(shown) {
                sums.push((format!("{}: {name} and change", tally.by), n(shift.after), n(said)));
            }
        }
        for row in self.figures().into_iter().filter(|row| self.opens(row)) {
            let rows = i64::try_from(row.rows.len()).unwrap_or(i64::MAX);
            sums.push((format!("{}: rows", row.figure), row.value.abs(), rows));
        }
        match sums.into_iter().find(|(_, said, computed)| said != computed) {
            None => Ok(()),
            Some((figure, said, computed)) => Err(Error::Sum { figure, said, computed }),
        }
    }

    /// Whether a figure counts exactly the rows that it opens to: detentions and court cases are
    /// not persons.
    fn opens(&self, row: &Row) -> bool {
        self.board.rule.unit == Unit::Person && !row.figure.contains("change.")
    }

    fn shifts(&self) -> [(&'static str, &Shift); 2] {
        [("held", &self.change.held), ("released", &self.change.released)]
    }

    /// Every figure of the bulletin by its name, with the rows behind it (invariant 13).
    #[must_use]
    pub fn figures(&self) -> Vec<Row> {
        let ids = |persons: &[PersonId]| persons.iter().map(ToString::to_string).collect();
        let mut all: Vec<Row> = Vec::new();
        for (name, shift) in self.shifts() {
            for part in &shift.parts {
                let sign = if part.by < 0 { "out" } else { "in" };
                let figure = format!("change.{name}.{}.{sign}", part.cause);
                all.push(Row { figure, value: part.by, rows: ids(&part.persons) });
            }
        }
        for tally in &self.tallies {
            let total = std::iter::once(("all", &tally.total));
            let rows = tally.rows.iter().map(|row| (row.key.as_str(), row));
            for (key, row) in total.chain(rows) {
                let key = if key.is_empty() { "unknown" } else { key };
                let columns =
                    [("persons", &row.persons), ("held", &row.held), ("released", &row.released)];
                for (column, figure) in columns {
                    let rows = ids(&figure.persons.ids());
                    let name = format!("tally.{}.{key}.{column}", tally.by);
                    all.push(Row { figure: name, value: figure.count.into(), rows });
                }
            }
        }
        for line in &self.board.lines {
            if let Some(named) = &line.named {
                let (figure, rows) = (format!("named.{}", line.id), ids(&named.persons.ids()));
                all.push(Row { figure, value: named.count.into(), rows });
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rule, sample::*};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_week_is_of_the_calendar() {
        let week: Week = "2026-W06".parse().unwrap();
        assert_eq!((week.first(), week.last()), (date(2026, 2, 2), date(2026, 2, 8)));
        assert_eq!(week.to_string(), "2026-W06");
        assert_eq!("2026-W53".parse::<Week>().unwrap().first(), date(2026, 12, 28));
        for wrong in ["2026-W54", "2025-W53", "2026-W00", "2026-6", "0000-W01", "9999-W52", "W06"] {
            let said = wrong.parse::<Week>().unwrap_err().to_string();
            assert!(said.contains(wrong) && said.contains("\nhint: "), "{said}");
        }
    }

    fn five() -> Vec<habeas_model::Person> {
        vec![
            somebody(1, &["arrested 2025-05-02", "released 2026-02-03"]),
            somebody(2, &["arrested 2026-02-05"]),
            somebody(3, &["arrested 2025-05-02"]),
            somebody(4, &["arrested 2025-05-02", "house_arrest 2026-02-08"]),
            somebody(5, &["arrested 2025-05-02", "released 2026-02-09"]),
        ]
    }

    #[test]
    fn a_week_is_counted() {
        let said = political("Vigilia", 3).since("2026-01-08").as_of("2026-02-08");
        let early = political("Vigilia", 2).since("2026-01-08").as_of("2026-02-01");
        let (present, register) = (present([said, early]), register(five()));
        let rule = rule("strict-monitor");
        let asked = at(asked(&present, &register, &rule), "2026-03-01");
        let told = bulletin(&asked, "2026-W06".parse().unwrap()).unwrap();
        assert_eq!(told.board.lines.len(), 1);
        // Held on the eve: 1, 3, 4, 5. On Sunday: 2 came, 1 went, 4 is held at home.
        assert_eq!((told.change.held.before, told.change.held.after), (4, 4));
        assert_eq!((told.change.released.before, told.change.released.after), (0, 1));
        assert_eq!(told.course.total.held, [4, 3, 3, 4, 4, 4, 4]);
        assert_eq!(told.board.lines[0].named.as_ref().unwrap().count, 1);
        let late = bulletin(&asked, "2026-W20".parse().unwrap()).unwrap_err().to_string();
        assert!(late.contains("2026-W20") && late.contains("2026-03-01"), "{late}");
    }

    #[test]
    fn a_bulletin_that_does_not_add_up_is_refused() {
        let (present, register) = (present([]), register(five()));
        let rule = rule("strict-monitor");
        let asked = at(asked(&present, &register, &rule), "2026-03-01");
        let told = bulletin(&asked, "2026-W06".parse().unwrap()).unwrap();
        let breaks: [&dyn Fn(&mut Bulletin); 5] = [
            &|told| told.change.held.after += 1,
            &|told| told.change.released.parts.clear(),
            &|told| told.course.total.held[6] = 9,
            &|told| told.tallies[1].rows[0].held.count += 1,
            &|told| told.tallies[2].total.persons.persons = crate::Persons::default(),
        ];
        for one in breaks {
            let mut broken = told.clone();
            one(&mut broken);
            assert!(matches!(broken.checked(), Err(Error::Sum { .. })));
        }
    }

    proptest! {
        #[test]
        fn every_bulletin_adds_up(register in registers(), rule in 0..3usize, unit in 0..3usize) {
            let mut rule = Rule::shipped().remove(rule);
            rule.unit = [Unit::Person, Unit::Detention, Unit::Case][unit];
            rule.case_column = (unit == 2).then(|| "Expediente".to_owned());
            let present = present([]);
            let asked = at(asked(&present, &register, &rule), "2026-01-31");
            prop_assert!(bulletin(&asked, "2026-W03".parse().unwrap()).is_ok());
        }
    }
}
