//! Differences between a map and a live system, told apart from one look to the next.

use std::collections::BTreeMap;

use serde_json::Value;

use super::outcome::SchemaProblem;
use crate::keys::sha256;

/// What may be counted or guessed anew in a problem that is still the same.
const UNSTEADY: [&str; 3] = ["closest", "rows", "why"];

impl SchemaProblem {
    /// Its kind, as JSON calls it, and the names of tables, columns and types in it.
    pub fn named(&self) -> (String, BTreeMap<String, String>) {
        let Ok(Value::Object(fields)) = serde_json::to_value(self) else { return (String::new(), BTreeMap::new()) };
        let mut names: BTreeMap<_, _> = fields.into_iter().filter_map(|(name, value)| Some((name, said(&value)?))).collect();
        names.remove("collection");
        (names.remove("problem").unwrap_or_default(), names)
    }

    /// The same for as long as it is the same problem, whatever is counted in it.
    pub fn print(&self) -> String {
        let (code, mut names) = self.named();
        names.retain(|name, _| !UNSTEADY.contains(&name.as_str()));
        sha256(format!("{code} {} {names:?}", self.collection()).as_bytes())
    }
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => Some(values.iter().filter_map(one).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}

/// A name, or a name and what it was taken for.
fn one(value: &Value) -> Option<String> {
    match value.as_array().map(Vec::as_slice) {
        Some([name, kind]) => Some(format!("{} ({})", name.as_str()?, kind.as_str()?)),
        _ => said(value),
    }
}

#[cfg(test)]
mod tests {
    use super::SchemaProblem;

    #[test]
    fn a_problem_is_the_same_whatever_is_counted_in_it() {
        let rows = |rows| SchemaProblem::NotNormalised { collection: "people".to_owned(), field: "email".to_owned(), rows };
        assert_eq!(rows(1).print(), rows(2).print());
        let table = |name: &str| SchemaProblem::NoTable { collection: name.to_owned(), closest: None };
        assert_ne!(table("people").print(), table("orders").print());
        assert_ne!(table("people").print(), SchemaProblem::NotRead { collection: "people".to_owned() }.print());
    }

    #[test]
    fn names_are_ready_to_be_said() {
        let columns = [("phone", "telephone number"), ("born", "day of birth")];
        let columns = columns.map(|(column, kind)| (column.to_owned(), kind.to_owned())).to_vec();
        let (code, names) = SchemaProblem::Personal { collection: "people".to_owned(), columns }.named();
        assert_eq!((code.as_str(), names["columns"].as_str()), ("personal", "phone (telephone number), born (day of birth)"));
    }
}
