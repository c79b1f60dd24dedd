//! Tables larger than memory: what is put aside changes no byte of what is written.

use super::Room;
use std::fs;

/// 250 invented persons, each four times, a little otherwise each time; and their headings.
fn crowd() -> String {
    let given = ["CIRO", "MILO", "ADELA", "ELIAS", "NOHELIA", "GONZALO", "YUSMARY", "HERNAN"];
    let sounds = ["BA", "CE", "DO", "FI", "GU", "LA", "ME", "NO", "PI", "RU", "SA", "TE", "VO"];
    let states = ["PUERTO CLARO", "VALLE ALTO", "LOS PINOS", "RIO SECO", "BAHIA", "EL MORRO"];
    let places = ["NORTE", "SUR"];
    let surname = |n: usize| {
        [sounds[n % 13], sounds[n / 13 % 13], sounds[n / 169 % 13], sounds[(n + 5) % 13]].concat()
    };
    let headings = "rec_id,given,surname1,surname2,sex,dob,cedula,state,arrest_date";
    let mut text = format!("{headings}\n");
    for n in 0..250_usize {
        let name = format!("{} {}", given[n * 7 % 8], given[n / 8 % 8]);
        let (one, two) = (surname(n * 37 % 2_197), surname(n * 101 % 2_197));
        let born = format!("19{:02}-{:02}-{:02}", 50 + n % 40, 1 + n % 12, 1 + n % 28);
        let (number, sex) = (10_000_000 + n * 37_813, ["f", "m"][n % 2]);
        let state = format!("{} {}", states[n % 6], places[n / 6 % 2]);
        let seized = format!("2025-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28);
        let first = name.split(' ').next().unwrap();
        for (at, row) in [
            format!("{name},{one},{two},{sex},{born},{number},{state},{seized}"),
            format!("{first},{one},,{sex},{born},,{state},{seized}"),
            format!("{name},{one},{two},,,{number},{state},"),
            format!("{first},{one}S,{two},{sex},{born},{number},,{seized}"),
        ]
        .iter()
        .enumerate()
        {
            text += &format!("{n}-{at},{row}\n");
        }
    }
    text
}

const RUN: [&str; 3] = ["people.csv", "--settings", "link.toml"];

/// What a run writes, and what another writes under the same settings with other arguments.
fn run(room: &Room, settings: &str, (other, name): (&[&str], &str)) -> Vec<(String, Vec<u8>)> {
    room.put("link.toml", settings);
    let all = ["--out", "links.csv", "--clusters", "who.csv", "--report", "report.html"];
    room.done(&[&RUN, &all[..]].concat());
    room.done(&[&RUN, other, &["--out", name]].concat());
    let read = |name: &str| (name.to_owned(), fs::read(room.path(name)).unwrap());
    ["links.csv", "who.csv", "report.html", name].map(read).into()
}

#[track_caller]
fn check(settings: impl Fn(&Room) -> String, other: (&[&str], &str)) {
    let room = Room::new();
    room.put("people.csv", &crowd());
    let settings = settings(&room);
    let ample = "memory = \"2 GiB\"\n";
    assert!(settings.contains(ample), "{settings}");
    let tiny = settings.replace(ample, "memory = \"1 B\"\n");
    let nowhere = |settings: &str| format!("aside = \"no/such/folder\"\n{settings}");
    // Where there is memory, no folder is asked for.
    let held = run(&room, &nowhere(&settings), other);
    assert!(held[0].1.len() > 40_000, "too few pairs to tell: {}", held[0].1.len());
    let aside = run(&room, &tiny, other);
    for (held, aside) in held.iter().zip(&aside) {
        assert!(held == aside, "`{}` differs", held.0);
    }
    let files: Vec<_> = fs::read_dir(room.root.path()).unwrap().collect();
    assert_eq!(files.len(), 6, "something is left: {files:?}");
    room.put("link.toml", &nowhere(&tiny));
    let refused = room.link(&[&RUN[..], &["--out", "links.csv"]].concat());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("hint: make room on that disk"), "{said}");
}

#[test]
fn guessed_settings_write_the_same_in_any_memory() {
    check(|room| room.done(&["people.csv", "--guess"]), (&[], "links.parquet"));
}

#[test]
fn six_stated_rules_write_the_same_in_any_memory() {
    let six = include_str!("../../../../bench/linking/six.toml");
    let ignored = "ignore = [\"source\", \"full_name\"]\n";
    assert!(six.contains(ignored));
    let settings = format!("memory = \"2 GiB\"\n{}", six.replace(ignored, ""));
    check(|_| settings.clone(), (&["--sample", "90"], "sample.csv"));
}

#[test]
fn a_size_that_is_none_is_refused() {
    let room = Room::new();
    room.put("people.csv", &crowd());
    room.put("link.toml", "memory = \"much\"\n");
    let refused = room.link(&["people.csv", "--settings", "link.toml"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("`much` is no size"), "{said}");
}
