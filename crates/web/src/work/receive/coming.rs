//! Files as they come over the wire: a box of each at a time is in memory.

use super::{
    name::harmless,
    shelf::{BOX, Parcel, Sent},
};
use crate::{
    Error,
    gate::{
        form::{TOKEN, TOKEN_HEADER},
        who::Who,
    },
    route::{Shared, refused},
    serve::Told,
};
use axum::{
    extract::{
        FromRequest, FromRequestParts as _, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
    response::Response,
};
use habeas_desk::ask::evidence::offered;
use habeas_model::Digest;
use habeas_page::html::served::Refusal;
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// How long the next bytes may take to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long all of it may take.
const WHOLE: Duration = Duration::from_secs(20 * 60);

/// A form with files, and who sends it. Whether it is of a page of ours is known once its first
/// field has come.
pub struct Sending {
    pub who: Who,
    token: Option<String>,
    parts: Multipart,
}

impl FromRequest<Arc<Shared>> for Sending {
    type Rejection = Response;

    async fn from_request(request: Request, to: &Arc<Shared>) -> Result<Sending, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(who) = Who::from_request_parts(&mut parts, to).await;
        let headers = parts.headers.clone();
        let token = headers.get(TOKEN_HEADER).and_then(|token| token.to_str().ok());
        let parts = Multipart::from_request(Request::from_parts(parts, body), to).await;
        match parts {
            Ok(parts) => Ok(Sending { who, token: token.map(str::to_owned), parts }),
            Err(_) => Err(refused(Refusal::Kind, &to.reader_of(&headers))),
        }
    }
}

/// Why what comes is not taken.
fn broken(why: &MultipartError) -> Refusal {
    match why.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::Large,
        _ => Refusal::Question,
    }
}

/// The next of it, if it comes in time.
async fn soon<T>(next: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Refusal> {
    match tokio::time::timeout(PATIENCE, next).await {
        Ok(found) => found.map_err(|why| broken(&why)),
        Err(_) => Err(Refusal::Slow),
    }
}

/// Takes all files of a form into a parcel, at most so many.
pub async fn take(to: &Shared, sending: Sending, most: usize) -> Result<Parcel, Refusal> {
    let all = tokio::time::timeout(WHOLE, all(to, sending, most));
    all.await.unwrap_or(Err(Refusal::Slow))
}

async fn all(to: &Shared, sending: Sending, most: usize) -> Result<Parcel, Refusal> {
    let Sending { who, mut token, mut parts } = sending;
    let mut parcel = None;
    while let Some(field) = soon(parts.next_field()).await? {
        if field.name() == Some(TOKEN) && token.is_none() {
            token = Some(soon(field.text()).await?.trim().to_owned());
            continue;
        }
        // Nothing is kept of a form that no page of ours showed: the token comes before all files.
        if !token.as_deref().is_some_and(|token| who.knows(token)) {
            return Err(Refusal::Form);
        }
        let Some(said) = field.file_name().map(str::to_owned) else { continue };
        let parcel = match &mut parcel {
            Some(parcel) => parcel,
            none => none.insert(to.shelf.begin(who.author.clone()).map_err(|e| failed(to, &e))?),
        };
        one(to, parcel, field, &said, most).await?;
    }
    match token {
        Some(token) if who.knows(&token) => parcel.ok_or(Refusal::Question),
        _ => Err(Refusal::Form),
    }
}

/// What the disk refuses is told where the program runs.
pub fn failed(to: &Shared, why: &Error) -> Refusal {
    (to.tell)(Told::Failure(&why.to_string()));
    Refusal::Failure
}

/// One file. What is too large or one too many is read to its end and not kept: the others are.
async fn one(
    to: &Shared,
    parcel: &Parcel,
    mut field: Field<'_>,
    said: &str,
    most: usize,
) -> Result<(), Refusal> {
    let nth = parcel.files().len();
    let mut coming = match nth < most {
        true => Some(parcel.coming(nth).map_err(|why| failed(to, &why))?),
        false => None,
    };
    let mut refused = coming.is_none().then_some("many");
    let (mut plain, mut length) = (Vec::new(), 0_u64);
    while let Some(chunk) = soon(field.chunk()).await? {
        length += chunk.len() as u64;
        if length > offered::limits().file && refused.is_none() {
            (refused, coming, plain) = (Some("large"), None, Vec::new());
            parcel.leave(nth);
        }
        if coming.is_none() {
            continue;
        }
        plain.extend_from_slice(&chunk);
        while plain.len() >= BOX {
            let rest = plain.split_off(BOX);
            coming = put(to, coming, std::mem::replace(&mut plain, rest)).await?;
        }
    }
    if said.is_empty() && length == 0 {
        parcel.leave(nth); // A browser sends an empty file where none was chosen.
        return Ok(());
    }
    let blob = match put(to, coming, plain).await? {
        Some(coming) => coming.end().1,
        None => Digest([0; 32]),
    };
    let name = harmless(said);
    let renamed = name != said;
    let own = BTreeMap::new();
    parcel.files().push(Sent { name, renamed, bytes: length, blob, refused, own, offer: None });
    Ok(())
}

/// Seals a box away from the threads that serve.
async fn put(
    to: &Shared,
    coming: Option<super::shelf::Coming>,
    plain: Vec<u8>,
) -> Result<Option<super::shelf::Coming>, Refusal> {
    let Some(mut coming) = coming else { return Ok(None) };
    let sealed = tokio::task::spawn_blocking(move || {
        if !plain.is_empty() {
            coming.put(&plain)?;
        }
        Ok::<_, std::io::Error>(coming)
    });
    match sealed.await {
        Ok(Ok(coming)) => Ok(Some(coming)),
        Ok(Err(why)) => Err(failed(to, &Error::Ended(why))),
        Err(_) => Err(Refusal::Failure),
    }
}
