//! `key`, `erase` and `restrict`: who can open a case, what is forgotten, what nobody is shown.

pub mod account;
pub mod copy;
pub mod custody;

use crate::{
    arguments::Arguments,
    credential, door,
    safekeeping::{self, About, Key},
};
use anyhow::Result;
use habeas_desk::{
    Question,
    ask::board::Answer,
    keep::{erase, restrict},
};
use habeas_ledger::seal::Cost;
use habeas_model::memory::{Forgotten, Wish};
use habeas_page::{Reader, See, terminal};
use std::path::Path;

const NEW: &str = "HABEAS_NEW_PASSPHRASE";

/// `habeas key list|add|remove|change CASE`.
pub fn key(arguments: &Arguments, asked: &Key) -> Result<u8> {
    let (Key::List { case }
    | Key::Add { case, .. }
    | Key::Remove { case, .. }
    | Key::Change { case, .. }) = asked;
    let case = door::look(arguments, case)?;
    let lang = door::reader(arguments, Some(&case)).lang;
    let fresh = |file: &Option<_>| credential::fresh(NEW, file.as_deref().map(Path::new), lang);
    let left = match asked {
        Key::List { .. } => {
            for (holder, words) in case.ledger.holders()? {
                let kind = if words { "holder-passphrase" } else { "holder-key-file" };
                door::print(&format!("{holder}: {}\n", terminal::word(kind, lang)))?;
            }
            return Ok(door::DONE);
        }
        Key::Add { holder, new_key_file, .. } => {
            case.ledger.add_holder(holder, &fresh(new_key_file)?, Cost::SENSIBLE)?
        }
        Key::Remove { holder, .. } => case.ledger.remove_holder(holder)?,
        Key::Change { holder, new_key_file, .. } => {
            let holder = holder.as_deref().unwrap_or(&arguments.author);
            case.ledger.change_holder(holder, &fresh(new_key_file)?, Cost::SENSIBLE)?
        }
    };
    door::print(&format!("{}\n", terminal::word("keys-changed", lang)))?;
    copy::tell_left(left, lang);
    Ok(door::DONE)
}

fn about(asked: &About) -> (Forgotten, String) {
    let named = [
        (Forgotten::Person, &asked.person),
        (Forgotten::Source, &asked.source),
        (Forgotten::Document, &asked.document),
    ];
    let mut given = named.into_iter().filter_map(|(what, name)| Some((what, name.clone()?)));
    given.next().expect("one of them is required")
}

/// `habeas erase CASE`.
pub fn erase(arguments: &Arguments, asked: &safekeeping::Erase) -> Result<u8> {
    let mut case = door::open(arguments, &asked.case)?;
    let reader = door::reader(arguments, Some(&case));
    let (what, about) = about(&asked.about);
    let asked = erase::Asked {
        what,
        about,
        reason: asked.grounds.reason.parse()?,
        basis: asked.grounds.basis.clone(),
        inbox: asked.inbox,
        everywhere: asked.everywhere,
        whole: asked.whole_documents,
    };
    let mut writer = case.writer()?;
    let done = erase::erase(&mut case, &mut writer, &asked)?;
    drop(writer);
    let scene = case.scene(&Question::default())?;
    let lang = arguments.lang_of_page(case.settings.lang.as_deref());
    let public = Reader { see: See::Public, lang, ..reader };
    Answer::of(&scene).write_page(&case, &scene.present.title, &public)?;
    tell(&done, &reader)?;
    Ok(door::DONE)
}

fn tell(done: &erase::Done, reader: &Reader) -> Result<()> {
    let numbers = [
        ("entries", done.entries.to_string()),
        ("again", done.said_again.to_string()),
        ("masked", done.masked.to_string()),
        ("destroyed", done.destroyed.to_string()),
        ("copies", done.copies.to_string()),
        ("position", done.tombstone.to_string()),
    ];
    let args: Vec<(&'static str, &str)> =
        numbers.iter().map(|(key, number)| (*key, number.as_str())).collect();
    door::print(&format!("{}\n", terminal::sentence("erased-done", &args, reader.lang)))?;
    if !done.elsewhere.is_empty() {
        let places: Vec<String> = done.elsewhere.iter().map(ToString::to_string).collect();
        let args = [("positions", places.join(", "))];
        let args = args.each_ref().map(|(key, places)| (*key, places.as_str()));
        door::print(&format!("{}\n", terminal::sentence("erased-elsewhere", &args, reader.lang)))?;
    }
    copy::tell_left(done.left, reader.lang);
    eprintln!("{}", terminal::word("erased-not-here", reader.lang));
    Ok(())
}

/// `habeas restrict CASE`.
pub fn restrict(arguments: &Arguments, asked: &safekeeping::Restrict) -> Result<u8> {
    let mut case = door::open(arguments, &asked.case)?;
    let lang = door::reader(arguments, Some(&case)).lang;
    let (what, about) = about(&asked.about);
    let asked = restrict::Asked {
        wish: if asked.lift { Wish::Lift } else { Wish::Restrict },
        what,
        about,
        reason: asked.grounds.reason.parse()?,
        basis: asked.grounds.basis.clone(),
    };
    let mut writer = case.writer()?;
    let (holds, waiting) = restrict::restrict(&mut case, &mut writer, &asked)?;
    let key = match (holds, waiting) {
        (true, false) => "restricted-holds",
        (true, true) => "restricted-lift-waits",
        (false, true) => "restricted-waits",
        (false, false) => "restricted-lifted",
    };
    door::print(&format!("{}\n", terminal::word(key, lang)))?;
    Ok(door::DONE)
}
