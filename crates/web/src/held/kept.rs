//! What was computed lately, by what was asked: once each, however many ask at once.

use std::sync::{Arc, Mutex, PoisonError};

/// An answer, or the place where those wait who ask the same.
type Slot<V> = Arc<Mutex<Option<Arc<V>>>>;

/// The answers that are kept, as of one position, the last one asked for at the end.
struct Slots<K, V> {
    at: u64,
    kept: Vec<(K, Slot<V>)>,
}

/// The last few answers as the ledger stands at one position.
///
/// # Invariants
/// 1. While an answer is computed, only those wait who ask the same.
/// 2. A failure is kept from nobody and for nobody: who asks next tries again.
pub struct Kept<K, V> {
    most: usize,
    slots: Mutex<Slots<K, V>>,
}

impl<K: Clone + PartialEq, V> Kept<K, V> {
    /// Room for so many.
    pub fn most(most: usize) -> Kept<K, V> {
        Kept { most, slots: Mutex::new(Slots { at: 0, kept: Vec::new() }) }
    }

    /// The answer under `key` as of `position`; `make` makes it where nobody has. What was kept as
    /// of another position is dropped first, so that both need not lie in memory.
    pub fn of<E>(
        &self,
        position: u64,
        key: &K,
        make: impl FnOnce() -> Result<V, E>,
    ) -> Result<Arc<V>, E> {
        let slot = self.slot(position, key);
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = &*slot {
            return Ok(found.clone());
        }
        let fresh = Arc::new(make()?);
        *slot = Some(fresh.clone());
        Ok(fresh)
    }

    fn slot(&self, position: u64, key: &K) -> Slot<V> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let Slots { at, kept } = &mut *slots;
        if *at < position {
            *at = position;
            kept.clear();
        }
        if position < *at {
            return Slot::default(); // Asked just before the ledger moved: answered, not kept.
        }
        let found = kept.iter().position(|(of, _)| of == key).map(|nth| kept.remove(nth));
        let one = found.unwrap_or_else(|| (key.clone(), Slot::default()));
        if kept.len() == self.most {
            kept.remove(0);
        }
        kept.push(one); // The last one asked for is the last to go.
        kept[kept.len() - 1].1.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        convert::Infallible,
        sync::{
            Barrier,
            atomic::{AtomicU32, Ordering},
            mpsc,
        },
        thread,
    };

    fn asked(kept: &Kept<u32, u32>, position: u64, key: u32, answer: u32) -> u32 {
        *kept.of(position, &key, || Ok::<_, Infallible>(answer)).unwrap()
    }

    #[test]
    fn an_answer_is_kept_until_the_ledger_moves_or_others_push_it_out() {
        let kept = Kept::most(2);
        assert_eq!(asked(&kept, 1, 7, 1), 1);
        assert_eq!(asked(&kept, 1, 7, 2), 1);
        assert_eq!(asked(&kept, 2, 7, 3), 3);
        assert_eq!(asked(&kept, 1, 7, 4), 4); // Late: answered, and nothing kept is lost by it.
        assert_eq!(asked(&kept, 2, 7, 5), 3);
        assert_eq!((asked(&kept, 2, 8, 6), asked(&kept, 2, 7, 7)), (6, 3));
        assert_eq!((asked(&kept, 2, 9, 8), asked(&kept, 2, 8, 9)), (8, 9));
    }

    #[test]
    fn a_failure_is_not_kept() {
        let kept = Kept::most(2);
        assert_eq!(kept.of(1, &7, || Err::<u32, _>("no")).unwrap_err(), "no");
        assert_eq!(asked(&kept, 1, 7, 1), 1);
    }

    #[test]
    fn many_who_ask_the_same_wait_for_one_and_nobody_else_waits() {
        let (kept, made) = (Kept::most(4), AtomicU32::new(0));
        let together = Barrier::new(8);
        let (go, wait) = mpsc::channel::<()>();
        let wait = Mutex::new(wait);
        thread::scope(|scope| {
            for _ in 0..7 {
                scope.spawn(|| {
                    together.wait();
                    let make = || {
                        made.fetch_add(1, Ordering::Relaxed);
                        wait.lock().unwrap().recv().unwrap(); // Until another question is answered.
                        Ok::<_, Infallible>(1)
                    };
                    assert_eq!(*kept.of(1, &7, make).unwrap(), 1);
                });
            }
            together.wait();
            assert_eq!(asked(&kept, 1, 8, 2), 2);
            go.send(()).unwrap();
        });
        assert_eq!(made.into_inner(), 1);
    }
}
