//! Accounts and invitations, as they are kept.

use super::{
    passphrase::Kept,
    program::token::{Scope, Token},
    role::{Right, Role},
    second::Second,
};
use crate::{Error, gate::who::random};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// An invitation that nobody takes up is void after three days, in seconds.
const INVITED: i64 = 3 * 24 * 60 * 60;

/// Somebody's way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The pseudonym that their decisions bear.
    pub name: String,
    /// What they are for the team.
    pub roles: BTreeSet<Role>,
    /// Their passphrase.
    pub passphrase: Kept,
    /// Their second step, where they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Second>,
    /// Random, and another with each change of the passphrase or the second step: sessions that
    /// were begun before end, and those of an older account of this name stay ended.
    pub turn: u64,
}

impl Account {
    /// Whether they may.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.roles.iter().any(|role| right.is_of(*role))
    }
}

/// A place in the team that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// SHA-256 of the code in the link.
    code: String,
    /// What they will be.
    pub roles: BTreeSet<Role>,
    /// Seconds since 1970.
    pub until: i64,
    /// Who invited them.
    pub by: String,
}

/// Everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// In the order they came.
    pub accounts: Vec<Account>,
    /// Those who are waited for.
    #[serde(default)]
    pub invitations: Vec<Invitation>,
    /// What lets programs in.
    #[serde(default)]
    pub tokens: Vec<Token>,
}

impl Team {
    /// The account of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.name == name)
    }

    fn of(&mut self, name: &str) -> Result<&mut Account, Error> {
        let found = self.accounts.iter_mut().find(|account| account.name == name);
        found.ok_or_else(|| Error::Account(format!("there is no account `{name}`")))
    }

    /// Adds somebody.
    pub fn add(
        &mut self,
        name: &str,
        roles: BTreeSet<Role>,
        passphrase: Kept,
    ) -> Result<(), Error> {
        named(name)?;
        some(&roles)?;
        if self.find(name).is_some() {
            return Err(Error::Account(format!("there is an account `{name}` already")));
        }
        let (name, second, turn) = (name.to_owned(), None, turn()?);
        self.accounts.push(Account { name, roles, passphrase, second, turn });
        self.kept()
    }

    /// Takes somebody out. What they decided stays theirs.
    pub fn remove(&mut self, name: &str) -> Result<(), Error> {
        self.of(name)?;
        self.accounts.retain(|account| account.name != name);
        self.kept()
    }

    /// Gives somebody other roles.
    pub fn set_roles(&mut self, name: &str, roles: BTreeSet<Role>) -> Result<(), Error> {
        some(&roles)?;
        self.of(name)?.roles = roles;
        self.kept()
    }

    /// Gives somebody another passphrase, and ends their sessions.
    pub fn set_passphrase(&mut self, name: &str, passphrase: Kept) -> Result<(), Error> {
        let account = self.of(name)?;
        account.passphrase = passphrase;
        account.turn = turn()?;
        Ok(())
    }

    /// Gives somebody a second step, or takes it away, and ends their sessions.
    pub fn set_second(&mut self, name: &str, second: Option<Second>) -> Result<(), Error> {
        let account = self.of(name)?;
        account.second = second;
        account.turn = turn()?;
        Ok(())
    }

    /// Invites somebody: the code for their link, which is told once.
    pub fn invite(&mut self, by: &str, roles: BTreeSet<Role>, now: i64) -> Result<String, Error> {
        some(&roles)?;
        let code = hex::encode(random::<32>()?);
        self.invitations.retain(|one| now < one.until);
        let (kept, until) = (hashed(&code), now.saturating_add(INVITED));
        self.invitations.push(Invitation { code: kept, roles, until, by: by.to_owned() });
        Ok(code)
    }

    /// The invitation of this code, while it waits.
    #[must_use]
    pub fn invited(&self, code: &str, now: i64) -> Option<&Invitation> {
        let kept = hashed(code);
        self.invitations.iter().find(|one| one.code == kept && now < one.until)
    }

    /// How many invitations wait.
    #[must_use]
    pub fn waiting(&self, now: i64) -> usize {
        self.invitations.iter().filter(|one| now < one.until).count()
    }

    /// Takes an invitation up; it is void then. None where it is void already.
    pub fn accept(
        &mut self,
        code: &str,
        name: &str,
        passphrase: Kept,
        now: i64,
    ) -> Result<Option<()>, Error> {
        let Some(roles) = self.invited(code, now).map(|one| one.roles.clone()) else {
            return Ok(None);
        };
        self.add(name, roles, passphrase)?;
        let kept = hashed(code);
        self.invitations.retain(|one| one.code != kept);
        Ok(Some(()))
    }

    /// Makes a token for a program: what is shown of it once. Those that ended go.
    pub fn add_token(
        &mut self,
        name: &str,
        scopes: BTreeSet<Scope>,
        days: u32,
        by: &str,
        now: i64,
    ) -> Result<String, Error> {
        named(name)?;
        self.tokens.retain(|one| now < one.until);
        if self.tokens.iter().any(|one| one.name == name) {
            return Err(Error::Account(format!("there is a token `{name}` already")));
        }
        let (token, shown) = Token::fresh(name, scopes, days, by, now)?;
        self.tokens.push(token);
        Ok(shown)
    }

    /// Revokes a token: whoever has it is out at once.
    pub fn revoke(&mut self, name: &str) -> Result<(), Error> {
        let before = self.tokens.len();
        self.tokens.retain(|one| one.name != name);
        match self.tokens.len() < before {
            true => Ok(()),
            false => Err(Error::Account(format!("there is no token `{name}`"))),
        }
    }

    /// The token that is this one, while it lasts.
    #[must_use]
    pub fn token(&self, shown: &str, now: i64) -> Option<&Token> {
        self.tokens.iter().find(|one| one.is(shown, now))
    }

    /// Somebody must be left who can let others in.
    fn kept(&self) -> Result<(), Error> {
        let keeper = |account: &Account| account.may(Right::Keep);
        match self.accounts.is_empty() || self.accounts.iter().any(keeper) {
            true => Ok(()),
            false => Err(Error::Account("the team would have no keeper".to_owned())),
        }
    }
}

fn turn() -> Result<u64, Error> {
    Ok(u64::from_le_bytes(random()?))
}

/// Letters, digits and `-_.`: it stands in the ledger for ever, and in the address of an app.
fn named(name: &str) -> Result<(), Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.len() > 40 || !name.chars().all(plain) {
        let why = "a pseudonym has 1 to 40 letters, digits, `-`, `_` or `.`";
        return Err(Error::Account(why.to_owned()));
    }
    Ok(())
}

fn some(roles: &BTreeSet<Role>) -> Result<(), Error> {
    match roles.is_empty() {
        true => Err(Error::Account("an account has a role at least".to_owned())),
        false => Ok(()),
    }
}

/// 256 random bits need no salt.
fn hashed(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use habeas_ledger::seal::keyring::Cost;

    fn kept() -> Kept {
        Kept::of("correct horse battery", Cost::LEAST).unwrap()
    }

    fn team() -> Team {
        let mut team = Team::default();
        team.add("ada", BTreeSet::from([Role::Keeper]), kept()).unwrap();
        team.add("bea", BTreeSet::from([Role::Reviewer, Role::Linker]), kept()).unwrap();
        team
    }

    #[test]
    fn a_team_has_a_keeper_as_long_as_it_has_anybody() {
        let mut none = Team::default();
        assert!(none.add("bea", BTreeSet::from([Role::Reader]), kept()).is_err());
        assert!(team().remove("ada").is_err());
        assert!(team().set_roles("ada", BTreeSet::from([Role::Reader])).is_err());
        let mut last = team();
        last.remove("bea").unwrap();
        last.remove("ada").unwrap();
        assert!(last.accounts.is_empty());
    }

    #[test]
    fn what_is_wrong_is_refused() {
        let reader = || BTreeSet::from([Role::Reader]);
        for name in ["", "a b", "a:b", "a/b", "é", "<b>", &"a".repeat(41)] {
            assert!(team().add(name, reader(), kept()).is_err(), "{name}");
        }
        assert!(team().add("bea", reader(), kept()).is_err());
        assert!(team().add("eve", BTreeSet::new(), kept()).is_err());
        assert!(team().set_roles("bea", BTreeSet::new()).is_err());
        assert!(team().remove("eve").is_err());
    }

    #[test]
    fn rights_are_those_of_any_role() {
        let team = team();
        let may = |name, right| team.find(name).unwrap().may(right);
        assert!(may("bea", Right::Review) && may("bea", Right::Link) && may("bea", Right::Read));
        assert!(!may("bea", Right::Publish) && !may("bea", Right::Keep));
        for right in [Right::Read, Right::Review, Right::Link, Right::Publish, Right::Keep] {
            assert!(may("ada", right));
        }
    }

    #[test]
    fn an_invitation_is_taken_up_once() {
        let mut team = team();
        let code = team.invite("ada", BTreeSet::from([Role::Reader]), 1000).unwrap();
        assert!(!format!("{team:?}").contains(&code));
        assert!(team.invited(&code, 1000 + INVITED).is_none());
        assert!(team.invited(&code[1..], 1000).is_none());
        assert!(team.clone().accept(&code, "bea", kept(), 1000).is_err()); // The name is taken,
        assert_eq!(team.accept(&code, "cai", kept(), 1001).unwrap(), Some(())); // another is not.
        assert_eq!(team.find("cai").unwrap().roles, BTreeSet::from([Role::Reader]));
        assert_eq!(team.accept(&code, "dan", kept(), 1002).unwrap(), None);
        assert!(team.find("dan").is_none());
    }

    #[test]
    fn tokens_are_made_and_revoked() {
        let mut team = team();
        let scopes = || BTreeSet::from([Scope::Counts]);
        let shown = team.add_token("tables", scopes(), 7, "ada", 1000).unwrap();
        assert_eq!(team.token(&shown, 1001).unwrap().name, "tables");
        assert!(team.add_token("tables", scopes(), 7, "ada", 1001).is_err());
        assert!(team.add_token("a b", scopes(), 7, "ada", 1001).is_err());
        let ended = 1000 + 7 * 24 * 60 * 60;
        assert!(team.token(&shown, ended).is_none());
        let again = team.add_token("tables", scopes(), 7, "ada", ended).unwrap();
        assert!(team.token(&shown, 1001).is_none() && team.token(&again, ended).is_some());
        team.revoke("tables").unwrap();
        assert!(team.token(&again, ended).is_none() && team.revoke("tables").is_err());
    }

    #[test]
    fn whoever_comes_back_comes_back_to_no_session() {
        let mut team = team();
        let turn = |team: &Team| team.find("bea").unwrap().turn;
        let mut turns = vec![turn(&team)];
        team.set_passphrase("bea", kept()).unwrap();
        turns.push(turn(&team));
        team.set_second("bea", Some(Second::fresh().unwrap())).unwrap();
        turns.push(turn(&team));
        team.remove("bea").unwrap();
        team.add("bea", BTreeSet::from([Role::Reader]), kept()).unwrap();
        turns.push(turn(&team));
        turns.sort_unstable();
        turns.dedup();
        assert_eq!(turns.len(), 4);
    }
}
