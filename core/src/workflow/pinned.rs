//! What a case is pinned to: a definition, and with it the decisions it asks that an organisation wrote itself.
//!
//! A definition that asks none is its own text, so that its hash is the hash of its file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    definition: String,
    decisions: BTreeMap<String, String>,
}

/// One text of a definition and its decisions by name. Equal parts make equal texts.
pub fn joined(definition: &str, decisions: &BTreeMap<&str, &str>) -> String {
    let owned = || decisions.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let whole = || serde_json::to_string(&Whole { definition: definition.to_owned(), decisions: owned() }).ok();
    (!decisions.is_empty()).then(whole).flatten().unwrap_or_else(|| definition.to_owned())
}

/// The definition and the decisions that [`joined`] made one text of. No definition reads as such a text: it has a `language`.
pub fn parted(text: &str) -> (String, BTreeMap<String, String>) {
    serde_json::from_str::<Whole>(text).map_or_else(|_| (text.to_owned(), BTreeMap::new()), |whole| (whole.definition, whole.decisions))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_is_parted_again() {
        let decisions = BTreeMap::from([("route", "rows:\n  - \"a\"\n"), ("size", "")]);
        let (definition, found) = parted(&joined("workflow: w\n---\n", &decisions));
        assert_eq!(definition, "workflow: w\n---\n");
        assert!(found.iter().map(|(name, text)| (name.as_str(), text.as_str())).eq(decisions));
        assert_eq!(joined("workflow: w", &BTreeMap::new()), "workflow: w", "alone it is its own text");
        assert_eq!(parted("workflow: w"), ("workflow: w".to_owned(), BTreeMap::new()));
    }
}
