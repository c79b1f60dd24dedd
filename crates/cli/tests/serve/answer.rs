//! Change, audit, promises, estimate and ledger as pages: the numbers that the terminal prints.

use super::{INLINE, Served};
use crate::stage::{code, stdout};

#[test]
fn a_change_is_explained_as_in_the_terminal() {
    let served = Served::santa_aurelia();
    let (before, after) = ("2026-01-25", "2026-02-10");
    let asked = ["--from", before, "--as-of", after];
    let told = served.stage.json("change", &asked);
    let address = format!("/change?from_as_of={before}&as_of={after}");
    let page = served.check(&address, &["name=\"from_as_of\"", "<h1>Change</h1>"], &INLINE);
    for shift in ["held", "released"] {
        let (was, is) = (&told[shift]["before"], &told[shift]["after"]);
        assert!(page.body.contains(&format!("{was} → {is}")), "{shift}\n{}", page.body);
        let parts = told[shift]["parts"].as_array().unwrap();
        assert!(!parts.is_empty());
    }
    let other = format!("href=\"?as_of={after}&amp;from_as_of={before}&amp;lang=es\"");
    assert!(page.body.contains(&other), "{}", page.body);
    served.get("/change?from_rule=Ada").check(400, &["<h1>"], &["Ada"]);
    served.get("/change?from_known_by=Ada").check(400, &["<h1>"], &["Ada"]);
}

#[test]
fn every_finding_and_every_promise_has_its_place() {
    let served = Served::santa_aurelia();
    let findings = served.stage.json("audit", &[]);
    let page = served.check("/audit", &["<h1>"], &INLINE);
    let shown = page.body.matches("<li class=\"holds\">").count()
        + page.body.matches("<li class=\"fails\">").count();
    assert_eq!(shown, findings["findings"].as_array().unwrap().len());
    for link in page.links("/lines/").iter().take(5) {
        served.check(link, &["<mark>"], &INLINE);
    }
    let promises = served.stage.json("promises", &[]);
    let page = served.check("/promises", &["<h1>"], &INLINE);
    let shown = page.body.matches("<li id=\"p-").count();
    assert_eq!(shown, promises["promises"].as_array().unwrap().len());
}

#[test]
fn an_estimate_has_an_interval_or_a_reason() {
    let served = Served::santa_aurelia();
    let told = served.stage.json("estimate", &["--as-of", "2026-02-01", "--lang", "en"]);
    let page = served.check("/estimate?as_of=2026-02-01", &["<h1>"], &INLINE);
    let sentence = told["verdict"]["sentence"].as_str().unwrap();
    let sentence = maud_escaped(sentence);
    assert!(page.body.contains(&sentence), "`{sentence}` is not in\n{}", page.body);
    for method in told["methods"].as_array().unwrap() {
        if let Some(why) = method["refusal"].as_str() {
            assert!(page.body.contains(&maud_escaped(why)), "`{why}` is not in\n{}", page.body);
        }
    }
}

fn maud_escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn the_ledger_tells_who_did_what_and_is_checked() {
    let served = Served::santa_aurelia();
    let page = served.check("/ledger", &["<h1>Ledger</h1>", "Nothing yet"], &INLINE);
    assert_eq!(page.body.matches("<tr id=\"e-").count(), 50);
    let verified = served.stage.run(&["verify"], &["--json"]);
    let verified: serde_json::Value = serde_json::from_str(&stdout(&verified)).unwrap();
    let head = verified["head"]["hash"].as_str().unwrap();
    served.check("/ledger", &[head], &[]);
    let older = page.links("/ledger?before=");
    let older = older.first().unwrap();
    let next = served.check(older, &["<tr id=\"e-"], &INLINE);
    let first = |body: &str| body.split("<tr id=\"e-").nth(1).map(|rest| rest[..4].to_owned());
    assert_ne!(first(&next.body), first(&page.body));
    served.check("/ledger?check=1", &["every hash as recorded"], &["role=\"alert\""]);
    assert_eq!(code(&served.stage.run(&["checkpoint"], &[])), 0);
    served.check("/ledger", &["entries 1 to", "signed a checkpoint"], &[]);
    let only = served.check("/ledger?only=decisions", &["one person"], &["read a document"]);
    assert!(only.body.contains("rule:"), "{}", only.body);
    served.get("/ledger?before=Ada").check(400, &["<h1>"], &["Ada"]);
}
