//! The JSON Schema (draft 2020-12) of `habeas.workflow/1`, so that an editor completes and explains definitions while they are written.
//!
//! The shapes carry the keys and their descriptions; tests hold them against the grammar, key by key and tree by tree.

mod shape;
mod word;

use schemars::{Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Value, json};

use super::{catalogue::Catalogue, compiled::SUBJECT};

/// Where the schema of the language calls itself at home: the name it is shipped under.
const ID: &str = "habeas-workflow-1.schema.json";

/// The schema; with a catalogue, every name it knows is listed, and no other is valid.
pub fn schema(catalogue: Option<&Catalogue>) -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    let mut schema = settings.into_generator().into_root_schema_for::<shape::Workflow>();
    schema.insert("$id".to_owned(), json!(ID));
    let mut schema = schema.to_value();
    if let Some(catalogue) = catalogue {
        name_words(&mut schema, catalogue);
    }
    schema
}

/// A key that may be left out may still not be empty: nothing in the language is null.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            schema.insert("type".to_owned(), kind);
        }
    }
    let Some(Value::Array(ways)) = schema.get_mut("anyOf") else { return };
    ways.retain(|way| way.get("type").is_none_or(|kind| kind != "null"));
    if let [Value::Object(way)] = ways.as_mut_slice() {
        let way = std::mem::take(way);
        schema.remove("anyOf");
        schema.ensure_object().extend(way);
    }
}

fn name_words(schema: &mut Value, catalogue: &Catalogue) {
    let mut roles: Vec<&str> = catalogue.roles.iter().map(String::as_str).collect();
    roles.push(SUBJECT);
    let lists: Vec<&str> = catalogue.lists.iter().map(String::as_str).collect();
    let words = [
        ("Action", catalogue.actions.keys().map(String::as_str).collect()),
        ("Decision", catalogue.decisions.keys().map(String::as_str).collect()),
        ("Form", catalogue.forms.keys().map(String::as_str).collect()),
        ("Letter", catalogue.letters.keys().map(String::as_str).collect()),
        ("Fact", catalogue.facts().into_iter().collect()),
        ("List", lists.clone()),
        ("Role", roles),
    ];
    let Some(Value::Object(defs)) = schema.get_mut("$defs") else { return };
    for (name, words) in words {
        let words: Vec<&str> = words;
        set(defs.get_mut(name), "enum", json!(words));
    }
    let loops: Vec<String> = lists.iter().map(|list| format!("item in {list}")).collect();
    set(defs.get_mut("Loop"), "pattern", json!(word::loop_over(&lists.join("|").replace('.', r"\."))));
    set(defs.get_mut("Loop"), "examples", json!(loops));
    set(defs.get_mut("Settings").and_then(|def| def.get_mut("properties")), "letter", json!({"$ref": "#/$defs/Letter"}));
}

fn set(def: Option<&mut Value>, key: &str, value: Value) {
    if let Some(def) = def.and_then(Value::as_object_mut) {
        def.insert(key.to_owned(), value);
    }
}
