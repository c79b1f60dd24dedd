//! What programs may ask, described for programs (OpenAPI 3.1), from the table of addresses itself
//! and the types of the answers.

use super::routes::{Described, Row};
use serde_json::{Map, Value, json};

/// What may stand after the `?` of each: its name, its form, and what it asks.
const PARAMETERS: [(&str, &str, &str); 5] = [
    ("as_of", "date", "The day that the answer is about: nothing later is shown."),
    ("known_by", "", "What was known by then: a position of the ledger, a day or a time."),
    ("rule", "", "Name of the counting rule."),
    ("like", "", "A line of the board: only its population is shown."),
    ("lang", "", "Language of the words: `en` or `es`."),
];

/// The description of every address for programs among `rows`.
pub fn describe(rows: &[Row]) -> Value {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for row in rows {
        let Some(said) = &row.said else { continue };
        let method = row.method.as_str().to_ascii_lowercase();
        paths.insert(row.path.to_owned(), json!({ method: operation(row, said) }));
        schemas.extend((said.schemas)());
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Habeas",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Claimed against named: what the pages of a case show, as JSON.",
            "description": "An answer with `closed: true` leaves out documents that are closed to who asks.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": crate::team::session::COOKIE },
                "token": { "type": "http", "scheme": "bearer" },
            },
            "schemas": schemas,
        },
        "security": [{ "session": [] }, { "token": [] }],
    })
}

fn operation(row: &Row, said: &Described) -> Value {
    let name = row.path.trim_start_matches("/api/v1/").replace(['/', '{', '}'], "-");
    let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let answer = |what: &str, of: &str| {
        let content = json!({ "application/json": { "schema": schema(of) } });
        json!({ "description": what, "content": content })
    };
    let refusal = |why| answer(why, "Refusal");
    let mut operation = json!({
        "operationId": name.trim_matches('-').replace("--", "-"),
        "summary": said.what,
        "x-right": row.right.word(),
        "parameters": parameters(row, said),
        "responses": {
            "200": answer("The answer.", &said.name),
            "400": refusal("The question makes no sense."),
            "401": refusal("Nobody is signed in, and no token that lasts was shown."),
            "403": refusal("Whoever asks may not ask this."),
            "404": refusal("There is no such thing, in what was known by then."),
            "503": refusal("Somebody else is at it: ask again."),
        },
    });
    if row.method != axum::http::Method::GET {
        let field = |(name, what): &(&str, &str)| {
            ((*name).to_owned(), json!({ "type": "string", "description": what }))
        };
        let fields: Map<String, Value> = said.own.iter().map(field).collect();
        let form = json!({ "type": "object", "properties": fields });
        operation["requestBody"] = json!({
            "required": true,
            "content": { "application/x-www-form-urlencoded": { "schema": form } },
        });
    }
    operation
}

/// What stands in the address, then what may stand after its `?`.
fn parameters(row: &Row, said: &Described) -> Vec<Value> {
    let one = |name: &str, at: &str, what: &str, form: &str| {
        let mut schema = json!({ "type": "string" });
        if !form.is_empty() {
            schema["format"] = form.into();
        }
        let needed = at == "path";
        json!({ "name": name, "in": at, "required": needed, "description": what, "schema": schema })
    };
    let parts = row.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parts = parts.map(|name| one(name, "path", "Its identifier.", ""));
    let asked = PARAMETERS.iter().map(|(name, form, asks)| one(name, "query", asks, form));
    let own: &[_] = if row.method == axum::http::Method::GET { said.own } else { &[] };
    let own = own.iter().map(|(name, asks)| one(name, "query", asks, ""));
    parts.chain(asked).chain(own).collect()
}
