//! The reading desk: a form decides, once; what somebody else decided meanwhile is not overwritten.

use super::Served;
use crate::stage::{Stage, code};

const NOTE: &str = "Santa Aurelia, 20 January 2026. The Ministry said that 42 detainees were released.\n\nThe relatives waited at the gate until dusk.\n";

/// A case with one note, read.
fn desk() -> (Served, String, String) {
    let stage = Stage::new();
    stage.put("note.txt", NOTE.as_bytes());
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    let served = Served::of(stage);
    let list = served.check("/read", &["note.txt"], &[]);
    let desk = list.links("/read/").first().unwrap().clone();
    let page = served.check(
        &desk,
        &["<mark", "data-key=\"a\"", "src=\"/keys.js\""],
        &["<style", " onclick"],
    );
    let id = page.body.split("<li id=\"k-").nth(1).unwrap()[..16].to_owned();
    (served, desk, id)
}

#[test]
fn a_claim_is_accepted_and_refused_and_the_ledger_knows_by_whom() {
    let (served, desk, id) = desk();
    // A browser that was told `no-referrer` would send the form with `Origin: null`.
    let page = served.check(&desk, &["name=\"token\""], &["no-referrer"]);
    let (token, seen) = (page.hidden("token"), page.hidden("seen"));
    let fields = |verdict: &str, seen: &str| {
        format!(
            "token={token}&seen={seen}&kind=claim&id={id}&part=0&from=0&verdict={verdict}&reason=so+it+is"
        )
    };
    let answer = served.post(&desk, &fields("accepted", &seen));
    assert!(answer.head.starts_with("http/1.1 303"), "{}", answer.head);
    assert!(
        answer.head.contains(&format!("location: {desk}?part=0&from=0#k-{id}")),
        "{}",
        answer.head
    );
    served.check(&desk, &[&format!("<li id=\"k-{id}\" class=\"card review-accepted\"")], &[]);
    served.check("/ledger", &["accepted", "so it is"], &[]);
    // The same page again: somebody was faster.
    let stale = served.post(&desk, &fields("refused", &seen));
    stale.check(409, &["accepted", "so it is", &desk], &[]);
    served.check(&desk, &["class=\"card review-accepted\""], &["class=\"card review-refused\""]);
    let now = served.get(&desk).hidden("seen");
    let refused = served.post(&desk, &fields("refused", &now));
    assert!(refused.head.starts_with("http/1.1 303"), "{}", refused.head);
    served.check(&desk, &["class=\"card review-refused\""], &[]);
    served.stage.verified();
}

#[test]
fn what_the_command_line_decides_meanwhile_is_not_overwritten() {
    let (served, desk, id) = desk();
    let page = served.get(&desk);
    let (token, seen) = (page.hidden("token"), page.hidden("seen"));
    let done = served.stage.run(&["review"], &["--refuse", &id, "--reason", "a rumour"]);
    assert_eq!(code(&done), 0);
    let fields =
        format!("token={token}&seen={seen}&kind=claim&id={id}&verdict=accepted&reason=mine");
    served.post(&desk, &fields).check(409, &["refused", "a rumour", "mine"], &[]);
    served.check(&desk, &["class=\"card review-refused\""], &[]);
}

#[test]
fn a_claim_is_edited_and_one_of_ones_own_is_added() {
    let (served, desk, id) = desk();
    let page = served.get(&desk);
    let (token, seen) = (page.hidden("token"), page.hidden("seen"));
    let edit = format!(
        "token={token}&seen={seen}&kind=claim&id={id}&verdict=edited&predicate=released&mode=at_least&number=1.042&modality=asserted&as_of=2026-01-20"
    );
    let answer = served.post(&desk, &edit);
    assert!(answer.head.starts_with("http/1.1 303"), "{}", answer.head);
    served.check("/", &["at least 1,042"], &[]);
    let own = |quote: &str| {
        format!(
            "token={token}&seen={seen}&verdict=own&part=0&from=0&quote={quote}&predicate=released&mode=exact&number=17&modality=asserted&speaker=The+relatives&role=families"
        )
    };
    let absent = served.post(&desk, &own("not+in+the+text"));
    absent.check(400, &["<h1>"], &["not in the text"]);
    let answer = served.post(&desk, &own("waited+at+the+gate"));
    assert!(answer.head.starts_with("http/1.1 303"), "{}", answer.head);
    let page = served.check(&desk, &["waited at the gate</a></mark>"], &[]);
    assert_eq!(page.body.matches("<li id=\"k-").count(), 2);
    let board = served.stage.json("board", &[]);
    let quoted =
        board["lines"].as_array().unwrap().iter().any(|line| line["quantity"]["lower"] == 17);
    assert!(quoted, "{board:#}");
    served.stage.verified();
}

#[test]
fn what_makes_no_sense_writes_nothing() {
    let (served, desk, id) = desk();
    let page = served.get(&desk);
    let (token, seen) = (page.hidden("token"), page.hidden("seen"));
    let before = served.stage.json("board", &[])["position"].clone();
    for (fields, status) in [
        (format!("seen={seen}&kind=claim&id={id}&verdict=accepted"), 403),
        (format!("token=guess&seen={seen}&kind=claim&id={id}&verdict=accepted"), 403),
        (format!("token={token}&kind=claim&id={id}&verdict=accepted"), 400),
        (format!("token={token}&seen={seen}&kind=claim&id={id}&verdict=unreviewed"), 400),
        (format!("token={token}&seen={seen}&kind=claim&id=Ada&verdict=accepted"), 400),
        (format!("token={token}&seen={seen}&kind=Ada&id={id}&verdict=accepted"), 400),
        (format!("token={token}&seen={seen}&kind=claim&id=ffffffffffffffff&verdict=accepted"), 409),
        (format!("token={token}&seen={seen}&kind=claim&id={id}&verdict=edited&predicate=Ada"), 400),
    ] {
        served.post(&desk, &fields).check(status, &["<h1>"], &["Ada", "<script>"]);
    }
    for address in ["/read/Ada", "/read/0000"] {
        served.get(address).check(404, &["<h1>"], &["Ada"]);
    }
    served.get(&format!("{desk}?part=Ada")).check(400, &["<h1>"], &["Ada"]);
    served.get(&format!("{desk}?part=9")).check(404, &["<h1>"], &[]);
    // The first decision after a start keeps the settings, and nothing else was written.
    let kept = served.stage.json("board", &[])["position"].as_u64().unwrap();
    assert!(kept - before.as_u64().unwrap() <= 1);
}
