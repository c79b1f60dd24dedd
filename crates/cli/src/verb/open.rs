//! `open`: the main job, end to end.

use super::write::tell;
use crate::{
    arguments::{Arguments, Asked},
    door, progress,
};
use anyhow::Result;
use habeas_desk::{
    Case, ask,
    write::open::{Step, bring_up_to_date},
    write::receive::Outcome,
};
use habeas_page::{Reader, See, terminal};
use std::path::Path;

/// `habeas open CASE`.
pub fn open(arguments: &Arguments, folder: &Path, asked: &Asked) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let refused = bring(&mut case, &reader)?;
    let scene = case.scene(&door::question(asked)?)?;
    let board = ask::board::board(&scene);
    // A page may be passed on: it shows what the public may see (invariant 10); the terminal is the
    // team's.
    let public = Reader { see: See::Public, ..reader };
    let page = ask::board::write_page(&case, &scene, &public)?;
    if asked.json {
        door::print_json(&habeas_page::json::board(&board, reader.lang))?;
    } else {
        let problems = ask::board::problems(&scene);
        let mut text = terminal::board(&board, &reader);
        text.push_str(&terminal::audit_in_short(&ask::audit::audit(&scene), &reader));
        text.push_str(&terminal::promises(&ask::promises::promises(&scene), &reader));
        text.push_str(&terminal::problems(&problems, &reader));
        door::print(&text)?;
    }
    eprintln!("{}", terminal::wrote(&page, &reader));
    Ok(if refused > 0 { door::REFUSED } else { door::DONE })
}

/// Brings the case up to date with a bar, and counts the refused files.
fn bring(case: &mut Case, reader: &Reader) -> Result<usize> {
    let mut refused = 0;
    let mut bar = progress::bar(0, "");
    bring_up_to_date(case, |step| match step {
        Step::Found(files) => bar = progress::bar(files, &terminal::word("receiving", reader.lang)),
        Step::Unread(documents) => {
            bar.finish_and_clear();
            bar = progress::bar(documents, &terminal::word("reading", reader.lang));
        }
        Step::File(file, outcome) => {
            bar.inc(1);
            refused += usize::from(matches!(outcome, Outcome::Refused(_)));
            bar.suspend(|| tell(file, outcome, reader, false));
        }
        Step::Lost(place, why) => {
            refused += 1;
            bar.suspend(|| eprintln!("{}", terminal::refused(place, &why.to_string(), reader)));
        }
        Step::Read(..) => bar.inc(1),
        Step::Ruled(accepted, joined) => {
            bar.finish_and_clear();
            if accepted + joined > 0 {
                eprintln!("{}", terminal::ruled(accepted, joined, reader));
            }
        }
    })?;
    Ok(refused)
}
