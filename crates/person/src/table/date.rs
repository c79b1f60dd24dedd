//! Dates as lists write them, read strictly enough to be compared.

/// A day, or a year that stands for a day nobody knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12; 0 if only the year is known.
    pub month: u8,
    /// Day, 1 to 31; 0 if only the year is known.
    pub day: u8,
}

impl Day {
    /// Year, month and day in one number, comparable part by part.
    #[must_use]
    pub fn packed(self) -> u32 {
        u32::from(self.year) << 9 | u32::from(self.month) << 5 | u32::from(self.day)
    }

    /// The day behind [`Day::packed`].
    #[must_use]
    pub fn unpacked(packed: u32) -> Day {
        Day {
            year: (packed >> 9) as u16,
            month: (packed >> 5 & 15) as u8,
            day: (packed & 31) as u8,
        }
    }

    /// Days since the year 0 (Hinnant 2013, "days from civil", shifted), for differences.
    #[must_use]
    pub fn number(self) -> u32 {
        let (month, day) = (u32::from(self.month.max(1)), u32::from(self.day.max(1)));
        let year = u32::from(self.year) - u32::from(month <= 2);
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        year * 365 + year / 4 - year / 100 + year / 400 + of_year
    }
}

/// Reads `2026-01-31`, `20260131`, `31/01/2026`, `31.1.2026`, `01-31-2026` where no other reading
/// is possible, `2026-01` and `2026`. Placeholders (1900-01-01, years before 1850 or from 2100 on)
/// are no dates. 1 January is a year of which nobody knew the day.
#[must_use]
pub fn read(text: &str) -> Option<Day> {
    let text = text.trim().split(['T', ' ']).next()?;
    if text.len() > 10 || !text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let number = |part: &str| part.parse::<u16>().ok();
    let day = match parts[..] {
        [whole] if whole.len() == 8 => {
            let (year, rest) = (number(whole.get(..4)?)?, whole.get(4..)?);
            civil(year, number(rest.get(..2)?)?, number(rest.get(2..)?)?)?
        }
        [year] if year.len() == 4 => Day { year: number(year)?, month: 0, day: 0 },
        [year, month] if year.len() == 4 => civil(number(year)?, number(month)?, 1)?,
        [year, month, day] if year.len() == 4 => {
            civil(number(year)?, number(month)?, number(day)?)?
        }
        [day, month, year] if year.len() == 4 => {
            let (day, month, year) = (number(day)?, number(month)?, number(year)?);
            civil(year, month, day).or_else(|| civil(year, day, month))?
        }
        _ => return None,
    };
    let placeholder = day.year < 1850 || day.year >= 2100 || (day.year == 1900 && day.month <= 1);
    if placeholder {
        return None;
    }
    Some(if day.month == 1 && day.day == 1 { Day { month: 0, day: 0, ..day } } else { day })
}

fn civil(year: u16, month: u16, day: u16) -> Option<Day> {
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && year > 0;
    fits.then_some(Day { year, month: month as u8, day: day as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_lists() {
        for (text, expected) in [
            ("2026-01-31", Some((2026, 1, 31))),
            ("31/01/2026", Some((2026, 1, 31))),
            ("20260131", Some((2026, 1, 31))),
            ("1/31/2026", Some((2026, 1, 31))),
            ("2026-01-01", Some((2026, 0, 0))),
            ("1984", Some((1984, 0, 0))),
            ("1900-01-01", None),
            ("31/12/9999", None),
            ("2026-13-45", None),
            ("soon", None),
            ("", None),
        ] {
            let found = read(text).map(|day| (day.year, day.month, day.day));
            assert_eq!(found, expected, "{text}");
        }
        let apart = |a, b| read(b).unwrap().number() - read(a).unwrap().number();
        assert_eq!(apart("2025-02-27", "2025-03-02"), 3);
        assert_eq!(apart("2024-12-31", "2025-12-31"), 365);
    }
}
