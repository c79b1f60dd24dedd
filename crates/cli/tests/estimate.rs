//! `habeas estimate` at the door: tables and cases, the form for programs, what is refused.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod stage;

use serde_json::Value;
use stage::{Stage, code, stderr, stdout};
use std::{collections::BTreeSet, fs, process::Output};

/// Runs `habeas estimate` on a file of this text.
fn on_table(text: &str, rest: &[&str]) -> Output {
    let mut stage = Stage { root: tempfile::tempdir().unwrap(), case: Default::default() };
    stage.case = stage.root.path().join("table.csv");
    fs::write(&stage.case, text).unwrap();
    stage.run(&["estimate"], rest)
}

fn told(output: &Output) -> Value {
    assert_eq!(code(output), 0, "{}", stderr(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn method<'a>(all: &'a Value, name: &str) -> &'a Value {
    all["methods"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()
}

const NED: &str = include_str!("../../count/tests/estimate/ned_5.csv");
const HAV: &str = include_str!("../../count/tests/estimate/hav_taiwan.csv");

#[test]
fn a_table_is_answered_in_one_form() {
    let all = told(&on_table(HAV, &["--json", "--replicates", "50"]));
    assert_eq!((&all["n"], &all["lists"]), (&271.into(), &serde_json::json!(["P", "Q", "E"])));
    let names: Vec<&str> = all["methods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    let expected = ["chao", "mth_chao", "loglinear_bic", "stepwise", "dga", "lcmcr", "dr"];
    assert_eq!(names, expected);
    let keys = ["name", "estimate", "median", "lower", "upper", "cpu_s", "diagnostics", "refusal"];
    for one in all["methods"].as_array().unwrap() {
        let has: BTreeSet<&str> = one.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(keys.iter().all(|key| has.contains(key)), "{has:?}");
        let number = |key: &str| one[key].as_f64();
        assert_eq!(one["refusal"].is_null(), number("estimate").is_some(), "{one}");
        assert_eq!(number("estimate").is_some(), number("lower").is_some(), "{one}");
        assert!(number("lower").is_none_or(|low| low >= 271.0), "{one}"); // Gate 8.
        assert!(number("cpu_s").is_some_and(|seconds| seconds >= 0.0));
    }
    assert_eq!(method(&all, "dr")["refusal_code"], "no_covariates");
    // Gate 7: what an estimate is never shown without.
    assert!(all["settings"]["seed"].is_u64() && all["version"].is_string());
    assert_eq!(all["verdict"]["asked"], 4); // Two bounds, and nothing for the last to go by.
    let again = told(&on_table(HAV, &["--json", "--replicates", "50"]));
    for name in expected {
        assert_eq!(method(&all, name)["median"], method(&again, name)["median"], "{name}");
    }
}

#[test]
fn few_methods_make_no_agreement() {
    let asked = ["--method", "loglinear_bic,stepwise,dga", "--replicates", "40"];
    let all = told(&on_table(NED, &[&asked[..], &["--json"]].concat()));
    assert_eq!(all["verdict"]["word"], "few_methods");
    assert_eq!((&all["verdict"]["standing"], &all["verdict"]["asked"]), (&2.into(), &3.into()));
    assert_eq!(method(&all, "dga")["refusal_code"], "several_modes");
    let alike = &method(&all, "loglinear_bic")["diagnostics"];
    assert!(alike["alike_lowest"].as_f64().unwrap() < 50_000.0, "{alike}");
    assert!(alike["alike_highest"].as_f64().unwrap() > 140_000.0, "{alike}");
    let text = stdout(&on_table(NED, &asked));
    assert!(text.contains("Only 2 of 3 methods stand") && text.contains("no headline"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn a_table_that_cannot_be_read_names_place_and_next_step() {
    #[track_caller]
    fn check(text: &str, part: &str) {
        let output = on_table(text, &[]);
        let said = stderr(&output);
        assert_eq!(code(&output), 1, "{said}");
        assert!(said.contains(part) && said.contains("\nhint: "), "{said}");
    }
    check("A,B,C,count\n1,1,0,-3\n", "`table.csv`, line 2, column `count`: `-3`");
    check("A,B,C,count\n1,1,0,2.5\n", "line 2, column `count`: `2.5`");
    check("A,B,C,count\n1,1,0,3\n1,1,0,3\n", "line 3: the same history as line 2");
    check("A,B,C,count\n0,0,0,3\n", "line 2");
    check("A,B,C,count\n1,1,0,99999999999999999999\n", "line 2, column `count`");
    check("", "table.csv");
    let heading: Vec<String> = (0..40).map(|list| format!("L{list}")).collect();
    let row = vec!["1"; 40].join(",");
    check(&format!("{},count\n{row},5\n", heading.join(",")), "40 lists");
    let output = on_table(HAV, &["--window", "2026-01-01..2026-02-01"]);
    assert!(stderr(&output).contains("ask a case, not a table"), "{}", stderr(&output));
    let output = on_table(HAV, &["--public"]);
    assert_eq!(code(&output), 2); // Gate 9 is of strata.
    assert!(stderr(&output).contains("--by"), "{}", stderr(&output));
}

#[test]
fn a_table_that_tells_nothing_is_refused_and_documented() {
    #[track_caller]
    fn check(text: &str, n: u64, why: &str) {
        let all = told(&on_table(text, &["--json"]));
        assert_eq!((&all["n"], &all["verdict"]["word"]), (&n.into(), &"refused".into()));
        assert_eq!(method(&all, "lcmcr")["refusal_code"], why);
        // Said once, not seven times.
        let text = stdout(&on_table(text, &["--method", "chao,dga,lcmcr"]));
        assert_eq!(text.matches("refused: ").count(), 1, "{text}");
    }
    check("A,count\n1,3\n", 3, "few_lists");
    check("A,B,C,count\n1,0,0,5\n0,1,0,5\n0,0,1,9\n", 19, "no_overlap");
}

#[test]
fn a_thousand_million_people_are_counted_as_any() {
    let rows = ["1,1,1", "1,1,0", "1,0,1", "0,1,1", "1,0,0", "0,1,0", "0,0,1"];
    let text: String = rows.iter().map(|row| format!("{row},1000000000\n")).collect();
    let asked = ["--json", "--method", "chao,loglinear_bic,dga"];
    let all = told(&on_table(&format!("A,B,C,count\n{text}"), &asked));
    assert_eq!(all["n"], 7_000_000_000_u64);
    let independent = method(&all, "loglinear_bic")["median"].as_f64().unwrap();
    assert!((independent / 8e9 - 1.0).abs() < 1e-6, "{independent}");
}

/// A list of these people (numbers of invented ones), with a place each.
fn list(people: impl Iterator<Item = u32>, place: impl Fn(u32) -> &'static str) -> String {
    const FIRST: [&str; 10] = ["Ba", "Ce", "Di", "Fo", "Gu", "Ja", "Ke", "Li", "Mo", "Nu"];
    const LAST: [&str; 10] = [
        "rundo", "velasta", "morindo", "quepar", "zondral", "ximeda", "tolbane", "hurvin",
        "pesgato", "wendrix",
    ];
    let row = |n: u32| {
        let (a, b) = (n as usize % 10, n as usize / 10 % 10);
        let (name, kin) = (FIRST[a].to_owned() + LAST[b], FIRST[b].to_owned() + LAST[(a + 3) % 10]);
        format!("{name} {kin},{},{},2026-01-10\n", 70_000_000 + n * 7_919, place(n))
    };
    format!("nombre,cédula,sitio,fecha de detención\n{}", people.map(row).collect::<String>())
}

#[test]
fn a_case_waits_for_its_reviewers_and_then_tells_of_its_links() {
    let stage = Stage::copy_of("santa-aurelia");
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    let first = stage.json("estimate", &["--method", "dga"]);
    assert_eq!(first["verdict"]["word"], "refused");
    assert!(!first["asked"]["not_used"].as_array().unwrap().is_empty(), "{first}");
    let output = stage.run(&["review"], &["--accept", "--reason", "checked"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let asked = ["--undecided", "--method", "dga", "--window", "2026-01-01..2026-02-15"];
    let all = stage.json("estimate", &asked);
    assert_eq!(all["lists"].as_array().unwrap().len(), 4, "{all}");
    assert_eq!(method(&all, "dga")["refusal_code"], "links_open");
    // Point 12: the uncertainty of the links, stated apart.
    let second = all["over_undecided"]["methods"].as_array().unwrap();
    let graphs = second.iter().find(|one| one["name"] == "dga").unwrap();
    let number = |key: &str| graphs[key].as_f64().unwrap();
    assert!(number("lower") < number("median") && number("median") < number("upper"), "{graphs}");
    assert!(method(&all, "dga")["median"].is_null(), "open pairs make no headline");
    assert_eq!(graphs["draws"], serde_json::json!([20, 20]));
    assert_eq!(stage.json("estimate", &asked)["over_undecided"], all["over_undecided"]);
}

/// Three bodies' lists of ninety people in two places, all reviewed and linked by their numbers.
fn three_lists() -> Stage {
    let stage = Stage::new();
    stage.set("rule = \"strict-monitor\"\n[link]\ndecide = [\"exact-number\"]\n");
    stage.set("[review]\naccept = [\"list-*\"]\n");
    let on: [fn(&u32) -> bool; 3] = [|n| n % 2 == 0, |n| n % 3 == 0, |n| n % 5 < 2];
    for (at, on) in on.iter().enumerate() {
        let place = |n: u32| if n < 40 { "Cerro Hondo" } else { "Punta Brava" };
        let name = format!("list-{at}.csv");
        stage.put(&name, list((0..90).filter(on), place).as_bytes());
        let says = "says = \"held\"\nas-of = \"2026-01-31\"\ndates = \"ymd\"";
        stage.set(&format!("[list.\"{name}\"]\n{says}\nby = \"Body {at}\"\n"));
    }
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stage
}

#[test]
fn strata_are_added_draw_by_draw_or_refused() {
    let stage = three_lists();
    let window = ["--window", "2026-01-01..2026-02-01", "--method", "dga"];
    let by = |axis: &str| stage.json("estimate", &[&window[..], &["--by", axis]].concat());
    let all = by("facility");
    assert_eq!(all["lists"].as_array().unwrap().len(), 3, "{all:#}");
    let strata = all["by"]["strata"].as_array().unwrap();
    let number = |one: &Value, key: &str| one[key].as_f64().unwrap_or_else(|| panic!("{one:#}"));
    assert_eq!(strata.iter().map(|one| one["n"].as_u64().unwrap()).sum::<u64>(), all["n"]);
    assert_eq!(strata.len(), 2);
    let sums = all["by"]["sums"].as_array().unwrap();
    let sum = sums.iter().find(|one| one["name"] == "dga").unwrap();
    let ends = |key: &str| strata.iter().map(|one| number(method(one, "dga"), key)).sum::<f64>();
    // Intervals are no numbers to be added: the sum's is narrower than the sum of the ends.
    assert!(number(sum, "lower") > ends("lower") && number(sum, "upper") < ends("upper"));
    assert!((number(sum, "median") / ends("median") - 1.0).abs() < 0.05, "{sum}");
    // No list tells the sex of anybody.
    let all = by("sex");
    let refused = all["by"]["strata"][0]["methods"].as_array().unwrap();
    assert!(refused.iter().all(|one| one["refusal_code"] == "strata_unknown"), "{refused:#?}");
    assert!(all["by"]["sums"].as_array().unwrap().iter().all(|sum| sum["median"].is_null()));
    let text = stdout(&stage.run(&["estimate"], &[&window[..], &["--by", "sex"]].concat()));
    assert!(text.contains("nobody writes this down"), "{text}");
}
