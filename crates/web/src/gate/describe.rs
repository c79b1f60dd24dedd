//! What programs may ask, described for programs (OpenAPI 3.1), from the table of addresses itself.

use super::routes::Row;
use serde_json::{Value, json};

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
    let mut paths = serde_json::Map::new();
    for row in rows {
        let Some(what) = row.what else { continue };
        let method = row.method.as_str().to_ascii_lowercase();
        paths.insert(row.path.to_owned(), json!({ method: operation(row, what) }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Habeas",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Claimed against named: what the pages of a case show, as JSON.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": crate::team::session::COOKIE },
            },
            "schemas": { "Refusal": {
                "type": "object",
                "required": ["status", "title", "hint"],
                "properties": {
                    "status": { "type": "integer" },
                    "title": { "type": "string" },
                    "hint": { "type": "string" },
                },
            } },
        },
        "security": [{ "session": [] }],
    })
}

fn operation(row: &Row, what: &str) -> Value {
    let name = row.path.rsplit('/').next().unwrap_or_default();
    let refusal = |why: &str| {
        let schema = json!({ "$ref": "#/components/schemas/Refusal" });
        json!({ "description": why, "content": { "application/json": { "schema": schema } } })
    };
    let parameters = PARAMETERS.map(|(name, form, asks)| {
        let mut schema = json!({ "type": "string" });
        if !form.is_empty() {
            schema["format"] = form.into();
        }
        json!({ "name": name, "in": "query", "description": asks, "schema": schema })
    });
    json!({
        "operationId": name,
        "summary": what,
        "x-right": row.right.word(),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The answer: what `--json` prints in a terminal.",
                "content": { "application/json": { "schema": { "type": "object" } } },
            },
            "400": refusal("The question makes no sense."),
            "401": refusal("Nobody is signed in."),
            "403": refusal("Who is signed in may not ask it."),
        },
    })
}
