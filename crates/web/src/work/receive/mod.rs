//! Receiving: files that somebody sends lie aside, are shown as what they would be, and enter the
//! case once they are accepted; what was received can be withdrawn.

mod coming;
mod name;
pub mod shelf;
#[cfg(test)]
mod tests;

use super::{Done, changed, desk_page, see, seen, write};
use crate::{
    gate::{form::Form, who::Who},
    heard::Heard,
    held::Answered,
    question::Asked,
    route::{Shared, failed, papers, refused, shown},
};
use axum::{extract::Path, response::Response};
use coming::Sending;
use habeas_desk::{
    Case, Error,
    ask::evidence::offered::{self, Field},
    keep::need::Closed,
    write::{
        open::decide_by_rules,
        read,
        receive::{Outcome, Taking},
        since::About,
        undo,
    },
};
use habeas_ledger::Writer;
use habeas_model::{Digest, Entry, Present, Received, Review, memory::present::Taken};
use habeas_page::html::served::{self, Asking, Fate, Most, Offer, Offers, Reception, Refusal};
use shelf::{Parcel, Sent};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// Files that may be sent at once.
const FILES: usize = 100;
/// Bytes that may be sent at once, with what stands between the files.
pub const ALL: usize = 256 << 20;
/// Receptions that are shown.
const LAST: usize = 20;

/// The page that files are sent from.
pub async fn page(who: Who, heard: Heard) -> Response {
    let (to, closed) = (heard.to.clone(), heard.closed.clone());
    shown(heard, move |answered, asked, reader| {
        let present = &answered.scene.present;
        let mut all: Vec<(&Taken<Received>, bool)> =
            present.documents.iter().map(|taken| (taken, false)).collect();
        all.extend(present.withdrawn.iter().map(|taken| (taken, true)));
        all.sort_by_key(|(taken, _)| std::cmp::Reverse(taken.position));
        all.truncate(LAST);
        let gone = all.iter().filter(|(_, gone)| *gone).map(|(taken, _)| taken.position);
        let undone = to.held.with(&closed, |case| undo::undone(case, gone));
        let undone = undone.map_err(|why| failed(&to, &why))?;
        let read = within(present);
        let mut last = Vec::new();
        for (taken, gone) in all {
            let (read, decided) = read.get(&taken.it.blob).copied().unwrap_or_default();
            let undo = gone.then(|| undone.get(&taken.position).copied()).flatten();
            last.push(Reception { taken, undo, read, decided });
        }
        let most = Most { files: FILES, file: offered::limits().file, all: ALL as u64 };
        Ok(desk_page("/receive", &who, answered, asked, |asking| {
            served::receive(most, &last, &papers(answered), asking, reader)
        }))
    })
    .await
}

/// How much was read in each document, and how much of it somebody has decided.
fn within(present: &Present) -> HashMap<Digest, (usize, usize)> {
    let mut all: HashMap<Digest, (usize, usize)> = HashMap::new();
    let claims = present.claims.iter().map(|one| (one.it.span.blob, one.review));
    let rows = present.mentions.iter().filter(|one| one.it.claim.is_none());
    for (blob, review) in claims.chain(rows.map(|one| (one.it.span.blob, one.review))) {
        let (read, decided) = all.entry(blob).or_default();
        *read += 1;
        *decided += usize::from(review != Review::Unreviewed);
    }
    all
}

/// Takes the files of a form.
pub async fn send(heard: Heard, sending: Sending) -> Response {
    let Heard { to, closed, lang, .. } = heard;
    let refuse = |why| refused(why, &super::reader_in(lang));
    let parcel = match coming::take(&to, sending, FILES).await {
        Ok(parcel) => parcel,
        Err(why) => return refuse(why),
    };
    let id = parcel.id.clone();
    let by = parcel.by.clone();
    if !to.shelf.keep(parcel) {
        return refuse(Refusal::Large);
    }
    match to.shelf.find(&id, &by) {
        Some(parcel) => match look(&to, &closed, &parcel).await {
            Ok(()) => see(&format!("/receive/{id}")),
            Err(why) => refuse(why),
        },
        None => refuse(Refusal::Absent),
    }
}

/// Looks at each file that was not looked at yet, one after the other. A file that no reader of
/// ours survives is refused, and the others are not.
async fn look(to: &Arc<Shared>, closed: &Closed, parcel: &Arc<Parcel>) -> Result<(), Refusal> {
    let count = parcel.files().len();
    for nth in 0..count {
        let known = parcel.files()[nth].offer.is_some();
        if known {
            continue;
        }
        let (to, closed, of) = (to.clone(), closed.clone(), parcel.clone());
        let looked = tokio::task::spawn_blocking(move || look_at(&to, &closed, &of, nth));
        let offer = match looked.await {
            Ok(offer) => offer?,
            Err(_) => {
                let sent = parcel.files()[nth].clone();
                refused_offer(&sent, "broken")
            }
        };
        parcel.files()[nth].offer = Some(offer);
    }
    Ok(())
}

fn look_at(
    to: &Arc<Shared>,
    closed: &Closed,
    parcel: &Parcel,
    nth: usize,
) -> Result<Offer, Refusal> {
    let sent = parcel.files()[nth].clone();
    if let Some(code) = sent.refused {
        return Ok(refused_offer(&sent, code));
    }
    let answered = to.held.answered(closed, &Asked::default()).map_err(|why| failed(to, &why))?;
    let settled = to.held.with(closed, |case| {
        let eyes = case.eyes.as_ref();
        let code = match eyes.is_some_and(|eyes| eyes.is_closed(&sent.name, &sent.blob)) {
            true => Some("closed"),
            false => case.ledger.is_erased(&sent.blob)?.then_some("erased"),
        };
        Ok((case.settings.clone(), code))
    });
    let (settings, code) = settled.map_err(|why| failed(to, &why))?;
    if let Some(code) = code {
        return Ok(refused_offer(&sent, code));
    }
    let fate = fate(parcel, nth, &answered.scene.present);
    let bytes = parcel.read(nth).map_err(|why| coming::failed(to, &why))?;
    let offer = offered::look(&settings, &sent.name, &bytes, &sent.own, fate);
    Ok(Offer { renamed: sent.renamed, ..offer })
}

fn refused_offer(sent: &Sent, code: &'static str) -> Offer {
    let fate = Fate::Refused(code);
    let settings = habeas_desk::Settings::default();
    let offer = offered::look(&settings, &sent.name, &[], &BTreeMap::new(), fate);
    Offer { renamed: sent.renamed, bytes: sent.bytes, ..offer }
}

/// What would become of a file: those before it in the parcel have come first.
fn fate(parcel: &Parcel, nth: usize, present: &Present) -> Fate {
    let files = parcel.files();
    let sent = &files[nth];
    let same = |one: &&Sent| one.blob == sent.blob && one.refused.is_none();
    match files[..nth].iter().find(same) {
        Some(first) => Fate::Twice(first.name.clone()),
        None => offered::fate(present, &sent.name, sent.blob),
    }
}

/// What was sent, and what it would be as the case is now.
pub async fn offered(Path(id): Path<String>, who: Who, heard: Heard) -> Response {
    let to = heard.to.clone();
    if let Some(parcel) = to.shelf.find(&id, &who.author)
        && let Err(why) = look(&to, &heard.closed, &parcel).await
    {
        return refused(why, &super::reader_in(heard.lang));
    }
    shown(heard, move |answered, asked, reader| {
        let parcel = to.shelf.find(&id, &who.author).ok_or(Refusal::Absent)?;
        let files = shown_offers(&parcel, answered);
        let fields: Vec<&'static str> = Field::ALL.iter().map(|field| field.word()).collect();
        let seen = answered.scene.present.position;
        let of = Offers { parcel: &parcel.id, files, fields: &fields, seen };
        Ok(desk_page(&format!("/receive/{id}"), &who, answered, asked, |asking: &Asking<'_>| {
            served::offers(&of, &papers(answered), asking, reader)
        }))
    })
    .await
}

fn shown_offers(parcel: &Parcel, answered: &Answered) -> Vec<Offer> {
    let offers: Vec<Option<Offer>> = parcel.files().iter().map(|sent| sent.offer.clone()).collect();
    let now = |(nth, offer): (usize, Option<Offer>)| {
        let offer = offer?;
        Some(match offer.fate {
            Fate::Refused(_) => offer,
            // Somebody else may have received it since.
            _ => Offer { fate: fate(parcel, nth, &answered.scene.present), ..offer },
        })
    };
    offers.into_iter().enumerate().filter_map(now).collect()
}

/// What is made of a parcel: received, looked at again with other columns, or thrown away.
pub async fn decide(Path(id): Path<String>, heard: Heard, form: Form) -> Response {
    let (to, closed, lang) = (heard.to.clone(), heard.closed.clone(), heard.lang);
    let refuse = |why| refused(why, &super::reader_in(lang));
    let Some(parcel) = to.shelf.find(&id, &form.who.author) else {
        return refuse(Refusal::Absent);
    };
    match form.field("verdict") {
        Some("discard") => {
            to.shelf.remove(&id);
            see("/receive")
        }
        Some("look") => {
            set_columns(&parcel, &form);
            match look(&to, &closed, &parcel).await {
                Ok(()) => see(&format!("/receive/{id}")),
                Err(why) => refuse(why),
            }
        }
        Some("accept") => {
            set_columns(&parcel, &form);
            let from = to.clone();
            write(heard, form, move |case, writer, form| {
                let done = accept(&from, &parcel, case, writer, form)?;
                if matches!(done, Done::Written(_)) {
                    from.shelf.remove(&parcel.id);
                }
                Ok(done)
            })
            .await
        }
        _ => refuse(Refusal::Question),
    }
}

/// Keeps what the form says of the columns; a file whose columns are told otherwise is looked at
/// anew.
fn set_columns(parcel: &Parcel, form: &Form) {
    for (nth, sent) in parcel.files().iter_mut().enumerate() {
        let Some(table) = sent.offer.as_ref().and_then(|offer| offer.table.as_ref()) else {
            continue;
        };
        let mut told = Vec::new();
        for (at, column) in table.columns.iter().enumerate() {
            let field = form.field(&format!("c-{nth}-{at}"));
            let field = field.and_then(|word| word.parse::<Field>().ok());
            if let Some(field) = field.filter(|field| column.field != Some(field.word())) {
                told.push((column.key.clone(), field.word().to_owned()));
            }
        }
        if !told.is_empty() {
            sent.own.extend(told);
            sent.offer = None;
        }
    }
}

/// The files that are wanted enter the case and are read, as the terminal does it.
fn accept(
    to: &Shared,
    parcel: &Parcel,
    case: &mut Case,
    writer: &mut Writer,
    form: &Form,
) -> Result<Done, Error> {
    let files = parcel.files().clone();
    let taken = form.fields("take").map(|nth| nth.parse::<usize>().ok());
    let taken: Option<Vec<usize>> = taken.collect();
    let Some(wanted) = taken.filter(|all| all.iter().all(|nth| *nth < files.len())) else {
        return Ok(Done::Senseless);
    };
    if seen(form).is_none() {
        return Ok(Done::Senseless);
    }
    let mut taking = Taking::of(case)?;
    for &nth in &wanted {
        let before = form.field(&format!("before-{nth}")).and_then(|said| said.parse().ok());
        let now = taking.replaced(&files[nth].name);
        if now != before
            && let Some(now) = now
        {
            let changed = changed(case, form, About::Document(now))?;
            return Ok(Done::Stale(changed, format!("/receive/{}", parcel.id)));
        }
    }
    let told = wanted.iter().map(|&nth| (&*files[nth].name, &files[nth].own));
    let told: Vec<(&str, &BTreeMap<String, String>)> =
        told.filter(|(_, own)| !own.is_empty()).collect();
    if !told.is_empty() {
        case.set_columns(writer, &told)?;
    }
    let mut fresh = HashSet::new();
    let eyes = case.eyes.clone();
    let closed = |sent: &Sent| eyes.as_ref().is_some_and(|of| of.is_closed(&sent.name, &sent.blob));
    let wanted = wanted.into_iter().filter(|nth| files[*nth].refused.is_none());
    for nth in wanted.filter(|nth| !closed(&files[*nth])) {
        let Ok(bytes) = parcel.read(nth).map_err(|why| coming::failed(to, &why)) else {
            continue;
        };
        match taking.sent(case, writer, &files[nth].name, &bytes) {
            Ok(Outcome::Received(received)) => drop(fresh.insert(received.blob)),
            Err(e @ Error::Ledger(_)) => return Err(e),
            // What somebody received meanwhile is there; what cannot be opened was said before.
            Ok(_) | Err(_) => {}
        }
    }
    read_alone(case, writer, &fresh)?;
    case.wholly(|case| decide_by_rules(case, writer))?;
    Ok(Done::Written("/receive#h-last".to_owned()))
}

/// Reads what is fresh, by our reader alone: what a second reader is asked goes out to another
/// computer, and only `habeas read` in a terminal, which says so before, does that.
fn read_alone(case: &mut Case, writer: &mut Writer, fresh: &HashSet<Digest>) -> Result<(), Error> {
    let second = case.settings.reader.llm.take();
    let unread = read::unread(case).and_then(|mut unread| {
        unread.retain(|received| fresh.contains(&received.blob));
        read::read(case, writer, unread, |_, _| ())
    });
    case.settings.reader.llm = second;
    unread
}

/// Withdraws what was received, or brings back what was withdrawn.
pub async fn withdraw(heard: Heard, form: Form) -> Response {
    write(heard, form, |case, writer, form| {
        let position = form.field("position").and_then(|said| said.parse::<u64>().ok());
        let (Some(position), Some(_)) = (position, seen(form)) else {
            return Ok(Done::Senseless);
        };
        let back = "/receive#h-last".to_owned();
        let entry = |position| -> Result<Option<Entry>, Error> {
            let row = case.ledger.row(position)?;
            Ok(row.map(|row| case.ledger.entry(&row)).transpose()?.flatten())
        };
        let received = match entry(position)? {
            Some(Entry::Undone(undo)) => entry(undo.position)?,
            other => other,
        };
        let Some(Entry::Received(received)) = received else { return Ok(Done::Senseless) };
        let mut found = changed(case, form, About::Act(position))?;
        // What colleagues decided in it meanwhile would be lost to them unseen.
        found.extend(changed(case, form, About::Document(received.blob))?);
        if !found.is_empty() {
            return Ok(Done::Stale(found, back));
        }
        undo::undo(case, writer, position, form.field("reason").unwrap_or_default())?;
        Ok(Done::Written(back))
    })
    .await
}
