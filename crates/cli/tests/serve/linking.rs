//! The linking desk: a decision joins, an undo takes it back, and nobody undoes what another did.

use super::{Answer, Served};
use crate::stage::code;

impl Answer {
    /// The identifiers of the first pair.
    fn pair(&self) -> [String; 2] {
        ["left", "right"].map(|name| self.hidden(name))
    }
}

#[test]
fn a_pair_is_decided_and_taken_back() {
    let served = Served::santa_aurelia();
    let before = served.stage.json("board", &[])["persons"].as_u64().unwrap();
    let there = ["data-key=\"s\"", "data-key=\"d\"", "data-key=\"u\"", "src=\"/keys.js\""];
    let page = served.check("/link", &there, &["<style", " onclick"]);
    let (token, seen, [left, right]) = (page.hidden("token"), page.hidden("seen"), page.pair());
    // The terminal and the page ask about the same pair first: the one worth most.
    let first = served.stage.json("link", &["--list"])[0].clone();
    assert_eq!([&first["left"], &first["right"]], [&left[..], &right[..]]);
    let card = format!("id=\"k-{left}-{right}\"");
    let fields = |verdict: &str, seen: &str| {
        format!(
            "token={token}&seen={seen}&left={left}&right={right}&verdict={verdict}&reason=one+number&next={left}-{right}"
        )
    };
    let answer = served.post("/link", &fields("same", &seen));
    assert!(answer.head.starts_with("http/1.1 303"), "{}", answer.head);
    assert!(
        answer.head.contains(&format!("location: /link#k-{left}-{right}\r\n")),
        "{}",
        answer.head
    );
    let joined = served.check("/link", &["one number", "action=\"/undo\""], &[&card]);
    assert_eq!(served.stage.json("board", &[])["persons"].as_u64().unwrap(), before - 1);
    served.post("/link", &fields("not_same", &seen)).check(409, &["one person", "one number"], &[]);
    let (position, now) = (joined.hidden("position"), joined.hidden("seen"));
    let undo = format!("token={token}&seen={now}&position={position}");
    let answer = served.post("/undo", &undo);
    assert!(answer.head.contains("location: /link#h-decided\r\n"), "{}", answer.head);
    assert_eq!(served.stage.json("board", &[])["persons"].as_u64().unwrap(), before);
    served.check("/link", &[&card], &[]);
    served.post("/undo", &undo).check(409, &["undid entry"], &[]);
    served.stage.verified();
}

#[test]
fn what_makes_no_sense_joins_nobody() {
    let served = Served::santa_aurelia();
    let page = served.get("/link");
    let (token, seen, [left, right]) = (page.hidden("token"), page.hidden("seen"), page.pair());
    for (fields, status) in [
        (format!("seen={seen}&left={left}&right={right}&verdict=same"), 403),
        (format!("token={token}&left={left}&right={right}&verdict=same"), 400),
        (format!("token={token}&seen={seen}&left={left}&right={left}&verdict=same"), 400),
        (format!("token={token}&seen={seen}&left={left}&right={right}&verdict=Ada"), 400),
        (format!("token={token}&seen={seen}&left=Ada&right={right}&verdict=same"), 400),
        (format!("token={token}&seen={seen}&left={left}&right=ffffffffffffffff&verdict=same"), 409),
    ] {
        served.post("/link", &fields).check(status, &["<h1>"], &["Ada"]);
    }
    let undo =
        |position: &str, more: &str| format!("token={token}&seen={seen}&position={position}{more}");
    served.post("/undo", &undo("1", "")).check(400, &["<h1>"], &[]);
    served.post("/undo", &undo("Ada", "")).check(400, &["<h1>"], &["Ada"]);
    let last = served.get("/link").hidden("position");
    for more in ["&last=1", "&last=18446744073709551615"] {
        served.post("/undo", &undo(&last, more)).check(400, &["<h1>"], &[]);
    }
    let answer = served.post("/undo", &undo(&last, "&back=//evil.example"));
    assert!(answer.head.contains("location: /link#h-decided\r\n"), "{}", answer.head);
    assert_eq!(code(&served.stage.run(&["verify"], &[])), 0);
}
