//! What of a board, its audit and its promises the public may have: what was reviewed, stands in a
//! public document, and names nobody who is not named.

use super::{LeftOut, count};
use habeas_count::{Board, Finding, Line, Link, PromiseLine, Source};
use habeas_model::{ClaimId, Digest, Review, Role, Speaker};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// What is kept.
pub(super) struct Kept {
    pub board: Board,
    pub audit: Vec<Finding>,
    pub promises: Vec<PromiseLine>,
}

impl Kept {
    pub fn of(
        board: &Board,
        audit: &[Finding],
        promises: &[PromiseLine],
        open: &HashSet<Digest>,
        names: &dyn Fn(&str) -> bool,
        left_out: &mut LeftOut,
    ) -> Kept {
        let chains = board.lines.iter().map(|line| (&line.body, &line.speaker_chain));
        let promised = promises.iter().map(|one| (&one.body, &one.speaker_chain));
        let bodies: HashMap<String, String> =
            chains.chain(promised).filter_map(|(body, chain)| private(body, chain)).collect();
        let mut clean = |words: String| {
            let clean = !names(&words);
            left_out.naming += u32::from(!clean);
            clean
        };
        let (mut unreviewed, mut closed) = (0, 0);
        let mut lines: Vec<Line> = Vec::new();
        for line in &board.lines {
            let reviewed = |one: &&Source| one.review != Review::Unreviewed;
            if !line.sources.iter().any(|one| reviewed(&one)) {
                unreviewed += 1;
                continue;
            }
            let sources = line.sources.iter().filter(reviewed);
            let sources = shown(sources.filter(|one| open.contains(&one.blob)));
            if sources.is_empty() {
                closed += 1;
                continue;
            }
            let mut line = Line { sources, note: None, ..line.clone() };
            line.review.unreviewed = 0;
            own(&mut line.body, &mut line.speaker_chain, &bodies);
            if clean(words(&line)) {
                lines.push(line);
            }
        }
        let claims: HashSet<ClaimId> =
            lines.iter().flat_map(|line| line.sources.iter().map(|one| one.claim)).collect();
        let told: HashSet<ClaimId> =
            lines.iter().map(|line| line.id).chain(claims.iter().copied()).collect();
        let mut findings = Vec::new();
        for one in audit.iter().filter(|one| one.rows.iter().all(|row| told.contains(row))) {
            let mut one = one.clone();
            rename(&mut one.body, &bodies);
            if clean(words(&one)) {
                findings.push(one);
            }
        }
        let mut kept = Vec::new();
        for one in promises {
            let sources = one.sources.iter().filter(|one| one.review != Review::Unreviewed);
            let sources = shown(sources.filter(|one| open.contains(&one.blob)));
            if sources.is_empty() {
                continue;
            }
            let mut one = PromiseLine { sources, named: None, ..one.clone() };
            one.counts.retain(|count| told.contains(&count.claim));
            own(&mut one.body, &mut one.speaker_chain, &bodies);
            one.counts.iter_mut().for_each(|count| rename(&mut count.body, &bodies));
            if clean(words(&one)) {
                kept.push(one);
            }
        }
        (left_out.unreviewed, left_out.closed) = (unreviewed, closed);
        Kept { board: of_lines(board, lines), audit: findings, promises: kept }
    }
}

/// The board of these lines alone.
fn of_lines(board: &Board, lines: Vec<Line>) -> Board {
    let told: HashSet<ClaimId> = lines.iter().map(|line| line.id).collect();
    let both = board.comparisons.iter();
    let both = both.filter(|one| told.contains(&one.left) && told.contains(&one.right));
    let blobs: HashSet<Digest> =
        lines.iter().flat_map(|line| line.sources.iter().map(|one| one.blob)).collect();
    Board {
        comparisons: both.cloned().collect(),
        claims: lines.iter().map(|line| count(line.sources.len())).sum(),
        unreviewed: 0,
        documents: count(blobs.len()),
        rule: board.rule.clone(),
        lines,
        ..*board
    }
}

/// Sources without the names of files, which somebody wrote freely.
fn shown<'a>(sources: impl Iterator<Item = &'a Source>) -> Vec<Source> {
    sources.map(|one| Source { document: String::new(), ..one.clone() }).collect()
}

/// All the words of something.
fn words(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("answers are plain values")
}

/// The word for a private person who answers for a number, under their name.
fn private(body: &str, chain: &[Link]) -> Option<(String, String)> {
    let mut speakers = crate::json::speakers(chain);
    let own = speakers
        .find(|one| is_private(one) && (one.name == body || one.of.as_deref() == Some(body)))?;
    Some((body.to_owned(), own.role.map_or("", Role::word).to_owned()))
}

fn is_private(speaker: &Speaker) -> bool {
    crate::redact::is_private(speaker)
}

fn rename(body: &mut String, bodies: &HashMap<String, String>) {
    if let Some(word) = bodies.get(body) {
        word.clone_into(body);
    }
}

/// Private persons are told by what they are; of those who speak for a body the body is told,
/// unless they speak for a State or the United Nations.
fn own(body: &mut String, chain: &mut [Link], bodies: &HashMap<String, String>) {
    for link in chain.iter_mut() {
        let Link::Speaker(speaker) = link else { continue };
        let office =
            matches!(speaker.role, Some(Role::Government | Role::ForeignGovernment | Role::Un));
        if is_private(speaker) {
            speaker.name = speaker.role.map_or("", Role::word).to_owned();
            speaker.of = None;
        } else if let Some(of) = speaker.of.take_if(|_| !office) {
            speaker.name = of;
        }
    }
    rename(body, bodies);
}
