//! `open`: the main job, end to end; and `serve`: the case as pages, to this computer alone.

use super::{reach::tell_sending, write::tell};
use crate::{
    arguments::{Arguments, Asked},
    door, progress, safekeeping,
};
use anyhow::Result;
use habeas_desk::{
    Case, ask,
    write::open::{Step, bring_up_to_date},
    write::receive::Outcome,
};
use habeas_model::Received;
use habeas_page::{Reader, See, terminal, word, words};
use habeas_web::{Door, Outside, Told};
use std::{net::SocketAddr, path::Path};

/// `habeas open CASE`: what is shown at `listen`, where it goes on.
pub fn open(
    arguments: &Arguments,
    folder: &Path,
    listen: Option<SocketAddr>,
    asked: &Asked,
) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let (refused, newer) = bring(&mut case, &reader)?;
    let scene = case.scene(&door::question(asked)?)?;
    for received in &newer {
        if let Some(step) = ask::evidence::versions::since_before(&scene.present, received) {
            let new = words(reader.lang, "versions-new", &[("name", &received.name)]);
            let short = terminal::revised_in_short(&step.revisions, &reader);
            door::tell(&format!("{new}: {}", short.trim_end()));
        }
    }
    let answer = ask::board::Answer::of(&scene);
    // A page may be passed on: it shows what the public may see (invariant 10); the terminal is the
    // team's.
    let lang = arguments.lang_of_page(case.settings.lang.as_deref());
    let public = Reader { lang, see: See::Public, ..reader };
    let page = answer.write_page(&case, &scene.present.title, &public)?;
    if asked.json {
        door::write(|out| habeas_page::json::board(&answer.board, reader.lang, out))?;
    } else {
        door::print(&terminal::board(&answer.board, &reader))?;
        door::print(&terminal::audit_in_short(&answer.audit, &reader))?;
        door::print(&terminal::promises(&answer.promises, &reader))?;
        door::print(&terminal::problems(&answer.problems, &reader))?;
    }
    door::tell(&terminal::wrote(&page, &reader));
    if let Some(listen) = listen {
        drop((scene, answer)); // The pages have their own.
        show(arguments, case, listen, Outside::Nobody)?;
    }
    Ok(if refused > 0 { door::REFUSED } else { door::DONE })
}

/// Brings the case up to date with a bar; how many files were refused, and what replaces another.
fn bring(case: &mut Case, reader: &Reader) -> Result<(usize, Vec<Received>)> {
    let (mut refused, mut newer) = (0, Vec::new());
    let mut bar = progress::bar(0, "");
    bring_up_to_date(case, |step| match step {
        Step::Found(files) => bar = progress::bar(files, &terminal::word("receiving", reader.lang)),
        Step::Sends(sending) => bar.suspend(|| tell_sending(Some(sending), reader)),
        Step::Unread(documents) => {
            bar.finish_and_clear();
            bar = progress::bar(documents, &terminal::word("reading", reader.lang));
        }
        Step::File(file, outcome) => {
            bar.inc(1);
            refused += usize::from(matches!(outcome, Outcome::Refused(_)));
            newer.extend(replacing(outcome));
            bar.suspend(|| tell(file, outcome, reader, false));
        }
        Step::Lost(place, why) => {
            refused += 1;
            bar.suspend(|| door::tell(&terminal::refused(place, &why.to_string(), reader)));
        }
        Step::Read(..) => bar.inc(1),
        Step::Ruled(accepted, joined) => {
            bar.finish_and_clear();
            if accepted + joined > 0 {
                door::tell(&terminal::ruled(accepted, joined, reader));
            }
        }
    })?;
    Ok((refused, newer))
}

/// The document received, if it is a newer version of another.
fn replacing(outcome: &Outcome) -> Option<Received> {
    match outcome {
        Outcome::Received(received) => received.replaces.map(|_| (**received).clone()),
        _ => None,
    }
}

/// `habeas serve CASE --listen ADDRESS:PORT`.
pub fn serve(
    arguments: &Arguments,
    folder: &Path,
    listen: SocketAddr,
    asked: safekeeping::Outside,
) -> Result<u8> {
    show(arguments, door::look(arguments, folder)?, listen, outside(asked))?;
    Ok(door::DONE)
}

/// Shows a case that is open, until Ctrl-C.
fn show(arguments: &Arguments, case: Case, listen: SocketAddr, outside: Outside) -> Result<()> {
    let lang = arguments.lang(case.settings.lang.as_deref());
    let tell = Box::new(move |told: Told<'_>| match told {
        Told::Serving { address, asks } => {
            door::tell(&words(lang, "serving", &[("url", address)]));
            door::tell(&word(lang, if asks { "serving-accounts" } else { "serving-no-account" }));
        }
        Told::Closed { path, documents: 0 } => {
            door::tell(&words(lang, "serving-closes-nothing", &[("path", path)]));
        }
        Told::Closed { path, documents } => {
            let said = [("path", path), ("n", &*documents.to_string())];
            door::tell(&words(lang, "serving-closed", &said));
        }
        Told::Failure(why) => door::tell(&format!("habeas: {why}")),
    });
    let lang_of_page = arguments.lang_of_page(case.settings.lang.as_deref());
    habeas_web::serve(Door { case, listen, outside, lang: lang_of_page, tell })?;
    door::tell(&word(lang, "serving-ended"));
    Ok(())
}

fn outside(asked: safekeeping::Outside) -> Outside {
    match (asked.behind, asked.name, asked.certificate, asked.key) {
        (Some(address), ..) => Outside::Behind { address },
        (None, Some(name), Some(certificate), Some(key)) => {
            Outside::Certified { name, certificate, key }
        }
        _ => Outside::Nobody,
    }
}
