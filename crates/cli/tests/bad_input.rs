//! Every terrible file gets a clear answer that names the place and the next step, and nothing
//! recorded is lost.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod stage;

use rust_xlsxwriter::{Format, Workbook};
use stage::{Stage, code, stderr, stdout};
use std::{fs, io::Write as _};

const GOOD: &[u8] =
    "apellidos;nombres;C.I.;fecha de detención\nRojas Lira;Elvira;V-11.222.333;14/01/2026\n"
        .as_bytes();

/// Puts a good list and a bad file into the inbox and opens the case: the answer has `expected` in
/// it, the exit code
/// is `exit`, the good list is there, the ledger is whole.
#[track_caller]
fn check(name: &str, bytes: &[u8], exit: i32, expected: &[&str]) -> Stage {
    let stage = Stage::new();
    stage.put("good.csv", GOOD);
    stage.put(name, bytes);
    answer(&stage, exit, expected);
    stage
}

#[track_caller]
fn answer(stage: &Stage, exit: i32, expected: &[&str]) {
    let output = stage.run(&["open"], &["--once"]);
    let said = format!("{}{}", stdout(&output), stderr(&output));
    assert_eq!(code(&output), exit, "{said}");
    for part in expected {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
    assert!(!said.contains("panicked"), "{said}");
    assert!(!said.contains("Rojas"), "a name was told:\n{said}"); // Invariant 12.
    let persons = stage.json("count", &[]);
    assert!(persons["persons"].as_u64() >= Some(1), "{persons}");
    stage.verified();
}

#[test]
fn an_empty_file() {
    check("nothing.csv", b"", 4, &["nothing.csv", "empty", "hint:"]);
}

#[test]
fn binary_garbage_named_csv() {
    let garbage: Vec<u8> =
        (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check("garbage.csv", &garbage, 4, &["garbage.csv", "hint:"]);
}

#[test]
fn windows_1252() {
    let (bytes, _, _) = ("apellidos;nombres;sitio\nNúñez Peña;Begoña;Cárcel de Piedra Ñ\n", 0, 0);
    // Every character here is in Latin-1.
    let latin: Vec<u8> = bytes.chars().map(|c| c as u8).collect();
    let stage = check("latin.csv", &latin, 0, &[]);
    assert_eq!(stage.json("count", &[])["persons"], 2);
    let out = stage.case.join("out");
    assert_eq!(code(&stage.run(&["export"], &["--names", "--out", out.to_str().unwrap()])), 0);
    assert!(fs::read_to_string(out.join("persons.csv")).unwrap().contains("Begoña Núñez Peña"));
}

#[test]
fn semicolons_and_a_byte_order_mark() {
    let stage = check("bom.csv", "\u{feff}Apellidos;Nombres\nLuna Prado;Ciro\n".as_bytes(), 0, &[]);
    assert_eq!(stage.json("count", &[])["persons"], 2);
}

#[test]
fn a_ragged_row() {
    check(
        "ragged.csv",
        b"name,id,place\nCiro Luna,1,Cerro Hondo\nSaul Prado,2,Cerro Hondo,extra,more\n",
        0,
        &["ragged.csv", "3"],
    );
}

#[test]
fn a_merged_heading() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 3, "Lista de personas detenidas", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 1, "Nombre y apellido", &plain).unwrap();
    sheet.write(1, 2, "C.I.").unwrap();
    sheet.write(1, 3, "Sitio").unwrap();
    for (column, text) in ["Ciro", "Luna Prado", "V-9.888.777", "Cerro Hondo"].iter().enumerate() {
        sheet.write(2, column as u16, *text).unwrap();
    }
    let stage = check("merged.xlsx", &book.save_to_buffer().unwrap(), 0, &[]);
    assert_eq!(stage.json("count", &[])["persons"], 2);
}

#[test]
fn two_columns_of_one_name() {
    check("twice.csv", b"name,id,id\nCiro Luna,1,2\n", 0, &["twice.csv", "id"]);
}

#[test]
fn a_day_that_no_calendar_has() {
    check(
        "date.csv",
        b"name,date of arrest\nCiro Luna,31/02/2026\n",
        0,
        &["date.csv", "31/02/2026"],
    );
}

#[test]
fn day_or_month_first() {
    check(
        "order.csv",
        b"name,date of arrest\nCiro Luna,03/04/2026\nSaul Prado,05/06/2026\n",
        0,
        &["order.csv"],
    );
}

#[test]
fn one_number_two_names() {
    check(
        "shared.csv",
        b"name,id\nCiro Luna Prado,12345678\nBegona Mora Sanz,12345678\n",
        0,
        &["shared.csv"],
    );
}

#[test]
fn a_password_protected_workbook() {
    let mut sealed = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    sealed.extend([0; 2048]);
    check("sealed.xlsx", &sealed, 4, &["sealed.xlsx", "password", "hint:"]);
}

#[test]
fn two_gibibytes() {
    let stage = Stage::new();
    stage.put("good.csv", GOOD);
    let huge = fs::File::create(stage.case.join("inbox/huge.csv")).unwrap();
    huge.set_len(2 << 30).unwrap(); // A sparse file: no disk is used.
    answer(&stage, 4, &["huge.csv", "hint:"]);
}

#[test]
fn a_zip_bomb() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    let zeros = vec![b' '; 1 << 20];
    for part in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        zip.start_file(part, packed).unwrap();
        for _ in 0..300 {
            zip.write_all(&zeros).unwrap();
        }
    }
    check("bomb.xlsx", &zip.finish().unwrap().into_inner(), 4, &["bomb.xlsx", "hint:"]);
}

#[test]
#[cfg(unix)]
fn a_folder_that_loops() {
    let stage = Stage::new();
    stage.put("good.csv", GOOD);
    std::os::unix::fs::symlink(stage.case.join("inbox"), stage.case.join("inbox/again")).unwrap();
    // A link to a folder above would bring in the ledger itself.
    std::os::unix::fs::symlink("..", stage.case.join("inbox/above")).unwrap();
    answer(&stage, 4, &["again", "above", "loop", "hint:"]);
    let said = stderr(&stage.run(&["open"], &["--once"]));
    assert!(!said.contains("ledger.sqlite") && !said.contains("case.toml"), "{said}");
}

#[test]
#[cfg(unix)]
fn what_is_no_file() {
    let stage = Stage::new();
    stage.put("good.csv", GOOD);
    std::os::unix::net::UnixListener::bind(stage.case.join("inbox/socket.csv")).unwrap();
    answer(&stage, 4, &["socket.csv", "no file", "hint:"]);
}

#[test]
#[cfg(unix)]
fn a_name_that_commands_the_terminal() {
    let stage = Stage::new();
    stage.put("good.csv", GOOD);
    stage.put("\u{1b}[2Jclear.csv", b"");
    answer(&stage, 4, &["[2Jclear.csv", "hint:"]);
    assert!(!stderr(&stage.run(&["open"], &["--once"])).contains('\u{1b}'));
}

#[test]
fn a_ledger_of_a_newer_version() {
    let stage = check("more.csv", b"name\nCiro Luna\n", 0, &[]);
    let path = stage.case.join("ledger/ledger.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    // user_version: SQLite file format, offset 60.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("99") && stderr(&output).contains("hint:"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read(&path).unwrap(), bytes, "the newer ledger was touched");
}

#[test]
fn a_truncated_ledger() {
    let stage = check("more.csv", b"name\nCiro Luna\n", 0, &[]);
    let path = stage.case.join("ledger/ledger.sqlite");
    let whole = fs::read(&path).unwrap();
    for keep in [0, 1, 50, 100, 4096, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        fs::write(&path, &whole[..keep]).unwrap();
        let _ = fs::remove_file(path.with_extension("sqlite-wal"));
        let _ = fs::remove_file(path.with_extension("sqlite-shm"));
        let output = stage.run(&["verify"], &[]);
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!([1, 3].contains(&code(&output)), "{keep} bytes kept: {said}");
        assert!(!said.contains("panicked") && said.contains("hint:"), "{keep} bytes kept: {said}");
    }
    fs::write(&path, &whole).unwrap();
    stage.verified();
}

#[test]
#[cfg(unix)]
fn a_full_disk() {
    let stage = Stage::copy_of("santa-aurelia");
    // A limit on the size of any file stands for the disk: SQLite and the blobs meet it as they
    // would a full one.
    let script = "trap '' XFSZ; ulimit -f 60; exec \"$0\" open --once \"$1\"";
    let output = std::process::Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_habeas"), stage.case.to_str().unwrap()])
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert_ne!(code(&output), 0, "{}", stdout(&output));
    assert!(
        stderr(&output).contains("hint:") && !stderr(&output).contains("panicked"),
        "{}",
        stderr(&output)
    );
    stage.verified();
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    stage.verified();
}

#[test]
fn the_same_file_twice() {
    let stage = check("copy.csv", GOOD, 0, &[]);
    let list = stage.case.join("inbox/copy.csv");
    let output = stage.run(&["receive"], &[list.to_str().unwrap()]);
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).contains("received before, as copy.csv"), "{}", stderr(&output));
    assert_eq!(stage.json("count", &[])["persons"], 1);
}

#[test]
fn a_second_writer() {
    let stage = check("more.csv", b"name\nCiro Luna\n", 0, &[]);
    let ledger = habeas_ledger::Ledger::open(&stage.case.join("ledger")).unwrap();
    let writer = ledger.writer().unwrap();
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 1, "{}", stdout(&output));
    assert!(stderr(&output).contains("hint:"), "{}", stderr(&output));
    drop(writer);
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
}

#[test]
fn wrong_arguments() {
    for (arguments, exit, part) in [
        (&["boards"][..], 2, "board"),
        (&["open", "/nowhere/at/all"], 1, "habeas new"),
        (&["count", "/nowhere/at/all", "--as-of", "31/02/2026"], 2, "31/02/2026"),
        (&["verify", "/nowhere/at/all"], 1, "hint:"),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_habeas"))
            .args(arguments)
            .output()
            .unwrap();
        assert_eq!(code(&output), exit, "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(part), "{arguments:?}: {}", stderr(&output));
    }
}
