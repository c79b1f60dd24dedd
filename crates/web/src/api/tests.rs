//! What programs are told, and whom they must show a token of.

use crate::{
    api::cursor::Cursor,
    route::routes,
    stage::{Answer, Browser, Stage},
    team::{
        program::token::Scope,
        role::{Right, Role},
    },
};
use axum::http::Method;
use habeas_desk::keep::need::Closed;
use habeas_model::Verdict;
use serde_json::Value;
use std::collections::BTreeSet;

impl Stage {
    /// A token with these scopes, as it is shown once.
    fn token(&self, name: &str, scopes: &[Scope]) -> String {
        let scopes: BTreeSet<Scope> = scopes.iter().copied().collect();
        let now = habeas_desk::now() / 1_000_000;
        self.shared.door.book.change(|team| team.add_token(name, scopes, 7, "keeper", now)).unwrap()
    }

    fn by(&self, token: &str, method: &str, path: &str, body: &str) -> Answer {
        let shown = format!("authorization: Bearer {token}");
        let kind = "content-type: application/x-www-form-urlencoded";
        self.ask(method, path, &[&shown, kind], body)
    }
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

#[test]
fn a_token_is_good_for_its_scopes_and_nothing_else() {
    let stage = Stage::of_a_team();
    let rows = routes(&stage.shared).done().1;
    for scope in Scope::ALL {
        let token = stage.token(&scope.word().replace(':', "-"), &[scope]);
        for row in &rows {
            let path = row.path.replace("{token}", &token).replace("{person}", &"f".repeat(16));
            let answer = stage.by(&token, row.method.as_str(), &path, "");
            let (api, reconciles) =
                (row.path.starts_with("/api/"), row.path.starts_with("/reconcile/"));
            let may = row.right == Right::Enter || (api || reconciles) && scope.may(row.right);
            let out = matches!(answer.status, 401 | 403 | 303);
            if row.right != Right::Enter {
                assert_eq!(out, !may, "{} {} by {}", row.method, row.path, scope.word());
            }
        }
    }
}

#[test]
fn a_token_that_ended_or_was_revoked_or_never_was_opens_nothing() {
    let stage = Stage::of_a_team();
    let token = stage.token("tables", &[Scope::Counts]);
    let asked = |shown: &str| stage.by(shown, "GET", "/api/v1/board", "").status;
    assert_eq!(asked(&token), 200);
    for wrong in ["", "x", &token[1..], &token.to_uppercase(), &format!("{token} x")] {
        assert_eq!(asked(wrong), 401, "{wrong}");
    }
    // Whoever is signed in and shows a wrong token is nobody, too.
    let ada = stage.sign_in(Role::Keeper);
    let cookie = format!("cookie: {}", ada.cookie);
    let both = stage.ask("GET", "/api/v1/board", &["authorization: Bearer x", &cookie], "");
    assert_eq!(both.status, 401);
    assert!(both.head.contains("www-authenticate: bearer"));
    let basic = stage.ask("GET", "/api/v1/board", &["authorization: Basic eDp5", &cookie], "");
    assert_eq!(basic.status, 401);
    stage.shared.door.book.change(|team| team.revoke("tables")).unwrap();
    assert_eq!(asked(&token), 401);
    let team = stage.shared.door.book.read().unwrap();
    assert!(!format!("{team:?}").contains(&token[7..]));
}

#[test]
fn while_nobody_has_an_account_a_token_is_all_that_a_program_has() {
    let stage = Stage::of(&[]);
    assert_eq!(stage.get("/api/v1/people", &Browser::default()).status, 200);
    assert_eq!(stage.by("x", "GET", "/api/v1/people", "").status, 401);
    // A page elsewhere can make a browser send this form: it gets nothing by it.
    let kind = "content-type: application/x-www-form-urlencoded";
    let forged =
        stage.ask("POST", "/reconcile/x", &[kind, "origin: http://evil.example"], "queries={}");
    assert_eq!(forged.status, 401);
    let token = stage.token("refine", &[Scope::Reconcile]);
    assert_eq!(stage.get(&format!("/reconcile/{token}"), &Browser::default()).status, 200);
}

#[test]
fn every_answer_to_programs_is_described() {
    let stage = Stage::of_a_team();
    let reader = stage.sign_in(Role::Reader);
    let said = json(&stage.get("/api/v1/openapi.json", &reader));
    let rows = routes(&stage.shared).done().1;
    let api = rows.iter().filter(|row| row.path.starts_with("/api/"));
    for row in api.filter(|row| !row.path.ends_with(".json")) {
        let method = row.method.as_str().to_ascii_lowercase();
        let described = &said["paths"][row.path][&method];
        assert_eq!(described["x-right"], row.right.word(), "{}", row.path);
        let schema = &described["responses"]["200"]["content"]["application/json"]["schema"];
        let path = row.path.replace("{person}", &"f".repeat(16));
        let (answer, wrong) = match row.method {
            Method::GET => {
                (stage.get(&path, &reader), stage.get(&format!("{path}?as_of=x"), &reader))
            }
            _ => {
                let wrong = stage.post(&format!("{path}?as_of=x"), &reader, "name=a");
                (stage.post(&path, &reader, "name=a"), wrong)
            }
        };
        assert!(answer.head.contains("content-type: application/json"), "{path}");
        if answer.status == 200 {
            check(&said, schema, &json(&answer), row.path);
        } else {
            assert_eq!((answer.status, row.path), (404, "/api/v1/people/{person}"));
        }
        let refusal = json(&wrong);
        check(&said, &said["components"]["schemas"]["Refusal"], &refusal, row.path);
        assert_eq!((wrong.status, refusal["status"].as_u64()), (400, Some(400)), "{path}");
    }
    let nobody = stage.get("/api/v1/board", &Browser::default());
    assert_eq!(nobody.status, 401);
    assert!(nobody.head.contains("www-authenticate: bearer"));
}

#[test]
fn a_person_is_told_with_its_decisions() {
    let (stage, who) = Stage::of_two_lists();
    let said = json(&stage.get("/api/v1/openapi.json", &who));
    let schema = &said["components"]["schemas"]["Person"];
    let people = json(&stage.get("/api/v1/people", &who))["persons"].clone();
    let people: Vec<&str> = people.as_array().unwrap().iter().map(id).collect();
    let decide = |case: &mut habeas_desk::Case, writer: &mut habeas_ledger::Writer| {
        let [a, b, c] = [0, 1, 2].map(|nth: usize| people[nth].parse().unwrap());
        let mut say = |pair, verdict, why: &str| {
            habeas_desk::write::link::decide(case, writer, pair, verdict, why)
        };
        say((a, b), Verdict::Same, "one number")?;
        say((b, c), Verdict::Same, "")?;
        say((a, c), Verdict::NotSame, "brothers")
    };
    stage.shared.held.write("keeper", &Closed::default(), decide).unwrap();
    let first = json(&stage.get(&format!("/api/v1/people/{}", people[0]), &who));
    check(&said, schema, &first, "person");
    let told = |of: &Value| -> Vec<(String, String)> {
        let all = of["decisions"].as_array().unwrap().iter();
        let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        all.map(|one| (word(one, "verdict"), word(one, "effect"))).collect()
    };
    let pair = |verdict: &str, effect: &str| (verdict.to_owned(), effect.to_owned());
    let expected =
        [pair("same", "followed"), pair("same", "contradicted"), pair("not_same", "followed")];
    assert_eq!(told(&first), expected, "{first:#}");
    let (refused, parts) = (&first["decisions"][1], &first["decisions"][2]);
    assert_eq!(refused["against"], parts["position"]);
    assert_eq!(parts["forbids"][0], refused["position"]);
    assert_eq!((&parts["author"], &parts["reason"]), (&"keeper".into(), &"brothers".into()));
    assert_eq!(parts["other"], people[2]);
    let third = json(&stage.get(&format!("/api/v1/people/{}", people[2]), &who));
    check(&said, schema, &third, "person");
    assert_eq!(told(&third), expected[1..]);
}

fn id(of: &Value) -> &str {
    of["person"].as_str().unwrap()
}

/// Holds a value against a schema of the description: as much of JSON Schema as stands in ours.
#[track_caller]
fn check(said: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return check(said, &said["components"]["schemas"][name], value, at);
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return, // Any value.
    };
    let is = |kind: &&str| match *kind {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other}"),
    };
    assert!(kinds.iter().any(is), "{at}: {value} is none of {kinds:?}");
    for needed in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(needed.as_str().unwrap()).is_some() || value.is_null(), "{at}: {needed}");
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            check(said, property, value, &format!("{at}.{name}"));
        }
    }
    for (nth, one) in value.as_array().into_iter().flatten().enumerate() {
        check(said, &schema["items"], one, &format!("{at}[{nth}]"));
    }
}

#[test]
fn pages_of_a_list_are_of_one_position_whatever_is_written_meanwhile() {
    let stage = Stage::of_a_team();
    let reader = stage.sign_in(Role::Reader);
    let write = || {
        let settings = |case: &mut habeas_desk::Case, writer: &mut habeas_ledger::Writer| {
            let kept = habeas_model::memory::entry::Kept { name: "x".into(), text: String::new() };
            let author = case.author.clone();
            case.append(writer, &author, &[habeas_model::Entry::Kept(kept)])
        };
        stage.shared.held.write("keeper", &Closed::default(), settings).unwrap();
    };
    (0..3).for_each(|_| write());
    let first = json(&stage.get("/api/v1/ledger?limit=2", &reader));
    let position = first["position"].as_u64().unwrap();
    write();
    let next = first["next"].as_str().unwrap();
    assert!(next.parse::<Cursor>().is_ok());
    let second = json(&stage.get(&format!("/api/v1/ledger?limit=2&cursor={next}"), &reader));
    assert_eq!(second["position"].as_u64(), Some(position));
    let told = |of: &Value| -> Vec<u64> {
        let acts = of["acts"].as_array().unwrap().iter();
        acts.map(|act| act["position"].as_u64().unwrap()).collect()
    };
    assert_eq!(told(&first), [position, position - 1]);
    assert_eq!(told(&second), [position - 2, position - 3]);
    let other = format!("/api/v1/ledger?only=decisions&cursor={next}");
    assert_eq!(stage.get(&other, &reader).status, 400);
    let now = json(&stage.get("/api/v1/ledger?limit=1", &reader));
    assert_eq!(told(&now), [position + 1]);
}

#[test]
fn openrefine_is_told_what_the_service_is() {
    let stage = Stage::of_a_team();
    let token = stage.token("refine", &[Scope::Reconcile]);
    let at = format!("/reconcile/{token}");
    let manifest = stage.ask("GET", &at, &["origin: http://127.0.0.1:3333"], "");
    assert_eq!(manifest.status, 200);
    assert!(manifest.head.contains("access-control-allow-origin: *"), "{}", manifest.head);
    let told = json(&manifest);
    for key in ["versions", "name", "identifierSpace", "schemaSpace"] {
        assert!(told.get(key).is_some(), "{key}"); // Required by the manifest's schema.
    }
    assert_eq!(told["versions"][0], "0.2");
    let names = format!("{at}?queries=%7B%22q0%22%3A%7B%22query%22%3A%22a%22%7D%7D");
    assert_eq!(stage.get(&names, &Browser::default()).status, 405); // A name in no address.
    let kind = "content-type: application/x-www-form-urlencoded;charset=UTF-8";
    let batch = |said: &str| stage.ask("POST", &at, &[kind], &format!("queries={said}"));
    let found = batch("%7B%22q0%22%3A%7B%22query%22%3A%22Ada%22%2C%22limit%22%3A3%7D%7D");
    assert_eq!(json(&found)["q0"]["result"], serde_json::json!([]));
    for wrong in ["", "x", "%5B%5D", "%7B%22q0%22%3A1%7D"] {
        assert_eq!(batch(wrong).status, 400, "{wrong}");
    }
    let absent = stage.get(&format!("{at}/preview?id=x"), &Browser::default());
    assert_eq!(absent.status, 404);
    let property = stage.get(&format!("{at}/suggest/property?prefix=num"), &Browser::default());
    assert_eq!(json(&property)["result"], serde_json::json!([]));
    let property = stage.get(&format!("{at}/suggest/property?prefix=id"), &Browser::default());
    assert_eq!(json(&property)["result"][0]["id"], "number");
}
