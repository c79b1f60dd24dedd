//! One file for each group of verbs; each prints for people, or JSON for programs.

mod ask;
mod estimate;
mod keep;
mod link;
mod open;
mod pdf;
mod prove;
mod publish;
mod reach;
mod read;
mod review;
mod write;

use crate::{
    arguments::{Arguments, Verb},
    door,
};
use anyhow::Result;
use clap::CommandFactory as _;
use std::process::ExitCode;

/// Does what was asked; the exit code is one of `door`'s.
pub fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let verb = std::mem::replace(&mut arguments.verb, Verb::Man);
    let to = &arguments;
    door::has_ledger_here(to, &verb)?;
    let code = match verb {
        Verb::New { case, title, sealed, new_key_file } => {
            write::new(to, &case, title, sealed, new_key_file.as_deref())
        }
        Verb::Seal { case, new_key_file } => keep::copy::seal(to, &case, new_key_file.as_deref()),
        Verb::Key(asked) => keep::key(to, &asked),
        Verb::Account(asked) => keep::account::account(to, &asked),
        Verb::Erase(asked) => keep::erase(to, &asked),
        Verb::Restrict(asked) => keep::restrict(to, &asked),
        Verb::Backup { case, file, to: keys } => keep::copy::backup(to, &case, &file, &keys),
        Verb::Restore { file, case, identity } => {
            keep::copy::restore(to, &file, &case, identity.as_ref())
        }
        Verb::Ledger(asked) => keep::copy::lines(to, &asked),
        Verb::Open { case, once, listen, asked } => {
            open::open(to, &case, (!once).then_some(listen), &asked)
        }
        Verb::Serve { case, listen, outside } => open::serve(to, &case, listen, outside),
        Verb::Receive { case, fetch, .. } if !fetch.is_empty() => reach::fetch(to, &case, &fetch),
        Verb::Receive { case, files, .. } => write::receive(to, &case, &files),
        Verb::Watch { case, once, every } => reach::watch(to, &case, once, every),
        Verb::Read { files, json, published } => read::read(to, &files, json, published),
        Verb::Review(review) => review::review(to, &review),
        Verb::Link(link) => link::link(to, &link),
        Verb::Count { case, by, since: Some(since), asked, .. } => {
            ask::course(to, &case, &by, since, &asked)
        }
        Verb::Count { case, by, rows, asked, .. } => ask::count(to, &case, &by, rows, &asked),
        Verb::Board { case, line: Some(line), csv, asked, .. } => {
            ask::opened(to, &case, &line, csv, &asked)
        }
        Verb::Board { case, compare, asked, .. } => {
            ask::board(to, &case, compare.as_deref(), &asked)
        }
        Verb::Estimate(asked) => estimate::estimate(to, &asked),
        Verb::Change { case, document: Some(document), asked, .. } => {
            ask::versions(to, &case, &document, &asked)
        }
        Verb::Change { case, from, from_known_by, from_rule, rows, asked, document: None } => {
            let before = (from, from_known_by, from_rule);
            ask::change(to, &case, before, rows, &asked)
        }
        Verb::Audit { case, asked } => ask::audit(to, &case, &asked),
        Verb::Disputes { case, asked } => ask::disputes(to, &case, &asked),
        Verb::Find(asked) => ask::find(to, &asked),
        Verb::Person(asked) => ask::person(to, &asked),
        Verb::Bulletin { case, week, out, names, asked } => {
            ask::bulletin(to, &case, &week, &out, names, &asked)
        }
        Verb::Promises { case, asked } => ask::promises(to, &case, &asked),
        Verb::Verify(verify) => prove::verify(to, &verify),
        Verb::Checkpoint(checkpoint) => prove::checkpoint(to, &checkpoint),
        Verb::Prove(prove) => prove::prove(to, &prove),
        Verb::Stamp { case } => prove::stamp(to, &case),
        Verb::Custody(custody) => keep::custody::custody(to, &custody),
        Verb::Export { case, out, names, asked } => ask::export(to, &case, &out, names, &asked),
        Verb::Publish(asked) => publish::publish(to, &asked),
        Verb::Undo { case, position, reason } => write::undo(to, &case, position, &reason),
        Verb::Migrate { case } => write::migrate(to, &case),
        Verb::Completions { shell } => completions(shell),
        Verb::Man => manual(),
        Verb::PdfPages => pdf::pages(),
    }?;
    Ok(ExitCode::from(code))
}

fn completions(shell: clap_complete::Shell) -> Result<u8> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "habeas", &mut out);
    door::print(&String::from_utf8_lossy(&out))?;
    Ok(door::DONE)
}

fn manual() -> Result<u8> {
    let mut out = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut out)?;
    door::print(&String::from_utf8_lossy(&out))?;
    Ok(door::DONE)
}
