//! A list against an earlier one, and the decisions that follow, many at once.

use super::{desk_page, many::MOST};
use crate::{
    gate::who::Who,
    heard::Heard,
    question::parameter,
    route::{papers, shown},
};
use axum::{extract::Path, response::Response};
use habeas_desk::ask::evidence::lists::{self, Lists};
use habeas_model::{Digest, Verdict};
use habeas_page::html::served::{self, ListDiff, Many, Refusal, differs};
use habeas_person::link::News;

/// Kinds whose rows are pairs to be decided, those that need a look first.
const PAIRS: [News; 4] = [News::IdConflict, News::Probable, News::Changed, News::Same];

/// The page.
pub async fn diff(Path(digest): Path<String>, who: Who, heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let digest: Digest = digest.parse().map_err(|_| Refusal::Absent)?;
        let scene = &answered.scene;
        let (present, register) = (&scene.present, &scene.register);
        let word = |name| parameter(&query, name);
        let of = word("of").map(|said| said.parse::<Digest>()).transpose();
        let only = word("only").map(|said| said.parse::<News>()).transpose();
        let (of, only) = (of.map_err(|_| Refusal::Question)?, only.map_err(|_| Refusal::Question)?);
        let earlier = lists::earlier(present, &digest);
        let other = of.or(earlier.first().map(|taken| taken.it.blob)).ok_or(Refusal::Absent)?;
        let found = lists::lists(present, &digest, &other).ok_or(Refusal::Absent)?;
        let open: Vec<(News, usize)> =
            PAIRS.iter().map(|news| (*news, found.open(*news, present, register).len())).collect();
        let first = open.iter().find(|(_, n)| *n > 0).map_or(News::New, |(news, _)| *news);
        let only = only.unwrap_or(first);
        let back = format!("/versions/{digest}");
        let waiting: usize = open.iter().map(|(_, n)| n).sum();
        let pairs = found.open(only, present, register);
        let notes = pairs.iter().take(MOST).map(|(row, _)| differs(row, reader.lang)).collect();
        let pairs: Vec<_> = pairs.into_iter().map(|(_, pair)| pair).take(MOST).collect();
        let many = PAIRS.contains(&only).then(|| Many {
            what: String::new(),
            open: waiting - pairs.len(),
            pairs,
            sides: ["diff-before", "diff-after"],
            notes,
            verdicts: verdicts(only),
            ticked: matches!(only, News::Same | News::Changed),
            seen: present.position,
            back: &back,
        });
        let shown = ListDiff {
            after: found.after,
            before: found.before,
            earlier,
            counts: News::ALL.iter().map(|news| (*news, found.versions.count(*news))).collect(),
            only,
            many,
            rows: alone(&found, only),
        };
        Ok(desk_page(&back, &who, answered, asked, |asking| {
            served::list_diff(&shown, &papers(answered), asking, reader)
        }))
    })
    .await
}

fn alone<'a>(found: &Lists<'a>, only: News) -> Vec<&'a habeas_model::Mention> {
    match PAIRS.contains(&only) {
        true => Vec::new(),
        false => found.alone(only),
    }
}

/// What may be made of the pairs of a kind.
fn verdicts(of: News) -> &'static [Verdict] {
    match of {
        News::Same | News::Changed => &[Verdict::Same],
        _ => &[Verdict::Same, Verdict::NotSame, Verdict::Unsure],
    }
}
