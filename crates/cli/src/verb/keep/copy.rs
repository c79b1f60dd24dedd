//! `seal`, `backup`, `restore` and `ledger`: copies that can be trusted, cases brought together.

use crate::{arguments::Arguments, credential, door, safekeeping::Lines};
use anyhow::{Result, bail};
use habeas_desk::{keep::copy, place, write::handle};
use habeas_ledger::{
    carry::age::{self, Lock, Unlock},
    seal::Left,
};
use habeas_page::{Lang, terminal};
use std::path::{Path, PathBuf};

const BACKUP: &str = "HABEAS_BACKUP_PASSPHRASE";

fn say(key: &str, args: &[(&'static str, String)], lang: Lang) -> Result<()> {
    let args: Vec<(&'static str, &str)> =
        args.iter().map(|(key, value)| (*key, value.as_str())).collect();
    door::print(&format!("{}\n", terminal::sentence(key, &args, lang)))
}

/// `habeas seal CASE`.
pub fn seal(arguments: &Arguments, folder: &Path, key_file: Option<&Path>) -> Result<u8> {
    let lang = arguments.lang(None);
    let key = credential::fresh("HABEAS_PASSPHRASE", key_file, lang)?;
    let server = arguments.ledger.as_deref();
    let (head, left) = copy::seal(folder, server, &arguments.author, &key)?;
    say("sealed-now", &[("entries", head.position.to_string())], lang)?;
    tell_left(left, lang);
    eprintln!("{}", terminal::word("sealed", lang));
    Ok(door::DONE)
}

/// What a server still has of what was overwritten.
pub fn tell_left(left: Left, lang: Lang) {
    let key = match left {
        Left::Nothing => return,
        Left::Copies => "left-copies",
        Left::Log => "left-log",
        Left::Pages => "left-pages",
    };
    eprintln!("{}", terminal::word(key, lang));
}

/// `habeas backup CASE FILE`.
pub fn backup(arguments: &Arguments, folder: &Path, to: &Path, keys: &[String]) -> Result<u8> {
    let lang = arguments.lang(None);
    let lock = if keys.is_empty() {
        Lock::Passphrase(credential::new_words(BACKUP, lang)?)
    } else {
        Lock::Recipients(keys.iter().map(|key| age::recipient(key)).collect::<Result<_, _>>()?)
    };
    if record(arguments, folder, "backup").is_err() {
        // It is taken while others write, and of a case that nobody unlocked.
        eprintln!("{}", terminal::word("copy-unrecorded", lang));
    }
    let made = copy::backup(folder, arguments.ledger.as_deref(), &lock, to)?;
    let args = [
        ("entries", made.head.position.to_string()),
        ("files", made.files.to_string()),
        ("bytes", made.bytes.to_string()),
        ("head", made.head.hash.to_string()),
    ];
    say("backed-up", &args, lang)?;
    Ok(door::DONE)
}

/// Records a copy of the case before it is made. Nobody is asked for a key for that.
fn record(arguments: &Arguments, folder: &Path, reason: &str) -> Result<()> {
    let named = place::named(folder, arguments.ledger.as_deref())?;
    if place::open(folder, &named)?.is_sealed() && credential::given(arguments)?.is_none() {
        bail!("the case is sealed, and no key was given");
    }
    let mut case = door::open(arguments, folder)?;
    let mut writer = case.writer()?;
    Ok(handle::copy_of_all(&mut case, &mut writer, reason)?)
}

/// `habeas restore FILE CASE`.
pub fn restore(
    arguments: &Arguments,
    from: &Path,
    folder: &Path,
    identity: Option<&PathBuf>,
) -> Result<u8> {
    let lang = arguments.lang(None);
    let unlock = match (identity, credential::words(BACKUP)) {
        (Some(path), _) => age::identity(path)?,
        (None, Some(words)) => Unlock::Passphrase(words),
        (None, None) => Unlock::Passphrase(credential::ask(lang, BACKUP)?),
    };
    let report = copy::restore(from, &unlock, folder, arguments.ledger.as_deref())?;
    let args = [("entries", report.entries.to_string()), ("head", report.head.hash.to_string())];
    say("restored", &args, lang)?;
    if !report.faults.is_empty() {
        // Whatever else is wrong was refused.
        let args = [("documents", report.faults.len().to_string())];
        let args = args.each_ref().map(|(key, word)| (*key, word.as_str()));
        eprintln!("{}", terminal::sentence("restored-without", &args, lang));
    }
    if report.locked {
        eprintln!("{}", terminal::word("verified-locked", lang));
    }
    Ok(door::DONE)
}

/// `habeas ledger export|import|merge|questions`.
pub fn lines(arguments: &Arguments, asked: &Lines) -> Result<u8> {
    match asked {
        Lines::Export { case, file } => {
            let mut case = door::open(arguments, case)?;
            let lang = door::reader(arguments, Some(&case)).lang;
            let mut writer = case.writer()?;
            handle::copy_of_all(&mut case, &mut writer, "ledger export")?;
            drop(writer);
            let head = copy::export(&case, file)?;
            say("lines-written", &[("entries", head.position.to_string())], lang)?;
            eprintln!("{}", terminal::word("lines-open", lang));
        }
        Lines::Import { file, case, new_key_file } => {
            let lang = arguments.lang(None);
            let lines = copy::read(file)?;
            let key = match lines.first.names {
                Some(_) => {
                    let key_file = new_key_file.as_deref();
                    Some(credential::fresh("HABEAS_PASSPHRASE", key_file, lang)?)
                }
                None if new_key_file.is_some() => {
                    bail!(
                        "these lines are of a ledger that is not sealed\nhint: import them without a key, then `habeas seal` it"
                    )
                }
                None => None,
            };
            let server = arguments.ledger.as_deref();
            let head = copy::import(&lines, case, server, &arguments.author, key.as_ref())?;
            let args = [("entries", head.position.to_string()), ("head", head.hash.to_string())];
            say("restored", &args, lang)?;
        }
        Lines::Merge { case, file, from } => merge(arguments, case, file, from)?,
        Lines::Questions { case } => questions(arguments, case)?,
    }
    Ok(door::DONE)
}

fn merge(arguments: &Arguments, case: &Path, file: &Path, from: &str) -> Result<()> {
    let mut case = door::open(arguments, case)?;
    let lang = door::reader(arguments, Some(&case)).lang;
    let lines = copy::read(file)?;
    let merged = copy::merge(&mut case, &lines, from)?;
    let args = [
        ("carried", merged.carried.to_string()),
        ("known", merged.known.to_string()),
        ("read", merged.read_here.to_string()),
        ("questions", merged.questions.to_string()),
    ];
    say("merged", &args, lang)?;
    if !merged.erased_there.is_empty() {
        let places: Vec<String> = merged.erased_there.iter().map(ToString::to_string).collect();
        say("merged-erased", &[("positions", places.join(", "))], lang)?;
    }
    Ok(())
}

fn questions(arguments: &Arguments, case: &Path) -> Result<()> {
    let case = door::look(arguments, case)?;
    let lang = door::reader(arguments, Some(&case)).lang;
    let open = copy::questions(&case)?;
    for question in &open {
        let args = [
            ("undo", question.undo.to_string()),
            ("theirs", question.theirs.to_string()),
            ("reason", question.reason.clone()),
        ];
        say("question", &args, lang)?;
    }
    if open.is_empty() {
        say("no-questions", &[], lang)?;
    }
    Ok(())
}
