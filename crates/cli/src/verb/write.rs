//! `new`, `receive`, `undo` and `migrate`.

use crate::{arguments::Arguments, credential, door, progress};
use anyhow::Result;
use habeas_desk::{
    place,
    write::{new, receive, receive::Offered, receive::Outcome, undo},
};
use habeas_page::{Reader, terminal};
use std::path::{Path, PathBuf};

/// `habeas new CASE`.
pub fn new(
    arguments: &Arguments,
    folder: &Path,
    title: Option<String>,
    sealed: bool,
    key_file: Option<&Path>,
) -> Result<u8> {
    let lang = arguments.lang(None);
    let name =
        folder.file_name().map_or("case".to_owned(), |name| name.to_string_lossy().into_owned());
    let (title, author) = (title.unwrap_or(name), &arguments.author);
    if sealed {
        let key = credential::fresh("HABEAS_PASSPHRASE", key_file, lang)?;
        new::sealed(folder, &title, lang.word(), author, &key)?;
        eprintln!("{}", terminal::word("sealed", lang));
    } else {
        new::new(folder, &title, lang.word(), author)?;
        eprintln!("{}", terminal::word("not-sealed", lang));
    }
    door::print(&terminal::made(folder, lang))?;
    Ok(door::DONE)
}

/// `habeas receive CASE [FILE...]`.
pub fn receive(arguments: &Arguments, folder: &Path, files: &[PathBuf]) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let (files, lost) = if files.is_empty() { receive::inbox(&case) } else { gather(files) };
    let bar = progress::bar(files.len(), &terminal::word("receiving", reader.lang));
    let mut refused = lost.len();
    lost.iter()
        .for_each(|(place, why)| door::tell(&terminal::refused(place, &why.to_string(), &reader)));
    let mut writer = case.writer()?;
    receive::receive(&mut case, &mut writer, &files, |file, outcome| {
        bar.inc(1);
        refused += usize::from(matches!(outcome, Outcome::Refused(_)));
        bar.suspend(|| tell(file, outcome, &reader, true));
    })?;
    bar.finish_and_clear();
    Ok(if refused > 0 { door::REFUSED } else { door::DONE })
}

/// Files and folders named by hand: each is known by its file name, or its path under the folder.
fn gather(paths: &[PathBuf]) -> (Vec<Offered>, Vec<(String, habeas_desk::Error)>) {
    let (mut files, mut lost) = (Vec::new(), Vec::new());
    for path in paths {
        let root = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(path) };
        let (found, wrong) = receive::walk(path, root);
        files.extend(found);
        lost.extend(wrong);
    }
    (files, lost)
}

/// Tells what became of a file; `all` also of those that were known.
pub fn tell(file: &Offered, outcome: &Outcome, reader: &Reader, all: bool) {
    match outcome {
        Outcome::Received(received) if all => door::tell(&terminal::received(received, reader)),
        Outcome::Known(name) if all => door::tell(&terminal::known(&file.name, name, reader)),
        Outcome::Withdrawn(undo) if all => {
            door::tell(&terminal::withdrawn(&file.name, *undo, reader));
        }
        Outcome::Refused(why) => {
            door::tell(&terminal::refused(&file.name, &why.to_string(), reader))
        }
        _ => {}
    }
}

/// `habeas undo CASE POSITION`.
pub fn undo(arguments: &Arguments, folder: &Path, position: u64, reason: &str) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let mut writer = case.writer()?;
    undo::undo(&mut case, &mut writer, position, reason)?;
    door::print(&format!("{} {position}\n", terminal::word("undone", reader.lang)))?;
    Ok(door::DONE)
}

/// `habeas migrate CASE`.
pub fn migrate(arguments: &Arguments, folder: &Path) -> Result<u8> {
    let applied = place::migrate(folder, arguments.ledger.as_deref())?;
    door::print(&terminal::migrated(applied, arguments.lang(None)))?;
    Ok(door::DONE)
}
