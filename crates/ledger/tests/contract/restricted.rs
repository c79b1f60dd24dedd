//! It takes two people to hide what is kept, and two to show it again, wherever the ledger lies.

use crate::acts::{self, Act};
use habeas_ledger::{KnownBy, Ledger, restrict::Restrictions};
use habeas_model::{
    Entry, MentionId,
    memory::{Forgotten, Reason, Restricted, Wish},
};

/// The laws of restricting; each is given an empty ledger.
pub const LAWS: [fn(Ledger); 2] = [two_voices, of_a_document];

/// One voice about a person, who is in these mentions.
pub fn voice(wish: Wish, about: &str, mentions: Vec<MentionId>) -> Entry {
    Entry::Restricted(of_a_person(wish, about, mentions))
}

fn of_a_person(wish: Wish, about: &str, mentions: Vec<MentionId>) -> Restricted {
    Restricted {
        wish,
        what: Forgotten::Person,
        about: about.to_owned(),
        reason: Reason::Law,
        basis: "art. 9".to_owned(),
        claims: Vec::new(),
        mentions,
        documents: Vec::new(),
    }
}

/// A list of three rows is read, and a decision taken on the second.
fn listed(ledger: &Ledger) {
    let mut pen = ledger.writer().unwrap();
    acts::play(ledger, &mut pen, "a", &[Act::Read(3), Act::Decide(1, true)]);
}

/// Which of the list's rows an answer shows.
fn shown(ledger: &Ledger, known_by: KnownBy) -> Vec<MentionId> {
    ledger.present(known_by).unwrap().mentions.iter().map(|one| one.it.id).collect()
}

fn say(ledger: &Ledger, author: &str, entry: Entry) {
    let at = ledger.head().unwrap().recorded_at + 1;
    let _ = ledger.writer().unwrap().append(author, at, &[entry]).unwrap();
}

/// After each voice: which rows are shown now, to the one who had it open before as well, and who
/// is waited for.
#[track_caller]
fn check(ledger: &Ledger, voices: &[(&str, Entry, usize, Option<&str>)]) {
    let other = ledger.another().unwrap();
    for (author, entry, rows, waiting) in voices {
        say(ledger, author, entry.clone());
        for reader in [ledger, &other] {
            assert_eq!(shown(reader, KnownBy::Now).len(), *rows, "after {author} said it");
            let asked = Restrictions::of(reader).unwrap().asked;
            assert_eq!(asked.len(), 1);
            assert_eq!((asked[0].holds, asked[0].waiting.as_deref()), (*rows < 3, *waiting));
        }
    }
    assert_eq!(ledger.verify().unwrap().faults, []);
}

/// A row is hidden once two ask for it, at every known-by; it is still there, and shown again once
/// two ask for that.
fn two_voices(ledger: Ledger) {
    listed(&ledger);
    let before = ledger.head().unwrap().position;
    let hide = || voice(Wish::Restrict, "1", vec![acts::id(1)]);
    let lift = || voice(Wish::Lift, "1", Vec::new());
    check(
        &ledger,
        &[
            ("ana", hide(), 3, Some("ana")),
            ("ana", hide(), 3, Some("ana")),
            ("ben", hide(), 2, None),
        ],
    );
    for known_by in [KnownBy::Now, KnownBy::Position(before), KnownBy::Position(before + 1)] {
        assert_eq!(shown(&ledger, known_by), [acts::id(0), acts::id(2)], "{known_by:?}");
    }
    let kept = ledger.row(2).unwrap().unwrap();
    let Some(Entry::Mention(kept)) = ledger.entry(&kept).unwrap() else { panic!("a mention") };
    assert_eq!(kept.id, acts::id(1), "it is evidence, and stays");
    check(
        &ledger,
        &[
            ("ana", lift(), 2, Some("ana")),
            ("ana", lift(), 2, Some("ana")),
            ("cleo", lift(), 3, None),
        ],
    );
    assert_eq!(shown(&ledger, KnownBy::Position(before)).len(), 3);
}

/// With a document all that was read from it is hidden, and what is said of it later.
fn of_a_document(ledger: Ledger) {
    listed(&ledger);
    let said = of_a_person(Wish::Restrict, "1", Vec::new());
    let documents = vec![acts::list()];
    let said = Restricted { what: Forgotten::Document, documents, ..said };
    let hide = || Entry::Restricted(said.clone());
    check(&ledger, &[("ana", hide(), 3, Some("ana")), ("ben", hide(), 0, None)]);
    let mut pen = ledger.writer().unwrap();
    acts::play(&ledger, &mut pen, "a", &[Act::Read(4)]);
    drop(pen);
    let present = ledger.present(KnownBy::Now).unwrap();
    assert_eq!((present.mentions.len(), present.readings.len()), (0, 0));
}
