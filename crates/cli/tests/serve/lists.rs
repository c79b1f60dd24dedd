//! A newer list is held against the one before; what follows is decided at once, and undone so.

use super::{INLINE, Served};
use crate::stage::{Stage, code};

/// The two lists of one body, with nobody joined yet.
fn served() -> (Served, String) {
    let stage = Stage::copy_of("santa-aurelia");
    let settings = stage.case.join("case.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let joined = text.lines().find(|line| line.starts_with("decide = ")).unwrap();
    std::fs::write(&settings, text.replace(joined, "decide = []")).unwrap();
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    let newer = std::fs::read(stage.case.join("inbox/lists/olsa-detenidos-v2.xlsx")).unwrap();
    let at = format!("/versions/{}", habeas_model::Digest::of(&newer));
    (Served::of(stage), at)
}

/// The number after a word of the page.
fn number(page: &str, word: &str) -> usize {
    let rest = page.split(word).nth(1).unwrap_or_else(|| panic!("no {word} in {page}"));
    let digits = rest.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    digits.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

#[test]
fn a_newer_list_is_held_against_the_one_before() {
    let (served, at) = served();
    let page = served.check(&format!("{at}?only=same"), &["olsa-detenidos-v1.xlsx"], &INLINE).body;
    // Each row of the newer list is of one kind: their numbers add up.
    let kinds = ["same", "changed", "probable", "new", "id-conflict", "gone"];
    let of = |kind: &str| number(&page, &format!("only={kind}#h-kind\""));
    let rows = kinds[..5].iter().map(|kind| of(kind)).sum::<usize>();
    let document = served.get(&at.replace("/versions/", "/documents/")).body;
    assert_eq!(rows, number(&document, "Rows of people read in it"));
    assert!(of("same") > 40 && of("gone") > 20, "{kinds:?}");

    let pairs: Vec<&str> = page.split("name=\"pair\" value=\"").skip(1).collect();
    let pairs: Vec<&str> = pairs.iter().map(|rest| &rest[..33]).collect();
    assert_eq!(pairs.len(), of("same"));
    let said = format!("will be decided “one person”: {}; that stay open: ", pairs.len());
    assert!(page.contains(&said), "{page}");
    let hidden = |name: &str| served.get(&at).hidden(name);
    let ticked: String = pairs[1..].iter().map(|pair| format!("&pair={pair}")).collect();
    let form =
        format!("token={}&seen={}&verdict=same&back={at}{ticked}", hidden("token"), hidden("seen"));
    let persons = || served.stage.json("board", &[])["persons"].as_u64().unwrap() as usize;
    let before = persons();
    let answer = served.post("/link/many", &form);
    assert!(answer.head.contains(&format!("location: {at}\r\n")), "{}", answer.head);
    assert_eq!(persons(), before - (pairs.len() - 1));
    served.check(&format!("{at}?only=same"), &["“one person”: 1;"], &[]);
    served.post("/link/many", &form).check(409, &["one person"], &[]);
    let desk = served.get("/link");
    let undo = format!(
        "token={}&seen={}&position={}&last={}",
        desk.hidden("token"),
        desk.hidden("seen"),
        desk.hidden("position"),
        desk.hidden("last")
    );
    assert!(served.post("/undo", &undo).head.starts_with("http/1.1 303"));
    assert_eq!(persons(), before);
    for wrong in ["?of=x", "?only=x", &format!("?of={}", "f".repeat(64))] {
        let answer = served.get(&format!("{at}{wrong}"));
        assert!(answer.head.starts_with("http/1.1 40"), "{wrong}: {}", answer.head);
    }
    served.stage.verified();
}
