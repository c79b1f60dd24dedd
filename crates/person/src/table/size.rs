//! A number of bytes, as people write it: "2 GiB", "500 MB".

use super::settings::Wrong;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Size(u64);

/// Units, the largest first: powers of 1,024 (IEC 80000-13) and of 1,000.
const UNITS: [(&str, u64); 9] = [
    ("TiB", 1 << 40),
    ("TB", 1_000_000_000_000),
    ("GiB", 1 << 30),
    ("GB", 1_000_000_000),
    ("MiB", 1 << 20),
    ("MB", 1_000_000),
    ("KiB", 1 << 10),
    ("KB", 1_000),
    ("B", 1),
];

impl Size {
    /// So many bytes.
    #[must_use]
    pub fn of(bytes: u64) -> Size {
        Size(bytes)
    }

    /// How many bytes.
    #[must_use]
    pub fn bytes(self) -> u64 {
        self.0
    }
}

/// What a desk computer of 8 GB spares beside a browser.
impl Default for Size {
    fn default() -> Size {
        Size(2 << 30)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = UNITS.iter().find(|(_, bytes)| self.0 > 0 && self.0.is_multiple_of(*bytes));
        let (unit, bytes) = whole.unwrap_or(&("B", 1));
        write!(to, "{} {unit}", self.0 / bytes)
    }
}

impl FromStr for Size {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Size, Wrong> {
        let wrong = || Wrong::Size(text.to_owned());
        let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
        let (count, unit) = (&text[..end], text[end..].trim());
        let known = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit));
        let bytes = known.ok_or_else(wrong)?.1;
        let count: u64 = count.parse().map_err(|_| wrong())?;
        count.checked_mul(bytes).map(Size).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Size {
    type Error = Wrong;

    fn try_from(text: String) -> Result<Size, Wrong> {
        text.parse()
    }
}

impl From<Size> for String {
    fn from(size: Size) -> String {
        size.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(u64, &str)>) {
        let size = text.parse::<Size>().ok().map(|size| (size.bytes(), size.to_string()));
        assert_eq!(size, expected.map(|(bytes, shown)| (bytes, shown.to_owned())), "{text}");
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        check("2 GiB", Some((2_147_483_648, "2 GiB")));
        check("500 MB", Some((500_000_000, "500 MB")));
        check("64mib", Some((67_108_864, "64 MiB")));
        check("1500 B", Some((1_500, "1500 B")));
        check("0 B", Some((0, "0 B")));
        for wrong in ["", "2", "GiB", "two GiB", "2 gigs", "-1 GB", "1.5 GB", "99999999 TB"] {
            check(wrong, None);
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(bytes in any::<u64>(), step in 0..41_u32) {
            for bytes in [bytes, (bytes >> 41) << step] {
                prop_assert_eq!(Size::of(bytes).to_string().parse(), Ok(Size::of(bytes)));
            }
        }
    }
}
