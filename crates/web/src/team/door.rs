//! Signing in: the passphrase, the second step, and what it costs to try.

use super::{
    account::{Account, Team},
    book::Book,
    passphrase::Kept,
    second::Second,
    session::{Session, Sessions},
    slow::{Slow, Whose},
};
use crate::Error;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// Passphrases hashed at once: each takes 64 MiB.
const AT_ONCE: usize = 2;

/// What somebody said at the door.
pub struct Said {
    /// Who they say that they are.
    pub name: String,
    /// The passphrase.
    pub words: String,
    /// The six digits, where they have a second step.
    pub code: String,
    /// From where.
    pub from: IpAddr,
}

/// Why somebody was not let in.
#[derive(Debug)]
pub enum Out {
    /// Something was wrong; what, is not told.
    Wrong,
    /// Too much was tried.
    Wait(Duration),
    /// The accounts could not be read.
    Failure(Error),
}

/// The door of one case.
pub struct Door {
    /// Where the accounts are.
    pub book: Book,
    /// Who is signed in.
    pub sessions: Sessions,
    slow: Slow,
    /// The last step of each account's second step: each is taken once (RFC 6238, section 5.2).
    used: Mutex<HashMap<String, u64>>,
    /// Second steps that are shown to their owners and not confirmed yet.
    offered: Mutex<HashMap<String, Second>>,
    hashing: Semaphore,
    /// What each try cost, in the order that they came.
    #[cfg(test)]
    spent: Mutex<Vec<habeas_ledger::seal::Cost>>,
}

impl Door {
    /// The door of the accounts in `book`.
    pub fn of(book: Book) -> Door {
        Door {
            book,
            sessions: Sessions::default(),
            slow: Slow::default(),
            used: Mutex::default(),
            offered: Mutex::default(),
            hashing: Semaphore::new(AT_ONCE),
            #[cfg(test)]
            spent: Mutex::default(),
        }
    }

    /// Lets somebody in: the number of their session. It takes as long whether there is such an
    /// account or not (invariant 3).
    pub async fn sign_in(&self, said: Said) -> Result<String, Out> {
        let whose = [Whose::Account(said.name.clone()), Whose::Address(said.from)];
        self.slow.begin(&whose, Instant::now()).map_err(Out::Wait)?;
        let team = self.book.read().map_err(Out::Failure)?;
        let account = team.find(&said.name);
        let kept = account.map_or_else(Kept::nobodys, |account| account.passphrase.clone());
        let opens = self.opens(kept, said.words).await;
        let passed = account.filter(|account| opens && self.passes(account, &said.code, seconds()));
        let account = passed.ok_or(Out::Wrong)?;
        self.slow.forgive(&whose);
        self.sessions.begin(&account.name, account.turn, Instant::now()).map_err(Out::Failure)
    }

    /// Whether the passphrase of a member is this one: asked again before it is changed, and as
    /// slow to try as signing in.
    pub async fn is_theirs(&self, account: &Account, words: String) -> Result<bool, Duration> {
        let whose = [Whose::Account(account.name.clone())];
        self.slow.begin(&whose, Instant::now())?;
        let opens = self.opens(account.passphrase.clone(), words).await;
        if opens {
            self.slow.forgive(&whose);
        }
        Ok(opens)
    }

    /// Hashes away from the threads that serve, a few at once.
    async fn opens(&self, kept: Kept, words: String) -> bool {
        let _turn = self.hashing.acquire().await;
        #[cfg(test)]
        self.spent.lock().unwrap_or_else(PoisonError::into_inner).push(kept.cost());
        tokio::task::spawn_blocking(move || kept.opens(&words)).await.unwrap_or(false)
    }

    /// Keeps a fresh passphrase, as slowly.
    pub async fn keep(&self, words: String) -> Result<Kept, Error> {
        let _turn = self.hashing.acquire().await;
        let cost = habeas_ledger::seal::keyring::Cost::SENSIBLE;
        let kept = tokio::task::spawn_blocking(move || Kept::of(&words, cost)).await;
        kept.unwrap_or_else(|_| Err(Error::Account("it could not be kept".to_owned())))
    }

    /// Whether the second step, if there is one, is the right one, and was not taken before.
    fn passes(&self, account: &Account, code: &str, time: u64) -> bool {
        let Some(second) = &account.second else { return true };
        let Some(step) = second.step(code, time) else { return false };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let last = used.entry(account.name.clone()).or_default();
        let fresh = step > *last;
        *last = step.max(*last);
        fresh
    }

    /// A fresh second step for a member, until it is confirmed by its first code.
    pub fn offer(&self, account: &str) -> Result<Second, Error> {
        let second = Second::fresh()?;
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        offered.insert(account.to_owned(), second.clone());
        Ok(second)
    }

    /// The second step that was offered, if `code` is of it.
    pub fn confirm(&self, account: &str, code: &str) -> Option<Second> {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        offered.get(account)?.step(code, seconds())?;
        offered.remove(account)
    }

    /// Who a session is of, as the accounts are now; none where it ended (invariant 2).
    pub fn member<'a>(&self, team: &'a Team, number: &str) -> Option<(Session, &'a Account)> {
        let session = self.sessions.find(number, Instant::now())?;
        let account = team.find(&session.account).filter(|one| one.turn == session.turn)?;
        Some((session, account))
    }
}

/// Seconds since 1970.
pub fn seconds() -> u64 {
    (habeas_desk::now() / 1_000_000).try_into().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::role::Role;
    use habeas_ledger::seal::keyring::Cost;
    use std::{collections::BTreeSet, net::Ipv4Addr};

    const WORDS: &str = "correct horse battery";

    fn door(folder: &std::path::Path) -> Door {
        std::fs::create_dir(folder.join("ledger")).unwrap();
        let book = Book::of(folder);
        let kept = Kept::of(WORDS, Cost::LEAST).unwrap();
        book.change(|team| team.add("ada", BTreeSet::from([Role::Keeper]), kept)).unwrap();
        Door::of(book)
    }

    fn said(name: &str, words: &str) -> Said {
        let from = IpAddr::V4(Ipv4Addr::LOCALHOST);
        Said { name: name.to_owned(), words: words.to_owned(), code: String::new(), from }
    }

    fn block<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
    }

    #[test]
    fn who_changes_the_passphrase_is_out_everywhere() {
        let folder = tempfile::tempdir().unwrap();
        let door = door(folder.path());
        let number = block(door.sign_in(said("ada", WORDS))).unwrap();
        let is_in = || door.member(&door.book.read().unwrap(), &number).is_some();
        assert!(is_in());
        let kept = Kept::of("another horse battery", Cost::LEAST).unwrap();
        door.book.change(|team| team.set_passphrase("ada", kept)).unwrap();
        assert!(!is_in());
    }

    #[test]
    fn an_account_that_is_not_there_costs_as_much_to_try() {
        let folder = tempfile::tempdir().unwrap();
        let door = door(folder.path());
        let kept = block(door.keep(WORDS.to_owned())).unwrap(); // As accounts really have it.
        let second = Second::fresh().unwrap();
        let joins = |team: &mut Team| {
            team.set_passphrase("ada", kept.clone())?;
            team.add("bea", BTreeSet::from([Role::Reader]), kept)?;
            team.set_second("bea", Some(second))
        };
        door.book.change(joins).unwrap();
        let long = "x".repeat(4096);
        for (name, words) in [("ada", "wrong"), ("eve", "wrong"), ("bea", WORDS), ("\0", &long)] {
            assert!(matches!(block(door.sign_in(said(name, words))), Err(Out::Wrong)));
            door.slow.forgive(&[Whose::Address(said(name, words).from)]);
        }
        // Each was hashed once, however it was wrong: no account, no passphrase, no second step.
        assert_eq!(*door.spent.lock().unwrap(), [Cost::SENSIBLE; 4]);
    }

    #[test]
    fn wrong_words_and_no_such_account_are_told_alike_and_slowed() {
        let folder = tempfile::tempdir().unwrap();
        let door = door(folder.path());
        assert!(matches!(block(door.sign_in(said("ada", "wrong"))), Err(Out::Wrong)));
        assert!(block(door.sign_in(said("ada", WORDS))).is_ok()); // Which forgives the address.
        let tried = |name| (0..4).map(|_| block(door.sign_in(said(name, "wrong")))).last().unwrap();
        assert!(matches!(tried("ada"), Err(Out::Wait(_))));
        assert!(matches!(block(door.sign_in(said("eve", "wrong"))), Err(Out::Wait(_))));
    }

    #[test]
    fn a_code_is_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let door = door(folder.path());
        let second: Second =
            serde_json::from_value("3132333435363738393031323334353637383930".into()).unwrap();
        door.book.change(|team| team.set_second("ada", Some(second))).unwrap();
        let team = door.book.read().unwrap();
        let ada = team.find("ada").unwrap();
        assert!(!door.passes(ada, "", 59) && !door.passes(ada, "000000", 59));
        assert!(door.passes(ada, "287082", 59)); // RFC 6238, appendix B.
        assert!(!door.passes(ada, "287082", 59) && !door.passes(ada, "287082", 89));
        assert!(matches!(block(door.sign_in(said("ada", WORDS))), Err(Out::Wrong)));
    }

    #[test]
    fn a_second_step_is_confirmed_by_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let door = door(folder.path());
        let second = door.offer("ada").unwrap();
        assert!(door.confirm("ada", "x").is_none() && door.confirm("bea", "x").is_none());
        let code = second.code(seconds());
        assert!(door.confirm("ada", &code).is_some() && door.confirm("ada", &code).is_none());
    }
}
