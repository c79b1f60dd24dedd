//! A time stamp of a real responder (`openssl ts`) is taken, kept and checked offline; any other is
//! refused, with the reason.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod authority;

use authority::Tsa;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use habeas_ledger::{
    Error, Ledger,
    proof::Log,
    time::{Authority, Request, Stamps, check, kept_as},
};
use habeas_model::{Digest, Entry, Received, Stamped, memory::entry::Kept};

fn imprint() -> Digest {
    Digest::of(b"116 released")
}

#[track_caller]
fn why<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    answer.unwrap_err().to_string().lines().next().unwrap().to_owned()
}

fn stamped(tsa: &Tsa) {
    let trusted = Authority::trust("one", &tsa.root()).unwrap();
    let request = Request::on(Stamped::Entry(1), imprint()).unwrap();
    let answer = tsa.answer(&request.bytes().unwrap());
    let (stamp, moment) = request.answered(&answer, &trusted).unwrap();
    assert_eq!(moment.accuracy.unwrap().as_millis(), 1500);
    let token = BASE64_STANDARD.decode(&stamp.token).unwrap();
    assert_eq!(check(&token, &imprint(), &trusted).unwrap(), moment);
    assert!(tsa.believes(&token, b"116 released"), "openssl agrees");

    let again = Request::on(Stamped::Entry(1), imprint()).unwrap();
    assert!(why(again.answered(&answer, &trusted)).contains("to another question"));
    let other = Digest::of(b"161 released");
    assert!(why(check(&token, &other, &trusted)).contains("on something else"));
    // Whatever byte of a token is changed, it says the same moment or nothing (what nobody signed,
    // such as a root that it brings along, may change), and there is no panic.
    let (mut refused, mut tried) = (0, 0);
    for at in (0..token.len()).step_by(7) {
        let mut changed = token.clone();
        changed[at] ^= 1;
        let answer = check(&changed, &imprint(), &trusted);
        refused += usize::from(answer.is_err());
        tried += 1;
        assert!(answer.is_err() || answer.is_ok_and(|it| it == moment), "byte {at}");
    }
    assert!(refused * 2 > tried, "{refused} of {tried}");
}

#[test]
fn a_real_responder_is_believed_for_what_it_stamped() {
    stamped(&Tsa::new("rsa:2048", "stamps"));
    stamped(&Tsa::new("ec", "stamps"));
}

#[test]
fn who_is_not_trusted_for_time_is_refused() {
    let (one, other) = (Tsa::new("ec", "stamps"), Tsa::new("ec", "stamps"));
    let request = Request::on(Stamped::Entry(1), imprint()).unwrap();
    let answer = other.answer(&request.bytes().unwrap());
    let trusted = Authority::trust("one", &one.root()).unwrap();
    assert!(why(request.answered(&answer, &trusted)).contains("not by authority `one`"));
    assert!(why(request.answered(b"", &trusted)).contains("no time-stamp reply"));
    assert!(why(request.answered(&[0x30, 5, 0x30, 3, 2, 1, 2], &trusted)).contains("refused"));
    assert!(matches!(Authority::trust("one", b"nothing"), Err(Error::Authority(_))));
}

fn received(text: &str) -> Entry {
    let body = format!(
        r#"{{"blob": "{}", "name": "{text}.md", "bytes": 1, "format": "markdown", "capture": {{}},
            "disclosure": "restricted"}}"#,
        Digest::of(text.as_bytes())
    );
    Entry::Received(Box::new(serde_json::from_str::<Received>(&body).unwrap()))
}

#[test]
fn what_waits_is_what_is_not_stamped_yet() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    let tsa = Tsa::new("ec", "stamps");
    let pem = String::from_utf8(tsa.root()).unwrap();
    let kept = Entry::Kept(Kept { name: kept_as("one"), text: pem });
    for text in [b"a", b"b"] {
        writer.put_blob(text).unwrap();
    }
    let _ = writer.append("a", 1, &[kept, received("a"), received("b")]).unwrap();
    Log::sign(&ledger, &mut writer, "a", 2).unwrap();
    let waiting = Stamps::of(&ledger).unwrap().waiting("one", true);
    let on: Vec<Stamped> = waiting.iter().map(|(on, _)| *on).collect();
    assert_eq!(on, [Stamped::Entry(2), Stamped::Entry(3), Stamped::Checkpoint(4096)]);
    assert_eq!(Stamps::of(&ledger).unwrap().waiting("one", false).len(), 1);

    let trusted = Authority::trust("one", &tsa.root()).unwrap();
    for (on, imprint) in waiting {
        let request = Request::on(on, imprint).unwrap();
        let answer = tsa.answer(&request.bytes().unwrap());
        let (stamp, _) = request.answered(&answer, &trusted).unwrap();
        let _ = writer.append("a", 3, &[Entry::Stamped(stamp)]).unwrap();
    }
    let stamps = Stamps::of(&ledger).unwrap();
    assert_eq!((stamps.len(), stamps.waiting("one", true).len()), (3, 0));
    assert_eq!(stamps.waiting("two", true).len(), 3, "another authority is asked for itself");
    let (_, moment) = stamps.on(Stamped::Entry(2)).next().unwrap();
    assert!(moment.unwrap().time > jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(ledger.verify().unwrap().faults, []);

    // A stamp that is moved to another document is found, and so is one by somebody else.
    let Entry::Stamped(mut moved) = entry(&ledger, 5) else { unreachable!() };
    moved.on = Stamped::Entry(3);
    let mut strange = moved.clone();
    (strange.on, strange.authority) = (Stamped::Entry(2), "two".to_owned());
    let _ = writer.append("a", 4, &[Entry::Stamped(moved), Entry::Stamped(strange)]).unwrap();
    let faults = ledger.verify().unwrap().faults;
    let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["entry 8", "entry 9"], "{faults:?}");
}

fn entry(ledger: &Ledger, position: u64) -> Entry {
    let row = ledger.row(position).unwrap().unwrap();
    Entry::read(&row.kind, &row.body).unwrap()
}
