//! Who is signed in: a random number in a cookie, and what it stands for in memory.

use crate::{Error, gate::who::random};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The cookie. The prefix lets a browser keep it only from this host, over a safe connection, for
/// the whole of it (RFC 6265bis, section 4.1.3.2).
pub const COOKIE: &str = "__Host-habeas";

/// A session ends after a day's work.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);

/// It is locked when nothing was asked for so long: the passphrase is asked for again.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// Sessions of one account at once; the oldest ends when another begins.
const MOST: usize = 8;

/// One sign-in.
#[derive(Clone)]
pub struct Session {
    /// Whose.
    pub account: Arc<str>,
    /// What stands, hidden, in every form that is shown to them.
    pub token: Arc<str>,
    /// Which passphrase it was begun with; another ends it.
    pub turn: u64,
    since: Instant,
    seen: Instant,
}

/// All that are open. They end with the program.
#[derive(Default)]
pub struct Sessions {
    open: Mutex<HashMap<[u8; 32], Session>>,
}

impl Sessions {
    /// Begins one under a fresh number, whatever the browser had before (no fixation), and returns
    /// the number.
    pub fn begin(&self, account: &str, turn: u64, now: Instant) -> Result<String, Error> {
        let number = hex::encode(random::<32>()?);
        let token = hex::encode(random::<32>()?).into();
        let session = Session { account: account.into(), token, turn, since: now, seen: now };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, session| session.is_open(now));
        let own = open.iter().filter(|(_, session)| &*session.account == account);
        let mut own: Vec<([u8; 32], Instant)> = own.map(|(at, one)| (*at, one.since)).collect();
        own.sort_by_key(|(_, since)| std::cmp::Reverse(*since));
        for (at, _) in own.iter().skip(MOST - 1) {
            open.remove(at);
        }
        open.insert(key(&number), session);
        Ok(number)
    }

    /// The session of this number, which is seen now.
    pub fn find(&self, number: &str, now: Instant) -> Option<Session> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let session = open.get_mut(&key(number))?;
        if !session.is_open(now) {
            open.remove(&key(number));
            return None;
        }
        session.seen = now;
        Some(session.clone())
    }

    /// Ends it.
    pub fn end(&self, number: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&key(number));
    }
}

impl Session {
    fn is_open(&self, now: Instant) -> bool {
        now.duration_since(self.since) < LONGEST && now.duration_since(self.seen) < IDLE
    }
}

/// Sessions lie under the hash of their number: how long it takes to find one tells nothing of it.
fn key(number: &str) -> [u8; 32] {
    Sha256::digest(number.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends() {
        let (all, start) = (Sessions::default(), Instant::now());
        let number = all.begin("ada", 1, start).unwrap();
        assert_eq!(number.len(), 64);
        assert_eq!(&*all.find(&number, start).unwrap().account, "ada");
        assert!(all.find("", start).is_none() && all.find(&number[1..], start).is_none());
        let almost = IDLE - Duration::from_secs(1);
        assert!(all.find(&number, start + almost).is_some());
        assert!(all.find(&number, start + almost * 2).is_some());
        assert!(all.find(&number, start + almost * 2 + IDLE).is_none());
        assert!(all.find(&number, start + almost * 2).is_none()); // It does not come back.
        let number = all.begin("ada", 1, start).unwrap();
        all.end(&number);
        assert!(all.find(&number, start).is_none());
    }

    #[test]
    fn a_session_ends_with_the_day_even_in_use() {
        let (all, start) = (Sessions::default(), Instant::now());
        let number = all.begin("ada", 1, start).unwrap();
        let step = Duration::from_secs(60 * 20);
        let steps = (1..100).take_while(|n| all.find(&number, start + step * *n).is_some());
        assert_eq!(steps.count(), 35);
    }

    #[test]
    fn an_account_has_some_sessions_and_the_oldest_ends() {
        let (all, start) = (Sessions::default(), Instant::now());
        let later = |n: usize| start + Duration::from_secs(n as u64);
        let others = all.begin("bea", 1, start).unwrap();
        let numbers: Vec<String> =
            (0..=MOST).map(|n| all.begin("ada", 1, later(n)).unwrap()).collect();
        let now = later(MOST);
        let open: Vec<bool> = numbers.iter().map(|n| all.find(n, now).is_some()).collect();
        assert!(!open[0] && open[1..].iter().all(|open| *open));
        assert!(all.find(&others, now).is_some());
    }
}
