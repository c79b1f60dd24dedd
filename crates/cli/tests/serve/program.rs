//! Programs: what they are told page by page, and names that OpenRefine matches.

use super::{Answer, Served};
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write as _};

impl Served {
    /// A token, made at the terminal while the pages are served.
    fn token(&self, name: &str, scope: &str) -> String {
        let made = self.stage.run(&["account", "token"], &[name, "--scope", scope]);
        let said = String::from_utf8(made.stdout).unwrap();
        let token = said.lines().last().unwrap().to_owned();
        assert!(token.starts_with("habeas_"), "{said}");
        token
    }

    fn by(&self, token: &str, address: &str) -> Answer {
        let shown = format!("authorization: Bearer {token}");
        self.ask(&[&format!("GET {address} HTTP/1.1"), &format!("host: {}", self.at), &shown])
    }

    /// Sends a batch of names as OpenRefine does.
    fn matched(&self, at: &str, batch: &Value) -> Value {
        let answer = self.ask(&[
            &format!("POST {at} HTTP/1.1"),
            &format!("host: {}", self.at),
            "user-agent: OpenRefine/3.9",
            "accept: */*",
            "content-type: application/x-www-form-urlencoded; charset=UTF-8",
            &form(&batch.to_string()),
        ]);
        assert!(answer.head.starts_with("http/1.1 200 "), "{}", answer.head);
        assert!(answer.head.contains("access-control-allow-origin: *"));
        serde_json::from_str(&answer.body).unwrap()
    }
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

/// The rest of a request: its length, and `queries` in a form.
fn form(queries: &str) -> String {
    let mut body = "queries=".to_owned();
    for byte in queries.bytes() {
        match byte.is_ascii_alphanumeric() {
            true => body.push(char::from(byte)),
            false => write!(body, "%{byte:02X}").unwrap(),
        }
    }
    format!("content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

#[test]
fn a_list_is_told_page_by_page_and_whole() {
    let served = Served::santa_aurelia();
    let (counts, persons) =
        (served.token("counts", "read:counts"), served.token("persons", "read:persons"));
    let told = |token: &str, address: &str, list: &str, key: &str| {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = json(&served.by(token, &format!("/api/v1/{address}limit=7{cursor}")));
            let rows = page[list].as_array().unwrap_or_else(|| panic!("{page}"));
            seen.extend(rows.iter().map(|row| row[key].to_string()));
            let Some(next) = page["next"].as_str() else { break seen };
            cursor = format!("&cursor={next}");
        }
    };
    let board = served.stage.json("board", &["--as-of", "2026-02-01"]);
    let lines: Vec<String> =
        board["lines"].as_array().unwrap().iter().map(|line| line["id"].to_string()).collect();
    assert_eq!(told(&counts, "board?as_of=2026-02-01&", "lines", "id"), lines);
    let everybody = told(&persons, "people?", "persons", "person");
    let all = json(&served.by(&persons, "/api/v1/people?limit=1"))["all"].as_u64().unwrap();
    assert_eq!(everybody.len() as u64, all);
    assert_eq!(everybody.iter().collect::<BTreeSet<_>>().len() as u64, all);
    for (list, key) in [("documents", "document"), ("ledger", "position")] {
        let rows =
            told(&persons, &format!("{list}?"), if list == "ledger" { "acts" } else { list }, key);
        assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len(), "{list}");
    }
    // What a token is not good for, whoever sits at this computer.
    let refused = served.by(&counts, "/api/v1/people");
    assert!(refused.head.starts_with("http/1.1 403 "), "{}", refused.head);
    for address in ["/", "/people", "/team"] {
        let page = served.by(&persons, address);
        assert!(
            page.head.starts_with("http/1.1 200 "),
            "a page takes no token and asks nobody here"
        );
    }
    let somebody = &everybody[0][1..17];
    let person = json(&served.by(&persons, &format!("/api/v1/people/{somebody}")));
    assert_eq!(person["person"], somebody);
    assert!(!person["told"].as_array().unwrap().is_empty());
}

#[test]
fn openrefine_matches_names_and_decides_nothing() {
    let served = Served::santa_aurelia();
    let persons = served.token("persons", "read:persons");
    let at = format!("/reconcile/{}", served.token("refine", "reconcile"));
    let manifest = json(&served.get(&at));
    assert_eq!(manifest["versions"][0], "0.2");
    let page = json(&served.by(&persons, "/api/v1/people?limit=20"));
    let known: Vec<(&str, &str)> = page["persons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["person"].as_str().unwrap(), one["name"].as_str().unwrap()))
        .collect();
    let batch: serde_json::Map<String, Value> = known
        .iter()
        .enumerate()
        .map(|(n, (_, name))| {
            let query = serde_json::json!({
                "query": name, "type": "person", "type_strict": "should", "limit": 10,
            });
            (format!("q{n}"), query)
        })
        .collect();
    let told = served.matched(&at, &batch.into());
    for (n, (person, name)) in known.iter().enumerate() {
        let found = told[format!("q{n}")]["result"].as_array().unwrap();
        let own = found.iter().find(|one| one["id"] == *person);
        let own = own.unwrap_or_else(|| panic!("q{n} does not find {person}"));
        assert_eq!(own["name"], *name);
        let scores: Vec<f64> = found.iter().map(|one| one["score"].as_f64().unwrap()).collect();
        assert!(scores.is_sorted_by(|a, b| a >= b));
        assert!(found.iter().all(|one| one["match"] == false), "matched by the name alone");
        assert_eq!(own["type"][0]["id"], "person");
    }
    let before = served.stage.json("verify", &[])["entries"].clone();
    assert!(before.is_u64());
    let wrong = serde_json::json!({ "q0": {
        "query": known[0].1, "properties": [{ "pid": "number", "v": "0" }],
    } });
    let told = served.matched(&at, &wrong);
    assert!(told["q0"]["result"].as_array().unwrap().iter().all(|one| one["match"] == false));
    assert_eq!(served.stage.json("verify", &[])["entries"], before);
    let shown = served.get(&format!("{at}/preview?id={}", known[0].0));
    assert!(shown.body.contains(known[0].1) && !shown.head.contains("x-frame-options"));
    assert!(shown.head.contains("frame-ancestors http://127.0.0.1:* http://localhost:*"));
    let begun: String = known[0].1.chars().take(4).collect();
    let typed: String = begun.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let suggested = json(&served.get(&format!("{at}/suggest/entity?prefix={typed}")));
    assert!(!suggested["result"].as_array().unwrap().is_empty());
    served.stage.run(&["account", "revoke"], &["refine"]);
    assert!(served.get(&at).head.starts_with("http/1.1 401 "));
}
