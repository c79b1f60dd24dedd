//! Many pairs decided at once: what will be done is said before, and undone as one.

use super::{Done, desk_page, seen, write};
use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    question::parameter,
    route::{papers, shown},
};
use axum::response::Response;
use habeas_desk::{
    Case, Error,
    ask::acts::Act,
    write::{link, since, since::About},
};
use habeas_model::{Digest, Mention, MentionId, Verdict};
use habeas_page::{
    html::served::{self, Many, Refusal},
    word, words,
};
use habeas_person::AutoRule;
use std::collections::{HashMap, HashSet};

/// Pairs of one form, at most.
pub const MOST: usize = 200;

/// The pairs that a rule would join, to be joined at once by who looks at them.
pub async fn by_rule(who: Who, heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let rule = parameter(&query, "by").and_then(|word| word.parse::<AutoRule>().ok());
        let rule = rule.ok_or(Refusal::Question)?;
        let present = &answered.scene.present;
        let rows: HashMap<MentionId, &Mention> =
            present.mentions.iter().map(|one| (one.it.id, &one.it)).collect();
        let waiting = answered.waiting();
        let fit = waiting.iter().map(|one| &one.proposal).filter(|pair| pair.rule == Some(rule));
        let pair = |pair: &habeas_person::Proposal| {
            Some([*rows.get(&pair.left)?, *rows.get(&pair.right)?])
        };
        let pairs: Vec<[&Mention; 2]> = fit.filter_map(pair).take(MOST).collect();
        let name = word(reader.lang, &format!("rule-{rule}"));
        let of = Many {
            what: words(reader.lang, "many-rule", &[("rule", &name)]),
            open: waiting.len() - pairs.len(),
            pairs,
            sides: ["many-left", "many-right"],
            notes: Vec::new(),
            verdicts: &[Verdict::Same],
            ticked: true,
            seen: present.position,
            back: "/link",
        };
        Ok(desk_page("/link/many", &who, answered, asked, |asking| {
            served::many(&of, &papers(answered), asking, reader)
        }))
    })
    .await
}

/// Decides all that are ticked, in one batch.
pub async fn decide(heard: Heard, form: Form) -> Response {
    write(heard, form, |case, writer, form| {
        let verdict = form.field("verdict").and_then(|said| said.parse::<Verdict>().ok());
        let pairs: Option<Vec<(MentionId, MentionId)>> = form.fields("pair").map(pair).collect();
        let (Some(verdict), Some(pairs), Some(seen)) = (verdict, pairs, seen(form)) else {
            return Ok(Done::Senseless);
        };
        if pairs.is_empty() || pairs.len() > MOST {
            return Ok(Done::Senseless);
        }
        let Some(back) = back(form.field("back")) else { return Ok(Done::Senseless) };
        let changed = changed(case, &pairs, seen)?;
        if let Some(changed) = changed {
            return Ok(Done::Stale(changed, back));
        }
        let reason = form.field("reason").unwrap_or_default();
        link::decide_all(case, writer, &pairs, verdict, reason)?;
        Ok(Done::Written(back))
    })
    .await
}

/// Two identifiers, the smaller first.
fn pair(said: &str) -> Option<(MentionId, MentionId)> {
    let (a, b) = said.split_once('-')?;
    let (a, b): (MentionId, MentionId) = (a.parse().ok()?, b.parse().ok()?);
    (a != b).then(|| (a.min(b), a.max(b)))
}

/// A page of ours to go on at.
fn back(said: Option<&str>) -> Option<String> {
    match said? {
        "/link" => Some("/link#h-decided".to_owned()),
        other => {
            let digest: Digest = other.strip_prefix("/versions/")?.parse().ok()?;
            Some(format!("/versions/{digest}"))
        }
    }
}

/// What was decided about any of the pairs since their page was made; none where nothing was, and
/// all of their rows are there.
fn changed(
    case: &Case,
    pairs: &[(MentionId, MentionId)],
    seen: u64,
) -> Result<Option<Vec<Act>>, Error> {
    let present = case.present(None)?;
    let standing: HashSet<MentionId> =
        present.mentions.iter().filter(|one| one.review.stands()).map(|one| one.it.id).collect();
    let wanted: HashSet<(MentionId, MentionId)> = pairs.iter().copied().collect();
    let newer = present.links.iter().filter(|taken| taken.position > seen);
    let newer = newer.map(|taken| (taken.it.left, taken.it.right));
    let mut found = Vec::new();
    for (left, right) in newer.filter(|pair| wanted.contains(pair)) {
        found.extend(since::since(case, About::Pair(left, right), seen)?);
    }
    let gone = pairs.iter().any(|(a, b)| !standing.contains(a) || !standing.contains(b));
    Ok((gone || !found.is_empty()).then_some(found))
}
