//! Which people are counted, as the speaker defines them.

use crate::Error;
use serde::{Deserialize, Serialize};

words! {
    /// The speaker's word for the people counted.
    Category {
        /// "Political prisoners": a claim by the speaker, never a field of a person.
        PoliticalPrisoner = "political_prisoner",
        /// Journalists and press workers.
        Journalist = "journalist",
        /// Activists and rights defenders.
        Activist = "activist",
        /// Opposition figures.
        Opposition = "opposition",
        /// Protesters.
        Protester = "protester",
        /// Students.
        Student = "student",
        /// Lawyers.
        Lawyer = "lawyer",
        /// Unionists.
        Unionist = "unionist",
        /// Farmers.
        Farmer = "farmer",
        /// Clerics.
        Cleric = "cleric",
        /// Religious people.
        Religious = "religious",
        /// Health workers.
        HealthWorker = "health_worker",
        /// Soldiers and officers.
        Military = "military",
        /// Police and guards.
        SecurityForces = "security_forces",
        /// Civilians.
        Civilian = "civilian",
        /// Prisoners of war.
        Pow = "pow",
        /// Hostages.
        Hostage = "hostage",
        /// Migrants.
        Migrant = "migrant",
        /// Held for common crime.
        CommonPrisoner = "common_prisoner",
    }
}

words! {
    /// Sex as counted.
    Gender {
        /// Women and girls.
        Female = "f",
        /// Men and boys.
        Male = "m",
    }
}

words! {
    /// Age as counted.
    AgeBand {
        /// Under age.
        Minor = "minor",
        /// Adolescents.
        Adolescent = "adolescent",
        /// Of age.
        Adult = "adult",
        /// Elderly.
        Elderly = "elderly",
    }
}

/// A nationality: an ISO 3166 two-letter code, or `foreign` where it is not said which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Nationality {
    /// Two capital letters.
    Of([u8; 2]),
    /// Foreign, not said from where.
    Foreign,
}

impl std::str::FromStr for Nationality {
    type Err = Error;
    fn from_str(code: &str) -> Result<Nationality, Error> {
        match code.as_bytes() {
            b"foreign" => Ok(Nationality::Foreign),
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => {
                Ok(Nationality::Of([a, b]))
            }
            _ => Err(Error::Word { kind: "nationality", word: code.to_owned() }),
        }
    }
}

impl std::fmt::Display for Nationality {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Nationality::Of([a, b]) => write!(f, "{}{}", char::from(*a), char::from(*b)),
            Nationality::Foreign => f.write_str("foreign"),
        }
    }
}

impl TryFrom<String> for Nationality {
    type Error = Error;
    fn try_from(code: String) -> Result<Nationality, Error> {
        code.parse()
    }
}

impl From<Nationality> for String {
    fn from(nationality: Nationality) -> String {
        nationality.to_string()
    }
}

/// Who is counted. An empty field was not said; nothing is filled in by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Population {
    /// Nationalities; two for dual nationals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nat: Vec<Nationality>,
    /// The speaker's word for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cat: Option<Category>,
    /// Women or men.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Age band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<AgeBand>,
    /// Prison, barracks or hospital, else city, else region, else country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The speaker's definition in their own words, where the fields above do not hold all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}
