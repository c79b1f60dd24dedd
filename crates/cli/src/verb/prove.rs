//! What others can check: `verify checkpoint prove stamp`.

use super::ask;
use crate::{
    arguments::{Arguments, Checkpoint, Prove, Verify},
    credential, door,
};
use anyhow::{Context as _, Result, anyhow};
use habeas_desk::{
    Question,
    ask::{
        board,
        evidence::{prove, verify},
    },
    write::{checkpoint, stamp, stamp::Outcome},
};
use habeas_ledger::{
    proof::{self, Bundle, Checked, LogKey, VerifierKey},
    time::{self, Authority},
};
use habeas_model::{Stamp, Stamped};
use habeas_page::{Lang, Reader, json, redact, terminal};
use std::{fs, path::Path};

/// `habeas verify CASE` or `habeas verify --proof FILE`.
pub fn verify(arguments: &Arguments, asked: &Verify) -> Result<u8> {
    let key = asked.key.as_deref().map(str::parse::<VerifierKey>).transpose()?;
    let lang = door::reader(arguments, None).lang;
    let Some(case) = &asked.case else { return verify_proof(asked, key.as_ref(), lang) };
    let way_in = credential::given(arguments)?;
    let (server, against) = (arguments.ledger.as_deref(), asked.against.as_deref());
    let report = verify::verify(case, server, against, key.as_ref(), way_in.as_ref())?;
    let reader = door::reader(arguments, None);
    if report.locked {
        eprintln!("{}", terminal::word("verified-locked", lang));
    }
    match asked.json {
        true => door::print_json(&serde_json::to_value(&report)?)?,
        false => {
            let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
            let head = report.head.hash.to_string();
            let (entries, blobs) = (report.entries, report.blobs);
            door::print(&terminal::verified(entries, blobs, &head, &faults, &reader))?;
            if faults.is_empty() {
                let n = |n: u64| n.to_string();
                let (covered, stamps) = (n(report.covered), n(report.stamps));
                let said = [("covered", covered.as_str()), ("stamps", &stamps)];
                door::print(&format!("  {}\n", terminal::sentence("verified-proof", &said, lang)))?;
            }
            if faults.is_empty() && asked.against.is_some() {
                door::print(&format!("  {}\n", terminal::word("verified-against", lang)))?;
            }
        }
    }
    Ok(if report.faults.is_empty() { door::DONE } else { door::FAULT })
}

/// Checks a proof with nothing but itself and the keys that were given.
fn verify_proof(asked: &Verify, key: Option<&VerifierKey>, lang: Lang) -> Result<u8> {
    let path = asked.proof.as_deref().unwrap_or(Path::new(""));
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let bundle: Bundle = serde_json::from_str(&text).map_err(|e| {
        let place = format!("line {}, column {}", e.line(), e.column());
        anyhow!("`{}` is no proof: {place}\nhint: `habeas prove` makes one", path.display())
    })?;
    let witnesses = asked.witness.iter().map(|key| key.parse()).collect::<Result<Vec<_>, _>>()?;
    let checked = match bundle.check(key, &witnesses) {
        Ok(checked) => checked,
        Err(e) => {
            door::print(&format!("✗ {e}\n"))?;
            return Ok(door::FAULT);
        }
    };
    let times = bundle.stamps.iter().map(|stamp| stamped(stamp, &checked, &asked.authority));
    let times = times.collect::<Result<Vec<_>>>()?;
    if asked.json {
        let times: Vec<_> = times.iter().flatten().collect();
        let answer = serde_json::json!({ "checked": checked, "stamped": times });
        door::print_json(&answer)?;
        return Ok(door::DONE);
    }
    door::print(&told(&checked, key.is_some(), lang))?;
    for (stamp, time) in bundle.stamps.iter().zip(times) {
        let (key, time) = match time {
            Some(time) => ("proof-stamped", time),
            None => ("proof-stamp-unknown", String::new()),
        };
        let said = [("authority", stamp.authority.as_str()), ("time", &time)];
        door::print(&format!("  {}\n", terminal::sentence(key, &said, lang)))?;
    }
    Ok(door::DONE)
}

/// The time that a stamp says; none where its authority was not given.
fn stamped(stamp: &Stamp, checked: &Checked, given: &[String]) -> Result<Option<String>> {
    let of = |text: &String| {
        let (name, path) = text.split_once('=')?;
        (name == stamp.authority).then(|| path.to_owned())
    };
    let Some(path) = given.iter().find_map(of) else { return Ok(None) };
    let pem = fs::read(&path).with_context(|| format!("cannot read `{path}`"))?;
    let authority = Authority::trust(&stamp.authority, &pem)?;
    let moment = time::check(&time::bytes(stamp)?, &checked.imprint, &authority)?;
    Ok(Some(moment.time.to_string()))
}

fn told(checked: &Checked, known: bool, lang: Lang) -> String {
    let (shown, withheld) = (checked.shown.to_string(), checked.withheld.to_string());
    let args = [("shown", shown.as_str()), ("withheld", &withheld), ("log", &checked.log)];
    let mut out = format!("✓ {}\n", terminal::sentence("proof-holds", &args, lang));
    if !known {
        out.push_str(&format!("  {}\n", terminal::word("proof-own-key", lang)));
    }
    for signed in &checked.signed {
        let Some(seen) = signed.seen.and_then(|seen| i64::try_from(seen).ok()) else { continue };
        let time = jiff::Timestamp::from_second(seen).map(|time| time.to_string());
        let time = time.unwrap_or_default();
        let args = [("name", signed.name.as_str()), ("time", &time)];
        out.push_str(&format!("  {}\n", terminal::sentence("proof-witness", &args, lang)));
    }
    out
}

/// `habeas checkpoint CASE`.
pub fn checkpoint(arguments: &Arguments, asked: &Checkpoint) -> Result<u8> {
    if asked.key {
        let case = door::look(arguments, &asked.case)?;
        door::print(&format!("{}\n", LogKey::of(&case.ledger)?.public()))?;
        return Ok(door::DONE);
    }
    let case = door::open(arguments, &asked.case)?;
    let mut writer = case.writer()?;
    let note = match &asked.cosign {
        None => checkpoint::checkpoint(&case, &mut writer)?,
        Some(path) => {
            let lines = fs::read_to_string(path)
                .with_context(|| format!("cannot read `{}`", path.display()))?;
            checkpoint::cosign(&case, &mut writer, &lines)?
        }
    };
    if let Some(folder) = &asked.tiles {
        proof::export(&proof::Log::of(&case.ledger)?, folder)?;
    }
    door::print(&note.to_string())?;
    Ok(door::DONE)
}

/// `habeas prove CASE`.
pub fn prove(arguments: &Arguments, asked: &Prove) -> Result<u8> {
    let case = door::look(arguments, &asked.case)?;
    let reader = door::reader(arguments, Some(&case));
    let bundle = match (&asked.rows, &asked.figure) {
        (Some(rows), _) => prove::rows(&case, &positions(rows)?)?,
        (None, Some(id)) => {
            let scene =
                case.scene(&Question { rule: asked.rule.clone(), ..Question::default() })?;
            let board = board::board(&scene);
            let line = ask::line(&board, id, &reader)?;
            let public = Reader::public(reader.lang);
            let shown = |claim: &_| redact::shown_whole(claim, &public); // Invariant 10.
            let bundle = prove::figure(&case, &scene, line, shown)?;
            Bundle { figure: Some(json::figure(line, reader.lang)), ..bundle }
        }
        (None, None) => return Err(anyhow!("neither --rows nor --figure")),
    };
    let text = format!("{:#}\n", serde_json::to_value(&bundle)?);
    match &asked.out {
        None => door::print(&text)?,
        Some(path) => {
            fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
            eprintln!("{}", terminal::wrote(path, &reader));
        }
    }
    Ok(door::DONE)
}

/// `3,7-9`.
fn positions(text: &str) -> Result<Vec<u64>> {
    let wrong = || anyhow!("`{text}` is no list of positions\nhint: such as 3,7-9");
    let mut all = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
        let (first, last) = (number(first)?, number(last)?);
        if first == 0 || last < first || last - first > 100_000 {
            return Err(wrong());
        }
        all.extend(first..=last);
    }
    Ok(all)
}

/// `habeas stamp CASE`.
pub fn stamp(arguments: &Arguments, folder: &Path) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let lang = door::reader(arguments, Some(&case)).lang;
    let mut writer = case.writer()?;
    if case.settings.authority.is_empty() {
        door::print(&format!("{}\n", terminal::word("stamp-nobody", lang)))?;
        return Ok(door::DONE);
    }
    let mut stamped = 0_usize;
    let waits = stamp::stamp(&mut case, &mut writer, |authority, on, outcome| match outcome {
        Outcome::Stamped(moment) => {
            stamped += 1;
            let (on, time) = (told_on(on, lang), moment.time.to_string());
            let args = [("authority", authority), ("on", &on), ("time", &time)];
            eprintln!("{}", terminal::sentence("stamped", &args, lang));
        }
        Outcome::Waits(why) => eprintln!("{}: {why}", told_on(on, lang)),
    })?;
    let (stamped, waiting) = (stamped.to_string(), waits.to_string());
    let args = [("stamped", stamped.as_str()), ("waiting", &waiting)];
    door::print(&format!("{}\n", terminal::sentence("stamps-done", &args, lang)))?;
    Ok(if waits == 0 { door::DONE } else { door::REFUSED })
}

/// What a stamp is on, in words.
pub fn told_on(on: Stamped, lang: Lang) -> String {
    let (key, n) = match on {
        Stamped::Entry(position) => ("stamped-entry", position),
        Stamped::Checkpoint(size) => ("stamped-checkpoint", size),
    };
    terminal::sentence(key, &[("n", &n.to_string())], lang)
}
