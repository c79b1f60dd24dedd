//! The ledger: whether it is whole, what was signed, who did what.

use crate::{
    heard::Heard,
    question::parameter,
    route::{asking, failed, papers, shown},
};
use axum::response::Response;
use habeas_desk::{Error, ask::acts};
use habeas_page::html::served::{self, Memory, Refusal, Verified};

/// So many entries a page.
const PAGE: usize = 50;

/// The page of the ledger.
pub async fn ledger(heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let before = parameter(&query, "before").map(|said| said.parse::<u64>());
        let before = before.transpose().map_err(|_| Refusal::Question)?;
        let decisions = parameter(&query, "only").as_deref() == Some("decisions");
        let check = parameter(&query, "check").is_some();
        let verified = match check.then(|| to.held.verified()).transpose() {
            Ok(Some(None)) => return Err(Refusal::Busy),
            Ok(report) => report.flatten(),
            Err(why) => return Err(failed(&to, &why)),
        };
        let told = to.held.with(&closed, |case| {
            let acts = acts::acts(case, before, PAGE + 1, decisions)?;
            Ok::<_, Error>((case.ledger.head()?, acts::checkpoints(case)?, acts))
        });
        let (head, checkpoints, mut acts) = told.map_err(|why| failed(&to, &why))?;
        let older = acts.get(PAGE - 1).map(|act| act.position).filter(|_| acts.len() > PAGE);
        acts.truncate(PAGE);
        let checkpoints: Vec<served::Checkpoint> = checkpoints
            .into_iter()
            .map(|(covers, witnesses)| served::Checkpoint { covers, witnesses })
            .collect();
        let memory = Memory {
            head: head.hash.to_string(),
            entries: head.position,
            checkpoints: &checkpoints,
            acts: &acts,
            decisions,
            older,
            verified: verified.map(|report| Verified {
                entries: report.entries,
                blobs: report.blobs,
                faults: report.faults.into_iter().map(|one| (one.place, one.what)).collect(),
            }),
        };
        let page = |asking: &served::Asking<'_>| {
            served::ledger(&memory, &papers(answered), asking, reader)
        };
        Ok(asking("/ledger", "", answered, asked, page))
    })
    .await
}
