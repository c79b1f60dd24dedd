//! Change, audit, promises and estimate: one answer a page.

use crate::{
    heard::Heard,
    question::{Asked, Senseless},
    route::{asking, failed, once, papers, shown},
};
use axum::response::Response;
use habeas_desk::ask;
use habeas_page::html::served::{self, Asking, Compared, Estimated, Refusal};

/// Why one answer became another.
pub async fn change(heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    let query = heard.query.clone();
    shown(heard, move |after, asked, reader| {
        let from = Asked::beginning("from_", &query).map_err(|Senseless| Refusal::Question)?;
        let before = to.held.answered(&closed, &from).map_err(|why| failed(&to, &why))?;
        let change = ask::change::between(&before.scene, &after.scene);
        let (earlier, later) = (papers(&before), papers(after));
        let page = |asking: &Asking<'_>| {
            let compared = Compared {
                change: &change,
                before: &before.scene.register,
                after: &after.scene.register,
                from: Asking {
                    as_of: from.as_of,
                    known_by: &from.known_by,
                    rules: before.rules(),
                    ..Asking::default()
                },
            };
            served::change(&compared, [&earlier, &later], asking, reader)
        };
        let own = from.named("from_");
        Ok(asking("/change", &own, after, asked, page))
    })
    .await
}

/// Do the sums hold?
pub async fn audit(heard: Heard) -> Response {
    shown(heard, |answered, asked, reader| {
        let answer = &answered.answer;
        let page = |asking: &Asking<'_>| {
            served::audit(&answer.audit, &answer.board, &papers(answered), asking, reader)
        };
        once("/audit", "", answered, asked, reader, page)
    })
    .await
}

/// What was promised.
pub async fn promises(heard: Heard) -> Response {
    shown(heard, |answered, asked, reader| {
        let answer = &answered.answer;
        let page = |asking: &Asking<'_>| {
            served::promises(&answer.promises, &answer.board, &papers(answered), asking, reader)
        };
        once("/promises", "", answered, asked, reader, page)
    })
    .await
}

/// How many no list names.
pub async fn estimate(heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    shown(heard, move |answered, asked, reader| {
        let told = to.held.estimated(&closed, answered, asked).map_err(|why| failed(&to, &why))?;
        let estimated = Estimated {
            all: &told.all,
            unused: &told.captures.unused,
            unreviewed: told.captures.unreviewed,
            undecided: told.open.len(),
        };
        Ok(asking("/estimate", "", answered, asked, |asking| {
            served::estimate(&estimated, &papers(answered), asking, reader)
        }))
    })
    .await
}
