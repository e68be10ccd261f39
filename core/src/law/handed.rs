//! Records that a person found and hands in: rows as CSV or JSON, whose columns are the fields of the data map.
//!
//! Everything that is wrong is told with its place, and nothing is taken before nothing is.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::{
    lang::Lang,
    map::{Collection, DataType, Field, System},
    record::{Key, Record, Value},
};

/// The most rows of one table.
const MOST: usize = 10_000;

/// Something wrong in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    /// The line, from 1; in JSON the number of the object.
    pub line: usize,
    /// The column, from 1; 0: the whole line.
    pub column: usize,
    /// What is wrong, a stable code.
    pub code: &'static str,
}

/// A row on its way: where each value stands, of which field it is, and what it says.
struct Row<'c> {
    line: usize,
    cells: Vec<(usize, &'c Field, Option<Value>)>,
}

/// Reads the records of a collection. A row with another address than `email`, which she has proven, is most likely somebody else's, and
/// in a copy of her data it would be out for good: whoever handed it in looks again.
pub fn records(system: &System, collection: &Collection, text: &str, email: &str) -> Result<Vec<Record>, Vec<Wrong>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut wrong = Vec::new();
    let rows =
        if text.trim_start().starts_with(['[', '{']) { json(collection, text, &mut wrong) } else { csv(collection, text, &mut wrong) };
    if rows.len() > MOST {
        wrong.push(Wrong { line: MOST + 1, column: 0, code: "rows-too-many" });
    }
    let (mut records, mut known) = (Vec::new(), BTreeSet::new());
    for (number, row) in rows.into_iter().enumerate() {
        let line = row.line;
        let others = row.cells.iter().filter(|(_, field, value)| is_another(field, value.as_ref(), email));
        wrong.extend(others.map(|(column, ..)| Wrong { line, column: *column, code: "rows-others" }));
        let record = record(system, collection, number + 1, &row, &mut wrong);
        if !record.key.values().any(Value::is_null) && !known.insert(format!("{:?}", record.key)) {
            wrong.push(Wrong { line, column: 0, code: "rows-key-twice" });
        }
        records.push(record);
    }
    wrong.sort_by_key(|wrong| (wrong.line, wrong.column));
    if wrong.is_empty() { Ok(records) } else { Err(wrong) }
}

fn record(system: &System, collection: &Collection, number: usize, row: &Row<'_>, wrong: &mut Vec<Wrong>) -> Record {
    let line = row.line;
    let (mut key, mut values) = (Key::new(), std::collections::BTreeMap::new());
    for field in &collection.fields {
        let cell = row.cells.iter().find(|(_, known, _)| known.name == field.name);
        if let Some((column, _, None)) = cell {
            wrong.push(Wrong { line, column: *column, code: "rows-value" });
        }
        let value = match cell {
            Some((_, _, value)) => value.clone().unwrap_or(Value::Null),
            None if is_numbered(collection, field) => numbered(field, number),
            None => Value::Null,
        };
        if field.primary_key {
            if value.is_null() && !matches!(cell, Some((_, _, None))) {
                wrong.push(Wrong { line, column: cell.map_or(0, |(column, ..)| *column), code: "rows-key-empty" });
            }
            key.insert(field.name.clone(), value.clone());
        }
        values.insert(field.name.clone(), value);
    }
    Record { system: system.key.clone(), collection: collection.name.clone(), key, values }
}

/// Whether a person's own address is written here, and not hers.
fn is_another(field: &Field, value: Option<&Value>, email: &str) -> bool {
    let Some(Value::Text(text)) = value else { return false };
    field.identity.as_deref() == Some("email") && !field.third_person && text.trim().to_lowercase() != email.trim().to_lowercase()
}

/// A key that tells of nothing is counted where nobody writes it.
fn is_numbered(collection: &Collection, field: &Field) -> bool {
    field.primary_key && field.technical && collection.fields.iter().filter(|field| field.primary_key).count() == 1
}

fn numbered(field: &Field, number: usize) -> Value {
    match field.data {
        DataType::Integer => Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)),
        _ => Value::Text(number.to_string()),
    }
}

/// The field that a column is called after: by its name, or by a label in any language that no other field has.
fn named<'c>(collection: &'c Collection, column: &str) -> Option<&'c Field> {
    let column = column.trim();
    let labelled =
        |field: &&Field| !field.technical && Lang::ALL.iter().any(|lang| field.label.get(*lang).to_lowercase() == column.to_lowercase());
    collection.field(column).or_else(|| {
        let mut fields = collection.fields.iter().filter(labelled);
        fields.next().filter(|_| fields.next().is_none())
    })
}

/// `None`: it is not of the field's kind.
fn read(field: &Field, text: &str) -> Option<Value> {
    if text.trim().is_empty() { Some(Value::Null) } else { field.data.read(text) }
}

/// Reads lines whose values are parted by whatever parts those of the first.
pub(in crate::law) fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let often = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    let mark = [b';', b',', b'\t'].into_iter().max_by_key(|mark| (often(*mark), *mark == b';')).unwrap_or(b';');
    csv::ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn csv<'c>(collection: &'c Collection, text: &str, wrong: &mut Vec<Wrong>) -> Vec<Row<'c>> {
    let mut reader = csv_reader(text);
    let mut lines = reader.records();
    let mut columns: Vec<Option<&Field>> = Vec::new();
    if let Some(Ok(header)) = lines.next() {
        for (number, column) in header.iter().enumerate() {
            let field = named(collection, column);
            let twice = field.is_some_and(|field| columns.iter().flatten().any(|known| known.name == field.name));
            let code = if twice { Some("rows-column-twice") } else { field.is_none().then_some("rows-column-unknown") };
            wrong.extend(code.map(|code| Wrong { line: 1, column: number + 1, code }));
            columns.push(field);
        }
    }
    let mut rows = Vec::new();
    for line in lines {
        let Ok(line) = line else { continue };
        let place = line.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        if line.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if line.len() != columns.len() {
            wrong.push(Wrong { line: place, column: 0, code: "rows-width" });
            continue;
        }
        let cell = |(number, (field, text)): (usize, (Option<&'c Field>, &str))| {
            let field = field?;
            Some((number + 1, field, read(field, text)))
        };
        rows.push(Row { line: place, cells: columns.iter().copied().zip(line.iter()).enumerate().filter_map(cell).collect() });
    }
    rows
}

fn json<'c>(collection: &'c Collection, text: &str, wrong: &mut Vec<Wrong>) -> Vec<Row<'c>> {
    let objects = if text.trim_start().starts_with('{') {
        serde_json::from_str::<Map<String, Json>>(text).map(|object| vec![object])
    } else {
        serde_json::from_str::<Vec<Map<String, Json>>>(text)
    };
    let objects = match objects {
        Ok(objects) => objects,
        Err(error) => {
            wrong.push(Wrong { line: error.line(), column: error.column(), code: "rows-not-json" });
            return Vec::new();
        }
    };
    let mut rows = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        let mut row = Row { line: number + 1, cells: Vec::new() };
        for (column, (name, value)) in object.iter().enumerate() {
            let Some(field) = named(collection, name) else {
                wrong.push(Wrong { line: number + 1, column: column + 1, code: "rows-column-unknown" });
                continue;
            };
            let said = match value {
                Json::Null => Some(Value::Null),
                Json::Bool(flag) => read(field, &flag.to_string())
                    .or_else(|| Some(Value::Integer((*flag).into())).filter(|_| field.data == DataType::Boolean)),
                Json::Number(figure) => read(field, &figure.to_string()),
                Json::String(text) => read(field, text),
                Json::Array(_) | Json::Object(_) => None,
            };
            row.cells.push((column + 1, field, said));
        }
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{Wrong, records};
    use crate::law::{fideslang, fixture::SHOP, map::System, record::Value};

    fn shop() -> System {
        fideslang::parse("shop.yaml", SHOP).unwrap().value
    }

    fn read(text: &str) -> Result<Vec<crate::law::record::Record>, Vec<(usize, usize, &'static str)>> {
        let shop = shop();
        let told = |wrong: &Wrong| (wrong.line, wrong.column, wrong.code);
        records(&shop, &shop.collections[0], text, "a").map_err(|wrong| wrong.iter().map(told).collect())
    }

    #[test]
    fn rows_are_read_by_name_or_label_and_a_formula_stays_text() {
        let mut shop = shop();
        let email = shop.collections[0].fields.iter_mut().find(|field| field.name == "email").unwrap();
        email.label = crate::law::lang::Text { nb: "Adresse".into(), nl: "Adres".into(), en: "Address".into() };
        let read_as = |text: &str, email: &str| records(&shop, &shop.collections[0], text, email).unwrap();
        let found = read_as("ADRESSE\n=1+1@x\n\n\" =1+1@X\"\n", "=1+1@x");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].value("email"), &Value::Text("=1+1@x".into()));
        assert_ne!(found[0].key, found[1].key, "a technical key is counted");
        assert_eq!(read_as("ADRESSE\n\"+a;b\"\n", "+a;b")[0].value("email"), &Value::Text("+a;b".into()));
        assert_eq!(read_as("[{\"email\": \"a\"}, {\"email\": null}]", "a")[0].value("email"), &Value::Text("a".into()));
    }

    #[test]
    fn a_row_with_another_address_is_told_and_one_without_is_taken() {
        assert_eq!(read("id;email\n7;A \n8;ola@example.no\n9;\n").unwrap_err(), [(3, 2, "rows-others")]);
        assert_eq!(read("id;email\n7;A \n9;\n").unwrap().len(), 2);
        assert_eq!(read("[{\"id\": 7, \"email\": \"b\"}]").unwrap_err(), [(1, 1, "rows-others")]);
    }

    #[test]
    fn everything_wrong_is_told_with_its_place() {
        assert_eq!(
            read("email;nmae;email\na;b;a\nx;y\n").unwrap_err(),
            [(1, 2, "rows-column-unknown"), (1, 3, "rows-column-twice"), (3, 0, "rows-width")]
        );
        assert_eq!(
            read("id;email\nx;a\n7;a\n7;a\n;a\n").unwrap_err(),
            [(2, 1, "rows-value"), (4, 0, "rows-key-twice"), (5, 1, "rows-key-empty")]
        );
        assert_eq!(read("[{\"nmae\": 1, \"email\": [1]}]").unwrap_err(), [(1, 1, "rows-value"), (1, 2, "rows-column-unknown")]);
        assert_eq!(read("[{").unwrap_err()[0].2, "rows-not-json");
    }
}
