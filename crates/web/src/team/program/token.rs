//! What lets a program in: a token that a keeper made, shown once and kept as a hash.

use crate::{Error, gate::who::random, team::role::Right};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeSet, str::FromStr};

/// What a token begins with: who finds one lying about, or scans for it, knows what it is.
const BEGIN: &str = "habeas_";

/// The longest that a token may last, in days.
pub const LONGEST: u32 = 366;

const DAY: i64 = 24 * 60 * 60;

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// Numbers and what stands behind them, as the public reads them: no name that is not public.
    #[serde(rename = "read:counts")]
    Counts,
    /// Persons and documents, as the team sees them.
    #[serde(rename = "read:persons")]
    Persons,
    /// The names of others are matched with those of the register. Its token stands in an address,
    /// because that is all that OpenRefine can send, and so it is good for nothing else.
    #[serde(rename = "reconcile")]
    Reconcile,
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 3] = [Scope::Counts, Scope::Persons, Scope::Reconcile];

    /// Its word: on the command line, in the file, and in the description of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Scope::Counts => "read:counts",
            Scope::Persons => "read:persons",
            Scope::Reconcile => "reconcile",
        }
    }

    /// Whether it is enough for `right`.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::Counts => matches!(self, Scope::Counts | Scope::Persons),
            Right::Persons => self == Scope::Persons,
            Right::Reconcile => self == Scope::Reconcile,
            _ => false, // Pages and decisions are for people.
        }
    }
}

impl FromStr for Scope {
    type Err = Error;
    fn from_str(word: &str) -> Result<Scope, Error> {
        let found = Scope::ALL.into_iter().find(|scope| scope.word() == word);
        found.ok_or_else(|| Error::Account(format!("there is no scope `{word}`")))
    }
}

/// A token, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// What it is called: who looks for it, and who revokes it.
    pub name: String,
    /// SHA-256 of the token: 256 random bits need no salt.
    hash: String,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
    /// Who made it.
    pub by: String,
    /// When, in seconds since 1970.
    pub made: i64,
    /// Until when.
    pub until: i64,
}

impl Token {
    /// A fresh one that lasts so many days, and what is shown of it once.
    pub fn fresh(
        name: &str,
        scopes: BTreeSet<Scope>,
        days: u32,
        by: &str,
        now: i64,
    ) -> Result<(Token, String), Error> {
        if scopes.is_empty() {
            return Err(Error::Account("a token has a scope at least".to_owned()));
        }
        if scopes.contains(&Scope::Reconcile) && scopes.len() > 1 {
            let why = "a token that reconciles stands in an address, and has no other scope";
            return Err(Error::Account(why.to_owned()));
        }
        if !(1..=LONGEST).contains(&days) {
            return Err(Error::Account(format!("a token lasts 1 to {LONGEST} days")));
        }
        let shown = format!("{BEGIN}{}", hex::encode(random::<32>()?));
        let until = now.saturating_add(i64::from(days) * DAY);
        let (name, by, hash) = (name.to_owned(), by.to_owned(), hashed(&shown));
        Ok((Token { name, hash, scopes, by, made: now, until }, shown))
    }

    /// Whether it is this one, and lasts. It is found by its hash: how long that takes tells
    /// nothing of it.
    #[must_use]
    pub fn is(&self, shown: &str, now: i64) -> bool {
        self.hash == hashed(shown) && now < self.until
    }
}

fn hashed(shown: &str) -> String {
    hex::encode(Sha256::digest(shown.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(scopes: &[Scope], days: u32) -> Result<(Token, String), Error> {
        Token::fresh("tables", scopes.iter().copied().collect(), days, "ada", 1000)
    }

    #[test]
    fn a_token_is_known_until_it_ends_and_kept_as_a_hash() {
        let (token, shown) = made(&[Scope::Counts], 7).unwrap();
        assert_eq!((shown.len(), &shown[..7]), (71, BEGIN));
        assert!(token.is(&shown, 1000) && token.is(&shown, 1000 + 7 * DAY - 1));
        assert!(!token.is(&shown, 1000 + 7 * DAY));
        assert!(
            !token.is(&shown[1..], 1000) && !token.is("", 1000) && !token.is(&token.hash, 1000)
        );
        let kept = serde_json::to_string(&token).unwrap();
        assert!(kept.contains("\"read:counts\"") && !kept.contains(&shown[7..]));
        let other = made(&[Scope::Counts], 7).unwrap().1;
        assert_ne!(other, shown);
    }

    #[test]
    fn what_no_token_may_be_is_refused() {
        assert!(made(&[], 7).is_err());
        assert!(made(&[Scope::Counts], 0).is_err() && made(&[Scope::Counts], LONGEST + 1).is_err());
        assert!(made(&[Scope::Reconcile, Scope::Persons], 7).is_err());
        assert!(made(&[Scope::Reconcile], LONGEST).is_ok());
    }

    #[test]
    fn no_scope_opens_a_page_or_decides() {
        let all = [Right::Read, Right::Review, Right::Link, Right::Publish, Right::Keep];
        for scope in Scope::ALL {
            assert!(all.iter().all(|right| !scope.may(*right)), "{}", scope.word());
            assert_eq!(scope.word().parse::<Scope>().unwrap(), scope);
        }
        assert!(!Scope::Counts.may(Right::Persons) && !Scope::Reconcile.may(Right::Counts));
        assert!("write".parse::<Scope>().is_err());
    }
}
