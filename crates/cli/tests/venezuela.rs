//! The shipped case of Venezuela in 2026 comes out as its claims were made: framed, told once,
//! refused where they differ.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod stage;

use serde_json::Value;
use stage::{Stage, code, stderr, stdout};

fn opened() -> Stage {
    let stage = Stage::copy_of("venezuela-2026");
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stage
}

/// Lines of a body with exactly this number.
fn lines<'a>(board: &'a Value, body: &str, number: u64) -> Vec<&'a Value> {
    let all = board["lines"].as_array().unwrap().iter();
    let of = |line: &&Value| line["body"].as_str().is_some_and(|name| name.contains(body));
    all.filter(of)
        .filter(|line| line["quantity"]["lower"] == number && line["quantity"]["upper"] == number)
        .collect()
}

/// Rows of the claims table that a line stands on.
fn rows(line: &Value) -> Vec<u64> {
    let sources = line["sources"].as_array().unwrap().iter();
    sources.filter_map(|source| source["place"]["cells"]["row"].as_u64()).collect()
}

#[test]
fn the_board_bears_the_table_once() {
    let stage = opened();
    let board = stage.json("board", &[]);
    let from_table = |line: &&Value| {
        line["sources"]
            .as_array()
            .unwrap()
            .iter()
            .any(|source| source["document"].as_str().unwrap().contains("claims.csv"))
    };
    let of_table: Vec<&Value> =
        board["lines"].as_array().unwrap().iter().filter(from_table).collect();
    assert!(of_table.len() >= 135, "{} lines from the table", of_table.len());
    // Each row that is no promise stands on exactly one line.
    let mut told: Vec<u64> = of_table.iter().flat_map(|line| rows(line)).collect();
    told.sort_unstable();
    let table = std::fs::read_to_string(stage.case.join("inbox/claims.csv")).unwrap();
    let counts =
        table.lines().zip(1_u64..).skip(1).filter(|(row, _)| !row.contains(",promise_release,"));
    assert_eq!(told, counts.map(|(_, row)| row).collect::<Vec<_>>());
    for key in
        ["metric", "unit", "population", "window", "as_of", "quantity", "speaker_chain", "named"]
    {
        assert!(of_table.iter().all(|line| line.get(key).is_some()), "a line without `{key}`");
    }
    for line in board["lines"].as_array().unwrap() {
        assert!(line.get("gap").is_some() != line.get("incomparable").is_some(), "{line:#}");
    }
    // Told once: the 687 stand in the table and in a bulletin, and are one line with both sources.
    let held = lines(&board, "Foro Penal", 687);
    let whole: Vec<_> = held
        .iter()
        .filter(|line| line["metric"]["predicate"] == "held" && line["population"]["age"].is_null())
        .collect();
    assert_eq!(whole.len(), 1, "{whole:#?}");
    assert!(whole[0]["sources"].as_array().unwrap().len() >= 2, "{:#}", whole[0]);
}

#[test]
fn two_windows_keep_one_number_apart() {
    let stage = opened();
    let board = stage.json("board", &[]);
    let both = lines(&board, "Foro Penal", 383);
    let mut from: Vec<&str> =
        both.iter().map(|line| line["window"]["from"].as_str().unwrap()).collect();
    from.sort_unstable();
    assert_eq!(from, ["2025-12-01", "2026-01-08"]);
    // A number that two lines say is asked back for, with both.
    let output = stage.run(&["board"], &["--compare", "151", "383"]);
    assert_eq!(code(&output), 1);
    for line in both {
        assert!(stderr(&output).contains(line["id"].as_str().unwrap()), "{}", stderr(&output));
    }
}

#[test]
fn unlike_frames_are_refused_with_the_reason() {
    let stage = opened();
    let board = stage.json("board", &[]);
    assert_eq!(lines(&board, "Foro Penal", 151).len(), 1);
    assert_eq!(lines(&board, "acting president", 626).len(), 1);
    let refused = stage.json("board", &["--compare", "151", "626"]);
    let differs: Vec<&str> =
        refused["differs"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(differs.contains(&"window") && differs.contains(&"population"), "{refused:#}");
}

#[test]
fn the_sums_of_a_bulletin_are_checked() {
    let audit = opened().json("audit", &[]);
    let holds = |arithmetic: &str, expected: bool| {
        let all = audit["findings"].as_array().or(audit.as_array()).unwrap();
        all.iter().any(|one| {
            one["arithmetic"].as_str().is_some_and(|sum| sum.contains(arithmetic))
                && one["holds"] == expected
        })
    };
    assert!(holds("600 + 87", true), "{audit:#}");
    assert!(holds("505 + 182", true), "{audit:#}");
    assert!(holds("687 + 1", false), "{audit:#}");
}

#[test]
fn the_promise_has_a_standing() {
    let stage = opened();
    let promises = stage.json("promises", &[]);
    let all = promises["promises"].as_array().or(promises.as_array()).unwrap();
    let announced = all.iter().filter(|one| {
        one.to_string().contains("2026-01-08") && one.to_string().contains("Rodríguez")
    });
    assert!(announced.clone().count() >= 1, "{promises:#}");
    assert!(announced.clone().all(|one| one["standing"].is_string()), "{promises:#}");
}

#[test]
fn as_of_never_shows_the_future() {
    let board = opened().json("board", &["--as-of", "2026-01-20"]);
    let lines = board["lines"].as_array().unwrap();
    assert!(!lines.is_empty());
    for line in lines {
        let as_of = line["as_of"].as_str().unwrap_or_default();
        assert!(as_of.get(..10).is_none_or(|day| day <= "2026-01-20"), "{line:#}");
    }
}

#[test]
fn both_languages_and_a_narrow_terminal() {
    let stage = opened();
    for lang in ["es", "en"] {
        let output =
            stage.command(&["board"], &["--lang", lang]).env("COLUMNS", "44").output().unwrap();
        assert_eq!(code(&output), 0);
        let wide = stdout(&output).lines().map(|line| line.chars().count()).max().unwrap();
        assert!(wide <= 44, "a line of {wide} in {lang}");
    }
    let page = std::fs::read_to_string(stage.case.join("board.html")).unwrap();
    assert!(page.contains("<svg") && !page.contains("<script"), "the page is self-contained");
    assert!(!page.contains("src=\"http"), "nothing is fetched");
}
