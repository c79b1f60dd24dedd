//! The linking desk: pairs that may be one person are decided, and any decision is undone.

use super::{Done, changed, desk_page, seen, write};
use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    route::{failed, papers, shown},
};
use axum::response::Response;
use habeas_desk::{
    ask::acts,
    write::{link, since::About, undo},
};
use habeas_model::{Mention, MentionId, Verdict};
use habeas_page::html::served::{self, Linking, Pair};
use std::collections::HashMap;

/// So many pairs a page.
const PAGE: usize = 12;
/// So many decisions that can be undone stand below them.
const LAST: usize = 10;

/// The desk.
pub async fn desk(who: Who, heard: Heard) -> Response {
    let to = heard.to.clone();
    shown(heard, move |answered, asked, reader| {
        let told = to.held.with(|case| acts::acts(case, None, LAST * 4, true));
        let mut told = told.map_err(|why| failed(&to, &why))?;
        told.retain(|act| act.kind == "linked");
        told.truncate(LAST);
        let present = &answered.scene.present;
        let proposals = to.held.proposals(answered);
        let rows: HashMap<MentionId, &Mention> =
            present.mentions.iter().map(|one| (one.it.id, &one.it)).collect();
        let pair = |proposal| {
            let proposal: &habeas_person::Proposal = proposal;
            let sides = [*rows.get(&proposal.left)?, *rows.get(&proposal.right)?];
            Some(Pair { proposal, sides })
        };
        let linking = Linking {
            pairs: proposals.iter().filter_map(pair).take(PAGE).collect(),
            waiting: proposals.len(),
            decided: &told,
            seen: present.position,
        };
        Ok(desk_page("/link", &who, answered, asked, |asking| {
            served::linking(&linking, &papers(answered), asking, reader)
        }))
    })
    .await
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
    ids.map_or("/link".to_owned(), |(left, right)| format!("/link#k-{left}-{right}"))
}

/// Undoes a decision, unless somebody undid it meanwhile.
pub async fn take_back(heard: Heard, form: Form) -> Response {
    write(heard, form, |case, writer, form| {
        let position = form.field("position").and_then(|said| said.parse::<u64>().ok());
        let (Some(position), Some(_)) = (position, seen(form)) else {
            return Ok(Done::Senseless);
        };
        let back = match form.field("back") {
            Some("/link") => "/link",
            _ => "/ledger",
        };
        let changed = changed(case, form, About::Act(position))?;
        if !changed.is_empty() {
            return Ok(Done::Stale(changed, back.to_owned()));
        }
        // Whoever may link may take back links, and no review of a claim.
        if case.ledger.row(position)?.is_none_or(|row| row.kind != "linked") {
            return Ok(Done::Senseless);
        }
        undo::undo(case, writer, position, form.field("reason").unwrap_or_default())?;
        Ok(Done::Written(back.to_owned()))
    })
    .await
}
