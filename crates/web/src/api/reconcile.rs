//! Names of other tables are matched with the register by OpenRefine, or whatever speaks as it does
//! (Reconciliation Service API 0.2, a report of the W3C's community group).
//!
//! Nothing is decided here: nobody is matched by their name alone, because two may bear it. A name
//! is sent and stands in no address (invariant 12 of ARCHITECTURE.md), but for `suggest`, which the
//! protocol asks so: it is not offered behind a proxy, whose log would keep it.

use super::{json_of, refused, told};
use crate::{
    gate::{
        form::Form,
        guard::Elsewhere,
        routes::Routes,
        who::{RECONCILE, shown},
    },
    heard::Heard,
    held::Answered,
    question::parameter,
    route::{Shared, answered, html, reader},
    team::role::Right,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use habeas_model::{Person, PersonId};
use habeas_page::{
    Lang,
    html::served::{self, Refusal},
    redact, word,
};
use habeas_person::search::How;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// Names a request.
const BATCH: usize = 50;
/// Candidates of a name, where nothing else is asked for, and at most.
const CANDIDATES: usize = 5;
const MOST: usize = 50;

/// Their addresses. The token stands in each, because OpenRefine can send it in no other way; it is
/// good for nothing else.
pub fn routes(to: Routes) -> Routes {
    let right = Right::Reconcile;
    to.get("/reconcile/{token}", right, manifest)
        .post("/reconcile/{token}", right, queries)
        .get("/reconcile/{token}/suggest/entity", right, suggest)
        .get("/reconcile/{token}/suggest/property", right, properties)
        .get("/reconcile/{token}/preview", right, preview)
}

/// What the service is (section 4.1 of the specification).
async fn manifest(State(to): State<Arc<Shared>>, headers: HeaderMap, uri: Uri) -> Response {
    if parameter(uri.query().unwrap_or_default(), "queries").is_some() {
        return refused(Refusal::Method, to.lang); // Names are sent in a form.
    }
    let origin = to.place.origin(&headers).unwrap_or_default();
    let token = shown(uri.path(), &headers).unwrap_or_default();
    let base = format!("{origin}{RECONCILE}{token}");
    let service = |path: &str| json!({ "service_url": base, "service_path": path });
    let mut suggest = json!({ "property": service("/suggest/property") });
    if !to.place.is_behind() {
        suggest["entity"] = service("/suggest/entity");
    }
    elsewhere(&json!({
        "versions": ["0.2"],
        "name": "Habeas",
        "identifierSpace": format!("{origin}/people/"),
        "schemaSpace": format!("{origin}/"),
        "defaultTypes": [kind(to.lang)],
        "view": { "url": format!("{origin}/people/{{{{id}}}}") },
        "preview": {
            "url": format!("{base}/preview?id={{{{id}}}}"), "width": 400, "height": 200,
        },
        "suggest": suggest,
        "batchSize": BATCH,
    }))
}

/// A name to be matched (section 4.3).
#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    query: String,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Property>,
}

/// What else is known of whoever bears it.
#[derive(Deserialize)]
struct Property {
    pid: String,
    #[serde(default)]
    v: Value,
}

/// A batch of names, each under a key of its own.
async fn queries(heard: Heard, form: Form) -> Response {
    let read = form.field("queries").map(serde_json::from_str::<BTreeMap<String, Query>>);
    let batch = match read {
        Some(Ok(batch)) if batch.len() <= BATCH => batch,
        _ => return refused(Refusal::Question, heard.lang),
    };
    matched(heard, move |of, lang| {
        let one = |query: &Query| json!({ "result": candidates(of, query, lang) });
        Ok(batch.iter().map(|(key, query)| (key.clone(), one(query))).collect())
    })
    .await
}

/// Those who may be meant, the likeliest first.
fn candidates(of: &Answered, query: &Query, lang: Lang) -> Vec<Value> {
    let said = |pid: &str| {
        let found = query.properties.iter().find(|property| property.pid == pid)?;
        let text = found.v.as_str().map(str::trim).filter(|text| !text.is_empty())?;
        Some(text.to_owned())
    };
    let (number, born) = (said("number"), said("born"));
    let most = query.limit.unwrap_or(CANDIDATES).min(MOST);
    let hits = of.search().search(&query.query, most);
    let one = |hit: &habeas_person::search::Hit| {
        let person = &of.scene.register.persons[of.row(hit.person)? as usize];
        let same = number.as_ref().map(|number| has_number(person, number));
        let day = born
            .as_ref()
            .map(|born| person.born.as_ref().is_some_and(|of| of.to_string() == *born));
        let whole = hit.unanswered == 0 && hit.matched.iter().all(|one| one.how == How::Same);
        let feature =
            |id: &str, value: Option<bool>| value.map(|value| json!({ "id": id, "value": value }));
        let features =
            [feature("name", Some(whole)), feature("number", same), feature("born", day)];
        Some(json!({
            "id": hit.person, "name": named(person, lang), "type": [kind(lang)],
            "score": (hit.weight * 10.0).round() / 10.0,
            "match": same == Some(true) && day != Some(false),
            "features": features.into_iter().flatten().collect::<Vec<_>>(),
        }))
    };
    hits.iter().filter_map(one).collect()
}

fn has_number(person: &Person, number: &str) -> bool {
    let plain = |said: &str| said.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut own = person.mentions.iter().filter_map(|held| held.mention.number.as_ref());
    own.any(|own| plain(own.reveal()) == plain(number))
}

/// Whom letters that are being typed may mean (section 5).
async fn suggest(State(to): State<Arc<Shared>>, heard: Heard) -> Response {
    if to.place.is_behind() {
        return refused(Refusal::Absent, heard.lang);
    }
    let typed = parameter(&heard.query, "prefix").unwrap_or_default();
    matched(heard, move |of, lang| {
        let hits = of.search().search(&typed, CANDIDATES * 2);
        let one = |hit: &habeas_person::search::Hit| {
            let row = of.row(hit.person)?;
            let custody = of.everybody().at(row)?.custody;
            let person = &of.scene.register.persons[row as usize];
            let description = word(lang, &format!("custody-{custody}"));
            Some(json!({ "id": hit.person, "name": named(person, lang), "description": description, "notable": [kind(lang)] }))
        };
        Ok(json!({ "result": hits.iter().filter_map(one).collect::<Vec<_>>() }))
    })
    .await
}

/// What else may be said of a name.
async fn properties(State(to): State<Arc<Shared>>, uri: Uri) -> Response {
    let prefix = parameter(uri.query().unwrap_or_default(), "prefix").unwrap_or_default();
    let all = [("number", "reconcile-number"), ("born", "reconcile-born")];
    let all = all.map(|(id, key)| (id, word(to.lang, key)));
    let begins =
        |(_, name): &(&str, String)| name.to_lowercase().starts_with(&prefix.to_lowercase());
    let found = all.into_iter().filter(begins).map(|(id, name)| json!({ "id": id, "name": name }));
    elsewhere(&json!({ "result": found.collect::<Vec<_>>() }))
}

/// Somebody, shown in a corner of OpenRefine (section 6).
async fn preview(heard: Heard) -> Response {
    let (id, lang) = (parameter(&heard.query, "id").unwrap_or_default(), heard.lang);
    let made = answered(heard, move |of, _| {
        let id: PersonId = id.parse().map_err(|_| Refusal::Absent)?;
        let row = of.row(id).ok_or(Refusal::Absent)?;
        let one = of.everybody().at(row).ok_or(Refusal::Absent)?;
        let person = &of.scene.register.persons[row as usize];
        let row = served::Row { person, custody: one.custody, marks: &one.marks, found: None };
        Ok(served::preview(&row, &reader(lang)))
    })
    .await;
    match made {
        Ok(page) => {
            let mut response = html(StatusCode::OK, page, lang);
            response.extensions_mut().insert(Elsewhere::Framed);
            response
        }
        Err(why) => refused(why, lang),
    }
}

async fn matched(
    heard: Heard,
    make: impl FnOnce(&Answered, Lang) -> Result<Value, Refusal> + Send + 'static,
) -> Response {
    let lang = heard.lang;
    let made = answered(heard, move |of, _| make(of, lang)).await;
    made.map_or_else(|why| refused(why, lang), |told| elsewhere(&told))
}

/// What a page of OpenRefine may read, which is another place than ours: it has the token.
fn elsewhere(answer: &Value) -> Response {
    let mut response = json_of(StatusCode::OK, told(answer).unwrap_or_default());
    response.extensions_mut().insert(Elsewhere::Read);
    response
}

fn kind(lang: Lang) -> Value {
    json!({ "id": "person", "name": word(lang, "reconcile-person") })
}

fn named(person: &Person, lang: Lang) -> String {
    redact::person(person, &reader(lang)).to_string()
}
