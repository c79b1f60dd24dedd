//! The linking desk: pairs that may be one person are decided, and any decision is undone.

use super::{Done, changed, desk_page, many, seen, write};
use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    question::parameter,
    route::{failed, papers, shown},
};
use axum::response::Response;
use habeas_desk::{
    Case, Error,
    ask::acts,
    write::{link, since::About, undo},
};
use habeas_model::{Mention, MentionId, Present, Verdict};
use habeas_page::html::served::{self, Batch, Linking, Pair, Refusal};
use habeas_person::AutoRule;
use std::collections::{HashMap, HashSet};

/// So many pairs a page.
const PAGE: usize = 25;
/// So many decisions that can be undone stand below them.
const LAST: usize = 10;
/// Entries among which they are looked for.
const BEFORE: usize = 1_000;

/// The desk.
pub async fn desk(who: Who, heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let page = parameter(&query, "page").map_or(Ok(1), |said| said.parse::<usize>());
        let page = page.map_err(|_| Refusal::Question)?.max(1);
        let decided = to.held.with(&closed, last).map_err(|why| failed(&to, &why))?;
        let present = &answered.scene.present;
        let waiting = answered.waiting();
        let pages = waiting.len().div_ceil(PAGE).max(1);
        let page = page.min(pages);
        let shown: Vec<_> = waiting.iter().skip((page - 1) * PAGE).take(PAGE).collect();
        let fits = |rule| waiting.iter().filter(|one| one.proposal.rule == Some(rule)).count();
        let rules = AutoRule::ALL.iter().map(|rule| (*rule, fits(*rule)));
        let linking = Linking {
            pairs: pairs(&shown, present),
            waiting: waiting.len(),
            page: (page, pages),
            rules: rules.filter(|(_, n)| *n > 0).collect(),
            decided: &decided,
            seen: present.position,
        };
        Ok(desk_page("/link", &who, answered, asked, |asking| {
            served::linking(&linking, &papers(answered), asking, reader)
        }))
    })
    .await
}

/// These pairs with their rows.
pub(super) fn pairs<'a>(waiting: &[&'a link::Waiting], present: &'a Present) -> Vec<Pair<'a>> {
    let both = waiting.iter().flat_map(|one| [one.proposal.left, one.proposal.right]);
    let wanted: HashSet<MentionId> = both.collect();
    let mentions = present.mentions.iter().map(|one| &one.it);
    let rows: HashMap<MentionId, &Mention> =
        mentions.filter(|it| wanted.contains(&it.id)).map(|it| (it.id, it)).collect();
    let pair = |one: &&'a link::Waiting| {
        let link::Waiting { proposal, worth } = *one;
        let sides = [*rows.get(&proposal.left)?, *rows.get(&proposal.right)?];
        Some(Pair { proposal, worth: *worth, sides })
    };
    waiting.iter().filter_map(pair).collect()
}

/// The last decisions that stand, those of one moment together.
fn last(case: &Case) -> Result<Vec<Batch>, Error> {
    let told = acts::acts(case, None, BEFORE, true)?;
    let undone = undo::undone(case, told.iter().map(|act| act.position))?;
    let mut batches: Vec<Batch> = Vec::new();
    for act in told {
        if act.kind != "linked" || undone.contains_key(&act.position) {
            continue;
        }
        let with = |batch: &&mut Batch| {
            batch.first.position == act.position + 1
                && (batch.first.at, &batch.first.author) == (act.at, &act.author)
        };
        if let Some(batch) = batches.last_mut().filter(with) {
            batch.first = act; // They come newest first.
        } else if batches.len() == LAST {
            break;
        } else {
            batches.push(Batch { last: act.position, first: act });
        }
    }
    Ok(batches)
}

/// A decision on a pair.
pub async fn decide(heard: Heard, form: Form) -> Response {
    write(heard, form, |case, writer, form| {
        let id = |name| form.field(name).and_then(|id| id.parse::<MentionId>().ok());
        let verdict = form.field("verdict").and_then(|said| said.parse::<Verdict>().ok());
        let (Some(a), Some(b), Some(verdict), Some(_)) =
            (id("left"), id("right"), verdict, seen(form))
        else {
            return Ok(Done::Senseless);
        };
        if a == b {
            return Ok(Done::Senseless);
        }
        let (left, right) = (a.min(b), a.max(b));
        let present = case.present(None)?;
        let there = |id| present.mentions.iter().any(|one| one.it.id == id && one.review.stands());
        let changed = changed(case, form, About::Pair(left, right))?;
        if !changed.is_empty() || !there(left) || !there(right) {
            return Ok(Done::Stale(changed, "/link".to_owned()));
        }
        let reason = form.field("reason").unwrap_or_default();
        link::decide(case, writer, (left, right), verdict, reason)?;
        Ok(Done::Written(onward(form)))
    })
    .await
}

/// The next card, by the two identifiers that it has.
fn onward(form: &Form) -> String {
    let next = form.field("next").and_then(|next| next.split_once('-'));
    let ids = next.and_then(|(left, right)| {
        Some((left.parse::<MentionId>().ok()?, right.parse::<MentionId>().ok()?))
    });
    let page = form.field("page").and_then(|said| said.parse::<usize>().ok()).unwrap_or(1);
    let at = if page > 1 { format!("/link?page={page}") } else { "/link".to_owned() };
    ids.map_or(at.clone(), |(left, right)| format!("{at}#k-{left}-{right}"))
}

/// Undoes decisions of one moment, unless somebody undid one of them meanwhile.
pub async fn take_back(heard: Heard, form: Form) -> Response {
    write(heard, form, |case, writer, form| {
        let number = |name| form.field(name).and_then(|said| said.parse::<u64>().ok());
        let (Some(first), Some(_)) = (number("position"), seen(form)) else {
            return Ok(Done::Senseless);
        };
        let last = number("last").unwrap_or(first);
        if last < first || last - first >= many::MOST as u64 {
            return Ok(Done::Senseless);
        }
        let positions: Vec<u64> = (first..=last).collect();
        let mut moment = None;
        for &position in &positions {
            // Whoever may link may take back links, and no review of a claim.
            let row = case.ledger.row(position)?.filter(|row| row.kind == "linked");
            let Some(row) = row else { return Ok(Done::Senseless) };
            if *moment.get_or_insert((row.recorded_at, row.author.clone()))
                != (row.recorded_at, row.author)
            {
                return Ok(Done::Senseless);
            }
        }
        let back = "/link#h-decided".to_owned();
        let undone = undo::undone(case, positions.iter().copied())?;
        if let Some(position) = undone.keys().min() {
            return Ok(Done::Stale(changed(case, form, About::Act(*position))?, back));
        }
        let reason = form.field("reason").unwrap_or_default();
        undo::undo_all(case, writer, &positions, reason)?;
        Ok(Done::Written(back))
    })
    .await
}
