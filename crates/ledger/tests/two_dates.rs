//! What was known by then is what the ledger said then: the future, an undo, a correction of later
//! never changes it (invariant 8).
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod acts;
mod ledgers;

use habeas_ledger::KnownBy;
use habeas_model::{Entry, Review, Undo};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// At each position and each time, a question known by then is answered as it was answered
    /// then; sealed and unsealed ledgers answer alike.
    #[test]
    fn known_by_then_is_what_was_answered_then(history in acts::acts()) {
        let mut answers = Vec::new();
        for (_folder, ledger) in ledgers::both() {
            let mut writer = ledger.writer().unwrap();
            let mut then = Vec::new();
            for step in &history {
                acts::play(&ledger, &mut writer, "a", &[*step]);
                let present = ledger.present(KnownBy::Now).unwrap();
                then.push((ledger.head().unwrap(), serde_json::to_value(&present).unwrap()));
            }
            for (head, answer) in &then {
                let (position, time) = (head.position, head.recorded_at);
                for known_by in [KnownBy::Position(position), KnownBy::Time(time)] {
                    let now = ledger.present(known_by).unwrap();
                    prop_assert_eq!(&serde_json::to_value(&now).unwrap(), answer);
                }
            }
            prop_assert_eq!(ledger.verify().unwrap().faults, vec![]);
            answers.push(then.pop().unwrap().1);
        }
        prop_assert_eq!(&answers[0], &answers[1]);
    }
}

#[test]
fn a_retraction_and_its_undo_replay_in_their_order() {
    for (_folder, ledger) in ledgers::both() {
        let mut writer = ledger.writer().unwrap();
        let withdraw = |writer: &mut habeas_ledger::Writer, at| {
            let decided = acts::entries(acts::Act::Decide(0, false), 0);
            writer.append("a", at, &decided).unwrap().last
        };
        let _ = writer.append("r", 10, &acts::entries(acts::Act::Read(1), 0)).unwrap();
        let withdrawn = withdraw(&mut writer, 20);
        let undo = Entry::Undone(Undo { position: withdrawn, reason: String::new() });
        let undone = writer.append("a", 30, &[undo]).unwrap().last;
        let again = Entry::Undone(Undo { position: undone, reason: String::new() });
        let _ = writer.append("a", 40, &[again]).unwrap();
        let review = |time| ledger.present(KnownBy::Time(time)).unwrap().mentions[0].review;
        let read = [10, 20, 30, 40].map(review);
        use Review::{Refused, Unreviewed};
        assert_eq!(read, [Unreviewed, Refused, Unreviewed, Refused]);
    }
}
