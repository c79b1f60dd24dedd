//! Trying is made slow: after a few failures each costs a longer wait, for the account and for the
//! address that tries.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Tries that cost no wait: a slip of the hand, and two more.
const FREE: u32 = 3;

/// Quiet for so long, and it is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);

/// Whom is remembered, at most: a flood must not eat the memory.
const MOST: usize = 10_000;

/// Whose tries are counted, each for itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// An account, whether it is there or not. It waits a minute at most: nobody may lock another
    /// out by failing in their name.
    Account(String),
    /// An address of the network. It waits a quarter of an hour at most.
    Address(std::net::IpAddr),
}

impl Whose {
    fn longest(&self) -> Duration {
        match self {
            Whose::Account(_) => Duration::from_secs(60),
            Whose::Address(_) => Duration::from_secs(15 * 60),
        }
    }
}

struct Tries {
    failed: u32,
    last: Instant,
    until: Instant,
}

/// All tries that failed of late.
#[derive(Default)]
pub struct Slow {
    tries: Mutex<HashMap<Whose, Tries>>,
}

impl Slow {
    /// Begins a try of each of `whose`: counted as failed until it is [forgiven](Slow::forgive), so
    /// that many at once do not all come before the first failure. Else how long to wait.
    pub fn begin(&self, whose: &[Whose], now: Instant) -> Result<(), Duration> {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = |one| tries.get(one).map(|tries: &Tries| tries.until.duration_since(now));
        let longest = whose.iter().filter_map(wait).max().unwrap_or_default();
        if !longest.is_zero() {
            return Err(longest);
        }
        tries.retain(|_, tries| now.duration_since(tries.last) < FORGOTTEN);
        for one in whose {
            if tries.len() >= MOST && !tries.contains_key(one) {
                let oldest = tries.iter().min_by_key(|(_, tries)| tries.last);
                let oldest = oldest.map(|(whose, _)| whose.clone());
                oldest.and_then(|whose| tries.remove(&whose));
            }
            let fresh = || Tries { failed: 0, last: now, until: now };
            let of = tries.entry(one.clone()).or_insert_with(fresh);
            of.failed += 1;
            of.last = now;
            let doubled = of.failed.checked_sub(FREE).map(|beyond| 1 << beyond.min(12));
            let wait = Duration::from_secs(doubled.unwrap_or(0)).min(one.longest());
            of.until = now + wait;
        }
        Ok(())
    }

    /// Takes back that a try failed: it did not.
    pub fn forgive(&self, whose: &[Whose]) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        for one in whose {
            tries.remove(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> [Whose; 1] {
        [Whose::Account("ada".to_owned())]
    }

    #[test]
    fn each_failure_beyond_a_few_costs_twice_the_wait() {
        let (slow, start) = (Slow::default(), Instant::now());
        let mut now = start;
        let mut waits = Vec::new();
        for _ in 0..11 {
            slow.begin(&ada(), now).unwrap();
            let until = slow.tries.lock().unwrap()[&ada()[0]].until;
            let wait = until.duration_since(now);
            waits.push(wait.as_secs());
            now += wait;
        }
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn a_pass_and_an_hour_of_quiet_forgive() {
        let (slow, now) = (Slow::default(), Instant::now());
        for _ in 0..3 {
            slow.begin(&ada(), now).unwrap();
        }
        let other = [Whose::Account("bea".to_owned())];
        assert!(slow.begin(&ada(), now).is_err() && slow.begin(&other, now).is_ok());
        slow.forgive(&ada());
        assert!(slow.begin(&ada(), now).is_ok());
        for _ in 0..2 {
            slow.begin(&ada(), now).unwrap();
        }
        assert!(slow.begin(&ada(), now).is_err());
        assert!(slow.begin(&ada(), now + FORGOTTEN).is_ok());
        assert!(slow.begin(&ada(), now + FORGOTTEN).is_ok());
    }

    #[test]
    fn a_flood_is_not_remembered_whole() {
        let (slow, now) = (Slow::default(), Instant::now());
        for n in 0..=MOST {
            slow.begin(&[Whose::Account(n.to_string())], now).unwrap();
        }
        assert_eq!(slow.tries.lock().unwrap().len(), MOST);
    }
}
