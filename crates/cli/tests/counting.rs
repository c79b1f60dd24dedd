//! Rules, weeks, disputes and days at the door: what is right is written, what is wrong is refused.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod stage;

use serde_json::Value;
use stage::{Stage, code, stderr, stdout};
use std::{collections::HashMap, fs};

fn opened() -> Stage {
    let stage = Stage::copy_of("santa-aurelia");
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stage
}

#[track_caller]
fn refused(stage: &Stage, verb: &str, rest: &[&str], parts: &[&str]) {
    let output = stage.run(&[verb], rest);
    let said = stderr(&output);
    assert_eq!(code(&output), 1, "{said}{}", stdout(&output));
    for part in parts.iter().chain(&["hint: "]) {
        assert!(said.contains(part), "`{part}` is not in\n{said}");
    }
}

#[test]
fn a_bulletin_opens_every_figure_to_its_rows() {
    let stage = opened();
    let out = stage.root.path().join("week");
    let folder = out.to_str().unwrap();
    let output = stage.run(&["bulletin"], &["--week", "2026-W06", "--out", folder]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let told: Value = serde_json::from_str(&read("bulletin.json")).unwrap();
    let figures = told["figures"].as_array().unwrap();
    assert!(figures.len() > 50, "{} figures", figures.len());
    let page = read("bulletin.html");
    let mut rows = HashMap::<String, usize>::new();
    for line in read("bulletin.csv").lines().skip(1) {
        let (figure, rest) = line.split_once(',').unwrap();
        *rows.entry(figure.to_owned()).or_default() += usize::from(!rest.ends_with(','));
    }
    for figure in figures {
        let name = figure["figure"].as_str().unwrap();
        let count = figure["rows"].as_array().unwrap().len();
        if !name.contains("facility") {
            assert_eq!(rows[name], count, "{name}"); // Places may be quoted in a table.
            assert!(page.contains(&format!("id=\"f-{name}\"")), "{name}");
        }
    }
    let (before, after) = (&told["change"]["held"]["before"], &told["change"]["held"]["after"]);
    let parts = told["change"]["held"]["parts"].as_array().unwrap().iter();
    let sum: i64 = parts.map(|part| part["by"].as_i64().unwrap()).sum();
    assert_eq!(before.as_i64().unwrap() + sum, after.as_i64().unwrap());
    assert!(!page.contains("<script") && !page.contains("src=\"http"), "self-contained");
    assert!(read("bulletin.txt").lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn a_number_of_the_board_opens_to_its_rows() {
    let stage = opened();
    let board = stage.json("board", &[]);
    let lines = board["lines"].as_array().unwrap();
    let named = |line: &&Value| line["named"]["withheld"].as_u64() > Some(0);
    let silent = |line: &&Value| line["named"].is_null();
    for line in [lines.iter().find(named), lines.iter().find(silent)].map(Option::unwrap) {
        let asked = ["--line", line["id"].as_str().unwrap()];
        let told = stage.json("board", &asked);
        let (claims, persons) = (told["claims"].as_array(), told["persons"].as_array());
        let (claims, persons) = (claims.unwrap(), persons.unwrap());
        assert_eq!(claims.len(), line["sources"].as_array().unwrap().len());
        assert_eq!(persons.len() as u64, line["named"]["count"].as_u64().unwrap_or(0));
        let text = stdout(&stage.run(&["board"], &asked));
        let table = stdout(&stage.run(&["board"], &[&asked[..], &["--csv"]].concat()));
        assert_eq!(table.lines().count(), 1 + claims.len() + persons.len(), "{table}");
        let ids = claims.iter().map(|one| &one["claim"]);
        for id in ids.chain(persons.iter().map(|one| &one["person"])) {
            let id = id.as_str().unwrap();
            assert!(text.contains(id) && table.contains(id), "`{id}` is not in\n{text}{table}");
        }
        // Invariant 10: a terminal is the team's, a table may go further.
        assert_eq!(persons.is_empty(), !table.contains("nombre reservado"), "{table}");
        assert!(!text.contains("nombre reservado"), "{text}");
    }
    refused(&stage, "board", &["--line", "999999"], &["no line `999999`"]);
    let at = ["--as-of", "2026-02-10", "--rows"];
    let text = stdout(&stage.run(&["count"], &at));
    let of = |id: &str| text.lines().filter(|line| line.trim_start().starts_with(id)).count();
    let tally = stage.json("count", &at[..2]);
    for person in tally["total"]["held"]["persons"].as_array().unwrap() {
        // Once as a person, once as held; who was freed and taken again, once more.
        assert!(of(person.as_str().unwrap()) >= 2, "{person}");
    }
    let text = stdout(&stage.run(&["change"], &[&at[..], &["--from", "2026-01-31"]].concat()));
    let change = stage.json("change", &[&at[..2], &["--from", "2026-01-31"]].concat());
    for part in change["released"]["parts"].as_array().unwrap() {
        for person in part["persons"].as_array().unwrap() {
            assert!(text.contains(person.as_str().unwrap()), "{part}\n{text}");
        }
    }
}

#[test]
fn the_list_of_another_is_disputed_in_both_directions() {
    let told = opened().json("disputes", &[]);
    let all = told["disputes"].as_array().unwrap();
    let of = |body: &str, predicate: &str| {
        all.iter()
            .find(|one| one["body"] == body && one["predicate"] == predicate)
            .unwrap_or_else(|| panic!("{body} {predicate} in {told:#}"))
    };
    let said = of("Ministry of Justice", "disputed_released");
    assert_eq!((&said["against"], &said["quantity"]["lower"]), (&"OLSA".into(), &7.into()));
    assert!(said["candidates"].as_u64().unwrap() > 0, "{said:#}");
    let back = of("OLSA", "held");
    assert_eq!(back["against"], "Ministry of Justice");
    assert!(back["candidates"].as_u64().unwrap() > 0, "{back:#}");
}

#[test]
fn a_register_has_three_right_totals_and_a_course() {
    let stage = opened();
    let at = ["--as-of", "2026-02-10"];
    let rules = ["strict-monitor", "official-count", "press-custody"];
    let held: Vec<u64> = rules
        .iter()
        .map(|rule| {
            let tally = stage.json("count", &[&at[..], &["--rule", rule]].concat());
            tally["held"].as_u64().unwrap()
        })
        .collect();
    assert!(held[0] > held[1] && held[1] > held[2], "{held:?}");
    let output = stage.run(&["count"], &[&at[..], &["--since", "2026-02-01"]].concat());
    let course: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let days = course["total"]["held"].as_array().unwrap();
    assert_eq!((days.len(), days[9].as_u64()), (10, Some(held[0])));
}

#[test]
fn what_cannot_be_asked_is_refused_with_the_next_step() {
    let stage = opened();
    let out = stage.root.path().join("week");
    let folder = out.to_str().unwrap();
    for (week, part) in [("2026-6", "`2026-6`"), ("2026-W54", "`2026-W54`"), ("", "``")] {
        refused(&stage, "bulletin", &["--week", week, "--out", folder], &[part, "ISO 8601"]);
    }
    let week = ["--week", "2026-W30", "--as-of", "2026-02-10", "--out", folder];
    refused(&stage, "bulletin", &week, &["`2026-W30`", "2026-02-10"]);
    assert!(!out.exists(), "a refused bulletin writes nothing");
    for day in ["0000-01-01", "9999-12-31"] {
        refused(&stage, "count", &["--as-of", day], &[day]);
        refused(&stage, "change", &["--from", day], &[day]);
    }
    refused(&stage, "count", &["--since", "2027-01-01", "--as-of", "2026-02-01"], &["2027-01-01"]);
    refused(&stage, "count", &["--rule", "none-such"], &["`none-such`"]);
}

/// The headings of a claims table.
const HEADINGS: &str = "date_claimed,as_of,speaker,speaker_type,measure,qty_lower,qty_upper,\
    qty_mode,scope,baseline_since,population\n";

#[test]
fn a_claims_table_that_cannot_be_right_is_told_cell_by_cell() {
    let stage = Stage::new();
    let rows = [
        ("2026-02-01,2026-02-01,,,promise_release,100,100,exact,future,due 2026-02-20,", ""),
        ("2026-02-12,2026-02-01,Vigilia,ngo,released,20,20,exact,cum,2026-02-10,", ""),
        ("2026-02-12,2026-02-12,Vigilia,ngo,released,-3,-3,exact,cum,2026-01-10,", "6: `-3`"),
        ("2026-02-12,2026-02-12,Vigilia,ngo,released,2.5,2.5,exact,cum,,", "6: `2.5`"),
        ("2026-02-12,2026-02-12,Vigilia,ngo,held,1000000000,,at_least,stock,,", ""),
        ("2026-02-12,2026-02-12,Vigilia,ngo,held,5000000000,,at_least,stock,,", "6: `5000000000`"),
        ("0000-01-01,2026-02-12,Vigilia,ngo,held,7,7,exact,stock,,", "1: `0000-01-01`"),
        ("2026-02-12,9999-12-31,Vigilia,ngo,held,8,8,exact,stock,,", "2: `9999-12-31`"),
    ];
    let text = rows.iter().map(|(row, _)| format!("{row}\n")).collect::<String>();
    stage.put("claims.csv", format!("{HEADINGS}{text}").as_bytes());
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stdout(&output) + &stderr(&output);
    for (at, (_, part)) in rows.iter().enumerate().filter(|(_, (_, part))| !part.is_empty()) {
        let place = format!("claims.csv: row {}, column {part}", at + 2);
        assert!(said.contains(&place), "`{place}` is not in\n{said}");
    }
    let board = stage.json("board", &[]);
    let lines = board["lines"].as_array().unwrap();
    let of = |n: u64| lines.iter().find(|line| line["quantity"]["lower"] == n).unwrap();
    assert_eq!(lines.len(), 2, "{board:#}");
    assert_eq!(of(20)["incomparable"], serde_json::json!(["backwards"]));
    assert_eq!(of(1_000_000_000)["gap"]["short_by"], 1_000_000_000_u64, "{board:#}");
    assert_eq!(stage.json("audit", &[])["findings"][0]["severity"], "serious");
    let promise = &stage.json("promises", &[])["promises"][0];
    assert_eq!(promise["standing"], "unverifiable");
    assert!(promise["reasons"].as_array().unwrap().contains(&"no_promisor".into()), "{promise:#}");
}

#[test]
fn an_empty_case_answers_every_question() {
    let stage = Stage::new();
    for verb in ["board", "count", "change", "audit", "promises", "disputes", "estimate"] {
        let output = stage.run(&[verb], &[]);
        assert_eq!(code(&output), 0, "{verb}: {}", stderr(&output));
        assert!(!stdout(&output).trim().is_empty(), "{verb} says nothing");
        assert!(stage.json(verb, &[]).is_object(), "{verb}");
    }
    let all = stage.json("estimate", &[]);
    assert_eq!((&all["n"], &all["verdict"]["word"]), (&0.into(), &"refused".into()));
    let text = stdout(&stage.run(&["estimate"], &[]));
    assert_eq!(text.matches("0 lists have people").count(), 1, "said once:\n{text}");
}

#[test]
fn a_rule_of_the_case_is_kept_and_checked() {
    let stage = opened();
    let folder = stage.case.join("rules");
    fs::create_dir_all(&folder).unwrap();
    let shipped = fs::read_to_string(stage::shipped("../rules/strict-monitor.toml")).unwrap();
    let own = shipped.replace("strict-monitor", "kin").replace("minors = true", "minors = false");
    fs::write(folder.join("kin.toml"), &own).unwrap();
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    let held = |rule: &str| stage.json("count", &["--rule", rule])["held"].as_u64().unwrap();
    assert!(held("kin") < held("strict-monitor"));
    let wrong = own.replace("house-arrest = \"held\"", "house-arrest = \"perhaps\"");
    fs::write(folder.join("kin.toml"), wrong).unwrap();
    refused(&stage, "open", &["--once"], &["rules/kin.toml", "`house-arrest`", "`perhaps`"]);
    let both = own.replace("\"disappeared\"", "\"house_arrest\"");
    fs::write(folder.join("kin.toml"), both).unwrap();
    let parts = ["rules/kin.toml", "contradicts itself", "`house-arrest`"];
    refused(&stage, "open", &["--once"], &parts);
    stage.verified();
}
