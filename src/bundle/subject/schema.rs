//! `data/schema.json`: what stands in `data/*.json`, as JSON Schema (2020-12), so that whoever takes the data in can check it (Art. 20).

use serde_json::{Map, Value as Json, json};

use super::{Field, Kind};

/// One definition per kind; a file fits exactly the one of its kind.
pub(super) fn schema<'k>(kinds: impl Iterator<Item = &'k Kind> + Clone) -> Json {
    let mut definitions: Map<String, Json> = kinds.clone().map(|kind| (kind.slug.clone(), definition(kind))).collect();
    definitions.insert("VALUE".to_owned(), value());
    let which: Vec<Json> = kinds.map(|kind| json!({ "$ref": format!("#/$defs/{}", kind.slug) })).collect();
    let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions });
    if let (Some(schema), false) = (schema.as_object_mut(), which.is_empty()) {
        schema.insert("oneOf".to_owned(), Json::Array(which));
    }
    schema
}

fn definition(kind: &Kind) -> Json {
    let property = |field: &Field| (field.name.clone(), json!({ "title": field.label, "$ref": "#/$defs/VALUE" }));
    let names: Vec<&str> = kind.fields.iter().map(|field| field.name.as_str()).collect();
    let row = json!({
        "type": "object",
        "properties": kind.fields.iter().map(property).collect::<Map<_, _>>(),
        "required": names,
        "additionalProperties": false,
    });
    json!({
        "title": kind.label,
        "description": kind.purpose,
        "type": "object",
        "properties": { "kind": { "const": kind.slug }, "count": { "const": kind.count }, "rows": { "type": "array", "items": row } },
        "required": ["kind", "count", "rows"],
    })
}

/// What a value may be: see `Exact` beside the tables.
fn value() -> Json {
    let object = |properties: Json, required: &[&str]| json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    let text = json!({ "type": "string" });
    json!({
        "oneOf": [
            { "type": ["null", "number", "string"] },
            { "type": "array", "items": { "$ref": "#/$defs/VALUE" } },
            object(
                json!({ "file": text, "bytes": { "type": "integer" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } }),
                &["file", "bytes", "sha256"],
            ),
            object(json!({ "unreadable": text }), &["unreadable"]),
        ],
    })
}
