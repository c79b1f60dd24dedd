//! All records of one person, and parting them: the decisions that hold the two sides together are
//! turned, so that they stay apart.

use super::{Done, desk_page, linking::pairs, seen, write};
use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    held::Answered,
    question::parameters,
    route::{papers, shown},
};
use axum::{extract::Path, response::Response};
use habeas_count::rulings;
use habeas_desk::write::{
    link::{self, Waiting},
    since,
    since::About,
};
use habeas_model::{LinkDecision, MentionId, PersonId, Verdict, memory::present::Taken};
use habeas_page::html::served::{self, Cluster, Pair, Refusal};
use std::collections::BTreeSet;

/// The page, with what parting the records in `out` from the rest would do.
pub async fn desk(Path(id): Path<String>, who: Who, heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let id: PersonId = id.parse().map_err(|_| Refusal::Absent)?;
        let scene = &answered.scene;
        let person = scene.register.persons.iter().find(|person| person.id == id);
        let person = person.ok_or(Refusal::Absent)?;
        let ids: BTreeSet<MentionId> = person.mentions.iter().map(|held| held.mention.id).collect();
        let out: Result<BTreeSet<MentionId>, Refusal> = parameters(&query, "out")
            .map(|said| said.parse().map_err(|_| Refusal::Question))
            .collect();
        let mut out = out?;
        out.retain(|id| ids.contains(id));
        if out.len() == ids.len() {
            out.clear(); // All of them would leave nobody to be parted from.
        }
        let rulings = rulings(&scene.asked(), person);
        let hold = rulings.iter().map(|ruling| ruling.taken).filter(|taken| {
            let within = ids.contains(&taken.it.left) && ids.contains(&taken.it.right);
            within && taken.it.verdict == Verdict::Same
        });
        let cut = hold.filter(|taken| crosses(taken, &out)).collect();
        let open = open(answered, &ids);
        let of = Cluster { person, rulings, open, out, cut, seen: scene.present.position };
        Ok(desk_page(&format!("/link/{id}"), &who, answered, asked, |asking| {
            served::cluster(&of, &papers(answered), asking, reader)
        }))
    })
    .await
}

/// So many undecided pairs are shown.
const OPEN: usize = 10;

/// The pairs of these records with others that nobody has decided, the strongest first.
fn open<'a>(answered: &'a Answered, ids: &BTreeSet<MentionId>) -> Vec<Pair<'a>> {
    let about =
        |one: &&Waiting| [one.proposal.left, one.proposal.right].iter().any(|id| ids.contains(id));
    let mut waiting: Vec<&Waiting> = answered.waiting().iter().filter(about).collect();
    waiting.sort_by(|a, b| b.proposal.weight.total_cmp(&a.proposal.weight));
    waiting.truncate(OPEN);
    pairs(&waiting, &answered.scene.present)
}

fn crosses(taken: &Taken<LinkDecision>, out: &BTreeSet<MentionId>) -> bool {
    out.contains(&taken.it.left) != out.contains(&taken.it.right)
}

/// Parts them.
pub async fn part(Path(id): Path<String>, heard: Heard, form: Form) -> Response {
    write(heard, form, move |case, writer, form| {
        let out: Option<BTreeSet<MentionId>> =
            form.fields("out").map(|said| said.parse().ok()).collect();
        let cut: Option<BTreeSet<u64>> = form.fields("cut").map(|said| said.parse().ok()).collect();
        let (Ok(id), Some(out), Some(cut), Some(seen)) =
            (id.parse::<PersonId>(), out, cut, seen(form))
        else {
            return Ok(Done::Senseless);
        };
        if out.is_empty() || cut.is_empty() {
            return Ok(Done::Senseless);
        }
        let present = case.present(None)?;
        let same = present.links.iter().filter(|taken| taken.it.verdict == Verdict::Same);
        let now: Vec<&Taken<LinkDecision>> = same.filter(|taken| crosses(taken, &out)).collect();
        if now.iter().map(|taken| taken.position).collect::<BTreeSet<u64>>() != cut {
            // Somebody joined or parted these records meanwhile.
            let mut changed = Vec::new();
            for taken in now.iter().filter(|taken| taken.position > seen) {
                let pair = About::Pair(taken.it.left, taken.it.right);
                changed.extend(since::since(case, pair, seen)?);
            }
            return Ok(Done::Stale(changed, format!("/link/{id}")));
        }
        let pairs: Vec<(MentionId, MentionId)> =
            now.iter().map(|taken| (taken.it.left, taken.it.right)).collect();
        let reason = form.field("reason").unwrap_or_default();
        link::decide_all(case, writer, &pairs, Verdict::NotSame, reason)?;
        Ok(Done::Written("/link#h-decided".to_owned()))
    })
    .await
}
