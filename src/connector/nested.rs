//! Documents inside a field: the values at the end of a way through them, element by element where it leads through lists, and which
//! elements are somebody else's. Knows no database.

use std::collections::{BTreeSet, HashSet};

use habeas_core::law::{
    flow::combinations,
    map::{Collection, Direction, Field},
    record::{Record, Value},
};
use serde_json::Value as Json;

use super::{Matching, Question, Term};

/// A field that people are looked for in, inside a document.
pub(super) struct Entrance<'a> {
    path: Vec<&'a str>,
    /// What was looked for there, in the form that is compared.
    forms: BTreeSet<String>,
    matching: Matching,
}

/// Whether a field's values have to be taken out of a document.
pub(super) fn is_inside(field: &Field) -> bool {
    field.is_nested() || field.list
}

/// Where the elements of lists in a column are told apart: the fields that a search comes in by, whether it was asked this time or not.
///
/// What leads only out of the record, such as the orders that a customer lists, tells nobody from anybody.
pub(super) fn entrances<'a>(collection: &'a Collection, column: &str, questions: &[Question]) -> Vec<Entrance<'a>> {
    let inside = collection.fields.iter().filter(|field| field.column() == column && is_inside(field));
    inside.filter_map(|field| entrance(collection, field, field.path().collect(), questions)).collect()
}

/// A field that a search comes in by, at the end of a way; `None`: it does not, or whoever finds one element may see them all.
fn entrance<'a>(collection: &Collection, field: &Field, path: Vec<&'a str>, questions: &[Question]) -> Option<Entrance<'a>> {
    let questions = questions.iter().filter(|question| question.collection == collection.name);
    let terms = questions.flat_map(|question| question.by.iter().enumerate().map(move |(at, term)| (question, at, term)));
    let asked: Vec<_> = terms.filter(|(_, _, term)| term.field == field.name).collect();
    let leads_in = (field.identity.is_some() && !field.third_person) || field.references.iter().any(|it| it.direction == Direction::From);
    let matching = asked.first().map_or(Matching::Exact, |(_, _, term)| term.matching);
    let values = asked.iter().flat_map(|(question, at, _)| question.rows.iter().filter_map(move |row| row.get(*at)));
    let forms = values.map(|value| form(value, matching)).collect();
    ((leads_in || !asked.is_empty()) && !field.whole_lists).then_some(Entrance { path, forms, matching })
}

/// The values of fields of one whole document, each by its way; `ways` in their order. Without questions nobody is told from anybody.
pub(super) fn whole(json: &Json, collection: &Collection, ways: &[(&Field, Vec<String>)], questions: &[Question]) -> Vec<Value> {
    let looked_for = ways.iter().filter(|_| !questions.is_empty());
    let entrances: Vec<Entrance<'_>> =
        looked_for.filter_map(|(field, way)| entrance(collection, field, way.iter().map(String::as_str).collect(), questions)).collect();
    let entered: Vec<(&[&str], &Entrance<'_>)> = entrances.iter().map(|entrance| (entrance.path.as_slice(), entrance)).collect();
    let mut others = BTreeSet::new();
    hide(json, "", &entered, &mut others);
    ways.iter().map(|(_, way)| leaf(json, &way.iter().map(String::as_str).collect::<Vec<_>>(), "", &others)).collect()
}

/// A document as a column holds it. `None`: there is none; an error says why it could not be read.
pub(super) fn document(value: &Value) -> Result<Option<Json>, String> {
    let read = match value {
        Value::Null => return Ok(None),
        Value::Text(text) => serde_json::from_str(text),
        Value::Bytes(bytes) => serde_json::from_slice(bytes),
        Value::Integer(_) | Value::Real(_) | Value::List(_) | Value::Others => return Err(NOT_JSON.to_owned()),
        Value::Unreadable(why) => return Err(why.clone()),
    };
    read.map(Some).map_err(|_| NOT_JSON.to_owned())
}

const NOT_JSON: &str = "the text is not valid JSON";

/// The values of fields that lie in one column, in their order.
pub(super) fn values(column: &Value, fields: &[&Field], entrances: &[Entrance<'_>]) -> Vec<Value> {
    let document = match document(column) {
        Ok(Some(document)) => document,
        Ok(None) => return fields.iter().map(|_| Value::Null).collect(),
        Err(why) => return fields.iter().map(|_| Value::Unreadable(why.clone())).collect(),
    };
    let ways: Vec<(&[&str], &Entrance<'_>)> = entrances.iter().map(|entrance| (entrance.path.as_slice(), entrance)).collect();
    let mut others = BTreeSet::new();
    hide(&document, "", &ways, &mut others);
    fields.iter().map(|field| leaf(&document, &field.path().collect::<Vec<_>>(), "", &others)).collect()
}

/// Notes the places of elements that nothing looked for lies in.
fn hide(json: &Json, at: &str, ways: &[(&[&str], &Entrance<'_>)], others: &mut BTreeSet<String>) {
    match json {
        Json::Array(items) if !ways.is_empty() => {
            for (number, item) in items.iter().enumerate() {
                let here = format!("{at}/{number}");
                let is_hers = |(rest, entrance): &(&[&str], &Entrance<'_>)| {
                    leaf(item, rest, "", &BTreeSet::new())
                        .each()
                        .iter()
                        .any(|value| entrance.forms.contains(&form(value, entrance.matching)))
                };
                if ways.iter().any(is_hers) {
                    hide(item, &here, ways, others);
                } else {
                    others.insert(here);
                }
            }
        }
        Json::Object(members) => {
            let names: BTreeSet<&str> = ways.iter().filter_map(|(rest, _)| rest.first().copied()).collect();
            for (name, member) in names.into_iter().filter_map(|name| Some((name, members.get(name)?))) {
                let further = ways.iter().filter_map(|(rest, entrance)| {
                    let (first, rest) = rest.split_first()?;
                    (*first == name).then_some((rest, *entrance))
                });
                hide(member, &format!("{at}/.{name}"), &further.collect::<Vec<_>>(), others);
            }
        }
        _ => {}
    }
}

/// What stands at the end of a way.
fn leaf(json: &Json, way: &[&str], at: &str, others: &BTreeSet<String>) -> Value {
    if others.contains(at) {
        return Value::Others;
    }
    match (json, way) {
        (Json::Array(items), _) => {
            Value::List(items.iter().enumerate().map(|(number, item)| leaf(item, way, &format!("{at}/{number}"), others)).collect())
        }
        (Json::Object(members), [first, rest @ ..]) => {
            members.get(*first).map_or(Value::Null, |member| leaf(member, rest, &format!("{at}/.{first}"), others))
        }
        (Json::Object(_), []) => Value::Text(json.to_string()),
        (_, [_, ..]) | (Json::Null, []) => Value::Null,
        (Json::Bool(flag), []) => Value::Integer((*flag).into()),
        (Json::Number(number), []) => match (number.as_i64(), number.as_f64().filter(|_| !number.is_u64())) {
            (Some(whole), _) => Value::Integer(whole),
            (None, Some(real)) => Value::Real(real),
            (None, None) => Value::Text(number.to_string()),
        },
        (Json::String(text), []) => Value::Text(text.clone()),
    }
}

/// Takes what stands at the end of a way out of a document; whether there was anything.
pub(super) fn take_out(json: &mut Json, way: &[&str]) -> bool {
    match (json, way) {
        (Json::Array(items), _) => items.iter_mut().fold(false, |taken, item| take_out(item, way) | taken),
        (Json::Object(members), [last]) => members.remove(*last).is_some_and(|value| !value.is_null()),
        (Json::Object(members), [first, rest @ ..]) => members.get_mut(*first).is_some_and(|member| take_out(member, rest)),
        _ => false,
    }
}

/// What was asked for, where a database could not tell what lies inside of a document.
pub(super) struct Sought<'a> {
    collection: &'a Collection,
    by: &'a [Term],
    forms: HashSet<Vec<String>>,
}

impl<'a> Sought<'a> {
    pub(super) fn new(collection: &'a Collection, question: &'a Question) -> Self {
        let mut sought = Self { collection, by: &question.by, forms: HashSet::new() };
        sought.forms =
            question.rows.iter().map(|row| sought.by.iter().zip(row).map(|(term, value)| sought.form(term, value)).collect()).collect();
        sought
    }

    /// Whether a record holds one of the rows that were asked for.
    pub(super) fn is_in(&self, record: &Record) -> bool {
        let forms = |term: &Term| {
            let values = record.values_of(&term.field).into_iter().filter(|value| !value.is_null());
            values.map(|value| self.form(term, value)).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
        };
        let held: Vec<Vec<String>> = self.by.iter().map(forms).collect();
        combinations(&held).iter().any(|row| self.forms.contains(row))
    }

    /// What is no part of a document was compared by the database, in its own way: it only tells which row of values it was.
    fn form(&self, term: &Term, value: &Value) -> String {
        if self.collection.field(&term.field).is_some_and(is_inside) {
            return form(value, term.matching);
        }
        let loose = form(value, Matching::Folded);
        loose.parse::<f64>().map_or(loose, |number| number.to_string())
    }
}

/// A value as it is compared. A document tells `7` from `"7"` no better than a person does.
fn form(value: &Value, matching: Matching) -> String {
    match matching {
        Matching::Exact => value.to_text(),
        Matching::Folded | Matching::Stored => value.to_text().trim().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use habeas_core::law::record::Value;
    use serde_json::json;

    use super::{Entrance, hide, leaf, take_out};
    use crate::connector::Matching;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn a_way_leads_through_lists_of_any_depth() {
        let document =
            json!({"orders": [{"lines": [{"sku": "a"}, {"sku": 7}]}, {"lines": []}, {"note": "none"}], "vip": true, "big": u64::MAX});
        let at = |way: &[&str]| leaf(&document, way, "", &BTreeSet::new());
        let skus = Value::List(vec![Value::List(vec![text("a"), Value::Integer(7)]), Value::List(vec![]), Value::Null]);
        assert_eq!(at(&["orders", "lines", "sku"]), skus);
        assert_eq!((at(&["vip"]), at(&["vip", "since"]), at(&["none"])), (Value::Integer(1), Value::Null, Value::Null));
        assert_eq!(at(&["big"]), text("18446744073709551615"), "no digit is lost");
        assert_eq!(at(&["orders", "note"]).each(), [&Value::Null, &Value::Null, &text("none")]);
    }

    #[test]
    fn only_elements_that_match_are_hers_at_every_level() {
        let document = json!([
            {"name": "A", "people": [{"mail": "Kari@x.no", "phone": 1}, {"mail": "ola@x.no", "phone": 2}]},
            {"name": "B", "people": [{"mail": "per@x.no", "phone": 3}]}
        ]);
        let entrance = Entrance { path: vec!["people", "mail"], forms: ["kari@x.no".to_owned()].into(), matching: Matching::Folded };
        let mut others = BTreeSet::new();
        hide(&document, "", &[(&["people", "mail"], &entrance)], &mut others);
        let at = |way: &[&str]| leaf(&document, way, "", &others);
        assert_eq!(at(&["people", "phone"]), Value::List(vec![Value::List(vec![Value::Integer(1), Value::Others]), Value::Others]));
        assert_eq!(at(&["name"]), Value::List(vec![text("A"), Value::Others]));
    }

    #[test]
    fn what_is_taken_out_is_gone_and_nothing_else() {
        let mut document = json!({"a": {"b": 1, "c": 2}, "list": [{"x": 1, "y": 2}, {"x": null}, 3]});
        assert!(take_out(&mut document, &["a", "b"]) && take_out(&mut document, &["list", "x"]));
        assert_eq!(document, json!({"a": {"c": 2}, "list": [{"y": 2}, {}, 3]}));
        assert!(!take_out(&mut document, &["a", "b"]) && !take_out(&mut document, &["list", "x"]), "a second time there is nothing");
    }
}
