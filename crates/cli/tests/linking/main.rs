//! Names found and linked through the command: searching, tables of every kind, explanations.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../stage/mod.rs"]
mod stage;

use habeas_desk::{Case, write::link::proposals};
use habeas_model::{MentionId, Place, Verdict, people::Warning};
use habeas_page::{Lang, Reader, See, terminal};
use stage::{Stage, code, shipped, stderr, stdout};
use std::{
    collections::HashMap,
    io::Write as _,
    process::{Output, Stdio},
};

fn opened() -> Stage {
    let stage = Stage::copy_of("santa-aurelia");
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stage
}

/// `habeas VERB CASE REST` with this on standard input.
fn said(stage: &Stage, verb: &str, rest: &[&str], input: &str) -> Output {
    let mut command = stage.command(&[verb], rest);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_typed_name_finds_its_person() {
    let stage = opened();
    let found = said(
        &stage,
        "find",
        &["--most", "3", "--lang", "en"],
        "Eskandela Zedenara, benig\n\nzzzzzzz\n",
    );
    assert_eq!(code(&found), 0, "{}", stderr(&found));
    let told = stdout(&found);
    assert!(told.contains("BENIGNO") && told.contains("begins so"), "{told}");
    assert_eq!(told.matches("nobody of the register").count(), 2, "{told}");
    let found = said(&stage, "find", &["--most", "3", "--json"], "Eskandela, Benigno\n");
    let told: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert!(!stdout(&found).to_lowercase().contains("scand"), "no name in JSON");
    let first = &told["found"][0];
    assert_eq!((&first["matched"][0], &first["matched"][1]), (&"sound".into(), &"same".into()));
    assert_eq!(told["found"].as_array().unwrap().len(), 3);
}

/// `habeas link ARGUMENTS`, in English, in a folder of its own.
fn link(folder: &std::path::Path, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_habeas"));
    command.current_dir(folder).arg("link").args(arguments).args(["--lang", "en"]);
    command.env("NO_COLOR", "1").env("COLUMNS", "100");
    command.output().unwrap()
}

#[test]
fn two_names_a_row_are_weighed_and_aligned() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "left,right\n\"Luna Prado, José\",Jose Luna\nMilo Escandón,Adela Toro\nМило Эскандон,Milo Escandón\n";
    std::fs::write(folder.path().join("pairs.csv"), rows).unwrap();
    let told = stdout(&link(folder.path(), &["--pairs", "pairs.csv"]));
    let p: Vec<f64> = csv::Reader::from_reader(told.as_bytes())
        .records()
        .map(|row| row.unwrap()[2].parse().unwrap())
        .collect();
    assert!(p.len() == 3 && p[0] > 0.5 && p[1] < 0.01 && p[2] > 0.5, "{told}");
    assert!(told.contains("luna=luna; jose=jose; -prado"), "{told}");
}

/// A list with doubles: slips, a lost surname, brothers.
fn people() -> String {
    let mut text = "id,given,surname1,surname2,dob,doc\n".to_owned();
    let given = ["Milo", "Adela", "Ciro", "Benigno", "Marcial", "Eliseo", "Hilario", "Camila"];
    let surnames = ["Escandón", "Belandria", "Olivarría", "Lagardera", "Alzuruta", "Bracamora"];
    for n in 0..120_usize {
        let (g, s, t) = (given[n % 8], surnames[n % 6], surnames[(n / 6 + 1) % 6]);
        let (year, month, day) = (1960 + n % 40, 1 + n % 12, 1 + n % 28);
        let born = format!("{year}-{month:02}-{day:02}");
        let doc = 10_000_000 + n * 7_919;
        text += &format!("a{n},{g},{s},{t},{born},{doc}\n");
        if n % 3 == 0 {
            let cut = if n % 2 == 0 { "" } else { t };
            text += &format!("b{n},{g},{},{cut},{born},{doc}\n", s.replace('z', "s"));
        }
    }
    text
}

#[test]
fn a_pair_is_explained_in_words_figures_and_a_drawing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("people.csv"), people()).unwrap();
    let asked = ["people.csv", "--explain", "a0,b0", "--svg", "pair.svg"];
    let told = stdout(&link(folder.path(), &asked));
    for part in ["One person:", "before comparing", "surnames: ", "met under", "together"] {
        assert!(told.contains(part), "`{part}` is not in\n{told}");
    }
    let drawn = std::fs::read_to_string(folder.path().join("pair.svg")).unwrap();
    assert!(drawn.starts_with("<svg") && !drawn.contains("Milo"), "no value in the drawing");
    let json = link(folder.path(), &["people.csv", "--explain", "a0,a1", "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let steps = told["steps"].as_array().unwrap().iter();
    let parts: f64 = steps.map(|step| step["bits"].as_f64().unwrap()).sum();
    let of = |key: &str| told[key].as_f64().unwrap();
    let sum = of("before") + parts + of("relatives") + of("reviewed");
    assert!((sum - of("weight")).abs() < 0.01 && told["together"] == false, "{told:#}");
    let wrong = link(folder.path(), &["people.csv", "--explain", "a0,zz"]);
    assert_eq!(code(&wrong), 1);
    assert!(stderr(&wrong).contains("no row has the id `zz`"), "{}", stderr(&wrong));
}

#[test]
fn mentions_of_a_case_are_explained() {
    let stage = opened();
    let pair = stage.json("link", &["--list"])[0].clone();
    let ids = format!("{},{}", pair["left"].as_str().unwrap(), pair["right"].as_str().unwrap());
    let told = stage.json("link", &["--explain", &ids]);
    let weights = (told["weight"].as_f64().unwrap(), pair["weight"].as_f64().unwrap());
    assert!((weights.0 - weights.1).abs() < 0.01, "{weights:?}");
    assert_eq!(told["together"], false, "nobody has decided it");
}

#[test]
fn a_sample_comes_back_filled() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("people.csv"), people()).unwrap();
    let asked = ["people.csv", "--sample", "50", "--seed", "3", "--out", "sample.csv"];
    let output = link(folder.path(), &asked);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let path = folder.path().join("sample.csv");
    let mut rows = csv::Reader::from_path(&path).unwrap();
    let headings = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert!(rows.len() > 20, "{} rows", rows.len());
    let mut filled = csv::Writer::from_path(&path).unwrap();
    filled.write_record(&headings).unwrap();
    for row in &rows {
        let same = if row[1][1..] == row[2][1..] { "yes" } else { "no" };
        filled.write_record([same].into_iter().chain(row.iter().skip(1))).unwrap();
    }
    filled.flush().unwrap();
    let json = link(folder.path(), &["--sampled", "sample.csv", "--json"]);
    assert_eq!(code(&json), 0, "{}", stderr(&json));
    let told: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(told["answered"], rows.len());
    for share in [&told["precision"], &told["recall"]] {
        let of = |key: &str| share[key].as_f64().unwrap();
        assert!(of("low") <= of("at") && of("at") <= of("high") && of("at") > 0.9, "{told:#}");
    }
    let words = stdout(&link(folder.path(), &["--sampled", "sample.csv"]));
    assert!(words.contains("precision") && words.contains("95 %"), "{words}");
    std::fs::write(&path, "same,id_l\nperhaps,a0\n").unwrap();
    assert!(stderr(&link(folder.path(), &["--sampled", "sample.csv"])).contains("hint: "));
}

/// What is written as Parquet is what is written as CSV; a workbook links as its table does.
#[test]
fn parquet_and_workbooks_go_in_and_parquet_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("people.csv"), people()).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in people().lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save(folder.path().join("people.xlsx")).unwrap();
    let done = |arguments: &[&str]| {
        let output = link(folder.path(), arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    };
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    done(&["people.csv", "--out", "c.csv", "--clusters", "cc.csv"]);
    done(&["people.xlsx", "--out", "x.csv", "--clusters", "xc.csv"]);
    assert_eq!((read("c.csv"), read("cc.csv")), (read("x.csv"), read("xc.csv")));
    assert!(read("c.csv").lines().count() > 30);
    // Links are a table themselves: what comes out goes in.
    done(&["people.csv", "--out", "p.parquet"]);
    let guessed = stdout(&link(folder.path(), &["p.parquet", "--guess"]));
    assert!(guessed.contains("id_l"), "{guessed}");
}

/// The true person behind each row of the lists, by mention.
fn truth(present: &habeas_model::Present) -> HashMap<MentionId, String> {
    let path = shipped("santa-aurelia").join("truth/mentions.csv");
    let mut rows = HashMap::new();
    for row in csv::Reader::from_path(path).unwrap().records().map(Result::unwrap) {
        rows.insert((row[0].to_owned(), row[2].parse::<u32>().unwrap()), row[3].to_owned());
    }
    let names: HashMap<_, _> =
        present.documents.iter().map(|taken| (taken.it.blob, &taken.it.name)).collect();
    let person = |mention: &habeas_model::Mention| {
        let Place::Cells { row, .. } = mention.span.place else { return None };
        let name = (*names.get(&mention.span.blob)?).clone();
        Some((mention.id, rows.get(&(name, row))?.clone()))
    };
    present.mentions.iter().filter_map(|one| person(&one.it)).collect()
}

/// `cargo nextest run -p habeas-cli ten_merges --no-capture` shows the invented people's rows.
#[test]
fn ten_merges_and_ten_refusals_are_explained() {
    let stage = opened();
    let case = Case::look(&stage.case, "test").unwrap();
    let present = case.present(None).unwrap();
    let (truth, mentions) = (truth(&present), present.mentions.iter().map(|one| &one.it));
    let mentions: HashMap<_, _> = mentions.map(|one| (one.id, one)).collect();
    let mut merged: Vec<_> = present
        .links
        .iter()
        .filter(|taken| taken.it.verdict == Verdict::Same && taken.author.starts_with("rule:"))
        .map(|taken| (taken.it.left, taken.it.right))
        .collect();
    merged.sort_unstable();
    let step = (merged.len() / 10).max(1);
    let merged: Vec<_> = merged.into_iter().step_by(step).take(10).collect();
    let open = proposals(&case, &present);
    let siblings = open.iter().filter(|pair| pair.warnings.contains(&Warning::Siblings));
    let rows = siblings.filter(|one| [one.left, one.right].iter().all(|id| truth.contains_key(id)));
    let refused: Vec<_> = rows.map(|one| (one.left, one.right)).take(10).collect();
    assert_eq!((merged.len(), refused.len()), (10, 10));
    let pairs = [merged, refused].concat();
    let explained = habeas_person::explain(&present.mentions, &present.links, &pairs);
    let reader = Reader { see: See::Team, ..Reader::public(Lang::En) };
    for (nth, (pair, told)) in pairs.iter().zip(explained).enumerate() {
        let told = told.unwrap();
        let rows = terminal::two_rows(mentions[&pair.0], mentions[&pair.1], &reader);
        println!("{}. {}", nth + 1, terminal::explained(&told, &rows, &reader));
        let one = truth[&pair.0] == truth[&pair.1];
        assert_eq!((told.together, one), (nth < 10, nth < 10), "pair {}", nth + 1);
    }
}
