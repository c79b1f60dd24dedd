//! Requests of any words at all: none of them is a failure, none reaches a header, none is a name
//! of a file or a sentence for a database.

use crate::{
    route::routes,
    stage::{Browser, Stage},
    team::role::Role,
};
use axum::http::Method;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use std::fmt::Write as _;

/// Every byte as it may stand in an address.
fn escaped(words: &str) -> String {
    words.bytes().fold(String::new(), |mut out, byte| {
        write!(out, "%{byte:02x}").unwrap();
        out
    })
}

/// What stands in filters: words of databases, of shells, of markup, and anything.
fn words() -> impl Strategy<Value = String> {
    let known = [
        "' OR 1=1 --",
        "'; DROP TABLE entry; --",
        "1 UNION SELECT body FROM entry",
        "\" OR \"\"=\"",
        "../../../etc/passwd",
        "..\\..\\case.toml",
        "\r\nset-cookie: a=b",
        "\0",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${x}",
        "%s%n",
        "18446744073709551616",
        "-9999-99-99",
        "2026-02-30",
        "\u{202e}x",
    ];
    prop_oneof![
        proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        ".{0,40}",
        proptest::collection::vec(any::<u8>(), 0..24)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}

#[test]
fn no_words_in_a_query_or_an_address_break_anything() {
    let stage = Stage::of_a_team();
    let reader = stage.sign_in(Role::Keeper);
    let rows = routes(&stage.shared).done().1;
    let read = rows.iter().filter(|row| row.method == Method::GET);
    let paths: Vec<&str> = read.map(|row| row.path).collect();
    let fields = [
        "as_of",
        "known_by",
        "rule",
        "like",
        "lang",
        "from_as_of",
        "from_known_by",
        "from_rule",
        "page",
        "at",
        "custody",
        "mark",
        "cursor",
        "limit",
        "only",
        "before",
        "next",
        "id",
        "prefix",
        "waiting",
    ];
    let mut runner =
        TestRunner::new(Config { cases: 400, failure_persistence: None, ..Config::default() });
    let field = proptest::sample::select(fields.to_vec());
    let asked = (
        proptest::sample::select(paths),
        proptest::collection::vec((field, words()), 1..4),
        words(),
    );
    let law = runner.run(&asked, |(path, pairs, part)| {
        let begin = path.split('{').next().unwrap_or(path);
        let mut address = if begin.len() < path.len() {
            format!("{begin}{}", escaped(&part))
        } else {
            begin.to_owned()
        };
        for (nth, (field, words)) in pairs.iter().enumerate() {
            let mark = if nth == 0 { '?' } else { '&' };
            write!(address, "{mark}{field}={}", escaped(words)).unwrap();
        }
        let answer = stage.get(&address, &reader);
        prop_assert!(answer.status < 500, "{}: {}", address, answer.status);
        prop_assert!(!answer.head.contains("\r\nset-cookie: a=b"), "{}", answer.head);
        prop_assert!(answer.head.contains("\r\ncache-control: no-store"));
        prop_assert!(!answer.body.contains("<script>alert(1)"), "{}", address);
        prop_assert!(!answer.body.contains("root:x:0"));
        Ok(())
    });
    law.unwrap();
    // Whatever was asked, the case is as it was, and is still served.
    assert_eq!(stage.get("/", &reader).status, 200);
    assert_eq!(stage.get("/", &Browser::default()).status, 303);
}
